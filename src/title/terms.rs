//! 固定词组: terms of official writing that the dictionary has as several words, 安全生产 or
//! 高校毕业生. A reader takes each of them for one.

use std::collections::BTreeSet;

/// One a line, sorted.
static TERMS: &str = include_str!("terms.txt");

/// The places of a text, in bytes, that lie inside a term.
pub fn inside(text: &str) -> BTreeSet<usize> {
    let mut places = BTreeSet::new();
    for term in TERMS.lines() {
        let inner = || term.char_indices().skip(1).map(|(at, _)| at);
        for (start, _) in text.match_indices(term) {
            places.extend(inner().map(|at| start + at));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_inside_terms_are_found_and_their_ends_are_not() {
        let text = "做好高校毕业生就业";
        let at = |hanzi| text.find(hanzi).expect("a hanzi");
        let found = inside(text);
        assert!(found.contains(&at('毕')) && found.contains(&at('生')));
        assert!(!found.contains(&at('高')) && !found.contains(&at('就')));
    }

    #[test]
    fn terms_are_sorted_and_each_stands_once() {
        let terms: Vec<&str> = TERMS.lines().collect();
        assert!(terms.is_sorted_by(|a, b| a < b));
        assert!(terms.iter().all(|term| term.chars().count() >= 3));
    }
}
