//! Rules that a notice is held against, one a file, by the part of the page they look at.

mod body;
mod closing;
mod header;
pub mod page;

use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::typeset::facts::Facts;

/// What a rule looks at.
pub enum Check {
    /// The notice before it is laid out.
    Notice(fn(&Notice, &Places) -> Vec<Diagnostic>),
    /// The pages it became.
    Pages(fn(&Notice, &Places, &Facts) -> Vec<Diagnostic>),
}

/// A rule.
pub struct Rule {
    /// Stable code.
    pub code: &'static str,
    /// What it is about, in Chinese.
    pub name: &'static str,
    /// How it looks.
    pub check: Check,
}

/// All rules, in the order of their codes.
pub const RULES: &[Rule] = &[
    header::unprinted::RULE,
    closing::seals::RULE,
    closing::stamps::RULE,
    page::glyphs::RULE,
    page::type_area::RULE,
    page::ending::RULE,
    page::imprint::RULE,
    body::columns::RULE,
    header::mark::RULE,
];

/// Holds a notice against the rules that need no pages.
pub fn check(notice: &Notice, places: &Places) -> Vec<Diagnostic> {
    let found = RULES.iter().map(|rule| match rule.check {
        Check::Notice(check) => check(notice, places),
        Check::Pages(_) => Vec::new(),
    });
    found.flatten().collect()
}

/// Holds the pages against the rules that look at them.
pub fn check_pages(notice: &Notice, places: &Places, facts: &Facts) -> Vec<Diagnostic> {
    let found = RULES.iter().map(|rule| match rule.check {
        Check::Notice(_) => Vec::new(),
        Check::Pages(check) => check(notice, places, facts),
    });
    found.flatten().collect()
}
