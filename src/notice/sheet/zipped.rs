//! The parts of a zipped spreadsheet, unpacked within bounds, and what their XML says.

use std::io::{Cursor, Read};

use roxmltree::{Document, Node};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Refusal;

/// The most that all parts of a file may unpack to, in bytes.
const UNPACKED: u64 = 256 * 1024 * 1024;
/// The largest part that is read as a tree, in bytes.
const XML: u64 = 64 * 1024 * 1024;

/// A zip file whose parts are known to fit into memory.
pub struct Parts<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Parts<'a> {
    /// Opens a file and unpacks it once, keeping nothing: sizes written in it may lie.
    ///
    /// # Errors
    /// What is damaged, locked or too large.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        let mut left = UNPACKED;
        for i in 0..zip.len() {
            let part = zip.by_index(i).map_err(|error| match error {
                ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                    Refusal::Password
                }
                _ => Refusal::Damaged,
            })?;
            let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
                .map_err(|_| Refusal::Damaged)?;
            left = left.checked_sub(size).ok_or(Refusal::Large)?;
        }
        Ok(Self(zip))
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// The text of a part.
    ///
    /// # Errors
    /// Parts that are missing, not text, or too large.
    pub fn text(&mut self, name: &str) -> Result<String, Refusal> {
        let part = self.0.by_name(name).map_err(|_| Refusal::Damaged)?;
        let mut text = Vec::new();
        part.take(XML + 1).read_to_end(&mut text).map_err(|_| Refusal::Damaged)?;
        if text.len() as u64 > XML {
            return Err(Refusal::Large);
        }
        String::from_utf8(text).map_err(|_| Refusal::Damaged)
    }
}

/// The tree of a part's text.
///
/// # Errors
/// What is no XML, or declares entities of its own.
pub fn tree(text: &str) -> Result<Document<'_>, Refusal> {
    Document::parse(text).map_err(|_| Refusal::Damaged)
}

/// An attribute by its name, whatever it is prefixed with.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|it| it.name() == name).map(|it| it.value())
}

/// The elements of a name directly in an element.
pub fn children<'a, 'b>(
    node: Node<'a, 'b>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'b>> {
    node.children().filter(move |it| it.is_element() && it.tag_name().name() == name)
}
