//! 签名章 (7.3.5.3, 10.2): post, stamp and date.

use super::lines::squeezed;
use super::record::Record;
use super::{AREA, Laid, Line};
use crate::typeset::facts::Image;

const CLAUSE: &str = "7.3.5.3";

/// What signs: left, top, right and bottom of an image or of a name in its place.
type Frame = [f64; 4];

/// All stamps, the one in charge first; `from` is the line behind the body.
pub fn stamps(laid: &Laid, from: usize, date: &Line, out: &mut Record) {
    let four = 4.0 * laid.grid.char;
    out.at(CLAUSE, date).near("成文日期右空四字", four, AREA.right - date.right());
    let mut last: Option<Frame> = None;
    let mut frames: Vec<Frame> = Vec::new();
    for stamp in &laid.notice.stamps {
        let post = stamp.post.as_deref().map(squeezed);
        let name = stamp.name.as_deref().map(squeezed);
        let find = |text: &str| {
            let lines = laid.lines[from..].iter().filter(|line| {
                line.page == date.page && line.baseline < date.baseline - 0.1
            });
            lines.rev().find_map(|line| line.part(text))
        };
        let label = post.as_deref().and_then(find);
        out.at(CLAUSE, date).there("签发人职务", label.is_some() || post.is_none());
        let frame = match name.as_deref().and_then(find) {
            Some(name) => Some([name.left(), name.top(), name.right(), name.bottom()]),
            None => label.as_ref().and_then(|label| image(laid, label)),
        };
        out.at(CLAUSE, date).there("签名章", frame.is_some() || label.is_none());
        let Some(frame) = frame else { continue };
        one(laid, frame, label.as_ref(), out);
        frames.push(frame);
        match last {
            Some(upper) => {
                out.at(CLAUSE, date).least(
                    "签名章依次向下（相距）",
                    0.0,
                    frame[1] - upper[3],
                );
            }
            None => under_text(laid, frame, label.as_ref(), date, out),
        }
        last = Some(frame);
    }
    below_each_other(laid, &frames, date, out);
    if let Some(frame) = last {
        let gap = date.top() - frame[3];
        out.at(CLAUSE, date).gap("签名章与成文日期空一行", laid.grid, 1.0, gap);
    }
}

/// The image right of a post, at its height.
fn image(laid: &Laid, label: &Line) -> Option<Frame> {
    let beside = |it: &&Image| {
        it.at.0 > label.left()
            && it.at.1 < label.bottom()
            && it.at.1 + it.size.1 > label.top()
    };
    let image = laid.facts.pages[label.page].images.iter().find(beside)?;
    let ((x, y), (width, height)) = (image.at, image.size);
    Some([x, y, x + width, y + height])
}

/// The widest is four characters from the right; all begin one under the other.
fn below_each_other(laid: &Laid, frames: &[Frame], date: &Line, out: &mut Record) {
    let Some(first) = frames.first() else { return };
    let right = frames.iter().map(|frame| frame[2]).fold(f64::MIN, f64::max);
    let four = 4.0 * laid.grid.char;
    out.at(CLAUSE, date).near("签名章右空四字", four, AREA.right - right);
    for frame in &frames[1..] {
        out.at(CLAUSE, date).near("签名章左端对齐（偏离）", 0.0, frame[0] - first[0]);
    }
}

/// The post stands two characters left of it, in its middle.
fn one(laid: &Laid, frame: Frame, label: Option<&Line>, out: &mut Record) {
    let [left, top, _, bottom] = frame;
    if let Some(label) = label {
        let off = label.middle() - (top + bottom) / 2.0;
        out.at(CLAUSE, label)
            .near("签名章左空二字标职务", 2.0 * laid.grid.char, left - label.right())
            .near("职务以签名章上下居中（偏离）", 0.0, off);
    }
}

/// Two lines under the text or the table it ends with; a picture may stand between.
fn under_text(
    laid: &Laid,
    frame: Frame,
    label: Option<&Line>,
    date: &Line,
    out: &mut Record,
) {
    let above = laid.lines.iter().rev().find(|line| {
        let own = label.is_some_and(|label| (label.baseline - line.baseline).abs() < 0.1);
        line.page == date.page && line.bottom() < frame[1] && !own
    });
    let Some(above) = above else { return };
    let gap = frame[1] - laid.foot(above, frame[1]);
    if gap < 4.0 * laid.grid.pitch {
        out.at(CLAUSE, date).gap("签名章与正文空二行", laid.grid, 2.0, gap);
    }
}
