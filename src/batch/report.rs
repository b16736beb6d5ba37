//! What became of each notice, for programs; reports of several machines become one.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Shard;
use crate::diag::{self, Diagnostic, SHOWN, Severity};

/// What became of one notice.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Its PDF was written.
    Built,
    /// Its PDF is what it would be.
    Unchanged,
    /// It would be built (`--dry-run`).
    Planned,
    /// Its PDF was built in memory and is the one on disk (`--check`).
    Same,
    /// The PDF on disk is another, or there is none (`--check`).
    Differs,
    /// It is no notice, or a row without all values.
    Skipped,
    /// Findings stopped it, or its PDF could not be written.
    Failed,
    /// The run was stopped before it.
    Undone,
}

/// One notice of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The notice's file; of a merge, the notice's with the row's number.
    pub file: String,
    /// Where its PDF goes.
    pub pdf: String,
    /// What became of it.
    pub state: State,
    /// Why it was or would be built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// 份号 of a merge's row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// Pages of its PDF.
    pub pages: usize,
    /// Bytes of its PDF.
    pub bytes: u64,
    /// How long it took.
    #[serde(rename = "ms")]
    pub milliseconds: f64,
    /// What was found.
    pub diagnostics: Vec<Told>,
    /// How many more findings there are than are told.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Row {
    /// A row of which nothing more is known.
    pub fn new(file: String, pdf: String, state: State) -> Self {
        Self {
            file,
            pdf,
            state,
            why: None,
            copy: None,
            pages: 0,
            bytes: 0,
            milliseconds: 0.0,
            diagnostics: Vec::new(),
            more: 0,
        }
    }

    /// Whether it asks for somebody's doing: it failed, was not reached, or is a row of a
    /// merge that lacks a value.
    pub fn is_bad(&self) -> bool {
        let errors = || self.diagnostics.iter().any(|it| it.severity == "error");
        match self.state {
            State::Failed | State::Differs | State::Undone => true,
            State::Skipped => errors(),
            State::Built | State::Unchanged | State::Planned | State::Same => false,
        }
    }

    /// What is wrong with it, on one line with the place of its first error.
    pub fn fault(&self) -> String {
        let (file, pdf) = (&self.file, &self.pdf);
        let what = match self.state {
            State::Undone => return format!("没有排 {file}"),
            State::Differs if Path::new(pdf).exists() => {
                return format!("{pdf}：同现在排出的不同");
            }
            State::Differs => return format!("{pdf}：没有这份 PDF"),
            State::Skipped => "跳过",
            _ => "失败",
        };
        let mut errors = self.diagnostics.iter().filter(|it| it.severity == "error");
        let Some(first) = errors.next() else { return format!("{what} {file}") };
        let line = first.line(file);
        // What is at fault may be a file that many notices use.
        let of = if line.starts_with(file) { "" } else { &format!("{file}：") };
        let more = match errors.count() {
            0 => String::new(),
            more if more + 1 == SHOWN && self.more > 0 => format!("（等 {SHOWN} 多处）"),
            more => format!("（等 {} 处）", more + 1),
        };
        format!("{what} {of}{line}{more}")
    }

    /// With how long it took, to the microsecond, and what was found.
    pub fn found(mut self, milliseconds: f64, findings: &[Diagnostic]) -> Self {
        self.milliseconds = (milliseconds * 1000.0).round() / 1000.0;
        let (shown, more) = diag::shown(findings);
        self.diagnostics = shown.into_iter().map(Told::from).collect();
        self.more = more;
        self
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its code.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// Where it is, if it is anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Spot>,
    /// What is wrong.
    pub message: String,
    /// The ways out.
    pub hints: Vec<String>,
}

impl Told {
    /// On one line; of a finding that stands nowhere, with the notice's file.
    pub fn line(&self, file: &str) -> String {
        let place = match &self.place {
            Some(Spot { file, line, column }) => format!("{file}:{line}:{column}"),
            None => file.to_owned(),
        };
        format!("{place}: {} {}", self.code, self.message)
    }
}

/// File, line and column from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The file.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column in characters.
    pub column: usize,
}

impl From<&Diagnostic> for Told {
    fn from(finding: &Diagnostic) -> Self {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = finding.place.as_ref().map(|place| Spot {
            file: place.file.to_string(),
            line: place.line,
            column: place.column,
        });
        Self {
            code: finding.code.to_owned(),
            severity: severity.to_owned(),
            place,
            message: finding.message.clone(),
            hints: finding.hints.clone(),
        }
    }
}

/// How many notices came to what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<State, usize>);

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, state: State) {
        *self.0.entry(state).or_default() += 1;
    }

    /// How many came to this.
    pub fn of(&self, state: State) -> usize {
        self.0.get(&state).copied().unwrap_or_default()
    }

    /// Whether some failed or differ.
    pub fn bad(&self) -> bool {
        [State::Failed, State::Differs, State::Undone].iter().any(|it| self.of(*it) > 0)
    }

    /// In words.
    pub fn words(&self) -> String {
        let all = [
            (State::Built, "生成"),
            (State::Planned, "要生成"),
            (State::Same, "相同"),
            (State::Differs, "不同"),
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
    /// How many failed.
    pub failed: usize,
    /// The shards it is of: `2/8`; none where a run had the whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shards: Vec<Shard>,
    /// Every notice, by file.
    pub files: Vec<Row>,
}

impl Report {
    /// Sorted and counted. Of a file that is there several times the last one counts.
    pub fn new(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut report = Self { files: rows.into_iter().collect(), ..Self::default() };
        report.files.reverse();
        report.files.sort_by(|a, b| (&a.file, &a.pdf).cmp(&(&b.file, &b.pdf)));
        report.files.dedup_by(|b, a| (&a.file, &a.pdf) == (&b.file, &b.pdf));
        let counts = report.counts();
        report.built = counts.of(State::Built);
        report.unchanged = counts.of(State::Unchanged);
        report.failed = counts.of(State::Failed);
        report
    }

    /// The same, of one shard.
    pub fn of(shard: Option<Shard>, rows: Vec<Row>) -> Self {
        Self { shards: shard.into_iter().collect(), ..Self::new(rows) }
    }

    /// Several as one.
    pub fn joined(reports: Vec<Self>) -> Self {
        let mut shards = Vec::new();
        let mut rows = Vec::new();
        for report in reports {
            shards.extend(report.shards);
            rows.extend(report.files);
        }
        shards.sort_unstable();
        shards.dedup();
        Self { shards, ..Self::new(rows) }
    }

    /// How many came to what.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.files.iter().for_each(|row| counts.add(row.state));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(file: &str, state: State) -> Row {
        let (file, pdf) = (file.to_owned(), file.replace("yaml", "pdf"));
        Row { pages: 1, bytes: 9, milliseconds: 1.0, ..Row::new(file, pdf, state) }
    }

    #[test]
    fn reports_are_sorted_and_the_last_word_on_a_file_counts() {
        let rows = [
            row("乙.yaml", State::Failed),
            row("甲.yaml", State::Built),
            row("乙.yaml", State::Built),
        ];
        let report = Report::new(rows);
        assert_eq!((report.built, report.failed, report.files.len()), (2, 0, 2));
        let text = serde_json::to_string(&report).expect("a text");
        assert_eq!(serde_json::from_str::<Report>(&text).ok(), Some(report));
    }
}
