//! Typst source to laid-out pages, in a closed world: the layout library, the filled files,
//! and what lies under the notice's own folders.

mod compile;
mod faces;
pub mod facts;
mod pages;
pub mod preprint;
mod world;

pub use compile::{Failure, compile, fade, forget, forget_beside};
pub use faces::{FaceFile, FontSet, FontSets, font_files};
pub use pages::{Pages, joined};
pub use world::Library;
