//! Where each field of a notice stands in its file.

use std::collections::HashMap;

use super::source::{Source, Span};
use crate::diag::Place;

/// Field path → place. Paths use the Chinese keys: `标题`, `附件[1].表格.数据`, counted
/// from 0.
#[derive(Debug, Clone)]
pub struct Places {
    source: Source,
    spans: HashMap<String, Span>,
}

impl Places {
    /// No field is known yet.
    pub fn new(source: Source) -> Self {
        Self { source, spans: HashMap::new() }
    }

    /// Notes where a field stands.
    pub fn record(&mut self, path: &str, span: Span) {
        self.spans.insert(path.to_owned(), span);
    }

    /// The text the places are in.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The span of a field, or of the nearest one around it that is known.
    pub fn span(&self, path: &str) -> Option<Span> {
        let mut path = path;
        loop {
            if let Some(span) = self.spans.get(path) {
                return Some(*span);
            }
            path = &path[..path.rfind(['.', '['])?];
        }
    }

    /// The place of a field.
    pub fn of(&self, path: &str) -> Option<Place> {
        Some(self.source.place(self.span(path)?))
    }

    /// The place of a part of a field's text, such as one character; the field itself where
    /// the part is not written out.
    pub fn within(&self, path: &str, part: &str) -> Option<Place> {
        let span = self.span(path)?;
        let part = self.source.find(span, part).unwrap_or(span);
        Some(self.source.place(part))
    }

    /// The first place of a text anywhere in the file.
    pub fn anywhere(&self, part: &str) -> Option<Place> {
        let all = Span { line: 1, column: 1, end_line: usize::MAX, end_column: 1 };
        Some(self.source.place(self.source.find(all, part)?))
    }
}
