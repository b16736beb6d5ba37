//! 名册: a table whose rows each make a document of one notice.

use std::collections::{BTreeSet, HashSet};

use crate::diag::{Diagnostic, Error, ErrorKind};
use crate::notice::keys::nearest;
use crate::notice::roster::{Cell, Line, Listing};
use crate::notice::variables::Params;

/// So many values of a column are told.
const VALUES: usize = 5;

/// The table: the names of its columns, and its rows.
#[derive(Debug, Default)]
pub struct Roster {
    /// The number of the row with the names.
    head: usize,
    columns: Vec<String>,
    /// By their numbers in the file, which rise.
    rows: Vec<Line>,
    listing: Listing,
}

/// Takes the first row for the names of variables.
///
/// # Errors
/// Names that are missing or there twice.
pub fn roster(mut listing: Listing) -> Result<Roster, Error> {
    let mut rows = std::mem::take(&mut listing.lines);
    let first = if rows.is_empty() { Line::default() } else { rows.remove(0) };
    // 联系 and 电话 in two lines of a cell are one name.
    let bare = |cell: &Cell| cell.text.split_whitespace().collect::<String>();
    let columns: Vec<String> = first.cells.iter().map(bare).collect();
    let roster = Roster { head: first.number, columns, rows, listing };
    match roster.unusable(&first) {
        Some((message, hint)) => {
            let message = format!("名册“{}”{message}", roster.listing.name);
            let error = Error { kind: ErrorKind::Document, ..Error::command(message) };
            Err(error.hint(hint))
        }
        None => Ok(roster),
    }
}

/// Numbers of rows in short: `3、5—9`.
pub fn in_short(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    let run = |run: &[usize]| match run {
        [first, .., last] => format!("{first}—{last}"),
        _ => run.iter().map(ToString::to_string).collect(),
    };
    runs.map(run).collect::<Vec<_>>().join("、")
}

impl Roster {
    /// What is wrong with the head, or with all of the table, and the way out.
    fn unusable(&self, first: &Line) -> Option<(String, &'static str)> {
        if let Some((at, flaw)) = first.cells.iter().find_map(|it| it.flaw.as_ref()) {
            return Some((format!("的表头 {at} 格{}", flaw.told()), flaw.hint()));
        }
        let named = self.columns.iter().filter(|name| !name.is_empty());
        let named: Vec<&String> = named.collect();
        let filled =
            |row: &Line| row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
        if let ([only], true) =
            (named.as_slice(), self.rows.iter().take(2).any(|it| filled(it) > 1))
        {
            let hint = "删去表名，让写着变量名的一行成为第一行";
            return Some((format!("的第一行只有“{only}”，像是表名"), hint));
        }
        let hint = "第一行写变量名，如 单位、联系人；下面每行一份；隐藏的行不算";
        (named.is_empty() || self.rows.is_empty())
            .then(|| ("里没有可用的行".to_owned(), hint))
    }

    /// The file and the sheet, as people name them.
    pub fn name(&self) -> &str {
        &self.listing.name
    }

    /// The names that several columns have.
    pub fn repeated_names(&self) -> Vec<&str> {
        let named = self.columns.iter().map(String::as_str);
        let mut sorted: Vec<&str> = named.filter(|name| !name.is_empty()).collect();
        sorted.sort_unstable();
        let mut repeated: Vec<&str> =
            sorted.windows(2).filter(|it| it[0] == it[1]).map(|it| it[0]).collect();
        repeated.dedup();
        repeated
    }

    /// A row's values over those of the command line.
    pub fn params(&self, row: usize, given: &Params) -> Params {
        let mut params = given.clone();
        let pairs = self.columns.iter().zip(self.cells(row).into_iter().flatten());
        let named = pairs.filter(|(name, _)| !name.is_empty());
        params.extend(named.map(|(name, cell)| (name.clone(), cell.text.clone())));
        params
    }

    pub(super) fn cells(&self, row: usize) -> Option<&Vec<Cell>> {
        let at = self.rows.binary_search_by_key(&row, |line| line.number).ok()?;
        self.rows.get(at).map(|line| &line.cells)
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
        self.rows.iter().map(|line| line.number)
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

    /// The rows that no document is made of, whatever is selected: those that are hidden, and
    /// empty ones between others.
    pub fn left_out(&self) -> Vec<(usize, Diagnostic)> {
        let told = |what: &str, hint: &str| {
            Diagnostic::warning("B201", what.to_owned()).hint(hint.to_owned())
        };
        let hidden = told("隐藏或筛选掉了，没有生成", "要生成的，先取消隐藏和筛选");
        let empty = told("空着，没有生成", "不必改；它后面的行照样生成");
        let below: BTreeSet<usize> = self.hidden_rows().collect();
        let last = self.rows.last().map_or(self.head, |line| line.number);
        let is_row = |it: &usize| self.cells(*it).is_some() || below.contains(it);
        let blank = (self.head + 1..last).filter(|it| !is_row(it));
        let blank: Vec<usize> = blank.collect();
        let all = below.iter().map(|row| (*row, hidden.clone()));
        all.chain(blank.into_iter().map(|row| (row, empty.clone()))).collect()
    }

    /// The numbers of the rows below the head that are hidden.
    pub fn hidden_rows(&self) -> impl Iterator<Item = usize> {
        let hidden = self.listing.hidden_rows.iter().copied();
        hidden.filter(|it| *it > self.head)
    }

    /// Of each of these columns with merged cells that stand for several of these rows: the
    /// first such cell's rows, the column's name, and the text that all of them have.
    pub fn merged_down(
        &self,
        names: &[String],
        rows: &[usize],
    ) -> Vec<(Vec<usize>, &str, &str)> {
        let columns = self.columns.iter().enumerate();
        let used = columns.filter(|(_, name)| names.contains(name));
        used.filter_map(|(at, name)| {
            let cell = |row: &usize| self.cells(*row).and_then(|cells| cells.get(at));
            let from = |row: &usize| cell(row).and_then(|it| it.down);
            let mut runs = rows.chunk_by(|a, b| from(a).is_some() && from(a) == from(b));
            let run = runs.find(|it| it.len() > 1)?;
            Some((run.to_vec(), name.as_str(), cell(run.first()?)?.text.as_str()))
        })
        .collect()
    }

    /// The sheet that was read, and the others that have all of these columns as well.
    pub fn also_in(&self, names: &[String]) -> Option<(&str, Vec<&str>)> {
        let asked: Vec<&String> = names.iter().filter(|name| self.has(name)).collect();
        let has = |head: &[String], name: &String| {
            head.iter().any(|it| it.split_whitespace().collect::<String>() == *name)
        };
        let all = |head: &[String]| asked.iter().all(|name| has(head, name));
        let heads = self.listing.other_heads.iter().filter(|(_, head)| all(head));
        let others: Vec<&str> = heads.map(|(sheet, _)| sheet.as_str()).collect();
        let several = !asked.is_empty() && !others.is_empty();
        several.then_some((self.listing.sheet.as_str(), others))
    }

    /// Whether a hidden column has this name.
    pub fn hides(&self, name: &str) -> bool {
        let bare = |it: &String| it.split_whitespace().collect::<String>() == name;
        self.listing.hidden_names.iter().any(bare)
    }

    /// A column whose name has this name in it, or is in it.
    fn like(&self, name: &str) -> Option<&String> {
        let within =
            |long: &str, short: &str| short.chars().count() > 1 && long.contains(short);
        self.columns.iter().find(|it| within(it, name) || within(name, it))
    }

    /// Where a column of this name may be that is not among the table's, and the way there.
    pub fn elsewhere(&self, name: &str) -> String {
        if self.hides(name) {
            return format!("“{name}”这一栏隐藏着，先取消隐藏");
        }
        let above = self.listing.hidden_rows.iter().any(|it| *it < self.head);
        if above {
            let head = self.head;
            return format!("第 {head} 行上面有隐藏的行；表头在那里的，先取消隐藏");
        }
        if let Some(like) = self.like(name) {
            return format!(
                "名册有“{like}”一栏：把表头改成“{name}”，或在通知里写 {{{{ {like} }}}}"
            );
        }
        if let Some(hint) = self.on_other_sheets(name) {
            return hint;
        }
        let Listing { sheet, others, .. } = &self.listing;
        let read = match sheet.as_str() {
            "" => format!("读的是第 {} 行", self.head),
            sheet => format!("读的是工作表“{sheet}”第 {} 行", self.head),
        };
        let others = match others.as_slice() {
            [] => String::new(),
            others => format!("；在别的工作表的，用 --sheet 指明：{}", others.join("、")),
        };
        format!("名册加上这一栏，表头写这个名称（{read}）{others}")
    }

    /// That other sheets have a column of this name, and the way there.
    pub fn on_other_sheets(&self, name: &str) -> Option<String> {
        let bare = |it: &String| it.split_whitespace().collect::<String>() == name;
        let heads = self.listing.other_heads.iter();
        let heads = heads.filter(|(_, head)| !name.is_empty() && head.iter().any(bare));
        let sheets: Vec<&str> = heads.map(|(sheet, _)| sheet.as_str()).collect();
        let first = sheets.first()?;
        let (read, sheets) = (&self.listing.sheet, sheets.join("”“"));
        Some(format!(
            "读的是工作表“{read}”；“{sheets}”里有“{name}”一栏，要用的，写 --sheet {first}"
        ))
    }

    /// The values of a column, each once, as they are printed.
    fn values_of(&self, name: &str) -> Vec<&str> {
        let at = self.columns.iter().position(|column| column == name);
        let cells = self.rows.iter().filter_map(|line| line.cells.get(at?));
        let mut seen = HashSet::new();
        let texts = cells.map(|cell| cell.text.trim()).filter(|it| !it.is_empty());
        texts.filter(|it| seen.insert(*it)).collect()
    }

    /// The first values of a column, in words.
    pub fn some_values(&self, name: &str) -> String {
        let all = self.values_of(name);
        let more = if all.len() > VALUES { "……" } else { "" };
        let some = all.into_iter().take(VALUES).collect::<Vec<_>>().join("、");
        format!("“{name}”一栏里有：{some}{more}")
    }

    /// The values that a column is asked for and has in no row, each with the column and the
    /// value that comes near it.
    pub fn unmatched(
        &self,
        filter: &[(String, String)],
    ) -> Vec<(String, String, Option<String>)> {
        let mut unmatched = Vec::new();
        for (name, value) in filter {
            let texts = self.values_of(name);
            if !texts.contains(&value.trim()) {
                let near = nearest(value.trim(), texts.into_iter());
                unmatched.push((name.clone(), value.clone(), near.map(str::to_owned)));
            }
        }
        unmatched
    }

    /// The numbers of the rows that have these values: of each column one of those given.
    ///
    /// # Errors
    /// There is no such column, or no such row.
    pub fn select(&self, filter: &[(String, String)]) -> Result<Vec<usize>, Error> {
        let unknown = |(name, _): &&(String, String)| !self.has(name);
        if let Some((name, _)) = filter.iter().find(unknown) {
            let named: Vec<&str> = self
                .columns
                .iter()
                .map(String::as_str)
                .filter(|it| !it.is_empty())
                .collect();
            let error = Error::command(format!("名册没有“{name}”这一栏"))
                .hint(format!("有这些栏：{}", named.join("、")));
            return Err(error.hint(self.elsewhere(name)));
        }
        let chosen_by = |name: &str| filter.iter().any(|(of, _)| of == name);
        let flawed = |line: &&Line| self.flaw(&line.cells, &chosen_by).is_some();
        if let Some(line) = self.rows.iter().find(flawed) {
            let (what, hint) = self.flaw(&line.cells, &chosen_by).unwrap_or_default();
            let message = format!("名册第 {} 行{what}，--where 判断不了", line.number);
            return Err(Error::command(message).hint(hint));
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
            let mut error = Error::command("名册里没有一行符合 --where");
            for (name, _, near) in self.unmatched(filter) {
                let near = near.map(|it| format!("是不是想写“{it}”？"));
                error = error.hint(near.unwrap_or_default() + &self.some_values(&name));
            }
            let all = "各栏的值都有，没有一行都符合：几栏写了的，要同时是这些值";
            return Err(if error.hints.is_empty() { error.hint(all) } else { error });
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::in_short;

    #[test]
    fn rows_in_a_run_are_told_by_their_ends() {
        assert_eq!(in_short(&[3, 5, 6, 7, 9, 10]), "3、5—7、9—10");
        assert_eq!(in_short(&[]), "");
    }
}
