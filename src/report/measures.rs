//! Measures of the pages: a table for people, JSON for programs.

use serde_json::json;

use super::table::{Side, aligned, visible};
use crate::measure::{Measurement, Value};

const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[1;31m";
const PLAIN: &str = "\u{1b}[0m";

/// Each column's name and side.
const COLUMNS: [(&str, Side); 8] = [
    ("条款", Side::Left),
    ("内容", Side::Left),
    ("要求", Side::Right),
    ("实测", Side::Right),
    ("允差", Side::Right),
    ("单位", Side::Left),
    ("处数", Side::Right),
    ("结论", Side::Left),
];

/// A row for each measure, under each one not kept where it is, and the sum below.
pub fn table(rows: &[Measurement], colour: bool) -> String {
    let (names, sides): (Vec<&str>, Vec<Side>) = COLUMNS.into_iter().unzip();
    let head = names.into_iter().map(str::to_owned).collect();
    let cells: Vec<Vec<String>> =
        [head].into_iter().chain(rows.iter().map(cells)).collect();
    let mut lines = aligned(&cells, &sides);
    let mut text: Vec<String> = lines.next().into_iter().collect();
    for (row, line) in rows.iter().zip(lines) {
        text.push(if colour { coloured(&line, row.ok) } else { line });
        text.extend(place(row));
    }
    text.push(String::new());
    text.push(sum(rows));
    text.join("\n")
}

fn verdict(ok: bool) -> &'static str {
    if ok { "合格" } else { "不合格" }
}

fn cells(row: &Measurement) -> Vec<String> {
    let count = if row.count > 1 { row.count.to_string() } else { String::new() };
    vec![
        row.clause.to_owned(),
        row.what.clone(),
        value(&row.asked, row.unit),
        value(&row.measured, row.unit),
        row.tolerance.filter(|by| *by > 0.0).map_or(String::new(), |by| by.to_string()),
        row.unit.to_owned(),
        count,
        verdict(row.ok).to_owned(),
    ]
}

/// Lengths with two decimals, sizes with one, numbers of things with none.
fn value(value: &Value, unit: &str) -> String {
    let decimals = match unit {
        "毫米" => 2,
        "磅" => 1,
        _ => 0,
    };
    match value {
        Value::Number(number) => format!("{number:.decimals$}"),
        Value::Range(low, high) => format!("{low:.decimals$}～{high:.decimals$}"),
        Value::Text(text) => visible(text).into_owned(),
    }
}

fn coloured(line: &str, ok: bool) -> String {
    let (colour, word) = (if ok { GREEN } else { RED }, verdict(ok));
    match line.strip_suffix(word) {
        Some(front) => format!("{front}{colour}{word}{PLAIN}"),
        None => line.to_owned(),
    }
}

/// Where a measure that is not kept is worst.
fn place(row: &Measurement) -> Option<String> {
    let text = if row.text.is_empty() {
        String::new()
    } else {
        format!("：{}", visible(&row.text))
    };
    (!row.ok).then(|| format!("      在第 {} 页{text}", row.page))
}

fn sum(rows: &[Measurement]) -> String {
    let bad = rows.iter().filter(|row| !row.ok).count();
    match bad {
        0 => format!("共 {} 项，全部合格", rows.len()),
        _ => format!("共 {} 项，{} 项合格，{bad} 项不合格", rows.len(), rows.len() - bad),
    }
}

/// The file, whether all measures are kept, and all of them.
pub fn json(file: &str, pages: usize, rows: &[Measurement]) -> String {
    let ok = rows.iter().all(|row| row.ok);
    let all = json!({ "file": file, "pages": pages, "ok": ok, "measurements": rows });
    format!("{all:#}")
}
