//! Where a finding is on the pages: the page, and the text it is about.

use crate::characters::is_hanzi;
use crate::diag::{Diagnostic, SHOWN};
use crate::measure::lines::{Line, lines, squeezed};
use crate::page::AREA;
use crate::typeset::facts::{Facts, Turn};

/// A finding's place on the pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spot {
    /// The page, from 0.
    pub page: usize,
    /// The text it is about: left, top, right and bottom of each part, in mm; none where the
    /// finding is about a whole page.
    pub boxes: Vec<[f64; 4]>,
}

/// Beginnings of fewer characters than this are found anywhere.
const SHORTEST: usize = 4;

/// The place of each finding, as far as it has one on the pages; of a great many, the first
/// ones are looked for.
pub fn spots(findings: &[Diagnostic], facts: &Facts) -> Vec<Option<Spot>> {
    if findings.is_empty() {
        return Vec::new();
    }
    let lines = lines(facts);
    let looked_for = findings.iter().take(SHOWN);
    let mut spots: Vec<_> = looked_for.map(|it| spot(it, &lines, facts)).collect();
    spots.resize(findings.len(), None);
    spots
}

fn spot(finding: &Diagnostic, lines: &[Line], facts: &Facts) -> Option<Spot> {
    let on = |line: &&Line| finding.page.is_none_or(|page| line.page + 1 == page);
    let lines: Vec<&Line> =
        lines.iter().filter(on).filter(|line| line.turn == Turn::Upright).collect();
    let found = wanted(finding).iter().find_map(|text| search(text, &lines));
    found.or_else(|| sealed(finding, facts)).or_else(|| {
        let page = finding.page?.checked_sub(1)?;
        Some(Spot { page, boxes: Vec::new() })
    })
}

/// The texts to look for, the best first: the place's own, then ever shorter beginnings of
/// what its line goes on with, as a value may fill many lines of the page.
fn wanted(finding: &Diagnostic) -> Vec<String> {
    let Some(place) = &finding.place else { return Vec::new() };
    let rest = place.text.chars().skip(place.column.saturating_sub(1));
    let own = squeezed(&rest.clone().take(place.length).collect::<String>());
    let value = place.text.split_once(": ").map_or("", |it| it.1);
    let mut texts = vec![unmarked(&own)];
    for tail in [squeezed(&rest.collect::<String>()), squeezed(value)] {
        let tail = unmarked(&tail);
        let length = tail.chars().count();
        let lengths = [length, 20, 12, 8, 6, SHORTEST];
        let cuts = lengths.into_iter().filter(|cut| (SHORTEST..=length).contains(cut));
        texts.extend(cuts.map(|cut| tail.chars().take(cut).collect::<String>()));
    }
    texts.retain(|text| !text.is_empty() && (finding.page.is_some() || is_telling(text)));
    texts
}

/// Whether a text is found where it is meant: a digit is on every page, a name is not.
fn is_telling(text: &str) -> bool {
    let hanzi = text.chars().all(is_hanzi);
    text.chars().count() >= if hanzi { 2 } else { SHORTEST }
}

/// A text without what YAML and the notice's own marks add to what is printed.
fn unmarked(text: &str) -> String {
    let text = text.trim_start_matches(['#', '-', '"', '\'', '[', '{']);
    text.trim_end_matches(['"', '\'', ']', '}']).replace("**", "")
}

/// The first place where lines that follow each other hold a text.
fn search(text: &str, lines: &[&Line]) -> Option<Spot> {
    let all: String = lines.iter().map(|line| line.text.as_str()).collect();
    let from = all.find(text)?;
    let to = from + text.len();
    let mut spot = Spot { page: usize::MAX, boxes: Vec::new() };
    let mut start = 0;
    for line in lines {
        let end = start + line.text.len();
        if from < end && start < to {
            if spot.page == usize::MAX {
                spot.page = line.page;
            }
            if line.page == spot.page {
                spot.boxes.extend(part(line, from.saturating_sub(start), to - start));
            }
        }
        start = end;
    }
    Some(spot)
}

/// The box of a line's characters from one byte to another.
fn part(line: &Line, from: usize, to: usize) -> Option<[f64; 4]> {
    let mut at = 0;
    let mut span: Option<(f64, f64)> = None;
    for glyph in &line.glyphs {
        if (from..to).contains(&at) {
            let right = glyph.x + glyph.advance.min(glyph.em);
            span = Some((span.map_or(glyph.x, |it| it.0), right));
        }
        at += glyph.text.len();
    }
    span.map(|(left, right)| [left, line.top(), right, line.bottom()])
}

/// 印章 is no text: its place is the signature's.
fn sealed(finding: &Diagnostic, facts: &Facts) -> Option<Spot> {
    let text = &finding.place.as_ref()?.text;
    let key = text.trim_start();
    if !["印章", "签名章", "seal", "signature_stamp"].iter().any(|it| key.starts_with(it))
    {
        return None;
    }
    facts.pages.iter().enumerate().find_map(|(page, it)| {
        let (_, y) = it.marks.iter().find(|(name, _)| name == "signature")?;
        Some(Spot { page, boxes: vec![[AREA.left, y - 2.0, AREA.right, y + 12.0]] })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;
    use crate::typeset::facts::{Glyph, Page, Text};

    fn facts() -> Facts {
        let glyph = |(at, c): (usize, char)| Glyph {
            text: c.into(),
            x: 28.0 + at as f64 * 5.5,
            advance: 5.5,
            em: 5.5,
            missing: false,
            ink: None,
        };
        let text = |(row, text): (usize, &&str)| Text {
            text: (*text).into(),
            family: String::new(),
            size: 16.0,
            baseline: 50.0 + row as f64 * 10.0,
            red: false,
            black: true,
            turn: Turn::Upright,
            glyphs: text.chars().enumerate().map(glyph).collect(),
        };
        let page = |rows: &[&str]| Page {
            width: 210.0,
            height: 297.0,
            texts: rows.iter().enumerate().map(text).collect(),
            ..Page::default()
        };
        Facts {
            pages: vec![page(&["关于七的通知7"]), page(&["现将有关事项通知", "如下乙"])],
        }
    }

    fn found(
        line: &str,
        column: usize,
        length: usize,
        page: Option<usize>,
    ) -> Option<Spot> {
        let place =
            Place { file: "试".into(), line: 1, column, length, text: line.into() };
        let finding = Diagnostic { page, ..Diagnostic::warning("X", "").at(place) };
        spots(&[finding], &facts()).pop().flatten()
    }

    #[test]
    fn a_text_is_found_over_the_ends_of_lines() {
        let spot = found("  现将有关事项通知如下", 3, 10, None).expect("a place");
        assert_eq!((spot.page, spot.boxes.len()), (1, 2));
        assert!((spot.boxes[1][2] - 39.0).abs() < 1e-6, "{:?}", spot.boxes);
    }

    #[test]
    fn a_value_is_found_by_its_beginning() {
        let spot = found("  现将有关事项另行通知", 1, 1, None).expect("a place");
        assert_eq!(spot.page, 1);
    }

    #[test]
    fn what_is_not_printed_has_no_place() {
        assert_eq!(found("期号: 7", 5, 1, None), None);
        assert_eq!(
            found("期号: 9", 5, 1, Some(2)),
            Some(Spot { page: 1, boxes: vec![] })
        );
        assert_eq!(found("乙", 1, 1, Some(2)).map(|it| it.boxes.len()), Some(1));
    }
}
