//! `hongtou build -f png`: a file for each page.

use std::path::{Path, PathBuf};

use super::build::{Outcome, show};
use super::output::unwritable;
use crate::diag::Error;
use crate::files;
use crate::paths::{is_other_than, shown};
use crate::pipeline::Built;
use crate::{args, terminal};

/// Writes the images beside where the PDF would go: 通知-1.png and so on. None of them takes
/// its place before all are written.
pub fn deliver(args: &args::Build, target: Option<&Path>, built: &Built) -> Outcome {
    let result = match target {
        Some(target) => put(args, target, built),
        None => to_standard_output(built),
    };
    match result {
        Ok(()) => Outcome::Written,
        Err(error) => Outcome::Unwritten(error),
    }
}

fn to_standard_output(built: &Built) -> Result<(), Error> {
    let [(_, image)] = built.images.as_slice() else {
        return Err(Error::command("标准输出只放得下一页的图片").hint("加上 --page 1"));
    };
    terminal::write(image).map_err(|error| unwritable(Path::new("标准输出"), &error))
}

fn put(args: &args::Build, target: &Path, built: &Built) -> Result<(), Error> {
    let kind = args.images.format;
    let mut staged = Vec::new();
    for (page, image) in &built.images {
        let name = name(target, *page, kind);
        is_free(&name, kind, &built.files)?;
        let file = files::stage(&name, image).map_err(|it| unwritable(&name, &it))?;
        staged.push((file, name));
    }
    let names: Vec<PathBuf> = staged.iter().map(|(_, name)| name.clone()).collect();
    for (file, name) in staged {
        file.put().map_err(|error| unwritable(&name, &error))?;
    }
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return Ok(()) };
    let draft = if built.draft { "（草稿）" } else { "" };
    let told = match names.len() {
        1 => format!("已生成 {}{draft}", first.display()),
        many => {
            let last = last.file_name().unwrap_or_default().to_string_lossy();
            format!("已生成 {} 至 {last}，共 {many} 页{draft}", first.display())
        }
    };
    if !args.batch.quiet {
        terminal::note(&told);
    }
    if args.open { show(first) } else { Ok(()) }
}

/// Whether an image may go there: over no file that the notice is made from, and over nothing
/// but an image of its kind.
fn is_free(name: &Path, kind: args::Kind, sources: &[PathBuf]) -> Result<(), Error> {
    let real = |path: &Path| path.canonicalize().ok();
    let there = real(name);
    let used = there.is_some() && sources.iter().any(|it| real(it) == there);
    let (heads, kind): (&[&[u8]], _) = match kind {
        args::Kind::Svg => (&[b"<svg", b"<?xml"], "SVG"),
        _ => (&[b"\x89PNG"], "PNG"),
    };
    let shown = shown(name);
    let message = if used {
        format!("“{shown}”是这份通知用到的图片，没有盖掉")
    } else if heads.iter().all(|head| is_other_than(name, head)) {
        format!("“{shown}”不是 {kind} 图片，没有盖掉")
    } else {
        return Ok(());
    };
    Err(Error::command(message)
        .hint("把它移走，或给它改名，再运行一次；或用 -o 写到别处"))
}

fn name(target: &Path, page: usize, kind: args::Kind) -> PathBuf {
    let stem = target.file_stem().unwrap_or_default().to_string_lossy();
    let end = match kind {
        args::Kind::Svg => "svg",
        _ => "png",
    };
    target.with_file_name(format!("{stem}-{page}.{end}"))
}
