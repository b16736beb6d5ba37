//! Half blocks: two pixels in a cell, one above the other, each the mean of an area of the
//! picture.

use std::fmt::Write;

use super::at;
use crate::export::Picture;

/// Pixels of the picture on each side of the area that a half block stands for.
pub const SAMPLES: usize = 4;

/// Without colours an area lighter than this, of 255, is paper: small text covers little of it.
const PAPER: u32 = 210;

/// The colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// 24 bits.
    True,
    /// The 256 of xterm.
    Indexed,
    /// None: ink and paper.
    None,
}

/// Writes the picture row by row from a column and a row on.
pub fn write(bytes: &mut Vec<u8>, picture: &Picture, (x, y): (u16, u16), depth: Depth) {
    let (columns, halves) = (picture.width / SAMPLES, picture.height / SAMPLES);
    let mut text = String::new();
    for row in 0..halves.div_ceil(2) {
        text += &at(x, y + row as u16);
        let mut colours = None;
        for column in 0..columns {
            let upper = mean(picture, column, row * 2);
            let lower =
                (row * 2 + 1 < halves).then(|| mean(picture, column, row * 2 + 1));
            cell(&mut text, (upper, lower), depth, &mut colours);
        }
        if depth != Depth::None {
            text += "\x1b[0m";
        }
    }
    bytes.extend_from_slice(text.as_bytes());
}

/// The mean colour of an area.
fn mean(picture: &Picture, column: usize, half: usize) -> [u8; 3] {
    let mut sums = [0_u32; 3];
    for row in half * SAMPLES..(half + 1) * SAMPLES {
        let from = (row * picture.width + column * SAMPLES) * 3;
        for pixel in picture.rgb[from..from + SAMPLES * 3].chunks_exact(3) {
            sums.iter_mut().zip(pixel).for_each(|(sum, it)| *sum += u32::from(*it));
        }
    }
    let area = (SAMPLES * SAMPLES) as u32;
    sums.map(|sum| ((sum + area / 2) / area) as u8)
}

type Cell = ([u8; 3], Option<[u8; 3]>);

/// One cell; its colours are sent only where they are not the last cell's.
fn cell(text: &mut String, (upper, lower): Cell, depth: Depth, last: &mut Option<Cell>) {
    if depth == Depth::None {
        let paper = |colour: [u8; 3]| grey(colour) > PAPER;
        *text += match (paper(upper), lower.is_some_and(paper)) {
            (true, true) => "█",
            (true, false) => "▀",
            (false, true) => "▄",
            (false, false) => " ",
        };
        return;
    }
    if *last != Some((upper, lower)) {
        *text += "\x1b[38;";
        colour(text, upper, depth);
        match lower {
            Some(lower) => {
                *text += ";48;";
                colour(text, lower, depth);
            }
            None => *text += ";49",
        }
        text.push('m');
        *last = Some((upper, lower));
    }
    text.push('▀');
}

fn colour(text: &mut String, [r, g, b]: [u8; 3], depth: Depth) {
    let _ = match depth {
        Depth::True => write!(text, "2;{r};{g};{b}"),
        _ => write!(text, "5;{}", indexed([r, g, b])),
    };
}

fn grey([r, g, b]: [u8; 3]) -> u32 {
    (u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000
}

/// The nearest of xterm's 256 colours: its 24 greys or its cube of 6 × 6 × 6.
pub fn indexed(colour: [u8; 3]) -> u8 {
    let step = |channel: u8| match channel {
        0..=47 => 0,
        48..=114 => 1,
        _ => (channel - 35) / 40,
    };
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let [r, g, b] = colour.map(step);
    let cube = [r, g, b].map(level);
    let mean = colour.iter().map(|it| u32::from(*it)).sum::<u32>() / 3;
    let shade = (mean.saturating_sub(3) / 10).min(23) as u8;
    let far = |other: [u8; 3]| -> u32 {
        let apart = |(a, b): (&u8, &u8)| u32::from(a.abs_diff(*b)).pow(2);
        colour.iter().zip(&other).map(apart).sum()
    };
    if far([8 + 10 * shade; 3]) < far(cube) {
        232 + shade
    } else {
        16 + 36 * r + 6 * g + b
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(index: u8) -> [u8; 3] {
        let level = |it: u8| [0, 95, 135, 175, 215, 255][usize::from(it)];
        match index.checked_sub(232) {
            Some(shade) => [8 + 10 * shade; 3],
            None => {
                [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(level)
            }
        }
    }

    #[test]
    fn the_colours_of_the_palette_are_their_own_nearest() {
        for index in 16..=255 {
            assert_eq!(colour(indexed(colour(index))), colour(index), "{index}");
        }
    }
}
