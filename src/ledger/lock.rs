//! A register's lock: shared by all who have it open, alone for whoever replaces it.
//!
//! The engine's own locks hold a file, whatever its name: they would let a number be written
//! to a damaged register while a copy takes its place, and the number would be given again.
//! What is locked is a file of its own, which is never replaced.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Fault, WAIT};

/// How long it is until a lock is tried again.
const PAUSE: Duration = Duration::from_millis(10);

/// The lock of a register, held until it is dropped.
pub(super) struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// With others, none of whom replaces the register.
    ///
    /// # Errors
    /// It is being replaced for longer than is waited.
    pub fn shared(register: &Path) -> Result<Self, Fault> {
        Self::take(register, File::try_lock_shared)
    }

    /// Alone.
    ///
    /// # Errors
    /// Others have the register open for longer than is waited.
    pub fn alone(register: &Path) -> Result<Self, Fault> {
        Self::take(register, File::try_lock)
    }

    /// Of a file that nobody else opens.
    pub fn none() -> Self {
        Self { _file: None }
    }

    /// File systems without locks, and folders that may not be written, do without.
    fn take(
        register: &Path,
        lock: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, Fault> {
        let Some(file) = open(&place(register)) else { return Ok(Self::none()) };
        let begun = Instant::now();
        loop {
            match lock(&file) {
                Ok(()) => return Ok(Self { _file: Some(file) }),
                Err(TryLockError::Error(_)) => return Ok(Self::none()),
                Err(TryLockError::WouldBlock) if begun.elapsed() > WAIT => {
                    return Err(Fault::Busy);
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            }
        }
    }
}

/// 登记簿.db has .登记簿.db.锁, beside the file itself where a link leads to it.
fn place(register: &Path) -> PathBuf {
    let real = register.canonicalize().unwrap_or_else(|_| register.to_owned());
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    real.with_file_name(format!(".{name}.锁"))
}

/// Somebody else's may be there that this user may only read: that is enough for a lock.
fn open(place: &Path) -> Option<File> {
    let mut options = File::options();
    let made = options.read(true).write(true).create(true).truncate(false).open(place);
    made.or_else(|_| File::open(place)).ok()
}
