//! 表格: head rows, rows of cells, and which of the cells are merged.

/// 对齐: where a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// 左.
    Left,
    /// 中.
    Center,
    /// 右.
    Right,
}

/// 合并单元格: a rectangle of cells that is printed as one, with the text of its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The first row, from 0.
    pub row: usize,
    /// The first column, from 0.
    pub column: usize,
    /// How many rows, at least 1.
    pub rows: usize,
    /// How many columns, at least 1.
    pub columns: usize,
}

impl Merge {
    /// Whether a cell lies in it.
    pub fn covers(&self, row: usize, column: usize) -> bool {
        (self.row..self.row + self.rows).contains(&row)
            && (self.column..self.column + self.columns).contains(&column)
    }
}

/// 表格: every row has as many cells as the table has columns, merged ones included.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// 表头: repeated on every page.
    pub head: Vec<Vec<String>>,
    /// Merged cells of the head; none overlaps another or leaves the head.
    pub head_merges: Vec<Merge>,
    /// 行.
    pub rows: Vec<Vec<String>>,
    /// Merged cells of the rows, counted from the first row under the head.
    pub merges: Vec<Merge>,
    /// 列宽: relative; by the columns' texts where absent.
    pub widths: Option<Vec<f64>>,
    /// Widths in the data file: kept as far as the texts allow.
    pub file_widths: Option<Vec<f64>>,
    /// 对齐: of each column; centred where absent.
    pub aligns: Option<Vec<Align>>,
}

impl Table {
    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.head.iter().chain(&self.rows).map(Vec::len).max().unwrap_or(0)
    }
}

/// The merged cells of a head of several rows by the convention of 表头: equal neighbours
/// under one cell are one cell, except in the last row; a cell reaches down over empty cells
/// and over cells with its own text.
pub fn nested(head: &[Vec<String>]) -> Vec<Merge> {
    let text = |row: usize, column: usize| {
        head.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    };
    // Which merged cell, by its number, owns each cell.
    let mut owners: Vec<Vec<Option<usize>>> =
        head.iter().map(|row| vec![None; row.len()]).collect();
    let mut found: Vec<Merge> = Vec::new();
    for row in 0..head.len() {
        for column in 0..head[row].len() {
            if owners[row][column].is_some() {
                continue;
            }
            let own = text(row, column);
            let beside = |next: &usize| {
                let above = |at: usize| row.checked_sub(1).map(|up| owners[up].get(at));
                owners[row][*next].is_none()
                    && text(row, *next) == own
                    && above(*next) == above(column)
            };
            let last = own.is_empty() || row + 1 == head.len();
            let reach = if last { column + 1 } else { head[row].len() };
            let columns = 1 + (column + 1..reach).take_while(beside).count();
            let below = |next: &usize| {
                let mut cells = (column..column + columns).map(|at| text(*next, at));
                !own.is_empty() && cells.all(|it| it.is_empty() || it == own)
            };
            let rows = 1 + (row + 1..head.len()).take_while(below).count();
            for line in &mut owners[row..row + rows] {
                let end = line.len().min(column + columns);
                line[column.min(end)..end].fill(Some(found.len()));
            }
            found.push(Merge { row, column, rows, columns });
        }
    }
    found.retain(|merge| merge.rows * merge.columns > 1);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(head: &[&[&str]]) -> Vec<(usize, usize, usize, usize)> {
        let head: Vec<Vec<String>> = head
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect();
        nested(&head).iter().map(|m| (m.row, m.column, m.rows, m.columns)).collect()
    }

    #[test]
    fn a_head_nests_by_equal_neighbours_and_empty_cells() {
        let head: &[&[&str]] =
            &[&["序号", "工期", "工期", "备注"], &["", "开工", "完工", "备注"]];
        assert_eq!(merged(head), [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1)]);
    }

    #[test]
    fn equal_cells_under_different_cells_stay_apart() {
        let head: &[&[&str]] = &[
            &["上半年", "上半年", "下半年", "下半年"],
            &["金额", "金额", "金额", "金额"],
            &["计划", "实际", "计划", "实际"],
        ];
        let pairs = [(0, 0, 1, 2), (0, 2, 1, 2), (1, 0, 1, 2), (1, 2, 1, 2)];
        assert_eq!(merged(head), pairs);
    }

    #[test]
    fn nothing_merges_in_a_single_row_or_over_other_texts() {
        assert_eq!(merged(&[&["金额", "金额", ""]]), []);
        assert_eq!(merged(&[&["甲", "乙"], &["丙", "丁"]]), []);
        // A wide cell reaches down only over its whole width.
        assert_eq!(merged(&[&["甲", "甲", "乙"], &["", "丙", "丁"]]), [(0, 0, 1, 2)]);
        assert_eq!(merged(&[&["", ""], &["", ""]]), []);
    }

    #[test]
    fn ragged_heads_do_no_harm() {
        assert_eq!(merged(&[&["甲", "甲", "甲"], &["乙"]]), [(0, 0, 1, 3)]);
        assert_eq!(merged(&[&["甲"], &["", "乙", "乙"]]), [(0, 0, 2, 1)]);
    }
}
