//! 行格 (5.2.3): every 3号 line of the text stands on one of the 22 lines.

use super::closing::pieces;
use super::lines::squeezed;
use super::order::is_number;
use super::record::Record;
use super::{AREA, CHAR, FOLIO, Laid, Line};
use crate::notice::Format;

/// The grid of all pages.
pub fn grid(laid: &Laid, out: &mut Record) {
    let start = start(laid);
    let rows = laid.grid.rows();
    let on_grid = |line: &&Line| {
        (line.size - 16.0).abs() < 0.1
            && line.baseline < FOLIO
            && !laid.lies(line.page)
            && (line.page > 0 || line.baseline > start)
            && !is_post(laid, line)
            && !is_sealed_beside_others(laid, line)
    };
    for line in laid.lines.iter().filter(on_grid) {
        let (row, off) = laid.grid.row(line);
        let on_page = row >= 0.0 && row < rows;
        out.at("5.2.3", line)
            .exact("3号字行偏离行格", 0.0, off)
            .is("3号字行在每面22行之内", on_page);
        if row == 0.0 {
            out.at("5.2.1", line).to("首行字顶（天头）", AREA.top, line.top(), 1.0);
        }
        if row + 1.0 == rows {
            // An adjusted pitch fills the type area only as far as whole lines go.
            let filled = AREA.top + (rows - 1.0) * laid.grid.pitch + CHAR;
            let margin = 297.0 - line.bottom();
            out.at("5.2.1", line).to("末行字底距下页边", 297.0 - filled, margin, 1.0);
        }
    }
}

/// A post stands in the middle of its 签名章 and not on the grid (7.3.5.3).
fn is_post(laid: &Laid, line: &Line) -> bool {
    let posts = laid.notice.stamps.iter().filter_map(|stamp| stamp.post.as_deref());
    let mut posts = posts.map(squeezed);
    posts.any(|post| line.text.starts_with(&post) || post.ends_with(&line.text))
}

/// Names that stand under their seals in a row are centred in them, whether they take one line or
/// more (7.3.5.1).
fn is_sealed_beside_others(laid: &Laid, line: &Line) -> bool {
    let names = &laid.notice.signature;
    if names.len() < 2 || laid.notice.seals.is_empty() {
        return false;
    }
    let names: Vec<String> = names.iter().map(|name| squeezed(name)).collect();
    pieces(&line.text, &names)
}

/// Where the grid begins on the first page: under header and title, in mm.
fn start(laid: &Laid) -> f64 {
    let title = super::title::of(laid).and_then(|lines| lines.last());
    if let Some(line) = title {
        return line.baseline;
    }
    let red = laid.first().into_iter().filter(|line| line.red);
    let mark = red.map(|line| line.baseline).fold(0.0, f64::max);
    let rules = laid.facts.pages.iter().take(1).flat_map(|page| &page.rules);
    let rule = rules.filter(|rule| rule.red).map(|rule| rule.from.1).fold(mark, f64::max);
    match laid.notice.format {
        // 令号 stands two lines under the mark, the text two lines under it (10.2).
        Format::Order => {
            let first = laid.first().into_iter();
            let number = first.filter(|line| line.baseline > mark && !line.red);
            let number = number.map(|line| (line.baseline, is_number(line))).next();
            number.filter(|it| it.1).map_or(mark + 3.0 * laid.grid.pitch, |it| it.0)
        }
        // The second double rule of a letter is at the page's foot (10.1).
        Format::Letter => mark,
        _ => rule,
    }
}
