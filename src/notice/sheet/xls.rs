//! .xls: calamine gives the values; the records are walked through before, for the formats
//! of the cells, and because calamine takes as much memory as the file tells it to.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::code::built_in;
use super::grid::{At, Cells};
use super::runs::{self, Run, Shift};
use super::strings::{self, Part};
use super::{Refusal, choose};
use crate::notice::flaw::Flaw;

/// The most cells, used or not, that a sheet may span: such a file has room for 16 million.
const SPANNED: u64 = 4_000_000;

/// The record with the texts that cells share, and the one that goes on with any other.
const TEXTS: u16 = 0x00fc;
const GOES_ON: u16 = 0x003c;

/// Reads a sheet.
///
/// # Errors
/// What is damaged or locked, a name that is not there, too many cells.
pub fn read(bytes: &[u8], name: Option<&str>) -> Result<Cells, Refusal> {
    let mut compound =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if compound.exists("/EncryptedPackage") {
        return Err(Refusal::Password);
    }
    let stream = ["/Workbook", "/Book"].into_iter().find(|it| compound.is_stream(it));
    let mut stream = compound
        .open_stream(stream.ok_or(Refusal::Foreign)?)
        .map_err(|_| Refusal::Damaged)?;
    let mut records = Vec::new();
    stream.read_to_end(&mut records).map_err(|_| Refusal::Damaged)?;
    let (looks, parts) = looks(&records)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes))?;
    let all = book.sheets_metadata().to_vec();
    let sheets: Vec<(String, bool)> = all
        .iter()
        .filter(|it| it.typ == SheetType::WorkSheet)
        .map(|it| (it.name.clone(), it.visible == SheetVisible::Visible))
        .collect();
    let mut cells = choose(&sheets, name)?;
    let at = all.iter().position(|it| it.name == cells.sheet).unwrap_or(0);
    let look = looks.get(at).ok_or(Refusal::Damaged)?;
    cells.widths = look.widths.clone();
    cells.hidden_columns.extend(&look.hidden_columns);
    cells.hidden_rows.extend(&look.hidden_rows);
    let merges = book.merge_cells_by_sheet_name(&cells.sheet)?;
    cells.merges = merges.iter().map(|it| (it.start, it.end)).collect();
    values(&mut book, look, &mut cells)?;
    put_parts(look, &parts, &mut cells)?;
    Ok(cells)
}

impl From<XlsError> for Refusal {
    fn from(error: XlsError) -> Self {
        match error {
            XlsError::Password => Self::Password,
            _ => Self::Damaged,
        }
    }
}

fn values(
    book: &mut Xls<Cursor<&[u8]>>,
    look: &Look,
    cells: &mut Cells,
) -> Result<(), Refusal> {
    let since_1904 = book.has_1904_epoch();
    let range = book.worksheet_range(&cells.sheet)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let at = (top + row as u32, left + column as u32);
        let code = look.formats.get(&at).map_or("General", String::as_str);
        let number = match value {
            Data::Int(value) => Some(*value as f64),
            Data::Float(value) => Some(*value),
            Data::DateTime(value) => Some(value.as_f64()),
            _ => None,
        };
        if look.unsure.contains(&at) {
            cells.refuse(at, Flaw::Unsure)?;
            continue;
        }
        if look.no_zeros && number == Some(0.0) {
            cells.refuse(at, Flaw::Zero)?;
            continue;
        }
        if let Some(value) = number {
            cells.put_value(at, value, code, since_1904)?;
            continue;
        }
        let text = match value {
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                text.clone()
            }
            Data::Bool(true) => "是".to_owned(),
            Data::Bool(false) => "否".to_owned(),
            Data::Error(error) => {
                cells.refuse(at, Flaw::Error(error.to_string()))?;
                continue;
            }
            _ => continue,
        };
        cells.put_text(at, &text, code)?;
    }
    Ok(())
}

/// The parts of texts that are not plain all along, by the texts' numbers.
type Parts = BTreeMap<u32, Vec<Part>>;

/// Puts texts that are not plain as they look.
fn put_parts(look: &Look, parts: &Parts, cells: &mut Cells) -> Result<(), Refusal> {
    for (at, shown) in &look.texts {
        let text = cells.text(*at).to_owned();
        if !text.is_empty() {
            cells.put_runs(*at, &[(*shown, text)])?;
        }
    }
    for (at, (number, usual)) in &look.parted {
        if cells.flaws.contains_key(at) {
            continue;
        }
        let parts = parts.get(number).into_iter().flatten();
        let run = |(shown, text): &Part| (shown.unwrap_or(*usual), text.clone());
        cells.put_runs(*at, &parts.map(run).collect::<Vec<Run>>())?;
    }
    Ok(())
}

/// How one sheet looks.
#[derive(Debug, Default)]
struct Look {
    /// The number formats of the cells with a value.
    formats: BTreeMap<At, String>,
    /// How the texts of cells look that are not plain.
    texts: BTreeMap<At, runs::Look>,
    /// The numbers of texts that are not plain all along, and how the rest of each looks.
    parted: BTreeMap<At, (u32, runs::Look)>,
    /// Cells with formulas whose value may not be in the file.
    unsure: BTreeSet<At>,
    /// Whether zeros are not shown.
    no_zeros: bool,
    widths: BTreeMap<u32, f64>,
    hidden_columns: Vec<u32>,
    hidden_rows: Vec<u32>,
}

impl Look {
    /// Takes what a cell's style says.
    fn cell(&mut self, at: At, style: Option<&Style>) {
        let Some(style) = style else { return };
        if style.code != "General" {
            self.formats.insert(at, style.code.clone());
        }
        if style.text != runs::Look::default() {
            self.texts.insert(at, style.text);
        }
    }
}

/// How the cells of a style look.
struct Style {
    code: String,
    text: runs::Look,
}

/// What all sheets of a file share.
#[derive(Default)]
struct Book {
    styles: Vec<Style>,
    parts: Parts,
    /// Whether it was written by a program that puts zero for what a formula's text is.
    puts_zero: bool,
}

/// A record: its kind and its content.
type Record<'a> = (u16, &'a [u8]);

/// The records from a place on, to the end of their sheet.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream.get(from..).unwrap_or_default();
    let mut depth = 0usize;
    std::iter::from_fn(move || {
        let (kind, size) = (short(rest, 0)?, usize::from(short(rest, 2)?));
        let data = rest.get(4..4 + size)?;
        rest = &rest[4 + size..];
        match kind {
            0x0809 => depth += 1,
            0x000a if depth <= 1 => return None,
            0x000a => depth -= 1,
            _ => {}
        }
        Some((kind, data))
    })
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// The looks of all sheets, in their order, and the texts that are not plain. Every sheet is held against the limits: all are
/// read, whichever is asked for.
fn looks(stream: &[u8]) -> Result<(Vec<Look>, Parts), Refusal> {
    let (mut own, mut styles, mut places) = (BTreeMap::new(), Vec::new(), Vec::new());
    let (mut fonts, mut book) = (Vec::new(), Book::default());
    let (mut texts, mut last) = (Vec::new(), 0);
    for (kind, data) in records(stream, 0) {
        if kind == TEXTS || (kind == GOES_ON && last == TEXTS) {
            texts.push(data);
        }
        last = if kind == GOES_ON { last } else { kind };
        match kind {
            0x0031 => fonts.push(font_record(data)),
            0x041e => own.extend(format_record(data)),
            0x005c => book.puts_zero = data.get(3..7) == Some(b"Calc".as_slice()),
            0x00e0 => styles.extend(short(data, 0).zip(short(data, 2))),
            0x0085 => places.extend(long(data, 0)),
            _ => {}
        }
    }
    let code = |id: &u16| {
        let built_in = || built_in(u32::from(*id)).to_owned();
        own.get(id).cloned().unwrap_or_else(built_in)
    };
    // There is no font of the number 4.
    let font = |id: u16| {
        let at = usize::from(id);
        fonts.get(if at > 4 { at - 1 } else { at }).copied().unwrap_or_default()
    };
    book.parts = strings::parts(&texts, &font);
    let style = |(id, format): &(u16, u16)| Style { code: code(format), text: font(*id) };
    book.styles = styles.iter().map(style).collect();
    let looks = places.iter().map(|place| look(stream, *place as usize, &book));
    let looks = looks.collect::<Result<_, _>>()?;
    Ok((looks, book.parts))
}

/// How texts in a font look beside plain ones.
fn font_record(data: &[u8]) -> runs::Look {
    let shift = match short(data, 8) {
        Some(1) => Shift::Up,
        Some(2) => Shift::Down,
        _ => Shift::None,
    };
    let struck = short(data, 2).is_some_and(|flags| flags & 8 != 0);
    runs::Look { shift, struck }
}

/// Number and text of a number format.
fn format_record(data: &[u8]) -> Option<(u16, String)> {
    let (id, count) = (short(data, 0)?, usize::from(short(data, 2)?));
    let text = data.get(5..)?;
    let units: Vec<u16> = match data[4] & 1 {
        0 => text.iter().take(count).map(|it| u16::from(*it)).collect(),
        _ => (0..count).map_while(|at| short(text, 2 * at)).collect(),
    };
    Some((id, String::from_utf16_lossy(&units)))
}

fn look(stream: &[u8], place: usize, book: &Book) -> Result<Look, Refusal> {
    let mut look = Look::default();
    let (mut rows, mut columns) = (0, 0);
    for (kind, data) in records(stream, place) {
        let at = || Some((u32::from(short(data, 0)?), u32::from(short(data, 2)?)));
        match kind {
            0x0200 if !sound_dimensions(data) => return Err(Refusal::Damaged),
            0x007d => column_record(data, &mut look),
            0x0208 if short(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                look.hidden_rows.extend(short(data, 0).map(u32::from));
            }
            0x023e => look.no_zeros |= short(data, 0).is_some_and(|it| it & 0x10 == 0),
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 | 0x00bd => {
                let (row, column) = at().ok_or(Refusal::Damaged)?;
                let count =
                    if kind == 0x00bd { data.len().saturating_sub(6) / 6 } else { 1 };
                for i in 0..count {
                    let style = short(data, 4 + 6 * i).map_or(0, usize::from);
                    look.cell((row, column + i as u32), book.styles.get(style));
                }
                let shared = long(data, 6).filter(|_| kind == 0x00fd);
                if let Some(number) = shared.filter(|it| book.parts.contains_key(it)) {
                    let usual = look.texts.remove(&(row, column)).unwrap_or_default();
                    look.parted.insert((row, column), (number, usual));
                }
                let is_zero = || data.get(6..14) == Some([0; 8].as_slice());
                if kind == 0x0006 && book.puts_zero && is_zero() {
                    look.unsure.insert((row, column));
                }
                rows = rows.max(row + 1);
                columns = columns.max(column + count as u32);
            }
            _ => {}
        }
    }
    if columns > 256 {
        return Err(Refusal::Damaged);
    }
    let spanned = u64::from(rows) * u64::from(columns);
    if spanned > SPANNED { Err(Refusal::Large) } else { Ok(look) }
}

/// Whether the used part of a sheet is one that such a file has room for.
fn sound_dimensions(data: &[u8]) -> bool {
    let (rows, columns) = match data.len() {
        10 => (short(data, 0).zip(short(data, 2)).map(|(a, b)| (a.into(), b.into())), 4),
        _ => (long(data, 0).zip(long(data, 4)), 8),
    };
    let columns = short(data, columns).zip(short(data, columns + 2));
    rows.is_none_or(|(from, to)| to <= 0x10000 && (from < to || to == 0 && from == 0))
        && columns.is_none_or(|(_, to)| to <= 0x100)
}

/// Width and visibility of some columns.
fn column_record(data: &[u8], look: &mut Look) {
    let part = |at: usize| short(data, at);
    let (Some(from), Some(to), Some(width), Some(flags)) =
        (part(0), part(2), part(4), part(8))
    else {
        return;
    };
    for column in u32::from(from)..=u32::from(to.min(0xff)) {
        look.widths.insert(column, f64::from(width));
        look.hidden_columns.extend((flags & 1 != 0).then_some(column));
    }
}
