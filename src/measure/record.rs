//! What is asked and what is measured, a row for each clause and description.

use serde::Serialize;

use super::{EXACT, Grid, Line, NEAR};

/// A number, the two ends of a range, or a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A number in the row's unit.
    Number(f64),
    /// From, to.
    Range(f64, f64),
    /// A text.
    Text(String),
}

/// One row of the table: a measure, or the worst of all places where it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// The clause of GB/T 9704-2012.
    pub clause: &'static str,
    /// What is measured, in Chinese.
    pub what: String,
    /// What the clause asks for.
    pub asked: Value,
    /// What is on the page.
    pub measured: Value,
    /// How far the two may lie apart; none for ranges and texts.
    pub tolerance: Option<f64>,
    /// 毫米, 磅, 字, 行…; empty for texts.
    pub unit: &'static str,
    /// Whether it is kept, everywhere.
    pub ok: bool,
    /// How often it was measured.
    pub count: usize,
    /// The page of the worst place, from 1.
    pub page: usize,
    /// The text at the worst place, cut short.
    pub text: String,
}

/// A place on the pages.
pub struct Spot {
    page: usize,
    text: String,
}

impl From<&Line> for Spot {
    fn from(line: &Line) -> Self {
        Self { page: line.page, text: line.text.chars().take(12).collect() }
    }
}

impl From<usize> for Spot {
    fn from(page: usize) -> Self {
        Self { page, text: String::new() }
    }
}

/// All rows so far, each with how far off its worst place is; more than 1 is too far.
#[derive(Default)]
pub struct Record(Vec<(Measurement, f64)>);

impl Record {
    /// Begins to note measures of a clause at a place: a line, or a page from 0.
    pub fn at(&mut self, clause: &'static str, spot: impl Into<Spot>) -> Noting<'_> {
        Noting { record: self, clause, spot: spot.into() }
    }

    /// The rows by clause, within each in the order they were first noted.
    pub fn rows(self) -> Vec<Measurement> {
        let mut rows: Vec<Measurement> = self.0.into_iter().map(|(row, _)| row).collect();
        rows.sort_by_cached_key(|row| {
            let parts =
                row.clause.split('.').map(|part| part.parse().unwrap_or(u32::MAX));
            parts.collect::<Vec<_>>()
        });
        rows
    }

    fn add(&mut self, row: Measurement, off: f64) {
        let known = self
            .0
            .iter_mut()
            .find(|(known, _)| known.clause == row.clause && known.what == row.what);
        match known {
            Some((known, worst)) => {
                let count = known.count + 1;
                if off > *worst {
                    (*known, *worst) = (row, off);
                }
                known.count = count;
            }
            None => self.0.push((row, off)),
        }
    }
}

/// Notes measures of one clause at one place.
pub struct Noting<'a> {
    record: &'a mut Record,
    clause: &'static str,
    spot: Spot,
}

/// Three decimals are what a page can be measured to.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0 + 0.0
}

impl Noting<'_> {
    fn note(
        &mut self,
        what: &str,
        (asked, measured): (Value, Value),
        (tolerance, unit): (Option<f64>, &'static str),
        off: f64,
    ) -> &mut Self {
        let row = Measurement {
            clause: self.clause,
            what: what.to_owned(),
            asked,
            measured,
            tolerance,
            unit,
            ok: off <= 1.0,
            count: 1,
            page: self.spot.page + 1,
            text: self.spot.text.clone(),
        };
        self.record.add(row, off);
        self
    }

    fn number(
        &mut self,
        what: &str,
        (asked, measured): (f64, f64),
        tolerance: f64,
        unit: &'static str,
    ) -> &mut Self {
        let apart = (asked - measured).abs();
        // Equal numbers need no tolerance; rounding errors of the engine are far smaller.
        let off = if apart < 1e-9 { 0.0 } else { apart / tolerance };
        let pair = (Value::Number(rounded(asked)), Value::Number(rounded(measured)));
        self.note(what, pair, (Some(tolerance), unit), off)
    }

    /// A position, in mm, to 0.3 mm.
    pub fn near(&mut self, what: &str, asked: f64, measured: f64) -> &mut Self {
        self.number(what, (asked, measured), NEAR, "毫米")
    }

    /// A position of rules or grid, in mm, to 0.05 mm.
    pub fn exact(&mut self, what: &str, asked: f64, measured: f64) -> &mut Self {
        self.number(what, (asked, measured), EXACT, "毫米")
    }

    /// A length, in mm, to a tolerance of its own.
    pub fn to(&mut self, what: &str, asked: f64, measured: f64, by: f64) -> &mut Self {
        self.number(what, (asked, measured), by, "毫米")
    }

    /// A length, in mm, that may be greater but not less.
    pub fn least(&mut self, what: &str, asked: f64, measured: f64) -> &mut Self {
        self.limit(what, (asked, measured), (asked - measured) / NEAR)
    }

    /// A length, in mm, that may be less but not greater.
    pub fn most(&mut self, what: &str, asked: f64, measured: f64) -> &mut Self {
        self.limit(what, (asked, measured), (measured - asked) / NEAR)
    }

    fn limit(&mut self, what: &str, pair: (f64, f64), off: f64) -> &mut Self {
        let values = (Value::Number(rounded(pair.0)), Value::Number(rounded(pair.1)));
        self.note(what, values, (Some(NEAR), "毫米"), off)
    }

    /// A size of type, in pt, to a tenth.
    pub fn size(&mut self, what: &str, asked: f64, measured: f64) -> &mut Self {
        self.number(what, (asked, measured), 0.1, "磅")
    }

    /// A number of things.
    pub fn count(
        &mut self,
        what: &str,
        asked: f64,
        measured: f64,
        unit: &'static str,
    ) -> &mut Self {
        self.number(what, (asked, measured), 0.0, unit)
    }

    /// A length between two others, in mm.
    pub fn within(
        &mut self,
        what: &str,
        (low, high): (f64, f64),
        measured: f64,
    ) -> &mut Self {
        let half = ((high - low) / 2.0).max(f64::EPSILON);
        let off = (measured - (low + high) / 2.0).abs() / half;
        let off = if (low..=high).contains(&measured) {
            off.min(1.0)
        } else {
            off.max(1.0 + f64::EPSILON)
        };
        let asked = Value::Range(rounded(low), rounded(high));
        self.note(what, (asked, Value::Number(rounded(measured))), (None, "毫米"), off)
    }

    /// A gap of `n` empty lines (3.2).
    pub fn gap(&mut self, what: &str, grid: Grid, n: f64, measured: f64) -> &mut Self {
        self.within(what, grid.gap(n), measured)
    }

    /// A text that must be the one asked for.
    pub fn same(&mut self, what: &str, asked: &str, measured: &str) -> &mut Self {
        self.holds(what, asked, measured, asked == measured)
    }

    /// Something that words tell best.
    pub fn holds(
        &mut self,
        what: &str,
        asked: &str,
        measured: &str,
        ok: bool,
    ) -> &mut Self {
        let pair = (Value::Text(asked.to_owned()), Value::Text(measured.to_owned()));
        self.note(what, pair, (None, ""), if ok { 0.0 } else { f64::INFINITY })
    }

    /// Something that must be so.
    pub fn is(&mut self, what: &str, ok: bool) -> &mut Self {
        self.holds(what, "是", if ok { "是" } else { "否" }, ok)
    }

    /// An element that must be on the pages.
    pub fn there(&mut self, what: &str, ok: bool) -> &mut Self {
        self.holds(what, "有", if ok { "有" } else { "没有" }, ok)
    }
}
