//! Which notices are built, and where their PDFs go.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::args;
use crate::batch::report::{Row, State};
use crate::batch::{
    self, Choice, Job, Plan, find, is_candidate, looks_like_notice, same_file, unreadable,
};
use crate::commands::output;
use crate::diag::{Diagnostic, Error};
use crate::paths::{folder_of, shown};
use crate::pipeline::read_input;
use crate::terminal;

/// What was chosen, and what could not even be looked into.
pub struct Chosen {
    pub plan: Plan,
    pub failed: Vec<(Row, Diagnostic)>,
    /// Links to nowhere that may have led to folders of notices.
    pub nowhere: Vec<Job>,
    /// Folders that were left out because PDFs go there.
    outputs: Vec<(usize, PathBuf)>,
}

impl Chosen {
    /// Takes what cannot be looked into.
    pub fn fail(&mut self, path: &Path, finding: Diagnostic) {
        let row = Row::new(shown(path), String::new(), State::Failed);
        self.failed.push((row, finding));
    }
}

/// Looks for all that the command line asks for.
///
/// # Errors
/// There is nothing; several notices would go into one file; the output cannot be one.
pub fn chosen(args: &args::Build) -> Result<Chosen, Error> {
    let choice = Choice::new(&args.batch.include, &args.batch.exclude)?;
    let named = args.output.as_ref().filter(|it| output::names_pdf(it));
    let output = args.output.clone().filter(|_| named.is_none());
    output.as_deref().map_or(Ok(()), output::takes_folder)?;
    let mut chosen = look(args, &choice, output);
    if args.files.len() > 1 {
        once(&mut chosen.plan);
    }
    if let Some(named) = named {
        name(&mut chosen.plan, named)?;
    }
    if chosen.plan.jobs.is_empty() && chosen.failed.is_empty() {
        return Err(nothing(args));
    }
    choice.idle().for_each(|(option, text)| {
        terminal::note(&format!("{option} 后面的“{text}”没有对上任何文件，请核对名称"));
    });
    no_notices_in_outputs(&chosen, &choice)?;
    no_clashes(&chosen.plan)?;
    Ok(chosen)
}

fn look(args: &args::Build, choice: &Choice, output: Option<PathBuf>) -> Chosen {
    let without = output.as_ref().and_then(|path| path.canonicalize().ok());
    let plan = Plan { output, ..Plan::default() };
    let (failed, nowhere, outputs) = (Vec::new(), Vec::new(), Vec::new());
    let mut chosen = Chosen { plan, failed, nowhere, outputs };
    for path in &args.files {
        let plan = &mut chosen.plan;
        let root = plan.roots.len();
        if !path.is_dir() {
            let name = Path::new(path.file_name().unwrap_or_default());
            if !choice.takes(folder_of(path), name) {
                continue;
            }
            plan.roots.push(path.parent().unwrap_or(Path::new("")).to_owned());
            plan.jobs.push(Job { root, path: name.into(), named: true });
            continue;
        }
        plan.roots.push(path.clone());
        let found = find(root, path, choice, without.as_deref(), is_candidate);
        for path in &found.loops {
            terminal::note(&format!("跳过 {}：这个链接绕回了上级文件夹", shown(path)));
        }
        if found.jobs.is_empty() && args.files.len() > 1 {
            terminal::note(&format!("“{}”里没有要排的通知", shown(path)));
        }
        plan.jobs.extend(found.jobs);
        chosen.nowhere.extend(found.nowhere);
        chosen.outputs.extend(found.outputs.into_iter().map(|it| (root, it)));
        for (path, why) in &found.unreadable {
            chosen.fail(path, unreadable(path, why));
        }
    }
    chosen
}

/// No notice is left out without a word because PDFs go where it lies.
fn no_notices_in_outputs(chosen: &Chosen, choice: &Choice) -> Result<(), Error> {
    for (root, output) in &chosen.outputs {
        let is_notice = |path: &Path| {
            let read = || read_input(path);
            is_candidate(path) && read().is_ok_and(|it| looks_like_notice(&it.bytes))
        };
        let found = find(0, output, choice, None, is_notice);
        let Some(first) = found.jobs.first() else { continue };
        let (shown_output, count) = (shown(output), found.jobs.len());
        let first = shown(&output.join(&first.path));
        let root = chosen.plan.roots.get(*root).map_or(Path::new(""), PathBuf::as_path);
        let inside = shown(output.strip_prefix(root).unwrap_or(output));
        let message = format!(
            "PDF 要写到“{shown_output}”，那里有 {count} 份通知（“{first}”），不会排：一份也没有写"
        );
        return Err(Error::command(message)
            .hint("-o 后面换一个文件夹")
            .hint(format!("那里的通知不用排的，加 --exclude {inside}")));
    }
    Ok(())
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

/// The PDF that -o names is the only notice's; files of other programs do not count.
fn name(plan: &mut Plan, named: &Path) -> Result<(), Error> {
    if plan.jobs.len() > 1 {
        let mut jobs = std::mem::take(&mut plan.jobs);
        jobs.retain(|job| {
            let input = read_input(&plan.source(job));
            job.named || input.is_ok_and(|it| looks_like_notice(&it.bytes))
        });
        plan.jobs = jobs;
    }
    if plan.jobs.len() > 1 {
        return Err(output::one_file(named));
    }
    output::takes_pdf(named)?;
    plan.output = Some(folder_of(named).to_owned());
    plan.named = Some(named.to_owned());
    Ok(())
}

fn nothing(args: &args::Build) -> Error {
    if args.batch.include.is_empty() && args.batch.exclude.is_empty() {
        let error = Error::command("文件夹里没有通知");
        let real = |path: &Path| path.canonicalize().ok();
        let out = args.output.as_deref().and_then(real);
        let inside = |out: &Path| {
            args.files.iter().filter_map(|it| real(it)).any(|it| out.starts_with(it))
        };
        return if out.is_some_and(|out| inside(&out)) {
            error.hint("-o 写出的文件夹在里面，那里的文件不算；写到外面去")
        } else {
            error.hint("通知是以 .yaml 结尾的文件；检查路径")
        };
    }
    Error::command("--include、--exclude 一份通知也没有选中").hint(
        "样式是所写文件夹里面的路径，* 代表任意文字，如 季度、\"*月.yaml\"、\"季度/*\"",
    )
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
        Some(same_file((&x, &plan.target(a)), (&y, &plan.target(b))))
    });
    let said = said.collect::<Vec<_>>().join("；\n");
    Err(Error::command(said).hint("改名，或分开生成；一份也没有写"))
}
