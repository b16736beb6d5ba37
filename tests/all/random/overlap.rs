//! No text stands over other text, or in a picture; no seal touches another.

use hongtou::measure::lines::{Line, lines};
use hongtou::typeset::facts::{Facts, Image};

/// Inks may share this much, in mm: hanzi set closer than their cells are wide nearly touch.
const TOUCH: f64 = 0.3;
/// Sizes from this on are the watermark's, in pt.
const WATERMARK: f64 = 90.0;
/// Images of the tests that are square and from this wide on are seals, in mm; others are
/// pictures and 签名章, which stand over nothing.
const SEAL: f64 = 30.0;

/// Left, top, right and bottom, in mm.
type Frame = [f64; 4];

/// What stands over what, a line each; `facts` were read with ink.
pub fn overlaps(facts: &Facts) -> Vec<String> {
    let lines: Vec<Line> =
        lines(facts).into_iter().filter(|line| line.size < WATERMARK).collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        found.extend(within(line));
        let near = lines[at + 1..].iter().filter(|other| {
            (other.page, other.turn) == (line.page, line.turn)
                && meet(&frame(line), &frame(other))
        });
        found.extend(near.filter_map(|other| between(line, other)));
    }
    for (number, page) in facts.pages.iter().enumerate() {
        let (seals, pictures): (Vec<&Image>, Vec<&Image>) =
            page.images.iter().partition(|image| is_seal(image));
        let on_page = lines.iter().filter(|line| line.page == number);
        for line in on_page {
            let covered =
                pictures.iter().any(|it| inks(line).any(|ink| meet(&ink, &bounds(it))));
            found.extend(
                covered.then(|| format!("{}“{}”在图片上", place(line), line.text)),
            );
        }
        found.extend(
            touching(&seals).map(|gap| format!("第{}页印章相距{gap:.2}", number + 1)),
        );
    }
    found
}

/// How many seals there are.
pub fn seals(facts: &Facts) -> usize {
    let images = facts.pages.iter().flat_map(|page| &page.images);
    images.filter(|image| is_seal(image)).count()
}

fn is_seal(image: &Image) -> bool {
    let (width, height) = image.size;
    (width - height).abs() < 0.01 && width > SEAL
}

fn bounds(image: &Image) -> Frame {
    let ((x, y), (width, height)) = (image.at, image.size);
    [x, y, x + width, y + height]
}

fn inks(line: &Line) -> impl Iterator<Item = Frame> {
    line.glyphs.iter().filter_map(|glyph| glyph.ink)
}

/// The frame of all of a line's ink.
fn frame(line: &Line) -> Frame {
    let none = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    inks(line).fold(none, |a, b| {
        [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
    })
}

fn meet(a: &Frame, b: &Frame) -> bool {
    let (width, height) =
        (a[2].min(b[2]) - a[0].max(b[0]), a[3].min(b[3]) - a[1].max(b[1]));
    width > TOUCH && height > TOUCH
}

fn place(line: &Line) -> String {
    format!("第{}页 {:.1} 毫米处", line.page + 1, line.baseline)
}

fn between(line: &Line, other: &Line) -> Option<String> {
    let crossed = inks(line).any(|a| inks(other).any(|b| meet(&a, &b)));
    crossed.then(|| format!("{}“{}”压着“{}”", place(line), line.text, other.text))
}

/// Characters of one line over each other: a cell's text that runs into the next cell.
fn within(line: &Line) -> Option<String> {
    let inks: Vec<Frame> = inks(line).collect();
    let crossed = inks.windows(2).any(|pair| meet(&pair[0], &pair[1]));
    crossed.then(|| format!("{}“{}”里的字互相压着", place(line), line.text))
}

/// Seals are round: the least gap between two of a page, if it is none.
fn touching(seals: &[&Image]) -> impl Iterator<Item = f64> {
    let centre = |it: &Image| (it.at.0 + it.size.0 / 2.0, it.at.1 + it.size.1 / 2.0);
    let gap = move |a: &Image, b: &Image| {
        let ((ax, ay), (bx, by)) = (centre(a), centre(b));
        (ax - bx).hypot(ay - by) - (a.size.0 + b.size.0) / 2.0
    };
    let pairs = seals.iter().enumerate();
    let gaps = pairs.flat_map(|(at, a)| seals[at + 1..].iter().map(move |b| gap(a, b)));
    gaps.filter(|gap| *gap < 0.01).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{lay_out_file, root};

    fn example(name: &str) -> Facts {
        lay_out_file(&root().join("examples").join(name)).facts
    }

    #[test]
    fn a_line_moved_over_another_is_found() {
        let mut facts = example("一页通知.yaml");
        assert_eq!(overlaps(&facts), Vec::<String>::new());
        // The first line of the text, two thirds of a line down, ink and all.
        let line =
            lines(&facts).into_iter().find(|line| line.text.starts_with('定')).unwrap();
        let texts = facts.pages[0].texts.iter_mut();
        for text in texts.filter(|text| (text.baseline - line.baseline).abs() < 0.1) {
            text.baseline += 7.0;
            for ink in text.glyphs.iter_mut().filter_map(|glyph| glyph.ink.as_mut()) {
                ink[1] += 7.0;
                ink[3] += 7.0;
            }
        }
        assert!(!overlaps(&facts).is_empty());
    }

    #[test]
    fn a_seal_moved_to_another_is_found() {
        let mut facts = example("联合行文盖章.yaml");
        assert_eq!(overlaps(&facts), Vec::<String>::new());
        let page = facts.pages.iter_mut().find(|page| page.images.len() == 3).unwrap();
        page.images[0].at.0 += 4.5;
        assert!(!overlaps(&facts).is_empty());
    }
}
