//! What a YAML syntax error most likely is, in a clerk's words.

use saphyr_parser::ScanError;

use super::source::{Source, Span};
use crate::diag::{Diagnostic, Place};

/// One likely cause: its code, what to say, and the way out.
struct Cause(&'static str, &'static str, &'static str);

const TAB: Cause = Cause(
    "Y101",
    "缩进用了制表符（Tab 键）",
    "YAML 只认空格：把行首的制表符换成两个空格",
);
const COLON: Cause = Cause(
    "Y102",
    "键后面用了全角冒号“：”",
    "换成半角冒号加一个空格，例如“标题: 关于……的通知”",
);
const QUOTE: Cause = Cause(
    "Y103",
    "引号没有成对，或引号后面还有别的字",
    "一个值若以引号开头，就要以同样的引号结尾；正文里的引号请用“ ”",
);
const BRACKET: Cause = Cause(
    "Y104",
    "括号没有成对",
    "以 [ 或 { 开头的值要有对应的 ] 或 }；要当文字写，请给整个值加上双引号",
);
const VARIABLE: Cause = Cause(
    "Y104",
    "值以 {{ 开头，没有加双引号",
    "以变量开头的值要整个加上双引号，例如“主送: \"{{ 单位 }}\"”",
);
const INDENT: Cause = Cause(
    "Y100",
    "缩进不对，或上一行没有写完",
    "同一层的键要左对齐；多行文字写在“键: |”的下面并缩进两格",
);
const VALUE: Cause = Cause(
    "Y100",
    "一行里有两个“: ”，不知道哪个是键",
    "值里有半角冒号加空格时，请给整个值加上双引号",
);
const SIGN: Cause = Cause(
    "Y100",
    "值以 YAML 的符号开头（如 @ ` % & * ! |）",
    "要当文字写，请给整个值加上双引号",
);
const CONTROL: Cause =
    Cause("Y108", "有不能写在 YAML 里的控制字符", "删去这个看不见的字符");
const OTHER: Cause =
    Cause("Y100", "这里不是合法的 YAML", "对照 `hongtou new` 生成的样本检查这一行");

/// Turns the parser's error into a finding at the line that most likely causes it.
pub fn explain(source: &Source, error: &ScanError) -> Diagnostic {
    let (line, column) = (error.marker().line(), error.marker().col() + 1);
    let at = above(source, line + 1).unwrap_or(1);
    if let Some(tabbed) = tabbed(source, at, error.info()) {
        return tabbed;
    }
    let (culprit, Cause(code, message, hint)) = cause(source, at, error.info());
    let place = if culprit == line && column <= source.line(line).chars().count() {
        source.place(Span { line, column, end_line: line, end_column: column + 1 })
    } else {
        source.line_place(culprit)
    };
    Diagnostic::error(code, message).at(place).hint(hint)
}

/// The nearest line before `line` that is not empty.
fn above(source: &Source, line: usize) -> Option<usize> {
    (1..line).rev().find(|line| !source.line(*line).trim().is_empty())
}

/// The finding where a tab indents a line, or the line below, which a parser takes for more of a
/// value; `info` is what the parser says of the line.
pub fn tabbed(source: &Source, line: usize, info: &str) -> Option<Diagnostic> {
    if info.contains("unprintable") {
        return None;
    }
    let below =
        (line + 1..=source.count()).find(|it| !source.line(*it).trim().is_empty());
    let named = info.contains("tab ") || info.contains("tabs ");
    let found = tab(source, line).or_else(|| tab(source, below?));
    let place = found.or_else(|| named.then(|| source.line_place(line)))?;
    let Cause(code, message, hint) = TAB;
    Some(Diagnostic::error(code, message).at(place).hint(hint))
}

/// The tab that indents a line.
fn tab(source: &Source, line: usize) -> Option<Place> {
    let column = 1 + indent(source.line(line)).chars().position(|c| c == '\t')?;
    Some(source.place(Span { line, column, end_line: line, end_column: column + 1 }))
}

/// The cause, and the line it is on: `line`, or one above.
fn cause(source: &Source, line: usize, info: &str) -> (usize, Cause) {
    let says = |words: &[&str]| words.iter().any(|word| info.contains(word));
    if says(&["unprintable"]) {
        return (line, CONTROL);
    }
    if says(&["quoted scalar"]) {
        return (line, QUOTE);
    }
    let before = above(source, line);
    if let Some(wide) =
        [Some(line), before].into_iter().flatten().find(|at| is_wide(source.line(*at)))
    {
        return (wide, COLON);
    }
    if let Some(at) =
        [Some(line), before].into_iter().flatten().find(|at| is_bare(source.line(*at)))
    {
        return (at, VARIABLE);
    }
    if let Some(open) = unclosed(source, line) {
        return (open, BRACKET);
    }
    if says(&["flow", "bracket", "',' or"]) {
        return (line, BRACKET);
    }
    if says(&["mapping values", "':' indicator"]) {
        return (line, VALUE);
    }
    if says(&["unexpected character", "directive", "anchor or alias"]) {
        return (line, SIGN);
    }
    let other =
        if says(&["indentation", "simple key", "block"]) { INDENT } else { OTHER };
    (line, other)
}

fn indent(text: &str) -> &str {
    &text[..text.len() - text.trim_start().len()]
}

/// A line whose key is followed by a full-width colon.
fn is_wide(text: &str) -> bool {
    let key = text.split(['：', ':']).next().unwrap_or_default().trim();
    text.contains('：')
        && !text.contains(": ")
        && !text.ends_with(':')
        && key.chars().count() <= 6
}

/// A line whose value begins with a variable and no quote.
fn is_bare(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '-']);
    let value = text.split_once(": ").map_or(text, |(_, value)| value);
    value.trim_start().starts_with("{{")
}

/// The line nearest above whose value opens a bracket that is not closed by `line`.
fn unclosed(source: &Source, line: usize) -> Option<usize> {
    let opens = |at: &usize| {
        let text = source.line(*at);
        let value = text
            .split_once(": ")
            .map_or(text.trim_start_matches([' ', '-']), |(_, value)| value);
        value.trim_start().starts_with(['[', '{'])
    };
    let start = (line.saturating_sub(200).max(1)..=line).rev().find(opens)?;
    let text: String = (start..line).map(|at| source.line(at)).collect();
    let text = if start == line { source.line(line).to_owned() } else { text };
    let count = |c: char| text.matches(c).count();
    (count('[') > count(']') || count('{') > count('}')).then_some(start)
}

/// The finding when the whole file is one text instead of keys with values.
pub fn no_keys(source: &Source) -> Diagnostic {
    // A space of the full width is text to YAML.
    let written = |line: &usize| !source.line(*line).trim().is_empty();
    let line = (1..=source.count()).find(written).unwrap_or(1);
    let wide = source.line(line).contains('：');
    let Cause(code, message, hint) = if wide {
        COLON
    } else {
        Cause(
            "Y109",
            "通知要由“键: 值”组成，这里却是一段文字或一个列表",
            "先用 `hongtou new 通知` 生成样本，再照着填",
        )
    };
    Diagnostic::error(code, message).at(source.line_place(line)).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_is_told_where_it_stands() {
        for (text, line, column) in [
            ("\t发文机关: 甲\n", 1, 1),
            ("\t发文机关: 甲\n\t标题: 乙\n", 1, 1),
            ("发文机关: 甲\n标题: 乙\n\t主送: 丙\n正文: 丁\n", 3, 1),
            ("发文机关: 甲\n正文: |\n\t一段\n", 3, 1),
            ("发文机关: 甲\n正文: |\n  一段\n\t二段\n日期: 丙\n", 4, 1),
            ("发文机关:\n  - 甲\n  \t- 乙\n标题: 丙\n", 3, 3),
            ("发文机关: 甲\n印发:\n\n\t机关: 乙\n", 4, 1),
        ] {
            let found =
                super::super::tree::read(&Source::new("甲", text)).expect_err(text);
            let place = found.place.map(|it| (it.line, it.column));
            assert_eq!((found.code, place), ("Y101", Some((line, column))), "{text}");
        }
        // Within a text of several lines it is one of its characters.
        let text = "发文机关: [甲\n正文: |\n  一段\n  \t二段\n";
        let found = super::super::tree::read(&Source::new("甲", text)).expect_err(text);
        assert_ne!(found.code, "Y101");
    }
}
