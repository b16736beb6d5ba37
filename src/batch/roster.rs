//! 名册: a table whose rows each make a document of one notice.

use crate::diag::Error;
use crate::notice::variables::{Params, has_braces};

/// The table: the names of its columns, and its rows.
#[derive(Debug, Default)]
pub struct Roster {
    /// The number of the row with the names.
    head: usize,
    columns: Vec<String>,
    /// By their numbers in the file, which rise.
    rows: Vec<(usize, Vec<String>)>,
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

    /// The names of its columns, empty ones among them.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The numbers of all rows.
    pub fn numbers(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().map(|(number, _)| *number)
    }

    /// How many rows, empty ones among them, stand between the head and this one.
    pub fn nth(&self, row: usize) -> u32 {
        u32::try_from(row - self.head - 1).unwrap_or(u32::MAX)
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
        let rows: Vec<usize> = self.numbers().filter(fits).collect();
        if rows.is_empty() {
            return Err(Error::command("名册里没有一行符合 --where").hint("核对栏名和值"));
        }
        Ok(rows)
    }

    /// What stops a row, a variable without a value or more cells than there are names, and
    /// the way out.
    pub fn fault(&self, row: usize, names: &[String]) -> Option<(String, &'static str)> {
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
        if !empty.is_empty() {
            let what = format!("没有{}的值", empty.join("、"));
            return Some((what, "补上这一格，再生成一次"));
        }
        let braces =
            |(name, cell): &(&String, &String)| names.contains(*name) && has_braces(cell);
        let (name, _) = self.columns.iter().zip(cells).find(braces)?;
        let what = format!("的“{name}”里有花括号，名册里的内容不再代换，会照原样印出");
        Some((what, "改成要印的文字；要由几栏合成的，写成通知的“参数”"))
    }
}
