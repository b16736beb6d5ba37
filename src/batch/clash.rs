//! Notices that would write one file.

use std::collections::HashMap;
use std::path::Path;

/// Pairs of positions whose targets are one file, the earlier one first. Where file systems
/// take capitals for small letters, so does this.
pub fn clashes<P: AsRef<Path>>(targets: impl Iterator<Item = P>) -> Vec<(usize, usize)> {
    let mut taken: HashMap<u64, usize> = HashMap::new();
    let mut clashes = Vec::new();
    for (at, target) in targets.enumerate() {
        let name = target.as_ref().to_string_lossy();
        let blind = cfg!(any(windows, target_os = "macos"));
        let name = if blind { name.to_lowercase() } else { name.into_owned() };
        // A digest is all that is kept of a name, so that a long list takes little memory.
        let digest = crate::digest::Digest::of(name.as_bytes()).number();
        match taken.get(&digest) {
            Some(first) => clashes.push((*first, at)),
            None => drop(taken.insert(digest, at)),
        }
    }
    clashes
}
