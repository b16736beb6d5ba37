//! 发文字号: 机关代字〔年份〕序号号 (GB/T 9704-2012, 7.2.5).

use std::fmt;
use std::str::FromStr;

use crate::characters::narrow;

/// 发文字号, such as 云工发〔2026〕18号; without a serial number, the number of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number {
    /// 机关代字: letters and hanzi, no digits in it.
    pub code: String,
    /// 年份: four digits.
    pub year: u16,
    /// 序号: from 1, no leading zeros; `None` for a draft.
    pub serial: Option<u32>,
}

/// Why a text is no number, in Chinese, and the right form if it can be guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberError {
    /// What is wrong.
    pub reason: &'static str,
    /// What was most likely meant.
    pub meant: Option<Number>,
}

impl NumberError {
    /// The right form, in Chinese.
    pub fn hint(&self) -> String {
        match &self.meant {
            Some(meant) => format!("应写作“{meant}”"),
            None => "应写作“机关代字〔年份〕序号号”，如“云工发〔2026〕18号”".to_owned(),
        }
    }
}

impl Number {
    /// 令号 (10.2): 第3号, or a number like any other. An order's own form names neither code
    /// nor year, so both are left out: the code is 令, the year 0.
    ///
    /// # Errors
    /// What is neither.
    pub fn of_order(text: &str) -> Result<Self, NumberError> {
        let serial = text.strip_prefix('第').and_then(|rest| rest.strip_suffix('号'));
        let digits =
            |it: &&str| it.bytes().all(|b| b.is_ascii_digit()) && !it.starts_with('0');
        match serial.map(|it| it.trim_matches([' ', '\u{3000}'])).filter(digits) {
            Some("") => Ok(Self { code: "令".into(), year: 0, serial: None }),
            Some(serial) => match serial.parse() {
                Ok(serial) => {
                    Ok(Self { code: "令".into(), year: 0, serial: Some(serial) })
                }
                Err(_) => text.parse(),
            },
            None => text.parse(),
        }
    }

    /// The number in the name of a file, which it never leads out of its folder.
    pub fn file_stem(&self) -> String {
        self.to_string().replace(['/', '\\', ':'], "_")
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, year, serial } = self;
        match serial {
            Some(serial) if *year == 0 => write!(f, "第{serial}号"),
            None if *year == 0 => write!(f, "第\u{3000}号"),
            Some(serial) => write!(f, "{code}〔{year}〕{serial}号"),
            None => write!(f, "{code}〔{year}〕\u{3000}号"),
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let meant = guess(text);
        let fail = |reason| Err(NumberError { reason, meant: meant.clone() });
        if text.chars().any(|c| ('０'..='９').contains(&c)) {
            return fail("数字要用半角");
        }
        let Some((code, rest)) = text.split_once('〔') else {
            return fail("年份要用六角括号〔 〕");
        };
        let Some((year, rest)) = rest.split_once('〕') else {
            return fail("年份要用六角括号〔 〕");
        };
        let Some(serial) =
            rest.strip_suffix('号').map(|serial| serial.trim_matches([' ', '\u{3000}']))
        else {
            return fail("序号后要有“号”字");
        };
        if code.is_empty() || code.chars().any(char::is_whitespace) {
            return fail("年份前要有机关代字，中间不空格");
        }
        if code.chars().any(char::is_numeric) {
            return fail("机关代字里不能有数字");
        }
        // It becomes a part of file names: no marks that would part a path.
        if !code.chars().all(is_in_code) {
            return fail("机关代字只能是汉字或字母");
        }
        if year.len() != 4
            || !year.bytes().all(|b| b.is_ascii_digit())
            || year.starts_with('0')
        {
            return fail("年份要写四位数字");
        }
        if serial.starts_with('第') {
            return fail("序号前不加“第”");
        }
        if serial.starts_with('0') {
            return fail("序号不编虚位（前面不加 0）");
        }
        let serial = match serial {
            "" => None,
            _ => match serial
                .bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| serial.parse().ok())
                .flatten()
            {
                Some(serial) => Some(serial),
                None => return fail("序号只能是数字"),
            },
        };
        let year = year.parse().unwrap_or_default();
        Ok(Self { code: code.to_owned(), year, serial })
    }
}

/// What a 机关代字 is written with: letters and hanzi, 粤府（函）, and × where it is left open.
fn is_in_code(c: char) -> bool {
    c.is_alphabetic() || "×（）()·-".contains(c)
}

/// Whether a text can be the 机关代字 of a register: letters and hanzi, nothing else.
pub fn is_code(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

/// Reads a malformed number with goodwill: any brackets, wide digits, 第, leading zeros.
fn guess(text: &str) -> Option<Number> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let open = plain.find(['〔', '[', '(', '（', '【', '［'])?;
    let (code, rest) = plain.split_at(open);
    let rest = &rest[rest.chars().next()?.len_utf8()..];
    let close = rest.find(['〕', ']', ')', '）', '】', '］'])?;
    let (year, rest) = rest.split_at(close);
    let rest = &rest[rest.chars().next()?.len_utf8()..];
    let serial =
        rest.trim_start_matches('第').trim_end_matches('号').trim_start_matches('0');
    let code: String =
        code.chars().filter(|c| c.is_alphabetic() && !c.is_numeric()).collect();
    let year = match year.len() {
        2 => format!("20{year}"),
        _ => year.to_owned(),
    };
    let number = Number {
        code,
        year: year.parse().ok().filter(|year| (1949..=2999).contains(year))?,
        serial: if serial.is_empty() { None } else { Some(serial.parse().ok()?) },
    };
    (!number.code.is_empty()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_and_prints_the_same() {
        for text in ["云工发〔2026〕18号", "固工发〔2022〕142号", "云工办函〔2026〕　号"]
        {
            assert_eq!(
                text.parse::<Number>().map(|n| n.to_string()).as_deref(),
                Ok(text)
            );
        }
        assert_eq!("云工发〔2026〕号".parse::<Number>().map(|n| n.serial), Ok(None));
    }

    #[test]
    fn no_number_leads_a_file_out_of_its_folder() {
        for code in ["../../云工发", "/云工发", "..\\云工发", "C:云工发"] {
            let number = Number { code: code.into(), year: 2026, serial: Some(5) };
            let path = std::path::Path::new("归档").join(number.file_stem());
            assert_eq!(path.parent(), Some("归档".as_ref()), "{}", path.display());
            assert!(!number.file_stem().contains([':', '\\']), "{code}");
        }
    }

    #[test]
    fn a_malformed_number_is_refused_with_the_right_form() {
        let cases = [
            ("云工发[2022]142号", Some("云工发〔2022〕142号")),
            ("云工发(2022)142号", Some("云工发〔2022〕142号")),
            ("云工发【2022】142号", Some("云工发〔2022〕142号")),
            ("云工发〔22〕142号", Some("云工发〔2022〕142号")),
            ("云工发〔2022〕第142号", Some("云工发〔2022〕142号")),
            ("云工发〔2022〕0142号", Some("云工发〔2022〕142号")),
            ("云工2发〔2022〕142号", Some("云工发〔2022〕142号")),
            ("云工发〔２０２２〕142号", Some("云工发〔2022〕142号")),
            ("云工发〔2022〕142", Some("云工发〔2022〕142号")),
            ("云工发（2022）142号", Some("云工发〔2022〕142号")),
            ("云工发［2022］142号", Some("云工发〔2022〕142号")),
            ("云工发〔2022〕１４２号", Some("云工发〔2022〕142号")),
            ("云工１发〔2022〕142号", Some("云工发〔2022〕142号")),
            ("云工发[22]第0142号", Some("云工发〔2022〕142号")),
            ("../../云工发〔2022〕142号", Some("云工发〔2022〕142号")),
            ("云工\\发〔2022〕142号", Some("云工发〔2022〕142号")),
            ("C:云工发〔2022〕142号", Some("C云工发〔2022〕142号")),
            ("云工\u{202e}发〔2022〕142号", Some("云工发〔2022〕142号")),
            ("../〔2022〕142号", None),
            ("云工发2022年142号", None),
            ("〔2022〕142号", None),
        ];
        for (text, meant) in cases {
            let error = text.parse::<Number>().expect_err(text);
            assert_eq!(error.meant.map(|n| n.to_string()).as_deref(), meant, "{text}");
        }
    }
}
