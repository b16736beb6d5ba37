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
    let measured: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| row.iter().map(|it| it.as_ref().width()).collect())
        .collect();
    let widest = |at| measured.iter().filter_map(|row| row.get(at)).max();
    let columns: Vec<(usize, Side)> = sides
        .iter()
        .enumerate()
        .map(|(at, side)| (widest(at).copied().unwrap_or(0), *side))
        .collect();
    rows.iter().zip(&measured).map(|(row, wide)| line(row, wide, &columns)).collect()
}

fn line(row: &[impl AsRef<str>], wide: &[usize], columns: &[(usize, Side)]) -> String {
    let mut line = String::new();
    for (at, ((text, wide), (most, side))) in
        row.iter().zip(wide).zip(columns).enumerate()
    {
        let room = std::iter::repeat_n(' ', most.saturating_sub(*wide));
        line.push_str(if at > 0 { "  " } else { "" });
        match side {
            Side::Left => {
                line.push_str(text.as_ref());
                line.extend(room);
            }
            Side::Right => {
                line.extend(room);
                line.push_str(text.as_ref());
            }
        }
    }
    line.truncate(line.trim_end().len());
    line
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
