//! Notices that would write one file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::origin::whole;
use crate::paths::{folder_of, linked, shown};

/// Pairs of positions whose targets are one file, the earlier one first, by whatever links it
/// is reached. Where file systems take capitals for small letters, so does this.
pub fn clashes<P: AsRef<Path>>(targets: impl Iterator<Item = P>) -> Vec<(usize, usize)> {
    let mut places = Places::default();
    same_names(targets.map(|target| {
        let name = shown(&places.of(target.as_ref()));
        let blind = cfg!(any(windows, target_os = "macos"));
        if blind { name.to_lowercase() } else { name }
    }))
}

/// Pairs of positions of one name, the first one of that name first.
pub fn same_names(names: impl Iterator<Item = String>) -> Vec<(usize, usize)> {
    let mut taken: HashMap<u64, usize> = HashMap::new();
    let mut clashes = Vec::new();
    for (at, name) in names.enumerate() {
        // A digest is all that is kept of a name, so that a long list takes little memory.
        let digest = crate::digest::Digest::of(name.as_bytes()).number();
        match taken.get(&digest) {
            Some(first) => clashes.push((*first, at)),
            None => drop(taken.insert(digest, at)),
        }
    }
    clashes
}

/// What to say of two notices whose PDFs are one file, each given with its PDF.
pub fn same_file(one: (&Path, &Path), other: (&Path, &Path)) -> String {
    let [(a, b), (x, y)] = [one, other].map(|(file, pdf)| (shown(file), shown(pdf)));
    if b == y {
        format!("“{a}”和“{x}”都要写到“{b}”")
    } else {
        format!("“{a}”要写到“{b}”，“{x}”要写到“{y}”：有链接，它们是同一个文件")
    }
}

/// Where files are in truth; each folder is asked once.
#[derive(Default)]
struct Places(HashMap<PathBuf, PathBuf>);

impl Places {
    /// The file that is written for this name: a link stays one, and what it leads to is written.
    fn of(&mut self, target: &Path) -> PathBuf {
        linked(target).unwrap_or_else(|| {
            let folder = folder_of(target);
            let real = || whole(folder);
            let folder = self.0.entry(folder.to_owned()).or_insert_with(real);
            folder.join(target.file_name().unwrap_or_default())
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn names_that_are_no_text_are_compared_byte_by_byte() {
        let names: [&[u8]; 4] =
            [b"\xb1\xea.pdf", b"\xb1\xeb.pdf", b"a.pdf", b"\xb1\xea.pdf"];
        let paths = names.map(|name| Path::new(OsStr::from_bytes(name)));
        assert_eq!(clashes(paths.iter()), [(0, 3)]);
    }
}
