//! What is to be done: notices, and where their PDFs go.

use std::collections::HashSet;
use std::path::{Path, PathBuf, absolute};

use super::report::Share;
use super::{Entry, Origins, Record, Shard};
use crate::digest::Digest;
use crate::paths::{folder_of, of_shown, relative, shown};

/// A notice: the folder it was found in, by its place in the list, and its path there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which of the plan's roots.
    pub root: usize,
    /// From there.
    pub path: Box<Path>,
    /// Whether the file itself was named: then it is meant for a notice.
    pub named: bool,
}

/// The notices of a run.
#[derive(Debug, Default)]
pub struct Plan {
    /// The folders that were named, and the folders of files that were.
    pub roots: Vec<PathBuf>,
    /// Where PDFs go, in the tree of their root; beside the notices if nowhere else.
    pub output: Option<PathBuf>,
    /// The PDF of the only notice.
    pub named: Option<PathBuf>,
    /// The notices.
    pub jobs: Vec<Job>,
}

impl Plan {
    /// A notice's file.
    pub fn source(&self, job: &Job) -> PathBuf {
        let root = self.roots.get(job.root).map_or(Path::new(""), PathBuf::as_path);
        root.join(&job.path)
    }

    /// Where its PDF goes.
    pub fn target(&self, job: &Job) -> PathBuf {
        match (&self.named, &self.output) {
            (Some(named), _) => named.clone(),
            (None, Some(output)) => output.join(&job.path).with_extension("pdf"),
            (None, None) => self.source(job).with_extension("pdf"),
        }
    }

    /// The folder that has the record.
    pub fn home(&self) -> PathBuf {
        let first = self.output.as_ref().or(self.roots.first());
        first.filter(|it| !it.as_os_str().is_empty()).map_or(".".into(), PathBuf::clone)
    }

    /// The name of a PDF in the record: its path as seen from the home.
    pub fn key(&self, job: &Job) -> String {
        let (target, home) = (self.target(job), self.home());
        // `2/a.pdf` may lie in the home, or in a folder beside it.
        let whole = |path: &Path| absolute(path).unwrap_or_else(|_| path.to_owned());
        let name = match target.strip_prefix(&home) {
            Ok(inside) => shown(inside),
            Err(_) => shown(&relative(&whole(&home), &whole(&target))),
        };
        if cfg!(windows) { name.replace('\\', "/") } else { name }
    }

    /// Whether the record has PDFs of notices below what a job names.
    pub fn has_below(&self, record: &Record, folder: &Job) -> bool {
        let inside = Job { path: folder.path.join("-").into(), ..folder.clone() };
        let key = self.key(&inside);
        let below = key.strip_suffix("-.pdf");
        let is_below =
            |(key, _): (&str, &Entry)| below.is_some_and(|it| key.starts_with(it));
        record.entries().any(is_below)
    }

    /// PDFs of earlier runs that are still as they were written while their notices are gone,
    /// in order.
    pub fn left_over(&self, record: &Record, origins: &Origins) -> Vec<PathBuf> {
        let gone = |(_, entry): &(&str, &Entry)| origins.has_lost(entry, &self.roots);
        let mut left: Vec<_> = record.entries().filter(gone).collect();
        if !left.is_empty() {
            // A notice of another name, or another notice, may have taken its place.
            let now: HashSet<String> =
                self.jobs.iter().map(|job| self.key(job)).collect();
            left.retain(|(key, _)| !now.contains(*key));
        }
        let home = self.home();
        let path = |(key, entry): (&str, &Entry)| {
            let path = home.join(of_shown(key));
            (path.is_file() && entry.pdf_at(&path).is_ok_and(|same| same)).then_some(path)
        };
        let mut left: Vec<PathBuf> = left.into_iter().filter_map(path).collect();
        left.sort();
        left
    }

    /// One machine's share of all of it, for the report.
    pub fn share(&self, shard: Shard) -> Share {
        let folder = |root: &PathBuf| {
            let real = folder_of(&root.join("-")).canonicalize().unwrap_or_default();
            shown(Path::new(real.file_name().unwrap_or_default()))
        };
        let folders: Vec<String> = self.roots.iter().map(folder).collect();
        let name = |job: &Job| {
            let folder = folders.get(job.root).map_or("", String::as_str);
            format!("{folder}/{}", shown(&job.path)).replace('\\', "/")
        };
        let mut names: Vec<String> = self.jobs.iter().map(name).collect();
        names.sort_unstable();
        let list = Digest::of_parts(names.iter().map(String::as_bytes));
        Share { shard, notices: names.len(), list }
    }

    /// Keeps one machine's share.
    pub fn keep(&mut self, shard: Shard) {
        self.jobs.retain(|job| shard.has(&job.path.to_string_lossy()));
    }
}
