//! P305 栏宽: a figure that its column is too narrow for goes on in the next line, where it is
//! misread.

use crate::diag::Diagnostic;
use crate::notice::body::Block;
use crate::notice::{Notice, Places};
use crate::rules::{Check, Rule};
use crate::template::Shape;

/// The rule.
pub const RULE: Rule =
    Rule { code: "P305", name: "表格的栏宽", check: Check::Notice(check) };

fn check(notice: &Notice, places: &Places) -> Vec<Diagnostic> {
    let enclosures = notice.enclosures.iter().map(|it| (&it.body, false));
    let attachments = notice.attachments.iter().map(|it| (&it.body, it.landscape));
    let parts =
        std::iter::once((&notice.body, false)).chain(enclosures).chain(attachments);
    let mut found = Vec::new();
    for (blocks, turned) in parts {
        for block in blocks {
            if let Block::Table(table) = block {
                found.extend(findings(&Shape::of(table, turned), places));
            }
        }
    }
    found
}

/// A finding for each column that is too narrow.
fn findings(shape: &Shape, places: &Places) -> Vec<Diagnostic> {
    let hint = "加宽这一栏的“列宽”，减少栏数，或者作为附件用“横排: true”";
    let finding = |(column, word): (usize, &Option<String>)| {
        let word = word.as_ref()?;
        let message = format!("表格第 {} 栏放不下“{word}”，要断成几行", column + 1);
        Some(Diagnostic::warning(RULE.code, message).at(places.anywhere(word)).hint(hint))
    };
    shape.broken.iter().enumerate().filter_map(finding).collect()
}
