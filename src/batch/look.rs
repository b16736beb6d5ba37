//! What a YAML file looks like: a notice, a broken one perhaps, or something else.

use std::collections::BTreeSet;

use crate::characters::is_wide;
use crate::notice::keys::{self, nearest};

/// Why a file's bytes are no attempt at a notice; `None` if they are one. Files of other
/// programs have keys in English; whatever has two keys in Chinese, one that is nearly a
/// notice's, two of a notice's English ones, is Chinese prose, or is no readable text at all, is
/// taken for a notice that went wrong: it must fail rather than be left out.
pub fn no_notice(bytes: &[u8]) -> Option<&'static str> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    // No YAML has such characters; a disk that failed leaves zeros.
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return None;
    }
    let lines = text.split(['\n', '\r']).map(Line::new);
    let written: Vec<Line> = lines.filter(Line::is_written).collect();
    if written.is_empty() {
        return Some(if text.trim().is_empty() { "是空的" } else { "只有注释" });
    }
    let looks = has_keys(&written) || is_prose(&written);
    (!looks).then_some("没有“发文机关”“标题”这样的键")
}

/// Whether a file's bytes are an attempt at a notice.
pub fn looks_like_notice(bytes: &[u8]) -> bool {
    no_notice(bytes).is_none()
}

/// A line without what stands before and behind its text.
struct Line<'a> {
    indent: usize,
    item: bool,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn new(line: &'a str) -> Self {
        // Tabs and spaces of the full width are meant for indentation as well.
        let text = line.trim();
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let item = text == "-" || text.starts_with("- ");
        Self { indent, item, text }
    }

    fn is_written(&self) -> bool {
        !self.text.is_empty() && !self.text.starts_with('#')
    }

    fn key(&self) -> Option<&'a str> {
        let (key, _) = self.text.split_once([':', '：'])?;
        Some(key.trim_matches(['"', '\'', ' ', '{', '-', '\u{3000}']))
    }
}

fn has_keys(lines: &[Line]) -> bool {
    let known = |key: &str| keys::NOTICE.iter().any(|it| it.name == key);
    let alias = |key: &&str| keys::NOTICE.iter().any(|it| it.alias == *key);
    let all = || lines.iter().filter_map(Line::key);
    let aliases: BTreeSet<&str> = all().filter(alias).collect();
    let chinese = chinese_keys(lines);
    // 姓名 and 署名 share a character, and no more.
    let near = |key: &&str| {
        key.chars().count() > 2
            && nearest(key, keys::NOTICE.iter().map(|it| it.name)).is_some()
    };
    all().any(known)
        || aliases.len() >= 2
        || chinese.len() >= 2
        || chinese.iter().any(near)
}

/// Keys in Chinese of the file itself: not of what it lists or has below a key.
fn chinese_keys<'a>(lines: &[Line<'a>]) -> Vec<&'a str> {
    let keyed = || lines.iter().filter(|it| it.key().is_some());
    let least = keyed().map(|it| it.indent).min();
    let own = keyed().filter(|it| Some(it.indent) == least && !it.item);
    own.filter_map(Line::key).filter(|key| has_chinese(key)).collect()
}

/// Whether a file is a text, most of it Chinese, that begins without a key. Colons and lists may
/// stand in it.
fn is_prose(lines: &[Line]) -> bool {
    let worded = |it: &&Line| it.text.contains(char::is_alphanumeric);
    let first = lines.iter().find(worded);
    let letters = || lines.iter().flat_map(|it| it.text.chars());
    let chinese = letters().filter(|c| is_wide(*c)).count();
    let others = letters().filter(char::is_ascii_alphanumeric).count();
    first.is_some_and(|it| !begins_with_key(it.text)) && chinese * CHARACTER > others
}

/// A word in Chinese takes so many letters less than one in English.
const CHARACTER: usize = 2;
/// A key in Chinese has so many characters at most.
const KEY: usize = 12;

/// Whether a line begins as YAML has a key: words without signs, a colon, and a space or the end.
fn begins_with_key(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '{', '[', ' ']);
    let Some((key, rest)) = text.split_once(':') else { return false };
    let key = key.trim_matches(['"', '\'', ' ']);
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    ends && key.chars().all(word) && (key.is_ascii() || key.chars().count() <= KEY)
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(is_wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_notice_is_a_notice() {
        for text in [
            "标题: [\n",
            "# 注\n发文机关：甲\n",
            "title: A\nissuer: B\n",
            "{\"标题\": 甲}",
            "{\n  \"标题\": \"甲\",\n}",
            "\t发文机关: 甲\n\t标题: 乙\n",
            "\u{3000}发文机关: 甲\n\u{3000}标题: 乙\n",
            "发文单位: 甲\n题目: 乙\n内容: 丙\n",
            "\t题目: 乙\n\t内容: 丙\n",
            "发文单位: 甲\n",
            "- 发文机关: 甲\n  标题: 乙\n",
            "关于开展培训的通知\n各单位：\n现通知如下。\n",
            "各县（区）总工会：\n现通知如下。\n",
            "关于召开会议的通知：请参加\n时间: 3月5日\n",
            "一、时间：3月5日\n- 地点：三楼\n",
            "请各单位参加\n- 甲处\n- name: 乙处\n",
            "- 请各单位参加\n- 三楼会议室\n",
            "\0\0\0\0",
            "on: push\u{1}\n",
        ] {
            assert_eq!(no_notice(text.as_bytes()), None, "{text:?}");
        }
        assert!(looks_like_notice(&[0xb1, 0xea, 0xcc, 0xe2]));
    }

    #[test]
    fn what_is_none_is_told_with_a_reason() {
        let other = "没有“发文机关”“标题”这样的键";
        for (text, why) in [
            ("", "是空的"),
            ("\u{feff}\u{3000}\n \t\n", "是空的"),
            ("# 标题: 甲\n\n", "只有注释"),
            ("on: push\njobs: {}\n", other),
            ("title: A site\ntheme: b\n", other),
            ("jobs:\n  构建:\n    说明: 甲\n", other),
            ("name: 三楼会议室的安排和说明\n", other),
            ("{\n  \"姓名\": \"甲\"\n}\n", other),
            ("---\n- 单位: 甲\n- 单位: 乙\n", other),
            ("- 姓名: 甲\n  单位: 乙\n- 姓名: 丙\n", other),
            ("plain words\n", other),
            ("姓名: 甲\n", other),
            ("名: 1\n", other),
            ("- title: A\n- title: B\n", other),
        ] {
            assert_eq!(no_notice(text.as_bytes()), Some(why), "{text:?}");
        }
    }
}
