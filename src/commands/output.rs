//! What a command line may name as an output.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::diag::{Error, reason, way_out};
use crate::files::is_device;
use crate::paths::{PDF, ends_in, folder_of, is_other_than, shown};

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
