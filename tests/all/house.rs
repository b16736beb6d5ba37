//! The rules of the house that a machine can keep.

use std::path::{Path, PathBuf};

use crate::support::root;

fn sources(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == ending) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    found
}

/// Each heavy crate and the rooms it may be used in.
const DOORS: &[(&str, &[&str])] = &[
    ("clap", &["src/args.rs", "src/args/", "src/commands/"]),
    ("minijinja", &["src/template/"]),
    ("typst", &["src/typeset/", "src/export/"]),
    ("typst_layout", &["src/typeset/", "src/export/"]),
    ("typst_pdf", &["src/export/"]),
    ("typst_render", &["src/export/"]),
    ("typst_svg", &["src/export/"]),
    ("png", &["src/export/"]),
    ("image", &["src/notice/picture.rs", "src/notice/embedded.rs"]),
    ("crossterm", &["src/preview/", "src/terminal.rs"]),
    ("notify", &["src/preview/"]),
    ("base64", &["src/preview/", "src/notice/embedded.rs"]),
    ("rustix", &["src/preview/"]),
    ("signal_hook", &["src/preview/"]),
    ("jieba_rs", &["src/title/"]),
    ("fst", &["src/title/"]),
    ("unicode_width", &["src/report/", "src/preview/"]),
    ("annotate_snippets", &["src/report/"]),
    ("saphyr_parser", &["src/notice/"]),
    ("rusqlite", &["src/ledger/"]),
    ("sha2", &["src/ledger/"]),
    ("whoami", &["src/ledger/"]),
    ("rust_xlsxwriter", &["src/export/"]),
    ("csv", &["src/notice/", "src/report/"]),
    ("calamine", &["src/notice/sheet/"]),
    ("roxmltree", &["src/notice/sheet/", "src/notice/embedded.rs"]),
    ("zip", &["src/notice/sheet/"]),
    ("cfb", &["src/notice/sheet/"]),
    ("memmap2", &["src/typeset/"]),
    ("walkdir", &["src/typeset/", "src/batch/", "src/commands/"]),
    ("globset", &["src/batch/"]),
    ("rayon", &["src/batch/"]),
    ("blake3", &["src/digest.rs"]),
    ("indicatif", &["src/terminal/"]),
    ("ctrlc", &["src/terminal/"]),
    ("chinese_lunisolar_calendar", &["src/renew/"]),
    (
        "tempfile",
        &[
            "src/files.rs",
            "src/batch/origin.rs",
            "src/batch/record.rs",
            "src/ledger/digest.rs",
            "src/notice/files.rs",
            "src/template/",
        ],
    ),
    ("encoding_rs", &["src/notice/"]),
    ("strsim", &["src/notice/"]),
    ("ttf_parser", &["src/typeset/"]),
    ("fontdb", &["src/typeset/"]),
    ("serde_yaml", &["src/notice/", "src/commands/new.rs"]),
];

/// Whether a text has a path that begins with a crate's name.
fn uses(text: &str, name: &str) -> bool {
    let of_longer = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let path = format!("{name}::");
    let mut places = text.match_indices(&path).map(|(at, _)| at);
    places.any(|at| !text[..at].ends_with(of_longer))
}

#[test]
fn each_heavy_crate_has_one_door() {
    for (path, text) in sources("src", "rs") {
        for (name, rooms) in DOORS {
            let used = uses(&text, name);
            let allowed =
                rooms.iter().any(|room| path.starts_with(room.trim_end_matches('/')));
            assert!(!used || allowed, "{name} in {}", path.display());
        }
    }
}

#[test]
fn notice_and_rules_name_no_room_above_them() {
    for (path, text) in sources("src", "rs") {
        let low = path.starts_with("src/notice")
            || path.starts_with("src/title")
            || path == Path::new("src/diag.rs");
        let above = [
            "crate::template",
            "crate::typeset",
            "crate::pipeline",
            "crate::commands",
            "crate::export",
            "crate::rules",
        ];
        let named = above.iter().find(|room| text.contains(**room));
        assert!(!low || named.is_none(), "{named:?} in {}", path.display());
        // Rules ask the template what it makes of a table, and no more.
        let rule = path.starts_with("src/rules");
        let above = ["crate::pipeline", "crate::commands", "crate::export"];
        let named = above.iter().find(|room| text.contains(**room));
        assert!(!rule || named.is_none(), "{named:?} in {}", path.display());
    }
}

#[test]
fn only_the_terminal_prints() {
    for (path, text) in sources("src", "rs") {
        let prints = ["println!(", "eprintln!(", "io::stdout", "io::stderr"];
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let named = prints.iter().find(|name| code.contains(**name));
        assert!(
            path.starts_with("src/terminal")
                || path == Path::new("src/terminal.rs")
                || named.is_none(),
            "{named:?} in {}",
            path.display()
        );
    }
}

#[test]
fn files_stay_readable() {
    for (path, text) in
        sources("src", "rs").into_iter().chain(sources("notice-templates", "typ"))
    {
        assert!(text.lines().count() <= 600, "{}", path.display());
        assert!(text.starts_with("//"), "{} does not say what it is", path.display());
    }
}

#[test]
fn every_template_lies_in_the_binary() {
    let files = sources("notice-templates", "typ")
        .into_iter()
        .chain(sources("notice-templates", "jinja"));
    for (path, text) in files.filter(|(path, _)| !path.ends_with("skeleton.yaml.jinja")) {
        let name = path
            .strip_prefix("notice-templates")
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let built_in = hongtou::template::FILES.iter().find(|(file, _)| *file == name);
        assert_eq!(built_in.map(|(_, text)| *text), Some(text.as_str()), "{name}");
    }
}

#[test]
fn nothing_but_the_project_s_own_files_lies_at_the_top() {
    for entry in std::fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let own = ["toml", "lock", "md", "rs"].map(|end| format!(".{end}"));
        let known = name.starts_with('.')
            || name.starts_with("LICENSE-")
            || own.iter().any(|it| name.ends_with(it));
        assert!(known || !entry.file_type().unwrap().is_file(), "{name}");
    }
}
