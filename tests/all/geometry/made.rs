//! Pages made by hand, for layouts the way the standard describes them.

use hongtou::typeset::facts::{Facts, Glyph, Image, Page, Rule, Text, Turn};

/// A point in mm.
pub const PT: f64 = 25.4 / 72.0;
/// A 3号 character's cell.
pub const W: f64 = 156.0 / 28.0;
/// The line pitch.
pub const P: f64 = (225.0 - W) / 21.0;

/// An empty upright page.
pub fn page() -> Page {
    Page { width: 210.0, height: 297.0, ..Page::default() }
}

/// One page with its number.
pub fn facts(page: Page) -> Facts {
    Facts { pages: vec![page] }
}

/// The baseline of a glyph of `size` pt centred in a line of the grid, from 0.
pub fn row(row: f64, size: f64) -> f64 {
    37.0 + W / 2.0 + row * P + 0.38 * size * PT
}

/// A text at a left edge; each character as wide as `cell`, its ink 0.8 of the size high
/// above the baseline.
pub fn text(
    text: &str,
    x: f64,
    baseline: f64,
    (size, cell): (f64, f64),
    family: &str,
) -> Text {
    let em = size * PT;
    let glyph = |(at, c): (usize, char)| {
        let x = x + at as f64 * cell;
        let ink = Some([x + 0.1, baseline - 0.8 * em, x + em - 0.1, baseline]);
        Glyph {
            text: c.to_string(),
            x,
            advance: cell,
            em: size * PT,
            missing: false,
            ink,
        }
    };
    Text {
        text: text.to_owned(),
        family: family.to_owned(),
        size,
        baseline,
        red: false,
        black: true,
        turn: Turn::Upright,
        glyphs: text.chars().enumerate().map(glyph).collect(),
    }
}

/// 3号 仿宋 on the grid, `indent` characters in.
pub fn line(content: &str, at: f64, indent: f64) -> Text {
    text(content, 28.0 + indent * W, row(at, 16.0), (16.0, W), "GW FangSong")
}

/// A red mark whose ink begins at `top`, in the middle of the type area.
pub fn mark(content: &str, size: f64, top: f64) -> Text {
    let em = size * PT;
    let x = 106.0 - content.chars().count() as f64 * em / 2.0;
    let mark = text(content, x, top + 0.8 * em, (size, em), "GW BiaoSong");
    Text { red: true, black: false, ..mark }
}

/// A title of one line.
pub fn title(content: &str, at: f64) -> Text {
    let em = 22.0 * PT;
    let x = 106.0 - content.chars().count() as f64 * em / 2.0;
    text(content, x, row(at, 22.0), (22.0, em), "GW BiaoSong")
}

/// The number of page 1 or 2, for the upright page.
pub fn folio(number: usize) -> Text {
    let em = 14.0 * PT;
    let x = if number % 2 == 1 { 184.0 - 4.0 * em } else { 28.0 + em };
    let mut folio = text(&format!("—{number}—"), x, 271.0, (14.0, em), "GW SongTi");
    for glyph in &mut folio.glyphs {
        glyph.ink = Some([glyph.x, 269.0, glyph.x + em, 270.0]);
    }
    folio
}

pub fn rule(x: (f64, f64), y: f64, thickness: f64, red: bool) -> Rule {
    Rule { from: (x.0, y), to: (x.1, y), thickness, red }
}

pub fn image(at: (f64, f64), side: f64) -> Image {
    Image { at, size: (side, side) }
}
