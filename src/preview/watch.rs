//! Which files a preview depends on, and when one of them was saved.
//!
//! Folders are watched, not files: editors write a new file and rename it. What a watch cannot
//! see (folders on a server, folders that went away and came back) is found by looking at the
//! files once a second.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::paths::folder_of;

/// A save is over when nothing has happened for this long,
pub const QUIET: Duration = Duration::from_millis(15);
/// or after this long, whatever goes on happening.
pub const LONGEST: Duration = Duration::from_millis(50);
/// How often files are looked at that no event told of.
const LOOK: Duration = Duration::from_secs(1);
/// The clock that files are stamped with goes in steps as large as this.
const TICK: Duration = Duration::from_millis(10);

/// What is watched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watched {
    /// Files, there or not.
    pub files: BTreeSet<PathBuf>,
    /// Folders with all that is in them: the user's templates.
    pub trees: BTreeSet<PathBuf>,
}

impl Watched {
    /// Whether a file is one of them.
    pub fn concerns(&self, path: &Path) -> bool {
        self.files.contains(path) || self.trees.iter().any(|tree| path.starts_with(tree))
    }

    fn folders(&self) -> BTreeSet<PathBuf> {
        self.files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect()
    }

    fn stamps(&self) -> Stamps {
        let stamp = |path: &PathBuf| {
            let meta = path.metadata().ok()?;
            Some((meta.modified().ok()?, meta.len()))
        };
        self.files.iter().chain(&self.trees).map(stamp).collect()
    }
}

/// A file by its absolute path, and, where that is a link, by the one it leads to.
pub fn paths(file: &Path) -> Vec<PathBuf> {
    let folder = folder_of(file);
    let named = folder.canonicalize().ok().zip(file.file_name());
    let named = named.map(|(folder, name)| folder.join(name));
    named.into_iter().chain(file.canonicalize().ok()).collect()
}

/// What is told of watched files.
pub enum Told {
    /// These were written and closed; a burst of saves may go on. Who hears it can begin to
    /// work on them.
    Begun(BTreeSet<PathBuf>),
    /// These were saved, and the burst is over.
    Saved {
        /// All files that changed in it.
        files: BTreeSet<PathBuf>,
        /// Whether any changed after what [`Told::Begun`] told, or nothing was told.
        again: bool,
    },
}

/// Tells when watched files change. Dropped, it stops.
pub struct Watch {
    watched: Arc<Mutex<Watched>>,
    wake: Sender<Signal>,
}

enum Signal {
    /// Something happened to these files.
    Files(Vec<PathBuf>, Change),
    /// Other files are watched from now on.
    Others(Read),
    Stop,
}

/// What is known of files that were read before they were watched.
struct Read {
    /// When they began to be read.
    since: SystemTime,
    /// Their stamps, just after that.
    stamps: Stamps,
}

/// When each file was last written, and its length; none for one that is not there.
type Stamps = Vec<Option<(SystemTime, u64)>>;

/// What an event says of a file's content.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// It is the same.
    None,
    /// It may be half written.
    Part,
    /// All of it has been written.
    Whole,
}

impl Watch {
    /// Begins to watch; `tell` is called for each save or burst of saves, once when it is over
    /// and perhaps once before. It returns whether anyone still listens.
    pub fn begin(tell: impl Fn(Told) -> bool + Send + 'static) -> Self {
        let watched = Arc::new(Mutex::new(Watched::default()));
        let (wake, signals) = channel();
        let work = Work {
            watched: Arc::clone(&watched),
            watcher: watcher(wake.clone(), Arc::clone(&watched)),
            folders: BTreeSet::new(),
            stamps: Vec::new(),
        };
        std::thread::spawn(move || work.run(&signals, tell));
        Self { watched, wake }
    }

    /// Watches these files from now on; a save after `since`, when they began to be read, is
    /// told, too.
    pub fn follow(&self, watched: Watched, since: SystemTime) {
        let mut held = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        if *held != watched {
            let stamps = watched.stamps();
            *held = watched;
            drop(held);
            let _ = self.wake.send(Signal::Others(Read { since, stamps }));
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.wake.send(Signal::Stop);
    }
}

/// `None` where the system's watching does not work: then files are only looked at.
fn watcher(
    wake: Sender<Signal>,
    watched: Arc<Mutex<Watched>>,
) -> Option<RecommendedWatcher> {
    let heard = move |event: notify::Result<Event>| {
        let Ok(event) = event else { return };
        let Some(change) = change(event.kind) else { return };
        let watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
        let concerned = event.paths.into_iter().filter(|path| watched.concerns(path));
        let paths: Vec<PathBuf> = concerned.collect();
        if !paths.is_empty() {
            let _ = wake.send(Signal::Files(paths, change));
        }
    };
    notify::recommended_watcher(heard).ok()
}

/// What an event says; `None` for a mere look at a file, and for what is told twice.
fn change(kind: EventKind) -> Option<Change> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Some(Change::Whole),
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => {
            None
        }
        EventKind::Modify(ModifyKind::Metadata(_)) => Some(Change::None),
        _ => Some(Change::Part),
    }
}

/// Saves that follow each other without a pause.
#[derive(Default)]
struct Burst {
    files: BTreeSet<PathBuf>,
    /// [`Told::Begun`] was.
    begun: bool,
    /// Something was written after that.
    again: bool,
    /// Other files are watched from now on.
    others: Option<Read>,
}

impl Burst {
    /// Takes an event in; whether anyone still listens.
    fn take(
        &mut self,
        paths: Vec<PathBuf>,
        change: Change,
        tell: &impl Fn(Told) -> bool,
    ) -> bool {
        self.files.extend(paths);
        if self.begun {
            self.again |= change != Change::None;
        } else if change == Change::Whole {
            self.begun = true;
            return tell(Told::Begun(self.files.clone()));
        }
        true
    }

    /// Waits until it is over; whether anyone still listens.
    fn settle(
        &mut self,
        signals: &Receiver<Signal>,
        tell: &impl Fn(Told) -> bool,
    ) -> bool {
        let end = Instant::now() + LONGEST;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match signals.recv_timeout(QUIET.min(left)) {
                Ok(Signal::Files(paths, change)) => {
                    if !self.take(paths, change, tell) {
                        return false;
                    }
                }
                Ok(Signal::Others(read)) => self.others = Some(read),
                Err(RecvTimeoutError::Timeout) => return true,
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn over(self) -> Told {
        Told::Saved { again: self.again || !self.begun, files: self.files }
    }
}

struct Work {
    watched: Arc<Mutex<Watched>>,
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
    stamps: Stamps,
}

impl Work {
    fn run(mut self, signals: &Receiver<Signal>, tell: impl Fn(Told) -> bool) {
        let mut others = None;
        loop {
            let mut burst = Burst::default();
            let signal = match others.take() {
                Some(read) => Ok(Signal::Others(read)),
                None => signals.recv_timeout(LOOK),
            };
            match signal {
                Ok(Signal::Files(paths, change)) => {
                    if !burst.take(paths, change, &tell) {
                        return;
                    }
                }
                Ok(Signal::Others(read)) => {
                    self.follow(false);
                    burst.files = self.late(&read);
                }
                Err(RecvTimeoutError::Timeout) if self.look() => {
                    burst.files = self.current().files;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
            if burst.files.is_empty() {
                continue;
            }
            if !burst.settle(signals, &tell) {
                return;
            }
            others = burst.others.take();
            self.stamps = self.current().stamps();
            if !tell(burst.over()) {
                return;
            }
        }
    }

    fn current(&self) -> Watched {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The files that were saved after they began to be read and before they were watched;
    /// all, if one came or went meanwhile.
    fn late(&mut self, read: &Read) -> BTreeSet<PathBuf> {
        let files = self.current();
        self.stamps = files.stamps();
        if self.stamps != read.stamps {
            return files.files;
        }
        let since = read.since.checked_sub(TICK).unwrap_or(read.since);
        let late = |path: &PathBuf| {
            path.metadata().and_then(|meta| meta.modified()).is_ok_and(|it| it > since)
        };
        files.files.into_iter().filter(late).collect()
    }

    /// Whether files have changed that no event told of; then the folders are watched anew,
    /// as they may be others of the same name.
    fn look(&mut self) -> bool {
        let changed = self.current().stamps() != self.stamps;
        if changed {
            self.follow(true);
        }
        changed
    }

    /// Watches the folders of what is followed; `anew`, also those watched already.
    fn follow(&mut self, anew: bool) {
        let watched = self.current();
        let (folders, trees) = (watched.folders(), watched.trees);
        let Some(watcher) = &mut self.watcher else { return };
        for gone in self.folders.difference(&folders).filter(|it| !trees.contains(*it)) {
            let _ = watcher.unwatch(gone);
        }
        for (set, mode) in
            [(&folders, RecursiveMode::NonRecursive), (&trees, RecursiveMode::Recursive)]
        {
            for folder in set.iter().filter(|it| anew || !self.folders.contains(*it)) {
                let _ = watcher.watch(folder, mode);
            }
        }
        self.folders = folders.union(&trees).cloned().collect();
    }
}
