//! What comes out of a batch while it runs, and what is told of it at the end.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use crate::args;
use crate::batch::report::{Counts, Report, Row, Session, State};
use crate::batch::{Done, Journal, Plan, Run, each};
use crate::commands::reports::write_report;
use crate::diag::{Diagnostic, Error, Place, reason};
use crate::terminal::{self, Progress};

/// What has come out so far.
pub struct Tally {
    counts: Counts,
    /// All rows for a report, else those that failed.
    rows: Vec<Row>,
    all: bool,
    quiet: bool,
    journal: Option<Journal>,
    fatal: Option<Error>,
    /// Findings of notices that are not built again, a line each.
    told: Vec<String>,
    /// Places in files that many notices use, of which something was said.
    said: HashSet<(Place, &'static str)>,
}

/// So many findings of earlier runs are listed.
const TOLD: usize = 20;

impl Tally {
    pub fn new(args: &args::Build, journal: Option<Journal>) -> Self {
        let (all, quiet) = (args.batch.report.is_some(), args.batch.quiet);
        let (counts, rows, told) = (Counts::default(), Vec::new(), Vec::new());
        let said = HashSet::new();
        Self { counts, rows, all, quiet, journal, fatal: None, told, said }
    }

    /// Takes what became of one notice.
    pub fn row(&mut self, row: Row) {
        self.counts.add(row.state);
        if self.all || row.is_bad() {
            self.rows.push(row);
        }
    }

    /// Runs, and tells what comes out while it does.
    ///
    /// # Errors
    /// Something stopped the whole run.
    pub fn run(&mut self, run: &Run) -> Result<(), Error> {
        let stop = terminal::stopped();
        let count = run.plan.jobs.len();
        let mut progress = Progress::new(count, self.quiet);
        let mut undone: BTreeSet<usize> = (0..count).collect();
        each(
            count,
            run.threads,
            &stop,
            |at| run.one(at),
            |done| {
                undone.remove(&done.at);
                if done.fatal.is_some() {
                    stop.store(true, Ordering::Relaxed);
                }
                self.take(run.plan, done, &mut progress);
            },
        );
        progress.end();
        for job in undone.into_iter().filter_map(|at| run.plan.jobs.get(at)) {
            let shown = |path: PathBuf| path.display().to_string();
            let (file, pdf) = (shown(run.plan.source(job)), shown(run.plan.target(job)));
            self.row(Row::new(file, pdf, State::Undone));
        }
        self.fatal.take().map_or(Ok(()), Err)
    }

    fn take(&mut self, plan: &Plan, done: Done, progress: &mut Progress) {
        let Some(job) = plan.jobs.get(done.at) else { return };
        let (source, target) = (plan.source(job), plan.target(job));
        let news = !matches!(done.state, State::Built | State::Failed | State::Differs);
        let findings = self.new_ones(&source, &done.findings);
        progress.step(line(&done, &source, &target).as_deref(), news, &findings);
        if let (Some((entry, parts)), Some(journal)) = (&done.entry, &mut self.journal)
            && let Err(error) = journal.add(&plan.key(job), entry, parts)
        {
            // Only the next run is slower for it.
            self.journal = None;
            let why = reason(&error);
            terminal::note(&format!("记录写不了：{why}；下次会重排没有记下的"));
        }
        let (file, pdf) = (source.display().to_string(), target.display().to_string());
        let row = Row {
            why: done.why.as_ref().map(ToString::to_string),
            pages: done.pages,
            bytes: done.bytes,
            ..Row::new(file, pdf, done.state)
        };
        let mut row = row.found(done.milliseconds, &done.findings);
        self.told
            .extend(done.told.iter().map(|it| format!("提醒 {}", it.line(&row.file))));
        row.diagnostics.extend(done.told);
        self.row(row);
        self.fatal = self.fatal.take().or(done.fatal);
    }

    /// Findings without those of a workspace's file that were shown already.
    fn new_ones(&mut self, source: &Path, findings: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut new = |finding: &&Diagnostic| {
            let place =
                finding.place.as_ref().filter(|it| Path::new(&*it.file) != source);
            place.is_none_or(|it| self.said.insert((it.clone(), finding.code)))
        };
        findings.iter().filter(|it| new(it)).cloned().collect()
    }

    /// Failures with their places, the count, the report.
    ///
    /// # Errors
    /// A notice failed, the run was stopped, the report cannot be written.
    pub fn end(mut self, report: Option<&Path>, session: Session) -> Result<(), Error> {
        self.rows.sort_by(|a, b| a.file.cmp(&b.file));
        let told = |row: &&Row| row.is_bad() && row.state != State::Undone;
        for row in self.rows.iter().filter(told) {
            terminal::note(&row.fault());
        }
        self.told.sort();
        terminal::note_first(&self.told, TOLD, |more| {
            format!("另有 {more} 处提醒，见 --report")
        });
        if !self.quiet || self.counts.bad() {
            terminal::note(&format!("共：{}", self.counts.words()));
        }
        if let Some(path) = report {
            write_report(path, &Report::of(session, self.rows))?;
        }
        match self.counts.of(State::Undone) {
            0 if self.counts.bad() => Err(Error::document()),
            0 => Ok(()),
            left => Err(Error::command(format!("中途停下，还有 {left} 份没有排"))
                .hint("已生成的都是完整的；再运行一次，从停下的地方接着排")),
        }
    }
}

/// What is said of a notice where there is no bar.
fn line(done: &Done, source: &Path, target: &Path) -> Option<String> {
    let (source, target) = (source.display(), target.display());
    match done.state {
        State::Built => Some(format!("已生成 {target}（{} 页）", done.pages)),
        State::Planned => {
            let why = done.why.as_ref().map(ToString::to_string).unwrap_or_default();
            Some(format!("要生成 {target}：{why}"))
        }
        State::Skipped => Some(format!("跳过 {source}：不是通知")),
        State::Differs => Some(format!("不同 {target}")),
        State::Missing => Some(format!("没有 {target}")),
        State::Failed => Some(format!("失败 {source}")),
        State::Unchanged | State::Same | State::Undone => None,
    }
}
