//! Where the PDFs of a merge go.

use std::path::{Path, PathBuf};

use super::kept::Claim;
use crate::args;
use crate::batch::Mail;
use crate::commands::output::{self, unwritable};
use crate::commands::reports::begin_report;
use crate::diag::Error;
use crate::files;
use crate::paths::{ends_in, folder_of};

/// Whether the paths of a command line can be written to.
///
/// # Errors
/// One of them cannot.
pub fn usable(args: &args::Merge) -> Result<(), Error> {
    no_dash(args)?;
    let paths = [args.file.as_path(), args.data.as_path()];
    begin_report(args.report.as_deref(), "merge", &paths)?;
    combined_path(args)?;
    output_folder(args.output.as_deref())
}

/// Many PDFs do not go to standard output.
fn no_dash(args: &args::Merge) -> Result<(), Error> {
    let dash = |path: &Path| path == Path::new("-");
    if dash(&args.file) || args.output.as_deref().is_some_and(dash) {
        return Err(Error::command("合并生成时不能用标准输入、标准输出")
            .hint("写出通知的文件名；-o 后面写文件夹"));
    }
    Ok(())
}

/// Whether the rows' PDFs may go there.
fn output_folder(path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path.filter(|it| !it.is_dir()) else { return Ok(()) };
    let shown = path.display();
    let message = if path.exists() {
        format!("“{shown}”是文件，不是文件夹")
    } else if ends_in(path, &["pdf"]) {
        format!("-o 后面的“{shown}”像是 PDF 的名称，各份要放在一个文件夹里")
    } else {
        return Ok(());
    };
    let error = Error::command(message).hint("-o 后面写文件夹，如 -o 分送");
    let hint = || format!("要接着排在一个 PDF 里的，写 --combined {shown}");
    Err(if ends_in(path, &["pdf"]) { error.hint(hint()) } else { error })
}

/// Whether all rows' PDF may go there.
fn combined_path(args: &args::Merge) -> Result<(), Error> {
    let Some(path) = args.combined.as_deref() else { return Ok(()) };
    let shown = path.display();
    if !(ends_in(path, &["pdf"]) || files::is_device(path)) {
        return Err(Error::command(format!("全部接在一起的 PDF 不能写成“{shown}”"))
            .hint("--combined 后面写以 .pdf 结尾的文件"));
    }
    if path.is_dir() {
        return Err(Error::command(format!("“{shown}”是文件夹，不是文件"))
            .hint("--combined 后面写以 .pdf 结尾的文件"));
    }
    // The rows' folder is made where it is missing.
    let beside = args.output.as_deref().is_some_and(|it| it == folder_of(path));
    if beside { Ok(()) } else { output::has_folder(path) }
}

/// The combined PDF must not be one of the rows' own.
fn apart(combined: Option<&Path>, folder: &Path, mails: &[Mail]) -> Result<(), Error> {
    let Some(combined) = combined else { return Ok(()) };
    let place = |path: &Path| folder_of(path).canonicalize().ok();
    let name = combined.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let same = |mail: &&Mail| mail.name.to_lowercase() == name;
    let beside = place(combined) == place(&folder.join("甲"));
    match mails.iter().find(same).filter(|_| beside) {
        Some(mail) => Err(Error::command(format!(
            "--combined 的“{}”也是名册第 {} 行的文件名",
            combined.display(),
            mail.row
        ))
        .hint("给 --combined 换一个名称；一份也没有写")),
        None => Ok(()),
    }
}

/// Where each row's PDF goes; nowhere if only the combined one is asked for.
///
/// # Errors
/// The folder cannot be made; something else would be written over.
pub fn folder(
    args: &args::Merge,
    mails: &[Mail],
    claim: &Claim,
) -> Result<Option<PathBuf>, Error> {
    if let Some(path) = &args.combined {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let way = "给 --combined 换一个名称或文件夹";
        claim.of_all().free(
            path.parent().unwrap_or(path),
            std::iter::once(&*name),
            way,
        )?;
        output::takes_pdf(path).map_err(|error| Error {
            hints: vec![format!("把它改名或移走，或者{way}；一份也没有写")],
            ..error
        })?;
        files::sweep(folder_of(path));
    }
    if args.combined.is_some() && args.output.is_none() && args.name.is_none() {
        return Ok(None);
    }
    let beside = || args.file.parent().unwrap_or(Path::new("")).to_owned();
    let folder = args.output.clone().unwrap_or_else(beside);
    for mail in mails {
        output::takes_pdf(&folder.join(&mail.name)).map_err(|error| Error {
            hints: vec!["把它改名或移走，或用 --name 换文件名；一份也没有写".into()],
            ..error
        })?;
    }
    let names = mails.iter().map(|mail| mail.name.as_str());
    claim.free(&folder, names, "用 -o 写到别的文件夹，或用 --name 换文件名")?;
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    }
    files::sweep(&folder);
    apart(args.combined.as_deref(), &folder, mails)?;
    Ok(Some(folder))
}
