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
    /// Marks are heaped on one of its letters, in words.
    Heaped(String),
}

impl Flaw {
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
        for text in ["#N/A", "#REF!", "Err:502", "#######"] {
            assert!(Flaw::of_text(text).is_some(), "{text}");
        }
        for text in ["", "#", "#1", "Err:", "Err:50a", "#N/A 无", "甲###"] {
            assert_eq!(Flaw::of_text(text), None, "{text}");
        }
    }
}
