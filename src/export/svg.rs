//! SVG: a page as shapes, with its glyphs in it, so that no font is needed to show it.

use typst_svg::{SvgOptions, svg as write};

use crate::typeset::Pages;

/// Writes a page, from 0; `None` if there is no such page.
pub fn svg(pages: &Pages, page: usize) -> Option<String> {
    Some(write(pages.document.pages().get(page)?, &SvgOptions::default()))
}
