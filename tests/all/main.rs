//! All tests of the program as a whole, in one binary: the engine is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod cases;
mod command_line;
mod examples;
mod geometry;
mod hostile;
mod house;
mod parsers;
mod pdf;
mod random;
mod sheets;
mod support;
mod titles;
