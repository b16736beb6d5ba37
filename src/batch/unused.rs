//! Parameters of the command line that no notice has: a name that was mistyped would leave all
//! notices as they were, without a word.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::roster::{entries, parameters, variables};
use crate::notice::source::Source;
use crate::notice::variables::Params;

/// The names that no notice had so far.
#[derive(Debug, Default)]
pub struct Unused(Mutex<BTreeSet<String>>);

impl Unused {
    /// None of them had any yet.
    pub fn new(given: &Params) -> Self {
        Self(Mutex::new(given.keys().cloned().collect()))
    }

    /// Takes a notice's bytes.
    pub fn see(&self, name: &str, bytes: &[u8]) {
        if self.left().is_empty() {
            return;
        }
        let Ok(source) = Source::decode(name, bytes) else { return };
        // Read without the lock: other threads have notices of their own.
        let entries = entries(&source);
        let mut left = self.left();
        for name in variables(&entries).into_iter().chain(parameters(&entries)) {
            left.remove(&name);
        }
    }

    /// What is told of them, a line each.
    pub fn told(&self) -> Vec<String> {
        let told =
            |name: &String| format!("--set 的“{name}”没有一份通知用到，请核对名称");
        self.left().iter().map(told).collect()
    }

    fn left(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
