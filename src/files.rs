//! Files that appear whole or not at all: they are written beside their places and then put
//! there. A link stays one, permissions stay, and a file that somebody has set read-only is
//! kept.

use std::fs::{File, Permissions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::{NamedTempFile, TempPath};

use crate::diag::Kept;
use crate::paths::{folder_of, linked};

/// How the names of files begin that are not yet in their places.
const UNFINISHED: &str = ".hongtou~";
/// The same, of files that are locked as long as somebody writes them; what follows is letters
/// and digits in either.
const LOCKED: &str = ".hongtou~~";
/// How old a file without a lock must be that nobody works on any more.
const STALE: Duration = Duration::from_secs(3600);

/// A file that is written but not yet in its place; dropped, it leaves nothing behind.
pub struct Staged {
    file: TempPath,
    place: PathBuf,
}

impl Staged {
    /// An empty file beside its place, which is written by others and takes the place whatever
    /// is there.
    ///
    /// # Errors
    /// A folder is there, the folder around it cannot be written.
    pub fn empty(place: &Path) -> io::Result<Self> {
        let file = temporary(UNFINISHED, place)?.into_temp_path();
        Ok(Self { file, place: place.to_owned() })
    }

    /// Where it lies until it is put into its place.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Waits until the disk has it: it must not be lost after the register counts on it.
    ///
    /// # Errors
    /// The disk fails.
    pub fn sync(&self) -> io::Result<()> {
        // Windows wants the right to write for it.
        let file = File::options().read(true).write(cfg!(windows)).open(&self.file)?;
        file.sync_all()
    }

    /// Takes its place, over an older file.
    ///
    /// # Errors
    /// Something else is there.
    pub fn put(self) -> io::Result<()> {
        self.file.persist(&self.place).map_err(|error| error.error)
    }
}

/// Whether something is there that is neither a file nor a folder: a device, a pipe.
pub fn is_device(path: &Path) -> bool {
    path.metadata().is_ok_and(|it| !it.is_file() && !it.is_dir())
}

/// Writes a file that takes its place at once; a device is written to.
///
/// # Errors
/// As for [`stage`]; an older file is left as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_device(path) {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    let put = || {
        let (file, place) = beside(path, bytes, locked)?;
        file.persist(place).map(drop).map_err(|error| error.error)
    };
    match put() {
        // Swept away between its first moment and its lock.
        Err(error)
            if error.kind() == io::ErrorKind::NotFound && folder_of(path).is_dir() =>
        {
            put()
        }
        done => done,
    }
}

/// Writes a file beside its place, into which it is put when all is ready.
///
/// # Errors
/// A folder, a device or a file that is read-only is there; the folder around it cannot be
/// written, the disk is full.
pub fn stage(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    if is_device(path) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    // Not locked: thousands may wait for their places, and each lock is an open file.
    let (file, place) = beside(path, bytes, |place| temporary(UNFINISHED, place))?;
    Ok(Staged { file: file.into_temp_path(), place })
}

/// A file of these bytes beside its place, which is where a link leads to.
fn beside(
    path: &Path,
    bytes: &[u8],
    new: impl Fn(&Path) -> io::Result<NamedTempFile>,
) -> io::Result<(NamedTempFile, PathBuf)> {
    let place = linked(path).unwrap_or_else(|| path.to_owned());
    let old = place.metadata().ok().map(|it| it.permissions());
    if old.as_ref().is_some_and(Permissions::readonly) && !place.is_dir() {
        return Err(io::Error::other(Kept));
    }
    let mut file = new(&place)?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old)?;
    }
    Ok((file, place))
}

/// A new file beside `path` that no [`sweep`] takes away.
fn locked(path: &Path) -> io::Result<NamedTempFile> {
    loop {
        let file = temporary(LOCKED, path)?;
        // One that is being swept away at this moment is none.
        if !matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock)) {
            return Ok(file);
        }
    }
}

fn temporary(prefix: &str, path: &Path) -> io::Result<NamedTempFile> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(prefix).tempfile_in(folder_of(path))
}

/// Removes what killed programs left unfinished in a folder; how many files there were.
pub fn sweep(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries
        .filter(|entry| is_left(entry) && std::fs::remove_file(entry.path()).is_ok())
        .count()
}

fn is_left(entry: &std::fs::DirEntry) -> bool {
    let name = entry.file_name();
    let name = name.to_string_lossy();
    if !name.starts_with(UNFINISHED) || !entry.file_type().is_ok_and(|it| it.is_file()) {
        return false;
    }
    let written = entry.metadata().ok().and_then(|it| it.modified().ok());
    let age = written.and_then(|it| it.elapsed().ok());
    let free = || {
        let file = File::options().write(true).open(entry.path());
        file.is_ok_and(|it| it.try_lock().is_ok())
    };
    age.is_some_and(|it| it > STALE) || (name.starts_with(LOCKED) && free())
}

/// Waits until the disk has a folder's names: of files that were put into it for ever.
pub fn sync_folder(folder: &Path) {
    // Windows has no such thing; some file systems refuse it.
    if let (true, Ok(folder)) = (cfg!(unix), File::open(folder)) {
        let _ = folder.sync_all();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// Either way to write a file.
    type Way = fn(&Path, &[u8]) -> io::Result<()>;
    const WAYS: [Way; 2] =
        [write, |path, bytes| stage(path, bytes).and_then(Staged::put)];

    #[test]
    fn links_and_permissions_stay_whichever_way_a_file_is_written() {
        for way in WAYS {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let (file, link) = (folder.path().join("真"), folder.path().join("链接"));
            std::fs::write(&file, "旧").expect("a file");
            let mode = Permissions::from_mode(0o640);
            std::fs::set_permissions(&file, mode).expect("a file");
            std::os::unix::fs::symlink("真", &link).expect("a link");
            way(&link, "新".as_bytes()).expect("to be written");
            assert!(link.is_symlink());
            assert_eq!(std::fs::read_to_string(&file).expect("a file"), "新");
            let mode = file.metadata().expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o640);
        }
    }

    #[test]
    fn what_is_read_only_or_a_folder_is_kept_whichever_way_a_file_is_written() {
        for way in WAYS {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let file = folder.path().join("甲.pdf");
            std::fs::write(&file, "旧").expect("a file");
            let mode = Permissions::from_mode(0o444);
            std::fs::set_permissions(&file, mode).expect("a file");
            assert!(way(&file, b"new").is_err() && way(folder.path(), b"new").is_err());
            assert_eq!(std::fs::read_to_string(&file).expect("a file"), "旧");
            let left = std::fs::read_dir(folder.path()).expect("a folder").count();
            assert_eq!(left, 1);
        }
    }

    #[test]
    fn a_device_is_written_to_and_never_replaced() {
        write(Path::new("/dev/null"), b"new").expect("to be written");
        assert!(stage(Path::new("/dev/null"), b"new").is_err());
    }
}
