//! What a YAML syntax error most likely is, in a clerk's words.

use saphyr_parser::ScanError;

use super::source::{Source, Span};
use crate::diag::Diagnostic;

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
const CONTROL: Cause = Cause("Y108", "有不能写在 YAML 里的控制字符", "删去这个看不见的字符");
const OTHER: Cause = Cause("Y100", "这里不是合法的 YAML", "对照 `hongtou new` 生成的样本检查这一行");

/// Turns the parser's error into a finding at its place.
pub fn explain(source: &Source, error: &ScanError) -> Diagnostic {
    let (line, column) = (error.marker().line(), error.marker().col() + 1);
    let at = nearest(source, line);
    let Cause(code, message, hint) = cause(source, at, error.info());
    let place = if at == line && column <= source.line(line).chars().count() {
        source.place(Span { line, column, end_line: line, end_column: column + 1 })
    } else {
        source.line_place(at)
    };
    Diagnostic::error(code, message).at(place).hint(hint)
}

/// The line itself, or the last one before it that is not empty.
fn nearest(source: &Source, line: usize) -> usize {
    (1..=line).rev().find(|line| !source.line(*line).trim().is_empty()).unwrap_or(1)
}

fn cause(source: &Source, line: usize, info: &str) -> Cause {
    let text = source.line(line);
    let above = (1..line).rev().map(|line| source.line(line)).find(|text| !text.trim().is_empty());
    let indent = |text: &str| text.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t');
    let wide = |text: &str| {
        let key = text.split(['：', ':']).next().unwrap_or("").trim();
        text.contains('：') && !text.contains(": ") && key.chars().count() <= 6
    };
    if info.contains("tab") || indent(text) {
        TAB
    } else if info.contains("quoted scalar") {
        QUOTE
    } else if info.contains("unprintable") {
        CONTROL
    } else if wide(text) || above.is_some_and(wide) {
        COLON
    } else if info.contains("flow") || info.contains("bracket") || info.contains("',' or") {
        BRACKET
    } else if info.contains("mapping values") || info.contains("':' indicator") {
        VALUE
    } else if info.contains("unexpected character") || info.contains("directive") || info.contains("anchor or alias")
    {
        SIGN
    } else if info.contains("indentation") || info.contains("simple key") || info.contains("block") {
        INDENT
    } else {
        OTHER
    }
}

/// The finding when the whole file is one text instead of keys with values.
pub fn no_keys(source: &Source) -> Diagnostic {
    let line = (1..).find(|line| !source.line(*line).trim().is_empty()).unwrap_or(1);
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
