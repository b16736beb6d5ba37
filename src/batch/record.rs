//! What was built from what: one file under the output folder, a line for each PDF.
//!
//! Every line has a digest of itself before it: a line that is damaged or was cut short is as
//! good as none, and its PDF is built again. Lines are added while the run goes on, so that a
//! run that is killed has not worked in vain; a later line wins over an earlier one. The last
//! line of a run tells how many there are: where it lacks, lines may have been lost.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::report::Told;
use super::{Parts, Setup, Shard, Why};
use crate::diag::{self, Diagnostic, reason};
use crate::digest::Digest;
use crate::notice::files::{self, FileError, Folders, Used};
use crate::paths::read_start;
use crate::pipeline::{Built, Input};

/// Where a record's name starts; it ends in .jsonl.
const NAME: &str = ".hongtou-record";

/// The record of a run, or of one shard.
pub fn file_name(shard: Option<Shard>) -> String {
    format!("{NAME}{}.jsonl", shard.map(Shard::suffix).unwrap_or_default())
}

/// What a PDF was built from, and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was written down, in milliseconds: the newest word of several records counts.
    #[serde(default)]
    pub time: u64,
    /// Where the notice lies, as [`Origins`](super::Origins) names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Box<str>>,
    /// The way that led there, where a link is part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked: Option<Box<str>>,
    /// The notice.
    pub notice: Digest,
    /// The files it asked for, and what they held.
    #[serde(rename = "files", default, skip_serializing_if = "<[_]>::is_empty")]
    pub used: Box<[Asked]>,
    /// The digest of the [`Parts`] it was built with.
    pub parts: Digest,
    /// The PDF.
    pub pdf: Digest,
    /// Its bytes.
    pub bytes: u64,
    /// Its pages.
    pub pages: u32,
    /// What was adjusted to lay it out, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjusted: Option<Box<str>>,
    /// The notice's 发文字号, to be looked up in the register again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Box<str>>,
    /// What was found when it was built, but for what the register says. The notice itself has
    /// no name there: it may be moved.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub told: Box<[Told]>,
}

/// A file's path as it was named, and what it held.
type Asked = (Box<str>, Option<Digest>);

impl Entry {
    /// Of a PDF as it was built.
    pub fn of(
        from: Box<str>,
        input: &Input,
        built: &Built,
        pdf: &[u8],
        parts: &Parts,
    ) -> Self {
        let (shown, _) = diag::shown(&built.findings);
        let asked = |it: &Used| (it.path.clone(), it.digest);
        let adjusted = Some(built.adjustment.as_str());
        Self {
            time: 0,
            from: Some(from),
            linked: None,
            notice: Digest::of(&input.bytes),
            used: built.used.iter().map(asked).collect(),
            parts: parts.digest(),
            pdf: Digest::of(pdf),
            bytes: pdf.len() as u64,
            pages: u32::try_from(built.pages).unwrap_or(u32::MAX),
            adjusted: adjusted.filter(|it| !it.is_empty()).map(Into::into),
            number: built.number().map(|it| it.to_string().into()),
            told: shown
                .into_iter()
                .filter(lasting)
                .map(|it| Told::from(it).of_file(&input.name, ""))
                .collect(),
        }
    }

    /// What was found, in a notice that is called so now.
    pub fn told_of(&self, name: &str) -> Vec<Told> {
        self.told.iter().map(|it| it.clone().of_file("", name)).collect()
    }

    /// Whether a file is the PDF as it was written.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn pdf_at(&self, path: &Path) -> io::Result<bool> {
        let pdf = read_start(path, self.bytes.saturating_add(1))?;
        Ok(pdf.len() as u64 == self.bytes && Digest::of(&pdf) == self.pdf)
    }
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
enum Line<'a> {
    #[serde(rename = "setup")]
    Setup(Parts),
    #[serde(rename = "pdf")]
    Pdf(Cow<'a, str>, Cow<'a, Entry>),
    /// So many lines are before it.
    #[serde(rename = "end")]
    End(usize),
}

/// What the records of an output folder tell.
#[derive(Default)]
pub struct Record {
    entries: HashMap<Box<str>, Entry>,
    setups: HashMap<Digest, Parts>,
    /// Whether there are lines, or files, that cannot be read.
    damaged: bool,
    /// Whether a file does not end as a run leaves it.
    unfinished: bool,
}

/// The record of this run, to which it adds.
pub struct Journal {
    file: File,
    /// What the file has already.
    setups: HashSet<Digest>,
    /// When the last word so far was written.
    newest: u64,
    /// How many lines the file has.
    lines: usize,
    /// Whether the last one says so.
    ended: bool,
}

impl Record {
    /// Reads every record in `folder`, so that a run knows what shards did and a shard what
    /// an earlier run did. Of lines that are equally new, the run's own record goes before the
    /// others.
    pub fn read(folder: &Path, own: &str) -> Self {
        let mut record = Self::default();
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok().map(|it| it.file_name()));
        let ours = |name: &std::ffi::OsString| {
            let name = name.to_string_lossy();
            name.starts_with(NAME) && name.ends_with(".jsonl")
        };
        let mut names: Vec<_> = names.filter(ours).collect();
        names.sort_by_key(|name| (*name == *own, name.clone()));
        for name in names {
            let path = folder.join(name);
            if path.is_file() {
                match std::fs::read(path) {
                    Ok(bytes) => drop(record.take(&bytes)),
                    Err(_) => record.damaged = true,
                }
            }
        }
        record
    }

    /// Takes the lines in; how many there were.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let (mut lines, mut ended) = (0, false);
        // A run that was killed may have left the last line without its end.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n');
        self.damaged |= whole.is_none() && !bytes.is_empty();
        let length = bytes.len();
        let bytes = &bytes[..whole.unwrap_or_default()];
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let read = read_line(line);
            ended = matches!(read, Some(Line::End(_)));
            match read {
                Some(Line::Setup(parts)) => {
                    self.setups.insert(parts.digest(), parts);
                }
                Some(Line::Pdf(key, entry)) => {
                    let newer = |it: &Entry| it.time > entry.time;
                    if !self.entries.get(&*key).is_some_and(newer) {
                        self.entries.insert(key.into(), entry.into_owned());
                    }
                }
                Some(Line::End(count)) => self.damaged |= count != lines,
                None => self.damaged = true,
            }
            lines += 1;
        }
        self.unfinished |= !ended || whole.is_none_or(|end| end + 1 < length);
        lines
    }

    /// Whether there are lines, or files, that cannot be read.
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// Whether a run was killed or lines were cut off.
    pub fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// Whether it may have told of a PDF that it does not know now.
    pub fn may_lack(&self, key: &str, target: &Path) -> bool {
        self.unfinished && !self.entries.contains_key(key) && target.exists()
    }

    /// All its PDFs by name.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(key, entry)| (&**key, entry))
    }

    /// What it has of the PDF of this name.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// Whether it tells of no PDF.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// When its last word was written.
    pub fn newest(&self) -> u64 {
        self.entries.values().map(|it| it.time).max().unwrap_or_default()
    }

    /// Why a PDF has to be built from a notice's bytes; else what is known of it.
    pub fn why(
        &self,
        key: &str,
        notice: &[u8],
        setup: &Setup,
        folder: &Path,
        target: &Path,
    ) -> Result<&Entry, Why> {
        let unknown = || if target.exists() { Why::Unrecorded } else { Why::New };
        let entry = self.entries.get(key).ok_or_else(unknown)?;
        if entry.notice != Digest::of(notice) {
            return Err(Why::Notice);
        }
        if entry.parts != setup.parts.digest() {
            return Err(self.changed(entry.parts, &setup.parts));
        }
        if let Some(why) = changed_file(entry, setup, folder) {
            return Err(why);
        }
        match entry.pdf_at(target) {
            Ok(true) => Ok(entry),
            Ok(false) => Err(Why::Altered),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Why::Missing),
            Err(error) => Err(Why::Unreadable(reason(&error))),
        }
    }

    fn changed(&self, old: Digest, new: &Parts) -> Why {
        let Some(old) = self.setups.get(&old) else { return Why::New };
        let parts = [
            (old.options != new.options, Why::Options),
            (old.workspace != new.workspace, Why::Workspace),
            (old.templates != new.templates, Why::Templates),
            (old.fonts != new.fonts, Why::Fonts),
        ];
        parts
            .into_iter()
            .find(|(changed, _)| *changed)
            .map_or(Why::Program, |(_, why)| why)
    }

    fn lines(&self) -> io::Result<Vec<u8>> {
        let used: HashSet<Digest> = self.entries.values().map(|it| it.parts).collect();
        let mut bytes = Vec::new();
        for (_, parts) in self.setups.iter().filter(|(digest, _)| used.contains(digest)) {
            bytes.extend(written(&Line::Setup(*parts))?);
        }
        for (key, entry) in &self.entries {
            let line = Line::Pdf((&**key).into(), Cow::Borrowed(entry));
            bytes.extend(written(&line)?);
        }
        let lines = count(&bytes);
        bytes.extend(written(&Line::End(lines))?);
        Ok(bytes)
    }
}

impl Journal {
    /// Opens the file, which may be there already; what is added is newer than `newest`. Where
    /// most of its lines have been superseded, or some are damaged, it is written anew.
    ///
    /// # Errors
    /// Another run has it open (`WouldBlock`); it is no file (`InvalidInput`); it cannot be
    /// written.
    pub fn open(path: &Path, newest: u64) -> io::Result<Self> {
        if path.exists() && !path.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut file = alone(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut record = Record::default();
        let mut lines = record.take(&bytes);
        let own = record.entries.len() + record.setups.len();
        let cut = !bytes.is_empty() && !bytes.ends_with(b"\n");
        let long = lines > 2 * own + 64 || bytes.len() > 16_384 * (own + 64);
        if long || cut || record.damaged {
            // An open file cannot be replaced on Windows; elsewhere nobody gets in between.
            if cfg!(windows) {
                drop(file);
            }
            let bytes = record.lines()?;
            (lines, record.unfinished) = (count(&bytes), false);
            crate::files::write(path, &bytes)?;
            file = alone(path)?;
        }
        let ended = !record.unfinished;
        Ok(Self {
            file,
            setups: record.setups.into_keys().collect(),
            newest,
            lines,
            ended,
        })
    }

    /// Adds what was built.
    ///
    /// # Errors
    /// The disk is full.
    pub fn add(&mut self, key: &str, entry: &Entry, parts: &Parts) -> io::Result<()> {
        let mut bytes = Vec::new();
        if self.setups.insert(parts.digest()) {
            bytes = written(&Line::Setup(*parts))?;
        }
        // A clock that was put back must not make it an old word.
        self.newest = self.newest.max(now());
        let entry = Entry { time: self.newest, ..entry.clone() };
        bytes.extend(written(&Line::Pdf(key.into(), Cow::Owned(entry)))?);
        self.ended = false;
        self.lines += count(&bytes);
        self.file.write_all(&bytes)
    }

    /// Says that nothing more is to come.
    ///
    /// # Errors
    /// The disk is full.
    pub fn end(&mut self) -> io::Result<()> {
        if self.ended {
            return Ok(());
        }
        let end = written(&Line::End(self.lines))?;
        self.ended = true;
        self.lines += 1;
        self.file.write_all(&end)
    }
}

fn count(lines: &[u8]) -> usize {
    lines.iter().filter(|byte| **byte == b'\n').count()
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Whether a finding holds as long as the notice does: what the register says may change.
fn lasting(finding: &&Diagnostic) -> bool {
    !finding.code.starts_with('R')
}

/// A line that is as it was written.
fn read_line(line: &[u8]) -> Option<Line<'_>> {
    let (digest, text) = line.split_at_checked(33)?;
    let same = digest == format!("{} ", Digest::of(text)).as_bytes();
    same.then(|| serde_json::from_slice(text).ok()).flatten()
}

fn written(line: &Line) -> io::Result<Vec<u8>> {
    let text = serde_json::to_string(line)?;
    Ok(format!("{} {text}\n", Digest::of(text.as_bytes())).into_bytes())
}

/// Opens a record for this run alone. Whoever held it may have put another in its place, or
/// taken it away, before it was locked: then it is opened again.
fn alone(path: &Path) -> io::Result<File> {
    for _ in 0..ATTEMPTS {
        let mut options = OpenOptions::new();
        let file = options.read(true).append(true).create(true).open(path)?;
        lock(&file)?;
        if is_at(&file, path) {
            return Ok(file);
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

/// How often a record is opened that others put another in the place of.
const ATTEMPTS: usize = 10;

/// Whether an open file is still the one of that name.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let places = (file.metadata(), path.metadata());
        matches!(places, (Ok(a), Ok(b)) if (a.dev(), a.ino()) == (b.dev(), b.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

/// One run at a time; file systems without locks do without.
fn lock(file: &File) -> io::Result<()> {
    match file.try_lock() {
        Err(std::fs::TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        Ok(()) | Err(std::fs::TryLockError::Error(_)) => Ok(()),
    }
}

/// The first file that is not what it was when the PDF was built.
fn changed_file(entry: &Entry, setup: &Setup, folder: &Path) -> Option<Why> {
    if entry.used.is_empty() {
        return None;
    }
    let folders =
        Folders::new([Some(folder), setup.folder.as_deref()].into_iter().flatten());
    let changed = |(path, digest): &Asked| {
        let now = folders.read(path, files::LIMIT).map(|bytes| Digest::of(&bytes));
        match now {
            now if now.as_ref().ok() == digest.as_ref() => None,
            Err(FileError::Missing) => Some(Why::Gone(path.clone())),
            _ => Some(Why::File(path.clone())),
        }
    };
    entry.used.iter().find_map(changed)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_was_written_anew_is_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(None));
        std::fs::write(&path, "坏的一行\n").unwrap();
        let held = Journal::open(&path, 0).unwrap();
        assert!(!std::fs::read_to_string(&path).unwrap().contains("坏的一行"));
        assert!(is_at(&held.file, &path));
        let other = Journal::open(&path, 0).err().map(|it| it.kind());
        assert_eq!(other, Some(io::ErrorKind::WouldBlock));
    }

    #[test]
    fn a_record_that_another_took_the_place_of_is_not_the_one_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲");
        let file = File::create(&path).unwrap();
        assert!(is_at(&file, &path));
        let new = folder.path().join("乙");
        File::create(&new).unwrap();
        std::fs::rename(&new, &path).unwrap();
        assert!(!is_at(&file, &path));
        std::fs::remove_file(&path).unwrap();
        assert!(!is_at(&file, &path));
    }
}
