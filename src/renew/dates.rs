//! Months and days in a text, with and without a year before them.

use std::ops::Range;

use super::digits::{AND, TO, kind, skip, small};

/// `3月`, `3月5日`, `3月5日至7日` or `3月5日、7日`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDay {
    /// The month.
    pub month: u32,
    /// The days and where their digits are, in the order of the text.
    pub days: Vec<(u32, Range<usize>)>,
    /// Where all that ends.
    pub end: usize,
}

/// Behind a short remark in brackets: `（周四）`.
pub fn behind_remark(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let Some(inside) = rest.strip_prefix(['（', '(']) else { return from };
    match inside.find(['）', ')', '\n']) {
        Some(at) if inside[..at].chars().count() <= 14 => {
            let close = inside[at..].chars().next().map_or(0, char::len_utf8);
            text.len() - inside.len() + at + close
        }
        _ => from,
    }
}

/// Behind a time of the day, `8时起`, where the end of a time follows.
fn behind_hours(text: &str, from: usize) -> usize {
    let part = |c: char| c.is_ascii_digit() || ":：时分点半起上下午早晚".contains(c);
    let rest = text[from..].trim_start_matches(part);
    let end = text.len() - rest.len();
    let said = &text[from..end];
    let longest = said.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    // Four digits are a year.
    let hours = said.contains(['时', '点', ':', '：', '起']) && longest <= Some(2);
    if hours && rest.starts_with(TO) { end } else { from }
}

/// `3月`, `3月5日`, `3月5日至7日` or `3月5日、7日` from a place on.
pub fn month_day(text: &str, from: usize) -> Option<MonthDay> {
    let (month, at) = small(text, from).filter(|it| (1..=12).contains(&it.0))?;
    let end = skip(text, at.end, &['月'])?;
    let (days, end) = days_of_month(text, end);
    Some(MonthDay { month, days, end })
}

/// Days of a month, `5日`, `5日至7日` or `5日、7日`, from a place on, and where they end.
pub fn days_of_month(text: &str, start: usize) -> (Vec<(u32, Range<usize>)>, usize) {
    let (mut days, mut end) = (Vec::new(), start);
    let (mut from, mut unnamed) = (start, Vec::new());
    let joins: Vec<char> = TO.into_iter().chain(AND).collect();
    while let Some(day) = small(text, from).filter(|it| (1..=31).contains(&it.0)) {
        let mut behind = day.1.end;
        unnamed.push(day);
        if let Some(behind_day) = skip(text, behind, &['日', '号']) {
            days.append(&mut unnamed);
            end = behind_day;
            behind = behind_hours(text, behind_remark(text, end));
        }
        match skip(text, behind, &joins) {
            Some(next) => from = next,
            None => break,
        }
    }
    (days, end)
}

/// Whether a text ends in a date such as 2026.4.1 or 2026/4/1.
pub fn ends_in_date(text: &str) -> bool {
    [".", "/"].iter().any(|mark| ends_in_date_by(text, mark))
}

/// The same with a given mark.
fn ends_in_date_by(text: &str, mark: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    let before_day = text.trim_end_matches(digits);
    let Some(head) = before_day.strip_suffix(mark) else { return false };
    let (day, before_month) = (&text[before_day.len()..], head.trim_end_matches(digits));
    let year = before_month.strip_suffix(mark);
    let year = year.map(|it| &it[it.trim_end_matches(digits).len()..]);
    let short = |digits: &str| (1..=2).contains(&digits.len());
    short(day)
        && short(&head[before_month.len()..])
        && year.is_some_and(|it| it.len() == 4)
}

/// `-03-05`, `/3/5`, `.3.5` or `-03` behind a year.
pub fn written_date(text: &str, from: usize) -> Option<MonthDay> {
    let mark = text[from..].chars().next().filter(|c| ['-', '/', '.'].contains(c))?;
    let number = |at: usize| {
        let length = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let value: u32 = text[at..at + length].parse().ok()?;
        (1..=2).contains(&length).then_some((value, at..at + length))
    };
    let month = number(from + 1).filter(|it| (1..=12).contains(&it.0))?;
    let more = text[month.1.end..].starts_with(mark);
    let day = if more { number(month.1.end + 1) } else { None };
    let day = day.filter(|it| (1..=31).contains(&it.0));
    let end = day.as_ref().map_or(month.1.end, |it| it.1.end);
    let behind = text[end..].chars().next();
    // 2026.4.1-2026.6.30 and 2026.4.1-6.30 are times, the parts of a path are none.
    let rest = text[end..].strip_prefix('-').filter(|_| mark != '-').unwrap_or_default();
    let next = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let range = next.len() < rest.len() && next.starts_with(mark);
    let open = behind.is_some_and(|c| {
        c.is_ascii_alphanumeric() || (['/', '-', '.'].contains(&c) && more && !range)
    });
    let whole = day.is_some() || (!more && mark == '-' && month.1.len() == 2);
    let days = day.into_iter().collect();
    (whole && !open).then_some(MonthDay { month: month.0, days, end })
}

/// Days without a year, `4月13日` and `今年4月13日`, and where they start; those behind the 年
/// of a number or of a variable have one.
pub fn bare_days(text: &str) -> Vec<(usize, MonthDay)> {
    let mut found: Vec<(usize, MonthDay)> = Vec::new();
    for (at, _) in text.match_indices('月') {
        let head = text[..at].trim_end_matches(' ');
        // 星期三3月4日: the month's digits are of one kind.
        let own = head.chars().next_back().and_then(kind);
        let start = head.trim_end_matches(|c| own.is_some() && kind(c) == own).len();
        let year = text[..start].trim_end_matches(' ').strip_suffix('年');
        let of_year = year.is_some_and(|it| {
            !it.ends_with(['今', '本', '当', '明', '次', '翌', '来', '去', '上', '每'])
        });
        if of_year || start == head.len() {
            continue;
        }
        found.extend(
            month_day(text, start).filter(|it| !it.days.is_empty()).map(|it| (start, it)),
        );
    }
    found.extend(short_dates(text));
    found.sort_by_key(|it| it.0);
    found
}

/// `4.17（周五）`, `4/18 周六` and, behind a date, `-04-19` or `至04-19`: days by their marks
/// alone are days only beside a day of the week, or as the end of a time.
fn short_dates(text: &str) -> Vec<(usize, MonthDay)> {
    let mut found: Vec<(usize, MonthDay)> = Vec::new();
    for (at, mark) in text.match_indices(['.', '/', '-']) {
        let start = text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let Some((month, _)) = small(text, start).filter(|it| it.1 == (start..at)) else {
            continue;
        };
        let behind = &text[at + 1..];
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let (end, day) = (at + 1 + digits, behind[..digits].parse().unwrap_or(0));
        if !(1..=12).contains(&month) || digits > 2 || !(1..=31).contains(&day) {
            continue;
        }
        let (head, tail) = (&text[..start], &text[end..]);
        let ends = head.strip_suffix(TO).is_some_and(|it| ends_in_date_by(it, mark));
        let free =
            !head.ends_with(|c: char| c.is_ascii_alphanumeric() || "./-".contains(c));
        let goes_on =
            tail.starts_with(|c: char| c.is_ascii_alphanumeric() || "./%".contains(c));
        if !goes_on && (ends || (free && before_weekday(tail))) {
            found.push((start, MonthDay { month, days: vec![(day, at + 1..end)], end }));
        }
    }
    found
}

/// `22日（星期三）` behind a day of its month: its place, and where its digits are.
pub fn days_alone(text: &str) -> Vec<(u32, Range<usize>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('日') {
        let start = text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let free =
            !text[..start].trim_end().ends_with(|c: char| c == '月' || TO.contains(&c));
        if let Some((day, digits)) = small(text, start).filter(|it| it.1 == (start..at))
            && free
            && (1..=31).contains(&day)
            && before_weekday(&text[at + '日'.len_utf8()..])
        {
            found.push((day, digits));
        }
    }
    found
}

/// Whether a day of the week stands at the beginning of a text, in brackets or not.
fn before_weekday(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '（', '(']);
    ["星期", "礼拜", "周"].iter().any(|word| {
        let day = text.strip_prefix(word).and_then(|it| it.chars().next());
        day.is_some_and(|it| "一二三四五六日天".contains(it))
    })
}

#[cfg(test)]
mod tests {
    use super::super::years::years;
    use super::*;

    #[test]
    fn days_are_read_in_every_script_with_the_end_of_their_range() {
        let of = |text: &str| {
            let found = years(text).remove(0).day?;
            let days: Vec<u32> = found.days.iter().map(|it| it.0).collect();
            Some((found.month, days, found.end == text.len()))
        };
        assert_eq!(of("2026年3月5日"), Some((3, vec![5], true)));
        assert_eq!(of("2026 年 3 月 5 日"), Some((3, vec![5], true)));
        assert_eq!(of("二〇二八年二月二十九日"), Some((2, vec![29], true)));
        assert_eq!(of("2026年4月13日至17日"), Some((4, vec![13, 17], true)));
        assert_eq!(of("2026年4月13—17日"), Some((4, vec![13, 17], true)));
        assert_eq!(of("2026年4月13、14日"), Some((4, vec![13, 14], true)));
        assert_eq!(of("2026年10月1日（周四）至7日"), Some((10, vec![1, 7], true)));
        assert_eq!(of("2026年2月14日、28日上班"), Some((2, vec![14, 28], false)));
        assert_eq!(of("2026年4月13日至5月17日"), Some((4, vec![13], false)));
        assert_eq!(of("2026年4月13日、6人"), Some((4, vec![13], false)));
        assert_eq!(of("2026年12月"), Some((12, vec![], true)));
        assert_eq!(of("2026年4月13人"), Some((4, vec![], false)));
    }

    #[test]
    fn days_without_a_year_are_found() {
        let of = |text: &str| -> Vec<(usize, u32)> {
            bare_days(text).into_iter().map(|(at, it)| (at, it.month)).collect()
        };
        assert_eq!(of("4月13日、2026年6月1日"), [(0, 4)]);
        assert_eq!(of("每月5日，十二月三日"), [("每月5日，".len(), 12)]);
        assert_eq!(of("星期三3月4日"), [("星期三".len(), 3)]);
        assert_eq!(of("今年4月13日，{{ 年度 }}年6月1日"), [("今年".len(), 4)]);
    }
}
