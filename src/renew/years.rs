//! Years in a text, with the months and days behind them.

use std::ops::Range;

/// A year in a text; places are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// Where its four digits are.
    pub at: Range<usize>,
    /// As it is written.
    pub written: String,
    /// The number.
    pub year: i32,
    /// Whether it is one beyond doubt: before 年, in a date, beside one that is.
    pub firm: bool,
    /// Whether it names a class: 2026级, 2026届.
    pub class: bool,
    /// Month and day behind it.
    pub day: Option<MonthDay>,
    /// Where it ends, with 年, month and day.
    pub end: usize,
    /// The year that it stands together with.
    pub mate: Option<Mate>,
}

impl Year {
    /// Whether a day of it is said.
    pub fn on_a_day(&self) -> bool {
        self.day.as_ref().is_some_and(|it| !it.days.is_empty())
    }

    /// The first and the last of it and the one it stands together with.
    pub fn span(&self) -> (i32, i32) {
        let mate = self.mate.map_or(self.year, |mate| mate.year);
        (self.year.min(mate), self.year.max(mate))
    }
}

/// The other year of two that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mate {
    /// The number.
    pub year: i32,
    /// Whether they are the ends of a time, and not just two years.
    pub range: bool,
    /// Whether either has a month.
    pub dated: bool,
    /// Where the later one ends.
    pub end: usize,
}

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

/// What stands for the 〇 of a year in hanzi where it was hard to type.
const ZEROS: [char; 5] = ['O', 'o', 'Ｏ', '0', '０'];

/// The hanzi of digits, 〇 as it is written in either way.
const DIGITS: [(char, u32); 12] = [
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

/// Marks between the ends of a time.
pub const TO: [char; 10] = ['-', '—', '–', '─', '－', '~', '～', '至', '到', '/'];
/// Marks between two of a list.
pub const AND: [char; 4] = ['、', '和', '与', '及'];

/// Parts of a year that stand between two of a list.
const PARTS: [&str; 13] = [
    "度",
    "春季",
    "夏季",
    "秋季",
    "冬季",
    "上半年",
    "下半年",
    "全年",
    "底",
    "末",
    "春",
    "秋",
    "财年",
];

/// How digits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Narrow,
    Wide,
    Hanzi,
}

fn digit(c: char) -> Option<(Script, u32)> {
    match c {
        '0'..='9' => Some((Script::Narrow, c as u32 - '0' as u32)),
        '０'..='９' => Some((Script::Wide, c as u32 - '０' as u32)),
        _ => DIGITS.iter().find(|(it, _)| *it == c).map(|it| (Script::Hanzi, it.1)),
    }
}

/// Which digits one is of; 十 is of the hanzi.
fn kind(c: char) -> Option<Script> {
    if c == '十' { Some(Script::Hanzi) } else { Some(digit(c)?.0) }
}

fn is_of(c: Option<&(usize, char)>, script: Script) -> bool {
    c.and_then(|(_, c)| digit(*c)).is_some_and(|it| it.0 == script)
}

/// All years from 1900 to 2199: four digits, of which some may be something else, see
/// [`Year::firm`].
pub fn years(text: &str) -> Vec<Year> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Year> = Vec::new();
    let mut i = 0;
    while i + 4 <= chars.len() {
        match year_at(text, &chars, i) {
            Some(year) => {
                found.push(year);
                i += 4;
            }
            None => i += 1,
        }
    }
    for i in 1..found.len() {
        pair(text, &mut found, i);
    }
    found
}

fn year_at(text: &str, chars: &[(usize, char)], i: usize) -> Option<Year> {
    let (script, _) = digit(chars[i].1)?;
    let mut year = 0;
    for (_, c) in &chars[i..i + 4] {
        let mistyped = script == Script::Hanzi && ZEROS.contains(c);
        let (of, value) = if mistyped { (script, 0) } else { digit(*c)? };
        year = year * 10 + i32::try_from(value).ok()?;
        (of == script).then_some(())?;
    }
    let before = i.checked_sub(1).and_then(|i| chars.get(i));
    let alone = !is_of(before, script) && !is_of(chars.get(i + 4), script);
    if !alone || !(1900..2200).contains(&year) {
        return None;
    }
    let end = chars.get(i + 4).map_or(text.len(), |(at, _)| *at);
    let at = chars[i].0..end;
    let named = skip(text, end, &['年']);
    let code = ["编号", "批次", "期次", "代码", "序号", "单号", "合同"];
    let ends_range = text[..at.start].strip_suffix('-').is_some_and(ends_in_date);
    let joined =
        before.is_some_and(|(_, c)| c.is_ascii_alphanumeric() || "-/._@,#".contains(*c));
    let free =
        (!joined || ends_range) && !code.iter().any(|it| text[..at.start].ends_with(it));
    let day = match named {
        Some(behind) => month_day(text, behind),
        None => written_date(text, end).filter(|_| free),
    };
    let class = text[end..].starts_with(['级', '届']);
    let group = ["学年", "财年", "两年", "两个"];
    let group = group.iter().any(|it| text[end..].starts_with(it));
    let firm = named.is_some() || day.is_some() || group || class;
    let end = day.as_ref().map(|it| it.end).or(named).unwrap_or(end);
    let written = text[at.clone()].into();
    Some(Year { written, at, year, firm, class, day, end, mate: None })
}

/// Two years that stand together: what is sure of one is sure of the other.
fn pair(text: &str, found: &mut [Year], i: usize) {
    let (a, b) = (&found[i - 1], &found[i]);
    let Some(between) = text.get(a.end..b.at.start).map(str::trim) else { return };
    let what = between.trim_end_matches(TO);
    let near =
        what.chars().count() <= 5 && !what.contains(['，', '。', '；', '《', '》']);
    // 自2026年4月1日起施行，有效期至2028年3月31日; 2026年4月起，2029年4月止.
    let ends = ["止", "废止", "失效", "终止", "为止", "届满"];
    let ends =
        ends.iter().any(|it| text[b.end..].trim_start_matches('时').starts_with(it));
    let begun = between.starts_with('起')
        && between.chars().count() <= 18
        && !between.contains(['。', '；', '《', '》'])
        && (what.len() < between.len() || ends);
    let range =
        begun || (what.len() < between.len() && near && (what.is_empty() || a.firm));
    // 2024年度、2025年度; 2025年春季、2026年春季.
    let parts = between.strip_suffix(AND).map(str::trim);
    let list = parts.is_some_and(|it| it.is_empty() || PARTS.contains(&it));
    if !(range || list) || !(a.firm || b.firm) {
        return;
    }
    let dated = a.day.is_some() || b.day.is_some();
    let (first, last, end) = (a.year, b.year, b.end);
    let mate = |year| Some(Mate { year, range, dated, end });
    (found[i - 1].firm, found[i].firm) = (true, true);
    // The end of one time and the beginning of the next are not together.
    if range || !found[i - 1].mate.is_some_and(|it| it.range) {
        found[i - 1].mate = mate(last);
    }
    found[i].mate = mate(first);
}

/// Behind white space and one of these marks.
fn skip(text: &str, from: usize, marks: &[char]) -> Option<usize> {
    let rest = text[from..].trim_start_matches(' ');
    let c = rest.chars().next().filter(|c| marks.contains(c))?;
    Some(text.len() - rest.len() + c.len_utf8())
}

/// A number of one or two digits, or of hanzi up to 三十九, and where it stands.
fn small(text: &str, from: usize) -> Option<(u32, Range<usize>)> {
    let rest = text[from..].trim_start_matches(' ');
    let start = text.len() - rest.len();
    let own = rest.chars().next().and_then(kind);
    let is_part = |c: char| own.is_some() && kind(c) == own;
    let length = rest.len() - rest.trim_start_matches(is_part).len();
    let (written, range) = (&rest[..length], start..start + length);
    let digits = written.chars().filter_map(|c| digit(c).map(|it| it.1));
    let count = written.chars().count();
    let value = match written.split_once('十') {
        Some((tens, ones)) if count <= 3 => {
            let of =
                |text: &str| text.chars().next().and_then(digit).map_or(0, |it| it.1);
            if tens.is_empty() { 10 + of(ones) } else { of(tens) * 10 + of(ones) }
        }
        None if (1..=2).contains(&count) => digits.fold(0, |sum, it| sum * 10 + it),
        _ => return None,
    };
    Some((value, range))
}

/// Behind a short remark in brackets: `（周四）`.
fn behind_remark(text: &str, from: usize) -> usize {
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
    let mut found = MonthDay { month, days: Vec::new(), end };
    let (mut from, mut unnamed) = (end, Vec::new());
    let joins: Vec<char> = TO.into_iter().chain(AND).collect();
    while let Some(day) = small(text, from).filter(|it| (1..=31).contains(&it.0)) {
        let mut behind = day.1.end;
        unnamed.push(day);
        if let Some(end) = skip(text, behind, &['日', '号']) {
            found.days.append(&mut unnamed);
            found.end = end;
            behind = behind_hours(text, behind_remark(text, end));
        }
        match skip(text, behind, &joins) {
            Some(next) => from = next,
            None => break,
        }
    }
    Some(found)
}

/// Whether a text ends in a date such as 2026.4.1 or 2026/4/1.
fn ends_in_date(text: &str) -> bool {
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

/// A year as another was written.
pub fn like(written: &str, year: i32) -> String {
    let zero = |c: &char| ZEROS.contains(c) || ['〇', '○', '零'].contains(c);
    let zero = written.chars().find(zero).unwrap_or('〇');
    let script = written.chars().find_map(digit).map(|it| it.0);
    let one = |c: char| match (script, c.to_digit(10)) {
        (Some(Script::Wide), Some(digit)) => {
            char::from_u32('０' as u32 + digit).unwrap_or(c)
        }
        (Some(Script::Hanzi), Some(0)) => zero,
        (Some(Script::Hanzi), Some(digit)) => {
            DIGITS.iter().find(|it| it.1 == digit).map_or(c, |it| it.0)
        }
        _ => c,
    };
    year.to_string().chars().map(one).collect()
}

/// 28 as another day was written.
pub fn like_28(written: &str) -> &'static str {
    match written.chars().next().and_then(digit) {
        Some((Script::Wide, _)) => "２８",
        Some((Script::Narrow, _)) => "28",
        _ => "二十八",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firm(text: &str) -> Vec<i32> {
        years(text).iter().filter(|it| it.firm).map(|it| it.year).collect()
    }

    #[test]
    fn years_stand_before_nian_in_dates_and_beside_years() {
        for (text, found) in [
            ("2026年、２０２６年、二〇二六年、2026 年", vec![2026; 4]),
            ("1.2026年培训", vec![2026]),
            ("2026-03-05、2026/3/5、2026.3.13、2026-03", vec![2026; 4]),
            ("2025—2026学年", vec![2025, 2026]),
            ("2025/2026学年", vec![2025, 2026]),
            ("2025、2026两年", vec![2025, 2026]),
            ("二〇二五—二〇二六学年", vec![2025, 2026]),
            ("二O二六年、二0二六年", vec![2026, 2026]),
            ("2023级、2026届", vec![2023, 2026]),
            ("2025年12月至2026年2月", vec![2025, 2026]),
        ] {
            assert_eq!(firm(text), found, "{text}");
        }
    }

    #[test]
    fn amounts_and_codes_are_no_years() {
        for text in [
            "培训2026人次",
            "20260305",
            "1.2026",
            "12026年",
            "编号2026号",
            "0871-6313 2026，6313-2026",
            "6222 2026 1234 5678",
            "yl2026@126.com",
            "example.cn/2026/03/05/tz.html",
            "YL-2026-01",
            "2026.5平方米",
            "2026.8万元",
            "批次2026-03",
            "GB/T 9704—2012",
        ] {
            assert!(firm(text).is_empty(), "{text}");
        }
    }

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

    #[test]
    fn years_are_written_as_they_were() {
        assert_eq!(like("2026", 2027), "2027");
        assert_eq!(like("２０２６", 2027), "２０２７");
        assert_eq!(like("二〇二六", 2030), "二〇三〇");
        assert_eq!(like("二○二六", 2030), "二○三○");
        assert_eq!(like("二零二六", 2030), "二零三零");
        assert_eq!(like("二O二六", 2027), "二O二七");
    }
}
