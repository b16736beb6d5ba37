//! Columns that line up in a terminal, where a hanzi takes two cells.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::characters::is_invisible;

/// Where a column's texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Flush left.
    Left,
    /// Flush right.
    Right,
}

/// A text for a cell, without what would steer a terminal or is not seen.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Hanzi begin with 0xe4 to 0xe9, and nothing that is unseen does.
    let suspect =
        |byte: u8| byte.is_ascii_control() | !matches!(byte, ..0xc0 | 0xe4..0xea);
    let unseen = |c: char| c.is_control() || is_invisible(c);
    // All bytes, and not the first that is found: that is one pass without branches.
    let suspected = text.bytes().fold(false, |found, byte| found | suspect(byte));
    if suspected && text.chars().any(unseen) {
        text.chars().filter(|c| !unseen(*c)).collect()
    } else {
        text.into()
    }
}

/// One line for each row, which has a text for each column: two spaces between columns,
/// nothing behind the last. A column in which nothing stands is left out.
pub fn aligned<S: AsRef<str>>(
    rows: &[impl AsRef<[S]>],
    sides: &[Side],
) -> impl Iterator<Item = String> {
    let mut columns: Vec<(usize, Side)> = sides.iter().map(|side| (0, *side)).collect();
    let mut widths = Vec::with_capacity(rows.len() * sides.len());
    for row in rows {
        for (text, (most, _)) in row.as_ref().iter().zip(&mut columns) {
            let width = text.as_ref().width();
            *most = width.max(*most);
            widths.push(width);
        }
    }
    let mut widths = widths.into_iter();
    rows.iter().map(move |row| line(row.as_ref().iter().zip(&mut widths), &columns))
}

/// A row of texts with their widths.
fn line<'a, S: AsRef<str> + 'a>(
    row: impl Iterator<Item = (&'a S, usize)>,
    columns: &[(usize, Side)],
) -> String {
    // A hanzi is three bytes in two cells; a line feed may follow.
    let room = columns.iter().map(|(most, _)| 2 * most + 2).sum();
    let mut line = String::with_capacity(room);
    for ((text, width), (most, side)) in row.zip(columns) {
        if *most == 0 {
            continue;
        }
        let room = most.saturating_sub(width);
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
    fn a_cell_keeps_all_that_is_seen_and_nothing_else() {
        for c in (0..=0xe_0100).filter_map(char::from_u32) {
            let unseen = c.is_control() || is_invisible(c);
            let shown = if unseen { "甲乙".to_owned() } else { format!("甲{c}乙") };
            assert_eq!(visible(&format!("甲{c}乙")), shown);
        }
    }

    #[test]
    fn hanzi_take_two_cells() {
        let rows =
            [["条款", "值"], ["5.1", "9"]].map(|row| row.map(String::from).to_vec());
        let lines: Vec<String> = aligned(&rows, &[Side::Left, Side::Right]).collect();
        assert_eq!(lines, ["条款  值", "5.1    9"]);
    }
}
