//! Where a short text of a cell is broken: between words, before brackets and behind years, so
//! that no line holds a single character.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::super::glue::wholes;
use super::need::{bound, halves, wide, wide_in_head};
use crate::characters::is_wide_letter;
use crate::title::{Segmenter, is_word};

/// Longer texts are read, not looked at, in em.
const LONG: f64 = 30.0;
/// More lines than this are those of a column too narrow to choose from.
const LINES: usize = 6;
/// Heads from this length on may take three lines, in em.
const LONG_HEAD: f64 = 7.0;

/// What a break costs between two words, where one is a single character, and inside a word.
const BETWEEN: f64 = 1.0;
const BESIDE_SINGLE: f64 = 1.5;
const IN_WORD: f64 = 4.0;
/// What it costs inside a bracket beside that, and before a word that leans on another.
const IN_BRACKET: f64 = 4.0;
const LEANING: f64 = 1.0;
/// What a line of a single character costs.
const ALONE: f64 = 8.0;
/// Words that begin no line if they need not.
const LEAN: &str = "的和与及或等数率";
/// Marks that begin no line, beside those that close something.
const HELD: &str = "%‰℃—…～·/";

/// A place where a line may end, and what that costs.
struct Place {
    at: usize,
    cost: f64,
}

/// Where words end, and whether each or the next is a single character.
type Ends = [(usize, bool)];

/// Breaks the texts of a table.
#[derive(Default)]
pub struct Folds {
    /// Of each run of hanzi that was looked at.
    runs: RefCell<HashMap<String, Rc<Ends>>>,
    /// Made for the first text that is folded.
    segmenter: RefCell<Option<Segmenter>>,
}

impl Folds {
    /// The lines of a text in a room, in em; nothing where it is too long to choose, or a word
    /// is.
    pub fn lines<'a>(
        &self,
        text: &'a str,
        room: f64,
        head: bool,
    ) -> Option<Vec<&'a str>> {
        if wide(text) > LONG || text.contains('。') {
            return None;
        }
        let fold = Fold { text, places: self.places(text, room), head };
        let (_, ends) = (2..=LINES).find_map(|count| fold.cheapest(count, room))?;
        let starts = std::iter::once(0).chain(ends.iter().copied());
        Some(starts.zip(&ends).map(|(start, end)| text[start..*end].trim()).collect())
    }

    /// How wide a column must be at least for a head to take two lines, or three if it is long,
    /// none of which ends inside a word; in em.
    pub fn narrowest(&self, text: &str) -> f64 {
        let length = wide_in_head(text);
        let most = if length < LONG_HEAD { 2 } else { 3 };
        let mut fold = Fold { text, places: self.places(text, length), head: true };
        fold.places.retain(|it| it.cost < IN_WORD);
        let fits = |room: f64| {
            let found = |count| fold.cheapest(count, room);
            (2..=most).filter_map(found).any(|it| it.0 < ALONE)
        };
        let rooms = (4..).map(|halves| f64::from(halves) / 2.0);
        rooms.take_while(|room| *room < length).find(|room| fits(*room)).unwrap_or(length)
    }

    /// Where lines may end, the end of the text last.
    fn places(&self, text: &str, room: f64) -> Vec<Place> {
        let starts: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let wholes = wholes(text, |it| wide(it) - halves(it) <= room);
        let may_end = |at: &usize| {
            let inside =
                |it: &Range<usize>| starts[it.start] < *at && *at < starts[it.end];
            !wholes.iter().any(inside) && !text[*at..].starts_with(|c| HELD.contains(c))
        };
        let words = self.words(text);
        let ends = bound(text).scan(0, |at, part| {
            *at += part.len();
            Some(*at)
        });
        let place = |at| {
            let of_word = words.iter().find(|it| it.0 == at).map(|it| it.1);
            let (before, after) = text.split_at(at);
            let cost = if after.is_empty() { 0.0 } else { cost(before, after, of_word) };
            Place { at, cost }
        };
        ends.filter(may_end).map(place).collect()
    }

    /// Where words end, and whether each or the next is a single character.
    fn words(&self, text: &str) -> Vec<(usize, bool)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let other = |it: char| is_wide_letter(it) != is_wide_letter(c);
            let length = text[at..].find(other).unwrap_or(text.len() - at);
            let run = &text[at..at + length];
            if is_wide_letter(c) {
                found.extend(self.run(run).iter().map(|it| (at + it.0, it.1)));
            } else {
                found.extend(
                    run.char_indices().map(|(i, c)| (at + i + c.len_utf8(), true)),
                );
            }
            at += length;
        }
        found
    }

    /// The same of a run of hanzi.
    fn run(&self, run: &str) -> Rc<Ends> {
        if let Some(known) = self.runs.borrow().get(run) {
            return Rc::clone(known);
        }
        let words = self.segmenter.borrow_mut().get_or_insert_default().words(run);
        let single = |word: &&str| word.chars().nth(1).is_none();
        let mut at = 0;
        let next = words.iter().skip(1).map(single).chain([false]);
        let ends = words.iter().zip(next).map(|(word, next)| {
            at += word.len();
            (at, next || single(word))
        });
        let ends: Rc<Ends> = ends.collect();
        self.runs.borrow_mut().insert(run.to_owned(), Rc::clone(&ends));
        ends
    }
}

/// A text and where its lines may end, the end of the text last.
struct Fold<'a> {
    text: &'a str,
    places: Vec<Place>,
    head: bool,
}

/// What lines up to a place cost at least, and at which place the last of them begins.
type Way = (f64, Option<usize>);

impl Fold<'_> {
    /// The cheapest ends of so many lines in a room, and what they cost.
    fn cheapest(&self, count: usize, room: f64) -> Option<(f64, Vec<usize>)> {
        let mut all: Vec<Vec<Option<Way>>> = Vec::with_capacity(count);
        for _ in 0..count {
            let to = |at| self.way(at, room, all.last().map(Vec::as_slice));
            let ways = (0..self.places.len()).map(to).collect();
            all.push(ways);
        }
        let last = self.places.len().checked_sub(1)?;
        let (cost, _) = (*all.last()?)[last]?;
        let (mut at, mut ends) = (last, vec![self.places[last].at]);
        for ways in all.iter().rev() {
            if let Some((_, Some(before))) = ways[at] {
                at = before;
                ends.push(self.places[at].at);
            }
        }
        ends.reverse();
        Some((cost, ends))
    }

    /// The cheapest line that ends at a place, behind the lines `before` it, if there are any.
    fn way(&self, at: usize, room: f64, before: Option<&[Option<Way>]>) -> Option<Way> {
        let wide = if self.head { wide_in_head } else { wide };
        let mut best: Option<Way> = None;
        for from in (0..at).rev().map(Some).chain([None]) {
            let start = from.map_or(0, |from| self.places[from].at);
            let line = self.text[start..self.places[at].at].trim();
            let width = wide(line) - halves(line);
            if width > room {
                break;
            }
            let front = match (before, from) {
                (None, None) => Some(0.0),
                (Some(ways), Some(from)) => ways[from].map(|it| it.0),
                _ => None,
            };
            let Some(front) = front else { continue };
            let cost = front + self.places[at].cost + look(line, width, room);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, from));
            }
        }
        best
    }
}

/// What the look of a line costs: a single character, and what is left free.
fn look(line: &str, width: f64, room: f64) -> f64 {
    let alone = line.chars().filter(|c| c.is_alphanumeric()).nth(1).is_none();
    let spare = (room - width) / room;
    spare * spare / 2.0 + if alone { ALONE } else { 0.0 }
}

/// What a break costs between two parts of a text; `single` of the words there, if two meet.
fn cost(before: &str, after: &str, single: Option<bool>) -> f64 {
    let opened = before.matches('（').count() > before.matches('）').count();
    let bracket = if opened { IN_BRACKET } else { 0.0 };
    let digit = |c: char| c.is_ascii_digit();
    let year = before.strip_suffix('年').is_some_and(|it| it.ends_with(digit));
    let part = after.starts_with('（') && !is_mark(after.strip_prefix('（'));
    if !opened && (part || year || before.ends_with(['、', '，', '；', ' '])) {
        return 0.0;
    }
    if !opened && before.ends_with('）') && !is_mark(last_bracket(before)) {
        return BETWEEN / 2.0;
    }
    let lean = if after.starts_with(|c| LEAN.contains(c)) { LEANING } else { 0.0 };
    let parted = single != Some(false) && parts_a_word(before, after);
    let parted = if parted { IN_WORD } else { 0.0 };
    let word = match single {
        Some(true) => BESIDE_SINGLE,
        Some(false) => BETWEEN,
        None => IN_WORD,
    };
    bracket + lean + word + parted
}

/// Whether a bracket holds a single character, as that of 专（兼）职 does, which is a part of a
/// word.
fn is_mark(inside: Option<&str>) -> bool {
    inside.is_some_and(|it| it.chars().nth(1) == Some('）'))
}

/// What stands behind the last bracket that opens.
fn last_bracket(text: &str) -> Option<&str> {
    text.rfind('（').map(|at| &text[at + '（'.len_utf8()..])
}

/// Whether the characters on both sides of a place are a word together, or one that stands in a
/// bracket belongs to what follows it.
fn parts_a_word(before: &str, after: &str) -> bool {
    let (one, next) = (before.chars().next_back(), after.chars().next());
    let (Some(one), Some(next)) = (one, next) else { return false };
    let marked = one == '）' && is_mark(last_bracket(before));
    marked || is_word(&String::from_iter([one, next]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_before_brackets() {
        for (text, room, head, wanted) in [
            ("经费（万元）", 4.0, true, "经费/（万元）"),
            ("2025年决算数（万元）", 5.0, true, "2025年/决算数/（万元）"),
            ("职工教育培训（续建）", 8.0, false, "职工教育培训/（续建）"),
            ("带班领导", 3.0, true, "带班/领导"),
            ("综合业务一科", 5.0, false, "综合业务/一科"),
            ("专（兼）职安全员", 6.5, false, "专（兼）职/安全员"),
            ("持证电工、焊工", 5.0, false, "持证电工、/焊工"),
            (
                "2026年3月12日（星期四）上午9:00",
                7.0,
                false,
                "2026年3月12日/（星期四）/上午9:00",
            ),
        ] {
            let lines = Folds::default().lines(text, room, head).expect(text);
            assert_eq!(lines.join("/"), wanted);
        }
    }

    #[test]
    fn what_is_long_or_has_no_room_is_left_alone() {
        let folded =
            |text: &str, room| Folds::default().lines(text, room, false).is_none();
        assert!(folded(&"长".repeat(40), 10.0));
        assert!(folded("请落实。", 3.0));
        assert!(folded("20260508", 2.0));
        assert!(folded("", 2.0));
    }

    #[test]
    fn a_head_asks_for_its_words() {
        for (head, wanted) in
            [("责任单位", 2.0), ("经费（万元）", 3.0), ("2026年比2025年增长%", 4.5)]
        {
            assert_eq!(Folds::default().narrowest(head), wanted, "{head}");
        }
    }
}
