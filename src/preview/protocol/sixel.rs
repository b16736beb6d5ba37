//! Sixel graphics: bands of six rows, one run of characters for each colour of a band.
//!
//! A page has few colours (black and red on white and the steps between), so they are sent as
//! they are; a quantizer made for photographs would dither them. Only where a page has more
//! than a terminal's 256, in a picture, are they brought closer together.

use std::collections::HashMap;

use crate::export::Picture;

/// The registers that terminals have.
const COLOURS: usize = 256;
/// The rows of a band.
const BAND: usize = 6;

/// Sends the picture; what is behind it stays where it does not reach.
pub fn write(bytes: &mut Vec<u8>, picture: &Picture) {
    let (indices, palette) = reduced(picture);
    let head = format!("\x1bP0;1;0q\"1;1;{};{}", picture.width, picture.height);
    bytes.extend_from_slice(head.as_bytes());
    for (register, colour) in palette.iter().enumerate() {
        let [r, g, b] = colour.map(percent);
        bytes.extend_from_slice(format!("#{register};2;{r};{g};{b}").as_bytes());
    }
    let mut columns = vec![Vec::new(); palette.len()];
    for band in indices.chunks((picture.width * BAND).max(1)) {
        write_band(bytes, band, picture.width, &mut columns);
        bytes.push(b'-');
    }
    bytes.extend_from_slice(b"\x1b\\");
}

/// Colours are sent in hundredths.
fn percent(channel: u8) -> u16 {
    (u16::from(channel) * 100 + 127) / 255
}

/// Each pixel's register, and the registers' colours: as many bits of each channel are kept as
/// lets the colours fit.
fn reduced(picture: &Picture) -> (Vec<u8>, Vec<[u8; 3]>) {
    for lost in 0..8 {
        if let Some(reduced) = with_fewer_bits(picture, lost) {
            return reduced;
        }
    }
    (vec![0; picture.width * picture.height], vec![[255; 3]])
}

fn with_fewer_bits(picture: &Picture, lost: u32) -> Option<(Vec<u8>, Vec<[u8; 3]>)> {
    let mut registers: HashMap<[u8; 3], u8> = HashMap::new();
    let mut palette = Vec::new();
    let mut last = None;
    let mut indices = Vec::with_capacity(picture.width * picture.height);
    for pixel in picture.rgb.chunks_exact(3) {
        let colour = [pixel[0], pixel[1], pixel[2]].map(|it| rounded(it, lost));
        let index = match last {
            Some((known, index)) if known == colour => index,
            _ => match registers.get(&colour) {
                Some(index) => *index,
                None => {
                    let index = u8::try_from(palette.len()).ok()?;
                    registers.insert(colour, index);
                    palette.push(colour);
                    index
                }
            },
        };
        last = Some((colour, index));
        indices.push(index);
    }
    (palette.len() <= COLOURS).then_some((indices, palette))
}

/// Colours that differ by less than a hundredth are one; with `lost` bits gone, white stays
/// white.
fn rounded(channel: u8, lost: u32) -> u8 {
    if lost == 0 {
        return (percent(channel) * 255 / 100) as u8;
    }
    let steps = (1_u32 << (8 - lost)) - 1;
    ((u32::from(channel) * steps + 127) / 255 * 255 / steps) as u8
}

/// `columns`: for each register the sixels of a band, all empty before and after.
fn write_band(bytes: &mut Vec<u8>, band: &[u8], width: usize, columns: &mut [Vec<u8>]) {
    for (bit, row) in band.chunks(width).enumerate() {
        for (x, index) in row.iter().enumerate() {
            let column = &mut columns[usize::from(*index)];
            column.resize(width, 0);
            column[x] |= 1 << bit;
        }
    }
    for (register, column) in columns.iter_mut().enumerate() {
        if !column.is_empty() {
            bytes.extend_from_slice(format!("#{register}").as_bytes());
            write_runs(bytes, column);
            bytes.push(b'$');
            column.clear();
        }
    }
}

fn write_runs(bytes: &mut Vec<u8>, column: &[u8]) {
    let end = column.iter().rposition(|bits| *bits != 0).map_or(0, |at| at + 1);
    for run in column[..end].chunk_by(|a, b| a == b) {
        let sixel = 63 + run[0];
        match run.len() {
            1..=3 => bytes.extend(std::iter::repeat_n(sixel, run.len())),
            many => {
                bytes.extend_from_slice(format!("!{many}").as_bytes());
                bytes.push(sixel);
            }
        }
    }
}
