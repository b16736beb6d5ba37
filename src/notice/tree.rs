//! The values of a YAML file, each with its place.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::marks::{Mark, Parts};
use super::source::{Source, Span};
use crate::diag::Diagnostic;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// From its first to its last character.
    pub span: Span,
    /// Whether it is a text under a `|` or `>`, in which `#` begins no comment.
    pub block: bool,
    /// What it is.
    pub value: Value,
}

impl Node {
    /// Whether nothing is in it, or in any of its items.
    pub fn is_blank(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.iter().all(Self::is_blank),
            Value::Bool(..) | Value::Number(_) | Value::Map(_) => false,
        }
    }
}

/// What YAML knows.
#[derive(Debug, Clone)]
pub enum Value {
    /// A key with nothing behind it.
    Null,
    /// true or false, with its text as written.
    Bool(bool, String),
    /// A number, as written.
    Number(String),
    /// A text.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in order, repeated keys and all.
    Map(Vec<(Node, Node)>),
}

impl Value {
    /// The text of a scalar; numbers and truth values as written.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Bool(_, text) => Some(text),
            _ => None,
        }
    }

    /// What it is, in Chinese.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Null => "空值",
            Self::Bool(..) => "是非值",
            Self::Number(_) => "数字",
            Self::Text(_) => "文字",
            Self::List(_) => "列表",
            Self::Map(_) => "一组键和值",
        }
    }
}

/// Reads the values of `source`; `None` when nothing is in it.
///
/// # Errors
/// What the marking of places refuses, and aliases that grow without measure.
pub fn read(source: &Source) -> Result<Option<Node>, Diagnostic> {
    let Some(mark) = super::marks::read(source)? else { return Ok(None) };
    let tree =
        serde_yaml::from_str(source.text()).map_err(|error| refused(source, &error))?;
    Ok(Some(join(tree, Some(&mark), mark.span)))
}

fn refused(source: &Source, error: &serde_yaml::Error) -> Diagnostic {
    let line = error.location().map_or(1, |at| at.line());
    let info = error.to_string();
    let (message, hint) = if info.contains("repetition limit") {
        ("引用（*名称）层层相套，展开后大得不像一份通知", "把引用改成直接写出的值")
    } else if info.contains("unknown anchor") {
        ("引用（*名称）的值没有在前面定义", "要把星号当文字写，请给整个值加上双引号")
    } else if info.contains("scanning an anchor") || info.contains("scanning an alias") {
        (
            "锚（&名称）和引用（*名称）的名称只能用英文字母、数字",
            "给它改个名称，例如“&jg”，引用它的地方写“*jg”；或把值直接写出来",
        )
    } else if let Some(tabbed) = super::syntax::tabbed(source, line, &info) {
        return tabbed;
    } else {
        ("这里不是合法的 YAML", "对照 `hongtou new` 生成的样本检查这一行")
    };
    Diagnostic::error("Y110", message).at(source.line_place(line)).hint(hint)
}

/// A value as serde_yaml gives it; repeated keys are kept.
enum Tree {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
}

/// Puts values and places together. Below an alias every value stands where the alias does.
fn join(tree: Tree, mark: Option<&Mark>, span: Span) -> Node {
    let span = mark.map_or(span, |mark| mark.span);
    let parts = mark.map(|mark| &mark.parts);
    let raw = match parts {
        Some(Parts::Scalar { raw, .. }) => Some(raw.clone()),
        _ => None,
    };
    let value = match tree {
        Tree::Null => Value::Null,
        Tree::Bool(value) => Value::Bool(value, raw.unwrap_or_else(|| value.to_string())),
        Tree::Number(text) => Value::Number(raw.unwrap_or(text)),
        Tree::Text(text) => Value::Text(text),
        Tree::List(items) => {
            let marks = match parts {
                Some(Parts::List(marks)) => marks.as_slice(),
                _ => &[],
            };
            let items = items.into_iter().enumerate();
            Value::List(items.map(|(i, item)| join(item, marks.get(i), span)).collect())
        }
        Tree::Map(entries) => {
            let marks = match parts {
                Some(Parts::Map(marks)) => marks.as_slice(),
                _ => &[],
            };
            let entry = |(i, (key, value)): (usize, (Tree, Tree))| {
                let mark = marks.get(i);
                let key = join(key, mark.map(|(key, _)| key), span);
                (key, join(value, mark.map(|(_, value)| value), span))
            };
            Value::Map(entries.into_iter().enumerate().map(entry).collect())
        }
    };
    let block = matches!(parts, Some(Parts::Scalar { block: true, .. }));
    Node { span, block, value }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Tree::Map(entries))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Tree, A::Error> {
        let (_tag, value): (String, _) = data.variant()?;
        value.newtype_variant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_anchors_that_the_parser_cannot_read_are_told_to_be_the_fault() {
        for text in ["机关: &机关 甲\n", "机关: &机关 甲\n落款: *机关\n"] {
            let found = read(&Source::new("甲", text)).expect_err(text);
            assert!(found.message.contains("英文字母"), "{text}: {found:?}");
        }
        assert!(read(&Source::new("甲", "机关: &jg-1 甲\n落款: *jg-1\n")).is_ok());
    }
}
