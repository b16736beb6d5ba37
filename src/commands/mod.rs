//! The subcommands, one a file.

pub mod build;
pub mod calibrate;
pub mod completions;
mod copies;
pub mod fonts;
mod images;
mod input;
pub mod measure;
pub mod new;
mod output;
pub mod preview;
pub mod schema;
mod watch;
