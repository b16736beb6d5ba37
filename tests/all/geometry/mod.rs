//! Sections 1–5 of the layout, measured on laid-out pages by the program itself: examples are
//! clean, and what is shifted is found.

mod breaks;
mod cells;
mod details;
mod formats;
mod made;
mod tables;
mod tampered;

use hongtou::measure::{Measurement, Pitches, measure};
use hongtou::notice::body::Block;

use crate::support::{self, Laid};

/// What is out of tolerance, a line each.
pub fn deviations(laid: &Laid) -> Vec<String> {
    let (line, char) = (laid.adjustment.line, laid.adjustment.char);
    told(&measure(&laid.notice, &laid.facts, Pitches { line, char }))
}

/// The rows that are not kept, in words.
fn told(rows: &[Measurement]) -> Vec<String> {
    let line = |row: &Measurement| {
        let (asked, measured) = (&row.asked, &row.measured);
        let at = format!("page {} “{}”, of {}", row.page, row.text, row.count);
        format!(
            "{} {}: {asked:?} asked, {measured:?} measured ({at})",
            row.clause, row.what
        )
    };
    rows.iter().filter(|row| !row.ok).map(line).collect()
}

#[test]
fn every_example_keeps_every_measure() {
    for path in support::files("examples", "yaml") {
        let laid = support::lay_out_file(&path);
        let found = deviations(&laid);
        assert!(found.is_empty(), "{}:\n{}", path.display(), found.join("\n"));
        assert!(laid.findings.is_empty(), "{}: {:#?}", path.display(), laid.findings);
    }
}

#[test]
fn every_good_case_keeps_every_measure() {
    for path in support::files("tests/cases/good", "yaml") {
        let laid = support::lay_out_file(&path);
        let found = deviations(&laid);
        assert!(found.is_empty(), "{}:\n{}", path.display(), found.join("\n"));
    }
}

/// Not in the standard, but a heading at a page's foot looks forgotten.
#[test]
fn no_heading_of_an_example_ends_a_page() {
    let mut headings = 0;
    for path in support::files("examples", "yaml") {
        let laid = support::lay_out_file(&path);
        let lines = hongtou::measure::lines::lines(&laid.facts);
        for block in &laid.notice.body {
            let Block::Paragraph(it) = block else { continue };
            let text = hongtou::notice::body::plain(&it.head);
            let line =
                lines.iter().find(|line| it.heading && text.starts_with(&line.text));
            if let Some(line) = line {
                headings += 1;
                assert!(line.bottom() < 255.0, "{}: {text}", path.display());
            }
        }
    }
    assert!(headings > 5);
}
