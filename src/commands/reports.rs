//! The report of a batch or a merge as a file.

use std::path::Path;

use super::output::{self, unwritable};
use crate::batch::report::Report;
use crate::diag::Error;
use crate::paths::ends_in;
use crate::terminal;

/// Whether a report may go there: to a .json file, and never over a notice, a table or a PDF.
///
/// # Errors
/// It may not.
pub fn report_path(path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path else { return Ok(()) };
    if path == Path::new("-") || output::is_device(path) {
        return Ok(());
    }
    output::has_folder(path)?;
    if ends_in(path, &["json"]) && !path.is_dir() {
        return Ok(());
    }
    Err(Error::command(format!("报告不能写成“{}”", path.display()))
        .hint("报告写成以 .json 结尾的文件"))
}

/// Writes a report; `-` is standard output.
///
/// # Errors
/// The folder cannot be written, the disk is full.
pub fn write_report(path: &Path, report: &Report) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(report)
        .map_err(|error| Error::command(format!("报告写不出来：{error}")))?;
    if path == Path::new("-") {
        terminal::print(&text);
        return Ok(());
    }
    output::write(path, (text + "\n").as_bytes())
        .map_err(|error| unwritable(path, &error))
}
