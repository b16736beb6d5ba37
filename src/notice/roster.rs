//! 名册: a table by itself, with all that a merge has to know of it.

use std::io;
use std::path::Path;

use super::flaw::Flaw;
use super::read_data::{self, Data, LIMIT, RAGGED, Wanted};
use super::reader::Reader;
use super::sheet;
use super::source::{Source, Span};
use super::table::Merge;
use crate::diag::{Diagnostic, reason};
use crate::paths::read_start;

/// The most columns of a roster: only some of them are printed.
const COLUMNS: usize = 1000;

/// A roster's file.
#[derive(Debug, Default)]
pub struct Listing {
    /// The file and, where one was asked for, the sheet, as people name them.
    pub name: String,
    /// The sheet; empty where there are no sheets.
    pub sheet: String,
    /// The other visible sheets.
    pub others: Vec<String>,
    /// The heads of other visible sheets, each with its sheet, where none was asked for.
    pub other_heads: Vec<(String, Vec<String>)>,
    /// The rows with something in them, the head's first.
    pub lines: Vec<Line>,
    /// The numbers of hidden rows with a text.
    pub hidden_rows: Vec<usize>,
    /// The names of hidden columns.
    pub hidden_names: Vec<String>,
}

/// A row, as long as it is written.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its number in the file, as a spreadsheet counts.
    pub number: usize,
    /// Its cells; each has the text of the merged one that it belongs to.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Its address and what is wrong with it, where it has no text that could be printed.
    pub flaw: Option<(String, Flaw)>,
    /// The first column of the merged cell that it belongs to, where that has several.
    pub across: Option<usize>,
    /// The number of the first row of the merged cell that it belongs to, where that has
    /// several.
    pub down: Option<usize>,
}

/// Reads a roster; findings name the file, as it is in no notice.
///
/// # Errors
/// The file cannot be read as a table.
pub fn roster(file: &Path, sheet: Option<&str>) -> Result<Listing, Vec<Diagnostic>> {
    let bytes = load(file).map_err(|finding| vec![finding])?;
    let name = file.display().to_string();
    let mut reader = Reader::new(Source::new("", ""));
    let (span, sheet_key) = (Span::default(), " --sheet");
    let (sheet_span, columns) = (span, COLUMNS);
    let wanted = Wanted { file: &name, sheet, columns, span, sheet_span, sheet_key };
    // A link may lead anywhere; what it leads to tells what it is.
    let real = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let read = read_data::is_table(&mut reader, &wanted)
        .then(|| read_data::read(&mut reader, &wanted, &real.to_string_lossy(), &bytes))
        .flatten();
    // Rows of other lengths are the merge's to judge.
    reader.findings.retain(|finding| finding.code != RAGGED);
    let separated = read.as_ref().and_then(wrong_separator);
    reader.findings.extend(separated);
    let head = read.as_ref().and_then(|data| head_fault(data, &name));
    reader.findings.extend(head);
    match read {
        Some(data) if reader.findings.is_empty() => {
            let mut listing = listing(data, named(&name, sheet));
            if sheet.is_none() {
                listing.other_heads = other_heads(&bytes, &listing.others);
            }
            Ok(listing)
        }
        _ => Err(reader.findings.into_iter().map(placed).collect()),
    }
}

/// The file's bytes: whoever runs the program named it, so it may lie anywhere.
fn load(file: &Path) -> Result<Vec<u8>, Diagnostic> {
    let name = file.display();
    if file.is_dir() {
        let message = format!("“{name}”是文件夹，不是名册");
        let hint = "--data 后面写表格文件的名称，如 名册.xlsx";
        return Err(Diagnostic::error("Y237", message).hint(hint));
    }
    let bytes = read_start(file, LIMIT + 1).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            Diagnostic::error("Y235", format!("找不到文件“{name}”"))
                .hint("检查文件名和后缀；路径从当前文件夹算起")
        }
        _ => Diagnostic::error("Y237", format!("“{name}”读不了：{}", reason(&error)))
            .hint("检查文件的权限，或关闭正在使用它的程序"),
    })?;
    if bytes.len() as u64 > LIMIT {
        let most = LIMIT / 1024 / 1024;
        let message = format!("“{name}”超过 {most} MB，太大");
        return Err(Diagnostic::error("Y236", message)
            .hint(format!("缩小到 {most} MB 以内，或分成几张名册")));
    }
    Ok(bytes)
}

/// So many other sheets are looked into, and only in files of this size at most: each look takes
/// as long as the file itself.
const LOOKS: usize = 5;
const LOOKED_INTO: usize = 1024 * 1024;

fn other_heads(bytes: &[u8], others: &[String]) -> Vec<(String, Vec<String>)> {
    let others = others.iter().take(if bytes.len() > LOOKED_INTO { 0 } else { LOOKS });
    let head = |name: &String| {
        let grid = sheet::read(bytes, Some(name), COLUMNS).ok()?;
        Some((name.clone(), grid.rows.into_iter().next()?))
    };
    others.filter_map(head).collect()
}

fn named(file: &str, sheet: Option<&str>) -> String {
    sheet.map_or_else(|| file.to_owned(), |sheet| format!("{file}“{sheet}”"))
}

/// What is wrong with a head that is one cell, as other signs than commas stand in it.
fn wrong_separator(data: &Data) -> Option<Diagnostic> {
    let (source, lines) = data.lines.as_ref()?;
    let place = source.line_place(*lines.first()?);
    let other = place.text.contains([';', '；', '\t', '|', '，']);
    (other && data.rows.first().is_some_and(|row| row.len() == 1)).then(|| {
        let message = "表头只有一栏，各栏之间不是半角逗号";
        Diagnostic::error("Y228", message)
            .at(place)
            .hint("在表格软件里“另存为”CSV UTF-8（逗号分隔），或直接用 .xlsx")
    })
}

/// What is wrong with a head in merged cells: one row of names is all it may be.
fn head_fault(data: &Data, file: &str) -> Option<Diagnostic> {
    let first = data.rows.first()?;
    let filled = first.iter().filter(|cell| !cell.is_empty()).count();
    let title = |it: &&Merge| (it.row, it.rows) == (0, 1) && it.columns > 1;
    if filled == 1 && data.merges.iter().any(|it| title(&it)) {
        let number = data.numbers.first().copied().unwrap_or(1);
        return Some(
            Diagnostic::error("Y248", format!("“{file}”第 {number} 行是表名"))
                .hint("删去这一行，让写着变量名的一行成为第一行"),
        );
    }
    (data.head != 1).then(|| {
        let message = format!("“{file}”的表头有合并的格子，占了不止一行");
        Diagnostic::error("Y248", message)
            .hint("变量名只写在第一行：取消表头的合并，每栏写一个名称")
    })
}

/// A finding without a place where it has none in the file.
fn placed(mut finding: Diagnostic) -> Diagnostic {
    finding.place.take_if(|place| place.file.is_empty());
    finding
}

fn listing(data: Data, name: String) -> Listing {
    let mut lines: Vec<Line> = Vec::new();
    let is_csv = data.lines.is_some();
    for (row, (number, texts)) in data.numbers.into_iter().zip(data.rows).enumerate() {
        let cell = |(column, text): (usize, String)| {
            let flawed = data.flaws.get(&(row, column));
            let flaw = flawed.map(|it| (it.cell.clone(), it.flaw.clone()));
            let export = || {
                let flaw = Flaw::of_export(&text).filter(|_| is_csv && row > 0)?;
                Some((sheet::address(number.saturating_sub(1), column), flaw))
            };
            let flaw = flaw.or_else(export);
            Cell { text, flaw, ..Cell::default() }
        };
        let cells = texts.into_iter().enumerate().map(cell).collect();
        lines.push(Line { number, cells });
    }
    for Merge { row, column, rows, columns } in data.merges {
        let across = (columns > 1).then_some(column);
        let down = (rows > 1).then_some(lines[row].number);
        let whole = Cell { across, down, ..lines[row].cells[column].clone() };
        for line in &mut lines[row..row + rows] {
            line.cells[column..column + columns].fill(whole.clone());
        }
    }
    let flawed = |cell: &Cell| cell.flaw.as_ref().is_some_and(|(_, it)| !it.is_hidden());
    let filled = |cell: &Cell| !cell.text.is_empty() || flawed(cell);
    lines.retain(|line| line.cells.iter().any(filled));
    let (sheet, mut others) = (data.sheet, data.sheets);
    others.retain(|it| *it != sheet);
    let (hidden_rows, hidden_names) = (data.hidden_rows, data.hidden_names);
    let other_heads = Vec::new();
    Listing { name, sheet, others, other_heads, lines, hidden_rows, hidden_names }
}
