//! 表格: head rows and rows of cells.

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

/// 表格: every row has as many cells as the table has columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// 表头: repeated on every page.
    pub head: Vec<Vec<String>>,
    /// 行.
    pub rows: Vec<Vec<String>>,
    /// 列宽: relative; equal where absent.
    pub widths: Option<Vec<f64>>,
    /// 对齐: of each column; centred where absent.
    pub aligns: Option<Vec<Align>>,
}

impl Table {
    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.head.iter().chain(&self.rows).map(Vec::len).max().unwrap_or(0)
    }
}
