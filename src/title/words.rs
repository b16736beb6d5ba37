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

/// A segmenter of texts, which knows the words in those it has seen, weighed as in the whole
/// dictionary: what it learnt for one text serves the next.
pub struct Segmenter {
    jieba: Jieba,
    /// The sum of the frequencies of the words it knows.
    known: u64,
}

impl Default for Segmenter {
    fn default() -> Self {
        Self { jieba: Jieba::empty(), known: 0 }
    }
}

impl Segmenter {
    /// The words of a text, in order; together they are the text.
    pub fn words<'t>(&mut self, text: &'t str) -> Vec<&'t str> {
        self.learn(text);
        self.cut(text, true)
    }

    fn cut<'t>(&self, text: &'t str, guess: bool) -> Vec<&'t str> {
        self.jieba.cut(text, guess).into_iter().map(|token| token.word).collect()
    }

    fn learn(&mut self, text: &str) {
        let Some(map) = WORDS.as_ref() else { return };
        let starts: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (i, start) in starts.iter().enumerate() {
            for end in starts[i + 1..].iter().take(LONGEST) {
                let word = &text[*start..*end];
                if let Some(count) = map.get(word)
                    && !self.jieba.has_word(word)
                {
                    self.known += count;
                    self.jieba.add_word(word, Some(count as usize), None);
                }
            }
        }
        // Stands for all words that it has not seen; no text can hold it.
        let others = TOTAL.saturating_sub(self.known);
        self.jieba.add_word("\u{0}", Some(others as usize), None);
    }
}

/// The words of a text, in order; together they are the text.
pub fn words(text: &str) -> Vec<&str> {
    Segmenter::default().words(text)
}

/// The words of a text that stand in the dictionary; what does not is taken character by
/// character.
pub fn known_words(text: &str) -> Vec<&str> {
    let mut segmenter = Segmenter::default();
    segmenter.learn(text);
    segmenter.cut(text, false)
}

/// Whether a text is a word of the dictionary.
pub fn is_word(text: &str) -> bool {
    WORDS.as_ref().is_some_and(|map| map.contains_key(text))
}

#[cfg(test)]
mod tests {
    use super::{Segmenter, words};

    #[test]
    fn words_are_found_by_frequency_and_not_by_length_alone() {
        assert_eq!(words("研究生命起源"), ["研究", "生命", "起源"]);
        assert_eq!(
            words("关于开展职工技能培训的通知"),
            ["关于", "开展", "职工", "技能", "培训", "的", "通知"]
        );
        assert!(words("").is_empty());
    }

    #[test]
    fn what_was_learnt_before_changes_no_other_text() {
        let texts =
            ["研究生命起源", "关于开展职工技能培训的通知", "带班领导", "研究生院"];
        let mut segmenter = Segmenter::default();
        for text in texts.iter().chain(texts.iter().rev()) {
            assert_eq!(segmenter.words(text), words(text));
        }
    }
}
