//! Imprint (7.4) and page numbers (7.5).

use super::lines::squeezed;
use super::{Deviations, EXACT, Line, NEAR, PT};
use crate::support::Laid;

/// A 4号 character.
const C: f64 = 14.0 * PT;

/// 7.4: at the foot of the last page, which is even when printed on both sides.
pub fn imprint(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    let notice = &laid.notice;
    let Some(page) = laid.facts.pages.last() else { return };
    let last = laid.facts.pages.len() - 1;
    let moved = notice.recipients.as_ref().is_some_and(|names| {
        let label =
            format!("主送：{}", squeezed(names).chars().take(6).collect::<String>());
        lines.iter().any(|line| line.page == last && line.text.starts_with(&label))
    });
    if notice.copies.is_none() && notice.printing.is_none() && !moved {
        return;
    }
    found.holds("7.4", "on an even page", !notice.duplex || last % 2 == 1);
    let wide = |rule: &&hongtou::typeset::facts::Rule| {
        !rule.red
            && rule.from.1 == rule.to.1
            && (rule.to.0 - rule.from.0 - 156.0).abs() < EXACT
    };
    let mut rules: Vec<_> = page
        .rules
        .iter()
        .filter(wide)
        .filter(|rule| (rule.thickness - 0.176).abs() > 0.01)
        .collect();
    rules.sort_by(|a, b| a.from.1.total_cmp(&b.from.1));
    let thin =
        usize::from(notice.printing.is_some() && (notice.copies.is_some() || moved));
    found.near("7.4.1", "rules", 2.0 + thin as f64, rules.len() as f64, 0.0);
    let (Some(first), Some(end)) = (rules.first(), rules.last()) else { return };
    found.near("7.4.1", "last rule on the type area's edge", 262.0, end.from.1, EXACT);
    for (i, rule) in rules.iter().enumerate() {
        let thick = if i == 0 || i + 1 == rules.len() { 0.35 } else { 0.25 };
        found.near("7.4.1", "thickness", thick, rule.thickness, 0.005);
        found.near("7.4.1", "left end", 28.0, rule.from.0, EXACT);
    }
    let inside = |line: &&Line| {
        line.page == last && line.baseline > first.from.1 && line.baseline < 262.0
    };
    let texts: Vec<&Line> = lines.iter().filter(inside).collect();
    found.holds("7.4.2", "4号", texts.iter().all(|line| (line.size - 14.0).abs() < 0.01));
    let all: String = texts.iter().map(|line| line.text.as_str()).collect();
    if let Some(copies) = &notice.copies {
        let asked = format!("抄送：{}。", squeezed(copies));
        found.holds("7.4.2", "抄送 with a full stop", all.contains(&asked));
        hanging(&texts, "抄送：", found);
    }
    if moved {
        hanging(&texts, "主送：", found);
    }
    if let Some(printing) = &notice.printing {
        let Some(line) = texts.last() else { return };
        let date = printing
            .date
            .or(notice.date)
            .map(|date| format!("{date}印发"))
            .unwrap_or_default();
        found.holds("7.4.3", "印发日期", line.text.ends_with(&date));
        found.near("7.4.3", "office one character in", 28.0 + C, line.left(), NEAR);
        found.near("7.4.3", "date one character in", 184.0 - C, line.right(), NEAR);
        if thin == 1 {
            let rule = rules[1].from.1;
            found.holds(
                "7.4.3",
                "a thin rule above",
                rule < line.top() && line.top() - rule < 6.0,
            );
        }
    }
    let text =
        lines.iter().filter(|line| line.page == last && line.baseline < first.from.1);
    found.holds(
        "7.4",
        "nothing under the imprint",
        text.clone().all(|line| line.bottom() < first.from.1),
    );
}

/// 7.4.2: one character in, lines that follow under the first name.
fn hanging(texts: &[&Line], label: &str, found: &mut Deviations) {
    let Some(at) = texts.iter().position(|line| line.text.starts_with(label)) else {
        return found.holds("7.4.2", label, false);
    };
    found.near("7.4.2", label, 28.0 + C, texts[at].left(), NEAR);
    let names = texts[at].glyphs[3].x;
    found.near("7.4.2", "names behind the label", 28.0 + 4.0 * C, names, NEAR);
    let more = texts[at + 1..].iter().take_while(|line| line.left() > 28.0 + 2.0 * C);
    for line in more {
        found.within(
            "7.4.2",
            "names under names",
            names - C / 2.0 - NEAR,
            names + NEAR,
            line.left(),
        );
    }
}

/// 7.5: dash, number, dash; outer side; none on an empty page and the imprint behind it.
pub fn folios(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    let pages = laid.facts.pages.len();
    let is_empty = |page: usize| {
        !lines.iter().any(|line| line.page == page && line.baseline < 266.0)
    };
    for page in 0..pages {
        let folio = lines.iter().find(|line| line.page == page && line.baseline > 266.0);
        if is_empty(page) || (page > 0 && page + 1 == pages && is_empty(page - 1)) {
            found.holds(
                "7.5",
                &format!("no number on page {}", page + 1),
                folio.is_none(),
            );
            continue;
        }
        let Some(folio) = folio else {
            found.holds("7.5", &format!("a number on page {}", page + 1), false);
            continue;
        };
        found.holds("7.5", "dash, number, dash", folio.text == format!("—{}—", page + 1));
        found.near("7.5", "4号", 14.0, folio.size, 0.01);
        found.holds("7.5", "宋体", folio.family == "GW SongTi");
        let dash = folio.glyphs[0].ink.map_or(0.0, |ink| ink[1]);
        found.near("7.5", "upper edge of the dash", 269.0, dash, EXACT);
        match page % 2 {
            0 => found.near(
                "7.5",
                "one character from the right",
                184.0 - C,
                folio.right(),
                NEAR,
            ),
            _ => found.near(
                "7.5",
                "one character from the left",
                28.0 + C,
                folio.left(),
                NEAR,
            ),
        }
    }
}
