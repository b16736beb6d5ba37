//! What is made of the rows of a roster: each row's file and 份号, or why it is skipped.

use std::collections::BTreeMap;
use std::path::Path;

use super::clash::same_names;
use super::copies::{self, Copies};
use super::{Asked, Names, Roster, file_name_fault};
use crate::diag::{Diagnostic, Error, LISTED};
use crate::digest::Digest;
use crate::notice::number::Number;
use crate::notice::variables::Params;
use crate::paths::ends_in;
use crate::pipeline::{LAST_COPY, copy_number};
use crate::template::expression::Expressions;

/// The row's number, which names of files may have in them beside what the row has.
pub const ROW: &str = "行号";
/// The same of its 份号.
const COPY: &str = "份号";
/// The ways out of names and of 份号 that cannot be.
const NAME_HINT: &str = "改名册；文件名也可用 --name 换一种，如 --name \"{{ 行号 }}-{{ 单位 }}.pdf\"；一份也没有写";
const COPY_HINT: &str = "份号只写数字，从 1 到 999999，一份一个：改名册；一份也没有写";
/// Endings of documents that are no PDF.
const OTHERS: [&str; 8] = ["doc", "docx", "wps", "ofd", "xls", "xlsx", "txt", "yaml"];

/// Rows that are skipped, by their numbers, and why.
pub type Skipped = Vec<(usize, Diagnostic)>;

/// One document to make.
#[derive(Debug, PartialEq, Eq)]
pub struct Mail {
    /// The row's number in the file, as a spreadsheet shows it.
    pub row: usize,
    /// The name of its file.
    pub name: String,
    /// 份号 that the row is given.
    pub copy: Option<u32>,
    /// 份号 as the notice writes it with the row's own values.
    pub own_copy: Option<String>,
    /// 主送, where the row has a part in it.
    pub to: Option<String>,
    /// 发文字号, where the row has a part in it.
    pub number: Option<String>,
    /// The digest of the values that the letter asks for.
    pub values: Digest,
}

impl Mail {
    /// 份号 as it is printed.
    pub fn copy_text(&self) -> Option<String> {
        self.copy.map(copy_number).or_else(|| self.own_copy.clone())
    }
}

/// What decides of each row.
pub struct Sorting<'a> {
    /// The table.
    pub roster: &'a Roster,
    /// The notice.
    pub asked: &'a Asked,
    /// Parameters of the command line.
    pub given: &'a Params,
    /// The names of the files.
    pub pattern: &'a str,
    /// 份号.
    pub copies: &'a Copies,
}

/// What comes of a table's rows.
#[derive(Debug, Default)]
pub struct Sorted {
    /// The selected ones.
    pub mails: Vec<Mail>,
    /// Those that are skipped.
    pub skipped: Skipped,
    /// The rows that are not selected, as they will be once they are.
    pub others: Vec<Mail>,
}

/// The texts of a notice that tell its letters apart.
struct Texts {
    expressions: Expressions,
    /// The columns that a letter asks for.
    columns: Vec<usize>,
    to: Option<String>,
    number: Option<String>,
}

impl Sorting<'_> {
    /// What is made of the selected rows, and the findings on those that are skipped, with
    /// their numbers. Each row of the table has its 份号, whichever are selected: neither
    /// several runs over parts of it nor a cell that is filled in later give a number twice.
    ///
    /// # Errors
    /// All names of files that cannot be, all names and all 份号 that are there twice.
    pub fn sort(&self, rows: &[usize]) -> Result<Sorted, Error> {
        pattern_fault(self.pattern, rows.len()).map_or(Ok(()), Err)?;
        let texts = self.texts();
        let names = self.names();
        let last = self.roster.last_of_table(&names);
        let (mut mails, mut skipped, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for &row in rows {
            if let Some(what) = self.roster.no_unit(row, last, &names) {
                let finding = Diagnostic::warning("B201", format!("{what}，跳过"));
                skipped.push((row, finding.hint("不必改；不想再看到，就删去这一行")));
                continue;
            }
            let fault = self.roster.fault(row, &names);
            if let Some((fault, hint)) = fault.or_else(|| self.roster.doubt(row)) {
                let message = format!("{fault}，跳过");
                skipped.push((row, Diagnostic::error("B201", message).hint(hint)));
                continue;
            }
            let mail = self.mail(row, &texts)?;
            if let Some(fault) = file_name_fault(&mail.name) {
                faults.push(format!("名册第 {row} 行的文件名“{}”{fault}", mail.name));
            }
            mails.push(mail);
        }
        let others = self.others(rows, last, &names, &texts);
        // A name without a part of the row is chosen for the one row that is selected.
        let apart = if self.names_rows() { others.as_slice() } else { &[] };
        faults.extend(of_one_name(&mails, apart));
        let mut of_copies: Vec<String> = mails.iter().filter_map(copy_fault).collect();
        let own = self.own_copies(last, &names, &texts.expressions);
        of_copies.extend(copies::same(&own));
        if copies::in_six_digits(&own) {
            let number = |mail: &Mail| copies::number(mail.own_copy.as_deref()?).ok();
            mails.iter_mut().for_each(|mail| mail.copy = mail.copy.or(number(mail)));
        }
        if mails.last().and_then(|mail| mail.copy).is_some_and(|it| it > LAST_COPY) {
            return Err(Error::command(format!(
                "份号最多到 {LAST_COPY}，这么多份不够排"
            ))
            .hint("从小一些的号编起；名册里空着的行也各占一个号，可以删去"));
        }
        match (faults.is_empty(), of_copies.is_empty()) {
            (true, true) => Ok(Sorted { mails, skipped, others }),
            (true, false) => Err(refused(of_copies, COPY_HINT)),
            (false, _) => {
                faults.extend(of_copies);
                Err(refused(faults, NAME_HINT))
            }
        }
    }

    /// The rows that are not among these and are some unit's.
    fn others(
        &self,
        rows: &[usize],
        last: usize,
        names: &Names,
        texts: &Texts,
    ) -> Vec<Mail> {
        let stops = |row| {
            let no_unit = self.roster.no_unit(row, last, names).is_some();
            let fault = || self.roster.fault(row, names);
            no_unit || fault().or_else(|| self.roster.doubt(row)).is_some()
        };
        let other = |row: &usize| rows.binary_search(row).is_err() && !stops(*row);
        let others = self.roster.numbers().filter(other);
        others.filter_map(|row| self.mail(row, texts).ok()).collect()
    }

    /// Whether the names of files have a part of their rows in them.
    fn names_rows(&self) -> bool {
        let of_row = |name: &str| self.roster.has(name) || [ROW, COPY].contains(&name);
        let is_known = |name: &str| self.is_given(name) || of_row(name);
        self.asked.variables_of(self.pattern, &is_known).iter().any(|it| of_row(it))
    }

    /// The columns that a text asks for.
    fn columns_of(&self, text: &str) -> Vec<String> {
        let mut names = self.asked.variables_of(text, &|name| self.is_given(name));
        names.retain(|name| self.roster.has(name));
        names
    }

    /// The columns that 发文字号 asks for.
    pub fn number_columns(&self) -> Vec<String> {
        self.asked.number().map(|text| self.columns_of(text)).unwrap_or_default()
    }

    fn texts(&self) -> Texts {
        let names = self.asked.variables(&|name| self.is_given(name));
        let columns = self.roster.columns();
        let of_rows = |text: &String| !self.columns_of(text).is_empty();
        Texts {
            expressions: Expressions::new(),
            columns: (0..columns.len())
                .filter(|at| names.contains(&columns[*at]))
                .collect(),
            to: self.asked.recipients().filter(of_rows),
            number: self.asked.number().map(str::to_owned).filter(of_rows),
        }
    }

    /// The digest of the values that a row's letter asks for.
    fn values(&self, row: usize, columns: &[usize]) -> Digest {
        let cells = self.roster.cells(row).map_or(&[][..], Vec::as_slice);
        let pair = |at: &usize| {
            let text = cells.get(*at).map_or("", |it| it.text.trim());
            [self.roster.columns()[*at].as_bytes(), text.as_bytes()]
        };
        Digest::of_parts(columns.iter().flat_map(pair))
    }

    fn is_given(&self, name: &str) -> bool {
        self.roster.has(name) || self.given.contains_key(name)
    }

    /// The variables that a row must have.
    fn names(&self) -> Names {
        let given = |name: &str| self.is_given(name);
        let mut all = self.asked.variables(&given);
        all.extend(self.asked.variables_of(self.pattern, &given));
        all.sort();
        all.dedup();
        let to = self.asked.recipients().map(|text| self.columns_of(&text));
        let to = to.filter(|it| !it.is_empty());
        let to = to.unwrap_or_else(|| self.columns_of(self.pattern));
        Names { all, one_line: self.asked.one_line_variables(&given), to }
    }

    fn mail(&self, row: usize, texts: &Texts) -> Result<Mail, Error> {
        let expressions = &texts.expressions;
        let copy = match self.copies {
            Copies::From(first) => Some(first.saturating_add(self.roster.nth(row))),
            Copies::None | Copies::Own(_) => None,
        };
        let own_copy = self.own_copy(row, expressions);
        let mut params = self.asked.values(&self.roster.params(row, self.given));
        let filled = |text: Option<&str>| expressions.fill(text?, &params).ok();
        let number =
            filled(texts.number.as_deref()).and_then(|it| it.parse::<Number>().ok());
        let mut mail = Mail {
            row,
            name: String::new(),
            copy,
            own_copy,
            to: filled(texts.to.as_deref()),
            number: number.map(|it| it.to_string()),
            values: self.values(row, &texts.columns),
        };
        params.entry(ROW.into()).or_insert_with(|| row.to_string());
        if let Some(copy) = mail.copy_text() {
            params.entry(COPY.into()).or_insert(copy);
        }
        let name = expressions.fill(self.pattern, &params).map_err(|what| {
            let error = Error::command(format!("--name 里的“{what}”算不出来"))
                .hint(format!("可用的有：{}", self.usable().join("、")));
            let name = what.trim_matches(['{', '}', ' ']);
            let error = match self.roster.on_other_sheets(name) {
                Some(hint) => error.hint(hint),
                None => error,
            };
            let of_copy = what.contains(COPY) && *self.copies == Copies::None;
            let hint = "各份没有份号；要编的，写 --copies-from 1";
            if of_copy { error.hint(hint) } else { error }
        })?;
        let whole = name.to_lowercase().ends_with(".pdf");
        mail.name = if whole { name } else { name + ".pdf" };
        Ok(mail)
    }

    /// The variables that a name may have in it.
    fn usable(&self) -> Vec<&str> {
        let columns = self.roster.columns().iter().map(String::as_str);
        let own = self.asked.parameters().map(|(name, _)| name);
        let given = self.given.keys().map(String::as_str);
        let copy = (*self.copies != Copies::None).then_some(COPY);
        let mut all: Vec<&str> = Vec::new();
        for name in columns.chain(own).chain(given).chain([ROW]).chain(copy) {
            if !name.is_empty() && !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }

    /// 份号 that a row itself has, unless it lacks a value for it.
    fn own_copy(&self, row: usize, expressions: &Expressions) -> Option<String> {
        let Copies::Own(text) = self.copies else { return None };
        let all = self.asked.variables_of(text, &|name| self.is_given(name));
        let names = Names { all, ..Names::default() };
        if self.roster.fault(row, &names).is_some() {
            return None;
        }
        let params = self.asked.values(&self.roster.params(row, self.given));
        expressions.fill(text, &params).ok()
    }

    /// 份号 of all rows of the table that have their own: those that are skipped now, or not
    /// selected, are made in another run.
    fn own_copies(
        &self,
        last: usize,
        names: &Names,
        expressions: &Expressions,
    ) -> Vec<(usize, String)> {
        let own = |row: usize| Some((row, self.own_copy(row, expressions)?));
        let units = self.roster.numbers();
        let units = units.filter(|it| self.roster.no_unit(*it, last, names).is_none());
        units.filter_map(own).collect()
    }

    /// The rows that have the same in all that the notice and the names of files ask for; their
    /// numbers do not count.
    pub fn alike(&self, mails: &[Mail]) -> Vec<Vec<usize>> {
        let names = self.names().all;
        let columns = self.roster.columns();
        let asked: Vec<usize> =
            (0..columns.len()).filter(|at| names.contains(&columns[*at])).collect();
        let mut rows: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
        for mail in mails {
            let Some(cells) = self.roster.cells(mail.row) else { continue };
            let text = |at: &usize| cells.get(*at).map_or("", |it| it.text.as_str());
            rows.entry(asked.iter().map(text).collect()).or_default().push(mail.row);
        }
        let mut alike: Vec<Vec<usize>> =
            rows.into_values().filter(|it| !asked.is_empty() && it.len() > 1).collect();
        alike.sort();
        alike
    }
}

/// What is wrong with a pattern itself, whatever the rows have.
fn pattern_fault(pattern: &str, rows: usize) -> Option<Error> {
    let wrong = |what: &str| Error::command(format!("--name“{pattern}”{what}"));
    let hint = "变量写在 {{ 和 }} 之间，如 --name \"{{ 单位 }}.pdf\"";
    if pattern.matches("{{").count() != pattern.matches("}}").count() {
        return Some(wrong("的花括号没有配对").hint(hint));
    }
    let mut pieces = pattern.split("{{");
    let first = pieces.next().unwrap_or_default().to_owned();
    let behind =
        |piece: &str| piece.split_once("}}").map_or("", |(_, rest)| rest).to_owned();
    // As it is with a name that no system refuses in place of each variable.
    let plain = pieces.map(behind).fold(first, |name, rest| name + "甲" + &rest);
    if let Some(fault) = file_name_fault(&plain) {
        return Some(wrong(&fault).hint("只写文件名；文件夹用 -o 指明"));
    }
    if ends_in(Path::new(pattern), &OTHERS) {
        let what = "像是别的文件的名称，各份都是 PDF";
        return Some(wrong(what).hint("以 .pdf 结尾，或者不写后缀"));
    }
    (rows > 1 && !pattern.contains("{{"))
        .then(|| wrong("里没有变量，各份会是同一个名称").hint(hint))
}

/// Rows whose files have one name, as far as one of them is made now; the others are in another
/// run.
fn of_one_name(mails: &[Mail], others: &[Mail]) -> Vec<String> {
    let all: Vec<&Mail> = mails.iter().chain(others).collect();
    // Windows and macOS take capitals for small letters; the PDFs may go there.
    let lower = all.iter().map(|mail| mail.name.to_lowercase());
    // Those of this run come first, so that each clash with one has it for the first.
    let now = same_names(lower).into_iter().filter(|(first, _)| *first < mails.len());
    let told = now.map(|(a, b)| {
        let (a, b) = (all[a], all[b]);
        let (first, last) = (a.row.min(b.row), a.row.max(b.row));
        format!("名册第 {first} 行和第 {last} 行的文件名都是“{}”", b.name)
    });
    told.collect()
}

/// What is wrong with the 份号 that a row itself has.
fn copy_fault(mail: &Mail) -> Option<String> {
    let text = mail.own_copy.as_deref()?;
    let why = copies::number(text).err()?.told();
    Some(format!("名册第 {} 行的份号“{text}”{why}", mail.row))
}

/// Names of files or 份号 that cannot be: the first of them.
fn refused(mut faults: Vec<String>, hint: &str) -> Error {
    let more = faults.len().saturating_sub(LISTED);
    faults.truncate(LISTED);
    let more = if more > 0 { format!("；\n另有 {more} 处") } else { String::new() };
    Error::command(format!("{}{more}", faults.join("；\n"))).hint(hint)
}
