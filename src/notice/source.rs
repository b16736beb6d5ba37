//! The text of a file: decoded, and cut into lines for the places in it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

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
    lines: Arc<[usize]>,
    shared: Arc<Mutex<HashMap<usize, Line>>>,
}

/// A line as all places on it share it: a file of one line may have a finding at each word.
#[derive(Debug, Clone)]
struct Line {
    text: Arc<str>,
    width: usize,
    /// Where each [`STEP`]th character stands, in bytes.
    steps: Arc<[usize]>,
}

/// Characters between two that a line keeps the bytes of.
const STEP: usize = 512;

impl Line {
    fn new(text: &str) -> Self {
        let steps = text.char_indices().step_by(STEP).map(|(at, _)| at).collect();
        Self { text: text.into(), width: text.chars().count(), steps }
    }

    /// Where the character behind so many others stands, in bytes.
    fn offset(&self, chars: usize) -> usize {
        let Some(from) = self.steps.get(chars / STEP) else { return self.text.len() };
        let mut rest = self.text[*from..].char_indices();
        rest.nth(chars % STEP).map_or(self.text.len(), |(at, _)| from + at)
    }
}

impl Source {
    /// Wraps a text under the name its findings carry.
    pub fn new(name: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = std::iter::once(0).chain(line_ends(text.as_bytes())).collect();
        let shared = Arc::default();
        Self { name: name.into(), text: text.into(), lines, shared }
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
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\r', '\n'])
    }

    /// How many lines there are; what follows the last line end is one, too.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    /// Where a character of a line stands in the text, in bytes.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = self.lines.get(line.wrapping_sub(1)).copied();
        let start = start.unwrap_or(self.text.len());
        start + self.shared_line(line).offset(column.max(1) - 1)
    }

    /// The line that a byte of the text is on, and where it starts.
    fn line_of(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at);
        (line, self.lines.get(line.wrapping_sub(1)).copied().unwrap_or_default())
    }

    fn shared_line(&self, line: usize) -> Line {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.entry(line).or_insert_with(|| Line::new(self.line(line))).clone()
    }

    /// A span as a place; of a span over several lines, its part on the first one.
    pub fn place(&self, span: Span) -> Place {
        let Line { text, width, .. } = self.shared_line(span.line);
        let column = span.column.clamp(1, width + 1);
        let end = if span.end_line > span.line { width + 1 } else { span.end_column };
        Place {
            file: self.name.clone(),
            line: span.line,
            column,
            length: end.clamp(column, width + 1) - column,
            text,
        }
    }

    /// A whole line as a place, from its first character that is not white.
    pub fn line_place(&self, line: usize) -> Place {
        let text = self.line(line);
        let start = text.chars().take_while(|c| c.is_whitespace()).count();
        let end_column = usize::MAX;
        self.place(Span { line, column: start + 1, end_line: line, end_column })
    }

    /// Where `part` stands for the first time within a span.
    pub fn find(&self, within: Span, part: &str) -> Option<Span> {
        Search::new(self, within).next(part)
    }
}

/// Looks for one part of a span after the other, each behind the one before.
pub struct Search<'a> {
    source: &'a Source,
    at: usize,
    column: usize,
    end: usize,
}

impl<'a> Search<'a> {
    /// Begins where the span does.
    pub fn new(source: &'a Source, within: Span) -> Self {
        let at = source.offset(within.line, within.column);
        let end = source.offset(within.end_line, within.end_column);
        Self { source, at, column: within.column.max(1), end }
    }

    /// The next place of `part` that begins within the span and ends on its own line.
    pub fn next(&mut self, part: &str) -> Option<Span> {
        let text = self.source.text();
        // One that begins just before the span's end may go on behind it.
        let last = text.len().min(self.end + part.len().saturating_sub(1));
        let last = text.ceil_char_boundary(last);
        if part.is_empty() || part.contains('\n') {
            return None;
        }
        let at = self.at + text.get(self.at..last)?.find(part)?;
        if at >= self.end {
            return None;
        }
        let (line, start) = self.source.line_of(at);
        let column = match start > self.at {
            true => text[start..at].chars().count() + 1,
            false => self.column + text[self.at..at].chars().count(),
        };
        let end_column = column + part.chars().count();
        (self.at, self.column) = (at + part.len(), end_column);
        Some(Span { line, column, end_line: line, end_column })
    }
}

/// Where each line end is over; a CR by itself is one, as YAML has it.
fn line_ends(text: &[u8]) -> impl Iterator<Item = usize> {
    let next = |at: usize| text.get(at + 1) == Some(&b'\n');
    let ends = text.iter().enumerate();
    ends.filter(move |(at, byte)| **byte == b'\n' || **byte == b'\r' && !next(*at))
        .map(|(at, _)| at + 1)
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
    let line = line_ends(&bytes[..valid]).count() + 1;
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let (gbk, _, bad) = encoding_rs::GB18030.decode(bytes);
    let shown = Source::new(name, if wide || bad { "" } else { &gbk });
    let place = if wide || bad {
        Place { line, ..shown.line_place(1) }
    } else {
        shown.line_place(line)
    };
    if bad && !wide {
        return Diagnostic::error("Y002", "文件里不是文字，或者用了认不出来的编码")
            .at(place)
            .hint("多半是别的文件改了名称，或没有保存完整：从备份找回，或重新写一份");
    }
    let found = if wide {
        "UTF-16（“Unicode 文本”）"
    } else {
        "GBK（也叫 GB2312、ANSI）"
    };
    Diagnostic::error("Y002", format!("文件不是 UTF-8 编码，看来是 {found}"))
        .at(place)
        .hint("用记事本打开，“另存为”时把“编码”选为 UTF-8，再生成一次")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_a_line_share_its_text() {
        let source = Source::new("甲", &"甲乙".repeat(1000));
        let at = |column, end_column| Span { line: 1, column, end_line: 1, end_column };
        let (first, last) = (source.place(at(1, 2)), source.place(at(1999, 9999)));
        assert!(Arc::ptr_eq(&first.text, &last.text));
        assert_eq!((last.column, last.length), (1999, 2));
        for column in [1, 2, STEP, STEP + 1, STEP + 2, 2000, 2001] {
            assert_eq!(source.offset(1, column), (column - 1) * 3, "{column}");
        }
        assert_eq!((source.offset(1, 2002), source.offset(2, 1)), (6000, 6000));
    }

    #[test]
    fn what_is_no_text_is_not_sent_to_the_editor() {
        let told = |bytes: &[u8]| Source::decode("甲", bytes).expect_err("no UTF-8");
        let random: Vec<u8> = (0..999).map(|at| (at * 7919 % 251) as u8).collect();
        assert!(told(&random).message.contains("不是文字"));
        assert!(told(&[0xb1, 0xea, 0xcc, 0xe2]).hints[0].contains("另存为"));
    }

    #[test]
    fn lines_end_in_all_three_ways() {
        let source = Source::new("甲", "子\r丑\r\n寅\n\r卯\r");
        let lines: Vec<_> = (1..=source.count()).map(|at| source.line(at)).collect();
        assert_eq!(lines, ["子", "丑", "寅", "", "卯", ""]);
        assert_eq!(source.offset(5, 2), "子\r丑\r\n寅\n\r卯".len());
        assert_eq!(source.line_place(9).text.len(), 0);
    }

    #[test]
    fn each_search_goes_on_behind_the_last() {
        let source = Source::new("甲", "子丑寅丑\n寅丑，子丑\n丑");
        let within = Span { line: 1, column: 2, end_line: 3, end_column: 1 };
        let mut search = Search::new(&source, within);
        let mut next = |part| search.next(part).map(|it| (it.line, it.column));
        assert_eq!(next("丑"), Some((1, 2)));
        assert_eq!(next("丑\n"), None);
        assert_eq!(next("寅丑"), Some((1, 3)));
        assert_eq!(next("寅"), Some((2, 1)));
        assert_eq!(next("寅"), None);
        assert_eq!(next("子丑"), Some((2, 4)));
        assert_eq!(next("丑"), None);
    }

    #[test]
    fn what_begins_within_a_span_is_found_though_it_goes_on_behind_it() {
        let source = Source::new("甲", "子丑寅");
        let within = Span { line: 1, column: 1, end_line: 1, end_column: 3 };
        let found = source.find(within, "丑寅");
        assert_eq!(found.map(|it| (it.column, it.end_column)), Some((2, 4)));
        assert_eq!(source.find(within, "寅"), None);
    }
}
