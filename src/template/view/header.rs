//! Header, number and what a bulletin's head holds.

use serde::Serialize;

use super::super::mark;
use super::super::soft::soften;
use super::{day, settings};
use crate::notice::body::{Block, plain};
use crate::notice::{Format, Notice};

/// 版头 (7.2), and the head of a bulletin.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Header {
    copy_number: Option<String>,
    secrecy: Option<String>,
    urgency: Option<String>,
    mark: mark::Mark,
    number: String,
    signers: Vec<String>,
    issue: Option<String>,
    editor: Option<Vec<Vec<String>>>,
    date: String,
    preface: Vec<String>,
    least: usize,
}

/// The number line; a draft's has room where the serial number goes.
pub(super) fn number(notice: &Notice) -> String {
    let blank = "\u{3000}";
    if notice.format == Format::Order {
        let serial = notice.number.as_ref().and_then(|number| number.serial);
        return format!("第{}号", serial.map_or(blank.into(), |it| it.to_string()));
    }
    match (&notice.number, notice.date) {
        (Some(number), _) => number.to_string(),
        (None, Some(date)) => format!("〔{}〕{blank}号", date.parts().0),
        (None, None) => format!("〔{blank}{blank}〕{blank}号"),
    }
}

pub(super) fn header(notice: &Notice, number: String) -> Header {
    Header {
        copy_number: notice.copy_number.clone(),
        secrecy: notice.secrecy.clone(),
        urgency: notice.urgency.clone(),
        mark: mark::mark(notice),
        number,
        signers: notice.signers.iter().map(|name| soften(name)).collect(),
        issue: notice.bulletin.issue.as_deref().map(issue),
        editor: notice.bulletin.editor.as_deref().map(settings),
        date: day(notice.date, notice),
        preface: preface(notice.bulletin.preface.as_deref().unwrap_or_default()),
        least: least(&notice.body),
    }
}

/// 按语, a paragraph a line, under its own label where it has one: 编者按：.
fn preface(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut preface: Vec<String> = lines.map(soften).collect();
    if let Some(first) = preface.first_mut() {
        let label = first.split_once(['：', ':']).map(|(label, _)| label.trim());
        let labelled = label.is_some_and(|it| {
            ["按", "按语"].iter().any(|end| it.ends_with(end))
                && it.chars().count() <= LABEL
        });
        if !labelled {
            first.insert_str(0, "按语：");
        }
    }
    preface
}

/// The longest label of 按语, in characters.
const LABEL: usize = 5;

/// How many lines of the body cannot be parted at its start: headings of their own, at 26
/// characters a line, and a line of what follows.
fn least(body: &[Block]) -> usize {
    let heading = |block: &Block| match block {
        Block::Paragraph(it) if it.heading => {
            Some(plain(&it.head).chars().count().div_ceil(26))
        }
        _ => None,
    };
    body.iter().map_while(heading).sum::<usize>() + 1
}

/// 期号: a bare number is written out.
fn issue(text: &str) -> String {
    let bare = text.bytes().all(|b| b.is_ascii_digit());
    if bare { format!("第{text}期") } else { soften(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preface_has_one_label() {
        for (text, first) in [
            ("现将情况刊发。\n供参考。", "按语：现将情况刊发。"),
            ("编者按：现将情况刊发。", "编者按：现将情况刊发。"),
            ("按语: 现将情况刊发。", "按语: 现将情况刊发。"),
            ("按要求：现将情况刊发。", "按语：按要求：现将情况刊发。"),
        ] {
            assert_eq!(preface(text)[0], first);
        }
        assert!(preface("").is_empty());
    }
}
