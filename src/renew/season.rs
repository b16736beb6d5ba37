//! Times of the year that have a name: holidays, terms, seasons, quarters.

use chrono::{Days, NaiveDate};

use super::digits::{TO, small};
use super::festival::lunar;
use crate::characters::is_hanzi;

/// A month and a day of it.
type InYear = (u32, u32);

/// Names with the first and the last day; a last day before the first is of the next year. Names
/// that begin with others stand before them.
const TIMES: [(&str, InYear, InYear); 39] = [
    ("上半年", (1, 1), (6, 30)),
    ("下半年", (7, 1), (12, 31)),
    ("前三季度", (1, 1), (9, 30)),
    ("前两季度", (1, 1), (6, 30)),
    ("前二季度", (1, 1), (6, 30)),
    ("一季度", (1, 1), (3, 31)),
    ("二季度", (4, 1), (6, 30)),
    ("三季度", (7, 1), (9, 30)),
    ("四季度", (10, 1), (12, 31)),
    ("年初", (1, 1), (1, 31)),
    ("初", (1, 1), (1, 31)),
    ("底", (12, 1), (12, 31)),
    ("末", (12, 1), (12, 31)),
    ("元旦", (1, 1), (1, 3)),
    ("寒假", (1, 15), (3, 1)),
    ("全国两会", (3, 1), (3, 15)),
    ("全国“两会”", (3, 1), (3, 15)),
    ("清明", (4, 4), (4, 6)),
    ("五一", (5, 1), (5, 5)),
    ("劳动节", (5, 1), (5, 5)),
    ("春耕", (3, 1), (5, 31)),
    ("三夏", (5, 20), (6, 30)),
    ("高考", (6, 7), (6, 10)),
    ("中考", (6, 10), (6, 30)),
    ("暑假", (7, 1), (8, 31)),
    ("暑期", (7, 1), (8, 31)),
    ("迎峰度夏", (6, 15), (9, 15)),
    ("主汛期", (6, 1), (8, 31)),
    ("安全生产月", (6, 1), (6, 30)),
    ("质量月", (9, 1), (9, 30)),
    ("消防宣传月", (11, 1), (11, 30)),
    ("汛期", (5, 1), (9, 30)),
    ("国庆", (10, 1), (10, 8)),
    ("春季学期", (2, 15), (7, 15)),
    ("秋季学期", (9, 1), (1, 20)),
    ("春季", (3, 1), (5, 31)),
    ("夏季", (6, 1), (8, 31)),
    ("秋季", (9, 1), (11, 30)),
    ("冬季", (11, 1), (3, 15)),
];

/// The first and last day of a time, and how many bytes of the text name it.
pub type Named = (NaiveDate, NaiveDate, usize);

/// The name of a season that a text begins with: 采暖季, 赛季, 榨季; 季度 and 春季 are none.
pub fn season_name(text: &str) -> Option<&str> {
    let (name, behind) = text.split_once('季')?;
    let named = (1..=3).contains(&name.chars().count()) && name.chars().all(is_hanzi);
    let amount = name.starts_with(|c| "元人次个万亿吨户件年第".contains(c));
    let quarter = behind.starts_with('度') || name.ends_with(['每', '当', '本', '上']);
    (named && !amount && !quarter).then(|| &text[..name.len() + '季'.len_utf8()])
}

/// The time of a year that a text begins with the name of.
pub fn named(text: &str, year: i32) -> Option<Named> {
    let rest = text.strip_prefix(['第', '“']).unwrap_or(text);
    let skipped = text.len() - rest.len();
    let fixed = TIMES.iter().find(|it| rest.starts_with(it.0));
    let fixed = fixed.and_then(|(name, from, to)| {
        let next = i32::from(to < from);
        let first = NaiveDate::from_ymd_opt(year, from.0, from.1)?;
        let last = NaiveDate::from_ymd_opt(year + next, to.0, to.1)?;
        Some((first, last, skipped + name.len()))
    });
    fixed
        .or_else(|| by_the_moon(text, year))
        .or_else(|| quarter(rest, year).map(|(a, b, end)| (a, b, skipped + end)))
        .or_else(|| months(text, year))
}

/// Festivals of the moon: month and day in the Chinese year, and how many days before and
/// behind belong to them.
const BY_THE_MOON: [(&str, u8, u8, u64, u64); 6] = [
    ("春运", 1, 1, 15, 24),
    ("春节", 1, 1, 1, 6),
    ("元宵", 1, 15, 0, 0),
    ("端午", 5, 5, 1, 1),
    ("中秋", 8, 15, 1, 1),
    ("重阳", 9, 9, 0, 0),
];

fn by_the_moon(text: &str, year: i32) -> Option<Named> {
    let (name, month, day, before, behind) =
        BY_THE_MOON.into_iter().find(|it| text.starts_with(it.0))?;
    let day = lunar(year, month, day)?;
    Some((day - Days::new(before), day + Days::new(behind), name.len()))
}

/// `1季度`.
fn quarter(text: &str, year: i32) -> Option<Named> {
    let (number, at) = small(text, 0).filter(|it| (1..=4).contains(&it.0))?;
    text[at.end..].strip_prefix("季度")?;
    let (first, last) = month_range(year, number * 3 - 2, number * 3)?;
    Some((first, last, at.end + "季度".len()))
}

/// `前6个月`, `1—6月`, `1至9月`.
fn months(text: &str, year: i32) -> Option<Named> {
    let (first, rest) = match text.strip_prefix(['前', '头']) {
        Some(rest) => (1, rest),
        None => {
            let (first, at) = small(text, 0)?;
            (first, text[at.end..].strip_prefix('月').unwrap_or(&text[at.end..]))
        }
    };
    let counted = rest.len() < text.len() && text.starts_with(['前', '头']);
    let rest = if counted { rest } else { rest.strip_prefix(TO)? };
    let (last, at) = small(rest, 0)?;
    let unit = if counted { "个月" } else { "月" };
    let behind = rest[at.end..].strip_prefix(unit)?;
    let (first, last) = month_range(year, first, last)?;
    Some((first, last, text.len() - behind.len()))
}

/// From the first day of a month to the last of another; over the turn of the year if that is
/// earlier.
pub fn month_range(year: i32, first: u32, last: u32) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, first, 1)?;
    Some((from, last_day(year + i32::from(last < first), last)?))
}

/// The last day of a month.
pub fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    let (year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(year, next, 1)?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_year_are_known_by_their_names() {
        let of = |text: &'static str| {
            let (first, last, end) = named(text, 2026)?;
            Some((first.to_string(), last.to_string(), &text[end..]))
        };
        let is = |text: &'static str, first: &str, last: &str, rest| {
            let asked = Some((first.to_owned(), last.to_owned(), rest));
            assert_eq!(of(text), asked, "{text}");
        };
        is("上半年，", "2026-01-01", "2026-06-30", "，");
        is("第一季度事故", "2026-01-01", "2026-03-31", "事故");
        is("第4季度", "2026-10-01", "2026-12-31", "");
        is("前三季度", "2026-01-01", "2026-09-30", "");
        is("前6个月", "2026-01-01", "2026-06-30", "");
        is("1—6月", "2026-01-01", "2026-06-30", "");
        is("11月至2月", "2026-11-01", "2027-02-28", "");
        is("春节期间", "2026-02-16", "2026-02-23", "期间");
        is("端午节", "2026-06-18", "2026-06-20", "节");
        is("秋季学期", "2026-09-01", "2027-01-20", "");
        assert_eq!(season_name("流感季收尾"), Some("流感季"));
        for text in ["元每季", "二季度", "四季度", "年春季学期"] {
            assert_eq!(season_name(text), None, "{text}");
        }
        for text in ["培训", "前6名", "1月", "第3次会议", "13—14月"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
