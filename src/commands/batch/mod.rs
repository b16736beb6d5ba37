//! `hongtou build` on folders.

mod tally;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::desk::Registers;
use super::output;
use super::reports::{report_path, session};
use crate::args;
use crate::batch::report::{Row, Session, State};
use crate::batch::{
    self, Choice, Job, Journal, Origins, Plan, Record, Run, Setups, Shard, Task, Unused,
    find, is_candidate,
};
use crate::diag::{Error, reason};
use crate::paths::{ends_in, folder_of, shown};
use crate::pipeline::Order;
use crate::terminal;
use tally::Tally;

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
    if plan.jobs.is_empty() && failed.is_empty() {
        return Err(Error::command("文件夹里没有通知")
            .hint("通知是以 .yaml 结尾的文件；检查路径和 --include、--exclude"));
    }
    let record = Record::read(&plan.home(), &batch::record_name(shard));
    let origins = Origins::new(&plan.home());
    let left = plan.left_over(&record, &origins);
    let share = shard.map(|shard| plan.share(shard));
    if let Some(shard) = shard {
        plan.keep(shard);
    }
    let task = match &args.batch {
        it if it.check => Task::Check,
        it if it.dry_run => Task::DryRun,
        it if it.force => Task::Force,
        _ => Task::Build,
    };
    let writes = matches!(task, Task::Build | Task::Force) && !plan.jobs.is_empty();
    let journal = if writes { journal(&plan.home(), shard)? } else { None };
    if writes {
        sweep(&plan);
    }
    let threads = batch::threads(args.batch.jobs.map(usize::from));
    let setups = Setups::new(args.tools.options(), order);
    let registers = Registers::default();
    let unused = Unused::new(&order.params);
    let run = Run {
        plan: &plan,
        setups: &setups,
        record: &record,
        origins: &origins,
        order,
        task,
        threads,
        unused: &unused,
        look_up: &|register, number| registers.look_up(register, number),
        write: &output::write,
    };
    let mut tally = Tally::new(args, journal);
    failed.drain(..).for_each(|row| tally.row(row));
    tally.run(&run)?;
    unused.told().iter().for_each(|line| terminal::note(line));
    if !args.batch.quiet {
        tell_left_over(&left);
    }
    let paths: Vec<&Path> = args.files.iter().map(PathBuf::as_path).collect();
    let left_over = left.iter().map(|it| shown(it)).collect();
    let session = Session { share, left_over, ..session(name(task), &paths) };
    tally.end(args.batch.report.as_deref(), session)
}

/// A task's name in reports.
fn name(task: Task) -> &'static str {
    match task {
        Task::Build | Task::Force => "build",
        Task::DryRun => "dry-run",
        Task::Check => "check",
    }
}

/// So many PDFs without a notice are named.
const NAMED: usize = 20;

/// Names the PDFs of earlier runs whose notices are gone: nobody should send them.
fn tell_left_over(left: &[PathBuf]) {
    let told = |path: &PathBuf| {
        format!("{} 的通知已经没有了；不再用的 PDF 请自己删去", shown(path))
    };
    let left: Vec<String> = left.iter().map(told).collect();
    terminal::note_first(&left, NAMED, |more| format!("另有 {more} 份 PDF 也是这样"));
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

/// The share that `--shard` asks for.
fn shard(text: &str) -> Result<Shard, Error> {
    text.parse().map_err(|_| {
        Error::command(format!("--shard 后面要写“第几/共几”，这里是“{text}”"))
            .hint("例如分给 8 台，第 2 台写 --shard 2/8；从 1 数起")
    })
}

/// The PDF that the only notice goes to, where -o names one.
fn named(args: &args::Build) -> Result<Option<PathBuf>, Error> {
    let named = args.output.as_ref().filter(|it| ends_in(it, &["pdf"]) && !it.is_dir());
    match (named, args.files.as_slice()) {
        (Some(_), [file]) if !file.is_dir() => Ok(named.cloned()),
        (Some(path), _) => Err(output::one_file(path)),
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

/// A notice that was named twice, by itself and by its folder, is built once; one that a link
/// leads to is another, with a PDF of its own.
fn once(plan: &mut Plan) {
    let (mut paths, mut files) = (HashSet::new(), HashSet::new());
    let mut jobs = std::mem::take(&mut plan.jobs);
    jobs.retain(|job| {
        let source = plan.source(job);
        let file = source.canonicalize().unwrap_or_else(|_| source.clone());
        let path = std::path::absolute(&source).unwrap_or(source);
        paths.insert(path) && files.insert((file, plan.target(job)))
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

/// What a run that was killed left behind goes.
fn sweep(plan: &Plan) {
    let targets = plan.jobs.iter().map(|job| plan.target(job));
    let folders: HashSet<PathBuf> = targets.map(|it| folder_of(&it).to_owned()).collect();
    for folder in folders {
        output::sweep(&folder);
    }
}

/// The record to go on with.
fn journal(home: &Path, shard: Option<Shard>) -> Result<Option<Journal>, Error> {
    let unwritable = |error: io::Error| output::unwritable(home, &error);
    std::fs::create_dir_all(home).map_err(unwritable)?;
    let path = home.join(batch::record_name(shard));
    match Journal::open(&path, &output::write) {
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
