//! Rules about what closes the text (7.3.5).

pub mod seals;
pub mod stamps;
