//! What is read as one in a table's cell: dates, numbers with their units, 发文字号, names and
//! dates to be filled in that are spread by spaces.

use std::ops::Range;

use crate::characters::is_wide_letter;

/// Units of one character.
const UNITS: &str = "年月日号届次个名项期批种类级季度元万亿千百人岁周天时点分秒米里亩吨克升度所家户条套件座处台辆间份";
/// Units of two.
const PAIRS: [&str; 14] = [
    "个月", "年度", "季度", "月份", "人次", "公里", "公斤", "公顷", "小时", "分钟",
    "毫米", "厘米", "平方", "立方",
];
/// Numbers behind which a unit counts something: 万元, 亿元.
const NUMBERS: &str = "万亿千百";
/// Units behind which a date or time goes on.
const TIMES: &str = "年月日时点";
/// The parts of a date.
const DATE: &str = "年月日";
/// The longest code of a body in a 发文字号.
const CODE: usize = 8;

/// So many spaces at most belong to what is spread by them.
const BLANK: usize = 8;

/// What begins at a character and is read as one, the longest first.
pub fn units(chars: &[char], at: usize) -> Vec<Range<usize>> {
    let mut ends = match chars[at] {
        c if c.is_ascii_digit() || c == '第' => counted(chars, at),
        _ => Vec::new(),
    };
    ends.extend(coded(chars, at));
    ends.extend(spread(chars, at));
    ends.into_iter().rev().map(|end| at..end).collect()
}

/// Where a number ends with its unit, and where a date of which it is the beginning does.
fn counted(chars: &[char], at: usize) -> Vec<usize> {
    let within = |c: &char| c.is_ascii_alphanumeric() || ".,".contains(*c);
    let mut ends = Vec::new();
    if at > 0 && (within(&chars[at - 1]) || chars[at - 1] == '第') {
        return ends;
    }
    let mut end = at + usize::from(chars[at] == '第');
    while let Some(unit) = unit(chars, end) {
        end = unit;
        ends.push(end);
        if !TIMES.contains(chars[end - 1]) {
            break;
        }
    }
    ends
}

/// The end of a number and its unit that begin here.
fn unit(chars: &[char], at: usize) -> Option<usize> {
    let figure = |c: &&char| c.is_ascii_digit() || ".,".contains(**c);
    let rest = &chars[at..];
    let digits = rest.iter().take_while(figure).count();
    let [unit, more @ ..] = &rest[digits..] else { return None };
    let pair = more.first().is_some_and(|next| {
        PAIRS.contains(&&*String::from_iter([unit, next]))
            || NUMBERS.contains(*unit) && UNITS.contains(*next)
    });
    let end = at + digits + 1 + usize::from(pair);
    let metre = matches!(unit, '平' | '立') && chars.get(end) == Some(&'米');
    (digits > 0 && (pair || UNITS.contains(*unit))).then(|| end + usize::from(metre))
}

/// The end of 〔2026〕8号, or of a whole 发文字号 that begins here.
fn coded(chars: &[char], at: usize) -> Option<usize> {
    let code = match chars[at] {
        '〔' => 0,
        _ if at > 0 && is_wide_letter(chars[at - 1]) => return None,
        _ => {
            chars[at..].iter().take(CODE + 1).take_while(|c| is_wide_letter(**c)).count()
        }
    };
    let ['〔', a, b, c, d, '〕', number @ ..] = &chars[at + code..] else {
        return None;
    };
    let year = [a, b, c, d].into_iter().all(char::is_ascii_digit);
    let digits = number.iter().take_while(|c| c.is_ascii_digit()).count();
    let whole = year && digits > 0 && number.get(digits) == Some(&'号');
    whole.then_some(at + code + 6 + digits + 1)
}

/// The ends of two single characters with spaces between them (王　芳), or of the parts of a
/// date to be filled in (　　年　　月　　日).
fn spread(chars: &[char], at: usize) -> Vec<usize> {
    if at > 0 && chars[at - 1].is_alphanumeric() {
        return Vec::new();
    }
    let Some((mut end, first)) = single(chars, at, true) else { return Vec::new() };
    let mut ends = Vec::new();
    while let Some((next, c)) = single(chars, end, false)
        && DATE.contains(c) == DATE.contains(first)
    {
        ends.push(next);
        end = next;
        if !DATE.contains(c) {
            break;
        }
    }
    ends
}

/// Where a single character ends that spaces part from what is before it, and it; that of a date
/// may have its number. The `first` of several may do without spaces.
fn single(chars: &[char], at: usize, first: bool) -> Option<(usize, char)> {
    let blanks = chars[at..].iter().take(BLANK).take_while(|c| c.is_whitespace()).count();
    let spread = blanks > 1 || blanks == 1 && chars[at] == '\u{3000}';
    let digits = chars[at + blanks..].iter().take_while(|c| c.is_ascii_digit()).count();
    let behind = at + blanks + digits;
    let c = *chars.get(behind)?;
    let alone = is_wide_letter(c)
        && !chars.get(behind + 1).is_some_and(|next| is_wide_letter(*next));
    let numbered = digits == 0 || DATE.contains(c);
    (alone && numbered && (spread || first && blanks == 0)).then_some((behind + 1, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read as one in a text, the longest from each place on.
    fn found(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < chars.len() {
            match units(&chars, at).first() {
                Some(unit) => {
                    found.push(String::from_iter(&chars[unit.clone()]));
                    at = unit.end;
                }
                None => at += 1,
            }
        }
        found
    }

    #[test]
    fn dates_and_numbers_with_their_units_are_one() {
        for (text, wanted) in [
            ("2026年3月12日（星期四）上午9:00", vec!["2026年3月12日"]),
            ("2026年3月1日—10月31日", vec!["2026年3月1日", "10月31日"]),
            ("约120人，9.5万元", vec!["120人", "9.5万元"]),
            ("第2季度不少于3个月", vec!["第2季度", "3个月"]),
            ("DN300管，12345", vec![]),
            ("3个项目，240立方米以上", vec!["3个", "240立方米"]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_of_documents_are_one() {
        assert_eq!(found("云政办发〔2025〕108号"), ["云政办发〔2025〕108号"]);
        assert_eq!(found("（云府〔2025〕8号）"), ["云府〔2025〕8号"]);
        assert_eq!(found("《关于加强全市计划管理的意见〔2025〕8号》"), ["〔2025〕8号"]);
        assert_eq!(found("云府〔2025〕号"), Vec::<String>::new());
    }

    #[test]
    fn what_spaces_spread_is_one() {
        for (text, wanted) in [
            ("王　芳", vec!["王　芳"]),
            ("主  任", vec!["主  任"]),
            ("王　芳、李　明", vec!["王　芳", "李　明"]),
            ("　　年　　月　　日", vec!["　　年　　月　　日"]),
            ("2026年　　月　　日", vec!["2026年　　月　　日"]),
            ("王 芳", vec![]),
            ("王小芳　李明", vec![]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_parts_of_a_date_are_found_too() {
        let chars: Vec<char> = "2026年3月12日".chars().collect();
        assert_eq!(units(&chars, 0), [0..10, 0..7, 0..5]);
        assert_eq!(units(&chars, 5), [5..10, 5..7]);
    }
}
