//! Rules about what stands at the top of the page, and what its layout has no place for.

pub mod mark;
pub mod unprinted;
