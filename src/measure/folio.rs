//! 页码 (7.5): dash, number, dash on the outer side; none on an empty page and on the imprint
//! behind it, nor on a letter's first page (10.1).

use super::record::Record;
use super::{AREA, CHAR_4, FOLIO, Laid, Line};
use crate::notice::Format;
use crate::typeset::facts::Turn;

/// The numbers of all pages.
pub fn folios(laid: &Laid, out: &mut Record) {
    let pages = laid.facts.pages.len();
    let on = |page: usize| laid.lines.iter().filter(move |line| line.page == page);
    let empty = |page: usize| {
        !on(page).any(|line| line.baseline < FOLIO)
            && laid.facts.pages[page].images.is_empty()
    };
    let imprint = super::imprint::begins(laid, pages.saturating_sub(1));
    for page in 0..pages {
        let folio = on(page).find(|line| line.baseline > FOLIO);
        let behind = page >= imprint && imprint > 0 && empty(imprint - 1);
        if laid.notice.format == Format::Letter && page == 0 {
            out.at("10.1", page).holds(
                "首页页码",
                "不显示",
                shown(folio),
                folio.is_none(),
            );
        } else if empty(page) || behind {
            let what = "空白页和其后版记页的页码";
            out.at("7.5", page).holds(what, "不排", shown(folio), folio.is_none());
        } else {
            out.at("7.5", page).there("页码", folio.is_some());
            folio.into_iter().for_each(|folio| one(laid, page, folio, out));
        }
    }
}

fn shown(folio: Option<&Line>) -> &'static str {
    if folio.is_some() { "有页码" } else { "没有页码" }
}

/// The places of a turned number are those on the upright page (8).
fn one(laid: &Laid, page: usize, folio: &Line, out: &mut Record) {
    let asked = format!("—{}—", page + 1);
    let face = folio.families.iter().find(|_| folio.not_in("宋体").is_some());
    let dash = folio.glyphs.first().and_then(|glyph| glyph.ink).map_or(0.0, |ink| ink[1]);
    let digits = folio.families.get(1).map_or("", String::as_str);
    let songti = crate::fonts::ROLES.iter().find(|role| role.name == "宋体");
    let known = songti.is_some_and(|role| {
        role.real.iter().chain(role.own).any(|name| name.eq_ignore_ascii_case(digits))
    });
    let digits = if known { "宋体" } else { digits };
    out.at("7.5", folio)
        .is("页码为一字线、数字、一字线，连续编排", folio.text == asked)
        .size("页码字号", 14.0, folio.size)
        .same("页码字体", "宋体", face.map_or(digits, String::as_str))
        .exact("一字线上缘距版心下边缘", 7.0, dash - AREA.bottom);
    let (what, inset) = match page % 2 {
        0 => ("单页码右空一字", AREA.right - folio.right()),
        _ => ("双页码左空一字", folio.left() - AREA.left),
    };
    out.at("7.5", folio).near(what, CHAR_4, inset);
    if laid.lies(page) {
        let turned = folio.turn != Turn::Upright;
        out.at("8", folio).is("横排页的页码位置同其他页", turned);
    }
}
