//! 数据: the rows of a table in a file of its own, a spreadsheet or .csv.

use std::path::Path;

use super::files::Folders;
use super::keys::{self, nearest};
use super::read_files::load;
use super::reader::{Fields, Reader};
use super::sheet::{self, Grid, Refusal};
use super::signs::{self, HEAPED};
use super::source::{Source, Span};
use super::table::Merge;
use super::tree::{Node, Value};
use crate::diag::{Diagnostic, Place};
use crate::paths::folder_of;

/// The largest data file, in bytes.
const LIMIT: u64 = 10 * 1024 * 1024;
/// A file with the wrong separator, or a broken formula in each row, has as many findings.
const FINDINGS: usize = 20;
/// The code of rows that are longer or shorter than the first.
const RAGGED: &str = "Y228";

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
}

/// Endings of spreadsheets.
const SHEETS: &[&str] = &[".xlsx", ".xlsm", ".xls", ".ods"];
/// Endings of other files that people take for tables. Any file else is read as .csv.
const OTHERS: &[&str] = &[".txt", ".tsv", ".doc", ".docx", ".wps", ".pdf", ".xlsb"];

/// 名册: the rows of a file by itself, its head's first; findings name the file, as it is in no
/// notice. Each row has its number in the file, is as long as it is written, and has the text
/// of merged cells in each of them; empty ones are left out.
///
/// # Errors
/// The file cannot be read as a table.
pub fn roster(
    file: &Path,
    sheet: Option<&str>,
) -> Result<Vec<(usize, Vec<String>)>, Vec<Diagnostic>> {
    // A link may lead anywhere: whoever runs the program named it.
    let real = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let sheet = sheet.map(|it| format!("\n工作表: {}", quoted(it))).unwrap_or_default();
    let words = format!("数据: {}{sheet}", quoted(&name));
    let source = Source::new("名册", &words);
    let folder = folder_of(&real);
    let mut reader = Reader::new(source.clone());
    let tree = super::read_tree(&source).map_err(|finding| vec![finding])?;
    let fields =
        tree.as_ref().and_then(|node| reader.fields("", node, super::keys::TABLE));
    let read = fields
        .and_then(|fields| data(&mut reader, &Folders::new([folder]), &fields, &name));
    // Rows of other lengths are the reader's to judge.
    reader.findings.retain(|finding| finding.code != RAGGED);
    let titled = |data: &Data| {
        let whole = data.rows.first().map_or(0, Vec::len);
        data.merges.iter().any(|it| (it.row, it.rows, it.columns) == (0, 1, whole))
    };
    if read.as_ref().is_some_and(titled) {
        let hint = "删去这一行，让写着变量名的一行成为第一行";
        reader.error("Y248", Span::default(), "第一行是表名".to_owned(), hint);
    } else if read.as_ref().is_some_and(|data| data.head != 1) {
        let message = "表头有合并的格子，占了不止一行".to_owned();
        let hint = "变量名只写在第一行：取消表头的合并，每栏写一个名称";
        reader.error("Y248", Span::default(), message, hint);
    }
    match read {
        Some(data) if reader.findings.is_empty() => Ok(unmerged(data)),
        _ => Err(reader.findings.into_iter().map(|it| of_roster(it, file)).collect()),
    }
}

/// A finding with the path that was given; the words that stood for a notice are nowhere.
fn of_roster(mut finding: Diagnostic, file: &Path) -> Diagnostic {
    let path = file.display();
    if finding.code == "Y235" {
        finding.hints = vec!["检查文件名和后缀；路径从当前文件夹算起".into()];
    }
    match finding.place.take() {
        Some(place) if &*place.file != "名册" => {
            finding.place = Some(Place { file: path.to_string().into(), ..place });
        }
        _ => finding.message = format!("名册“{path}”：{}", finding.message),
    }
    finding
}

fn unmerged(mut data: Data) -> Vec<(usize, Vec<String>)> {
    for Merge { row, column, rows, columns } in data.merges {
        let text = data.rows[row][column].clone();
        for line in &mut data.rows[row..row + rows] {
            line[column..column + columns].fill(text.clone());
        }
    }
    let rows = data.numbers.into_iter().zip(data.rows);
    rows.filter(|(_, row)| !row.iter().all(String::is_empty)).collect()
}

/// Reads the data file of a table.
pub fn data(
    reader: &mut Reader,
    folders: &Folders,
    fields: &Fields,
    file: &str,
) -> Option<Data> {
    let span = fields.get("数据").map_or(fields.span(), |node| node.span);
    let name = file.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|it| name.ends_with(it));
    if ends(OTHERS) {
        let hint = "可用 .xlsx、.xls、.ods 和 .csv；别的格式请在表格软件里另存";
        reader.error("Y225", span, format!("“{file}”不是认得的表格文件"), hint);
        return None;
    }
    if ends(SHEETS) {
        let name = reader.text(fields, "工作表");
        let bytes = load(reader, folders, span, file, LIMIT)?;
        let grid = sheet::read(&bytes, name.as_deref());
        let refused = |refusal| refused(reader, fields, file, refusal);
        let grid = grid.map_err(refused).ok()?;
        heaped(reader, span, file, &grid);
        return Some(from_grid(grid));
    }
    if let (Some(node), true) = (fields.get("工作表"), ends(&[".csv"])) {
        reader.error("Y226", node.span, ".csv 文件没有工作表".into(), "删去“工作表”");
    }
    let bytes = load(reader, folders, span, file, LIMIT)?;
    let text = decode(reader, span, file, &bytes)?;
    let (numbers, rows) = parse(reader, span, file, &text)?.into_iter().unzip();
    Some(Data { rows, numbers, head: 1, ..Data::default() })
}

/// All rows of a data file that no notice names, such as an older register.
///
/// # Errors
/// All problems of the file.
pub fn data_rows(file: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, Vec<Diagnostic>> {
    let mut reader = Reader::new(Source::new(file, ""));
    let span = Span { line: 1, column: 1, end_line: 1, end_column: 1 };
    let name = file.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|it| name.ends_with(it));
    let rows = if ends(SHEETS) {
        let nothing = Node { span, block: false, value: Value::Map(Vec::new()) };
        match (sheet::read(bytes, None), reader.fields("", &nothing, keys::TABLE)) {
            (Err(refusal), Some(fields)) => {
                refused(&mut reader, &fields, file, refusal);
                None
            }
            (grid, _) => grid.map(|grid| grid.rows).ok(),
        }
    } else {
        let text = decode(&mut reader, span, file, bytes);
        let rows = text.and_then(|text| parse(&mut reader, span, file, &text));
        rows.map(|rows| rows.into_iter().map(|(_, row)| row).collect())
    };
    match rows {
        Some(rows) if reader.findings.is_empty() => Ok(rows),
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
    let Grid { rows, numbers, merges, widths } = grid;
    Data { rows, numbers, head, merges, widths }
}

/// Names the rows of a sheet with a heap of marks in them.
fn heaped(reader: &mut Reader, span: Span, file: &str, grid: &Grid) {
    let rows = grid.numbers.iter().zip(&grid.rows);
    let wrong = rows.flat_map(|(number, row)| {
        row.iter().filter_map(move |cell| Some((number, signs::heaped(cell)?)))
    });
    for (number, what) in wrong.take(FINDINGS) {
        let message = format!("“{file}”第 {number} 行的{what}");
        reader.error(HEAPED.0, span, message, HEAPED.1);
    }
}

/// Says why a spreadsheet was not read.
fn refused(reader: &mut Reader, fields: &Fields, file: &str, refusal: Refusal) {
    let span = fields.get("数据").map_or(fields.span(), |node| node.span);
    let sheet = fields.get("工作表").map_or(span, |node| node.span);
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
            ("Y243", sheet, format!("“{file}”里没有工作表“{asked}”"), hint)
        }
        Refusal::Large => return too_large(reader, span, &format!("“{file}”的表格")),
        Refusal::Empty(name) => (
            "Y229",
            sheet,
            format!("“{file}”的工作表“{name}”里没有内容"),
            "第一行写表头，下面每行一条；内容在别的工作表的，写上“工作表”".to_owned(),
        ),
        Refusal::Cells { sheet: name, errors, lost, unknown } => {
            let what = format!("“{file}”的“{name}”");
            return without_value(reader, span, &what, [&errors, &lost], &unknown);
        }
    };
    reader.error(code, span, message, &hint);
}

/// Says that a table has more than is read of one.
pub fn too_large(reader: &mut Reader, span: Span, what: &str) {
    let (rows, columns, cells) = (sheet::ROWS, sheet::COLUMNS, sheet::CELLS);
    let hint = format!(
        "最多 {rows} 行、{columns} 栏、{cells} 个有内容的格；删去多余的行和栏，或分成几张表"
    );
    reader.error("Y244", span, format!("{what}太大"), &hint);
}

/// Names the cells of `what` that are in error, have lost digits or have no value.
fn without_value(
    reader: &mut Reader,
    span: Span,
    what: &str,
    [errors, lost]: [&[(String, String)]; 2],
    unknown: &[String],
) {
    for (cell, error) in errors.iter().take(FINDINGS) {
        let hint = "在表格软件里改好这一格的公式，保存后再试";
        reader.error("Y245", span, format!("{what}{cell} 格是错误值 {error}"), hint);
    }
    for (cell, shown) in lost.iter().take(FINDINGS) {
        let message = format!("{what}{cell} 格的数太长，后几位没有存下，只剩 {shown}");
        let hint = "证件号、账号这样的长号码：先把格子设成文本，再重新填";
        reader.error("Y245", span, message, hint);
    }
    if let Some(first) = unknown.first() {
        let count = unknown.len();
        let message = format!("{what}有 {count} 格公式没有算出的值，如 {first}");
        let hint = "用表格软件打开它，保存一次，公式的值就在文件里了";
        reader.error("Y246", span, message, hint);
    }
}

fn decode(reader: &mut Reader, span: Span, file: &str, bytes: &[u8]) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.trim_start_matches('\u{feff}').to_owned());
    }
    let (text, _, bad) = encoding_rs::GB18030.decode(bytes);
    if bad || bytes.starts_with(&[0xff, 0xfe]) {
        let hint = "在表格软件里“另存为”CSV UTF-8（逗号分隔）";
        reader.error("Y227", span, format!("“{file}”的编码不是 UTF-8，也不是 GBK"), hint);
        return None;
    }
    Some(text.into_owned())
}

/// A quote that opens a cell and is not closed before the next comma or the end: everything up
/// to there would be one cell. Its line, from 1.
fn open_quote(text: &str) -> Option<usize> {
    let (mut line, mut opened, mut starts) = (1, None, true);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match (c, opened) {
            ('"', None) if starts => opened = Some(line),
            ('"', Some(at)) => match chars.peek() {
                Some('"') => drop(chars.next()),
                None | Some(',' | '\r' | '\n') => opened = None,
                Some(_) => return Some(at),
            },
            _ => {}
        }
        starts = opened.is_none() && matches!(c, ',' | '\r' | '\n');
    }
    opened
}

/// A number as spreadsheets save one of more than eleven digits where its column is no text:
/// 1.10101E+17.
fn is_shortened(cell: &str) -> bool {
    let parts = cell.split_once("E+");
    parts.is_some_and(|(number, exponent)| {
        number.parse::<f64>().is_ok() && exponent.parse::<u8>().is_ok_and(|it| it >= 11)
    })
}

/// Rows with something in them and their numbers, as a spreadsheet counts them: a line end in
/// a cell begins no row.
fn parse(
    reader: &mut Reader,
    span: Span,
    file: &str,
    text: &str,
) -> Option<Vec<(usize, Vec<String>)>> {
    // Lines end in whichever way; what the file says of them is the same.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let source = Source::new(file, &text);
    if let Some(line) = open_quote(&text) {
        let message = "这一行的双引号没有配对，后面的行都成了它的内容".to_owned();
        let finding = Diagnostic::error("Y247", message).at(source.line_place(line));
        let hint = "补上或删去一个双引号；内容里的双引号要写两遍";
        reader.findings.push(finding.hint(hint));
        return None;
    }
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let (mut inside, mut passed, mut line, mut cells) = (0, 0, 1, 0);
    let mut findings: Vec<Diagnostic> = Vec::new();
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
        let large = record.len() > sheet::COLUMNS || cells > sheet::CELLS;
        if large || rows.len() > sheet::ROWS {
            too_large(reader, span, &format!("“{file}”的表格"));
            return None;
        }
        let number = line - inside;
        inside += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let clean = |cell: &str| signs::clean(cell).trim().to_owned();
        let row: Vec<String> = record.iter().map(clean).collect();
        for cell in row.iter().filter(|cell| is_shortened(cell)) {
            let message = format!("“{cell}”是缩写的长号码，后几位没有存下");
            let hint = "在原来的表格里把这一栏设成文本，重新填好，再另存为 CSV";
            let wrong = Diagnostic::error("Y245", message).at(source.line_place(line));
            findings.push(wrong.hint(hint));
        }
        for message in row.iter().filter_map(|cell| signs::heaped(cell)) {
            let wrong = Diagnostic::error(HEAPED.0, message).at(source.line_place(line));
            findings.push(wrong.hint(HEAPED.1));
        }
        if row.iter().all(String::is_empty) {
            continue;
        }
        let columns = rows.first().map_or(row.len(), |(_, first)| first.len());
        if row.len() != columns {
            let message = format!("这一行有 {} 格，第一行有 {columns} 格", row.len());
            let hint = "补足或删去多余的逗号；格子里有逗号时用双引号括起来";
            let wrong = Diagnostic::error(RAGGED, message).at(source.line_place(line));
            findings.push(wrong.hint(hint));
        }
        rows.push((number, row));
    }
    if rows.len() > sheet::ROWS {
        too_large(reader, span, &format!("“{file}”的表格"));
        return None;
    }
    reader.findings.extend(findings.into_iter().take(FINDINGS));
    if rows.is_empty() {
        reader.error(
            "Y229",
            span,
            format!("“{file}”里没有内容"),
            "第一行写表头，下面每行一条",
        );
        return None;
    }
    Some(rows)
}
