//! 要看的日期: weekends, the Spring Festival, days that are none, days of the week that are
//! others in the new year.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::What;
use super::clause::PART;
use super::counted::counted_years;
use super::dates::{MonthDay, days_alone, month_day, written_date};
use super::digits::{AND, TO};
use super::festival::{remark, spring_festival};

/// A time of so many days has the Spring Festival in it as a matter of course.
const LONG: i64 = 21;

/// A day of a text in its new year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Where it begins, with its year and month.
    pub start: usize,
    /// Where its digits are.
    pub at: Range<usize>,
    /// The new year.
    pub year: i32,
    /// Whether the year is said with it.
    pub told: bool,
    /// Month and day as they are written.
    pub on: (u32, u32),
}

impl Day {
    /// All days of an expression.
    pub fn all(start: usize, year: i32, told: bool, on: &MonthDay) -> Vec<Self> {
        let month = on.month;
        let day = |(day, at): &(u32, Range<usize>)| Self {
            start,
            at: at.clone(),
            year,
            told,
            on: (month, *day),
        };
        on.days.iter().map(day).collect()
    }

    /// Whether it is a 29 February that the new year has not.
    pub fn leaps(&self) -> bool {
        self.on == (2, 29) && NaiveDate::from_ymd_opt(self.year, 2, 29).is_none()
    }

    fn date(&self) -> Option<NaiveDate> {
        let day = if self.leaps() { 28 } else { self.on.1 };
        NaiveDate::from_ymd_opt(self.year, self.on.0, day)
    }

    fn shown(&self, day: u32) -> String {
        let year = if self.told { format!("{}年", self.year) } else { String::new() };
        format!("{year}{}月{day}日", self.on.0)
    }
}

/// What a person should look at of the days of a text, in their order, and where.
pub fn look(text: &str, days: &[Day]) -> Vec<(usize, What)> {
    let mut found = Vec::new();
    for day in days {
        let told = |what: String, why: &str| (day.start, What::Review(what, why.into()));
        let shown = day.shown(day.on.1);
        match day.date() {
            Some(date) if day.leaps() => {
                found.push(told(shown, "没有这一天，改成了 28 日"));
                found.extend(remark(date).map(|why| told(day.shown(28), why)));
            }
            Some(date) => found.extend(remark(date).map(|why| told(shown, why))),
            None => found.push(told(shown, "没有这一天")),
        }
    }
    for pair in days.windows(2) {
        let between = &text[pair[0].at.end..pair[1].at.start];
        let [Some(first), Some(last)] = [pair[0].date(), pair[1].date()] else {
            continue;
        };
        let festival = spring_festival(last.year());
        let inside = festival
            .is_some_and(|it| first + Days::new(1) < it && it + Days::new(6) < last)
            && (last - first).num_days() < LONG;
        if inside && said_together(between) && !between.contains(AND) {
            let what = format!(
                "{}至{}",
                pair[0].shown(pair[0].on.1),
                pair[1].shown(pair[1].on.1)
            );
            found.push((pair[0].start, What::Review(what, "春节在这中间".into())));
        }
    }
    for (day, written, weekday) in paired(text, days) {
        let Some(date) = day.date().filter(|it| it.weekday() != weekday) else {
            continue;
        };
        let is = name(date.weekday());
        let why = format!("{}是星期{is}", day.shown(date.day()));
        found.push((day.start, What::Review(written, why)));
    }
    found
}

/// Days of the week with the days of the month that they are said of: `3月5日（星期四）`,
/// `星期四（3月5日）`, `4月13日至17日（星期一至星期五）`.
fn paired<'a>(text: &str, days: &'a [Day]) -> Vec<(&'a Day, String, Weekday)> {
    let all = all_weekdays(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((pos, written, weekday)) = all.get(at).cloned() {
        at += 1;
        if text[..pos].ends_with(['每', '逢']) {
            continue;
        }
        let mut end = pos + written.len();
        if let Some(i) = days.iter().rposition(|it| it.at.end <= pos)
            && near(&text[days[i].at.end..pos])
        {
            let mut run = vec![(written, weekday)];
            while let Some((next, written, weekday)) = all.get(at)
                && joined(&text[end..*next])
            {
                run.push((written.clone(), *weekday));
                (at, end) = (at + 1, next + written.len());
            }
            let group = group(text, &days[..=i]);
            // As many days as there are days of the week; else the first says what it can.
            let skip = group.len().checked_sub(run.len());
            let of = skip.map_or(&group[group.len() - 1..], |skip| &group[skip..]);
            let pairs = of.iter().zip(run);
            found.extend(pairs.map(|(day, (written, weekday))| (day, written, weekday)));
        } else if let Some(day) = days.iter().find(|it| it.start >= end)
            && ["（", "(", "", "，"].contains(&text[end..day.start].trim())
        {
            found.push((day, written, weekday));
        }
    }
    found
}

/// The last of some days with those before it that are said in one breath: 9日至10日, 11、13、15日.
fn group<'a>(text: &str, days: &'a [Day]) -> &'a [Day] {
    let mut first = days.len() - 1;
    while let Some(before) = first.checked_sub(1)
        && said_together(&text[days[before].at.end..days[first].at.start])
    {
        first = before;
    }
    &days[first..]
}

/// Whether what stands between two days of the month is no more than a mark, and the year and
/// month of the second.
fn said_together(between: &str) -> bool {
    between.chars().count() <= 16
        && between.contains(|c| TO.contains(&c) || AND.contains(&c))
        && !between.contains(['，', '。', '；', '\n'])
}

/// Whether a day of the week behind this may be that of the day before it: 9时（, ，共5天（.
fn near(gap: &str) -> bool {
    let gap = gap.strip_prefix(['日', '号']).unwrap_or(gap);
    let gap: String = gap.chars().filter(|c| !c.is_ascii_digit()).collect();
    let gap = match gap.strip_prefix('，') {
        Some(rest) if rest.is_empty() || rest.starts_with(['共', '即']) => rest,
        Some(_) => return false,
        None => &gap,
    };
    // A list in brackets: 农历腊月二十八、周日.
    let other = |c: char| {
        "，。；！？\n".contains(c) || (c == '、' && !gap.starts_with(['（', '(']))
    };
    gap.chars().count() <= 14 && !gap.contains(other) && all_weekdays(gap).is_empty()
}

/// Whether what stands between two days of the week puts them in one breath.
fn joined(between: &str) -> bool {
    let between = between.trim();
    let mark = |c: char| TO.contains(&c) || AND.contains(&c);
    (1..=2).contains(&between.chars().count()) && between.chars().all(mark)
}

fn name(weekday: Weekday) -> char {
    ['一', '二', '三', '四', '五', '六', '日'][weekday.num_days_from_monday() as usize]
}

fn all_weekdays(text: &str) -> Vec<(usize, String, Weekday)> {
    let mut found = Vec::new();
    for word in ["星期", "礼拜", "周"] {
        for (at, _) in text.match_indices(word) {
            let mut behind = text[at + word.len()..].chars();
            let c = behind.next();
            // 两周一次 is no Monday.
            if behind.next() == Some('次') {
                continue;
            }
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

/// Days behind a year's parameter: `{{ 年度 }}年5月15日`, `{{ 年度 }}-05-15`, with the year
/// that it comes to have.
pub fn behind_variable(
    text: &str,
    params: &BTreeMap<String, i32>,
) -> Vec<(usize, i32, Option<MonthDay>)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices("{{") {
        let Some(close) = text[open..].find("}}").map(|at| open + at) else { break };
        let end = close + 2;
        let Some(year) = params.get(text[open + 2..close].trim()) else { continue };
        let day = match text[end..].strip_prefix('年') {
            Some(rest) => month_day(text, text.len() - rest.len()),
            None => written_date(text, end),
        };
        found.push((open, *year, day));
    }
    found
}

/// A text with the years of parameters in it as they were before they moved by so many, and
/// where those stand, in it and in the text as it is written.
pub fn filled(
    text: &str,
    params: &BTreeMap<String, i32>,
    by: i32,
) -> (String, Vec<(usize, usize)>) {
    let (mut filled, mut places, mut rest) = (String::new(), Vec::new(), 0);
    for (open, year, _) in behind_variable(text, params) {
        filled.push_str(&text[rest..open]);
        places.push((filled.len(), open));
        filled.push_str(&(year - by).to_string());
        rest = text[open..].find("}}").map_or(text.len(), |at| open + at + 2);
    }
    filled.push_str(&text[rest..]);
    (filled, places)
}

/// Days of which the month is said with the day before them in their sentence: 4月21日（星期二）
/// 报到，22日（星期三）开会. `days` are in the order of the text.
pub fn alone(text: &str, days: &[Day]) -> Vec<Day> {
    let mut found: Vec<Day> = Vec::new();
    for (day, at) in days_alone(text) {
        if days.iter().any(|it| it.at == at) {
            continue;
        }
        let sentence = text[..at.start].rfind(PART).unwrap_or(0);
        let last = days.iter().rfind(|it| (sentence..at.start).contains(&it.start));
        let Some(last) = last else { continue };
        // From the end of a month to the beginning of the next.
        let months = last.on.0 - 1 + u32::from(day < last.on.1);
        let on = (months % 12 + 1, day);
        let year = last.year + i32::from(months == 12);
        found.push(Day { start: at.start, at, year, told: false, on });
    }
    found
}

/// Words of the lunar calendar, whose days are others each year.
pub fn lunar(text: &str) -> Vec<(usize, &'static str)> {
    let stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let words = [
        "农历", "阴历", "正月", "腊月", "除夕", "大年", "春节", "元宵", "端午", "七夕",
        "中秋", "重阳", "腊八", "小年",
    ];
    let mut found: Vec<(usize, &'static str)> =
        words.into_iter().filter_map(|word| Some((text.find(word)?, word))).collect();
    let branch =
        |c: Option<char>| c.is_some_and(|c| "子丑寅卯辰巳午未申酉戌亥".contains(c));
    let stem = stems.into_iter().find_map(|stem| {
        let at = text.find(stem)?;
        let mut behind = text[at + stem.len()..].chars();
        (branch(behind.next()) && behind.next() == Some('年')).then_some((at, "干支纪年"))
    });
    found.extend(stem);
    found
}

/// 生肖.
const ZODIAC: [char; 12] =
    ['鼠', '牛', '虎', '兔', '龙', '蛇', '马', '羊', '猴', '鸡', '狗', '猪'];

/// What may be a year and is not taken for one: `26年`, `20260305`, `二千零二十六年`, `马年`.
pub fn doubtful(text: &str, year: i32) -> Vec<(usize, String, &'static str)> {
    let mut found = Vec::new();
    for (at, c) in text.match_indices(ZODIAC) {
        if text[at + c.len()..].starts_with('年') {
            found.push((at, format!("{c}年"), "生肖纪年"));
        }
    }
    for word in ["二千零", "两千零", "二千〇"] {
        let words = text.match_indices(word);
        found.extend(words.map(|(at, _)| (at, word.to_owned(), "不知是不是年份")));
    }
    found.extend(counted_years(text));
    found.extend(in_capitals(text));
    let mut rest = 0;
    while let Some(at) = text[rest..].find(|c: char| c.is_ascii_digit()) {
        let at = rest + at;
        let length = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = (&text[at..at + length], &text[at + length..]);
        rest = at + length;
        // 25—26学年 is a year with the one before it.
        let range = text[..at].ends_with('-') && behind.starts_with("学年");
        let short = format!("{:02}", year.rem_euclid(100));
        let joined = text[..at].ends_with(|c: char| "-/.第近历满约".contains(c));
        if joined && !range {
            continue;
        }
        let named = ["年", "学年", "财年"].iter().find(|it| behind.starts_with(**it));
        // 2025-26赛季.
        let own =
            digits.parse().is_ok_and(|it: i32| length == 4 && (it - year).abs() <= 1);
        if let Some(second) = behind.strip_prefix(TO).filter(|_| own)
            && second.bytes().take_while(u8::is_ascii_digit).count() == 2
            && digits[2..].parse() == second[..2].parse::<i32>().map(|it| it - 1)
            && !second[2..].starts_with(['-', '/', '.', '日', '月'])
        {
            let written = &text[at..text.len() - second.len() + 2];
            found.push((at, written.into(), "后一半写成两位数，没有动，请核对"));
            continue;
        }
        // 26—27学年.
        let next = behind.strip_prefix(TO).unwrap_or_default();
        let last = next.trim_start_matches(|c: char| c.is_ascii_digit());
        if digits == short && next.len() - last.len() == 2 && last.starts_with("学年") {
            let written = &text[at..text.len() - last.len() + "学年".len()];
            found.push((at, written.into(), "两位数，不知是不是年份"));
            rest = text.len() - last.len();
            continue;
        }
        if let Some(named) =
            named.filter(|_| digits == short && !behind.starts_with("年来"))
        {
            found.push((at, format!("{digits}{named}"), "两位数，不知是不是年份"));
        }
        let whole = length == 8 && digits.starts_with(&year.to_string());
        if whole && NaiveDate::parse_from_str(digits, "%Y%m%d").is_ok() {
            found.push((at, digits.into(), "连写的日期"));
        }
        let month = length == 6 && digits.starts_with(&year.to_string());
        if month && digits[4..].parse().is_ok_and(|it: u32| (1..=12).contains(&it)) {
            found.push((at, digits.into(), "连写的年月"));
        }
        if digits == short
            && let Some(length) = month_and_day(behind)
        {
            let written = &text[at..at + digits.len() + length];
            found.push((at, written.into(), "两位数，不知是不是年份"));
        }
    }
    found
}

/// Years in the hanzi of sums of money: 贰零贰陆年.
fn in_capitals(text: &str) -> Vec<(usize, String, &'static str)> {
    let digit = |c: char| "零〇壹贰叁肆伍陆柒捌玖".contains(c);
    let years = text.match_indices('年').filter_map(|(at, _)| {
        let start = text[..at].trim_end_matches(digit).len();
        let year = &text[start..at];
        let plain = year.chars().all(|c| c == '零' || c == '〇');
        (year.chars().count() == 4 && !plain)
            .then(|| (start, format!("{year}年"), "大写的数字，没有动，请核对"))
    });
    years.collect()
}

/// The length of a month and a day behind the last two digits of a year: `.9.4`, `/9/5`.
fn month_and_day(behind: &str) -> Option<usize> {
    let mark = behind.chars().next().filter(|it| "./-".contains(*it))?;
    let number = |text: &str, most: u32| {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let number = text[..length].parse().ok().filter(|it| (1..=most).contains(it));
        number.map(|_| length)
    };
    let month = number(&behind[1..], 12)?;
    let rest = behind[1 + month..].strip_prefix(mark)?;
    let day = number(rest, 31)?;
    (!rest[day..].starts_with(mark)).then_some(2 + month + day)
}

#[cfg(test)]
mod tests {
    use super::super::dates::bare_days;
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let day = |(at, on): (usize, MonthDay)| Day::all(at, 2027, false, &on);
        let days: Vec<Day> = bare_days(text).into_iter().flat_map(day).collect();
        let told = |it: (usize, What)| match it.1 {
            What::Review(what, why) => format!("{what}：{why}"),
            other => format!("{other:?}"),
        };
        look(text, &days).into_iter().map(told).collect()
    }

    #[test]
    fn only_days_of_the_week_that_are_wrong_are_told() {
        let none: [&str; 0] = [];
        for (text, told) in [
            ("3月5日（星期五）", &none as &[&str]),
            ("3月5日（星期四）", &["星期四：3月5日是星期五"]),
            ("3月5日上午（周四）", &["周四：3月5日是星期五"]),
            ("3月5日，周四", &["周四：3月5日是星期五"]),
            ("3月5日，每周四", &none),
            ("星期四（3月5日）", &["星期四：3月5日是星期五"]),
            (
                "4月13日至17日（星期一至星期五）",
                &[
                    "4月17日：是星期六",
                    "星期一：4月13日是星期二",
                    "星期五：4月17日是星期六",
                ],
            ),
            (
                "3月31日至4月1日（星期二至星期三）",
                &["星期二：3月31日是星期三", "星期三：4月1日是星期四"],
            ),
            (
                "3月4日（周三）至5日（周四）",
                &["周三：3月4日是星期四", "周四：3月5日是星期五"],
            ),
            ("3月14日、15日上班", &["3月14日：是星期日"]),
            ("3月4日、5日、8日（周四、周五、周一）", &none),
            (
                "3月4日至5日（周三、周四）",
                &["周三：3月4日是星期四", "周四：3月5日是星期五"],
            ),
            ("3月4日上午9:00（星期三）", &["星期三：3月4日是星期四"]),
            (
                "3月1日至5日，共5天（星期日至星期四）",
                &["星期日：3月1日是星期一", "星期四：3月5日是星期五"],
            ),
            (
                "3月4日（周三）8时起至5日（周四）18时止",
                &["周三：3月4日是星期四", "周四：3月5日是星期五"],
            ),
            ("3月4日（农历正月廿七、周三）", &["周三：3月4日是星期四"]),
            ("星期三3月4日面试", &["星期三：3月4日是星期四"]),
            ("4.17（周六）", &["4月17日：是星期六"]),
            ("4/18周日，04-19 周二", &["4月18日：是星期日", "周二：4月19日是星期一"]),
            ("GB/T 1.1，比例1/3", &none),
            ("1月1日至12月31日", &none),
            ("2月2日至22日轮休", &["2月2日至2月22日：春节在这中间"]),
            (
                "2月29日（星期六）",
                &[
                    "2月29日：没有这一天，改成了 28 日",
                    "2月28日：是星期日",
                    "星期六：2月28日是星期日",
                ],
            ),
        ] {
            assert_eq!(of(text), told, "{text}");
        }
    }

    #[test]
    fn a_day_alone_is_of_the_month_of_the_day_before_it() {
        let text = "4月21日（星期三）报到，22日（星期三）开会；30日（周五），1日（周日）离会，每月5日。";
        let day = |(at, on): (usize, MonthDay)| Day::all(at, 2027, false, &on);
        let mut days: Vec<Day> = bare_days(text).into_iter().flat_map(day).collect();
        let found = alone(text, &days);
        let on: Vec<(u32, u32)> = found.iter().map(|it| it.on).collect();
        assert_eq!(on, [(4, 22)]);
        days.extend(found);
        let told = look(text, &days).into_iter().map(|it| it.1).collect::<Vec<_>>();
        let why = "4月22日是星期四".to_owned();
        assert_eq!(told, [What::Review("星期三".into(), why)]);
        let text = "4月30日（周五）报到，1日（周六）离会";
        let days: Vec<Day> = bare_days(text)
            .into_iter()
            .flat_map(|(at, on)| Day::all(at, 2027, false, &on))
            .collect();
        let on: Vec<(u32, u32)> = alone(text, &days).iter().map(|it| it.on).collect();
        assert_eq!(on, [(5, 1)]);
    }

    #[test]
    fn words_of_the_lunar_calendar_are_found() {
        let words = |text| lunar(text).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(
            words("2月17日（农历正月初一），丙午年"),
            ["农历", "正月", "干支纪年"]
        );
        assert!(words("甲方和乙方，己方三年").is_empty());
    }

    #[test]
    fn what_may_be_a_year_is_found() {
        let found =
            |text| doubtful(text, 2026).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(found("26年度，20260305，近26年，1.26年"), ["26年", "20260305"]);
        assert_eq!(found("25-26学年，26财年"), ["26学年", "26财年"]);
        let seasons = "2025-26赛季，2026/27榨季，2026-03，2026-27-1";
        assert_eq!(found(seasons), ["2025-26", "2026/27"]);
        assert_eq!(
            found("26—27学年，贰零贰陆年，零零零零年"),
            ["贰零贰陆年", "26—27学年"]
        );
        assert_eq!(found("马年，马路，二千零二十六年"), ["马年", "二千零"]);
    }

    #[test]
    fn days_behind_the_year_s_parameter_are_found() {
        let params = BTreeMap::from([("年度".into(), 2027), ("明年".into(), 2028)]);
        let text = "{{ 年度 }}年5月15日、{{明年}}-03-06、{{ 年度 + 1 }}年1月1日";
        let found = behind_variable(text, &params);
        let of = |it: &(usize, i32, Option<MonthDay>)| Some((it.1, it.2.as_ref()?.month));
        assert_eq!(
            found.iter().filter_map(of).collect::<Vec<_>>(),
            [(2027, 5), (2028, 3)]
        );
    }
}
