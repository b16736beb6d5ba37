//! What is another number or another day each year: 99周年, 第4次会议, 共29天, 清明.

use super::clause::{CLAUSE, PART, up_to};
use super::days::Day;

const LENGTH: &str = "起止移了，天数请核对";
const SOLAR: &str = "节气的日子各年差一两天，请核对";
const NUMBERED: &str = "每年不同的次数，请核对";
/// 节气.
const TERMS: [&str; 24] = [
    "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪",
    "大雪", "冬至", "小寒", "大寒",
];

/// What is one more each year: 99周年, 第25个安全生产月, 第11届.
pub fn counted_years(text: &str) -> Vec<(usize, String, &'static str)> {
    let number = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c);
    let mut found = Vec::new();
    for (at, word) in text.match_indices("周年") {
        let start = text[..at].trim_end_matches(number).len();
        if start < at {
            found.push((start, text[start..at + word.len()].to_owned(), NUMBERED));
        }
    }
    for (at, _) in text.match_indices('第') {
        let rest = &text[at + '第'.len_utf8()..];
        let behind = rest.trim_start_matches(number);
        let meeting = ["会议", "大会", "全会", "例会", "普查"];
        let counts = behind.starts_with('届')
            || (behind.starts_with('次') && {
                let clause: String = up_to(behind, &CLAUSE).chars().take(16).collect();
                meeting.iter().any(|it| clause.contains(it))
            })
            || (behind.starts_with('个') && {
                let clause: String = up_to(behind, &CLAUSE).chars().take(16).collect();
                clause.contains(['日', '月', '周', '节'])
            });
        if behind.len() < rest.len() && counts {
            let end = text.len() - behind.len() + '个'.len_utf8();
            found.push((at, text[at..end].to_owned(), NUMBERED));
        }
    }
    found
}

/// What days that move carry with them: how many they are, and the 节气 that falls on one.
pub fn by_the_year(text: &str, days: &[Day]) -> Vec<(usize, String, &'static str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('天') {
        let start = text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let told = ["共", "共计", "为期", "计"];
        let said = told.iter().find(|it| text[..start].ends_with(**it));
        let sentence = text[..at].rfind(PART).unwrap_or(0);
        let range =
            days.iter().filter(|it| (sentence..at).contains(&it.start)).count() > 1;
        if let Some(said) = said.filter(|_| start < at && range) {
            let start = start - said.len();
            found.push((start, text[start..at + '天'.len_utf8()].to_owned(), LENGTH));
        }
    }
    for (at, term) in TERMS.iter().flat_map(|term| text.match_indices(term)) {
        let open = |text: &str| text.starts_with(['（', '(']);
        let behind = text[at + term.len()..].trim_start_matches('节');
        let before = text[..at].trim_end_matches(['（', '(']);
        let on = |it: &Day| {
            let day = text[it.at.end..].strip_prefix('日').map_or("", |it| it);
            before.len() == text.len() - day.len()
                || (open(behind)
                    && it.start == text.len() - behind.len() + '（'.len_utf8())
        };
        if days.iter().any(on) {
            found.push((at, term.to_owned(), SOLAR));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::dates::bare_days;
    use super::*;

    #[test]
    fn counts_of_days_and_solar_terms_stand_with_days_that_move() {
        for (text, told) in [
            ("5月1日至5月29日开展检查，共29天。", &["共29天"] as &[&str]),
            ("5月1日开展检查，共29天。", &[]),
            ("5月1日至29日开展检查。全年共29天。", &[]),
            ("清明（4月5日）前后", &["清明"]),
            ("4月5日（清明）、4月5日清明节", &["清明", "清明"]),
            ("清明节前后，4月8日", &[]),
        ] {
            let day = |(at, on)| Day::all(at, 2027, false, &on);
            let days: Vec<Day> = bare_days(text).into_iter().flat_map(day).collect();
            let found = by_the_year(text, &days);
            let found: Vec<&str> = found.iter().map(|it| it.1.as_str()).collect();
            assert_eq!(found, told, "{text}");
        }
    }

    #[test]
    fn meetings_and_censuses_are_counted() {
        let of =
            |text| counted_years(text).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(
            of("第四次全国农业普查、第3次会议、第11届"),
            ["第四次", "第3次", "第11届"]
        );
        assert!(of("第3次检查，第2个问题").is_empty());
    }
}
