//! H102 不印的项: what a notice says and its layout has no place for would vanish without a
//! word.

use crate::diag::Diagnostic;
use crate::notice::{Format, Notice, Places};
use crate::rules::{Check, Rule};

/// The rule.
pub const RULE: Rule =
    Rule { code: "H102", name: "版面不印的项", check: Check::Notice(check) };

fn check(notice: &Notice, places: &Places) -> Vec<Diagnostic> {
    let format = notice.format;
    let bulletin = format == Format::Bulletin;
    let own = [Format::Document, Format::Minutes];
    let unsigned = notice.signature.is_empty() && notice.stamps.is_empty();
    let keys = [
        ("签发人", !notice.signers.is_empty() && !own.contains(&format)),
        ("发文字号", notice.number.is_some() && bulletin),
        ("印章", !notice.seals.is_empty() && unsigned && places.of("印章").is_some()),
        ("期号", notice.bulletin.issue.is_some() && !bulletin),
        ("编印", notice.bulletin.editor.is_some() && !bulletin),
        ("按语", notice.bulletin.preface.is_some() && !bulletin),
        ("报送", !notice.bulletin.sent_to.is_empty() && !bulletin),
    ];
    let finding = |(key, _): (&str, bool)| {
        let message = format!("“{}”格式不印“{key}”", format.name());
        Diagnostic::warning(RULE.code, message)
            .at(places.of(key))
            .hint("删去这一项，或改“格式”")
    };
    keys.into_iter().filter(|(_, vanishes)| *vanishes).map(finding).collect()
}
