//! Numbers and dates as a spreadsheet shows them: the number format of a cell applied to its
//! value (ECMA-376 part 1, 18.8.30 and 18.8.31).

use super::moment;

/// No spreadsheet shows more decimals.
const DECIMALS: usize = 30;

/// A piece of a number format.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// Printed as it is.
    Literal(String),
    /// 0, # or ?.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// E+ or E-; whether a plus is shown.
    Exponent(bool),
    General,
    /// Letters of a date or time, of one kind and in lower case; `[h]` begins with `[`.
    Moment(String),
    /// 上午 and 下午 in this notation.
    Halves(String),
}

/// One of the up to four formats between semicolons.
#[derive(Debug, Clone, PartialEq, Default)]
struct Section {
    /// Comparison and number: the values it is for.
    condition: Option<(String, f64)>,
    tokens: Vec<Token>,
}

/// The number format of an id that has none of its own in the file, as a Chinese spreadsheet
/// shows it.
pub fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 5 | 6 => "#,##0",
        4 | 7 | 8 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        _ => "General",
    }
}

/// A value in a number format. `since_1904` tells where the sheet's days are counted from.
pub fn show(value: f64, code: &str, since_1904: bool) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let sections: Vec<Section> = split(code).iter().map(|it| section(it)).collect();
    let Some((section, signed)) = choose(&sections, value) else {
        return general(value);
    };
    let tokens = &section.tokens;
    if tokens.iter().any(|it| matches!(it, Token::Moment(_) | Token::Halves(_))) {
        return date(value, tokens, since_1904).unwrap_or_else(|| general(value));
    }
    let shown = if tokens.contains(&Token::General) {
        let general = |it: &Token| match it {
            Token::General => general(value.abs()),
            Token::Literal(text) => text.clone(),
            _ => String::new(),
        };
        tokens.iter().map(general).collect()
    } else {
        number(value.abs(), tokens)
    };
    let minus = signed && value < 0.0 && shown.contains(|c| ('1'..='9').contains(&c));
    if minus { format!("-{shown}") } else { shown }
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
        ([.., _, _], false) => sections.iter().find(holds).map(|it| (it, true)),
        ([only], _) => Some((only, true)),
        ([_, negative, ..], true) if value < 0.0 => Some((negative, false)),
        ([_, _, zero, ..], true) if value == 0.0 => Some((zero, false)),
        ([positive, ..], _) => Some((positive, true)),
        ([], _) => None,
    }
}

/// The parts of a format between semicolons that are not quoted.
fn split(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in code.chars() {
        if c == ';' && !quoted && !escaped {
            parts.push(String::new());
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = matches!(c, '\\' | '!' | '_' | '*') && !escaped && !quoted;
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

fn section(code: &str) -> Section {
    let mut section = Section::default();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let (token, next) = match c {
            '"' => {
                let (text, next) = after.split_once('"').unwrap_or((after, ""));
                (Some(Token::Literal(text.to_owned())), next)
            }
            '\\' | '!' => {
                let next = after.chars().next().map_or(0, char::len_utf8);
                (Some(Token::Literal(after[..next].to_owned())), &after[next..])
            }
            // As wide as the next character, or filled with it.
            '_' | '*' => (None, &after[after.chars().next().map_or(0, char::len_utf8)..]),
            '[' => {
                let (inner, next) = after.split_once(']').unwrap_or((after, ""));
                (bracket(inner, &mut section), next)
            }
            '0' | '#' | '?' => (Some(Token::Digit(c)), after),
            '.' => (Some(Token::Point), after),
            ',' => (Some(Token::Comma), after),
            '%' => (Some(Token::Percent), after),
            '@' => (Some(Token::General), after),
            _ => word(rest),
        };
        section.tokens.extend(token);
        rest = next;
    }
    section
}

/// What stands in brackets: hours that run on, a condition, a currency; colours mean nothing.
fn bracket(inner: &str, section: &mut Section) -> Option<Token> {
    let lower = inner.to_lowercase();
    if let Some(first) = lower.chars().next().filter(|c| "hms".contains(*c)) {
        let whole = lower.chars().all(|c| c == first);
        return whole.then(|| Token::Moment(format!("[{lower}")));
    }
    if let Some(currency) = inner.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or_default();
        return (!sign.is_empty()).then(|| Token::Literal(sign.to_owned()));
    }
    let end = inner.find(|c| !"<>=".contains(c)).unwrap_or(0);
    let (sign, limit) = inner.split_at(end);
    if let (false, Ok(limit)) = (sign.is_empty(), limit.trim().parse()) {
        section.condition = Some((sign.to_owned(), limit));
    }
    None
}

/// A token that begins with a letter or another sign.
fn word(rest: &str) -> (Option<Token>, &str) {
    for halves in ["AM/PM", "A/P", "上午/下午"] {
        if let Some(found) = rest.get(..halves.len())
            && found.eq_ignore_ascii_case(halves)
        {
            return (Some(Token::Halves(halves.to_owned())), &rest[halves.len()..]);
        }
    }
    if rest.get(..7).is_some_and(|it| it.eq_ignore_ascii_case("general")) {
        return (Some(Token::General), &rest[7..]);
    }
    match rest.get(..2) {
        Some("E+" | "e+") => return (Some(Token::Exponent(true)), &rest[2..]),
        Some("E-" | "e-") => return (Some(Token::Exponent(false)), &rest[2..]),
        _ => {}
    }
    let Some(c) = rest.chars().next() else { return (None, "") };
    let lower = c.to_ascii_lowercase();
    if "ymdhsae".contains(lower) {
        let same = |it: char| !it.eq_ignore_ascii_case(&c);
        let (run, next) = rest.split_at(rest.find(same).unwrap_or(rest.len()));
        return (Some(Token::Moment(run.to_lowercase())), next);
    }
    (Some(Token::Literal(c.to_string())), &rest[c.len_utf8()..])
}

/// The digits of a value above zero, rounded as a spreadsheet does: on the 15 decimal digits
/// that it keeps, halves up. Integer part without leading zeros, and `decimals` digits.
fn rounded(value: f64, decimals: usize) -> (String, String) {
    let text = format!("{value:.14e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    // Where the point stands among the digits; one zero in front may become a one.
    let mut point = exponent + 1;
    if point < 0 {
        let zeros = usize::try_from(-point).unwrap_or(0).min(400);
        digits.splice(0..0, std::iter::repeat_n(b'0', zeros));
        point = 0;
    }
    digits.insert(0, b'0');
    let point = usize::try_from(point).unwrap_or(0) + 1;
    let end = point + decimals;
    let up = digits.get(end).is_some_and(|it| *it >= b'5');
    digits.resize(end, b'0');
    if up {
        for digit in digits.iter_mut().rev() {
            *digit = if *digit == b'9' { b'0' } else { *digit + 1 };
            if *digit != b'0' {
                break;
            }
        }
    }
    let text =
        |digits: &[u8]| digits.iter().map(|it| char::from(*it)).collect::<String>();
    let (whole, part) = digits.split_at(point);
    (text(whole).trim_start_matches('0').to_owned(), text(part))
}

/// 常规: a whole number in full, any other in as many digits as a cell of the usual width.
pub fn general(value: f64) -> String {
    let size = value.abs();
    let sign = if value < 0.0 { "-" } else { "" };
    if size == 0.0 {
        return "0".into();
    }
    let long = format!("{size:.0}").len();
    let (whole, part) = rounded(size, 10usize.saturating_sub(long));
    let part = part.trim_end_matches('0');
    if size >= 1e15 || (whole.is_empty() && part.is_empty()) {
        let text = format!("{size:.5e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        let plus = if exponent.starts_with('-') { "" } else { "+" };
        return format!("{sign}{mantissa}E{plus}{exponent}");
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

/// A value above zero in the digits of a format.
fn number(value: f64, tokens: &[Token]) -> String {
    if let Some(at) = tokens.iter().position(|it| matches!(it, Token::Exponent(_))) {
        return scientific(value, &tokens[..at], &tokens[at..]);
    }
    let is_digit = |it: &Token| matches!(it, Token::Digit(_));
    if !tokens.iter().any(is_digit) {
        return literals(tokens);
    }
    // Fractions are shown as decimals: a line of text has no room for them.
    let slash = tokens.iter().position(|it| *it == Token::Literal("/".into()));
    if slash.is_some_and(|at| tokens[at..].iter().any(is_digit)) {
        return general(value);
    }
    let point = tokens.iter().position(|it| *it == Token::Point).unwrap_or(tokens.len());
    let (front, back) = tokens.split_at(point);
    let last = front.iter().rposition(is_digit).unwrap_or(0);
    let back_last = back.iter().rposition(is_digit).unwrap_or(0);
    // Commas behind the last digit take three places each away.
    let behind = front.iter().skip(last).chain(back.iter().skip(back_last));
    let thousands = behind.filter(|it| **it == Token::Comma).count();
    let grouped = front[..last].contains(&Token::Comma);
    let percents = tokens.iter().filter(|it| **it == Token::Percent).count();
    let scale = |times: usize| i32::try_from(times).unwrap_or(0);
    let value = value * 100f64.powi(scale(percents)) / 1000f64.powi(scale(thousands));
    let decimals = back.iter().filter(|it| is_digit(it)).count().min(DECIMALS);
    let (whole, part) = rounded(value, decimals);
    whole_part(&whole, front, grouped) + &fraction(&part, back)
}

fn literals(tokens: &[Token]) -> String {
    let text = |it: &Token| match it {
        Token::Literal(text) => text.clone(),
        Token::Percent => "%".to_owned(),
        _ => String::new(),
    };
    tokens.iter().map(text).collect()
}

/// The digits before the point, put into their places from the right.
fn whole_part(digits: &str, tokens: &[Token], grouped: bool) -> String {
    let mut left: Vec<char> = digits.chars().collect();
    let first = tokens.iter().position(|it| matches!(it, Token::Digit(_)));
    let mut pieces: Vec<String> = Vec::new();
    let mut count = 0;
    for (at, token) in tokens.iter().enumerate().rev() {
        let Token::Digit(kind) = token else {
            pieces.push(literals(std::slice::from_ref(token)));
            continue;
        };
        let fill = |kind: char| (kind == '0').then_some('0');
        let mut next = left.pop().or(fill(*kind));
        while let Some(digit) = next {
            if grouped && count > 0 && count % 3 == 0 {
                pieces.push(",".into());
            }
            pieces.push(digit.to_string());
            count += 1;
            // The first place takes all that is left.
            next = if Some(at) == first { left.pop() } else { None };
        }
    }
    if first.is_none() {
        pieces.push(digits.to_owned());
    }
    pieces.into_iter().rev().collect()
}

/// The point and the digits behind it; zeros at the end only where 0 asks for them.
fn fraction(digits: &str, tokens: &[Token]) -> String {
    let kept = digits.trim_end_matches('0').len();
    let places = tokens.iter().filter_map(|it| match it {
        Token::Digit(kind) => Some(*kind),
        _ => None,
    });
    let asked = places.enumerate().filter(|(_, kind)| *kind == '0').map(|(at, _)| at + 1);
    let mut digits = digits[..kept.max(asked.max().unwrap_or(0))].chars();
    let piece = |token: &Token| match token {
        Token::Point => ".".to_owned(),
        Token::Digit(_) => digits.next().map(String::from).unwrap_or_default(),
        other => literals(std::slice::from_ref(other)),
    };
    tokens.iter().map(piece).collect()
}

/// A value with one digit before the point and its power of ten.
fn scientific(value: f64, front: &[Token], back: &[Token]) -> String {
    let is_digit = |it: &&Token| matches!(it, Token::Digit(_));
    let point = front.iter().position(|it| *it == Token::Point).unwrap_or(front.len());
    let decimals = front[point..].iter().filter(is_digit).count().min(DECIMALS);
    let text = format!("{value:.decimals$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => (
            if back.first() == Some(&Token::Exponent(true)) { "+" } else { "" },
            exponent,
        ),
    };
    let places = back.iter().filter(is_digit).count().min(DECIMALS);
    format!("{mantissa}E{sign}{exponent:0>places$}")
}

/// A day and time; `None` for what no calendar has.
fn date(value: f64, tokens: &[Token], since_1904: bool) -> Option<String> {
    let halves = tokens.iter().any(|it| matches!(it, Token::Halves(_)));
    let decimals = tokens.iter().filter(|it| matches!(it, Token::Digit(_))).count();
    let moment = moment::Moment::of(value, since_1904, decimals)?;
    let mut shown = String::new();
    let mut fraction = moment.fraction(decimals);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Moment(letters) => {
                let mut before = tokens[..at].iter().rev().filter_map(moment_letter);
                let mut after = tokens[at + 1..].iter().filter_map(moment_letter);
                let minute = before.next() == Some('h') || after.next() == Some('s');
                shown += &moment.show(letters, minute, halves);
            }
            Token::Halves(notation) => shown += moment.half(notation),
            Token::Point => shown.push('.'),
            Token::Comma => shown.push(','),
            Token::Digit(_) => {
                shown.extend((!fraction.is_empty()).then(|| fraction.remove(0)));
            }
            Token::General | Token::Exponent(_) => {}
            other => shown += &literals(std::slice::from_ref(other)),
        }
    }
    Some(shown)
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
    use super::show;

    fn all(cases: &[(f64, &str, &str)]) {
        for (value, code, shown) in cases {
            assert_eq!(show(*value, code, false), *shown, "{value} in {code}");
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
            (-1.0, "yyyy-mm-dd", "-1"),
        ]);
        assert_eq!(show(44624.0, "yyyy-mm-dd", true), "2026-03-05");
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
                let shown = show(value, code, false);
                assert!(shown.len() < 400, "{value} in {code}: {shown}");
            }
        }
    }
}
