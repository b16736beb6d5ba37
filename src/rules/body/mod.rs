//! Rules about the body.

pub mod columns;
