//! How high the rows of a table are, in lines of the grid, and which stay on one page.

use std::ops::Range;

use serde::Serialize;

use super::need::{wide, wide_in_head};
use super::share::lines_of;
use super::{Shared, Sheet, covered};
use crate::notice::table::Merge;

/// Rows that belong together are kept on one page up to this many lines; so is a head that
/// every page repeats.
pub const TOGETHER: f64 = 10.0;

/// What lines of a cell leave free of its row, at least, in lines of the grid.
const SPARE: f64 = 0.1;

/// What is known of a row's height before it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rise {
    /// Each cell is a single line: the row takes one of the grid.
    One,
    /// To be measured.
    Some,
    /// It might fill a page: it may go on on the next.
    Many,
}

/// How many lines of the grid rows take at most.
pub struct Lines {
    /// Of each row.
    pub rows: Vec<f64>,
    /// Of a single cell.
    pub longest: f64,
    /// Whether each row is of single lines.
    single: Vec<bool>,
}

impl Lines {
    /// Of all rows.
    pub fn all(&self) -> f64 {
        self.rows.iter().sum()
    }

    /// Of rows, those of the head or the others, whose columns have these widths.
    pub fn of(
        rows: &[Vec<String>],
        merges: &[Merge],
        head: bool,
        shared: &Shared,
    ) -> Self {
        let mut all = Self {
            rows: vec![1.0; rows.len()],
            longest: 1.0,
            single: vec![true; rows.len()],
        };
        let covered = covered(merges);
        for (y, row) in rows.iter().enumerate() {
            for (x, (cell, width)) in row.iter().zip(&shared.widths).enumerate() {
                if covered.is_empty() || !covered.contains(&(y, x)) {
                    all.take(y..y + 1, cell, *width, head, shared);
                }
            }
        }
        for merge in merges {
            let widths = &shared.widths[merge.column..merge.column + merge.columns];
            let cell = &rows[merge.row][merge.column];
            let rows = merge.row..merge.row + merge.rows;
            all.take(rows, cell, widths.iter().sum(), head, shared);
        }
        all
    }

    /// With one more cell over some rows.
    fn take(
        &mut self,
        rows: Range<usize>,
        cell: &str,
        width: f64,
        head: bool,
        shared: &Shared,
    ) {
        let room = (width - shared.of.padding) / shared.of.size;
        let wide = if head { wide_in_head } else { wide };
        let (mut lines, mut single) = (0.0, true);
        for line in cell.lines() {
            let length = wide(line);
            single &= lines == 0.0 && length <= room;
            lines += lines_of(length, room);
        }
        let high = (lines * shared.of.line + SPARE).ceil().max(1.0);
        self.longest = self.longest.max(high);
        let each = high / rows.len() as f64;
        for row in rows.clone() {
            self.rows[row] = self.rows[row].max(each);
            // What stands over several rows is measured by itself.
            self.single[row] &= single || rows.len() > 1;
        }
    }

    /// What is known of each row on a sheet.
    pub fn rises(&self, sheet: Sheet) -> Vec<Rise> {
        let rise = |(rows, single): (&f64, &bool)| match single {
            true => Rise::One,
            false if *rows > sheet.tall * 2.0 / 3.0 => Rise::Many,
            false => Rise::Some,
        };
        self.rows.iter().zip(&self.single).map(rise).collect()
    }
}

/// For each merge, whether its rows, with those that further merges chain to them, are few
/// enough to stay on one page.
pub fn together(merges: &[Merge], lines: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..merges.len()).collect();
    order.sort_by_key(|at| merges[*at].row);
    let mut whole = vec![true; merges.len()];
    let mut chain: Vec<usize> = Vec::new();
    let (mut start, mut end) = (0, 0);
    for at in order {
        let merge = &merges[at];
        if merge.row >= end {
            chain.clear();
            start = merge.row;
        }
        end = end.max(merge.row + merge.rows);
        chain.push(at);
        if lines[start..end].iter().sum::<f64>() > TOGETHER {
            chain.drain(..).for_each(|at| whole[at] = false);
        }
    }
    whole
}

/// Whether the first two rows stay on one page, and the last two, with those that whole merged
/// cells tie to them: a single row beside a page's edge is easily lost.
pub fn ends(merges: &[Merge], whole: &[bool], lines: &[f64]) -> (bool, bool) {
    let count = lines.len();
    let few = |start: usize| {
        let (mut start, mut end) = (start, start + 2);
        let whole = merges.iter().zip(whole).filter(|it| *it.1).map(|it| it.0);
        for merge in whole.filter(|it| it.rows > 1) {
            if merge.row < end && merge.row + merge.rows > start {
                (start, end) = (start.min(merge.row), end.max(merge.row + merge.rows));
            }
        }
        lines[start..end].iter().sum::<f64>() <= TOGETHER
    };
    let first = count > 1 && few(0);
    (first, count > 2 && few(count - 2) || count == 2 && first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_last_two_rows_stay_together_while_they_are_low() {
        let merge = |row, rows| Merge { row, column: 0, rows, columns: 1 };
        let of =
            |merge: &[Merge], lines: &[f64]| ends(merge, &vec![true; merge.len()], lines);
        assert_eq!(of(&[], &[]), (false, false));
        assert_eq!(of(&[], &[1.0]), (false, false));
        assert_eq!(of(&[], &[1.0; 2]), (true, true));
        assert_eq!(of(&[], &[6.0, 6.0, 1.0, 1.0]), (false, true));
        // A merged cell that ends at the last row but one, and brings its rows along.
        assert_eq!(of(&[merge(3, 6)], &[1.0; 10]), (true, true));
        assert_eq!(of(&[merge(3, 6)], &[2.0; 10]), (true, false));
    }
}
