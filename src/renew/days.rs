//! 要看的日期: weekends, the Spring Festival, days that are none, days of the week that are
//! others in the new year.

use chrono::{Datelike, NaiveDate, Weekday};

use super::festival::remark;
use super::years::{MonthDay, month_day, written_date};
use super::{What, YEAR};

/// What a person should look at of a day in its new year.
pub fn look(text: &str, year: i32, shown: &str, on: &MonthDay) -> Vec<What> {
    let mut found = Vec::new();
    let days = [&on.day, &on.last].map(|it| it.as_ref().map(|it| it.0));
    let dates = days.map(|day| NaiveDate::from_ymd_opt(year, on.month, day?));
    for (day, date) in days.into_iter().zip(dates) {
        let Some(day) = day else { continue };
        let what = format!("{shown}{}月{day}日", on.month);
        match date {
            Some(date) => found
                .extend(remark(date).map(|why| What::Review(what.clone(), why.into()))),
            None if (on.month, day) == (2, 29) => {
                found.push(What::Review(what, "没有这一天，改成了 28 日".into()));
            }
            None => found.push(What::Review(what, "没有这一天".into())),
        }
    }
    for ((day, date), (written, weekday)) in
        days.iter().zip(dates).zip(weekdays(&text[on.end..]))
    {
        let (Some(day), Some(date)) = (day, date) else { continue };
        if date.weekday() != weekday {
            let is = name(date.weekday());
            let why = format!("{shown}{}月{day}日是星期{is}", on.month);
            found.push(What::Review(written, why));
        }
    }
    found
}

fn name(weekday: Weekday) -> char {
    ['一', '二', '三', '四', '五', '六', '日'][weekday.num_days_from_monday() as usize]
}

/// 星期四, 周四 and 礼拜四 right behind a day, as they are written.
fn weekdays(behind: &str) -> Vec<(String, Weekday)> {
    let near: String = behind
        .chars()
        .take(16)
        .take_while(|c| !"，。；！？：、\n".contains(*c) && !c.is_ascii_digit())
        .collect();
    all_weekdays(&near)
        .into_iter()
        .map(|(_, written, weekday)| (written, weekday))
        .collect()
}

fn all_weekdays(text: &str) -> Vec<(usize, String, Weekday)> {
    let mut found = Vec::new();
    for word in ["星期", "礼拜", "周"] {
        for (at, _) in text.match_indices(word) {
            let c = text[at + word.len()..].chars().next();
            let number =
                c.and_then(|c| "一二三四五六日天末".chars().position(|it| it == c));
            let weekday = number.and_then(|it| Weekday::try_from(it.min(6) as u8).ok());
            if let (Some(c), Some(weekday)) = (c.filter(|c| *c != '末'), weekday) {
                found.push((at, format!("{word}{c}"), weekday));
            }
        }
    }
    found.sort_by_key(|it| it.0);
    found
}

/// Days of the week without a day of the month anywhere near, as in a cell of a table.
pub fn lonely_weekdays(text: &str) -> Vec<(usize, String)> {
    let regular = |at: usize| text[..at].ends_with(['每', '逢', '至', '到']);
    let found = all_weekdays(text).into_iter();
    found.filter(|it| !regular(it.0)).map(|(at, written, _)| (at, written)).collect()
}

/// Days behind the year's parameter: `{{ 年度 }}年5月15日`, `{{ 年度 }}-05-15`.
pub fn behind_variable(text: &str) -> Vec<(usize, MonthDay)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices("{{") {
        let Some(close) = text[open..].find("}}").map(|at| open + at) else { break };
        let end = close + 2;
        if !YEAR.contains(&text[open + 2..close].trim()) {
            continue;
        }
        let day = match text[end..].strip_prefix('年') {
            Some(rest) => month_day(text, text.len() - rest.len()),
            None => written_date(text, end),
        };
        found.extend(day.map(|it| (open, it)));
    }
    found
}

/// What may be a year and is not taken for one: `26年`, `20260305`.
pub fn doubtful(text: &str, year: i32) -> Vec<(usize, String, &'static str)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find(|c: char| c.is_ascii_digit()) {
        let at = rest + at;
        let length = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = (&text[at..at + length], &text[at + length..]);
        rest = at + length;
        let joined = text[..at].ends_with(|c: char| "-/.第近历满约".contains(c));
        if joined {
            continue;
        }
        let short = format!("{:02}", year.rem_euclid(100));
        if digits == short && behind.starts_with('年') && !behind.starts_with("年来") {
            found.push((at, format!("{digits}年"), "两位数，不知是不是年份"));
        }
        let whole = length == 8 && digits.starts_with(&year.to_string());
        if whole && NaiveDate::parse_from_str(digits, "%Y%m%d").is_ok() {
            found.push((at, digits.into(), "连写的日期"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::years::bare_days;
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let (_, day) = bare_days(text).remove(0);
        let told = |it: What| match it {
            What::Review(what, why) => format!("{what}：{why}"),
            other => format!("{other:?}"),
        };
        look(text, 2027, "", &day).into_iter().map(told).collect()
    }

    #[test]
    fn only_days_of_the_week_that_are_wrong_are_told() {
        assert!(of("3月5日（星期五）").is_empty());
        assert_eq!(of("3月5日（星期四）"), ["星期四：3月5日是星期五"]);
        assert_eq!(of("3月5日上午（周四）"), ["周四：3月5日是星期五"]);
        assert_eq!(of("3月5日，每周四"), Vec::<String>::new());
        assert_eq!(
            of("4月13日至17日（星期一至星期五）"),
            ["4月17日：是星期六", "星期一：4月13日是星期二", "星期五：4月17日是星期六"]
        );
        assert_eq!(of("2月29日"), ["2月29日：没有这一天，改成了 28 日"]);
    }

    #[test]
    fn what_may_be_a_year_is_found() {
        let found =
            |text| doubtful(text, 2026).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(found("26年度，20260305，近26年，1.26年"), ["26年", "20260305"]);
    }

    #[test]
    fn days_behind_the_year_s_parameter_are_found() {
        let found =
            behind_variable("{{ 年度 }}年5月15日、{{年}}-03-06、{{ 年度 + 1 }}年1月1日");
        let months: Vec<u32> = found.iter().map(|it| it.1.month).collect();
        assert_eq!(months, [5, 3]);
    }
}
