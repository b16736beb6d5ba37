//! Spreadsheets: what one sheet of a .xlsx, .xls or .ods file shows. The only door to the
//! crates that read such files.

mod code;
mod decimal;
mod format;
mod fraction;
mod grid;
mod hanzi;
mod moment;
mod ods;
mod rich;
mod runs;
mod strings;
mod xls;
mod xlsx;
mod zipped;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::flaw::Flaw;
use super::table::Merge;
use grid::Cells;

/// The most rows that are read.
pub const ROWS: usize = 20_000;
/// The most columns of a table that is printed.
pub const COLUMNS: usize = 50;
/// The most cells with something in them.
pub const CELLS: usize = ROWS * COLUMNS / 4;

/// What a sheet shows: every row of the same length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// The text of every cell; of merged ones it is in the first.
    pub rows: Vec<Vec<String>>,
    /// The number of each row in the sheet, from 1.
    pub numbers: Vec<usize>,
    /// Merged cells; none overlaps another or leaves the grid.
    pub merges: Vec<Merge>,
    /// Widths of the columns relative to each other.
    pub widths: Option<Vec<f64>>,
    /// Cells without a text that could be printed, by their row and column in the grid.
    pub flaws: BTreeMap<(usize, usize), Flawed>,
    /// The numbers of the hidden rows with a text, from 1.
    pub hidden_rows: Vec<usize>,
    /// The texts that the first row has in hidden columns.
    pub hidden_names: Vec<String>,
    /// The name of the sheet.
    pub sheet: String,
    /// The names of all visible sheets.
    pub sheets: Vec<String>,
}

/// A cell without a text that could be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flawed {
    /// Its address in the sheet, such as B2.
    pub cell: String,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// Why a sheet was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not a spreadsheet at all.
    Foreign,
    /// A spreadsheet that cannot be read.
    Damaged,
    /// It opens with a password only.
    Password,
    /// It has no sheet of this name, but these.
    NoSheet {
        /// The name asked for.
        asked: String,
        /// The names there are.
        names: Vec<String>,
    },
    /// More than [`ROWS`], [`CELLS`], or columns than are asked for.
    Large,
    /// Nothing is in this sheet.
    Empty(String),
}

/// Reads a sheet by its name, the first visible one where none is given, of `columns` at most.
/// What kind of file it is, its content tells.
///
/// # Errors
/// One refusal.
pub fn read(bytes: &[u8], name: Option<&str>, columns: usize) -> Result<Grid, Refusal> {
    quietly(|| match bytes {
        [b'P', b'K', 3, 4, ..] => zipped(bytes, name),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => xls::read(bytes, name),
        _ => Err(Refusal::Foreign),
    })?
    .grid(columns)
}

/// The ending of the name that a spreadsheet's file should have; none of another file.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => match zipped::Parts::open(bytes).ok()? {
            parts if parts.has("[Content_Types].xml") => Some(".xlsx"),
            parts if parts.has("content.xml") => Some(".ods"),
            _ => None,
        },
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(".xls"),
        _ => None,
    }
}

/// The address of a cell, as spreadsheets write it, by its row and column from 0.
pub fn address(row: usize, column: usize) -> String {
    let short = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    grid::address((short(row), short(column)))
}

thread_local! {
    /// Whether this thread is reading a file and a panic means no more than damage.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Calamine trusts lengths inside .xls files and panics where they lie. Such a file is
/// damaged; nobody needs to see the panic's own message.
fn quietly(read: impl FnOnce() -> Result<Cells, Refusal>) -> Result<Cells, Refusal> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !READING.get() {
                usual(panic);
            }
        }));
    });
    READING.set(true);
    let cells = panic::catch_unwind(AssertUnwindSafe(read));
    READING.set(false);
    cells.unwrap_or(Err(Refusal::Damaged))
}

fn zipped(bytes: &[u8], name: Option<&str>) -> Result<Cells, Refusal> {
    let parts = zipped::Parts::open(bytes)?;
    if parts.has("xl/workbook.xml") || parts.has("[Content_Types].xml") {
        xlsx::read(bytes, parts, name)
    } else if parts.has("content.xml") {
        ods::read(parts, name)
    } else {
        Err(Refusal::Foreign)
    }
}

/// The sheet asked for, or the first that is visible; nothing is in it yet.
fn choose(sheets: &[(String, bool)], asked: Option<&str>) -> Result<Cells, Refusal> {
    let names = || sheets.iter().map(|(name, _)| name.clone()).collect();
    let shown = || sheets.iter().find(|(_, visible)| *visible).or(sheets.first());
    let found = match asked {
        Some(asked) => sheets.iter().find(|(name, _)| name.trim() == asked.trim()),
        None => shown(),
    };
    match (found, asked) {
        (Some((name, _)), _) => {
            let visible = sheets.iter().filter(|(_, visible)| *visible);
            let sheets = visible.map(|(name, _)| name.clone()).collect();
            Ok(Cells { sheet: name.clone(), sheets, ..Cells::default() })
        }
        (None, Some(asked)) => {
            Err(Refusal::NoSheet { asked: asked.to_owned(), names: names() })
        }
        (None, None) => Err(Refusal::Damaged),
    }
}
