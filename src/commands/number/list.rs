//! `hongtou number list`.

use std::io;
use std::path::Path;

use super::super::desk::Desk;
use super::super::output::unwritable;
use super::here;
use crate::args::number::{List, ListFormat};
use crate::diag::Error;
use crate::files;
use crate::ledger::{Entry, Filter};
use crate::notice::source;
use crate::paths::ends_in;
use crate::report::register;
use crate::{export, terminal};

/// Columns that hold numbers in a spreadsheet.
const NUMBERS: &[&str] = &["序号", "印数"];

/// Prints the register, or writes it to a file.
pub(super) fn list(args: &List) -> Result<(), Error> {
    let desk = here()?;
    let format = format(args, &desk.workspace.register)?;
    let filter = Filter {
        year: args.year,
        code: args.code.clone(),
        body: args.body.clone(),
        state: args.state.map(Into::into),
        text: args.text.clone(),
    };
    let entries = entries(&desk, &filter)?;
    let path = args.output.as_deref().filter(|path| *path != Path::new("-"));
    match (format, path) {
        (ListFormat::Xlsx, path) => spreadsheet(path, &entries),
        (format, Some(path)) => {
            let mut bytes = Vec::new();
            list_to(&mut bytes, format, &entries)
                .map_err(|error| unwritable(path, &error))?;
            write(path, &bytes, entries.len())
        }
        (format, None) => terminal::stream(|mut out| list_to(&mut out, format, &entries))
            .map_err(|error| unwritable(Path::new("标准输出"), &error)),
    }
}

fn list_to(
    out: &mut impl io::Write,
    format: ListFormat,
    entries: &[Entry],
) -> io::Result<()> {
    match format {
        ListFormat::Table if entries.is_empty() => writeln!(out, "没有这样的号"),
        ListFormat::Csv => register::csv(entries, out),
        ListFormat::Json => register::json(entries, out),
        ListFormat::Table | ListFormat::Xlsx => register::table(entries, out),
    }
}

/// All that match; none where there is no register yet.
pub(super) fn entries(desk: &Desk, filter: &Filter) -> Result<Vec<Entry>, Error> {
    match desk.look()? {
        Some(ledger) => ledger.list(filter).map_err(|fault| desk.told(fault)),
        None => Ok(Vec::new()),
    }
}

/// As asked, or as the file's ending says.
fn format(args: &List, register: &Path) -> Result<ListFormat, Error> {
    let end = args.output.as_ref().and_then(|path| path.extension());
    let end = end.map(|end| end.to_string_lossy().to_lowercase());
    let by_name = match end.as_deref() {
        Some("csv") => Some(ListFormat::Csv),
        Some("json") => Some(ListFormat::Json),
        Some("xlsx") => Some(ListFormat::Xlsx),
        _ => None,
    };
    match (args.format.or(by_name).unwrap_or(ListFormat::Table), &args.output) {
        (ListFormat::Xlsx, None) => {
            Err(Error::command("xlsx 不能写到屏幕上")
                .hint("加上 -o 文件，如 -o 登记簿.xlsx"))
        }
        (_, Some(path)) if source::is_yaml(path) => {
            Err(Error::command(format!("“{}”像是通知，不会盖掉它", path.display()))
                .hint("-o 后面写 .csv、.xlsx、.json 或 .txt 的文件名"))
        }
        (_, Some(path)) if ends_in(path, &["db"]) || same(path, register) => {
            Err(Error::command(format!("“{}”像是登记簿本身，不会盖掉它", path.display()))
                .hint("-o 后面写 .csv、.xlsx、.json 或 .txt 的文件名"))
        }
        (format, _) => Ok(format),
    }
}

fn same(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

fn spreadsheet(path: Option<&Path>, entries: &[Entry]) -> Result<(), Error> {
    let (head, rows) = (register::head(), register::rows(entries));
    let bytes = export::xlsx("发文登记簿", &head, rows, NUMBERS)
        .map_err(|error| Error::command(format!("写不出 xlsx：{error}")))?;
    match path {
        Some(path) => write(path, &bytes, entries.len()),
        None => terminal::write(&bytes)
            .map_err(|error| unwritable(Path::new("标准输出"), &error)),
    }
}

fn write(path: &Path, bytes: &[u8], count: usize) -> Result<(), Error> {
    files::write(path, bytes).map_err(|error| unwritable(path, &error))?;
    terminal::note(&format!("已写出 {}（{count} 个号）", path.display()));
    Ok(())
}
