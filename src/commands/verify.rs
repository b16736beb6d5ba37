//! `hongtou verify`: whether files are still what was issued.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::desk::{ANOTHER, Desk, is_of_another};
use super::elsewhere::Elsewhere;
use crate::args::issue::Verify;
use crate::batch::{Choice, find, is_candidate, looks_like_notice};
use crate::diag::{Diagnostic, Error, Place};
use crate::ledger::{self, Entry, Filter, Ledger, State};
use crate::notice::number::Number;
use crate::paths::{ends_in, folder_of};
use crate::pipeline::{self, read_input};
use crate::terminal;

/// Compares each file with the register.
///
/// # Errors
/// Something is not as it was issued, which is shown; there is no workspace or no register.
pub fn verify(args: &Verify) -> Result<(), Error> {
    let mut tally = Tally::default();
    for path in &args.paths {
        let folder = if path.is_dir() { path } else { folder_of(path) };
        let desk = Desk::at(folder)?;
        let Some(ledger) = desk.look()? else {
            let register = desk.workspace.register.display();
            return Err(Error::command(format!("还没有登记簿“{register}”")).hint(
                "第一次 `hongtou issue` 时自动建立；以前的用 `hongtou number import`",
            ));
        };
        let clerk = Clerk { desk: &desk, ledger: &ledger };
        if !path.is_dir() {
            clerk.compare(path, true, &mut tally)?;
            continue;
        }
        let wanted = |path: &Path| is_candidate(path) || is_pdf(path);
        let found = find(0, path, &Choice::default(), None, wanted);
        for finding in found.findings() {
            terminal::show(&[finding]);
            tally.bad += 1;
        }
        let mut elsewhere = Elsewhere::new(&desk);
        // Notices come before the PDFs that are theirs.
        let (pdfs, notices): (Vec<PathBuf>, Vec<PathBuf>) =
            found.jobs.iter().map(|job| path.join(&job.path)).partition(|it| is_pdf(it));
        for file in notices.iter().chain(&pdfs) {
            if !elsewhere.has(file) {
                clerk.compare(file, false, &mut tally)?;
            }
        }
        elsewhere.tell("没有核对");
        clerk.missing(path, &mut tally)?;
    }
    terminal::say(&tally.sum());
    if tally.bad == 0 { Ok(()) } else { Err(Error::document()) }
}

/// How many files there were of each kind.
#[derive(Default)]
struct Tally {
    good: usize,
    bad: usize,
    drafts: usize,
    unknown: usize,
    /// Numbers of the notices that were there.
    seen: HashSet<Number>,
    /// Those whose PDFs were compared with them.
    with_pdf: HashSet<Number>,
}

impl Tally {
    fn sum(&self) -> String {
        let all = self.good + self.bad + self.drafts + self.unknown;
        let parts = [
            (self.good, "份相符"),
            (self.bad, "份不符"),
            (self.drafts, "份还没有编号"),
            (self.unknown, "份登记时没有留摘要，没法核对"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> =
            parts.map(|(count, what)| format!("{count} {what}")).collect();
        match all {
            0 => "没有要核对的文件".into(),
            _ => format!("核对 {all} 份：{}", parts.join("，")),
        }
    }
}

fn is_pdf(path: &Path) -> bool {
    ends_in(path, &["pdf"])
}

struct Clerk<'a> {
    desk: &'a Desk,
    ledger: &'a Ledger,
}

impl Clerk<'_> {
    /// Compares one file; `asked` for by its name, or met in a folder.
    fn compare(&self, file: &Path, asked: bool, tally: &mut Tally) -> Result<(), Error> {
        let found = match is_pdf(file) {
            true => self.pdf(file, asked, tally)?,
            false => self.notice(file, asked, tally)?,
        };
        match found {
            Some(findings) if findings.is_empty() => tally.good += 1,
            Some(findings) => {
                terminal::show(&findings);
                tally.bad += 1;
            }
            None => {}
        }
        Ok(())
    }

    /// Notices that went out from below a folder and are neither there nor, with their
    /// number, anywhere else in it.
    fn missing(&self, folder: &Path, tally: &mut Tally) -> Result<(), Error> {
        let below = self.desk.workspace.name_of(folder);
        let all = Filter { state: Some(State::Issued), ..Filter::default() };
        for entry in self.told(self.ledger.list(&all))? {
            let Entry { number, sent, .. } = &entry;
            let (file, path) =
                (Path::new(&sent.file), self.desk.workspace.path_of(&sent.file));
            let outside = file.is_absolute() || file.starts_with("..");
            let elsewhere = below.is_empty() && outside;
            let here = !sent.text.is_empty() && file.starts_with(&below) && !elsewhere;
            if here && !path.exists() && !tally.seen.contains(number) {
                let message = format!("{number} 的通知“{}”不见了", sent.file);
                let finding = Diagnostic::error("R309", message)
                    .hint("从备份找回；移到别处的，核对那里的文件夹");
                terminal::show(&[finding]);
                tally.bad += 1;
            }
        }
        Ok(())
    }

    fn told<T>(&self, found: Result<T, ledger::Fault>) -> Result<T, Error> {
        found.map_err(|fault| self.desk.told(fault))
    }

    /// A PDF; one that is met in a folder and is in no register is none of ours.
    fn pdf(
        &self,
        file: &Path,
        asked: bool,
        tally: &Tally,
    ) -> Result<Option<Vec<Diagnostic>>, Error> {
        let name = self.desk.workspace.name_of(file);
        let Some(entry) = self.told(self.ledger.of_pdf(&name))? else {
            let finding =
                Diagnostic::error("R305", format!("登记簿里没有“{}”", file.display()))
                    .hint("不是发出的 PDF，或者发出以后移动、改名了");
            return Ok(asked.then(|| vec![finding]));
        };
        let found = self.pdf_of(&entry, None);
        // What is wrong with it was told with its notice.
        let told = !asked && !found.is_empty() && tally.with_pdf.contains(&entry.number);
        Ok((!told).then_some(found))
    }

    /// What became of an entry's PDF.
    fn pdf_of(&self, entry: &Entry, at: Option<Place>) -> Vec<Diagnostic> {
        let Entry { number, sent, .. } = entry;
        if sent.pdf_file.is_empty() {
            return Vec::new();
        }
        let path = self.desk.workspace.path_of(&sent.pdf_file);
        let again = format!(
            "要按登记的通知重新生成：hongtou issue {} --reissue --why 原因",
            sent.file
        );
        let finding = match ledger::digest_of_file(&path) {
            Ok(pdf) if pdf == sent.pdf => return Vec::new(),
            Ok(_) => Diagnostic::error(
                "R303",
                format!("{number} 的 PDF“{}”与发出时不同", sent.pdf_file),
            ),
            Err(_) => Diagnostic::error(
                "R304",
                format!("{number} 的 PDF“{}”不见了，或者读不了", sent.pdf_file),
            ),
        };
        vec![finding.at(at).hint(again)]
    }

    fn notice(
        &self,
        file: &Path,
        asked: bool,
        tally: &mut Tally,
    ) -> Result<Option<Vec<Diagnostic>>, Error> {
        let input = match read_input(file) {
            Ok(input) => input,
            Err(finding) => return Ok(Some(vec![finding])),
        };
        // Some other YAML in the folder; but what went out and is spoilt since is ours.
        let name = self.desk.workspace.name_of(file);
        let ours = || self.told(self.ledger.of_file(&name));
        if !asked && !looks_like_notice(&input.bytes) && ours()?.is_none() {
            return Ok(None);
        }
        let checked = pipeline::check(&input, Some(&self.desk.workspace));
        let place = checked.places.of("发文字号").or_else(|| checked.places.of("标题"));
        let number = checked.notice.as_ref().and_then(|notice| notice.number.clone());
        let one = |code, message: String, hint: &str| {
            let finding = Diagnostic::error(code, message).at(place.clone());
            Ok(Some(vec![finding.hint(hint)]))
        };
        let Some(number) = number.filter(|number| number.serial.is_some()) else {
            if let Some(entry) = ours()? {
                let message = format!("已经以 {} 发出，现在却没有这个号", entry.number);
                return one("R301", message, "恢复发出时的文字");
            }
            tally.drafts += 1;
            return Ok(None);
        };
        tally.seen.insert(number.clone());
        let Some(entry) = self.told(self.ledger.find(&number))? else {
            let message = format!("登记簿里没有 {number}");
            return one("R305", message, "以前发的，用 `hongtou number import` 登记");
        };
        let read = Read {
            text: ledger::digest(&input.bytes),
            parts: ledger::digest_of_files(&checked.folders.take_used()),
            name,
        };
        if let Some((code, message, hint)) = self.not_as_sent(&entry, &read) {
            return one(code, message, hint);
        }
        if entry.sent.text.is_empty() {
            tally.unknown += 1;
            return Ok(None);
        }
        let mut found = changed(&entry, &read, place.as_ref());
        found.extend(self.pdf_of(&entry, place));
        tally.with_pdf.insert(number);
        Ok(Some(found))
    }

    /// Why the notice that was read is not what went out under its number.
    fn not_as_sent(
        &self,
        entry: &Entry,
        read: &Read,
    ) -> Option<(&'static str, String, &'static str)> {
        let Entry { number, sent, .. } = entry;
        if entry.state == State::Void {
            return Some((
                "R306",
                format!("{number} 已经作废：{}", entry.remark),
                ANOTHER,
            ));
        }
        if entry.state == State::Reserved || entry.open {
            let hint = "运行 `hongtou issue`，或 `hongtou number doctor`";
            return Some(("R308", format!("{number} 还没有发完"), hint));
        }
        is_of_another(&self.desk.workspace, sent, &read.name, &read.text).then(|| {
            ("R307", format!("{number} 是另一个文件的：“{}”", sent.file), ANOTHER)
        })
    }
}

/// A notice as it is now.
struct Read {
    /// Its name in the register.
    name: String,
    /// The digest of its text.
    text: String,
    /// That of the files it uses.
    parts: String,
}

/// What of a notice, or of the files it uses, was changed since.
fn changed(entry: &Entry, read: &Read, place: Option<&Place>) -> Vec<Diagnostic> {
    let Entry { number, sent, .. } = entry;
    let finding = |code, message: String, hint: &str| {
        Diagnostic::error(code, message).at(place.cloned()).hint(hint)
    };
    let text = (sent.text != read.text).then(|| {
        let message = format!("{number} 发出以后，通知改过");
        finding("R301", message, "恢复发出时的文字，或经批准后 --reissue")
    });
    let parts = (sent.parts != read.parts).then(|| {
        let message = format!("{number} 发出以后，它引用的表格或图片改过，或者不见了");
        finding("R302", message, "恢复发出时的文件，或经批准后 --reissue")
    });
    text.into_iter().chain(parts).collect()
}
