//! The body's blocks: paragraphs, tables, pictures.

use std::ops::Range;

use serde::Serialize;

use super::super::columns::{Folds, Rise, Shape, wide, wide_in_head};
use super::super::glue::glued_in_cell;
use super::super::running::{Line, running};
use super::super::soft::{soften, softened};
use super::file;
use crate::notice::body::{Block, Paragraph, Run, plain};
use crate::notice::picture::{Image, Picture};
use crate::notice::table::{Align, Merge, Table};
use crate::page;

/// A block of the body.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub(super) enum Item {
    Paragraph {
        level: u8,
        head: Option<Runs>,
        text: Option<Runs>,
        kept: Option<Runs>,
        /// Whether letters are spread with the line's other characters.
        letters: bool,
        heading: bool,
        chapter: bool,
    },
    Table {
        columns: usize,
        head: Vec<Vec<Cell>>,
        rows: Vec<Vec<Cell>>,
        widths: Vec<f64>,
        size: f64,
        inset: f64,
        line: f64,
        head_rises: Vec<Rise>,
        rises: Vec<Rise>,
        merged: bool,
        repeats: bool,
        begins: bool,
        ends: bool,
        aligns: Option<Vec<&'static str>>,
    },
    Pictures {
        items: Vec<PictureView>,
    },
}

#[derive(Debug, Serialize)]
pub(super) struct PictureView {
    file: String,
    caption: Option<String>,
    width: Option<f64>,
}

/// A cell's text; merged cells have their size, and nothing where they cover others.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Cell {
    Plain(String),
    Merged { text: String, rowspan: usize, colspan: usize, whole: bool },
    Covered(()),
}

/// A text, or texts of two weights.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Runs {
    Plain(String),
    Mixed(Vec<MixedRun>),
}

#[derive(Debug, Serialize)]
pub(super) struct MixedRun {
    text: String,
    bold: bool,
}

/// Two pictures of this width or less, in characters, that follow each other share a row.
const HALF: f64 = 13.5;

/// A longer paragraph is not moved to the page of what it announces, in characters.
const INTRODUCTION: f64 = 82.0;

/// The blocks of a body whose lines have so many characters on an upright page.
pub(super) fn items(
    blocks: &[Block],
    chars: f64,
    turned: bool,
    images: &mut Vec<Image>,
) -> Vec<Item> {
    let line = if turned { chars * TURNED } else { chars };
    let mut items: Vec<Item> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        match (block, items.last_mut()) {
            (Block::Picture(it), Some(Item::Pictures { items }))
                if items.len() == 1
                    && it.width.is_some_and(is_half)
                    && items[0].width.is_some_and(is_half) =>
            {
                items.push(picture(it, images));
            }
            (Block::Picture(it), _) => {
                items.push(Item::Pictures { items: vec![picture(it, images)] });
            }
            (Block::Paragraph(it), _) => {
                // The first page of a notice must have text (7.3.3).
                let bound = at > 0 && introduces(it, blocks.get(at + 1));
                items.push(paragraph(it, line, bound));
            }
            (Block::Table(it), _) => items.push(table(it, turned)),
        }
    }
    items
}

fn is_half(width: f64) -> bool {
    width <= HALF
}

fn picture(it: &Picture, images: &mut Vec<Image>) -> PictureView {
    PictureView {
        file: file(&it.image, images),
        caption: it.caption.as_ref().map(|caption| soften(caption)),
        width: it.width,
    }
}

/// How much longer lines are on a turned page.
const TURNED: f64 = page::TURNED.width() / page::AREA.width();
/// 左空二字 (7.3.3).
const INDENT: f64 = 2.0;

/// Whether a paragraph of a few lines announces the table or picture behind it: 见下表：
fn introduces(it: &Paragraph, next: Option<&Block>) -> bool {
    let text = plain(if it.text.is_empty() { &it.head } else { &it.text });
    let shown = matches!(next, Some(Block::Table(_) | Block::Picture(_)));
    shown && text.ends_with('：') && wide(&text) <= INTRODUCTION
}

/// A paragraph in lines of so many characters; it never ends a page if it is a heading of its
/// own or `bound` to what follows.
fn paragraph(it: &Paragraph, chars: f64, bound: bool) -> Item {
    let mut line = Line::new(chars, INDENT);
    Item::Paragraph {
        level: it.level,
        head: runs(&it.head, &mut line),
        text: runs(&it.text, &mut line),
        kept: None,
        letters: has_long_word(&it.text),
        heading: it.heading || bound,
        chapter: it.chapter,
    }
}

/// A paragraph whose last `kept` characters, white space not counted, are apart.
pub(super) fn parted(it: &Paragraph, kept: usize, chars: f64) -> Item {
    let (mut front, mut back) = (it.text.clone(), Vec::new());
    let mut left = kept;
    while let Some(run) = front.pop() {
        let visible = run.text.char_indices().rev().filter(|(_, c)| !c.is_whitespace());
        match visible.skip(left.saturating_sub(1)).map(|(at, _)| at).next() {
            Some(at) if left > 0 => {
                let (text, rest) = run.text.split_at(at);
                back.insert(0, Run { text: rest.to_owned(), bold: run.bold });
                front.push(Run { text: text.to_owned(), bold: run.bold });
                break;
            }
            Some(_) => {
                front.push(run);
                break;
            }
            None => {
                left -= run.text.chars().filter(|c| !c.is_whitespace()).count();
                back.insert(0, run);
            }
        }
    }
    let mut line = Line::new(chars, INDENT);
    Item::Paragraph {
        level: it.level,
        head: runs(&it.head, &mut line),
        text: runs(&front, &mut line),
        kept: runs(&back, &mut Line::new(chars, 0.0)),
        letters: has_long_word(&it.text),
        heading: it.heading,
        chapter: it.chapter,
    }
}

/// The shortest word that may leave a line above it so short that letters have to be spread, in
/// characters.
const LONG_WORD: usize = 7;

fn has_long_word(runs: &[Run]) -> bool {
    let narrow = |c: char| !c.is_whitespace() && c < '\u{2e80}';
    let words = runs.iter().flat_map(|run| run.text.split(move |c| !narrow(c)));
    words.into_iter().any(|word| word.chars().nth(LONG_WORD - 1).is_some())
}

/// Inline text from where a line stands.
fn runs(runs: &[Run], line: &mut Line) -> Option<Runs> {
    match runs {
        [] => None,
        [Run { text, bold: false }] => Some(Runs::Plain(running(text, line))),
        _ => {
            let mut text = |run: &Run| running(&run.text, line);
            let run = |run: &Run| MixedRun { text: text(run), bold: run.bold };
            Some(Runs::Mixed(runs.iter().map(run).collect()))
        }
    }
}

fn table(it: &Table, turned: bool) -> Item {
    let name = |align: &Align| match align {
        Align::Left => "左",
        Align::Center => "中",
        Align::Right => "右",
    };
    let shape = Shape::of(it, turned);
    let folds = Folds::default();
    let whole = vec![true; it.head_merges.len()];
    let head = cells(&it.head, &it.head_merges, &whole, |text, columns| {
        cell(&folds, text, true, shape.room(columns))
    });
    let rows = cells(&it.rows, &it.merges, &shape.whole, |text, columns| {
        cell(&folds, text, false, shape.room(columns))
    });
    Item::Table {
        columns: it.columns(),
        head,
        rows,
        merged: !(it.head_merges.is_empty() && it.merges.is_empty()),
        size: shape.size,
        inset: shape.inset,
        widths: shape.widths,
        line: shape.line,
        head_rises: shape.head,
        rises: shape.rows,
        repeats: shape.repeats,
        begins: shape.ends.0,
        ends: shape.ends.1,
        aligns: match &it.aligns {
            Some(aligns) => Some(aligns.iter().map(name).collect()),
            None if shape.prose.contains(&true) => {
                let of = |prose: &bool| if *prose { "左" } else { "中" };
                Some(shape.prose.iter().map(of).collect())
            }
            None => None,
        },
    }
}

/// A cell's text, its lines broken where that reads best, words as well that its columns are too
/// narrow for.
fn cell(folds: &Folds, text: &str, head: bool, room: f64) -> String {
    let wide = if head { wide_in_head } else { wide };
    if text.lines().all(|line| wide(line) <= room) {
        return text.to_owned();
    }
    let fits = |it: &str| wide(it) <= room;
    let line = |line: &str| {
        if fits(line) {
            return line.to_owned();
        }
        match folds.lines(line, room, head) {
            Some(lines) => lines.join("\n"),
            None => glued_in_cell(&softened(line, |word| !fits(word)), head, fits),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The cells of rows; `text_of` makes the text of those over the columns it is given.
fn cells(
    rows: &[Vec<String>],
    merges: &[Merge],
    whole: &[bool],
    text_of: impl Fn(&String, Range<usize>) -> String,
) -> Vec<Vec<Cell>> {
    let mut cells: Vec<Vec<Cell>> = Vec::with_capacity(rows.len());
    for row in rows {
        let texts = row.iter().enumerate();
        let plain = |(x, text)| Cell::Plain(text_of(text, x..x + 1));
        cells.push(texts.map(plain).collect());
    }
    for (merge, whole) in merges.iter().zip(whole) {
        let columns = merge.column..merge.column + merge.columns;
        for row in &mut cells[merge.row..merge.row + merge.rows] {
            row[columns.clone()].iter_mut().for_each(|cell| *cell = Cell::Covered(()));
        }
        cells[merge.row][merge.column] = Cell::Merged {
            text: text_of(&rows[merge.row][merge.column], columns),
            rowspan: merge.rows,
            colspan: merge.columns,
            whole: *whole,
        };
    }
    cells.iter_mut().for_each(|row| keep_open(row));
    cells
}

/// A row to be filled in by hand is as high as any other.
fn keep_open(row: &mut [Cell]) {
    let filled = |cell: &Cell| match cell {
        Cell::Plain(text) | Cell::Merged { text, rowspan: 1, .. } => !text.is_empty(),
        _ => false,
    };
    if !row.iter().any(filled) {
        let mut empty = row.iter_mut().filter(|it| matches!(it, Cell::Plain(_)));
        empty.by_ref().take(1).for_each(|it| *it = Cell::Plain("\u{a0}".into()));
    }
}
