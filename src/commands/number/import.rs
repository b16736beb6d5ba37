//! `hongtou number import`: an older register, or a folder of notices.

use std::collections::HashMap;
use std::path::Path;

use super::super::desk::Desk;
use super::super::elsewhere::Elsewhere;
use super::super::input::read_file;
use super::here;
use crate::args::number::Import;
use crate::batch::{Choice, find, is_candidate, looks_like_notice};
use crate::diag::{Diagnostic, Error};
use crate::ledger::{self, Fault, Imported, Record, Sent, State};
use crate::notice::date::Date;
use crate::notice::number::{Number, is_code};
use crate::notice::{self};
use crate::pipeline::{self, read_input};
use crate::terminal;

/// The columns that are known, each by several names.
const COLUMNS: [&[&str]; 10] = [
    &["发文字号", "文号", "字号", "文件编号"],
    &["标题", "文件标题", "题名", "文件名称"],
    &["密级"],
    &["签发人", "签发"],
    &["成文日期", "日期", "发文日期"],
    &["印数", "份数"],
    &["主送", "主送机关"],
    &["抄送", "抄送机关"],
    &["状态"],
    &["备注"],
];

/// How many bytes an older register may have: the numbers of a large office of many years.
const MOST: u64 = 64 * 1024 * 1024;

/// Takes over all numbers, or none.
pub(super) fn import(args: &Import) -> Result<(), Error> {
    let desk = here()?;
    let mut batch = Batch::default();
    if args.from.is_dir() {
        batch.folder(&desk, &args.from);
    } else {
        batch.file(&args.from)?;
    }
    batch.repeats();
    if batch.findings.is_empty() {
        batch.store(&desk, &args.from)
    } else {
        batch.refuse(&args.from)
    }
}

/// What is to be imported, and what stands against it.
#[derive(Default)]
struct Batch {
    numbers: Vec<(String, Imported)>,
    drafts: usize,
    findings: Vec<Diagnostic>,
}

impl Batch {
    fn problem(&mut self, code: &'static str, message: String, hint: &str) {
        self.findings.push(Diagnostic::error(code, message).hint(hint));
    }

    fn refuse(&mut self, from: &Path) -> Result<(), Error> {
        crate::diag::sort(&mut self.findings);
        terminal::show(&self.findings);
        let count = self.findings.len();
        terminal::note(&format!("“{}”有 {count} 处不对，一条也没有导入", from.display()));
        Err(Error::document())
    }

    /// All numbers in one transaction, unless the register says something else.
    fn store(&mut self, desk: &Desk, from: &Path) -> Result<(), Error> {
        let mut ledger = desk.open()?;
        let (mut new, mut conflicts) = (0, Vec::new());
        let done: Result<(), Stop> = ledger.change(|change| {
            for (place, one) in &self.numbers {
                match change.import(one, &desk.workspace.name_of(from))? {
                    ledger::Import::New => new += 1,
                    ledger::Import::Known => {}
                    ledger::Import::Conflict(other) => {
                        conflicts.push((place, &one.number, other));
                    }
                }
            }
            if conflicts.is_empty() { Ok(()) } else { Err(Stop::Conflicts) }
        });
        match done {
            Ok(()) => {}
            Err(Stop::Fault(fault)) => return Err(desk.told(fault)),
            Err(Stop::Conflicts) => {
                let finding = |(place, number, other): (&String, &Number, String)| {
                    let message =
                        format!("{place}：{number} 登记过了，不是同一份：{other}");
                    let hint = format!("用 `hongtou number history {number}` 查看经过");
                    Diagnostic::error("R404", message).hint(hint)
                };
                self.findings = conflicts.into_iter().map(finding).collect();
                return self.refuse(from);
            }
        }
        desk.back_up(&ledger);
        let known = self.numbers.len() - new;
        let known =
            if known > 0 { format!("，{known} 个登记过了") } else { String::new() };
        let drafts = match self.drafts {
            0 => String::new(),
            count => format!("，{count} 份没有编号的没有导入"),
        };
        terminal::note(&format!("导入 {new} 个号{known}{drafts}"));
        Ok(())
    }

    /// The same number twice in what is imported.
    fn repeats(&mut self) {
        let mut seen: HashMap<String, &String> = HashMap::new();
        let mut found = Vec::new();
        for (place, one) in &self.numbers {
            let number = one.number.to_string();
            match seen.get(&number) {
                Some(first) => found.push(format!("{place}：{number} 与{first}重号")),
                None => drop(seen.insert(number, place)),
            }
        }
        for message in found {
            self.problem("R403", message, "核对原件，改正其中一个");
        }
    }

    /// The notices of a folder; drafts are counted.
    fn folder(&mut self, desk: &Desk, folder: &Path) {
        let found = find(0, folder, &Choice::default(), None, is_candidate);
        self.findings.extend(found.findings());
        let mut elsewhere = Elsewhere::new(desk);
        for file in found.jobs.iter().map(|job| folder.join(&job.path)) {
            if !elsewhere.has(&file) {
                self.notice(desk, &file);
            }
        }
        elsewhere.tell("没有导入");
    }

    fn notice(&mut self, desk: &Desk, file: &Path) {
        let input = match read_input(file) {
            Ok(input) => input,
            Err(finding) => return self.findings.push(finding),
        };
        if !looks_like_notice(&input.bytes) {
            return;
        }
        let checked = pipeline::check(&input, Some(&desk.workspace));
        self.findings.extend(checked.findings.into_iter().filter(Diagnostic::is_error));
        let Some(notice) = checked.notice else { return };
        let number = notice.number.clone().filter(|number| number.serial.is_some());
        let Some(number) = number else {
            self.drafts += 1;
            return;
        };
        let pdf = file.with_extension("pdf");
        let sum = ledger::digest_of_file(&pdf).ok();
        let parts = ledger::digest_of_files(&checked.folders.take_used());
        let sent = Sent {
            file: desk.workspace.name_of(file),
            text: ledger::digest(&input.bytes),
            parts,
            pdf_file: sum
                .as_ref()
                .map(|_| desk.workspace.name_of(&pdf))
                .unwrap_or_default(),
            pdf: sum.unwrap_or_default(),
        };
        let (state, remark) = (State::Issued, String::new());
        let record = Record::of(&notice);
        let one = Imported { number, state, remark, record, sent };
        self.numbers.push((format!("“{}”", file.display()), one));
    }

    /// An older register: a head, and a row for each number.
    fn file(&mut self, file: &Path) -> Result<(), Error> {
        let name = file.display();
        let bytes = read_file(file, MOST)?;
        let rows = match notice::data_rows(&name.to_string(), &bytes) {
            Ok(rows) => rows,
            Err(findings) => {
                self.findings = findings;
                return Ok(());
            }
        };
        let Some((head, rows)) = rows.split_first() else { return Ok(()) };
        let at = |names: &&[&str]| {
            head.iter().position(|cell| {
                let cell: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
                names.contains(&cell.as_str())
            })
        };
        let columns: Vec<Option<usize>> = COLUMNS.iter().map(at).collect();
        if columns.first().is_none_or(Option::is_none) {
            let message = format!("“{name}”的第一行没有“发文字号”这一栏");
            let hint = "第一行要是表头；前面的表名、空行先删去";
            self.problem("R401", message, hint);
            return Ok(());
        }
        for (nth, row) in rows.iter().enumerate() {
            let cell = |column: &Option<usize>| {
                let text =
                    column.and_then(|at| row.get(at)).map_or("", |text| text.trim());
                unguarded(text).to_owned()
            };
            let cells: Vec<String> = columns.iter().map(cell).collect();
            self.row(&format!("第 {} 条", nth + 1), &cells);
        }
        Ok(())
    }

    fn row(&mut self, place: &str, cells: &[String]) {
        let [
            number,
            title,
            secrecy,
            signers,
            date,
            count,
            recipients,
            copies,
            state,
            remark,
        ] = cells
        else {
            return;
        };
        let number = self.number_of(place, number);
        let day = self.day_of(place, date);
        let state = self.state_of(place, state);
        let (Some(number), Some(state)) = (number, state) else { return };
        let record = Record {
            issuer: String::new(),
            title: title.clone(),
            secrecy: secrecy.clone(),
            signers: signers.clone(),
            date: day,
            count: count.clone(),
            recipients: recipients.clone(),
            copies: copies.clone(),
        };
        let (remark, sent) = (remark.clone(), Sent::default());
        self.numbers
            .push((place.to_owned(), Imported { number, state, remark, record, sent }));
    }

    fn number_of(&mut self, place: &str, cell: &str) -> Option<Number> {
        match Number::of_order(cell) {
            Ok(number) if number.serial.is_some() && is_code(&number.code) => {
                return Some(number);
            }
            Ok(_) => {
                let message = format!("{place}：“{cell}”不是完整的发文字号");
                self.problem("R402", message, "写全，如 云工发〔2026〕18号");
            }
            Err(error) => {
                let message = format!("{place}：“{cell}”不规范：{}", error.reason);
                self.problem("R402", message, &error.hint());
            }
        }
        None
    }

    fn day_of(&mut self, place: &str, cell: &str) -> Option<Date> {
        let day = cell.parse().ok();
        if day.is_none() && !cell.is_empty() {
            let message = format!("{place}：没有“{cell}”这个日期");
            self.problem("R405", message, "写成 2026-03-05");
        }
        day
    }

    fn state_of(&mut self, place: &str, cell: &str) -> Option<State> {
        match cell.trim_end_matches("（未完）") {
            "" | "已发" | "已发文" | "已印发" => Some(State::Issued),
            "已留号" | "留号" | "预留" => Some(State::Reserved),
            "作废" | "已作废" => Some(State::Void),
            other => {
                let message = format!("{place}：没有“{other}”这种状态");
                let hint = "写 已发、已留号 或 作废；空着的算已发";
                self.problem("R406", message, hint);
                None
            }
        }
    }
}

/// A cell without the mark that keeps spreadsheets from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']))
        .unwrap_or(cell)
}

/// Why nothing was imported.
enum Stop {
    Fault(Fault),
    Conflicts,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
