//! Random notices of every layout keep every measure.

mod layouts;
mod overlap;
mod text;

use hongtou::measure::lines::{Line, lines, squeezed};
use hongtou::notice::Format;
use hongtou::notice::body::{Block, plain};
use hongtou::page::{CHAR, PITCH};
use hongtou::pipeline::{Input, Order};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use crate::geometry::deviations;
use crate::support::{Laid, WORKSHOP, lay_out_text, root};

/// One notice in this many is built twice.
const TWICE: usize = 25;
/// How many steps are taken to make a notice that fails smaller.
const STEPS: usize = 60;

fn yaml(notice: &Value) -> String {
    serde_yaml::to_string(notice).unwrap()
}

/// All that is wrong with a notice's pages, a line each.
fn faults(notice: &Value) -> Vec<String> {
    faults_of(&lay_out_text(&yaml(notice), true))
}

fn faults_of(laid: &Laid) -> Vec<String> {
    let mut found = deviations(laid);
    let mut findings = laid.findings.clone();
    if one_line(laid) {
        found.retain(|it| !it.contains("首页正文"));
        findings.retain(|it| it.code != "P303");
    }
    // A page that text and closing fill has no room for a second line.
    let full = laid.facts.mark("signature").is_some_and(|it| taken(laid, it.0) >= 22);
    findings.retain(|it| !(full && it.message.ends_with("只有正文的一行")));
    // So many bodies and signers leave a mark little room.
    findings.retain(|it| it.code != "P307");
    found.extend(findings.iter().map(|it| format!("{} {}", it.code, it.message)));
    found.extend(overlap::overlaps(&laid.facts));
    found.extend(imprint(laid));
    found.extend(list_alone(laid));
    let (seals, asked) = (overlap::seals(&laid.facts), laid.notice.seals.len());
    found.extend((seals != asked).then(|| format!("{seals} seals instead of {asked}")));
    found
}

/// One line of text cannot be on the first page and with the signature on the second, unless
/// 附件说明 stands between them.
fn one_line(laid: &Laid) -> bool {
    let mark = |name| {
        let mut marks = laid.facts.pages.iter().flat_map(|page| &page.marks);
        marks.find(|(mark, _)| mark == name).map(|(_, y)| *y)
    };
    let start = mark("last");
    laid.notice.body.len() == 1
        && laid.notice.attachments.is_empty()
        && start.is_some()
        && start == mark("tail")
}

/// Lines of a page that a closing takes at most for a line of text to stand above it.
const SHARED: usize = 21;
/// A signature that a page holds under a line of text has the text's end on its page, however
/// long a list stands between them (7.3.5.5).
fn list_alone(laid: &Laid) -> Option<String> {
    let (notice, lines) = (&laid.notice, lines(&laid.facts));
    let Some(Block::Paragraph(last)) = notice.body.last() else { return None };
    let text = squeezed(&(plain(&last.head) + &plain(&last.text)));
    let (page, _) = laid.facts.mark("signature")?;
    let ends = |line: &&Line| line.text.ends_with(&text) || text.ends_with(&line.text);
    // One line of text cannot be on two pages.
    let whole = lines.iter().any(|line| line.text == text) && notice.body.len() == 1;
    let end = lines.iter().filter(|line| line.page <= page).rfind(ends)?;
    let list = notice.attachments.first()?;
    if whole || end.page == page || !notice.attendance.present.is_empty() {
        return None;
    }
    let of_list = |line: &&Line| {
        line.page == end.page && line.baseline > end.baseline && line.baseline < FOOT
    };
    let above = lines.iter().filter(of_list).count();
    // The empty line above the list goes along with it.
    (1 + above + taken(laid, page) <= SHARED).then(|| {
        format!("“{}” and the signature are alone on page {}", list.name, page + 1)
    })
}

/// How many lines of a page are taken, down to the lowest text or seal.
fn taken(laid: &Laid, page: usize) -> usize {
    let lines = lines(&laid.facts);
    let on_page = lines.iter().filter(|line| line.page == page && line.baseline < FOOT);
    let texts = on_page.map(Line::bottom).fold(0.0, f64::max);
    let images = laid.facts.pages[page].images.iter();
    let foot = images.map(|image| image.at.1 + image.size.1).fold(texts, f64::max);
    // A line's cell ends half a gap under its characters, and so do seals.
    ((foot - TOP + PITCH - CHAR) / PITCH - 0.01).ceil() as usize
}

/// The type area's top, and where its text ends, in mm.
const TOP: f64 = 37.0;
const FOOT: f64 = 266.0;

/// 7.4: whatever the layout, the imprint is at the foot of the last page, an even one when
/// printed on both sides.
fn imprint(laid: &Laid) -> Option<String> {
    let (notice, last) = (&laid.notice, laid.facts.pages.len() - 1);
    // 10.1
    let printed = notice.printing.is_some() && notice.format != Format::Letter;
    if notice.copies.is_none() && !printed {
        return None;
    }
    let lines = lines(&laid.facts);
    let text = lines.iter().filter(|line| line.page == last && line.baseline < 266.0);
    let foot = text.map(Line::bottom).fold(0.0, f64::max);
    let placed = (257.0..=262.05).contains(&foot);
    if placed && (!notice.duplex || last % 2 == 1) {
        return None;
    }
    Some(format!("the imprint ends at {foot:.1} mm of page {}", last + 1))
}

/// The same notice becomes the same bytes.
fn same_bytes(notice: &Value) -> bool {
    let bytes = yaml(notice).into_bytes();
    let input = Input { name: "试.yaml".into(), bytes, folder: root().join("examples") };
    let [one, other] = [(); 2].map(|()| {
        let built = WORKSHOP.build(&input, &Order::default()).pdf.unwrap();
        hongtou::typeset::forget();
        built
    });
    one == other
}

/// The smallest notice on the way from a failing one that still fails.
fn smallest(mut tree: impl ValueTree<Value = Value>) -> Value {
    let mut found = tree.current();
    for _ in 0..STEPS {
        let fails = !faults(&tree.current()).is_empty();
        if fails {
            found = tree.current();
        }
        if !(if fails { tree.simplify() } else { tree.complicate() }) {
            break;
        }
    }
    found
}

/// Lays out `cases` notices, the same ones on every run, and tells of all that fail; the
/// first one is made smaller and shown. Gives how many pages the shortest and the longest have.
fn hold(layout: &BoxedStrategy<Value>, cases: usize) -> (usize, usize) {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut told = Vec::new();
    let mut first = None;
    let mut pages = (usize::MAX, 0);
    for case in 0..cases {
        let tree = layout.new_tree(&mut runner).unwrap();
        let notice = tree.current();
        let laid = lay_out_text(&yaml(&notice), true);
        let count = laid.facts.pages.len();
        pages = (pages.0.min(count), pages.1.max(count));
        let mut found = faults_of(&laid);
        if case % TWICE == 0 && !same_bytes(&notice) {
            found.push("other bytes when built again".into());
        }
        if !found.is_empty() {
            told.push(format!("notice {case}:\n{}", found.join("\n")));
            first.get_or_insert(tree);
        }
    }
    if let Some(first) = first {
        let notice = smallest(first);
        let count = told.len();
        panic!(
            "{count} of {cases} fail\n{}\n\nsmaller:\n{}\n{}",
            told.join("\n"),
            faults(&notice).join("\n"),
            yaml(&notice)
        );
    }
    pages
}

#[test]
fn random_documents_keep_every_measure() {
    let (shortest, longest) = hold(&layouts::document(), 150);
    assert!(shortest <= 2 && longest >= 30, "{shortest} to {longest} pages");
}

#[test]
fn random_joint_documents_keep_every_measure() {
    hold(&layouts::joint(), 120);
}

#[test]
fn random_stamped_documents_keep_every_measure() {
    hold(&layouts::stamped(), 60);
}

#[test]
fn random_letters_keep_every_measure() {
    hold(&layouts::letter(), 80);
}

#[test]
fn random_orders_keep_every_measure() {
    hold(&layouts::order(), 50);
}

#[test]
fn random_minutes_keep_every_measure() {
    hold(&layouts::minutes(), 70);
}

#[test]
fn random_bulletins_keep_every_measure() {
    hold(&layouts::bulletin(), 60);
}
