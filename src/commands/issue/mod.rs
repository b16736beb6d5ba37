//! `hongtou issue`: a number for a notice, written into it, its PDF, and the register.

mod plan;
mod write;

use std::path::Path;

use super::desk::Desk;
use crate::args;
use crate::diag::{Diagnostic, Error};
use crate::notice::date::Date;
use crate::paths::folder_of;
use crate::pipeline::{self, Input, Options, Workshop, read_input};
use crate::{ledger, terminal};

use plan::{Decision, decide};
use write::Issuer;

/// What is asked for beside the notice itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    /// 代字.
    pub code: Option<String>,
    /// 成文日期.
    pub date: Option<Date>,
    /// Why it is issued again; `None` where it is not.
    pub reissue: Option<String>,
}

/// Issues one notice.
///
/// # Errors
/// The notice has problems or may not be issued, which is shown; the register or a file
/// cannot be written.
pub fn issue(args: &args::issue::Issue) -> Result<(), Error> {
    let date = |text: &String| {
        text.parse().map_err(|_| {
            Error::command(format!("没有“{text}”这个日期"))
                .hint("写成 2026-03-05 或 2026年3月5日")
        })
    };
    let why = args.why.as_deref().unwrap_or_default().trim();
    if args.reissue && why.is_empty() {
        return Err(Error::command("重新发文要写原因").hint("--reissue --why 原因"));
    }
    let request = Request {
        code: args.code.clone(),
        date: args.date.as_ref().map(date).transpose()?,
        reissue: args.reissue.then(|| why.to_owned()),
    };
    let folder = folder_of(&args.file);
    if let Err(finding) = read_input(&args.file) {
        return Err(refused(finding));
    }
    issue_file(&Desk::at(folder)?, &args.file, &request, &args.tools.options())
}

/// Issues the notice in a file.
///
/// # Errors
/// As for [`issue`].
pub(super) fn issue_file(
    desk: &Desk,
    file: &Path,
    request: &Request,
    options: &Options,
) -> Result<(), Error> {
    let input = read_input(file).map_err(refused)?;
    let notice = checked(desk, &input)?;
    let mut ledger = desk.open()?;
    let plan = match decide(desk, &ledger, file, &input, &notice, request)? {
        Decision::Done(message) => {
            terminal::note(&message);
            return Ok(());
        }
        Decision::Go(plan) => plan,
    };
    let workshop = Workshop::in_workspace(options, Some(desk.workspace.clone()))?;
    let issuer =
        Issuer { desk, workshop: &workshop, options, file, input: &input, plan: &plan };
    let message = issuer.issue(&mut ledger)?;
    desk.back_up(&ledger);
    terminal::note(&message);
    Ok(())
}

/// A notice without errors, with what is known of its text.
struct Ready {
    checked: pipeline::Checked,
    notice: crate::notice::Notice,
    text: String,
    parts: String,
}

fn checked(desk: &Desk, input: &Input) -> Result<Ready, Error> {
    let mut checked = pipeline::check(input, Some(&desk.workspace));
    crate::diag::sort(&mut checked.findings);
    match checked.notice.take() {
        Some(notice) if !checked.findings.iter().any(Diagnostic::is_error) => {
            let parts = ledger::digest_of_files(&checked.folders.take_used());
            Ok(Ready { notice, text: ledger::digest(&input.bytes), parts, checked })
        }
        _ => {
            terminal::show(&checked.findings);
            Err(Error::document())
        }
    }
}

/// Shows a finding; then the document has failed.
fn refused(finding: Diagnostic) -> Error {
    terminal::show(&[finding]);
    Error::document()
}
