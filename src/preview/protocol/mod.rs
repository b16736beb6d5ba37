//! A picture as the bytes that make a terminal show it, at the cursor: one file a protocol.

mod blocks;
mod iterm;
mod kitty;
mod sixel;

pub use blocks::{Depth, SAMPLES};
pub use kitty::{forget_all, forget_one};

use crate::export::Picture;

/// How a terminal shows a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// kitty's graphics: PNG in parts.
    Kitty,
    /// iTerm2's inline files: PNG.
    Iterm,
    /// Sixel graphics.
    Sixel,
    /// Half blocks in colour, in any terminal.
    Blocks(Depth),
}

impl Protocol {
    /// The bytes of a picture whose top left corner is at column `x` and row `y`, from 0. `id`
    /// names it among the terminal's pictures.
    pub fn show(self, picture: &Picture, (x, y): (u16, u16), id: u32) -> Vec<u8> {
        let mut bytes = at(x, y).into_bytes();
        match self {
            Self::Kitty => kitty::write(&mut bytes, picture, id),
            Self::Iterm => iterm::write(&mut bytes, picture),
            Self::Sixel => sixel::write(&mut bytes, picture),
            Self::Blocks(depth) => {
                bytes.clear();
                blocks::write(&mut bytes, picture, (x, y), depth);
            }
        }
        bytes
    }
}

/// Moves the cursor to a column and a row, from 0.
pub fn at(x: u16, y: u16) -> String {
    format!("\x1b[{};{}H", y + 1, x + 1)
}
