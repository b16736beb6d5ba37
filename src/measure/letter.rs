//! 信函 (10.1): the mark near the page's top, two red double rules, no red rule of a header.

use super::header::{corner_item, corner_items, number_text};
use super::mark::{self, Asked};
use super::record::Record;
use super::{AREA, CHAR, Laid, Line, title};
use crate::typeset::facts::Rule;

const CLAUSE: &str = "10.1";

/// Everything above the title, and the rule at the foot.
pub fn letter(laid: &Laid, out: &mut Record) {
    let asked = Asked { clause: CLAUSE, from: ("上页边", 0.0), down: 30.0 };
    let mark = mark::single(laid, &asked, out);
    let mut rules: Vec<Rule> =
        laid.facts.pages[0].rules.iter().filter(|rule| rule.red).copied().collect();
    rules.sort_by(|a, b| a.from.1.total_cmp(&b.from.1));
    out.at(CLAUSE, 0).count("红线（两条双线）", 4.0, rules.len() as f64, "条");
    let [a, b, c, d] = rules[..] else { return };
    for rule in &rules {
        let (left, right) = (rule.from.0.min(rule.to.0), rule.from.0.max(rule.to.0));
        out.at(CLAUSE, 0).exact("双线长", 170.0, right - left).exact(
            "双线居中（中线距左页边）",
            105.0,
            (left + right) / 2.0,
        );
    }
    let (first, second) = (Double { upper: a, lower: b }, Double { upper: c, lower: d });
    out.at(CLAUSE, 0)
        .is("第一条双线上粗下细", first.upper.thickness > first.lower.thickness)
        .is("第二条双线上细下粗", second.upper.thickness < second.lower.thickness)
        .near("第二条双线距下页边", 20.0, 297.0 - second.nearest(277.0));
    if let Some(mark) = mark {
        // From the ink or from the characters' box.
        let gaps = [mark.ink().1, mark.bottom()].map(|bottom| first.top() - bottom);
        out.at(CLAUSE, mark).near("标志下第一条双线相距", 4.0, nearest(&gaps, 4.0));
    }
    below(laid, &first, out);
}

struct Double {
    upper: Rule,
    lower: Rule,
}

impl Double {
    fn top(&self) -> f64 {
        self.upper.from.1 - self.upper.thickness / 2.0
    }

    fn bottom(&self) -> f64 {
        self.lower.from.1 + self.lower.thickness / 2.0
    }

    /// Its outer edge nearest to a height.
    fn nearest(&self, y: f64) -> f64 {
        nearest(&[self.top(), self.bottom()], y)
    }
}

fn nearest(all: &[f64], asked: f64) -> f64 {
    let near = |a: &&f64, b: &&f64| (*a - asked).abs().total_cmp(&(*b - asked).abs());
    all.iter().min_by(near).copied().unwrap_or(f64::MAX)
}

/// What stands under the first rule: at 7/8 of a character's height, flush left and flush
/// right; the title two lines under the last of it.
fn below(laid: &Laid, rule: &Double, out: &mut Record) {
    let gap = 7.0 / 8.0 * CHAR;
    let mut lowest: Option<Line> = None;
    for (row, (clause, name, text)) in corner_items(laid).enumerate() {
        let Some(line) = corner_item(laid, (clause, name, text), out) else { continue };
        let under = line.top() - rule.bottom();
        if row == 0 {
            out.at(CLAUSE, &line).near("首个要素与双线相距字高的7/8", gap, under);
        } else if let Some(last) = &lowest {
            let down = line.baseline - last.baseline;
            out.at(CLAUSE, &line).near(&format!("{name}在下一行"), laid.grid.pitch, down);
        }
        lowest = Some(line);
    }
    let asked = number_text(laid);
    let number = laid.first().into_iter().find(|line| line.text.ends_with(&asked));
    out.at(CLAUSE, 0).there("发文字号", number.is_some());
    if let Some(number) = number {
        out.at(CLAUSE, number)
            .near("发文字号顶格居版心右（距左页边）", AREA.right, number.right())
            .near("发文字号与双线相距字高的7/8", gap, number.top() - rule.bottom())
            .size("发文字号字号", 16.0, number.size);
        let lower = lowest.filter(|line| line.baseline > number.baseline);
        lowest = lower.or_else(|| Some(number.clone()));
    }
    if let (Some(last), Some([top, ..])) = (&lowest, title::of(laid)) {
        let empty = top.top() - last.bottom();
        out.at(CLAUSE, top).gap("标题与其上最后一个要素空二行", laid.grid, 2.0, empty);
    }
}
