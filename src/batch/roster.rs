//! 名册: a table whose rows each make a document of one notice.

use super::{clashes, file_name_fault};
use crate::diag::{Diagnostic, Error};
use crate::notice::source::Source;
use crate::notice::variables::Params;
use crate::notice::{Node, Value, read_tree};
use crate::template::expression::Expressions;

/// The table: the names of its columns, and its rows.
#[derive(Debug, Default)]
pub struct Roster {
    /// The number of the row with the names.
    head: usize,
    columns: Vec<String>,
    /// By their numbers in the file, which rise.
    rows: Vec<(usize, Vec<String>)>,
}

/// 份号 has at most six digits (7.2.1).
const LAST_COPY: u32 = 999_999;

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
    /// 份号.
    pub copy: Option<u32>,
}

/// Takes the first row for the names of variables.
///
/// # Errors
/// Names that are missing or there twice.
pub fn roster(mut rows: Vec<(usize, Vec<String>)>) -> Result<Roster, Error> {
    let (head, mut columns) =
        if rows.is_empty() { (0, Vec::new()) } else { rows.remove(0) };
    if let [only] = columns.as_slice()
        && only.contains([';', '；', '\t', '|'])
    {
        return Err(Error::command(format!(
            "名册的表头只有一栏“{only}”，各栏之间不是逗号"
        ))
        .hint("在表格软件里“另存为”CSV UTF-8（逗号分隔），或直接用 .xlsx"));
    }
    // 联系 and 电话 in two lines of a cell are one name.
    columns.iter_mut().for_each(|name| name.retain(|c| !c.is_whitespace()));
    let named: Vec<&String> = columns.iter().filter(|name| !name.is_empty()).collect();
    let mut sorted = named.clone();
    sorted.sort();
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Error::command(format!("名册的表头有两个“{}”", pair[0]))
            .hint("各栏的名称就是变量名，不能相同"));
    }
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    if let ([only], true) =
        (named.as_slice(), rows.iter().take(2).any(|it| filled(&it.1) > 1))
    {
        return Err(Error::command(format!("名册的第一行只有“{only}”，像是表名"))
            .hint("删去表名，让写着变量名的一行成为第一行"));
    }
    if named.is_empty() || rows.is_empty() {
        return Err(Error::command("名册里没有可用的行")
            .hint("第一行写变量名，如 单位、联系人；下面每行一份"));
    }
    Ok(Roster { head, columns, rows })
}

impl Roster {
    /// A row's values over those of the command line.
    pub fn params(&self, row: usize, given: &Params) -> Params {
        let mut params = given.clone();
        let pairs = self.columns.iter().zip(self.cells(row).into_iter().flatten());
        let named = pairs.filter(|(name, _)| !name.is_empty());
        params.extend(named.map(|(name, cell)| (name.clone(), cell.clone())));
        params
    }

    fn cells(&self, row: usize) -> Option<&Vec<String>> {
        let at = self.rows.binary_search_by_key(&row, |(number, _)| *number).ok()?;
        self.rows.get(at).map(|(_, cells)| cells)
    }

    /// The rows between the head and the last row that are empty or hidden, in short: `3、5—9`.
    pub fn left_out(&self) -> Option<String> {
        let mut last = self.head;
        let mut gaps = Vec::new();
        for (row, _) in &self.rows {
            match row - last {
                0 | 1 => {}
                2 => gaps.push((last + 1).to_string()),
                _ => gaps.push(format!("{}—{}", last + 1, row - 1)),
            }
            last = *row;
        }
        (!gaps.is_empty()).then(|| gaps.join("、"))
    }

    /// The numbers of the rows that have these values: of each column one of those given.
    ///
    /// # Errors
    /// There is no such column, or no such row.
    pub fn select(&self, filter: &[(String, String)]) -> Result<Vec<usize>, Error> {
        let unknown = |(name, _): &&(String, String)| !self.columns.contains(name);
        if let Some((name, _)) = filter.iter().find(unknown) {
            return Err(Error::command(format!("名册没有“{name}”这一栏"))
                .hint(format!("有这些栏：{}", self.columns.join("、"))));
        }
        let none = Params::new();
        let fits = |row: &usize| {
            let params = self.params(*row, &none);
            let has = |name: &String, value: &String| {
                params.get(name).is_some_and(|cell| cell.trim() == value.trim())
            };
            let one_of =
                |name: &String| filter.iter().any(|(of, it)| of == name && has(of, it));
            filter.iter().all(|(name, _)| one_of(name))
        };
        let numbers = self.rows.iter().map(|(number, _)| *number);
        let rows: Vec<usize> = numbers.filter(fits).collect();
        if rows.is_empty() {
            return Err(Error::command("名册里没有一行符合 --where").hint("核对栏名和值"));
        }
        Ok(rows)
    }

    /// What stops a row, a variable without a value or more cells than there are names, and
    /// the way out.
    fn fault(&self, row: usize, names: &[String]) -> Option<(String, &'static str)> {
        let cells = self.cells(row)?;
        let (all, head) = (cells.len(), self.columns.len());
        if all > head {
            let hint = "格子里有逗号的，用双引号括起来；多余的逗号删去";
            return Some((format!("有 {all} 格，表头只有 {head} 格"), hint));
        }
        let empty = |name: &&String| {
            let at = self.columns.iter().position(|column| column == *name);
            at.is_some_and(|at| cells.get(at).is_none_or(|cell| cell.trim().is_empty()))
        };
        let empty: Vec<String> =
            names.iter().filter(empty).map(|name| format!("“{name}”")).collect();
        let what = || format!("没有{}的值", empty.join("、"));
        (!empty.is_empty()).then(|| (what(), "补上这一格，再生成一次"))
    }

    /// What is made of the selected rows, and the findings on those that are skipped, with
    /// their numbers. `names`: the variables of the notice; `first`: 份号 of the first row; each
    /// row has its own, so that a cell that is filled in later moves no other's.
    ///
    /// # Errors
    /// All names of files that cannot be, and all that are there twice.
    pub fn mails(
        &self,
        rows: &[usize],
        names: &[String],
        pattern: &str,
        given: &Params,
        first: Option<u32>,
    ) -> Result<(Vec<Mail>, Skipped), Error> {
        if pattern.matches("{{").count() != pattern.matches("}}").count() {
            return Err(Error::command(format!("--name“{pattern}”的花括号没有配对"))
                .hint("变量写在 {{ 和 }} 之间，如 --name \"{{ 单位 }}.pdf\""));
        }
        let expressions = Expressions::new();
        let mut names = names.to_vec();
        names.extend(expressions.names(pattern));
        names.sort();
        names.dedup();
        let (mut mails, mut skipped, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for (at, &row) in rows.iter().enumerate() {
            if let Some((fault, hint)) = self.fault(row, &names) {
                let message = format!("名册第 {row} 行{fault}，跳过");
                skipped.push((row, Diagnostic::error("B201", message).hint(hint)));
                continue;
            }
            let params = self.params(row, given);
            let name =
                expressions.fill(pattern, &with_row(params, row)).map_err(|what| {
                    Error::command(format!("--name 里的“{what}”算不出来"))
                        .hint(format!("可用的有：{}", self.columns.join("、")))
                })?;
            let name =
                if name.to_lowercase().ends_with(".pdf") { name } else { name + ".pdf" };
            if let Some(fault) = file_name_fault(&name) {
                faults.push(format!("名册第 {row} 行的文件名“{name}”{fault}"));
            }
            let copy = first.map(|first| first.saturating_add(at as u32));
            mails.push(Mail { row, name, copy });
        }
        faults.extend(same_names(&mails));
        if mails.last().and_then(|mail| mail.copy).is_some_and(|it| it > LAST_COPY) {
            return Err(Error::command(format!(
                "份号最多到 {LAST_COPY}，这么多份不够排"
            ))
            .hint("--copies-from 改小，或用 --where 分几次"));
        }
        if faults.is_empty() { Ok((mails, skipped)) } else { Err(refused(faults)) }
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

/// Names of files that cannot be: the first of them.
fn refused(mut faults: Vec<String>) -> Error {
    let more = faults.len().saturating_sub(SHOWN);
    faults.truncate(SHOWN);
    let more = if more > 0 { format!("；\n另有 {more} 处") } else { String::new() };
    let hint = "改名册，或用 --name 换一种名称，如 --name \"{{ 行号 }}-{{ 单位 }}.pdf\"；一份也没有写";
    Error::command(format!("{}{more}", faults.join("；\n"))).hint(hint)
}

/// 行号 can be used in names.
fn with_row(mut params: Params, row: usize) -> Params {
    params.entry("行号".into()).or_insert_with(|| row.to_string());
    params
}

/// The variables that a notice's texts ask for.
pub fn variables(source: &Source) -> Vec<String> {
    let mut names = Vec::new();
    if let Ok(Some(Node { value: Value::Map(entries), .. })) = read_tree(source) {
        let expressions = Expressions::new();
        for (key, value) in &entries {
            if !matches!(key.value.as_text(), Some("参数" | "params")) {
                collect(value, &expressions, &mut names);
            }
        }
    }
    names.sort();
    names.dedup();
    names
}

fn collect(node: &Node, expressions: &Expressions, names: &mut Vec<String>) {
    match &node.value {
        Value::Text(text) if text.contains("{{") => names.extend(expressions.names(text)),
        Value::List(items) => items.iter().for_each(|it| collect(it, expressions, names)),
        Value::Map(entries) => {
            entries.iter().for_each(|(_, it)| collect(it, expressions, names));
        }
        _ => {}
    }
}
