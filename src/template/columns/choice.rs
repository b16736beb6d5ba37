//! Which type a table is set in.

use super::lines::Lines;
use super::need::{Need, Needs};
use super::share::{TIDY, share, tidy};
use super::{Ask, Shared, Sheet, TYPES, Type};
use crate::notice::table::Table;

/// No type is made smaller than this for the sake of names, dates and low rows, in pt: 五号.
const LEAST: f64 = 10.5;
/// What a smaller type must make of the lines of all rows to be taken, beside what it makes
/// of them by itself.
const FAR: f64 = 0.95;
/// What a smaller type must make of the number of short texts in two lines to be taken.
const FEWER: f64 = 0.8;
/// So many names in more than two lines, or a tenth of all rows, are worth any smaller type.
const CROWDED: f64 = 2.0;
/// What is worth a smaller type that is large enough for any table.
const SHORTER: f64 = 0.85;

/// The largest type at which names and dates are whole, else at which short texts stay on one
/// line and no word is broken, unless the table takes more than a page and a smaller one makes
/// far shorter rows. Where a row would not fit on a page, long figures give way.
pub fn chosen(table: &Table, needs: &Needs, sheet: Sheet) -> (Shared, Lines) {
    let at = |needs: &Needs, size: Type| {
        let shared = Shared::at(table, needs, sheet, size);
        let lines = Lines::of(&table.rows, &table.merges, false, &shared);
        (shared, lines)
    };
    let types = match needs.columns.len() {
        0..=6 => &TYPES[..],
        7..=9 => &TYPES[1..],
        _ => &TYPES[2..],
    };
    let first = first(table, needs, sheet, types);
    let mut chosen = at(needs, types[first]);
    if table.widths.is_some() {
        return chosen;
    }
    for size in &types[first + 1..] {
        let low = size.size < LEAST && chosen.1.longest <= sheet.tall;
        if low || chosen.1.all() <= sheet.tall {
            return chosen;
        }
        let other = at(needs, *size);
        let fits = chosen.1.longest > sheet.tall && other.1.longest < chosen.1.longest;
        // A smaller type makes fewer lines by itself; here the columns were too narrow.
        let high = |of: Type| of.size * of.line;
        let by_itself = high(other.0.of) / high(chosen.0.of) * FAR;
        let worth = if size.size < LEAST { by_itself } else { by_itself.max(SHORTER) };
        if fits || other.1.all() < chosen.1.all() * worth {
            chosen = other;
        }
    }
    if chosen.1.longest > sheet.tall {
        let other = at(&needs.loosened(), types[types.len() - 1]);
        if other.1.longest < chosen.1.longest {
            chosen = other;
        }
    }
    chosen
}

/// Which of the types is taken where the height of rows does not matter.
fn first(table: &Table, needs: &Needs, sheet: Sheet, types: &[Type]) -> usize {
    let fitting =
        |ask: Ask| types.iter().position(|it| fits(table, needs, sheet, *it, ask));
    let own = table.widths.is_none().then(|| by_names(table, needs, sheet, types));
    let legible = || fitting(Need::legible).or_else(|| fitting(Need::whole));
    let first = own.flatten().or_else(|| fitting(Need::easy)).or_else(legible);
    first.or_else(|| fitting(|it| it.word)).unwrap_or(types.len() - 1)
}

/// The largest type at which all names and dates are whole, else that at which far fewer are in
/// two lines than at larger ones; a small one only if names would take many lines otherwise.
fn by_names(table: &Table, needs: &Needs, sheet: Sheet, types: &[Type]) -> Option<usize> {
    let large = types.iter().take_while(|it| it.size >= LEAST).count();
    let tidy_at =
        |of| (0..large).find(|at| tidy(needs, types[*at], sheet.width, of).is_some());
    if let Some(at) = TIDY.into_iter().take(2).find_map(tidy_at) {
        return Some(at);
    }
    let pages = (table.rows.len() as f64 / sheet.tall).ceil();
    let bearable = CROWDED.max(table.rows.len() as f64 / 10.0);
    let turned = |at: usize| {
        let of = types[at];
        let easy = fits(table, needs, sheet, of, Need::easy);
        let widths = easy.then(|| Shared::at(table, needs, sheet, of).widths)?;
        let crowded = f64::from(needs.crowded(&widths, of)) >= bearable;
        (!crowded).then(|| (at, needs.turned(&widths, of, pages)))
    };
    let fewer = |one: (usize, f64), next: (usize, f64)| {
        if next.1 < one.1 * FEWER { next } else { one }
    };
    let fewest = (0..large).filter_map(turned).reduce(fewer);
    fewest.or_else(|| (large..types.len()).find_map(turned)).map(|it| it.0)
}

/// Whether all columns have what they must.
fn fits(table: &Table, needs: &Needs, sheet: Sheet, of: Type, ask: Ask) -> bool {
    match &table.widths {
        Some(given) => needs.met(&share(given, sheet.width), of, ask),
        None => needs.least(of, ask).iter().sum::<f64>() <= sheet.width,
    }
}
