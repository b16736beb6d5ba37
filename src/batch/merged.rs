//! Whose a PDF is that a merge wrote.

use std::path::{Path, PathBuf};

use super::{Origins, Written};
use crate::paths::folder_of;

/// The notice that a PDF belongs to by its folder's record of merges, whether that notice is
/// still there or not.
pub fn merged_from(pdf: &Path) -> Option<PathBuf> {
    let folder = folder_of(pdf);
    let written = Written::read(folder);
    let (notice, _) = written.owner(&pdf.file_name()?.to_string_lossy())?;
    Some(Origins::new(folder).path(notice))
}
