//! `hongtou report`: reports of several runs become one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::batch::numbers::Numbers;
use super::input::read_file;
use super::output::unwritable;
use super::reports::{report_path, write_report};
use crate::args;
use crate::batch::report::{Joined, Report, Row, Session, Share, joined, wholes};
use crate::batch::{Shard, lacking};
use crate::diag::Error;
use crate::paths::shown;
use crate::terminal;

/// Merges reports and tells what they come to.
///
/// # Errors
/// A notice of them failed; a machine's share lacks; a file that is no report.
pub fn report(args: &args::Report) -> Result<(), Error> {
    report_path(args.output.as_deref())?;
    no_input(args)?;
    let named = files(args).map(|file| Ok((shown(file), read(file)?)));
    let joined = joined(named.collect::<Result<_, Error>>()?);
    let Joined { mut report, replaced } = joined.map_err(|(a, b)| different(a, b))?;
    replaced.iter().for_each(|line| terminal::note(line));
    let mut numbers = numbers(&report);
    numbers.report(&mut report.files);
    numbers.tell();
    if let Some(output) = &args.output {
        no_other(output, &report)?;
        write_report(output, &report)?;
    }
    if args.output.as_deref() != Some(Path::new("-")) {
        terminal::list(&told(&report))
            .map_err(|error| unwritable(Path::new("标准输出"), &error))?;
    }
    let runs = &report.runs;
    let faults = unfinished(runs).chain(mixed(runs)).chain(lacks(runs));
    let faults: Vec<Error> = faults.chain(differ(runs)).collect();
    faults.iter().for_each(terminal::fail);
    if !faults.is_empty() || report.files.iter().any(Row::is_bad) {
        return Err(Error::document());
    }
    Ok(())
}

/// The files that are named, each once.
fn files(args: &args::Report) -> impl Iterator<Item = &Path> {
    let mut seen = HashSet::new();
    let real = |file: &Path| file.canonicalize().unwrap_or_else(|_| file.to_owned());
    args.files.iter().map(PathBuf::as_path).filter(move |file| seen.insert(real(file)))
}

/// The joined report takes the place of none that it is made of.
fn no_input(args: &args::Report) -> Result<(), Error> {
    let Some(output) = &args.output else { return Ok(()) };
    let real = |path: &Path| path.canonicalize().ok();
    let place = real(output).filter(|it| it.is_file());
    if place.is_none() || args.files.iter().all(|file| real(file) != place) {
        return Ok(());
    }
    Err(Error::command(format!("“{}”是要合并的报告之一，不会盖掉它", shown(output)))
        .hint("-o 后面换一个名称"))
}

/// Nor does it take the place of a report that is nowhere else, or of no report at all.
fn no_other(output: &Path, report: &Report) -> Result<(), Error> {
    if !output.is_file() {
        return Ok(());
    }
    let shown = shown(output);
    let refused = |what: &str| {
        Error::command(format!("“{shown}”{what}，不会盖掉它"))
            .hint("-o 后面换一个名称；这个文件不要了的，先删去")
    };
    let old = read(output).map_err(|_| refused("不是合并的报告"))?;
    let known = old.runs.iter().all(|run| report.runs.contains(run));
    if known || old.runs.len() > 1 {
        return Ok(());
    }
    Err(refused("是另一次生成的报告，没有写进命令里"))
}

fn different(a: Shard, b: Shard) -> Error {
    let message = format!("{a} 和 {b} 不是同一次分的：“共几”不一样，合起来不是全部");
    Error::command(message).hint("各台用同样的“共几”生成；只把这一次的报告写进命令里")
}

/// What was not built, by machine and folder where there are several, and the sum.
fn told(report: &Report) -> Vec<String> {
    let mut places: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for run in &report.runs {
        places.entry((&run.machine, &run.folder)).or_default();
    }
    let several = places.len() > 1;
    for row in report.files.iter().filter(|row| row.is_bad()) {
        let run = report.runs.get(row.run);
        let place = run.map_or(("", ""), |run| (&run.machine, &run.folder));
        places.entry(place).or_default().push(row.fault());
    }
    let mut lines = Vec::new();
    for ((machine, folder), faults) in places {
        if several && !faults.is_empty() && !machine.is_empty() {
            lines.push(format!("{machine} 的“{folder}”："));
        }
        lines.extend(faults);
    }
    let (all, counts) = (report.files.len(), report.counts());
    lines.push(format!("共 {all} 份：{}", counts.words()));
    lines
}

/// The numbers of all notices. One that was seen twice in one place, or in places of one name
/// on two machines, is one notice.
fn numbers(report: &Report) -> Numbers {
    let mut numbers = Numbers::default();
    let mut seen = HashSet::new();
    let mut named: HashMap<&str, &str> = HashMap::new();
    for row in &report.files {
        let Some(number) = row.number.as_deref() else { continue };
        let run = report.runs.get(row.run);
        let machine = run.map_or("", |run| run.machine.as_str());
        let whole = run.map_or_else(|| (&row.file).into(), |run| run.whole(&row.file));
        if !seen.insert((machine, whole.clone())) {
            continue;
        }
        match named.insert(&row.file, machine) {
            None => numbers.add(number.into(), &row.file),
            Some(other) if other == machine => numbers.add(number.into(), &shown(&whole)),
            Some(_) => {}
        }
    }
    numbers
}

/// Runs that did not come to their ends.
fn unfinished(runs: &[Session]) -> impl Iterator<Item = Error> {
    runs.iter().filter(|run| run.unfinished).map(|run| {
        let (machine, folder) = (&run.machine, &run.folder);
        let message = format!("{machine} 在“{folder}”里的一次没有做成，或没有做完");
        Error::command(message).hint("看那一次屏幕上说的；改好后再运行一次")
    })
}

/// What was built and what was only looked at are no whole.
fn mixed(runs: &[Session]) -> Option<Error> {
    let kind = |run: &Session| match run.task.as_str() {
        "dry-run" => " --dry-run（没有生成）的",
        "check" => " --check（没有生成）的",
        _ => "生成的",
    };
    let kinds: BTreeSet<&str> =
        runs.iter().filter(|it| !it.unfinished).map(kind).collect();
    (kinds.len() > 1).then(|| {
        let kinds: Vec<String> = kinds.iter().map(|it| format!("有的是{it}")).collect();
        let message = format!("这些报告不是一种：{}，合不成全部", kinds.join("，"));
        Error::command(message).hint("只把同一种的写进命令里")
    })
}

/// Shares of one whole that were made with different things.
fn differ(runs: &[Session]) -> impl Iterator<Item = Error> {
    let wholes = wholes(&runs.iter().collect::<Vec<_>>());
    wholes.into_iter().filter_map(move |whole| {
        let mut shares = whole.iter().filter_map(|at| {
            let run = &runs[*at];
            Some((run.share.as_ref()?.shard, run.made.as_ref()?))
        });
        let (first, made) = shares.next()?;
        let mut others =
            shares.filter_map(|(it, other)| Some((it, made.difference(other)?)));
        let (other, what) = others.next()?;
        let message = format!("第 {first} 份和第 {other} 份用的{what}不一样，合不成全部");
        Some(Error::command(message).hint("各台都换成一样的，排得不对的那一台再排一次"))
    })
}

/// What each list of notices that was shared out lacks for a whole.
fn lacks(runs: &[Session]) -> impl Iterator<Item = Error> {
    let wholes = wholes(&runs.iter().collect::<Vec<_>>());
    let several = wholes.len() > 1;
    let mixed = mixed(runs).is_some();
    wholes.into_iter().filter_map(move |whole| {
        let shares = whole.iter().filter_map(|at| runs[*at].share.as_ref());
        let whole: Vec<&Share> = shares.collect();
        let shards: Vec<Shard> = whole.iter().map(|it| it.shard).collect();
        let (gone, count) = lacking(&shards, NAMED).into_iter().next()?;
        let names: Vec<_> = gone.iter().map(ToString::to_string).collect();
        let more = if count > NAMED as u64 { "等" } else { "" };
        let of = whole.first().filter(|_| several);
        let of = of.map(|it| format!("共 {} 份通知的，", it.notices)).unwrap_or_default();
        let message = format!(
            "不是全部：{of}还缺 {count} 份报告（--shard {}{more}）",
            names.join("、")
        );
        let error = Error::command(message);
        let error = error.hint("把这几台的报告也写进命令里；没有跑过的先跑");
        Some(if several && !mixed {
            error.hint("分的不是同样的通知的，不能合成一份：先使各台文件夹的内容一样")
        } else {
            error
        })
    })
}

/// So many of the missing shares are named.
const NAMED: usize = 10;

/// How many bytes a report may have: those of a million notices.
const MOST: u64 = 512 * 1024 * 1024;

/// A report that is there.
///
/// # Errors
/// It cannot be read, or is none.
pub fn read(file: &Path) -> Result<Report, Error> {
    let name = shown(file);
    let way_out = "报告由 hongtou build 文件夹 --report 文件.json 写出；不要用 > 转存";
    let refused = |why: &str| Error::command(format!("“{name}”{why}")).hint(way_out);
    let bytes = read_file(file, MOST)?;
    let text = String::from_utf8(bytes).map_err(|_| refused("不是 UTF-8 编码"))?;
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let place = match column {
            0 => format!("第 {line} 行"),
            _ => format!("第 {line} 行第 {column} 列"),
        };
        refused(&format!("不是成批生成的报告（{place}）"))
    })
}
