//! 名册: a table whose rows each make a document of one notice.

use super::{clashes, file_name_fault};
use crate::diag::{Diagnostic, Error};
use crate::notice::edit;
use crate::notice::source::Source;
use crate::notice::variables::Params;
use crate::notice::{Node, Value, read_tree};
use crate::pipeline::copy_number;
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

/// Where the rows' 份号 come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copies {
    /// They have none.
    None,
    /// That of the first row of the table.
    From(u32),
    /// The notice's text with the row's values in it.
    Own(String),
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

    /// Whether there is a column of this name.
    pub fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column == name)
    }

    /// Whether a text has a variable that is a column's name.
    pub fn asks(&self, text: &str) -> bool {
        let names = Expressions::new().names(text, &|name| self.has(name));
        names.iter().any(|name| self.has(name))
    }

    /// The name of a column as the file has it with white space: the name as it is used.
    pub fn without_space(&self, name: &str) -> Option<&str> {
        let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        self.columns.iter().find(|column| **column == bare).map(String::as_str)
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
        let unknown = |(name, _): &&(String, String)| !self.has(name);
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
    /// their numbers. `names`: the variables of the notice; each row of the
    /// table has its 份号, whichever are selected: neither several runs over parts of it nor a
    /// cell that is filled in later give a number twice.
    ///
    /// # Errors
    /// All names of files that cannot be, all names and all 份号 that are there twice.
    pub fn mails(
        &self,
        rows: &[usize],
        names: &[String],
        pattern: &str,
        given: &Params,
        copies: &Copies,
    ) -> Result<(Vec<Mail>, Skipped), Error> {
        if pattern.matches("{{").count() != pattern.matches("}}").count() {
            return Err(Error::command(format!("--name“{pattern}”的花括号没有配对"))
                .hint("变量写在 {{ 和 }} 之间，如 --name \"{{ 单位 }}.pdf\""));
        }
        let expressions = Expressions::new();
        let mut names = names.to_vec();
        names.extend(expressions.names(pattern, &|name| self.has(name)));
        names.sort();
        names.dedup();
        let (mut mails, mut skipped, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for &row in rows {
            if let Some((fault, hint)) = self.fault(row, &names) {
                let message = format!("名册第 {row} 行{fault}，跳过");
                skipped.push((row, Diagnostic::error("B201", message).hint(hint)));
                continue;
            }
            let params = self.params(row, given);
            let nth = u32::try_from(row - self.head - 1).unwrap_or(LAST_COPY);
            let (copy, own_copy) = match copies {
                Copies::None => (None, None),
                Copies::From(first) => (Some(first.saturating_add(nth)), None),
                Copies::Own(text) => (None, expressions.fill(text, &params).ok()),
            };
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
            mails.push(Mail { row, name, copy, own_copy });
        }
        faults.extend(same_names(&mails));
        faults.extend(same_copies(&mails));
        if mails.last().and_then(|mail| mail.copy).is_some_and(|it| it > LAST_COPY) {
            return Err(Error::command(format!(
                "份号最多到 {LAST_COPY}，这么多份不够排"
            ))
            .hint("--copies-from 改小；名册里空着的行也各占一个号，可以删去"));
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

/// Rows whose own 份号 are one.
fn same_copies(mails: &[Mail]) -> Vec<String> {
    let own: Vec<(usize, &str)> = mails
        .iter()
        .filter_map(|mail| Some((mail.row, mail.own_copy.as_deref()?.trim())))
        .collect();
    let told = |(a, b): (usize, usize)| {
        let ((a, _), (b, copy)) = (own[a], own[b]);
        format!("名册第 {a} 行和第 {b} 行的份号都是“{copy}”")
    };
    clashes(own.iter().map(|(_, copy)| copy)).into_iter().map(told).collect()
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

/// What a notice's file has under its keys; nothing where it is no mapping.
pub fn entries(source: &Source) -> Vec<(Node, Node)> {
    match read_tree(source) {
        Ok(Some(Node { value: Value::Map(entries), .. })) => entries,
        _ => Vec::new(),
    }
}

/// Names of the key that has the parameters.
const PARAMETERS: [&str; 2] = ["参数", "params"];

/// The variables that a notice's texts ask for; `is_known` are those that have values beside
/// its own parameters.
pub fn variables(
    entries: &[(Node, Node)],
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let own = parameters(entries);
    let is_known = |name: &str| is_known(name) || own.iter().any(|it| it == name);
    let expressions = Expressions::new();
    let mut names = Vec::new();
    let mut collect = |text: &str| names.extend(expressions.names(text, &is_known));
    for (key, value) in entries {
        if !key.value.as_text().is_some_and(|it| PARAMETERS.contains(&it)) {
            each_text(value, &mut collect);
        }
    }
    names.sort();
    names.dedup();
    names
}

/// The parameters that a notice gives values to.
pub fn parameters(entries: &[(Node, Node)]) -> Vec<String> {
    match edit::entry(entries, &PARAMETERS).map(|(_, node)| &node.value) {
        Some(Value::Map(entries)) => {
            let names = entries.iter().filter_map(|(key, _)| key.value.as_text());
            names.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// 份号 as the notice's file has it.
pub fn copy_text(entries: &[(Node, Node)]) -> Option<String> {
    let (_, node) = edit::entry(entries, &["份号", "copy_number"])?;
    Some(node.value.as_text()?.to_owned())
}

/// Every text below a value.
fn each_text(node: &Node, see: &mut dyn FnMut(&str)) {
    match &node.value {
        Value::Text(text) => see(text),
        Value::List(items) => items.iter().for_each(|it| each_text(it, see)),
        Value::Map(entries) => entries.iter().for_each(|(_, it)| each_text(it, see)),
        Value::Null | Value::Bool(..) | Value::Number(_) => {}
    }
}
