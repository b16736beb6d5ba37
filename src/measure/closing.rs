//! What closes the text: 署名 and 成文日期 (7.3.5) with what stands around them.

use super::lines::squeezed;
use super::record::Record;
use super::{FOLIO, Laid, Line, note, signature, stamp};
use crate::notice::Format;

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
    let at = if stamped { dated(laid, from, &asked) } else { signed(laid, from, &asked) };
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
fn dated(laid: &Laid, from: usize, date: &str) -> Option<usize> {
    (from..laid.lines.len()).find(|at| laid.lines[*at].text == date)
}

/// The date's line under that of the last name.
fn signed(laid: &Laid, from: usize, date: &str) -> Option<usize> {
    let name = squeezed(laid.notice.signature.last()?);
    let under = |at: &usize| {
        let (above, line) = (&laid.lines[at - 1], &laid.lines[*at]);
        let named = name.ends_with(&above.text) || above.text.ends_with(&name);
        line.text == date && above.page == line.page && named
    };
    (from.max(1)..laid.lines.len()).find(under)
}

/// 7.3.5.5: signature and date never stand on a page without text.
fn company(laid: &Laid, date: &Line, out: &mut Record) {
    let names: Vec<String> =
        laid.notice.signature.iter().map(|name| squeezed(name)).collect();
    let posts = laid.notice.stamps.iter().filter_map(|stamp| stamp.post.as_ref());
    let posts: Vec<String> = posts.map(|post| squeezed(post)).collect();
    let own =
        |line: &&Line| names.concat().contains(&line.text) || posts.contains(&line.text);
    let text = laid.lines.iter().any(|line| {
        line.page == date.page
            && line.baseline < date.baseline - 0.1
            && line.baseline < FOLIO
            && !own(&line)
    });
    let table = laid.facts.pages[date.page].images.iter();
    let picture = table.clone().any(|it| it.at.1 + it.size.1 < date.top() - 60.0);
    out.at("7.3.5.5", date).there("署名日期所在页的正文", text || picture);
}
