//! 文字版面: pages as text on the grid of cells, two columns a hanzi; red stays red, rules are
//! drawn as lines, an empty line on paper is one here.

use super::cells::{char_width, width};
use super::rows::{Row, Table};
use crate::measure::lines::{Line, lines};
use crate::page::{Area, CHAR, PITCH};
use crate::report;
use crate::typeset::facts::{Facts, Glyph, Page, Rule, Turn};

/// Texts whose middles are closer than this share a row, in mm.
const NEAR: f64 = 2.0;
/// Rules closer than this are one, in mm.
const TWIN: f64 = 1.5;
/// Text larger than this, in pt, is a watermark.
const LARGEST: f64 = 90.0;
/// What stands for a picture or a seal.
const PICTURE: &str = "［图］";

/// How pages are written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether red is shown.
    pub colour: bool,
    /// The columns there are; lines that are longer go on in the next.
    pub columns: Option<usize>,
}

/// Pages one below the other, each under a line with its number; `wanted` are pages from 0.
pub fn pages(facts: &Facts, wanted: &[usize], style: Style) -> String {
    let all = lines(facts);
    let mut text = String::new();
    for page in wanted {
        let Some(it) = facts.pages.get(*page) else { continue };
        let head = format!("第 {} 页，共 {} 页", page + 1, facts.pages.len());
        text += &ruled(&head, style.columns.map_or(60, |it| it.min(60)));
        text.push('\n');
        let own = |line: &&Line| line.page == *page && line.size < LARGEST;
        let lines: Vec<&Line> = all.iter().filter(own).collect();
        on_page(it, &lines).iter().for_each(|row| row.write(&mut text, style));
    }
    text
}

/// A text in a broken line.
fn ruled(text: &str, columns: usize) -> String {
    let sides = columns.saturating_sub(width(text) + 2);
    let (left, right) = (sides / 2, sides - sides / 2);
    format!("{} {text} {}", "┄".repeat(left), "┄".repeat(right))
}

/// What comes after what on a page, each with its middle in mm.
enum Item<'a> {
    Text(f64, Vec<&'a Line>),
    Rules(f64, Vec<&'a Rule>),
    Pictures(f64, Vec<f64>),
}

impl Item<'_> {
    fn y(&self) -> f64 {
        match self {
            Self::Text(y, _) | Self::Rules(y, _) | Self::Pictures(y, _) => *y,
        }
    }

    /// Half of its height, in mm.
    fn half(&self) -> f64 {
        match self {
            Self::Text(_, lines) => {
                let size = lines.iter().map(|line| line.bottom() - line.top());
                size.fold(PITCH, f64::max) / 2.0
            }
            Self::Rules(..) => 0.0,
            Self::Pictures(..) => PITCH / 2.0,
        }
    }
}

fn on_page(page: &Page, lines: &[&Line]) -> Vec<Row> {
    let Area { left, top, .. } = page.type_area();
    let upright: Vec<&Line> =
        lines.iter().copied().filter(|it| it.turn == Turn::Upright).collect();
    let tables = Table::all(&page.rules, &upright);
    let mut rows = Vec::new();
    let mut end = top;
    for item in items(page, &upright) {
        let table = tables.iter().find(|table| table.holds(item.y()));
        let gap = item.y() - item.half() - end;
        if table.is_none_or(|table| !table.holds(end)) {
            let empty = (gap / PITCH + 0.25).round().max(0.0) as usize;
            rows.extend((0..empty).map(|_| Row::default()));
        }
        end = item.y() + item.half();
        rows.push(row(&item, page, left, table));
    }
    // A lying page bears its number along the edge.
    let turned: String =
        lines.iter().filter(|it| it.turn != Turn::Upright).map(|it| &*it.text).collect();
    if !turned.is_empty() {
        rows.push(Row::default());
        rows.push(Row::of(0, &report::printable(&turned)));
    }
    rows
}

fn items<'a>(page: &'a Page, lines: &[&'a Line]) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    for line in lines {
        let y = line.middle();
        let beside = items.iter_mut().find_map(|item| match item {
            Item::Text(other, lines) if (*other - y).abs() < NEAR => Some(lines),
            _ => None,
        });
        match beside {
            Some(lines) => lines.push(line),
            None => items.push(Item::Text(y, vec![line])),
        }
    }
    for rule in page.rules.iter().filter(|rule| level(rule)) {
        let twin = items.iter_mut().find_map(|item| match item {
            Item::Rules(y, rules) if (*y - rule.from.1).abs() < TWIN => Some(rules),
            _ => None,
        });
        match twin {
            Some(rules) => rules.push(rule),
            None => items.push(Item::Rules(rule.from.1, vec![rule])),
        }
    }
    for image in &page.images {
        let middle = (image.at.0 + image.size.0 / 2.0, image.at.1 + image.size.1 / 2.0);
        let beside = items.iter_mut().find_map(|item| match item {
            Item::Pictures(y, all) if (*y - middle.1).abs() < PITCH / 2.0 => Some(all),
            _ => None,
        });
        match beside {
            Some(all) => all.push(middle.0),
            None => items.push(Item::Pictures(middle.1, vec![middle.0])),
        }
    }
    items.sort_by(|a, b| a.y().total_cmp(&b.y()));
    items
}

/// Whether a rule is horizontal and no mere stroke of a drawing.
fn level(rule: &Rule) -> bool {
    (rule.from.1 - rule.to.1).abs() < 0.1 && (rule.from.0 - rule.to.0).abs() > CHAR
}

fn row(item: &Item, page: &Page, left: f64, table: Option<&Table>) -> Row {
    let scale = table.map_or(1.0, |table| table.scale);
    let column = |x: f64| (x - left) * scale / (CHAR / 2.0);
    let mut row = Row::default();
    match item {
        Item::Rules(y, rules) => row.rules(rules, &page.rules, *y, column),
        Item::Text(y, lines) => {
            row.uprights(&page.rules, *y, column);
            lines.iter().for_each(|line| put(&mut row, line, column));
        }
        Item::Pictures(_, all) => {
            for x in all {
                let mut at = column(*x).round().max(3.0) as usize - 3;
                PICTURE.chars().for_each(|c| at = row.put(at, c, false));
            }
        }
    }
    row
}

/// Hanzi with less than this between them, in their own width, belong together,
const TOUCH: f64 = 0.3;
/// and letters and digits with less than this: a space is wider.
const TOUCH_NARROW: f64 = 0.2;

/// Puts a line's characters where they are, those that touch on paper side by side.
fn put(row: &mut Row, line: &Line, column: impl Fn(f64) -> f64) {
    let mut end = 0;
    let mut narrow = false;
    for run in runs(&line.glyphs) {
        let text: String = run.iter().map(|it| report::printable(&it.text)).collect();
        let from = begin(run, width(&text), &column);
        // Words and names stay apart where they are wider here than on paper.
        let alike = narrow == is_narrow(text.chars().next());
        let mut at = if end > 0 && alike { from.max(end + 1) } else { from };
        for c in text.chars() {
            at = row.put(at, c, line.red);
        }
        (end, narrow) = (at, is_narrow(text.chars().last()));
    }
}

fn is_narrow(c: Option<char>) -> bool {
    c.is_some_and(|c| char_width(c) == 1)
}

/// The column a run begins in: text of the grid's own size by its left end, other text so that
/// its middle is where it is on paper.
fn begin(run: &[Glyph], wide: usize, column: impl Fn(f64) -> f64) -> usize {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return 0 };
    let cell = column(CHAR) - column(0.0);
    let own = run.iter().map(|it| it.em).fold(0.0, f64::max);
    let from = if (own - CHAR).abs() < 0.1 && (cell - 2.0).abs() < 0.01 {
        column(first.x)
    } else {
        column((first.x + last.x + last.advance.min(last.em)) / 2.0) - wide as f64 / 2.0
    };
    (from + 0.01).round().max(0.0) as usize
}

/// A line's glyphs in runs that touch.
fn runs(glyphs: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    glyphs.chunk_by(|a, b| {
        let narrow = is_narrow(a.text.chars().last()) || is_narrow(b.text.chars().next());
        let touch = if narrow { TOUCH_NARROW } else { TOUCH };
        b.x - (a.x + a.advance.min(a.em)) < touch * a.em.max(b.em)
    })
}
