//! 附件 (7.3.7) and 印发件: texts on pages of their own, set like the body.

use super::lines::squeezed;
use super::record::Record;
use super::{Laid, Line, body, title};
use crate::notice::{Attachment, Enclosure};

/// All texts behind the closing, from a line on.
pub fn attachments(laid: &Laid, from: usize, out: &mut Record) {
    let mut from = from;
    for enclosure in &laid.notice.enclosures {
        from = issued(laid, enclosure, from, out);
    }
    let all = &laid.notice.attachments;
    for (i, it) in all.iter().enumerate().filter(|(_, it)| !it.body.is_empty()) {
        let label = squeezed(&laid.notice.attachment_label(i));
        from = attached(laid, (it, &label), from, out);
    }
}

fn issued(laid: &Laid, it: &Enclosure, from: usize, out: &mut Record) -> usize {
    let found = laid.find(from, &squeezed(&it.title)).filter(|_| !it.title.is_empty());
    let Some((start, end)) = found else { return body::body(laid, &it.body, from, out) };
    for line in &laid.lines[start..end] {
        title::set(laid, line, laid.area(line.page).middle(), out);
    }
    body::body(laid, &it.body, end, out)
}

/// 7.3.7: a new page, the label on its first line, the title on its third.
fn attached(
    laid: &Laid,
    (it, label): (&Attachment, &str),
    from: usize,
    out: &mut Record,
) -> usize {
    let heads = |at: &usize| {
        laid.lines[*at].text == label && laid.above(&laid.lines[*at]).is_none()
    };
    let at = (from..laid.lines.len()).find(heads);
    out.at("7.3.7", 0).there("另面起排的附件", at.is_some());
    let Some(at) = at else { return from };
    let line = &laid.lines[at];
    self::label(laid, line, out);
    let name = squeezed(&it.name);
    let found = laid.find(at + 1, &name).filter(|(start, _)| *start == at + 1);
    out.at("7.3.7", line).is("附件标题与附件说明一致", found.is_some());
    let Some((start, end)) = found else {
        return body::body(laid, &it.body, at + 1, out);
    };
    let below = laid.lines[start].middle() - line.middle();
    out.at("7.3.7", &laid.lines[start]).exact(
        "附件标题在第三行（距首行）",
        2.0 * laid.grid.pitch,
        below,
    );
    for line in &laid.lines[start..end] {
        title::set(laid, line, laid.area(line.page).middle(), out);
    }
    body::body(laid, &it.body, end, out)
}

fn label(laid: &Laid, line: &Line, out: &mut Record) {
    let area = laid.area(line.page);
    let face = line.not_in("黑体").unwrap_or("黑体");
    out.at("7.3.7", line)
        .near("附件序号顶格", 0.0, line.left() - area.left)
        .size("附件序号字号", 16.0, line.size)
        .same("附件序号字体", "黑体", face);
    if laid.lies(line.page) {
        out.at("7.3.7", line).within(
            "横排页附件序号在首行",
            (-0.3, 5.5),
            line.top() - area.top,
        );
    } else {
        let (row, off) = laid.grid.row(line);
        out.at("7.3.7", line).count("附件序号在版心第几行", 1.0, row + 1.0, "行").exact(
            "附件序号偏离行格",
            0.0,
            off,
        );
    }
}
