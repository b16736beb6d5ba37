//! 版头 (7.2) of the format 文件.

use super::lines::squeezed;
use super::mark::Asked;
use super::record::Record;
use super::{AREA, Laid, Line, joint, mark};

/// 7.2: everything above the title.
pub fn header(laid: &Laid, out: &mut Record) {
    corner(laid, out);
    let names = joint::names(laid.notice);
    let asked =
        Asked { clause: "7.2.4", from: ("版心上边缘", AREA.top), down: 35.0 };
    let mark = if names.is_empty() {
        mark::single(laid, &asked, out).map(Line::ink)
    } else {
        joint::several(laid, &names, &asked, out)
    };
    let Some((_, bottom)) = mark else { return };
    number_rows(laid, bottom, out);
}

/// 份号, 密级 and 紧急程度 with their clauses, as far as the notice has them.
pub fn corner_items<'a>(
    laid: &'a Laid,
) -> impl Iterator<Item = (&'static str, &'static str, &'a String)> {
    let notice = laid.notice;
    [
        ("7.2.1", "份号", &notice.copy_number),
        ("7.2.2", "密级", &notice.secrecy),
        ("7.2.3", "紧急程度", &notice.urgency),
    ]
    .into_iter()
    .filter_map(|(clause, name, text)| Some((clause, name, text.as_ref()?)))
}

/// 7.2.1–7.2.3: from the first line down, flush left, in 3号, two of them in 黑体.
pub fn corner(laid: &Laid, out: &mut Record) {
    for (row, (clause, name, text)) in corner_items(laid).enumerate() {
        let Some(line) = corner_item(laid, (clause, name, text), out) else { continue };
        let (at, off) = laid.grid.row(&line);
        out.at(clause, &line)
            .count(&format!("{name}在版心第几行"), row as f64 + 1.0, at + 1.0, "行")
            .exact(&format!("{name}偏离行格"), 0.0, off);
    }
}

/// Measures what holds for a corner's item in every format; gives its line.
pub fn corner_item(
    laid: &Laid,
    (clause, name, text): (&'static str, &str, &str),
    out: &mut Record,
) -> Option<Line> {
    let text = squeezed(text);
    let line =
        laid.lines.iter().find(|line| line.page == 0 && line.text.starts_with(&text));
    out.at(clause, 0).there(name, line.is_some());
    // A letter's number stands on the same line (10.1).
    let line = line?.part(&text)?;
    out.at(clause, &line)
        .near(&format!("{name}顶格（距左页边）"), AREA.left, line.left())
        .size(&format!("{name}字号"), 16.0, line.size);
    if clause != "7.2.1" {
        let face = line.not_in("黑体").unwrap_or("黑体");
        out.at(clause, &line).same(&format!("{name}字体"), "黑体", face);
    }
    Some(line)
}

/// 7.2.5–7.2.7: number and signers between mark and red rule.
fn number_rows(laid: &Laid, mark_bottom: f64, out: &mut Record) {
    let rules: Vec<_> =
        laid.facts.pages[0].rules.iter().filter(|rule| rule.red).collect();
    out.at("7.2.7", 0).count("红色分隔线", 1.0, rules.len() as f64, "条");
    let Some(rule) = rules.first() else { return };
    let (left, right) = (rule.from.0.min(rule.to.0), rule.from.0.max(rule.to.0));
    out.at("7.2.7", 0).exact("分隔线左端距左页边", AREA.left, left).exact(
        "分隔线长（与版心等宽）",
        AREA.width(),
        right - left,
    );
    let y = rule.from.1;
    let between = |line: &&Line| {
        line.page == 0 && !line.red && line.top() > mark_bottom && line.baseline < y
    };
    let rows: Vec<&Line> = laid.lines.iter().filter(between).collect();
    out.at("7.2.5", 0).there("发文字号", !rows.is_empty());
    let (Some(top), Some(last)) = (rows.first(), rows.last()) else { return };
    out.at("7.2.7", *last).exact("分隔线在发文字号之下", 4.0, y - last.bottom());
    let what = "标志与其下一行空二行";
    out.at("7.2.5", *top).gap(what, laid.grid, 2.0, top.top() - mark_bottom);
    number(laid, last, out);
    if !laid.notice.signers.is_empty() {
        signers(laid, &rows, out);
    }
}

/// What the number line must hold.
pub fn number_text(laid: &Laid) -> String {
    let number = laid.notice.number.as_ref();
    number.map_or("号".into(), |number| squeezed(&number.to_string()))
}

/// 7.2.5: in the middle, or one character in where there are signers.
fn number(laid: &Laid, line: &Line, out: &mut Record) {
    let has = line.text.contains(&number_text(laid));
    let mut noting = out.at("7.2.5", line);
    noting.is("发文字号与通知一致", has).size("发文字号字号", 16.0, line.size);
    if laid.notice.signers.is_empty() {
        noting.near("发文字号居中（中线距左页边）", AREA.middle(), line.centre());
    } else {
        let indent = line.left() - AREA.left;
        noting.near("发文字号左空一字", laid.grid.char, indent);
    }
}

/// What lies between a number and the signers beside it at least, in characters.
const APART: f64 = 0.4;

/// How many names stand in a row: two, or one where a long number leaves no room for two.
fn columns(laid: &Laid, rows: &[&Line]) -> usize {
    let number = rows.last().and_then(|row| row.part(&number_text(laid)));
    let room = AREA.right - AREA.left - number.map_or(0.0, |it| it.width());
    let longest = |at: usize| {
        let names = laid.notice.signers.iter().skip(at).step_by(2);
        names.map(|name| name.chars().count()).max().unwrap_or(0)
    };
    let wide = |characters: usize| characters as f64 * laid.grid.char - super::NEAR;
    // The label of the first row, and a character between names and at both ends; the number is
    // on the last row, a little apart.
    let names = longest(0) + longest(1) + 1;
    let label = if laid.notice.signers.len() > 2 { 0 } else { 4 };
    let apart = APART * laid.grid.char;
    let fits = wide(label + names + 2) + apart <= room
        && wide(4 + names + 2) <= AREA.right - AREA.left;
    if fits { 2 } else { 1 }
}

/// 7.2.6: two names a row in 楷体, the first of each row under the first of all; the last
/// beside the number.
fn signers(laid: &Laid, rows: &[&Line], out: &mut Record) {
    let right = rows.iter().map(|line| line.right()).fold(0.0, f64::max);
    let notice = laid.notice;
    let columns = columns(laid, rows);
    let asked = notice.signers.len().div_ceil(columns) as f64;
    out.at("7.2.6", rows[0])
        .near("签发人右空一字", laid.grid.char, AREA.right - right)
        .count("签发人行数（每行两人）", asked, rows.len() as f64, "行");
    let label = rows[0].part("签发人：");
    out.at("7.2.6", rows[0]).there("签发人标签", label.is_some());
    if let Some(label) = label {
        let face = label.not_in("仿宋").unwrap_or("仿宋");
        out.at("7.2.6", &label).same("签发人标签字体", "仿宋", face);
    }
    let mut start = None;
    for (row, names) in rows.iter().zip(notice.signers.chunks(columns)) {
        let names = squeezed(&names.join(""));
        let part = row.part(&names).filter(|_| row.text.ends_with(&names));
        out.at("7.2.6", *row).is("姓名按机关顺序排列", part.is_some());
        let Some(part) = part else { continue };
        let face = part.not_in("楷体").unwrap_or("楷体");
        let first = *start.get_or_insert(part.left());
        out.at("7.2.6", &part).same("签发人姓名字体", "楷体", face).near(
            "各行首名上下对齐（距左页边）",
            first,
            part.left(),
        );
    }
}
