//! Laid-out pages, and how several documents become one.

use typst::ecow::EcoVec;
use typst::foundations::Content;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, FrameParent};
use typst::model::{Destination, Document, DocumentInfo};
use typst_layout::{Page, PagedDocument};

/// Laid-out pages.
pub struct Pages {
    /// The engine's document.
    pub document: PagedDocument,
    /// What the engine found odd; with the built-in templates there is nothing.
    pub warnings: Vec<String>,
}

impl Pages {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }
}

/// The same document with its pages edited; what is derived from them is derived anew.
pub(super) fn rebuilt(pages: Pages, edit: impl Fn(&mut Page)) -> Pages {
    let Pages { document, warnings } = pages;
    let mut sheets: EcoVec<Page> = document.pages().into();
    sheets.make_mut().iter_mut().for_each(edit);
    let document = PagedDocument::new(sheets, document.info().clone());
    Pages { document, warnings }
}

/// Documents of one notice behind each other, with the metadata of the first but for a title that
/// not all of them have. With `duplex`
/// each begins on the front of a sheet: an odd one gets an empty page behind it, the last
/// one does not. `None` if there is no document.
pub fn joined(copies: Vec<Pages>, duplex: bool) -> Option<Pages> {
    let mut sheets: EcoVec<Page> = EcoVec::new();
    let mut info: Option<DocumentInfo> = None;
    let mut warnings = Vec::new();
    for (nth, copy) in copies.into_iter().enumerate() {
        if duplex && sheets.len() % 2 == 1 {
            sheets.extend(sheets.last().map(empty_like));
        }
        let own = copy.document.info();
        let info = info.get_or_insert_with(|| own.clone());
        if info.title != own.title {
            info.title = None;
        }
        warnings.extend(copy.warnings);
        for mut page in copy.document.pages().iter().cloned() {
            if nth > 0 {
                relocate(&mut page.frame, nth);
            }
            sheets.push(page);
        }
    }
    warnings.sort();
    warnings.dedup();
    Some(Pages { document: PagedDocument::new(sheets, info?), warnings })
}

fn empty_like(page: &Page) -> Page {
    Page { frame: Frame::hard(page.frame.size()), ..page.clone() }
}

/// Gives the elements of the `nth` copy locations of their own. The copies come from the same
/// source, so the engine gave them the same ones, and bookmarks and the tree of tags find
/// elements by their location.
fn relocate(frame: &mut Frame, nth: usize) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => {
                if let Some(FrameParent { location, .. }) = &mut group.parent {
                    *location = location.variant(nth);
                }
                relocate(&mut group.frame, nth);
            }
            FrameItem::Tag(Tag::Start(element, _)) => relocate_element(element, nth),
            FrameItem::Tag(Tag::End(location, ..)) => *location = location.variant(nth),
            FrameItem::Link(Destination::Location(location), _) => {
                *location = location.variant(nth);
            }
            FrameItem::Text(_)
            | FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..) => {}
        }
        true
    });
}

fn relocate_element(element: &mut Content, nth: usize) {
    let location: Option<Location> = element.location();
    if let Some(location) = location {
        element.set_location(location.variant(nth));
    }
}
