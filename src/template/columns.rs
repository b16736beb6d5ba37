//! How a table's width is shared among its columns, and what that makes of its rows.

use std::collections::BTreeSet;

use super::soft::{is_wide, soften_cell};
use crate::notice::table::{Merge, Table};

/// A column asks for no more than this for text that can be broken, in characters.
const ENOUGH: f64 = 14.0;
/// Text up to this length is not broken for the sake of a data file's widths, in characters.
const SHORT: f64 = 5.0;
/// What a cell needs beside its text, in characters.
const PADDING: f64 = 1.0;
/// The narrowest a line of 156 mm is in characters of a table's largest type.
const LINE: f64 = 31.0;
/// Rows that belong together are kept on one page up to this many lines; so is a head that
/// every page repeats.
const TOGETHER: f64 = 10.0;

/// What a table asks of its columns and pages.
#[derive(Debug)]
pub struct Shape {
    /// The relative widths of the columns, as given or by what stands in them.
    pub widths: Vec<f64>,
    /// What all their longest words need side by side, in characters.
    pub demand: f64,
    /// Whether every cell is short enough to be set as it is: of a few lines, with no word
    /// that might have to be broken.
    pub short: bool,
    /// Whether the head leaves room for rows on every page.
    pub repeats: bool,
    /// For each of the merges of the rows, whether its rows stay on one page.
    pub whole: Vec<bool>,
}

impl Shape {
    /// The shape of a table.
    pub fn of(table: &Table) -> Self {
        let (widths, demand) = widths(table);
        let head = Lines::of(&table.head, &table.head_merges, &widths);
        let rows = Lines::of(&table.rows, &table.merges, &widths);
        let short = head.longest.max(rows.longest) <= 8.0
            && table.head.iter().chain(&table.rows).flatten().all(|it| is_whole(it));
        Self {
            demand,
            short,
            repeats: head.rows.iter().sum::<f64>() <= TOGETHER,
            whole: together(&table.merges, &rows.rows),
            widths,
        }
    }
}

fn is_whole(cell: &str) -> bool {
    soften_cell(cell) == cell
}

fn widths(table: &Table) -> (Vec<f64>, f64) {
    let wide = [wide_cells(&table.head_merges), wide_cells(&table.merges)];
    let needs: Vec<(f64, f64)> =
        (0..table.columns()).map(|column| need(table, column, &wide)).collect();
    let demand = match &table.widths {
        // The narrowest of the given columns, for its words, decides.
        Some(widths) => {
            let total: f64 = widths.iter().sum();
            let pairs = widths.iter().zip(&needs);
            pairs.map(|(width, (word, _))| word / width * total).fold(0.0, f64::max)
        }
        None => needs.iter().map(|(word, _)| word).sum(),
    };
    let own = || {
        needs.iter().map(|(word, line)| word.max(line.min(ENOUGH)) + PADDING).collect()
    };
    let file = || fitted(table.file_widths.as_ref()?, &needs);
    (table.widths.clone().or_else(file).unwrap_or_else(own), demand)
}

/// Widths from a data file, wide enough for short texts to stay on one line; `None` where
/// the page has no room for that.
fn fitted(file: &[f64], needs: &[(f64, f64)]) -> Option<Vec<f64>> {
    let least = |(word, line): &(f64, f64)| word.max(line.min(SHORT)) + PADDING;
    let least: Vec<f64> = needs.iter().map(least).collect();
    if file.len() != needs.len() || least.iter().sum::<f64>() > LINE {
        return None;
    }
    let mut raised = vec![false; file.len()];
    loop {
        let part = |of: &[f64], which: bool| -> f64 {
            of.iter().zip(&raised).filter(|it| *it.1 == which).map(|it| it.0).sum()
        };
        let scale = (LINE - part(&least, true)) / part(file, false);
        let narrow =
            (0..file.len()).find(|i| !raised[*i] && file[*i] * scale < least[*i]);
        match narrow {
            Some(i) => raised[i] = true,
            None => {
                let width = |i: usize| if raised[i] { least[i] } else { file[i] * scale };
                return Some((0..file.len()).map(width).collect());
            }
        }
    }
}

/// The first cells of merges over several columns: they ask nothing of one column.
fn wide_cells(merges: &[Merge]) -> BTreeSet<(usize, usize)> {
    let wide = merges.iter().filter(|it| it.columns > 1);
    wide.map(|it| (it.row, it.column)).collect()
}

/// The width of the longest word and of the longest line in a column.
fn need(
    table: &Table,
    column: usize,
    [head, rows]: &[BTreeSet<(usize, usize)>; 2],
) -> (f64, f64) {
    let cells = |rows: &'_ [Vec<String>], wide: &BTreeSet<(usize, usize)>, so_far| {
        let own = rows.iter().enumerate().filter(|(y, _)| {
            // Most tables have no merged cells at all.
            wide.is_empty() || !wide.contains(&(*y, column))
        });
        own.filter_map(|(_, row)| row.get(column))
            .fold(so_far, |so_far, cell| longest(so_far, cell))
    };
    cells(&table.rows, rows, cells(&table.head, head, (1.0, 1.0)))
}

/// The longest word and line so far.
fn longest(so_far: (f64, f64), cell: &str) -> (f64, f64) {
    cell.lines().fold(so_far, |(word, line), text| {
        let words = text.split(|c: char| c.is_whitespace() || is_wide(c));
        let longest =
            words.map(|word| word.chars().count() as f64 * 0.55).fold(0.0, f64::max);
        // Words beyond this are broken anyway.
        (word.max(longest.min(8.0)), line.max(self::wide(text)))
    })
}

/// How many lines rows take at most.
struct Lines {
    rows: Vec<f64>,
    /// Of a single cell.
    longest: f64,
}

impl Lines {
    fn of(rows: &[Vec<String>], merges: &[Merge], widths: &[f64]) -> Self {
        let total: f64 = widths.iter().sum();
        let lines = |cell: &str, width: f64| {
            let room = (LINE * width / total - PADDING).max(1.0);
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
fn together(merges: &[Merge], lines: &[f64]) -> Vec<bool> {
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

fn wide(text: &str) -> f64 {
    text.chars().map(|c| if is_wide(c) { 1.0 } else { 0.55 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]], widths: Option<Vec<f64>>) -> Table {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect();
        Table { rows, widths, ..Table::default() }
    }

    #[test]
    fn a_column_is_as_wide_as_its_text_up_to_a_point() {
        let (own, _) =
            widths(&table(&[&["1", "云岭市职工服务中心", &"长".repeat(60)]], None));
        assert_eq!(own, [2.0, 10.0, 15.0]);
    }

    #[test]
    fn widths_of_a_file_give_way_to_short_texts() {
        let file = |widths: &[f64]| {
            let rows = table(&[&["序号", "云岭市职工服务中心", "备注"]], None);
            let file_widths = Some(widths.to_vec());
            super::widths(&Table { file_widths, ..rows }).0
        };
        let sum = |widths: &[f64]| widths.iter().sum::<f64>();
        let kept = file(&[2.0, 4.0, 2.0]);
        assert!(
            (kept[1] / kept[0] - 2.0).abs() < 0.01 && (sum(&kept) - LINE).abs() < 0.01
        );
        let raised = file(&[0.1, 6.0, 3.0]);
        assert!((raised[0] - 3.0).abs() < 0.01 && (sum(&raised) - LINE).abs() < 0.01);
        assert!((raised[1] / raised[2] - 2.0).abs() < 0.01);
        // Widths of another table are none.
        assert_eq!(file(&[1.0, 2.0]), [3.0, 10.0, 3.0]);
    }

    #[test]
    fn widths_of_the_notice_stay_as_given() {
        let (own, demand) =
            widths(&table(&[&["1234567.89", "甲"]], Some(vec![1.0, 4.0])));
        assert_eq!(own, [1.0, 4.0]);
        assert!((demand - 27.5).abs() < 0.01, "{demand}");
    }

    #[test]
    fn rows_under_one_cell_stay_together_while_they_are_few() {
        let merge = |row, rows, column| Merge { row, column, rows, columns: 1 };
        let lines = [1.0; 40];
        assert_eq!(together(&[merge(0, 4, 0), merge(4, 20, 0)], &lines), [true, false]);
        // Each reaches into the next: none could be kept whole alone.
        let chain: Vec<Merge> = (0..12).map(|i| merge(i, 2, i % 2)).collect();
        assert_eq!(together(&chain, &lines), [false; 12]);
        assert_eq!(together(&[merge(0, 2, 0)], &[6.0, 6.0]), [false]);
    }
}
