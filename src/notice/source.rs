//! The text of a file: decoded, and cut into lines for the places in it.

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place};
use crate::paths::ends_in;

/// The largest notice that is read, in bytes.
pub const LIMIT: usize = 8 * 1024 * 1024;

/// Whether a file ends in .yaml or .yml, as notices do: no other output takes its place.
pub fn is_yaml(path: &Path) -> bool {
    ends_in(path, &["yaml", "yml"])
}

/// A stretch of a source text, in lines and characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First line, from 1.
    pub line: usize,
    /// First character on it, from 1.
    pub column: usize,
    /// Last line, inclusive.
    pub end_line: usize,
    /// The character after the last one, on the last line.
    pub end_column: usize,
}

/// A text file as the user named it, without a byte order mark.
#[derive(Debug, Clone)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    lines: Vec<usize>,
}

impl Source {
    /// Wraps a text under the name its findings carry.
    pub fn new(name: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { name: name.into(), text: text.into(), lines }
    }

    /// Decodes a notice: UTF-8 of no more than [`LIMIT`] bytes with something in it.
    ///
    /// # Errors
    /// One finding that says what the file is instead.
    pub fn decode(name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        if bytes.len() > LIMIT {
            return Err(too_large(name));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => Err(not_utf8(name, bytes, error.valid_up_to())),
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A line's text without its end; lines count from 1.
    pub fn line(&self, line: usize) -> &str {
        let Some(&start) = self.lines.get(line.wrapping_sub(1)) else { return "" };
        let end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        self.text[start..end].trim_end_matches('\r')
    }

    /// Where a character of a line stands in the text, in bytes.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = self.lines.get(line.wrapping_sub(1)).copied();
        let start = start.unwrap_or(self.text.len());
        let line: String = self.line(line).chars().take(column.max(1) - 1).collect();
        start + line.len()
    }

    /// A span as a place; of a span over several lines, its part on the first one.
    pub fn place(&self, span: Span) -> Place {
        let text = self.line(span.line);
        let width = text.chars().count();
        let column = span.column.clamp(1, width + 1);
        let end = if span.end_line > span.line { width + 1 } else { span.end_column };
        Place {
            file: self.name.clone(),
            line: span.line,
            column,
            length: end.clamp(column, width + 1) - column,
            text: text.into(),
        }
    }

    /// A whole line as a place, from its first character that is not white.
    pub fn line_place(&self, line: usize) -> Place {
        let text = self.line(line);
        let start = text.chars().take_while(|c| c.is_whitespace()).count();
        let end = text.chars().count() + 1;
        self.place(Span { line, column: start + 1, end_line: line, end_column: end })
    }

    /// Where `part` stands for the `nth` time (from 0) within a span.
    pub fn find(&self, within: Span, part: &str, nth: usize) -> Option<Span> {
        let last = within.end_line.min(self.lines.len());
        let all = (within.line..=last).flat_map(|line| {
            let text = self.line(line);
            text.match_indices(part)
                .map(move |(at, _)| (line, text[..at].chars().count() + 1))
        });
        let inside = |&(line, column): &(usize, usize)| {
            (line, column) >= (within.line, within.column)
                && (line, column) < (within.end_line, within.end_column)
        };
        let (line, column) = all.filter(inside).nth(nth)?;
        let end_column = column + part.chars().count();
        Some(Span { line, column, end_line: line, end_column })
    }
}

/// A new text in place of an old one: a byte order mark stays.
pub fn in_place_of(old: &[u8], text: &str) -> Vec<u8> {
    let mark = "\u{feff}".as_bytes();
    let mark = if old.starts_with(mark) { mark } else { &[] };
    [mark, text.as_bytes()].concat()
}

/// The finding for a file over [`LIMIT`].
pub fn too_large(name: &str) -> Diagnostic {
    let message = format!("文件“{name}”超过 {} MB，不像是一份通知", LIMIT / 1024 / 1024);
    Diagnostic::error("Y001", message)
        .at(Source::new(name, "").line_place(1))
        .hint("长表格请放进 .csv 文件，在通知里用“数据: 文件名.csv”引用")
}

fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let line = bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let (gbk, _, bad) = encoding_rs::GB18030.decode(bytes);
    let shown = Source::new(name, if wide || bad { "" } else { &gbk });
    let place = if wide || bad {
        Place { line, ..shown.line_place(1) }
    } else {
        shown.line_place(line)
    };
    let found = if wide {
        "UTF-16（“Unicode 文本”）"
    } else if bad {
        "不明的编码"
    } else {
        "GBK（也叫 GB2312、ANSI）"
    };
    Diagnostic::error("Y002", format!("文件不是 UTF-8 编码，看来是 {found}"))
        .at(place)
        .hint("用记事本打开，“另存为”时把“编码”选为 UTF-8，再生成一次")
}
