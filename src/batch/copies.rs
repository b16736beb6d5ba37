//! 份号 of a merge's rows: where they come from, and which are one number.

use super::clashes;
use crate::characters::narrow;
use crate::diag::Diagnostic;
use crate::pipeline::LAST_COPY;

/// Where the rows' 份号 come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copies {
    /// They have none.
    None,
    /// That of the first row of the table.
    From(u32),
    /// The notice's text with the row's values in it.
    Own(String),
}

impl Copies {
    /// Those that go on from a notice's 份号, which no row has a part in.
    ///
    /// # Errors
    /// It is no number to go on from: every row would have the same one.
    pub fn going_on_from(text: &str) -> Result<Self, Diagnostic> {
        let plain: String = text.trim().chars().map(narrow).collect();
        let digits = plain.bytes().all(|it| it.is_ascii_digit());
        let message = match plain.parse::<u32>() {
            Ok(number @ 1..=LAST_COPY) if digits => return Ok(Self::From(number)),
            Ok(0) if digits => format!("份号没有“{text}”，从 000001 编起"),
            _ if digits => format!("份号“{text}”太大，最多到 {LAST_COPY}"),
            _ => format!("份号“{text}”不只是数字，各行接不下去，会是同一个号"),
        };
        Err(Diagnostic::error("B203", message)
            .hint("写成六位数字，如“份号: \"000001\"”，名册里一行一个接着编")
            .hint("各行的号已经定好的，名册加一栏“份号”，通知写“份号: \"{{ 份号 }}\"”"))
    }
}

/// What is told of rows that have one 份号; each is given with its row.
pub fn same(all: &[(usize, String)]) -> Vec<String> {
    let told = |(a, b): (usize, usize)| {
        let ((a, first), (b, second)) = (&all[a], &all[b]);
        let rows = format!("名册第 {a} 行和第 {b} 行的份号");
        if first == second {
            format!("{rows}都是“{first}”")
        } else {
            format!("{rows}“{first}”、“{second}”是同一个号")
        }
    };
    clashes(all.iter().map(|(_, copy)| key(copy))).into_iter().map(told).collect()
}

/// A 份号 without what tells no two apart: white space, zeros before a number, full width.
fn key(text: &str) -> String {
    let mut key = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()).map(narrow) {
        let last = key.chars().next_back();
        let zero = last == Some('0')
            && !key.trim_end_matches('0').ends_with(|c: char| c.is_ascii_digit());
        if zero && c.is_ascii_digit() {
            key.pop();
        }
        key.push(c);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_digits_of_either_width_is_gone_on_from_and_nothing_else() {
        for (text, first) in [("1", 1), ("000041", 41), ("０００００１", 1), (" 7 ", 7)]
        {
            assert_eq!(Copies::going_on_from(text), Ok(Copies::From(first)), "{text}");
        }
        for text in
            ["000000", "000001号", "机000001", "000001-60", "1000000", "4294967300", "+5"]
        {
            assert!(Copies::going_on_from(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_are_one_whatever_their_zeros_and_their_width() {
        for (a, b) in [
            ("1", "000001"),
            ("１", "1"),
            ("机 007", "机7"),
            ("0", "000"),
            ("A-01", "A-1"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        for (a, b) in [("10", "1"), ("100", "10"), ("机1", "密1"), ("1-10", "11-0")] {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
        let rows = [(2, "1".to_owned()), (3, "2".to_owned()), (5, "000001".to_owned())];
        assert_eq!(same(&rows), ["名册第 2 行和第 5 行的份号“1”、“000001”是同一个号"]);
    }
}
