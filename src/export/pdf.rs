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

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf17 => "1.7",
            Self::A2b => "a-2b",
            Self::A2u => "a-2u",
            Self::A2a => "a-2a",
            Self::A3b => "a-3b",
            Self::Ua1 => "ua-1",
        }
    }

    /// The standard for the same use that asks for less, if any does.
    pub fn weaker(self) -> Option<Self> {
        match self {
            Self::Ua1 => Some(Self::A2a),
            Self::A2a => Some(Self::A2u),
            Self::A2u | Self::A3b => Some(Self::A2b),
            Self::A2b | Self::Pdf17 => None,
        }
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
/// What the standard forbids.
pub fn pdf(
    pages: &Pages,
    standard: Standard,
    ident: &str,
) -> Result<Vec<u8>, Vec<String>> {
    let standards = PdfStandards::new(&[standard.typst()])
        .map_err(|error| vec![forbidden(error.message())])?;
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
        .map_err(|errors| errors.iter().map(|error| forbidden(&error.message)).collect())
}

/// What a standard forbids, by words of the engine's message.
const FORBIDDEN: &[(&[&str], &str)] = &[
    (&["invalid table"], "有的表格（如横排的、跨页的）标注不成它要求的结构"),
    (&["structure"], "版面的结构标注不成它要求的样子"),
    (&["heading"], "标题的层次不合要求"),
    (&["transparen"], "图片或颜色里有透明，它不准有"),
    (&["smooth scaling"], "图片的缩放方式它不准用"),
    (&["alt text"], "图片要有供朗读的说明，现在没有"),
    (&["license"], "有的字体的许可不准存进文件"),
    (&["could not be displayed"], "有字体里没有的字"),
    (&["codepoint", "code point"], "有不能存档的字，如自造字"),
    (&["attached file"], "不准带附加的文件"),
    (&["longer than", "too many", "too high", "limit", "more than"], "内容太长、太复杂"),
];

/// The engine's complaint in Chinese.
fn forbidden(message: &str) -> String {
    let has = |words: &&[&str]| words.iter().any(|word| message.contains(word));
    let known = FORBIDDEN.iter().find(|(words, _)| has(words));
    known.map_or("有它不准有的内容", |(_, said)| said).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_standard_forbids_is_told_in_chinese() {
        for message in [
            "PDF/UA-1 error: invalid table (Table) structure",
            "PDF/A-2b error: the PDF contains transparency",
            "PDF/A-2a error: something nobody has seen",
        ] {
            let said = forbidden(message);
            assert!(!said.contains(|c: char| c.is_ascii_alphabetic()), "{said}");
        }
        assert_ne!(forbidden("invalid table (Table) structure"), forbidden("x"));
    }
}
