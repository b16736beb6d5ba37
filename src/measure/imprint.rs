//! 版记 (7.4): at the foot of the last page, which is even when printed on both sides.

use super::lines::squeezed;
use super::record::Record;
use super::{AREA, CHAR_4, EXACT, Laid, Line, NEAR};
use crate::notice::{Format, Printing};
use crate::typeset::facts::Rule;

/// The imprint, if the notice has one.
pub fn imprint(laid: &Laid, out: &mut Record) {
    let notice = laid.notice;
    // The standard says nothing of a bulletin's.
    if notice.format == Format::Bulletin {
        return;
    }
    let Some(last) = laid.facts.pages.len().checked_sub(1) else { return };
    let start = begins(laid, last);
    let moved = moved(laid, last);
    let letter = notice.format == Format::Letter;
    // A letter's imprint names no printing office (10.1).
    let printing = notice.printing.as_ref().filter(|_| !letter);
    if notice.copies.is_none() && printing.is_none() && !moved {
        return;
    }
    out.at("7.4", last).is("双面印制时版记在偶数面", !notice.duplex || last % 2 == 1);
    if letter {
        bare(laid, last, out);
        return;
    }
    let listed = notice.copies.is_some() || moved;
    let thin = printing.is_some() && listed;
    let rules: Vec<Rule> = (start..=last).flat_map(|page| rules(laid, page)).collect();
    let asked = if thin { 3.0 } else { 2.0 };
    out.at("7.4.1", last).count("版记分隔线", asked, rules.len() as f64, "条");
    let (Some(first), Some(end)) = (rules.first(), rules.last()) else { return };
    ruled(last, &rules, end, out);
    let above = |line: &&Line| line.page == start && line.baseline < first.from.1;
    let inside =
        |line: &&Line| line.page >= start && !above(line) && line.baseline < AREA.bottom;
    let texts: Vec<&Line> = laid.lines.iter().filter(inside).collect();
    names(laid, &texts, moved, out);
    // The office may take more lines than the date beside it.
    let dated = texts.iter().rfind(|line| line.text.ends_with("印发")).or(texts.last());
    if let (Some(printing), Some(line)) = (printing, dated) {
        issued(laid, printing, line, out);
        let rule = rules.get(1).filter(|_| thin);
        if let Some(rule) = rule {
            out.at("7.4.3", *line).within(
                "印发行上的细线距字顶",
                (0.0, 6.0),
                line.top() - rule.from.1,
            );
        }
    }
    for line in laid.lines.iter().filter(above) {
        out.at("7.4", line).least(
            "版记之上的文字不压版记（相距）",
            0.0,
            first.from.1 - line.bottom(),
        );
    }
}

/// The page on which the imprint begins: the last one unless a page does not hold it.
pub fn begins(laid: &Laid, last: usize) -> usize {
    laid.facts.mark("imprint-long").map_or(last, |(page, _)| page)
}

/// 7.3.2: whether the recipients were moved here.
pub fn moved(laid: &Laid, last: usize) -> bool {
    laid.notice.recipients.as_ref().is_some_and(|names| {
        let start: String = squeezed(names).chars().take(6).collect();
        let label = format!("主送：{start}");
        let start = begins(laid, last);
        laid.lines.iter().any(|line| line.page >= start && line.text.starts_with(&label))
    })
}

/// Black rules as wide as the type area, from top to bottom; a table's are of 0.5 pt.
fn rules(laid: &Laid, page: usize) -> Vec<Rule> {
    let wide = |rule: &&Rule| {
        let (width, level) = ((rule.to.0 - rule.from.0).abs(), rule.from.1 - rule.to.1);
        !rule.red && level.abs() < 0.01 && (width - AREA.width()).abs() < 1.0
    };
    let of_table = |rule: &&Rule| (rule.thickness - 0.176).abs() < 0.01;
    let rules = laid.facts.pages[page].rules.iter().filter(wide);
    let mut rules: Vec<Rule> = rules.filter(|rule| !of_table(rule)).copied().collect();
    rules.sort_by(|a, b| a.from.1.total_cmp(&b.from.1));
    rules
}

/// 7.4.1: width, thickness, and the last on the type area's lower edge.
fn ruled(last: usize, rules: &[Rule], end: &Rule, out: &mut Record) {
    for (i, rule) in rules.iter().enumerate() {
        let (what, thick) = if i == 0 || i + 1 == rules.len() {
            ("首末条粗线粗细", 0.35)
        } else {
            ("中间细线粗细", 0.25)
        };
        let (left, right) = (rule.from.0.min(rule.to.0), rule.from.0.max(rule.to.0));
        out.at("7.4.1", last)
            .to(what, thick, rule.thickness, 0.01)
            .exact("分隔线左端距左页边", AREA.left, left)
            .exact("分隔线长（与版心等宽）", AREA.width(), right - left);
    }
    out.at("7.4.1", last).exact(
        "末条线与版心下边缘重合（距上页边）",
        AREA.bottom,
        end.from.1,
    );
}

/// 7.4.2: 主送 and 抄送, the latter with a full stop.
fn names(laid: &Laid, texts: &[&Line], moved: bool, out: &mut Record) {
    for line in texts {
        out.at("7.4.2", *line).size("版记字号", 14.0, line.size);
        if let Some(face) = line.not_in("仿宋").or(Some("仿宋")) {
            out.at("7.4.2", *line).same("版记字体", "仿宋", face);
        }
    }
    let all: String = texts.iter().map(|line| line.text.as_str()).collect();
    if let Some(copies) = &laid.notice.copies {
        let asked = format!("抄送：{}。", squeezed(copies));
        let page = laid.facts.pages.len() - 1;
        out.at("7.4.2", page).is("抄送机关齐全，后标句号", all.contains(&asked));
        hanging(laid, texts, "抄送：", out);
    }
    if let Some(names) = laid.notice.recipients.as_ref().filter(|_| moved) {
        let asked = format!("主送：{}。", squeezed(names));
        let page = laid.facts.pages.len() - 1;
        out.at("7.4.2", page).is("主送机关齐全，后标句号", all.contains(&asked));
        hanging(laid, texts, "主送：", out);
    }
}

/// 7.4.2: one character in on both sides, lines that follow under the first name.
fn hanging(laid: &Laid, texts: &[&Line], label: &str, out: &mut Record) {
    let page = laid.facts.pages.len() - 1;
    let at = texts.iter().position(|line| line.text.starts_with(label));
    out.at("7.4.2", page).there(label.trim_end_matches('：'), at.is_some());
    let Some(at) = at else { return };
    let name = |what: &str| format!("{}{what}", label.trim_end_matches('：'));
    let names = texts[at].glyphs.get(3).map(|glyph| glyph.x);
    out.at("7.4.2", texts[at]).there(&name("名称（与标签同行）"), names.is_some());
    let Some(names) = names else { return };
    let more = texts[at + 1..].iter().take_while(|line| {
        line.left() > AREA.left + 2.0 * CHAR_4 && !line.text.ends_with("印发")
    });
    for line in more.clone() {
        let range = (-CHAR_4 / 2.0 - NEAR, NEAR);
        out.at("7.4.2", *line).within(
            &name("回行与首名对齐（偏离）"),
            range,
            line.left() - names,
        );
    }
    out.at("7.4.2", texts[at])
        .near(&name("左空一字"), CHAR_4, texts[at].left() - AREA.left)
        .near(&name("名称在冒号后（距左页边）"), AREA.left + 4.0 * CHAR_4, names);
    for line in more.chain([&texts[at]]) {
        // A mark at a line's end may hang out by its empty half.
        let right = AREA.right - line.right();
        let hangs = line.text.ends_with(['，', '、', '。', '；', '）', '”', '》']);
        let right = if hangs { right + CHAR_4 / 2.0 } else { right };
        out.at("7.4.2", *line).least(&name("右空一字"), CHAR_4, right);
    }
}

/// 7.4.3: office one character from the left, date one character from the right.
fn issued(laid: &Laid, printing: &Printing, line: &Line, out: &mut Record) {
    let date = printing.date.or(laid.notice.date);
    let asked = date.map(|date| format!("{date}印发")).unwrap_or_default();
    out.at("7.4.3", line).is("印发日期后加印发二字", line.text.ends_with(&asked)).near(
        "印发日期右空一字",
        CHAR_4,
        AREA.right - line.right(),
    );
    if printing.office.is_some() || !line.text.starts_with(&asked) {
        out.at("7.4.3", line).near("印发机关左空一字", CHAR_4, line.left() - AREA.left);
    }
}

/// 10.1: a letter's imprint has neither rules nor printing office, and stands at the very foot
/// of the type area.
fn bare(laid: &Laid, last: usize, out: &mut Record) {
    let first = begins(laid, last);
    let lines = laid.lines.iter().filter(|line| line.page >= first);
    let start = lines
        .clone()
        .find(|line| line.text.starts_with("抄送：") || line.text.starts_with("主送："));
    out.at("10.1", last).there("版记（抄送）", start.is_some());
    let Some(start) = start else { return };
    let below: Vec<&Line> = lines
        .filter(|line| {
            (line.page > start.page || line.baseline >= start.baseline - EXACT)
                && line.baseline < super::FOLIO
        })
        .collect();
    let more = (start.page + 1..=last).map(|page| rules(laid, page).len());
    let rules = rules(laid, start.page);
    let ruled = rules.iter().filter(|it| it.from.1 > start.top() - 10.0).count()
        + more.sum::<usize>();
    let printed = below.iter().any(|line| line.text.ends_with("印发"));
    out.at("10.1", start)
        .count("版记分隔线", 0.0, ruled as f64, "条")
        .is("版记不排印发机关和日期", !printed);
    if let Some(end) = below.last() {
        out.at("10.1", *end).within(
            "版记末行字底距版心下边缘",
            (-NEAR, 5.0),
            AREA.bottom - end.bottom(),
        );
    }
    names(laid, &below, moved(laid, last), out);
}
