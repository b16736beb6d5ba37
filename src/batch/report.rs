//! What became of each notice, for programs; reports of several runs become one.

mod joined;
mod made;
mod row;
mod session;

pub use joined::{Joined, Named, joined};
pub use made::{Made, Shared};
pub use row::{Row, Spot, State, Told};
pub use session::{Session, Share, wholes};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many notices came to what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<State, usize>);

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, state: State) {
        *self.0.entry(state).or_default() += 1;
    }

    /// Counts those that were laid out as not written: the one PDF of all was not.
    pub fn unwritten(&mut self) {
        let laid = self.0.remove(&State::Built).unwrap_or_default();
        if laid > 0 {
            *self.0.entry(State::Undone).or_default() += laid;
        }
    }

    /// How many came to this.
    pub fn of(&self, state: State) -> usize {
        self.0.get(&state).copied().unwrap_or_default()
    }

    /// Whether some failed or differ.
    pub fn bad(&self) -> bool {
        [State::Failed, State::Differs, State::Missing, State::Undone]
            .iter()
            .any(|it| self.of(*it) > 0)
    }

    /// In words.
    pub fn words(&self) -> String {
        let all = [
            (State::Built, "生成"),
            (State::Planned, "要生成"),
            (State::Same, "相同"),
            (State::Differs, "不同"),
            (State::Missing, "没有 PDF 的"),
            (State::Unchanged, "没有变化"),
            (State::Skipped, "跳过"),
            (State::Undone, "没有排"),
            (State::Failed, "失败"),
        ];
        let said = |(state, name): (State, &str)| match self.of(state) {
            0 if !matches!(state, State::Failed) => None,
            count => Some(format!("{name} {count} 份")),
        };
        all.into_iter().filter_map(said).collect::<Vec<_>>().join("，")
    }
}

/// The report of a run, or of several.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// How many PDFs were written.
    pub built: usize,
    /// How many needed no new PDF.
    pub unchanged: usize,
    /// How many would be written (`--dry-run`).
    #[serde(default)]
    pub planned: usize,
    /// How many are as they would be written (`--check`).
    #[serde(default)]
    pub same: usize,
    /// How many are not.
    #[serde(default)]
    pub differs: usize,
    /// How many are not there.
    #[serde(default)]
    pub missing: usize,
    /// How many files are no notices, and rows without all values.
    #[serde(default)]
    pub skipped: usize,
    /// How many a run was stopped before.
    #[serde(default)]
    pub undone: usize,
    /// How many failed.
    pub failed: usize,
    /// The runs it is of.
    #[serde(default)]
    pub runs: Vec<Session>,
    /// Every notice, by file.
    pub files: Vec<Row>,
}

impl Report {
    /// Of one run.
    pub fn of(session: Session, rows: impl IntoIterator<Item = Row>) -> Self {
        Self::sorted(vec![session], rows.into_iter().collect())
    }

    /// Sorted and counted.
    fn sorted(runs: Vec<Session>, mut files: Vec<Row>) -> Self {
        files.sort_by_cached_key(|it| {
            (in_pieces(&it.file), it.file.clone(), it.pdf.clone(), it.run)
        });
        let report = Self { runs, files, ..Self::default() };
        let counts = report.counts();
        Self {
            built: counts.of(State::Built),
            unchanged: counts.of(State::Unchanged),
            planned: counts.of(State::Planned),
            same: counts.of(State::Same),
            differs: counts.of(State::Differs),
            missing: counts.of(State::Missing),
            skipped: counts.of(State::Skipped),
            undone: counts.of(State::Undone),
            failed: counts.of(State::Failed),
            ..report
        }
    }

    /// How many came to what.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.files.iter().for_each(|row| counts.add(row.state));
        counts
    }
}

/// A name's texts, each with the number behind it: 2 comes before 10.
fn in_pieces(name: &str) -> Vec<(String, Option<u64>)> {
    let ends = |c: char| !c.is_ascii_digit();
    let mut pieces = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let start = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, behind) = rest.split_at(start);
        let (number, next) = behind.split_at(behind.find(ends).unwrap_or(behind.len()));
        pieces.push((text.to_owned(), number.parse().ok()));
        rest = next;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(file: &str, state: State) -> Row {
        let (file, pdf) = (file.to_owned(), file.replace("yaml", "pdf"));
        Row { pages: 1, bytes: 9, milliseconds: 1.0, ..Row::new(file, pdf, state) }
    }

    #[test]
    fn rows_are_in_the_order_of_their_numbers() {
        let files = ["甲（第 10 行）", "甲（第 9 行）", "甲", "乙2", "乙10"];
        let report =
            Report::of(Session::default(), files.map(|file| row(file, State::Built)));
        let sorted: Vec<&str> = report.files.iter().map(|it| it.file.as_str()).collect();
        assert_eq!(sorted, ["乙2", "乙10", "甲", "甲（第 9 行）", "甲（第 10 行）"]);
    }
}
