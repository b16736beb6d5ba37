//! Filters that notices and templates share, and those that notices may use of the engine's.

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, State, Value, filters};

use crate::characters::narrow;

/// The longest text that an expression of a notice comes to, in bytes.
pub const LONGEST: usize = 100_000;

/// Adds the filters of texts and numbers that come with the engine and make no more of them
/// than they are.
pub fn add_plain(environment: &mut Environment) {
    environment.add_filter("abs", filters::abs);
    environment.add_filter("bool", filters::bool);
    environment.add_filter("capitalize", filters::capitalize);
    environment.add_filter("count", filters::length);
    environment.add_filter("d", filters::default);
    environment.add_filter("default", filters::default);
    environment.add_filter("first", filters::first);
    environment.add_filter("float", filters::float);
    environment.add_filter("format", format);
    environment.add_filter("last", filters::last);
    environment.add_filter("length", filters::length);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("replace", replace);
    environment.add_filter("round", filters::round);
    environment.add_filter("string", filters::string);
    environment.add_filter("title", filters::title);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("upper", filters::upper);
}

/// `'%03d'|format(期数)`, with widths of up to three digits.
fn format(
    state: &mut State,
    text: &Value,
    given: Rest<ValueOrKwargs>,
) -> Result<Value, Error> {
    let written = text.as_str().unwrap_or_default();
    let digits = written.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    if written.contains('*') || digits > Some(3) {
        return Err(Error::new(ErrorKind::InvalidOperation, "结果太长"));
    }
    filters::format(state, text, given)
}

/// A text with one part of it in another's place.
fn replace(text: &str, from: &str, to: &str) -> Result<String, Error> {
    let more = text.matches(from).count().saturating_mul(to.len());
    if text.len().saturating_add(more) > LONGEST {
        return Err(Error::new(ErrorKind::InvalidOperation, "结果太长"));
    }
    Ok(text.replace(from, to))
}

/// Adds the filters.
pub fn add(environment: &mut Environment) {
    environment.add_filter("int", |text: String| int(&text));
    environment.remove_filter("safe");
}

/// A number from a text such as 2026, so that {{ 年度|int + 1 }} works.
fn int(text: &str) -> Result<i64, Error> {
    let number = text.trim().chars().map(narrow).collect::<String>().parse();
    number
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("“{text}”不是整数")))
}
