//! `hongtou measure`: the laid-out pages against the standard, clause by clause.

use std::path::{Path, PathBuf};

use crate::args::{self, MeasureFormat};
use crate::diag::{Diagnostic, Error, reason};
use crate::notice::source;
use crate::notice::variables::Params;
use crate::pipeline::{Input, Measured, Workshop, read_input, workspace_of};
use crate::{report, terminal};

/// Prints one row for each measure.
///
/// # Errors
/// A measure is not kept, the notice has errors, or nothing could be measured at all.
pub fn measure(args: &args::Measure) -> Result<(), Error> {
    let params = params(&args.set)?;
    let measured = match input(&args.file) {
        Ok(input) => run(args, &input, &params)?,
        Err(finding) => Measured { findings: vec![finding], ..Measured::default() },
    };
    terminal::show(&measured.findings);
    let Some(rows) = &measured.rows else { return Err(Error::document()) };
    match args.format {
        MeasureFormat::Table => terminal::show_measures(rows),
        MeasureFormat::Json => {
            let file = args.file.display().to_string();
            terminal::say(&report::measures_json(&file, measured.pages, rows));
        }
    }
    let kept = rows.iter().all(|row| row.ok);
    if kept { Ok(()) } else { Err(Error::document()) }
}

fn run(args: &args::Measure, input: &Input, params: &Params) -> Result<Measured, Error> {
    match workspace_of(&input.folder) {
        Ok(workspace) => {
            let workshop = Workshop::in_workspace(&args.tools.options(), workspace)?;
            Ok(workshop.measure(input, params))
        }
        Err(findings) => Ok(Measured { findings, ..Measured::default() }),
    }
}

/// `--set 键=值`.
fn params(set: &[String]) -> Result<Params, Error> {
    let pair = |text: &String| match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), crate::notice::clean(value)))
        }
        _ => Err(Error::command(format!("--set 后面要写“键=值”，这里是“{text}”"))
            .hint("例如 --set 年度=2027")),
    };
    set.iter().map(pair).collect()
}

fn input(file: &Path) -> Result<Input, Diagnostic> {
    if file != Path::new("-") {
        return read_input(file);
    }
    let bytes = terminal::read(source::LIMIT + 1).map_err(|error| {
        Diagnostic::error("Y003", format!("标准输入读不了：{}", reason(&error)))
    })?;
    Ok(Input { name: "标准输入".into(), bytes, folder: PathBuf::from(".") })
}
