//! 正文 (5.2.2, 5.2.3, 7.3.3): indent, flush edges, faces, 28 hanzi a line, 22 lines a page.

use super::lines::squeezed;
use super::record::Record;
use super::{FOLIO, Laid, Line, NEAR};
use crate::characters::is_hanzi;
use crate::notice::body::{Block, Paragraph, plain};

/// Marks that may lose their empty half at a line's start.
pub const OPENING: &[char] = &['“', '‘', '《', '〈', '（', '【', '〔'];
/// Marks that lose their empty half at a line's end.
const CLOSING: &[char] =
    &['，', '。', '、', '；', '：', '？', '！', '”', '’', '》', '〉', '）', '】', '〕'];

/// All paragraphs of a body, looked for from a line on; gives the line behind the last.
pub fn body(laid: &Laid, blocks: &[Block], from: usize, out: &mut Record) -> usize {
    let mut from = from;
    for block in blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        let text = squeezed(&(plain(&paragraph.head) + &plain(&paragraph.text)));
        let found = laid.find(from, &text);
        let place = laid.lines.get(from).map_or(0, |line| line.page);
        out.at("7.3.3", place).there("正文各段", found.is_some());
        let Some((start, end)) = found else { continue };
        let lines = laid.lines[start..end].iter().filter(|line| line.baseline < FOLIO);
        set(laid, paragraph, &lines.collect::<Vec<_>>(), out);
        from = end;
    }
    from
}

fn set(laid: &Laid, paragraph: &Paragraph, lines: &[&Line], out: &mut Record) {
    for (at, line) in lines.iter().enumerate() {
        out.at("5.2.2", *line).size("正文字号", 16.0, line.size);
        if paragraph.chapter {
            let middle = laid.area(line.page).middle();
            out.at("7.3.3", *line).near("章、节标题居中", middle, line.centre());
        } else {
            left(laid, line, at == 0, out);
        }
        if let Some(next) = lines.get(at + 1) {
            full(laid, line, at == 0, &next.text, out);
            right(laid, line, out);
        }
    }
    pages(laid, lines, out);
    faces(paragraph, lines, out);
}

/// 7.3.3: two characters in, further lines flush.
fn left(laid: &Laid, line: &Line, first: bool, out: &mut Record) {
    let indent = line.left() - laid.area(line.page).left;
    let (what, asked) = if first {
        ("段首左空二字", 2.0 * laid.grid.char)
    } else {
        ("回行顶格", 0.0)
    };
    if line.text.starts_with(OPENING) {
        let range = (asked - laid.grid.char / 2.0 - NEAR, asked + NEAR);
        out.at("7.3.3", line).within(&format!("{what}（标点起行）"), range, indent);
    } else {
        out.at("7.3.3", line).near(what, asked, indent);
    }
}

/// 5.2.3: 28 hanzi fill a line. What comes next must be able to stand at a line's end too: a
/// number stays whole, a mark takes its character along.
fn full(laid: &Laid, line: &Line, first: bool, next: &str, out: &mut Record) {
    let free = next.chars().take(2).filter(|c| is_hanzi(*c)).count() == 2;
    if !free || !line.text.chars().all(is_hanzi) || laid.lies(line.page) {
        return;
    }
    let chars = laid.grid.chars(laid.area(line.page).width());
    let (what, asked) = if first {
        ("段首满行汉字数", chars - 2.0)
    } else {
        ("满行汉字数", chars)
    };
    out.at("5.2.3", line).count(what, asked, line.glyphs.len() as f64, "字");
}

/// 5.2.3: lines fill the type area's width. A mark at the end has lost its empty half, and
/// more where the line is tight.
fn right(laid: &Laid, line: &Line, out: &mut Record) {
    let area = laid.area(line.page);
    let reach = line.right() - area.left;
    if line.text.ends_with(CLOSING) {
        let range =
            (area.width() - 2.0 * NEAR, area.width() + laid.grid.char / 2.0 + NEAR);
        out.at("5.2.3", line).within("满行宽（标点收行）", range, reach);
    } else if laid.lies(line.page) {
        out.at("5.2.3", line).near("横排页满行宽", area.width(), reach);
    } else {
        out.at("5.2.3", line).near("满行宽（与版心等宽）", area.width(), reach);
    }
}

/// 5.2.3: a page that the paragraph runs over is full, unless two lines or fewer have gone
/// along with the signature.
fn pages(laid: &Laid, lines: &[&Line], out: &mut Record) {
    for pair in lines.windows(2).filter(|pair| pair[0].page != pair[1].page) {
        let rest = lines.iter().filter(|line| line.page == pair[1].page).count();
        if rest > 2 && !laid.lies(pair[0].page) {
            let row = laid.grid.row(pair[0]).0 + 1.0;
            out.at("5.2.3", pair[0]).count("满页行数", laid.grid.rows(), row, "行");
        }
    }
}

/// 7.3.3: 黑体 and 楷体 for the first two levels, 仿宋 for all else.
fn faces(paragraph: &Paragraph, lines: &[&Line], out: &mut Record) {
    let mut head = squeezed(&plain(&paragraph.head)).chars().count();
    for line in lines {
        let own = line.glyphs.len().min(head);
        head -= own;
        let (front, back) = line.cut(own);
        for (part, level) in [(front, paragraph.level), (back, 0)] {
            let (what, role) = match level {
                1 => ("第一层标题字体", "黑体"),
                2 => ("第二层标题字体", "楷体"),
                _ => ("正文字体", "仿宋"),
            };
            if part.text.contains(is_hanzi) {
                let face = part.not_in(role).unwrap_or(role);
                out.at("7.3.3", &part).same(what, role, face);
            }
        }
    }
}
