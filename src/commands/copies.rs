//! `hongtou build --copies`: 份号 of numbered copies, and a file for each.

use std::path::{Path, PathBuf};

use super::build::{Outcome, show};
use super::input::ranges;
use super::output::unwritable;
use crate::diag::Error;
use crate::files::{self, Staged};
use crate::pipeline::{Built, LAST_COPY, Order, copy_number};
use crate::{args, terminal};

/// The most copies of one run.
const MOST: usize = 9999;

/// The numbers of `1-3,8`, in this order; none for an empty text.
///
/// # Errors
/// What is no number or range, a number twice, more copies than [`MOST`].
pub fn numbers(text: &str) -> Result<Vec<u32>, Error> {
    let mut numbers = Vec::new();
    if text.trim().is_empty() {
        return Ok(numbers);
    }
    for (from, to) in ranges(text, LAST_COPY).map_err(refused)? {
        if numbers.len() + (to - from) as usize >= MOST {
            return Err(Error::command(format!("一次最多排 {MOST} 份"))
                .hint("分几次排，例如 --copies 1-5000 和 --copies 5001-10000"));
        }
        numbers.extend(from..=to);
    }
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            Err(Error::command(format!("--copies 里份号 {} 写了两次", pair[0]))
                .hint("每个份号只排一份"))
        }
        None => Ok(numbers),
    }
}

fn refused(part: &str) -> Error {
    Error::command(format!("--copies 后面的“{part}”不是份号"))
        .hint("写成 5、1-30 或 1-3,8：小的在前，从 1 到 999999，逗号隔开")
}

/// The files of the copies: 通知-000001.pdf and so on.
pub fn names(path: &Path, order: &Order) -> Vec<PathBuf> {
    order.copies.iter().map(|copy| name(path, *copy)).collect()
}

/// Builds a file for each copy. None of them takes its place before all are written.
///
/// # Errors
/// What ends the whole run.
pub fn separate(
    args: &args::Build,
    names: &[PathBuf],
    order: &Order,
    mut build: impl FnMut(&Path, &Order) -> Result<Built, Error>,
) -> Result<Outcome, Error> {
    if let Err(error) = all_free(names) {
        return Ok(Outcome::Unwritten(error));
    }
    let mut staged = Vec::new();
    let mut pages = 0;
    for (copy, name) in order.copies.iter().zip(names) {
        let built = build(name, &Order { copies: vec![*copy], ..order.clone() })?;
        if staged.is_empty() || built.pdf.is_none() {
            terminal::show(&built.findings);
        }
        let Some(pdf) = &built.pdf else { return Ok(Outcome::Failed) };
        match files::stage(name, pdf) {
            Ok(file) => staged.push(file),
            Err(error) => return Ok(Outcome::Unwritten(unwritable(name, &error))),
        }
        pages += built.pages;
        crate::typeset::forget();
    }
    Ok(match put(args, staged, names, pages) {
        Ok(()) => Outcome::Written,
        Err(error) => Outcome::Unwritten(error),
    })
}

fn name(path: &Path, copy: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map_or("pdf".into(), |end| end.to_string_lossy());
    path.with_file_name(format!("{stem}-{}.{extension}", copy_number(copy)))
}

/// Folders where files are to go, all named at once.
fn all_free(names: &[PathBuf]) -> Result<(), Error> {
    let taken: Vec<String> = names
        .iter()
        .filter(|name| name.is_dir())
        .map(|name| format!("“{}”", name.display()))
        .collect();
    if taken.is_empty() {
        return Ok(());
    }
    Err(Error::command(format!("写不了{}：是文件夹，不是文件", taken.join("、")))
        .hint("移走这些文件夹，或用 -o 写到别处；一份也没有写"))
}

fn put(
    args: &args::Build,
    staged: Vec<Staged>,
    names: &[PathBuf],
    pages: usize,
) -> Result<(), Error> {
    let count = staged.len();
    for (file, name) in staged.into_iter().zip(names) {
        file.put().map_err(|error| unwritable(name, &error))?;
    }
    if let (Some(first), Some(last)) = (names.first(), names.last()) {
        if !args.batch.quiet {
            let (from, to) = (first.display(), last.display());
            terminal::note(&format!(
                "已生成 {from} 至 {to}（{count} 份，共 {pages} 页）"
            ));
        }
        if args.open {
            show(first)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_are_read_in_their_order() {
        assert_eq!(numbers("").ok(), Some(vec![]));
        assert_eq!(numbers("5").ok(), Some(vec![5]));
        assert_eq!(numbers("1-3,8").ok(), Some(vec![1, 2, 3, 8]));
        assert_eq!(
            numbers(" 8，000001—000003 、999999").ok(),
            Some(vec![8, 1, 2, 3, 999_999])
        );
        assert_eq!(numbers("1-9999").ok().map(|it| it.len()), Some(9999));
    }

    #[test]
    fn what_is_no_number_is_refused_with_a_way_out() {
        let wrong = [
            "0", "3-1", "1-", "-3", "1,,2", "a", "1.5", "1000000", "1-2-3", "1-10000",
            "1-3,2",
        ];
        for text in wrong {
            let error = numbers(text).expect_err(text);
            assert!(!error.hints.is_empty(), "{text}");
        }
        assert!(numbers("4294967295").is_err() && numbers("1-4294967296").is_err());
    }
}
