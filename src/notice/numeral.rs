//! The numbers of headings: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3).

const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// 1 to 99 in hanzi; digits above.
pub fn hanzi(number: usize) -> String {
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

/// The number in front of a heading of level 1 to 4.
pub fn label(level: u8, number: usize) -> String {
    match level {
        1 => format!("{}、", hanzi(number)),
        2 => format!("（{}）", hanzi(number)),
        3 => format!("{number}."),
        _ => format!("（{number}）"),
    }
}

/// The level of a paragraph that begins with a typed number, 1 to 4; 0 for plain text.
pub fn typed_level(text: &str) -> u8 {
    let first = text.chars().next();
    let bracketed = matches!(first, Some('（' | '('));
    let body = if bracketed { &text[first.map_or(0, char::len_utf8)..] } else { text };
    let (han, digits) = (run(body, is_numeral), run(body, |c| c.is_ascii_digit()));
    let after = |length: usize| body[length..].chars().next();
    match (bracketed, han, digits) {
        (false, 1.., _) if after(han) == Some('、') => 1,
        (true, 1.., _) if matches!(after(han), Some('）' | ')')) => 2,
        (false, _, 1..=3) if matches!(after(digits), Some('.' | '．')) => {
            let next = body[digits..].chars().nth(1);
            if next.is_none_or(|c| c.is_ascii_digit()) { 0 } else { 3 }
        }
        (true, _, 1..=3) if matches!(after(digits), Some('）' | ')')) => 4,
        _ => 0,
    }
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十百".contains(c)
}

/// How many bytes at the front satisfy a test.
fn run(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_run_on_past_ten_and_twenty() {
        let all: Vec<_> = [1, 9, 10, 11, 20, 21, 99].into_iter().map(hanzi).collect();
        assert_eq!(all, ["一", "九", "十", "十一", "二十", "二十一", "九十九"]);
    }

    #[test]
    fn typed_numbers_tell_their_level() {
        let cases = [
            ("一、分级负责", 1),
            ("十二、附则", 1),
            ("（一）组织。", 2),
            ("(二)考勤", 2),
            ("1.登记", 3),
            ("12．登记", 3),
            ("（1）姓名", 4),
            ("1.5万元", 0),
            ("一是加强", 0),
            ("2026年", 0),
            ("（此件公开）", 0),
            ("1.", 0),
            ("", 0),
        ];
        for (text, level) in cases {
            assert_eq!(typed_level(text), level, "{text}");
        }
    }
}
