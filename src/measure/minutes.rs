//! 纪要 (10.3): the mark, and who was there.

use super::lines::squeezed;
use super::mark::{self, Asked};
use super::record::Record;
use super::{AREA, FOLIO, Laid, Line};
use crate::notice::Format;

const CLAUSE: &str = "10.3";

/// The mark.
pub fn header(laid: &Laid, out: &mut Record) {
    let asked = Asked { clause: CLAUSE, from: ("版心上边缘", AREA.top), down: 35.0 };
    mark::single(laid, &asked, out);
}

/// 出席, 请假 and 列席: one line under the text, two characters in, labels in 黑体, names in
/// 仿宋 under the first of them.
pub fn attendance(laid: &Laid, out: &mut Record) {
    if laid.notice.format != Format::Minutes {
        return;
    }
    let all = &laid.notice.attendance;
    let lists = [("出席", &all.present), ("请假", &all.absent), ("列席", &all.attending)];
    let mut last: Option<&Line> = None;
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        let label = format!("{name}：");
        let at = laid.lines.iter().position(|line| line.text.starts_with(&label));
        out.at(CLAUSE, 0).there(&format!("{name}名单"), at.is_some());
        let Some(at) = at else { continue };
        let line = &laid.lines[at];
        placed(laid, line, last, out);
        let Some(end) = set(laid, at, (&label, list), out) else { continue };
        last = laid.lines.get(end);
    }
}

/// The first list is one line under the text, each other one on the next line.
fn placed(laid: &Laid, line: &Line, last: Option<&Line>, out: &mut Record) {
    let two = 2.0 * laid.grid.char;
    out.at(CLAUSE, line).near("名单左空二字", two, line.left() - AREA.left).size(
        "名单字号",
        16.0,
        line.size,
    );
    match last.filter(|last| last.page == line.page) {
        Some(last) => {
            let down = line.baseline - last.baseline;
            out.at(CLAUSE, line).exact("名单依次另起一行", laid.grid.pitch, down);
        }
        None => {
            let above = laid.above(line);
            let near =
                |above: &&Line| line.baseline - above.baseline < 2.5 * laid.grid.pitch;
            if let Some(above) = above.filter(near) {
                let gap = line.top() - above.bottom();
                out.at(CLAUSE, line).gap("名单与正文空一行", laid.grid, 1.0, gap);
            }
        }
    }
}

/// Faces and the hanging indent of a list; gives its last line.
fn set(
    laid: &Laid,
    at: usize,
    (label, list): (&str, &[String]),
    out: &mut Record,
) -> Option<usize> {
    let line = &laid.lines[at];
    let (head, names) = line.cut(3);
    let face = head.not_in("黑体").unwrap_or("黑体");
    out.at(CLAUSE, line).same("名单标签字体", "黑体", face);
    let face = names.not_in("仿宋").unwrap_or("仿宋");
    out.at(CLAUSE, line).same("名单姓名字体", "仿宋", face);
    let all = squeezed(&list.join("、")).chars().count();
    let mut left = all.saturating_sub(line.glyphs.len().saturating_sub(3));
    let mut end = at;
    for more in laid.lines[at + 1..].iter().filter(|line| line.baseline < FOLIO) {
        let begins =
            ["出席：", "请假：", "列席："].iter().any(|it| more.text.starts_with(it));
        if left == 0 || begins || label.is_empty() || !holds(more, list) {
            break;
        }
        left = left.saturating_sub(more.glyphs.len());
        end = laid.lines.iter().position(|line| std::ptr::eq(line, more))?;
        let off = more.left() - names.left();
        out.at(CLAUSE, more).near("名单回行与冒号后首字对齐（偏离）", 0.0, off);
    }
    Some(end)
}

/// Whether a line is made of a list's names.
fn holds(line: &Line, list: &[String]) -> bool {
    let all = squeezed(&list.join("、"));
    list.iter().any(|name| line.text.contains(&squeezed(name)))
        || all.contains(&line.text)
}
