//! Pages to files: one function a format.

mod pdf;
mod xlsx;

pub use pdf::{Standard, pdf};
pub use xlsx::xlsx;
