//! 数据: the rows of a table in a file of its own, a spreadsheet or .csv.

use std::collections::BTreeMap;

use super::files::Folders;
use super::flaw::Flaw;
use super::keys::nearest;
use super::read_csv;
use super::read_files::load;
use super::reader::{Fields, Reader};
use super::sheet::{self, Flawed, Grid, Refusal};
use super::signs::HEAPED;
use super::source::{Source, Span};
use super::table::Merge;
use crate::diag::{Diagnostic, LISTED};

/// The largest data file, in bytes.
pub const LIMIT: u64 = 10 * 1024 * 1024;
/// The code of rows that are longer or shorter than the first.
pub const RAGGED: &str = "Y228";

/// What a data file holds.
#[derive(Debug, Default)]
pub struct Data {
    /// All rows, the head's first; of the same length unless that was reported.
    pub rows: Vec<Vec<String>>,
    /// The number of each row in the file, from 1, as a spreadsheet counts them.
    pub numbers: Vec<usize>,
    /// How many of them are the head.
    pub head: usize,
    /// Merged cells; none lies both in the head and under it.
    pub merges: Vec<Merge>,
    /// Relative widths of the columns, where the file has them.
    pub widths: Option<Vec<f64>>,
    /// Cells without a text that could be printed, by their row and column.
    pub flaws: BTreeMap<(usize, usize), Flawed>,
    /// The text of a .csv file, and the line of each row.
    pub lines: Option<(Source, Vec<usize>)>,
    /// The numbers of hidden rows with a text.
    pub hidden_rows: Vec<usize>,
    /// The texts that the first row has in hidden columns.
    pub hidden_names: Vec<String>,
    /// The sheet's name; empty where there are no sheets.
    pub sheet: String,
    /// The names of all visible sheets.
    pub sheets: Vec<String>,
}

/// What is asked of a file, and what is said of it.
pub struct Wanted<'a> {
    /// The file as people named it.
    pub file: &'a str,
    /// The sheet.
    pub sheet: Option<&'a str>,
    /// The most columns.
    pub columns: usize,
    /// Where the file is named.
    pub span: Span,
    /// Where the sheet is named.
    pub sheet_span: Span,
    /// How a sheet is named: by a key, or by an option of the command line.
    pub sheet_key: &'static str,
}

/// Endings of spreadsheets.
const SHEETS: &[&str] = &[".xlsx", ".xlsm", ".xls", ".ods"];
/// Endings of other files that people take for tables. Any file else is read as .csv.
const OTHERS: &[&str] = &[
    ".txt", ".tsv", ".doc", ".docx", ".wps", ".et", ".ett", ".pdf", ".xlsb", ".numbers",
    ".yaml", ".yml", ".json", ".html", ".htm",
];

/// Whether a name has the ending of a table that can be read, or of none at all; else it is
/// noted.
pub fn is_table(reader: &mut Reader, wanted: &Wanted) -> bool {
    let name = wanted.file.to_lowercase();
    let other = OTHERS.iter().any(|it| name.ends_with(it));
    if other {
        let hint = "可用 .xlsx、.xls、.ods 和 .csv；别的格式请在表格软件里另存";
        let message = format!("“{}”不是认得的表格文件", wanted.file);
        reader.error("Y225", wanted.span, message, hint);
    }
    !other
}

/// Reads a file's bytes by the ending of its name; `None`, with the reason noted, where that
/// cannot be done. Cells without a text are the caller's to judge.
pub fn read(
    reader: &mut Reader,
    wanted: &Wanted,
    name: &str,
    bytes: &[u8],
) -> Option<Data> {
    let name = name.to_lowercase();
    if SHEETS.iter().any(|it| name.ends_with(it)) {
        return match sheet::read(bytes, wanted.sheet, wanted.columns) {
            Ok(grid) => Some(from_grid(grid)),
            Err(refusal) => {
                refused(reader, wanted, refusal);
                None
            }
        };
    }
    if wanted.sheet.is_some() && name.ends_with(".csv") {
        let hint = format!("删去{}", wanted.sheet_key);
        reader.error("Y226", wanted.sheet_span, ".csv 文件没有工作表".into(), &hint);
    }
    if let Some(kind) = sheet::kind(bytes) {
        let file = wanted.file;
        let message = format!("“{file}”是 {kind} 表格，只是后缀写成了别的");
        let hint = format!("把后缀改成 {kind}");
        reader.error("Y225", wanted.span, message, &hint);
        return None;
    }
    read_csv::read(reader, wanted, bytes)
}

/// Reads the data file of a table.
pub fn data(
    reader: &mut Reader,
    folders: &Folders,
    fields: &Fields,
    file: &str,
) -> Option<Data> {
    let span = fields.get("数据").map_or(fields.span(), |node| node.span);
    let sheet = reader.text(fields, "工作表");
    let sheet_span = fields.get("工作表").map_or(span, |node| node.span);
    let (sheet, columns, sheet_key) = (sheet.as_deref(), sheet::COLUMNS, "“工作表”");
    let wanted = Wanted { file, sheet, columns, span, sheet_span, sheet_key };
    if !is_table(reader, &wanted) {
        return None;
    }
    let bytes = load(reader, folders, span, file, LIMIT)?;
    let mut data = read(reader, &wanted, file, &bytes)?;
    show_nothing(&mut data);
    has_texts(reader, &wanted, &data).then_some(data)
}

/// All rows of a data file that no notice names, such as an older register.
///
/// # Errors
/// All problems of the file.
pub fn data_rows(file: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, Vec<Diagnostic>> {
    let mut reader = Reader::new(Source::new(file, ""));
    let span = Span { line: 1, column: 1, end_line: 1, end_column: 1 };
    let (sheet_span, sheet_key) = (span, "“工作表”");
    let wanted = Wanted {
        file,
        sheet: None,
        columns: sheet::COLUMNS,
        span,
        sheet_span,
        sheet_key,
    };
    let mut data = read(&mut reader, &wanted, file, bytes);
    data.iter_mut().for_each(show_nothing);
    match data.filter(|data| has_texts(&mut reader, &wanted, data)) {
        Some(data) if reader.findings.is_empty() => Ok(data.rows),
        _ => Err(reader.findings),
    }
}

/// More rows than this are no head: such a sheet is a form.
const HEAD: usize = 4;

/// The head of a sheet: its first row, and on to where no cell of it reaches further down
/// and none stands over several columns.
fn from_grid(grid: Grid) -> Data {
    let reach = |it: &Merge| it.row + it.rows + usize::from(it.columns > 1);
    let mut head = 1;
    loop {
        let tops = grid.merges.iter().filter(|merge| merge.row < head);
        let next = tops.map(reach).max().unwrap_or(1).min(grid.rows.len());
        if next <= head {
            break;
        }
        head = next;
    }
    let head = if head > HEAD { 0 } else { head };
    let Grid { rows, numbers, merges, widths, flaws, sheet, sheets, .. } = grid;
    let (hidden_rows, hidden_names) = (grid.hidden_rows, grid.hidden_names);
    let read = Data { rows, numbers, head, merges, widths, flaws, ..Data::default() };
    Data { hidden_rows, hidden_names, sheet, sheets, ..read }
}

/// Says why a spreadsheet was not read.
fn refused(reader: &mut Reader, wanted: &Wanted, refusal: Refusal) {
    let Wanted { file, span, .. } = *wanted;
    let (code, span, message, hint) = match refusal {
        Refusal::Foreign => (
            "Y240",
            span,
            format!("“{file}”的内容不是表格文件，只是名称像"),
            "用表格软件打开它，另存为 .xlsx".to_owned(),
        ),
        Refusal::Damaged => (
            "Y241",
            span,
            format!("“{file}”已损坏，读不出来"),
            "用表格软件打开它，另存为 .xlsx；打不开的，请重新取一份".to_owned(),
        ),
        Refusal::Password => (
            "Y242",
            span,
            format!("“{file}”有打开密码"),
            "在表格软件里打开，去掉密码后另存一份".to_owned(),
        ),
        Refusal::NoSheet { asked, names } => {
            let near = nearest(&asked, names.iter().map(String::as_str));
            let near = near.map_or(String::new(), |it| format!("是不是想写“{it}”？"));
            let hint = format!("{near}有这些工作表：{}", names.join("、"));
            let message = format!("“{file}”里没有工作表“{asked}”");
            ("Y243", wanted.sheet_span, message, hint)
        }
        Refusal::Large => {
            return too_large(reader, span, wanted.columns, &format!("“{file}”的表格"));
        }
        Refusal::Empty(name) => {
            let key = wanted.sheet_key;
            let hint =
                format!("第一行写表头，下面每行一条；内容在别的工作表的，写上{key}");
            let message = format!("“{file}”的工作表“{name}”里没有内容");
            ("Y229", wanted.sheet_span, message, hint)
        }
    };
    reader.error(code, span, message, &hint);
}

/// Says that a table has more than is read of one.
pub fn too_large(reader: &mut Reader, span: Span, columns: usize, what: &str) {
    let (rows, cells) = (sheet::ROWS, sheet::CELLS);
    let hint = format!(
        "最多 {rows} 行、{columns} 栏、{cells} 个有内容的格；删去多余的行和栏，或分成几张表"
    );
    reader.error("Y244", span, format!("{what}太大"), &hint);
}

/// A table that is printed shows nothing where the sheet does.
fn show_nothing(data: &mut Data) {
    data.flaws.retain(|_, it| !it.flaw.is_hidden());
}

/// Whether each cell has a text that can be printed; those that have none are noted.
fn has_texts(reader: &mut Reader, wanted: &Wanted, data: &Data) -> bool {
    let unknown = |it: &&Flawed| it.flaw == Flaw::Unknown;
    let what = match data.sheet.as_str() {
        "" => String::new(),
        sheet => format!("“{}”的“{sheet}”", wanted.file),
    };
    for ((row, _), Flawed { cell, flaw }) in
        data.flaws.iter().filter(|(_, it)| !unknown(it)).take(LISTED)
    {
        let code = match flaw {
            Flaw::Heaped(_) => HEAPED.0,
            Flaw::Format(_) => "Y249",
            _ => "Y245",
        };
        let line = data.lines.as_ref().and_then(|(source, lines)| {
            lines.get(*row).map(|line| source.line_place(*line))
        });
        let place = line.unwrap_or_else(|| reader.places.source().place(wanted.span));
        let finding = Diagnostic::error(code, format!("{what}{cell} 格{}", flaw.told()));
        reader.findings.push(finding.at(place).hint(flaw.hint()));
    }
    if let Some(first) = data.flaws.values().find(unknown) {
        let count = data.flaws.values().filter(unknown).count();
        let message = format!("{what}有 {count} 格公式没有算出的值，如 {}", first.cell);
        reader.error("Y246", wanted.span, message, Flaw::Unknown.hint());
    }
    data.flaws.is_empty()
}
