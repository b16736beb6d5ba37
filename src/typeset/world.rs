//! What a document can see: the layout library, its own filled files, and files under the
//! notice's folders. No packages, no network, no clock.

use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library as Typst, LibraryExt, World};
use walkdir::WalkDir;

use super::FontSet;
use crate::notice::files::{self, Folders};
use crate::paths::read_start;
use crate::template::{FILES, Filled, LIMIT, Templates};

static TYPST: LazyLock<LazyHash<Typst>> =
    LazyLock::new(|| LazyHash::new(Typst::default()));
static MAIN: LazyLock<Option<FileId>> = LazyLock::new(|| id("/main.typ"));
static FACES: LazyLock<Option<FileId>> = LazyLock::new(|| id("/faces.typ"));

/// The sources that all notices of one workshop share, parsed once.
pub struct Library {
    sources: HashMap<FileId, Source>,
    /// Other files of the user's templates, such as pictures.
    folders: Folders,
}

impl Library {
    /// The layout library, with the user's templates over it.
    pub fn new(templates: &Templates) -> Self {
        LazyLock::force(&TYPST);
        let mut names: Vec<String> = FILES
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .filter(|name| is_source(name))
            .collect();
        names.extend(templates.folder().into_iter().flat_map(own_sources));
        let source = |name: &String| {
            let id = id(&format!("/{name}"))?;
            let own = || own_text(&templates.folder()?.join(name));
            let text = templates.text(name).map(str::to_owned).or_else(own)?;
            Some((id, Source::new(id, text)))
        };
        Self {
            sources: names.iter().filter_map(source).collect(),
            folders: Folders::new(templates.folder()),
        }
    }
}

fn is_source(name: &str) -> bool {
    name.ends_with(".typ")
}

/// The Typst files below a folder, by their names in it.
fn own_sources(folder: &Path) -> Vec<String> {
    let files = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let name = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).ok()?;
        let parts: Option<Vec<_>> = path.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/")).filter(|name| is_source(name))
    };
    files.filter_map(name).collect()
}

/// The text of a file that the user's templates take in beside the built-in ones.
fn own_text(path: &Path) -> Option<String> {
    let bytes = read_start(path, LIMIT + 1).ok()?;
    String::from_utf8(bytes).ok().filter(|text| text.len() as u64 <= LIMIT)
}

/// A file's id. Ids are few and used again: the engine never forgets one.
fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One document's world.
pub(super) struct Closed<'a> {
    library: &'a Library,
    fonts: &'a FontSet,
    folders: &'a Folders,
    main: Source,
    faces: Source,
    images: HashMap<String, Bytes>,
}

impl<'a> Closed<'a> {
    /// `None` only if the engine has run out of file ids.
    pub fn new(
        library: &'a Library,
        fonts: &'a FontSet,
        folders: &'a Folders,
        filled: &Filled,
    ) -> Option<Self> {
        let image = |(name, image): &(String, crate::notice::picture::Image)| {
            (name.clone(), Bytes::new(image.bytes.to_vec()))
        };
        Some(Self {
            library,
            fonts,
            folders,
            main: Source::new((*MAIN)?, filled.main.clone()),
            faces: Source::new((*FACES)?, filled.faces.clone()),
            images: filled.images.iter().map(image).collect(),
        })
    }
}

impl World for Closed<'_> {
    fn library(&self) -> &LazyHash<Typst> {
        &TYPST
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.faces]
            .into_iter()
            .find(|source| source.id() == id)
            .or_else(|| self.library.sources.get(&id))
            .cloned()
            .ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let missing = || FileError::NotFound(id.vpath().get_without_slash().into());
        if *id.root() != VirtualRoot::Project {
            return Err(missing());
        }
        if let Some(bytes) = self.images.get(id.vpath().get_with_slash()) {
            return Ok(bytes.clone());
        }
        if let Ok(source) = self.source(id) {
            return Ok(Bytes::from_string(source.text().to_owned()));
        }
        let path = id.vpath().get_without_slash();
        let read = self
            .library
            .folders
            .read(path, LIMIT)
            .or_else(|_| self.folders.read(path, LIMIT));
        read.map(Bytes::new).map_err(|error| match error {
            files::FileError::Missing => missing(),
            _ => FileError::AccessDenied,
        })
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
