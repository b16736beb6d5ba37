//! What comes out of a batch while it runs, and what is told of it at the end.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::numbers::Numbers;
use super::said::Said;
use crate::args;
use crate::batch::report::{Counts, Report, Row, Session, State};
use crate::batch::{Done, Journal, Plan, Run, Task, each};
use crate::commands::output::unwritable;
use crate::commands::reports::write_report;
use crate::diag::{Diagnostic, Error, LISTED, reason};
use crate::paths::shown;
use crate::terminal::{self, Progress};

/// What has come out so far.
pub struct Tally<'a> {
    args: &'a args::Build,
    task: Task,
    counts: Counts,
    /// All rows for a report, else those of which something is told at the end.
    rows: Vec<Row>,
    /// What was found in those that failed, with their rows.
    failed: Vec<(Row, Vec<Diagnostic>)>,
    journal: Option<Journal>,
    fatal: Option<Error>,
    /// Findings of notices that are not built again, a line each.
    told: Vec<String>,
    said: Said,
    numbers: Numbers,
}

impl<'a> Tally<'a> {
    pub fn new(args: &'a args::Build, task: Task, journal: Option<Journal>) -> Self {
        Self {
            args,
            task,
            counts: Counts::default(),
            rows: Vec::new(),
            failed: Vec::new(),
            journal,
            fatal: None,
            told: Vec::new(),
            said: Said::default(),
            numbers: Numbers::default(),
        }
    }

    /// Takes what became of one notice.
    pub fn row(&mut self, row: Row, findings: Vec<Diagnostic>) {
        self.counts.add(row.state);
        if row.state == State::Failed {
            self.failed.push((row.clone(), findings));
        }
        let told = matches!(row.state, State::Planned | State::Skipped);
        if told || row.is_bad() || self.args.batch.report.is_some() {
            self.rows.push(row);
        }
    }

    /// How many came to what.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Runs, and tells what comes out while it does.
    pub fn run(&mut self, run: &Run) {
        let stop = terminal::stopped();
        let count = run.plan.jobs.len();
        let mut progress = Progress::new(count, self.args.batch.quiet);
        let mut undone: BTreeSet<usize> = (0..count).collect();
        let begun = each(
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
        self.fatal = self.fatal.take().or(begun.err());
        for job in undone.into_iter().filter_map(|at| run.plan.jobs.get(at)) {
            let (file, pdf) =
                (shown(&run.plan.source(job)), shown(&run.plan.target(job)));
            self.row(Row::new(file, pdf, State::Undone), Vec::new());
        }
    }

    fn take(&mut self, plan: &Plan, done: Done, progress: &mut Progress) {
        let Some(job) = plan.jobs.get(done.at) else { return };
        let (file, pdf) = (shown(&plan.source(job)), shown(&plan.target(job)));
        let why = done.why.as_ref().map(ToString::to_string);
        let row = Row {
            why: why.or(done.no_notice.map(|it| format!("不是通知（{it}）"))),
            adjusted: done.adjusted.clone(),
            number: done.number.as_deref().map(Into::into),
            pages: done.pages,
            bytes: done.bytes,
            ..Row::new(file, pdf, done.state)
        };
        let mut row = row.found(done.milliseconds, &done.findings);
        self.tell(&row, &done, progress);
        if let Some(number) = done.number.clone() {
            self.numbers.add(number, &row.file);
        }
        self.keep(&plan.key(job), &done);
        let told = done.told.iter().map(|it| format!("提醒 {}", it.line(&row.file)));
        self.told.extend(told);
        row.diagnostics.extend(done.told);
        self.row(row, done.findings);
        self.fatal = self.fatal.take().or(done.fatal);
    }

    /// Tells what is told at once: what failed is shown together at the end.
    fn tell(&mut self, row: &Row, done: &Done, progress: &mut Progress) {
        if row.state == State::Failed {
            return progress.failed();
        }
        let findings = self.said.news(row, &done.findings);
        let built = || format!("已生成 {}（{}）", row.pdf, done.extent);
        let line = (row.state == State::Built).then(built);
        progress.step(line.as_deref(), !done.adjusted.is_empty(), &findings);
    }

    /// Adds to the record what there is for it.
    fn keep(&mut self, key: &str, done: &Done) {
        if let Some((entry, parts)) = &done.entry {
            self.write_down(|journal| journal.add(key, entry, parts));
        }
    }

    fn write_down(&mut self, write: impl FnOnce(&mut Journal) -> io::Result<()>) {
        if let Some(journal) = &mut self.journal
            && let Err(error) = write(journal)
        {
            // Only the next run is slower for it.
            self.journal = None;
            let why = reason(&error);
            terminal::note(&format!("记录写不了：{why}；下次会重排没有记下的"));
        }
    }

    /// What was asked for, failures, the count, the report.
    ///
    /// # Errors
    /// A notice failed, the run was stopped, the report or the list cannot be written.
    pub fn end(mut self, session: Session) -> Result<(), Error> {
        self.write_down(Journal::end);
        let quiet = self.args.batch.quiet;
        self.rows.sort_by(|a, b| a.file.cmp(&b.file));
        let listed = self.list();
        if !quiet {
            self.tell_skipped();
        }
        self.told.sort();
        terminal::note_first(&self.told, |more| {
            format!("另有 {more} 处提醒，见 --report")
        });
        self.numbers.tell();
        self.show_failed();
        self.said.counted().for_each(|line| terminal::note(&line));
        if !quiet || self.counts.bad() || self.counts.of(State::Skipped) > 0 {
            terminal::note(&format!("共：{}", self.counts.words()));
        }
        if let Some(path) = &self.args.batch.report {
            self.numbers.report(&mut self.rows);
            write_report(path, &Report::of(session, self.rows))?;
        }
        listed.map_err(|error| unwritable(Path::new("标准输出"), &error))?;
        if let Some(error) = self.fatal {
            return Err(error);
        }
        match self.counts.of(State::Undone) {
            0 if self.counts.bad() => Err(Error::document()),
            0 => Ok(()),
            left => Err(stopped(self.task, left)),
        }
    }

    /// What --dry-run and --check were asked for, to standard output unless the report goes
    /// there.
    fn list(&self) -> io::Result<()> {
        let line = |row: &Row| match row.state {
            State::Planned => {
                let why = row.why.as_deref().unwrap_or_default();
                Some(format!("要生成 {}：{why}", row.pdf))
            }
            State::Differs | State::Missing => Some(row.fault()),
            _ => None,
        };
        let lines: Vec<String> = self.rows.iter().filter_map(line).collect();
        if self.args.batch.report.as_deref() == Some(Path::new("-")) {
            lines.iter().for_each(|line| terminal::note(line));
            return Ok(());
        }
        terminal::list(&lines)
    }

    fn tell_skipped(&self) {
        let skipped = self.rows.iter().filter(|row| row.state == State::Skipped);
        let line = |row: &Row| {
            format!("跳过 {}：{}", row.file, row.why.as_deref().unwrap_or_default())
        };
        let lines: Vec<String> = skipped.map(line).collect();
        terminal::note_first(&lines, |more| {
            format!("还跳过了 {more} 个文件，都不是通知；不想每次看，用 --exclude")
        });
    }

    /// Shows the first failures in full, the others on a line each.
    fn show_failed(&mut self) {
        self.failed.sort_by(|a, b| a.0.file.cmp(&b.0.file));
        let mut room = LISTED;
        for (row, findings) in &self.failed {
            let news = self.said.news(row, findings);
            if news.is_empty() && !findings.is_empty() {
                terminal::note(&format!("失败 {}：同上", row.file));
                continue;
            }
            if room == 0 {
                terminal::note(&row.fault());
                continue;
            }
            room -= 1;
            let named = |it: &Diagnostic| {
                let at = it.place.as_ref().is_some_and(|it| *it.file == *row.file);
                at || it.message.contains(&row.file)
            };
            if !news.iter().any(named) {
                terminal::note(&format!("失败 {}：", row.file));
            }
            terminal::show(&news);
        }
    }
}

/// What a run that was stopped leaves, and the way out.
fn stopped(task: Task, left: usize) -> Error {
    let (what, hint) = match task {
        Task::Build => ("排", "已生成的都是完整的；再运行一次，从停下的地方接着排"),
        Task::Force => {
            ("排", "已生成的都是完整的；要全部重排，加 --force 再运行一次，从头排")
        }
        Task::DryRun => ("看", "什么也没有写；再运行一次"),
        Task::Check => ("比较", "什么也没有写；再运行一次，从头比较"),
    };
    Error::command(format!("中途停下，还有 {left} 份没有{what}")).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stopped_run_leaves_is_told_as_it_is() {
        for (task, what, written) in [
            (Task::Build, "没有排", true),
            (Task::Force, "没有排", true),
            (Task::DryRun, "没有看", false),
            (Task::Check, "没有比较", false),
        ] {
            let error = stopped(task, 9);
            assert!(error.message.ends_with(what), "{error}");
            assert_eq!(error.hints[0].contains("已生成的都是完整的"), written, "{error}");
            // Without --force, what was built before this run would be taken for done.
            let force = task == Task::Force;
            assert_eq!(error.hints[0].contains("加 --force"), force, "{error}");
        }
    }
}
