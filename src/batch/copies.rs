//! 份号 of a merge's rows: where they come from, and which are one number.

use std::collections::HashMap;

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
        let refused = |why: Fault| {
            let message = format!("份号“{text}”{}", why.told());
            let message = match why {
                Fault::NoDigits => message + "，各行接不下去，会是同一个号",
                Fault::Zero | Fault::Large => message,
            };
            Diagnostic::error("B203", message)
                .hint("写成六位数字，如“份号: \"000001\"”，名册里一行一个接着编")
                .hint(
                    "各行的号已经定好的，名册加一栏“份号”，通知写“份号: \"{{ 份号 }}\"”",
                )
        };
        number(text).map(Self::From).map_err(refused)
    }
}

/// Why a text is no 份号.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is something else in it than digits, or nothing.
    NoDigits,
    /// Numbers begin at 1.
    Zero,
    /// There are six digits.
    Large,
}

impl Fault {
    /// In words that go on behind the text.
    pub fn told(self) -> String {
        match self {
            Self::NoDigits => "不只是数字".into(),
            Self::Zero => "不对，从 000001 编起".into(),
            Self::Large => format!("太大，最多到 {LAST_COPY}"),
        }
    }
}

/// The number of a 份号 in digits of either width.
///
/// # Errors
/// It is none.
pub fn number(text: &str) -> Result<u32, Fault> {
    let plain: String = text.trim().chars().map(narrow).collect();
    if plain.is_empty() || !plain.bytes().all(|it| it.is_ascii_digit()) {
        return Err(Fault::NoDigits);
    }
    match plain.parse::<u32>() {
        Ok(0) => Err(Fault::Zero),
        Ok(number @ 1..=LAST_COPY) => Ok(number),
        _ => Err(Fault::Large),
    }
}

/// Whether the 份号 of all rows are printed in six digits, as those that are counted are. A table
/// that writes zeros before them, all to one length, has chosen a length of its own.
pub fn in_six_digits(all: &[(usize, String)]) -> bool {
    let texts = || all.iter().map(|(_, text)| text.trim());
    let plain = texts().all(|it| it.bytes().all(|it| it.is_ascii_digit()));
    let same = all.windows(2).all(|it| it[0].1.trim().len() == it[1].1.trim().len());
    let padded = texts().any(|it| it.starts_with('0'));
    !(plain && same && padded)
}

/// What is told of rows that have one 份号; each is given with its row. What is no number is
/// told by itself.
pub fn same(all: &[(usize, String)]) -> Vec<String> {
    let mut first: HashMap<u32, &(usize, String)> = HashMap::new();
    let mut told = Vec::new();
    for one in all {
        let Ok(number) = number(&one.1) else { continue };
        let Some((row, text)) = first.get(&number) else {
            first.insert(number, one);
            continue;
        };
        let rows = format!("名册第 {row} 行和第 {} 行的份号", one.0);
        told.push(if *text == one.1 {
            format!("{rows}都是“{text}”")
        } else {
            format!("{rows}“{text}”、“{}”是同一个号", one.1)
        });
    }
    told
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
        let row = |row, text: &str| (row, text.to_owned());
        let rows = [row(2, "1"), row(3, "2"), row(4, "机1"), row(5, "000001")];
        assert_eq!(same(&rows), ["名册第 2 行和第 5 行的份号“1”、“000001”是同一个号"]);
        let rows = [row(2, "１０"), row(3, "1"), row(4, " 10")];
        assert_eq!(same(&rows), ["名册第 2 行和第 4 行的份号“１０”、“ 10”是同一个号"]);
    }

    #[test]
    fn numbers_have_six_digits_unless_the_table_has_zeros_of_its_own() {
        for (all, six) in [
            (&["1", "2", "10"][..], true),
            (&["0041", "0042"], false),
            (&["000041", "000042"], false),
            (&["0041", "42"], true),
            (&["００４１", "００４２"], true),
            (&["41", "42"], true),
        ] {
            let rows = all.iter().map(|it| (2, (*it).to_owned()));
            assert_eq!(in_six_digits(&rows.collect::<Vec<_>>()), six, "{all:?}");
        }
    }

    #[test]
    fn a_number_has_digits_only_from_one_to_six() {
        for (text, fault) in [
            ("1,000", Fault::NoDigits),
            ("000001号", Fault::NoDigits),
            ("②", Fault::NoDigits),
            ("贰", Fault::NoDigits),
            ("-1", Fault::NoDigits),
            ("1.0", Fault::NoDigits),
            ("", Fault::NoDigits),
            ("0", Fault::Zero),
            ("1000000", Fault::Large),
            ("99999999999", Fault::Large),
        ] {
            assert_eq!(number(text), Err(fault), "{text}");
        }
        assert_eq!(number("999999"), Ok(LAST_COPY));
    }
}
