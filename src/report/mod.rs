//! Findings and errors as text: one file a format.

mod human;

pub use human::{error, findings};
