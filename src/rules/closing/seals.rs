//! C101 印章对应: every name of the signature has its own seal, or none has (7.3.5.1).

use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::rules::{Check, Rule};

/// The rule.
pub const RULE: Rule =
    Rule { code: "C101", name: "印章与署名对应", check: Check::Notice(check) };

fn check(notice: &Notice, places: &Places) -> Vec<Diagnostic> {
    let (seals, names) = (notice.seals.len(), notice.signature.len());
    if seals == 0 || seals == names || names == 0 {
        return Vec::new();
    }
    let message = format!("有 {names} 个署名，却有 {seals} 枚印章");
    let hint = match names {
        1 => "只写一枚印章",
        _ => "按署名的顺序写成列表，一个署名一枚印章；都不盖章就不写“印章”",
    };
    vec![Diagnostic::error(RULE.code, message).at(places.of("印章")).hint(hint)]
}
