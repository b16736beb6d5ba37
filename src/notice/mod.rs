//! 通知: the model of a notice and how it is read from YAML.

pub mod body;
mod chapter;
pub mod date;
pub mod edit;
mod embedded;
mod encoding;
pub mod files;
pub mod flaw;
mod heading;
pub mod keys;
mod marks;
pub mod number;
pub mod numeral;
pub mod office;
pub mod picture;
pub mod places;
mod read;
mod read_body;
mod read_csv;
mod read_data;
mod read_files;
mod read_table;
mod reader;
pub mod roster;
mod said;
pub mod sheet;
mod signs;
pub mod source;
mod syntax;
pub mod table;
mod tree;
pub mod variables;

use body::Block;
use date::Date;
use number::Number;
use picture::{Image, Seal};

pub use places::Places;
pub use read::{Reading, Setting, read};
pub use read_data::data_rows;
pub use read_files::seal;
pub use reader::{Fields, Reader};
pub use signs::{clean, clean_all, refuse_heaps};
pub use tree::{Node, Value, read as read_tree};

/// 格式: which layout a notice takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// 文件, the general layout (GB/T 9704-2012, 7).
    #[default]
    Document,
    /// 信函 (10.1).
    Letter,
    /// 命令（令） (10.2).
    Order,
    /// 纪要 (10.3).
    Minutes,
    /// 简报.
    Bulletin,
}

impl Format {
    /// Its name in Chinese.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "文件",
            Self::Letter => "信函",
            Self::Order => "命令",
            Self::Minutes => "纪要",
            Self::Bulletin => "简报",
        }
    }
}

/// 印发件: a text that the notice issues, on pages of its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Enclosure {
    /// 标题, as written.
    pub title: String,
    /// 正文.
    pub body: Vec<Block>,
}

/// 附件.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attachment {
    /// 名称: in the note and as the title.
    pub name: String,
    /// Its text; empty for one that is sent along on paper.
    pub body: Vec<Block>,
    /// 横排.
    pub landscape: bool,
    /// 另附: not bound with the notice, so it bears the notice's number.
    pub detached: bool,
}

/// 签名章 (7.3.5.3).
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    /// 职务.
    pub post: Option<String>,
    /// The image, or
    pub image: Option<Image>,
    /// 姓名 in its place.
    pub name: Option<String>,
}

/// 印发 (7.4.3).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Printing {
    /// 印发机关.
    pub office: Option<String>,
    /// 印发日期.
    pub date: Option<Date>,
    /// 份数: for the register, not for the page.
    pub count: Option<u32>,
}

/// 简报: what only a bulletin has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bulletin {
    /// 期号.
    pub issue: Option<String>,
    /// 编印.
    pub editor: Option<String>,
    /// 按语.
    pub preface: Option<String>,
    /// 报送.
    pub sent_to: Vec<String>,
}

/// 纪要: who was there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attendance {
    /// 出席.
    pub present: Vec<String>,
    /// 请假.
    pub absent: Vec<String>,
    /// 列席.
    pub attending: Vec<String>,
}

/// 通知: one official notice, as its author described it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notice {
    /// 格式.
    pub format: Format,
    /// 文种, one of [`keys::KINDS`].
    pub kind: Option<&'static str>,
    /// 发文机关, the one in charge first.
    pub issuers: Vec<String>,
    /// 发文机关标志, where the notice gives its own.
    pub masthead: Vec<String>,
    /// 发文字号; without a serial number for a draft.
    pub number: Option<Number>,
    /// 份号.
    pub copy_number: Option<String>,
    /// 密级和保密期限.
    pub secrecy: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 签发人.
    pub signers: Vec<String>,
    /// 标题, with the author's own line breaks.
    pub title: String,
    /// 主送机关 in one text, without the colon.
    pub recipients: Option<String>,
    /// 正文.
    pub body: Vec<Block>,
    /// 印发件.
    pub enclosures: Vec<Enclosure>,
    /// 附件.
    pub attachments: Vec<Attachment>,
    /// 署名.
    pub signature: Vec<String>,
    /// 成文日期.
    pub date: Option<Date>,
    /// 印章, one for each name; none for the layout without.
    pub seals: Vec<Seal>,
    /// 签名章.
    pub stamps: Vec<Stamp>,
    /// 附注, without its brackets.
    pub note: Option<String>,
    /// 抄送机关 in one text, without the full stop.
    pub copies: Option<String>,
    /// 印发.
    pub printing: Option<Printing>,
    /// 纪要.
    pub attendance: Attendance,
    /// 简报.
    pub bulletin: Bulletin,
    /// 双面.
    pub duplex: bool,
}

impl Notice {
    /// 7.3.7: what stands in the corner of an attachment, by its position from 0: 附件, its
    /// number if there are several, and the notice's number before a detached one.
    pub fn attachment_label(&self, at: usize) -> String {
        let several = self.attachments.len() > 1;
        let own = if several { format!("附件{}", at + 1) } else { "附件".into() };
        let detached = self.attachments.get(at).is_some_and(|it| it.detached);
        match self.number.as_ref().filter(|_| detached) {
            Some(number) => format!("{number}{own}"),
            None => own,
        }
    }

    /// Whether it has no number of its own yet.
    pub fn is_draft(&self) -> bool {
        let numbered = self.number.as_ref().is_some_and(|number| number.serial.is_some());
        // A bulletin has an issue instead of a number.
        !numbered && (self.format != Format::Bulletin || self.bulletin.issue.is_none())
    }
}
