//! What a preview shows of a notice: its pages before they are written to a file.

use std::path::PathBuf;

use super::{Input, Layout, Workshop};
use crate::diag::{self, Diagnostic};
use crate::notice::variables::Params;

/// A notice as it is just now.
#[derive(Default)]
pub struct Draft {
    /// The pages; `None` if a finding stopped them. Findings of the pages themselves do not.
    pub layout: Option<Layout>,
    /// 发文字号; empty for none.
    pub number: String,
    /// The files it was made from but for the notice's own, missing ones among them.
    pub files: Vec<PathBuf>,
    /// All findings, sorted by place.
    pub findings: Vec<Diagnostic>,
}

impl Workshop {
    /// Lays a notice out to be looked at.
    pub fn draft(&self, input: &Input, params: &Params) -> Draft {
        let mut checked = self.check(input, params);
        let layout = self.lay_out(&mut checked, None);
        let number = checked.notice.as_ref().and_then(|notice| notice.number.as_ref());
        let mut draft = Draft {
            layout,
            number: number.map(ToString::to_string).unwrap_or_default(),
            files: checked.folders.places(&checked.folders.take_used()),
            findings: checked.findings,
        };
        diag::sort(&mut draft.findings);
        draft
    }
}
