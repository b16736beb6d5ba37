//! A day and time as spreadsheets count them: days, and parts of days, since 1900 or 1904.

use chrono::{Datelike, Days, NaiveDate};

use super::code::Language;
use super::hanzi;
use crate::notice::numeral;

/// A day and time of day.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    day: NaiveDate,
    /// Whole seconds since the count began, for hours that run on beyond a day.
    seconds: u64,
    /// The rest of a second.
    rest: f64,
}

impl Moment {
    /// The moment of a spreadsheet's number, to that many decimals of a second; `None` for
    /// what is no day.
    pub fn of(value: f64, since_1904: bool, decimals: usize) -> Option<Self> {
        if !(0.0..2_958_466.0).contains(&value) {
            return None;
        }
        let parts = 10f64.powi(i32::try_from(decimals.min(3)).ok()?);
        let all = (value * 86400.0 * parts).round() / parts;
        let seconds = all.floor() as u64;
        // The first of these calendars has a 29 February 1900, which never was.
        let base = match (since_1904, seconds / 86400) {
            (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
            (false, 0..60) => NaiveDate::from_ymd_opt(1899, 12, 31),
            (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30),
        };
        let day = base?.checked_add_days(Days::new(seconds / 86400))?;
        Some(Self { day, seconds, rest: all - all.floor() })
    }

    /// The decimals of the second.
    pub fn fraction(&self, decimals: usize) -> String {
        let text = format!("{:.*}", decimals.min(3), self.rest);
        text.split_once('.').map(|(_, part)| part.to_owned()).unwrap_or_default()
    }

    /// 上午 or 下午 in a notation; a Chinese format shows AM/PM so as well.
    pub fn half(&self, notation: &str, chinese: bool) -> &'static str {
        match (notation, self.hour() < 12) {
            ("A/P", true) if !chinese => "A",
            ("A/P", false) if !chinese => "P",
            ("AM/PM", true) if !chinese => "AM",
            ("AM/PM", false) if !chinese => "PM",
            (_, true) => "上午",
            (_, false) => "下午",
        }
    }

    fn hour(&self) -> u64 {
        self.seconds / 3600 % 24
    }

    /// The hour as it is counted twice a day.
    fn half_hour(&self) -> u64 {
        (self.hour() + 11) % 12 + 1
    }

    /// A part of it in digits by the letters that stand for it; `m` may mean minutes, hours may
    /// be counted twice to twelve. `None` for eras and other calendars.
    pub fn show(&self, letters: &str, minute: bool, halves: bool) -> Option<String> {
        let padded = |number: u64| match letters.len() {
            1 => number.to_string(),
            _ => format!("{number:02}"),
        };
        let count = |unit: u64| {
            let places = letters.len().saturating_sub(1).min(9);
            format!("{:0places$}", self.seconds / unit)
        };
        Some(match letters {
            it if it.starts_with("[h") => count(3600),
            it if it.starts_with("[m") => count(60),
            it if it.starts_with("[s") => count(1),
            "yy" | "y" => format!("{:02}", self.day.year() % 100),
            it if it.starts_with('y') => self.day.year().to_string(),
            "m" | "mm" if minute => padded(self.seconds / 60 % 60),
            "m" | "mm" => padded(self.day.month().into()),
            "d" | "dd" => padded(self.day.day().into()),
            "h" | "hh" if halves => padded(self.half_hour()),
            it if it.starts_with('h') => padded(self.hour()),
            it if it.starts_with('s') => padded(self.seconds % 60),
            _ => return None,
        })
    }

    /// A part of it as [`Self::show`] has it in 一二三, or in 壹贰叁 for `kind` 2; `None` in
    /// other numerals.
    pub fn in_hanzi(
        &self,
        letters: &str,
        minute: bool,
        halves: bool,
        kind: u32,
    ) -> Option<String> {
        if letters == "yyyy" {
            return hanzi::digits(&self.day.year().to_string(), kind);
        }
        let number = match letters {
            "m" | "mm" if minute => self.seconds / 60 % 60,
            "m" | "mm" => self.day.month().into(),
            "d" | "dd" => self.day.day().into(),
            "h" | "hh" if halves => self.half_hour(),
            "h" | "hh" => self.hour(),
            "s" | "ss" => self.seconds % 60,
            _ => return None,
        };
        let zero = if letters.len() > 1 && number < 10 { "0" } else { "" };
        Some(hanzi::digits(zero, kind)? + &hanzi::of_moment(number, kind)?)
    }

    /// The name of the month or the day of the week; the year where each language counts it in
    /// its own way. `None` in a language, or of a length, that is not known here.
    pub fn name(&self, letters: &str, language: Language) -> Option<String> {
        let english = matches!(language, Language::English | Language::Unnamed);
        let chinese = matches!(language, Language::Chinese | Language::Unnamed);
        let in_english = |format: &str| self.day.format(format).to_string();
        Some(match letters {
            it if it.starts_with('e') && chinese => self.day.year().to_string(),
            "aaa" if chinese => self.weekday().to_owned(),
            it if it.starts_with("aaa") && chinese => format!("星期{}", self.weekday()),
            "mmmm" if english => in_english("%B"),
            "mmm" if english => in_english("%b"),
            it if it.starts_with('m') && english => in_english("%b")[..1].to_owned(),
            "ddd" if english => in_english("%a"),
            it if it.starts_with('d') && english => in_english("%A"),
            "mmmm" if chinese => numeral::hanzi(self.day.month() as usize) + "月",
            "mmm" if chinese => format!("{}月", self.day.month()),
            "dddd" if chinese => format!("星期{}", self.weekday()),
            "ddd" if chinese => format!("周{}", self.weekday()),
            _ => return None,
        })
    }

    fn weekday(&self) -> &'static str {
        let names = ["一", "二", "三", "四", "五", "六", "日"];
        names[self.day.weekday().num_days_from_monday() as usize % 7]
    }
}

/// Whether letters stand for a name, or for a year that each language counts in its own way.
pub fn is_name(letters: &str) -> bool {
    letters.starts_with(['a', 'e'])
        || letters.starts_with("mmm")
        || letters.starts_with("ddd")
}
