//! `{{ 变量 }}` in the texts of a notice. Texts are values: only what names a parameter is
//! evaluated, everything else between braces is printed as written.

use std::collections::BTreeMap;

use super::body;
use super::keys::nearest;
use super::reader::Reader;
use super::source::{Search, Source, Span};
use super::tree::{Node, Value};
use crate::diag::Diagnostic;

/// 参数: the values that texts may name.
pub type Params = BTreeMap<String, String>;

/// What an expression came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its value as text.
    Text(String),
    /// It names a parameter that is not there.
    Undefined(String),
    /// It names a parameter but cannot be evaluated, for this reason.
    Failed(String),
    /// It is no expression over parameters; it belongs to the text.
    NotOurs,
}

/// Evaluates what stands between the braces; values are never evaluated again.
pub trait Evaluate {
    /// The outcome of one expression over the parameters.
    fn evaluate(&self, inner: &str, params: &Params) -> Outcome;
}

/// Replaces the variables in every text below `node`, except under 参数 itself.
pub fn fill(
    reader: &mut Reader,
    node: &mut Node,
    expressions: &dyn Evaluate,
    params: &Params,
) {
    let mut work = Filling { reader, expressions, params, marked: false };
    if let Value::Map(entries) = &mut node.value {
        for (key, value) in entries {
            if !matches!(key.value.as_text(), Some("参数" | "params")) {
                work.entry(key, value);
            }
        }
    }
}

struct Filling<'a> {
    reader: &'a mut Reader,
    expressions: &'a dyn Evaluate,
    params: &'a Params,
    /// Whether texts are read for `**` and `#`, so that a value's own must be told apart.
    marked: bool,
}

impl Filling<'_> {
    fn entry(&mut self, key: &Node, value: &mut Node) {
        let outer = self.marked;
        self.marked = matches!(key.value.as_text(), Some("正文" | "body"));
        self.below(value);
        self.marked = outer;
    }

    fn below(&mut self, node: &mut Node) {
        match &mut node.value {
            Value::Text(text) => {
                if text.contains("{{") {
                    *text = self.text(node.span, text);
                }
            }
            Value::List(items) => items.iter_mut().for_each(|item| self.below(item)),
            Value::Map(entries) => {
                for (key, value) in entries {
                    self.entry(key, value);
                }
            }
            Value::Null | Value::Bool(..) | Value::Number(_) => {}
        }
    }

    fn text(&mut self, span: Span, text: &str) -> String {
        let (expressions, params) = (self.expressions, self.params);
        fill_text(self.reader, span, text, self.marked, expressions, params)
    }
}

/// One text with its variables replaced.
fn fill_text(
    reader: &mut Reader,
    span: Span,
    text: &str,
    marked: bool,
    expressions: &dyn Evaluate,
    params: &Params,
) -> String {
    let mut filled = String::with_capacity(text.len());
    let source = reader.places.source().clone();
    let mut written = Written::new(&source, span);
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        filled.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = rest.find("}}") else { break };
        let (whole, inner) = (&rest[..end + 2], &rest[2..end]);
        let place = written.next(whole);
        rest = &rest[end + 2..];
        let finding = match expressions.evaluate(inner, params) {
            Outcome::Text(value) => {
                let value = if marked { body::literal(&value) } else { value };
                filled.push_str(&value);
                continue;
            }
            Outcome::Undefined(name) => undefined(&name, params),
            Outcome::Failed(why) => {
                Diagnostic::error("Y302", format!("“{whole}”算不出来：{why}"))
                    .hint("花括号里写参数的名称，如 {{ 年度 }}")
            }
            Outcome::NotOurs => literal(whole),
        };
        filled.push_str(whole);
        reader.findings.push(finding.at(source.place(place)));
    }
    filled.push_str(rest);
    filled
}

/// A text that is not as it is written, with escapes in it or given elsewhere, is searched in
/// vain; after so many times it is not searched again.
const MISSES: usize = 50;

/// Where the variables of a text stand in its file, one after the other.
struct Written<'a> {
    search: Search<'a>,
    span: Span,
    misses: usize,
}

impl<'a> Written<'a> {
    fn new(source: &'a Source, span: Span) -> Self {
        Self { search: Search::new(source, span), span, misses: 0 }
    }

    /// The place of the next one; the whole text's where it is not written out.
    fn next(&mut self, whole: &str) -> Span {
        if self.misses >= MISSES {
            return self.span;
        }
        let found = self.search.next(whole);
        self.misses += usize::from(found.is_none());
        found.unwrap_or(self.span)
    }
}

fn undefined(name: &str, params: &Params) -> Diagnostic {
    let finding = Diagnostic::error("Y301", format!("变量“{name}”没有定义"));
    match nearest(name, params.keys().map(String::as_str)) {
        Some(near) => finding.hint(format!("是不是想写“{near}”？")),
        None => finding
            .hint(format!("在“参数:”下写上“{name}: 值”，或在命令行加 --set {name}=值")),
    }
}

fn literal(whole: &str) -> Diagnostic {
    Diagnostic::warning("Y303", format!("“{whole}”不是变量，照原样印出"))
        .hint("要用变量，花括号里只写参数的名称，如 {{ 年度 }}")
}
