//! The subcommands, one a file.

mod batch;
pub mod build;
pub mod calibrate;
pub mod completions;
mod copies;
mod desk;
mod elsewhere;
pub mod fonts;
mod images;
pub mod init;
mod input;
pub mod issue;
pub mod measure;
pub mod merge;
pub mod new;
pub mod number;
mod output;
mod owned;
pub mod preview;
pub mod renew;
pub mod report;
mod reports;
pub mod schema;
pub mod verify;
mod watch;
