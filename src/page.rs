//! 版面: what GB/T 9704-2012 says of a page, for all that check, measure or show one. Lengths
//! are in mm. The layout library has numbers of its own, and is held against these.

/// A rectangle, by its edges' distances from the page's left edge and top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub left: f64,
    /// Its top.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its bottom.
    pub bottom: f64,
}

impl Area {
    /// How wide it is.
    pub const fn width(self) -> f64 {
        self.right - self.left
    }

    /// How high it is.
    pub const fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// How far from the page's left edge its middle is.
    pub const fn middle(self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

/// A point in mm.
pub const PT: f64 = 25.4 / 72.0;
/// 版心 (5.2.1): the type area of an upright page.
pub const AREA: Area = Area { left: 28.0, top: 37.0, right: 184.0, bottom: 262.0 };
/// The same area on a page turned to the left (8).
pub const TURNED: Area = Area { left: 35.0, top: 28.0, right: 260.0, bottom: 184.0 };
/// 3号 (5.2.2): the size of the text, in pt.
pub const BODY: f64 = 16.0;
/// Lines on a page (5.2.3).
pub const LINES: usize = 22;
/// Characters in a line (5.2.3).
pub const CHARS: usize = 28;
/// The width of a 3号 character's cell (3.1).
pub const CHAR: f64 = AREA.width() / CHARS as f64;
/// The line pitch (3.2).
pub const PITCH: f64 = (AREA.height() - CHAR) / (LINES - 1) as f64;
