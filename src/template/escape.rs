//! Any value as a Typst expression. Inside a Typst string only `\` and `"` mean something.

use std::fmt::{self, Write};

use minijinja::value::{Value, ValueKind};

/// Writes `value` as a literal: none, true, 1.5, "text"; lists and mappings as JSON in one
/// string, which the engine reads in a fraction of the time that a tree of literals takes.
///
/// # Errors
/// Values that have no literal, such as undefined ones.
pub fn literal(out: &mut impl Write, value: &Value) -> fmt::Result {
    match value.kind() {
        ValueKind::None => out.write_str("none"),
        ValueKind::Bool => out.write_str(if value.is_true() { "true" } else { "false" }),
        ValueKind::Number => write!(out, "{value}"),
        ValueKind::String => string(out, value.as_str().unwrap_or_default()),
        ValueKind::Seq | ValueKind::Iterable | ValueKind::Map => {
            let json = serde_json::to_string(value).map_err(|_| fmt::Error)?;
            out.write_str("json(bytes(")?;
            string(out, &json)?;
            out.write_str("))")
        }
        _ => Err(fmt::Error),
    }
}

fn string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            c if c.is_control() && c != '\n' => write!(out, "\\u{{{:x}}}", u32::from(c))?,
            c => out.write_char(c)?,
        }
    }
    out.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::value::Serde;

    fn typst(value: impl serde::Serialize) -> String {
        let mut out = String::new();
        literal(&mut out, &Value::from(Serde(value))).expect("a literal");
        out
    }

    #[test]
    fn values_become_literals() {
        assert_eq!(typst(serde_json::json!(null)), "none");
        assert_eq!(typst(1.5), "1.5");
        assert_eq!(typst("甲"), "\"甲\"");
        let list = serde_json::json!([1, true, "甲"]);
        assert_eq!(typst(list), r#"json(bytes("[1,true,\"甲\"]"))"#);
        let map = serde_json::json!({"a-b": [1.5, null]});
        assert_eq!(typst(map), r#"json(bytes("{\"a-b\":[1.5,null]}"))"#);
    }

    #[test]
    fn quotes_and_backslashes_cannot_end_a_string() {
        assert_eq!(typst("\"]; #panic() \\"), "\"\\\"]; #panic() \\\\\"");
        assert_eq!(typst("\u{7}\n"), "\"\\u{7}\n\"");
        assert_eq!(typst(["\""]), r#"json(bytes("[\"\\\"\"]"))"#);
    }
}
