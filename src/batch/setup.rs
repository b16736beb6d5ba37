//! What the notices of one workspace share, and its digests; the workshop is opened when a
//! notice has to be built.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::origin::whole;
use super::report::{Made, Shared};
use crate::diag::{Diagnostic, Error, Place};
use crate::digest::Digest;
use crate::paths::{relative, shown};
use crate::pipeline::{Options, Order, Workshop};
use crate::template::Templates;
use crate::workspace::{self, Workspace};
use crate::{fonts, typeset};

/// Digests of everything but the notice and its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// The program's file.
    pub program: Digest,
    /// Options that change PDFs.
    pub options: Digest,
    /// `hongtou.yaml` and what it names.
    pub workspace: Digest,
    /// The folder of templates.
    pub templates: Digest,
    /// The font files.
    pub fonts: Digest,
}

impl Parts {
    /// One digest for all.
    pub fn digest(&self) -> Digest {
        let Self { program, options, workspace, templates, fonts } = self;
        let parts = [program, options, workspace, templates, fonts];
        Digest::of_parts(parts.into_iter().map(Digest::bytes))
    }
}

/// One workspace's, or that of all notices without one.
pub struct Setup {
    /// Its digests.
    pub parts: Parts,
    /// Its folder.
    pub folder: Option<PathBuf>,
    /// What is wrong with its file, or with the folders it names; then nothing of it is built.
    pub findings: Vec<Diagnostic>,
    /// Whether fonts or templates are those that its file names.
    own: bool,
    options: Options,
    /// What its file says.
    pub workspace: Option<Workspace>,
    workshop: OnceLock<Result<Workshop, Error>>,
}

impl Setup {
    /// The workshop, opened once.
    ///
    /// # Errors
    /// No fonts or no templates where they should be: a finding where the workspace's file
    /// says so, which concerns its notices alone.
    pub fn workshop(&self) -> Result<&Workshop, Trouble> {
        let open = || Workshop::in_workspace(&self.options, self.workspace.clone());
        self.workshop.get_or_init(open).as_ref().map_err(|error| {
            match self.workspace.as_ref().filter(|_| self.own) {
                Some(workspace) => {
                    let Workspace { places, .. } = workspace;
                    let place = places.fonts.as_ref().or(places.templates.as_ref());
                    Trouble::Notice(found(place, error))
                }
                None => Trouble::Run(error.clone()),
            }
        })
    }
}

/// Why there is no workshop.
pub enum Trouble {
    /// It concerns the notices of one workspace.
    Notice(Diagnostic),
    /// It ends the whole run.
    Run(Error),
}

/// What a workspace's file names and is not there, as a finding of that file.
fn found(place: Option<&Place>, error: &Error) -> Diagnostic {
    let finding = Diagnostic::error("B103", error.message.clone()).at(place.cloned());
    error.hints.iter().fold(finding, |finding, hint| finding.hint(hint.clone()))
}

/// All setups of a run.
pub struct Setups {
    options: Options,
    program: Digest,
    order: Digest,
    open: Mutex<HashMap<Option<PathBuf>, Arc<Setup>>>,
    /// Digests of folders of fonts.
    fonts: Mutex<HashMap<PathBuf, Digest>>,
}

impl Setups {
    /// For notices that are built with `order`.
    pub fn new(options: Options, order: &Order) -> Self {
        let program = std::env::current_exe().and_then(|path| Digest::of_file(&path));
        Self {
            options,
            program: program.unwrap_or_default(),
            order: Digest::of(format!("{order:?}").as_bytes()),
            open: Mutex::default(),
            fonts: Mutex::default(),
        }
    }

    /// The setup of the notices in a folder.
    ///
    /// # Errors
    /// There is no folder of fonts.
    pub fn of(&self, folder: &Path) -> Result<Arc<Setup>, Error> {
        let folder = workspace::find(folder);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(setup) = open.get(&folder) {
            return Ok(setup.clone());
        }
        let setup = Arc::new(self.read(folder.clone())?);
        open.insert(folder, setup.clone());
        Ok(setup)
    }

    /// What the notices so far were made with, their workspaces as seen from a folder.
    pub fn made(&self, root: &Path) -> Made {
        let root = whole(root);
        let name = |folder: &PathBuf| {
            format!("./{}", shown(&relative(&root, folder))).replace('\\', "/")
        };
        let shared = |setup: &Arc<Setup>| {
            let Parts { workspace, templates, fonts, .. } = setup.parts;
            let name = setup.folder.as_ref().map(name).unwrap_or_default();
            (name, Shared { workspace, templates, fonts })
        };
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        Made::new(self.program, self.order, open.values().map(shared).collect())
    }

    fn read(&self, folder: Option<PathBuf>) -> Result<Setup, Error> {
        let (workspace, mut findings) =
            match folder.as_deref().map(workspace::read).transpose() {
                Ok(workspace) => (workspace, Vec::new()),
                Err(findings) => (None, findings),
            };
        let of_workspace = |it: &Workspace| {
            let text =
                Digest::of_file(&it.folder.join(workspace::NAME)).unwrap_or_default();
            let used = format!("{:?}", it.used);
            Digest::of_parts([text.bytes(), used.as_bytes()])
        };
        let set = workspace.as_ref();
        let templates = self.options.templates.as_deref();
        let own_templates =
            set.and_then(|it| it.templates.as_deref()).filter(|_| templates.is_none());
        let templates = templates.or(own_templates);
        let own_fonts = set
            .and_then(|it| it.fonts.as_deref())
            .filter(|_| self.options.fonts.is_none());
        let places = set.map(|it| it.places.clone()).unwrap_or_default();
        let fonts = match self.fonts(own_fonts) {
            Err(error) if own_fonts.is_some() => {
                findings.push(found(places.fonts.as_ref(), &error));
                Digest::default()
            }
            fonts => fonts?,
        };
        if let Err(error) = Templates::open(own_templates) {
            findings.push(found(places.templates.as_ref(), &error));
        }
        let own = own_templates.is_some() || own_fonts.is_some();
        let parts = Parts {
            program: self.program,
            options: self.order,
            workspace: set.map(of_workspace).unwrap_or_default(),
            templates: templates.map(of_folder).unwrap_or_default(),
            fonts,
        };
        let (options, workshop) = (self.options.clone(), OnceLock::new());
        Ok(Setup { parts, folder, findings, own, options, workspace, workshop })
    }

    fn fonts(&self, workspace: Option<&Path>) -> Result<Digest, Error> {
        let folder = fonts::folder(self.options.fonts.as_deref(), workspace)?;
        let mut known = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(digest) = known.get(&folder) {
            return Ok(*digest);
        }
        let files = typeset::font_files(&folder, self.options.system_fonts);
        let digest = of_files(&folder, &files);
        known.insert(folder, digest);
        Ok(digest)
    }
}

/// Names and contents of all files below a folder.
fn of_folder(folder: &Path) -> Digest {
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let files = walk.into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    of_files(folder, &files.map(walkdir::DirEntry::into_path).collect::<Vec<_>>())
}

fn of_files(folder: &Path, files: &[PathBuf]) -> Digest {
    let slots: Vec<OnceLock<Digest>> = files.iter().map(|_| OnceLock::new()).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let take = || next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        while let Some((path, slot)) = files.iter().zip(&slots).nth(take()) {
            let _ = slot.set(Digest::of_file(path).unwrap_or_default());
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    let name = |path: &PathBuf| {
        path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
    };
    let names: Vec<String> = files.iter().map(name).collect();
    let digests = slots.iter().map(|slot| slot.get().copied().unwrap_or_default());
    let digests: Vec<Digest> = digests.collect();
    let pairs = names.iter().zip(&digests);
    Digest::of_parts(pairs.flat_map(|(name, digest)| [name.as_bytes(), digest.bytes()]))
}
