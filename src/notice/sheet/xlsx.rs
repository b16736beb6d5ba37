//! .xlsx: calamine gives the values; formats, widths and what is hidden are read beside it.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use roxmltree::Node;

use super::code::built_in;
use super::grid::Cells;
use super::rich::Rich;
use super::zipped::{Parts, attribute, children, tree};
use super::{Refusal, choose};
use crate::notice::flaw::Flaw;

/// Reads a sheet.
///
/// # Errors
/// What is damaged or locked, a name that is not there, too many cells.
pub fn read(
    bytes: &[u8],
    mut parts: Parts,
    name: Option<&str>,
) -> Result<Cells, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|it| it.typ == SheetType::WorkSheet)
        .map(|it| (it.name.clone(), it.visible == SheetVisible::Visible))
        .collect();
    let mut cells = choose(&sheets, name)?;
    let workbook = Workbook::open(&mut parts, &cells.sheet)?;
    let merges = book.merge_cells_by_sheet_name(&cells.sheet)?;
    cells.merges = merges.iter().map(|it| (it.start, it.end)).collect();
    values(&mut book, &workbook, &mut cells)?;
    look(&parts.text(&workbook.sheet)?, &workbook, &mut cells)?;
    Ok(cells)
}

impl From<XlsxError> for Refusal {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Self::Password,
            _ => Self::Damaged,
        }
    }
}

/// The text of every cell that has a value.
fn values(
    book: &mut Xlsx<Cursor<&[u8]>>,
    workbook: &Workbook,
    cells: &mut Cells,
) -> Result<(), Refusal> {
    let since_1904 = book.has_1904_epoch();
    let name = cells.sheet.clone();
    let mut reader = book.worksheet_cells_reader(&name)?;
    loop {
        let (cell, style) = match reader.next_cell_with_style_id() {
            Ok(Some(cell)) => cell,
            Ok(None) => return Ok(()),
            // An error value that calamine does not know; `look` tells it.
            Err(XlsxError::CellError(_)) => continue,
            Err(error) => return Err(error.into()),
        };
        let at = cell.get_position();
        let code = workbook.formats.get(style).map_or("General", String::as_str);
        let number = match cell.get_value() {
            DataRef::Int(value) => Some(*value as f64),
            DataRef::Float(value) => Some(*value),
            DataRef::DateTime(value) => Some(value.as_f64()),
            _ => None,
        };
        if let Some(value) = number {
            cells.put_value(at, value, code, since_1904)?;
            continue;
        }
        let text = match cell.get_value() {
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::DateTimeIso(text) => text.replace('T', " "),
            DataRef::Bool(true) => "是".to_owned(),
            DataRef::Bool(false) => "否".to_owned(),
            DataRef::Error(error) => {
                cells.refuse(at, Flaw::Error(error.to_string()))?;
                continue;
            }
            _ => continue,
        };
        cells.put_text(at, &text, code)?;
    }
}

/// What the workbook says about one of its sheets.
struct Workbook {
    /// The number format of every style.
    formats: Vec<String>,
    /// The looks of texts.
    rich: Rich,
    /// The part that holds the sheet.
    sheet: String,
    /// Written by a program that computes no formulas and leaves that to the spreadsheet.
    stale: bool,
}

impl Workbook {
    fn open(parts: &mut Parts, sheet: &str) -> Result<Self, Refusal> {
        let main = related(parts, "", |it| it.kind == "officeDocument")
            .unwrap_or_else(|| "xl/workbook.xml".into());
        let text = parts.text(&main)?;
        let tree = tree(&text)?;
        let mut all = tree.descendants().filter(|it| it.tag_name().name() == "sheet");
        let id = all
            .find(|it| it.attribute("name") == Some(sheet))
            .and_then(|it| attribute(it, "id"))
            .ok_or(Refusal::Damaged)?;
        let path = related(parts, &main, |it| it.id == id).ok_or(Refusal::Damaged)?;
        let styles = related(parts, &main, |it| it.kind == "styles");
        let mut settings =
            tree.descendants().filter(|it| it.tag_name().name() == "calcPr");
        let stale = settings.any(|it| flag(it, "fullCalcOnLoad"));
        let styles = styles.and_then(|path| parts.text(&path).ok());
        let styles = styles.unwrap_or_default();
        let formats = if styles.is_empty() { Vec::new() } else { formats_of(&styles)? };
        let shared = related(parts, &main, |it| it.kind == "sharedStrings");
        let shared = shared.and_then(|path| parts.text(&path).ok()).unwrap_or_default();
        let rich = Rich::of(&styles, &shared)?;
        Ok(Self { formats, rich, sheet: path, stale })
    }
}

/// A relation of a part to another.
struct Relation<'a> {
    id: &'a str,
    kind: &'a str,
}

/// The part that a part (or, for the empty name, the file) is related to.
fn related(
    parts: &mut Parts,
    from: &str,
    wanted: impl Fn(Relation) -> bool,
) -> Option<String> {
    let (folder, name) = from.rsplit_once('/').unwrap_or(("", from));
    let joined = |path: &str| match (path.strip_prefix('/'), folder) {
        (Some(path), _) => path.to_owned(),
        (None, "") => path.to_owned(),
        (None, _) => format!("{folder}/{path}"),
    };
    let text = parts.text(&joined(&format!("_rels/{name}.rels"))).ok()?;
    let tree = tree(&text).ok()?;
    let found = tree.root_element().children().find(|it| {
        let kind = it.attribute("Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default();
        wanted(Relation { id: it.attribute("Id").unwrap_or_default(), kind })
    })?;
    found.attribute("Target").map(joined)
}

fn flag(node: Node, name: &str) -> bool {
    flag_of(node.attribute(name))
}

/// Whether an attribute's value says yes.
pub fn flag_of(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true"))
}

/// The number format of every cell style, by its number.
fn formats_of(text: &str) -> Result<Vec<String>, Refusal> {
    let tree = tree(text)?;
    let id = |node: Node| node.attribute("numFmtId")?.parse::<u32>().ok();
    let own: Vec<(u32, &str)> = tree
        .descendants()
        .filter(|it| it.tag_name().name() == "numFmt")
        .filter_map(|it| Some((id(it)?, it.attribute("formatCode")?)))
        .collect();
    let code = |id: u32| {
        let own = own.iter().find(|(own, _)| *own == id);
        own.map_or_else(|| built_in(id), |(_, code)| code).to_owned()
    };
    let styles =
        children(tree.root_element(), "cellXfs").flat_map(|it| children(it, "xf"));
    Ok(styles.map(|it| code(id(it).unwrap_or(0))).collect())
}

/// Widths, hidden rows and columns, formulas without a value, and texts that are not plain.
fn look(text: &str, workbook: &Workbook, cells: &mut Cells) -> Result<(), Refusal> {
    let tree = tree(text)?;
    let sheet = tree.root_element();
    columns(sheet, cells);
    let mut views =
        children(sheet, "sheetViews").flat_map(|it| children(it, "sheetView"));
    let zeros = views.all(|it| !matches!(it.attribute("showZeros"), Some("0" | "false")));
    let mut row = 0;
    for node in children(sheet, "sheetData").flat_map(|it| children(it, "row")) {
        let written = node.attribute("r").and_then(|it| it.parse::<u32>().ok());
        row = written.map_or(row, |it| it.saturating_sub(1));
        let hidden = flag(node, "hidden") || is_zero(node, "ht");
        cells.hidden_rows.extend(hidden.then_some(row));
        let mut column = 0;
        for cell in children(node, "c") {
            column = cell.attribute("r").and_then(column_of).unwrap_or(column);
            let value = children(cell, "v").find_map(|it| it.text()).unwrap_or_default();
            let valued = !value.is_empty() || cell.attribute("t") == Some("str");
            let formula = children(cell, "f").next().is_some();
            let at = (row, column);
            if formula && (!valued || workbook.stale && value == "0") {
                cells.refuse(at, Flaw::Unknown)?;
            } else if cell.attribute("t") == Some("e") && !cells.flaws.contains_key(&at) {
                cells.refuse(at, Flaw::Error(value.to_owned()))?;
            } else if !zeros && is_number(cell) && value.parse() == Ok(0.0) {
                cells.refuse(at, Flaw::Zero)?;
            } else if !cells.flaws.contains_key(&at)
                && let Some(runs) = workbook.rich.runs(cell, cells.text(at))
            {
                cells.put_runs(at, &runs)?;
            }
            column += 1;
        }
        row += 1;
    }
    Ok(())
}

/// Widths of columns, and which are hidden.
fn columns(sheet: Node, cells: &mut Cells) {
    let number = |node: Node, name: &str| node.attribute(name)?.parse::<f64>().ok();
    let usual = children(sheet, "sheetFormatPr")
        .find_map(|it| number(it, "defaultColWidth"))
        .unwrap_or(8.43);
    let mut columns =
        children(sheet, "cols").flat_map(|it| children(it, "col")).peekable();
    if columns.peek().is_some() {
        cells.widths.extend((0..WIDTHS).map(|column| (column, usual)));
    }
    for node in columns {
        let end = |name: &str| node.attribute(name)?.parse::<u32>().ok();
        let (Some(from), Some(to)) = (end("min"), end("max")) else { continue };
        let hidden = flag(node, "hidden") || is_zero(node, "width");
        for column in from.saturating_sub(1)..to.min(WIDTHS) {
            cells.widths.extend(number(node, "width").map(|width| (column, width)));
            cells.hidden_columns.extend(hidden.then_some(column));
        }
    }
}

fn is_number(cell: Node) -> bool {
    matches!(cell.attribute("t"), None | Some("n"))
}

/// Whether a height or a width leaves nothing to be seen.
fn is_zero(node: Node, name: &str) -> bool {
    node.attribute(name).is_some_and(|it| it.parse() == Ok(0.0))
}

/// Columns beyond this have no use in a table.
const WIDTHS: u32 = 1024;

/// The column of an address such as AB12, from 0.
fn column_of(address: &str) -> Option<u32> {
    let letters = address.bytes().take_while(u8::is_ascii_uppercase);
    let column = letters.take(4).fold(0, |sum, it| sum * 26 + u32::from(it - b'A') + 1);
    u32::checked_sub(column, 1)
}
