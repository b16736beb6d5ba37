//! Files that appear whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::paths::folder_of;

/// A file that is written but not yet in its place; dropped, it leaves nothing behind.
pub struct Staged {
    file: tempfile::TempPath,
    path: PathBuf,
}

impl Staged {
    /// Waits until the disk has it: it must not be lost after the register counts on it.
    ///
    /// # Errors
    /// The disk fails.
    pub fn sync(&self) -> io::Result<()> {
        std::fs::File::open(&self.file)?.sync_all()
    }

    /// Takes its place, over an older file.
    ///
    /// # Errors
    /// Something else is there.
    pub fn put(self) -> io::Result<()> {
        self.file.persist(&self.path).map_err(|error| error.error)
    }
}

/// Whether something is there that is neither a file nor a folder: a device, a pipe.
pub fn is_device(path: &Path) -> bool {
    path.metadata().is_ok_and(|it| !it.is_file() && !it.is_dir())
}

/// Writes a file: to a temporary one in the same folder, which then takes its place. A link
/// stays one; a device is written to.
///
/// # Errors
/// The folder cannot be written, the disk is full; an older file is left as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_device(path) {
        return std::fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let linked = path.is_symlink().then(|| path.canonicalize().ok()).flatten();
    stage(linked.as_deref().unwrap_or(path), bytes)?.put()
}

/// Writes a file of a batch, of which only one run at a time writes it: what a run that was
/// killed left behind of it goes.
///
/// # Errors
/// As for [`write`].
pub fn write_over(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let name = format!(".hongtou-{}", crate::digest::Digest::of(name));
    let _ = std::fs::remove_file(path.with_file_name(&name));
    let mut builder = tempfile::Builder::new();
    stage_as(builder.prefix(&name).rand_bytes(0), path, bytes)?.put()
}

/// Writes a file beside its place.
///
/// # Errors
/// A folder is there, the folder around it cannot be written, the disk is full.
pub fn stage(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    let mut builder = tempfile::Builder::new();
    stage_as(builder.prefix(".hongtou-"), path, bytes)
}

fn stage_as(
    builder: &mut tempfile::Builder,
    path: &Path,
    bytes: &[u8],
) -> io::Result<Staged> {
    let folder = folder_of(path);
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(Staged { file: file.into_temp_path(), path: path.to_owned() })
}

/// Writes a file that is there already, as its owner keeps it: where a link leads to, with
/// the permissions it has.
///
/// # Errors
/// As for [`write`].
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    stage_over(path, bytes)?.put()
}

/// The same, not yet in its place.
///
/// # Errors
/// As for [`write`].
pub fn stage_over(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    let path = path.canonicalize()?;
    let permissions = path.metadata()?.permissions();
    let staged = stage(&path, bytes)?;
    std::fs::set_permissions(&staged.file, permissions)?;
    Ok(staged)
}
