//! One notice of a batch: is it up to date, what does it come to, where does it go.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::report::{State, Told};
use super::{
    ELSEWHERE, Entry, Job, Origins, Owners, Parts, Plan, Record, Setup, Setups, Trouble,
    Unused, Wanted, Why, no_notice, no_pdf,
};
use crate::diag::{self, Diagnostic, Error, Kept, reason, way_out};
use crate::digest::Digest;
use crate::files;
use crate::notice::edit;
use crate::notice::number::Number;
use crate::notice::source::Source;
use crate::paths::{read_start, shown};
use crate::pipeline::{Input, Numbered, Order, check_order, of_number, read_input};
use crate::{typeset, workspace};

/// What is done with each notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Build what is not up to date.
    Build,
    /// Build all.
    Force,
    /// Say what would be built.
    DryRun,
    /// Build all in memory, and compare.
    Check,
}

/// What all threads of a run share.
pub struct Run<'a> {
    /// The notices.
    pub plan: &'a Plan,
    /// Their workshops.
    pub setups: &'a Setups,
    /// What earlier runs did.
    pub record: &'a Record,
    /// Whose the record's PDFs are.
    pub origins: &'a Origins,
    /// Whose they are by all other records.
    pub owners: &'a Owners,
    /// How they are built.
    pub order: &'a Order,
    /// What is done.
    pub task: Task,
    /// How many threads there are.
    pub threads: usize,
    /// Parameters of the command line that no notice had so far.
    pub unused: &'a Unused,
    /// Looks a number up in a register.
    pub look_up: &'a (dyn Fn(&Numbered) -> Option<Diagnostic> + Sync),
}

/// What one notice came to.
#[derive(Debug)]
pub struct Done {
    /// Its position in the plan.
    pub at: usize,
    /// What became of it.
    pub state: State,
    /// Why it was or would be built.
    pub why: Option<Why>,
    /// Why it is no notice.
    pub no_notice: Option<&'static str>,
    /// Pages of the PDF.
    pub pages: usize,
    /// What the PDF comes to, in words.
    pub extent: String,
    /// What was adjusted, in words.
    pub adjusted: String,
    /// Bytes of the PDF.
    pub bytes: u64,
    /// How long it took.
    pub milliseconds: f64,
    /// What was found.
    pub findings: Vec<Diagnostic>,
    /// What was found when it was built, where it is not built now.
    pub told: Vec<Told>,
    /// For the record.
    pub entry: Option<(Entry, Parts)>,
    /// Its 发文字号, once it has all its parts.
    pub number: Option<Box<str>>,
    /// What ends the whole run.
    pub fatal: Option<Error>,
}

impl Done {
    fn new(at: usize, state: State) -> Self {
        Self {
            at,
            state,
            why: None,
            no_notice: None,
            pages: 0,
            extent: String::new(),
            adjusted: String::new(),
            bytes: 0,
            milliseconds: 0.0,
            findings: Vec::new(),
            told: Vec::new(),
            entry: None,
            number: None,
            fatal: None,
        }
    }

    fn failed(at: usize, findings: Vec<Diagnostic>) -> Self {
        Self { findings, ..Self::new(at, State::Failed) }
    }
}

impl Run<'_> {
    /// Does one notice. Never panics: a bug that one notice brings out stops no other.
    pub fn one(&self, at: usize) -> Done {
        let start = Instant::now();
        let done = guarded(|| self.try_one(at));
        let mut done = done.unwrap_or_else(|finding| Done::failed(at, vec![finding]));
        done.milliseconds = start.elapsed().as_secs_f64() * 1000.0;
        done
    }

    fn try_one(&self, at: usize) -> Done {
        let Some(job) = self.plan.jobs.get(at) else {
            return Done::failed(at, vec![bug()]);
        };
        let input = match read_input(&self.plan.source(job)) {
            Ok(input) => input,
            Err(finding) => {
                self.unused.give_up();
                return Done::failed(at, vec![finding]);
            }
        };
        // One that was named or built before is at fault if it is no notice.
        let meant = job.named || self.record.get(&self.plan.key(job)).is_some();
        let no_notice =
            no_notice(&input.bytes).filter(|_| !meant && !is_misnamed(&input));
        if no_notice.is_some() {
            return Done { no_notice, ..Done::new(at, State::Skipped) };
        }
        self.unused.see(&input.name, &input.bytes);
        let mut done = self.notice(at, job, &input);
        // Of one that was built its pages told, or the record.
        if matches!(done.state, State::Failed | State::Planned) && done.number.is_none() {
            done.number = number_in(&input);
        }
        done
    }

    fn notice(&self, at: usize, job: &Job, input: &Input) -> Done {
        let setup = match self.setups.of(&input.folder) {
            Ok(setup) if setup.findings.is_empty() => setup,
            Ok(setup) => return Done::failed(at, setup.findings.clone()),
            Err(error) => {
                return Done { fatal: Some(error), ..Done::new(at, State::Undone) };
            }
        };
        let why = match self.why(job, input, &setup) {
            Ok(entry) => return self.unchanged(at, job, entry, input, &setup),
            Err(why) => why,
        };
        if let Some(finding) = self.in_the_way(job, input, &why) {
            return Done::failed(at, vec![finding]);
        }
        match self.task {
            Task::DryRun => self.plan(at, why, input, &setup),
            Task::Check => self.build(at, job, input, &setup),
            Task::Build | Task::Force => {
                Done { why: Some(why), ..self.build(at, job, input, &setup) }
            }
        }
    }

    fn unchanged(
        &self,
        at: usize,
        job: &Job,
        entry: &Entry,
        input: &Input,
        setup: &Setup,
    ) -> Done {
        let (mut findings, mut told) = (Vec::new(), entry.told_of(&input.name));
        match self.again(job, entry, input, setup) {
            Some(finding) if finding.place.is_some() => told.push(Told::from(&finding)),
            finding => findings.extend(finding),
        }
        Done {
            pages: entry.pages as usize,
            bytes: entry.bytes,
            adjusted: entry.adjusted.as_deref().unwrap_or_default().into(),
            findings,
            told,
            number: entry.number.clone(),
            entry: self.moved(job, input, entry).map(|entry| (entry, setup.parts)),
            ..Done::new(at, State::Unchanged)
        }
    }

    /// What would be built, or fail: as far as can be seen without a layout.
    fn plan(&self, at: usize, why: Why, input: &Input, setup: &Setup) -> Done {
        let checked = check_order(input, self.order, setup.workspace.as_ref());
        let mut findings = checked.findings;
        if findings.iter().any(Diagnostic::is_error) {
            diag::sort(&mut findings);
            return Done::failed(at, findings);
        }
        Done { why: Some(why), ..Done::new(at, State::Planned) }
    }

    /// What keeps a PDF from being written, compared or replaced.
    fn in_the_way(&self, job: &Job, input: &Input, why: &Why) -> Option<Diagnostic> {
        let target = self.plan.target(job);
        if let Some(file) = target.ancestors().skip(1).find(|it| it.is_file()) {
            return Some(no_folder(file, &target));
        }
        if let Why::Unreadable(reason) = why {
            return Some(unreadable(&target, reason));
        }
        if target.is_dir() {
            return Some(unwritten(&target, &io::ErrorKind::IsADirectory.into()));
        }
        let (source, key) = (self.plan.source(job), self.plan.key(job));
        let notice = Digest::of(&input.bytes);
        let wanted = Wanted { source: &source, notice, target: &target, roster: None };
        let known = self.record.get(&key).map(|it| (it, self.origins));
        let other = self.owners.refusal(&wanted, known, ELSEWHERE);
        other.or_else(|| if self.task == Task::Check { None } else { kept(&target) })
    }

    /// The entry of a notice that was moved, unless it still is at the old place as well.
    fn moved(&self, job: &Job, input: &Input, entry: &Entry) -> Option<Entry> {
        let source = self.plan.source(job);
        let name = self.origins.name(&source);
        let stays = entry.from.as_deref() == Some(&*name)
            || self.origins.is_of_other(entry, &source, Digest::of(&input.bytes));
        let moved =
            || Entry { from: Some(name), linked: self.linked(job), ..entry.clone() };
        (!stays).then(moved)
    }

    fn linked(&self, job: &Job) -> Option<Box<str>> {
        let root = self.plan.roots.get(job.root).map_or(Path::new(""), PathBuf::as_path);
        self.origins.linked(root, &job.path)
    }

    fn why(&self, job: &Job, input: &Input, setup: &Setup) -> Result<&Entry, Why> {
        if matches!(self.task, Task::Force | Task::Check) {
            return Err(Why::Asked);
        }
        let (key, target) = (self.plan.key(job), self.plan.target(job));
        self.record.why(&key, &input.bytes, setup, &input.folder, &target)
    }

    /// The register may say something else of a number than when its notice was built.
    fn again(
        &self,
        job: &Job,
        entry: &Entry,
        input: &Input,
        setup: &Setup,
    ) -> Option<Diagnostic> {
        let written = entry.number.as_deref()?;
        let number = Number::of_order(written).ok()?;
        let (workspace, file) = (setup.workspace.as_ref()?, self.plan.source(job));
        let (file, text) = (file.as_path(), input.bytes.as_slice());
        let finding =
            (self.look_up)(&Numbered { workspace, number: &number, file, text })?;
        let source = Source::decode(&input.name, &input.bytes).ok()?;
        let place = edit::number_at(&source).unwrap_or_else(|| source.line_place(1));
        Some(of_number(finding, Some(place)))
    }

    fn build(&self, at: usize, job: &Job, input: &Input, setup: &Arc<Setup>) -> Done {
        let workshop = match setup.workshop() {
            Ok(workshop) => workshop,
            Err(Trouble::Notice(finding)) => return Done::failed(at, vec![finding]),
            Err(Trouble::Run(error)) => {
                return Done { fatal: Some(error), ..Done::new(at, State::Undone) };
            }
        };
        let mut built = workshop.build(input, self.order);
        typeset::forget_beside(self.threads);
        let source = self.plan.source(job);
        let read = (source.as_path(), input.bytes.as_slice());
        built.look_up(setup.workspace.as_ref(), read, self.look_up);
        let mut done = Done::new(at, State::Failed);
        done.number = built.number().map(|it| it.to_string().into());
        let Some(pdf) = built.pdf.take() else {
            return Done { findings: built.findings, ..done };
        };
        let target = self.plan.target(job);
        let from = self.origins.name(&source);
        let entry = Entry {
            linked: self.linked(job),
            ..Entry::of(from, input, &built, &pdf, &setup.parts)
        };
        (done.pages, done.bytes) = (built.pages, pdf.len() as u64);
        (done.extent, done.adjusted) = (built.extent(), built.adjustment);
        done.findings = built.findings;
        if self.task == Task::Check {
            return compared(done, &target, &pdf);
        }
        if let Err(error) = self.put(&target, &pdf) {
            done.findings.push(unwritten(&target, &error));
            return done;
        }
        Done { state: State::Built, entry: Some((entry, setup.parts)), ..done }
    }

    fn put(&self, target: &Path, pdf: &[u8]) -> io::Result<()> {
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        files::write(target, pdf)
    }
}

/// What a comparison with the PDF that is there comes to.
fn compared(done: Done, target: &Path, pdf: &[u8]) -> Done {
    match read_start(target, pdf.len() as u64 + 1) {
        Ok(old) if old == pdf => Done { state: State::Same, ..done },
        Ok(_) => Done { state: State::Differs, ..done },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Done { state: State::Missing, ..done }
        }
        Err(error) => Done::failed(done.at, vec![unreadable(target, &reason(&error))]),
    }
}

/// The 发文字号 that a notice's file has, whatever else is wrong with it.
pub fn number_in(input: &Input) -> Option<Box<str>> {
    let source = Source::decode(&input.name, &input.bytes).ok()?;
    let number: Number = edit::number_of(&source)?.trim().parse().ok()?;
    number.serial.is_some().then(|| number.to_string().into())
}

/// Whether a file is meant for the workspace's: that is told, however little is in it.
fn is_misnamed(input: &Input) -> bool {
    let source = Source::decode(&input.name, &input.bytes);
    source.is_ok_and(|it| workspace::misnamed(&it).is_some())
}

/// What to say of a PDF in a folder that is none.
fn no_folder(file: &Path, target: &Path) -> Diagnostic {
    let (file, target) = (shown(file), shown(target));
    let message = format!("“{file}”是文件，不是文件夹，“{target}”写不进去");
    Diagnostic::error("B101", message).hint("把它移走，或给它改名，再运行一次")
}

fn unreadable(target: &Path, reason: &str) -> Diagnostic {
    let message = format!("不知道“{}”是不是最新的：它读不了，{reason}", shown(target));
    Diagnostic::error("B105", message).hint("改好它的权限，或者删去它，再运行一次")
}

/// What nobody may write over: a file that is no PDF, or that somebody has set read-only.
fn kept(target: &Path) -> Option<Diagnostic> {
    let fixed = || {
        let there = target.metadata().ok().filter(std::fs::Metadata::is_file)?;
        let fixed = there.permissions().readonly();
        fixed.then(|| unwritten(target, &io::Error::other(Kept)))
    };
    no_pdf(target).or_else(fixed)
}

fn unwritten(target: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("写不了“{}”：{}", shown(target), reason(error));
    Diagnostic::error("B101", message).hint(way_out(error))
}

/// Work that may panic: a bug that one notice brings out is a finding of that notice.
///
/// # Errors
/// It panicked.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| bug())
}

fn bug() -> Diagnostic {
    Diagnostic::error("B102", "程序自己出了错，这一份没有排成")
        .hint("其余的不受影响；请把这份通知和上面的英文信息交给维护人员")
}
