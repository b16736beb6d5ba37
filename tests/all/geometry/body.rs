//! The line grid (5.2.3) and the body (7.3.3).

use hongtou::notice::body::{Block, Paragraph, plain};

use super::lines::squeezed;
use super::{Deviations, EXACT, Line, NEAR, W};
use crate::support::Laid;

/// Every 3号 line under the header is on one of the 22 lines.
pub fn grid(lines: &[Line], found: &mut Deviations) {
    let title =
        lines.iter().find(|line| line.page == 0 && (line.size - 22.0).abs() < 0.1);
    let start = title.map_or(0.0, |line| line.baseline);
    let in_body = |line: &&Line| {
        (line.size - 16.0).abs() < 0.01 && (line.page > 0 || line.baseline > start)
    };
    for line in lines.iter().filter(in_body) {
        let (row, off) = line.row();
        found.within("5.2.3", &format!("row of “{}”", line.text), 0.0, 21.0, row);
        found.near("5.2.3", &format!("“{}” on the grid", line.text), 0.0, off, EXACT);
    }
}

/// All paragraphs of the body: indent, flush edges, faces, 28 hanzi, 22 lines.
pub fn paragraphs(laid: &Laid, lines: &[Line], found: &mut Deviations) {
    let body = laid.notice.body.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    let mut from = 0;
    for paragraph in body {
        let text = squeezed(&(plain(&paragraph.head) + &plain(&paragraph.text)));
        match taken(lines, from, &text) {
            Some((start, end)) => {
                set(paragraph, &lines[start..end], found);
                from = end;
            }
            None => found.holds("7.3.3", &format!("“{text}” is there"), false),
        }
    }
}

/// The lines that a paragraph's text fills, from `from` on, page numbers passed over.
fn taken(lines: &[Line], from: usize, text: &str) -> Option<(usize, usize)> {
    (from..lines.len()).find_map(|start| {
        let mut rest = text;
        let mut end = start;
        while !rest.is_empty() {
            let line = lines.get(end)?;
            if line.baseline < 266.0 {
                rest = rest.strip_prefix(line.text.as_str())?;
            } else if end == start {
                return None;
            }
            end += 1;
        }
        Some((start, end))
    })
}

fn is_hanzi(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn set(paragraph: &Paragraph, lines: &[Line], found: &mut Deviations) {
    let lines: Vec<&Line> = lines.iter().filter(|line| line.baseline < 266.0).collect();
    for (i, line) in lines.iter().enumerate() {
        let indent = if i == 0 { 2.0 * W } else { 0.0 };
        // An opening mark may lose its empty half at the start of a line.
        let opening = line.text.starts_with(['“', '‘', '《', '〈', '（', '【', '〔']);
        let slack = if opening { W / 2.0 } else { 0.0 };
        found.within(
            "7.3.3",
            &format!("left edge of “{}”", line.text),
            28.0 + indent - slack - NEAR,
            28.0 + indent + NEAR,
            line.left(),
        );
        let last = i + 1 == lines.len();
        // What comes next must be able to stand at a line's end too: a number stays whole, a
        // mark takes its character along.
        let next: String = lines[i + 1..].iter().map(|line| line.text.as_str()).collect();
        let free = next.chars().take(2).filter(|c| is_hanzi(*c)).count() == 2;
        if !last && free && line.text.chars().all(is_hanzi) {
            found.near(
                "5.2.3",
                &format!("hanzi in “{}”", line.text),
                if i == 0 { 26.0 } else { 28.0 },
                line.glyphs.len() as f64,
                0.0,
            );
        }
        if !last {
            let closing =
                line.text.ends_with(|c: char| "，。、；：？！”’》〉）】〕".contains(c));
            // A mark there has lost its empty half, and more where the line is tight.
            let (tight, slack) = if closing { (NEAR, W / 2.0) } else { (0.0, 0.0) };
            found.within(
                "5.2.3",
                &format!("right edge of “{}”", line.text),
                184.0 - NEAR - tight,
                184.0 + NEAR + slack,
                line.right(),
            );
        }
    }
    for pair in lines.windows(2).filter(|pair| pair[0].page != pair[1].page) {
        // Two lines or fewer may have gone along with the signature.
        let rest = lines.iter().filter(|line| line.page == pair[1].page).count();
        if rest > 2 {
            found.near("5.2.3", "lines on a full page", 21.0, pair[0].row().0, 0.0);
        }
    }
    let Some(first) = lines.first() else { return };
    let family = match paragraph.level {
        1 => "GW HeiTi",
        2 => "GW KaiTi",
        _ => "GW FangSong",
    };
    let hanzi = first.text.chars().position(is_hanzi);
    if let Some(at) = hanzi {
        found.holds(
            "7.3.3",
            &format!("“{}” in {family}", first.text),
            first.families[at] == family || first.families[at] == "GW FangSong Ext",
        );
    }
    if paragraph.heading {
        found.holds(
            "7.3.3",
            &format!("“{}” does not end a page", first.text),
            first.row().0 < 21.0,
        );
    }
}
