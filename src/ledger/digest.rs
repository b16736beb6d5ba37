//! SHA-256 of what went out, in hexadecimal.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::notice::files::Used;

/// The digest of some bytes.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The digest of a file, however large.
///
/// # Errors
/// It cannot be read, or is no file.
pub fn digest_of_file(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    // Devices and pipes may have no end.
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let (mut file, mut sum) = (BufReader::new(file), Sha256::new());
    loop {
        let part = file.fill_buf()?;
        if part.is_empty() {
            return Ok(hex(&sum.finalize()));
        }
        sum.update(part);
        let length = part.len();
        file.consume(length);
    }
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
    use super::*;

    #[test]
    fn the_digest_is_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest(b""), empty);
    }

    #[test]
    fn a_file_has_the_digest_of_its_bytes_and_what_is_no_file_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let (path, bytes) = (folder.path().join("甲.pdf"), vec![7; 100_000]);
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(digest_of_file(&path).ok(), Some(digest(&bytes)));
        assert!(digest_of_file(folder.path()).is_err());
        #[cfg(unix)]
        assert!(digest_of_file(Path::new("/dev/zero")).is_err());
    }
}
