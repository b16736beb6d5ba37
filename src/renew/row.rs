//! Rows of a table: dates of one row that do not keep their distance.

use super::apart::OLD;
use super::columns::{Column, text};
use super::kept::{BEFORE, Fate, OTHER, PAST, Scene, fates};
use super::work::Work;
use super::years::{Year, years, years_of_cell};
use crate::notice::Node;

/// Why a date that moves is doubtful.
const MOVED: &str = "同一行里有的日期没有移，请核对";
/// Why one that stays is.
const LEFT: &str = "同一行里有的日期移了，请核对";
/// What the head of a column says where its dates end what another begins.
const ENDS: [&str; 7] = ["到期", "届满", "期满", "终止", "竣工", "完工", "结束"];
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
                Fate::Moves if self.left => Fate::Doubted(MOVED),
                Fate::Stays(OTHER | PAST) if self.moved => Fate::Stays(LEFT),
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
        let dated = |cell: &Cell| {
            text(cell.node).is_some_and(|it| years(it).iter().any(|it| it.day.is_some()))
        };
        let row = Row { dated: cells.iter().any(dated), ..Row::default() };
        let fates: Vec<_> = cells.iter().map(|cell| self.of_cell(cell, row)).collect();
        let says =
            |i: usize, words: &[&str]| words.iter().any(|it| cells[i].head.contains(it));
        let has = |i: usize, kept: &[&str]| {
            let loose = |it: &Fate| it.stays().is_some_and(|why| kept.contains(&why));
            fates[i].iter().any(loose) && !says(i, &FIRM)
        };
        let moves = |i: usize| fates[i].iter().any(|it| it.stays().is_none());
        // What was begun this year ends with it; what was found in it is mended by a new date.
        let apart = |moved: usize, left: usize| {
            let began = says(moved, &ENDS) && has(left, &[PAST]);
            moves(moved) && (began || has(left, &[BEFORE, OTHER]))
        };
        let all = 0..cells.len();
        let one = |i: usize| Row {
            left: all.clone().any(|it| apart(i, it)),
            moved: all.clone().any(|it| apart(it, i)),
            ..row
        };
        all.clone().map(one).collect()
    }

    /// What becomes of the dates of a cell by itself.
    fn of_cell(&self, cell: &Cell, row: Row) -> Vec<Fate> {
        let Some(text) = text(cell.node) else { return Vec::new() };
        let found = row.years(text);
        let scene = Scene { column: cell.column, row, ..self.scene };
        fates(text, &found, &self.plan, scene)
            .into_iter()
            .zip(found)
            .filter(|(_, year)| year.firm && year.year >= self.plan.old - OLD)
            .map(|(fate, _)| fate)
            .collect()
    }
}
