//! 发文登记簿: which number went to which notice. The only door to the database; what comes
//! out is plain, so that another engine can stand behind the same calls.

mod backup;
mod change;
mod digest;
mod doctor;
mod entry;
mod fault;
mod gaps;
mod history;
mod import;
mod issue;
mod list;
mod lock;
mod open;
mod regain;

pub use backup::{copies, folder as backup_folder};
pub use digest::{digest, digest_of_file, digest_of_files};
pub use doctor::{Health, Recovered, Recovery, health, recover};
pub use entry::{Entry, Event, Intent, Record, Sent, Series, State};
pub use fault::Fault;
pub use gaps::{Finding, findings};
pub use import::{Import, Imported};
pub use issue::Want;
pub use list::Filter;

use std::path::PathBuf;
use std::time::Duration;

use lock::Lock;

/// How long others are waited for.
const WAIT: Duration = Duration::from_secs(10);

/// An open register.
pub struct Ledger {
    db: rusqlite::Connection,
    path: PathBuf,
    who: Who,
    // Given up last: the database is closed then.
    _lock: Lock,
}

/// One transaction: what is called on it happens together or not at all.
pub struct Change<'a> {
    db: rusqlite::Transaction<'a>,
    who: &'a Who,
}

/// Who changes the register, for its history.
struct Who {
    user: String,
    host: String,
}

impl Who {
    fn here() -> Self {
        Self { user: known(whoami::username()), host: machine() }
    }
}

fn known(name: whoami::Result<String>) -> String {
    name.unwrap_or_else(|_| "不明".into())
}

/// The name of this machine.
pub fn machine() -> String {
    known(whoami::hostname())
}
