//! C102 签名章: each has the signer's post and an image or a name (7.3.5.3); seals do not go
//! with it.

use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::rules::{Check, Rule};

/// The rule.
pub const RULE: Rule =
    Rule { code: "C102", name: "签名章", check: Check::Notice(check) };

fn check(notice: &Notice, places: &Places) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (i, stamp) in notice.stamps.iter().enumerate() {
        let mut report = |message: &str, hint: &str| {
            let at = places.of(&format!("签名章[{i}]")).or(places.of("签名章"));
            found.push(Diagnostic::error(RULE.code, message).at(at).hint(hint));
        };
        if stamp.post.is_none() {
            report("签名章缺少签发人职务", "加上一行“职务: 局长”");
        }
        if stamp.image.is_none() && stamp.name.is_none() {
            report("签名章缺少图片或姓名", "加上“图片: 签名章.png”或“姓名: 张某某”");
        }
    }
    if !notice.stamps.is_empty() && !notice.seals.is_empty() {
        let finding = Diagnostic::error(RULE.code, "签名章和印章不能都有");
        found.push(
            finding
                .at(places.of("签名章"))
                .hint("加盖签名章的公文不盖机关印章，删去一个"),
        );
    }
    found
}
