//! PDF: tagged, with bookmarks and metadata; the same pages give the same bytes.

use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::typeset::Pages;

/// The PDF standard a file keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standard {
    /// PDF 1.7.
    #[default]
    Pdf17,
    /// PDF/A-2b, for archives.
    A2b,
    /// PDF/A-2u: text can be extracted.
    A2u,
    /// PDF/A-2a: tagged.
    A2a,
    /// PDF/A-3b.
    A3b,
    /// PDF/UA-1, for readers of screens.
    Ua1,
}

impl Standard {
    /// Whether a document must carry a date.
    pub fn needs_date(self) -> bool {
        self != Self::Pdf17
    }

    fn typst(self) -> PdfStandard {
        match self {
            Self::Pdf17 => PdfStandard::V_1_7,
            Self::A2b => PdfStandard::A_2b,
            Self::A2u => PdfStandard::A_2u,
            Self::A2a => PdfStandard::A_2a,
            Self::A3b => PdfStandard::A_3b,
            Self::Ua1 => PdfStandard::Ua_1,
        }
    }
}

/// Writes the pages as a PDF. `ident` names the document for ever: its 发文字号 and title.
///
/// # Errors
/// What the standard forbids, in the engine's words.
pub fn pdf(
    pages: &Pages,
    standard: Standard,
    ident: &str,
) -> Result<Vec<u8>, Vec<String>> {
    let standards = PdfStandards::new(&[standard.typst()])
        .map_err(|error| vec![error.message().to_string()])?;
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some(
            concat!("hongtou ", env!("CARGO_PKG_VERSION")).to_owned(),
        )),
        timestamp: None,
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(&pages.document, &options)
        .map_err(|errors| errors.iter().map(|error| error.message.to_string()).collect())
}
