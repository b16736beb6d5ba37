//! Numbers, dates and texts as a spreadsheet shows them: the number format of a cell applied to
//! its value.

use super::code::{self, Language, Section, System, Token, literals};
use super::decimal::{general, number};
use super::{fraction, hanzi, moment};

/// A value in a number format; `None` where the format asks for what is not known here, so that
/// something else would be shown. `since_1904` tells where the sheet's days are counted from.
pub fn show(value: f64, code: &str, since_1904: bool) -> Option<String> {
    if !value.is_finite() {
        return Some(String::new());
    }
    let sections = code::sections(code);
    let Some((section, signed)) = choose(&sections, value) else {
        return Some(general(value));
    };
    if section.foreign {
        return None;
    }
    match section.system {
        Some(System::Date) => return show(value, LONG_DATE, since_1904),
        Some(System::Time) => return show(value, TIME, since_1904),
        None => {}
    }
    let tokens = &section.tokens;
    if tokens.iter().any(|it| matches!(it, Token::Moment(_) | Token::Halves(_))) {
        return date(value, section, since_1904);
    }
    let shown = positive(value.abs(), section)?;
    let is_number = |c: char| ('1'..='9').contains(&c) || hanzi::is_numeral(c);
    let minus = signed && value < 0.0 && shown.contains(is_number);
    Some(if minus { format!("-{shown}") } else { shown })
}

/// The long date and the time of a Chinese system.
const LONG_DATE: &str = "yyyy\"年\"m\"月\"d\"日\"";
const TIME: &str = "h:mm:ss";

/// A value above zero that is no date.
fn positive(value: f64, section: &Section) -> Option<String> {
    let tokens = &section.tokens;
    if section.numerals.is_some() {
        return hanzi::number(value, section);
    }
    if tokens.contains(&Token::Text) {
        // What a spreadsheet puts around texts, it does not put around numbers.
        let alone = tokens.iter().all(|it| *it == Token::Text);
        return alone.then(|| general(value));
    }
    if tokens.contains(&Token::General) {
        let piece = |it: &Token| match it {
            Token::General => general(value),
            other => literals(std::slice::from_ref(other)),
        };
        return Some(tokens.iter().map(piece).collect());
    }
    match fraction::parts(tokens) {
        Some(parts) => fraction::show(value, &parts),
        None => Some(number(value, tokens)),
    }
}

/// A text in a number format: in the section for texts, or else as it is. `None` as for
/// [`show`].
pub fn show_text(text: &str, code: &str) -> Option<String> {
    if code == "General" || code == "@" {
        return Some(text.to_owned());
    }
    let sections = code::sections(code);
    let with_text = |it: &&Section| it.tokens.contains(&Token::Text);
    let section = match sections.as_slice() {
        [_, _, _, fourth, ..] => Some(fourth),
        fewer => fewer.iter().find(with_text),
    };
    let Some(section) = section else { return Some(text.to_owned()) };
    let piece = |it: &Token| match it {
        Token::Text | Token::General => text.to_owned(),
        other => literals(std::slice::from_ref(other)),
    };
    (!section.foreign).then(|| section.tokens.iter().map(piece).collect())
}

/// The format of a value, and whether it leaves the minus sign to the program.
fn choose(sections: &[Section], value: f64) -> Option<(&Section, bool)> {
    let holds = |section: &&Section| match &section.condition {
        Some((sign, limit)) => match sign.as_str() {
            "<" => value < *limit,
            "<=" => value <= *limit,
            ">" => value > *limit,
            ">=" => value >= *limit,
            "<>" => value != *limit,
            _ => value == *limit,
        },
        None => true,
    };
    let plain = !sections.iter().any(|it| it.condition.is_some());
    match (sections, plain) {
        (_, false) => {
            let at = sections.iter().position(|it| holds(&it))?;
            Some((&sections[at], !is_negative(sections, at) || needs_sign(sections, at)))
        }
        ([only], true) => Some((only, true)),
        ([_, negative, ..], true) if value < 0.0 => {
            Some((negative, needs_sign(sections, 1)))
        }
        ([_, _, zero, ..], true) if value == 0.0 => Some((zero, false)),
        ([positive, ..], true) => Some((positive, true)),
        ([], true) => None,
    }
}

/// Whether a section among conditions is the one for negative values, which then shows their
/// sign itself.
fn is_negative(sections: &[Section], at: usize) -> bool {
    let is = |section: &Section, signs: [&str; 2]| {
        let condition = section.condition.as_ref();
        condition
            .is_some_and(|(sign, limit)| *limit == 0.0 && signs.contains(&sign.as_str()))
    };
    let section = &sections[at];
    let above = || sections[..at].iter().any(|it| is(it, [">", ">="]));
    is(section, ["<", "<="]) || (section.condition.is_none() && above())
}

/// Whether nothing but its colour, which a print loses, tells a negative section from another.
fn needs_sign(sections: &[Section], at: usize) -> bool {
    let section = &sections[at];
    let same =
        |(other, it): (usize, &Section)| other != at && it.tokens == section.tokens;
    section.coloured && sections.iter().enumerate().any(same)
}

/// A day and time; `None` for what no calendar has, and for names in languages and numerals
/// that are not known here.
fn date(value: f64, section: &Section, since_1904: bool) -> Option<String> {
    let tokens = &section.tokens;
    let halves = tokens.iter().any(|it| matches!(it, Token::Halves(_)));
    let decimals = tokens.iter().filter(|it| matches!(it, Token::Digit(_))).count();
    if !is_of_days(tokens) || (has_day(tokens) && value < 1.0 && !since_1904) {
        return None;
    }
    let moment = moment::Moment::of(value, since_1904, decimals)?;
    let chinese = section.language == Language::Chinese;
    let mut shown = String::new();
    let mut fraction = moment.fraction(decimals);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Moment(letters) => {
                let mut before = tokens[..at].iter().rev().filter_map(moment_letter);
                let mut after = tokens[at + 1..].iter().filter_map(moment_letter);
                let minute = before.next() == Some('h') || after.next() == Some('s');
                shown += &match section.numerals {
                    None if moment::is_name(letters) => {
                        moment.name(letters, section.language)?
                    }
                    None => moment.show(letters, minute, halves)?,
                    Some(1) if moment::is_name(letters) => {
                        moment.name(letters, Language::Chinese)?
                    }
                    Some(kind) => moment.in_hanzi(letters, minute, halves, kind)?,
                };
            }
            Token::Halves(notation) => shown += moment.half(notation, chinese),
            Token::Point => shown.push('.'),
            Token::Comma => shown.push(','),
            Token::Digit(_) => {
                shown.extend((!fraction.is_empty()).then(|| fraction.remove(0)));
            }
            Token::General | Token::Text | Token::Exponent(_) => {}
            other => shown += &literals(std::slice::from_ref(other)),
        }
    }
    Some(shown)
}

/// Whether digits stand among letters only behind the point of a second: in `0 days` somebody
/// left out the quotes.
fn is_of_days(tokens: &[Token]) -> bool {
    let mut second = false;
    tokens.iter().all(|token| match token {
        Token::Digit(kind) => second && *kind == '0',
        Token::General | Token::Text | Token::Exponent(_) => false,
        Token::Point => true,
        other => {
            second = moment_letter(other) == Some('s');
            true
        }
    })
}

/// Whether a day is shown: there is none of the number 0, which empty cells give.
fn has_day(tokens: &[Token]) -> bool {
    let letters = || tokens.iter().filter_map(moment_letter);
    let minutes = letters().any(|it| matches!(it, 'h' | 's'));
    letters().any(|it| "ydae".contains(it) || (it == 'm' && !minutes))
}

/// The letter of a part of a date or time.
fn moment_letter(token: &Token) -> Option<char> {
    match token {
        Token::Moment(letters) => letters.trim_start_matches('[').chars().next(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{show, show_text};

    fn all(cases: &[(f64, &str, &str)]) {
        for (value, code, shown) in cases {
            let told = show(*value, code, false);
            assert_eq!(told.as_deref(), Some(*shown), "{value} in {code}");
        }
    }

    #[test]
    fn numbers_show_as_in_the_spreadsheet() {
        all(&[
            (1.200_000_000_000_000_2, "General", "1.2"),
            (0.1 + 0.2, "General", "0.3"),
            (1.0 / 3.0, "General", "0.333333333"),
            (-45352.0, "General", "-45352"),
            (123_456_789_012.0, "General", "123456789012"),
            (1e20, "General", "1E+20"),
            (0.0, "General", "0"),
            (2.5, "0", "3"),
            (2.675, "0.00", "2.68"),
            (9.995, "0.00", "10.00"),
            (0.004, "0.00", "0.00"),
            (-0.004, "0.00", "0.00"),
            (1234.5, "#,##0", "1,235"),
            (1_234_567.891, "#,##0.00", "1,234,567.89"),
            (-1234.5, "#,##0.00", "-1,234.50"),
            (999.0, "#,##0", "999"),
            (0.0, "#,##0", "0"),
            (0.125, "0%", "13%"),
            (0.125, "0.00%", "12.50%"),
            (0.5, "0.##", "0.5"),
            (7.0, "000", "007"),
            (12_345_678.0, "#,##0,", "12,346"),
            (1_234_567.0, "#,##0.0,\"千\"", "1,234.6千"),
            (123_456_789.0, "0.00,,\"百万元\"", "123.46百万元"),
            (12_345.0, "[>=10000]0.0,\"千\";0", "12.3千"),
            (123_456.0, "0!.0,\"万\"", "12.3万"),
            (88_001_234.0, "0000-0000", "8800-1234"),
            (12345.0, "0.00E+00", "1.23E+04"),
            (12345.0, "##0.0E+0", "12.3E+3"),
            (123_456.0, "##0.0E+0", "123.5E+3"),
            (999_990.0, "##0.0E+0", "1.0E+6"),
            (0.0123, "##0.0E+0", "12.3E-3"),
            (0.0, "##0.0E+0", "0.0E+0"),
            (9.999, "0.00E+00", "1.00E+01"),
            (3.5, "0.0\"万元\"", "3.5万元"),
            (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        ]);
    }

    #[test]
    fn each_sign_has_its_section() {
        let code = "0.0;(0.0);\"无\"";
        all(&[(1.0, code, "1.0"), (-1.0, code, "(1.0)"), (0.0, code, "无")]);
        let code = "[<1]\"不足1\";[>=100]\"很多\";0";
        all(&[(0.5, code, "不足1"), (100.0, code, "很多"), (7.0, code, "7")]);
        all(&[(5.0, "0_);[Red](0)", "5"), (-5.0, "0_);[Red](0)", "(5)")]);
        all(&[(5.0, ";;;", "")]);
        let code = "[>0]+0;-0";
        all(&[(5.0, code, "+5"), (-5.0, code, "-5")]);
        let code = "[<0]\"降\"0;\"升\"0";
        all(&[(5.0, code, "升5"), (-5.0, code, "降5")]);
        let code = "[>=100]0\"多\";0";
        all(&[(-5.0, code, "-5"), (500.0, code, "500多")]);
        // A print has no colours.
        for code in ["0.00;[Red]0.00", "[Blue]0.00;[红色]0.00", "[Red][<0]0.00;0.00"] {
            all(&[(5.0, code, "5.00"), (-5.0, code, "-5.00")]);
        }
        all(&[(-5.0, "0;0", "5"), (-5.0, "0;[Red]\"降\"0", "降5")]);
        let code = "[=1]\"是\"";
        all(&[(1.0, code, "是"), (0.0, code, "0"), (-2.5, code, "-2.5")]);
        let code = "[=1]\"是\";[=0]\"否\"";
        all(&[(0.0, code, "否"), (7.0, code, "7")]);
    }

    #[test]
    fn dates_and_times_show_as_in_the_spreadsheet() {
        let day = 46086.0; // 2026-03-05, a Thursday
        all(&[
            (day, "yyyy-mm-dd", "2026-03-05"),
            (day, "yyyy\"年\"m\"月\"d\"日\"", "2026年3月5日"),
            (day, "m\"月\"d\"日\"", "3月5日"),
            (day, "yy/m/d", "26/3/5"),
            (day, "[$-804]yyyy\"年\"m\"月\"d\"日\" aaaa", "2026年3月5日 星期四"),
            (day, "yyyy\\-mm\\-dd;@", "2026-03-05"),
            (day + 0.604_166_666_7, "h:mm", "14:30"),
            (day + 0.604_166_666_7, "yyyy-mm-dd h:mm:ss", "2026-03-05 14:30:00"),
            (day + 0.604_166_666_7, "上午/下午h:mm", "下午2:30"),
            (day + 0.604_166_666_7, "h:mm AM/PM", "2:30 PM"),
            (0.999_999_999, "h:mm", "0:00"),
            (1.5, "[h]:mm", "36:00"),
            (90.5 / 86400.0, "mm:ss.0", "01:30.5"),
            (59.0, "yyyy-mm-dd", "1900-02-28"),
            (61.0, "yyyy-mm-dd", "1900-03-01"),
            (day, "[$-804]dddd", "星期四"),
            (day, "[$-804]mmmm", "三月"),
            (day + 240.0, "[$-804]mmmm", "十月"),
            (day, "[$-409]dddd, mmmm d", "Thursday, March 5"),
            (day, "aaaa", "星期四"),
            (day, "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "二〇二六年三月五日"),
            (46370.0, "[DBNum1]m\"月\"d\"日\"", "十二月十四日"),
            (day, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年3月5日"),
            (day, "[$-x-sysdate]dddd, mmmm dd, yyyy", "2026年3月5日"),
            (day + 0.604_166_666_7, "[$-F400]h:mm:ss\\ AM/PM", "14:30:00"),
            (day + 0.604_166_666_7, "[$-804]AM/PM h\"时\"mm\"分\"", "下午 2时30分"),
            (day, "[$-411]yyyy\"年\"m\"月\"", "2026年3月"),
            (day, "[$-804]ddd", "周四"),
            (day, "[$-804]mmm", "3月"),
            (day + 0.586_805_555_6, "[DBNum1]h\"时\"mm\"分\"", "十四时〇五分"),
            (day + 0.604_166_666_7, "[DBNum1]上午/下午h\"时\"mm\"分\"", "下午二时三十分"),
            (day + 0.5, "[DBNum1][$-804]h\"时\"mm\"分\"", "十二时〇〇分"),
            (day, "[DBNum1]m\"月\"dd\"日\"", "三月〇五日"),
            (
                day + 16.0,
                "[DBNum2][$-804]yyyy\"年\"m\"月\"d\"日\"",
                "贰零贰陆年叁月贰拾壹日",
            ),
            (1.0, "yyyy-mm-dd", "1900-01-01"),
            (0.0, "h:mm", "0:00"),
        ]);
        assert_eq!(show(44624.0, "yyyy-mm-dd", true).as_deref(), Some("2026-03-05"));
    }

    #[test]
    fn numerals_and_fractions_show_as_in_the_spreadsheet() {
        all(&[
            (10_020_300.45, "[DBNum2][$-804]General", "壹仟零贰万零叁佰点肆伍"),
            (-88.0, "[DBNum2][$-804]General", "-捌拾捌"),
            (0.0, "[DBNum2]General", "零"),
            (1234.5, "[DBNum2]\"人民币\"0\"元整\"", "人民币壹仟贰佰叁拾伍元整"),
            (12.0, "[DBNum1][$-804]General", "一十二"),
            (3.333_333, "# ?/?", "3 1/3"),
            (-3.333_333, "# ??/??", "-3 1/3"),
            (0.5, "# ?/8", "4/8"),
            (5.0, "G/通用格式\"元\"", "5元"),
        ]);
    }

    #[test]
    fn what_is_not_known_here_is_not_shown_as_something_else() {
        let day = 46305.0; // 2026-10-10
        for (value, code) in [
            (day, "[$-404]e/m/d"),
            (day, "[$-411]ggge\"年\""),
            (day, "[$-130000]yyyy/m/d"),
            (day, "[$-40C]dddd"),
            (day, "bbbb"),
            (day, "[DBNum3]h\"时\""),
            (day, "[DBNum1]yy\"年\""),
            (-1.0, "yyyy-mm-dd"),
            (0.0, "yyyy\"年\"m\"月\"d\"日\""),
            (0.25, "m\"月\"d\"日\" h:mm"),
            (5.0, "0 days"),
            (5.0, "0.0 mg"),
            (5.0, "General s"),
            (5.0, "[DBNum3]General"),
            (5.5, "[DBNum2]0.00"),
            (5.0, "[DBNum2][$RMB]General"),
            (1e12, "[DBNum1]General"),
            (5.0, "[NatNum12]0"),
            (5.0, "\"第\"@\"组\""),
            (0.5, "# ?/?%"),
        ] {
            assert_eq!(show(value, code, false), None, "{value} in {code}");
        }
    }

    #[test]
    fn texts_show_as_in_the_spreadsheet() {
        for (text, code, shown) in [
            ("四", "\"第\"@\"组\"", "第四组"),
            ("四", "0;0;0;\"文\"@", "文四"),
            ("四", ";;;", ""),
            ("四", "yyyy-mm-dd;@", "四"),
            ("四", "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "四"),
            ("四", "0\"元\"", "四"),
            ("甲乙", "General", "甲乙"),
        ] {
            assert_eq!(show_text(text, code).as_deref(), Some(shown), "{code}");
        }
        assert_eq!(show_text("四", "[NatNum12]@"), None);
    }

    #[test]
    fn no_format_and_no_value_does_harm() {
        let codes = [
            "",
            ";",
            "\"",
            "\\",
            "_",
            "[",
            "[]",
            "[h",
            "*",
            "E+",
            "0E+",
            "?/?",
            "上",
            "[<]0;0",
            "y.0",
            "@@",
            ",",
            ".",
            "%%%%",
            "am/p",
            "General;[红]",
            "0,,,,,,,",
            "年月",
            "[DBNum1]",
            "[DBNum2]General.0",
            "[$-]d",
            "0/",
            "/8",
            "0 0/0",
            "?/0",
            "# ??/9999999999",
        ];
        let values = [
            0.0,
            -0.0,
            1e308,
            -1e308,
            5e-324,
            f64::NAN,
            f64::INFINITY,
            1e15,
            2_958_466.0,
        ];
        for code in codes {
            for value in values {
                let shown = show(value, code, false).unwrap_or_default();
                assert!(shown.len() < 400, "{value} in {code}: {shown}");
            }
        }
    }
}
