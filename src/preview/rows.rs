//! Rows of cells: characters put where there is room, and the lines of tables.

use std::collections::BTreeMap;

use super::cells::char_width;
use super::text::Style;
use crate::characters::combines;
use crate::measure::lines::Line;
use crate::page::CHAR;
use crate::typeset::facts::Rule;

const RED: &str = "\u{1b}[31m";
const PLAIN: &str = "\u{1b}[0m";
/// A table is this much wider than its text, so that its lines have room.
const ROOM: f64 = 1.1;
/// Ends of rules that are closer than this meet, in mm.
const MEET: f64 = 0.5;

/// A table on a page: from where to where down the page, and how much wider it is drawn, so
/// that its small text has room.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    from: f64,
    to: f64,
    /// Of the width on paper.
    pub scale: f64,
}

impl Table {
    /// Wherever vertical rules follow each other there is a table.
    pub fn all(rules: &[Rule], lines: &[&Line]) -> Vec<Self> {
        let mut spans: Vec<(f64, f64)> =
            rules.iter().filter(|it| upright(it)).map(span).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut tables: Vec<Self> = Vec::new();
        for (from, to) in spans {
            match tables.last_mut().filter(|table| from <= table.to + MEET) {
                Some(table) => table.to = table.to.max(to),
                None => tables.push(Self { from, to, scale: 1.0 }),
            }
        }
        for table in &mut tables {
            let inside = lines.iter().filter(|line| table.holds(line.middle()));
            let smallest = inside.flat_map(|it| &it.glyphs).map(|it| it.em);
            let smallest = smallest.fold(CHAR, f64::min).max(1.0);
            table.scale = CHAR / smallest * ROOM;
        }
        tables
    }

    /// Whether something so far down the page is in the table.
    pub fn holds(&self, y: f64) -> bool {
        (self.from - MEET..=self.to + MEET).contains(&y)
    }
}

fn upright(rule: &Rule) -> bool {
    (rule.from.0 - rule.to.0).abs() < 0.1 && (rule.from.1 - rule.to.1).abs() > 2.0
}

/// From where to where down the page.
fn span(rule: &Rule) -> (f64, f64) {
    (rule.from.1.min(rule.to.1), rule.from.1.max(rule.to.1))
}

/// One row of cells.
#[derive(Default)]
pub struct Row {
    /// What begins in each column, and whether it is red.
    cells: BTreeMap<usize, (char, bool)>,
    /// Marks on them: the accent of é where it is a character of its own.
    marks: BTreeMap<usize, String>,
    /// Whether it is a line, of which a part is enough.
    drawn: bool,
}

impl Row {
    /// A row with a text from a column on.
    pub fn of(column: usize, text: &str) -> Self {
        let mut row = Self::default();
        let mut at = column;
        text.chars().for_each(|c| at = row.put(at, c, false));
        row
    }

    /// Puts a character where it belongs, or as near behind as there is room; the column
    /// behind it.
    pub fn put(&mut self, column: usize, c: char, red: bool) -> usize {
        let wide = char_width(c);
        if wide == 0 {
            // A mark stands on the character before it.
            if let (true, Some((at, _))) =
                (combines(c), self.cells.range(..column).next_back())
            {
                self.marks.entry(*at).or_default().push(c);
            }
            return column;
        }
        let mut column = column;
        while !self.free(column, wide) {
            column += 1;
        }
        self.cells.insert(column, (c, red));
        column + wide
    }

    fn free(&self, column: usize, wide: usize) -> bool {
        let near = self.cells.range(column.saturating_sub(1)..column + wide);
        near.into_iter().all(|(at, (c, _))| at + char_width(*c) <= column)
    }

    /// Draws the vertical rules that pass.
    pub fn uprights(&mut self, rules: &[Rule], y: f64, column: impl Fn(f64) -> f64) {
        for rule in rules.iter().filter(|rule| upright(rule)) {
            let (from, to) = span(rule);
            if from < y && y < to {
                let at = column(rule.from.0).round().max(0.0) as usize;
                self.cells.insert(at, ('│', rule.red));
            }
        }
    }

    /// Draws horizontal rules, and how the vertical ones meet them.
    pub fn rules(
        &mut self,
        level: &[&Rule],
        all: &[Rule],
        y: f64,
        column: impl Fn(f64) -> f64,
    ) {
        self.drawn = true;
        let at = |x: f64| column(x).round().max(0.0) as usize;
        let mut sides: BTreeMap<usize, u8> = BTreeMap::new();
        for rule in all.iter().filter(|rule| upright(rule)) {
            let (from, to) = span(rule);
            let ends = (u8::from(from < y - MEET && y <= to + MEET) * UP)
                | (u8::from(y + MEET < to && from - MEET <= y) * DOWN);
            if ends > 0 {
                *sides.entry(at(rule.from.0)).or_default() |= ends;
            }
        }
        // A rule ends at the middle of the one it meets, or at its far side.
        let met: Vec<usize> = sides.keys().copied().collect();
        let end = |x: f64| {
            let own = at(x);
            met.iter().copied().find(|it| it.abs_diff(own) <= 1).unwrap_or(own)
        };
        let mut red = false;
        for rule in level {
            red |= rule.red;
            let (from, to) =
                (end(rule.from.0.min(rule.to.0)), end(rule.from.0.max(rule.to.0)));
            for column in from..=to {
                let ends =
                    (u8::from(column > from) * LEFT) | (u8::from(column < to) * RIGHT);
                *sides.entry(column).or_default() |= ends;
            }
        }
        self.cells.extend(sides.into_iter().map(|(at, it)| (at, (joint(it, red), red))));
    }

    /// Writes the row, in several lines where it is too long.
    pub fn write(&self, out: &mut String, style: Style) {
        let (mut column, mut start, mut red) = (0, 0, false);
        for (at, (c, is_red)) in &self.cells {
            let end = at + char_width(*c) - start;
            if style.columns.is_some_and(|columns| end > columns) {
                if self.drawn {
                    break;
                }
                out.push('\n');
                (start, column) = (*at, *at);
            }
            if style.colour && red != *is_red {
                *out += if *is_red { RED } else { PLAIN };
                red = *is_red;
            }
            *out += &" ".repeat(at - column);
            out.push(*c);
            *out += self.marks.get(at).map_or("", String::as_str);
            column = at + char_width(*c);
        }
        *out += if red { PLAIN } else { "" };
        out.push('\n');
    }
}

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// The character whose arms point to these sides; a red rule is a thick one.
fn joint(sides: u8, red: bool) -> char {
    const CHARS: [char; 16] =
        [' ', '│', '│', '│', '─', '┘', '┐', '┤', '─', '└', '┌', '├', '─', '┴', '┬', '┼'];
    match CHARS[usize::from(sides & 15)] {
        '─' if red => '━',
        c => c,
    }
}
