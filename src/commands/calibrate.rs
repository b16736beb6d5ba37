//! `hongtou calibrate`: the page that shows how far a printer is off, and what it was found
//! to be.

use std::path::{Path, PathBuf};

use super::input::read_file;
use super::output::{self, unwritable};
use crate::args;
use crate::diag::Error;
use crate::files;
use crate::notice::keys::FARTHEST;
use crate::notice::source::{LIMIT, Source, in_place_of};
use crate::pipeline::{Workshop, workspace_of};
use crate::terminal;
use crate::workspace::{self, NAME, Offset, edit};

/// Writes the page, or the offsets.
///
/// # Errors
/// No workspace to write to, a file that cannot be written, an offset no printer has.
pub fn calibrate(args: &args::Calibrate) -> Result<(), Error> {
    match (args.right, args.down) {
        (None, None) => page(args),
        (right, down) => store(right.unwrap_or_default(), down.unwrap_or_default()),
    }
}

fn page(args: &args::Calibrate) -> Result<(), Error> {
    let workspace = workspace_of(".".as_ref()).map_err(|findings| {
        terminal::show(&findings);
        Error::document()
    })?;
    let workshop = Workshop::in_workspace(&args.tools.options(), workspace)?;
    let pdf = workshop.calibration()?;
    let path = args.output.clone().unwrap_or_else(|| PathBuf::from("套打校准.pdf"));
    if path == Path::new("-") {
        let told = |error| unwritable(Path::new("标准输出"), &error);
        return terminal::write(&pdf).map_err(told);
    }
    output::takes_pdf(&path)?;
    files::write(&path, &pdf).map_err(|error| unwritable(&path, &error))?;
    terminal::note(&format!(
        "已生成 {}；按“实际大小”打印，照页上的说明量",
        path.display()
    ));
    Ok(())
}

/// Adds to the offsets in the workspace's file: what was measured is what is still missing.
fn store(right: f64, down: f64) -> Result<(), Error> {
    let Some(folder) = workspace::find(".".as_ref()) else {
        return Err(Error::command(format!("这里和上级文件夹都没有 {NAME}"))
            .hint(format!("在存放通知的文件夹里新建一个空的 {NAME}，再运行一次"))
            .hint("或先进入有它的文件夹"));
    };
    let old = workspace::read(&folder).map_err(|findings| {
        terminal::show(&findings);
        Error::document()
    })?;
    let offset = Offset {
        right: sum(old.offset.right, right, "右移")?,
        down: sum(old.offset.down, down, "下移")?,
    };
    let path = folder.join(NAME);
    let bytes = read_file(&path, LIMIT as u64)?;
    let text = edited(&path, &bytes, offset)?;
    files::write(&path, &text).map_err(|error| unwritable(&path, &error))?;
    terminal::note(&format!(
        "已写入 {}：{}；再打印一张校准页核对：hongtou calibrate",
        path.display(),
        edit::line(offset)
    ));
    Ok(())
}

/// Hundredths of a millimetre are finer than any printer.
fn sum(old: f64, more: f64, name: &str) -> Result<f64, Error> {
    let new = ((old + more) * 100.0).round() / 100.0 + 0.0;
    if new.abs() <= FARTHEST {
        return Ok(new);
    }
    Err(Error::command(format!("{name}合计 {new} 毫米，最多 {FARTHEST} 毫米"))
        .hint("偏得更多时，先检查纸张大小，并在打印时选“实际大小”，不要缩放")
        .hint(format!("原有的是 {old} 毫米，新写的会加上去")))
}

/// The file with its new offsets.
fn edited(path: &Path, bytes: &[u8], offset: Offset) -> Result<Vec<u8>, Error> {
    let stuck = || {
        Error::command(format!("“{}”的写法比较特别，程序不敢改动它", path.display()))
            .hint(format!("请自己写上：{}", edit::line(offset)))
    };
    let source =
        Source::decode(&path.display().to_string(), bytes).map_err(|_| stuck())?;
    let text = edit::set_offset(&source, offset).ok_or_else(stuck)?;
    Ok(in_place_of(bytes, &text))
}
