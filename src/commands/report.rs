//! `hongtou report`: reports of several machines become one.

use std::path::Path;

use super::batch::{report_path, write_report};
use crate::args;
use crate::batch::report::{Report, Row};
use crate::diag::{Error, reason};
use crate::report::printable;
use crate::terminal;

/// Merges reports and tells what they come to.
///
/// # Errors
/// A notice of them failed; a file that is no report.
pub fn report(args: &args::Report) -> Result<(), Error> {
    report_path(args.output.as_deref())?;
    let mut rows = Vec::new();
    for file in &args.files {
        rows.extend(read(file)?.files);
    }
    let report = Report::new(rows);
    let told = |it: &Path| it != Path::new("-");
    if let Some(output) = &args.output {
        write_report(output, &report)?;
    }
    let counts = report.counts();
    if args.output.as_deref().is_none_or(told) {
        for row in report.files.iter().filter(|row| row.is_bad()) {
            terminal::say(&printable(&super::batch::failure_line(row)));
        }
        terminal::say(&format!("共 {} 份：{}", report.files.len(), counts.words()));
    }
    if report.files.iter().any(Row::is_bad) { Err(Error::document()) } else { Ok(()) }
}

fn read(file: &Path) -> Result<Report, Error> {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Error::command(format!("“{name}”读不了：{}", reason(&error))))?;
    serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Error::command(format!(
            "“{name}”不是成批生成的报告（第 {line} 行第 {column} 列）"
        ))
        .hint("报告由 hongtou build 文件夹 --report 文件.json 写出")
    })
}
