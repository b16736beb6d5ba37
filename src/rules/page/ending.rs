//! P303 落款: pages that must not happen around signature and date (7.3.5.5): a signature on a
//! page without text; one line of the last paragraph alone with it; a first page without text.

use crate::diag::Diagnostic;
use crate::notice::{Notice, Places};
use crate::page::BODY;
use crate::rules::{Check, Rule};
use crate::template::Kept;
use crate::typeset::facts::{Facts, Page, Text};

/// The rule.
pub const RULE: Rule = Rule { code: "P303", name: "落款", check: Check::Pages(check) };

/// What must not happen, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// One line of a longer paragraph alone on the signature's page.
    OneLine,
    /// A page with 附件说明, or the end of it, signature and date, and no text.
    ListAlone,
    /// A page with signature and date and no text.
    SignatureAlone,
    /// No text on the first page.
    FirstPage,
}

impl Fault {
    fn message(self, page: usize) -> String {
        match self {
            Self::SignatureAlone => format!("第 {page} 页只有署名和日期，没有正文"),
            Self::ListAlone => {
                format!("第 {page} 页只有附件说明、署名和日期，没有正文")
            }
            Self::OneLine => format!("第 {page} 页署名上面只有正文的一行"),
            Self::FirstPage => "首页没有正文".into(),
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::FirstPage => {
                "缩短标题、主送，或正文增加几句；差一两行的，在 hongtou.yaml 的“调整”里放宽行距"
            }
            Self::SignatureAlone | Self::ListAlone | Self::OneLine => {
                "正文增减一两句；或在 hongtou.yaml 的“调整”里放宽行距、字距"
            }
        }
    }
}

/// The faults of the pages, each with its page from 1.
pub fn faults(facts: &Facts) -> Vec<(Fault, usize)> {
    let find = |name| facts.mark(name);
    let (last, tail, signature) = (find("last"), find("tail"), find("signature"));
    let mut faults = Vec::new();
    if text_off_the_first_page(facts) {
        faults.push((Fault::FirstPage, 1));
    }
    if let (Some(start), Some((end, y))) = (last, tail)
        && start.0 != end
        && !above(&facts.pages[end], y)
        && !(start.0 == 0 && lines_from(&facts.pages[0], start.1) == 1)
    {
        faults.push((Fault::OneLine, end + 1));
    }
    if let (Some((end, _)), Some((page, _))) = (tail, signature)
        && page > end
    {
        faults.push((Fault::SignatureAlone, page + 1));
    }
    if let (Some((end, _)), Some((page, _))) = (find("text-end"), signature)
        && page > end
    {
        faults.push((Fault::ListAlone, page + 1));
    }
    faults
}

/// The worst fault of the pages.
pub fn worst(facts: &Facts) -> Option<Fault> {
    faults(facts).into_iter().map(|(fault, _)| fault).max()
}

/// Whether the first page has no text.
pub fn text_off_the_first_page(facts: &Facts) -> bool {
    facts.mark("body").is_some_and(|(page, _)| page > 0)
}

/// Whether a fault is among those of the pages.
pub fn has(facts: &Facts, wanted: Fault) -> bool {
    faults(facts).iter().any(|(fault, _)| *fault == wanted)
}

/// The body's last lines, where keeping them in one piece with the signature helps: the last
/// two, where the last one alone is on the signature's page; as many of a paragraph that
/// has left the first page with it, but not all.
pub fn last_lines(facts: &Facts) -> Option<Kept> {
    let (page, y) = facts.mark("tail")?;
    let (first, start) = facts.mark("last")?;
    let here = facts.pages.get(page)?;
    let end = body_texts(here).filter(|text| (text.baseline - y).abs() < HALF);
    let visible = |text: &Text| text.text.chars().filter(|c| !c.is_whitespace()).count();
    let end = end.map(visible).sum::<usize>();
    match faults(facts).first()?.0 {
        Fault::OneLine => {
            let before = facts.pages.get(page.checked_sub(1)?)?;
            let lowest = body_texts(before).map(|text| text.baseline).fold(0.0, f64::max);
            let line =
                body_texts(before).filter(|text| (text.baseline - lowest).abs() < 0.1);
            Some(Kept::Two(end + line.map(visible).sum::<usize>()))
        }
        Fault::FirstPage if first < page => None,
        Fault::FirstPage if y - start > 3.0 * HALF => {
            let line = body_texts(here)
                .filter(|text| (HALF..3.0 * HALF).contains(&(y - text.baseline)));
            Some(Kept::Two(end + line.map(visible).sum::<usize>()))
        }
        Fault::FirstPage if y - start > HALF => Some(Kept::One(end)),
        _ => None,
    }
}

/// Half a line, in mm.
const HALF: f64 = 5.2;

/// How many lines of the body a page has from a height on.
fn lines_from(page: &Page, y: f64) -> usize {
    let below = body_texts(page).map(|text| text.baseline).filter(|it| *it > y - HALF);
    let mut lines: Vec<f64> = below.collect();
    lines.sort_by(f64::total_cmp);
    lines.dedup_by(|one, other| (*one - *other).abs() < HALF);
    lines.len()
}

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
            .hint(fault.hint())
    };
    faults(facts).into_iter().map(finding).collect()
}
