//! What is to be done with a notice: which number it may have, or why it may have none.

use std::path::Path;

use super::super::desk::Desk;
use super::{Ready, Request, refused};
use crate::diag::{Diagnostic, Error};
use crate::ledger::{Entry, Ledger, Series, State, Want};
use crate::notice::date::Date;
use crate::notice::number::Number;
use crate::notice::{Format, Notice};
use crate::pipeline::Input;
use crate::workspace::NAME;

/// What is to be done.
pub(super) enum Decision {
    /// Nothing, for this reason.
    Done(String),
    /// This.
    Go(Plan),
}

/// How a notice is issued.
pub(super) struct Plan {
    /// Which number.
    pub want: Want,
    /// 成文日期.
    pub date: Date,
    /// Whether the notice gets it written in.
    pub set_date: bool,
    /// Why it is issued again; `None` the first time.
    pub reissue: Option<String>,
}

/// Decides by what the register says of the notice, its file and its number.
pub(super) fn decide(
    desk: &Desk,
    ledger: &Ledger,
    file: &Path,
    input: &Input,
    ready: &Ready,
    request: &Request,
) -> Result<Decision, Error> {
    let case = Case { desk, ledger, file, input, ready, request };
    let told = |fault: crate::ledger::Fault| desk.told(fault);
    let name = desk.workspace.name_of(file);
    // A killed program's issue is ended under the number that it took, and with the date that
    // it was given: the notice's own counts only where it was changed since.
    if let Some(begun) = ledger.intent(&name).map_err(told)? {
        let known = [&begun.before, &begun.after].contains(&&ready.text);
        let own = ready.notice.date.filter(|_| !known);
        let date = request.date.or(own).unwrap_or(begun.date);
        let reissue = begun.reissue.then_some(begun.reason);
        return case.go(Want::This(begun.number), date, reissue);
    }
    let date = request.date.or(ready.notice.date).unwrap_or_else(Date::today);
    let own = ready.notice.number.as_ref().filter(|number| number.serial.is_some());
    if let (None, Some(entry)) = (own, ledger.of_file(&name).map_err(told)?) {
        let number = entry.number;
        let message = format!("这个文件已经以 {number} 发出，文件里却没有这个号");
        return Err(case.refuse(
            "R208",
            message,
            &format!("是同一份的，把 {number} 写回“发文字号”；是新的一份，换个文件名"),
        ));
    }
    match own {
        Some(number) => {
            let entry = ledger.find(number).map_err(told)?;
            case.numbered(number, entry, &name, date)
        }
        None => {
            let want = Want::Next(case.series(date)?, case.names());
            case.go(want, date, None)
        }
    }
}

/// All that a decision rests on.
struct Case<'a> {
    desk: &'a Desk,
    ledger: &'a Ledger,
    file: &'a Path,
    input: &'a Input,
    ready: &'a Ready,
    request: &'a Request,
}

impl Case<'_> {
    fn go(
        &self,
        want: Want,
        date: Date,
        reissue: Option<String>,
    ) -> Result<Decision, Error> {
        let year = match &want {
            Want::Next(series, _) => series.year,
            Want::This(number) => number.year,
        };
        if year != 0 && i32::from(year) != date.parts().0 {
            return Err(self.refuse(
                "R205",
                format!("发文字号是 {year} 年的，成文日期是 {date}"),
                "年份跟着成文日期：改日期，或删去序号重新编号",
            ));
        }
        let set_date = self.ready.notice.date != Some(date);
        Ok(Decision::Go(Plan { want, date, set_date, reissue }))
    }

    /// A notice that has its number written in.
    fn numbered(
        &self,
        number: &Number,
        entry: Option<Entry>,
        name: &str,
        date: Date,
    ) -> Result<Decision, Error> {
        let this = || Want::This(number.clone());
        let Some(entry) = entry else {
            let series = self.desk.series(&number.code, number.year)?;
            let next = self.ledger.peek(&Want::Next(series, Vec::new()));
            let next = next.map_err(|fault| self.desk.told(fault))?;
            if next == *number {
                return self.go(this(), date, None);
            }
            return Err(self.refuse(
                "R204",
                format!("登记簿里没有 {number}，下一个号是 {next}"),
                "删去序号，由程序编；以前发的，用 `hongtou number import` 登记",
            ));
        };
        match entry.state {
            State::Void => Err(self.refuse(
                "R203",
                format!("{number} 已经作废：{}", entry.remark),
                "删去序号，另编一个号",
            )),
            State::Reserved if entry.open => Err(self.refuse(
                "R202",
                format!("{number} 正在发给另一个文件“{}”", entry.remark),
                "运行 `hongtou number doctor` 看看",
            )),
            State::Reserved => self.go(this(), date, None),
            State::Issued => self.issued(entry, name, date),
        }
    }

    /// A notice whose number is issued: the same text, a changed one, or another notice.
    fn issued(&self, entry: Entry, name: &str, date: Date) -> Result<Decision, Error> {
        let Entry { number, sent, .. } = entry;
        let moved =
            !sent.file.is_empty() && !self.desk.workspace.path_of(&sent.file).exists();
        let same = sent.text == self.ready.text && sent.parts == self.ready.parts;
        let ours = sent.file == name || sent.file.is_empty() || moved;
        if !ours {
            return Err(self.refuse(
                "R202",
                format!("{number} 已经发给另一个文件“{}”", sent.file),
                "删去序号，另编一个号",
            ));
        }
        if let Some(why) = &self.request.reissue {
            let pdf = self.desk.workspace.path_of(&sent.pdf_file);
            let pdf = crate::ledger::digest_of_file(&pdf).ok();
            if !same || pdf.as_ref() != Some(&sent.pdf) {
                return self.go(Want::This(number), date, Some(why.clone()));
            }
        }
        if same && self.request.date.is_none_or(|it| self.ready.notice.date == Some(it)) {
            return Ok(Decision::Done(format!("{number} 已经发出，没有改动")));
        }
        Err(self.refuse(
            "R201",
            format!("{number} 已经发出，通知后来改过"),
            "要按改过的重新发，加上 --reissue --why 原因；不要改动，恢复原来的文字",
        ))
    }

    /// The series of a notice without a number.
    fn series(&self, date: Date) -> Result<Series, Error> {
        let notice = &self.ready.notice;
        let year = u16::try_from(date.parts().0).unwrap_or_default();
        if notice.format == Format::Bulletin {
            let message = "简报没有发文字号，用不着编号".to_owned();
            return Err(self.refuse("R207", message, "直接用 `hongtou build` 排"));
        }
        let draft = notice.number.as_ref().map(|number| number.code.clone());
        let order = (notice.format == Format::Order).then(|| "令".to_owned());
        let code = self.request.code.clone().or(draft).or(order);
        match code.map_or_else(|| self.only_code(notice), Ok) {
            Ok(code) => self.desk.series(&code, year),
            Err(codes) if codes.is_empty() => Err(self.refuse(
                "R206",
                "不知道用哪个机关代字".into(),
                &format!("写上 --code 代字，或在 {NAME} 的“机关”里写上“代字”"),
            )),
            Err(codes) => Err(self.refuse(
                "R206",
                format!("有几个机关代字，不知道用哪个：{}", codes.join("、")),
                &format!(
                    "加上 --code {0}，或在通知里写“发文字号: {0}〔{year}〕号”",
                    codes[0]
                ),
            )),
        }
    }

    /// The only 代字 of the notice's office, of all offices where it is none of them.
    fn only_code(&self, notice: &Notice) -> Result<String, Vec<String>> {
        let offices = &self.desk.workspace.offices;
        let own = offices.iter().find(|it| Some(&it.name) == notice.issuers.first());
        let codes: Vec<String> = match own {
            Some(office) => office.codes.clone(),
            None => self.desk.codes().cloned().collect(),
        };
        match &codes[..] {
            [code] => Ok(code.clone()),
            _ => Err(codes),
        }
    }

    /// What a number may have been reserved for.
    fn names(&self) -> Vec<String> {
        let text =
            |it: Option<&std::ffi::OsStr>| it.map(|it| it.to_string_lossy().into());
        let names =
            [Some(self.desk.workspace.name_of(self.file)), text(self.file.file_name())];
        let title = self.ready.notice.title.lines().collect();
        let more = [text(self.file.file_stem()), Some(title)];
        names.into_iter().chain(more).flatten().collect()
    }

    /// Shows why, at the number or else at the title.
    fn refuse(&self, code: &'static str, message: String, hint: &str) -> Error {
        let places = &self.ready.checked.places;
        let place = places.of("发文字号").or_else(|| places.of("标题"));
        let message = match place {
            Some(_) => message,
            None => format!("{}：{message}", self.input.name),
        };
        refused(Diagnostic::error(code, message).at(place).hint(hint))
    }
}
