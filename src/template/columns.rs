//! How a table's width is shared among its columns.

use super::soft::is_wide;
use crate::notice::table::Table;

/// A column asks for no more than this for text that can be broken, in characters.
const ENOUGH: f64 = 14.0;
/// What a cell needs beside its text, in characters.
const PADDING: f64 = 1.0;

/// The relative widths of the columns, as given or by what stands in them; and what all their
/// longest words need side by side, in characters.
pub fn widths(table: &Table) -> (Vec<f64>, f64) {
    let needs: Vec<(f64, f64)> =
        (0..table.columns()).map(|column| need(table, column)).collect();
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
    (table.widths.clone().unwrap_or_else(own), demand)
}

/// The narrowest a line of 156 mm is in characters of a table's largest type.
const LINE: f64 = 31.0;

/// Whether every cell is short enough to be set as it is: of a few lines, with no word that
/// might have to be broken.
pub fn is_short(table: &Table) -> bool {
    let (widths, _) = widths(table);
    let total: f64 = widths.iter().sum();
    let lines = |(cell, width): (&String, &f64)| {
        let room = (LINE * width / total - PADDING).max(1.0);
        cell.lines().map(|line| (wide(line) / room).ceil()).sum::<f64>()
    };
    table.head.iter().chain(&table.rows).all(|row| {
        let whole = row.iter().all(|cell| super::soft::soften_cell(cell) == *cell);
        whole && row.iter().zip(&widths).all(|cell| lines(cell) <= 8.0)
    })
}

/// The width of the longest word and of the longest line in a column.
fn need(table: &Table, column: usize) -> (f64, f64) {
    let cells = table.head.iter().chain(&table.rows).filter_map(|row| row.get(column));
    cells.flat_map(|cell| cell.lines()).fold((1.0, 1.0), |(word, line), text| {
        let words = text.split(|c: char| c.is_whitespace() || is_wide(c));
        let longest =
            words.map(|word| word.chars().count() as f64 * 0.55).fold(0.0, f64::max);
        // Words beyond this are broken anyway.
        (word.max(longest.min(8.0)), line.max(wide(text)))
    })
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
        Table { head: Vec::new(), rows, widths, aligns: None }
    }

    #[test]
    fn a_column_is_as_wide_as_its_text_up_to_a_point() {
        let (own, _) =
            widths(&table(&[&["1", "云岭市职工服务中心", &"长".repeat(60)]], None));
        assert_eq!(own, [2.0, 10.0, 15.0]);
    }

    #[test]
    fn widths_of_the_notice_stay_as_given() {
        let (own, demand) =
            widths(&table(&[&["1234567.89", "甲"]], Some(vec![1.0, 4.0])));
        assert_eq!(own, [1.0, 4.0]);
        assert!((demand - 27.5).abs() < 0.01, "{demand}");
    }
}
