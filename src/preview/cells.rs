//! Text in the cells of a terminal, where a hanzi takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// How many cells a character takes; a mark on the one before it takes none.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// As much of a text as fits.
pub fn clip(text: &str, cells: usize) -> &str {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += char_width(c);
        if taken > cells {
            return &text[..at];
        }
    }
    text
}

/// A text with spaces behind it up to a width; what is too much is cut.
pub fn padded(text: &str, cells: usize) -> String {
    let text = clip(text, cells);
    format!("{text}{}", " ".repeat(cells.saturating_sub(width(text))))
}

/// The lines of a text, each cut where it gets too wide; an empty line stays one.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(2);
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        loop {
            let front = clip(rest, cells);
            lines.push(front.to_owned());
            rest = &rest[front.len()..];
            if rest.is_empty() || front.is_empty() {
                break;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hanzi_is_cut_in_half() {
        assert_eq!(wrap("红头文件a\n\n尾", 5), ["红头", "文件a", "", "尾"]);
        assert_eq!(padded("红头文件", 5), "红头 ");
        assert_eq!(clip("红头", 9), "红头");
    }
}
