//! 成文日期: a day that exists, written 2026年3月5日 (GB/T 9704-2012, 7.3.5.4).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Local, NaiveDate};

use super::numeral;

/// 成文日期 and 印发日期.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(NaiveDate);

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Not in one of the forms.
    Form,
    /// There is no such day.
    Missing,
}

impl Date {
    /// Today, where the program runs.
    pub fn today() -> Self {
        Self(Local::now().date_naive())
    }

    /// As files and registers write it: 2026-03-05.
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    /// Year, month and day.
    pub fn parts(self) -> (i32, u32, u32) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year}年{month}月{day}日")
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = without_time(text.trim());
        let in_digits = in_digits(text);
        let text = in_digits.as_deref().unwrap_or(text);
        let parts: Vec<&str> = match text.strip_suffix('日') {
            Some(text) => text.split(['年', '月']).collect(),
            // As a spreadsheet shows a day unless it is told otherwise.
            None => {
                let sign = ['/', '.'].into_iter().find(|it| text.contains(*it));
                text.split(sign.unwrap_or('-')).collect()
            }
        };
        let [year, month, day] = parts[..] else { return Err(DateError::Form) };
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4
            || year.starts_with('0')
            || ![year, month, day].into_iter().all(digits)
        {
            return Err(DateError::Form);
        }
        let number = |part: &str| part.parse().map_err(|_| DateError::Missing);
        let year = year.parse().map_err(|_| DateError::Form)?;
        NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
            .map(Self)
            .ok_or(DateError::Missing)
    }
}

/// A day without the midnight that a spreadsheet shows behind it.
fn without_time(text: &str) -> &str {
    let midnight = |time: &str| {
        (4..=8).contains(&time.len())
            && time.split(':').all(|part| matches!(part, "0" | "00"))
    };
    match text.split_once(' ') {
        Some((day, time)) if midnight(time.trim_start()) => day,
        _ => text,
    }
}

/// 二〇二六年三月九日 in digits; `None` for what is written otherwise.
fn in_digits(text: &str) -> Option<String> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let year: Option<String> = year.chars().map(digit).collect();
    let small = |part: &str| (1..100).find(|it| numeral::hanzi(*it) == part);
    Some(format!("{}年{}月{}日", year?, small(month)?, small(day)?))
}

/// The digit of a year's hanzi.
fn digit(c: char) -> Option<char> {
    // People write 零 and the circle ○ for 〇 as well.
    let c = if matches!(c, '零' | '○') { '〇' } else { c };
    let at = "〇一二三四五六七八九".chars().position(|it| it == c)?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_read_and_print_without_leading_zeros() {
        for text in [
            "2026-03-05",
            "2026年3月5日",
            "2026年03月05日",
            "2026-3-5",
            "2026/3/5",
            "2026.3.5",
            "2026.03.05",
            "2026/3/5 0:00",
            "2026-03-05 00:00:00",
            "二〇二六年三月五日",
            "二○二六年三月五日",
        ] {
            assert_eq!(
                text.parse::<Date>().map(|d| d.to_string()),
                Ok("2026年3月5日".into())
            );
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2026年2月30日",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-01-99999999999",
        ] {
            assert_eq!(text.parse::<Date>(), Err(DateError::Missing), "{text}");
        }
        assert_eq!("二〇二六年二月三十日".parse::<Date>(), Err(DateError::Missing));
        for text in [
            "下周三",
            "2026",
            "26-03-05",
            "0026-03-05",
            "3/5/2026",
            "2026/3-5",
            "2026.3-5",
            "2026-03",
            "2026/3/5 14:30",
            "二〇二六年三月",
            "二六年三月五日",
            "",
        ] {
            assert_eq!(text.parse::<Date>(), Err(DateError::Form), "{text}");
        }
    }
}
