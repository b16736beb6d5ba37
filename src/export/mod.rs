//! Pages to files: one function a format.

mod pdf;

pub use pdf::{Standard, pdf};
