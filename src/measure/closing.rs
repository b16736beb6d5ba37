//! What closes the text: 署名 and 成文日期 (7.3.5) with what stands around them.

use super::lines::squeezed;
use super::record::Record;
use super::{CHAR, Laid, Line, note, signature, stamp};
use crate::notice::{Format, Notice};
use crate::typeset::facts::Image;

/// Everything between body and attachments; `from` is the line behind the body. Gives the
/// line behind the closing.
pub fn closing(laid: &Laid, from: usize, out: &mut Record) -> usize {
    let stamped = !laid.notice.stamps.is_empty();
    // 纪要 is not signed; what signs a 令 is 签名章 (10.2).
    let unsigned = matches!(laid.notice.format, Format::Minutes | Format::Order);
    if unsigned && !stamped {
        note::names(laid, from, laid.lines.len(), out);
        return from;
    }
    let Some(asked) = date_text(laid) else { return from };
    let at = if stamped { dated(laid, from) } else { signed(laid, from) };
    out.at("7.3.5", 0).there("署名和成文日期", at.is_some());
    let Some(at) = at else { return from };
    let date = &laid.lines[at];
    company(laid, date, out);
    if stamped {
        stamp::stamps(laid, from, date, out);
    } else {
        signature::signature(laid, from, at, out);
    }
    out.at("7.3.5.4", date).same("成文日期写法", &asked, &date.text);
    note::names(laid, from, at, out);
    note::note(laid, at, out)
}

/// The date as it is printed, without spaces; a notice without date or signature is not
/// measured here.
fn date_text(laid: &Laid) -> Option<String> {
    let signed = !laid.notice.signature.is_empty() || !laid.notice.stamps.is_empty();
    laid.notice.date.filter(|_| signed).map(|date| squeezed(&date.to_string()))
}

/// The date's line behind `from`.
fn dated(laid: &Laid, from: usize) -> Option<usize> {
    (from..laid.lines.len()).find(|at| is_date(&laid.lines[*at].text))
}

/// The lines with a date that stands beside the last line of another name than its own as one
/// of itself.
pub fn dates_apart(lines: Vec<Line>, notice: &Notice) -> Vec<Line> {
    let joint = notice.signature.len() > 1 && !notice.seals.is_empty();
    let Some(date) = notice.date.filter(|_| joint) else { return lines };
    let date = squeezed(&date.to_string());
    let apart = |line: Line| {
        let before = line.glyphs.len().saturating_sub(date.chars().count());
        if before == 0 || !line.text.ends_with(&date) {
            return vec![line];
        }
        let (front, back) = line.cut(before);
        if back.left() - front.right() > CHAR { vec![front, back] } else { vec![line] }
    };
    lines.into_iter().flat_map(apart).collect()
}

/// The date's line under that of the last name, between which lines of names beside it may
/// stand.
fn signed(laid: &Laid, from: usize) -> Option<usize> {
    let name = squeezed(laid.notice.signature.last()?);
    let under = |at: &usize| {
        let line = &laid.lines[*at];
        let near = laid.lines[from..*at].iter().rev().take_while(|above| {
            above.page == line.page
                && line.baseline - above.baseline < 1.2 * laid.grid.pitch
        });
        let named =
            |above: &Line| name.ends_with(&above.text) || ends_in(&above.text, &name);
        is_date(&line.text) && near.into_iter().any(named)
    };
    (from..laid.lines.len()).find(under)
}

/// 7.3.5.5: signature and date never stand on a page without text.
fn company(laid: &Laid, date: &Line, out: &mut Record) {
    let names: Vec<String> =
        laid.notice.signature.iter().map(|name| squeezed(name)).collect();
    let posts = laid.notice.stamps.iter().filter_map(|stamp| stamp.post.as_ref());
    let posts: Vec<String> = posts.map(|post| squeezed(post)).collect();
    let own = |line: &&Line| pieces(&line.text, &names) || posts.contains(&line.text);
    let above =
        |line: &&Line| line.page == date.page && line.baseline < date.baseline - 0.1;
    let (signing, text): (Vec<&Line>, Vec<&Line>) =
        laid.lines.iter().filter(above).partition(own);
    // Seals and stamps lie over what they sign; pictures of the text lie over nothing.
    let over = |it: &Image, line: &Line| {
        it.at.1 < line.bottom() && it.at.1 + it.size.1 > line.top()
    };
    let signs = |it: &&Image| signing.iter().any(|line| over(it, line)) || over(it, date);
    let pictures = laid.facts.pages[date.page].images.iter();
    let picture = pictures.filter(|it| !signs(it)).any(|it| it.at.1 < date.top());
    out.at("7.3.5.5", date).there("署名日期所在页的正文", !text.is_empty() || picture);
}

/// Whether a line ends in a name, or in what it has on the last of several lines.
fn ends_in(line: &str, name: &str) -> bool {
    let mut starts = name.char_indices().rev().skip(1);
    starts.any(|(at, _)| line.ends_with(&name[at..]))
}

/// Whether a line is made of names, or of what they have on one of several lines: two
/// characters at least, but for the last piece.
pub fn pieces(text: &str, names: &[String]) -> bool {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    // From the end backwards, whether what begins at each character is made of pieces: each
    // is looked at once, however many ways lead to it.
    let mut made = vec![false; ends.len() + 1];
    made[ends.len()] = true;
    for from in (0..ends.len()).rev() {
        let at = |nth: usize| ends.get(nth).copied().unwrap_or(text.len());
        let piece =
            |to: usize| names.iter().any(|it| it.contains(&text[at(from)..at(to)]));
        let nexts = (from + 2..ends.len()).chain([ends.len()]);
        made[from] = nexts.take_while(|to| piece(*to)).any(|to| made[to]);
    }
    made[0]
}

/// Whether a line is a date, however it is written.
fn is_date(text: &str) -> bool {
    text.chars().count() <= 12
        && text.ends_with('日')
        && text.contains('年')
        && text.contains('月')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_names_or_their_parts_is_told_from_others() {
        let names = ["云岭市总工会".to_owned(), "云岭市财政局".to_owned()];
        for (text, made) in [
            ("", true),
            ("云岭市总工会", true),
            ("云岭市总工会云岭市财政局", true),
            ("云岭市总工", true),
            ("会云岭市财政局", false),
            ("工会云岭市财政局", true),
            ("云岭市总工会财政局会", true),
            ("云岭市总工会的", false),
        ] {
            assert_eq!(pieces(text, &names), made, "{text}");
        }
    }

    #[test]
    fn the_many_ways_to_cut_a_line_are_not_all_tried() {
        let names = ["i".repeat(90)];
        assert!(!pieces(&format!("{}j", "i".repeat(500)), &names));
        assert!(pieces(&"i".repeat(500), &names));
    }
}
