//! 版面: paper (5.1), margins and type area (5.2.1), colours (5.2.4), lying sheets (8).

use super::record::Record;
use super::{FOLIO, Laid};
use crate::notice::Format;
use crate::typeset::facts::{Glyph, Page, Turn};

/// Everything that holds for whole pages.
pub fn page(laid: &Laid, out: &mut Record) {
    for (number, page) in laid.facts.pages.iter().enumerate() {
        let (short, long) = (page.width.min(page.height), page.width.max(page.height));
        out.at("5.1", number).exact("纸宽", 210.0, short).exact("纸长", 297.0, long);
        margins(laid, number, page, out);
    }
    colours(laid, out);
    lying(laid, out);
}

/// The outermost ink, rules and images of a page: left, top, right, bottom. Characters fill the
/// area by their boxes: what hangs out of a Latin letter's, as of g, does not count.
fn extent(laid: &Laid, number: usize, page: &Page) -> Option<[f64; 4]> {
    let inside = |line: &&super::Line| line.page == number && line.baseline < FOLIO;
    let ink = |line: &super::Line| {
        let foot = line.bottom();
        let boxed = move |glyph: &Glyph| {
            let [left, top, right, bottom] = glyph.ink?;
            let bottom = if glyph.text.is_ascii() { bottom.min(foot) } else { bottom };
            (left < right).then_some([left, top, right, bottom])
        };
        line.glyphs.iter().filter_map(boxed).collect::<Vec<_>>()
    };
    let inks = laid.lines.iter().filter(inside).flat_map(ink);
    // A letter's double rules are wider than the type area on purpose (10.1).
    let free = laid.notice.format == Format::Letter && number == 0;
    let rules = page.rules.iter().filter(|rule| !(free && rule.red)).map(|rule| {
        let ((a, b), (c, d)) = (rule.from, rule.to);
        [a.min(c), b.min(d), a.max(c), b.max(d)]
    });
    let images = page
        .images
        .iter()
        .map(|it| [it.at.0, it.at.1, it.at.0 + it.size.0, it.at.1 + it.size.1]);
    inks.chain(rules).chain(images).reduce(|all, it| {
        [all[0].min(it[0]), all[1].min(it[1]), all[2].max(it[2]), all[3].max(it[3])]
    })
}

/// 5.2.1: nothing but page numbers stands outside the type area.
fn margins(laid: &Laid, number: usize, page: &Page, out: &mut Record) {
    let Some([left, top, right, bottom]) = extent(laid, number, page) else { return };
    let area = laid.area(number);
    let (width, height) = (page.width, page.height);
    // The mark of a letter stands higher than the type area (10.1).
    let high = laid.notice.format == Format::Letter && number == 0;
    let head = if high { 30.0 } else { area.top };
    let (up, down, near, far) = if laid.lies(number) {
        (
            "横排页上白边不小于",
            "横排页下白边不小于",
            "横排页左白边不小于",
            "横排页右白边不小于",
        )
    } else if high {
        ("信函首页上白边不小于", "下白边不小于", "订口（左白边）不小于", "右白边不小于")
    } else {
        ("天头（上白边）不小于", "下白边不小于", "订口（左白边）不小于", "右白边不小于")
    };
    out.at("5.2.1", number)
        .least(up, head, top)
        .least(down, height - area.bottom, height - bottom)
        .least(near, area.left, left)
        .least(far, width - area.right, width - right);
}

/// 5.2.4: text is black; what is red is the mark, which its own clause looks at.
fn colours(laid: &Laid, out: &mut Record) {
    for line in laid.lines.iter().filter(|line| line.page > 0 || !line.red) {
        let colour = match (line.black, line.red) {
            (true, _) => "黑色",
            (_, true) => "红色",
            _ => "其他颜色",
        };
        out.at("5.2.4", line).same("文字颜色", "黑色", colour);
    }
}

/// 8: the head of a lying table is at the upright page's left, which is the binding edge of
/// odd pages and the cut edge of even ones; the page number, upright, tells which edge it is.
fn lying(laid: &Laid, out: &mut Record) {
    let asked = laid.notice.attachments.iter();
    let asked = asked.filter(|it| it.landscape && !it.body.is_empty()).count();
    let pages = (0..laid.facts.pages.len()).filter(|page| laid.lies(*page));
    let pages: Vec<usize> = pages.collect();
    if asked > 0 {
        let enough = pages.len() >= asked;
        out.at("8", pages.first().copied().unwrap_or(0)).there("横排的页", enough);
    }
    for page in pages {
        let folio =
            laid.lines.iter().find(|line| line.page == page && line.baseline > FOLIO);
        let Some(folio) = folio else { continue };
        let (what, binding, cut) = match page % 2 {
            0 => ("单页码表头在", "订口一边", "切口一边"),
            _ => ("双页码表头在", "切口一边", "订口一边"),
        };
        let edge = match folio.turn {
            Turn::Clockwise => binding,
            Turn::Counter => cut,
            Turn::Upright => "页码没有随纸转正",
        };
        out.at("8", folio).same(what, binding, edge);
    }
}
