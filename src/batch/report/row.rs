//! What became of one notice, for programs.

use serde::{Deserialize, Serialize};

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
    /// The PDF on disk is another (`--check`).
    Differs,
    /// There is no PDF on disk (`--check`).
    Missing,
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
    /// Which of the report's runs it is of, from 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub run: usize,
    /// The notice's file; of a merge, the notice's with the row's number.
    pub file: String,
    /// Where its PDF goes.
    pub pdf: String,
    /// What became of it.
    pub state: State,
    /// Why it was or would be built, or is no notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Its 发文字号, once it has all its parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 份号 of a merge's row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// What was adjusted to lay it out, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub adjusted: String,
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
            run: 0,
            file,
            pdf,
            state,
            why: None,
            number: None,
            copy: None,
            adjusted: String::new(),
            pages: 0,
            bytes: 0,
            milliseconds: 0.0,
            diagnostics: Vec::new(),
            more: 0,
        }
    }

    /// That it was laid out and not written after all.
    pub fn unwritten(&mut self) {
        if self.state == State::Built {
            self.state = State::Undone;
        }
    }

    /// Whether it asks for somebody's doing: it failed, was not reached, or is a row of a
    /// merge that lacks a value.
    pub fn is_bad(&self) -> bool {
        let errors = || self.diagnostics.iter().any(Told::is_error);
        match self.state {
            State::Failed | State::Differs | State::Missing | State::Undone => true,
            State::Skipped => errors(),
            State::Built | State::Unchanged | State::Planned | State::Same => false,
        }
    }

    /// What is wrong with it, on one line with the place of its first error.
    pub fn fault(&self) -> String {
        let (file, pdf) = (&self.file, &self.pdf);
        let what = match self.state {
            State::Undone => return format!("没有排 {file}"),
            State::Differs => return format!("不同 {pdf}：同现在排出的不一样"),
            State::Missing => return format!("没有 {pdf}：没有这份 PDF"),
            State::Skipped => "跳过",
            _ => "失败",
        };
        let mut errors = self.diagnostics.iter().filter(|it| it.is_error());
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
    /// Whether it stopped the notice.
    pub severity: Severity,
    /// Where it is, if it is anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Spot>,
    /// What is wrong.
    pub message: String,
    /// The ways out.
    pub hints: Vec<String>,
}

impl Told {
    fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// With another name for one file.
    pub fn of_file(mut self, old: &str, new: &str) -> Self {
        if let Some(place) = self.place.as_mut().filter(|it| it.file == old) {
            new.clone_into(&mut place.file);
        }
        self
    }

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
        let place = finding.place.as_ref().map(|place| Spot {
            file: place.file.to_string(),
            line: place.line,
            column: place.column,
        });
        Self {
            code: finding.code.to_owned(),
            severity: finding.severity,
            place,
            message: finding.message.clone(),
            hints: finding.hints.clone(),
        }
    }
}
