//! The subcommands, one a file.

mod batch;
pub mod build;
pub mod calibrate;
pub mod completions;
mod copies;
pub mod fonts;
mod input;
pub mod measure;
pub mod merge;
pub mod new;
mod output;
pub mod renew;
pub mod report;
pub mod schema;
