//! Pages to files: one function a format.

mod pdf;
mod png;
mod svg;
mod xlsx;

pub use pdf::{Standard, pdf};
pub use png::{Picture, picture};
pub use svg::svg;
pub use xlsx::xlsx;

/// What pages are written as.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Format {
    /// One PDF.
    #[default]
    Pdf,
    /// A PNG for each page, in pixels an inch.
    Png(f64),
    /// An SVG for each page.
    Svg,
}

/// One page, from 0, as the bytes of an image file; `None` if there is no such page.
pub fn image(
    pages: &crate::typeset::Pages,
    page: usize,
    format: Format,
) -> Option<Vec<u8>> {
    match format {
        Format::Pdf => None,
        Format::Png(ppi) => Some(picture(pages, page, ppi)?.png(false)),
        Format::Svg => Some(svg(pages, page)?.into_bytes()),
    }
}
