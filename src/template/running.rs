//! Running text: addresses and codes are whole wherever the line above bears it.

use super::glue::{GLUE, glued};
use super::soft::{MARK, soften, soften_codes, words};
use crate::characters::{closes, is_wide, opens};

/// How much of its width a line may be spread before a word is broken.
const BEARABLE: f64 = 0.27;

/// How far letters may be spread instead, in characters: less than the layout library does, for
/// what is wrong with the widths.
const LETTERS: f64 = 0.2;

/// How much farther than reckoned a line may reach, in characters: widths are estimated here,
/// without the face.
const SLACK: f64 = 1.0;

/// A line as it fills, in characters.
pub struct Line {
    room: f64,
    filled: f64,
    /// What of it is spread where it is too short.
    loose: Loose,
    /// The width of what is not parted from what comes next, or may go to the next line with it.
    tail: f64,
    last: Option<char>,
}

/// A text that may be spread.
#[derive(Clone, Copy, Default)]
struct Loose {
    width: f64,
    count: usize,
}

impl Loose {
    fn of(text: &str) -> Self {
        Self { width: width(text), count: text.chars().filter(|c| *c != MARK).count() }
    }

    fn with(self, more: Self) -> Self {
        Self { width: self.width + more.width, count: self.count + more.count }
    }
}

impl Line {
    /// A line of a width, empty but for its indent.
    pub fn new(room: f64, indent: f64) -> Self {
        Self { room, filled: indent, loose: Loose::default(), tail: 0.0, last: None }
    }

    fn left(&self) -> f64 {
        self.room - self.filled
    }

    /// Sets a piece of text that is not broken.
    fn set(&mut self, piece: &str, spreads: bool) {
        let Some(first) = piece.chars().next() else { return };
        let close = self.last.is_some_and(closes);
        let beside = close && (closes(first) || opens(first))
            || self.last.is_some_and(opens) && opens(first);
        let width = width(piece) - if beside { 0.5 } else { 0.0 };
        let bound = holds_back(first) || self.last.is_some_and(opens);
        self.tail = if bound { self.tail + width } else { width };
        let loose = if spreads { Loose::of(piece) } else { Loose::default() };
        if width - ending(piece) > self.left() + 0.01 {
            self.filled = self.tail - if opens(first) { 0.5 } else { 0.0 };
            self.loose = loose;
        } else {
            self.filled += width;
            self.loose = self.loose.with(loose);
        }
        self.last = piece.chars().next_back();
    }

    /// Whether it may end behind a text: it is not spread beyond what is bearable. Before a code,
    /// letters are spread like hanzi.
    fn bears(&self, text: Loose, before_code: bool) -> bool {
        let loose = self.loose.with(text);
        let left = self.left() - text.width;
        let letters = before_code && left <= LETTERS * loose.count as f64;
        left <= BEARABLE * loose.width || letters
    }

    /// Which of a word's parts begins the next line, if that is to have any: the first where this
    /// line bears it, or else that with the @, or else the last possible.
    fn breaks_at(&self, parts: &[&str], next: Option<char>) -> Option<usize> {
        let mut whole = Loose::default();
        // What stands before each part.
        let fronts: Vec<Loose> = parts
            .iter()
            .map(|part| {
                let front = whole;
                whole = front.with(Loose::of(part));
                front
            })
            .collect();
        let behind = if next.is_some_and(closes) { 0.5 } else { 0.0 };
        if whole.width + behind <= self.left() {
            return None;
        }
        let least = usize::from(self.loose.count == 0);
        let fits = |at: &usize| fronts[*at].width <= self.left();
        let code = parts.iter().all(|it| it.chars().all(char::is_alphanumeric));
        let bears = |at: &usize| self.bears(fronts[*at], code);
        let names = |at: &usize| *at == 0 || parts[*at].starts_with('@');
        let best = (least..parts.len()).filter(fits).filter(names).find(bears);
        best.or_else(|| (least..parts.len()).rfind(fits))
    }
}

/// The text of a paragraph, or a part of it, from where the line stands.
pub fn running(text: &str, line: &mut Line) -> String {
    let glued = glued(&soften_codes(text));
    let mut set = String::with_capacity(glued.len());
    for (i, part) in glued.split(GLUE).enumerate() {
        if i % 2 == 0 {
            set_words(part, line, &mut set);
        } else {
            set_whole(part, line, &mut set);
        }
    }
    set
}

/// The name of an attachment, in lines of a width.
pub fn attached(name: &str, room: f64) -> String {
    let mut set = String::with_capacity(name.len());
    let soft = soften(name);
    set_words(&soft, &mut Line::new(room, 0.0), &mut set);
    // Nothing is glued in it.
    set.replace(GLUE, "")
}

/// A part that is not broken, unless the line does not bear it: then between its words. Well
/// within a line it is text like any other, which is spread with the line.
fn set_whole(part: &str, line: &mut Line, set: &mut String) {
    if width(part) + 2.0 * SLACK <= line.left() {
        set.push_str(part);
        return line.set(part, true);
    }
    let ends = part.char_indices().filter(|(_, c)| " ）".contains(*c));
    let ends: Vec<usize> = ends.map(|(at, c)| at + c.len_utf8()).collect();
    let breaks =
        width(part) > line.left() - SLACK && !line.bears(Loose::default(), false);
    let ends = if breaks { &ends[..] } else { &[] };
    let mut start = 0;
    for end in ends.iter().copied().chain([part.len()]) {
        let piece = part[start..end].trim_end();
        line.set(&part[start..end], !put(piece, set));
        set.push_str(&part[start + piece.len()..end]);
        start = end;
    }
}

fn set_words(text: &str, line: &mut Line, set: &mut String) {
    let mut at = 0;
    for word in words(text) {
        at += word.len();
        if !may_be_whole(word) {
            set.push_str(word);
            word.split(MARK).for_each(|part| line.set(part, true));
            continue;
        }
        let parts: Vec<&str> = word.split(MARK).collect();
        match line.breaks_at(&parts, text[at..].chars().next()) {
            Some(first) => broken(&parts, first, line, set),
            None => {
                set.push_str(word);
                parts.iter().for_each(|part| line.set(part, true));
            }
        }
    }
}

/// Whether a word is an address or a code, not a rule to write on.
fn may_be_whole(word: &str) -> bool {
    word.contains(MARK) && word.contains(char::is_alphanumeric)
}

/// A word with its parts from the `first` on on the next line: there they are not parted as far
/// as they could stand on this one.
fn broken(parts: &[&str], first: usize, line: &mut Line, set: &mut String) {
    parts[..first].iter().for_each(|part| {
        set.push_str(part);
        set.push(MARK);
        line.set(part, true);
    });
    let left = line.left() + SLACK;
    let mut reach = 0.0;
    let within = parts[first..].iter().take_while(|part| {
        reach += width(part);
        reach <= left
    });
    let until = (first + within.count() + 1).min(parts.len());
    let kept = parts[first..until].concat();
    line.set(&kept, !put(&kept, set));
    for part in &parts[until..] {
        set.push(MARK);
        set.push_str(part);
        line.set(part, true);
    }
}

/// Puts a part that is not broken; whether it had to be glued, as it has signs that lines end at.
fn put(part: &str, set: &mut String) -> bool {
    let hyphens = part.split('-').skip(1).any(|it| it.starts_with(char::is_alphabetic));
    // At its end a line may end behind the sign, not before it.
    let inner = part.trim_end_matches('/');
    let signs = inner.contains(|c: char| !(c.is_alphanumeric() || "._@,:-".contains(c)));
    let glued = hyphens || signs || part.starts_with("www.");
    if glued {
        set.push(GLUE);
    }
    set.push_str(part);
    if glued {
        set.push(GLUE);
    }
    glued
}

/// Whether a character stays with the one before it.
fn holds_back(c: char) -> bool {
    closes(c) || "…—～·％".contains(c)
}

/// What a mark at a line's end takes less than in it.
fn ending(piece: &str) -> f64 {
    if piece.ends_with(closes) { 0.5 } else { 0.0 }
}

/// How wide a text is, in characters.
fn width(text: &str) -> f64 {
    text.chars().map(char_width).sum()
}

/// How wide a character of the text is on the grid, a little less than a part of 16 pt.
fn char_width(c: char) -> f64 {
    let em: f64 = match c {
        MARK | GLUE => return 0.0,
        'i' | 'j' | 'l' | 't' | ',' | ':' | ';' | '!' | '\'' | '|' | '.' | '[' | ']' => {
            0.27
        }
        'f' | 'r' | 's' | 'I' | 'J' | '-' | '(' | ')' | '°' => 0.36,
        'm' | 'w' | '@' | '_' | '&' | '+' | '<' | '=' | '>' | '#' | '%' => 0.78,
        'M' | 'W' => 0.92,
        'A'..='Z' => 0.67,
        '\0'..='\x7f' => 0.49,
        _ if is_wide(c) || !c.is_alphanumeric() => return 1.0,
        _ => 0.5,
    };
    (em * 16.0 - 0.208) / 15.792
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text behind so many hanzi, with its marks shown.
    fn behind(hanzi: usize, text: &str) -> String {
        let before = "甲".repeat(hanzi);
        let set = running(&format!("{before}{text}"), &mut Line::new(28.0, 2.0));
        set[before.len()..].replace(GLUE, "¦").replace(MARK, "|")
    }

    #[test]
    fn an_address_is_whole_where_the_line_above_bears_it() {
        let (mail, parts) =
            ("zhangxy_2026@qinghe.edu.cn", "zhangxy_|2026|@qinghe|.edu.cn");
        // It fits.
        assert_eq!(behind(5, mail), parts);
        // Before it.
        assert_eq!(behind(22, mail), "zhangxy_2026|@qinghe|.edu.cn");
        // Before the @, and nowhere else in what would fit behind it.
        assert_eq!(behind(15, mail), "zhangxy_|2026|@qinghe.edu.cn");
        assert_eq!(
            behind(21, "http://www.yunling.gov.cn"),
            "¦http://www.yunling¦|.gov.cn"
        );
        assert_eq!(behind(22, "yunling.gov.cn/zwgk/1"), "yunling.gov.cn/|zwgk/1");
    }

    #[test]
    fn a_code_is_broken_only_where_the_line_would_be_torn() {
        let code = "91530100MA6K12345X";
        assert_eq!(behind(21, code), "91530100MA6K|1|2|3|45X");
        assert!(behind(18, code).starts_with("915|3|"));
        let address = "网址http://www.yunling.gov.cn/jyj/t20260318_1234567.html，代码";
        assert!(behind(14, &format!("{address}{code}")).contains("|45X"));
        assert_eq!(behind(18, "13800138000"), "13800138000");
    }

    #[test]
    fn a_standard_is_broken_at_its_space_where_the_line_would_be_torn() {
        let standard = "GB/T 17219-1998";
        assert_eq!(behind(5, standard), standard);
        assert_eq!(behind(22, standard), "¦GB/T 17219-1998¦");
        assert_eq!(behind(19, standard), "¦GB/T¦ 17219-1998");
        assert_eq!(behind(19, "（0871）65302212"), "¦（0871）¦65302212");
    }

    #[test]
    fn a_name_in_a_list_is_broken_like_text() {
        let name =
            |hanzi: usize| attached(&("甲".repeat(hanzi) + "yl@163.com的说明"), 22.0);
        assert_eq!(name(12).matches(MARK).count(), 0);
        assert_eq!(name(18).matches(MARK).count(), 0);
        let address = |hanzi: usize| {
            attached(&("甲".repeat(hanzi) + "zhangxy_2026@qinghe.edu.cn"), 22.0)
        };
        assert!(
            address(13).ends_with(
                "zhangxy_|2026|@qinghe.edu.cn".replace('|', "\u{200b}").as_str()
            )
        );
    }

    #[test]
    fn a_long_word_takes_no_longer_than_its_length_asks_for() {
        for unit in ["a", "1a", "a.b/", "甲a"] {
            let text = format!("a@b.c{}", unit.repeat(100_000));
            let set = running(&text, &mut Line::new(28.0, 2.0));
            assert_eq!(set.replace([GLUE, MARK], ""), text);
        }
    }

    proptest! {
        #[test]
        fn no_character_is_lost(text in "[甲0-9a-c（），。 —·/.@_-]{0,80}") {
            let mut line = Line::new(28.0, 2.0);
            let set = running(&text, &mut line);
            prop_assert_eq!(set.replace([GLUE, MARK], ""), text.clone());
            prop_assert!(set.split(GLUE).count() % 2 == 1);
            prop_assert_eq!(attached(&text, 9.0).replace(MARK, ""), text);
        }
    }
}
