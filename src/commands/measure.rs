//! `hongtou measure`: the laid-out pages against the standard, clause by clause.

use super::input::{input, params};
use crate::args::{self, MeasureFormat};
use crate::diag::Error;
use crate::notice::variables::Params;
use crate::pipeline::{Input, Measured, Workshop, workspace_of};
use crate::{report, terminal};

/// Prints one row for each measure.
///
/// # Errors
/// A measure is not kept, the notice has errors, or nothing could be measured at all.
pub fn measure(args: &args::Measure) -> Result<(), Error> {
    let params = params(&args.setting.set)?;
    let measured = match input(&args.file) {
        Ok(input) => run(args, &input, &params)?,
        Err(finding) => Measured { findings: vec![finding], ..Measured::default() },
    };
    terminal::show(&measured.findings);
    let Some(rows) = &measured.rows else { return Err(Error::document()) };
    if !measured.adjustment.is_empty() {
        terminal::note(&format!("调整：{}", measured.adjustment));
    }
    match args.format {
        MeasureFormat::Table => terminal::show_measures(rows),
        MeasureFormat::Json => {
            let file = args.file.display().to_string();
            terminal::print(&report::measures_json(&file, measured.pages, rows));
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
