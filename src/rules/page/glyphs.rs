//! P301 缺字: every character must have a glyph; one that none of the fonts has would leave
//! an empty box on paper.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::rules::{Check, Rule};
use crate::typeset::facts::Facts;

/// The rule.
pub const RULE: Rule = Rule { code: "P301", name: "缺字", check: Check::Pages(check) };

fn check(_: &Notice, places: &Places, facts: &Facts) -> Vec<Diagnostic> {
    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    for (number, page) in facts.pages.iter().enumerate() {
        for glyph in
            page.texts.iter().flat_map(|text| &text.glyphs).filter(|glyph| glyph.missing)
        {
            missing.entry(glyph.text.clone()).or_insert(number + 1);
        }
    }
    let finding = |(text, page): (String, usize)| {
        let codes: Vec<String> =
            text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let message =
            format!("所有字体里都没有“{text}”（{}），它在第 {page} 页", codes.join(" "));
        Diagnostic::error(RULE.code, message)
            .at(places.anywhere(&text))
            .on_page(page)
            .hint("换一个字；或把含有这个字的字体放进字体文件夹，或加 --system-fonts")
    };
    missing.into_iter().map(finding).collect()
}
