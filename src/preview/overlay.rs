//! What is drawn over a page: the grid of cells with the type area, and the mark of a finding.

use crate::export::Picture;
use crate::page::{Area, CHAR, CHARS, LINES, PITCH};
use crate::typeset::facts::Page;

const GRID: [u8; 3] = [150, 190, 230];
const AREA: [u8; 3] = [30, 110, 220];

/// A page's picture and its scale.
pub struct Sheet<'a> {
    /// The picture.
    pub picture: &'a mut Picture,
    /// Pixels in a millimetre.
    pub scale: f64,
}

impl Sheet<'_> {
    /// 网格: the cells of an upright page, and the type area of any.
    pub fn grid(&mut self, page: &Page) {
        let Area { left, top, right, bottom } = page.type_area();
        let lines = if page.lies() { 0 } else { LINES };
        for row in 0..lines {
            let y = top + row as f64 * PITCH;
            for column in 0..CHARS {
                let x = left + column as f64 * CHAR;
                self.frame([x, y, x + CHAR, y + CHAR], GRID);
            }
        }
        self.frame([left, top, right, bottom], AREA);
    }

    /// Marks a part of the page as with a yellow pen, with a line around it.
    pub fn mark(&mut self, part: [f64; 4]) {
        let [left, top, right, bottom] =
            [part[0] - 0.6, part[1] - 0.6, part[2] + 0.6, part[3] + 0.6];
        let (x, y) = (self.pixels(left, right), self.pixels(top, bottom));
        for row in y.0..=y.1 {
            for column in x.0..=x.1 {
                self.blend(column, row, [255, 235, 90]);
            }
        }
        self.frame([left, top, right, bottom], [230, 120, 0]);
    }

    fn frame(&mut self, [left, top, right, bottom]: [f64; 4], colour: [u8; 3]) {
        let (x, y) = (self.pixels(left, right), self.pixels(top, bottom));
        for column in x.0..=x.1 {
            self.blend(column, y.0, colour);
            self.blend(column, y.1, colour);
        }
        for row in y.0..=y.1 {
            self.blend(x.0, row, colour);
            self.blend(x.1, row, colour);
        }
    }

    fn pixels(&self, from: f64, to: f64) -> (usize, usize) {
        let pixel = |mm: f64| (mm * self.scale).round().max(0.0) as usize;
        (pixel(from), pixel(to))
    }

    /// Ink stays dark under the colour.
    fn blend(&mut self, x: usize, y: usize, colour: [u8; 3]) {
        if x >= self.picture.width || y >= self.picture.height {
            return;
        }
        let at = (y * self.picture.width + x) * 3;
        for (channel, new) in self.picture.rgb[at..at + 3].iter_mut().zip(colour) {
            *channel = (*channel).min(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_area_is_where_the_standard_has_it() {
        let mut picture = Picture::plain(2100, 2970, [255; 3]);
        let page = Page { width: 210.0, height: 297.0, ..Page::default() };
        Sheet { picture: &mut picture, scale: 10.0 }.grid(&page);
        let pixel = |x: usize, y: usize| {
            let at = (y * 2100 + x) * 3;
            [picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]]
        };
        for (x, y) in [(280, 1500), (1840, 1500), (1000, 370), (1000, 2620)] {
            assert_eq!(pixel(x, y), AREA, "{x} {y}");
        }
        assert_eq!(pixel(200, 1500), [255; 3]);
        let second = (280.0 + CHAR * 10.0).round() as usize;
        assert_eq!(pixel(second, 390), GRID);
    }
}
