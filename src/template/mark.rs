//! 发文机关标志 (7.2.4, 10.1–10.3): whose names stand in it, and what behind them.

use serde::Serialize;

use crate::notice::{Format, Notice};

/// One line, or the names of several bodies with what stands behind them.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct Mark {
    names: Vec<String>,
    suffix: Option<&'static str>,
}

/// The mark of a notice: its own, or the bodies' names with what the format adds.
pub fn mark(notice: &Notice) -> Mark {
    let own = !notice.masthead.is_empty();
    let mut names = if own { notice.masthead.clone() } else { notice.issuers.clone() };
    // 10.1: a letter of several bodies carries the mark of the one in charge.
    if notice.format == Format::Letter {
        names.truncate(1);
    }
    let suffix = suffix(notice.format, &names);
    match &mut names[..] {
        [] => Mark { names: vec![String::new()], suffix: None },
        [name] => {
            if let Some(suffix) = suffix.filter(|_| !own) {
                name.push_str(suffix);
            }
            Mark { names, suffix: None }
        }
        _ => {
            for name in &mut names {
                let bare = suffix.and_then(|it| name.strip_suffix(it)).map(str::to_owned);
                bare.into_iter().for_each(|bare| *name = bare);
            }
            Mark { names, suffix }
        }
    }
}

/// What the format puts behind the names.
fn suffix(format: Format, names: &[String]) -> Option<&'static str> {
    match format {
        Format::Document => Some("文件"),
        Format::Letter => None,
        Format::Order if names.iter().all(|name| name.ends_with("命令")) => {
            Some("命令")
        }
        Format::Order => Some("令"),
        Format::Minutes => Some("会议纪要"),
        Format::Bulletin => Some("简报"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(format: Format, issuers: &[&str], masthead: &[&str]) -> (String, String) {
        let texts = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
        let (issuers, masthead) = (texts(issuers), texts(masthead));
        let mark = mark(&Notice { format, issuers, masthead, ..Notice::default() });
        (mark.names.join("/"), mark.suffix.unwrap_or_default().to_owned())
    }

    #[test]
    fn one_body_has_one_line() {
        let one = |format| marked(format, &["甲局"], &[]).0;
        assert_eq!(one(Format::Document), "甲局文件");
        assert_eq!(one(Format::Letter), "甲局");
        assert_eq!(one(Format::Order), "甲局令");
        assert_eq!(
            marked(Format::Minutes, &["甲局"], &["甲局办公会议纪要"]).0,
            "甲局办公会议纪要"
        );
    }

    #[test]
    fn several_bodies_share_what_stands_behind_them() {
        let joint =
            |format, masthead: &[&str]| marked(format, &["甲局", "乙会"], masthead);
        assert_eq!(joint(Format::Document, &[]), ("甲局/乙会".into(), "文件".into()));
        assert_eq!(
            joint(Format::Document, &["甲局文件", "乙会"]),
            ("甲局/乙会".into(), "文件".into())
        );
        assert_eq!(joint(Format::Letter, &[]), ("甲局".into(), String::new()));
        assert_eq!(
            joint(Format::Order, &["甲局命令", "乙会命令"]),
            ("甲局/乙会".into(), "命令".into())
        );
    }
}
