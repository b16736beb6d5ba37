//! What a document came to, and what its workspace's register has against its number.

use std::path::{Path, PathBuf};

use crate::diag::{self, Diagnostic, Place};
use crate::notice::Notice;
use crate::notice::files::Used;
use crate::notice::number::Number;
use crate::workspace::Workspace;

/// What a document came to.
#[derive(Debug, Default)]
pub struct Built {
    /// The PDF; `None` if a finding stopped it.
    pub pdf: Option<Vec<u8>>,
    /// Images and their pages, from 1, where those were ordered in its place.
    pub images: Vec<(usize, Vec<u8>)>,
    /// The files it was made from but for the notice's own, missing ones among them.
    pub files: Vec<PathBuf>,
    /// How many pages it has.
    pub pages: usize,
    /// How many numbered copies are in it; none for the notice as it is.
    pub copies: usize,
    /// Whether it has no number yet.
    pub draft: bool,
    /// What was adjusted, in words; empty for nothing.
    pub adjustment: String,
    /// The notice itself, as far as it could be read.
    pub notice: Option<Notice>,
    /// Where its 发文字号 stands.
    pub number_at: Option<Place>,
    /// All findings, sorted by place.
    pub findings: Vec<Diagnostic>,
    /// Every file that was read or looked for.
    pub used: Vec<Used>,
}

impl Built {
    /// The notice's 发文字号, once it has all its parts.
    pub fn number(&self) -> Option<&Number> {
        let number = self.notice.as_ref()?.number.as_ref()?;
        number.serial.is_some().then_some(number)
    }

    /// How much it is and what was adjusted, in words.
    pub fn extent(&self) -> String {
        let copies = match self.copies {
            0 => String::new(),
            copies => format!("{copies} 份，共 "),
        };
        let draft = if self.draft { "，草稿" } else { "" };
        let adjusted = match self.adjustment.as_str() {
            "" => String::new(),
            adjustment => format!("；调整：{adjustment}"),
        };
        format!("{copies}{} 页{draft}{adjusted}", self.pages)
    }

    /// Adds what the register of a workspace has against the number of a notice, which lies in
    /// this file with this text.
    pub fn look_up(
        &mut self,
        workspace: Option<&Workspace>,
        (file, text): (&Path, &[u8]),
        ask: impl Fn(&Numbered) -> Option<Diagnostic>,
    ) {
        let asked = workspace.zip(self.number());
        let finding = asked.and_then(|(workspace, number)| {
            ask(&Numbered { workspace, number, file, text })
        });
        if let Some(finding) = finding {
            self.findings.push(of_number(finding, self.number_at.clone()));
            diag::sort(&mut self.findings);
        }
    }
}

/// A notice with a number, for its workspace's register.
pub struct Numbered<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Its 发文字号.
    pub number: &'a Number,
    /// Its file.
    pub file: &'a Path,
    /// What is in it.
    pub text: &'a [u8],
}

/// What a register has against a number, at its place; what is wrong with the register itself
/// is at none.
pub fn of_number(finding: Diagnostic, place: Option<Place>) -> Diagnostic {
    if finding.code == UNREAD { finding } else { finding.at(place) }
}

/// The code of a register that cannot be read.
pub const UNREAD: &str = "R103";
