//! Which files of a folder are notices.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use super::Job;
use crate::diag::{Diagnostic, Error, reason};
use crate::notice::source;
use crate::paths::shown;
use crate::workspace;

/// Which paths are taken, relative to the folder that was named.
#[derive(Debug, Default)]
pub struct Choice {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Choice {
    /// Takes what some pattern of `include` names, all if there is none, but nothing that a
    /// pattern of `exclude` names, either itself or by a folder above it. One without a `/`
    /// names files and folders at any depth. `*` stands for any text and `?` for one
    /// character; all others, brackets too, for themselves.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, Error> {
        let some = (!include.is_empty()).then(|| patterns("--include", include));
        Ok(Self { include: some.transpose()?, exclude: patterns("--exclude", exclude)? })
    }

    fn takes(&self, path: &Path) -> bool {
        let named = |set: &GlobSet| path.ancestors().any(|it| set.is_match(it));
        self.include.as_ref().is_none_or(named)
    }
}

fn patterns(option: &str, texts: &[String]) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    let refused = |text: &str| {
        Error::command(format!("{option} 后面的“{text}”写得不对"))
            .hint("写文件或文件夹的名称，* 代表任意文字，例如 --exclude \"旧稿/*\"")
    };
    for given in texts {
        let text =
            given.strip_prefix("./").unwrap_or(given).trim_end_matches(['/', '\\']);
        if text.is_empty() {
            return Err(refused(given));
        }
        // A mere name is one at any depth.
        let anywhere = if text.contains(['/', '\\']) { "" } else { "**/" };
        let glob = GlobBuilder::new(&format!("{anywhere}{}", plain(text)))
            .backslash_escape(false)
            .build();
        set.add(glob.map_err(|_| refused(given))?);
    }
    set.build().map_err(|_| refused(&texts.join(" ")))
}

/// A pattern in which brackets stand for themselves, as in `通知[1].yaml`.
fn plain(text: &str) -> String {
    let bracketed = |c: char| match c {
        '[' | ']' | '{' | '}' => format!("[{c}]"),
        c => c.to_string(),
    };
    text.chars().map(bracketed).collect()
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// What was wanted, by path.
    pub jobs: Vec<Job>,
    /// Folders and files that cannot be looked into, each with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Links that lead back to a folder above them.
    pub loops: Vec<PathBuf>,
}

impl Found {
    /// An error for each folder and file that cannot be looked into.
    pub fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        self.unreadable.iter().map(|(path, why)| {
            let message = format!("“{}”读不了：{why}", shown(path));
            Diagnostic::error("B103", message).hint("检查文件夹的权限")
        })
    }
}

/// Looks for files that are `wanted` below a folder, in the order of their paths. Hidden
/// folders, folders of templates and `without` (where output goes) are left out.
pub fn find(
    root: usize,
    folder: &Path,
    choice: &Choice,
    without: Option<&Path>,
    wanted: impl Fn(&Path) -> bool,
) -> Found {
    let mut found = Found::default();
    let same = |path: &Path| {
        without.is_some_and(|it| path.canonicalize().is_ok_and(|p| p == it))
    };
    let relative = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_owned();
    let enter = |entry: &DirEntry| {
        entry.depth() == 0
            || !(is_hidden(entry)
                || choice.exclude.is_match(relative(entry.path()))
                || entry.file_type().is_dir()
                    && (same(entry.path()) || has_templates(entry.path())))
    };
    // Sorted at the end: a walk that sorts keeps all that lies in a folder, wanted or not.
    let walk = WalkDir::new(folder).follow_links(true);
    for entry in walk.into_iter().filter_entry(enter) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && wanted(entry.path()) => {
                let path = relative(entry.path());
                if choice.takes(&path) {
                    found.jobs.push(Job { root, path: path.into(), named: false });
                }
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                match error.io_error() {
                    None => found.loops.push(path),
                    // A link to nowhere matters only where something was to be.
                    Some(_) if path.is_symlink() && !wanted(&path) => {}
                    Some(error) => found.unreadable.push((path, reason(error))),
                }
            }
        }
    }
    found.jobs.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found.unreadable.sort_unstable();
    found.loops.sort_unstable();
    found
}

/// Whether a folder holds an office's own templates: its .yaml files are no notices.
fn has_templates(folder: &Path) -> bool {
    ["kinds.yaml", "notice.typ.jinja"].iter().all(|it| folder.join(it).is_file())
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether a file may be a notice by its name: it ends in .yaml or .yml and is not
/// `hongtou.yaml`.
pub fn is_candidate(path: &Path) -> bool {
    source::is_yaml(path) && path.file_name().is_some_and(|name| name != workspace::NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_and_folders() {
        let takes = |include: &str, path: &str| {
            let choice = Choice::new(&[include.to_owned()], &[]).expect("a pattern");
            choice.takes(Path::new(path))
        };
        for (pattern, path) in [
            ("季度", "季度/一.yaml"),
            ("季度/", "年/季度/里/一.yaml"),
            ("./年/季度", "年/季度/一.yaml"),
            ("季*/一.yaml", "季度/一.yaml"),
            ("?月.yaml", "年/3月.yaml"),
            ("通知[1].yaml", "通知[1].yaml"),
            ("{甲,乙}*", "{甲,乙}丙/丁.yaml"),
        ] {
            assert!(takes(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("季度", "季度二/一.yaml"),
            ("年/季度", "季度/一.yaml"),
            ("?月.yaml", "12月.yaml"),
            ("通知[1].yaml", "通知1.yaml"),
            ("{甲,乙}.yaml", "甲.yaml"),
        ] {
            assert!(!takes(pattern, path), "{pattern} {path}");
        }
        for wrong in ["", "/", "./"] {
            assert!(Choice::new(&[], &[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }
}
