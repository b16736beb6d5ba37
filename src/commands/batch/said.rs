//! Findings that many notices share: shown once, then counted.

use std::collections::HashMap;
use std::path::Path;

use crate::batch::report::Row;
use crate::diag::{Diagnostic, Place};
use crate::paths::{folder_of, shown};

/// What was shown so far of what is not at a place of its notice.
#[derive(Default)]
pub struct Said {
    at: HashMap<Key, usize>,
    /// In the order in which they were shown.
    counts: Vec<Count>,
}

/// Code, place, and the message without the names of notice and PDF.
type Key = (&'static str, Option<Place>, String);

struct Count {
    what: String,
    more: usize,
}

impl Said {
    /// The findings of a notice that were not shown yet, each counted otherwise.
    pub fn news(&mut self, row: &Row, findings: &[Diagnostic]) -> Vec<Diagnostic> {
        findings.iter().filter(|it| self.is_new(row, it)).cloned().collect()
    }

    fn is_new(&mut self, row: &Row, finding: &Diagnostic) -> bool {
        if finding.place.as_ref().is_some_and(|it| *it.file == *row.file) {
            return true;
        }
        let mut message = finding.message.clone();
        for path in [&row.file, &row.pdf].into_iter().filter(|it| !it.is_empty()) {
            // What is wrong with one folder may not be what is wrong with another.
            let folder = shown(folder_of(Path::new(path)));
            message = message.replace(path.as_str(), &format!("{folder}/"));
        }
        let next = self.counts.len();
        let at = *self
            .at
            .entry((finding.code, finding.place.clone(), message))
            .or_insert(next);
        if let Some(count) = self.counts.get_mut(at) {
            count.more += 1;
            return false;
        }
        let what = if finding.is_error() { "错误" } else { "提醒" };
        self.counts.push(Count { what: format!("{what}[{}]", finding.code), more: 0 });
        true
    }

    /// How many were not shown again.
    pub fn repeated(&self) -> usize {
        self.counts.iter().map(|it| it.more).sum()
    }

    /// What was not shown again, a line each.
    pub fn counted(&self) -> impl Iterator<Item = String> {
        let many = self.counts.iter().filter(|it| it.more > 0);
        many.map(|it| format!("同样的{} 还有 {} 份", it.what, it.more))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::report::State;
    use crate::notice::source::Source;

    #[test]
    fn what_is_wrong_for_all_is_shown_once_and_what_is_one_s_own_always() {
        let mut said = Said::default();
        for at in 0..5 {
            let row = Row::new(format!("{at}.yaml"), format!("{at}.pdf"), State::Failed);
            let own = Diagnostic::warning("P303", "同样的话")
                .at(Source::new(&row.file, "甲").line_place(1));
            let full =
                Diagnostic::error("B101", format!("写不了“{}”：磁盘已满", row.pdf));
            let other = Diagnostic::error("B101", "写不了：没有权限");
            let news = said.news(&row, &[own.clone(), full.clone(), other.clone()]);
            assert_eq!(news, if at == 0 { vec![own, full, other] } else { vec![own] });
        }
        let lines: Vec<_> = said.counted().collect();
        assert_eq!(lines, ["同样的错误[B101] 还有 4 份"; 2]);
        let far = Row::new("远/1.yaml".into(), "远/1.pdf".into(), State::Failed);
        let full = Diagnostic::error("B101", "写不了“远/1.pdf”：磁盘已满");
        assert_eq!(said.news(&far, std::slice::from_ref(&full)), [full]);
    }
}
