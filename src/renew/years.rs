//! Years in a text, with the months and days behind them.

use std::ops::Range;

use super::dates::{MonthDay, ends_in_date, month_day, written_date};
use super::digits::{AND, Script, TO, ZEROS, digit, is_of, skip, small};
use super::law::ends_in_code;
use super::season::season_name;

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
    /// Whether it is an amount, whatever stands behind it: 石阶2026级, 树龄2026年.
    pub amount: bool,
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

/// 年 as it may stand between double quotes.
const NIAN: &str = "\\u5e74";

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

/// All years of a cell beside dates: `2027.3` and `2026/03` alone are months there.
pub fn years_of_cell(text: &str) -> Vec<Year> {
    let mut found = years(text);
    let quotes = ['"', '\'', ' '];
    if let [year] = found.as_mut_slice()
        && !year.firm
        && text[..year.at.start].trim_start_matches(quotes).is_empty()
        && let Some(behind) = text[year.end..].strip_prefix(['.', '/'])
        && let Some((month, at)) = small(behind, 0).filter(|it| (1..=12).contains(&it.0))
        && behind[at.end..].trim_end_matches(quotes).is_empty()
    {
        let end = text.len() - behind.len() + at.end;
        year.day = Some(MonthDay { month, days: Vec::new(), end });
        (year.firm, year.end) = (true, end);
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
    let escaped = || text[end..].starts_with(NIAN).then_some(end + NIAN.len());
    let named = skip(text, end, &['年']).or_else(escaped);
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
    let amount = is_amount(&text[..at.start], &text[end..]);
    let class = text[end..].starts_with(['级', '届']) && !amount;
    let group =
        ["学年", "财年", "两年", "两个", "采暖", "供暖", "春季", "夏季", "秋季", "冬季"];
    let behind = text[end..].trim_start_matches([' ', '\u{3000}']);
    let group = group.iter().any(|it| behind.starts_with(it));
    let group = group || season_name(behind).is_some();
    let firm = (named.is_some() || day.is_some() || group || class) && !amount;
    let end = day.as_ref().map(|it| it.end).or(named).unwrap_or(end);
    let written = text[at.clone()].into();
    Some(Year { written, at, year, firm, class, amount, day, end, mate: None })
}

/// Whether digits are an amount by the words around them: steps, the age of a tree, a number
/// before 年鉴.
fn is_amount(before: &str, behind: &str) -> bool {
    let head = before.trim_end();
    let ends = |words: &[&str]| words.iter().any(|it| head.ends_with(it));
    let counted = ends(&["共", "共有", "共计", "约", "达", "近", "超过"]);
    if let Some(of) = behind.strip_prefix('级') {
        let steps = ["台阶", "石阶", "阶", "踏步", "楼梯"];
        return counted || ends(&steps) || steps.iter().any(|it| of.starts_with(it));
    }
    if let Some(of) = behind.strip_prefix("年鉴") {
        return !of.starts_with(['定', '别', '证', '赏', '于', '戒']);
    }
    let head = head.trim_end_matches(['约', '达', '近']);
    let ages = ["龄", "距今", "历时", "长达", "已有"];
    behind.starts_with('年') && ages.iter().any(|it| head.ends_with(it))
}

/// Two years that stand together: what is sure of one is sure of the other.
fn pair(text: &str, found: &mut [Year], i: usize) {
    let (a, b) = (&found[i - 1], &found[i]);
    if ends_in_code(&text[..b.at.start]) {
        return;
    }
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
    if a.amount || b.amount {
        (found[i - 1].amount, found[i].amount) = (true, true);
        (found[i - 1].firm, found[i].firm) = (false, false);
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
            ("2026春季学期", vec![2026]),
            ("2026\\u5e746月", vec![2026]),
        ] {
            assert_eq!(firm(text), found, "{text}");
        }
    }

    #[test]
    fn a_cell_beside_dates_may_be_a_month() {
        for (text, firm) in [
            ("2027.3", true),
            ("'2026/03'", true),
            ("2027.13", false),
            ("2027.3万", false),
        ] {
            assert_eq!(years_of_cell(text)[0].firm, firm, "{text}");
            assert!(!years(text)[0].firm, "{text}");
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
}
