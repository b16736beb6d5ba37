//! Findings, errors and measures as text: one file a format.

mod human;
mod measures;
pub mod register;
mod table;

pub use human::{error, findings, printable};
pub use measures::{json as measures_json, table as measures};
