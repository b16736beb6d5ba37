//! Changes to a YAML text in place: a person wrote it, so every byte but the values that are
//! set stays as it is.

use std::ops::Range;

use super::date::Date;
use super::number::Number;
use super::source::{Source, Span};
use super::{Node, Value, read_tree};
use crate::diag::Place;

/// What is put in place of a stretch of the text, in bytes.
pub type Edit = (Range<usize>, String);

/// Both names of each key that is set in a notice.
const NUMBER: [&str; 2] = ["发文字号", "number"];
const DATE: [&str; 2] = ["成文日期", "date"];
const TITLE: [&str; 2] = ["标题", "title"];

/// A notice with its 发文字号, and its 成文日期 where one is given, set: what is there is
/// replaced, what is not is added. `None` where the text is written in a way that this would
/// harm, as a number on lines of its own under a `|`; the outcome is read again and held
/// against the old text before it is taken.
pub fn number_and_date(
    source: &Source,
    number: &Number,
    date: Option<Date>,
) -> Option<String> {
    let tree = read_tree(source).ok()??;
    let Value::Map(entries) = &tree.value else { return None };
    let date = date.map(Date::iso);
    let added = [Spot::Usual, Spot::First];
    let texts = added.into_iter().filter_map(|place| {
        let mut edits = vec![set(source, entries, NUMBER, &number.to_string(), place)?];
        if let Some(date) = &date {
            edits.push(set(source, entries, DATE, date, place)?);
        }
        Some(apply(source.text(), edits))
    });
    let wanted = |text: &String| holds(&tree, text, number, date.as_deref());
    texts.into_iter().find(wanted)
}

/// Where a notice's 发文字号 stands.
pub fn number_at(source: &Source) -> Option<Place> {
    let tree = read_tree(source).ok()??;
    let Value::Map(entries) = &tree.value else { return None };
    entry(entries, &NUMBER).map(|(_, value)| source.place(value.span))
}

/// A notice's 发文字号 as it is written.
pub fn number_of(source: &Source) -> Option<String> {
    let tree = read_tree(source).ok()??;
    let Value::Map(entries) = &tree.value else { return None };
    entry(entries, &NUMBER)?.1.value.as_text().map(str::to_owned)
}

/// Whether a text says what is wanted and, beside that, what the tree says.
fn holds(tree: &Node, text: &str, number: &Number, date: Option<&str>) -> bool {
    let Ok(Some(new)) = read_tree(&Source::new("", text)) else { return false };
    let Value::Map(entries) = &new.value else { return false };
    let says = |names: [&str; 2], wanted: &str| {
        let value = entry(entries, &names).and_then(|(_, value)| value.value.as_text());
        value.is_some_and(|text| text == wanted)
    };
    let set: &[[&str; 2]] = if date.is_some() { &[NUMBER, DATE] } else { &[NUMBER] };
    says(NUMBER, &number.to_string())
        && date.is_none_or(|date| says(DATE, date))
        && others(tree, set) == others(&new, set)
}

/// Where a key that is not there yet goes.
#[derive(Clone, Copy)]
enum Spot {
    /// 发文字号 before the title, 成文日期 at the end.
    Usual,
    /// Before the first key.
    First,
}

/// Sets one key of a notice.
fn set(
    source: &Source,
    entries: &[(Node, Node)],
    names: [&str; 2],
    new: &str,
    place: Spot,
) -> Option<Edit> {
    if let Some((key, value)) = entry(entries, &names) {
        let scalar =
            matches!(value.value, Value::Null | Value::Text(_) | Value::Number(_));
        let edit = fill(source, key, value, quoted(source, value, new));
        // Neither value has a # in it; a comment would go with it unseen.
        let comment = source.text()[edit.0.clone()].contains('#');
        return (scalar && !comment).then_some(edit);
    }
    let first = &entries.first()?.0;
    let title = entry(entries, &TITLE).map(|(key, _)| key);
    let english = title.is_some_and(|key| key.value.as_text() == Some(TITLE[1]));
    let line = format!("{}: {new}", names[usize::from(english)]);
    let flow = source.text()[..range(source, first.span).start].trim_end().ends_with('{');
    Some(match place {
        Spot::Usual if !flow && names == DATE => append(source, first.span.column, &line),
        Spot::Usual => before(source, title.unwrap_or(first).span, &line, flow),
        Spot::First => before(source, first.span, &line, flow),
    })
}

/// A new entry before a key: on a line of its own, or in braces.
fn before(source: &Source, key: Span, line: &str, flow: bool) -> Edit {
    let at = source.offset(key.line, key.column);
    if flow {
        return (at..at, format!("{line}, "));
    }
    let indent: String = source.line(key.line).chars().take(key.column - 1).collect();
    (at..at, format!("{line}{}{indent}", line_end(source)))
}

/// A new line at the end, under the other keys.
pub fn append(source: &Source, column: usize, line: &str) -> Edit {
    let text = source.text();
    let end = line_end(source);
    let open = if text.is_empty() || text.ends_with(['\r', '\n']) { "" } else { end };
    let indent = " ".repeat(column - 1);
    (text.len()..text.len(), format!("{open}{indent}{line}{end}"))
}

/// The line end that a text uses.
pub fn line_end(source: &Source) -> &'static str {
    let ends = ["\r\n", "\n", "\r"];
    ends.into_iter().find(|it| source.text().contains(it)).unwrap_or("\n")
}

/// The text with all edits made; none overlaps another.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut text = text.to_owned();
    for (range, new) in edits.into_iter().rev() {
        text.replace_range(range, &new);
    }
    text
}

/// The entry with one of some names.
pub fn entry<'a>(
    entries: &'a [(Node, Node)],
    names: &[&str],
) -> Option<&'a (Node, Node)> {
    let named =
        |key: &Node| key.value.as_text().is_some_and(|text| names.contains(&text));
    entries.iter().find(|(key, _)| named(key))
}

/// A scalar, or what is to stand where none does.
pub fn fill(source: &Source, key: &Node, value: &Node, new: String) -> Edit {
    let range = range(source, value.span);
    let written = &source.text()[range.clone()];
    if matches!(value.value, Value::Null) && !["~", "null"].contains(&written) {
        let name = self::range(source, key.span).end;
        let colon = source.text()[name..].find(':').map_or(name, |at| name + at + 1);
        return (colon..colon, format!(" {new}"));
    }
    (range, new)
}

/// A value in the quotes that the old one has.
fn quoted(source: &Source, value: &Node, new: &str) -> String {
    let old = source.offset(value.span.line, value.span.column);
    let quotes = ["\"", "'"].into_iter();
    let quote = quotes.filter(|_| matches!(value.value, Value::Text(_)));
    let quote = quote.into_iter().find(|it| source.text()[old..].starts_with(it));
    let quote = quote.unwrap_or_default();
    format!("{quote}{new}{quote}")
}

/// A span in bytes, without what the parser counts to it behind its end: white space and,
/// behind quotes, comments.
pub fn range(source: &Source, span: Span) -> Range<usize> {
    let start = source.offset(span.line, span.column);
    let end = source.offset(span.end_line, span.end_column).max(start);
    let text = &source.text()[start..end];
    let length = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => closed(text, quote),
        _ => text.len(),
    };
    start..start + text[..length].trim_end().len()
}

/// How much of a text that begins with a quote stands up to the one that closes it.
pub fn closed(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let escaped = (c == '\\' && quote == '"')
            || (c == quote
                && quote == '\''
                && chars.peek().is_some_and(|it| it.1 == quote));
        if escaped {
            chars.next();
        } else if c == quote {
            return at + quote.len_utf8();
        }
    }
    text.len()
}

/// Every entry but those with these names, without places.
pub fn others(tree: &Node, names: &[[&str; 2]]) -> Vec<String> {
    let Value::Map(entries) = &tree.value else { return Vec::new() };
    let set: Vec<Span> = names
        .iter()
        .filter_map(|names| entry(entries, names))
        .map(|(key, _)| key.span)
        .collect();
    let rest = entries.iter().filter(|(key, _)| !set.contains(&key.span));
    rest.map(|(key, value)| shape(key) + &shape(value)).collect()
}

fn shape(node: &Node) -> String {
    match &node.value {
        Value::List(items) => {
            format!("[{}]", items.iter().map(shape).collect::<String>())
        }
        Value::Map(entries) => {
            let entry = |(key, value): &(Node, Node)| shape(key) + &shape(value);
            format!("{{{}}}", entries.iter().map(entry).collect::<String>())
        }
        scalar => format!("{scalar:?} "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Option<String> {
        let number = "云工发〔2026〕18号".parse().expect("a number");
        let date = "2026-03-05".parse().expect("a date");
        number_and_date(&Source::new("", text), &number, Some(date))
    }

    #[test]
    fn only_the_two_values_change() {
        let cases = [
            (
                "# 注\n标题: 甲 # 乙\n",
                "# 注\n发文字号: 云工发〔2026〕18号\n标题: 甲 # 乙\n成文日期: 2026-03-05\n",
            ),
            (
                "发文字号: 云工发〔2026〕　号 # 待编\r\n标题: \"甲\"\r\n成文日期:\r\n",
                "发文字号: 云工发〔2026〕18号 # 待编\r\n标题: \"甲\"\r\n成文日期: 2026-03-05\r\n",
            ),
            (
                "标题: 甲\r成文日期: 2026-03-01\r",
                "发文字号: 云工发〔2026〕18号\r标题: 甲\r成文日期: 2026-03-05\r",
            ),
            (
                "number: '云工发〔2026〕号'\ndate: \"2026年3月1日\"\n",
                "number: '云工发〔2026〕18号'\ndate: \"2026-03-05\"\n",
            ),
            (
                "{标题: 甲, 成文日期: 2026-03-01}\n",
                "{发文字号: 云工发〔2026〕18号, 标题: 甲, 成文日期: 2026-03-05}\n",
            ),
            (
                "title: 甲\nbody: |+\n  乙\n\n",
                "number: 云工发〔2026〕18号\ntitle: 甲\nbody: |+\n  乙\n\ndate: 2026-03-05\n",
            ),
            (
                "number: 'a''b' # '注'\ndate: \"\\\"\" # \"注\"\ntitle: 甲\n",
                "number: '云工发〔2026〕18号' # '注'\ndate: \"2026-03-05\" # \"注\"\ntitle: 甲\n",
            ),
            (
                "  标题: 甲",
                "  发文字号: 云工发〔2026〕18号\n  标题: 甲\n  成文日期: 2026-03-05\n",
            ),
        ];
        for (old, new) in cases {
            assert_eq!(set(old).as_deref(), Some(new), "{old}");
        }
    }

    #[test]
    fn what_would_be_harmed_is_left_alone() {
        for text in [
            "- a\n",
            "发文字号: &号 云工发〔2026〕号\n标题: *号\n",
            "发文字号: [甲]\n标题: 乙\n",
            "发文字号: |\n  云工发〔2026〕号\n标题: 甲\n",
            "发文字号: 甲 #号\n标题: 乙\n---\n",
            "a: [\n",
            "",
        ] {
            assert_eq!(set(text), None, "{text}");
        }
    }
}
