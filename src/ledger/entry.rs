//! What the register holds, as plain values.

use std::fmt;

use crate::notice::Notice;
use crate::notice::date::Date;
use crate::notice::number::Number;

/// 状态 of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// 已留号: given out, not issued yet.
    #[default]
    Reserved,
    /// 已发.
    Issued,
    /// 作废.
    Void,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reserved, Self::Issued, Self::Void];

    /// Its name in Chinese.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reserved => "已留号",
            Self::Issued => "已发",
            Self::Void => "作废",
        }
    }

    /// As the register stores it.
    pub(super) fn stored(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Issued => "issued",
            Self::Void => "void",
        }
    }

    pub(super) fn of(stored: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.stored() == stored).unwrap_or_default()
    }
}

/// Numbers that are counted together: one 代字 in one year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// 机关代字.
    pub code: String,
    /// 年份; 0 for 令号, which are counted through the years.
    pub year: u16,
}

impl Series {
    /// The number with this 序号.
    pub fn number(&self, serial: u32) -> Number {
        Number { code: self.code.clone(), year: self.year, serial: Some(serial) }
    }

    /// The series of a number.
    pub fn of(number: &Number) -> Self {
        Self { code: number.code.clone(), year: number.year }
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, year } = self;
        if *year == 0 { f.write_str(code) } else { write!(f, "{code}〔{year}〕") }
    }
}

/// What a register says of a notice, in one line each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// 发文机关.
    pub issuer: String,
    /// 标题.
    pub title: String,
    /// 密级.
    pub secrecy: String,
    /// 签发人.
    pub signers: String,
    /// 成文日期.
    pub date: Option<Date>,
    /// 印数.
    pub count: String,
    /// 主送.
    pub recipients: String,
    /// 抄送.
    pub copies: String,
}

impl Record {
    /// What is registered of a notice.
    pub fn of(notice: &Notice) -> Self {
        let count = notice.printing.as_ref().and_then(|it| it.count);
        Self {
            issuer: notice.issuers.join("、"),
            title: notice.title.lines().collect(),
            secrecy: notice.secrecy.clone().unwrap_or_default(),
            signers: notice.signers.join("、"),
            date: notice.date,
            count: count.map(|count| count.to_string()).unwrap_or_default(),
            recipients: notice.recipients.clone().unwrap_or_default(),
            copies: notice.copies.as_deref().unwrap_or_default().replace('\n', ""),
        }
    }
}

/// What went out: where it lies, and its digests in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    /// The notice, relative to the workspace where it lies in it; empty if unknown.
    pub file: String,
    /// SHA-256 of the notice.
    pub text: String,
    /// SHA-256 over the files it names.
    pub parts: String,
    /// The PDF, like `file`; empty if unknown.
    pub pdf_file: String,
    /// SHA-256 of the PDF.
    pub pdf: String,
}

/// One number of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 发文字号; its serial is there.
    pub number: Number,
    /// 状态.
    pub state: State,
    /// Whether an issue of it has begun and not ended.
    pub open: bool,
    /// 备注: what it is reserved for, why it is void.
    pub remark: String,
    /// What the notice says.
    pub record: Record,
    /// What went out under it.
    pub sent: Sent,
}

/// What an issue is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// The number it took.
    pub number: Number,
    /// The notice, as in [`Sent::file`].
    pub file: String,
    /// SHA-256 of the notice before.
    pub before: String,
    /// SHA-256 of the notice with number and date.
    pub after: String,
    /// 成文日期.
    pub date: Date,
    /// Whether the notice had been issued before.
    pub reissue: bool,
    /// Why it is issued again.
    pub reason: String,
}

/// 历史: one change of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// 2026-03-05 09:30:00 +08:00.
    pub at: String,
    /// What happened, in Chinese.
    pub kind: String,
    /// 发文字号.
    pub number: String,
    /// Who did it.
    pub user: String,
    /// On which machine.
    pub host: String,
    /// Why, or for what.
    pub reason: String,
    /// The digest of the notice afterwards; empty if none went out.
    pub text: String,
    /// The digest of the PDF.
    pub pdf: String,
}
