//! 春节 and the days of the moon: those about which a plan's dates want a second look.

use chinese_lunisolar_calendar::LunisolarDate;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The first day of the Chinese year in a year of the common calendar, by the calendar's own
/// tables (1901 to 2100).
pub fn spring_festival(year: i32) -> Option<NaiveDate> {
    lunar(year, 1, 1)
}

/// A day of the Chinese year, in no leap month.
pub fn lunar(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    let year = u16::try_from(year).ok()?;
    Some(LunisolarDate::from_ymd(year, month, false, day).ok()?.to_naive_date())
}

/// What is special about a day: a weekend, the week of the Spring Festival (除夕 to 初七).
pub fn remark(day: NaiveDate) -> Option<&'static str> {
    if let Some(first) = spring_festival(day.year()) {
        let (eve, last) = (first - Days::new(1), first + Days::new(6));
        if (eve..=last).contains(&day) {
            return Some("在春节期间");
        }
    }
    match day.weekday() {
        Weekday::Sat => Some("是星期六"),
        Weekday::Sun => Some("是星期日"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 国务院办公厅关于节假日安排的通知 to 2026; then the almanacs of the Purple Mountain
    /// Observatory.
    #[test]
    fn the_festival_is_on_the_days_of_the_almanac() {
        let days = [
            (2024, 2, 10),
            (2025, 1, 29),
            (2026, 2, 17),
            (2027, 2, 6),
            (2028, 1, 26),
            (2029, 2, 13),
            (2030, 2, 3),
            (2031, 1, 23),
            (2032, 2, 11),
            (2033, 1, 31),
            (2034, 2, 19),
            (2035, 2, 8),
        ];
        for (year, month, day) in days {
            assert_eq!(spring_festival(year), NaiveDate::from_ymd_opt(year, month, day));
        }
    }

    #[test]
    fn weekends_and_the_festival_are_remarked_on() {
        let of = |y, m, d| remark(NaiveDate::from_ymd_opt(y, m, d).expect("a day"));
        assert_eq!(of(2027, 2, 5), Some("在春节期间"));
        assert_eq!(of(2027, 2, 12), Some("在春节期间"));
        assert_eq!(of(2027, 2, 13), Some("是星期六"));
        assert_eq!(of(2027, 3, 5), None);
    }
}
