//! Titles that are the notice's own: what it is called, issues and attaches.

use super::others::bare;
use super::value;
use crate::notice::{Node, Value};

/// The titles that a notice may mean by its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Of the notice, without those in it that stand between 《》; none of a 转发.
    pub title: Option<String>,
    /// Of what it issues and attaches; of a 转发 they are somebody else's.
    pub parts: Vec<String>,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// The attachments that a 转发 passes on.
    pub passed_on: Vec<String>,
}

impl Own {
    /// The titles of a notice, its own not among them yet.
    pub fn new(entries: &[(Node, Node)], title: &str, forwards: bool) -> Self {
        let issuers = value(entries, &["发文机关", "issuer"]).map_or(&[][..], items);
        let issuers =
            issuers.iter().filter_map(|it| it.value.as_text().map(bare)).collect();
        let attached = titles(entries, &["附件", "attachments"]);
        let issued_part = titles(entries, &["印发件", "enclosure"]);
        if forwards {
            let only = attached.len() == 1 && issued_part.is_empty();
            let title = bare(title);
            let passed_on =
                attached.into_iter().filter(|it| only || title.contains(it.as_str()));
            return Self { issuers, passed_on: passed_on.collect(), ..Self::default() };
        }
        let parts = issued_part.into_iter().chain(attached).chain(issued(title));
        Self { parts: parts.collect(), issuers, ..Self::default() }
    }

    /// Whether a title is one of them, with or without the issuing body before it. `relied`:
    /// the text follows it; no notice follows itself.
    pub fn has(&self, title: &str, relied: bool) -> bool {
        let own = self.title.iter().filter(|_| !relied);
        self.parts.iter().chain(own).any(|name| {
            let (name, title) = (without_remark(name), without_remark(title));
            let (long, short) =
                if title.len() < name.len() { (name, title) } else { (title, name) };
            long.strip_suffix(short).is_some_and(|before| self.names_issuers(before))
        })
    }

    /// Whether words are 发文机关, in short or with its place alone: 市总工会, 云岭市.
    fn names_issuers(&self, words: &str) -> bool {
        let issuer = |word: &str| {
            self.issuers.iter().any(|it| it.starts_with(word) || it.ends_with(word))
        };
        let ours =
            |word: &str| word.starts_with(['本', '我']) && word.chars().count() == 2;
        words
            .split(['、', '，'])
            .all(|word| word.is_empty() || issuer(word) || ours(word))
    }
}

/// A title without what stands in brackets at its end: （试行）.
fn without_remark(title: &str) -> &str {
    match title.strip_suffix('）').and_then(|head| head.rsplit_once('（')) {
        Some((head, _)) if !head.is_empty() => head,
        _ => title,
    }
}

/// A title without the names in it that stand between 《》.
pub fn without_names(title: &str) -> String {
    let mut deep = 0_usize;
    let outside = |c: &char| {
        match c {
            '《' => deep += 1,
            '》' => deep = deep.saturating_sub(1),
            _ => return deep == 0,
        }
        true
    };
    bare(&title.chars().filter(outside).collect::<String>())
}

/// The titles that a title issues: 印发《甲》《乙》.
fn issued(title: &str) -> Vec<String> {
    let verbs = ["印发", "发布", "公布", "颁布", "制定", "修订", "修改", "下达"];
    let (mut names, mut end) = (Vec::new(), None);
    for (open, _) in title.match_indices('《') {
        let before = title[..open].trim_end_matches(['、', '和', '与', '及']);
        let goes_on = end == Some(before.len());
        let own = goes_on || verbs.iter().any(|verb| title[..open].ends_with(verb));
        let inside = &title[open + '《'.len_utf8()..];
        if let (true, Some(length)) = (own, inside.find('》')) {
            names.push(bare(&inside[..length]));
            end = Some(open + '《'.len_utf8() + length + '》'.len_utf8());
        }
    }
    names
}

fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// The titles of the parts under one of some names.
pub fn titles(entries: &[(Node, Node)], names: &[&str]) -> Vec<String> {
    let items = value(entries, names).map_or(&[][..], items);
    let titles = items.iter().filter_map(title_of);
    titles.filter(|title| !title.is_empty()).collect()
}

/// The title of an 附件 or 印发件.
pub fn title_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Map(entries) => {
            value(entries, &["标题", "title", "名称", "name"])?.value.as_text().map(bare)
        }
        value => value.as_text().map(bare),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_its_own_with_no_other_body_before_it() {
        let own = Own {
            title: Some("关于做好2026年招生工作的通知".into()),
            parts: vec!["2026年工作要点（试行）".into(), "名单".into()],
            issuers: vec!["甲县教育局".into(), "甲县财政局".into()],
            passed_on: Vec::new(),
        };
        for title in [
            "2026年工作要点",
            "甲县2026年工作要点",
            "县教育局2026年工作要点",
            "甲县教育局、甲县财政局2026年工作要点",
            "我县2026年工作要点",
            "关于做好2026年招生工作的通知",
        ] {
            assert!(own.has(title, false), "{title}");
        }
        for title in [
            "省教育厅2026年工作要点",
            "县委2026年工作要点",
            "2026年先进个人名单",
            "省教育厅关于做好2026年招生工作的通知",
        ] {
            assert!(!own.has(title, false), "{title}");
        }
        assert!(own.has("2026年工作要点", true));
        assert!(!own.has("关于做好2026年招生工作的通知", true));
    }

    #[test]
    fn a_title_may_issue_several() {
        assert_eq!(issued("关于印发《甲》《乙》和《丙》的通知"), ["甲", "乙", "丙"]);
        assert_eq!(issued("关于贯彻《甲》印发《乙》的通知"), ["乙"]);
    }
}
