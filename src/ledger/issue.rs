//! 发文: a number is bound to a notice before the notice is written, and marked 已发 after.
//!
//! Begin and end are one transaction each, and files are written between them: holding the
//! register locked while a PDF is laid out and disks are waited for would make every clerk
//! wait for every other. What is begun says which file, and its digests before and after, so
//! that whoever finds it open later can end it the same way: number, date and text decide
//! every byte. A begun issue that cannot be ended gives its number back if none was given
//! out since, and keeps it for the same notice otherwise: never twice, never a gap.

use rusqlite::{OptionalExtension, Row, params};

use super::list::{ENTRY, entry};
use super::{Change, Fault, Intent, Ledger, Record, Sent, Series, State};
use crate::notice::date::Date;
use crate::notice::number::Number;

/// Which number a notice asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// The one reserved for a notice of one of these names, or else the next.
    Next(Series, Vec<String>),
    /// This one: reserved, the next one, or already the notice's own.
    This(Number),
}

/// What the history says of a number that nobody has any more: it may be given again.
pub(super) const GIVEN_BACK: &str = "发文取消，退号";

/// The columns that [`intent`] reads.
const INTENT: &str = "SELECT code, year, serial, intent.file, before, after, intent.date, \
    reissue, reason FROM intent JOIN number ON number.id = intent.number";

fn intent(row: &Row) -> rusqlite::Result<Intent> {
    let date: String = row.get(6)?;
    let wrong = || rusqlite::Error::InvalidColumnName("date".into());
    Ok(Intent {
        number: Number {
            code: row.get(0)?,
            year: row.get(1)?,
            serial: Some(row.get(2)?),
        },
        file: row.get(3)?,
        before: row.get(4)?,
        after: row.get(5)?,
        date: date.parse().map_err(|_| wrong())?,
        reissue: row.get(7)?,
        reason: row.get(8)?,
    })
}

impl Ledger {
    /// What was begun for a notice and has not ended.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn intent(&self, file: &str) -> Result<Option<Intent>, Fault> {
        let mut select = self.db.prepare(&format!("{INTENT} WHERE intent.file = ?"))?;
        Ok(select.query_row([file], intent).optional()?)
    }

    /// All that was begun and has not ended.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn intents(&self) -> Result<Vec<Intent>, Fault> {
        let mut select = self.db.prepare(&format!("{INTENT} ORDER BY number.id"))?;
        Ok(select.query_map([], intent)?.collect::<Result<_, _>>()?)
    }

    /// Whether just this went out under a number.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn has_sent(&self, number: &Number, sent: &Sent) -> Result<bool, Fault> {
        let entry = self.find(number)?;
        Ok(entry.is_some_and(|it| it.state == State::Issued && it.sent == *sent))
    }

    /// Which number [`Change::choose`] would give now.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn peek(&self, want: &Want) -> Result<Number, Fault> {
        choose(&self.db, want)
    }
}

impl Change<'_> {
    /// The number for a notice.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn choose(&self, want: &Want) -> Result<Number, Fault> {
        choose(&self.db, want)
    }

    /// Binds a number to a notice that is going to be written. What was begun for the same
    /// notice under the same number is begun anew.
    ///
    /// # Errors
    /// The number is not free for this notice any more.
    pub fn begin(&self, begun: &Intent) -> Result<(), Fault> {
        let number = &begun.number;
        self.alone(begun)?;
        let series = Series::of(number);
        let serial = number.serial.unwrap_or_default();
        let (id, fresh) = match self.find(number)? {
            Some((id, entry)) if self.free(id, &entry.state, begun)? => {
                let fresh = entry.open
                    && self.db.query_row(
                        "SELECT fresh FROM intent WHERE number = ?",
                        [id],
                        |row| row.get(0),
                    )?;
                (id, fresh)
            }
            None if serial == self.next(&series)? => {
                (self.insert(&series, serial, State::Reserved, &begun.file)?, true)
            }
            _ => {
                let message = format!("{number} 刚被别的通知用了");
                return Err(Fault::Refused(message, "再运行一次".into()));
            }
        };
        self.db.execute("DELETE FROM intent WHERE number = ?", [id])?;
        self.db.execute(
            "INSERT INTO intent VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                id,
                begun.file,
                begun.before,
                begun.after,
                begun.date.iso(),
                fresh,
                begun.reissue,
                begun.reason
            ],
        )?;
        self.log(id, "发文开始", &begun.file)
    }

    /// Refuses a second number for a notice that another program issues meanwhile.
    fn alone(&self, begun: &Intent) -> Result<(), Fault> {
        let mut select = self.db.prepare(&format!(
            "{ENTRY} WHERE file = ?1 AND state = 'issued' \
             OR id = (SELECT number FROM intent WHERE intent.file = ?1)"
        ))?;
        let other = select.query_map([&begun.file], entry)?;
        for row in other {
            let (_, entry) = row?;
            if entry.number != begun.number {
                let message =
                    format!("“{}”刚由另一个程序编了号：{}", begun.file, entry.number);
                return Err(Fault::Refused(message, "再运行一次".into()));
            }
        }
        Ok(())
    }

    /// Whether a number may go to this notice: one reserved, one begun for it, its own.
    fn free(&self, id: i64, state: &State, begun: &Intent) -> Result<bool, Fault> {
        let bound: Option<String> = self
            .db
            .query_row("SELECT file FROM intent WHERE number = ?", [id], |row| row.get(0))
            .optional()?;
        Ok(match (bound, state) {
            (Some(file), _) => file == begun.file,
            (None, State::Reserved) => true,
            (None, State::Issued) => begun.reissue,
            (None, State::Void) => false,
        })
    }

    /// 已发: files are written. Whether it was still begun; if not, someone else has ended it.
    ///
    /// # Errors
    /// The register cannot be written.
    pub fn finish(
        &self,
        begun: &Intent,
        record: &Record,
        sent: &Sent,
    ) -> Result<bool, Fault> {
        let Some((id, _)) = self.begun(begun)? else { return Ok(false) };
        self.write(id, State::Issued, "", record, sent)?;
        self.db.execute("DELETE FROM intent WHERE number = ?", [id])?;
        let kind = if begun.reissue { "重新发文" } else { "发文" };
        self.log(id, kind, if begun.reissue { &begun.reason } else { &begun.file })?;
        Ok(true)
    }

    /// Gives up what was begun. Whether the number is given back; if not, it stays reserved
    /// for the notice, or issued as it was.
    ///
    /// # Errors
    /// The register cannot be written.
    pub fn undo(&self, begun: &Intent, reason: &str) -> Result<bool, Fault> {
        let Some((id, fresh)) = self.begun(begun)? else { return Ok(false) };
        self.db.execute("DELETE FROM intent WHERE number = ?", [id])?;
        let serial = begun.number.serial.unwrap_or_default();
        let last = self.next(&Series::of(&begun.number))? == serial.saturating_add(1);
        let given_back = fresh && last;
        self.log(id, if given_back { GIVEN_BACK } else { "发文取消" }, reason)?;
        if given_back {
            self.db.execute("DELETE FROM number WHERE id = ?", [id])?;
        }
        Ok(given_back)
    }

    fn begun(&self, begun: &Intent) -> Result<Option<(i64, bool)>, Fault> {
        let Number { code, year, serial } = &begun.number;
        let row = self.db.query_row(
            "SELECT intent.number, fresh FROM intent JOIN number ON number.id = intent.number \
             WHERE code = ? AND year = ? AND serial = ? AND intent.file = ?",
            params![code, year, serial, begun.file],
            |row| Ok((row.get(0)?, row.get(1)?)),
        );
        Ok(row.optional()?)
    }

    /// Fills a number's row.
    pub(super) fn write(
        &self,
        id: i64,
        state: State,
        remark: &str,
        record: &Record,
        sent: &Sent,
    ) -> Result<(), Fault> {
        let date = record.date.map(Date::iso).unwrap_or_default();
        let mut update = self.db.prepare(
            "UPDATE number SET state = ?2, remark = ?3, issuer = ?4, title = ?5, \
             secrecy = ?6, signers = ?7, date = ?8, copies_no = ?9, recipients = ?10, \
             copies = ?11, file = ?12, text = ?13, parts = ?14, pdf_file = ?15, pdf = ?16 \
             WHERE id = ?1",
        )?;
        update.execute(params![
            id,
            state.stored(),
            remark,
            record.issuer,
            record.title,
            record.secrecy,
            record.signers,
            date,
            record.count,
            record.recipients,
            record.copies,
            sent.file,
            sent.text,
            sent.parts,
            sent.pdf_file,
            sent.pdf
        ])?;
        Ok(())
    }
}

fn choose(db: &rusqlite::Connection, want: &Want) -> Result<Number, Fault> {
    let (series, names) = match want {
        Want::This(number) => return Ok(number.clone()),
        Want::Next(series, names) => (series, names),
    };
    let mut select = db.prepare(&format!(
        "{ENTRY} WHERE state = 'reserved' AND code = ? AND year = ? AND remark = ? \
         AND NOT EXISTS (SELECT 1 FROM intent WHERE intent.number = id) \
         ORDER BY serial LIMIT 1"
    ))?;
    for name in names {
        let kept = select.query_row(params![series.code, series.year, name], entry);
        if let Some((_, entry)) = kept.optional()? {
            return Ok(entry.number);
        }
    }
    Ok(series.number(super::change::next(db, series)?))
}
