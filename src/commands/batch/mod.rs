//! `hongtou build` on folders.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::desk::Registers;
use super::output;
use crate::args;
use crate::batch::report::{Counts, Report, Row, State, Told};
use crate::batch::{
    self, Choice, Done, Job, Journal, Plan, Record, Run, Setups, Task, each, find,
    is_candidate,
};
use crate::diag::{Diagnostic, Error, Place, reason};
use crate::paths::{ends_in, folder_of};
use crate::pipeline::Order;
use crate::report::printable;
use crate::terminal::{self, Progress};

/// Whether a command line asks for more than some files.
pub fn is_wanted(args: &args::Build) -> bool {
    let batch = &args.batch;
    let asked = batch.force || batch.dry_run || batch.check || batch.jobs.is_some();
    asked
        || batch.report.is_some()
        || batch.shard.is_some()
        || !batch.include.is_empty()
        || !batch.exclude.is_empty()
        || args.files.iter().any(|path| path.is_dir())
}

/// Builds every notice of the folders that is not up to date; a bad one stops no other.
///
/// # Errors
/// A notice failed, or nothing could be built at all.
pub fn build(args: &args::Build, order: &Order) -> Result<(), Error> {
    refuse(args)?;
    let named = named(args)?;
    report_path(args.batch.report.as_deref())?;
    let shard = args.batch.shard.as_deref().map(shard).transpose()?;
    let choice = Choice::new(&args.batch.include, &args.batch.exclude)?;
    let (mut plan, mut failed) = plan(args, &choice, named);
    no_clashes(&plan)?;
    if let Some((shard, shards)) = shard {
        plan.keep_shard(shard, shards);
    }
    if plan.jobs.is_empty() && failed.is_empty() && shard.is_none() {
        return Err(Error::command("文件夹里没有通知")
            .hint("通知是以 .yaml 结尾的文件；检查路径和 --include、--exclude"));
    }
    let task = match &args.batch {
        it if it.check => Task::Check,
        it if it.dry_run => Task::DryRun,
        it if it.force => Task::Force,
        _ => Task::Build,
    };
    let record = Record::read(&plan.home());
    let writes = matches!(task, Task::Build | Task::Force) && !plan.jobs.is_empty();
    let journal = if writes { journal(&plan.home(), shard)? } else { None };
    let threads = batch::threads(args.batch.jobs.map(usize::from));
    let setups = Setups::new(args.tools.options(), order);
    let registers = Registers::default();
    let run = Run {
        plan: &plan,
        setups: &setups,
        record: &record,
        order,
        task,
        threads,
        look_up: &|register, number| registers.look_up(register, number),
        write: &output::write_over,
    };
    let mut tally = Tally::new(args, journal);
    failed.drain(..).for_each(|row| tally.row(row));
    tally.run(&run)?;
    tally.end(args)
}

/// What makes no sense for many notices.
fn refuse(args: &args::Build) -> Result<(), Error> {
    let dash = |path: &PathBuf| path == Path::new("-");
    let what = if args.files.iter().any(dash) || args.output.as_ref().is_some_and(dash) {
        "标准输入、标准输出"
    } else if args.separate {
        "--separate"
    } else if args.open {
        "--open"
    } else {
        return Ok(());
    };
    Err(Error::command(format!("成批生成时不能用{what}")).hint("一份一份地生成时可以用"))
}

/// `2/8`.
fn shard(text: &str) -> Result<(u64, u64), Error> {
    let pair = text.split_once('/');
    let pair =
        pair.and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
    pair.filter(|(shard, shards)| (1..=*shards).contains(shard)).ok_or_else(|| {
        Error::command(format!("--shard 后面要写“第几/共几”，这里是“{text}”"))
            .hint("例如分给 8 台，第 2 台写 --shard 2/8；从 1 数起")
    })
}

/// The PDF that the only notice goes to, where -o names one.
fn named(args: &args::Build) -> Result<Option<PathBuf>, Error> {
    let named = args.output.as_ref().filter(|it| ends_in(it, &["pdf"]) && !it.is_dir());
    match (named, args.files.as_slice()) {
        (Some(_), [file]) if !file.is_dir() => Ok(named.cloned()),
        (Some(output), _) => Err(Error::command(format!(
            "几份通知不能都写到一个文件“{}”",
            output.display()
        ))
        .hint("-o 后面写文件夹")),
        (None, _) => Ok(None),
    }
}

/// What is to be built, and what cannot even be looked into.
fn plan(args: &args::Build, choice: &Choice, named: Option<PathBuf>) -> (Plan, Vec<Row>) {
    let folder = named.as_deref().map(|it| folder_of(it).to_owned());
    let output = folder.or_else(|| args.output.clone());
    let mut plan = Plan { output, named, ..Plan::default() };
    let mut failed = Vec::new();
    let without = plan.output.as_ref().and_then(|path| path.canonicalize().ok());
    for path in &args.files {
        let root = plan.roots.len();
        if !path.is_dir() {
            plan.roots.push(path.parent().unwrap_or(Path::new("")).to_owned());
            let name = Path::new(path.file_name().unwrap_or_default());
            plan.jobs.push(Job { root, path: name.into(), named: true });
            continue;
        }
        plan.roots.push(path.clone());
        let found = find(root, path, choice, without.as_deref(), is_candidate);
        for path in &found.loops {
            terminal::note(&format!("跳过 {}：这个链接绕回了上级文件夹", path.display()));
        }
        for ((path, _), finding) in found.unreadable.iter().zip(found.findings()) {
            terminal::show(std::slice::from_ref(&finding));
            let row = Row::new(path.display().to_string(), String::new(), State::Failed);
            failed.push(row.found(0.0, &[finding]));
        }
        plan.jobs.extend(found.jobs);
    }
    if args.files.len() > 1 {
        once(&mut plan);
    }
    (plan, failed)
}

/// A notice that was named twice, by itself and by its folder, is built once.
fn once(plan: &mut Plan) {
    let mut seen = HashSet::new();
    let mut jobs = std::mem::take(&mut plan.jobs);
    jobs.retain(|job| {
        let source = plan.source(job);
        seen.insert(source.canonicalize().unwrap_or(source))
    });
    plan.jobs = jobs;
}

/// All clashes at once, before anything is built.
fn no_clashes(plan: &Plan) -> Result<(), Error> {
    let clashes = batch::clashes(plan.jobs.iter().map(|job| plan.target(job)));
    if clashes.is_empty() {
        return Ok(());
    }
    let said = clashes.iter().take(20).filter_map(|(a, b)| {
        let (a, b) = (plan.jobs.get(*a)?, plan.jobs.get(*b)?);
        let (x, y) = (plan.source(a), plan.source(b));
        let target = plan.target(b);
        let (x, y, target) = (x.display(), y.display(), target.display());
        Some(format!("“{x}”和“{y}”都要写到“{target}”"))
    });
    let said = said.collect::<Vec<_>>().join("；\n");
    Err(Error::command(said).hint("改名，或分开生成；一份也没有写"))
}

/// The record to go on with.
fn journal(home: &Path, shard: Option<(u64, u64)>) -> Result<Option<Journal>, Error> {
    let unwritable = |error: io::Error| super::build::unwritable(home, &error);
    std::fs::create_dir_all(home).map_err(unwritable)?;
    let path = home.join(batch::record_name(shard));
    match Journal::open(&path) {
        Ok(journal) => Ok(Some(journal)),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            Err(Error::command(format!("另一个 hongtou 正在往“{}”里写", home.display()))
                .hint("等它结束；或用 -o 写到别的文件夹"))
        }
        Err(error) => {
            let (path, why) = (path.display(), reason(&error));
            let why = if error.kind() == io::ErrorKind::InvalidInput {
                "它不是一个普通的文件".to_owned()
            } else {
                why
            };
            Err(Error::command(format!("记录“{path}”写不了：{why}"))
                .hint("删去它，下次会全部重排；或检查文件夹的权限"))
        }
    }
}

/// What has come out so far.
struct Tally {
    counts: Counts,
    /// All rows for a report, else those that failed.
    rows: Vec<Row>,
    all: bool,
    quiet: bool,
    journal: Option<Journal>,
    fatal: Option<Error>,
    left: usize,
    /// Findings of notices that are not built again, a line each.
    told: Vec<String>,
    /// Places in files that many notices use, of which something was said.
    said: HashSet<(Place, &'static str)>,
}

/// So many findings of earlier runs are listed.
const TOLD: usize = 20;

impl Tally {
    fn new(args: &args::Build, journal: Option<Journal>) -> Self {
        let (all, quiet) = (args.batch.report.is_some(), args.batch.quiet);
        let (counts, rows) = (Counts::default(), Vec::new());
        let told = Vec::new();
        Self {
            counts,
            rows,
            all,
            quiet,
            journal,
            fatal: None,
            left: 0,
            told,
            said: HashSet::new(),
        }
    }

    fn row(&mut self, row: Row) {
        self.counts.add(row.state);
        if self.all || matches!(row.state, State::Failed | State::Differs) {
            self.rows.push(row);
        }
    }

    fn run(&mut self, run: &Run) -> Result<(), Error> {
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
        self.left = undone.len();
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
        self.told.extend(done.told.iter().map(|it| told_line(&row.file, it)));
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
    fn end(mut self, args: &args::Build) -> Result<(), Error> {
        self.rows.sort_by(|a, b| a.file.cmp(&b.file));
        let bad = |row: &&Row| matches!(row.state, State::Failed | State::Differs);
        for row in self.rows.iter().filter(bad) {
            terminal::note(&printable(&failure_line(row)));
        }
        self.told.sort();
        self.told.iter().take(TOLD).for_each(|line| terminal::note(&printable(line)));
        if let Some(more) = self.told.len().checked_sub(TOLD + 1) {
            terminal::note(&format!("另有 {} 处提醒，见 --report", more + 1));
        }
        if !self.quiet || self.counts.bad() {
            terminal::note(&format!("共：{}", self.counts.words()));
        }
        if let Some(path) = &args.batch.report {
            write_report(path, &Report::new(self.rows))?;
        }
        match self.left {
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
        State::Failed => Some(format!("失败 {source}")),
        State::Unchanged | State::Same | State::Undone => None,
    }
}

/// A failure on one line, with the place of its first error.
pub fn failure_line(row: &Row) -> String {
    if row.state == State::Undone {
        return format!("没有排 {}", row.file);
    }
    if row.state == State::Differs {
        let gone = !Path::new(&row.pdf).exists();
        return format!(
            "{}：{}",
            row.pdf,
            if gone { "没有这份 PDF" } else { "同现在排出的不同" }
        );
    }
    let errors = row.diagnostics.iter().filter(|it| it.severity == "error");
    let first = errors.clone().next();
    let place = first.and_then(|it| it.place.as_ref());
    let place = place
        .map_or(row.file.clone(), |it| format!("{}:{}:{}", it.file, it.line, it.column));
    let (code, message) = first.map_or(("", ""), |it| (&it.code, &it.message));
    let more = match errors.count() {
        0 | 1 => String::new(),
        count => format!("（等 {count} 处）"),
    };
    let what = if row.state == State::Skipped { "跳过" } else { "失败" };
    // What is at fault may be a file that many notices use.
    let of = if place.starts_with(&row.file) {
        String::new()
    } else {
        format!("{}：", row.file)
    };
    format!("{what} {of}{place}: {code} {message}{more}")
}

/// A finding of an earlier run, on one line.
fn told_line(file: &str, told: &Told) -> String {
    let place =
        told.place.as_ref().map(|it| format!("{}:{}:{}", it.file, it.line, it.column));
    let place = place.unwrap_or_else(|| file.to_owned());
    format!("提醒 {place}: {} {}", told.code, told.message)
}

/// Whether a report may go there: to a .json file, and never over a notice, a table or a PDF.
///
/// # Errors
/// It may not.
pub fn report_path(path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path else { return Ok(()) };
    if path == Path::new("-") || output::is_device(path) {
        return Ok(());
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(Error::command(format!("没有文件夹“{}”", folder.display()))
            .hint("先建好这个文件夹，或改报告的路径"));
    }
    if ends_in(path, &["json"]) && !path.is_dir() {
        return Ok(());
    }
    Err(Error::command(format!("报告不能写成“{}”", path.display()))
        .hint("报告写成以 .json 结尾的文件"))
}

/// Writes a report; `-` is standard output.
pub fn write_report(path: &Path, report: &Report) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(report)
        .map_err(|error| Error::command(format!("报告写不出来：{error}")))?;
    if path == Path::new("-") {
        terminal::say(&text);
        return Ok(());
    }
    output::write(path, (text + "\n").as_bytes())
        .map_err(|error| super::build::unwritable(path, &error))
}
