//! Which files of a folder are notices.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

use super::Job;
use crate::diag::{Diagnostic, Error, reason};
use crate::notice::source;
use crate::paths::{plain, shown};
use crate::workspace;

/// Which paths are taken.
#[derive(Debug, Default)]
pub struct Choice {
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    option: &'static str,
    text: String,
    glob: GlobMatcher,
    /// Whether it is a path and no mere name.
    path: bool,
    /// Whether it named something so far.
    used: Cell<bool>,
}

impl Choice {
    /// Takes what some pattern of `include` names, all if there is none, but nothing that a
    /// pattern of `exclude` names, either itself or by a folder above it. One without a `/`
    /// names files and folders at any depth; one with a `/` is a path in the folder that was
    /// named or, as a shell completes it, one that leads there. `*` stands for any text and `?`
    /// for one character; all others, brackets too, for themselves.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, Error> {
        let all = |option, texts: &[String]| -> Result<Vec<Pattern>, Error> {
            texts.iter().map(|text| Pattern::new(option, text)).collect()
        };
        let include = all("--include", include)?;
        Ok(Self { include, exclude: all("--exclude", exclude)? })
    }

    /// Whether a file below a folder is taken, `folder` and `path` together being its path.
    pub fn takes(&self, folder: &Path, path: &Path) -> bool {
        let included = self.include.is_empty() || some(&self.include, folder, path);
        !self.leaves_out(folder, path) && included
    }

    fn leaves_out(&self, folder: &Path, path: &Path) -> bool {
        some(&self.exclude, folder, path)
    }

    /// Patterns that named nothing, each with its option.
    pub fn idle(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = self.include.iter().chain(&self.exclude);
        all.filter(|it| !it.used.get()).map(|it| (it.option, it.text.as_str()))
    }
}

/// Whether some pattern names a path; every one of them is asked.
fn some(patterns: &[Pattern], folder: &Path, path: &Path) -> bool {
    patterns.iter().filter(|it| it.names(folder, path)).count() > 0
}

impl Pattern {
    fn new(option: &'static str, given: &str) -> Result<Self, Error> {
        let refused = || {
            Error::command(format!("{option} 后面的“{given}”写得不对"))
                .hint("写文件或文件夹的名称，* 代表任意文字，例如 --exclude \"旧稿/*\"")
        };
        let text =
            given.strip_prefix("./").unwrap_or(given).trim_end_matches(['/', '\\']);
        if text.is_empty() {
            return Err(refused());
        }
        let path = text.contains(['/', '\\']);
        // A mere name is one at any depth.
        let anywhere = if path { "" } else { "**/" };
        let glob = GlobBuilder::new(&format!("{anywhere}{}", literal(text)))
            .backslash_escape(false)
            .build();
        let glob = glob.map_err(|_| refused())?.compile_matcher();
        Ok(Self { option, text: given.to_owned(), glob, path, used: Cell::new(false) })
    }

    fn names(&self, folder: &Path, path: &Path) -> bool {
        let above = |path: &Path| path.ancestors().any(|it| self.glob.is_match(it));
        let whole = || {
            let path = plain(&folder.join(path));
            above(&path) || std::path::absolute(&path).is_ok_and(|it| above(&it))
        };
        let named = above(path) || self.path && whole();
        self.used.set(self.used.get() || named);
        named
    }
}

/// A pattern in which brackets stand for themselves, as in `通知[1].yaml`.
fn literal(text: &str) -> String {
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
    /// Links to nowhere that, by their names, were no notices and no folders of them.
    pub nowhere: Vec<Job>,
    /// Folders that were left out because output goes there.
    pub outputs: Vec<PathBuf>,
}

impl Found {
    /// An error for each folder and file that cannot be looked into.
    pub fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        self.unreadable.iter().map(|(path, why)| unreadable(path, why))
    }
}

/// What to say of a folder or file that cannot be looked into.
pub fn unreadable(path: &Path, why: &str) -> Diagnostic {
    let message = format!("“{}”读不了：{why}", shown(path));
    let dead = path.is_symlink() && !path.exists();
    Diagnostic::error("B103", message).hint(if dead {
        "这是一个链接，它指向的文件或文件夹没有了，或绕回了自己：删去它，或把那里的放回去"
    } else {
        "检查文件夹的权限"
    })
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
    let mut outputs = Vec::new();
    let same = |path: &Path| {
        without.is_some_and(|it| path.canonicalize().is_ok_and(|p| p == it))
    };
    let relative = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_owned();
    let left_out =
        |path: &Path| is_hidden(path) || choice.leaves_out(folder, &relative(path));
    let enter = |entry: &DirEntry| {
        let path = entry.path();
        if entry.depth() == 0 {
            return true;
        }
        if left_out(path) || entry.file_type().is_dir() && has_templates(path) {
            return false;
        }
        let output = entry.file_type().is_dir() && same(path);
        outputs.extend(output.then(|| path.to_owned()));
        !output
    };
    // Sorted at the end: a walk that sorts keeps all that lies in a folder, wanted or not.
    let walk = WalkDir::new(folder).follow_links(true);
    for entry in walk.into_iter().filter_entry(enter) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && wanted(entry.path()) => {
                let path = relative(entry.path());
                if choice.takes(folder, &path) {
                    found.jobs.push(Job { root, path: path.into(), named: false });
                }
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                match error.io_error() {
                    None => found.loops.push(path),
                    // Editors keep links to nowhere under hidden names.
                    Some(_) if left_out(&path) && error.depth() > 0 => {}
                    // Where a link led once its name alone tells.
                    Some(_) if led_to_a_file(&path) && !wanted(&path) => {
                        let path = relative(&path).into();
                        found.nowhere.push(Job { root, path, named: false });
                    }
                    Some(error) => found.unreadable.push((path, reason(error))),
                }
            }
        }
    }
    found.jobs.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found.unreadable.sort_unstable();
    found.loops.sort_unstable();
    found.outputs = outputs;
    found
}

/// Whether a folder holds an office's own templates: its .yaml files are no notices.
fn has_templates(folder: &Path) -> bool {
    ["kinds.yaml", "notice.typ.jinja"].iter().all(|it| folder.join(it).is_file())
}

/// Whether a link leads nowhere, and has an ending as folders have none.
fn led_to_a_file(path: &Path) -> bool {
    path.is_symlink() && path.metadata().is_err() && path.extension().is_some()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
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
            choice.takes(Path::new("公文/年"), Path::new(path))
        };
        for (pattern, path) in [
            ("季度", "季度/一.yaml"),
            ("季度/", "年/季度/里/一.yaml"),
            ("./年/季度", "年/季度/一.yaml"),
            ("季*/一.yaml", "季度/一.yaml"),
            ("?月.yaml", "年/3月.yaml"),
            ("通知[1].yaml", "通知[1].yaml"),
            ("{甲,乙}*", "{甲,乙}丙/丁.yaml"),
            ("公文/年/季度/", "季度/一.yaml"),
            ("./公文/年/季*", "季度/一.yaml"),
        ] {
            assert!(takes(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("季度", "季度二/一.yaml"),
            ("年/季度", "季度/一.yaml"),
            ("?月.yaml", "12月.yaml"),
            ("通知[1].yaml", "通知1.yaml"),
            ("{甲,乙}.yaml", "甲.yaml"),
            ("年", "季度/一.yaml"),
            ("公文/季度", "季度/一.yaml"),
        ] {
            assert!(!takes(pattern, path), "{pattern} {path}");
        }
        for wrong in ["", "/", "./"] {
            assert!(Choice::new(&[], &[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }
}
