//! 标题 (7.3.1), 主送机关 (7.3.2), and that text begins on the first page (7.3.3).

use super::lines::squeezed;
use super::record::Record;
use super::{AREA, FOLIO, Laid, Line, PT, imprint};
use crate::notice::Format;
use crate::notice::body::Block;
use crate::title::{Shape, shape_of};

/// The lines of the title on the first page. A 令 has none (10.2); its mark may read the same.
pub fn of<'a>(laid: &'a Laid) -> Option<&'a [Line]> {
    if laid.notice.format == Format::Order {
        return None;
    }
    let text = squeezed(&laid.notice.title);
    let find = |from| laid.find(from, &text).filter(|_| !text.is_empty());
    // The mark of minutes may read the same.
    let (start, end) = match find(0)? {
        (start, end) if laid.lines[start].red => find(end)?,
        found => found,
    };
    let lines = &laid.lines[start..end];
    lines.first().filter(|line| line.page == 0).map(|_| lines)
}

/// Title, recipients, and what follows them.
pub fn title(laid: &Laid, out: &mut Record) {
    if laid.notice.format == Format::Order {
        return;
    }
    out.at("7.3.1", 0).there("标题（与通知一致）", of(laid).is_some());
    let Some(lines) = of(laid) else { return };
    under_rule(laid, &lines[0], out);
    for line in lines {
        set(laid, line, AREA.middle(), out);
    }
    shape(laid, lines, out);
    below(laid, lines, out);
}

/// Face, size and place of a line of a title; `middle` is that of its type area.
pub fn set(laid: &Laid, line: &Line, middle: f64, out: &mut Record) {
    let face = line.not_in("小标宋").unwrap_or("小标宋");
    out.at("7.3.1", line)
        .near("标题居中（中线距左页边）", middle, line.centre())
        .size("标题字号", 22.0, line.size)
        .same("标题字体", "小标宋", face);
    if !laid.lies(line.page) {
        out.at("5.2.3", line).exact("标题行偏离行格", 0.0, laid.grid.row(line).1);
    }
}

/// 7.3.1: two lines under the red rule; a letter has its own clause, a bulletin none.
fn under_rule(laid: &Laid, top: &Line, out: &mut Record) {
    if matches!(laid.notice.format, Format::Letter | Format::Bulletin) {
        return;
    }
    let above = |y: &f64| *y < top.top();
    let red = laid.facts.pages[0].rules.iter().filter(|rule| rule.red);
    let Some(y) = red.map(|rule| rule.from.1).filter(above).reduce(f64::max) else {
        return;
    };
    out.at("7.3.1", top).gap("红线与标题空二行", laid.grid, 2.0, top.top() - y);
}

/// 7.3.1: a trapezium or a diamond.
fn shape(laid: &Laid, lines: &[Line], out: &mut Record) {
    let widths: Vec<f64> = lines.iter().map(|line| line.width() / (22.0 * PT)).collect();
    let (name, ok) = match shape_of(&widths) {
        Shape::Single => ("一行", true),
        Shape::Trapezium => ("梯形", true),
        Shape::Diamond => ("菱形", true),
        Shape::Rectangle => ("长方形", false),
        Shape::Hourglass => ("沙漏形", false),
    };
    out.at("7.3.1", &lines[0]).holds("标题形状", "一行、梯形或菱形", name, ok);
    let own = laid.notice.title.contains('\n');
    if let (false, [_, .., last]) = (own, lines) {
        out.at("7.3.1", last).is("标题末行不少于三字", last.glyphs.len() >= 3);
    }
}

/// 7.3.2: recipients one line under the title, flush left, with a colon; the text follows on
/// the next line, or one line under the title itself.
fn below(laid: &Laid, title: &[Line], out: &mut Record) {
    let Some(last) = title.last() else { return };
    let first = laid.first();
    let next = first
        .iter()
        .find(|line| line.baseline > last.baseline + 1.0 && line.baseline < FOLIO);
    out.at("7.3.3", 0).there("首页正文", next.is_some());
    let Some(next) = next else { return };
    // A table's first text stands in the middle of its cell.
    let table = matches!(laid.notice.body.first(), Some(Block::Table(_)));
    if !table || laid.notice.recipients.is_some() {
        out.at("7.3.2", *next).gap(
            "标题与其下一行空一行",
            laid.grid,
            1.0,
            next.top() - last.bottom(),
        );
    }
    // A bulletin names those it is sent to at its end.
    let names = laid
        .notice
        .recipients
        .as_ref()
        .filter(|_| laid.notice.format != Format::Bulletin);
    let Some(names) = names.map(|names| squeezed(names)) else { return };
    let start: String = names.chars().take(8).collect();
    let below = next.text.starts_with(&start);
    let last = laid.facts.pages.len() - 1;
    out.at("7.3.2", *next).there("主送机关", below || imprint::moved(laid, last));
    if below {
        recipients(laid, next, &names, out);
    }
}

fn recipients(laid: &Laid, next: &Line, names: &str, out: &mut Record) {
    let from = laid.lines.iter().position(|line| std::ptr::eq(line, next)).unwrap_or(0);
    let found = laid.find(from, &format!("{names}："));
    let found = found.filter(|(start, _)| *start == from);
    out.at("7.3.2", next).is("主送机关后标全角冒号", found.is_some());
    let Some((start, end)) = found else { return };
    for line in &laid.lines[start..end] {
        let mut noting = out.at("7.3.2", line);
        noting.size("主送机关字号", 16.0, line.size);
        // An opening mark may lose its empty half at a line's start.
        if !line.text.starts_with(super::body::OPENING) {
            noting.near("主送机关顶格（距左页边）", AREA.left, line.left());
        }
    }
    let body = laid.lines.get(end).filter(|line| line.page == 0 && line.size > 15.9);
    if let (Some(body), Some(last)) = (body, laid.lines.get(end - 1)) {
        let pitch = body.baseline - last.baseline;
        // A table or picture may stand between.
        if pitch < 1.5 * laid.grid.pitch {
            out.at("7.3.3", body).exact("正文在主送机关下一行", laid.grid.pitch, pitch);
        }
    }
}
