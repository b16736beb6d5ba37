//! One notice of a batch: is it up to date, what does it come to, where does it go.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::report::{State, Told};
use super::{
    Entry, Job, Parts, Plan, Record, Setup, Setups, Trouble, Unused, Why, WriteFile,
    looks_like_notice,
};
use crate::diag::{self, Diagnostic, Error, reason};
use crate::digest::Digest;
use crate::notice::edit;
use crate::notice::number::Number;
use crate::notice::source::Source;
use crate::pipeline::{Input, Order, read_input};
use crate::typeset;

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
    /// How they are built.
    pub order: &'a Order,
    /// What is done.
    pub task: Task,
    /// How many threads there are.
    pub threads: usize,
    /// Parameters of the command line that no notice had so far.
    pub unused: &'a Unused,
    /// Looks a number up in a register.
    pub look_up: &'a (dyn Fn(&Path, &Number) -> Option<Diagnostic> + Sync),
    /// Writes a file, whole or not at all.
    pub write: WriteFile<'a>,
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
    /// Pages of the PDF.
    pub pages: usize,
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
    /// What ends the whole run.
    pub fatal: Option<Error>,
}

impl Done {
    fn new(at: usize, state: State) -> Self {
        Self {
            at,
            state,
            why: None,
            pages: 0,
            bytes: 0,
            milliseconds: 0.0,
            findings: Vec::new(),
            told: Vec::new(),
            entry: None,
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
            Err(finding) => return Done::failed(at, vec![finding]),
        };
        // One that was named or built before is at fault if it is no notice.
        let meant = job.named || self.record.knows(&self.plan.key(job));
        if !meant && !looks_like_notice(&input.bytes) {
            return Done::new(at, State::Skipped);
        }
        self.unused.see(&input.name, &input.bytes);
        let setup = match self.setups.of(&input.folder) {
            Ok(setup) if setup.findings.is_empty() => setup,
            Ok(setup) => return Done::failed(at, setup.findings.clone()),
            Err(error) => {
                return Done { fatal: Some(error), ..Done::failed(at, Vec::new()) };
            }
        };
        match self.why(job, &input, &setup) {
            Ok(entry) => Done {
                pages: entry.pages as usize,
                bytes: entry.bytes,
                findings: self.again(entry, &input, &setup).into_iter().collect(),
                told: entry.told.to_vec(),
                ..Done::new(at, State::Unchanged)
            },
            Err(why) if self.task == Task::DryRun => {
                Done { why: Some(why), ..Done::new(at, State::Planned) }
            }
            Err(why) => {
                let why = Some(why).filter(|_| self.task != Task::Check);
                Done { why, ..self.build(at, job, &input, &setup) }
            }
        }
    }

    fn why(&self, job: &Job, input: &Input, setup: &Setup) -> Result<&Entry, Why> {
        if matches!(self.task, Task::Force | Task::Check) {
            return Err(Why::Asked);
        }
        let (key, target) = (self.plan.key(job), self.plan.target(job));
        self.record.why(&key, &input.bytes, setup, &input.folder, &target)
    }

    /// The register may say something else of a number than when its notice was built.
    fn again(&self, entry: &Entry, input: &Input, setup: &Setup) -> Option<Diagnostic> {
        let written = entry.number.as_deref()?;
        let number = Number::of_order(written).ok()?;
        let finding = (self.look_up)(setup.register.as_deref()?, &number)?;
        let source = Source::decode(&input.name, &input.bytes).ok()?;
        let place = edit::number_at(&source).unwrap_or_else(|| source.line_place(1));
        Some(finding.at(place))
    }

    fn build(&self, at: usize, job: &Job, input: &Input, setup: &Arc<Setup>) -> Done {
        let workshop = match setup.workshop() {
            Ok(workshop) => workshop,
            Err(Trouble::Notice(finding)) => return Done::failed(at, vec![finding]),
            Err(Trouble::Run(error)) => {
                return Done { fatal: Some(error), ..Done::failed(at, Vec::new()) };
            }
        };
        let mut built = workshop.build(input, self.order);
        typeset::forget_beside(self.threads);
        built.look_up(setup.register.as_deref(), self.look_up);
        let number = built.number().map(|it| it.to_string().into());
        let mut done = Done { findings: built.findings, ..Done::new(at, State::Failed) };
        let Some(pdf) = built.pdf else { return done };
        (done.pages, done.bytes) = (built.pages, pdf.len() as u64);
        let target = self.plan.target(job);
        if self.task == Task::Check {
            done.state = match std::fs::read(&target) {
                Ok(old) if old == pdf => State::Same,
                Ok(_) => State::Differs,
                Err(_) => State::Missing,
            };
            return done;
        }
        if let Err(error) = self.put(&target, &pdf) {
            let message = format!("写不了“{}”：{}", target.display(), reason(&error));
            let hint = "检查文件夹的权限和磁盘空间；PDF 若正打开着，先关上";
            done.findings.push(Diagnostic::error("B101", message).hint(hint));
            return done;
        }
        let (shown, _) = diag::shown(&done.findings);
        let entry = Entry {
            notice: Digest::of(&input.bytes),
            used: Entry::files(built.used),
            parts: setup.parts.digest(),
            pdf: Digest::of(&pdf),
            bytes: done.bytes,
            pages: u32::try_from(built.pages).unwrap_or(u32::MAX),
            number,
            told: shown.into_iter().filter(lasting).map(Told::from).collect(),
        };
        Done { state: State::Built, entry: Some((entry, setup.parts)), ..done }
    }

    fn put(&self, target: &Path, pdf: &[u8]) -> io::Result<()> {
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        (self.write)(target, pdf)
    }
}

/// Whether a finding holds as long as the notice does: what the register says may change.
fn lasting(finding: &&Diagnostic) -> bool {
    !finding.code.starts_with('R')
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
