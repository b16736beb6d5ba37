//! Turns the word list of jieba-rs into a sorted map (word → frequency) that the program
//! reads in place: loading the list at run time would cost more than typesetting a notice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    link_at_fixed_address();
    let list = fs::read_to_string(word_list()?)?;
    let words = words(&list)?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(
        out.join("words.fst"),
        fst::Map::from_iter(words.iter().map(|(word, count)| (word, *count)))?
            .into_fst()
            .as_bytes(),
    )?;
    let total: u64 = words.values().sum();
    fs::write(out.join("words_total.rs"), format!("{total}"))?;
    Ok(())
}

/// A released program for Linux is linked for a fixed address: one that can be loaded anywhere
/// has 85,000 addresses put right at each start, a twentieth of the time of a cold build. Stack,
/// heap and libraries stay at random places, as with programs in Go.
fn link_at_fixed_address() {
    let is = |name, value| env::var(name).is_ok_and(|it| it == value);
    if is("PROFILE", "release")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
    {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// The list inside the package's own sources, wherever cargo keeps them.
fn word_list() -> Result<PathBuf> {
    // A plain build has not downloaded what only the tests need, and cargo describes all or
    // nothing: then it may fetch the rest.
    let metadata = packages(&["--offline"]).or_else(|_| packages(&[]))?;
    let package =
        metadata.packages.iter().find(|package| package.name.as_str() == "jieba-rs");
    let manifest =
        &package.ok_or("jieba-rs is not among the dependencies")?.manifest_path;
    Ok(manifest.with_file_name("src").join("data").join("dict.txt").into())
}

fn packages(options: &[&str]) -> Result<cargo_metadata::Metadata> {
    let mut command = cargo_metadata::MetadataCommand::new();
    command
        .manifest_path(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("Cargo.toml"))
        .other_options(["--filter-platform".into(), env::var("TARGET")?])
        .other_options(options.iter().map(|&option| option.into()).collect::<Vec<_>>());
    Ok(command.exec()?)
}

/// One `word frequency tag` a line.
fn words(list: &str) -> Result<BTreeMap<&str, u64>> {
    let mut words = BTreeMap::new();
    for line in list.lines() {
        let mut parts = line.split_ascii_whitespace();
        if let (Some(word), Some(frequency)) = (parts.next(), parts.next()) {
            words.insert(word, frequency.parse()?);
        }
    }
    Ok(words)
}
