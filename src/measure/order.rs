//! 命令（令） (10.2): mark, 令号, text; no red rule.

use super::header::corner;
use super::mark::{self, Asked};
use super::record::Record;
use super::{AREA, FOLIO, Laid, Line, joint};

const CLAUSE: &str = "10.2";

/// Everything above the text.
pub fn order(laid: &Laid, out: &mut Record) {
    corner(laid, out);
    let asked = Asked { clause: CLAUSE, from: ("版心上边缘", AREA.top), down: 20.0 };
    let rules = laid.facts.pages[0].rules.iter().filter(|rule| rule.red).count();
    out.at(CLAUSE, 0).count("红色分隔线", 0.0, rules as f64, "条");
    let names = joint::names(laid.notice);
    let mark = if names.is_empty() {
        mark::single(laid, &asked, out).map(Line::ink)
    } else {
        joint::several(laid, &names, &asked, out)
    };
    let Some((_, bottom)) = mark else { return };
    let mut below = laid
        .lines
        .iter()
        .filter(|line| line.page == 0 && !line.red && line.top() > bottom)
        .filter(|line| line.baseline < FOLIO);
    let number = below.next().filter(|line| is_number(line));
    out.at(CLAUSE, 0).there("令号（第N号）", number.is_some());
    let Some(number) = number else { return };
    out.at(CLAUSE, number)
        .gap("标志与令号空二行", laid.grid, 2.0, number.top() - bottom)
        .near("令号居中（中线距左页边）", AREA.middle(), number.centre());
    out.at(CLAUSE, number).there("令号下的正文", below.clone().next().is_some());
    if let Some(text) = below.next() {
        out.at(CLAUSE, text).gap(
            "令号与正文空二行",
            laid.grid,
            2.0,
            text.top() - number.bottom(),
        );
    }
}

/// Whether a line is a 令号.
pub fn is_number(line: &Line) -> bool {
    line.text.starts_with('第') && line.text.ends_with('号')
}
