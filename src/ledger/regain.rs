//! What a damaged register still tells of changes that a copy lacks, done again.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row, params};

use super::issue::GIVEN_BACK;
use super::{Fault, Ledger};

/// A change as the history has it: its columns but the id, which it gets anew.
pub(super) struct Line([String; 9]);

/// Changes after the `kept`th that can be read in a damaged register, and whether its
/// history could be read to its end.
pub(super) fn later(path: &Path, kept: i64) -> (Vec<Line>, bool) {
    let mut lines = Vec::new();
    let whole = read_later(path, kept, &mut lines).is_ok();
    (lines, whole)
}

fn read_later(path: &Path, kept: i64, lines: &mut Vec<Line>) -> rusqlite::Result<()> {
    // The engine may write: it rolls back what a killed program left half done.
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut select = db.prepare(
        "SELECT at, kind, code, CAST(year AS TEXT), CAST(serial AS TEXT), user, host, \
         reason, entry FROM event WHERE id > ? ORDER BY id",
    )?;
    let line = |row: &Row| {
        let mut line = Line(Default::default());
        for (at, cell) in line.0.iter_mut().enumerate() {
            *cell = row.get(at)?;
        }
        Ok(line)
    };
    for row in select.query_map([kept], line)? {
        lines.push(row?);
    }
    Ok(())
}

impl Ledger {
    /// Does changes again, as the history tells them.
    ///
    /// # Errors
    /// The register cannot be written.
    pub(super) fn again(&mut self, lines: &[Line]) -> Result<(), Fault> {
        self.change(|change| {
            for Line(cells) in lines {
                change.db.execute(
                    "INSERT INTO event (at, kind, code, year, serial, user, host, reason, \
                     entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    rusqlite::params_from_iter(cells),
                )?;
                let [_, kind, code, year, serial, .., entry] = cells;
                // What the copy has as begun went on since.
                change.db.execute(ENDED, params![code, year, serial])?;
                if kind == GIVEN_BACK {
                    change.db.execute(AWAY, params![code, year, serial])?;
                } else {
                    change.db.execute(AGAIN, params![code, year, serial, entry])?;
                }
            }
            Ok(())
        })
    }

    /// Notes in the history of the last number that the register was recovered.
    ///
    /// # Errors
    /// The register cannot be written.
    pub(super) fn told(&mut self, reason: &str) -> Result<(), Fault> {
        self.change(|change| {
            let last = "SELECT coalesce(max(id), 0) FROM number";
            let last: i64 = change.db.query_row(last, [], |row| row.get(0))?;
            change.log(last, "恢复", reason)
        })
    }
}

/// Forgets what was begun under a number.
const ENDED: &str = "DELETE FROM intent WHERE number = \
    (SELECT id FROM number WHERE code = ? AND year = ? AND serial = ?)";

/// Takes a number out that was given back.
const AWAY: &str = "DELETE FROM number WHERE code = ? AND year = ? AND serial = ? \
    AND state = 'reserved'";

/// Sets a number's row to what the history says it was.
const AGAIN: &str = "INSERT INTO number (code, year, serial, state, remark, issuer, title, \
    secrecy, signers, date, copies_no, recipients, copies, file, text, parts, pdf_file, pdf) \
    SELECT ?1, ?2, ?3, ?4 ->> 'state', ?4 ->> 'remark', ?4 ->> 'issuer', ?4 ->> 'title', \
    ?4 ->> 'secrecy', ?4 ->> 'signers', ?4 ->> 'date', ?4 ->> 'copies_no', \
    ?4 ->> 'recipients', ?4 ->> 'copies', ?4 ->> 'file', ?4 ->> 'text', ?4 ->> 'parts', \
    ?4 ->> 'pdf_file', ?4 ->> 'pdf' WHERE true \
    ON CONFLICT (code, year, serial) DO UPDATE SET state = excluded.state, \
    remark = excluded.remark, issuer = excluded.issuer, title = excluded.title, \
    secrecy = excluded.secrecy, signers = excluded.signers, date = excluded.date, \
    copies_no = excluded.copies_no, recipients = excluded.recipients, \
    copies = excluded.copies, file = excluded.file, text = excluded.text, \
    parts = excluded.parts, pdf_file = excluded.pdf_file, pdf = excluded.pdf";
