//! Paths by their parts, whether or not anything is there; files that may be endless.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// The file that a link leads to; none of what is no link, or leads nowhere.
pub fn linked(path: &Path) -> Option<PathBuf> {
    path.is_symlink().then(|| path.canonicalize().ok()).flatten()
}

/// The folder that a file is named in, `.` for a mere name.
pub fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether a name ends in one of these, in capitals or not.
pub fn ends_in(path: &Path, ends: &[&str]) -> bool {
    let end = path.extension();
    end.is_some_and(|end| ends.iter().any(|it| end.eq_ignore_ascii_case(it)))
}

/// A path as seen from a folder; as it is where they have nothing but the root in common.
pub fn relative(folder: &Path, path: &Path) -> PathBuf {
    let path = plain(path);
    let (here, there): (Vec<_>, Vec<_>) =
        (folder.components().collect(), path.components().collect());
    let common = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let named = here[..common].iter().any(|it| matches!(it, Component::Normal(_)));
    if !named {
        return path;
    }
    let up = here[common..].iter().map(|_| Component::ParentDir);
    up.chain(there[common..].iter().copied()).collect()
}

/// A path without `.` and `..`, but for those at its beginning that lead out of where it is
/// seen from.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        let last = plain.components().next_back();
        match (part, last) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                plain.pop();
            }
            // Nothing is above the root.
            (Component::ParentDir, Some(Component::RootDir | Component::Prefix(_))) => {}
            (part, _) => plain.push(part),
        }
    }
    plain
}

/// A path as it is told: from the current folder if it lies in it.
pub fn seen(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|it| it.canonicalize());
    let inside = here.ok().and_then(|here| path.strip_prefix(here).ok());
    inside.unwrap_or(path).to_owned()
}

/// A path as a text that stands for no other path: bytes that are no UTF-8, as in names from an
/// archive in GBK, are written as `\xB1`.
pub fn shown(path: &Path) -> String {
    if cfg!(windows) {
        return path.display().to_string();
    }
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        // What a name has of this form itself must not be taken for a byte.
        text += &chunk.valid().replace(BYTE, "\\x5Cx");
        chunk.invalid().iter().for_each(|byte| text += &format!("{BYTE}{byte:02X}"));
    }
    text
}

/// How a byte begins that is no character.
const BYTE: &str = "\\x";

/// The path that [`shown`] wrote.
pub fn of_shown(text: &str) -> PathBuf {
    #[cfg(unix)]
    if text.contains(BYTE) {
        use std::os::unix::ffi::OsStringExt;
        let mut parts = text.split(BYTE);
        let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
        for part in parts {
            let (code, rest) = part.split_at_checked(2).unwrap_or((part, ""));
            bytes.extend(u8::from_str_radix(code, 16));
            bytes.extend(rest.as_bytes());
        }
        return std::ffi::OsString::from_vec(bytes).into();
    }
    PathBuf::from(text)
}

/// How a PDF begins.
pub const PDF: &[u8] = b"%PDF";

/// Whether a file has something in it that does not begin so.
pub fn is_other_than(path: &Path, head: &[u8]) -> bool {
    let read = || read_start(path, head.len() as u64);
    path.is_file() && read().is_ok_and(|read| !read.is_empty() && read != head)
}

/// The first `most` bytes of a file, or all if there are fewer: who takes no more than a limit
/// asks for one byte more. Devices and pipes may have no end, and a file may grow.
///
/// # Errors
/// It cannot be read.
pub fn read_start(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_way_out_of_the_folder_stays_in_a_plain_path() {
        for (path, short) in [
            ("a/./b/../c", "a/c"),
            ("a/..", ""),
            ("../a", "../a"),
            ("../../a/../b", "../../b"),
            ("a/../../b", "../b"),
            ("/../a", "/a"),
        ] {
            assert_eq!(plain(Path::new(path)), Path::new(short), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn paths_of_any_bytes_are_written_and_read_back() {
        use std::os::unix::ffi::OsStrExt;
        let names: [&[u8]; 5] = [
            "年/甲.yaml".as_bytes(),
            b"\xb1\xea/\xcc.yaml",
            b"\\xB1.yaml",
            b"\\\\x5C\\x",
            b"a\\b",
        ];
        let mut texts = Vec::new();
        for name in names {
            let path = Path::new(std::ffi::OsStr::from_bytes(name));
            let text = shown(path);
            assert_eq!(of_shown(&text), path, "{text}");
            texts.push(text);
        }
        assert_eq!(texts[0], "年/甲.yaml");
        assert_eq!(texts[1], "\\xB1\\xEA/\\xCC.yaml");
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), names.len());
    }

    #[cfg(unix)]
    #[test]
    fn no_more_is_read_than_was_asked_for() {
        let read = read_start(Path::new("/dev/zero"), 9);
        assert_eq!(read.ok(), Some(vec![0; 9]));
    }
}
