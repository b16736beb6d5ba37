//! `hongtou merge`: one notice and a table, a PDF for each row.

mod left;
mod mailing;

use std::path::{Path, PathBuf};

use super::desk::Registers;
use super::input::{input, params};
use super::output::{self, unwritable};
use super::reports::report_path;
use crate::args;
use crate::batch::{self, Asked, Copies, Mail, Roster, Skipped, Sorting, Unused};
use crate::diag::{Diagnostic, Error, Severity};
use crate::notice::source::Source;
use crate::notice::variables::{Params, has_braces};
use crate::paths::{ends_in, folder_of};
use crate::pipeline::{Checked, Order, Workshop, workspace_of};
use crate::{notice, terminal};
use mailing::Mailing;

/// Makes a PDF of each row of the table.
///
/// # Errors
/// A row was skipped or failed; names that cannot be; nothing could be made at all.
pub fn merge(args: &args::Merge) -> Result<(), Error> {
    no_dash(args)?;
    report_path(args.report.as_deref())?;
    combined_path(args)?;
    output_folder(args.output.as_deref())?;
    let order = Order {
        params: given(args)?,
        watermark: args.watermark.clone(),
        standard: args.archive.pdf_standard.into(),
        ..Order::default()
    };
    let filter = where_(&args.filter)?;
    let shown = |findings: Vec<Diagnostic>| {
        terminal::show(&findings);
        Error::document()
    };
    let input = input(&args.file).map_err(|finding| shown(vec![finding]))?;
    let listing =
        notice::roster::roster(&args.data, args.sheet.as_deref()).map_err(shown)?;
    let roster = batch::roster(listing)?;
    let source =
        Source::decode(&input.name, &input.bytes).map_err(|it| shown(vec![it]))?;
    let workspace = workspace_of(&input.folder).map_err(shown)?;
    let workshop = Workshop::in_workspace(&args.tools.options(), workspace)?;
    roster.left_out().iter().for_each(|it| terminal::note(it));
    let rows = roster.select(&filter)?;
    let asked = Asked::of(&source);
    let copies = copies(args, &asked, &roster, || workshop.check(&input, &order.params))
        .map_err(|finding| shown(vec![finding]))?;
    let pattern = pattern(args);
    let (given, pattern) = (&order.params, pattern.as_str());
    unasked(given, &asked, &roster, pattern);
    let sorting =
        Sorting { roster: &roster, asked: &asked, given, pattern, copies: &copies };
    let (mails, skipped) = sorting.sort(&rows)?;
    tell_skipped(&skipped);
    if let Some(mail) = mails.first() {
        let params = roster.params(mail.row, &order.params);
        unknown(workshop.check(&input, &params).findings, &roster)?;
    }
    let check = |mail: &Mail| {
        let params = roster.params(mail.row, &order.params);
        workshop.check(&input, &params).findings
    };
    in_each(&mails, check)?;
    let folder = folder(args, &mails)?;
    apart(args.combined.as_deref(), folder.as_deref(), &mails)?;
    let others = sorting.names_of_others(&rows);
    let (folder, combined) = (folder.as_deref(), args.combined.is_some());
    let registers = Registers::default();
    let mailing = Mailing {
        workshop,
        registers,
        input,
        order,
        roster,
        mails,
        others,
        folder,
        combined,
        args,
    };
    mailing.run(&skipped)
}

/// Parameters of the command line.
fn given(args: &args::Merge) -> Result<Params, Error> {
    let params = params(&args.set)?;
    match params.iter().find(|(_, value)| has_braces(value)) {
        Some((name, _)) => {
            let message = format!("--set 的“{name}”里有花括号，会照原样印出");
            Err(Error::command(message).hint("--set 后面写要印的文字"))
        }
        None => Ok(params),
    }
}

/// So many faults of rows are told.
const FAULTS: usize = 20;

/// Tells why rows are skipped, those with the same fault together.
fn tell_skipped(skipped: &Skipped) {
    let mut faults: Vec<(&Diagnostic, Vec<usize>)> = Vec::new();
    for (row, finding) in skipped {
        match faults.iter_mut().find(|(fault, _)| *fault == finding) {
            Some((_, rows)) => rows.push(*row),
            None => faults.push((finding, vec![*row])),
        }
    }
    let told = |(fault, rows): &(&Diagnostic, Vec<usize>)| {
        let rows = batch::in_short(rows);
        let message = format!("名册第 {rows} 行{}", fault.message);
        Diagnostic { message, ..(*fault).clone() }
    };
    let shown: Vec<Diagnostic> = faults.iter().take(FAULTS).map(told).collect();
    terminal::show(&shown);
    let more: usize = faults.iter().skip(FAULTS).map(|(_, rows)| rows.len()).sum();
    if more > 0 {
        terminal::note(&format!("另有 {more} 行也跳过，见 --report"));
    }
}

/// Tells of parameters of the command line that nothing asks for, or that a column stands for.
fn unasked(given: &Params, asked: &Asked, roster: &Roster, pattern: &str) {
    let unused = Unused::new(given);
    unused.take(asked);
    unused.drop_all(&asked.variables_of(pattern, &|name| given.contains_key(name)));
    unused.told().iter().for_each(|line| terminal::note(line));
    for name in given.keys().filter(|name| roster.has(name)) {
        terminal::note(&format!("--set 的“{name}”名册里也有这一栏，用的是名册的"));
    }
}

/// Many PDFs do not go to standard output.
fn no_dash(args: &args::Merge) -> Result<(), Error> {
    let dash = |path: &Path| path == Path::new("-");
    if dash(&args.file) || args.output.as_deref().is_some_and(dash) {
        return Err(Error::command("合并生成时不能用标准输入、标准输出")
            .hint("写出通知的文件名；-o 后面写文件夹"));
    }
    Ok(())
}

/// Whether the rows' PDFs may go there.
fn output_folder(path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path.filter(|it| !it.is_dir()) else { return Ok(()) };
    let shown = path.display();
    let message = if path.exists() {
        format!("“{shown}”是文件，不是文件夹")
    } else if ends_in(path, &["pdf"]) {
        format!("-o 后面的“{shown}”像是 PDF 的名称，各份要放在一个文件夹里")
    } else {
        return Ok(());
    };
    let error = Error::command(message).hint("-o 后面写文件夹，如 -o 分送");
    let hint = || format!("要接着排在一个 PDF 里的，写 --combined {shown}");
    Err(if ends_in(path, &["pdf"]) { error.hint(hint()) } else { error })
}

/// Whether all rows' PDF may go there.
fn combined_path(args: &args::Merge) -> Result<(), Error> {
    let Some(path) = args.combined.as_deref() else { return Ok(()) };
    let shown = path.display();
    if !(ends_in(path, &["pdf"]) || output::is_device(path)) {
        return Err(Error::command(format!("全部接在一起的 PDF 不能写成“{shown}”"))
            .hint("--combined 后面写以 .pdf 结尾的文件"));
    }
    if path.is_dir() {
        return Err(Error::command(format!("“{shown}”是文件夹，不是文件"))
            .hint("--combined 后面写以 .pdf 结尾的文件"));
    }
    // The rows' folder is made where it is missing.
    let beside = args.output.as_deref().is_some_and(|it| it == folder_of(path));
    if beside { Ok(()) } else { output::has_folder(path) }
}

/// The combined PDF must not be one of the rows' own.
fn apart(
    combined: Option<&Path>,
    folder: Option<&Path>,
    mails: &[Mail],
) -> Result<(), Error> {
    let (Some(combined), Some(folder)) = (combined, folder) else { return Ok(()) };
    let place = |path: &Path| folder_of(path).canonicalize().ok();
    let name = combined.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let same = |mail: &&Mail| mail.name.to_lowercase() == name;
    let beside = place(combined) == place(&folder.join("甲"));
    match mails.iter().find(same).filter(|_| beside) {
        Some(mail) => Err(Error::command(format!(
            "--combined 的“{}”也是名册第 {} 行的文件名",
            combined.display(),
            mail.row
        ))
        .hint("给 --combined 换一个名称；一份也没有写")),
        None => Ok(()),
    }
}

/// `--where 键=值`, in the way of `--set`; one column may be named several times.
fn where_(filter: &[String]) -> Result<Vec<(String, String)>, Error> {
    let mut pairs = Vec::new();
    for one in filter {
        pairs.extend(params(std::slice::from_ref(one)).map_err(|_| {
            Error::command("--where 后面要写“键=值”").hint("例如 --where 区县=城关区")
        })?);
    }
    Ok(pairs)
}

/// A variable that the table does not have is missing in each row: told once.
fn unknown(mut findings: Vec<Diagnostic>, roster: &Roster) -> Result<(), Error> {
    // In letters to many nobody reads what would be printed as it stands.
    findings.retain(|finding| ["Y301", "Y303"].contains(&finding.code));
    if findings.is_empty() {
        return Ok(());
    }
    for finding in &mut findings {
        if finding.code == "Y301" {
            let near = finding.hints.iter().any(|it| it.contains('？'));
            if !near {
                let name = finding.message.split(['“', '”']).nth(1).unwrap_or_default();
                finding.hints = vec![roster.elsewhere(name)];
            }
        } else {
            finding.severity = Severity::Error;
            finding.message = finding.message.replace("，照原样印出", "");
            let name = finding.message.split(['“', '”']).nth(1).unwrap_or_default();
            if let Some(name) = roster.without_space(name.trim_matches(['{', '}'])) {
                finding.hints = vec![format!("中间不要空格，写成 {{{{ {name} }}}}")];
            }
        }
    }
    terminal::show(&findings);
    terminal::note("名册里没有这些变量，每一行都排不出来；一份也没有写");
    Err(Error::document())
}

/// Errors that each row has are the notice's own: told once, before anything is laid out.
fn in_each(
    mails: &[Mail],
    check: impl Fn(&Mail) -> Vec<Diagnostic>,
) -> Result<(), Error> {
    let [first, others @ ..] = mails else { return Ok(()) };
    let mut common = check(first);
    common.retain(Diagnostic::is_error);
    for mail in others {
        if common.is_empty() {
            return Ok(());
        }
        let own = check(mail);
        common.retain(|finding| own.contains(finding));
    }
    if common.is_empty() || others.is_empty() {
        return Ok(());
    }
    terminal::show(&common);
    terminal::note("通知有错，每一行都排不出来；一份也没有写");
    Err(Error::document())
}

/// Where the rows' 份号 come from: the command line, the table, or the notice's own, from
/// which they go on.
fn copies(
    args: &args::Merge,
    asked: &Asked,
    roster: &Roster,
    check: impl Fn() -> Checked,
) -> Result<Copies, Diagnostic> {
    if let Some(first) = args.copies_from {
        return Ok(Copies::From(first));
    }
    let Some(text) = asked.copy_number() else { return Ok(Copies::None) };
    let names = asked.variables_of(text, &|name| roster.has(name));
    if names.iter().any(|name| roster.has(name)) {
        return Ok(Copies::Own(text.to_owned()));
    }
    let checked = check();
    match checked.notice.and_then(|it| it.copy_number) {
        // A variable that is not there is told with all others.
        Some(own) if !own.contains("{{") => Copies::going_on_from(&own)
            .map_err(|finding| finding.at(checked.places.of("份号"))),
        _ => Ok(Copies::None),
    }
}

fn pattern(args: &args::Merge) -> String {
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    args.name.clone().unwrap_or_else(|| format!("{stem}-{{{{ 行号 }}}}.pdf"))
}

/// Where each row's PDF goes; nowhere if only the combined one is asked for.
fn folder(args: &args::Merge, mails: &[Mail]) -> Result<Option<PathBuf>, Error> {
    if let Some(path) = &args.combined {
        output::sweep(folder_of(path));
    }
    if args.combined.is_some() && args.output.is_none() && args.name.is_none() {
        return Ok(None);
    }
    let beside = || args.file.parent().unwrap_or(Path::new("")).to_owned();
    let folder = args.output.clone().unwrap_or_else(beside);
    for mail in mails {
        output::takes_pdf(&folder.join(&mail.name)).map_err(|error| Error {
            hints: vec!["把它改名或移走，或用 --name 换文件名；一份也没有写".into()],
            ..error
        })?;
    }
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    }
    output::sweep(&folder);
    Ok(Some(folder))
}
