//! Font files as the engine takes them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use memmap2::Mmap;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use walkdir::WalkDir;

/// The fonts that documents are set with.
pub struct FontSet {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    files: Vec<FaceFile>,
}

/// A face and the file it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceFile {
    /// The family's name.
    pub family: String,
    /// The file.
    pub file: PathBuf,
}

impl FontSet {
    /// The fonts of a folder, at any depth, in the order of their paths; behind them, if
    /// asked for, the installed ones.
    pub fn load(folder: &Path, installed: bool) -> Self {
        let mut paths: Vec<PathBuf> = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_map(|entry| entry.ok().map(walkdir::DirEntry::into_path))
            .filter(|path| is_font(path))
            .collect();
        if installed {
            paths.extend(installed_files());
        }
        let (fonts, files): (Vec<Font>, Vec<FaceFile>) =
            parse(&paths).into_iter().flatten().unzip();
        Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, files }
    }

    /// Reads the fonts of some families ahead, on another thread: the engine takes a digest of
    /// each font it uses, which for fonts of many megabytes takes as long as the layout.
    pub fn read_ahead(&self, families: &[&str]) {
        let of_family = |font: &&Font| families.contains(&font.info().family.as_str());
        let fonts: Vec<Font> = self.fonts.iter().filter(of_family).cloned().collect();
        std::thread::spawn(move || {
            for font in &fonts {
                std::hint::black_box(typst::utils::hash128(font));
            }
        });
    }

    /// Every face with its file, in order.
    pub fn faces(&self) -> &[FaceFile] {
        &self.files
    }

    /// The families' names, in order.
    pub fn families(&self) -> Vec<String> {
        self.files.iter().map(|face| face.family.clone()).collect()
    }
}

/// Reads the files on as many threads as there are processors: what takes time is listing
/// the characters of large fonts.
fn parse(paths: &[PathBuf]) -> Vec<Vec<(Font, FaceFile)>> {
    let slots: Vec<OnceLock<Vec<(Font, FaceFile)>>> =
        paths.iter().map(|_| OnceLock::new()).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let work = || {
        let take = || next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        while let Some((path, slot)) = paths.iter().zip(&slots).nth(take()) {
            let _ = slot.set(faces_of(path));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    slots.into_iter().map(|slot| slot.into_inner().unwrap_or_default()).collect()
}

fn faces_of(path: &Path) -> Vec<(Font, FaceFile)> {
    let Some(data) = map(path) else { return Vec::new() };
    let face = |font: Font| {
        let family = font.info().family.clone();
        (font, FaceFile { family, file: path.to_owned() })
    };
    Font::iter(data).map(face).collect()
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc", "otc"].iter().any(|end| extension.eq_ignore_ascii_case(end))
}

/// Installed fonts, where this system keeps them, in the order of their paths.
fn installed_files() -> Vec<PathBuf> {
    let mut database = fontdb::Database::new();
    database.load_system_fonts();
    let path = |face: &fontdb::FaceInfo| match &face.source {
        fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => {
            Some(path.clone())
        }
        fontdb::Source::Binary(_) => None,
    };
    let mut paths: Vec<PathBuf> = database.faces().filter_map(path).collect();
    paths.sort();
    paths.dedup();
    paths
}

#[allow(
    unsafe_code,
    reason = "mapping fonts instead of reading them takes 1–3 ms off 19 of a cold start"
)]
fn map(path: &Path) -> Option<Bytes> {
    let file = File::open(path).ok()?;
    // SAFETY: the mapping is private and read-only. A font file that another process cuts
    // short while it is in use would raise SIGBUS, as with every program that maps fonts.
    let mapped = unsafe { Mmap::map(&file) }.ok()?;
    Some(Bytes::new(mapped))
}
