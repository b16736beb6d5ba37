//! Reserving and voiding; what every change leaves in the history.

use chrono::Local;
use rusqlite::{OptionalExtension, params};

use super::list::{ENTRY, entry};
use super::{Change, Entry, Fault, Series, State};
use crate::notice::number::Number;

/// The row of a number, as the history keeps it.
pub(super) const SNAPSHOT: &str = "json_object('state', state, 'remark', remark, \
    'issuer', issuer, 'title', title, 'secrecy', secrecy, 'signers', signers, 'date', date, \
    'copies_no', copies_no, 'recipients', recipients, 'copies', copies, 'file', file, \
    'text', text, 'parts', parts, 'pdf_file', pdf_file, 'pdf', pdf)";

impl Change<'_> {
    /// The first 序号 after all that were ever given out.
    ///
    /// # Errors
    /// The register cannot be read, or has no number left.
    pub fn next(&self, series: &Series) -> Result<u32, Fault> {
        next(&self.db, series)
    }

    /// Takes the next `count` numbers.
    ///
    /// # Errors
    /// The register cannot be written.
    pub fn reserve(
        &self,
        series: &Series,
        count: u32,
        purpose: &str,
    ) -> Result<Vec<Number>, Fault> {
        let first = self.next(series)?;
        let last = first.checked_add(count).ok_or_else(|| full(series))?;
        let mut numbers = Vec::new();
        for serial in first..last {
            let id = self.insert(series, serial, State::Reserved, purpose)?;
            self.log(id, "留号", purpose)?;
            numbers.push(series.number(serial));
        }
        Ok(numbers)
    }

    /// 作废, for a reason. A number that was skipped is entered as void.
    ///
    /// # Errors
    /// It is void already, is being issued, or lies ahead of what was given out.
    pub fn void(&self, number: &Number, reason: &str) -> Result<(), Fault> {
        let refused =
            |message: String, hint: &str| Err(Fault::Refused(message, hint.into()));
        let series = Series::of(number);
        let serial = number.serial.unwrap_or_default();
        let id = match self.find(number)? {
            Some((_, entry)) if entry.state == State::Void => {
                return refused(
                    format!("{number} 已经作废：{}", entry.remark),
                    &format!("用 `hongtou number history {number}` 查看经过"),
                );
            }
            Some((_, entry)) if entry.open => {
                return refused(
                    format!("{number} 正在发文，还没有结束"),
                    "先运行 `hongtou number doctor`",
                );
            }
            Some((id, _)) => {
                self.db.execute(
                    "UPDATE number SET state = 'void', remark = ?2 WHERE id = ?1",
                    params![id, reason],
                )?;
                id
            }
            None if serial >= self.next(&series)? => {
                return refused(
                    format!("{number} 还没有编出，用不着作废"),
                    &format!("下一个号：hongtou number next {}", series.code),
                );
            }
            None => self.insert(&series, serial, State::Void, reason)?,
        };
        self.log(id, "作废", reason)
    }

    /// A number's row.
    pub(super) fn find(&self, number: &Number) -> Result<Option<(i64, Entry)>, Fault> {
        find(&self.db, number)
    }

    pub(super) fn insert(
        &self,
        series: &Series,
        serial: u32,
        state: State,
        remark: &str,
    ) -> Result<i64, Fault> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO number (code, year, serial, state, remark) VALUES (?, ?, ?, ?, ?)",
        )?;
        let Series { code, year } = series;
        Ok(insert.insert(params![code, year, serial, state.stored(), remark])?)
    }

    /// Adds to the history.
    pub(super) fn log(&self, id: i64, kind: &str, reason: &str) -> Result<(), Fault> {
        let mut insert = self.db.prepare_cached(&format!(
            "INSERT INTO event (at, kind, code, year, serial, user, host, reason, entry) \
             SELECT ?2, ?3, code, year, serial, ?4, ?5, ?6, {SNAPSHOT} \
             FROM number WHERE id = ?1"
        ))?;
        let at = Local::now().format("%Y-%m-%d %H:%M:%S %:z").to_string();
        let who = self.who;
        insert.execute(params![id, at, kind, who.user, who.host, reason])?;
        Ok(())
    }
}

pub(super) fn next(db: &rusqlite::Connection, series: &Series) -> Result<u32, Fault> {
    let mut select =
        db.prepare_cached("SELECT max(serial) FROM number WHERE code = ? AND year = ?")?;
    let last: Option<i64> =
        select.query_row(params![series.code, series.year], |row| row.get(0))?;
    u32::try_from(last.unwrap_or_default() + 1).map_err(|_| full(series))
}

pub(super) fn find(
    db: &rusqlite::Connection,
    number: &Number,
) -> Result<Option<(i64, Entry)>, Fault> {
    let mut select =
        db.prepare(&format!("{ENTRY} WHERE code = ? AND year = ? AND serial = ?"))?;
    let Number { code, year, serial } = number;
    Ok(select.query_row(params![code, year, serial], entry).optional()?)
}

fn full(series: &Series) -> Fault {
    Fault::Refused(format!("{series} 的序号用完了"), "换一个代字".into())
}
