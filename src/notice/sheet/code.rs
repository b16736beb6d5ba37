//! The parts of a number format's code (ECMA-376 part 1, 18.8.30 and 18.8.31).

/// A piece of a number format.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// Printed as it is.
    Literal(String),
    /// 0, # or ?.
    Digit(char),
    /// The decimal point.
    Point,
    /// Groups digits, or takes three places away.
    Comma,
    /// %, which multiplies by 100.
    Percent,
    /// E+ or E-; whether a plus is shown.
    Exponent(bool),
    /// 常规.
    General,
    /// @, a text as it is.
    Text,
    /// Letters of a date or time, of one kind and in lower case; `[h]` begins with `[`.
    Moment(String),
    /// 上午 and 下午 in this notation.
    Halves(String),
}

/// The language of the names of months and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// None is named: names by letters are English, those of 星期 Chinese.
    #[default]
    Unnamed,
    /// Chinese of the mainland.
    Chinese,
    /// English.
    English,
    /// One that is not known here.
    Other,
}

/// What the system's own settings show in place of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// The long date.
    Date,
    /// The time.
    Time,
}

/// One of the up to four formats between semicolons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// Comparison and number: the values it is for.
    pub condition: Option<(String, f64)>,
    /// Its pieces.
    pub tokens: Vec<Token>,
    /// Which numerals it asks for: 1 for 一二三, 2 for 壹贰叁.
    pub numerals: Option<u32>,
    /// The language it names.
    pub language: Language,
    /// Whether the system decides how it looks.
    pub system: Option<System>,
    /// Whether it names a colour.
    pub coloured: bool,
    /// Whether it asks for something that is not known here.
    pub foreign: bool,
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
        12 => "# ?/?",
        13 => "# ??/??",
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

/// All sections of a code.
pub fn sections(code: &str) -> Vec<Section> {
    split(code).iter().map(|it| section(it)).collect()
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
            '@' => (Some(Token::Text), after),
            _ => word(rest),
        };
        section.tokens.extend(token);
        rest = next;
    }
    section
}

/// What stands in brackets: hours that run on, a condition, a currency, numerals, a colour.
fn bracket(inner: &str, section: &mut Section) -> Option<Token> {
    let lower = inner.to_lowercase();
    if let Some(first) = lower.chars().next().filter(|c| "hms".contains(*c))
        && lower.chars().all(|c| c == first)
    {
        return Some(Token::Moment(format!("[{lower}")));
    }
    if let Some(currency) = inner.strip_prefix('$') {
        let (sign, region) = currency.split_once('-').unwrap_or((currency, ""));
        locale(&region.to_lowercase(), section);
        return (!sign.is_empty()).then(|| Token::Literal(sign.to_owned()));
    }
    if let Some(number) = lower.strip_prefix("dbnum") {
        section.numerals = number.parse().ok();
        section.foreign |= section.numerals.is_none();
        return None;
    }
    let end = inner.find(|c| !"<>=".contains(c)).unwrap_or(0);
    let (sign, limit) = inner.split_at(end);
    match limit.trim().parse() {
        Ok(limit) if !sign.is_empty() => {
            section.condition = Some((sign.to_owned(), limit));
        }
        _ if is_colour(&lower) => section.coloured = true,
        _ => section.foreign = true,
    }
    None
}

/// Names of colours; each may have a number or a 色 behind it.
const COLOURS: [&str; 19] = [
    "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "color", "黑",
    "蓝", "青", "绿", "洋红", "红", "白", "黄", "颜", "蓝绿",
];

fn is_colour(inner: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || c == ' ';
    let name = inner.trim_end_matches(number);
    COLOURS.contains(&name.strip_suffix('色').unwrap_or(name))
}

/// The region of a format, in hexadecimal digits: a language, or the system's settings. Longer
/// ones ask for another calendar or other digits as well.
fn locale(region: &str, section: &mut Section) {
    match region {
        "f800" | "x-sysdate" => section.system = Some(System::Date),
        "f400" | "x-systime" => section.system = Some(System::Time),
        "" => {}
        "804" | "0804" | "1004" | "zh-cn" => section.language = Language::Chinese,
        "409" | "0409" | "809" | "0809" | "en-us" | "en-gb" => {
            section.language = Language::English;
        }
        _ => {
            section.language = Language::Other;
            section.foreign |=
                u64::from_str_radix(region, 16).is_ok_and(|it| it > 0xffff);
        }
    }
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
    for general in ["general", "G/通用格式"] {
        if let Some(found) = rest.get(..general.len())
            && found.eq_ignore_ascii_case(general)
        {
            return (Some(Token::General), &rest[general.len()..]);
        }
    }
    match rest.get(..2) {
        Some("E+" | "e+") => return (Some(Token::Exponent(true)), &rest[2..]),
        Some("E-" | "e-") => return (Some(Token::Exponent(false)), &rest[2..]),
        _ => {}
    }
    let Some(c) = rest.chars().next() else { return (None, "") };
    let lower = c.to_ascii_lowercase();
    if "ymdhsaegb".contains(lower) {
        let same = |it: char| !it.eq_ignore_ascii_case(&c);
        let (run, next) = rest.split_at(rest.find(same).unwrap_or(rest.len()));
        return (Some(Token::Moment(run.to_lowercase())), next);
    }
    (Some(Token::Literal(c.to_string())), &rest[c.len_utf8()..])
}

/// What tokens print by themselves.
pub fn literals(tokens: &[Token]) -> String {
    let text = |it: &Token| match it {
        Token::Literal(text) => text.clone(),
        Token::Percent => "%".to_owned(),
        _ => String::new(),
    };
    tokens.iter().map(text).collect()
}
