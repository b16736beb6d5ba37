//! The used part of a sheet, cut out of its endless rows and columns.

use std::collections::{BTreeMap, BTreeSet};

use super::runs::{Run, joined};
use super::{CELLS, Flawed, Grid, Merge, ROWS, Refusal, format};
use crate::notice::flaw::Flaw;
use crate::notice::signs;

/// Row and column of a cell in its sheet, from 0.
pub type At = (u32, u32);

/// So many digits of a number a spreadsheet keeps.
const KEPT: usize = 15;

/// The format of cells that have none.
const GENERAL: &str = "General";

/// No spreadsheet has more columns.
const LAST_COLUMN: u32 = 16_383;

/// Cells as they come from a file, by their row and column in the sheet.
#[derive(Debug, Default)]
pub struct Cells {
    /// The name of the sheet.
    pub sheet: String,
    /// The names of all visible sheets.
    pub sheets: Vec<String>,
    /// Cells with a text.
    pub texts: BTreeMap<At, String>,
    /// Merged cells: first and last cell.
    pub merges: Vec<(At, At)>,
    /// Widths of columns in any one unit.
    pub widths: BTreeMap<u32, f64>,
    /// Rows that the sheet does not show.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that the sheet does not show.
    pub hidden_columns: BTreeSet<u32>,
    /// Cells without a text that could be printed.
    pub flaws: BTreeMap<At, Flaw>,
}

impl Cells {
    /// Takes a cell's text; white space around it is none of its content.
    ///
    /// # Errors
    /// More cells than a table may have.
    pub fn put(&mut self, at: At, text: &str) -> Result<(), Refusal> {
        if let Some(c) = signs::control(text) {
            return self.refuse(at, Flaw::Control(c));
        }
        let text = signs::cell(text);
        if let Some(flaw) = Flaw::of_text(&text) {
            return self.refuse(at, flaw);
        }
        if !text.is_empty() {
            self.texts.insert(at, text);
        }
        self.fits()
    }

    /// Puts a number as a format shows it.
    ///
    /// # Errors
    /// More than a table may have.
    pub fn put_value(
        &mut self,
        at: At,
        value: f64,
        code: &str,
        since_1904: bool,
    ) -> Result<(), Refusal> {
        match format::show(value, code, since_1904) {
            Some(shown) if !shown.is_empty() => self.put_number(at, value, &shown),
            shown => self.put_shown(at, shown, code),
        }
    }

    /// Puts a text, unless it is empty, as a format shows it.
    ///
    /// # Errors
    /// More than a table may have.
    pub fn put_text(&mut self, at: At, text: &str, code: &str) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.put_shown(at, format::show_text(text, code), code)
    }

    /// Takes what a cell with a value shows in its format, which may not be known, or hide it.
    fn put_shown(
        &mut self,
        at: At,
        shown: Option<String>,
        code: &str,
    ) -> Result<(), Refusal> {
        match shown {
            Some(text) if text.is_empty() && code != GENERAL => {
                self.refuse(at, Flaw::Hidden(code.to_owned()))
            }
            Some(text) => self.put(at, &text),
            None => self.refuse(at, Flaw::Format(code.to_owned())),
        }
    }

    /// Puts a number as its format shows it, unless it is too long for a spreadsheet: one
    /// whose digits show in full, or as a power of ten, and without commas between thousands,
    /// is taken for an identity card's or an account's.
    ///
    /// # Errors
    /// More than a table may have.
    pub fn put_number(&mut self, at: At, value: f64, shown: &str) -> Result<(), Refusal> {
        let digits = shown.bytes().filter(u8::is_ascii_digit).count();
        let whole = digits > KEPT || shown.contains("E+");
        if value.abs() >= 1e15 && whole && !shown.contains(',') {
            return self.refuse(at, Flaw::Lost(shown.to_owned()));
        }
        self.put(at, shown)
    }

    /// The text of a cell; empty where it has none.
    pub fn text(&self, at: At) -> &str {
        self.texts.get(&at).map_or("", String::as_str)
    }

    /// Puts what a cell's runs show in place of its text, of which they are the parts.
    ///
    /// # Errors
    /// More than a table may have.
    pub fn put_runs(&mut self, at: At, runs: &[Run]) -> Result<(), Refusal> {
        let shown = self.texts.remove(&at).unwrap_or_default();
        let plain: String = runs.iter().map(|(_, text)| text.as_str()).collect();
        let plain = signs::cell(&plain);
        match joined(runs) {
            // A format may have put something around it.
            Ok(text) if !plain.is_empty() && shown.contains(&plain) => {
                self.put(at, &shown.replacen(&plain, text.trim(), 1))
            }
            Ok(text) => self.put(at, &text),
            Err(flaw) => self.refuse(at, flaw),
        }
    }

    /// Takes what is wrong with a cell.
    ///
    /// # Errors
    /// More than a table may have.
    pub fn refuse(&mut self, at: At, flaw: Flaw) -> Result<(), Refusal> {
        self.texts.remove(&at);
        self.flaws.insert(at, flaw);
        self.fits()
    }

    /// Whether all that is kept of a sheet is no more than a table may have: a few bytes of a
    /// file can stand for any number of cells.
    ///
    /// # Errors
    /// It is more.
    pub fn fits(&self) -> Result<(), Refusal> {
        let kept = self.texts.len() + self.flaws.len() + self.merges.len();
        if kept > CELLS { Err(Refusal::Large) } else { Ok(()) }
    }

    /// The visible rows and columns, so many at most, from the first to the last with a text.
    ///
    /// # Errors
    /// Nothing to show, or too much of it.
    pub fn grid(self, most: usize) -> Result<Grid, Refusal> {
        let regions = self.regions()?;
        let (rows, columns) = self.used(&regions, most)?;
        let text = |row: u32, column: u32| self.text((row, column)).to_owned();
        let line = |row: &u32| columns.iter().map(|column| text(*row, *column)).collect();
        let mut grid: Vec<Vec<String>> = rows.iter().map(line).collect();
        let mut flaws = self.flaws_among(&rows, &columns);
        let mut merges = Vec::new();
        for (first, last) in regions {
            if let Some(merge) = merge(first, last, &rows, &columns) {
                for row in &mut grid[merge.row..merge.row + merge.rows] {
                    row[merge.column..merge.column + merge.columns].fill(String::new());
                }
                flaws.retain(|(row, column), _| !merge.covers(*row, *column));
                // Where the first cell is hidden, its text shows in what is left.
                grid[merge.row][merge.column] = text(first.0, first.1);
                if let Some(flaw) = self.flaws.get(&first) {
                    let flawed = Flawed { cell: address(first), flaw: flaw.clone() };
                    flaws.insert((merge.row, merge.column), flawed);
                }
                merges.push(merge);
            }
        }
        merges.retain(|merge| merge.rows * merge.columns > 1);
        let numbers = rows.iter().map(|row| *row as usize + 1).collect();
        Ok(Grid {
            rows: grid,
            numbers,
            merges,
            widths: self.widths(&columns),
            flaws,
            hidden_rows: self.hidden_numbers(),
            hidden_names: self.hidden_names(rows[0]),
            sheet: self.sheet,
            sheets: self.sheets,
        })
    }

    fn shows(&self, at: At) -> bool {
        !self.hidden_rows.contains(&at.0) && !self.hidden_columns.contains(&at.1)
    }

    /// The cells that cannot be printed, by their places among what is shown.
    fn flaws_among(
        &self,
        rows: &[u32],
        columns: &[u32],
    ) -> BTreeMap<(usize, usize), Flawed> {
        let placed = |(at, flaw): (&At, &Flaw)| {
            let row = rows.binary_search(&at.0).ok()?;
            let column = columns.binary_search(&at.1).ok()?;
            Some(((row, column), Flawed { cell: address(*at), flaw: flaw.clone() }))
        };
        self.flaws.iter().filter_map(placed).collect()
    }

    /// The numbers of the rows that have a text and are hidden.
    fn hidden_numbers(&self) -> Vec<usize> {
        let hidden = |at: &&At| {
            self.hidden_rows.contains(&at.0) && !self.hidden_columns.contains(&at.1)
        };
        let mut numbers: Vec<usize> =
            self.texts.keys().filter(hidden).map(|at| at.0 as usize + 1).collect();
        numbers.dedup();
        numbers
    }

    /// The texts that a row has in hidden columns.
    fn hidden_names(&self, row: u32) -> Vec<String> {
        let hidden = |at: &At| at.0 == row && self.hidden_columns.contains(&at.1);
        let texts = self.texts.iter().filter(|(at, _)| hidden(at));
        texts.map(|(_, text)| text.clone()).collect()
    }

    /// The merged regions that overlap none above or left of them, each as first and last
    /// cell, in their order.
    fn regions(&self) -> Result<Vec<(At, At)>, Refusal> {
        let mut sorted = self.merges.clone();
        if sorted.len() > ROWS * 2 {
            return Err(Refusal::Large);
        }
        sorted.sort_unstable();
        // The lowest row that a region reaches in each column; those to come begin no higher.
        let mut reached: BTreeMap<u32, u32> = BTreeMap::new();
        sorted.retain_mut(|(first, last)| {
            last.1 = last.1.min(first.1.saturating_add(LAST_COLUMN));
            let columns = first.1..=last.1;
            let free = columns
                .clone()
                .all(|it| reached.get(&it).is_none_or(|row| *row < first.0));
            if !free || first == last || first.0 > last.0 || first.1 > last.1 {
                return false;
            }
            reached.extend(columns.map(|it| (it, last.0)));
            true
        });
        Ok(sorted)
    }

    /// The rows and columns that are shown.
    fn used(
        &self,
        regions: &[(At, At)],
        most: usize,
    ) -> Result<(Vec<u32>, Vec<u32>), Refusal> {
        let flawed = self.flaws.iter().filter(|(_, flaw)| !flaw.is_hidden());
        let cells = self.texts.keys().chain(flawed.map(|(at, _)| at));
        let texts = cells.filter(|at| self.shows(**at)).copied();
        let ends = regions.iter().filter(|(first, _)| self.texts.contains_key(first));
        let all: Vec<At> =
            texts.chain(ends.flat_map(|(first, last)| [*first, *last])).collect();
        let line = |of: fn(&At) -> u32, hidden: &BTreeSet<u32>, most: usize| {
            let (from, to) = (all.iter().map(of).min()?, all.iter().map(of).max()?);
            let shown = (from..=to).filter(|it| !hidden.contains(it));
            Some(shown.take(most + 1).collect::<Vec<u32>>())
        };
        let rows = line(|at| at.0, &self.hidden_rows, ROWS).unwrap_or_default();
        let columns = line(|at| at.1, &self.hidden_columns, most).unwrap_or_default();
        if rows.is_empty() || columns.is_empty() {
            return Err(Refusal::Empty(self.sheet.clone()));
        }
        if rows.len() > ROWS || columns.len() > most {
            return Err(Refusal::Large);
        }
        Ok((rows, columns))
    }

    /// Widths of all columns, if the file gives any.
    fn widths(&self, columns: &[u32]) -> Option<Vec<f64>> {
        let given: Vec<f64> =
            columns.iter().filter_map(|it| self.widths.get(it).copied()).collect();
        let whole = given.len() == columns.len();
        let sound = given.iter().all(|width| width.is_finite() && *width > 0.0);
        (whole && sound && !given.is_empty()).then_some(given)
    }
}

/// A merged region among the rows and columns that are shown.
fn merge(first: At, last: At, rows: &[u32], columns: &[u32]) -> Option<Merge> {
    let among = |all: &[u32], from: u32, to: u32| {
        let start = all.partition_point(|it| *it < from);
        (start, all.partition_point(|it| *it <= to) - start)
    };
    let (row, height) = among(rows, first.0, last.0);
    let (column, width) = among(columns, first.1, last.1);
    (height * width > 0).then_some(Merge { row, column, rows: height, columns: width })
}

/// A cell's address as spreadsheets write it: column in letters, row from 1.
pub fn address((row, column): At) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::super::COLUMNS;
    use super::*;

    fn cells(texts: &[(u32, u32, &str)]) -> Cells {
        let mut cells = Cells::default();
        for (row, column, text) in texts {
            cells.put((*row, *column), text).expect("few cells");
        }
        cells
    }

    #[test]
    fn the_used_part_is_cut_out() {
        let mut cells = cells(&[(2, 1, "甲"), (4, 3, " 乙 "), (9, 9, "  ")]);
        cells.hidden_columns.insert(2);
        let grid = cells.grid(COLUMNS).expect("a grid");
        assert_eq!(grid.rows, [["甲", ""], ["", ""], ["", "乙"]]);
        assert_eq!(grid.numbers, [3, 4, 5]);
    }

    #[test]
    fn merged_cells_keep_one_text_and_never_overlap() {
        let mut cells = cells(&[(0, 0, "甲"), (0, 1, "藏"), (1, 0, "藏"), (2, 0, "乙")]);
        cells.merges = vec![((0, 0), (1, 1)), ((1, 1), (2, 2)), ((3, 0), (2, 0))];
        let grid = cells.grid(COLUMNS).expect("a grid");
        assert_eq!(grid.rows, [["甲", ""], ["", ""], ["乙", ""]]);
        assert_eq!(grid.merges, [Merge { row: 0, column: 0, rows: 2, columns: 2 }]);
    }

    #[test]
    fn far_cells_are_too_many_and_no_memory_is_taken() {
        assert_eq!(
            cells(&[(0, 0, "甲"), (4_000_000_000, 0, "乙")]).grid(COLUMNS),
            Err(Refusal::Large)
        );
        assert_eq!(
            cells(&[(0, 0, "甲"), (0, 4_000_000_000, "乙")]).grid(COLUMNS),
            Err(Refusal::Large)
        );
        assert_eq!(cells(&[]).grid(COLUMNS), Err(Refusal::Empty(String::new())));
    }

    #[test]
    fn addresses_are_those_of_the_spreadsheet() {
        let at = [(0, 0), (8, 25), (9, 26), (0, 701), (0, 702)];
        assert_eq!(at.map(address), ["A1", "Z9", "AA10", "ZZ1", "AAA1"]);
        assert_eq!(address((u32::MAX, 0)), "A4294967296");
    }
}
