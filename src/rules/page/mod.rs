//! Rules about the laid-out pages.

pub mod ending;
pub mod glyphs;
pub mod imprint;
pub mod type_area;
