//! Page (5), header (7.2), title and recipients (7.3.1, 7.3.2).

use hongtou::title::{Shape, shape_of};

use super::lines::squeezed;
use super::{Deviations, EXACT, Line, NEAR, PT, W};
use crate::support::Laid;

/// 5.1, 5.2: paper and type area.
pub fn page(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    for page in &laid.facts.pages {
        found.near("5.1", "paper width", 210.0, page.width, 0.01);
        found.near("5.1", "paper height", 297.0, page.height, 0.01);
        for rule in &page.rules {
            let (left, right) = (rule.from.0.min(rule.to.0), rule.from.0.max(rule.to.0));
            let (top, bottom) = (rule.from.1.min(rule.to.1), rule.from.1.max(rule.to.1));
            let inside = left > 27.9 && right < 184.1 && top > 36.9 && bottom < 262.1;
            found.holds("5.2.1", &format!("a rule at {top:.2} stays inside"), inside);
        }
    }
    for line in lines.iter().filter(|line| line.baseline < 266.0) {
        for glyph in &line.glyphs {
            let Some([left, top, right, bottom]) = glyph.ink else { continue };
            let inside = left > 27.7 && right < 184.3 && top > 36.7 && bottom < 262.3;
            let what = format!("“{}” of “{}” stays inside", glyph.text, line.text);
            found.holds("5.2.1", &what, inside || left >= right);
        }
    }
}

/// 7.2: everything above the title.
pub fn header(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    let notice = &laid.notice;
    let first: Vec<&Line> = lines.iter().filter(|line| line.page == 0).collect();
    corner(laid, &first, found);
    let Some(mark) = first.iter().find(|line| line.red) else {
        return found.holds("7.2.4", "the mark is there", false);
    };
    let (top, bottom) = mark.ink();
    found.holds(
        "7.2.4",
        "one red mark",
        first.iter().filter(|line| line.red).count() == 1,
    );
    found.near("7.2.4", "ink top of the mark", 72.0, top, NEAR);
    found.near(
        "7.2.4",
        "middle of the mark",
        106.0,
        (mark.left() + mark.right()) / 2.0,
        NEAR,
    );
    found.holds(
        "7.2.4",
        "the mark fits",
        mark.left() > 28.0 - NEAR && mark.right() < 184.0 + NEAR,
    );
    found.holds("7.2.4", "小标宋", mark.family == "GW BiaoSong");
    let rules: Vec<_> =
        laid.facts.pages[0].rules.iter().filter(|rule| rule.red).collect();
    let [rule] = rules[..] else { return found.holds("7.2.7", "one red rule", false) };
    found.near("7.2.7", "left end of the rule", 28.0, rule.from.0, EXACT);
    found.near("7.2.7", "right end of the rule", 184.0, rule.to.0, EXACT);
    let above: Vec<&&Line> = first
        .iter()
        .filter(|line| !line.red && line.top() > bottom && line.baseline < rule.from.1)
        .collect();
    let (Some(top_row), Some(number)) = (above.first(), above.last()) else {
        return found.holds("7.2.5", "the number is there", false);
    };
    found.empty_lines("7.2.5", "two lines under the mark", 2.0, top_row.top() - bottom);
    found.near(
        "7.2.7",
        "rule under the number",
        4.0,
        rule.from.1 - number.bottom(),
        EXACT,
    );
    let asked = notice
        .number
        .as_ref()
        .map_or("号".into(), |number| squeezed(&number.to_string()));
    let at = number.text.find(&asked);
    found.holds("7.2.5", "the number as given", at.is_some());
    if notice.signers.is_empty() {
        found.near(
            "7.2.5",
            "middle of the number",
            106.0,
            (number.left() + number.right()) / 2.0,
            NEAR,
        );
        return;
    }
    found.near("7.2.5", "number one character in", 28.0 + W, number.left(), NEAR);
    let right = above.iter().map(|line| line.right()).fold(0.0, f64::max);
    found.near("7.2.6", "signers one character in", 184.0 - W, right, NEAR);
    found.holds(
        "7.2.6",
        "two signers a row",
        above.len() == notice.signers.len().div_ceil(2),
    );
    signers(laid, &above, found);
}

/// 7.2.6: names in 楷体, the first of each row under the first of all.
fn signers(laid: &Laid, rows: &[&&Line], found: &mut Deviations) {
    let mut start = None;
    for (row, names) in rows.iter().zip(laid.notice.signers.chunks(2)) {
        let names = names.join("");
        let from = row.text.len().checked_sub(squeezed(&names).len());
        let Some(at) = from.filter(|from| row.text.is_char_boundary(*from)) else {
            found.holds("7.2.6", &format!("“{names}” in its row"), false);
            continue;
        };
        found.holds(
            "7.2.6",
            &format!("“{names}” in its row"),
            row.text[at..] == squeezed(&names),
        );
        let glyph = row.text[..at].chars().count();
        found.holds("7.2.6", "names in 楷体", row.families[glyph] == "GW KaiTi");
        let x = row.glyphs[glyph].x;
        found.near("7.2.6", "names under the first", *start.get_or_insert(x), x, NEAR);
    }
}

/// 7.2.1–7.2.3: from the first line down, flush left.
fn corner(laid: &Laid, first: &[&Line], found: &mut Deviations) {
    let notice = &laid.notice;
    let items = [&notice.copy_number, &notice.secrecy, &notice.urgency];
    for (row, text) in items.into_iter().flatten().enumerate() {
        let Some(line) = first.iter().find(|line| line.text == squeezed(text)) else {
            found.holds("7.2.1", &format!("“{text}” is there"), false);
            continue;
        };
        let (at, off) = line.row();
        found.near("7.2.1", "row", row as f64, at, 0.0);
        found.near("7.2.1", "row on the grid", 0.0, off, EXACT);
        found.near("7.2.1", "flush left", 28.0, line.left(), NEAR);
    }
}

/// 7.3.1, 7.3.2: title and recipients.
pub fn title(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    let first: Vec<&Line> = lines.iter().filter(|line| line.page == 0).collect();
    let Some(rule) = laid.facts.pages[0].rules.iter().find(|rule| rule.red) else {
        return;
    };
    let title: Vec<&&Line> = first
        .iter()
        .filter(|line| line.baseline > rule.from.1 && (line.size - 22.0).abs() < 0.1)
        .collect();
    let (Some(top), Some(last)) = (title.first(), title.last()) else {
        return found.holds("7.3.1", "the title is there", false);
    };
    let text: String = title.iter().map(|line| line.text.as_str()).collect();
    found.holds("7.3.1", "the title as given", text == squeezed(&laid.notice.title));
    found.empty_lines("7.3.1", "two lines under the rule", 2.0, top.top() - rule.from.1);
    let mut widths = Vec::new();
    for line in &title {
        found.near(
            "7.3.1",
            "middle of the title",
            106.0,
            (line.left() + line.right()) / 2.0,
            NEAR,
        );
        found.near("5.2.3", "title on the grid", 0.0, line.row().1, EXACT);
        found.holds(
            "7.3.1",
            "小标宋",
            line.families.iter().all(|family| family == "GW BiaoSong"),
        );
        widths.push((line.right() - line.left()) / (22.0 * PT));
    }
    if !laid.notice.title.contains('\n') {
        let shape = shape_of(&widths);
        let good = !matches!(shape, Shape::Rectangle | Shape::Hourglass);
        found.holds("7.3.1", &format!("a shape of {widths:.1?}"), good);
        found.holds("7.3.1", "no remnant", last.glyphs.len() >= 3 || title.len() == 1);
    }
    let Some(next) = first.iter().find(|line| line.baseline > last.baseline + 1.0) else {
        return found.holds("7.3.3", "text on the first page", false);
    };
    found.empty_lines(
        "7.3.2",
        "one line under the title",
        1.0,
        next.top() - last.bottom(),
    );
    let Some(recipients) = laid.notice.recipients.as_ref().map(|names| squeezed(names))
    else {
        return;
    };
    let start: String = recipients.chars().take(8).collect();
    if next.text.starts_with(&start) {
        found.near("7.3.2", "recipients flush left", 28.0, next.left(), NEAR);
        let below = first.iter().filter(|line| line.baseline >= next.baseline);
        let text: String = below.map(|line| line.text.as_str()).collect();
        found.holds(
            "7.3.2",
            "a colon behind",
            text.starts_with(&format!("{recipients}：")),
        );
    }
}
