//! 历史: every change of a number, in the order it happened.

use rusqlite::{Row, params};

use super::{Event, Fault, Ledger};
use crate::notice::number::Number;

impl Ledger {
    /// What happened to a number.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn history(&self, number: &Number) -> Result<Vec<Event>, Fault> {
        let mut select = self.db.prepare(
            "SELECT at, kind, user, host, reason, json_extract(entry, '$.text'), \
             json_extract(entry, '$.pdf') FROM event \
             WHERE code = ? AND year = ? AND serial = ? ORDER BY id",
        )?;
        let Number { code, year, serial } = number;
        let name = number.to_string();
        let event = |row: &Row| {
            Ok(Event {
                at: row.get(0)?,
                kind: row.get(1)?,
                number: name.clone(),
                user: row.get(2)?,
                host: row.get(3)?,
                reason: row.get(4)?,
                text: row.get(5)?,
                pdf: row.get(6)?,
            })
        };
        let events = select.query_map(params![code, year, serial], event)?;
        Ok(events.collect::<Result<_, _>>()?)
    }

    /// How many changes there were.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn events(&self) -> Result<i64, Fault> {
        let last = "SELECT coalesce(max(id), 0) FROM event";
        Ok(self.db.query_row(last, [], |row| row.get(0))?)
    }
}
