//! Numbers in 一二三 and 壹贰叁, as a number format asks for them.

use super::code::{Section, Token, literals};
use super::decimal::{general, rounded};

const SMALL: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const LARGE: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const SMALL_UNITS: [&str; 4] = ["", "十", "百", "千"];
const LARGE_UNITS: [&str; 4] = ["", "拾", "佰", "仟"];
/// What four digits stand for; what comes after 亿 has no one name.
const GROUPS: [&str; 3] = ["", "万", "亿"];

/// Whether a character is a numeral other than zero.
pub fn is_numeral(c: char) -> bool {
    SMALL[1..].iter().chain(&LARGE[1..]).any(|it| it.starts_with(c))
}

/// The digits and units of a kind of numerals: 1 for 一二三, 2 for 壹贰叁.
fn names(kind: u32) -> Option<(&'static [&'static str; 10], &'static [&'static str; 4])> {
    match kind {
        1 => Some((&SMALL, &SMALL_UNITS)),
        2 => Some((&LARGE, &LARGE_UNITS)),
        _ => None,
    }
}

/// Digits one by one, as those of a year; `None` for other numerals.
pub fn digits(text: &str, kind: u32) -> Option<String> {
    Some(spelt(text, names(kind)?.0))
}

/// A month, day, hour, minute or second: ten is 十. `None` for other numerals.
pub fn of_moment(number: u64, kind: u32) -> Option<String> {
    let (names, units) = names(kind)?;
    let text = read(&number.to_string(), names, units)?;
    Some(text.strip_prefix("一十").map_or(text.clone(), |ones| format!("十{ones}")))
}

fn spelt(text: &str, names: &[&str; 10]) -> String {
    let digit = |c: char| c.to_digit(10).map(|it| names[it as usize]);
    text.chars().filter_map(digit).collect()
}

/// A value above zero in the numerals of a section; `None` for other numerals, for places and
/// currencies, for numbers beyond 亿.
pub fn number(value: f64, section: &Section) -> Option<String> {
    let (names, units) = names(section.numerals?)?;
    let mut shown = String::new();
    let mut places = 0;
    for token in &section.tokens {
        let digits = match token {
            Token::General => general(value),
            Token::Digit('0') => rounded(value, 0).0,
            // A currency that is no sign, such as RMB, is written out in hanzi as well.
            Token::Literal(text) if !text.contains(|c: char| c.is_ascii_alphabetic()) => {
                shown += &literals(std::slice::from_ref(token));
                continue;
            }
            _ => return None,
        };
        let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
        shown += &read(whole, names, units)?;
        if !part.is_empty() {
            shown.push('点');
            shown += &spelt(part, names);
        }
        places += 1;
    }
    (places == 1).then_some(shown)
}

/// The digits of a whole number as they are read.
fn read(digits: &str, names: &[&str; 10], units: &[&str; 4]) -> Option<String> {
    if digits.len() > 4 * GROUPS.len() || digits.contains(|c: char| !c.is_ascii_digit()) {
        return None;
    }
    let mut text = String::new();
    let (mut zero, mut filled) = (false, false);
    for (at, c) in digits.chars().enumerate() {
        let place = digits.len() - 1 - at;
        let digit = c.to_digit(10)? as usize;
        if digit > 0 {
            if zero && !text.is_empty() {
                text += names[0];
            }
            text += names[digit];
            text += units[place % 4];
            filled = true;
        }
        zero = digit == 0;
        if place.is_multiple_of(4) && filled {
            text += GROUPS[place / 4];
            // Zeros at the end of a group are not read.
            (zero, filled) = (false, false);
        }
    }
    Some(if text.is_empty() { names[0].to_owned() } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_with_one_zero_for_each_gap() {
        for (digits, text) in [
            ("0", "〇"),
            ("", "〇"),
            ("10", "一十"),
            ("101", "一百〇一"),
            ("1010", "一千〇一十"),
            ("20005000", "二千万五千"),
            ("10000500", "一千万〇五百"),
            ("100010000", "一亿〇一万"),
            ("500000001", "五亿〇一"),
            ("101010101", "一亿〇一百〇一万〇一百〇一"),
            ("100000000000", "一千亿"),
        ] {
            let read = read(digits, &SMALL, &SMALL_UNITS);
            assert_eq!(read.as_deref(), Some(text), "{digits}");
        }
        assert_eq!(read("1000000000000", &SMALL, &SMALL_UNITS), None);
    }
}
