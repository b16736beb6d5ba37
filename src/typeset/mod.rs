//! Typst source to laid-out pages, in a closed world: the layout library, the filled files,
//! and what lies under the notice's own folders.

mod compile;
mod faces;
pub mod facts;
mod world;

pub use compile::{Failure, Pages, compile, forget};
pub use faces::{FaceFile, FontSet};
pub use world::Library;
