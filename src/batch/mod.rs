//! Many notices in one run: which ones, where their PDFs go, what is up to date, and the
//! threads that do the work.

mod asked;
mod clash;
mod copies;
mod faults;
mod find;
mod footer;
mod look;
mod mails;
mod names;
mod origin;
mod owners;
mod plan;
mod record;
pub mod report;
mod roster;
mod run;
mod setup;
mod shard;
mod unused;
mod workers;
mod written;

pub use asked::Asked;
pub use clash::{clashes, same_file};
pub use copies::Copies;
pub use faults::Names;
pub use find::{Choice, Found, find, is_candidate, unreadable};
pub use look::{looks_like_notice, no_notice};
pub use mails::{Mail, ROW, Skipped, Sorted, Sorting};
pub use names::file_name_fault;
pub use origin::Origins;
pub use owners::{ELSEWHERE, Owner, Owners, UNWANTED, Wanted, no_pdf};
pub use plan::{Job, Plan};
pub use record::{Entry, Journal, Record, file_name as record_name};
pub use roster::{Roster, in_short, roster};
pub use run::{Done, Run, Task, guarded, number_in};
pub use setup::{Parts, Setup, Setups, Trouble};
pub use shard::{Shard, lacking};
pub use unused::Unused;
pub use workers::{each, threads};
pub use written::{Letter, Sent, Written};

use std::fmt;

/// Why a notice is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// `--force`.
    Asked,
    /// The record does not know it, and there is no PDF.
    New,
    /// The record does not know it, though there is a PDF.
    Unrecorded,
    /// The notice itself is another.
    Notice,
    /// A file it uses is another, or is there now.
    File(Box<str>),
    /// A file it uses is gone.
    Gone(Box<str>),
    /// `hongtou.yaml`, or a seal it names.
    Workspace,
    /// A template.
    Templates,
    /// A font.
    Fonts,
    /// The program.
    Program,
    /// Options of the command line that change the PDF.
    Options,
    /// There is no PDF.
    Missing,
    /// The PDF is not the one that was written.
    Altered,
    /// The PDF cannot be read, for this reason.
    Unreadable(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked => f.write_str("--force"),
            Self::New => f.write_str("没有生成过"),
            Self::Unrecorded => f.write_str("记录里没有它"),
            Self::Notice => f.write_str("通知改了"),
            Self::File(path) => write!(f, "用到的“{path}”变了"),
            Self::Gone(path) => write!(f, "用到的“{path}”不在了"),
            Self::Workspace => f.write_str("工作目录 hongtou.yaml 或它用到的文件变了"),
            Self::Templates => f.write_str("模板变了"),
            Self::Fonts => f.write_str("字体变了"),
            Self::Program => f.write_str("程序换了"),
            Self::Options => f.write_str("选项不同"),
            Self::Missing => f.write_str("PDF 不在了"),
            Self::Altered => f.write_str("PDF 被改动过"),
            Self::Unreadable(reason) => write!(f, "PDF 读不了：{reason}"),
        }
    }
}
