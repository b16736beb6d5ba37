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
pub fn aligned(rows: &[Vec<impl AsRef<str>>], sides: &[Side]) -> Vec<String> {
    let widths: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| row.iter().map(|it| it.as_ref().width()).collect())
        .collect();
    let widest = |at| widths.iter().filter_map(|row| row.get(at)).max();
    let widest = (0..).map(|at| widest(at).copied().unwrap_or_default());
    let columns: Vec<(usize, Side)> = widest.zip(sides.iter().copied()).collect();
    rows.iter().zip(&widths).map(|(row, widths)| line(row, widths, &columns)).collect()
}

/// A row of texts of these widths in columns; columns without any width are left out.
pub fn line(
    row: &[impl AsRef<str>],
    widths: &[usize],
    columns: &[(usize, Side)],
) -> String {
    // A hanzi is three bytes in two cells.
    let mut line =
        String::with_capacity(columns.iter().map(|(most, _)| 2 * most + 2).sum());
    for ((text, width), (most, side)) in row.iter().zip(widths).zip(columns) {
        if *most == 0 {
            continue;
        }
        let room = most.saturating_sub(*width);
        let before = if line.is_empty() { 0 } else { 2 };
        match side {
            Side::Left => {
                blank(&mut line, before);
                line.push_str(text.as_ref());
                blank(&mut line, room);
            }
            Side::Right => {
                blank(&mut line, before + room);
                line.push_str(text.as_ref());
            }
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn blank(line: &mut String, mut cells: usize) {
    const BLANK: &str = "                                ";
    while cells > 0 {
        let part = cells.min(BLANK.len());
        line.push_str(&BLANK[..part]);
        cells -= part;
    }
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
