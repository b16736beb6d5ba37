//! What can go wrong with a register, in a clerk's words.

use rusqlite::ErrorCode;

use super::WAIT;
use crate::diag::Error;

/// Why the register did not do what was asked. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Others kept it locked for longer than is waited.
    Busy,
    /// A newer program wrote it: the version it has.
    Newer(i64),
    /// A database of something else.
    Foreign,
    /// It cannot be read, or is no database at all.
    Damaged,
    /// It is not there any more, or empty, while copies of it are.
    Gone,
    /// The disk is full, or failed.
    Disk,
    /// It may not be written, or its folder may not.
    Closed,
    /// The register itself refuses, for this reason and with this way out.
    Refused(String, String),
    /// Something else, in the engine's words.
    Other(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Self::Disk,
            Some(
                ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied,
            ) => Self::Closed,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl Fault {
    /// The same for the register at `path`.
    pub fn at(self, path: &std::path::Path) -> Error {
        let name = path.display();
        let error = |text: &str| Error::command(format!("登记簿“{name}”{text}"));
        match self {
            Self::Busy => {
                let seconds = WAIT.as_secs();
                error(&format!("一直有别人在用，等了 {seconds} 秒没有等到"))
                    .hint("过一会儿再运行一次；没有别人在用，就关掉打开着它的程序")
            }
            Self::Newer(version) => {
                error(&format!("是更新的程序写的（版本 {version}），这个程序不敢改动"))
                    .hint("换用新的 hongtou")
            }
            Self::Foreign => error("是别的数据库，不是发文登记簿")
                .hint("在 hongtou.yaml 的“登记簿”里换一个文件名"),
            Self::Damaged => error("已损坏，读不出来")
                .hint("运行 `hongtou number doctor`，从最近的备份恢复"),
            Self::Gone => error("不见了或是空的，备份却还在：不会另起一本，以免重号")
                .hint("运行 `hongtou number doctor`，从最近的备份恢复"),
            Self::Disk => error("写不进去：磁盘已满，或者出了故障")
                .hint("腾出空间后再运行一次；登记簿还是原来的样子"),
            Self::Closed => error("打不开或者不能写")
                .hint("检查文件夹在不在、有没有写入的权限；只读的光盘、共享文件夹不行"),
            Self::Refused(message, hint) => Error::command(message).hint(hint),
            Self::Other(text) => error(&format!("出了问题：{text}"))
                .hint("运行 `hongtou number doctor` 检查"),
        }
    }
}
