//! Font files as the engine takes them.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use memmap2::Mmap;
use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontBook, FontFlags, FontInfo, FontVariant};
use typst::utils::LazyHash;
use walkdir::WalkDir;

use crate::paths::ends_in;

/// The fonts that documents are set with.
pub struct FontSet {
    pub(super) book: LazyHash<FontBook>,
    faces: Vec<Face>,
    files: Vec<FaceFile>,
}

/// A face, or one that is opened when a character asks for it.
enum Face {
    Open(Font),
    Later(Bytes, OnceLock<Option<Font>>),
}

impl Face {
    fn font(&self) -> Option<Font> {
        match self {
            Self::Open(font) => Some(font.clone()),
            Self::Later(data, font) => {
                font.get_or_init(|| Font::new(data.clone(), 0)).clone()
            }
        }
    }

    fn info(&self, family: &str) -> FontInfo {
        match self {
            Self::Open(font) => font.info().clone(),
            Self::Later(..) => FontInfo {
                family: family.to_owned(),
                variant: FontVariant::default(),
                flags: FontFlags::empty(),
                axes: Vec::new(),
                coverage: Coverage::from_vec(Vec::new()),
            },
        }
    }
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
    /// asked for, the installed ones. A regular face of a family in `seldom` is not opened
    /// before a character needs it; until then the engine takes it for one without characters,
    /// which does not matter where the family is asked for by name.
    pub fn load(folder: &Path, installed: bool, seldom: &[&str]) -> Self {
        let paths = font_files(folder, installed);
        let (faces, files): (Vec<Face>, Vec<FaceFile>) =
            parse(&paths, seldom).into_iter().flatten().unzip();
        let infos = faces.iter().zip(&files).map(|(face, file)| face.info(&file.family));
        Self { book: LazyHash::new(FontBook::from_infos(infos)), faces, files }
    }

    /// The font at a position of the book.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index)?.font()
    }

    /// Reads the fonts of some families ahead, in this order, on another thread: the engine
    /// takes a digest of each font it uses, which for fonts of many megabytes takes as long as
    /// the layout.
    pub fn read_ahead(&self, families: &[&str]) {
        let open = |family: &&str| {
            let at = self.files.iter().position(|file| file.family == *family)?;
            match &self.faces[at] {
                Face::Open(font) => Some(font.clone()),
                Face::Later(..) => None,
            }
        };
        let fonts: Vec<Font> = families.iter().filter_map(open).collect();
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

/// The sets of several folders, each loaded once, however many workspaces have the folder in
/// common.
#[derive(Default)]
pub struct FontSets(Mutex<HashMap<(PathBuf, bool), Arc<FontSet>>>);

impl FontSets {
    /// The set of a folder, as [`FontSet::load`] reads it.
    pub fn of(&self, folder: &Path, installed: bool, seldom: &[&str]) -> Arc<FontSet> {
        let mut sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let load = || Arc::new(FontSet::load(folder, installed, seldom));
        sets.entry((folder.to_owned(), installed)).or_insert_with(load).clone()
    }
}

impl fmt::Debug for FontSets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FontSets").finish_non_exhaustive()
    }
}

/// Reads the files on as many threads as there are processors: what takes time is listing
/// the characters of large fonts.
fn parse(paths: &[PathBuf], seldom: &[&str]) -> Vec<Vec<(Face, FaceFile)>> {
    let slots: Vec<OnceLock<Vec<(Face, FaceFile)>>> =
        paths.iter().map(|_| OnceLock::new()).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let work = || {
        let take = || next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        while let Some((path, slot)) = paths.iter().zip(&slots).nth(take()) {
            let _ = slot.set(faces_of(path, seldom));
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

fn faces_of(path: &Path, seldom: &[&str]) -> Vec<(Face, FaceFile)> {
    let Some(data) = map(path) else { return Vec::new() };
    let of = |face, family| (face, FaceFile { family, file: path.to_owned() });
    if let Some(family) = only_family(&data).filter(|it| seldom.contains(&it.as_str())) {
        return vec![of(Face::Later(data, OnceLock::new()), family)];
    }
    let face = |font: Font| {
        let family = font.info().family.clone();
        of(Face::Open(font), family)
    };
    Font::iter(data).map(face).collect()
}

/// The family of a file that holds one regular face.
fn only_family(data: &[u8]) -> Option<String> {
    if ttf_parser::fonts_in_collection(data).is_some() {
        return None;
    }
    let face = ttf_parser::Face::parse(data, 0).ok()?;
    let family = face
        .names()
        .into_iter()
        .find(|name| name.name_id == ttf_parser::name_id::FAMILY && name.is_unicode())?;
    (face.is_regular() && !face.is_variable()).then(|| family.to_string()).flatten()
}

/// The font files of a folder, at any depth, in the order of their paths; behind them, if
/// asked for, the installed ones.
pub fn font_files(folder: &Path, installed: bool) -> Vec<PathBuf> {
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
    paths
}

fn is_font(path: &Path) -> bool {
    ends_in(path, &["ttf", "otf", "ttc", "otc"])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workspaces_with_one_folder_of_fonts_share_what_is_loaded() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let sets = FontSets::default();
        let first = sets.of(&folder, false, &[]);
        assert!(!first.faces().is_empty());
        assert!(Arc::ptr_eq(&first, &sets.of(&folder, false, &[])));
        assert!(!Arc::ptr_eq(&first, &sets.of(&folder.join("licenses"), false, &[])));
    }
}
