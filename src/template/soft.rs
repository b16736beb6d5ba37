//! Where a word too long for a line may be broken.

use crate::characters::combines;

/// Marks a place where a line may end inside a word. No notice holds this character: it is
/// taken out of every text that is read.
pub const MARK: char = '\u{200b}';

/// Words of this many characters or fewer stay whole.
const WHOLE: usize = 20;

/// The same in a table's cell, which is narrower.
const WHOLE_IN_CELL: usize = 10;

/// A cell's text whose words may be broken where a column is too narrow for them.
pub fn soften_cell(text: &str) -> String {
    softened(text, WHOLE_IN_CELL)
}

/// A cell's text that may be broken anywhere.
pub fn soften_all(text: &str) -> String {
    softened(text, 1)
}

/// A text whose over-long words (letters, digits and signs without a hanzi or a space among
/// them) may be broken anywhere.
pub fn soften(text: &str) -> String {
    softened(text, WHOLE)
}

fn softened(text: &str, whole: usize) -> String {
    let mut softened = String::with_capacity(text.len());
    let mut word = Vec::new();
    for c in text.chars() {
        if c.is_whitespace() || is_wide(c) {
            flush(&mut word, whole, &mut softened);
            softened.push(c);
        } else {
            word.push(c);
        }
    }
    flush(&mut word, whole, &mut softened);
    softened
}

fn flush(word: &mut Vec<char>, whole: usize, out: &mut String) {
    let long = word.len() > whole;
    for (i, c) in word.drain(..).enumerate() {
        // Marks that combine with the character before them stay with it.
        if long && i > 0 && !combines(c) {
            out.push(MARK);
        }
        out.push(c);
    }
}

/// Hanzi, kana and full-width marks: lines may end between them anyway.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_words_may_break() {
        assert_eq!(soften("见 https://a.cn 一文"), "见 https://a.cn 一文");
        let word = "x".repeat(30);
        assert_eq!(soften(&word).matches(MARK).count(), 29);
        assert_eq!(soften(&word).replace(MARK, ""), word);
        assert_eq!(soften(&"汉".repeat(60)), "汉".repeat(60));
    }
}
