//! hongtou (红头): official notices in YAML become red-header PDFs in the layout of
//! GB/T 9704-2012.
//!
//! ```text
//! notice.yaml ─ notice::read ─▶ Notice + Places ─ rules::check ─▶ Vec<Diagnostic>
//!                                 │
//!                                 └─ template::fill ─▶ Typst source ─ typeset::compile ─▶ Pages ─ export::pdf
//!                                                                           └─ typeset::facts ─▶ rules::check_pages, measure
//! ```
//!
//! ```no_run
//! use hongtou::pipeline::{Options, Workshop};
//!
//! let workshop = Workshop::open(&Options::default())?;
//! let built = workshop.build_file("通知.yaml".as_ref(), &Default::default());
//! println!("{} pages", built.pages);
//! # Ok::<(), hongtou::diag::Error>(())
//! ```

pub mod args;
pub mod batch;
pub mod characters;
pub mod commands;
pub mod diag;
pub mod digest;
pub mod export;
pub mod files;
pub mod fonts;
pub mod ledger;
pub mod measure;
pub mod notice;
pub mod page;
pub mod paths;
pub mod pipeline;
pub mod preview;
pub mod renew;
pub mod report;
pub mod rules;
pub mod template;
pub mod terminal;
pub mod title;
pub mod typeset;
pub mod workspace;
