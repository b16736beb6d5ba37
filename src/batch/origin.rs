//! Where the notice of a PDF lies, as the record has it: whose a PDF is, and whether that notice
//! is gone.

use std::fs::read_dir;
use std::io::ErrorKind;
use std::path::{Path, PathBuf, absolute};

use super::Entry;
use crate::digest::Digest;
use crate::paths::{folder_of, of_shown, plain, relative, seen, shown};

/// Names notices as seen from the record's folder, so that both may be moved together.
pub struct Origins {
    home: PathBuf,
}

impl Origins {
    /// As seen from a record's folder.
    pub fn new(home: &Path) -> Self {
        Self { home: whole(home) }
    }

    /// A notice's name in the record, the same by whatever way its folder is reached.
    pub fn name(&self, source: &Path) -> Box<str> {
        let file = source.file_name().unwrap_or_default();
        shown(&relative(&self.home, &whole(folder_of(source)).join(file))).into()
    }

    /// A roster's name in the record: its file, and its sheet where one is named.
    pub fn roster(&self, data: &Path, sheet: Option<&str>) -> String {
        let sheet = sheet.map(|it| format!("“{it}”")).unwrap_or_default();
        self.name(data).into_string() + &sheet
    }

    /// Whether a roster's name in the record is that of another than this one, which is still
    /// there; one that is not was renamed.
    pub fn is_other_roster(&self, name: &str, data: &Path, sheet: Option<&str>) -> bool {
        let file = name.split_once('“').map_or(name, |(file, _)| file);
        name != self.roster(data, sheet) && self.path(file).is_file()
    }

    /// A roster's name in the record as it is told.
    pub fn roster_told(&self, name: &str) -> String {
        shown(&seen(&self.path(name)))
    }

    /// Its name where a link above it was taken for the folder that it leads to; none where
    /// there is no such link.
    pub fn linked(&self, root: &Path, path: &Path) -> Option<Box<str>> {
        let way: Box<str> = shown(&relative(&self.home, &whole(root).join(path))).into();
        (way != self.name(&root.join(path))).then_some(way)
    }

    /// The notice of a name.
    pub fn path(&self, name: &str) -> PathBuf {
        plain(&self.home.join(of_shown(name)))
    }

    /// Whether another notice than `source` has this name, and may be there.
    pub fn is_other(&self, name: &str, source: &Path) -> bool {
        let path = self.path(name);
        // Where capitals go for small letters, one file has two names.
        let real = |path: &Path| path.canonicalize().ok();
        let same = real(&path).is_some_and(|it| Some(it) == real(source));
        !same && !is_none(&path)
    }

    /// Whether a PDF is that of another notice than `source`, which is `notice` now. Where that
    /// place holds another text by now and `source` still is the one that the PDF was built
    /// from, it was moved, and the PDF with it.
    pub fn is_of_other(&self, entry: &Entry, source: &Path, notice: Digest) -> bool {
        let Some(from) = entry.from.as_deref().filter(|it| self.is_other(it, source))
        else {
            return false;
        };
        let there = self.path(from);
        let text = there.is_file().then(|| Digest::of_file(&there).ok()).flatten();
        entry.notice != notice || text.is_none_or(|it| it == notice)
    }

    /// Whether a PDF's notice is gone for certain, or the link that led to where it was.
    pub fn has_lost(&self, entry: &Entry, roots: &[PathBuf]) -> bool {
        let Some(from) = entry.from.as_deref() else { return false };
        let unlinked =
            || entry.linked.as_deref().is_some_and(|it| self.is_gone(it, roots));
        self.is_gone(from, roots) || is_none(&self.path(from)) && unlinked()
    }

    /// Whether the notice of a name is gone for certain: it was looked for where its folder
    /// can be read, or a folder of the run above. A disk that is not connected is no proof.
    pub fn is_gone(&self, name: &str, roots: &[PathBuf]) -> bool {
        let path = self.path(name);
        // Of another ending, it is the same notice.
        let renamed = ["yaml", "yml"].map(|it| path.with_extension(it));
        if renamed.iter().any(|it| !is_none(it)) {
            return false;
        }
        let mut above = path.ancestors().skip(1);
        let Some(nearest) = above.find(|it| !is_none(it)).filter(|_| is_none(&path))
        else {
            return false;
        };
        let within = |root: &PathBuf| nearest.starts_with(whole(root));
        let sure = path.parent() == Some(nearest) || roots.iter().any(within);
        sure && read_dir(nearest).is_ok()
    }
}

/// A folder without links in its path, as far as it is there.
pub(super) fn whole(folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let real = |above: &Path| {
        let rest = folder.strip_prefix(above).ok()?;
        Some(above.canonicalize().ok()?.join(rest))
    };
    folder.ancestors().find_map(real).unwrap_or_else(|| folder.clone())
}

/// Whether nothing is there: one that cannot be looked at may be.
fn is_none(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_gone_only_where_it_was_looked_for() {
        let outer = tempfile::tempdir().expect("a temporary folder");
        let outer = outer.path().canonicalize().expect("a path");
        let at = |path: &str| outer.join(path);
        for file in ["年/季/甲.yaml", "年/乙.yaml", "合/丙"] {
            std::fs::create_dir_all(folder_of(&at(file))).expect("a folder");
            std::fs::write(at(file), "").expect("a file");
        }
        let origins = Origins::new(&at("合"));
        let name = origins.name(&at("年/季/../季/甲.yaml"));
        assert_eq!(
            (&*name, origins.path(&name)),
            ("../年/季/甲.yaml", at("年/季/甲.yaml"))
        );
        let gone = |path: &str, roots: &[PathBuf]| origins.is_gone(path, roots);
        assert!(!gone("../年/季/甲.yaml", &[]));
        assert!(gone("../年/季/丁.yaml", &[]));
        assert!(!gone("../年/季/甲.yml", &[]));
        // Its folder is not there: perhaps a disk is not, unless the folder above is the run's.
        assert!(!gone("../年/月/丁.yaml", &[]));
        assert!(!gone("../年/月/丁.yaml", &[at("年/季")]));
        assert!(gone("../年/月/丁.yaml", &[at("年")]));
        assert!(!gone("../无/丁.yaml", &[at("无")]));
    }

    #[test]
    fn one_file_by_two_ways_is_no_other_notice() {
        let outer = tempfile::tempdir().expect("a temporary folder");
        let outer = outer.path().canonicalize().expect("a path");
        let at = |path: &str| outer.join(path);
        std::fs::create_dir(at("年")).expect("a folder");
        for file in ["年/甲.yaml", "年/乙.yaml"] {
            std::fs::write(at(file), "").expect("a file");
        }
        let origins = Origins::new(&outer);
        assert!(origins.is_other("年/乙.yaml", &at("年/甲.yaml")));
        assert!(!origins.is_other("年/甲.yaml", &at("年/../年/甲.yaml")));
        assert!(!origins.is_other("年/丙.yaml", &at("年/甲.yaml")));
    }
}
