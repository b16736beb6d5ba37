//! `hongtou build` on folders.

mod chosen;
pub(super) mod numbers;
pub(super) mod said;
mod tally;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::desk::Registers;
use super::output;
use super::reports::{begin_report, session};
use crate::args;
use crate::batch::report::{Session, State};
use crate::batch::{
    self, Journal, Origins, Owners, Plan, Record, Run, Setups, Shard, Task, Unused,
};
use crate::diag::{Error, reason};
use crate::files;
use crate::paths::{folder_of, seen, shown};
use crate::pipeline::Order;
use crate::terminal;
use chosen::{Chosen, chosen};
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

/// What the report that a run is asked for says until the run is over.
///
/// # Errors
/// The report cannot be written there.
pub fn begin(args: &args::Build) -> Result<(), Error> {
    begin_report(args.batch.report.as_deref(), name(task(&args.batch)), &paths(args))
}

/// What was named on the command line.
fn paths(args: &args::Build) -> Vec<&Path> {
    args.files.iter().map(PathBuf::as_path).collect()
}

/// Builds every notice of the folders that is not up to date; a bad one stops no other.
///
/// # Errors
/// A notice failed, or nothing could be built at all.
pub fn build(args: &args::Build, order: &Order) -> Result<(), Error> {
    refuse(args)?;
    let shard = args.batch.shard.as_deref().map(shard).transpose()?;
    let mut chosen = chosen(args)?;
    let record = Record::read(&chosen.plan.home(), &batch::record_name(shard));
    fell_out(&mut chosen, &record);
    let Chosen { mut plan, failed, .. } = chosen;
    let origins = Origins::new(&plan.home());
    let left = plan.left_over(&record, &origins);
    let share = shard.map(|shard| plan.share(shard));
    if let Some(shard) = shard {
        plan.keep(shard);
    }
    tell_damaged((record.is_damaged() || lacks(&record, &plan)).then(|| plan.home()));
    let task = task(&args.batch);
    let writes = matches!(task, Task::Build | Task::Force) && !plan.jobs.is_empty();
    let last = record.newest();
    let journal = if writes { journal(&plan.home(), shard, last)? } else { None };
    if writes {
        sweep(&plan);
    }
    let targets = plan.jobs.iter().map(|job| plan.target(job));
    let owners = Owners::around(targets, Some(&plan.home()));
    tell_damaged(owners.damaged().map(Path::to_owned));
    let setups = Setups::new(args.tools.options(), order);
    let registers = Registers::default();
    let unused = Unused::new(&order.params);
    let run = Run {
        plan: &plan,
        setups: &setups,
        record: &record,
        origins: &origins,
        owners: &owners,
        order,
        task,
        threads: batch::threads(args.batch.jobs.map(usize::from)),
        unused: &unused,
        look_up: &|numbered| registers.look_up(numbered),
    };
    let mut tally = Tally::new(args, task, journal);
    for (row, finding) in failed {
        let findings = vec![finding];
        tally.row(row.found(0.0, &findings), findings);
    }
    tally.run(&run);
    if tally.counts().of(State::Undone) == 0 {
        unused.told_of(whose(args)).iter().for_each(|line| terminal::note(line));
    }
    if !args.batch.quiet {
        tell_left_over(&left);
    }
    let left_over = left.iter().map(|it| shown(it)).collect();
    let root = plan.roots.first().map_or(Path::new(""), PathBuf::as_path);
    let made = Some(setups.made(root));
    tally.end(Session { share, made, left_over, ..session(name(task), &paths(args)) })
}

/// A link to nowhere led to notices where the record has PDFs of them.
fn fell_out(chosen: &mut Chosen, record: &Record) {
    for job in std::mem::take(&mut chosen.nowhere) {
        if chosen.plan.has_below(record, &job) {
            let path = chosen.plan.source(&job);
            let why = reason(&io::ErrorKind::NotFound.into());
            chosen.fail(&path, batch::unreadable(&path, &why));
        }
    }
}

fn task(batch: &args::Batch) -> Task {
    match batch {
        it if it.check => Task::Check,
        it if it.dry_run => Task::DryRun,
        it if it.force => Task::Force,
        _ => Task::Build,
    }
}

/// A task's name in reports.
fn name(task: Task) -> &'static str {
    match task {
        Task::Build | Task::Force => "build",
        Task::DryRun => "dry-run",
        Task::Check => "check",
    }
}

/// What is said of a parameter that no notice of the run has.
fn whose(args: &args::Build) -> &'static str {
    let batch = &args.batch;
    if batch.shard.is_some() {
        "分给这一台的通知都没有用到；别的台有用到的，不要紧"
    } else if !batch.include.is_empty() || !batch.exclude.is_empty() {
        "选中的通知都没有用到，请核对名称"
    } else {
        "没有一份通知用到，请核对名称"
    }
}

/// Whether lines were lost that may have told of PDFs that this run is to write.
fn lacks(record: &Record, plan: &Plan) -> bool {
    let lacks = |job| record.may_lack(&plan.key(job), &plan.target(job));
    record.is_unfinished() && plan.jobs.iter().any(lacks)
}

/// Names the folders whose records cannot be read in part or at all.
pub(super) fn tell_damaged(folders: impl IntoIterator<Item = PathBuf>) {
    for folder in folders {
        terminal::note(&format!(
            "提醒：“{}”里的记录坏了、不全，或读不了；其中的 PDF 是哪份通知的，有的不知道了，同名的会被盖掉",
            shown(&seen(&folder))
        ));
    }
}

/// Names the PDFs of earlier runs whose notices are gone: nobody should send them.
fn tell_left_over(left: &[PathBuf]) {
    let told = |path: &PathBuf| {
        format!("{} 的通知已经没有了；不再用的 PDF 请自己删去", shown(path))
    };
    let left: Vec<String> = left.iter().map(told).collect();
    terminal::note_first(&left, |more| format!("另有 {more} 份 PDF 也是这样"));
}

/// What makes no sense for many notices.
fn refuse(args: &args::Build) -> Result<(), Error> {
    let dash = |path: &PathBuf| path == Path::new("-");
    let what = if args.files.iter().any(dash) || args.output.as_ref().is_some_and(dash) {
        "标准输入、标准输出"
    } else if args.separate {
        " --separate"
    } else if args.open {
        " --open"
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

/// What a run that was killed left behind goes.
fn sweep(plan: &Plan) {
    let targets = plan.jobs.iter().map(|job| plan.target(job));
    let folders: HashSet<PathBuf> = targets.map(|it| folder_of(&it).to_owned()).collect();
    for folder in folders {
        files::sweep(&folder);
    }
}

/// The record to go on with after its last word.
pub fn journal(
    home: &Path,
    shard: Option<Shard>,
    last: u64,
) -> Result<Option<Journal>, Error> {
    let unwritable = |error: io::Error| output::unwritable(home, &error);
    std::fs::create_dir_all(home).map_err(unwritable)?;
    let path = home.join(batch::record_name(shard));
    match Journal::open(&path, last) {
        Ok(journal) => Ok(Some(journal)),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            Err(Error::command(format!("另一个 hongtou 正在往“{}”里写", home.display()))
                .hint("等它结束；或用 -o 写到别的文件夹"))
        }
        Err(error) => {
            let (shown, why) = (shown(&path), reason(&error));
            let why = if error.kind() == io::ErrorKind::InvalidInput {
                "它不是一个普通的文件".to_owned()
            } else {
                why
            };
            let error = Error::command(format!("记录“{shown}”写不了：{why}"));
            Err(if path.exists() {
                error.hint("检查文件夹的权限；或删去它：下次会全部重排，哪份 PDF 是哪份通知的也不再知道")
            } else {
                error.hint("检查文件夹的权限；或用 -o 写到别的文件夹")
            })
        }
    }
}
