//! What stays together at a line's end beyond what the engine keeps together: marks that join
//! or part two words do not begin a line (GB/T 15834, 5.1), a number in groups of three is one,
//! and so are a unit, a short word with a hyphen, a standard's code with its number and year.

use std::ops::Range;

use super::soft::MARK;
use super::unit;
use crate::characters::{is_wide, is_wide_letter};

/// Stands before and behind a part that is not broken. No notice holds this character: it is
/// taken out of every text that is read.
pub const GLUE: char = '\u{2060}';

/// Words longer than this may be broken wherever there is need.
const LONG: usize = 16;

/// Behind these a line may end.
const ENDS: &str = "—～·・";

/// Signs that compare with the number behind them.
const COMPARES: &str = "＞＜＝≥≤>=<";

/// What holds the parts of a text together; most texts have none of it.
const JOINS: &[char] =
    &['—', '～', '·', '・', '/', ' ', '-', '+', '）', '＞', '＜', '＝'];

/// Brackets with more characters than this may be broken.
const BRACKET: usize = 5;

/// A text with its parts marked that are not broken.
pub fn glued(text: &str) -> String {
    if !text.contains(JOINS) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let parts = parts(&chars, |at| whole(&chars, at).into_iter().collect(), |_| true);
    marked(&chars, &parts)
}

/// The same in a table's cell, where units are whole as well and no part is kept that does not
/// fit; in the head short brackets, of units mostly, are whole too.
pub fn glued_in_cell(text: &str, head: bool, fits: impl Fn(&str) -> bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    marked(&chars, &parts_in_cell(&chars, head, fits))
}

/// The parts of a cell's text that are not broken.
pub fn wholes(text: &str, fits: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let joins =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || "—～·・/".contains(c);
    if text.is_ascii() || !text.contains(joins) {
        return Vec::new();
    }
    parts_in_cell(&text.chars().collect::<Vec<_>>(), false, fits)
}

fn parts_in_cell(
    chars: &[char],
    head: bool,
    fits: impl Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let found = |at| {
        let bracket = if head { bracketed(chars, at) } else { None };
        let mut found = unit::units(chars, at);
        found.extend(whole(chars, at).or(bracket));
        found
    };
    parts(chars, found, |part| fits(&String::from_iter(&chars[part.clone()])))
}

/// Of the parts found at each character, the longest first, those that fit; parts that overlap
/// are one.
fn parts(
    chars: &[char],
    found: impl Fn(usize) -> Vec<Range<usize>>,
    fits: impl Fn(&Range<usize>) -> bool,
) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for at in 0..chars.len() {
        let last = parts.last().cloned().unwrap_or(0..0);
        let with_last = |it: Range<usize>| match it.start < last.end {
            true => last.start..last.end.max(it.end),
            false => it,
        };
        if let Some(part) = found(at).into_iter().map(with_last).find(&fits) {
            if part.start == last.start {
                parts.pop();
            }
            parts.push(part);
        }
    }
    parts
}

/// A text with its parts marked.
fn marked(chars: &[char], parts: &[Range<usize>]) -> String {
    let mut marked = String::with_capacity(3 * chars.len() + 6 * parts.len());
    let mut done = 0;
    for part in parts {
        marked.extend(&chars[done..part.start]);
        marked.push(GLUE);
        marked.extend(&chars[part.clone()]);
        marked.push(GLUE);
        done = part.end;
    }
    marked.extend(&chars[done..]);
    marked
}

fn whole(chars: &[char], at: usize) -> Option<Range<usize>> {
    let found = joined(chars, at).or_else(|| grouped(chars, at));
    let found = found.or_else(|| measured(chars, at)).or_else(|| compared(chars, at));
    found.or_else(|| dialled(chars, at)).map(|part| rounded(chars, part))
}

/// A part with what is left of the words at its ends, as a line may end at a part's edge.
fn rounded(chars: &[char], part: Range<usize>) -> Range<usize> {
    let of_word = |c: &&char| **c != MARK && in_word(**c);
    let before = chars[..part.start].iter().rev().take_while(of_word).take(LONG).count();
    let open = chars[part.end - 1];
    let behind = chars[part.end..].iter().take_while(of_word).take(LONG).count();
    let behind = if ENDS.contains(open) { 0 } else { behind };
    part.start - before..part.end + behind
}

/// What words of letters, digits and signs are written with.
fn in_word(c: char) -> bool {
    c.is_ascii_graphic()
        || (c.is_alphanumeric() && !is_wide(c))
        || "±≥≤≈℃°‰".contains(c)
        || c == MARK
}

/// A sign and the number behind it: `＞3`, `≥ 98.5`.
fn compared(chars: &[char], at: usize) -> Option<Range<usize>> {
    let spaced = chars[at] == ' ' && COMPARES.contains(*chars[..at].last()?);
    let sign = if spaced { at - 1 } else { at };
    let begins = COMPARES.contains(chars[sign]) && (spaced || is_wide(chars[sign]));
    let number = |c: &&char| c.is_ascii_digit() || ".,".contains(**c);
    let length = chars[at + 1..].iter().take_while(number).take(LONG + 1).count();
    (begins && (1..=LONG).contains(&length)).then(|| sign..at + 1 + length)
}

/// A telephone number behind its area code: `（0871）65302212`.
fn dialled(chars: &[char], at: usize) -> Option<Range<usize>> {
    let digits = |part: &[char]| part.iter().take_while(|c| c.is_ascii_digit()).count();
    let inside = chars[at..].strip_prefix(&['（'])?;
    let area = digits(inside);
    let number = digits(inside[area..].strip_prefix(&['）'])?);
    let dialled = (3..=4).contains(&area) && (7..=8).contains(&number);
    dialled.then(|| at..at + area + number + 2)
}

/// A number and its unit, or a code and its number with its year, with the space between them:
/// `250 kg`, `GB/T 9704—2012`.
fn measured(chars: &[char], at: usize) -> Option<Range<usize>> {
    if chars[at] != ' ' {
        return None;
    }
    let (front, back) = (&chars[..at], &chars[at + 1..]);
    let before = front.iter().rev().take_while(|c| is_word(**c)).take(LONG + 1).count();
    let behind = back.iter().take_while(|c| is_word(**c)).take(LONG + 1).count();
    let (number, unit) = (&front[at - before..], &back[..behind]);
    let figures =
        |word: &[char]| word.iter().all(|c| c.is_ascii_digit() || ".,".contains(*c));
    let letters = |word: &[char], most: usize| {
        word.len() <= most && word.first().is_some_and(|c| !c.is_ascii_digit())
    };
    let has_unit = figures(number) && letters(unit, 4);
    let of_region = number.contains(&'/');
    let code = |c: &char| {
        c.is_ascii_uppercase() || *c == '/' || (of_region && c.is_ascii_digit())
    };
    let is_code = number.iter().all(code) && !figures(number);
    let is_code = is_code && unit.first().is_some_and(char::is_ascii_digit);
    let sizes = (1..=LONG).contains(&before) && (1..=LONG).contains(&behind);
    let year = if is_code { of_year(&back[behind..]) } else { 0 };
    (sizes && (has_unit || is_code)).then(|| at - before..at + 1 + behind + year)
}

/// How many characters a standard's year takes behind its number, with the dash.
fn of_year(behind: &[char]) -> usize {
    let dash = behind.first().is_some_and(|c| "—–－".contains(*c));
    let digits = behind.iter().skip(1).take_while(|c| c.is_ascii_digit()).take(5).count();
    if dash && digits == 4 { 5 } else { 0 }
}

/// What units, codes and their numbers are written with.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "./,%°℃Ωμ²³".contains(c)
}

/// A bracket that begins here, of a few characters: `（万元）`.
fn bracketed(chars: &[char], at: usize) -> Option<Range<usize>> {
    let inside = chars[at..].strip_prefix(&['（'])?;
    let length = inside.iter().take(BRACKET + 1).position(|c| *c == '）')?;
    Some(at..at + length + 2)
}

/// The word, or the hanzi, before a mark that joins or parts, with the mark; with what follows
/// a mark that does not end a line either.
fn joined(chars: &[char], at: usize) -> Option<Range<usize>> {
    let (before, behind) = (chars.get(at.checked_sub(1)?)?, chars.get(at + 1));
    let hanzi = |c: &char| is_wide_letter(*c);
    let end = match chars[at] {
        // 破折号 takes two characters and may begin a line.
        '—' if *before == '—' || behind == Some(&'—') => return None,
        '·' if in_word(*before) && behind.is_some_and(|c| in_word(*c)) => {
            return parted(chars, at);
        }
        '-' if behind.is_some_and(char::is_ascii_alphabetic) => return parted(chars, at),
        '+' if in_word(*before) && chars.get(at + 1) == Some(&'+') => at + 2,
        '—' | '～' | '·' | '・' => at + 1,
        '/' if hanzi(before) && behind.is_some_and(hanzi) => at + 2,
        '/' => return parted(chars, at),
        _ => return None,
    };
    if hanzi(before) {
        return Some(at - 1..end);
    }
    let word = chars[..at].iter().rev().take_while(|c| in_word(**c));
    // Whether it is longer is all that matters: it may go back to the text's beginning.
    let length = word.take(LONG + 1).count();
    (1..=LONG).contains(&length).then(|| at - length..end)
}

/// Two short words with the mark that parts them, `mg/kg`, `kW·h`, `Wi-Fi`; an address is none.
fn parted(chars: &[char], at: usize) -> Option<Range<usize>> {
    let of_word = |c: &&char| in_word(**c) || **c == '·';
    let before = chars[..at].iter().rev().take_while(of_word).take(LONG).count();
    let behind = chars[at + 1..].iter().take_while(of_word).take(LONG).count();
    let whole = at - before..at + 1 + behind;
    let word = before > 0 && behind > 0 && whole.len() <= LONG;
    let address = |c: &char| matches!(*c, ':' | MARK);
    (word && !chars[whole.clone()].iter().any(address)).then_some(whole)
}

/// A number in groups of three that begins here: `347 533.5`.
fn grouped(chars: &[char], at: usize) -> Option<Range<usize>> {
    let digits = |from: usize| {
        let rest = chars.get(from..).unwrap_or_default();
        rest.iter().take_while(|c| c.is_ascii_digit()).count()
    };
    let goes_on = |c: char| c.is_ascii_alphanumeric() || ".,".contains(c);
    if at.checked_sub(1).is_some_and(|before| goes_on(chars[before])) {
        return None;
    }
    let first = digits(at);
    if !(1..=3).contains(&first) {
        return None;
    }
    let mut end = at + first;
    while chars.get(end) == Some(&' ') && digits(end + 1) == 3 {
        end += 4;
    }
    let whole = end > at + first;
    if chars.get(end) == Some(&'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    whole.then_some(at..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_but_pairs_of_marks_is_added(text in "[甲0-9a— ～·/.,]{0,40}") {
            let glued = glued(&text);
            prop_assert_eq!(glued.replace(GLUE, ""), text);
            let parts: Vec<&str> = glued.split(GLUE).collect();
            prop_assert!(parts.len() % 2 == 1);
            prop_assert!(parts.iter().skip(1).step_by(2).all(|part| !part.is_empty()));
        }
    }

    #[test]
    fn in_a_cell_parts_stay_together_that_fit() {
        let parted = |text, head, room| {
            let fits = |part: &str| part.chars().count() <= room;
            glued_in_cell(text, head, fits).replace(GLUE, "|")
        };
        assert_eq!(parted("金额（万元）", true, 4), "金额|（万元）|");
        assert_eq!(parted("金额（万元）", true, 3), "金额（万元）");
        assert_eq!(parted("张三（组长）", false, 4), "张三（组长）");
        assert_eq!(parted("单价（按合同所列计）", true, 20), "单价（按合同所列计）");
        assert_eq!(parted("单价（", true, 20), "单价（");
        assert_eq!(parted("自8:30—9:30", false, 5), "自|8:30—|9:30");
        assert_eq!(parted("自18:30—9:30", false, 5), "自18:30—9:30");
        // Together they would not fit.
        assert_eq!(parted("347 533—1", false, 7), "|347 533|—1");
    }

    #[test]
    fn a_long_text_takes_no_longer_than_its_length_asks_for() {
        for unit in ["甲·", "a—", "1 111 ", "1"] {
            let text = unit.repeat(200_000);
            assert_eq!(glued(&text).replace(GLUE, ""), text);
        }
    }

    #[test]
    fn no_part_ends_inside_a_word() {
        for word in ["GB/T 17219-1998", "+12 345km", "a-b+c/d", "75kW·h/m", "A 1-2"] {
            let glued = glued(word);
            let inner = glued.trim_matches(GLUE).contains(GLUE);
            assert!(!inner, "{glued:?}");
        }
    }

    #[test]
    fn marks_that_join_stay_with_the_word_before_them() {
        let cases = [
            ("11:30—13:00、17:30—18:30", "[11:30—]13:00、[17:30—]18:30"),
            ("2026—2030年", "[2026—]2030年"),
            ("3～5个", "[3～]5个"),
            ("艾力·买买提·甲", "艾[力·]买买[提·]甲"),
            ("公历/农历", "公[历/农]历"),
            ("≤35μg/m³，约mg/kg", "[≤35μg/m³]，约[mg/kg]"),
            ("按CJ/T188-2018执行", "按[CJ/T188-2018]执行"),
            ("自2026/4/1起", "自[2026/4/1]起"),
            ("甲/a", "甲/a"),
            ("面积347 533.5公顷，12 345元", "面积[347 533.5]公顷，[12 345]元"),
            ("甲——乙", "甲——乙"),
            ("共5 个，2026 1234", "共5 个，2026 1234"),
            ("重250 kg，12.4 km/h", "重[250 kg]，[12.4 km/h]"),
            ("执行GB/T 19001标准", "执行[GB/T 19001]标准"),
            ("in 2026 people", "in 2026 people"),
            ("https://a.cn/b", "https://a.cn/b"),
            ("K0+000—K25+380段", "[K0+000—]K25+380段"),
            ("—甲", "—甲"),
            ("按GB/T 17219-1998和HJ 2.2-2018", "按[GB/T 17219-1998]和[HJ 2.2-2018]"),
            ("GB 5749—2022《标准》", "[GB 5749—2022]《标准》"),
            ("按DB53/T 123—2018执行", "按[DB53/T 123—2018]执行"),
            ("为5℃—25℃，75kW·h，N·m", "为[5℃—]25℃，[75kW·h]，[N·m]"),
            ("用C++和Wi-Fi", "用[C++]和[Wi-Fi]"),
            ("浓度＞3毫克，≥ 98.5%", "浓度[＞3]毫克，[≥ 98.5%]"),
            ("电话（0871）65302212", "电话[（0871）65302212]"),
            ("（第2026）65302212", "（第2026）65302212"),
            ("电话+86 871 6530 2211", "电话[+86 871] 6530 2211"),
            ("“十五五”2026—2030年", "“十五五”[2026—]2030年"),
        ];
        for (text, wanted) in cases {
            let wanted = wanted.replace(['[', ']'], &GLUE.to_string());
            assert_eq!(glued(text), wanted, "{text}");
        }
    }
}
