//! `hongtou report`: reports of several machines become one.

use std::path::Path;

use super::reports::{report_path, write_report};
use crate::args;
use crate::batch::lacking;
use crate::batch::report::{Report, Row};
use crate::diag::{Error, reason};
use crate::terminal;

/// Merges reports and tells what they come to.
///
/// # Errors
/// A notice of them failed; a machine's share lacks; a file that is no report.
pub fn report(args: &args::Report) -> Result<(), Error> {
    report_path(args.output.as_deref())?;
    let reports = args.files.iter().map(|file| read(file));
    let report = Report::joined(reports.collect::<Result<_, _>>()?);
    let told = |it: &Path| it != Path::new("-");
    if let Some(output) = &args.output {
        write_report(output, &report)?;
    }
    let counts = report.counts();
    if args.output.as_deref().is_none_or(told) {
        for row in report.files.iter().filter(|row| row.is_bad()) {
            terminal::say(&row.fault());
        }
        terminal::say(&format!("共 {} 份：{}", report.files.len(), counts.words()));
    }
    let lacks = lacking(&report.shards, NAMED);
    if let Some((gone, count)) = lacks.first() {
        let names: Vec<_> = gone.iter().map(ToString::to_string).collect();
        let (names, more) =
            (names.join("、"), if *count > NAMED as u64 { "等" } else { "" });
        let message = format!("不是全部：还缺 {count} 份报告（--shard {names}{more}）");
        let error = Error::command(message);
        terminal::fail(&error.hint("把这几台的报告也写进命令里；没有跑过的先跑"));
        return Err(Error::document());
    }
    if report.files.iter().any(Row::is_bad) { Err(Error::document()) } else { Ok(()) }
}

/// So many of the missing shares are named.
const NAMED: usize = 10;

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
