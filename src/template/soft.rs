//! Where a word too long for a line, or an address, may be broken.

use crate::characters::{combines, is_wide, opens};

/// Marks a place where a line may end inside a word. No notice holds this character: it is
/// taken out of every text that is read.
pub const MARK: char = '\u{200b}';

/// Words of this many characters or fewer stay whole.
const WHOLE: usize = 24;

/// A longer word may be broken between so many letters or digits.
const EDGE: usize = 3;

/// A line may end between one of these and a bracket, though it may not before a number.
const RATES: &str = "%‰℃°";

/// A text whose addresses and over-long words may be broken, and rules to write on anywhere.
pub fn soften(text: &str) -> String {
    softened_where(text, |word| is_address(word) || is_long(word), is_long)
}

/// The same with long codes as well, which a line of running text ends in only for want of
/// another place.
pub fn soften_codes(text: &str) -> String {
    softened_where(
        text,
        |word| is_address(word) || is_long(word) || is_code(word),
        is_long,
    )
}

/// Whether a word is too long to be whole, or a rule to write on.
fn is_long(word: &str) -> bool {
    word.chars().nth(WHOLE).is_some() || word.chars().all(|c| c == '_')
}

/// Codes of so many digits and letters or fewer stay whole.
const CODE: usize = 12;

fn is_code(word: &str) -> bool {
    word.chars().nth(CODE).is_some()
        && word.chars().all(|c| c.is_ascii_alphanumeric())
        && word.contains(|c: char| c.is_ascii_digit())
}

/// A text whose words that are too long may be broken: addresses at their signs, others behind
/// theirs and inside of longer parts, as in a line that is mostly a word nothing else can be
/// spread. What is still too long may be broken anywhere.
pub fn softened(text: &str, is_long: impl Fn(&str) -> bool) -> String {
    softened_where(text, &is_long, &is_long)
}

/// The same where a word may be broken for another reason than its length; `is_long` tells of
/// its parts.
fn softened_where(
    text: &str,
    breaks: impl Fn(&str) -> bool,
    is_long: impl Fn(&str) -> bool,
) -> String {
    let mut softened = String::with_capacity(text.len());
    for word in words(text) {
        if word.starts_with(opens) && softened.ends_with(|c| RATES.contains(c)) {
            softened.push(MARK);
        }
        if !breaks(word) {
            softened.push_str(word);
            continue;
        }
        let address = is_address(word);
        for (i, part) in parts(word, address).enumerate() {
            let long = is_long(part);
            let chars: Vec<char> = part.chars().collect();
            let inside = |j: usize| {
                let around = chars.get(j.wrapping_sub(EDGE)..j + EDGE);
                !address
                    && around.is_some_and(|it| it.iter().all(|c| c.is_alphanumeric()))
            };
            for (j, &c) in chars.iter().enumerate() {
                // Marks that combine with the character before them stay with it, as do hyphens.
                let stays = combines(c) || c == '-';
                if (i + j > 0) && (j == 0 || long || inside(j)) && !stays {
                    softened.push(MARK);
                }
                softened.push(c);
            }
        }
    }
    softened
}

/// Whether a word is an address or a name of the net: `https://a.cn`, `yl@163.com`,
/// `www.a.gov.cn/b`, `yunling_rsj`.
fn is_address(word: &str) -> bool {
    let joined = |sign| {
        word.split_once(sign).is_some_and(|(before, behind)| {
            before.ends_with(char::is_alphanumeric)
                && behind.starts_with(char::is_alphanumeric)
        })
    };
    let dotted = word.contains('.');
    joined("_") || dotted && (joined("://") || joined("@") || has_host(word))
}

/// Whether a word begins with the name of a host, of three parts or with a path behind it.
fn has_host(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = word.find(|c: char| !(c.is_ascii_alphanumeric() || ".-".contains(c)));
    let (host, rest) = word.split_at(end.unwrap_or(word.len()));
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let least = if rest.starts_with('/') { 2 } else { 3 };
    let lower = |c: char| c.is_ascii_lowercase();
    let domain = |label: &&str| label.len() >= 2 && label.chars().all(lower);
    labels.len() >= least
        && labels.iter().all(|label| !label.is_empty())
        && labels.last().is_some_and(domain)
}

/// The parts of a word, each up to a sign between letters.
fn parts(word: &str, address: bool) -> impl Iterator<Item = &str> {
    let (mut rest, mut done) = (word, 0);
    std::iter::from_fn(move || {
        let ends = |(at, c): (usize, char)| {
            let (end, next) = (at + c.len_utf8(), &rest[at + c.len_utf8()..]);
            let found = match address {
                true => ends_in_address(c, next) && at_edge(word, done + end),
                false => ends_behind(c, next),
            };
            found.then_some(end)
        };
        let end = rest.char_indices().find_map(ends).unwrap_or(rest.len());
        let part;
        (part, rest) = rest.split_at(end);
        done += end;
        (!part.is_empty()).then_some(part)
    })
}

/// Whether a place is not so near to an end of a word that nothing is won by breaking it there.
fn at_edge(word: &str, at: usize) -> bool {
    (EDGE..=word.len().saturating_sub(EDGE)).contains(&at)
}

/// Whether a part of an address ends behind a character: signs of a path end a line, `.` and
/// `@` begin one, but not the last `.cn`.
fn ends_in_address(c: char, next: &str) -> bool {
    let mut chars = next.chars();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match chars.next() {
        Some('.') => c.is_alphanumeric() && letter(chars.next()) && !is_last_label(next),
        Some('@') => c.is_alphanumeric() && letter(chars.next()),
        next => "/?&=-_".contains(c) && letter(next),
    }
}

/// Whether no other part of a name with points follows the one that begins here.
fn is_last_label(part: &str) -> bool {
    let behind = part[1..].trim_start_matches(|c: char| c.is_alphanumeric() || c == '-');
    let label = behind.strip_prefix('.').and_then(|rest| rest.chars().next());
    !label.is_some_and(char::is_alphanumeric)
}

/// Whether a part of another word ends behind a character.
fn ends_behind(c: char, next: &str) -> bool {
    let next = next.chars().next();
    // 1.5 and 2026-03 are not parted.
    let inside = ".-".contains(c) && next.is_some_and(|it| it.is_ascii_digit());
    let more = next.is_some_and(char::is_alphanumeric);
    more && !inside && "/.@-_?&=:#+*×÷)".contains(c)
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
        assert_eq!(soften("见 GB/T9704.1 一文"), "见 GB/T9704.1 一文");
        let word = "x".repeat(30);
        assert_eq!(soften(&word).matches(MARK).count(), 29);
        assert_eq!(soften(&word).replace(MARK, ""), word);
        assert_eq!(soften(&"汉".repeat(60)), "汉".repeat(60));
        assert_eq!(soften("签字____。").replace(MARK, "|"), "签字_|_|_|_。");
    }

    #[test]
    fn addresses_are_broken_at_their_signs_only() {
        let parted = |text| soften(text).replace(MARK, "|");
        for (address, wanted) in [
            (
                "https://www.example.gov.cn/exhibitor/registration",
                "https://|www|.example|.gov.cn/|exhibitor/|registration",
            ),
            (
                "http://a.cn/zwgk/202603/t2026_1.html?id=12&type=ab-c",
                "http://|a.cn/|zwgk/|202603/|t2026_|1.html?|id=|12&|type=|ab-c",
            ),
            ("yunlingjiaoyu_2026@example.gov.cn", "yunlingjiaoyu_|2026|@example|.gov.cn"),
            ("yl@163.com", "yl@163.com"),
            ("邮箱ylczj@163.com。", "邮箱ylczj|@163.com。"),
            ("（zwfw.yunling.gov.cn）", "（zwfw|.yunling|.gov.cn）"),
            ("yunling.cn/fw", "yunling.cn/fw"),
            ("yunling_rsj12333", "yunling_|rsj12333"),
            // A part that is too long by itself may be broken anywhere.
            (
                "http://a.cn/0123456789abcdef0123456789",
                "http://|a.cn/|0|1|2|3|4|5|6|7|8|9|a|b|c|d|e|f|0|1|2|3|4|5|6|7|8|9",
            ),
        ] {
            assert_eq!(parted(address), wanted);
        }
        for other in ["a_b", "附件.docx", "V1.2.0", "3.1.a", "GB/T9704", "mg/kg", "a://"]
        {
            assert_eq!(parted(other), other);
        }
    }

    #[test]
    fn other_long_words_are_broken_behind_their_signs() {
        let parted = |text| soften(text).replace(MARK, "|");
        assert_eq!(parted("10000026Z155110010003"), "10000026Z155110010003");
        let long = parted("2026-0301-15-08-2026-0301-15-08-2026");
        assert!(long.contains('|') && !long.contains("|-"), "{long}");
        assert_eq!(
            parted("186×(Scr/88.4)^-1.154×Age^-0.203×0.742"),
            "186×(Scr/|88.4)^-1.154×|Age^-0.203×|0.742"
        );
        assert_eq!(
            parted("abcdefgh#ijklmnopqrstuvwxyz"),
            "abc|d|e|fgh#|ijk|l|m|n|o|p|q|r|s|t|u|v|w|xyz"
        );
    }

    #[test]
    fn only_running_text_breaks_codes() {
        let code = "91530100MA6K12345X";
        assert_eq!(soften(code), code);
        let parted = soften_codes(code).replace(MARK, "|");
        assert_eq!(parted, "915|3|0|1|0|0|M|A|6|K|1|2|3|45X");
        for other in ["13800138000", "Communications", "GB/T17219-1998"] {
            assert_eq!(soften_codes(other), other);
        }
    }

    #[test]
    fn lines_end_between_a_rate_and_a_bracket() {
        let parted = |text| soften(text).replace(MARK, "|");
        assert_eq!(parted("增长8.5%（按可比价）"), "增长8.5%|（按可比价）");
        assert_eq!(parted("38℃“以上”，5‰《表》"), "38℃“以上”，5‰|《表》");
        assert_eq!(parted("5%。（表）"), "5%。（表）");
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
