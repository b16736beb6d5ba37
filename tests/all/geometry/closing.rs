//! 附件说明 (7.3.4), 署名 and 成文日期 (7.3.5), 附注 (7.3.6), 附件 (7.3.7).

use super::lines::squeezed;
use super::{Deviations, EXACT, Line, NEAR, P, W};
use crate::support::Laid;

/// Everything between body and attachments.
pub fn closing(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    let notice = &laid.notice;
    let (Some(date), Some(name)) = (notice.date, notice.signature.first()) else {
        return;
    };
    let (date, name) = (date.to_string(), squeezed(name));
    let pair = lines
        .windows(2)
        .position(|pair| pair[1].text == date && name.ends_with(&pair[0].text));
    let Some(at) = pair else { return found.holds("7.3.5", "name and date", false) };
    let (name, date) = (&lines[at], &lines[at + 1]);
    found.near("7.3.5", "date under the name", P, date.baseline - name.baseline, EXACT);
    let alone =
        lines.iter().any(|line| line.page == name.page && line.baseline < name.baseline);
    found.holds("7.3.5.5", "text on the signature's page", alone);
    match laid.facts.pages[name.page]
        .images
        .iter()
        .find(|image| image.at.1 + image.size.1 > name.top())
    {
        Some(seal) if !notice.seals.is_empty() => {
            sealed(laid, lines, (name, date), (seal.at, seal.size), found);
        }
        _ if notice.seals.is_empty() => unsealed(lines, name, date, found),
        _ => found.holds("7.3.5.1", "the seal is there", false),
    }
    if let Some(note) = &notice.note {
        let asked = squeezed(&format!("（{note}）"));
        let line = &lines[at + 2..].iter().find(|line| asked.starts_with(&line.text));
        let Some(line) = line else { return found.holds("7.3.6", "the note", false) };
        found.near(
            "7.3.6",
            "note under the date",
            P,
            line.baseline - date.baseline,
            EXACT,
        );
        found.within(
            "7.3.6",
            "note two characters in",
            28.0 + 1.5 * W - NEAR,
            28.0 + 2.0 * W + NEAR,
            line.left(),
        );
    }
    attachment_note(laid, &lines[..at], found);
}

fn unsealed(lines: &[Line], name: &Line, date: &Line, found: &mut Deviations) {
    let (name_width, date_width) =
        (name.right() - name.left(), date.right() - date.left());
    if date_width > name_width + 0.01 {
        found.near(
            "7.3.5.2",
            "date two characters in",
            184.0 - 2.0 * W,
            date.right(),
            NEAR,
        );
    } else {
        found.near(
            "7.3.5.2",
            "name two characters in",
            184.0 - 2.0 * W,
            name.right(),
            NEAR,
        );
    }
    found.near(
        "7.3.5.2",
        "date two characters on",
        name.left() + 2.0 * W,
        date.left(),
        NEAR,
    );
    if let Some(above) = lines
        .iter()
        .rev()
        .find(|line| line.page == name.page && line.baseline < name.baseline - 0.1)
    {
        // A table or picture may stand between.
        if name.baseline - above.baseline < 2.5 * P {
            found.empty_lines(
                "7.3.5.2",
                "one line under the text",
                1.0,
                name.top() - above.bottom(),
            );
        }
    }
}

type Box = ((f64, f64), (f64, f64));

fn sealed(
    laid: &Laid,
    lines: &[Line],
    (name, date): (&Line, &Line),
    (at, size): Box,
    found: &mut Deviations,
) {
    let diameter = laid.notice.seals[0].diameter.unwrap_or(42.0);
    found.near("7.3.5.1", "seal's width", diameter, size.0, NEAR);
    found.near("7.3.5.1", "seal's height", diameter, size.1, NEAR);
    let middle = (date.left() + date.right()) / 2.0;
    found.near(
        "7.3.5.1",
        "name centred on the date",
        middle,
        (name.left() + name.right()) / 2.0,
        NEAR,
    );
    found.near("7.3.5.1", "seal centred on the date", middle, at.0 + size.0 / 2.0, NEAR);
    found.holds(
        "7.3.5.1",
        "date four characters in",
        date.right() < 184.0 - 4.0 * W + NEAR,
    );
    found.holds(
        "7.3.5.1",
        "seal over name and date",
        at.1 < name.top() && at.1 + size.1 > date.bottom(),
    );
    found.holds(
        "5.2.1",
        "seal inside",
        at.0 > 28.0 && at.0 + size.0 < 184.0 + NEAR && at.1 + size.1 < 262.0 + NEAR,
    );
    let above = lines
        .iter()
        .rev()
        .find(|line| line.page == name.page && line.baseline < name.baseline - 0.1);
    if let Some(above) = above.filter(|above| name.baseline - above.baseline < 5.5 * P) {
        found.within(
            "7.3.5.1",
            "seal's top within a line of the text",
            0.0,
            P,
            at.1 - above.bottom(),
        );
    }
}

/// 7.3.4: label two characters in, names under each other.
fn attachment_note(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    let all = &laid.notice.attachments;
    let Some(first) = all.first() else { return };
    let number = if all.len() > 1 { "1." } else { "" };
    let start: String =
        squeezed(&format!("附件：{number}{}", first.name)).chars().take(12).collect();
    let Some(at) = lines.iter().rposition(|line| line.text.starts_with(&start)) else {
        return found.holds("7.3.4", "附件说明", false);
    };
    let label = &lines[at];
    found.near("7.3.4", "label two characters in", 28.0 + 2.0 * W, label.left(), NEAR);
    if at > 0
        && lines[at - 1].page == label.page
        && label.baseline - lines[at - 1].baseline < 2.5 * P
    {
        found.empty_lines(
            "7.3.4",
            "one line under the text",
            1.0,
            label.top() - lines[at - 1].bottom(),
        );
    }
    let text: String = lines[at..].iter().map(|line| line.text.as_str()).collect();
    let names = all.iter().enumerate().map(|(i, it)| match all.len() {
        1 => squeezed(&it.name),
        _ => squeezed(&format!("{}.{}", i + 1, it.name)),
    });
    let asked: String = names.collect();
    found.holds(
        "7.3.4",
        "all names, nothing behind them",
        text.starts_with(&format!("附件：{asked}")),
    );
    let column = label.glyphs[3].x;
    for (i, _) in all.iter().enumerate().skip(1) {
        let number = format!("{}.", i + 1);
        let line = lines[at..]
            .iter()
            .find(|line| line.text.starts_with(&number) && line.left() > 28.0 + 4.5 * W);
        match line {
            Some(line) => {
                found.near(
                    "7.3.4",
                    "numbers under each other",
                    column,
                    line.left(),
                    NEAR,
                );
            }
            None => found.holds("7.3.4", &format!("number {number}"), false),
        }
    }
}

/// 7.3.7: label on the first line, title on the third.
pub fn attachments(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    let all = &laid.notice.attachments;
    for (i, it) in all.iter().enumerate().filter(|(_, it)| !it.body.is_empty()) {
        let label =
            if all.len() > 1 { format!("附件{}", i + 1) } else { "附件".into() };
        let at = lines.iter().position(|line| line.text == label && line.row().0 == 0.0);
        let Some(at) = at else {
            found.holds("7.3.7", &format!("{label} heads a page"), false);
            continue;
        };
        found.near("7.3.7", "label flush left", 28.0, lines[at].left(), NEAR);
        found.holds("7.3.7", "label in 黑体", lines[at].family == "GW HeiTi");
        let title = &lines[at + 1];
        found.near("7.3.7", "title on the third line", 2.0, title.row().0, 0.0);
        found.near(
            "7.3.7",
            "title in the middle",
            106.0,
            (title.left() + title.right()) / 2.0,
            NEAR,
        );
        found.holds(
            "7.3.7",
            "title as in the note",
            squeezed(&it.name).starts_with(&title.text),
        );
    }
}
