//! Parameters of the command line that no notice has: a name that was mistyped would leave all
//! notices as they were, without a word.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Asked;
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

    /// Takes a notice's bytes. Of a text that is no YAML, whatever it has of a name is a use of
    /// it; what is no text might use them all.
    pub fn see(&self, name: &str, bytes: &[u8]) {
        if self.left().is_empty() {
            return;
        }
        let Ok(source) = Source::decode(name, bytes) else { return self.give_up() };
        // Read without the lock: other threads have notices of their own.
        let asked = Asked::of(&source);
        self.take(&asked);
        if asked.is_empty() {
            self.left().retain(|name| !source.text().contains(name.as_str()));
        }
    }

    /// Takes what a notice asks for.
    pub fn take(&self, asked: &Asked) {
        let given = self.left().clone();
        let mut names = asked.variables(&|name| given.contains(name));
        names.extend(asked.parameters().map(|(name, _)| name.to_owned()));
        self.drop_all(&names);
    }

    /// Takes names that are asked for elsewhere.
    pub fn drop_all(&self, names: &[String]) {
        self.left().retain(|name| !names.contains(name));
    }

    /// Says nothing of any: one notice could not be looked at.
    pub fn give_up(&self) {
        self.left().clear();
    }

    /// What is told of them, a line each.
    pub fn told(&self) -> Vec<String> {
        self.told_of("没有一份通知用到，请核对名称")
    }

    /// The same, of some notices.
    pub fn told_of(&self, whose: &str) -> Vec<String> {
        self.left().iter().map(|name| format!("--set 的“{name}”{whose}")).collect()
    }

    fn left(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_what_a_broken_notice_may_use() {
        let given = || {
            let names = ["年度", "年渡"].map(|name| (name.to_owned(), String::new()));
            Unused::new(&names.into_iter().collect())
        };
        let left = |text: &[u8]| {
            let unused = given();
            unused.see("甲.yaml", text);
            unused.told().len()
        };
        assert_eq!(left("标题: 关于甲的通知\n".as_bytes()), 2);
        assert_eq!(left("标题: \"{{ 年度 }}\"\n".as_bytes()), 1);
        assert_eq!(left("标题: [\"{{ 年度 }}\"\n".as_bytes()), 1);
        assert_eq!(left(&[0xb1, 0xea]), 0);
    }
}
