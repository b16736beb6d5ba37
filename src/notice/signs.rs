//! Characters that leave no mark on the page, taken out of a notice's texts. Some turn the
//! order of what follows; none is what a clerk meant to print.

use super::reader::Reader;
use super::tree::{Node, Value};
use crate::characters::{combines, is_invisible};
use crate::diag::Diagnostic;

/// A text without invisible characters; separators of lines and pages become line ends, tabs
/// spaces: they part what was in two columns.
pub fn clean(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_invisible(*c) || *c == '\u{85}');
    visible
        .map(|c| match c {
            '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' => ' ',
            _ => c,
        })
        .collect()
}

/// The text of a table's cell: line ends in one form, tabs as spaces, nothing around it that
/// leaves no mark.
pub fn cell(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\x0b', '\x0c'], "\n");
    clean(&text).trim().to_owned()
}

/// The first character of a cell that stands for none: programs leave some where they break off,
/// and some turn what is read from left to right, so that it would be printed in another order
/// than the sheet shows.
pub fn control(text: &str) -> Option<char> {
    let is_space = |c: char| matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}');
    text.chars().find(|c| (c.is_control() && !is_space(*c)) || TURNING.contains(c))
}

/// Marks that turn the direction of a text to the left.
const TURNING: &[char] = &['\u{61c}', '\u{200f}', '\u{202b}', '\u{202e}', '\u{2067}'];

/// More marks than any script puts on one letter. The engine sets such a heap once for each
/// face it tries, so it could not be printed as written.
const HEAP: usize = 8;

/// The code of a heap of marks, and the way out.
pub const HEAPED: (&str, &str) =
    ("Y402", "一个字母上最多叠 8 个符号；多半是复制时带进来的，删去即可");

/// What is wrong with a text that has a heap of marks on a letter. White space parts no heap:
/// where lines are joined it goes.
pub fn heaped(text: &str) -> Option<String> {
    let (mut base, mut marks) = ('\u{25cc}', 0);
    for c in text.chars().filter(|c| !c.is_whitespace()).chain(['\0']) {
        if combines(c) {
            marks += 1;
        } else if marks > HEAP {
            break;
        } else {
            (base, marks) = (c, 0);
        }
    }
    (marks > HEAP).then(|| format!("“{base}”上叠了 {marks} 个附加符号，印不出来"))
}

/// Notes every text below a value in which marks are heaped. Variables may heap them as well,
/// so it comes behind the filling.
pub fn refuse_heaps(reader: &mut Reader, node: &Node) {
    match &node.value {
        Value::Text(text) => {
            if let Some(message) = heaped(text) {
                reader.error(HEAPED.0, node.span, message, HEAPED.1);
            }
        }
        Value::List(items) => items.iter().for_each(|item| refuse_heaps(reader, item)),
        Value::Map(entries) => {
            entries.iter().for_each(|(_, value)| refuse_heaps(reader, value));
        }
        Value::Null | Value::Bool(..) | Value::Number(_) => {}
    }
}

/// Cleans every text below a value; what is left out is noted.
pub fn clean_all(reader: &mut Reader, node: &mut Node) {
    match &mut node.value {
        Value::Text(text) => {
            if let Some(c) =
                text.chars().find(|c| is_invisible(*c) && *c != '\u{85}' && *c != '\r')
            {
                let source = reader.places.source();
                let part = source
                    .find(node.span, c.encode_utf8(&mut [0; 4]))
                    .unwrap_or(node.span);
                let message = format!("看不见的控制字符 U+{:04X} 没有印出", u32::from(c));
                let finding = Diagnostic::warning("Y401", message)
                    .at(source.place(part))
                    .hint("多半是复制时带进来的，删去即可");
                reader.findings.push(finding);
            }
            if text
                .chars()
                .any(|c| is_invisible(c) || matches!(c, '\t' | '\u{2028}' | '\u{2029}'))
            {
                *text = clean(text);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| clean_all(reader, item)),
        Value::Map(entries) => {
            entries.iter_mut().for_each(|(_, value)| clean_all(reader, value));
        }
        Value::Null | Value::Bool(..) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_parts_what_was_in_two_columns() {
        assert_eq!(clean("甲县\t乙县\u{200b}"), "甲县 乙县");
        assert_eq!(cell("\t3\t4\r\n"), "3 4");
    }
}
