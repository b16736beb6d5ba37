//! Opening a register: its version, its locks, how safe its writes are.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::backup::{copies, folder};
use super::lock::Lock;
use super::{Change, Fault, Ledger, WAIT, Who};

/// Each file takes a register from one version to the next; a register's version is how
/// many of them it has seen.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];

/// 红头 in the file's header: no other program's database has it.
const APPLICATION: i64 = 0x7ea2_5934;

impl Ledger {
    /// Opens the register at `path`; a new one is made where none is.
    ///
    /// # Errors
    /// It cannot be written, is damaged, of a newer version or not a register.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Self::connect(path, flags, Lock::shared(path)?)?.up_to_date()
    }

    /// Opens a copy that is going to take a register's place. It is thrown away where anything
    /// fails: its journal need not outlive this program.
    pub(super) fn open_draft(path: &Path) -> Result<Self, Fault> {
        let ledger =
            Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, Lock::none())?;
        ledger.db.pragma_update(None, "journal_mode", "memory")?;
        ledger.up_to_date()
    }

    /// Opens a register to look at it; `None` where there is none yet.
    ///
    /// # Errors
    /// As for [`Ledger::open`]; it is gone or empty, and copies of it are there.
    pub fn look(path: &Path) -> Result<Option<Self>, Fault> {
        if !path.exists() && copies(&folder(path)).is_empty() {
            return Ok(None);
        }
        Self::look_under(path, Lock::shared(path)?)
    }

    /// The same under a lock.
    pub(super) fn look_under(path: &Path, lock: Lock) -> Result<Option<Self>, Fault> {
        // An empty one beside copies was not empty before: it would tell numbers that were
        // given out as the next ones.
        let none = || match copies(&folder(path)).is_empty() {
            true => Ok(None),
            false => Err(Fault::Gone),
        };
        if !path.exists() {
            return none();
        }
        // Not read-only to the engine: what a killed program left half done has to be rolled
        // back before anything can be read.
        let ledger = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, lock)?;
        if ledger.version()? == 0 {
            return none();
        }
        ledger.db.pragma_update(None, "query_only", true)?;
        Ok(Some(ledger))
    }

    fn connect(path: &Path, flags: OpenFlags, lock: Lock) -> Result<Self, Fault> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)?;
        db.busy_timeout(WAIT)?;
        // A rollback journal works on shared folders, where the memory that a write-ahead log
        // shares between machines does not; and the register stays one file. Truncated
        // instead of deleted: then FULL makes a number durable before it is told, without a
        // folder to sync.
        db.pragma_update(None, "journal_mode", "truncate")?;
        db.pragma_update(None, "synchronous", "full")?;
        db.pragma_update(None, "foreign_keys", true)?;
        db.pragma_update(None, "cell_size_check", true)?;
        Ok(Self { db, path: path.to_owned(), who: Who::here(), _lock: lock })
    }

    fn up_to_date(mut self) -> Result<Self, Fault> {
        if self.version()? < MIGRATIONS.len() {
            self.migrate()?;
        }
        Ok(self)
    }

    /// Its version; 0 for one that is empty.
    fn version(&self) -> Result<usize, Fault> {
        // All at one moment: another program may be making the register.
        let read = self.db.unchecked_transaction()?;
        let tables: i64 =
            read.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let number = |name| read.pragma_query_value(None, name, |row| row.get(0));
        let version: i64 = number("user_version")?;
        let application: i64 = number("application_id")?;
        read.finish()?;
        match usize::try_from(version) {
            _ if application != APPLICATION && (version, tables) != (0, 0) => {
                Err(Fault::Foreign)
            }
            Ok(known) if known <= MIGRATIONS.len() => Ok(known),
            _ => Err(Fault::Newer(version)),
        }
    }

    fn migrate(&mut self) -> Result<(), Fault> {
        let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have done it in the meantime.
        let now: i64 =
            change.pragma_query_value(None, "user_version", |row| row.get(0))?;
        // An empty register beside copies was not empty before: a new one would give their
        // numbers out again.
        if now == 0 && !copies(&folder(&self.path)).is_empty() {
            return Err(Fault::Gone);
        }
        for step in MIGRATIONS.iter().skip(usize::try_from(now).unwrap_or_default()) {
            change.execute_batch(step)?;
        }
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
        Ok(change.commit()?)
    }

    /// Does everything in `work` together or, where it fails, not at all. No other program
    /// changes the register meanwhile.
    ///
    /// # Errors
    /// The register is busy or cannot be written; what `work` fails with.
    pub fn change<T, E: From<Fault>>(
        &mut self,
        work: impl FnOnce(&Change) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = self.db.transaction_with_behavior(TransactionBehavior::Immediate);
        let change = Change { db: begun.map_err(Fault::from)?, who: &self.who };
        let done = work(&change)?;
        change.db.commit().map_err(Fault::from)?;
        Ok(done)
    }
}
