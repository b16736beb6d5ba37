//! Whether a register is whole; a damaged one is recovered from its newest whole copy.

use std::fs::rename;
use std::io;
use std::path::{Path, PathBuf};

use super::backup::{copies, folder, unwritten};
use super::lock::Lock;
use super::regain::later;
use super::{Fault, Ledger};
use crate::files::Staged;

/// How a register is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// There is none, or only an empty file.
    Missing,
    /// Whole, with so many numbers and changes.
    Good(i64, i64),
    /// It cannot be read to its end, for this reason.
    Damaged(String),
    /// It cannot be opened for another reason.
    Closed(Fault),
}

/// What came of a recovery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// The copy that took the register's place.
    pub copy: PathBuf,
    /// Where the damaged register lies now.
    pub aside: PathBuf,
    /// How many changes the copy had.
    pub kept: i64,
    /// How many later ones were still readable in the damaged register and were done again.
    pub regained: i64,
    /// Whether the damaged register could be read beyond the copy's last change, so that it
    /// is known that nothing is missing.
    pub complete: bool,
}

/// What became of a register that was to be recovered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovered {
    /// A copy took its place.
    From(Recovery),
    /// It is whole: another program was faster.
    Whole,
    /// No copy of it is whole.
    NoCopy,
}

/// Examines a register.
pub fn health(path: &Path) -> Health {
    seen(Ledger::look(path))
}

/// Examines a file that no other program writes meanwhile.
pub(super) fn health_alone(path: &Path) -> Health {
    seen(Ledger::look_under(path, Lock::none()))
}

fn seen(looked: Result<Option<Ledger>, Fault>) -> Health {
    match looked.map(|ledger| ledger.map(|ledger| ledger.examine())) {
        Ok(None) | Err(Fault::Gone) => Health::Missing,
        Ok(Some(Ok(health))) => health,
        Ok(Some(Err(Fault::Damaged))) | Err(Fault::Damaged) => {
            Health::Damaged("文件的内容不是登记簿".into())
        }
        Ok(Some(Err(fault))) | Err(fault) => Health::Closed(fault),
    }
}

impl Ledger {
    fn examine(&self) -> Result<Health, Fault> {
        let mut check = self.db.prepare("PRAGMA integrity_check(5)")?;
        let lines: Vec<String> =
            check.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if lines != ["ok"] {
            return Ok(Health::Damaged(lines.join("；")));
        }
        let numbers = "SELECT count(*) FROM number";
        let numbers = self.db.query_row(numbers, [], |row| row.get(0))?;
        Ok(Health::Good(numbers, self.events()?))
    }
}

/// Puts the newest whole copy in the place of a damaged register, which is kept beside it,
/// and does again what the damaged one still tells of later changes. Nobody else has it open
/// meanwhile.
///
/// # Errors
/// Others do not close it; files cannot be moved or written.
pub fn recover(path: &Path) -> Result<Recovered, Fault> {
    let copies = copies(&folder(path));
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let _alone = Lock::alone(path)?;
    match health_alone(path) {
        Health::Good(..) => return Ok(Recovered::Whole),
        Health::Closed(fault) => return Err(fault),
        Health::Missing | Health::Damaged(_) => {}
    }
    let whole = |copy: &PathBuf| matches!(health_alone(copy), Health::Good(..));
    match copies.into_iter().find(whole) {
        Some(copy) => replace(path, copy).map(Recovered::From),
        None => Ok(Recovered::NoCopy),
    }
}

fn replace(path: &Path, copy: PathBuf) -> Result<Recovery, Fault> {
    let draft = Staged::empty(path).map_err(|error| unwritten(&error))?;
    std::fs::copy(&copy, draft.path()).map_err(|error| unwritten(&error))?;
    let mut ledger = Ledger::open_draft(draft.path())?;
    let kept = ledger.events()?;
    let later = later(path, kept);
    let regained = i64::try_from(later.0.len()).unwrap_or_default();
    ledger.again(&later.0)?;
    ledger.told(&format!("从备份恢复，其后取回 {regained} 条"))?;
    // An open file cannot be renamed on Windows.
    drop(ledger);
    let aside = aside(path);
    exchange(path, &aside, draft).map_err(|error| unwritten(&error))?;
    Ok(Recovery { copy, aside, kept, regained, complete: later.1 })
}

/// Renames a register and puts a draft in its place; where that fails, it is as before.
fn exchange(path: &Path, aside: &Path, draft: Staged) -> io::Result<()> {
    let mut moved = Vec::new();
    let swap = || {
        // The journal of a damaged register must not be rolled back into the copy.
        for end in ["-journal", ""] {
            let (from, to) = (sibling(path, end), sibling(aside, end));
            if from.exists() {
                rename(&from, &to)?;
                moved.push((from, to));
            }
        }
        draft.put()
    };
    let done = swap();
    if done.is_err() {
        for (from, to) in moved {
            // What cannot be put back lies aside, and is told to be gone.
            let _ = rename(to, from);
        }
    }
    done
}

fn sibling(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// A name that is free.
fn aside(path: &Path) -> PathBuf {
    let free = |nth: u32| sibling(path, &format!(".损坏{nth}"));
    (1..).map(free).find(|path| !path.exists()).unwrap_or_else(|| free(0))
}
