//! 发文登记簿 as offices print it: a table for people, .csv for spreadsheets, JSON for
//! programs.

use std::borrow::Cow;

use serde_json::json;

use super::table::{Side, aligned};
use crate::ledger::{Entry, Event, Finding};
use crate::notice::date::Date;

/// Each column's name and side in a table.
const COLUMNS: [(&str, Side); 11] = [
    ("序号", Side::Right),
    ("发文字号", Side::Left),
    ("标题", Side::Left),
    ("密级", Side::Left),
    ("签发人", Side::Left),
    ("成文日期", Side::Left),
    ("印数", Side::Right),
    ("主送", Side::Left),
    ("抄送", Side::Left),
    ("状态", Side::Left),
    ("备注", Side::Left),
];

/// The names of the columns.
pub fn head() -> Vec<&'static str> {
    COLUMNS.iter().map(|(name, _)| *name).collect()
}

/// A row for each number.
pub fn rows(entries: &[Entry]) -> Vec<Vec<Cow<'_, str>>> {
    entries.iter().enumerate().map(row).collect()
}

fn row((at, entry): (usize, &Entry)) -> Vec<Cow<'_, str>> {
    let record = &entry.record;
    let state = match (entry.state.name(), entry.open) {
        (name, false) => Cow::Borrowed(name),
        (name, true) => Cow::Owned(format!("{name}（未完）")),
    };
    vec![
        (at + 1).to_string().into(),
        entry.number.to_string().into(),
        visible(&record.title),
        visible(&record.secrecy),
        visible(&record.signers),
        record.date.map(Date::iso).unwrap_or_default().into(),
        visible(&record.count),
        visible(&record.recipients),
        visible(&record.copies),
        state,
        visible(&entry.remark),
    ]
}

/// A text in which nothing can steer a terminal.
fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        text.chars().filter(|c| !c.is_control()).collect()
    } else {
        text.into()
    }
}

/// For people; columns with nothing in them are left out.
pub fn table(entries: &[Entry]) -> String {
    let rows = rows(entries);
    let filled = |at: &usize| rows.iter().any(|row| !row[*at].is_empty());
    let kept: Vec<usize> = (0..COLUMNS.len()).filter(filled).collect();
    let sides: Vec<Side> = kept.iter().map(|at| COLUMNS[*at].1).collect();
    let head = kept.iter().map(|at| COLUMNS[*at].0.into()).collect();
    let cut = |row: Vec<_>| {
        let cells = row.into_iter().enumerate().filter(|(at, _)| kept.contains(at));
        cells.map(|(_, cell)| cell).collect()
    };
    let lines: Vec<Vec<Cow<'_, str>>> =
        [head].into_iter().chain(rows.into_iter().map(cut)).collect();
    aligned(&lines, &sides).join("\n")
}

/// For spreadsheets: UTF-8 with the mark they know it by.
pub fn csv(entries: &[Entry]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(head());
    for row in rows(entries) {
        for cell in &row {
            let _ = writer.write_field(guarded(cell).as_bytes());
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes).trim_end())
}

/// A cell that no spreadsheet takes for a formula.
fn guarded(cell: &str) -> Cow<'_, str> {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{cell}").into() } else { cell.into() }
}

/// A list of objects.
pub fn json(entries: &[Entry]) -> String {
    let one = |entry: &Entry| {
        let record = &entry.record;
        json!({
            "number": entry.number.to_string(),
            "code": entry.number.code,
            "year": entry.number.year,
            "serial": entry.number.serial,
            "state": entry.state.name(),
            "open": entry.open,
            "issuer": record.issuer,
            "title": record.title,
            "secrecy": record.secrecy,
            "signers": record.signers,
            "date": record.date.map(Date::iso),
            "count": record.count,
            "recipients": record.recipients,
            "copies": record.copies,
            "remark": entry.remark,
            "file": entry.sent.file,
            "pdf": entry.sent.pdf_file,
        })
    };
    format!("{:#}", entries.iter().map(one).collect::<serde_json::Value>())
}

/// What is missing, void, double or out of order, one line each.
pub fn gaps(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let (what, number, why) = match finding {
            Finding::Missing(series, first, last) if first == last => {
                ("缺号", series.number(*first).to_string(), String::new())
            }
            Finding::Missing(series, first, last) => {
                let count = last - first + 1;
                let last = series.number(*last);
                let range = format!("{} 至 {last}", series.number(*first));
                ("缺号", range, format!("共 {count} 个"))
            }
            Finding::Void(number, why) => ("作废", number.to_string(), why.clone()),
            Finding::Double(number, first) => {
                ("重复", number.to_string(), format!("标题或文件同 {first} 一样"))
            }
            Finding::Order(number, before) => {
                ("日期倒置", number.to_string(), format!("成文日期早于 {before}"))
            }
        };
        [what, &number, &why].map(|cell| visible(cell).into_owned()).to_vec()
    };
    let lines: Vec<Vec<String>> = findings.iter().map(line).collect();
    aligned(&lines, &[Side::Left; 3]).join("\n")
}

/// What happened to a number, one line each.
pub fn history(events: &[Event]) -> String {
    let head = ["时间", "事项", "经办", "机器", "说明", "文字摘要"];
    let line = |event: &Event| {
        let digest: String = event.text.chars().take(12).collect();
        [&event.at, &event.kind, &event.user, &event.host, &event.reason, &digest]
            .map(|cell| visible(cell).into_owned())
            .to_vec()
    };
    let lines: Vec<Vec<String>> = [head.map(str::to_owned).to_vec()]
        .into_iter()
        .chain(events.iter().map(line))
        .collect();
    aligned(&lines, &[Side::Left; 6]).join("\n")
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        assert_eq!(guarded("云工发〔2026〕18号"), "云工发〔2026〕18号");
    }
}
