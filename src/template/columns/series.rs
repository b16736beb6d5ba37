//! Columns that follow each other as months, quarters, days of a week or years do: they are of
//! one width where they need the same.

use std::ops::Range;

use super::Type;
use super::need::Needs;

/// Fewer columns than this are no series.
const LEAST: usize = 3;
/// What counts, beside digits.
const COUNTS: &str = "〇零一二三四五六七八九十";

/// The columns of each series, by the last row of the head that names them.
pub fn all(head: &[Vec<String>]) -> Vec<Range<usize>> {
    let columns = head.last().map_or(0, Vec::len);
    let name = |at: usize| {
        head.iter().rev().filter_map(|row| row.get(at)).find(|it| !it.is_empty())
    };
    let kinds: Vec<Option<String>> =
        (0..columns).map(|at| name(at).and_then(|it| kind(it))).collect();
    let mut all = Vec::new();
    let mut start = 0;
    for end in 1..=columns {
        if end == columns || kinds[end] != kinds[start] {
            if kinds[start].is_some() && end - start >= LEAST {
                all.push(start..end);
            }
            start = end;
        }
    }
    all
}

/// What is counted: 月 of 3月, 第季度 of 第一季度, 周 of 周日; nothing where nothing is.
fn kind(name: &str) -> Option<String> {
    let counts = |c: char| c.is_ascii_digit() || COUNTS.contains(c);
    let day = ["周", "星期"].into_iter().find(|it| name.starts_with(it));
    match day.and_then(|day| Some((day, name.strip_prefix(day)?))) {
        Some((day, "日" | "天")) => Some(day.to_owned()),
        _ if name.contains(counts) => Some(name.replace(counts, "")),
        _ => None,
    }
}

impl Needs {
    /// Makes columns equally wide if none of them is broken then that was not before.
    pub fn even(&self, columns: Range<usize>, widths: &mut [f64], of: Type) {
        let mean = widths[columns.clone()].iter().sum::<f64>() / columns.len() as f64;
        let keeps =
            |at: usize| self.columns[at].least(of.room(widths[at])) <= of.room(mean);
        if columns.clone().all(keeps) {
            widths[columns].fill(mean);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where each series begins and ends.
    fn bounds(head: &[Vec<String>]) -> Vec<(usize, usize)> {
        all(head).into_iter().map(|it| (it.start, it.end)).collect()
    }

    #[test]
    fn months_quarters_days_and_years_are_series() {
        let found =
            |head: &[&str]| bounds(&[head.iter().map(|it| (*it).to_owned()).collect()]);
        assert_eq!(found(&["项目", "1月", "2月", "10月", "合计"]), [(1, 4)]);
        assert_eq!(found(&["一季度", "二季度", "三季度", "四季度"]), [(0, 4)]);
        assert_eq!(found(&["周五", "周六", "周日", "2025年", "2026年"]), [(0, 3)]);
        assert_eq!(found(&["2024年", "2025年", "2026年", "1月", "2月"]), [(0, 3)]);
        assert!(found(&["姓名", "性别", "年龄", "1月", "2月"]).is_empty());
        assert!(all(&[]).is_empty());
    }

    #[test]
    fn a_head_of_several_rows_is_read_at_its_lowest_texts() {
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let head =
            [row(["单位", "用电", "用电", "用电"]), row(["", "1月", "2月", "3月"])];
        assert_eq!(bounds(&head), [(1, 4)]);
    }
}
