//! What stands in the columns of a table, and the width it asks for.

use std::ops::Range;

use super::super::glue::wholes;
use super::super::soft::words;
use super::fold::Folds;
use super::share::{NAME, SHORT as TURNS, lines_of};
use super::{Ask, Type, covered};
use crate::characters::{closes, is_wide, opens};
use crate::notice::numeral::typed_level;
use crate::notice::table::Table;

/// Lengths that are nearer to each other are one, in em.
const NEAR: f64 = 0.25;
/// No more lengths than this are told apart.
const DISTINCT: f64 = 64.0;
/// Text up to this length stays on one line where there is room, in em.
const SHORT: f64 = 4.0;
/// A head is set in as many lines as it takes in columns of this width, in em.
const FOLDED: f64 = 5.0;
/// Dates, numbers with their units and 发文字号 up to this length are not broken, in em; of a
/// longer one its parts.
const UNIT: f64 = 8.0;
/// Texts of so many characters are hard to read one below the other.
pub const SEVERAL: f64 = 4.0;
/// Longer texts are no names, in em.
const PROSE: f64 = 24.0;
/// The same for the sake of a data file's widths.
const SHORT_IN_FILE: f64 = 5.0;
/// Numbers up to this length are not broken, in em: twenty digits.
const LONGEST: f64 = 10.5;
/// Other words beyond this may be broken, in em.
const WORD: f64 = 8.0;
/// What is left of long figures where a row would not fit on a page.
const LOOSE: f64 = 3.0;

/// What a column asks for, in em.
pub struct Need {
    /// The longest word that is not to be broken.
    pub word: f64,
    /// It.
    pub longest: String,
    /// The longest of what is read as one: a date, a 发文字号.
    unit: f64,
    /// The longest figure, or range of two: 8:30—12:00.
    range: f64,
    /// The longest line.
    line: f64,
    /// How long its lines are, and how many of them, the shortest first.
    pub lengths: Vec<(f64, u32)>,
    /// Cells in which the author set several lines.
    lists: Vec<List>,
    /// How long the lines of its head are.
    pub heads: Vec<f64>,
    /// The longest of them.
    head: f64,
    /// What the head takes where it is set in a few lines.
    folded: f64,
}

/// A cell of several lines of the author's.
#[derive(Clone)]
struct List {
    /// How long they are, in em.
    lines: Vec<f64>,
    /// Whether they are items: 一、 or 1.
    items: bool,
}

/// What all columns ask for, and what cells over several of them do.
pub struct Needs {
    /// Of each column.
    pub columns: Vec<Need>,
    /// Of cells over these columns together, those over the fewest first.
    spans: Vec<(Range<usize>, Need)>,
}

impl Needs {
    /// What each column must have, in pt: what it asks for itself, and its part of what cells
    /// over several columns ask for beyond that.
    pub fn least(&self, of: Type, ask: impl Fn(&Need) -> f64) -> Vec<f64> {
        let asked = |need: &Need| ask(need) * of.size + of.padding;
        let mut widths: Vec<f64> = self.columns.iter().map(asked).collect();
        for (columns, need) in &self.spans {
            let over = &mut widths[columns.clone()];
            let lack = asked(need) - over.iter().sum::<f64>();
            let part = lack.max(0.0) / over.len() as f64;
            over.iter_mut().for_each(|width| *width += part);
        }
        widths
    }

    /// Whether columns of these widths, in pt, have what is asked for.
    pub fn met(&self, widths: &[f64], of: Type, ask: Ask) -> bool {
        let asked = |need: &Need| ask(need) * of.size + of.padding;
        let own = self.columns.iter().zip(widths).all(|it| asked(it.0) <= *it.1);
        let sum = |columns: &Range<usize>| widths[columns.clone()].iter().sum::<f64>();
        own && self.spans.iter().all(|it| asked(&it.1) <= sum(&it.0))
    }

    /// How many short texts are not on one line in columns of these widths, in pt, with those
    /// of a head on so many pages, which count half.
    pub fn turned(&self, widths: &[f64], of: Type, pages: f64) -> f64 {
        let turned = |(need, width): (&Need, &f64)| {
            let (cells, heads) = need.turned(TURNS, of.room(*width));
            f64::from(cells) + f64::from(heads) * pages / 2.0
        };
        self.columns.iter().zip(widths).map(turned).sum()
    }

    /// How many names take more than two lines in columns of these widths, in pt.
    pub fn crowded(&self, widths: &[f64], of: Type) -> u32 {
        let crowded = |(need, width): (&Need, &f64)| {
            let room = 2.0 * of.room(*width);
            let names = need.lengths.iter().filter(|it| it.0 <= NAME && it.0 > room);
            names.map(|it| it.1).sum::<u32>()
        };
        self.columns.iter().zip(widths).map(crowded).sum()
    }

    /// Whether all cells of single columns are on one line in columns of these widths, in pt.
    pub fn single(&self, widths: &[f64], of: Type) -> bool {
        let fits = |(need, width): (&Need, &f64)| need.line <= of.room(*width);
        self.spans.is_empty() && self.columns.iter().zip(widths).all(fits)
    }

    /// The same with long figures broken.
    pub fn loosened(&self) -> Self {
        let span =
            |(columns, need): &(Range<usize>, Need)| (columns.clone(), need.loosened());
        Self {
            columns: self.columns.iter().map(Need::loosened).collect(),
            spans: self.spans.iter().map(span).collect(),
        }
    }
}

impl Need {
    /// Nothing but a character.
    fn none() -> Self {
        Self {
            word: 1.0,
            longest: String::new(),
            unit: 1.0,
            range: 1.0,
            line: 1.0,
            lengths: Vec::new(),
            lists: Vec::new(),
            heads: Vec::new(),
            head: 1.0,
            folded: 1.0,
        }
    }

    /// Short texts and ranges on one line, of longer ones a few characters; a head in a few
    /// lines.
    pub fn easy(&self) -> f64 {
        let own = if self.line <= SHORT { self.line } else { SHORT - 1.0 };
        self.whole().max(self.range).max(own).max(self.folded.min(SHORT))
    }

    /// No word broken, nor what is read as one.
    pub fn whole(&self) -> f64 {
        self.word.max(self.unit)
    }

    /// All texts of its cells up to a length on one line, in em.
    pub fn tidy(&self, length: f64) -> f64 {
        let short = self.lengths.iter().map(|it| it.0).filter(|it| *it <= length);
        short.fold(self.easy().max(self.folded), f64::max)
    }

    /// The same, and those of its head.
    pub fn tidy_with_head(&self, length: f64) -> f64 {
        let short = self.heads.iter().copied().filter(|it| *it <= length);
        short.fold(self.tidy(length), f64::max)
    }

    /// How many cells and heads of up to a length are not on one line in a room of this width,
    /// in em; a head that no line end inside a word would do for counts twice.
    fn turned(&self, length: f64, room: f64) -> (u32, u32) {
        let turned = self.lengths.iter().filter(|it| it.0 <= length && it.0 > room);
        let heads = self.heads.iter().filter(|it| **it <= length && **it > room).count();
        let bad = u32::from(self.folded > room);
        (turned.map(|it| it.1).sum(), heads as u32 + bad)
    }

    /// Whether it has long texts.
    pub fn is_prose(&self) -> bool {
        self.line > PROSE
    }

    /// No word broken, and texts of several characters no column of single ones.
    pub fn legible(&self) -> f64 {
        if self.line >= SEVERAL { self.whole().max(2.0) } else { self.whole() }
    }

    /// Short texts, of the head as well, on one line: a file's widths were set for them.
    pub fn in_file(&self) -> f64 {
        self.whole().max(self.line.max(self.head).min(SHORT_IN_FILE))
    }

    /// What its texts take of a room, in em, where none is to be broken that was not.
    pub fn least(&self, room: f64) -> f64 {
        let texts = self.lengths.iter().map(|it| it.0).chain(self.heads.iter().copied());
        let broken = if self.line > room { room } else { self.easy().min(room) };
        texts.filter(|it| *it <= room).fold(broken, f64::max)
    }

    /// Whether it has cells of more than two lines that are read from the left, in a room of
    /// this width, in em: a few short lines of an author's are none.
    pub fn is_read(&self, room: f64) -> bool {
        let read = |list: &List| {
            let lines: f64 = list.lines.iter().map(|it| lines_of(*it, room)).sum();
            lines > 2.0 && (list.items || list.lines.iter().any(|it| *it > room))
        };
        lines_of(self.line, room) > 2.0 || self.lists.iter().any(read)
    }

    /// The longest line of its cells, in em.
    pub fn line(&self) -> f64 {
        self.line
    }

    /// The same with long figures broken.
    fn loosened(&self) -> Self {
        let (word, unit) = (self.word.min(LOOSE), self.unit.min(LOOSE));
        let (range, longest) = (self.range.min(LOOSE), self.longest.clone());
        let (lengths, heads) = (self.lengths.clone(), self.heads.clone());
        let lists = self.lists.clone();
        Self { word, unit, range, longest, lengths, lists, heads, ..*self }
    }

    /// Puts lengths together that are much the same.
    fn count(&mut self) {
        self.lengths.sort_by(|a, b| a.0.total_cmp(&b.0));
        let longest = self.lengths.last().map_or(0.0, |it| it.0);
        let near = NEAR.max(longest / DISTINCT);
        self.lengths.dedup_by(|next, one| {
            let near = (next.0 / near).ceil() <= (one.0 / near).ceil();
            if near {
                *one = (next.0, one.1 + 1);
            }
            near
        });
    }

    /// With one more cell, of the head or of a row.
    fn take(&mut self, cell: &str, head: bool, folds: &Folds) {
        if !head && cell.contains('\n') {
            let lines = cell.lines().map(wide).collect();
            let items = cell.lines().filter(|it| typed_level(it) > 0).nth(1).is_some();
            self.lists.push(List { lines, items });
        }
        for line in cell.lines() {
            let length = if head { wide_in_head(line) } else { wide(line) };
            if head {
                self.head = self.head.max(length);
                self.heads.push(length);
                let least = if length < SHORT {
                    length
                } else {
                    folds.narrowest(line).min(FOLDED)
                };
                self.folded = self.folded.max(least);
            } else {
                self.line = self.line.max(length);
                self.lengths.push((length, 1));
            }
            if length > self.unit {
                self.unit = units(line).fold(self.unit, f64::max);
            }
            let ranges = line.split(|c: char| c.is_whitespace() || is_wide(c));
            for range in ranges.filter(|it| is_figure(it)) {
                self.range = self.range.max(wide(range).min(LONGEST));
            }
            for word in bound(line) {
                let bare = word.trim_end_matches('—');
                let most = if is_figure(bare) { LONGEST } else { WORD };
                let own = if head { wide_in_head(word) } else { wide(word) };
                let own = (own - halves(word)).min(most);
                if own > self.word {
                    (self.word, self.longest) = (own, bare.to_owned());
                }
            }
        }
    }
}

/// The parts of a line that are not broken: words, with the marks that may not stand apart from
/// them.
pub fn bound(line: &str) -> impl Iterator<Item = &str> {
    let mut words = words(line).peekable();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at += words.next()?.len();
        while let Some(next) = words
            .next_if(|next| line[start..at].ends_with(opens) || next.starts_with(closes))
        {
            at += next.len();
        }
        Some(&line[start..at])
    })
}

/// How wide what is read as one is in a line, in em, as far as it is not to be broken.
fn units(line: &str) -> impl Iterator<Item = f64> {
    let units = wholes(line, |it| wide(it) - halves(it) <= UNIT);
    let chars: Vec<char> = if units.is_empty() { vec![] } else { line.chars().collect() };
    units.into_iter().map(move |it| {
        let unit = String::from_iter(&chars[it]);
        wide(&unit) - halves(&unit)
    })
}

/// What marks at the ends of a line take less than in it, in em.
pub fn halves(word: &str) -> f64 {
    let ends = [word.starts_with(opens), word.ends_with(closes)];
    ends.into_iter().filter(|it| *it).count() as f64 / 2.0
}

/// Whether a word is a number, or a code of digits and letters: none is read in parts.
fn is_figure(word: &str) -> bool {
    let letters = word.chars().any(char::is_alphabetic);
    let code = word.chars().all(|c| c.is_ascii_alphanumeric());
    !letters || (code && word.contains(|c: char| c.is_ascii_digit()))
}

/// What the columns of a table ask for.
pub fn needs(table: &Table) -> Needs {
    let folds = Folds::default();
    let parts =
        [(&table.head, &table.head_merges, true), (&table.rows, &table.merges, false)];
    let mut columns: Vec<Need> = (0..table.columns()).map(|_| Need::none()).collect();
    let mut spans = Vec::new();
    for (rows, merges, head) in parts {
        let covered = covered(merges);
        for (y, row) in rows.iter().enumerate() {
            for (x, cell) in row.iter().enumerate() {
                // Most tables have no merged cells at all.
                if covered.is_empty() || !covered.contains(&(y, x)) {
                    columns[x].take(cell, head, &folds);
                }
            }
        }
        for merge in merges {
            let cell = &rows[merge.row][merge.column];
            if merge.columns == 1 {
                columns[merge.column].take(cell, head, &folds);
            } else {
                let mut need = Need::none();
                need.take(cell, head, &folds);
                spans.push((merge.column..merge.column + merge.columns, need));
            }
        }
    }
    columns.iter_mut().for_each(Need::count);
    spans.sort_by_key(|it| it.0.len());
    Needs { columns, spans }
}

/// How wide a text is, in em.
pub fn wide(text: &str) -> f64 {
    text.chars().map(em).sum()
}

/// The same in the face of a head, whose digits and letters are wider.
pub fn wide_in_head(text: &str) -> f64 {
    text.chars().map(em).map(|em| if em < 1.0 { em * 1.15 } else { em }).sum()
}

/// How wide a character is in the faces of a table, in em: of the Latin ones the widest of
/// their kind.
fn em(c: char) -> f64 {
    match c {
        '.' => 0.25,
        ' ' => 0.34,
        ',' | ':' | ';' | '\'' | '|' | 'i' | 'j' | 'l' | 't' => 0.28,
        '-' | '(' | ')' | '[' | ']' | '!' | 'f' | 'r' | 's' | 'I' => 0.39,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '&' => 0.95,
        'A'..='Z' => 0.73,
        '+' | '<' | '=' | '>' | '~' => 0.8,
        '\0'..='\x7f' => 0.5,
        _ => 1.0,
    }
}
