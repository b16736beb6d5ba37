//! Files that appear whole or not at all.

use std::fs::{File, Permissions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diag::{Error, Kept, reason, way_out};
use crate::paths::{PDF, ends_in, folder_of, is_other_than, shown};

/// How the names of files begin that are not yet in their places.
const UNFINISHED: &str = ".hongtou~";
/// The same, of files that are locked as long as somebody writes them; what follows is letters
/// and digits in either.
const LOCKED: &str = ".hongtou~~";
/// How old a file without a lock must be that nobody works on any more.
const STALE: Duration = Duration::from_secs(3600);

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
        // Windows wants the right to write for it.
        let file = File::options().read(true).write(cfg!(windows)).open(&self.file)?;
        file.sync_all()
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

/// Whether the folder that a file goes to is there: seen before an hour's work, not after it.
///
/// # Errors
/// It is not.
pub fn has_folder(path: &Path) -> Result<(), Error> {
    let folder = folder_of(path);
    if folder.is_dir() {
        return Ok(());
    }
    let (folder, path) = (folder.display(), path.display());
    Err(Error::command(format!("没有文件夹“{folder}”，“{path}”写不进去"))
        .hint("先建好这个文件夹，或换一个路径"))
}

/// Whether an output names a PDF and not a folder.
pub fn names_pdf(path: &Path) -> bool {
    ends_in(path, &["pdf"]) && !names_folder(path)
}

/// Whether an output is a folder, or is written like one: `出/`.
pub fn names_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

/// Whether an output can be a folder: nothing else is there.
///
/// # Errors
/// Something else is.
pub fn takes_folder(path: &Path) -> Result<(), Error> {
    let shown = shown(path);
    if path.is_dir() || !(path.exists() || path.is_symlink()) {
        return Ok(());
    }
    let (message, hint) = if !path.exists() {
        (
            format!("“{shown}”是一个链接，它指向的地方没有了"),
            "删去这个链接，或写到别的文件夹",
        )
    } else if is_device(path) {
        (format!("“{shown}”是设备，不是文件夹"), "-o 后面写文件夹")
    } else {
        (
            format!("“{shown}”是文件，不是文件夹"),
            "-o 后面写文件夹；换一个名称，或给这个文件改名",
        )
    };
    Err(Error::command(message).hint(hint))
}

/// Several notices do not go into one file.
pub fn one_file(path: &Path) -> Error {
    let message = format!("几份通知不能都写到一个文件“{}”", path.display());
    Error::command(message).hint("-o 后面写文件夹，以 / 结尾")
}

/// Why a file cannot be written, and the way out.
pub fn unwritable(path: &Path, error: &io::Error) -> Error {
    Error::command(format!("写不了“{}”：{}", shown(path), reason(error)))
        .hint(way_out(error))
}

/// Writes a file: to a temporary one in the same folder, which then takes its place. A link
/// stays one, permissions stay; a device is written to. One that is read-only is kept.
///
/// # Errors
/// The folder cannot be written, the disk is full; an older file is left as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_device(path) {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    let linked = path.is_symlink().then(|| path.canonicalize().ok()).flatten();
    let path = linked.as_deref().unwrap_or(path);
    match replace(path, bytes) {
        // Swept away between its first moment and its lock.
        Err(error)
            if error.kind() == io::ErrorKind::NotFound && folder_of(path).is_dir() =>
        {
            replace(path, bytes)
        }
        done => done,
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = path.metadata().ok().map(|it| it.permissions());
    if old.as_ref().is_some_and(Permissions::readonly) && !path.is_dir() {
        return Err(io::Error::other(Kept));
    }
    let mut file = locked(path)?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old)?;
    }
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// A new file beside `path` that no [`sweep`] takes away.
fn locked(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    loop {
        let file = temporary(LOCKED, path)?;
        // One that is being swept away at this moment is none.
        if !matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock)) {
            return Ok(file);
        }
    }
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

/// Writes a file beside its place.
///
/// # Errors
/// A folder is there, the folder around it cannot be written, the disk is full.
pub fn stage(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    let mut file = temporary(UNFINISHED, path)?;
    file.write_all(bytes)?;
    Ok(Staged { file: file.into_temp_path(), path: path.to_owned() })
}

fn temporary(prefix: &str, path: &Path) -> io::Result<tempfile::NamedTempFile> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(prefix).tempfile_in(folder_of(path))
}

/// Writes a file that is there already beside where a link leads to, with the permissions it
/// has.
///
/// # Errors
/// As for [`stage`].
pub fn stage_over(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    let path = path.canonicalize()?;
    let permissions = path.metadata()?.permissions();
    let staged = stage(&path, bytes)?;
    std::fs::set_permissions(&staged.file, permissions)?;
    Ok(staged)
}

/// Waits until the disk has a folder's names: of files that were put into it for ever.
pub fn sync_folder(folder: &Path) {
    // Windows has no such thing; some file systems refuse it.
    if let (true, Ok(folder)) = (cfg!(unix), File::open(folder)) {
        let _ = folder.sync_all();
    }
}

/// Whether a PDF may go there: under a name of its own, and never over a notice, a table or a
/// register that was named by mistake.
///
/// # Errors
/// It may not.
pub fn takes_pdf(path: &Path) -> Result<(), Error> {
    let there = path.is_file();
    if is_device(path) || (ends_in(path, &["pdf"]) && !there) {
        return Ok(());
    }
    if there && File::open(path).is_ok() && !is_other_than(path, PDF) {
        return Ok(());
    }
    let path = path.display();
    let message = if there {
        format!("“{path}”不是 PDF，不会盖掉它")
    } else {
        format!("“{path}”不能作 PDF 的名称")
    };
    Err(Error::command(message)
        .hint("-o 后面写以 .pdf 结尾的文件，或写文件夹，以 / 结尾"))
}
