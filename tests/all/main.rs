//! All tests of the program as a whole, in one binary: the engine is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod batch;
mod calibrate;
mod cases;
mod command_line;
mod copies;
mod edges;
mod ending;
mod examples;
mod geometry;
mod hostile;
mod house;
mod layouts;
mod limits;
mod manual;
mod measured;
mod names;
mod pages;
mod parsers;
mod pdf;
mod preprint;
mod preview;
mod random;
mod register;
mod sheets;
mod support;
mod titles;
mod unprinted;
