//! A day and time as spreadsheets count them: days, and parts of days, since 1900 or 1904.

use chrono::{Datelike, Days, NaiveDate};

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

    /// 上午 or 下午 in a notation.
    pub fn half(&self, notation: &str) -> &'static str {
        match (notation, self.hour() < 12) {
            ("A/P", true) => "A",
            ("A/P", false) => "P",
            ("AM/PM", true) => "AM",
            ("AM/PM", false) => "PM",
            (_, true) => "上午",
            (_, false) => "下午",
        }
    }

    fn hour(&self) -> u64 {
        self.seconds / 3600 % 24
    }

    /// A part of it by the letters that stand for it; `m` may mean minutes, hours may be
    /// counted twice to twelve.
    pub fn show(&self, letters: &str, minute: bool, halves: bool) -> String {
        let padded = |number: u64| match letters.len() {
            1 => number.to_string(),
            _ => format!("{number:02}"),
        };
        let count = |unit: u64| {
            let places = letters.len().saturating_sub(1).min(9);
            format!("{:0places$}", self.seconds / unit)
        };
        match letters {
            it if it.starts_with("[h") => count(3600),
            it if it.starts_with("[m") => count(60),
            it if it.starts_with("[s") => count(1),
            "yy" | "y" => format!("{:02}", self.day.year() % 100),
            it if it.starts_with(['y', 'e']) => self.day.year().to_string(),
            "m" | "mm" if minute => padded(self.seconds / 60 % 60),
            "m" | "mm" => padded(self.day.month().into()),
            "mmmm" => self.day.format("%B").to_string(),
            "mmm" => self.day.format("%b").to_string(),
            it if it.starts_with('m') => {
                self.day.format("%b").to_string()[..1].to_owned()
            }
            "d" | "dd" => padded(self.day.day().into()),
            "ddd" => self.day.format("%a").to_string(),
            it if it.starts_with('d') => self.day.format("%A").to_string(),
            "h" | "hh" if halves => padded((self.hour() + 11) % 12 + 1),
            it if it.starts_with('h') => padded(self.hour()),
            it if it.starts_with('s') => padded(self.seconds % 60),
            "aaa" => self.weekday().to_owned(),
            it if it.starts_with("aaa") => format!("星期{}", self.weekday()),
            _ => String::new(),
        }
    }

    fn weekday(&self) -> &'static str {
        let names = ["一", "二", "三", "四", "五", "六", "日"];
        names[self.day.weekday().num_days_from_monday() as usize % 7]
    }
}
