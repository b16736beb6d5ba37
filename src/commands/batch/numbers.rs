//! 发文字号 that several notices of a run have: one given twice is a failure that nobody may
//! overlook.

use std::collections::{BTreeMap, HashMap};

use crate::batch::report::{Row, Told};
use crate::commands::desk::ANOTHER;
use crate::diag::Diagnostic;
use crate::terminal;

/// So many notices of one number are named.
const NAMED: usize = 3;

/// The numbers so far, with the notices that have them.
pub struct Numbers {
    /// The way out of a number that is given twice.
    way: String,
    first: HashMap<Box<str>, Box<str>>,
    /// Those of more than one.
    shared: BTreeMap<Box<str>, Vec<Box<str>>>,
}

impl Default for Numbers {
    fn default() -> Self {
        Self::with_way(ANOTHER.to_owned())
    }
}

impl Numbers {
    /// None so far.
    pub fn with_way(way: String) -> Self {
        Self { way, first: HashMap::new(), shared: BTreeMap::new() }
    }

    /// Takes the number of a notice's file.
    pub fn add(&mut self, number: Box<str>, file: &str) {
        if let Some(files) = self.shared.get_mut(&number) {
            files.push(file.into());
        } else if let Some(first) = self.first.get(&number) {
            let files = vec![first.clone(), file.into()];
            self.shared.insert(number, files);
        } else {
            self.first.insert(number, file.into());
        }
    }

    /// Tells every number of several notices.
    pub fn tell(&mut self) {
        terminal::note_first(&self.lines(), |more| {
            format!("另有 {more} 个发文字号也是这样，见 --report")
        });
    }

    fn lines(&mut self) -> Vec<String> {
        let way = &self.way;
        let line = |number: &str, files: &mut Vec<Box<str>>| {
            files.sort();
            let more = if files.len() > NAMED { " 等" } else { "" };
            let named = &files[..files.len().min(NAMED)];
            let count = files.len();
            format!(
                "提醒 B106：{number} 用在 {count} 份通知上：{}{more}；{way}",
                named.join("、")
            )
        };
        self.shared.iter_mut().map(|(number, files)| line(number, files)).collect()
    }

    /// Adds to the rows of a report what they share.
    pub fn report(&self, rows: &mut [Row]) {
        let mut others: HashMap<&str, (&str, &str)> = HashMap::new();
        for (number, files) in &self.shared {
            for (file, other) in files.iter().zip(files.iter().cycle().skip(1)) {
                others.insert(file, (number, other));
            }
        }
        for row in rows {
            if let Some((number, other)) = others.get(row.file.as_str()) {
                let message = format!("{number} 也用在“{other}”上");
                let finding = Diagnostic::warning("B106", message).hint(&self.way);
                // The run itself may have told it, with what it knew of others.
                row.diagnostics.retain(|it| it.code != finding.code);
                row.diagnostics.push(Told::from(&finding));
            }
        }
    }
}
