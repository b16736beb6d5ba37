//! .ods: the file holds the text that each cell shows, which is what is printed.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::decimal::general;
use super::grid::Cells;
use super::zipped::{Parts, attribute, tree};
use super::{Refusal, choose, format};
use crate::notice::flaw::Flaw;

/// Reads a sheet.
///
/// # Errors
/// What is damaged or locked, a name that is not there, too many cells.
pub fn read(mut parts: Parts, name: Option<&str>) -> Result<Cells, Refusal> {
    let locked = parts.text("META-INF/manifest.xml");
    if locked.is_ok_and(|it| it.contains("encryption-data")) {
        return Err(Refusal::Password);
    }
    let text = parts.text("content.xml")?;
    let tree = tree(&text)?;
    let body = tree.descendants().find(|it| it.tag_name().name() == "spreadsheet");
    let body = body.ok_or(Refusal::Foreign)?;
    let styles = Styles::of(&tree);
    let tables: Vec<Node> =
        body.children().filter(|it| it.tag_name().name() == "table").collect();
    let named = |it: &Node| {
        let name = attribute(*it, "name").unwrap_or_default().to_owned();
        (name, !styles.undisplayed.contains(&attribute(*it, "style-name").unwrap_or("")))
    };
    let sheets: Vec<(String, bool)> = tables.iter().map(named).collect();
    let mut cells = choose(&sheets, name)?;
    let at = sheets.iter().position(|(name, _)| *name == cells.sheet).unwrap_or(0);
    let mut place = Place::default();
    table(tables[at], &styles, &mut place, &mut cells)?;
    Ok(cells)
}

/// What automatic styles say about columns and tables.
struct Styles<'a> {
    widths: BTreeMap<&'a str, f64>,
    undisplayed: Vec<&'a str>,
}

impl<'a> Styles<'a> {
    fn of(tree: &'a Document) -> Self {
        let mut styles = Self { widths: BTreeMap::new(), undisplayed: Vec::new() };
        for style in tree.descendants().filter(|it| it.tag_name().name() == "style") {
            let Some(name) = attribute(style, "name") else { continue };
            for properties in style.children() {
                let width = attribute(properties, "column-width").and_then(length);
                styles.widths.extend(width.map(|width| (name, width)));
                if attribute(properties, "display") == Some("false") {
                    styles.undisplayed.push(name);
                }
            }
        }
        styles
    }
}

/// A length in inches.
fn length(text: &str) -> Option<f64> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
    let inches = match &text[unit..] {
        "cm" => 2.54,
        "mm" => 25.4,
        "pt" => 72.0,
        "in" => 1.0,
        _ => return None,
    };
    Some(text[..unit].parse::<f64>().ok()? / inches)
}

/// Where the next row and column go, and how deep in groups.
#[derive(Default)]
struct Place {
    row: u32,
    column: u32,
    depth: u32,
}

/// Groups in groups, or spans of text in spans, beyond this are a trap.
const DEPTH: u32 = 32;

/// Rows and columns of a table, in groups or not.
fn table(
    node: Node,
    styles: &Styles,
    place: &mut Place,
    cells: &mut Cells,
) -> Result<(), Refusal> {
    for child in node.children() {
        match child.tag_name().name() {
            "table-column" => column(child, styles, place, cells),
            "table-row" => rows(child, place, cells)?,
            "table-columns"
            | "table-header-columns"
            | "table-column-group"
            | "table-rows"
            | "table-header-rows"
            | "table-row-group" => {
                if place.depth > DEPTH {
                    return Err(Refusal::Damaged);
                }
                place.depth += 1;
                table(child, styles, place, cells)?;
                place.depth -= 1;
            }
            _ => {}
        }
    }
    Ok(())
}

/// How often an element stands for itself; more than `most` is as good as for ever.
fn repeated(node: Node, name: &str, most: u32) -> u32 {
    let count = attribute(node, name).and_then(|it| it.parse::<u64>().ok()).unwrap_or(1);
    u32::try_from(count.clamp(1, u64::from(most))).unwrap_or(1)
}

/// No spreadsheet has more columns or rows.
const COLUMNS: u32 = 16_384;
const ROWS: u32 = 1_048_576;

fn hidden(node: Node) -> bool {
    matches!(attribute(node, "visibility"), Some("collapse" | "filter"))
}

fn column(node: Node, styles: &Styles, place: &mut Place, cells: &mut Cells) {
    let count = repeated(node, "number-columns-repeated", COLUMNS);
    let width = attribute(node, "style-name").and_then(|it| styles.widths.get(it));
    let end = place.column.saturating_add(count).min(COLUMNS);
    for column in place.column..end {
        cells.widths.extend(width.map(|width| (column, *width)));
        cells.hidden_columns.extend(hidden(node).then_some(column));
    }
    place.column = end;
}

/// A row, as often as it is repeated; rows without anything in them cost nothing.
fn rows(node: Node, place: &mut Place, cells: &mut Cells) -> Result<(), Refusal> {
    let count = repeated(node, "number-rows-repeated", ROWS);
    let end = place.row.saturating_add(count);
    if hidden(node) {
        cells.hidden_rows.extend(place.row..end.min(ROWS));
    }
    while place.row < end {
        if !row(node, place.row, cells)? {
            place.row = end;
        } else {
            place.row += 1;
        }
    }
    Ok(())
}

/// The cells of a row; whether there was anything in one.
fn row(node: Node, row: u32, cells: &mut Cells) -> Result<bool, Refusal> {
    let mut column = 0;
    let mut used = false;
    for cell in node.children().filter(Node::is_element) {
        let count = repeated(cell, "number-columns-repeated", COLUMNS);
        let text = match cell.tag_name().name() {
            "table-cell" => shown(cell),
            "covered-table-cell" => String::new(),
            _ => continue,
        };
        let wide = repeated(cell, "number-columns-spanned", COLUMNS);
        let high = repeated(cell, "number-rows-spanned", ROWS);
        if wide > 1 || high > 1 {
            let last = (row.saturating_add(high - 1), column + wide - 1);
            cells.merges.push(((row, column), last));
            cells.fits()?;
            used = true;
        }
        let error = cell
            .attributes()
            .any(|it| it.name() == "value-type" && it.value() == "error");
        let unknown = attribute(cell, "formula").is_some()
            && attribute(cell, "value-type").is_none()
            && text.is_empty();
        let value = attribute(cell, "value").and_then(|it| it.parse::<f64>().ok());
        if error || unknown || !text.is_empty() {
            used = true;
            for column in column..column.saturating_add(count).min(COLUMNS) {
                let at = (row, column);
                match value {
                    _ if error => cells.refuse(at, Flaw::Error(text.clone()))?,
                    _ if unknown => cells.refuse(at, Flaw::Unknown)?,
                    Some(value) => cells.put_number(at, value, &text)?,
                    None => cells.put(at, &text)?,
                }
            }
        }
        column = column.saturating_add(count).min(COLUMNS);
    }
    Ok(used)
}

/// The text that a cell shows.
fn shown(cell: Node) -> String {
    if attribute(cell, "value-type") == Some("boolean") {
        let value = attribute(cell, "boolean-value") == Some("true");
        return if value { "是" } else { "否" }.to_owned();
    }
    let lines = cell.children().filter(|it| it.tag_name().name() == "p");
    let lines: Vec<String> = lines.map(|it| line(it, 0)).collect();
    if !lines.is_empty() {
        return lines.join("\n");
    }
    // Programs that write such files may leave out what is shown.
    let value = attribute(cell, "value").and_then(|it| it.parse::<f64>().ok());
    match (attribute(cell, "value-type"), value) {
        (Some("percentage"), Some(value)) => {
            format::show(value, "0.00%", false).unwrap_or_default()
        }
        (Some(_), Some(value)) => general(value),
        (Some("date"), None) => {
            attribute(cell, "date-value").unwrap_or_default().replace('T', " ")
        }
        (Some("string"), None) => {
            attribute(cell, "string-value").unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

/// The text of a paragraph, its spaces, tabs and line ends included, its notes not.
fn line(node: Node, depth: u32) -> String {
    let mut text = String::new();
    for child in node.children() {
        match child.tag_name().name() {
            "s" => text += &" ".repeat(repeated(child, "c", 200) as usize),
            "tab" => text.push(' '),
            "line-break" => text.push('\n'),
            "annotation" | "note" => {}
            _ if child.is_text() => {
                // Line ends in the file are mere spaces.
                text +=
                    &child.text().unwrap_or_default().replace(['\n', '\r', '\t'], " ");
            }
            _ if depth < DEPTH => text += &line(child, depth + 1),
            _ => {}
        }
    }
    text
}
