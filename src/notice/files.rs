//! The files a notice may name: those under its own folder or under the workspace, and no
//! others, whatever the path says.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::diag;
use crate::digest::Digest;

/// The largest file that a notice may name, in bytes.
pub const LIMIT: u64 = 20 * 1024 * 1024;

/// The folders that are open to a notice.
#[derive(Debug, Default)]
pub struct Folders {
    /// As canonical paths, searched in order.
    roots: Vec<PathBuf>,
    /// What was asked for so far.
    used: Mutex<Vec<Used>>,
}

/// A file that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Used {
    /// As it was named.
    pub path: Box<str>,
    /// What it held; `None` where it could not be read.
    pub digest: Option<Digest>,
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// The path is absolute, goes up, or a link leads out.
    Outside,
    /// There is no such file.
    Missing,
    /// Over the limit, in bytes.
    TooLarge(u64),
    /// For this reason, in Chinese.
    Unreadable(String),
}

impl Folders {
    /// Opens the notice's folder and, if there is one, the workspace's.
    pub fn new<'a>(roots: impl IntoIterator<Item = &'a Path>) -> Self {
        let roots = roots.into_iter().filter_map(|root| root.canonicalize().ok());
        Self { roots: roots.collect(), ..Self::default() }
    }

    /// Every file that was asked for since the last call, each once; those that are not
    /// there, too.
    pub fn take_used(&self) -> Vec<Used> {
        let mut used = std::mem::take(
            &mut *self.used.lock().unwrap_or_else(PoisonError::into_inner),
        );
        used.sort();
        used
    }

    /// Reads a file by its path relative to one of the folders, `limit` bytes at most.
    ///
    /// # Errors
    /// Paths that leave the folders, files that are missing, too large or unreadable.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, FileError> {
        let read = self.find(path, limit);
        let digest = read.as_ref().ok().map(|bytes| Digest::of(bytes));
        let file = Used { path: path.into(), digest };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !used.contains(&file) {
            used.push(file);
        }
        read
    }

    fn find(&self, path: &str, limit: u64) -> Result<Vec<u8>, FileError> {
        let relative = inside(path).ok_or(FileError::Outside)?;
        let mut problem = FileError::Missing;
        for root in &self.roots {
            match root.join(&relative).canonicalize() {
                Ok(full) if full.starts_with(root) => return load(&full, limit),
                Ok(_) => problem = FileError::Outside,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => problem = FileError::Unreadable(diag::reason(&error)),
            }
        }
        Err(problem)
    }

    /// Where a file that is in use now may be: in each of the folders.
    pub fn places(&self, used: &[Used]) -> Vec<PathBuf> {
        let paths = used.iter().filter_map(|file| inside(&file.path));
        paths.flat_map(|path| self.roots.iter().map(move |it| it.join(&path))).collect()
    }
}

/// The path if it is relative and never goes up; both slashes separate.
fn inside(path: &str) -> Option<PathBuf> {
    let path = path.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':');
    let plain =
        |part: Component| matches!(part, Component::Normal(_) | Component::CurDir);
    let relative = PathBuf::from(&path);
    let ok = !drive
        && !path.is_empty()
        && !path.contains('\0')
        && relative.components().all(plain);
    ok.then_some(relative)
}

fn load(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let unreadable = |error: std::io::Error| FileError::Unreadable(diag::reason(&error));
    let meta = path.metadata().map_err(unreadable)?;
    if !meta.is_file() {
        return Err(FileError::Unreadable("不是文件".into()));
    }
    if meta.len() > limit {
        return Err(FileError::TooLarge(meta.len()));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        Err(FileError::TooLarge(bytes.len() as u64))
    } else {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_folder_are_refused() {
        let outer = tempfile::tempdir().expect("a temporary folder");
        let inner = outer.path().join("里");
        std::fs::create_dir(&inner).expect("a folder");
        std::fs::write(outer.path().join("外.csv"), "外").expect("a file");
        std::fs::write(inner.join("内.csv"), "内").expect("a file");
        let folders = Folders::new([inner.as_path()]);
        assert_eq!(folders.read("内.csv", 9), Ok("内".into()));
        assert_eq!(folders.read("./内.csv", 9), Ok("内".into()));
        assert_eq!(folders.read("无.csv", 9), Err(FileError::Missing));
        assert_eq!(folders.read("内.csv", 2), Err(FileError::TooLarge(3)));
        let used = folders.take_used();
        let read =
            Used { path: "内.csv".into(), digest: Some(Digest::of("内".as_bytes())) };
        assert!(used.contains(&read) && used.len() == 4, "{used:?}");
        assert!(used.contains(&Used { path: "无.csv".into(), digest: None }));
        let absolute = outer.path().join("外.csv");
        let outside =
            ["../外.csv", "..\\外.csv", "里/../../外.csv", "C:\\外.csv", "", "\0"];
        for path in outside.into_iter().chain(absolute.to_str()) {
            assert_eq!(folders.read(path, 9), Err(FileError::Outside), "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../外.csv", inner.join("链接.csv"))
                .expect("a link");
            assert_eq!(folders.read("链接.csv", 9), Err(FileError::Outside));
        }
    }
}
