//! `hongtou merge`: one notice and a table, a PDF for each row.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::input::{input, params};
use super::output::{self, unwritable};
use super::reports::{report_path, write_report};
use crate::args;
use crate::batch::report::{Counts, Report, Row, State};
use crate::batch::{self, Mail, Roster, each};
use crate::diag::{Diagnostic, Error, Severity, reason};
use crate::notice::source::Source;
use crate::paths::{ends_in, folder_of};
use crate::pipeline::{Built, Input, Laid, Order, Workshop, workspace_of};
use crate::terminal::{self, Progress};
use crate::{notice, typeset};

/// Makes a PDF of each row of the table.
///
/// # Errors
/// A row was skipped or failed; names that cannot be; nothing could be made at all.
pub fn merge(args: &args::Merge) -> Result<(), Error> {
    no_dash(args)?;
    report_path(args.report.as_deref())?;
    combined_path(args)?;
    let order = Order {
        params: params(&args.set)?,
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
    let rows = notice::roster(&args.data, args.sheet.as_deref()).map_err(shown)?;
    let roster = batch::roster(rows)?;
    let source =
        Source::decode(&input.name, &input.bytes).map_err(|it| shown(vec![it]))?;
    let workspace = workspace_of(&input.folder).map_err(shown)?;
    let workshop = Workshop::in_workspace(&args.tools.options(), workspace)?;
    if let Some(left_out) = roster.left_out() {
        terminal::note(&format!(
            "名册第 {left_out} 行空着，或者隐藏、筛选掉了，没有生成"
        ));
    }
    let rows = roster.select(&filter)?;
    let names = batch::variables(&source);
    let first = args.copies_from.or_else(|| own_copy(&workshop, &input, &order));
    let (mails, skipped) =
        roster.mails(&rows, &names, &pattern(args), &order.params, first)?;
    let told: Vec<Diagnostic> = skipped.iter().map(|it| it.1.clone()).collect();
    terminal::show(&told);
    if let Some(mail) = mails.first() {
        let params = roster.params(mail.row, &order.params);
        unknown(workshop.check(&input, &params).findings)?;
    }
    let folder = folder(args)?;
    apart(args.combined.as_deref(), folder.as_deref(), &mails)?;
    let (folder, combined) = (folder.as_deref(), args.combined.is_some());
    let work = Work { workshop, input, order, roster, mails, folder, combined, args };
    work.run(&skipped)
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
fn unknown(mut findings: Vec<Diagnostic>) -> Result<(), Error> {
    // In letters to many nobody reads what would be printed as it stands.
    findings.retain(|finding| ["Y301", "Y303"].contains(&finding.code));
    if findings.is_empty() {
        return Ok(());
    }
    for finding in &mut findings {
        if finding.code == "Y301" {
            let near = finding.hints.iter().any(|it| it.contains('？'));
            if !near {
                let hint = "名册里加上这一栏（隐藏的栏不算），第一行写这个名称";
                finding.hints = vec![hint.into()];
            }
        } else {
            finding.severity = Severity::Error;
        }
    }
    terminal::show(&findings);
    terminal::note("名册里没有这些变量，每一行都排不出来；一份也没有写");
    Err(Error::document())
}

/// The notice's own 份号, from which the rows' go on.
fn own_copy(workshop: &Workshop, input: &Input, order: &Order) -> Option<u32> {
    workshop.check(input, &order.params).notice?.copy_number?.trim().parse().ok()
}

fn pattern(args: &args::Merge) -> String {
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    args.name.clone().unwrap_or_else(|| format!("{stem}-{{{{ 行号 }}}}.pdf"))
}

/// Where each row's PDF goes; nowhere if only the combined one is asked for.
fn folder(args: &args::Merge) -> Result<Option<PathBuf>, Error> {
    if args.combined.is_some() && args.output.is_none() && args.name.is_none() {
        return Ok(None);
    }
    let beside = || args.file.parent().unwrap_or(Path::new("")).to_owned();
    let folder = args.output.clone().unwrap_or_else(beside);
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    }
    output::sweep(&folder);
    Ok(Some(folder))
}

/// All that the rows share.
struct Work<'a> {
    workshop: Workshop,
    input: Input,
    order: Order,
    roster: Roster,
    mails: Vec<Mail>,
    folder: Option<&'a Path>,
    combined: bool,
    args: &'a args::Merge,
}

/// What a row came to.
struct Made {
    at: usize,
    built: Built,
    laid: Option<Laid>,
    bytes: u64,
    unwritten: Option<io::Error>,
    milliseconds: f64,
}

impl Work<'_> {
    fn run(self, skipped: &[(usize, Diagnostic)]) -> Result<(), Error> {
        let threads = batch::threads(self.args.jobs.map(usize::from));
        let stop = terminal::stopped();
        let count = self.mails.len();
        let mut progress = Progress::new(count, self.args.quiet);
        let mut counts = Counts::default();
        skipped.iter().for_each(|_| counts.add(State::Skipped));
        let mut rows = Vec::new();
        let mut laid: Vec<(usize, Laid)> = Vec::new();
        let mut undone: BTreeSet<usize> = (0..count).collect();
        each(
            count,
            threads,
            &stop,
            |at| self.one(at, threads),
            |mut made| {
                undone.remove(&made.at);
                laid.extend(made.laid.take().map(|it| (made.at, it)));
                let row = self.row(&mut made);
                counts.add(row.state);
                let line = match row.pdf.as_str() {
                    "" => format!("已排好 {}（{} 页）", row.file, row.pages),
                    pdf => format!("已生成 {pdf}（{} 页）", row.pages),
                };
                let line = Some(line).filter(|_| row.state == State::Built);
                progress.step(line.as_deref(), false, &made.built.findings);
                if self.args.report.is_some() || row.state == State::Failed {
                    rows.push(row);
                }
            },
        );
        progress.end();
        if stop.load(Ordering::Relaxed) {
            let undone = undone.iter().map(|at| &self.mails[*at]);
            rows.extend(undone.map(|it| self.named(it.row, Some(it), State::Undone)));
            self.report(rows, skipped)?;
            return Err(
                Error::command("中途停下").hint("已生成的都是完整的；请再运行一次")
            );
        }
        laid.sort_by_key(|(at, _)| *at);
        let laid = laid.into_iter().map(|(_, it)| it).collect();
        let combined = if counts.bad() { Ok(()) } else { self.combine(laid) };
        let ended = self.end(rows, skipped, &counts);
        combined.and(ended)
    }

    fn one(&self, at: usize, threads: usize) -> Made {
        let start = Instant::now();
        let made = batch::guarded(|| self.try_one(at, threads));
        let failed = |finding| Made {
            at,
            built: Built { findings: vec![finding], ..Built::default() },
            laid: None,
            bytes: 0,
            unwritten: None,
            milliseconds: 0.0,
        };
        let made = made.unwrap_or_else(failed);
        Made { milliseconds: start.elapsed().as_secs_f64() * 1000.0, ..made }
    }

    fn try_one(&self, at: usize, threads: usize) -> Made {
        let mail = &self.mails[at];
        let order = Order {
            params: self.roster.params(mail.row, &self.order.params),
            copies: mail.copy.into_iter().collect(),
            name: mail.name.clone(),
            ..self.order.clone()
        };
        let (mut built, mut laid) = self.workshop.lay_out_input(&self.input, &order);
        if let (Some(laid), Some(_)) = (&laid, self.folder) {
            self.workshop.export(laid, &order, &mut built);
        }
        typeset::forget_beside(threads);
        let pdf = built.pdf.take();
        let write = |pdf: &Vec<u8>| output::write(&self.target(mail), pdf).err();
        let unwritten = pdf.as_ref().and_then(write);
        if !self.combined {
            laid = None;
        }
        let bytes = pdf.map_or(0, |pdf| pdf.len() as u64);
        Made { at, built, laid, bytes, unwritten, milliseconds: 0.0 }
    }

    fn target(&self, mail: &Mail) -> PathBuf {
        self.folder.unwrap_or(Path::new("")).join(&mail.name)
    }

    fn row(&self, made: &mut Made) -> Row {
        let mail = &self.mails[made.at];
        let target = self.target(mail);
        if let Some(error) = &made.unwritten {
            let message = format!("写不了“{}”：{}", target.display(), reason(error));
            let hint = "检查文件夹的权限和磁盘空间；PDF 若正打开着，先关上";
            made.built.findings.push(Diagnostic::error("B101", message).hint(hint));
        }
        let failed = made.built.findings.iter().any(Diagnostic::is_error);
        let state = if failed { State::Failed } else { State::Built };
        let (pages, bytes) = (made.built.pages, made.bytes);
        Row { pages, bytes, ..self.named(mail.row, Some(mail), state) }
            .found(made.milliseconds, &made.built.findings)
    }

    /// A row of the report.
    fn named(&self, row: usize, mail: Option<&Mail>, state: State) -> Row {
        let file = format!("{}（名册第 {row} 行）", self.input.name);
        let target = mail.filter(|_| self.folder.is_some()).map(|it| self.target(it));
        let pdf = target.map(|it| it.display().to_string()).unwrap_or_default();
        Row::new(file, pdf, state)
    }

    /// The report, if one is asked for.
    fn report(
        &self,
        rows: Vec<Row>,
        skipped: &[(usize, Diagnostic)],
    ) -> Result<(), Error> {
        let Some(path) = &self.args.report else { return Ok(()) };
        let skipped = skipped.iter().map(|(row, finding)| {
            let named = self.named(*row, None, State::Skipped);
            named.found(0.0, std::slice::from_ref(finding))
        });
        write_report(path, &Report::new(rows.into_iter().chain(skipped)))
    }

    /// All rows in one PDF.
    fn combine(&self, laid: Vec<Laid>) -> Result<(), Error> {
        let Some(path) = &self.args.combined else { return Ok(()) };
        let count = laid.len();
        let Some(all) = Laid::joined(laid) else { return Ok(()) };
        let mut built = Built::default();
        self.workshop.export(&all, &self.order, &mut built);
        let Some(pdf) = built.pdf else {
            terminal::show(&built.findings);
            return Err(Error::document());
        };
        output::write(path, &pdf).map_err(|error| unwritable(path, &error))?;
        if !self.args.quiet {
            let (name, pages) = (path.display(), all.pages.document.pages().len());
            terminal::note(&format!("已生成 {name}（{count} 份，共 {pages} 页）"));
        }
        Ok(())
    }

    fn end(
        &self,
        mut rows: Vec<Row>,
        skipped: &[(usize, Diagnostic)],
        counts: &Counts,
    ) -> Result<(), Error> {
        rows.sort_by(|a, b| a.pdf.cmp(&b.pdf));
        for row in rows.iter().filter(|row| row.state == State::Failed) {
            terminal::note(&row.fault());
        }
        if let (true, Some(path)) = (counts.bad(), &self.args.combined) {
            terminal::note(&format!("没有写“{}”：有的行没有排出来", path.display()));
        }
        let bad = counts.bad() || !skipped.is_empty();
        if !self.args.quiet || bad {
            terminal::note(&format!("共：{}", counts.words()));
        }
        self.report(rows, skipped)?;
        if bad { Err(Error::document()) } else { Ok(()) }
    }
}
