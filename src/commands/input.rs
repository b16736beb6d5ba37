//! What commands that take a notice have in common: the file, and its parameters.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Error, reason};
use crate::notice::source;
use crate::notice::variables::Params;
use crate::paths::{read_start, shown};
use crate::pipeline::{Input, read_input};
use crate::terminal;

/// `--set 键=值`.
///
/// # Errors
/// A text of some other form; a name with two values.
pub(super) fn params(set: &[String]) -> Result<Params, Error> {
    let pair = |text: &String| match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), crate::notice::clean(value)))
        }
        _ => Err(Error::command(format!("--set 后面要写“键=值”，这里是“{text}”"))
            .hint("例如 --set 年度=2027")),
    };
    let mut params = Params::new();
    for text in set {
        let (name, value) = pair(text)?;
        if params.get(&name).is_some_and(|it| *it != value) {
            let message = format!("--set 里“{name}”写了两个值，不一样");
            return Err(Error::command(message).hint("只留一个"));
        }
        params.insert(name, value);
    }
    Ok(params)
}

/// `5` or `2-3` or `1,4-6`: first and last number of each part, the smaller first, from 1 to
/// `last`. Full-width commas and dashes are taken, too.
///
/// # Errors
/// The part that is none.
pub(super) fn ranges(text: &str, last: u32) -> Result<Vec<(u32, u32)>, &str> {
    let range = |part: &str| {
        let number =
            |text: &str| text.trim().parse().ok().filter(|it| (1..=last).contains(it));
        let (from, to) = part
            .split_once(['-', '—', '–', '－', '~', '～', '至'])
            .unwrap_or((part, part));
        let (from, to) = (number(from)?, number(to)?);
        (from <= to).then_some((from, to))
    };
    let parts = text.split([',', '，', '、']).map(str::trim);
    parts.map(|part| range(part).ok_or(part)).collect()
}

/// A file that a command line names, if it has no more than `most` bytes.
///
/// # Errors
/// It cannot be read, or has more.
pub(super) fn read_file(file: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let name = shown(file);
    let bytes = read_start(file, most + 1).map_err(|error| {
        Error::command(format!("“{name}”读不了：{}", reason(&error)))
            .hint("检查文件名和所在的文件夹")
    })?;
    if bytes.len() as u64 <= most {
        return Ok(bytes);
    }
    let most = most / 1024 / 1024;
    Err(Error::command(format!("“{name}”超过 {most} MB，太大"))
        .hint("检查是不是写错了文件"))
}

/// A notice's text; `-` is standard input.
///
/// # Errors
/// One finding: it cannot be read.
pub(super) fn input(file: &Path) -> Result<Input, Diagnostic> {
    if file != Path::new("-") {
        return read_input(file);
    }
    let bytes = terminal::read(source::LIMIT + 1).map_err(|error| {
        Diagnostic::error("Y003", format!("标准输入读不了：{}", reason(&error)))
    })?;
    Ok(Input { name: "标准输入".into(), bytes, folder: PathBuf::from(".") })
}
