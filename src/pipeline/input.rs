//! A notice's file as it is read.

use std::path::{Path, PathBuf};

use crate::diag::{self, Diagnostic};
use crate::notice::source;
use crate::paths::{ends_in, folder_of, read_start, shown};

/// A notice's text and where its files may be.
#[derive(Debug, Clone)]
pub struct Input {
    /// The name its findings carry.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its own folder.
    pub folder: PathBuf,
}

/// Reads a notice's file, unless it is too large to be one.
///
/// # Errors
/// One finding: the file cannot be read.
pub fn read_input(path: &Path) -> Result<Input, Diagnostic> {
    let name = shown(path);
    let unreadable = |error: std::io::Error| unreadable(path, &error);
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if ends_in(path, &["pdf"]) {
        // Its PDF would go over it.
        return Err(Diagnostic::error("Y003", format!("“{name}”是 PDF，不是通知"))
            .hint("通知的文件名以 .yaml 结尾"));
    }
    if meta.is_dir() {
        return Err(Diagnostic::error("Y003", format!("“{name}”是文件夹，不是通知"))
            .hint("写出通知文件的名称，例如 通知.yaml"));
    }
    // What is no regular file has no length of its own.
    let bytes = read_start(path, source::LIMIT as u64 + 1).map_err(unreadable)?;
    if bytes.len() > source::LIMIT {
        return Err(source::too_large(&name));
    }
    Ok(Input { bytes, name, folder: folder_of(path).to_owned() })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    use std::io::ErrorKind as Kind;
    let name = shown(path);
    let (what, hint) = match error.kind() {
        Kind::NotFound if path.is_symlink() => {
            ("它是一个链接，指向的文件没有了".into(), "放回那个文件，或删去这个链接")
        }
        Kind::PermissionDenied => {
            (diag::reason(error), "请能改权限的人让您可以读这个文件和所在的文件夹")
        }
        _ => (diag::reason(error), "检查文件名和所在的文件夹"),
    };
    Diagnostic::error("Y003", format!("文件“{name}”读不了：{what}")).hint(hint)
}
