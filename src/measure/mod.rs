//! 实测: holds laid-out pages against GB/T 9704-2012, clause by clause. What was measured
//! comes from the pages alone and never from a template's own numbers; the notice only tells
//! which elements there are to look for.

mod attachments;
mod body;
mod closing;
mod folio;
mod grid;
mod header;
mod imprint;
mod joint;
mod letter;
pub mod lines;
mod mark;
mod minutes;
mod note;
mod order;
mod page;
mod record;
mod signature;
mod stamp;
mod title;

use crate::notice::{Format, Notice};
use crate::page::{AREA, Area, CHAR, PITCH, PT};
use crate::typeset::facts::{Facts, Page};
use lines::{Line, lines};
use record::Record;

pub use record::{Measurement, Value};

/// A 4号 character in mm.
const CHAR_4: f64 = 14.0 * PT;
/// Positions hold to this, in mm.
const NEAR: f64 = 0.3;
/// Rules and the line grid hold to this, in mm.
const EXACT: f64 = 0.05;
/// Text lower than this is a page number, in mm.
const FOLIO: f64 = 266.0;

/// 行距 and 字距 as 7.3.5.5 lets them be changed: factors of the standard ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pitches {
    /// Of the line pitch.
    pub line: f64,
    /// Of the character pitch.
    pub char: f64,
}

impl Default for Pitches {
    fn default() -> Self {
        Self { line: 1.0, char: 1.0 }
    }
}

/// The pitches asked for, in mm.
#[derive(Debug, Clone, Copy)]
struct Grid {
    pitch: f64,
    char: f64,
}

impl Grid {
    /// The line of the grid that a line stands on, from 0, and how far it is off in mm. The
    /// glyph is centred in its cell, so sizes other than 3号 are too.
    fn row(&self, line: &Line) -> (f64, f64) {
        let rows = (line.middle() - AREA.top - CHAR / 2.0) / self.pitch;
        (rows.round(), (rows - rows.round()) * self.pitch)
    }

    /// How many lines a page holds.
    fn rows(&self) -> f64 {
        ((AREA.height() - CHAR) / self.pitch + 1e-6).floor() + 1.0
    }

    /// How many characters a line of `width` mm holds.
    fn chars(&self, width: f64) -> f64 {
        (width / self.char + 1e-6).floor()
    }

    /// The least and greatest gap that is `n` empty lines (3.2).
    fn gap(&self, n: f64) -> (f64, f64) {
        (n * self.pitch - 1.0, n * self.pitch + 7.0 / 8.0 * CHAR + 1.0)
    }
}

/// The notice, its pages, and their lines of text.
struct Laid<'a> {
    notice: &'a Notice,
    facts: &'a Facts,
    lines: Vec<Line>,
    grid: Grid,
}

impl Laid<'_> {
    /// The lines of the first page.
    fn first(&self) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.page == 0).collect()
    }

    /// Whether a page is turned to lie (8).
    fn lies(&self, page: usize) -> bool {
        self.facts.pages.get(page).is_some_and(Page::lies)
    }

    /// The type area of a page; on a lying one the upright page's, turned with it.
    fn area(&self, page: usize) -> Area {
        self.facts.pages.get(page).map_or(AREA, Page::type_area)
    }

    /// The lines, from `from` on, that a text fills from end to end; page numbers between
    /// them are passed over.
    fn find(&self, from: usize, text: &str) -> Option<(usize, usize)> {
        (from..self.lines.len()).find_map(|start| {
            let mut rest = text;
            let mut end = start;
            while !rest.is_empty() {
                let line = self.lines.get(end)?;
                if line.baseline < FOLIO {
                    rest = rest.strip_prefix(line.text.as_str())?;
                } else if end == start {
                    return None;
                }
                end += 1;
            }
            Some((start, end))
        })
    }

    /// The nearest line above another on its page.
    fn above(&self, line: &Line) -> Option<&Line> {
        let higher = |other: &&Line| {
            other.page == line.page && other.baseline < line.baseline - 0.1
        };
        self.lines.iter().rev().find(higher)
    }

    /// Whether no rule of a table and no picture is between two lines.
    fn nothing_between(&self, above: &Line, below: &Line) -> bool {
        self.foot(above, below.top()) < above.bottom() + 0.1
    }

    /// Where a line, or the table or picture that stands between it and a height below, ends.
    fn foot(&self, line: &Line, below: f64) -> f64 {
        let page = &self.facts.pages[line.page];
        let level =
            page.rules.iter().filter(|rule| (rule.from.1 - rule.to.1).abs() < 0.1);
        let images = page.images.iter().map(|image| image.at.1 + image.size.1);
        let ends = level.map(|rule| rule.from.1).chain(images);
        ends.filter(|end| *end < below + 0.1).fold(line.bottom(), f64::max)
    }
}

/// Measures everything that geometry can decide, part by part from the page's top; what holds
/// many times is in it once, with its worst value. `facts` were read with ink.
pub fn measure(notice: &Notice, facts: &Facts, adjustment: Pitches) -> Vec<Measurement> {
    if facts.pages.is_empty() {
        return Vec::new();
    }
    let grid = Grid { pitch: PITCH * adjustment.line, char: CHAR * adjustment.char };
    let lines = closing::dates_apart(lines(facts), notice);
    let laid = Laid { notice, facts, lines, grid };
    let mut out = Record::default();
    page::page(&laid, &mut out);
    grid::grid(&laid, &mut out);
    match notice.format {
        Format::Document => header::header(&laid, &mut out),
        Format::Letter => letter::letter(&laid, &mut out),
        Format::Order => order::order(&laid, &mut out),
        Format::Minutes => minutes::header(&laid, &mut out),
        Format::Bulletin => {}
    }
    title::title(&laid, &mut out);
    let end = body::body(&laid, &notice.body, 0, &mut out);
    minutes::attendance(&laid, &mut out);
    let end = closing::closing(&laid, end, &mut out);
    attachments::attachments(&laid, end, &mut out);
    imprint::imprint(&laid, &mut out);
    folio::folios(&laid, &mut out);
    out.rows()
}
