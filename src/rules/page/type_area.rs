//! P302 出版心: nothing but page numbers may stand outside the type area (5.2.1), and nothing at
//! all beyond the paper's edge, where it would not be printed.

use crate::characters::closes;
use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::page::PT;
use crate::rules::{Check, Rule};
use crate::typeset::facts::{Facts, Page, Text, Turn};

/// The rule.
pub const RULE: Rule =
    Rule { code: "P302", name: "出版心", check: Check::Pages(check) };

/// For rounding, in mm.
const SLACK: f64 = 0.5;

fn check(_: &Notice, places: &Places, facts: &Facts) -> Vec<Diagnostic> {
    let lost = |(number, page): (usize, &Page)| {
        let text = readable(page).find(|text| off_the_paper(page, text))?;
        let text = whole(page, text);
        let shown: String = text.chars().take(12).collect();
        let message = format!("第 {} 页的“{shown}”排到了纸外", number + 1);
        Some(
            Diagnostic::error(RULE.code, message)
                .at(places.anywhere(&text))
                .on_page(number + 1)
                .hint("太长，印不出来：缩短这一处"),
        )
    };
    let lost: Vec<_> = facts.pages.iter().enumerate().filter_map(lost).collect();
    if !lost.is_empty() {
        return lost;
    }
    let finding = |(number, page): (usize, &Page)| {
        let text = overflowing(page)?;
        let shown: String = text.chars().take(12).collect();
        let message = format!("第 {} 页的“{shown}”超出版心", number + 1);
        Some(
            Diagnostic::warning(RULE.code, message)
                .at(places.anywhere(&text))
                .on_page(number + 1)
                .hint("缩短这一处；在表格里的，分成几行写，加宽这一栏，或者作为附件用“横排: true”"),
        )
    };
    facts.pages.iter().enumerate().filter_map(finding).collect()
}

/// The first text of a page that crosses the type area's edge.
fn overflowing(page: &Page) -> Option<String> {
    let area = page.type_area();
    let outside = |text: &&Text| {
        let visible = text.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
        let (mut left, mut right) = (f64::MAX, f64::MIN);
        for glyph in visible {
            left = left.min(glyph.x);
            // A mark at a line's end may hang out by its empty half.
            let hanging = glyph.text.ends_with(closes);
            // The advance also holds what justification added behind the character.
            let em = text.size * PT;
            right = right
                .max(glyph.x + glyph.advance.min(if hanging { em / 2.0 } else { em }));
        }
        let below = text.baseline - area.bottom > SLACK;
        left < area.left - SLACK
            || right > area.right + SLACK
            || (below && !is_folio(&whole(page, text)))
    };
    readable(page).find(outside).map(|text| whole(page, text))
}

/// Whether a text is a page number, the one thing under the type area (7.5).
fn is_folio(text: &str) -> bool {
    let number = text.strip_prefix('—').and_then(|it| it.strip_suffix('—'));
    number.is_some_and(|it| it.trim().chars().all(|c| c.is_ascii_digit()))
}

/// A text with those that go on from it on its line: a number of several runs.
fn whole(page: &Page, text: &Text) -> String {
    let ends = |text: &Text| {
        let first = text.glyphs.first().map_or(0.0, |it| it.x);
        (first, text.glyphs.last().map_or(0.0, |it| it.x + it.advance))
    };
    let mut line: Vec<&Text> =
        readable(page).filter(|it| (it.baseline - text.baseline).abs() < 0.02).collect();
    line.sort_by(|a, b| ends(a).0.total_cmp(&ends(b).0));
    let parts = line.chunk_by(|a, b| (ends(b).0 - ends(a).1).abs() < SLACK);
    let own =
        parts.into_iter().find(|part| part.iter().any(|it| std::ptr::eq(*it, text)));
    own.into_iter().flatten().map(|it| it.text.as_str()).collect()
}

/// The upright texts; the watermark, which may reach out, is far larger than any other.
fn readable(page: &Page) -> impl Iterator<Item = &Text> {
    page.texts.iter().filter(|text| text.size < 90.0 && text.turn == Turn::Upright)
}

fn off_the_paper(page: &Page, text: &Text) -> bool {
    let mut visible = text.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    !(0.0..=page.height).contains(&text.baseline)
        || visible.any(|glyph| !(0.0..page.width).contains(&glyph.x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::source::Source;
    use crate::typeset::facts::Glyph;

    /// What is found on the second page of two, whose line ends with a character that begins
    /// at `x`.
    fn found(c: char, x: f64) -> Vec<Diagnostic> {
        let glyph = Glyph {
            text: c.into(),
            x,
            advance: 16.0 * PT,
            em: 16.0 * PT,
            missing: false,
            ink: None,
        };
        let text = Text {
            text: c.into(),
            family: String::new(),
            size: 16.0,
            baseline: 100.0,
            red: false,
            black: true,
            turn: Turn::Upright,
            glyphs: vec![glyph],
        };
        let blank = Page { width: 210.0, height: 297.0, ..Page::default() };
        let page = Page { texts: vec![text], ..blank.clone() };
        let places = Places::new(Source::new("通知.yaml", ""));
        check(&Notice::default(), &places, &Facts { pages: vec![blank, page] })
    }

    #[test]
    fn marks_that_close_may_hang_out_by_their_empty_half_and_hanzi_may_not() {
        let half_out = 184.0 - 8.0 * PT;
        for c in "，。、；：！？”’》〉）】〕".chars() {
            assert_eq!(found(c, half_out), [], "{c}");
        }
        assert_eq!(found('甲', half_out).len(), 1);
    }

    #[test]
    fn both_findings_tell_their_page() {
        for (x, severity) in [(300.0, true), (190.0, false)] {
            let found = found('甲', x);
            assert_eq!((found[0].is_error(), found[0].page), (severity, Some(2)));
        }
    }
}
