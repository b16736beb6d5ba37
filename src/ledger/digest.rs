//! SHA-256 of what went out, in hexadecimal.

use sha2::{Digest, Sha256};

use crate::notice::files::Used;

/// The digest of some bytes.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// One digest over all files that a notice names, and over their names; empty for none.
pub fn digest_of_files(files: &[Used]) -> String {
    let found = files.iter().filter_map(|file| Some((&file.path, file.digest?)));
    let mut found = found.peekable();
    if found.peek().is_none() {
        return String::new();
    }
    let mut sum = Sha256::new();
    for (name, digest) in found {
        sum.update(name.as_bytes());
        sum.update([0]);
        sum.update(digest.bytes());
    }
    hex(&sum.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_digest_is_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(super::digest(b""), empty);
    }
}
