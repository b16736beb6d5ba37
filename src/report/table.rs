//! Columns that line up in a terminal, where a hanzi takes two cells.

use unicode_width::UnicodeWidthStr;

/// Where a column's texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Flush left.
    Left,
    /// Flush right.
    Right,
}

/// One line for each row, two spaces between columns, nothing behind the last.
pub fn aligned(rows: &[Vec<String>], sides: &[Side]) -> Vec<String> {
    let widest =
        |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|it| it.width()).max();
    let widths: Vec<usize> = (0..sides.len()).map(|at| widest(at).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).zip(sides).map(|((text, wide), side)| {
            let room = " ".repeat(wide.saturating_sub(text.width()));
            match side {
                Side::Left => format!("{text}{room}"),
                Side::Right => format!("{room}{text}"),
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hanzi_take_two_cells() {
        let rows =
            [["条款", "值"], ["5.1", "9"]].map(|row| row.map(String::from).to_vec());
        assert_eq!(aligned(&rows, &[Side::Left, Side::Right]), ["条款  值", "5.1    9"]);
    }
}
