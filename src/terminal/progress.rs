//! How far a long run is: a bar with rate and time left on a terminal, lines otherwise.

use std::fmt;
use std::io::{self, IsTerminal};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::diag::Diagnostic;
use crate::report::printable;

/// How the bar looks: share, count, rate, time left, how many failed.
const LOOK: &str = "{bar:30} {pos}/{len}　{rate} 份/秒　还要 {left}{msg}";

/// How many a second, in no more digits than anybody reads.
fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    let _ = write!(out, "{:.1}", state.per_sec());
}

/// How long it will take, rounded up to seconds.
fn left(state: &ProgressState, out: &mut dyn fmt::Write) {
    let _ = match state.eta().as_secs() + 1 {
        seconds if seconds < 60 => write!(out, "{seconds} 秒"),
        seconds => write!(out, "{} 分 {} 秒", seconds / 60, seconds % 60),
    };
}

/// A long run.
pub struct Progress {
    bar: Option<ProgressBar>,
    quiet: bool,
    count: usize,
    done: usize,
    failed: usize,
}

impl Progress {
    /// Of so many pieces; quiet, it shows findings only.
    pub fn new(count: usize, quiet: bool) -> Self {
        let bar = (!quiet && io::stderr().is_terminal()).then(|| {
            let target = ProgressDrawTarget::stderr();
            let bar = ProgressBar::with_draw_target(Some(count as u64), target);
            match ProgressStyle::with_template(LOOK) {
                Ok(style) => {
                    bar.with_style(style.with_key("rate", rate).with_key("left", left))
                }
                Err(_) => bar,
            }
        });
        Self { bar, quiet, count, done: 0, failed: 0 }
    }

    /// One more is done, with its findings and a line of its own; a bar says as much as the
    /// line does, unless the line is news.
    pub fn step(&mut self, line: Option<&str>, news: bool, findings: &[Diagnostic]) {
        self.done += 1;
        let line = line.filter(|_| !self.quiet).map(printable);
        let line = line.as_deref();
        match &self.bar {
            Some(bar) => {
                bar.inc(1);
                let line = line.filter(|_| news);
                if line.is_some() || !findings.is_empty() {
                    bar.suspend(|| {
                        super::show(findings);
                        line.into_iter().for_each(super::note);
                    });
                }
            }
            None => {
                super::show(findings);
                if let Some(line) = line {
                    super::note(&format!("[{}/{}] {line}", self.done, self.count));
                }
            }
        }
    }

    /// One more is done and failed; what is wrong with it is told elsewhere.
    pub fn failed(&mut self) {
        self.done += 1;
        self.failed += 1;
        if let Some(bar) = &self.bar {
            bar.set_message(format!("　失败 {} 份", self.failed));
            bar.inc(1);
        }
    }

    /// Takes the bar away.
    pub fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Set once somebody asks the program to stop (Ctrl-C, or the system's own request).
pub fn stopped() -> Arc<AtomicBool> {
    static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| {
        let stop = Arc::new(AtomicBool::new(false));
        let set = stop.clone();
        // Without a handler the system stops the program, which leaves no file half written.
        let _ = ctrlc::set_handler(move || {
            set.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        stop
    });
    STOP.clone()
}
