//! Whose the PDFs are that notices built one by one would replace: as in a batch, nobody loses
//! one for another notice, and the records stay right.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::batch::tell_damaged;
use crate::batch::{Entry, Journal, Origins, Owners, Setup, Wanted, no_pdf, record_name};
use crate::diag::{Diagnostic, Error, reason};
use crate::digest::Digest;
use crate::paths::{folder_of, shown};
use crate::pipeline::{Built, Input};
use crate::terminal;

/// What the records around the PDFs' folders say, each read once.
#[derive(Default)]
pub struct Owned(HashMap<PathBuf, Owners>);

impl Owned {
    fn around(&mut self, target: &Path) -> &Owners {
        let read = || {
            let owners = Owners::around([target.to_owned()].into_iter(), None);
            tell_damaged(owners.damaged().map(Path::to_owned));
            owners
        };
        self.0.entry(folder_of(target).to_owned()).or_insert_with(read)
    }

    /// Why a PDF is not replaced.
    pub fn refusal(
        &mut self,
        file: &Path,
        input: &Input,
        target: &Path,
    ) -> Option<Diagnostic> {
        let notice = Digest::of(&input.bytes);
        let wanted = Wanted { source: file, notice, target };
        self.around(target).refusal(&wanted, None).or_else(|| no_pdf(target))
    }

    /// Writes into the nearest record whose a PDF is now, where there is a record and it does
    /// not say so already.
    pub fn keep(
        &mut self,
        file: &Path,
        input: &Input,
        target: &Path,
        built: &Built,
        setup: &dyn Fn() -> Result<Arc<Setup>, Error>,
    ) {
        let (notice, pdf) = (Digest::of(&input.bytes), built.pdf.as_deref());
        let wanted = Wanted { source: file, notice, target };
        let owners = self.around(target);
        let Some(home) = owners.home_of(target).filter(|_| !owners.knows(&wanted)) else {
            return;
        };
        let (Ok(setup), Some(pdf)) = (setup(), pdf) else { return };
        let from = Origins::new(home).name(file);
        let entry = Entry::of(from, input, built, pdf, &setup.parts);
        let path = home.join(record_name(None));
        let written = Journal::open(&path, owners.last())
            .and_then(|mut it| it.add(&Owners::key(home, target), &entry, &setup.parts));
        if let Err(error) = written {
            let (path, why) = (shown(&path), reason(&error));
            terminal::note(&format!(
                "记录“{path}”写不了：{why}；以后不知道这份 PDF 是谁的"
            ));
        }
    }
}
