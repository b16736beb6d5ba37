//! Characters that do something else than stand on the page.

/// Whether a character is invisible, or turns the writing direction.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\x08' | '\x0b'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}' | '\u{200b}'..='\u{200f}'
        | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{3164}' | '\u{ffa0}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Whether a character combines with the one before it: accents, variation selectors, skin
/// tones.
pub fn combines(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Hanzi, kana and full-width marks: lines may end between them.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// The hanzi in use; those of the later blocks are names' and places' alone.
pub fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Hanzi of all blocks and kana, no mark among them.
pub fn is_wide_letter(c: char) -> bool {
    is_wide(c) && c.is_alphanumeric()
}

/// Whether a mark opens something: it ends no line, and takes half a character at a line's
/// beginning.
pub fn opens(c: char) -> bool {
    "“‘《〈（【〔".contains(c)
}

/// Whether a mark closes something: it begins no line, and takes half a character at a line's
/// end.
pub fn closes(c: char) -> bool {
    "，。、；：？！”’》〉）】〕".contains(c)
}

/// A full-width digit as a plain one; any other character as it is.
pub fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        _ => c,
    }
}
