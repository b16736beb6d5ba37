//! Letters that earlier runs made for other recipients: a run over a part of a roster must not
//! replace them, and no 份号 is given twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::kept::Claim;
use crate::batch::{Letter, Mail, Origins, Sent, UNWANTED, Written};
use crate::diag::{Diagnostic, Error, LISTED};
use crate::paths::shown;
use crate::pipeline::copy_number;
use crate::terminal;

/// The ways out.
const WHOLE: &str = "名册排过序、增减过行的，不用 --where，也不隐藏、筛选，整张再生成一次；或用 -o 写到别的文件夹；一份也没有写";
const ORDER: &str = "名册照原来的次序排，新的行加在最后，号就不变；一份也没有写";
const ELSEWHERE: &str = "用 -o 写到别的文件夹，或用 --name 换文件名；一份也没有写";

/// What a folder's record tells of the letters of a notice.
pub struct Earlier<'a> {
    claim: &'a Claim<'a>,
    folder: &'a Path,
    origins: Origins,
    notice: String,
    written: Written,
}

impl<'a> Earlier<'a> {
    /// Reads the record of a folder.
    pub fn read(claim: &'a Claim, folder: &'a Path) -> Self {
        let origins = Origins::new(folder);
        let (notice, _) = claim.names(&origins);
        Self { claim, folder, origins, notice, written: Written::read(folder) }
    }

    /// Whether these letters may be written; `others` are those of rows that are not selected,
    /// and nothing is known of `hidden` rows.
    /// A run over a whole roster makes all of its letters anew, and tells which are other
    /// recipients' now.
    ///
    /// # Errors
    /// A letter would replace another recipient's, or be there twice; a 份号 would.
    pub fn check(
        &self,
        mails: &[Mail],
        others: &[Mail],
        is_part: bool,
        hidden: &BTreeSet<usize>,
    ) -> Result<(), Error> {
        let foreign = mails.iter().filter_map(|mail| self.of_other_roster(mail));
        refuse("B104", foreign.collect(), ELSEWHERE)?;
        let moved: Vec<String> =
            mails.iter().filter_map(|mail| self.of_other_row(mail)).collect();
        if is_part {
            refuse("B104", moved, WHOLE)?;
            refuse("B104", self.twice(mails, others, hidden), WHOLE)?;
        } else if let Some(first) = moved.first() {
            let count = moved.len();
            terminal::note(&format!(
                "{first}；这样的有 {count} 份，都按现在的名册重新生成"
            ));
        }
        let renumbered = mails.iter().filter_map(|mail| self.renumbered(mail));
        let renumbered: Vec<String> = renumbered.collect();
        if is_part {
            refuse("B203", renumbered, ORDER)?;
        } else if let Some(first) = renumbered.first() {
            let count = renumbered.len();
            terminal::note(&format!("{first}；这样的有 {count} 份，已经发出去的请核对"));
        }
        self.copies(mails)
    }

    /// Whether the PDF of all rows may be written in place of one.
    ///
    /// # Errors
    /// That is a row's own.
    pub fn check_all(&self, name: &str) -> Result<(), Error> {
        let owner = self.written.owner(name).filter(|(notice, _)| *notice == self.notice);
        let told = owner.and_then(|(_, letter)| {
            let (sent, pdf) = (letter.sent.as_ref()?, self.pdf(name));
            let (row, to) = (sent.row, to(sent.to.as_deref()));
            Some(format!("“{pdf}”是名册第 {row} 行{to}自己的一份，没有盖掉"))
        });
        let way = "给 --combined 换一个名称；一份也没有写";
        refuse("B104", told.into_iter().collect(), way)
    }

    fn earlier(&self, mail: &Mail) -> Option<(&Letter, &Sent)> {
        let (notice, letter) = self.written.owner(&mail.name)?;
        let sent = letter.sent.as_ref()?;
        (notice == self.notice && sent.values != mail.values).then_some((letter, sent))
    }

    fn pdf(&self, name: &str) -> String {
        shown(&self.folder.join(name))
    }

    /// What to say of a letter whose place has another one of another roster.
    fn of_other_roster(&self, mail: &Mail) -> Option<String> {
        let (letter, sent) = self.earlier(mail)?;
        let other = self.claim.is_other_roster(&self.origins, &letter.roster);
        let roster = self.origins.roster_told(&letter.roster);
        let (pdf, row, to) = (self.pdf(&mail.name), sent.row, to(sent.to.as_deref()));
        other.then(|| {
            format!("“{pdf}”是按另一张名册“{roster}”第 {row} 行{to}生成的，内容不同")
        })
    }

    /// What to say of a letter whose place has one of another row, or of the same row when that
    /// was somebody else's.
    fn of_other_row(&self, mail: &Mail) -> Option<String> {
        let (_, sent) = self.earlier(mail)?;
        // A name with a part of the row in it tells by itself whose the letter is.
        let is_known = mail.to.is_some() || !self.claim.is_by_number();
        if is_known && sent.row == mail.row && sent.to == mail.to {
            return None;
        }
        let old = (sent.row, to(sent.to.as_deref()));
        let new = (mail.row, to(mail.to.as_deref()));
        let pdf = self.pdf(&mail.name);
        Some(format!(
            "“{pdf}”是名册原来第 {} 行{}的，不是现在第 {} 行{}的",
            old.0, old.1, new.0, new.1
        ))
    }

    /// What to say of letters that are there already, in the places of other rows.
    fn twice(
        &self,
        mails: &[Mail],
        others: &[Mail],
        hidden: &BTreeSet<usize>,
    ) -> Vec<String> {
        let places: BTreeMap<&str, &Mail> =
            others.iter().map(|mail| (mail.name.as_str(), mail)).collect();
        let moved = self.written.sent(&self.notice).filter(|(name, letter, sent)| {
            let same = !self.claim.is_other_roster(&self.origins, &letter.roster);
            let hidden = self.claim.is_by_number() && hidden.contains(&sent.row);
            let place = places.get(name);
            let other = hidden || place.is_some_and(|it| it.values != sent.values);
            same && other
        });
        let moved: BTreeMap<_, &str> =
            moved.map(|(name, _, sent)| (sent.values, name)).collect();
        let told = mails.iter().filter_map(|mail| {
            let in_place = self.written.owner(&mail.name);
            let in_place = in_place.and_then(|(_, letter)| letter.sent.as_ref());
            if in_place.is_some_and(|sent| sent.values == mail.values) {
                return None;
            }
            let pdf = self.pdf(moved.get(&mail.values)?);
            let to = to(mail.to.as_deref());
            Some(format!("名册第 {} 行{to}的一份已经有了，是“{pdf}”", mail.row))
        });
        told.collect()
    }

    /// What to say of a letter that had another 份号.
    fn renumbered(&self, mail: &Mail) -> Option<String> {
        let (notice, letter) = self.written.owner(&mail.name)?;
        let (old, new) = (letter.sent.as_ref()?, Sent::of(mail));
        let same = notice == self.notice && old.values == new.values;
        let (from, into) = (old.copy_number()?, new.copy_number()?);
        (same && from != into).then(|| {
            let (row, to) = (mail.row, to(mail.to.as_deref()));
            let (from, into) = (copy_number(from), copy_number(into));
            format!("名册第 {row} 行{to}的份号以前是 {from}，现在会是 {into}")
        })
    }

    /// Whether these letters may have their 份号.
    ///
    /// # Errors
    /// One of them is another letter's that stays there.
    fn copies(&self, mails: &[Mail]) -> Result<(), Error> {
        let now: BTreeSet<&str> = mails.iter().map(|mail| mail.name.as_str()).collect();
        let kept = self.written.sent(&self.notice);
        let kept = kept.filter(|(name, ..)| !now.contains(name));
        let given =
            kept.filter_map(|(name, _, sent)| Some((sent.copy_number()?, (name, sent))));
        let of_number: BTreeMap<u32, (&str, &Sent)> = given.collect();
        let told = mails.iter().filter_map(|mail| {
            let new = Sent::of(mail);
            let (name, sent) = of_number.get(&new.copy_number()?)?;
            let number = new.copy.as_deref().unwrap_or_default();
            let (pdf, to) = (self.pdf(name), to(sent.to.as_deref()));
            let row = mail.row;
            (sent.values != mail.values)
                .then(|| format!("名册第 {row} 行的份号 {number} 已经给了“{pdf}”{to}"))
        });
        let all = self.written.sent(&self.notice);
        let last = all.filter_map(|(_, _, sent)| sent.copy_number()).max();
        let next = last.unwrap_or_default() + 1;
        let counted = mails.iter().all(|mail| mail.own_copy.is_none());
        let way = if counted {
            format!("另一张名册接着编的，写 --copies-from {next}；{ORDER}")
        } else {
            "改名册里的份号；一份也没有写".to_owned()
        };
        refuse("B203", told.collect(), &way)
    }
}

/// To whom a letter goes.
fn to(to: Option<&str>) -> String {
    to.map(|to| format!("（{to}）")).unwrap_or_default()
}

/// Refuses what these lines tell.
///
/// # Errors
/// There are such lines.
fn refuse(code: &'static str, mut lines: Vec<String>, way: &str) -> Result<(), Error> {
    if lines.is_empty() {
        return Ok(());
    }
    let more = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    if more > 0 {
        lines.push(format!("另有 {more} 份也是这样"));
    }
    let finding = Diagnostic::error(code, lines.join("；\n")).hint(way.to_owned());
    terminal::show(&[finding.hint(UNWANTED)]);
    Err(Error::document())
}
