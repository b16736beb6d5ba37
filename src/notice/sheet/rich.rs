//! .xlsx: which texts are raised, lowered or struck out; calamine leaves that out.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::Refusal;
use super::runs::{Look, Run, Shift};
use super::xlsx::flag_of;
use super::zipped::{children, tree};

/// The looks of a workbook's texts.
#[derive(Debug, Default)]
pub struct Rich {
    /// The runs of shared texts that have some; one without a look of its own has the cell's.
    shared: BTreeMap<usize, Vec<(Option<Look>, String)>>,
    /// The look of every cell style, by its number.
    styles: Vec<Look>,
}

/// Whether a part's text may have any look in it.
fn may_have(text: &str) -> bool {
    text.contains("vertAlign") || text.contains("strike")
}

impl Rich {
    /// Of the parts with styles and with shared texts.
    ///
    /// # Errors
    /// They are damaged.
    pub fn of(styles: &str, shared: &str) -> Result<Self, Refusal> {
        let mut rich = Self::default();
        if may_have(styles) {
            rich.styles = looks(styles)?;
        }
        if may_have(shared) {
            let tree = tree(shared)?;
            let all = children(tree.root_element(), "si").enumerate();
            let rich_ones = all.map(|(at, item)| (at, runs(item)));
            rich.shared = rich_ones.filter(|(_, runs)| !runs.is_empty()).collect();
        }
        Ok(rich)
    }

    /// The runs of a cell that shows `text`, if any of them is not plain.
    pub fn runs(&self, cell: Node, text: &str) -> Option<Vec<Run>> {
        let number = |text: &str| text.trim().parse::<usize>().ok();
        let style = cell.attribute("s").and_then(number).unwrap_or(0);
        let usual = self.styles.get(style).copied().unwrap_or_default();
        let own = match cell.attribute("t") {
            Some("s") => {
                let index = children(cell, "v").find_map(|it| it.text());
                index.and_then(number).and_then(|it| self.shared.get(&it)).cloned()
            }
            Some("inlineStr") => children(cell, "is").next().map(runs),
            _ => None,
        };
        let own = own.filter(|runs| !runs.is_empty());
        let runs = own.unwrap_or_else(|| vec![(None, text.to_owned())]);
        let runs = runs.into_iter().map(|(look, text)| (look.unwrap_or(usual), text));
        let runs: Vec<Run> = runs.collect();
        runs.iter().any(|(look, _)| *look != Look::default()).then_some(runs)
    }
}

/// The runs of a text; none where it is in one piece.
fn runs(item: Node) -> Vec<(Option<Look>, String)> {
    let run = |run: Node| {
        let text = children(run, "t").filter_map(|it| it.text()).collect();
        (children(run, "rPr").next().map(look), text)
    };
    children(item, "r").map(run).collect()
}

/// The look that the properties of a run or of a font say.
fn look(properties: Node) -> Look {
    let value = |name| children(properties, name).next();
    let shift = value("vertAlign").and_then(|it| it.attribute("val"));
    let shift = match shift {
        Some("superscript") => Shift::Up,
        Some("subscript") => Shift::Down,
        _ => Shift::None,
    };
    let struck = value("strike")
        .is_some_and(|it| it.attribute("val").is_none() || flag_of(it.attribute("val")));
    Look { shift, struck }
}

/// The look of every cell style.
fn looks(styles: &str) -> Result<Vec<Look>, Refusal> {
    let tree = tree(styles)?;
    let below = |outer, inner| {
        children(tree.root_element(), outer).flat_map(move |it| children(it, inner))
    };
    let fonts: Vec<Look> = below("fonts", "font").map(look).collect();
    let font = |style: Node| style.attribute("fontId")?.parse::<usize>().ok();
    let of = |style| font(style).and_then(|it| fonts.get(it)).copied();
    Ok(below("cellXfs", "xf").map(|it| of(it).unwrap_or_default()).collect())
}
