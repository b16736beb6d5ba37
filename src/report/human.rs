//! For people: the finding, its line with a caret, the ways out.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::characters::is_invisible;
use crate::diag::{self, Diagnostic, Error, Place, Severity};

/// Lines longer than this are cut around the place, in characters.
const WIDEST: usize = 60;

/// The findings of a document, a blank line between them, and how many are left out.
pub fn findings(findings: &[Diagnostic], colour: bool) -> String {
    let (shown, more) = diag::shown(findings);
    let more = (more > 0).then(|| format!("另有 {more} 处没有列出：改好以上的再试一次"));
    let shown = shown.into_iter().map(|it| finding(it, colour));
    shown.chain(more).collect::<Vec<_>>().join("\n\n")
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
    let column = place.column.saturating_sub(1);
    let long = place.text.chars().nth(WIDEST).is_some();
    let from = if long { column.saturating_sub(WIDEST / 3) } else { 0 };
    let line: Vec<char> =
        place.text.chars().skip(from).take(WIDEST).map(visible).collect();
    let column = (column - from).min(line.len());
    let text: String = line.iter().collect();
    let bytes = |chars: usize| line[..chars].iter().map(|c| c.len_utf8()).sum::<usize>();
    let length = place.length.min(line.len() - column);
    let (start, end) = (bytes(column), bytes(column + length));
    let (path, column) = (printable(&place.file), place.column);
    Excerpt { path, line: place.line, column, text, start, end: end.max(start) }
}

/// A text with a sign for each character that would steer a terminal or is not seen.
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
