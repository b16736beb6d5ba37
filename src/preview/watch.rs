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

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

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

    /// When each file was last written, and its length; none for one that is not there.
    fn stamps(&self) -> Vec<Option<(SystemTime, u64)>> {
        let stamp = |path: &PathBuf| {
            let meta = path.metadata().ok()?;
            Some((meta.modified().ok()?, meta.len()))
        };
        self.files.iter().chain(&self.trees).map(stamp).collect()
    }
}

/// A file by its absolute path, and, where that is a link, by the one it leads to.
pub fn paths(file: &Path) -> Vec<PathBuf> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let named = folder.canonicalize().ok().zip(file.file_name());
    let named = named.map(|(folder, name)| folder.join(name));
    named.into_iter().chain(file.canonicalize().ok()).collect()
}

/// Tells when watched files change. Dropped, it stops.
pub struct Watch {
    watched: Arc<Mutex<Watched>>,
    wake: Sender<Signal>,
}

enum Signal {
    /// Something happened to these files.
    Files(Vec<PathBuf>),
    /// Other files are watched from now on, which were read after this time.
    Others(SystemTime),
    Stop,
}

impl Watch {
    /// Begins to watch; `tell` is called once for each save or burst of saves, with the files
    /// that changed. It returns whether anyone still listens.
    pub fn begin(tell: impl Fn(BTreeSet<PathBuf>) -> bool + Send + 'static) -> Self {
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
            *held = watched;
            drop(held);
            let _ = self.wake.send(Signal::Others(since));
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
        if !writes(event.kind) {
            return;
        }
        let watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
        let concerned = event.paths.into_iter().filter(|path| watched.concerns(path));
        let paths: Vec<PathBuf> = concerned.collect();
        if !paths.is_empty() {
            let _ = wake.send(Signal::Files(paths));
        }
    };
    notify::recommended_watcher(heard).ok()
}

/// Whether an event is a change and not a mere look at a file.
fn writes(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

struct Work {
    watched: Arc<Mutex<Watched>>,
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
    stamps: Vec<Option<(SystemTime, u64)>>,
}

impl Work {
    fn run(
        mut self,
        signals: &Receiver<Signal>,
        tell: impl Fn(BTreeSet<PathBuf>) -> bool,
    ) {
        loop {
            let changed = match signals.recv_timeout(LOOK) {
                Ok(Signal::Files(paths)) => paths.into_iter().collect(),
                Ok(Signal::Others(since)) => {
                    self.follow(false);
                    self.stamps = self.current().stamps();
                    let late = self.late(since);
                    if late.is_empty() {
                        continue;
                    }
                    late
                }
                Err(RecvTimeoutError::Timeout) => match self.look() {
                    true => self.current().files,
                    false => continue,
                },
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            };
            let changed = settled(signals, changed);
            self.stamps = self.current().stamps();
            if !tell(changed) {
                return;
            }
        }
    }

    fn current(&self) -> Watched {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The files that were saved before they were watched and after they began to be read.
    fn late(&self, since: SystemTime) -> BTreeSet<PathBuf> {
        let since = since.checked_sub(TICK).unwrap_or(since);
        let late = |path: &PathBuf| {
            path.metadata().and_then(|meta| meta.modified()).is_ok_and(|it| it > since)
        };
        self.current().files.into_iter().filter(late).collect()
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

/// Waits until a burst of saves is over; all files that changed in it.
fn settled(
    signals: &Receiver<Signal>,
    mut changed: BTreeSet<PathBuf>,
) -> BTreeSet<PathBuf> {
    let end = Instant::now() + LONGEST;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match signals.recv_timeout(QUIET.min(left)) {
            Ok(Signal::Files(paths)) => changed.extend(paths),
            Ok(Signal::Others(_)) => {}
            Ok(Signal::Stop) | Err(_) => return changed,
        }
    }
}
