//! .csv: UTF-8 or GB18030, commas between the cells.

use std::collections::BTreeMap;

use super::encoding;
use super::flaw::Flaw;
use super::read_data::{Data, RAGGED, Wanted, too_large};
use super::reader::Reader;
use super::sheet::{self, Flawed};
use super::signs;
use super::source::Source;
use crate::diag::{Diagnostic, LISTED};

/// Reads the rows with something in them; `None`, with the reason noted, where there are none.
/// They are numbered as a spreadsheet counts them: a line end in a cell begins no row.
pub fn read(reader: &mut Reader, wanted: &Wanted, bytes: &[u8]) -> Option<Data> {
    let text = encoding::decode(reader, wanted, bytes)?;
    // Lines end in whichever way; what the file says of them is the same.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let source = Source::new(wanted.file, &text);
    if let Some((line, quote)) = wrong_quote(&text) {
        let (message, hint) = match quote {
            Quote::Open => (
                "这一行的双引号没有配对，后面的行都成了它的内容",
                "补上或删去一个双引号；内容里的双引号要写两遍",
            ),
            Quote::Spaced => ("双引号后面有空格", "删去双引号和后面的逗号之间的空格"),
        };
        let finding = Diagnostic::error("Y247", message).at(source.line_place(line));
        reader.findings.push(finding.hint(hint));
        return None;
    }
    // Spreadsheets take such a line for an instruction and show nothing of it.
    let settings = text.split_inclusive('\n').next().filter(|it| is_setting(it));
    let settings = settings.map_or(0, str::len);
    let (text, above) = (&text[settings..], usize::from(settings > 0));
    let mut data = Data { head: 1, ..Data::default() };
    let (mut inside, mut passed, mut line, mut cells) = (above, 0, 1 + above, 0);
    let mut lines = Vec::new();
    let mut ragged: Vec<Diagnostic> = Vec::new();
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    for record in records.records() {
        let Ok(record) = record else { continue };
        // The reader is still before the empty lines that it passes over.
        let at = record.position().map_or(0, |at| at.byte() as usize);
        let rest = text.get(at..).unwrap_or_default();
        let start = text.len() - rest.trim_start_matches('\n').len();
        line += text.get(passed..start).map_or(0, |it| it.matches('\n').count());
        passed = start;
        cells += record.iter().filter(|cell| !cell.is_empty()).count();
        let large = record.len() > wanted.columns || cells > sheet::CELLS;
        if large || data.rows.len() >= sheet::ROWS {
            too_large(
                reader,
                wanted.span,
                wanted.columns,
                &format!("“{}”的表格", wanted.file),
            );
            return None;
        }
        let number = line - inside;
        inside += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let row: Vec<String> = record.iter().map(cell).collect();
        if row.iter().all(String::is_empty) {
            continue;
        }
        data.flaws.extend(flaws(&record, &row, data.rows.len(), number));
        let columns = data.rows.first().map_or(row.len(), Vec::len);
        if row.len() != columns {
            let message = format!("这一行有 {} 格，第一行有 {columns} 格", row.len());
            let hint = "补足或删去多余的逗号；格子里有逗号时用双引号括起来";
            let wrong = Diagnostic::error(RAGGED, message).at(source.line_place(line));
            ragged.push(wrong.hint(hint));
        }
        data.rows.push(row);
        data.numbers.push(number);
        lines.push(line);
    }
    reader.findings.extend(ragged.into_iter().take(LISTED));
    if data.rows.is_empty() {
        let message = format!("“{}”里没有内容", wanted.file);
        reader.error("Y229", wanted.span, message, "第一行写表头，下面每行一条");
        return None;
    }
    data.lines = Some((source, lines));
    Some(data)
}

/// The text of a cell. Programs write `="0012"` so that spreadsheets keep the zeros.
fn cell(text: &str) -> String {
    let text = signs::cell(text);
    let kept = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match kept.map(|kept| kept.replace("\"\"", "\u{0}")) {
        Some(kept) if !kept.contains('"') => signs::cell(&kept.replace('\u{0}', "\"")),
        _ => text,
    }
}

/// What is wrong with the cells of a record, whose texts are those of a row.
fn flaws(
    record: &csv::StringRecord,
    row: &[String],
    at: usize,
    number: usize,
) -> BTreeMap<(usize, usize), Flawed> {
    let flaw = |written: &str, text: &String| {
        let shortened = is_shortened(text).then(|| Flaw::Shortened(text.clone()));
        let control = || signs::control(written).map(Flaw::Control);
        shortened.or_else(control).or_else(|| Flaw::of_text(text))
    };
    let flawed = |(column, (written, text)): (usize, (&str, &String))| {
        let cell = sheet::address(number - 1, column);
        Some(((at, column), Flawed { cell, flaw: flaw(written, text)? }))
    };
    record.iter().zip(row).enumerate().filter_map(flawed).collect()
}

/// Whether a first line tells spreadsheets that commas part the cells.
fn is_setting(line: &str) -> bool {
    line.trim().trim_matches('"').eq_ignore_ascii_case("sep=,")
}

/// What is wrong with a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    /// It is not closed before the next comma or the end: everything up to there would be one
    /// cell.
    Open,
    /// Spaces stand behind it.
    Spaced,
}

/// The first quote that something is wrong with, and its line, from 1.
fn wrong_quote(text: &str) -> Option<(usize, Quote)> {
    let (mut line, mut opened, mut starts) = (1, None, true);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match (c, opened) {
            ('"', None) if starts => opened = Some(line),
            ('"', Some(at)) => match chars.peek() {
                Some('"') => drop(chars.next()),
                None | Some(',' | '\r' | '\n') => opened = None,
                Some(_) => {
                    let spaces = |c: &char| matches!(c, ' ' | '\t' | '\u{3000}');
                    let behind = chars.clone().find(|c| !spaces(c));
                    let spaced = matches!(behind, None | Some(',' | '\r' | '\n'));
                    return Some((at, if spaced { Quote::Spaced } else { Quote::Open }));
                }
            },
            _ => {}
        }
        starts = opened.is_none() && matches!(c, ',' | '\r' | '\n');
    }
    opened.map(|at| (at, Quote::Open))
}

/// A number as spreadsheets save a long one where its column is no text, or is narrow:
/// 1.10101E+17, 1.38E+10.
fn is_shortened(cell: &str) -> bool {
    let parts = cell.split_once("E+");
    parts.is_some_and(|(number, exponent)| {
        number.parse::<f64>().is_ok() && exponent.parse::<u8>().is_ok_and(|it| it >= 9)
    })
}

#[cfg(test)]
mod tests {
    use super::{Quote, cell, is_setting, is_shortened, wrong_quote};

    #[test]
    fn quotes_are_closed_before_the_next_comma() {
        for (text, wrong) in [
            ("甲,\"乙,\n丙\"\n丁", None),
            ("甲\n乙,\"丙\n丁,1\n", Some((2, Quote::Open))),
            ("\"甲\"乙,1", Some((1, Quote::Open))),
            ("甲\n\"乙\" ,1", Some((2, Quote::Spaced))),
            ("甲,\"乙\"  ", Some((1, Quote::Spaced))),
            ("甲, \"乙\" ,", None),
        ] {
            assert_eq!(wrong_quote(text), wrong, "{text}");
        }
    }

    #[test]
    fn a_line_that_sets_the_comma_is_none_of_the_table() {
        for line in ["sep=,\n", "SEP=,", "\"sep=,\"\n"] {
            assert!(is_setting(line), "{line}");
        }
        for line in ["sep=;", "sep,", "单位,sep=,"] {
            assert!(!is_setting(line), "{line}");
        }
    }

    #[test]
    fn a_text_that_is_written_as_a_formula_is_read_as_the_text() {
        for (written, read) in [
            ("=\"0012\"", "0012"),
            ("=\"\"", ""),
            ("=\"甲\"\"乙\"", "甲\"乙"),
            ("=\"甲\"&\"乙\"", "=\"甲\"&\"乙\""),
            ("=A1", "=A1"),
            ("甲\t乙 \u{200b}", "甲 乙"),
        ] {
            assert_eq!(cell(written), read, "{written}");
        }
    }

    #[test]
    fn a_long_number_is_known_by_its_power_of_ten() {
        for text in ["1.10101E+17", "1.38E+10", "1.4E+09", "1E+11", "-1.38E+10"] {
            assert!(is_shortened(text), "{text}");
        }
        for text in ["1.38E+08", "1.38E-10", "甲E+10", "13800000000", "E+10"] {
            assert!(!is_shortened(text), "{text}");
        }
    }
}
