//! SHA-256 of what went out, in hexadecimal.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

/// The digest of some bytes.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// One digest over all files that a notice names, and over their names; empty for none.
///
/// # Errors
/// A file cannot be read any more.
pub fn digest_of_files(files: &BTreeMap<String, PathBuf>) -> io::Result<String> {
    if files.is_empty() {
        return Ok(String::new());
    }
    let mut sum = Sha256::new();
    for (name, path) in files {
        sum.update(name.as_bytes());
        sum.update([0]);
        sum.update(Sha256::digest(std::fs::read(path)?));
    }
    Ok(hex(&sum.finalize()))
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
