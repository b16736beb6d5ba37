//! What stops a row of a roster.

use super::{Roster, footer};
use crate::notice::roster::Cell;
use crate::notice::variables::has_braces;

/// The variables that a row must have.
#[derive(Debug, Default)]
pub struct Names {
    /// All of them.
    pub all: Vec<String>,
    /// Those of texts in which line ends are taken out.
    pub one_line: Vec<String>,
    /// The columns that tell to whom a letter goes.
    pub to: Vec<String>,
}

impl Roster {
    /// What stops a row, a variable without a value or more cells than there are names, and
    /// the way out.
    pub fn fault(&self, row: usize, names: &Names) -> Option<(String, &'static str)> {
        let cells = self.cells(row)?;
        let (all, head) = (cells.len(), self.columns().len());
        if all > head {
            let hint = "格子里有逗号的，用双引号括起来；多余的逗号删去";
            return Some((format!("有 {all} 格，表头只有 {head} 格"), hint));
        }
        let asked = |name: &str| names.all.iter().any(|it| it == name);
        if let Some(flaw) = self.flaw(cells, &asked) {
            return Some(flaw);
        }
        if let Some(text) = self.joined(cells, &asked) {
            let hint = "是单位的，取消合并，每栏各填各的；不是单位的，删去这一行";
            return Some((format!("的“{text}”横着合并了通知用到的几栏"), hint));
        }
        let empty = |name: &&String| {
            let at = self.columns().iter().position(|column| column == *name);
            let text = |at: usize| cells.get(at).map_or("", |cell| cell.text.trim());
            at.is_some_and(|at| text(at).is_empty())
        };
        let empty: Vec<String> =
            names.all.iter().filter(empty).map(|name| format!("“{name}”")).collect();
        if !empty.is_empty() {
            let what = format!("没有{}的值", empty.join("、"));
            return Some((what, "补上这一格，再生成一次"));
        }
        let braces = |(name, cell): &(&String, &Cell)| {
            asked(name.as_str()) && has_braces(&cell.text)
        };
        let pairs = || self.columns().iter().zip(cells);
        if let Some((name, _)) = pairs().find(braces) {
            let what =
                format!("的“{name}”里有花括号，名册里的内容不再代换，会照原样印出");
            return Some((what, "改成要印的文字；要由几栏合成的，写成通知的“参数”"));
        }
        let lines = |(name, cell): &(&String, &Cell)| {
            names.one_line.contains(*name) && cell.text.contains('\n')
        };
        let (name, _) = pairs().find(lines)?;
        let what = format!("的“{name}”里有换行，印在一行里会连成一串");
        Some((what, "把格子里的换行改成“、”，或者删去"))
    }

    /// What makes it doubtful whether a row that lacks nothing is a unit's, and the way out.
    pub fn doubt(&self, row: usize) -> Option<(String, &'static str)> {
        let (at, sum) = footer::sum_among(self.cells(row)?)?;
        let name = self.columns().get(at).map_or("", String::as_str);
        let what = format!("的“{name}”写着“{sum}”，看不出这一行是不是收文的单位");
        Some((what, "是收文的单位，改掉这一格里的话；不是的，删去这一行"))
    }

    /// What a row is if it is nobody's: one that adds up the others, that stands below the
    /// table, or has the names once more. `last` is the last row of the table itself.
    pub fn no_unit(&self, row: usize, last: usize, names: &Names) -> Option<String> {
        let cells = self.cells(row)?;
        if cells.iter().map(|it| bare(&it.text)).eq(self.columns().iter().cloned()) {
            return Some("又是表头".into());
        }
        let behind = || (row > last).then(|| self.behind(row, names)).flatten();
        let word = self.word(row, names).or_else(behind)?;
        Some(format!("是“{word}”，不是收文的单位"))
    }

    /// The last row of the table itself: the last that has a value in each of these columns and
    /// may be a unit's, or one before it behind which a row can only be of a footer.
    pub fn last_of_table(&self, names: &Names) -> usize {
        let word = |row: &usize| self.word(*row, names);
        let is_unit = |row: &usize| {
            let word = word(row).or_else(|| self.behind(*row, names));
            word.is_none() && self.is_full(*row, names)
        };
        let last = self.numbers().filter(is_unit).last().unwrap_or_default();
        self.numbers().find(|row| word(row).is_some()).map_or(last, |it| it.min(last))
    }

    /// The word that makes a row nobody's. One that adds up others stands first in the row, or
    /// where a unit's name would; in any other column it does so only where the row lacks
    /// what a unit has.
    fn word(&self, row: usize, names: &Names) -> Option<String> {
        let is_full = self.is_full(row, names);
        let column = |at: usize| self.columns().get(at);
        let names_unit = |at: usize| column(at).is_some_and(|it| names.to.contains(it));
        footer::word(self.cells(row)?, &|at| !is_full || names_unit(at))
    }

    /// The word that makes a row behind the table a part of its footer: it goes before its
    /// value, or there is no room for it in a unit's row.
    fn behind(&self, row: usize, names: &Names) -> Option<String> {
        let cells = self.cells(row)?;
        let is_full = self.is_full(row, names);
        footer::pairs(cells).or_else(|| footer::label(cells).filter(|_| !is_full))
    }

    fn is_full(&self, row: usize, names: &Names) -> bool {
        let cells = self.cells(row).map_or(&[][..], Vec::as_slice);
        let mut asked = names.all.iter().filter_map(|name| {
            let at = self.columns().iter().position(|column| column == name)?;
            Some(cells.get(at).is_some_and(|cell| !cell.text.trim().is_empty()))
        });
        asked.all(|filled| filled)
    }

    /// The text of a merged cell that stands for several of these columns.
    fn joined<'a>(
        &self,
        cells: &'a [Cell],
        asked: &dyn Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let pairs = self.columns().iter().zip(cells).filter(|(name, _)| asked(name));
        let mut seen = Vec::new();
        for (cell, first) in pairs.filter_map(|(_, it)| Some((it, it.across?))) {
            if seen.contains(&first) && !cell.text.is_empty() {
                return Some(&cell.text);
            }
            seen.push(first);
        }
        None
    }

    /// What is wrong with a cell of these columns, and the way out.
    pub(super) fn flaw(
        &self,
        cells: &[Cell],
        asked: &dyn Fn(&str) -> bool,
    ) -> Option<(String, &'static str)> {
        let pairs = self.columns().iter().zip(cells).filter(|(name, _)| asked(name));
        let (at, flaw) = pairs.filter_map(|(_, cell)| cell.flaw.as_ref()).next()?;
        Some((format!("的 {at} 格{}", flaw.told()), flaw.hint()))
    }
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}
