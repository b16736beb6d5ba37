//! Numbers as they are written: in digits, full-width ones and hanzi.

use std::ops::Range;

/// What stands for the 〇 of a year in hanzi where it was hard to type.
pub const ZEROS: [char; 5] = ['O', 'o', 'Ｏ', '0', '０'];

/// The hanzi of digits, 〇 as it is written in either way.
const DIGITS: [(char, u32); 12] = [
    ('〇', 0),
    ('○', 0),
    ('零', 0),
    ('一', 1),
    ('二', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
];

/// Marks between the ends of a time.
pub const TO: [char; 10] = ['-', '—', '–', '─', '－', '~', '～', '至', '到', '/'];

/// Marks between two of a list.
pub const AND: [char; 4] = ['、', '和', '与', '及'];

/// How digits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Narrow,
    Wide,
    Hanzi,
}

pub fn digit(c: char) -> Option<(Script, u32)> {
    match c {
        '0'..='9' => Some((Script::Narrow, c as u32 - '0' as u32)),
        '０'..='９' => Some((Script::Wide, c as u32 - '０' as u32)),
        _ => DIGITS.iter().find(|(it, _)| *it == c).map(|it| (Script::Hanzi, it.1)),
    }
}

/// Which digits one is of; 十 is of the hanzi.
pub fn kind(c: char) -> Option<Script> {
    if c == '十' { Some(Script::Hanzi) } else { Some(digit(c)?.0) }
}

pub fn is_of(c: Option<&(usize, char)>, script: Script) -> bool {
    c.and_then(|(_, c)| digit(*c)).is_some_and(|it| it.0 == script)
}

/// Behind white space and one of these marks.
pub fn skip(text: &str, from: usize, marks: &[char]) -> Option<usize> {
    let rest = text[from..].trim_start_matches([' ', '\u{3000}']);
    let c = rest.chars().next().filter(|c| marks.contains(c))?;
    Some(text.len() - rest.len() + c.len_utf8())
}

/// A number of one or two digits, or of hanzi up to 三十九, and where it stands.
pub fn small(text: &str, from: usize) -> Option<(u32, Range<usize>)> {
    let rest = text[from..].trim_start_matches(' ');
    let start = text.len() - rest.len();
    let own = rest.chars().next().and_then(kind);
    let is_part = |c: char| own.is_some() && kind(c) == own;
    let length = rest.len() - rest.trim_start_matches(is_part).len();
    let (written, range) = (&rest[..length], start..start + length);
    let digits = written.chars().filter_map(|c| digit(c).map(|it| it.1));
    let count = written.chars().count();
    let value = match written.split_once('十') {
        Some((tens, ones)) if count <= 3 => {
            let of =
                |text: &str| text.chars().next().and_then(digit).map_or(0, |it| it.1);
            if tens.is_empty() { 10 + of(ones) } else { of(tens) * 10 + of(ones) }
        }
        None if (1..=2).contains(&count) => digits.fold(0, |sum, it| sum * 10 + it),
        _ => return None,
    };
    Some((value, range))
}

/// A year as another was written.
pub fn like(written: &str, year: i32) -> String {
    let zero = |c: &char| ZEROS.contains(c) || ['〇', '○', '零'].contains(c);
    let zero = written.chars().find(zero).unwrap_or('〇');
    let script = written.chars().find_map(digit).map(|it| it.0);
    let one = |c: char| match (script, c.to_digit(10)) {
        (Some(Script::Wide), Some(digit)) => {
            char::from_u32('０' as u32 + digit).unwrap_or(c)
        }
        (Some(Script::Hanzi), Some(0)) => zero,
        (Some(Script::Hanzi), Some(digit)) => {
            DIGITS.iter().find(|it| it.1 == digit).map_or(c, |it| it.0)
        }
        _ => c,
    };
    year.to_string().chars().map(one).collect()
}

/// 28 as another day was written.
pub fn like_28(written: &str) -> &'static str {
    match written.chars().next().and_then(digit) {
        Some((Script::Wide, _)) => "２８",
        Some((Script::Narrow, _)) => "28",
        _ => "二十八",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_written_as_they_were() {
        assert_eq!(like("2026", 2027), "2027");
        assert_eq!(like("２０２６", 2027), "２０２７");
        assert_eq!(like("二〇二六", 2030), "二〇三〇");
        assert_eq!(like("二○二六", 2030), "二○三○");
        assert_eq!(like("二零二六", 2030), "二零三零");
        assert_eq!(like("二O二六", 2027), "二O二七");
    }
}
