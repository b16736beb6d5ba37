//! What the commands about numbers have in common: the workspace and its register.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::diag::{Diagnostic, Error};
use crate::ledger::{self, Change, Fault, Ledger, Sent, Series, State};
use crate::notice::keys::nearest;
use crate::notice::number::{Number, is_code};
use crate::pipeline::{Built, Input, Numbered, UNREAD, workspace_of};
use crate::terminal;
use crate::workspace::{NAME, Workspace};

/// A workspace with its register.
pub(super) struct Desk {
    pub workspace: Workspace,
}

impl Desk {
    /// The workspace that a folder lies in.
    ///
    /// # Errors
    /// There is none, or its file has problems, which are shown.
    pub fn at(folder: &Path) -> Result<Self, Error> {
        match workspace_of(folder) {
            Ok(Some(workspace)) => Ok(Self { workspace }),
            Ok(None) => Err(Error::command(format!("这里和上级文件夹都没有 {NAME}"))
                .hint("先在存放通知的文件夹里运行 `hongtou init 机关全称 --code 代字`")),
            Err(findings) => {
                terminal::show(&findings);
                Err(Error::command(format!("{NAME} 有错，登记簿没有动")))
            }
        }
    }

    /// What went wrong with the register.
    pub fn told(&self, fault: Fault) -> Error {
        fault.at(&self.workspace.register)
    }

    /// The register, made where there is none.
    pub fn open(&self) -> Result<Ledger, Error> {
        Ledger::open(&self.workspace.register).map_err(|fault| self.told(fault))
    }

    /// The register to look at, if there is one.
    pub fn look(&self) -> Result<Option<Ledger>, Error> {
        Ledger::look(&self.workspace.register).map_err(|fault| self.told(fault))
    }

    /// The register, and `work` done in one transaction; a copy is left behind.
    pub fn change<T>(
        &self,
        work: impl FnOnce(&Change) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let mut ledger = self.open()?;
        let done = ledger.change(work).map_err(|fault| self.told(fault))?;
        self.back_up(&ledger);
        Ok(done)
    }

    /// Leaves a copy; that it cannot be left undoes nothing, but is told.
    pub fn back_up(&self, ledger: &Ledger) {
        if let Err(fault) = ledger.back_up(self.workspace.backups) {
            let error = self.told(fault);
            terminal::note(&format!("提醒：没有能留下备份：{}", error.message));
        }
    }

    /// 代字 and year; the year does not matter to 令.
    ///
    /// # Errors
    /// No 代字 at all, or none of the workspace's.
    pub fn series(&self, code: &str, year: u16) -> Result<Series, Error> {
        let known = || self.codes().map(String::as_str);
        if !is_code(code) {
            return Err(Error::command(format!("“{code}”不能作机关代字"))
                .hint("代字只能是汉字或字母，不含数字、括号、空格，如“云工发”"));
        }
        if code != "令" && known().next().is_some() && !known().any(|it| it == code) {
            let error = Error::command(format!("{NAME} 里没有代字“{code}”"));
            let near = nearest(code, known());
            let error = near
                .into_iter()
                .fold(error, |error, near| error.hint(format!("是不是想写“{near}”？")));
            let all: Vec<&str> = known().collect();
            return Err(error.hint(format!("有：{}；新的代字先加进去", all.join("、"))));
        }
        if code != "令" && !(1949..=2999).contains(&year) {
            return Err(Error::command(format!("年份 {year} 不对"))
                .hint("写四位数字，如 --year 2026"));
        }
        let year = if code == "令" { 0 } else { year };
        Ok(Series { code: code.to_owned(), year })
    }

    /// All 代字 of the workspace.
    pub fn codes(&self) -> impl Iterator<Item = &String> {
        self.workspace.offices.iter().flat_map(|office| &office.codes)
    }
}

/// A 发文字号 from the command line, with its serial.
///
/// # Errors
/// It is malformed; the right form is told.
pub(super) fn number(text: &str) -> Result<Number, Error> {
    let text = text.trim();
    match Number::of_order(text) {
        Ok(number) if number.serial.is_some() && is_code(&number.code) => Ok(number),
        Ok(_) => Err(Error::command(format!("“{text}”不是完整的发文字号"))
            .hint("写全，如 云工发〔2026〕18号")),
        Err(error) => Err(malformed(text, &error)),
    }
}

/// Why a number is refused, and its right form.
pub(super) fn malformed(text: &str, error: &crate::notice::number::NumberError) -> Error {
    Error::command(format!("发文字号“{text}”不规范：{}", error.reason)).hint(error.hint())
}

/// The way out where a number is taken.
pub(super) const ANOTHER: &str = "删去序号，用 `hongtou issue` 另编一个号";

/// The registers that a run looks numbers up in, each opened once.
#[derive(Default)]
pub(super) struct Registers {
    open: Mutex<HashMap<PathBuf, Result<Option<Ledger>, Diagnostic>>>,
}

impl Registers {
    /// Warns of a notice whose number is not in the register, is void, or went out on another
    /// notice. Drafts need none, and without a register nothing is looked up.
    pub fn check(
        &self,
        workspace: Option<&Workspace>,
        file: &Path,
        input: &Input,
        built: &mut Built,
    ) {
        built.look_up(workspace, (file, &input.bytes), |it| self.look_up(it));
    }

    /// What the register has against a notice's number.
    pub fn look_up(&self, numbered: &Numbered) -> Option<Diagnostic> {
        let (path, number) = (numbered.workspace.register.as_path(), numbered.number);
        let unread = |fault: Fault| {
            let Error { message, hints, .. } = fault.at(path);
            let message = format!("没有核对发文字号：{message}");
            Diagnostic { hints, ..Diagnostic::warning(UNREAD, message) }
        };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let register = open
            .entry(path.to_owned())
            .or_insert_with(|| Ledger::look(path).map_err(unread));
        let found = match register {
            Ok(None) => return None,
            Ok(Some(ledger)) => ledger.find(number).map_err(unread),
            Err(finding) => return Some(finding.clone()),
        };
        match found {
            Ok(Some(entry)) if entry.state == State::Void => {
                let message = format!("{number} 已经作废：{}", entry.remark);
                Some(Diagnostic::warning("R102", message).hint(ANOTHER))
            }
            Ok(Some(entry)) => another(numbered, &entry.sent),
            Ok(None) => Some(
                Diagnostic::warning("R101", format!("登记簿里没有 {number}"))
                    .hint("还没有发文的，删去序号，用 `hongtou issue` 编号")
                    .hint("以前发的，用 `hongtou number import` 登记"),
            ),
            Err(finding) => {
                // No second wait for a register that is locked or spoilt.
                *register = Err(finding.clone());
                Some(finding)
            }
        }
    }
}

/// Whether what went out is another notice than the one of this name and digest, which is there
/// still.
pub(super) fn is_of_another(
    workspace: &Workspace,
    sent: &Sent,
    name: &str,
    digest: &str,
) -> bool {
    let other = !sent.text.is_empty() && sent.text != digest && sent.file != name;
    other && workspace.path_of(&sent.file).exists()
}

/// The finding that a notice's number went out on another, which is there still.
fn another(numbered: &Numbered, sent: &Sent) -> Option<Diagnostic> {
    let Numbered { workspace, number, file, text } = numbered;
    if !file.is_file() {
        return None;
    }
    let (name, digest) = (workspace.name_of(file), ledger::digest(text));
    is_of_another(workspace, sent, &name, &digest).then(|| {
        let message = format!("{number} 已经发给另一个文件“{}”", sent.file);
        Diagnostic::warning("R104", message).hint(ANOTHER)
    })
}
