//! The names of bodies that a title names one behind the other.

use super::pieces::{APART, BODIES};
use super::{LINE, width};
use crate::characters::is_hanzi;

/// What the names of bodies end with where they stand one behind the other.
const ENDS: &str = "局委厅办院会部府心司室团校厂所队社组联处行";
/// Behind these a title names a body, as at its beginning.
const NAMING: [&str; 4] = ["印发", "转发", "批转", "《"];

/// The names of bodies at a title's beginning, and of those behind them with spaces or 、 between
/// them: 甲局 乙和丙局关于.
pub fn listed(title: &str, ends: &[usize]) -> Vec<(usize, usize)> {
    let behind = |word: &&str| {
        let length = word.len();
        title.match_indices(*word).map(move |it| it.0 + length).collect::<Vec<_>>()
    };
    let starts = std::iter::once(0).chain(NAMING.iter().flat_map(behind));
    let mut ranges = Vec::new();
    for mut start in starts {
        while let Some(end) = body_end(title, start, ends) {
            ranges.push((start, end));
            let mut rest = title[end..].chars();
            match rest.next() {
                Some(c) if BETWEEN.contains(&c) => start = end + c.len_utf8(),
                _ => break,
            }
        }
    }
    ranges
}

/// What stands between two bodies.
const BETWEEN: [char; 3] = [' ', '\u{3000}', '、'];

/// Where the name of a body that begins at a place ends, before 关于 or the next, or else with a
/// word that ends such names, if the name fits a line.
fn body_end(title: &str, start: usize, ends: &[usize]) -> Option<usize> {
    // A little more than a line: no longer name is whole.
    let mut reach = title[start..].char_indices().skip(LINE as usize + 4);
    let rest = &title[start..reach.next().map_or(title.len(), |it| start + it.0)];
    let length = rest.find(|c| !is_hanzi(c)).unwrap_or(rest.len());
    let length = rest[..length].find("关于").unwrap_or(length);
    let parted =
        rest[length..].starts_with(BETWEEN) || rest[length..].starts_with("关于");
    let name = &rest[..length];
    let whole = parted && name.ends_with(|c| ENDS.contains(c));
    let word_ends = |end: &usize| ends.binary_search(&(start + end)).is_ok();
    let body = |body: &&str| {
        let found = name.match_indices(*body).map(|it| it.0 + body.len());
        found.filter(word_ends).min()
    };
    let end = if whole { length } else { BODIES.iter().filter_map(body).min()? };
    let verb = |word: &&str| word.chars().count() > 1 && name[..end].contains(*word);
    let fits = width(&name[..end]) <= LINE;
    (fits && !APART.iter().any(verb)).then_some(start + end)
}
