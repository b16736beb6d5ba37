//! .ods: the file holds the text that each cell shows, which is what is printed.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use super::decimal::general;
use super::grid::Cells;
use super::runs::{Look, Run, Shift};
use super::zipped::{Parts, attribute, tree};
use super::{Refusal, choose, format};
use crate::notice::date::Date;
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

/// What automatic styles say about columns, rows, tables, cells and texts.
#[derive(Default)]
struct Styles<'a> {
    widths: BTreeMap<&'a str, f64>,
    undisplayed: Vec<&'a str>,
    /// Those of rows of no height.
    flat: BTreeSet<&'a str>,
    /// Those that say how texts look.
    looks: BTreeMap<&'a str, Change>,
    /// Those that say nothing of how numbers and dates are shown, nor build on others.
    unformatted: BTreeSet<&'a str>,
}

/// The style that all others of cells build on.
const DEFAULT: &str = "Default";

/// How a style changes the look of a text.
#[derive(Debug, Clone, Copy)]
struct Change {
    shift: Option<Shift>,
    struck: Option<bool>,
}

impl Change {
    /// Of the properties of a style's texts.
    fn of(properties: Node) -> Self {
        let through = ["text-line-through-style", "text-line-through-type"];
        let struck = through.iter().find_map(|it| attribute(properties, it));
        let shift = attribute(properties, "text-position").map(|position| {
            let first = position.split_whitespace().next().unwrap_or_default();
            let percent = first.trim_end_matches('%').parse::<f64>();
            match (first, percent) {
                ("super", _) => Shift::Up,
                ("sub", _) => Shift::Down,
                (_, Ok(percent)) if percent > 0.0 => Shift::Up,
                (_, Ok(percent)) if percent < 0.0 => Shift::Down,
                _ => Shift::None,
            }
        });
        Self { shift, struck: struck.map(|it| it != "none") }
    }

    fn on(self, look: Look) -> Look {
        Look {
            shift: self.shift.unwrap_or(look.shift),
            struck: self.struck.unwrap_or(look.struck),
        }
    }
}

impl<'a> Styles<'a> {
    fn of(tree: &'a Document) -> Self {
        let mut styles = Self { unformatted: ["", DEFAULT].into(), ..Self::default() };
        for style in tree.descendants().filter(|it| it.tag_name().name() == "style") {
            let Some(name) = attribute(style, "name") else { continue };
            let parent = attribute(style, "parent-style-name").unwrap_or(DEFAULT);
            if attribute(style, "data-style-name").is_none() && parent == DEFAULT {
                styles.unformatted.insert(name);
            }
            for properties in style.children() {
                if properties.tag_name().name() == "text-properties" {
                    styles.looks.insert(name, Change::of(properties));
                }
                let height = attribute(properties, "row-height").and_then(length);
                styles.flat.extend((height == Some(0.0)).then_some(name));
                let width = attribute(properties, "column-width").and_then(length);
                styles.widths.extend(width.map(|width| (name, width)));
                if attribute(properties, "display") == Some("false") {
                    styles.undisplayed.push(name);
                }
            }
        }
        styles
    }

    /// How a text of a style looks in one that looks so.
    fn look(&self, style: Option<&str>, outer: Look) -> Look {
        let change = style.and_then(|it| self.looks.get(it));
        change.map_or(outer, |it| it.on(outer))
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
struct Place<'a> {
    row: u32,
    column: u32,
    depth: u32,
    /// The column behind some, and the style of their cells that name none.
    usual: Vec<(u32, &'a str)>,
}

impl<'a> Place<'a> {
    /// The style of a cell that names none.
    fn usual(&self, column: u32) -> Option<&'a str> {
        let at = self.usual.partition_point(|(end, _)| *end <= column);
        self.usual.get(at).map(|(_, style)| *style)
    }
}

/// Groups in groups, or spans of text in spans, beyond this are a trap.
const DEPTH: u32 = 32;

/// Rows and columns of a table, in groups or not.
fn table<'a>(
    node: Node<'a, '_>,
    styles: &Styles,
    place: &mut Place<'a>,
    cells: &mut Cells,
) -> Result<(), Refusal> {
    for child in node.children() {
        match child.tag_name().name() {
            "table-column" => column(child, styles, place, cells),
            "table-row" => rows(child, styles, place, cells)?,
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

fn column<'a>(
    node: Node<'a, '_>,
    styles: &Styles,
    place: &mut Place<'a>,
    cells: &mut Cells,
) {
    let count = repeated(node, "number-columns-repeated", COLUMNS);
    let width = attribute(node, "style-name").and_then(|it| styles.widths.get(it));
    let end = place.column.saturating_add(count).min(COLUMNS);
    for column in place.column..end {
        cells.widths.extend(width.map(|width| (column, *width)));
        cells.hidden_columns.extend(hidden(node).then_some(column));
    }
    place.usual.push((end, attribute(node, "default-cell-style-name").unwrap_or("")));
    place.column = end;
}

/// A row, as often as it is repeated; rows without anything in them cost nothing.
fn rows(
    node: Node,
    styles: &Styles,
    place: &mut Place,
    cells: &mut Cells,
) -> Result<(), Refusal> {
    let count = repeated(node, "number-rows-repeated", ROWS);
    let end = place.row.saturating_add(count);
    let flat = attribute(node, "style-name").is_some_and(|it| styles.flat.contains(it));
    if hidden(node) || flat {
        cells.hidden_rows.extend(place.row..end.min(ROWS));
    }
    while place.row < end {
        if !row(node, styles, place, cells)? {
            place.row = end;
        } else {
            place.row += 1;
        }
    }
    Ok(())
}

/// The cells of a row; whether there was anything in one.
fn row(
    node: Node,
    styles: &Styles,
    place: &Place,
    cells: &mut Cells,
) -> Result<bool, Refusal> {
    let row = place.row;
    let row_style = attribute(node, "default-cell-style-name");
    let mut column = 0;
    let mut used = false;
    for cell in node.children().filter(Node::is_element) {
        let count = repeated(cell, "number-columns-repeated", COLUMNS);
        let usual = || row_style.or_else(|| place.usual(column));
        let style = attribute(cell, "style-name").or_else(usual);
        let runs = match cell.tag_name().name() {
            "table-cell" => shown(cell, styles, style),
            "covered-table-cell" => Vec::new(),
            _ => continue,
        };
        let text: String = runs.iter().map(|(_, text)| text.as_str()).collect();
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
        // A line without a text is what the cell shows.
        let shows_nothing =
            text.is_empty() && cell.children().any(|it| it.tag_name().name() == "p");
        let unknown = attribute(cell, "formula").is_some()
            && attribute(cell, "value-type").is_none()
            && text.is_empty()
            && !shows_nothing;
        let value = attribute(cell, "value").and_then(|it| it.parse::<f64>().ok());
        let has_value = ["value", "date-value", "time-value", "string-value"]
            .iter()
            .any(|it| attribute(cell, it).is_some_and(|it| !it.is_empty()));
        let hidden = shows_nothing && has_value;
        if error || unknown || hidden || !text.is_empty() {
            used = true;
            for column in column..column.saturating_add(count).min(COLUMNS) {
                let at = (row, column);
                match value {
                    _ if error => cells.refuse(at, Flaw::Error(text.clone()))?,
                    _ if unknown => cells.refuse(at, Flaw::Unknown)?,
                    _ if hidden => cells.refuse(at, Flaw::Hidden(String::new()))?,
                    Some(value) => cells.put_number(at, value, &text)?,
                    None => cells.put(at, &text)?,
                }
                let plain = runs.iter().all(|(look, _)| *look == Look::default());
                if !plain && !cells.flaws.contains_key(&at) {
                    cells.put_runs(at, &runs)?;
                }
            }
        }
        column = column.saturating_add(count).min(COLUMNS);
    }
    Ok(used)
}

/// The text that a cell shows, in its runs.
fn shown(cell: Node, styles: &Styles, style: Option<&str>) -> Vec<Run> {
    let look = styles.look(style, Look::default());
    let is_formatted = style.is_some_and(|it| !styles.unformatted.contains(it));
    let mut runs: Vec<Run> = Vec::new();
    for line in cell.children().filter(|it| it.tag_name().name() == "p") {
        if !runs.is_empty() {
            runs.push((Look::default(), "\n".into()));
        }
        let look = styles.look(attribute(line, "style-name"), look);
        read_line(line, styles, look, 0, &mut runs);
        runs.push((look, String::new()));
    }
    let text: String = runs.iter().map(|(_, text)| text.as_str()).collect();
    match typed(cell, &text, is_formatted) {
        Some(text) => vec![(look, text)],
        None => runs,
    }
}

/// What a cell's value shows, where that goes before its text: programs that write such files
/// leave out what is shown, or write it in their own way.
fn typed(cell: Node, text: &str, is_formatted: bool) -> Option<String> {
    let value = attribute(cell, "value").and_then(|it| it.parse::<f64>().ok());
    let text = text.trim();
    // An empty line shows that the format hides the value.
    let has_line = cell.children().any(|it| it.tag_name().name() == "p");
    if is_formatted && text.is_empty() && has_line {
        return None;
    }
    let free = text.is_empty() || !is_formatted;
    match (attribute(cell, "value-type")?, value) {
        ("boolean", _) => {
            let value = attribute(cell, "boolean-value") == Some("true");
            Some(if value { "是" } else { "否" }.to_owned())
        }
        // What a formula that is true or false comes to.
        ("float", Some(1.0)) if text == "TRUE" => Some("是".to_owned()),
        ("float", Some(0.0)) if text == "FALSE" => Some("否".to_owned()),
        ("float", Some(value)) if free && text.parse::<f64>().is_ok() => {
            Some(general(value))
        }
        ("date", _) if free => {
            let value = attribute(cell, "date-value")?;
            let day = value.get(..10)?;
            let same = text.parse::<Date>().is_ok_and(|it| it.iso() == day);
            if same { None } else { moment(value) }
        }
        _ if !text.is_empty() => None,
        ("percentage", Some(value)) => format::show(value, "0.00%", false),
        (_, Some(value)) => Some(general(value)),
        ("string", None) => attribute(cell, "string-value").map(str::to_owned),
        _ => None,
    }
}

/// A day, and the time where it has one, as a spreadsheet shows them without a format.
fn moment(value: &str) -> Option<String> {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    let (year, month, day) = day.parse::<Date>().ok()?.parts();
    let day = format!("{year}/{month}/{day}");
    let mut parts = time.split(':');
    let hour = parts.next().and_then(|it| it.parse::<u32>().ok());
    match (hour, parts.next()) {
        (Some(hour), Some(minutes)) if time.chars().any(|c| ('1'..='9').contains(&c)) => {
            Some(format!("{day} {hour}:{minutes}"))
        }
        _ => Some(day),
    }
}

/// The runs of a paragraph, its spaces, tabs and line ends included, its notes not.
fn read_line(node: Node, styles: &Styles, look: Look, depth: u32, runs: &mut Vec<Run>) {
    for child in node.children() {
        let text = match child.tag_name().name() {
            "s" => " ".repeat(repeated(child, "c", 200) as usize),
            "tab" => " ".to_owned(),
            "line-break" => "\n".to_owned(),
            "annotation" | "note" => continue,
            // Line ends in the file are mere spaces.
            _ if child.is_text() => {
                child.text().unwrap_or_default().replace(['\n', '\r', '\t'], " ")
            }
            _ if depth < DEPTH => {
                let look = styles.look(attribute(child, "style-name"), look);
                read_line(child, styles, look, depth + 1, runs);
                continue;
            }
            _ => continue,
        };
        runs.push((look, text));
    }
}
