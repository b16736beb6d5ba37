//! 发文登记簿 as offices print it: a table for people, .csv for spreadsheets, JSON for
//! programs.

use std::borrow::Cow;
use std::io;

use serde::{Serialize, Serializer};

use super::table::{Side, aligned, visible};
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
pub fn head() -> [&'static str; COLUMNS.len()] {
    COLUMNS.map(|(name, _)| name)
}

/// A text for each column.
pub type Row<'a> = [Cow<'a, str>; COLUMNS.len()];

/// A row for each number.
pub fn rows(entries: &[Entry]) -> impl Iterator<Item = Row<'_>> {
    entries.iter().enumerate().map(row)
}

fn row((at, entry): (usize, &Entry)) -> Row<'_> {
    let record = &entry.record;
    let state = match (entry.state.name(), entry.open) {
        (name, false) => Cow::Borrowed(name),
        (name, true) => Cow::Owned(format!("{name}（未完）")),
    };
    [
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

/// For people; columns with nothing in them are left out.
///
/// # Errors
/// `out` cannot be written.
pub fn table(entries: &[Entry], out: &mut impl io::Write) -> io::Result<()> {
    let mut lines: Vec<Row> = Vec::with_capacity(entries.len() + 1);
    lines.push(head().map(Cow::Borrowed));
    lines.extend(rows(entries));
    let filled = |at: usize| lines.iter().skip(1).any(|row| !row[at].is_empty());
    let filled: [bool; COLUMNS.len()] = std::array::from_fn(filled);
    for (name, filled) in lines[0].iter_mut().zip(filled) {
        if !filled {
            *name = Cow::Borrowed("");
        }
    }
    let sides = COLUMNS.map(|(_, side)| side);
    aligned(&lines, &sides).try_for_each(|line| out.write_all((line + "\n").as_bytes()))
}

/// For spreadsheets: UTF-8 with the mark they know it by.
///
/// # Errors
/// `out` cannot be written.
pub fn csv(entries: &[Entry], out: &mut impl io::Write) -> io::Result<()> {
    // The error itself, so that a reader that went away is known for one.
    let told = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    };
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(head()).map_err(told)?;
    for row in rows(entries) {
        for cell in &row {
            writer.write_field(guarded(cell).as_bytes()).map_err(told)?;
        }
        writer.write_record(None::<&[u8]>).map_err(told)?;
    }
    writer.flush()
}

/// A cell that no spreadsheet takes for a formula.
fn guarded(cell: &str) -> Cow<'_, str> {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{cell}").into() } else { cell.into() }
}

/// A number for programs.
#[derive(Serialize)]
struct Object<'a> {
    number: String,
    code: &'a str,
    year: u16,
    serial: Option<u32>,
    state: &'static str,
    open: bool,
    issuer: &'a str,
    title: &'a str,
    secrecy: &'a str,
    signers: &'a str,
    date: Option<String>,
    count: &'a str,
    recipients: &'a str,
    copies: &'a str,
    remark: &'a str,
    file: &'a str,
    pdf: &'a str,
}

impl<'a> From<&'a Entry> for Object<'a> {
    fn from(entry: &'a Entry) -> Self {
        let Entry { number, state, open, remark, record, sent } = entry;
        Self {
            number: number.to_string(),
            code: &number.code,
            year: number.year,
            serial: number.serial,
            state: state.name(),
            open: *open,
            issuer: &record.issuer,
            title: &record.title,
            secrecy: &record.secrecy,
            signers: &record.signers,
            date: record.date.map(Date::iso),
            count: &record.count,
            recipients: &record.recipients,
            copies: &record.copies,
            remark,
            file: &sent.file,
            pdf: &sent.pdf_file,
        }
    }
}

/// A list of objects.
///
/// # Errors
/// `out` cannot be written.
pub fn json(entries: &[Entry], out: &mut impl io::Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(&mut *out);
    serializer.collect_seq(entries.iter().map(Object::from))?;
    writeln!(out)
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
    aligned(&lines, &[Side::Left; 3]).collect::<Vec<_>>().join("\n")
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
    aligned(&lines, &[Side::Left; 6]).collect::<Vec<_>>().join("\n")
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
