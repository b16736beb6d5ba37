//! 联合行文的标志 (7.2.4): the names below each other with equal ends, 文件, or 令 (10.2), at
//! their right in the middle of their height.

use super::lines::squeezed;
use super::mark::{self, Asked};
use super::record::Record;
use super::{AREA, Laid, Line};
use crate::notice::Notice;

/// What may stand behind the names, the longer before what it ends with.
const BEHIND: &[&str] = &["文件", "命令", "令"];

/// The names in the mark, where there are several.
pub fn names(notice: &Notice) -> Vec<String> {
    let names =
        if notice.masthead.is_empty() { &notice.issuers } else { &notice.masthead };
    let bare = |name: &String| {
        let name = squeezed(name);
        let bare = BEHIND.iter().find_map(|end| name.strip_suffix(end));
        bare.map_or(name.clone(), str::to_owned)
    };
    if names.len() > 1 { names.iter().map(bare).collect() } else { Vec::new() }
}

/// Measures the mark; gives top and bottom of its ink.
pub fn several(
    laid: &Laid,
    names: &[String],
    asked: &Asked,
    out: &mut Record,
) -> Option<(f64, f64)> {
    let first: Vec<&Line> = laid.lines.iter().filter(|line| line.page == 0).collect();
    let reds = first.iter().filter(|line| line.red);
    let parts: Vec<Line> = names
        .iter()
        .filter_map(|name| reds.clone().find_map(|line| line.part(name)))
        .collect();
    out.at(asked.clause, 0).count(
        "标志中的机关名称",
        names.len() as f64,
        parts.len() as f64,
        "个",
    );
    let (Some(top), Some(last)) = (parts.first(), parts.last()) else { return None };
    let order = parts.windows(2).all(|pair| pair[0].baseline < pair[1].baseline);
    let (ink_top, ink_bottom) = (top.ink().0, last.ink().1);
    out.at(asked.clause, top).is("主办机关在前，自上而下排列", order).near(
        &format!("标志上边缘距{}", asked.from.0),
        asked.down,
        ink_top - asked.from.1,
    );
    let widest = parts.iter().max_by(|a, b| a.width().total_cmp(&b.width()))?;
    for part in &parts {
        mark::look(part, asked.clause, out);
        out.at(asked.clause, part)
            .near("各名称左端对齐（距左页边）", widest.left(), part.left())
            .near("各名称右端对齐（距左页边）", widest.right(), part.right());
    }
    let word = reds.clone().find_map(|line| word(line, names));
    let right = word.as_ref().map_or(widest.right(), Line::right);
    if let Some(word) = &word {
        beside(word, widest, (top, last), asked.clause, out);
    }
    let centre = (widest.left() + right) / 2.0;
    out.at(asked.clause, top)
        .near("标志居中（中线距左页边）", AREA.middle(), centre)
        .most("标志宽不超过版心", AREA.width(), right - widest.left());
    let (word_top, word_bottom) = word.map_or((ink_top, ink_bottom), |word| word.ink());
    Some((ink_top.min(word_top), ink_bottom.max(word_bottom)))
}

/// 文件 or the like in a line, also behind a name on the same baseline.
fn word(line: &Line, names: &[String]) -> Option<Line> {
    BEHIND.iter().find_map(|word| {
        let lone = line.text == *word;
        let behind = || names.iter().any(|name| line.text == format!("{name}{word}"));
        if lone || behind() { line.part(word) } else { None }
    })
}

/// 文件 is right of all names, in the middle of their height: of their ink or of their boxes.
fn beside(
    word: &Line,
    widest: &Line,
    ends: (&Line, &Line),
    clause: &'static str,
    out: &mut Record,
) {
    mark::look(word, clause, out);
    let (top, last) = ends;
    let (ink, own) = (ink_middle(top.ink().0, last.ink().1), word.ink());
    let by_ink = ink_middle(own.0, own.1) - ink;
    let by_box = word.middle() - ink_middle(top.top(), last.bottom());
    let off = if by_ink.abs() < by_box.abs() { by_ink } else { by_box };
    let name =
        if word.text == "令" { "令字".into() } else { format!("{}二字", word.text) };
    out.at(clause, word)
        .least(&format!("{name}在名称右侧（相距）"), 0.0, word.left() - widest.right())
        .near(&format!("{name}以全部名称上下居中（偏离）"), 0.0, off);
}

fn ink_middle(top: f64, bottom: f64) -> f64 {
    (top + bottom) / 2.0
}
