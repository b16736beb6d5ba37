//! Years in a text: which of them mean the plan's own year.

use chrono::NaiveDate;

use super::Plan;

/// A year in a text, by its place in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// Where it starts.
    pub at: usize,
    /// As it is written.
    pub written: String,
    /// The number.
    pub year: i32,
    /// Month and day behind it, with the bytes of the day.
    pub day: Option<Day>,
}

/// Month and day behind a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The month.
    pub month: u32,
    /// The day of the month.
    pub day: u32,
    /// Where the day's digits are.
    pub at: std::ops::Range<usize>,
}

/// Why a year is left alone.
pub const QUOTED: &str = "引用的文号";
const LAW: &str = "法规、文件的年份";
const TITLE: &str = "别的文件的名称";
const SINCE: &str = "往年以来";
const PAST: &str = "已经过去的事";
const RANGE: &str = "跨年度的起止";
const OTHER: &str = "不是本计划的年份";

/// The hanzi of digits, 〇 as it is written in either way.
const DIGITS: &[(char, u32)] = &[
    ('〇', 0),
    ('○', 0),
    ('零', 0),
    ('一', 1),
    ('二', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
];

/// All years from 1900 to 2199 in a text: four digits, or four hanzi before 年.
pub fn years(text: &str) -> Vec<Year> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut i = 0;
    while i + 4 <= chars.len() {
        let four: String = chars[i..i + 4].iter().map(|(_, c)| c).collect();
        let before = i.checked_sub(1).map(|i| chars[i].1);
        let after = chars.get(i + 4).map(|(_, c)| *c);
        let at = chars[i].0;
        match number(&four, before, after) {
            Some(year) => {
                let end = at + four.len();
                let day = day(text, end);
                found.push(Year { at, written: four, year, day });
                i += 4;
            }
            None => i += 1,
        }
    }
    found
}

fn number(four: &str, before: Option<char>, after: Option<char>) -> Option<i32> {
    let near = |c: Option<char>, bad: fn(char) -> bool| c.is_some_and(bad);
    if four.bytes().all(|b| b.is_ascii_digit()) {
        let joined = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        if near(before, joined) || near(after, |c| c.is_ascii_digit()) || unit(after) {
            return None;
        }
        return four.parse().ok().filter(|year| (1900..2200).contains(year));
    }
    let digits =
        four.chars().map(|c| DIGITS.iter().find(|(it, _)| *it == c).map(|it| it.1));
    let digits: Vec<u32> = digits.collect::<Option<_>>()?;
    let year = digits.iter().fold(0, |year, digit| year * 10 + *digit as i32);
    (after == Some('年') && (1900..2200).contains(&year)).then_some(year)
}

/// What makes four digits an amount.
fn unit(after: Option<char>) -> bool {
    after.is_some_and(|c| "人名元件份期次个户米吨万亿套台本页字号%％".contains(c))
}

/// `年3月5日` or `-03-05` behind a year.
fn day(text: &str, end: usize) -> Option<Day> {
    let rest = &text[end..];
    let (rest, marks) = match rest.strip_prefix('年') {
        Some(rest) => (rest, ('月', Some('日'))),
        None => (rest.strip_prefix('-')?, ('-', None)),
    };
    let digits = |text: &str| {
        text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
    };
    let (month, rest) = rest.split_at(digits(rest));
    let rest = rest.strip_prefix(marks.0)?;
    let at = text.len() - rest.len();
    let (day, rest) = rest.split_at(digits(rest));
    if marks.1.is_some_and(|mark| !rest.starts_with(mark)) {
        return None;
    }
    Some(Day {
        month: month.parse().ok()?,
        day: day.parse().ok()?,
        at: at..at + day.len(),
    })
}

/// Days without a year, `4月13日`: place, month, day.
pub fn bare_days(text: &str) -> Vec<(usize, u32, u32)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('月') {
        let head = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let behind = &text[at + '月'.len_utf8()..];
        let digits =
            behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let day =
            behind[digits..].starts_with('日').then(|| behind[..digits].parse().ok());
        if let (Ok(month), Some(Some(day)), false) =
            (text[head.len()..at].parse(), day, head.ends_with('年'))
        {
            found.push((head.len(), month, day));
        }
    }
    found
}

/// Why a year of a text stays as it is; `None` if it is the plan's and moves on.
pub fn kept(text: &str, year: &Year, plan: &Plan) -> Option<&'static str> {
    let (before, after) = (&text[..year.at], &text[year.at + year.written.len()..]);
    if before.trim_end().ends_with(['〔', '[', '［', '【'])
        || (before.ends_with(['（', '('])
            && after.starts_with(['）', ')'])
            && after.contains('号'))
    {
        return Some(QUOTED);
    }
    let behind = after.strip_prefix('年').unwrap_or(after);
    if ["以来", "至今", "底以来", "起至今", "末以来"]
        .iter()
        .any(|it| behind.starts_with(it))
    {
        return Some(SINCE);
    }
    if let Some(other) = range(before, after) {
        let pair = [year.year.min(other), year.year.max(other)];
        let own = pair == [plan.old, plan.old + 1];
        return (!own).then_some(RANGE);
    }
    if ![plan.old, plan.old + 1].contains(&year.year) {
        return Some(OTHER);
    }
    if before.trim_end_matches(['（', '(']).ends_with('》')
        && before.ends_with(['（', '('])
    {
        return Some(LAW);
    }
    if let Some(title) = inside_title(before, after, &year.written)
        && !plan.owns(&title)
    {
        return Some(TITLE);
    }
    past(before, after, year, plan).then_some(PAST)
}

/// The other end of `2024—2026年`, `2026年至2028年`.
fn range(before: &str, after: &str) -> Option<i32> {
    let marks = ['-', '—', '–', '~', '～', '至', '－'];
    let behind = after.strip_prefix('年').unwrap_or(after);
    if behind.starts_with(marks) {
        let next = years(behind.trim_start_matches(marks)).into_iter().next();
        if let Some(next) = next.filter(|it| it.at == 0 && it.day.is_none()) {
            return Some(next.year);
        }
    }
    let head = before.trim_end_matches(marks);
    if head.len() == before.len() || after.starts_with('-') {
        return None;
    }
    let head = head.strip_suffix('年').unwrap_or(head);
    let last = years(head).pop()?;
    (last.at + last.written.len() == head.len()).then_some(last.year)
}

/// The name between 《 and 》 that a year stands in, without the white space of line ends.
fn inside_title(before: &str, after: &str, written: &str) -> Option<String> {
    let open = before.rfind('《')?;
    let head = &before[open + '《'.len_utf8()..];
    let tail = &after[..after.find('》')?];
    let whole = !head.contains('》') && !tail.contains('《');
    whole.then(|| bare(&format!("{head}{written}{tail}")))
}

/// A text without white space.
pub fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a clause speaks of what has happened: with 已, 经, 曾 or 了, of a day before the
/// notice's own.
fn past(before: &str, after: &str, year: &Year, plan: &Plan) -> bool {
    let ends = ['，', '。', '；', '\n', '：', '！', '？'];
    let head = &before[before.rfind(ends).map_or(0, |at| at)..];
    let tail = &after[..after.find(ends).unwrap_or(after.len())];
    let told = ["已", "曾", "业经", "了"]
        .iter()
        .any(|it| head.contains(it) || tail.contains(it))
        || ["通过", "获得", "荣获", "召开了"].iter().any(|it| tail.contains(it));
    let day = year.day.as_ref();
    let day = day.and_then(|it| NaiveDate::from_ymd_opt(year.year, it.month, it.day));
    match (day, plan.dated) {
        (Some(day), Some(dated)) => told && day < dated,
        _ => told && year.year <= plan.old && tail.contains("已"),
    }
}

/// A year as it was written: digits, or hanzi.
pub fn like(written: &str, year: i32) -> String {
    if written.bytes().all(|b| b.is_ascii_digit()) {
        return year.to_string();
    }
    let zero = if written.contains('○') { '○' } else { '〇' };
    let hanzi = |c: char| match c.to_digit(10) {
        Some(0) | None => zero,
        Some(digit) => {
            DIGITS.iter().find(|(_, it)| *it == digit).map_or(c, |(hanzi, _)| *hanzi)
        }
    };
    year.to_string().chars().map(hanzi).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan {
            old: 2026,
            by: 1,
            dated: NaiveDate::from_ymd_opt(2026, 3, 5),
            names: vec!["2026年职工技能培训年度计划".into()],
        }
    }

    /// The years of a text that move, and those that stay.
    fn split(text: &str) -> (Vec<i32>, Vec<i32>) {
        let (stay, go): (Vec<Year>, Vec<Year>) =
            years(text).into_iter().partition(|year| kept(text, year, &plan()).is_some());
        let numbers = |it: Vec<Year>| it.into_iter().map(|year| year.year).collect();
        (numbers(go), numbers(stay))
    }

    #[test]
    fn the_plan_s_own_years_move() {
        for (text, years) in [
            ("2026年全年培训1200人次", vec![2026]),
            ("应当于2026年3月27日前确定一名联络员", vec![2026]),
            ("2027年1月10日前报送总结", vec![2027]),
            ("印发《2026年职工技能培训年度计划》", vec![2026]),
            ("二〇二六年工作要点", vec![2026]),
            ("2026—2027学年", vec![2026, 2027]),
            ("自2026年1月1日起施行", vec![2026]),
            ("2026年度", vec![2026]),
            ("2026年4月至2026年11月", vec![2026, 2026]),
            ("2026-04-13", vec![2026]),
        ] {
            assert_eq!(split(text), (years, vec![]), "{text}");
        }
    }

    #[test]
    fn numbers_laws_and_the_past_stay() {
        for (text, years) in [
            ("根据云政发〔2026〕3号", vec![2026]),
            ("云政发[2026]3号", vec![2026]),
            ("2019年以来", vec![2019]),
            ("《云岭市职工教育条例》（2026年修订）", vec![2026]),
            ("落实《云岭市2026年经济工作要点》", vec![2026]),
            ("已经2026年1月12日主席办公会议通过", vec![2026]),
            ("2025年培训职工900人次", vec![2025]),
            ("“十四五”规划（2021—2025年）", vec![2021, 2025]),
            ("2024—2026年三年行动", vec![2024, 2026]),
        ] {
            assert_eq!(split(text), (vec![], years), "{text}");
        }
    }

    #[test]
    fn amounts_are_no_years() {
        for text in ["培训2026人次", "20260305", "1.2026", "电话12026", "编号2026号"]
        {
            assert!(years(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn years_are_written_as_they_were() {
        assert_eq!(like("2026", 2027), "2027");
        assert_eq!(like("二〇二六", 2030), "二〇三〇");
        assert_eq!(like("二○二六", 2030), "二○三○");
    }

    #[test]
    fn days_without_a_year_are_found() {
        assert_eq!(bare_days("4月13日、2026年6月1日"), [(0, 4, 13)]);
    }
}
