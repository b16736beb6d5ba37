//! Values that are a year by their key: 参数 and 发文字号.

use super::digits::like;
use super::plan::year_of;
use super::work::Work;
use super::years::years;
use super::{What, YEAR};
use crate::notice::Node;

/// Brackets around the year of a 文号, the wrong ones among them.
const OPENERS: [char; 6] = ['〔', '[', '［', '（', '(', '【'];
const CLOSERS: [char; 6] = ['〕', ']', '］', '）', ')', '】'];

impl Work<'_> {
    /// A parameter: what the command line gives, the new year under each of its names, and
    /// years beside it (上年度、学年).
    pub fn param(&mut self, name: &str, node: &Node) {
        let Some(old) = node.value.as_text() else { return self.node(node, name) };
        let year = year_of(old);
        let moved = |to: i32| {
            let digits = old.trim().trim_end_matches(['年', '度']);
            old.replacen(digits, &like(digits, to), 1)
        };
        let new = match (self.set.get(name), year) {
            _ if YEAR.contains(&name) && year.is_some() => moved(self.plan.new_year()),
            (Some(new), _) => new.clone(),
            (None, Some(year))
                if name.contains('年') && (year - self.plan.old).abs() <= 1 =>
            {
                moved(year + self.plan.by)
            }
            (None, _) => match self.school_year(name, old) {
                Some(new) => new,
                None => {
                    self.years.extend(year.map(|it| (name.to_owned(), it)));
                    return self.node(node, name);
                }
            },
        };
        self.years.extend(year_of(&new).map(|it| (name.to_owned(), it)));
        self.params.push(name.to_owned());
        let range = self.range(node);
        let written = &self.source.text()[range.clone()];
        // What an alias stands for is changed where it is written.
        if old == new || written.starts_with('*') {
            return;
        }
        if node.block && new.contains('\n') {
            let what = What::Review(new, "几行的值，请自己填".into());
            return self.note(range.start, what, name);
        }
        let quoted = match written.chars().next() {
            // Under a bar all is text.
            _ if node.block => new.clone(),
            Some('"') => serde_json::to_string(&new).unwrap_or_default(),
            Some('\'') => format!("'{}'", new.replace('\'', "''")),
            _ if is_plain(&new) => new.clone(),
            _ => serde_json::to_string(&new).unwrap_or_default(),
        };
        self.note(range.start, What::Replaced(old.to_owned(), new), name);
        self.edits.push((range, quoted));
    }

    /// `学年: 2026—2027`, both ends moved on.
    fn school_year(&self, name: &str, old: &str) -> Option<String> {
        let named = format!("{}学年", old.trim_end().trim_end_matches("学年"));
        let found = years(&named);
        let [first, last] = found.as_slice() else { return None };
        let own = (first.year - self.plan.old).abs() <= 1 && last.year == first.year + 1;
        let mut new = old.to_owned();
        for year in [last, first] {
            new.replace_range(
                year.at.clone(),
                &like(&year.written, year.year + self.plan.by),
            );
        }
        (name.contains("学年") && own).then_some(new)
    }

    /// 发文字号: the new year, and no serial number.
    pub fn number(&mut self, node: &Node) {
        let range = self.range(node);
        let old = self.source.text()[range.clone()].to_owned();
        let mut new = old.clone();
        let head = |c: char| CLOSERS.contains(&c) || c == '第';
        if let (Some(end), Some(open)) = (old.rfind('号'), old.find(head)) {
            let digits = old[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
            if digits > open {
                new.replace_range(digits..end, "");
            }
        }
        for year in years(&old) {
            let open = old[..year.at.start].ends_with(OPENERS);
            if open && old[year.at.end..].starts_with(CLOSERS) {
                let to = like(&year.written, year.year + self.plan.by);
                new.replace_range(year.at, &to);
            }
        }
        if new != old {
            self.note(range.start, What::Replaced(old, new.clone()), "发文字号");
            self.edits.push((range, new));
        }
    }
}

/// Whether a text can stand in YAML without quotes and mean itself.
fn is_plain(text: &str) -> bool {
    let word = ["null", "true", "false"].iter().any(|it| text.eq_ignore_ascii_case(it));
    let safe = |c: char| c.is_alphanumeric() || "-—–年月日".contains(c);
    !text.is_empty() && !word && text.chars().all(safe) && !text.starts_with('-')
}
