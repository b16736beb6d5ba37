//! What an inspector asks of a register: what is missing, void, double, out of order.

use std::collections::{BTreeMap, HashMap};

use super::{Entry, Series, State};
use crate::notice::number::Number;

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// 缺号: from the first to the last serial, with neither notice nor reason.
    Missing(Series, u32, u32),
    /// 作废, with its reason.
    Void(Number, String),
    /// The second of two numbers with the same notice or the same title.
    Double(Number, Number),
    /// 成文日期 lies before that of an earlier number: this one, the earlier one.
    Order(Number, Number),
}

impl Finding {
    /// Whether something is to be put right: a void number has its reason.
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::Void(..))
    }
}

/// Looks through numbers that are in the order of their series.
pub fn findings(entries: &[Entry]) -> Vec<Finding> {
    let mut by_series: BTreeMap<Series, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        by_series.entry(Series::of(&entry.number)).or_default().push(entry);
    }
    let mut found = Vec::new();
    for (series, entries) in &by_series {
        missing(series, entries, &mut found);
        out_of_order(entries, &mut found);
    }
    doubles(entries, &mut found);
    let void = entries.iter().filter(|entry| entry.state == State::Void);
    found.extend(void.map(|it| Finding::Void(it.number.clone(), it.remark.clone())));
    found
}

fn missing(series: &Series, entries: &[&Entry], found: &mut Vec<Finding>) {
    let mut expected = 1;
    for serial in entries.iter().filter_map(|entry| entry.number.serial) {
        if serial > expected {
            found.push(Finding::Missing(series.clone(), expected, serial - 1));
        }
        expected = serial.saturating_add(1);
    }
}

fn out_of_order(entries: &[&Entry], found: &mut Vec<Finding>) {
    let mut latest: Option<&Entry> = None;
    for entry in entries.iter().filter(|it| it.state == State::Issued) {
        match latest {
            _ if entry.record.date.is_none() => {}
            Some(before) if entry.record.date < before.record.date => {
                found.push(Finding::Order(entry.number.clone(), before.number.clone()));
            }
            _ => latest = Some(entry),
        }
    }
}

fn doubles(entries: &[Entry], found: &mut Vec<Finding>) {
    let mut seen: HashMap<(&str, &str), &Entry> = HashMap::new();
    for entry in entries.iter().filter(|it| it.state == State::Issued) {
        let keys = [("file", &*entry.sent.file), ("title", &*entry.record.title)];
        let mut earlier = None;
        for key in keys.into_iter().filter(|(_, text)| !text.is_empty()) {
            earlier = earlier.or(seen.get(&key).copied());
            seen.entry(key).or_insert(entry);
        }
        if let Some(first) = earlier {
            found.push(Finding::Double(entry.number.clone(), first.number.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Record, Sent};

    fn entry(serial: u32, state: State, date: &str, title: &str) -> Entry {
        let series = Series { code: "云工发".into(), year: 2026 };
        let record =
            Record { title: title.into(), date: date.parse().ok(), ..Record::default() };
        let (open, remark, sent) = (false, "缘由".into(), Sent::default());
        Entry { number: series.number(serial), state, open, remark, record, sent }
    }

    #[test]
    fn what_is_missing_void_double_or_out_of_order_is_found() {
        let entries = [
            entry(2, State::Issued, "2026-03-05", "甲"),
            entry(3, State::Void, "", ""),
            entry(6, State::Issued, "2026-03-04", "乙"),
            entry(7, State::Issued, "2026-03-05", "甲"),
            entry(8, State::Reserved, "", ""),
        ];
        let series = Series { code: "云工发".into(), year: 2026 };
        let number = |serial| series.number(serial);
        assert_eq!(
            findings(&entries),
            [
                Finding::Missing(series.clone(), 1, 1),
                Finding::Missing(series.clone(), 4, 5),
                Finding::Order(number(6), number(2)),
                Finding::Double(number(7), number(2)),
                Finding::Void(number(3), "缘由".into()),
            ]
        );
        assert_eq!(findings(&[]), []);
    }
}
