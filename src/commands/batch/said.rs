//! Findings that many notices share: shown once, then counted.

use std::collections::{BTreeMap, HashMap};
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
    code: &'static str,
    is_error: bool,
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
        let (code, is_error) = (finding.code, finding.is_error());
        self.counts.push(Count { code, is_error, more: 0 });
        true
    }

    /// How many were not shown again.
    pub fn repeated(&self) -> usize {
        self.counts.iter().map(|it| it.more).sum()
    }

    /// How many warnings were not shown again, a line for each code. Every notice with an
    /// error is named anyhow.
    pub fn counted(&self) -> impl Iterator<Item = String> {
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for count in self.counts.iter().filter(|it| !it.is_error && it.more > 0) {
            *codes.entry(count.code).or_default() += count.more;
        }
        let line = |(code, more)| format!("同样的提醒[{code}] 还有 {more} 份");
        codes.into_iter().map(line)
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
            let all =
                ["登记簿坏了", "登记簿读不了"].map(|it| Diagnostic::warning("R103", it));
            let found = [&[own.clone(), full][..], &all].concat();
            let news = said.news(&row, &found);
            assert_eq!(news, if at == 0 { found } else { vec![own] });
        }
        // Notices with an error are named, each of them.
        let lines: Vec<_> = said.counted().collect();
        assert_eq!(lines, ["同样的提醒[R103] 还有 8 份"]);
        let far = Row::new("远/1.yaml".into(), "远/1.pdf".into(), State::Failed);
        let full = Diagnostic::error("B101", "写不了“远/1.pdf”：磁盘已满");
        assert_eq!(said.news(&far, std::slice::from_ref(&full)), [full]);
    }
}
