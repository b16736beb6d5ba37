//! Cells of a table without a text that could be printed, and the ways out.

use super::signs;

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It shows this error value.
    Error(String),
    /// Its number is too long for a spreadsheet; what is left of it.
    Lost(String),
    /// A .csv file holds its number shortened, so.
    Shortened(String),
    /// Its column was too narrow when the .csv file was written.
    Narrow,
    /// The value of its formula is not in the file.
    Unknown,
    /// It asks for this number format, which is not known.
    Format(String),
    /// It has a value that this number format does not show.
    Hidden(String),
    /// It is zero, and its sheet shows no zeros.
    Zero,
    /// The value of its formula is zero, which the program that wrote the file puts for texts.
    Unsure,
    /// This part of it is raised or lowered, and no character stands for that.
    Shifted(String),
    /// This part of it is struck out.
    Struck(String),
    /// This control character is in it.
    Control(char),
    /// It is the word of a program for no value.
    NoValue(String),
    /// It is the day before the first one, which an empty cell comes to.
    NoDay(String),
    /// Marks are heaped on one of its letters, in words.
    Heaped(String),
}

impl Flaw {
    /// Whether the cell looks empty all the same.
    pub fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden(_) | Self::Zero)
    }

    /// What a text by itself has against it: spreadsheets write errors into .csv files, and into
    /// cells that were pasted as values, as mere texts.
    pub fn of_text(text: &str) -> Option<Self> {
        let hashes = text.len() > 2 && text.bytes().all(|it| it == b'#');
        if hashes {
            return Some(Self::Narrow);
        }
        if is_error(text) {
            return Some(Self::Error(text.to_owned()));
        }
        if is_day_zero(text) {
            return Some(Self::NoDay(text.to_owned()));
        }
        signs::heaped(text).map(Self::Heaped)
    }

    /// In words that go on behind the name of the cell.
    pub fn told(&self) -> String {
        match self {
            Self::Error(error) => format!("是错误值 {error}"),
            Self::Lost(left) => format!("的数太长，后几位没有存下，只剩 {left}"),
            Self::Shortened(text) => {
                format!("“{text}”是缩写的长号码，后几位没有存下")
            }
            Self::Narrow => "只有一串 #，是栏太窄，内容没有存下".to_owned(),
            Self::Unknown => "的公式没有算出的值".to_owned(),
            Self::Format(code) => format!("的格式“{code}”这里排不出来"),
            Self::Hidden(code) if code.is_empty() => "有值，它的格式不显示它".to_owned(),
            Self::Hidden(code) => format!("有值，格式“{code}”不显示它"),
            Self::Zero => "是 0，工作表设成不显示零值".to_owned(),
            Self::Unsure => "的公式存下的值是 0，真的值可能没有存下".to_owned(),
            Self::Shifted(part) => format!("的上标或下标“{part}”排不出来"),
            Self::Struck(part) => format!("有用删除线划掉的“{part}”"),
            Self::Control(c) => {
                format!("里有看不见的控制字符 U+{:04X}", u32::from(*c))
            }
            Self::NoValue(word) => format!("只有“{word}”，是没有值的意思"),
            Self::NoDay(text) => format!("“{text}”不是日期，是空格子算出来的"),
            Self::Heaped(what) => format!("的{what}"),
        }
    }

    /// The way out.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Error(_) => "在表格软件里改好这一格的公式，保存后再试",
            Self::Lost(_) => "证件号、账号这样的长号码：先把格子设成文本，再重新填",
            Self::Shortened(_) => {
                "在原来的表格里把这一栏设成文本，重新填好，再另存为 CSV"
            }
            Self::Narrow => "在原来的表格里把这一栏拉宽，再另存为 CSV",
            Self::Unknown => "用表格软件打开它，保存一次，公式的值就在文件里了",
            Self::Format(_) => {
                "把这一格改成“常规”“数值”或“2026年3月5日”这样的日期格式；也可以改成文本，照要印的样子写"
            }
            Self::Hidden(_) => "要印这个值，把格式改成“常规”；不要它，清空这一格",
            Self::Zero => "要印 0，在表格软件里设成显示零值；不要它，清空这一格",
            Self::Unsure => "用表格软件打开它，另存为 .xlsx，用那一个文件",
            Self::Shifted(_) => {
                "上标、下标只能是数字，上标里没有 0（如 10⁶、m²）；别的改成平常的写法"
            }
            Self::Struck(_) => "删去划掉的字，或去掉删除线",
            Self::Control(_) => "重新填这一格；多半是导出时带进来的",
            Self::NoValue(_) => "补上这一格，再生成一次",
            Self::NoDay(_) => "补上日期；没有日期的，清空这一格",
            Self::Heaped(_) => signs::HEAPED.1,
        }
    }
}

/// Error values as spreadsheets write them.
const ERRORS: &[&str] = &[
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#VALUE!",
    "#DATA!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#BUSY!",
    "#UNKNOWN!",
];

/// What programs write into a table for a value that is not there.
const NO_VALUES: [&str; 10] =
    ["nan", "none", "null", "n/a", "<na>", "nat", "nil", "undefined", "\\n", "(null)"];

impl Flaw {
    /// What a text of a .csv file has against it that a program wrote.
    pub fn of_export(text: &str) -> Option<Self> {
        let is = NO_VALUES.contains(&text.to_lowercase().as_str()) || text == "NA";
        is.then(|| Self::NoValue(text.to_owned()))
    }
}

/// Whether a text is the day 0 of January 1900, in any form.
fn is_day_zero(text: &str) -> bool {
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
    let mut numbers = parts.take(3).map(|it| it.trim_start_matches('0'));
    text.starts_with("1900") && numbers.by_ref().eq(["1900", "1", ""])
}

fn is_error(text: &str) -> bool {
    let number =
        |rest: &str| rest.len() == 3 && rest.bytes().all(|it| it.is_ascii_digit());
    ERRORS.contains(&text) || text.strip_prefix("Err:").is_some_and(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_known_by_their_texts() {
        for text in [
            "#N/A",
            "#REF!",
            "Err:502",
            "#######",
            "1900/1/0",
            "1900-01-00",
            "1900年1月0日",
            "1900/1/0 0:00",
        ] {
            assert!(Flaw::of_text(text).is_some(), "{text}");
        }
        for text in [
            "",
            "#",
            "#1",
            "Err:",
            "Err:50a",
            "#N/A 无",
            "甲###",
            "1900/1/1",
            "1900",
            "1900/10/0",
            "1900.1",
        ] {
            assert_eq!(Flaw::of_text(text), None, "{text}");
        }
    }

    #[test]
    fn words_of_programs_for_no_value_are_none() {
        for text in ["NaN", "nan", "None", "null", "NULL", "N/A", "NA", "NaT", "<NA>"] {
            assert_eq!(Flaw::of_export(text), Some(Flaw::NoValue(text.into())));
        }
        for text in ["", "-", "?", "Na", "无", "None 局", "南"] {
            assert_eq!(Flaw::of_export(text), None, "{text}");
        }
    }
}
