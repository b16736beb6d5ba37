//! How many lines the rows of a table take, and which rows stay on one page.

use super::need::wide;
use super::{Shared, wide_cells};
use crate::notice::table::Merge;

/// Rows that belong together are kept on one page up to this many lines; so is a head that
/// every page repeats.
pub const TOGETHER: f64 = 10.0;

/// How many lines rows take at most.
pub struct Lines {
    /// Of each row.
    pub rows: Vec<f64>,
    /// Of a single cell.
    pub longest: f64,
}

impl Lines {
    /// Of all rows.
    pub fn all(&self) -> f64 {
        self.rows.iter().sum()
    }

    /// Of rows whose columns have these widths.
    pub fn of(rows: &[Vec<String>], merges: &[Merge], shared: &Shared) -> Self {
        let widths = &shared.widths;
        let lines = |cell: &str, width: f64| {
            // One character less: marks do not begin a line.
            let room = ((width - shared.of.padding) / shared.of.size - 1.0).max(1.0);
            cell.lines().map(|line| (wide(line) / room).ceil()).sum::<f64>()
        };
        let spanned = wide_cells(merges);
        let mut all = Self { rows: Vec::with_capacity(rows.len()), longest: 0.0 };
        for (y, row) in rows.iter().enumerate() {
            let own = row
                .iter()
                .zip(widths)
                .enumerate()
                .filter(|(x, _)| spanned.is_empty() || !spanned.contains(&(y, *x)));
            let most =
                own.map(|(_, (cell, width))| lines(cell, *width)).fold(1.0, f64::max);
            all.longest = all.longest.max(most);
            all.rows.push(most);
        }
        for merge in merges.iter().filter(|it| it.columns > 1) {
            let width = widths[merge.column..merge.column + merge.columns].iter().sum();
            let most = lines(&rows[merge.row][merge.column], width);
            all.longest = all.longest.max(most);
            all.rows[merge.row] = all.rows[merge.row].max(most);
        }
        all
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
