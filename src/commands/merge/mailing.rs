//! The rows of a merge: each is built, written and told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::kept::Claim;
use super::left::Left;
use crate::args;
use crate::batch::report::{Counts, Report, Row, State};
use crate::batch::{self, Mail, Roster, each};
use crate::commands::batch::numbers::Numbers;
use crate::commands::batch::said::Said;
use crate::commands::desk::Registers;
use crate::commands::output::unwritable;
use crate::commands::reports::{session, write_report};
use crate::diag::{Diagnostic, Error, reason, way_out};
use crate::files;
use crate::paths::folder_of;
use crate::pipeline::{Built, Input, Laid, Order, Workshop};
use crate::terminal::{self, Progress};
use crate::typeset;

/// All that the rows share.
pub struct Mailing<'a> {
    /// What they are set with.
    pub workshop: Workshop,
    /// The registers that the notice's number is looked up in.
    pub registers: Registers,
    /// The notice.
    pub input: Input,
    /// What all of them are built with.
    pub order: Order,
    /// The table.
    pub roster: Roster,
    /// The rows that are built.
    pub mails: Vec<Mail>,
    /// The rows that are not selected.
    pub others: Vec<Mail>,
    /// The columns that 发文字号 asks for.
    pub number_columns: Vec<String>,
    /// Where their PDF go; nowhere if only the combined one is asked for.
    pub folder: Option<&'a Path>,
    /// Whether they are wanted in one PDF.
    pub combined: bool,
    /// What they are made of.
    pub claim: Claim<'a>,
    /// The command's arguments.
    pub args: &'a args::Merge,
}

/// What a row came to.
struct Made {
    at: usize,
    built: Built,
    laid: Option<Laid>,
    bytes: u64,
    milliseconds: f64,
}

/// What has come out so far.
struct Tally {
    counts: Counts,
    /// All rows for a report, else those that failed, by their place in the table.
    rows: BTreeMap<usize, Row>,
    laid: BTreeMap<usize, Laid>,
    undone: BTreeSet<usize>,
    /// What was shown: most rows have the same.
    said: Said,
}

impl Mailing<'_> {
    /// Builds all rows; `skipped` are those that lack a value.
    ///
    /// # Errors
    /// A row lacks something or failed; something could not be written.
    pub fn run(self, skipped: &[(usize, Diagnostic)]) -> Result<(), Error> {
        let threads = batch::threads(self.args.jobs.map(usize::from));
        let stop = terminal::stopped();
        let count = self.mails.len();
        let mut progress = Progress::new(count, self.args.quiet);
        let mut tally = Tally {
            counts: Counts::default(),
            rows: BTreeMap::new(),
            laid: BTreeMap::new(),
            undone: (0..count).collect(),
            said: Said::default(),
        };
        let open = |folder| Left::open(folder, &self.claim, self.mails.iter());
        let mut left = self.folder.map(open).transpose()?;
        skipped.iter().for_each(|_| tally.counts.add(State::Skipped));
        let begun = each(
            count,
            threads,
            &stop,
            |at| self.one(at, threads),
            |made| self.take(made, &mut tally, &mut progress),
        );
        progress.end();
        begun?;
        let repeated = tally.said.repeated();
        if repeated > 0 {
            terminal::note(&format!(
                "别的行还有 {repeated} 处同样的错误或提醒，不再一一列出"
            ));
        }
        let Tally { mut counts, rows, laid, undone, .. } = tally;
        let failed: BTreeSet<usize> =
            rows.iter().filter(|(_, row)| row.is_bad()).map(|(at, _)| *at).collect();
        let not_made = failed.union(&undone).map(|at| self.mails[*at].name.as_str());
        let kept = left.as_mut().map_or(Ok(()), |left| left.not_made(not_made));
        let mut rows: Vec<Row> = rows.into_values().collect();
        let mut numbers = self.numbers();
        numbers.tell();
        numbers.report(&mut rows);
        if !undone.is_empty() {
            let count = undone.len();
            let undone = undone.iter().map(|at| &self.mails[*at]);
            rows.extend(undone.map(|it| self.named(it.row, Some(it), State::Undone)));
            self.report(rows, skipped)?;
            kept?;
            return Err(Error::command(format!("中途停下，还有 {count} 份没有排"))
                .hint("已生成的都是完整的；再运行一次，从头全部重排"));
        }
        let laid = laid.into_values().collect();
        let others = self.others.iter().map(|mail| mail.name.as_str());
        let made = (0..count).filter(|at| !failed.contains(at));
        let made = made.map(|at| self.mails[at].name.as_str());
        let combined = self.folder.and_then(|folder| self.combined_in(folder));
        let now = made.chain(others).chain(combined.as_deref()).collect();
        let hidden = self.roster.hidden_rows().collect();
        left.inspect(|left| left.tell(&now, &hidden));
        let combined = if counts.bad() { Ok(false) } else { self.combine(laid) };
        if self.folder.is_none() && !matches!(combined, Ok(true)) {
            counts.unwritten();
            rows.iter_mut().for_each(Row::unwritten);
        }
        let ended = self.end(rows, skipped, &counts);
        combined.map(drop).and(kept).and(ended)
    }

    /// The numbers that the rows of the whole table have a part in.
    fn numbers(&self) -> Numbers {
        let mut numbers = Numbers::with_way(self.number_way());
        for mail in self.mails.iter().chain(&self.others) {
            if let Some(number) = &mail.number {
                numbers.add(number.as_str().into(), &self.file(mail.row));
            }
        }
        numbers
    }

    /// The way out of a number that is given twice: it stands in the table.
    fn number_way(&self) -> String {
        format!("改名册的“{}”一栏，一份一个号", self.number_columns.join("”“"))
    }

    /// Takes what a row came to, and tells it.
    fn take(&self, mut made: Made, tally: &mut Tally, progress: &mut Progress) {
        tally.undone.remove(&made.at);
        tally.laid.extend(made.laid.take().map(|it| (made.at, it)));
        let row = self.row(&made);
        tally.counts.add(row.state);
        let line = match row.pdf.as_str() {
            "" => format!("已排好 {}（{} 页）", row.file, row.pages),
            pdf => format!("已生成 {pdf}（{} 页）", row.pages),
        };
        let line = Some(line).filter(|_| row.state == State::Built);
        let number = self.mails[made.at].row;
        let findings = tally.news(number, &row, &made.built.findings);
        progress.step(line.as_deref(), false, &findings);
        if self.args.report.is_some() || row.state == State::Failed {
            tally.rows.insert(made.at, row);
        }
    }

    fn one(&self, at: usize, threads: usize) -> Made {
        let start = Instant::now();
        let made = batch::guarded(|| self.try_one(at, threads));
        let failed = |finding| Made {
            at,
            built: Built { findings: vec![finding], ..Built::default() },
            laid: None,
            bytes: 0,
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
        let (workspace, file) = (self.workshop.workspace(), &self.args.file);
        self.registers.check(workspace, file, &self.input, &mut built);
        for finding in built.findings.iter_mut().filter(|it| it.code == "R104") {
            if !self.number_columns.is_empty() {
                finding.hints = vec![self.number_way()];
            }
        }
        if let (Some(laid), Some(_)) = (&laid, self.folder) {
            self.workshop.export(laid, &order, &mut built);
        }
        typeset::forget_beside(threads);
        let pdf = built.pdf.take();
        if let Some(pdf) = &pdf {
            built.findings.extend(self.write(mail, pdf));
        }
        if !self.combined {
            laid = None;
        }
        let bytes = pdf.map_or(0, |pdf| pdf.len() as u64);
        Made { at, built, laid, bytes, milliseconds: 0.0 }
    }

    /// Writes a row's PDF; what stands in the way.
    fn write(&self, mail: &Mail, pdf: &[u8]) -> Option<Diagnostic> {
        let target = self.target(mail);
        let error = files::write(&target, pdf).err()?;
        let message = format!("写不了“{}”：{}", target.display(), reason(&error));
        Some(Diagnostic::error("B101", message).hint(way_out(&error)))
    }

    fn target(&self, mail: &Mail) -> PathBuf {
        self.folder.unwrap_or(Path::new("")).join(&mail.name)
    }

    fn row(&self, made: &Made) -> Row {
        let mail = &self.mails[made.at];
        let failed = made.built.findings.iter().any(Diagnostic::is_error);
        let state = if failed { State::Failed } else { State::Built };
        let (pages, bytes) = (made.built.pages, made.bytes);
        Row { pages, bytes, ..self.named(mail.row, Some(mail), state) }
            .found(made.milliseconds, &made.built.findings)
    }

    /// A row of the report.
    fn named(&self, row: usize, mail: Option<&Mail>, state: State) -> Row {
        let target = mail.filter(|_| self.folder.is_some()).map(|it| self.target(it));
        let pdf = target.map(|it| it.display().to_string()).unwrap_or_default();
        let copy = mail.and_then(Mail::copy_text);
        Row { copy, ..Row::new(self.file(row), pdf, state) }
    }

    /// A row's name in the report.
    fn file(&self, row: usize) -> String {
        format!("{}（{} 第 {row} 行）", self.input.name, self.roster.name())
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
        let session = session("merge", &[&self.args.file, &self.args.data]);
        write_report(path, &Report::of(session, rows.into_iter().chain(skipped)))
    }

    /// All rows in one PDF; whether it was written.
    fn combine(&self, laid: Vec<Laid>) -> Result<bool, Error> {
        let Some(path) = &self.args.combined else { return Ok(false) };
        let count = laid.len();
        let Some(all) = Laid::joined(laid) else { return Ok(false) };
        let mut built = Built::default();
        self.workshop.export(&all, &self.order, &mut built);
        let Some(pdf) = built.pdf else {
            terminal::show(&built.findings);
            return Err(Error::document());
        };
        if let Some(name) = path.file_name().filter(|_| !files::is_device(path)) {
            let name = name.to_string_lossy();
            Left::of_all(folder_of(path), &self.claim, &name)?;
        }
        files::write(path, &pdf).map_err(|error| unwritable(path, &error))?;
        if !self.args.quiet {
            let (name, pages) = (path.display(), all.count());
            terminal::note(&format!("已生成 {name}（{count} 份，共 {pages} 页）"));
        }
        Ok(true)
    }

    /// Tells that there is no PDF of all rows, and of an older one in its place.
    fn tell_uncombined(&self, counts: &Counts) {
        let Some(path) = &self.args.combined else { return };
        let why = match (self.mails.is_empty(), counts.bad()) {
            (true, _) => "没有一行可以排",
            (false, true) => "有的行没有排出来",
            (false, false) => return,
        };
        let old =
            if path.is_file() { "；那里的还是以前的，不要发" } else { "" };
        terminal::note(&format!("没有写“{}”：{why}{old}", path.display()));
    }

    /// The name of the PDF of all rows if it lies in this folder.
    fn combined_in(&self, folder: &Path) -> Option<String> {
        let path = self.args.combined.as_deref()?;
        let real = |path: &Path| path.canonicalize().ok();
        let name = path.file_name()?.to_string_lossy().into_owned();
        (real(folder_of(path)) == real(folder_of(&folder.join("甲")))).then_some(name)
    }

    fn end(
        &self,
        rows: Vec<Row>,
        skipped: &[(usize, Diagnostic)],
        counts: &Counts,
    ) -> Result<(), Error> {
        let failed = rows.iter().filter(|row| row.state == State::Failed);
        let failed: Vec<String> = failed.map(Row::fault).collect();
        terminal::note_first(&failed, |more| format!("另有 {more} 行失败，见 --report"));
        self.tell_uncombined(counts);
        let skipped_bad = skipped.iter().any(|(_, finding)| finding.is_error());
        let bad = counts.bad() || skipped_bad || self.mails.is_empty();
        if !self.args.quiet || bad {
            terminal::note(&format!("共：{}", counts.words()));
        }
        self.report(rows, skipped)?;
        if bad { Err(Error::document()) } else { Ok(()) }
    }
}

impl Tally {
    /// What is to be shown of a row's findings, with its number in the table.
    fn news(
        &mut self,
        number: usize,
        row: &Row,
        found: &[Diagnostic],
    ) -> Vec<Diagnostic> {
        let mut news = self.said.news(row, found);
        for finding in news.iter_mut().filter(|it| !is_of_number(it)) {
            finding.message = format!("名册第 {number} 行：{}", finding.message);
        }
        news
    }
}

/// Whether a finding is the register's on a number that is written out: no row has a part in it.
fn is_of_number(finding: &Diagnostic) -> bool {
    let place = finding.place.as_ref();
    finding.code.starts_with('R') && place.is_some_and(|it| !it.text.contains("{{"))
}
