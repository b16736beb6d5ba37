//! What is made of the rows of a roster: each row's file and 份号, or why it is skipped.

use super::copies::{self, Copies};
use super::{Asked, Roster, clashes, file_name_fault};
use crate::diag::{Diagnostic, Error};
use crate::notice::variables::Params;
use crate::pipeline::{LAST_COPY, copy_number};
use crate::template::expression::Expressions;

/// How many names of files are told at once.
const SHOWN: usize = 20;

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

impl Sorting<'_> {
    /// What is made of the selected rows, and the findings on those that are skipped, with
    /// their numbers. Each row of the table has its 份号, whichever are selected: neither
    /// several runs over parts of it nor a cell that is filled in later give a number twice.
    ///
    /// # Errors
    /// All names of files that cannot be, all names and all 份号 that are there twice.
    pub fn sort(&self, rows: &[usize]) -> Result<(Vec<Mail>, Skipped), Error> {
        if self.pattern.matches("{{").count() != self.pattern.matches("}}").count() {
            let message = format!("--name“{}”的花括号没有配对", self.pattern);
            return Err(Error::command(message)
                .hint("变量写在 {{ 和 }} 之间，如 --name \"{{ 单位 }}.pdf\""));
        }
        let expressions = Expressions::new();
        let names = self.names();
        let (mut mails, mut skipped, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for &row in rows {
            if let Some((fault, hint)) = self.roster.fault(row, &names) {
                let message = format!("名册第 {row} 行{fault}，跳过");
                skipped.push((row, Diagnostic::error("B201", message).hint(hint)));
                continue;
            }
            let mail = self.mail(row, &expressions)?;
            if let Some(fault) = file_name_fault(&mail.name) {
                faults.push(format!("名册第 {row} 行的文件名“{}”{fault}", mail.name));
            }
            mails.push(mail);
        }
        faults.extend(same_names(&mails));
        faults.extend(copies::same(&self.own_copies(&expressions)));
        if mails.last().and_then(|mail| mail.copy).is_some_and(|it| it > LAST_COPY) {
            return Err(Error::command(format!(
                "份号最多到 {LAST_COPY}，这么多份不够排"
            ))
            .hint("从小一些的号编起；名册里空着的行也各占一个号，可以删去"));
        }
        if faults.is_empty() { Ok((mails, skipped)) } else { Err(refused(faults)) }
    }

    fn is_given(&self, name: &str) -> bool {
        self.roster.has(name) || self.given.contains_key(name)
    }

    /// The variables that a row must have.
    fn names(&self) -> Vec<String> {
        let given = |name: &str| self.is_given(name);
        let mut names = self.asked.variables(&given);
        names.extend(self.asked.variables_of(self.pattern, &given));
        names.sort();
        names.dedup();
        names
    }

    fn mail(&self, row: usize, expressions: &Expressions) -> Result<Mail, Error> {
        let copy = match self.copies {
            Copies::From(first) => Some(first.saturating_add(self.roster.nth(row))),
            Copies::None | Copies::Own(_) => None,
        };
        let own_copy = self.own_copy(row, expressions);
        let params = with_row(self.roster.params(row, self.given), row);
        let name = expressions.fill(self.pattern, &params).map_err(|what| {
            Error::command(format!("--name 里的“{what}”算不出来"))
                .hint(format!("可用的有：{}", self.roster.columns().join("、")))
        })?;
        let whole = name.to_lowercase().ends_with(".pdf");
        let name = if whole { name } else { name + ".pdf" };
        Ok(Mail { row, name, copy, own_copy })
    }

    /// 份号 that a row itself has, unless it lacks a value for it.
    fn own_copy(&self, row: usize, expressions: &Expressions) -> Option<String> {
        let Copies::Own(text) = self.copies else { return None };
        let names = self.asked.variables_of(text, &|name| self.is_given(name));
        if self.roster.fault(row, &names).is_some() {
            return None;
        }
        let params = self.asked.values(&self.roster.params(row, self.given));
        expressions.fill(text, &params).ok()
    }

    /// 份号 of all rows of the table that have their own: those that are skipped now, or not
    /// selected, are made in another run.
    fn own_copies(&self, expressions: &Expressions) -> Vec<(usize, String)> {
        let own = |row: usize| Some((row, self.own_copy(row, expressions)?));
        self.roster.numbers().filter_map(own).collect()
    }
}

/// Rows whose files have one name.
fn same_names(mails: &[Mail]) -> impl Iterator<Item = String> {
    // Windows and macOS take capitals for small letters; the PDFs may go there.
    let lower = mails.iter().map(|mail| mail.name.to_lowercase());
    clashes(lower).into_iter().map(|(a, b)| {
        let (a, b) = (&mails[a], &mails[b]);
        format!("名册第 {} 行和第 {} 行的文件名都是“{}”", a.row, b.row, b.name)
    })
}

/// Names of files or 份号 that cannot be: the first of them.
fn refused(mut faults: Vec<String>) -> Error {
    let more = faults.len().saturating_sub(SHOWN);
    faults.truncate(SHOWN);
    let more = if more > 0 { format!("；\n另有 {more} 处") } else { String::new() };
    let hint = "改名册；文件名也可用 --name 换一种，如 --name \"{{ 行号 }}-{{ 单位 }}.pdf\"；一份也没有写";
    Error::command(format!("{}{more}", faults.join("；\n"))).hint(hint)
}

/// 行号 can be used in names.
fn with_row(mut params: Params, row: usize) -> Params {
    params.entry("行号".into()).or_insert_with(|| row.to_string());
    params
}
