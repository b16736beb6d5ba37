//! P307 发文机关标志: a joint one for which the first page leaves so little room that it is smaller
//! than the text (7.2.4).

use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::page::BODY;
use crate::rules::{Check, Rule};
use crate::typeset::facts::{Facts, Text};

/// The rule.
pub const RULE: Rule =
    Rule {
        code: "P307", name: "发文机关标志不小于正文", check: Check::Pages(check)
    };

fn check(_: &Notice, places: &Places, facts: &Facts) -> Vec<Diagnostic> {
    let texts = facts.pages.iter().take(1).flat_map(|page| &page.texts);
    let red = texts.filter(|text: &&Text| text.red && !text.text.trim().is_empty());
    let size = red.map(|text| text.size).fold(f64::MAX, f64::min);
    if size > BODY - 0.05 {
        return Vec::new();
    }
    let message = format!("首页地方太小，发文机关标志只有 {size:.1} 磅，比正文还小");
    vec![
        Diagnostic::warning(RULE.code, message)
            .at(places.of("发文机关"))
            .on_page(1)
            .hint("缩短标题、主送；或用“发文机关标志”只写主办机关的名称"),
    ]
}
