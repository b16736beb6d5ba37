//! Rules about the header (7.2).

pub mod layout;
