//! Where a word too long for a line may be broken.

use crate::characters::{combines, is_wide};

/// Marks a place where a line may end inside a word. No notice holds this character: it is
/// taken out of every text that is read.
pub const MARK: char = '\u{200b}';

/// Words of this many characters or fewer stay whole.
const WHOLE: usize = 24;

/// A longer word may be broken between so many letters or digits.
const EDGE: usize = 3;

/// A text whose over-long words may be broken, and rules to write on anywhere.
pub fn soften(text: &str) -> String {
    let blank = |word: &str| word.chars().all(|c| c == '_');
    softened(text, |word| word.chars().nth(WHOLE).is_some() || blank(word))
}

/// A text whose words that are too long may be broken behind their signs, `/` and `@` of an
/// address, and inside of longer parts: in a line that is mostly an address nothing else can
/// be spread. What is still too long may be broken anywhere.
pub fn softened(text: &str, is_long: impl Fn(&str) -> bool) -> String {
    let mut softened = String::with_capacity(text.len());
    for word in words(text) {
        if !is_long(word) {
            softened.push_str(word);
            continue;
        }
        for (i, part) in parts(word).enumerate() {
            let long = is_long(part);
            let chars: Vec<char> = part.chars().collect();
            let inside = |j: usize| {
                let around = chars.get(j.wrapping_sub(EDGE)..j + EDGE);
                around.is_some_and(|it| it.iter().all(|c| c.is_alphanumeric()))
            };
            for (j, &c) in chars.iter().enumerate() {
                // Marks that combine with the character before them stay with it.
                if (i + j > 0) && (j == 0 || long || inside(j)) && !combines(c) {
                    softened.push(MARK);
                }
                softened.push(c);
            }
        }
    }
    softened
}

/// The parts of a word, each up to a sign between letters.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let ends = |(at, c): (usize, char)| {
            let behind = rest[at + c.len_utf8()..].chars().next();
            // 1.5 and 2026-03 are not parted.
            let inside = ".-".contains(c) && behind.is_some_and(|it| it.is_ascii_digit());
            let more = behind.is_some_and(char::is_alphanumeric);
            (more && !inside && "/.@-_?&=:#+*×÷)".contains(c))
                .then_some(at + c.len_utf8())
        };
        let end = rest.char_indices().find_map(ends).unwrap_or(rest.len());
        let part;
        (part, rest) = rest.split_at(end);
        (!part.is_empty()).then_some(part)
    })
}

/// The parts of a text between which lines may end: words of letters, digits and signs
/// without a hanzi or a space among them, and the characters that part them, each by itself.
/// A mark that joins two numbers (2026—2030) belongs to the first.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match rest.find(parts_words) {
            Some(0) => first.len_utf8(),
            Some(at) if rest[at..].starts_with(DASH) => at + DASH.len_utf8(),
            Some(at) => at,
            None => rest.len(),
        };
        let word = &rest[..end];
        rest = &rest[end..];
        Some(word)
    })
}

const DASH: char = '—';

fn parts_words(c: char) -> bool {
    c == DASH || c.is_whitespace() || is_wide(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_long_words_may_break() {
        assert_eq!(soften("见 https://a.cn 一文"), "见 https://a.cn 一文");
        let word = "x".repeat(30);
        assert_eq!(soften(&word).matches(MARK).count(), 29);
        assert_eq!(soften(&word).replace(MARK, ""), word);
        assert_eq!(soften(&"汉".repeat(60)), "汉".repeat(60));
        assert_eq!(soften("签字____。").replace(MARK, "|"), "签字_|_|_|_。");
    }

    #[test]
    fn addresses_are_broken_behind_their_signs() {
        let parted = |text| soften(text).replace(MARK, "|");
        assert_eq!(
            parted("https://www.example.gov.cn/exhibitor/registration"),
            "https://|www.|exa|m|ple.|gov.|cn/|exh|i|b|i|tor/|reg|i|s|t|r|a|t|ion"
        );
        assert_eq!(
            parted("yunlingjiaoyu_2026@example.gov.cn"),
            "yun|l|i|n|g|j|i|a|oyu_|2026@|exa|m|ple.|gov.|cn"
        );
        assert_eq!(parted("10000026Z155110010003"), "10000026Z155110010003");
        assert_eq!(
            parted("186×(Scr/88.4)^-1.154×Age^-0.203×0.742"),
            "186×(Scr/|88.4)^-1.154×|Age^-0.203×|0.742"
        );
        assert_eq!(parted("GB/T9704"), "GB/T9704");
    }

    #[test]
    fn a_range_is_two_words() {
        let range = "2026.01.01—2026.12.31";
        assert_eq!(soften(range), range);
        let parted: Vec<&str> = words("自2026.01.01—2026.12.31，共 3个").collect();
        assert_eq!(
            parted,
            ["自", "2026.01.01—", "2026.12.31", "，", "共", " ", "3", "个"]
        );
    }

    proptest! {
        #[test]
        fn no_character_is_lost_between_words(text in "[甲0-9a— ～·/.,\n]{0,40}") {
            prop_assert_eq!(words(&text).collect::<String>(), &text[..]);
            let soft = softened(&text, |word| word.len() > 3);
            prop_assert_eq!(soft.replace(MARK, ""), text);
        }
    }
}
