//! Names of places in a title, which no dictionary has.

use super::pieces::{APART, BODIES};
use crate::characters::is_hanzi;

/// What names of places with places in them end with.
pub const WITHIN: &str = "省市州盟县区旗";
/// What the names of those places end with.
const ENDS: &str = "市州县区旗镇乡村";
/// So does the name of one within a town, of two characters.
const STREET: &str = "街道";
/// What such a name has not in it.
const OF_BODIES: &str = "局厅委会院部办所队组站的和各";
/// The longest of those names without its end, in characters.
const LONGEST: usize = 3;

/// Where a break would go through the name of a place, or part the place from the body that is
/// named by it, in bytes: 望溪 and 县 behind 云岭市; 市 and 自然资源局 behind 财政局.
pub fn inside(title: &str) -> Vec<usize> {
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    let mut found = Vec::new();
    for (i, (at, c)) in chars.iter().enumerate().filter(|it| WITHIN.contains(it.1.1)) {
        let behind = &chars[i + 1..];
        let ends = |from: usize| {
            let street = title[behind[from].0..].starts_with(STREET);
            if street {
                Some(from + 1)
            } else {
                ENDS.contains(behind[from].1).then_some(from)
            }
        };
        let end = (0..behind.len().min(LONGEST + 1)).find_map(ends);
        let name = end.map_or(&behind[..0], |end| &behind[..=end]);
        let body = name.iter().any(|it| OF_BODIES.contains(it.1));
        if !body && name.iter().all(|it| is_hanzi(it.1)) {
            found.extend(name.iter().skip(1).map(|it| it.0));
        }
        let before = &title[..*at];
        let begins = before.is_empty()
            || BODIES.iter().chain(APART).any(|it| before.ends_with(it));
        if begins && !title[at + c.len_utf8()..].starts_with(['、', '（']) {
            found.push(at + c.len_utf8());
        }
    }
    found
}

/// Where a break would go through the name of a place or the word that a body's name ends with,
/// in bytes, or part that from the place: 委员会 is one though 委员 is a word, and belongs to the
/// 市 before it.
pub fn inside_names(text: &str) -> Vec<usize> {
    let inner = |word: &&'static str| {
        let word: &'static str = word;
        let starts = text.match_indices(word).map(|(at, _)| at);
        starts.flat_map(move |at| {
            let of_place = text[..at].ends_with(|c| WITHIN.contains(c));
            let parts = word.char_indices().skip(usize::from(!of_place));
            parts.map(move |it| at + it.0)
        })
    };
    inside(text).into_iter().chain(BODIES.iter().flat_map(inner)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_places_and_before_bodies_are_found() {
        for (title, asked) in [
            ("设立云岭市望溪县青禾区的批复", "设立云岭市望·溪·县青·禾·区的批复"),
            ("设立望溪区柳汀街道的批复", "设立望溪区柳·汀·街·道的批复"),
            ("批转市财政局市民政局意见", "批转市·财政局市·民政局意见"),
            ("做好全市农村工作", "做好全市农·村工作"),
            ("各市、县（区）工作", "各市、县（区）工作"),
        ] {
            let mut shown = String::new();
            for (at, c) in title.char_indices() {
                if inside(title).contains(&at) {
                    shown.push('·');
                }
                shown.push(c);
            }
            assert_eq!(shown, asked);
        }
    }
}
