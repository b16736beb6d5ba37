//! Names that take several lines: each of whole words, all about equally long.

use std::ops::Range;

use super::places::{WITHIN, inside_names};
use super::words;
use crate::characters::{closes, opens};

/// Names of this many characters or fewer stay on one line.
const SHORT: usize = 7;
/// No name is set in more lines.
const MOST: usize = 4;
/// A quotation or bracket with so many characters stays whole.
const QUOTED: usize = 12;

/// The ways to set a name, from one line up, as far as there are places to break it.
pub fn settings(name: &str) -> Vec<Vec<String>> {
    let one = vec![name.to_owned()];
    if name.chars().count() <= SHORT {
        return vec![one];
    }
    let pieces = whole(name);
    let more = (2..=MOST).filter_map(|count| evenly(&pieces, count));
    [one].into_iter().chain(more).collect()
}

/// The pieces of a name between which a line may end: words, but names of places, words that
/// end a body's name or go on with a place's, and short quotations and brackets are one.
pub fn whole(name: &str) -> Vec<&str> {
    let mut inner = inside_names(name);
    let quoted = quotations(name);
    inner.extend(quoted.into_iter().flat_map(|it| it.skip(1)));
    let mut ends = Vec::new();
    words(name).iter().fold(0, |at, word| {
        ends.push(at + word.len());
        at + word.len()
    });
    let parts = |at: usize| {
        let before = name[..at].chars().next_back();
        let after = name[at..].chars().next();
        match before.zip(after) {
            Some((before, after)) => {
                let of_place = WITHIN.contains(after) && !WITHIN.contains(before);
                let begins = closes(after) || "·・".contains(after);
                let ends = opens(before) || "·・副".contains(before);
                let word = before.is_ascii_graphic() && after.is_ascii_graphic();
                !of_place && !begins && !ends && !word
            }
            None => true,
        }
    };
    ends.retain(|at| *at == name.len() || (!inner.contains(at) && parts(*at)));
    let mut start = 0;
    let piece = |end| &name[std::mem::replace(&mut start, end)..end];
    ends.into_iter().map(piece).collect()
}

/// Short quotations and brackets, in bytes.
fn quotations(name: &str) -> Vec<Range<usize>> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, c) in name.char_indices() {
        if opens(c) {
            open.push(at);
        } else if "”’》〉）】〕".contains(c)
            && let Some(start) = open.pop()
            && name[start..at].chars().count() <= QUOTED
        {
            found.push(start..at + c.len_utf8());
        }
    }
    found
}

/// The pieces on so many lines, the longest of them no more than a third longer than they all
/// are in the mean.
fn evenly(pieces: &[&str], count: usize) -> Option<Vec<String>> {
    let lengths: Vec<usize> = pieces.iter().map(|it| it.chars().count()).collect();
    let total: usize = lengths.iter().sum();
    // For each end the least sum of squares and where its last line begins.
    let mut ways: Vec<Option<(usize, Vec<usize>)>> = vec![None; pieces.len() + 1];
    ways[0] = Some((0, Vec::new()));
    for _ in 0..count {
        let ending = |end: usize| {
            let starts = (0..end).rev().scan(0, |length, start| {
                *length += lengths[start];
                (3 * count * *length <= 4 * total).then_some((start, *length))
            });
            let all = starts.filter_map(|(start, length)| {
                let (sum, begins) = ways[start].as_ref()?;
                let begins = begins.iter().copied().chain([start]).collect();
                Some((sum + length * length, begins))
            });
            all.min()
        };
        ways = [None].into_iter().chain((1..ways.len()).map(ending)).collect();
    }
    let (_, begins) = ways.pop().flatten()?;
    let ends = begins.iter().skip(1).copied().chain([pieces.len()]);
    Some(begins.iter().zip(ends).map(|(from, to)| pieces[*from..to].concat()).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on(name: &str, lines: usize) -> String {
        let all = settings(name);
        let found = all.iter().find(|it| it.len() == lines);
        found.map(|it| it.join("|")).unwrap_or_default()
    }

    #[test]
    fn long_names_are_parted_between_words() {
        for (name, parted) in [
            ("枫泾市国有资产监督管理委员会", "枫泾市国有资产|监督管理委员会"),
            ("共青团枫泾市委员会", "共青团|枫泾市委员会"),
            ("枫泾市总工会", ""),
            (
                "中国共产主义青年团枫泾市委员会青年志愿者行动指导中心",
                "中国共产主义青年团枫泾市委员会|青年志愿者行动指导中心",
            ),
            (
                "枫泾市推进政府职能转变和“放管服”改革协调小组办公室",
                "枫泾市推进政府职能转变和|“放管服”改革协调小组办公室",
            ),
            (
                "云岭市打击治理电信网络新型违法犯罪工作联席会议办公室（云岭市公安局代章）",
                "云岭市打击治理电信网络新型违法犯罪|工作联席会议办公室（云岭市公安局代章）",
            ),
        ] {
            assert_eq!(on(name, 2), parted);
        }
        assert_eq!(
            on("中共云岭市委机构编制委员会办公室", 3),
            "中共云岭市委|机构编制|委员会办公室"
        );
    }

    proptest! {
        #[test]
        fn each_way_to_set_a_name_has_all_of_it(name in "[云岭市委员会办公室局和（）“”·：、1a]{1,40}") {
            for (at, lines) in settings(&name).iter().enumerate() {
                prop_assert_eq!(lines.concat(), name.clone(), "{}", at);
                prop_assert!(lines.iter().skip(1).all(|it| !it.starts_with(closes)));
                prop_assert!(lines.len() <= MOST);
            }
        }
    }
}
