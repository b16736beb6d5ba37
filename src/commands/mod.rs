//! The subcommands, one a file.

pub mod build;
pub mod completions;
pub mod fonts;
pub mod measure;
pub mod new;
mod output;
pub mod schema;
