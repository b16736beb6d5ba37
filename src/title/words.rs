//! Words by dictionary. The dictionary lies in the binary as a sorted map and is read in
//! place; the segmenter gets just the entries that occur in the text at hand.

use std::sync::LazyLock;

use jieba_rs::Jieba;

static MAP: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.fst"));
/// The sum of all frequencies, against which the segmenter weighs a word.
const TOTAL: u64 = include!(concat!(env!("OUT_DIR"), "/words_total.rs"));
/// Longer entries are names of things, not words of a title.
const LONGEST: usize = 12;

static WORDS: LazyLock<Option<fst::Map<&'static [u8]>>> =
    LazyLock::new(|| fst::Map::new(MAP).ok());

/// The words of a text, in order; together they are the text.
pub fn words(text: &str) -> Vec<&str> {
    segmenter(text).cut(text, true).into_iter().map(|token| token.word).collect()
}

/// The words of a text that stand in the dictionary; what does not is taken character by
/// character.
pub fn known_words(text: &str) -> Vec<&str> {
    segmenter(text).cut(text, false).into_iter().map(|token| token.word).collect()
}

/// Whether a text is a word of the dictionary.
pub fn is_word(text: &str) -> bool {
    WORDS.as_ref().is_some_and(|map| map.contains_key(text))
}

/// A segmenter that knows the words in `text`, weighed as in the whole dictionary.
fn segmenter(text: &str) -> Jieba {
    let mut segmenter = Jieba::empty();
    let Some(map) = WORDS.as_ref() else { return segmenter };
    let starts: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut known = 0;
    for (i, start) in starts.iter().enumerate() {
        for end in starts[i + 1..].iter().take(LONGEST) {
            let word = &text[*start..*end];
            if let Some(count) = map.get(word)
                && !segmenter.has_word(word)
            {
                known += count;
                segmenter.add_word(word, Some(count as usize), None);
            }
        }
    }
    // Stands for all words that are not in the text; no text can hold it.
    segmenter.add_word("\u{0}", Some(TOTAL.saturating_sub(known) as usize), None);
    segmenter
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_found_by_frequency_and_not_by_length_alone() {
        assert_eq!(words("研究生命起源"), ["研究", "生命", "起源"]);
        assert_eq!(
            words("关于开展职工技能培训的通知"),
            ["关于", "开展", "职工", "技能", "培训", "的", "通知"]
        );
        assert!(words("").is_empty());
    }
}
