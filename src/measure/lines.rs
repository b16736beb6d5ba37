//! Lines of text, put together from runs with one baseline.

use super::PT;
use crate::characters::is_hanzi;
use crate::fonts::{self, Role};
use crate::typeset::facts::{Facts, Glyph, Page, Text, Turn};

/// A line of text, in mm.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Page, from 0.
    pub page: usize,
    /// Its characters from left to right.
    pub text: String,
    /// Baseline.
    pub baseline: f64,
    /// Its largest size in pt.
    pub size: f64,
    /// Whether it is red.
    pub red: bool,
    /// Whether it is black.
    pub black: bool,
    /// How it stands on the page.
    pub turn: Turn,
    /// Its glyphs from left to right, without spaces.
    pub glyphs: Vec<Glyph>,
    /// Each glyph's family.
    pub families: Vec<String>,
}

impl Line {
    /// Left edge of the first glyph's advance.
    pub fn left(&self) -> f64 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.x)
    }

    /// Right edge of the last character's box. Its advance also holds what justification
    /// added behind it.
    pub fn right(&self) -> f64 {
        self.glyphs.last().map_or(0.0, |glyph| glyph.x + glyph.advance.min(glyph.em))
    }

    /// Its width between the two.
    pub fn width(&self) -> f64 {
        self.right() - self.left()
    }

    /// Half way between left and right.
    pub fn centre(&self) -> f64 {
        (self.left() + self.right()) / 2.0
    }

    /// Top of the character box.
    pub fn top(&self) -> f64 {
        self.baseline - 0.88 * self.size * PT
    }

    /// Bottom of the character box.
    pub fn bottom(&self) -> f64 {
        self.baseline + 0.12 * self.size * PT
    }

    /// Half way between top and bottom.
    pub fn middle(&self) -> f64 {
        (self.top() + self.bottom()) / 2.0
    }

    /// Top and bottom of its ink.
    pub fn ink(&self) -> (f64, f64) {
        let inks = self.glyphs.iter().filter_map(|glyph| glyph.ink);
        inks.fold((f64::MAX, f64::MIN), |(top, bottom), ink| {
            (top.min(ink[1]), bottom.max(ink[3]))
        })
    }

    /// The part of it that reads `text`.
    pub fn part(&self, text: &str) -> Option<Self> {
        self.parts(text).next()
    }

    /// All its parts that read `text`.
    pub fn parts(&self, text: &str) -> impl Iterator<Item = Self> {
        let starts = self.text.match_indices(text).filter(|_| !text.is_empty());
        starts.map(|(start, text)| self.part_at(start, text))
    }

    fn part_at(&self, start: usize, text: &str) -> Self {
        let mut at = 0;
        let mut part = Self { glyphs: Vec::new(), families: Vec::new(), ..self.clone() };
        for (glyph, family) in self.glyphs.iter().zip(&self.families) {
            if (start..start + text.len()).contains(&at) {
                part.glyphs.push(glyph.clone());
                part.families.push(family.clone());
            }
            at += glyph.text.len();
        }
        part.text = text.to_owned();
        part
    }

    /// Its first `glyphs` glyphs and the rest.
    pub fn cut(&self, glyphs: usize) -> (Self, Self) {
        let (mut front, mut back) = (self.clone(), self.clone());
        front.glyphs.truncate(glyphs);
        front.families.truncate(glyphs);
        back.glyphs.drain(..glyphs.min(self.glyphs.len()));
        back.families.drain(..glyphs.min(self.families.len()));
        for part in [&mut front, &mut back] {
            part.text = part.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        }
        (front, back)
    }

    /// What it is not set in, if its hanzi are not all set in a role's faces.
    pub fn not_in(&self, role: &str) -> Option<&str> {
        let glyphs = self.glyphs.iter().zip(&self.families);
        let mut hanzi = glyphs.filter(|(glyph, _)| glyph.text.starts_with(is_hanzi));
        hanzi.find(|(_, family)| !serves(role, family)).map(|(_, family)| family.as_str())
    }
}

/// Whether a family is one of a role's, or one of those with rare characters.
fn serves(role: &str, family: &str) -> bool {
    let role: Option<&Role> = fonts::ROLES.iter().find(|it| it.name == role);
    let own = role.into_iter().flat_map(|role| role.real.iter().chain(role.own));
    own.chain(fonts::SELDOM).any(|name| name.eq_ignore_ascii_case(family))
}
/// A text without white space, as lines hold it.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// All lines, page by page from top to bottom. Runs far apart on one baseline are one line.
pub fn lines(facts: &Facts) -> Vec<Line> {
    let pages = facts.pages.iter().enumerate();
    pages.flat_map(|(number, page)| on_page(number, page)).collect()
}

fn on_page(number: usize, page: &Page) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for text in &page.texts {
        let together = |line: &&mut Line| {
            (line.baseline - text.baseline).abs() < 0.02
                && (line.red, line.turn) == (text.red, text.turn)
        };
        match lines.iter_mut().find(together) {
            Some(line) => add(line, text),
            None => {
                let mut line = Line {
                    page: number,
                    baseline: text.baseline,
                    red: text.red,
                    black: true,
                    turn: text.turn,
                    ..Line::default()
                };
                add(&mut line, text);
                lines.push(line);
            }
        }
    }
    lines.retain(|line| !line.glyphs.is_empty());
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    lines.iter_mut().for_each(in_order);
    lines
}

fn add(line: &mut Line, text: &Text) {
    for glyph in text.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()) {
        line.glyphs.push(glyph.clone());
        line.families.push(text.family.clone());
        line.size = line.size.max(text.size);
        line.black &= text.black;
    }
}

/// Puts a line's glyphs in their order from left to right.
fn in_order(line: &mut Line) {
    let glyphs = std::mem::take(&mut line.glyphs);
    let mut pairs: Vec<_> =
        glyphs.into_iter().zip(std::mem::take(&mut line.families)).collect();
    pairs.sort_by(|a, b| a.0.x.total_cmp(&b.0.x));
    (line.glyphs, line.families) = pairs.into_iter().unzip();
    line.text = line.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
}
