//! For people: the finding, its line with a caret, the ways out.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::characters::is_invisible;
use crate::diag::{Diagnostic, Error, Place, Severity};

/// Lines longer than this are cut around the place, in characters.
const WIDEST: usize = 60;

/// All findings of a document, a blank line between them.
pub fn findings(findings: &[Diagnostic], colour: bool) -> String {
    let shown: Vec<String> = findings.iter().map(|it| finding(it, colour)).collect();
    shown.join("\n\n")
}

fn finding(finding: &Diagnostic, colour: bool) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR.with_name("错误"),
        Severity::Warning => Level::WARNING.with_name("提醒"),
    };
    let message = printable(&finding.message);
    let hints: Vec<String> = finding.hints.iter().map(|hint| printable(hint)).collect();
    let title = level.primary_title(&*message).id(finding.code);
    let shown = finding.place.as_ref().map(excerpt);
    let mut group = match &shown {
        Some(shown) => {
            let span = AnnotationKind::Primary.span(shown.start..shown.end);
            let line =
                Snippet::source(&*shown.text).line_start(shown.line).path(&*shown.path);
            title.element(line.annotation(span))
        }
        None => Group::with_title(title),
    };
    for hint in &hints {
        group = group.element(Level::HELP.with_name("办法").message(&**hint));
    }
    let text = renderer(colour).render(&[group]);
    match &shown {
        Some(shown) => shown.true_column(&text),
        None => text,
    }
}

/// What ended the run.
pub fn error(error: &Error, colour: bool) -> String {
    let message = printable(&error.message);
    let hints: Vec<String> = error.hints.iter().map(|hint| printable(hint)).collect();
    let mut group =
        Group::with_title(Level::ERROR.with_name("错误").primary_title(&*message));
    for hint in &hints {
        group = group.element(Level::HELP.with_name("办法").message(&**hint));
    }
    renderer(colour).render(&[group])
}

fn renderer(colour: bool) -> Renderer {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // Wide enough that nothing is cut but by `excerpt`, which counts characters.
    renderer.term_width(400)
}

/// A place's line as it is shown.
struct Excerpt {
    path: String,
    line: usize,
    column: usize,
    text: String,
    start: usize,
    end: usize,
}

impl Excerpt {
    /// Names the column in the file instead of the one in the excerpt.
    fn true_column(&self, text: &str) -> String {
        let shown = self.text[..self.start].chars().count() + 1;
        let place = |column| format!("{}:{}:{column}", self.path, self.line);
        text.replacen(&place(shown), &place(self.column), 1)
    }
}

fn excerpt(place: &Place) -> Excerpt {
    let line: Vec<char> = place.text.chars().map(visible).collect();
    let column = place.column.saturating_sub(1).min(line.len());
    let from = if line.len() <= WIDEST { 0 } else { column.saturating_sub(WIDEST / 3) };
    let to = line.len().min(from + WIDEST);
    let text: String = line[from..to].iter().collect();
    let bytes = |chars: usize| {
        line[from..from + chars].iter().map(|c| c.len_utf8()).sum::<usize>()
    };
    let length = place.length.min(to - column.min(to));
    let (start, end) = (bytes(column - from), bytes(column - from + length));
    let (path, column) = (printable(&place.file), place.column);
    Excerpt { path, line: place.line, column, text, start, end: end.max(start) }
}

/// A text in which nothing can steer a terminal.
pub fn printable(text: &str) -> String {
    text.chars().filter(|c| *c != '\n').map(visible).collect()
}

fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        '\u{2028}' | '\u{2029}' => '\u{fffd}',
        c if is_invisible(c) => '\u{fffd}',
        _ => c,
    }
}
