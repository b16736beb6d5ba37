//! `hongtou renew`: next year's drafts from this year's notices.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::build::unwritable;
use super::input::params;
use super::output;
use crate::args;
use crate::batch::{Choice, Job, find, is_candidate, looks_like_notice};
use crate::diag::{Diagnostic, Error, reason};
use crate::notice::files::Used;
use crate::notice::source::Source;
use crate::notice::variables::Params;
use crate::pipeline::{self, read_input};
use crate::renew::{self, Item, Renewed, What, YEAR};
use crate::{terminal, workspace};

/// Writes the drafts, with the files they use, and lists what was done.
///
/// # Errors
/// A notice that cannot be renewed; a draft that is there already.
pub fn renew(args: &args::Renew) -> Result<(), Error> {
    let set = params(&args.set)?;
    let year = year(&set)?;
    let choice = Choice::new(&args.include, &args.exclude)?;
    let (root, jobs, unreadable) = jobs(args, &choice)?;
    terminal::show(&unreadable);
    if let Some(output) = &args.output
        && output
            .canonicalize()
            .is_ok_and(|it| root.canonicalize().is_ok_and(|root| root == it))
    {
        return Err(
            Error::command("草稿不能写回原来的文件夹").hint("-o 后面写另一个文件夹")
        );
    }
    let mut unused: BTreeSet<&str> = set.keys().map(String::as_str).collect();
    unused.retain(|name| !YEAR.contains(name));
    let (mut written, mut failed) = (0, !unreadable.is_empty());
    for job in &jobs {
        let file = root.join(&job.path);
        match one(args, &root, job, year, &set) {
            Ok(Some(new)) => {
                written += 1;
                list(&file, &new.items);
                unused.retain(|name| !new.params.iter().any(|it| it == name));
            }
            Ok(None) => {}
            Err(Failure::Finding(finding)) => {
                failed = true;
                terminal::show(&[finding]);
            }
            Err(Failure::Unwritten(error)) => {
                failed = true;
                terminal::fail(&error);
            }
        }
    }
    for name in unused {
        terminal::note(&format!("没有一份通知有参数“{name}”"));
    }
    let done = if args.dry_run { "要写出" } else { "已写出" };
    terminal::note(&format!(
        "{done} {written} 份草稿；请逐份核对没有改的年份和要看的日期"
    ));
    if failed { Err(Error::document()) } else { Ok(()) }
}

enum Failure {
    Finding(Diagnostic),
    Unwritten(Error),
}

fn year(set: &Params) -> Result<i32, Error> {
    let text = YEAR.iter().find_map(|name| set.get(*name));
    let year = text.and_then(|text| text.trim().trim_end_matches('年').parse().ok());
    year.filter(|year| (1950..2190).contains(year)).ok_or_else(|| {
        Error::command("要写明新的一年").hint("例如 --set 年度=2027，四位数字")
    })
}

/// The folder, the notices in it and what cannot be read; or a notice and its folder.
fn jobs(
    args: &args::Renew,
    choice: &Choice,
) -> Result<(PathBuf, Vec<Job>, Vec<Diagnostic>), Error> {
    let path = &args.path;
    if path.is_dir() {
        let without = args.output.as_ref().and_then(|it| it.canonicalize().ok());
        let found = find(0, path, choice, without.as_deref(), is_candidate);
        let unreadable = found.findings().collect();
        return Ok((path.clone(), found.jobs, unreadable));
    }
    if !path.is_file() {
        return Err(Error::command(format!("没有“{}”", path.display())).hint("检查路径"));
    }
    let name = Path::new(path.file_name().unwrap_or_default());
    let root = path.parent().unwrap_or(Path::new("")).to_owned();
    Ok((root, vec![Job { root: 0, path: name.into() }], Vec::new()))
}

/// One draft; `None` for what is no notice.
fn one(
    args: &args::Renew,
    root: &Path,
    job: &Job,
    year: i32,
    set: &Params,
) -> Result<Option<Renewed>, Failure> {
    let input = read_input(&root.join(&job.path)).map_err(Failure::Finding)?;
    if !looks_like_notice(&input.bytes) {
        return Ok(None);
    }
    let source = Source::decode(&input.name, &input.bytes).map_err(Failure::Finding)?;
    let new = renew::renew(&source, year, set).map_err(Failure::Finding)?;
    if let (Some(output), false) = (&args.output, args.dry_run) {
        let target = output.join(&job.path);
        put(&target, new.text.as_bytes()).map_err(Failure::Unwritten)?;
        let (from, to) = (&input.folder, target.parent().unwrap_or(output));
        let used = pipeline::check(&input, None).folders.take_used();
        bring(from, to, &used).map_err(Failure::Unwritten)?;
        home(root, output).map_err(Failure::Unwritten)?;
    }
    Ok(Some(new))
}

/// A new file in a new folder; one that is there stays.
fn put(target: &Path, bytes: &[u8]) -> Result<(), Error> {
    if target.exists() {
        return Err(Error::command(format!("“{}”已经存在，没有动它", target.display()))
            .hint("先移走它，或用 -o 写到别的文件夹"));
    }
    let told = |error| unwritable(target, &error);
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(told)?;
    }
    output::write(target, bytes).map_err(told)
}

/// Copies the files that lie below the notice's folder and are not there yet.
fn bring(from: &Path, to: &Path, used: &[Used]) -> Result<(), Error> {
    for used in used.iter().filter(|used| used.digest.is_some()) {
        let path = used.path.replace('\\', "/");
        let target = to.join(&path);
        if !target.exists() {
            copy(&from.join(&path), &target)?;
            terminal::say(&format!(
                "{}: 照抄，里面的年份和日期请自己核对",
                target.display()
            ));
        }
    }
    Ok(())
}

/// `hongtou.yaml` of the folder goes along.
fn home(root: &Path, output: &Path) -> Result<(), Error> {
    let (from, to) = (root.join(workspace::NAME), output.join(workspace::NAME));
    if from.is_file() && !to.exists() {
        copy(&from, &to)?;
        if let Ok(workspace) = workspace::read(root) {
            bring(root, output, &workspace.used)?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let bytes = std::fs::read(from).map_err(|error| {
        Error::command(format!("“{}”读不了：{}", from.display(), reason(&error)))
    })?;
    put(to, &bytes)
}

/// Every place with its line.
fn list(file: &Path, items: &[Item]) {
    for Item { line, what, around } in items {
        let said = match what {
            What::Replaced(old, new) => format!("{old} → {new}"),
            What::Kept(year, why) => format!("没有改 {year}（{why}）"),
            What::Review(what, why) => format!("请看 {what}：{why}"),
        };
        terminal::say(&format!("{}:{line}: {said}　〔{around}〕", file.display()));
    }
}
