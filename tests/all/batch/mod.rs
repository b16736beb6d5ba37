//! A whole year's plans at once, as an office runs it.

mod faults;
mod folders;
mod links;
mod looks;
mod merge;
mod merge_cells;
mod merge_copies;
mod merge_files;
mod merge_parts;
mod owners;
mod record;
mod renew;
mod renew_files;
mod renew_sentences;
mod reports;
mod told;
mod workspaces;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::{Ran, Run, SMALL, root};

/// The smallest notice with something of its own in it.
pub fn notice(text: &str) -> String {
    SMALL.replace("请结合", &format!("{text}请结合"))
}

/// A run over the invented year.
pub fn year() -> Run {
    let from = root().join("examples/年度计划");
    below(&from).into_iter().fold(Run::new(), |run, path| {
        let name = Path::new("年").join(path.strip_prefix(&from).unwrap());
        run.file(name.to_str().unwrap(), std::fs::read(path).unwrap())
    })
}

/// All files below a folder, hidden ones left out.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let hidden = path.file_name().unwrap().to_string_lossy().starts_with('.');
        if path.is_dir() && !hidden {
            found.extend(below(&path));
        } else if !hidden {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The PDFs below a folder with their bytes.
pub fn pdfs(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths =
        below(folder).into_iter().filter(|it| it.extension().is_some_and(|e| e == "pdf"));
    let pair = |path: PathBuf| {
        let name = path.strip_prefix(folder).unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    };
    paths.map(pair).collect()
}

/// The JSON that a run left.
pub fn report(ran: &Ran, name: &str) -> serde_json::Value {
    serde_json::from_slice(&ran.read(name).expect("a report")).expect("JSON")
}

/// Opens a folder or file to so many; `mode` as chmod has it.
#[cfg(unix)]
pub fn permit(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

/// Runs the binary as somebody who is held to permissions, as root is not: its code and what
/// it says to either side; `None` where there is nobody else.
#[cfg(unix)]
pub fn as_clerk(folder: &Path, args: &[&str]) -> Option<(i32, String)> {
    let root = std::fs::metadata("/proc/self").is_ok_and(|it| {
        use std::os::unix::fs::MetadataExt;
        it.uid() == 0
    });
    let binary = env!("CARGO_BIN_EXE_hongtou");
    let mut command = std::process::Command::new(if root { "setpriv" } else { binary });
    if root {
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", binary]);
    }
    let out = command.args(args).current_dir(folder).output().ok()?;
    let said = [out.stdout, out.stderr].concat();
    Some((out.status.code().expect("a code"), String::from_utf8(said).unwrap()))
}
