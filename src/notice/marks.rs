//! The second pass over a YAML file: where each value stands. Aliases are not followed, so
//! no file can grow while it is read.

use saphyr_parser::{Event, Parser, ScalarStyle, Span as YamlSpan};

use super::source::{Source, Span};
use crate::diag::Diagnostic;

/// Values nested deeper than this are no notice.
const DEPTH: usize = 32;

/// A value's place, with those of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// From its first to its last character.
    pub span: Span,
    /// What it is made of.
    pub parts: Parts,
}

/// What a value is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Parts {
    /// A scalar as written.
    Scalar {
        /// Its text.
        raw: String,
        /// A block under a `|` or `>`: its place is that of its lines.
        block: bool,
    },
    /// A sequence.
    List(Vec<Mark>),
    /// A mapping, in order.
    Map(Vec<(Mark, Mark)>),
    /// A reference to a value given elsewhere.
    Alias,
}

/// A list or mapping whose end has not come yet.
struct Open {
    start: Span,
    list: bool,
    items: Vec<Mark>,
}

impl Open {
    fn close(self, end: Span) -> Mark {
        let span =
            Span { end_line: end.end_line, end_column: end.end_column, ..self.start };
        let parts = if self.list { Parts::List(self.items) } else { pairs(self.items) };
        Mark { span, parts }
    }
}

/// Keys and values as they came, taken two by two.
fn pairs(items: Vec<Mark>) -> Parts {
    let mut items = items.into_iter();
    let mut entries = Vec::new();
    while let (Some(key), Some(value)) = (items.next(), items.next()) {
        entries.push((key, value));
    }
    Parts::Map(entries)
}

/// Marks the values of the one document in `source`; `None` when nothing is in it.
///
/// # Errors
/// The place where the text stops being YAML, a second document, a tag, or values nested
/// too deep.
pub fn read(source: &Source) -> Result<Option<Mark>, Diagnostic> {
    let mut open: Vec<Open> = Vec::new();
    let mut documents = 0;
    let mut root = None;
    for event in Parser::new_from_str(source.text()) {
        let (event, span) =
            event.map_err(|error| super::syntax::explain(source, &error))?;
        let span = convert(span);
        refuse_tag(source, &event, span)?;
        let done = match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(second_document(source, span));
                }
                None
            }
            Event::Alias(_) => Some(Mark { span, parts: Parts::Alias }),
            Event::Scalar(text, style, ..) => {
                Some(scalar(text.into_owned(), style, span))
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if open.len() >= DEPTH {
                    return Err(too_deep(source, span));
                }
                let list = matches!(event, Event::SequenceStart(..));
                open.push(Open { start: span, list, items: Vec::new() });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|it| it.close(span)),
            _ => None,
        };
        if let Some(mark) = done {
            match open.last_mut() {
                Some(parent) => parent.items.push(mark),
                None => root = Some(mark),
            }
        }
    }
    Ok(root)
}

fn scalar(raw: String, style: ScalarStyle, span: Span) -> Mark {
    let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
    Mark { span, parts: Parts::Scalar { raw, block } }
}

/// From lines of 1 and columns of 0 to lines and columns of 1.
fn convert(span: YamlSpan) -> Span {
    Span {
        line: span.start.line(),
        column: span.start.col() + 1,
        end_line: span.end.line(),
        end_column: span.end.col() + 1,
    }
}

fn refuse_tag(source: &Source, event: &Event, span: Span) -> Result<(), Diagnostic> {
    let tag = match event {
        Event::Scalar(_, _, _, tag)
        | Event::SequenceStart(_, tag)
        | Event::MappingStart(_, tag) => tag,
        _ => return Ok(()),
    };
    match tag {
        Some(_) => {
            Err(Diagnostic::error("Y106", "这里用了 YAML 标签（!…），通知里不能用")
                .at(source.place(span))
                .hint("要把感叹号当文字写，请给整个值加上双引号"))
        }
        None => Ok(()),
    }
}

fn second_document(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error("Y105", "一个文件里只能写一份通知，这里又起了一份（---）")
        .at(source.place(span))
        .hint("把后面的内容另存为一个文件")
}

fn too_deep(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error("Y107", format!("嵌套超过 {DEPTH} 层"))
        .at(source.place(span))
        .hint("检查缩进和括号：通知里用不到这么多层")
}
