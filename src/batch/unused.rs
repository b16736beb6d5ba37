//! Parameters of the command line that no notice has: a name that was mistyped would leave all
//! notices as they were, without a word.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::roster::{parameters, variables};
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
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if left.is_empty() {
            return;
        }
        let Ok(source) = Source::decode(name, bytes) else { return };
        let has = variables(&source).into_iter().chain(parameters(&source));
        for name in has {
            left.remove(&name);
        }
    }

    /// What is told of them, a line each.
    pub fn told(&self) -> Vec<String> {
        let left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told =
            |name: &String| format!("--set 的“{name}”没有一份通知用到，请核对名称");
        left.iter().map(told).collect()
    }
}
