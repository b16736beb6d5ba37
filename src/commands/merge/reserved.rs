//! One run at a time writes into a folder, be it a build or a merge.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::args;
use crate::batch::{Journal, record_name};
use crate::commands::batch::journal;
use crate::diag::Error;
use crate::files;
use crate::paths::folder_of;

/// Keeps other runs out of folders as long as it is there.
pub struct Reserved {
    /// The records of builds: whoever holds them writes alone.
    _held: Vec<Journal>,
    folders: Vec<PathBuf>,
}

impl Reserved {
    /// The folder of the rows' PDFs and that of the combined one.
    ///
    /// # Errors
    /// Another run writes there; the record cannot be written.
    pub fn new(args: &args::Merge, folder: Option<&Path>) -> Result<Self, Error> {
        let combined = args.combined.as_deref().filter(|it| !files::is_device(it));
        // A folder without a name is the current one.
        let of_rows = folder.map(|it| folder_of(&it.join("甲")).to_owned());
        let folders =
            of_rows.into_iter().chain(combined.map(|it| folder_of(it).to_owned()));
        let mut seen = BTreeSet::new();
        let folders: Vec<PathBuf> =
            folders.filter(|it| seen.insert(it.canonicalize().ok())).collect();
        let held = folders.iter().filter_map(|it| journal(it, None, 0).transpose());
        Ok(Self { _held: held.collect::<Result<_, _>>()?, folders })
    }
}

impl Drop for Reserved {
    /// Merges keep no record of that kind: one that is empty goes again.
    fn drop(&mut self) {
        for path in self.folders.iter().map(|it| it.join(record_name(None))) {
            if path.metadata().is_ok_and(|it| it.is_file() && it.len() == 0) {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}
