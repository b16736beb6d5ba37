//! 备份: after each change a whole copy of the register, some of them deep.

use std::io;
use std::path::{Path, PathBuf};

use super::doctor::health_alone;
use super::{Fault, Health, Ledger};
use crate::files::Staged;

/// The folder of a register's copies, beside it: 登记簿.db has 登记簿备份.
pub fn folder(register: &Path) -> PathBuf {
    let stem = register.file_stem().unwrap_or_default().to_string_lossy();
    register.with_file_name(format!("{stem}备份"))
}

/// The copies in a folder, the newest first. A copy's name says how many changes are in it.
pub fn copies(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let number = |path: &PathBuf| -> Option<u64> {
        let name = path.file_name()?.to_str()?;
        name.strip_suffix(".db")?.parse().ok()
    };
    let mut found: Vec<(u64, PathBuf)> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter_map(|path| Some((number(&path)?, path)))
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, path)| path).collect()
}

impl Ledger {
    /// Leaves a copy of the register as it is and removes all but the newest `depth` ones.
    ///
    /// # Errors
    /// The register cannot be read, or the copy not be written.
    pub fn back_up(&self, depth: usize) -> Result<(), Fault> {
        if depth == 0 {
            return Ok(());
        }
        let folder = folder(&self.path);
        std::fs::create_dir_all(&folder).map_err(|error| unwritten(&error))?;
        let events = self.events()?;
        let place = folder.join(format!("{events:09}.db"));
        // Behind a recovery the same count comes again; a copy from before may be damaged.
        if !matches!(health_alone(&place), Health::Good(_, there) if there == events) {
            self.copy_to(&place)?;
        }
        for old in copies(&folder).iter().skip(depth) {
            // Another program may have removed it; one copy too many does no harm.
            let _ = std::fs::remove_file(old);
        }
        Ok(())
    }

    /// Reads every row, so that a damaged register does not become a copy.
    fn copy_to(&self, place: &Path) -> Result<(), Fault> {
        let draft = Staged::empty(place).map_err(|error| unwritten(&error))?;
        let text = draft.path().to_str().ok_or(Fault::Closed)?;
        self.db.execute("VACUUM INTO ?", [text])?;
        draft.put().map_err(|error| unwritten(&error))
    }
}

/// Why a file cannot be written.
pub(super) fn unwritten(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge => Fault::Disk,
        _ => Fault::Closed,
    }
}
