//! Lines of text, put together from runs with one baseline.

use hongtou::typeset::facts::{Facts, Glyph};

use super::{P, PT, W};

/// A line of text.
#[derive(Debug, Clone)]
pub struct Line {
    /// Page, from 0.
    pub page: usize,
    /// Its characters from left to right.
    pub text: String,
    /// Baseline in mm.
    pub baseline: f64,
    /// Its largest size in pt.
    pub size: f64,
    /// The family of its first character.
    pub family: String,
    /// Whether all of it is red.
    pub red: bool,
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
        let em = self.size * PT;
        self.glyphs.last().map_or(0.0, |glyph| glyph.x + glyph.advance.min(em))
    }

    /// Top of the character box.
    pub fn top(&self) -> f64 {
        self.baseline - 0.88 * self.size * PT
    }

    /// Bottom of the character box.
    pub fn bottom(&self) -> f64 {
        self.baseline + 0.12 * self.size * PT
    }

    /// Top and bottom of its ink.
    pub fn ink(&self) -> (f64, f64) {
        let inks = self.glyphs.iter().filter_map(|glyph| glyph.ink);
        inks.fold((f64::MAX, f64::MIN), |(top, bottom), ink| {
            (top.min(ink[1]), bottom.max(ink[3]))
        })
    }

    /// The line of the grid it stands on, 0 to 21, and how far it is off.
    pub fn row(&self) -> (f64, f64) {
        // The glyph is centred in its cell, so sizes other than 3号 are too.
        let first = 37.0 + W / 2.0;
        let rows = (self.top() + self.size * PT / 2.0 - first) / P;
        (rows.round(), (rows - rows.round()) * P)
    }
}

/// All lines, page by page from top to bottom. Runs far apart on one baseline are one line.
pub fn lines(facts: &Facts) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (number, page) in facts.pages.iter().enumerate() {
        let first = lines.len();
        for text in &page.texts {
            let known = lines[first..].iter().position(|line| {
                (line.baseline - text.baseline).abs() < 0.02 && line.red == text.red
            });
            let at = known.map(|at| first + at).unwrap_or_else(|| {
                lines.push(Line {
                    page: number,
                    text: String::new(),
                    baseline: text.baseline,
                    size: 0.0,
                    family: String::new(),
                    red: text.red,
                    glyphs: Vec::new(),
                    families: Vec::new(),
                });
                lines.len() - 1
            });
            let line = &mut lines[at];
            let visible =
                text.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
            for glyph in visible {
                line.glyphs.push(glyph.clone());
                line.families.push(text.family.clone());
                line.size = line.size.max(text.size);
            }
        }
        lines[first..].sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    }
    for line in &mut lines {
        let mut order: Vec<usize> = (0..line.glyphs.len()).collect();
        order.sort_by(|a, b| line.glyphs[*a].x.total_cmp(&line.glyphs[*b].x));
        line.families = order.iter().map(|at| line.families[*at].clone()).collect();
        line.glyphs = order.iter().map(|at| line.glyphs[*at].clone()).collect();
        line.text = line.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        line.family = line.families.first().cloned().unwrap_or_default();
    }
    lines.retain(|line| !line.glyphs.is_empty());
    lines
}

/// A text without white space, as lines hold it.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
