//! P303 落款: pages that must not happen around signature and date (7.3.5.5): a signature on a
//! page without text; one line of the last paragraph alone with it; a first page without text.

use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::rules::{Check, Rule};
use crate::typeset::facts::{Facts, Page, Text};

/// The rule.
pub const RULE: Rule = Rule { code: "P303", name: "落款", check: Check::Pages(check) };

/// What must not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A page with signature and date and no text.
    SignatureAlone,
    /// One line of a longer paragraph alone on the signature's page.
    OneLine,
    /// No text on the first page.
    FirstPage,
}

impl Fault {
    fn message(self, page: usize) -> String {
        match self {
            Self::SignatureAlone => format!("第 {page} 页只有署名和日期，没有正文"),
            Self::OneLine => format!("第 {page} 页署名上面只有正文的一行"),
            Self::FirstPage => "首页没有正文".into(),
        }
    }
}

/// The faults of the pages, each with its page from 1.
pub fn faults(facts: &Facts) -> Vec<(Fault, usize)> {
    let find = |name: &str| {
        facts.pages.iter().enumerate().find_map(|(page, it)| {
            let mark = it.marks.iter().find(|(mark, _)| mark == name)?;
            Some((page, mark.1))
        })
    };
    let (last, tail, signature) = (find("last"), find("tail"), find("signature"));
    let mut faults = Vec::new();
    if find("body").is_some_and(|(page, _)| page > 0) {
        faults.push((Fault::FirstPage, 1));
    }
    if let (Some((start, _)), Some((end, y))) = (last, tail)
        && start != end
        && !above(&facts.pages[end], y)
    {
        faults.push((Fault::OneLine, end + 1));
    }
    if let (Some((end, _)), Some((page, _))) = (tail, signature)
        && page > end
    {
        faults.push((Fault::SignatureAlone, page + 1));
    }
    faults
}

/// Whether signature and date are on a page without text.
pub fn signature_alone(facts: &Facts) -> bool {
    faults(facts).iter().any(|(fault, _)| *fault == Fault::SignatureAlone)
}

/// How many characters, white space not counted, stand on the body's last two lines, where
/// the last one alone is on the signature's page.
pub fn last_two_lines(facts: &Facts) -> Option<usize> {
    let (_, page) = *faults(facts).iter().find(|(fault, _)| *fault == Fault::OneLine)?;
    let mark = |(name, y): &(String, f64)| (name == "tail").then_some(*y);
    let last = facts.pages.get(page - 1)?;
    let y = last.marks.iter().find_map(mark)?;
    let before = facts.pages.get(page.checked_sub(2)?)?;
    let lowest = body_texts(before).map(|text| text.baseline).fold(0.0, f64::max);
    let end = body_texts(last).filter(|text| (text.baseline - y).abs() < HALF);
    let line = body_texts(before).filter(|text| (text.baseline - lowest).abs() < 0.1);
    let visible = |text: &Text| text.text.chars().filter(|c| !c.is_whitespace()).count();
    Some(end.chain(line).map(visible).sum())
}

/// Size of the body's text, in pt.
const BODY: f64 = 16.0;
/// Half a line, in mm.
const HALF: f64 = 5.2;

/// Whether a page has text of the body above a line.
fn above(page: &Page, y: f64) -> bool {
    body_texts(page).any(|text| text.baseline < y - HALF)
}

fn body_texts(page: &Page) -> impl Iterator<Item = &Text> {
    page.texts.iter().filter(|text| (text.size - BODY).abs() < 0.1)
}

fn check(_: &Notice, places: &Places, facts: &Facts) -> Vec<Diagnostic> {
    let finding = |(fault, page): (Fault, usize)| {
        Diagnostic::warning(RULE.code, fault.message(page))
            .at(places.of("正文"))
            .on_page(page)
            .hint("正文增减一两句；或在 hongtou.yaml 的“调整”里放宽行距、字距")
    };
    faults(facts).into_iter().map(finding).collect()
}
