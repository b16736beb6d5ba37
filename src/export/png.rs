//! PNG: a page as pixels.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use typst_render::{RenderOptions, render};

use crate::typeset::Pages;

/// Pixels without transparency, three bytes each, row by row from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green and blue of each pixel.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// A picture of one colour.
    pub fn plain(width: usize, height: usize, colour: [u8; 3]) -> Self {
        Self { width, height, rgb: colour.repeat(width * height) }
    }

    /// Draws another picture over this one, its top left corner at (`x`, `y`), which may lie
    /// outside; what does not fit is left out.
    pub fn draw(&mut self, other: &Self, x: isize, y: isize) {
        let left = x.max(0);
        let right = (x + other.width as isize).min(self.width as isize);
        let rows = y.max(0)..(y + other.height as isize).min(self.height as isize);
        if left >= right {
            return;
        }
        let bytes = (right - left) as usize * 3;
        for row in rows {
            let from = ((row - y) as usize * other.width + (left - x) as usize) * 3;
            let to = (row as usize * self.width + left as usize) * 3;
            self.rgb[to..to + bytes].copy_from_slice(&other.rgb[from..from + bytes]);
        }
    }

    /// As the bytes of a PNG file; `quick` for one that is looked at once.
    pub fn png(&self, quick: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        if quick {
            encoder.set_compression(Compression::Fastest);
            encoder.set_filter(Filter::Up);
        }
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&self.rgb)?;
            writer.finish()
        });
        debug_assert!(written.is_ok(), "memory takes every byte");
        bytes
    }
}

/// Draws a page, from 0, at `ppi` pixels an inch; `None` if there is no such page.
pub fn picture(pages: &Pages, page: usize, ppi: f64) -> Option<Picture> {
    let page = pages.document.pages().get(page)?;
    let options =
        RenderOptions { pixel_per_pt: (ppi / 72.0).into(), ..RenderOptions::default() };
    let pixmap = render(page, &options);
    let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
    let mut rgb = pixmap.take();
    // In place: a pixel moves to the front of where it was.
    for at in 0..width * height {
        // Premultiplied; paper is white.
        let [red, green, blue, alpha] = [0, 1, 2, 3].map(|part| rgb[4 * at + part]);
        let clear = 255 - alpha;
        for (part, value) in [red, green, blue].into_iter().enumerate() {
            rgb[3 * at + part] = value + clear;
        }
    }
    rgb.truncate(width * height * 3);
    Some(Picture { width, height, rgb })
}
