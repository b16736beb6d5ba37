//! Sections 1–4 of the layout, measured on laid-out pages. Positions hold to 0.3 mm, the
//! line grid and rules to 0.05 mm.

mod body;
mod closing;
mod header;
mod imprint;
mod lines;
mod tables;

use std::path::Path;

use crate::support::{self, Laid};
pub use lines::{Line, lines};

/// 3.1: the width of a 3号 character's cell.
pub const W: f64 = 156.0 / 28.0;
/// 3.2: the line pitch.
pub const P: f64 = (225.0 - W) / 21.0;
/// A point in mm.
pub const PT: f64 = 25.4 / 72.0;
/// Positions.
pub const NEAR: f64 = 0.3;
/// Rules and grid.
pub const EXACT: f64 = 0.05;

/// What deviates: clause, what, asked, measured.
#[derive(Default)]
pub struct Deviations(pub Vec<String>);

impl Deviations {
    pub fn near(
        &mut self,
        clause: &str,
        what: &str,
        asked: f64,
        measured: f64,
        tolerance: f64,
    ) {
        if (asked - measured).abs() > tolerance {
            self.0.push(format!(
                "{clause} {what}: {asked:.3} asked, {measured:.3} measured"
            ));
        }
    }

    pub fn within(
        &mut self,
        clause: &str,
        what: &str,
        low: f64,
        high: f64,
        measured: f64,
    ) {
        if !(low..=high).contains(&measured) {
            self.0.push(format!(
                "{clause} {what}: {low:.3} to {high:.3} asked, {measured:.3} measured"
            ));
        }
    }

    pub fn holds(&mut self, clause: &str, what: &str, holds: bool) {
        if !holds {
            self.0.push(format!("{clause} {what}"));
        }
    }

    /// The gap of `n` empty lines between two elements (3.2).
    pub fn empty_lines(&mut self, clause: &str, what: &str, n: f64, measured: f64) {
        self.within(clause, what, n * P - 1.0, n * P + 7.0 / 8.0 * W + 1.0, measured);
    }
}

/// Measures everything on a laid-out notice.
pub fn measure(laid: &Laid) -> Deviations {
    let mut found = Deviations::default();
    let lines = lines(&laid.facts);
    header::page(laid, &lines, &mut found);
    header::header(laid, &lines, &mut found);
    header::title(laid, &lines, &mut found);
    body::grid(&lines, &mut found);
    body::paragraphs(laid, &lines, &mut found);
    closing::closing(laid, &lines, &mut found);
    closing::attachments(laid, &lines, &mut found);
    imprint::imprint(laid, &lines, &mut found);
    imprint::folios(laid, &lines, &mut found);
    found
}

#[test]
fn every_example_keeps_every_measure() {
    for path in support::files("examples", "yaml") {
        let laid = support::lay_out_file(&path);
        let found = measure(&laid);
        assert!(found.0.is_empty(), "{}:\n{}", path.display(), found.0.join("\n"));
        assert!(laid.findings.is_empty(), "{}: {:#?}", path.display(), laid.findings);
    }
}

#[test]
fn a_page_with_a_wrong_measure_is_found_out() {
    let path = Path::new("examples/涉密通知.yaml");
    let mut laid = support::lay_out_file(&support::root().join(path));
    for text in &mut laid.facts.pages[0].texts {
        text.baseline += 0.4;
    }
    assert!(measure(&laid).0.len() > 5);
}
