//! The time that a year and the words behind it name, and how far it is gone.

use std::ops::Range;

use chrono::NaiveDate;

use super::clause::ENDS;
use super::dates::{MonthDay, behind_remark, days_of_month, month_day};
use super::digits::{AND, TO};
use super::season::{last_day, month_range, named, season_name};
use super::years::Year;

/// A time that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Where its words stand.
    pub at: Range<usize>,
    /// How it is named.
    pub kind: Kind,
}

/// How a time is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A day, or days of one month.
    Day,
    /// A month.
    Month,
    /// A part of the year by its name: 上半年, 春节.
    Part,
    /// By its ends.
    Range,
    /// The whole year.
    Year,
    /// From then to now: 以来.
    Since,
}

/// How far a time is gone on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gone {
    /// It has not begun.
    Ahead,
    /// It has begun.
    Begun,
    /// Three quarters of it are over.
    Mostly,
    /// It is over.
    Over,
}

impl Span {
    /// How far it is gone on a day.
    pub fn gone(&self, on: NaiveDate) -> Gone {
        let whole = (self.last - self.first).num_days() + 1;
        let past = (on - self.first).num_days();
        match (on < self.first, on > self.last || self.kind == Kind::Since) {
            (true, _) => Gone::Ahead,
            (false, true) => Gone::Over,
            (false, false) if past * 4 >= whole * 3 => Gone::Mostly,
            (false, false) => Gone::Begun,
        }
    }
}

/// The time that a year is of: with the year that it stands together with, with month and day,
/// or with the name of a part of it.
pub fn span(text: &str, found: &[Year], i: usize) -> Option<Span> {
    let year = found.get(i)?;
    let Some(mate) = year.mate.filter(|it| it.range) else { return one(text, year) };
    let first = if mate.end == year.end { i.checked_sub(1)? } else { i };
    let (a, b) = (found.get(first)?, found.get(first + 1)?);
    let (from, to) = (one(text, a)?, one(text, b)?);
    let whole = Span { at: from.at.start..to.at.end, kind: Kind::Range, ..to };
    let whole = Span { first: from.first, ..whole };
    if a.day.is_none() && b.day.is_none() && b.year == a.year + 1 {
        return Some(across(text, a.year, &whole).unwrap_or(whole));
    }
    Some(whole)
}

/// Times that begin in one year and end in the next: 2025—2026学年, 2025—2026年采暖季.
fn across(text: &str, year: i32, whole: &Span) -> Option<Span> {
    let rest = &text[whole.at.end..];
    let behind = rest.strip_prefix('年').unwrap_or(rest);
    let behind = behind.strip_prefix('度').unwrap_or(behind).trim_start_matches(' ');
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let heating =
        ["采暖季", "供暖季", "供热季", "采暖期", "供暖期", "供热期", "采暖", "供暖"];
    let school = ["学年度", "学年"];
    let is = |names: &[&str]| names.iter().find_map(|it| behind.strip_prefix(it));
    let (first, last, tail) = if let Some(tail) = is(&heating) {
        (day(year, 11, 1)?, day(year + 1, 3, 31)?, tail)
    } else if let Some(name) = season_name(behind) {
        (day(year, 10, 1)?, day(year + 1, 4, 30)?, &behind[name.len()..])
    } else {
        let tail = is(&school)?;
        if let Some(tail) = tail.strip_prefix("第一学期") {
            (day(year, 9, 1)?, day(year + 1, 1, 31)?, tail)
        } else if let Some(tail) = tail.strip_prefix("第二学期") {
            (day(year + 1, 2, 1)?, day(year + 1, 7, 31)?, tail)
        } else {
            (day(year, 9, 1)?, day(year + 1, 7, 31)?, tail)
        }
    };
    let at = whole.at.start..text.len() - tail.len();
    Some(Span { first, last, at, kind: Kind::Range })
}

/// The time of a year alone.
fn one(text: &str, year: &Year) -> Option<Span> {
    let rest = &text[year.end..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let rest = &rest[spaces..];
    let (first, last, length, kind) = if let Some(day) = &year.day {
        let (first, last) = days(year.year, day)?;
        let kind = if day.days.is_empty() { Kind::Month } else { Kind::Day };
        match end(text, year) {
            Some((month_day, at)) => {
                let turned = i32::from(month_day.month < day.month);
                let (_, last) = days(year.year + turned, &month_day)?;
                (first, last, at - year.end - spaces, Kind::Range)
            }
            None => match part_of_month(text, year, day) {
                Some((first, last, end)) => {
                    (first, last, end - year.end - spaces, Kind::Part)
                }
                None => (first, last, 0, kind),
            },
        }
    } else {
        let part = rest.strip_prefix('度').unwrap_or(rest);
        match named(part, year.year) {
            Some((first, last, length)) => {
                (first, last, rest.len() - part.len() + length, Kind::Part)
            }
            None => {
                let (first, last) = month_range(year.year, 1, 12)?;
                (first, last, 0, Kind::Year)
            }
        }
    };
    let end = year.end + spaces + length;
    let behind = &text[end..];
    let comes = behind.starts_with("来，").then_some("来".len());
    let since = comes.or_else(|| since(behind));
    let kind = if since.is_some() { Kind::Since } else { kind };
    let at = year.at.start..end + since.unwrap_or(0);
    Some(Span { first, last, at, kind })
}

/// A part of a month behind its name, and where its words end: 3月上旬, （2026年7月）1日至10日.
fn part_of_month(
    text: &str,
    year: &Year,
    on: &MonthDay,
) -> Option<(NaiveDate, NaiveDate, usize)> {
    let day = |day| NaiveDate::from_ymd_opt(year.year, on.month, day);
    let month = on.days.is_empty().then(|| &text[year.end..])?;
    for (name, first, last) in [("上旬", 1, 10), ("中旬", 11, 20), ("下旬", 21, 31)]
    {
        if month.starts_with(name) {
            let last = day(last).or_else(|| last_day(year.year, on.month))?;
            return Some((day(first)?, last, year.end + name.len()));
        }
    }
    let behind = text.len() - month.strip_prefix(['）', ')'])?.len();
    let (days, end) = days_of_month(text, behind);
    Some((day(days.first()?.0)?, day(days.last()?.0)?, end))
}

/// How long the words are that end in 以来: 入汛以来.
fn since(behind: &str) -> Option<usize> {
    ["以来", "至今"].into_iter().find_map(|word| {
        let named = &behind[..behind.find(word)?];
        let near = named.chars().count() <= 4 && !named.contains(ENDS);
        near.then_some(named.len() + word.len())
    })
}

/// The end of a time whose beginning has the year: `至2月28日`, `至6月`.
fn end(text: &str, year: &Year) -> Option<(MonthDay, usize)> {
    let behind = text[behind_remark(text, year.end)..].trim_start_matches(' ');
    let rest = behind.strip_prefix(TO).or_else(|| behind.strip_prefix(AND))?;
    let found = month_day(text, text.len() - rest.len())?;
    let at = found.end;
    Some((found, at))
}

/// The first and the last day of a month, or of the days in it.
fn days(year: i32, of: &MonthDay) -> Option<(NaiveDate, NaiveDate)> {
    let on = |it: &(u32, Range<usize>)| {
        NaiveDate::from_ymd_opt(year, of.month, it.0).or_else(|| last_day(year, of.month))
    };
    match (of.days.first(), of.days.last()) {
        (Some(first), Some(last)) => Some((on(first)?, on(last)?)),
        _ => month_range(year, of.month, of.month),
    }
}

#[cfg(test)]
mod tests {
    use super::super::years::years;
    use super::*;

    fn of(text: &str) -> (String, String, Kind, String) {
        let span = span(text, &years(text), 0).expect("a time");
        let (first, last) = (span.first.to_string(), span.last.to_string());
        (first, last, span.kind, text[span.at.end..].to_owned())
    }

    #[test]
    fn a_time_has_a_first_and_a_last_day() {
        for (text, first, last, kind, rest) in [
            ("2026年3月5日，", "2026-03-05", "2026-03-05", Kind::Day, "，"),
            ("2026年2月", "2026-02-01", "2026-02-28", Kind::Month, ""),
            ("2026年1月至6月用", "2026-01-01", "2026-06-30", Kind::Range, "用"),
            ("2026年1—6月用", "2026-01-01", "2026-06-30", Kind::Part, "用"),
            ("2026年11月5日至3月5日", "2026-11-05", "2027-03-05", Kind::Range, ""),
            ("2026年3月上旬，", "2026-03-01", "2026-03-10", Kind::Part, "，"),
            ("2026年2月下旬", "2026-02-21", "2026-02-28", Kind::Part, ""),
            ("2026年7月）1日至10日支", "2026-07-01", "2026-07-10", Kind::Part, "支"),
            ("2026—2027榨季收", "2026-10-01", "2027-04-30", Kind::Range, "收"),
            ("2026年度上半年", "2026-01-01", "2026-06-30", Kind::Part, ""),
            ("2026年度考核", "2026-01-01", "2026-12-31", Kind::Year, "度考核"),
            ("2026年以来，", "2026-01-01", "2026-12-31", Kind::Since, "，"),
            ("2026年1月以来", "2026-01-01", "2026-01-31", Kind::Since, ""),
            ("2025年7月至2026年6月的", "2025-07-01", "2026-06-30", Kind::Range, "的"),
            ("2025—2026年采暖季收", "2025-11-01", "2026-03-31", Kind::Range, "收"),
            ("2025—2026年度供暖期投", "2025-11-01", "2026-03-31", Kind::Range, "投"),
            ("2025-2026学年考", "2025-09-01", "2026-07-31", Kind::Range, "考"),
        ] {
            let asked = (first.to_owned(), last.to_owned(), kind, rest.to_owned());
            assert_eq!(of(text), asked, "{text}");
        }
    }

    #[test]
    fn a_time_is_ahead_gone_or_mostly_gone() {
        let text = "2026年";
        let year = span(text, &years(text), 0).expect("a time");
        let gone = |y, m, d| year.gone(NaiveDate::from_ymd_opt(y, m, d).expect("a day"));
        assert_eq!(gone(2025, 12, 31), Gone::Ahead);
        assert_eq!(gone(2026, 3, 5), Gone::Begun);
        assert_eq!(gone(2026, 11, 5), Gone::Mostly);
        assert_eq!(gone(2027, 1, 1), Gone::Over);
    }
}
