//! Carrying an issue out: everything that can fail is tried before a number is taken, and what
//! is begun is ended or undone.

use std::path::{Path, PathBuf};

use super::super::desk::Desk;
use super::super::output::unwritable;
use super::super::owned::Owned;
use super::plan::Plan;
use super::refused;
use crate::batch::Setups;
use crate::diag::{Diagnostic, Error, reason};
use crate::files::{self, Staged};
use crate::ledger::{self, Entry, Fault, Intent, Ledger, Record, Sent};
use crate::notice::edit;
use crate::notice::number::Number;
use crate::notice::source::{Source, in_place_of};
use crate::paths::folder_of;
use crate::pipeline::{Built, Input, Options, Order, Workshop};
use crate::terminal;

/// One issue.
pub(super) struct Issuer<'a> {
    pub desk: &'a Desk,
    pub workshop: &'a Workshop,
    pub options: &'a Options,
    pub file: &'a Path,
    pub input: &'a Input,
    pub plan: &'a Plan,
}

/// A notice with its number, and its PDF.
struct Made {
    text: Vec<u8>,
    pdf: Vec<u8>,
    built: Built,
}

/// The way out where the PDF's place is another notice's.
const AWAY: &str = "把那份 PDF 移到别处，或给它改名，再运行一次";

/// Why an issue stopped: by the register, or by something else.
enum Stop {
    Fault(Fault),
    Error(Error),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Issuer<'_> {
    /// Issues the notice; what was done, in words.
    pub fn issue(&self, ledger: &mut Ledger) -> Result<String, Error> {
        let told = |fault: Fault| self.desk.told(fault);
        // Laid out with the number it will most likely get, so that a notice that cannot be
        // printed takes none.
        let likely = ledger.peek(&self.plan.want).map_err(told)?;
        let mut owned = Owned::default();
        self.has_place(ledger, &likely, &mut owned)?;
        let made = self.make(self.text(&likely)?)?;
        let begun = ledger.change(|change| {
            let number = change.choose(&self.plan.want)?;
            let text = if number == likely {
                made.text.clone()
            } else {
                self.text(&number).map_err(Stop::Error)?
            };
            let begun = self.intent(number, &text);
            change.begin(&begun)?;
            Ok((begun, text))
        });
        let (begun, text) = begun.map_err(|stop| match stop {
            Stop::Fault(fault) => told(fault),
            Stop::Error(error) => error,
        })?;
        let made = match made {
            made if made.text == text => Ok(made),
            _ => self.make(text),
        };
        let staged = made.and_then(|made| Ok((self.stage(&made)?, made)));
        let (staged, made) = match staged {
            Ok(both) => both,
            Err(error) => return Err(self.undo(ledger, &begun, error)),
        };
        self.put(staged, &begun)?;
        let done = self.finish(ledger, &begun, &made)?;
        self.keep(&mut owned, &begun.number, made);
        Ok(done)
    }

    /// Whether the PDF's place is not that of another number's, or another notice's.
    fn has_place(
        &self,
        ledger: &Ledger,
        number: &Number,
        owned: &mut Owned,
    ) -> Result<(), Error> {
        let pdf = self.target(number);
        let taken = ledger.of_pdf(&self.desk.workspace.name_of(&pdf));
        let taken = taken.map_err(|fault| self.desk.told(fault))?;
        match taken {
            // Its own, even where somebody has damaged it.
            Some(taken) if taken.number == *number => Ok(()),
            Some(Entry { number, .. }) => {
                let message =
                    format!("“{}”是 {number} 的 PDF，不会盖掉它", pdf.display());
                Err(refused(
                    Diagnostic::error("R209", message)
                        .hint("给这份通知换个文件名，再运行一次"),
                ))
            }
            None => owned
                .refusal(self.file, self.input, &pdf, AWAY)
                .map_or(Ok(()), |finding| Err(refused(finding))),
        }
    }

    /// Writes down whose the PDF is now.
    fn keep(&self, owned: &mut Owned, number: &Number, made: Made) {
        let Made { text, pdf, built } = made;
        let input = Input { bytes: text, ..self.input.clone() };
        let built = Built { pdf: Some(pdf), ..built };
        let setup =
            || Setups::new(self.options.clone(), &Order::default()).of(&input.folder);
        let word = owned.word(self.file, &input, &self.target(number), &built, setup);
        owned.keep(word.as_slice());
    }

    fn intent(&self, number: Number, text: &[u8]) -> Intent {
        Intent {
            number,
            file: self.desk.workspace.name_of(self.file),
            before: ledger::digest(&self.input.bytes),
            after: ledger::digest(text),
            date: self.plan.date,
            reissue: self.plan.reissue.is_some(),
            reason: self.plan.reissue.clone().unwrap_or_default(),
        }
    }

    /// The notice with its number and date.
    fn text(&self, number: &Number) -> Result<Vec<u8>, Error> {
        let bytes = &self.input.bytes;
        let stuck = || {
            let date = self.plan.date.iso();
            Error::command(format!(
                "“{}”的写法比较特别，程序不敢改动它",
                self.file.display()
            ))
            .hint(format!(
                "请自己写上“发文字号: {number}”和“成文日期: {date}”，再运行一次"
            ))
        };
        let checked = crate::pipeline::check(self.input, Some(&self.desk.workspace));
        let notice = checked.notice.ok_or_else(stuck)?;
        if notice.number.as_ref() == Some(number) && !self.plan.set_date {
            return Ok(bytes.clone());
        }
        let source = Source::decode(&self.input.name, bytes).map_err(|_| stuck())?;
        let date = self.plan.set_date.then_some(self.plan.date);
        let text = edit::number_and_date(&source, number, date).ok_or_else(stuck)?;
        Ok(in_place_of(bytes, &text))
    }

    /// The PDF of a text.
    fn make(&self, text: Vec<u8>) -> Result<Made, Error> {
        let input = Input { bytes: text.clone(), ..self.input.clone() };
        let mut built = self.workshop.build(&input, &Order::default());
        match built.pdf.take() {
            Some(pdf) => Ok(Made { text, pdf, built }),
            None => {
                terminal::show(&built.findings);
                Err(Error::document())
            }
        }
    }

    /// Where the PDF goes.
    fn target(&self, number: &Number) -> PathBuf {
        match &self.desk.workspace.archive {
            Some(folder) => folder.join(format!("{}.pdf", number.file_stem())),
            None => self.file.with_extension("pdf"),
        }
    }

    /// Both files, written out beside their places; the notice only where it changes.
    fn stage(&self, made: &Made) -> Result<(Option<Staged>, Staged), Error> {
        let number = made.built.notice.as_ref().and_then(|it| it.number.clone());
        let number = number.ok_or_else(Error::document)?;
        let now = std::fs::read(self.file).map_err(|error| {
            let (file, why) = (self.file.display(), reason(&error));
            Error::command(format!("“{file}”读不了：{why}"))
                .hint("检查文件和它的权限，再运行一次")
        })?;
        if now != self.input.bytes {
            return Err(Error::command(format!(
                "“{}”刚刚被改过，没有发文",
                self.file.display()
            ))
            .hint("改好并保存以后，再运行一次"));
        }
        let pdf = self.target(&number);
        if let (Some(_), Some(folder)) = (&self.desk.workspace.archive, pdf.parent()) {
            std::fs::create_dir_all(folder)
                .map_err(|error| unwritable(folder, &error))?;
        }
        let synced = |staged: std::io::Result<Staged>, path: &Path| {
            let staged = staged.and_then(|it| it.sync().map(|()| it));
            staged.map_err(|error| unwritable(path, &error))
        };
        let text = (now != made.text)
            .then(|| synced(files::stage(self.file, &made.text), self.file))
            .transpose()?;
        Ok((text, synced(files::stage(&pdf, &made.pdf), &pdf)?))
    }

    /// Both files in their places. From here on there is no way back, only forward.
    fn put(&self, staged: (Option<Staged>, Staged), begun: &Intent) -> Result<(), Error> {
        let (text, pdf) = staged;
        let done = text.map_or(Ok(()), Staged::put).and_then(|()| pdf.put());
        files::sync_folder(folder_of(self.file));
        files::sync_folder(folder_of(&self.target(&begun.number)));
        done.map_err(|error| {
            Error::command(format!("{} 没有发完：{}", begun.number, reason(&error)))
                .hint("排除以后再运行一次，会用同一个号做完")
        })
    }

    fn finish(
        &self,
        ledger: &mut Ledger,
        begun: &Intent,
        made: &Made,
    ) -> Result<String, Error> {
        let parts = ledger::digest_of_files(&made.built.used);
        let pdf = self.target(&begun.number);
        let sent = Sent {
            file: begun.file.clone(),
            text: ledger::digest(&made.text),
            parts,
            pdf_file: self.desk.workspace.name_of(&pdf),
            pdf: ledger::digest(&made.pdf),
        };
        let record = made.built.notice.as_ref().map(Record::of).unwrap_or_default();
        let (number, pages) = (&begun.number, made.built.pages);
        let done: Result<bool, Fault> =
            ledger.change(|change| change.finish(begun, &record, &sent));
        // Where it was not open any more, another program has ended or undone it.
        let done = done.and_then(|ended| Ok(ended || ledger.has_sent(number, &sent)?));
        let done = done.map_err(|fault| {
            self.desk.told(fault).hint(format!(
                "{number} 的文件已经写好，登记簿还没有记完；再运行一次就会记上"
            ))
        })?;
        if !done {
            let message = format!("{number} 没有登记：另一个程序刚刚撤销了这次发文");
            return Err(Error::command(message)
                .hint("文件已经写好；再运行一次，号还空着就会记上")
                .hint("不行的，运行 `hongtou number doctor`"));
        }
        terminal::show(&made.built.findings);
        let again = if begun.reissue { "重新发文" } else { "已发" };
        Ok(format!("{again} {number}：{}（{pages} 页）", pdf.display()))
    }

    /// Gives the number back, or keeps it for this notice.
    fn undo(&self, ledger: &mut Ledger, begun: &Intent, error: Error) -> Error {
        let why = if error.message.is_empty() { "排不出来" } else { &error.message };
        let undone: Result<bool, Fault> = ledger.change(|change| change.undo(begun, why));
        let number = &begun.number;
        match undone {
            Ok(true) => error.hint(format!("{number} 没有占用，通知没有改动")),
            Ok(false) if begun.reissue => {
                error.hint(format!("{number} 还是原来发的样子"))
            }
            Ok(false) => {
                error.hint(format!("{number} 已为这份通知留着，改好后再运行一次"))
            }
            Err(_) => {
                error.hint(format!("{number} 还占着：运行 `hongtou number doctor`"))
            }
        }
    }
}
