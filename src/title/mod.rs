//! 标题: breaking a title into lines (GB/T 9704-2012, 7.3.1): whole words, lines of fitting
//! length, in a trapezium or a diamond.

mod bodies;
mod names;
mod pieces;
mod places;
mod shape;
mod terms;
mod words;

use crate::characters::{closes, opens};
use crate::page::{AREA, PT, TURNED};
pub use names::{settings, whole};
pub use pieces::{Piece, pieces};
pub use shape::{Shape, shape_of};
pub use words::{Segmenter, is_word, words};

/// How many 2号 characters fill a line.
pub const LINE: f64 = AREA.width() / (22.0 * PT);

/// The same on a sheet turned to the left.
pub const TURNED_LINE: f64 = TURNED.width() / (22.0 * PT);

/// Breaks a title into lines no wider than the type area. The author's own line ends win;
/// `names` are texts that must not be split, such as the names of issuing bodies.
pub fn lines(title: &str, names: &[String]) -> Vec<String> {
    lines_within(title, names, LINE)
}

/// The same with lines no wider than so many characters.
pub fn lines_within(title: &str, names: &[String], line: f64) -> Vec<String> {
    let own: Vec<&str> =
        title.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    own.into_iter().flat_map(|own| broken(own, names, line)).collect()
}

fn broken(title: &str, names: &[String], line: f64) -> Vec<String> {
    if width(title) <= line {
        return vec![title.to_owned()];
    }
    shape::best(&pieces(title, names), line)
}

/// The width of a text in characters: hanzi and full-width marks 1, others as the title's face
/// has them or a little more.
pub fn width(text: &str) -> f64 {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        '1' => 0.47,
        _ if !is_narrow(c) => 1.0,
        'A'..='Z' => 0.75,
        _ => 0.6,
    }
}

/// The width of a text as a line of its own: marks lose their empty half at the line's ends
/// and beside each other.
pub fn line_width(text: &str) -> f64 {
    let chars: Vec<char> = text.chars().collect();
    let beside = chars
        .windows(2)
        .filter(|pair| closes(pair[0]) && (opens(pair[1]) || closes(pair[1])));
    let beside = beside.count()
        + chars.windows(2).filter(|pair| opens(pair[0]) && opens(pair[1])).count();
    let ends = usize::from(chars.first().is_some_and(|c| opens(*c)));
    let ends = ends + usize::from(chars.last().is_some_and(|c| closes(*c)));
    width(text) - 0.5 * (beside + ends) as f64
}

/// Letters and digits of the title's face are up to 0.6 wide, a few capitals more.
fn is_narrow(c: char) -> bool {
    c.is_ascii()
        && !matches!(
            c,
            'M' | 'W'
                | 'm'
                | 'w'
                | '@'
                | '%'
                | '&'
                | 'Q'
                | 'G'
                | 'O'
                | 'D'
                | 'H'
                | 'N'
                | 'U'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_on_a_turned_sheet_has_longer_lines() {
        let title = "云岭市2026年一般公共预算支出表（单位：万元）";
        assert_eq!(lines(title, &[]).len(), 2);
        assert_eq!(lines_within(title, &[], TURNED_LINE), [title]);
        let title = title.repeat(2);
        let turned = lines_within(&title, &[], TURNED_LINE);
        assert!(turned.len() == 2 && turned.concat() == title, "{turned:?}");
        assert!(turned.iter().all(|it| width(it) <= TURNED_LINE));
    }
}
