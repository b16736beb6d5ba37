//! Reading the register: one number, or all that are looked for.

use rusqlite::{OptionalExtension, Row, params};

use super::{Entry, Fault, Ledger, Record, Sent, Series, State, change};
use crate::notice::number::Number;

/// The columns that [`entry`] reads.
pub(super) const ENTRY: &str = "SELECT id, code, year, serial, state, remark, issuer, \
    title, secrecy, signers, date, copies_no, recipients, copies, file, text, parts, \
    pdf_file, pdf, EXISTS (SELECT 1 FROM intent WHERE intent.number = id) FROM number";

/// What is looked for; what is not set does not matter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// 年份 of the number.
    pub year: Option<u16>,
    /// 代字.
    pub code: Option<String>,
    /// A part of 发文机关.
    pub body: Option<String>,
    /// 状态.
    pub state: Option<State>,
    /// A part of number, title, recipients, 抄送 or remark.
    pub text: Option<String>,
}

impl Ledger {
    /// The next 序号, without taking it.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn next(&self, series: &Series) -> Result<u32, Fault> {
        change::next(&self.db, series)
    }

    /// One number.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn find(&self, number: &Number) -> Result<Option<Entry>, Fault> {
        Ok(change::find(&self.db, number)?.map(|(_, entry)| entry))
    }

    /// The number that a notice was issued under.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn of_file(&self, file: &str) -> Result<Option<Entry>, Fault> {
        self.first("WHERE file = ? AND file <> '' AND state = 'issued'", file)
    }

    /// The number whose PDF this is.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn of_pdf(&self, file: &str) -> Result<Option<Entry>, Fault> {
        self.first("WHERE pdf_file = ? AND pdf_file <> '' AND state = 'issued'", file)
    }

    fn first(&self, condition: &str, file: &str) -> Result<Option<Entry>, Fault> {
        let mut select = self.db.prepare(&format!("{ENTRY} {condition} LIMIT 1"))?;
        Ok(select.query_row([file], entry).optional()?.map(|(_, entry)| entry))
    }

    /// All that match, by year, 代字 and 序号.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn list(&self, filter: &Filter) -> Result<Vec<Entry>, Fault> {
        let mut select = self.db.prepare(&format!(
            "{ENTRY} WHERE (?1 IS NULL OR year = ?1) AND (?2 IS NULL OR code = ?2) \
             AND (?3 IS NULL OR instr(issuer, ?3) > 0) AND (?4 IS NULL OR state = ?4) \
             ORDER BY code, year, serial"
        ))?;
        let state = filter.state.map(State::stored);
        let rows = select
            .query_map(params![filter.year, filter.code, filter.body, state], entry)?;
        // Many entries take long to move from one place to a larger one.
        let count: u32 =
            self.db.query_row("SELECT count(*) FROM number", [], |row| row.get(0))?;
        let mut found = Vec::with_capacity(count as usize);
        for row in rows {
            let (_, entry) = row?;
            if filter.text.as_deref().is_none_or(|text| says(&entry, text)) {
                found.push(entry);
            }
        }
        // The index gives them by 代字 first; whole rows need not be sorted by the engine.
        let year = |entry: &Entry| entry.number.year;
        if !found.is_sorted_by_key(year) {
            found.sort_by_key(year);
        }
        Ok(found)
    }
}

fn says(entry: &Entry, text: &str) -> bool {
    let record = &entry.record;
    entry.number.to_string().contains(text)
        || [&record.title, &record.recipients, &record.copies, &entry.remark]
            .iter()
            .any(|it| it.contains(text))
}

/// A row of [`ENTRY`].
pub(super) fn entry(row: &Row) -> rusqlite::Result<(i64, Entry)> {
    let text = |at| row.get::<_, String>(at);
    let number = Number { code: text(1)?, year: row.get(2)?, serial: Some(row.get(3)?) };
    let record = Record {
        issuer: text(6)?,
        title: text(7)?,
        secrecy: text(8)?,
        signers: text(9)?,
        date: row.get_ref(10)?.as_str()?.parse().ok(),
        count: text(11)?,
        recipients: text(12)?,
        copies: text(13)?,
    };
    let sent = Sent {
        file: text(14)?,
        text: text(15)?,
        parts: text(16)?,
        pdf_file: text(17)?,
        pdf: text(18)?,
    };
    let entry = Entry {
        number,
        state: State::of(row.get_ref(4)?.as_str()?),
        open: row.get(19)?,
        remark: text(5)?,
        record,
        sent,
    };
    Ok((row.get(0)?, entry))
}
