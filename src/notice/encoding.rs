//! The encoding of a .csv file: UTF-8 or GB18030, and one of them.

use super::read_data::Wanted;
use super::reader::Reader;
use crate::characters::is_hanzi;

/// The way out of an encoding that is not read.
const HINT: &str = "在表格软件里“另存为”CSV UTF-8（逗号分隔）";
/// Marks at the beginning of files in UTF-16.
const MARKS: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// The text of a file; `None`, with the reason noted, where it cannot be told.
pub fn decode(reader: &mut Reader, wanted: &Wanted, bytes: &[u8]) -> Option<String> {
    let file = wanted.file;
    let mut refuse = |message: String, hint: &str| {
        reader.error("Y227", wanted.span, message, hint);
        None
    };
    if is_wide(bytes) {
        return refuse(format!("“{file}”的编码是 UTF-16，不是 UTF-8 或 GBK"), HINT);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.trim_start_matches('\u{feff}').to_owned());
    }
    if let Some((utf8, other)) = mixed(bytes) {
        let message = format!(
            "“{file}”里两种编码混在一起：第 {utf8} 行是 UTF-8，第 {other} 行不是"
        );
        let hint =
            "多半是两个文件接成的：各自在表格软件里打开，另存为 CSV UTF-8，再合到一起";
        return refuse(message, hint);
    }
    let (text, _, bad) = encoding_rs::GB18030.decode(bytes);
    if bad {
        return refuse(format!("“{file}”的编码不是 UTF-8，也不是 GBK"), HINT);
    }
    Some(text.into_owned())
}

/// Whether a file is in UTF-16: each plain character has a zero byte beside it.
fn is_wide(bytes: &[u8]) -> bool {
    let zeros = bytes.iter().filter(|it| **it == 0).count();
    MARKS.iter().any(|it| bytes.starts_with(it)) || zeros > bytes.len() / 20
}

/// The first line with hanzi in UTF-8 and the first line that is not in it, if there are both.
fn mixed(bytes: &[u8]) -> Option<(usize, usize)> {
    let (mut utf8, mut other) = (None, None);
    for (at, line) in bytes.split(|it| *it == b'\n').enumerate() {
        match std::str::from_utf8(line) {
            Ok(text) if text.chars().any(is_hanzi) => {
                utf8 = utf8.or(Some(at + 1));
            }
            Ok(_) => {}
            Err(_) => other = other.or(Some(at + 1)),
        }
    }
    utf8.zip(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn lines_in_another_encoding_are_told() {
        let both = [gbk("单位,值\n"), "甲县,1\n".into(), gbk("乙县,2\n")].concat();
        assert_eq!(mixed(&both), Some((2, 1)));
        let both = ["单位,值\n甲县,1\n".into(), gbk("乙县,2\n")].concat();
        assert_eq!(mixed(&both), Some((1, 3)));
        for whole in [gbk("单位,值\n1,2\n联通,中国\n"), "单位,值\n甲,乙\n".into()]
        {
            assert_eq!(mixed(&whole), None);
        }
    }

    #[test]
    fn a_zero_byte_beside_each_comma_is_utf_16() {
        let wide = |text: &str| -> Vec<u8> {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        assert!(is_wide(&wide("单位,值\n甲县总工会,1\n")));
        assert!(is_wide(&wide("\u{feff}单位")));
        assert!(!is_wide("单位,值\n甲县总工会\0,1\n".as_bytes()) && !is_wide(b""));
    }
}
