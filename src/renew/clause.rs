//! Clauses and sentences around a place in a text.

/// Marks that end a clause.
pub const CLAUSE: [char; 4] = ['，', '。', '；', '\n'];
/// Marks between which a time and what is told of it stand.
pub const ENDS: [char; 7] = ['，', '。', '；', '\n', '：', '！', '？'];
/// Marks that end a sentence, of which a list may have several parts.
pub const SENTENCE: [char; 4] = ['。', '\n', '！', '？'];
/// Marks that end a sentence or a part of a list.
pub const PART: [char; 5] = ['。', '；', '\n', '！', '？'];

/// A text up to the first of some marks.
pub fn up_to<'a>(text: &'a str, ends: &[char]) -> &'a str {
    &text[..text.find(ends).unwrap_or(text.len())]
}

/// A text from the last of some marks on.
pub fn from_last<'a>(text: &'a str, ends: &[char]) -> &'a str {
    &text[text.rfind(ends).unwrap_or(0)..]
}
