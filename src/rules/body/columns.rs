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
    let named = |list: &str, i: usize| format!("{list}[{i}]");
    let enclosures = notice.enclosures.iter().enumerate();
    let enclosures = enclosures.map(|(i, it)| (named("印发件", i), &it.body, false));
    let attachments = notice.attachments.iter().enumerate();
    let attachments =
        attachments.map(|(i, it)| (named("附件", i), &it.body, it.landscape));
    let body = std::iter::once(("正文".to_owned(), &notice.body, false));
    let mut found = Vec::new();
    for (path, blocks, turned) in body.chain(enclosures).chain(attachments) {
        for block in blocks {
            if let Block::Table(table) = block {
                found.extend(findings(&Shape::of(table, turned), turned, &path, places));
            }
        }
    }
    found
}

/// So many columns are named.
const NAMED: usize = 5;

/// One finding for all columns of a table that are too narrow; `path`: the field it is in.
fn findings(
    shape: &Shape,
    turned: bool,
    path: &str,
    places: &Places,
) -> Option<Diagnostic> {
    let columns = shape.broken.iter().zip(&shape.slim).enumerate();
    let told = |(at, (word, slim)): (usize, (&Option<String>, &bool))| match word {
        Some(word) => Some(format!("第 {} 栏放不下“{word}”", at + 1)),
        None => slim.then(|| format!("第 {} 栏一行只排得下一个字", at + 1)),
    };
    let all: Vec<String> = columns.filter_map(told).collect();
    let more = all.len().saturating_sub(NAMED);
    let more = if more > 0 { format!("，另有 {more} 栏") } else { String::new() };
    let named = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join("，");
    let word = shape.broken.iter().flatten().next();
    let place = word.map_or_else(|| places.of(path), |it| places.within(path, it));
    let broken = if word.is_some() { "，要断成几行" } else { "" };
    let hint = match turned {
        false => "加宽这一栏的“列宽”，减少栏数，或者作为附件用“横排: true”",
        true => "加宽这一栏的“列宽”，或者减少栏数",
    };
    let finding = || {
        Diagnostic::warning(RULE.code, format!("表格{named}{more}{broken}"))
            .at(place)
            .hint(hint)
    };
    (!all.is_empty()).then(finding)
}
