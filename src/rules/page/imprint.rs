//! P304 版记: names that a page does not hold (7.4).

use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::rules::{Check, Rule};
use crate::typeset::facts::Facts;

/// The rule.
pub const RULE: Rule =
    Rule { code: "P304", name: "版记不超过一页", check: Check::Pages(check) };

/// The layout library marks an imprint that fills pages of its own.
const MARK: &str = "imprint-long";

fn check(notice: &Notice, places: &Places, facts: &Facts) -> Vec<Diagnostic> {
    let Some((page, _)) = facts.mark(MARK) else { return Vec::new() };
    let field = if notice.copies.is_some() { "抄送" } else { "主送" };
    vec![
        Diagnostic::warning(RULE.code, "版记比一页还长，分排在几页上")
            .at(places.of(field))
            .on_page(page + 1)
            .hint("机关太多：用“各县（区）人民政府”这样的统称"),
    ]
}
