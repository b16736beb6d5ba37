//! Rows of a table: dates of one row that do not keep their distance.

use super::apart::OLD;
use super::columns::{Column, text};
use super::kept::{Fate, Scene, fates};
use super::why::Why;
use super::work::Work;
use super::years::{Year, years, years_of_cell};
use crate::notice::Node;

/// What the head of a column says where its dates end what another begins.
const ENDS: [&str; 8] =
    ["到期", "届满", "期满", "终止", "竣工", "完工", "结束", "有效期"];
/// What it says where its dates are those of the time before this one.
const FORMER: [&str; 4] = ["上次", "上期", "上轮", "上一"];
/// What it says where there are times below it.
const TIMES: [&str; 5] = ["时间", "日期", "年月", "期限", "有效期"];
/// What it says where they stay whatever stands beside them.
const FIRM: [&str; 8] = ["出生", "入职", "入党", "工作", "毕业", "成立", "注册", "建成"];

/// What the other cells of its row are to a cell.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row {
    /// Whether some of them are dates, so that 2027.3 is a month.
    pub dated: bool,
    /// Whether a date that moves may have to stay with one of them.
    left: bool,
    /// Whether a date that stays may have to move with one of them.
    moved: bool,
    /// Whether one is that of somebody's birth.
    person: bool,
}

impl Row {
    /// The years of a cell.
    pub fn years(self, text: &str) -> Vec<Year> {
        if self.dated { years_of_cell(text) } else { years(text) }
    }

    /// Marks the dates of a cell that do not keep their distance to others of the row.
    pub fn mark(self, fates: &mut [Fate]) {
        for fate in fates {
            *fate = match *fate {
                Fate::Moves | Fate::Doubted(_) if self.person => Fate::Stays(Why::Person),
                Fate::Moves if self.left => Fate::Doubted(Why::RowMoved),
                Fate::Stays(Why::Other | Why::Past | Why::Last) if self.moved => {
                    Fate::Stays(Why::RowLeft)
                }
                fate => fate,
            };
        }
    }
}

/// A cell of a row: what stands in it, its column and the head of that.
pub struct Cell<'a> {
    /// The cell.
    pub node: &'a Node,
    /// What its dates are.
    pub column: Option<Column>,
    /// The words over it.
    pub head: String,
}

impl Work<'_> {
    /// What the other cells of its row are to each cell.
    pub fn row(&self, cells: &[Cell]) -> Vec<Row> {
        let says =
            |i: usize, words: &[&str]| words.iter().any(|it| cells[i].head.contains(it));
        let dated = |i: usize| {
            let found = |it| if says(i, &TIMES) { years_of_cell(it) } else { years(it) };
            text(cells[i].node)
                .is_some_and(|it| found(it).iter().any(|it| it.day.is_some()))
        };
        let all = 0..cells.len();
        let person = all.clone().any(|i| cells[i].head.contains("出生"));
        let row = Row { dated: all.clone().any(dated), person, ..Row::default() };
        let fates: Vec<_> = cells.iter().map(|cell| self.of_cell(cell, row)).collect();
        let has = |i: usize, kept: &[Why]| {
            let loose =
                |it: &&(Fate, i32)| it.0.stays().is_some_and(|why| kept.contains(&why));
            fates[i].iter().find(loose).filter(|_| !says(i, &FIRM)).map(|it| it.1)
        };
        let moves =
            |i: usize| fates[i].iter().find(|it| it.0.stays().is_none()).map(|it| it.1);
        // What was begun this year ends with it, and so does what was done last time; what was
        // found in it is mended by a new date.
        let apart = |moved: usize, left: usize| {
            let Some(year) = moves(moved) else { return false };
            let began = has(left, &[Why::Past]).is_some_and(|began| {
                began < year || says(moved, &ENDS) || says(left, &FORMER)
            });
            began || has(left, &[Why::Before, Why::Last, Why::Other]).is_some()
        };
        let one = |i: usize| Row {
            left: all.clone().any(|it| apart(i, it)),
            moved: all.clone().any(|it| apart(it, i)),
            ..row
        };
        all.clone().map(one).collect()
    }

    /// What becomes of the dates of a cell by itself, and their years.
    fn of_cell(&self, cell: &Cell, row: Row) -> Vec<(Fate, i32)> {
        let Some(text) = text(cell.node) else { return Vec::new() };
        let found = row.years(text);
        let scene = Scene { column: cell.column, row, ..self.scene };
        fates(text, &found, &self.plan, scene)
            .into_iter()
            .zip(found)
            .filter(|(_, year)| year.firm && year.year >= self.plan.old - OLD)
            .map(|(fate, year)| (fate, year.year))
            .collect()
    }
}
