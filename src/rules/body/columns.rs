//! P305 栏宽: a figure that its column is too narrow for goes on in the next line, where it is
//! misread; texts of one character a line are hard to read.

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

/// So many columns are named.
const NAMED: usize = 5;

/// One finding for all columns that are too narrow.
fn findings(shape: &Shape, places: &Places) -> Option<Diagnostic> {
    let columns = shape.broken.iter().zip(&shape.slim).enumerate();
    let told = |(at, (word, slim)): (usize, (&Option<String>, &bool))| match word {
        Some(word) => Some(format!("第 {} 栏放不下“{word}”", at + 1)),
        None => slim.then(|| format!("第 {} 栏一行只排得下一个字", at + 1)),
    };
    let all: Vec<String> = columns.filter_map(told).collect();
    let more = all.len().saturating_sub(NAMED);
    let more = if more > 0 { format!("，另有 {more} 栏") } else { String::new() };
    let named = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join("，");
    let place = shape.broken.iter().flatten().next().and_then(|it| places.anywhere(it));
    let broken = if place.is_some() { "，要断成几行" } else { "" };
    let finding = || {
        Diagnostic::warning(RULE.code, format!("表格{named}{more}{broken}"))
            .at(place)
            .hint("加宽这一栏的“列宽”，减少栏数，或者作为附件用“横排: true”")
    };
    (!all.is_empty()).then(finding)
}
