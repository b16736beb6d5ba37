//! Whose the PDFs are that one notice's build or issue would replace: as in a batch, nobody
//! loses one for another notice, and the records stay right.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::batch::tell_damaged;
use crate::batch::{
    Entry, Journal, Origins, Owners, Parts, Setup, Wanted, no_pdf, record_name,
};
use crate::diag::{Diagnostic, Error, reason};
use crate::digest::Digest;
use crate::paths::{folder_of, shown};
use crate::pipeline::{Built, Input};
use crate::terminal;

/// What the records around the PDFs' folders say, each read once.
#[derive(Default)]
pub struct Owned {
    folders: HashMap<PathBuf, Owners>,
    /// Whether the screen is full, and nothing is told of the records themselves.
    silent: bool,
}

/// What a record is to say of a PDF.
pub struct Word {
    home: PathBuf,
    key: String,
    entry: Entry,
    parts: Parts,
    /// When the last word on any PDF was written.
    last: u64,
}

impl Owned {
    /// For a screen that is full.
    pub fn silent() -> Self {
        Self { silent: true, ..Self::default() }
    }

    fn around(&mut self, target: &Path) -> &Owners {
        let silent = self.silent;
        let read = || {
            let owners = Owners::around([target.to_owned()].into_iter(), None);
            if !silent {
                tell_damaged(owners.damaged().map(Path::to_owned));
            }
            owners
        };
        self.folders.entry(folder_of(target).to_owned()).or_insert_with(read)
    }

    /// Why a PDF is not replaced; `way` is the way out where it is another notice's.
    pub fn refusal(
        &mut self,
        file: &Path,
        input: &Input,
        target: &Path,
        way: &str,
    ) -> Option<Diagnostic> {
        let wanted = wanted(file, input, target);
        self.around(target).refusal(&wanted, None, way).or_else(|| no_pdf(target))
    }

    /// What the nearest record is to say of a PDF, where there is a record and it does not say
    /// so already.
    pub fn word(
        &mut self,
        file: &Path,
        input: &Input,
        target: &Path,
        built: &Built,
        setup: impl FnOnce() -> Result<Arc<Setup>, Error>,
    ) -> Option<Word> {
        let owners = self.around(target);
        let knows = owners.knows(&wanted(file, input, target));
        let home = owners.home_of(target).filter(|_| !knows)?.to_owned();
        let (setup, pdf) = (setup().ok()?, built.pdf.as_deref()?);
        let from = Origins::new(&home).name(file);
        Some(Word {
            key: Owners::key(&home, target),
            entry: Entry::of(from, input, built, pdf, &setup.parts),
            parts: setup.parts,
            last: owners.last(),
            home,
        })
    }

    /// Writes words on PDFs of one folder into its record.
    pub fn keep(&self, words: &[Word]) {
        let Some(Word { home, last, .. }) = words.first() else { return };
        let path = home.join(record_name(None));
        let written = Journal::open(&path, *last).and_then(|mut journal| {
            for it in words {
                journal.add(&it.key, &it.entry, &it.parts)?;
            }
            journal.end()
        });
        if let (Err(error), false) = (written, self.silent) {
            let (path, why) = (shown(&path), reason(&error));
            terminal::note(&format!(
                "记录“{path}”写不了：{why}；以后不知道这份 PDF 是谁的"
            ));
        }
    }
}

fn wanted<'a>(file: &'a Path, input: &Input, target: &'a Path) -> Wanted<'a> {
    let notice = Digest::of(&input.bytes);
    Wanted { source: file, notice, target, roster: None }
}
