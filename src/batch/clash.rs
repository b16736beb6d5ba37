//! Notices that would write one file.

use std::collections::HashMap;
use std::path::Path;

use crate::paths::shown;

/// Pairs of positions whose targets are one file, the earlier one first. Where file systems
/// take capitals for small letters, so does this.
pub fn clashes<P: AsRef<Path>>(targets: impl Iterator<Item = P>) -> Vec<(usize, usize)> {
    let mut taken: HashMap<u64, usize> = HashMap::new();
    let mut clashes = Vec::new();
    for (at, target) in targets.enumerate() {
        let name = shown(target.as_ref());
        let blind = cfg!(any(windows, target_os = "macos"));
        let name = if blind { name.to_lowercase() } else { name };
        // A digest is all that is kept of a name, so that a long list takes little memory.
        let digest = crate::digest::Digest::of(name.as_bytes()).number();
        match taken.get(&digest) {
            Some(first) => clashes.push((*first, at)),
            None => drop(taken.insert(digest, at)),
        }
    }
    clashes
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
