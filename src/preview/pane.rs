//! 检查结果: the list of findings beside the page.

use super::cells;
use super::places::Spot;
use crate::diag::Diagnostic;
use crate::report;

/// The lines of the list in so many columns and rows; the chosen one is told in full and always
/// in sight.
pub fn lines(
    findings: &[Diagnostic],
    spots: &[Option<Spot>],
    chosen: usize,
    (columns, rows): (usize, usize),
) -> Vec<String> {
    if findings.is_empty() {
        return vec!["没有发现问题".into()];
    }
    let mut lines = Vec::new();
    let mut from = 0;
    for (at, finding) in findings.iter().enumerate() {
        let spot = spots.get(at).and_then(Option::as_ref);
        let entry = entry(finding, spot, at == chosen, columns);
        if at == chosen {
            from = (lines.len() + entry.len()).saturating_sub(rows);
        }
        lines.extend(entry);
    }
    let mut lines = lines.split_off(from.min(lines.len()));
    lines.resize(rows.max(lines.len()), String::new());
    lines
}

fn entry(
    finding: &Diagnostic,
    spot: Option<&Spot>,
    chosen: bool,
    columns: usize,
) -> Vec<String> {
    let kind = if finding.is_error() { "错误" } else { "提醒" };
    let line = finding.place.as_ref().map(|it| format!("，第 {} 行", it.line));
    let page = match spot {
        Some(spot) => format!("，第 {} 页", spot.page + 1),
        None => "，不在版面上".into(),
    };
    let sign = if chosen { "▶" } else { " " };
    let head =
        format!("{sign} {kind} {}{}{page}", finding.code, line.unwrap_or_default());
    let room = columns.saturating_sub(2);
    let indented = |text: &str| {
        let text = report::printable(text);
        cells::wrap(&text, room).into_iter().map(|line| format!("  {line}"))
    };
    let mut lines = cells::wrap(&head, columns);
    lines.extend(indented(&finding.message));
    if chosen {
        for hint in &finding.hints {
            lines.extend(indented(&format!("办法：{hint}")));
        }
    }
    lines
}
