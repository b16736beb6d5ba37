//! How the width of a line is shared among columns.

use super::need::{Need, Needs};
use super::{Ask, Type};

/// How many numbers of lines are thought of for a text, the fewest first that a column may
/// become wide enough for.
const PARTS: usize = 6;
/// Names and dates up to these lengths are whole where all columns have the room, in em: names
/// of offices, else names of persons and dates; with the heads on one line, else in a few.
pub const TIDY: [(f64, bool); 4] =
    [(SHORT, true), (SHORT, false), (NAME, true), (NAME, false)];
/// The length of names of persons and of most dates, in em.
pub const NAME: f64 = 8.0;
/// Up to this length a text is short, in em.
pub const SHORT: f64 = 12.0;
/// What columns of long texts have at least of a line, before short ones are kept whole.
const PROSE: f64 = 0.4;
/// What it weighs that a short text is not on one line.
const BROKEN: f64 = 5.0;

/// Relative widths as parts of a line.
pub fn share(widths: &[f64], line: f64) -> Vec<f64> {
    let total: f64 = widths.iter().sum();
    widths.iter().map(|it| it / total * line).collect()
}

/// How many lines a text takes, both in em.
pub fn lines_of(length: f64, room: f64) -> f64 {
    // One character less: marks do not begin a line.
    if length <= room { 1.0 } else { (length / (room - 1.0).max(1.0)).ceil() }
}

/// What columns must have so that all texts of their cells up to a length, in em, are whole,
/// those of heads as well if `heads`, where that leaves enough to long texts.
pub fn tidy(
    needs: &Needs,
    of: Type,
    width: f64,
    (length, heads): (f64, bool),
) -> Option<Vec<f64>> {
    let widths = needs.least(of, |need| match heads {
        true => need.tidy_with_head(length),
        false => need.tidy(length),
    });
    let sum = |prose: bool| -> f64 {
        let columns = needs.columns.iter().zip(&widths);
        columns.filter(|it| it.0.is_prose() == prose).map(|it| it.1).sum()
    };
    let (short, prose) = (sum(false), sum(true));
    let left = if prose > 0.0 { prose.max(width * PROSE) } else { 0.0 };
    (short + left <= width).then_some(widths)
}

/// What columns may be given before the rest of a line is shared, the tidiest first: texts up to
/// a length whole, else what each must have.
pub fn starts(needs: &Needs, of: Type, width: f64) -> Vec<Vec<f64>> {
    let tidy = TIDY.into_iter().filter_map(|it| tidy(needs, of, width, it));
    let mut starts: Vec<_> = tidy.collect();
    let asks: [Ask; 4] = [Need::easy, Need::legible, Need::whole, |it| it.word];
    let steps = asks.map(|ask| needs.least(of, ask));
    let fits = steps.iter().find(|it| it.iter().sum::<f64>() <= width);
    starts.extend(fits.cloned());
    starts.dedup();
    if starts.is_empty() { steps.into_iter().skip(3).collect() } else { starts }
}

/// Widths that fill a line: what is left over goes, bit by bit, where it saves the most lines
/// for its width, those of high cells first.
pub fn spread(needs: &Needs, of: Type, width: f64, mut widths: Vec<f64>) -> Vec<f64> {
    let sum = |widths: &[f64]| widths.iter().sum::<f64>();
    let mut left = width - sum(&widths);
    let room = |width: f64| (width - of.padding) / of.size;
    let best = |widths: &[f64], left: f64, at: usize| {
        needs.columns[at].wider(room(widths[at]), left / of.size)
    };
    let mut next: Vec<_> = (0..widths.len()).map(|at| best(&widths, left, at)).collect();
    loop {
        let of_next = next.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?)));
        let most = of_next.max_by(|a, b| a.1.worth.total_cmp(&b.1.worth));
        let Some((at, step)) = most else { return share(&widths, width) };
        widths[at] += step.by * of.size;
        left -= step.by * of.size;
        for (it, step) in next.iter_mut().enumerate() {
            if it == at || step.is_some_and(|step| step.by * of.size > left) {
                *step = best(&widths, left, it);
            }
        }
    }
}

/// How much the lines of a text weigh: high cells make rows high, and a short text of two
/// lines looks broken.
fn height(length: f64, room: f64) -> f64 {
    let lines = lines_of(length, room);
    lines * lines + if lines > 1.0 && length <= SHORT { BROKEN } else { 0.0 }
}

/// A wider column.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// By so much, in em.
    by: f64,
    /// What it saves for each em.
    worth: f64,
}

impl Need {
    /// What saves the most lines of the column for its width, at most `left` wider than
    /// `room`, both in em.
    fn wider(&self, room: f64, left: f64) -> Option<Step> {
        let all = |room: f64| -> f64 {
            let cost = |it: &(f64, u32)| height(it.0, room) * f64::from(it.1);
            let head = |length: &f64| lines_of(*length, room).powi(2);
            let heads: f64 = self.heads.iter().map(head).sum();
            self.lengths.iter().map(cost).sum::<f64>() + heads
        };
        let now = all(room);
        let lengths =
            self.lengths.iter().map(|it| it.0).chain(self.heads.iter().copied());
        let longer = lengths.filter(|it| *it > room);
        let parts = |length: f64| {
            let part = move |count: usize| length / count as f64 + 1.0;
            let fewest = (length / (room + left - 1.0).max(1.0)).ceil().max(2.0) as usize;
            std::iter::once(length).chain((fewest..fewest + PARTS).map(part))
        };
        let steps = longer.flat_map(parts).map(|it| it - room + 1e-6);
        let steps = steps.filter(|by| *by > 1e-3 && *by <= left);
        let step = |by| Step { by, worth: (now - all(room + by)) / by };
        let worth = steps.map(step).filter(|it| it.worth > 0.0);
        worth.max_by(|a, b| a.worth.total_cmp(&b.worth))
    }
}

/// Widths from a data file, none under what it must have at least; `None` where the page has
/// no room for that.
pub fn fitted(file: &[f64], least: &[f64], width: f64) -> Option<Vec<f64>> {
    if file.len() != least.len() || least.iter().sum::<f64>() > width {
        return None;
    }
    let mut raised = vec![false; file.len()];
    loop {
        let part = |of: &[f64], which: bool| -> f64 {
            of.iter().zip(&raised).filter(|it| *it.1 == which).map(|it| it.0).sum()
        };
        let scale = (width - part(least, true)) / part(file, false);
        let narrow =
            (0..file.len()).find(|i| !raised[*i] && file[*i] * scale < least[*i]);
        match narrow {
            Some(i) => raised[i] = true,
            None => {
                let width = |i: usize| if raised[i] { least[i] } else { file[i] * scale };
                return Some((0..file.len()).map(width).collect());
            }
        }
    }
}
