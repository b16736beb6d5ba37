//! `{{ 变量 }}` in the texts of a notice. Texts are values: only what names a parameter is
//! evaluated, everything else between braces is printed as written. What is given from outside
//! is data; braces in it mean nothing.

use std::collections::BTreeMap;

use super::body;
use super::keys::nearest;
use super::reader::Reader;
use super::source::{Search, Source, Span};
use super::tree::{Node, Value};
use crate::diag::{Diagnostic, Variable};

/// 参数: the values that texts may name.
pub type Params = BTreeMap<String, String>;

/// What an expression came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its value as text.
    Text(String),
    /// It names a parameter that is not there.
    Undefined(String),
    /// It names a parameter but cannot be evaluated, for this reason; where that lies in the
    /// values of parameters, of these.
    Failed(String, Vec<String>),
    /// It is no expression over parameters; it belongs to the text.
    NotOurs,
}

/// Evaluates what stands between the braces; values are never evaluated again.
pub trait Evaluate {
    /// The outcome of one expression over the parameters.
    fn evaluate(&self, inner: &str, params: &Params) -> Outcome;
}

/// The parameters of a notice under those that are given from outside, which win. Its own may
/// ask for given ones, and for those that are written before them.
pub fn parameters(
    reader: &mut Reader,
    node: &Node,
    expressions: &dyn Evaluate,
    given: &Params,
) -> Params {
    let mut params = given.clone();
    let Value::Map(entries) = &node.value else { return params };
    let own = entries
        .iter()
        .find(|(key, _)| matches!(key.value.as_text(), Some("参数" | "params")));
    match own.map(|(_, node)| node) {
        Some(Node { value: Value::Map(entries), .. }) => {
            for (name, value) in entries {
                match (name.value.as_text(), value.value.as_text()) {
                    (Some(name), Some(_)) if given.contains_key(name) => {}
                    (Some(name), Some(text)) => {
                        let mut work = Filling {
                            reader,
                            expressions,
                            params: &params,
                            marked: false,
                        };
                        let text = work.text(value.span, text);
                        params.insert(name.to_owned(), text);
                    }
                    (name, _) => reader.wrong_type(
                        &format!("参数.{}", name.unwrap_or("")),
                        value,
                        "文字或数字",
                    ),
                }
            }
        }
        Some(node) if !matches!(node.value, Value::Null) => {
            reader.wrong_type("参数", node, "一组“名称: 值”");
        }
        _ => {}
    }
    params
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
                if has_braces(text) {
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

    /// A text with its variables replaced.
    fn text(&mut self, span: Span, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let source = self.reader.places.source().clone();
        let mut written = Written::new(&source, span);
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            let Some(end) = rest[start..].find("}}") else { break };
            filled.push_str(&rest[..start]);
            stray(self.reader, &mut written, &rest[..start]);
            rest = &rest[start..];
            let (whole, inner) = (&rest[..end + 2], &rest[2..end]);
            let place = written.next(whole);
            rest = &rest[end + 2..];
            let (value, finding) = self.variable(whole, inner);
            filled.push_str(&value);
            self.reader.findings.extend(finding.map(|it| it.at(source.place(place))));
        }
        filled.push_str(rest);
        stray(self.reader, &mut written, rest);
        filled
    }

    /// What stands in the place of a variable, and what is wrong with it.
    fn variable(&self, whole: &str, inner: &str) -> (String, Option<Diagnostic>) {
        let finding = match self.expressions.evaluate(inner, self.params) {
            Outcome::Text(value) if is_empty(inner, self.params) => {
                return (value, Some(empty(inner.trim())));
            }
            Outcome::Text(value) if self.marked => return (body::literal(&value), None),
            Outcome::Text(value) => return (value, None),
            Outcome::Undefined(name) => undefined(&name, self.params),
            Outcome::Failed(why, names) => failed(whole, &why, names),
            Outcome::NotOurs => literal(whole),
        };
        (whole.to_owned(), Some(finding))
    }
}

/// What variables are written in, and what is taken for it.
const BRACES: [&str; 4] = ["{{", "}}", "｛｛", "｝｝"];

/// Whether a text has braces in it that look like a variable's.
pub fn has_braces(text: &str) -> bool {
    BRACES.iter().any(|it| text.contains(it))
}

/// Notes braces that are not closed, not opened, or full-width.
fn stray(reader: &mut Reader, written: &mut Written, piece: &str) {
    let marks = BRACES.iter().filter_map(|it| Some((piece.find(it)?, *it)));
    let Some((at, mark)) = marks.min() else { return };
    let closes = matches!(mark, "}}" | "｝｝");
    let before = piece[..at].char_indices().rev().take(if closes { NEAR } else { 0 });
    let start = before.last().map_or(at, |(start, _)| start);
    let near: String = piece[start..].chars().take(NEAR + mark.len()).collect();
    let place = reader.places.source().place(written.next(mark));
    let finding =
        Diagnostic::warning("Y303", format!("“{near}”里的花括号不成对，照原样印出"))
            .hint("变量写在 {{ 和 }} 之间，两边都是两个半角的花括号");
    reader.findings.push(finding.at(place));
}

/// So many characters show which braces are meant.
const NEAR: usize = 8;

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
    let near = nearest(name, params.keys().map(String::as_str));
    let finding = Diagnostic::error("Y301", format!("变量“{name}”没有定义"))
        .of(Variable::Unknown(name.to_owned(), near.map(str::to_owned)));
    match near {
        Some(near) => finding.hint(format!("是不是想写“{near}”？")),
        None => finding
            .hint(format!("在“参数:”下写上“{name}: 值”，或在命令行加 --set {name}=值")),
    }
}

/// Whether an expression is a parameter that has nothing to be seen in it.
fn is_empty(inner: &str, params: &Params) -> bool {
    params.get(inner.trim()).is_some_and(|value| value.trim().is_empty())
}

fn empty(name: &str) -> Diagnostic {
    Diagnostic::error("Y205", format!("变量“{name}”的值是空的")).hint(format!(
        "在“参数:”下写上“{name}: 值”，或在命令行加 --set {name}=值；不印它的，从文字里删去"
    ))
}

fn failed(whole: &str, why: &str, names: Vec<String>) -> Diagnostic {
    Diagnostic::error("Y302", format!("“{whole}”算不出来：{why}"))
        .of(Variable::Failed(names))
        .hint("花括号里写参数的名称，如 {{ 年度 }}")
}

fn literal(whole: &str) -> Diagnostic {
    let inner = whole.trim_matches(['{', '}']).trim();
    Diagnostic::warning("Y303", format!("“{whole}”不是变量，照原样印出"))
        .of(Variable::Literal(inner.to_owned()))
        .hint("要用变量，花括号里只写参数的名称，如 {{ 年度 }}")
}
