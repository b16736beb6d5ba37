//! The report of a batch or a merge as a file.

use std::path::Path;

use chrono::SecondsFormat;

use super::output::{self, unwritable};
use super::report::read;
use crate::batch::report::{Report, Session};
use crate::diag::Error;
use crate::files;
use crate::paths::{ends_in, shown};
use crate::{ledger, terminal};

/// Whether a report may go there: to a .json file, and never over what is no report.
///
/// # Errors
/// It may not.
pub fn report_path(path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path else { return Ok(()) };
    if path == Path::new("-") || files::is_device(path) {
        return Ok(());
    }
    let shown = shown(path);
    if output::names_folder(path) {
        return Err(Error::command(format!("“{shown}”是文件夹，报告要写成文件"))
            .hint("在文件夹后面写上文件名，以 .json 结尾"));
    }
    output::has_folder(path)?;
    if !ends_in(path, &["json"]) {
        return Err(Error::command(format!("报告不能写成“{shown}”"))
            .hint("报告写成以 .json 结尾的文件"));
    }
    let empty = path.metadata().map_or(true, |it| it.len() == 0);
    if empty || read(path).is_ok() {
        return Ok(());
    }
    Err(Error::command(format!("“{shown}”不是报告，不会盖掉它"))
        .hint("换一个名称；这个文件不要了的，先删去"))
}

/// Whether a report may go there, as above; one that is there says no more what an earlier run
/// came to, but that this one did not come to its end, until it does.
///
/// # Errors
/// It may not, or it cannot be written.
pub fn begin_report(
    path: Option<&Path>,
    task: &str,
    paths: &[&Path],
) -> Result<(), Error> {
    report_path(path)?;
    let Some(path) = path.filter(|it| it.is_file()) else { return Ok(()) };
    let session = Session { unfinished: true, ..session(task, paths) };
    write_report(path, &Report::of(session, []))
}

/// This run of the program as it ends: what it did, with which paths of the command line.
pub fn session(task: &str, paths: &[&Path]) -> Session {
    let folder = std::env::current_dir().map(|it| shown(&it));
    Session {
        task: task.into(),
        machine: ledger::machine(),
        folder: folder.unwrap_or_default(),
        paths: paths.iter().map(|it| shown(it)).collect(),
        time: chrono::Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
        ..Session::default()
    }
}

/// Writes a report; `-` is standard output.
///
/// # Errors
/// The folder cannot be written, the disk is full.
pub fn write_report(path: &Path, report: &Report) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(report)
        .map_err(|error| Error::command(format!("报告写不出来：{error}")))?;
    let text = text + "\n";
    if path == Path::new("-") {
        return terminal::stream(|out| out.write_all(text.as_bytes()))
            .map_err(|error| unwritable(Path::new("标准输出"), &error));
    }
    files::write(path, text.as_bytes()).map_err(|error| unwritable(path, &error))
}
