//! 附件说明 (7.3.4) and 附注 (7.3.6).

use super::lines::squeezed;
use super::record::Record;
use super::{AREA, Laid, Line, NEAR};

/// 7.3.6: the line under the date, two characters in, in round brackets. Gives the line
/// behind it.
pub fn note(laid: &Laid, date: usize, out: &mut Record) -> usize {
    let Some(note) = &laid.notice.note else { return date + 1 };
    let asked = squeezed(&format!("（{note}）"));
    let found = laid.find(date + 1, &asked);
    out.at("7.3.6", &laid.lines[date]).there("附注（加圆括号）", found.is_some());
    let Some((start, end)) = found else { return date + 1 };
    let (line, date) = (&laid.lines[start], &laid.lines[date]);
    let two = 2.0 * laid.grid.char;
    out.at("7.3.6", line)
        .exact("附注在成文日期下一行", laid.grid.pitch, line.baseline - date.baseline)
        // The bracket may lose its empty half.
        .within(
            "附注左空二字",
            (two - laid.grid.char / 2.0 - NEAR, two + NEAR),
            line.left() - AREA.left,
        )
        .size("附注字号", 16.0, line.size);
    end
}

/// 7.3.4: one line under the text, two characters in, names under each other; looked for
/// between two lines.
pub fn names(laid: &Laid, from: usize, to: usize, out: &mut Record) {
    let all = &laid.notice.attachments;
    if all.is_empty() {
        return;
    }
    let rows: Vec<String> = match &all[..] {
        [one] => vec![squeezed(&one.name)],
        _ => {
            (1..).zip(all).map(|(i, it)| squeezed(&format!("{i}.{}", it.name))).collect()
        }
    };
    let first = format!("附件：{}", rows[0]);
    let start: String = first.chars().take(12).collect();
    let lines = &laid.lines[from..to];
    let at = lines.iter().position(|line| line.text.starts_with(&start));
    out.at("7.3.4", laid.lines.get(from).map_or(0, |line| line.page))
        .there("附件说明", at.is_some());
    let Some(at) = at else { return };
    let lines: Vec<&Line> =
        lines[at..].iter().filter(|it| it.baseline < super::FOLIO).collect();
    head(laid, from + at, out);
    let text: String = lines.iter().map(|line| line.text.as_str()).collect();
    let asked = format!("附件：{}", rows.concat());
    out.at("7.3.4", lines[0]).is("附件名称齐全，后无标点", text.starts_with(&asked));
    let column = lines[0].glyphs.get(3).map(|glyph| glyph.x);
    out.at("7.3.4", lines[0]).there("附件名称（与标签同行）", column.is_some());
    let Some(column) = column else { return };
    columns(&lines, &rows, column, out);
}

/// The label, and the empty line above it unless a table or picture stands there.
fn head(laid: &Laid, at: usize, out: &mut Record) {
    let label = &laid.lines[at];
    let two = 2.0 * laid.grid.char;
    out.at("7.3.4", label).near("附件说明左空二字", two, label.left() - AREA.left).size(
        "附件说明字号",
        16.0,
        label.size,
    );
    let above = laid.above(label);
    let near = |above: &&Line| {
        label.baseline - above.baseline < 2.5 * laid.grid.pitch
            && laid.nothing_between(above, label)
    };
    if let Some(above) = above.filter(near) {
        let gap = label.top() - above.bottom();
        out.at("7.3.4", label).gap("附件说明与正文空一行", laid.grid, 1.0, gap);
    }
}

/// Numbers under each other; a name's further lines under its first character.
fn columns(lines: &[&Line], rows: &[String], column: f64, out: &mut Record) {
    let mut lines = lines.iter();
    let several = rows.len() > 1;
    for (i, row) in rows.iter().enumerate() {
        let mut rest = if i == 0 { format!("附件：{row}") } else { row.clone() };
        let digits = if several { (i + 1).to_string().len() + 1 } else { 0 };
        let mut name = None;
        while let Some(line) = lines.next().filter(|_| !rest.is_empty()) {
            let Some(left) = rest.strip_prefix(line.text.as_str()) else { return };
            rest = left.to_owned();
            match name {
                None => {
                    if i > 0 {
                        out.at("7.3.4", *line).near(
                            "序号上下对齐（距左页边）",
                            column,
                            line.left(),
                        );
                    }
                    let skip = if i == 0 { 3 + digits } else { digits };
                    name = line.glyphs.get(skip).map(|glyph| glyph.x);
                }
                Some(x) => wrapped(line, x, out),
            }
            if rest.is_empty() {
                break;
            }
        }
    }
}

fn wrapped(line: &Line, x: f64, out: &mut Record) {
    if !line.text.starts_with(super::body::OPENING) {
        out.at("7.3.4", line).near("回行与名称首字对齐（距左页边）", x, line.left());
    }
}
