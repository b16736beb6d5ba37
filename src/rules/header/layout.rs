//! H101 版面: a notice must be one that the program can lay out; laying it out as something
//! else would be a page that looks official and is wrong.

use crate::diag::Diagnostic;
use crate::notice::{Format, Notice, Places};
use crate::rules::{Check, Rule};

/// The rule.
pub const RULE: Rule =
    Rule { code: "H101", name: "版面尚未支持", check: Check::Notice(check) };

fn check(notice: &Notice, places: &Places) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut report = |field: &str, message: String, hint: &str| {
        let finding = Diagnostic::error(RULE.code, message).at(places.of(field));
        found.push(finding.hint(hint));
    };
    if notice.format != Format::Document {
        let name = notice.format.name();
        let field = if places.span("格式").is_some() { "格式" } else { "标题" };
        let hint = "写上“格式: 文件”可按普通文件排";
        report(field, format!("这一版还不会排“{name}”格式"), hint);
    }
    if notice.issuers.len() > 1 || notice.masthead.len() > 1 {
        let hint = "只写主办机关一家可按单独行文排";
        report("发文机关", "这一版还不会排联合行文".into(), hint);
    }
    if notice.seals.len() > 1 {
        report("印章", "单独行文只盖一枚印章".into(), "只写一枚印章");
    }
    if !notice.stamps.is_empty() {
        report("签名章", "这一版还不会排签名章".into(), "先删去“签名章”");
    }
    for (i, _) in notice.attachments.iter().enumerate().filter(|(_, it)| it.landscape) {
        let hint = "先删去“横排: true”";
        report(&format!("附件[{i}].横排"), "这一版还不会排横排的附件".into(), hint);
    }
    found
}
