//! Years of one sentence that do not keep their distance: some move and others stay.

use super::clause::{PART, SENTENCE, up_to};
use super::kept::Fate;
use super::others::foreign;
use super::plan::Plan;
use super::why::Why;
use super::years::Year;

/// So many years ahead, a year that stays may still be met by one that moves.
const NEAR: i32 = 3;
/// So many years back, one stays whatever moves.
pub const OLD: i32 = 10;
/// What is said of a year that stays whatever moves beside it.
const FIRM: [&str; 9] =
    ["出生", "成立", "建成", "建于", "入职", "取得", "参加工作", "规划", "纲要"];

/// Whether a year may stay for no more than what stands beside it: where all are parameters, all
/// move.
pub fn moves_along(why: Why) -> bool {
    [Why::Moved, Why::Left, Why::Before, Why::Last, Why::Other].contains(&why)
}

/// Marks the years that move beside one that may have to move with them, and that one.
pub fn apart(text: &str, found: &[Year], plan: &Plan, fates: &mut [Fate]) {
    let all = 0..found.len();
    let moving: Vec<usize> =
        all.clone().filter(|it| fates[*it].stays().is_none()).collect();
    if moving.is_empty() {
        return;
    }
    let loose = |it: &usize| is_loose(text, &found[*it], fates[*it], plan);
    let loose: Vec<(usize, Fate)> = all.filter(loose).map(|it| (it, fates[it])).collect();
    let pairs = moving.iter().flat_map(|moved| loose.iter().map(move |it| (*moved, *it)));
    for (moved, (left, fate)) in pairs {
        if !parts(text, &found[moved], &found[left], fate, plan.by) {
            continue;
        }
        if fates[moved] == Fate::Moves {
            fates[moved] = Fate::Doubted(Why::Moved);
        }
        if let Fate::Stays(Why::Other | Why::Past | Why::Last) = fates[left] {
            fates[left] = Fate::Stays(Why::Left);
        }
    }
}

/// Whether a year that stays does so only as long as nothing beside it moves.
fn is_loose(text: &str, year: &Year, fate: Fate, plan: &Plan) -> bool {
    let Fate::Stays(why) = fate else { return false };
    let behind = up_to(&text[year.at.end..], &SENTENCE);
    let near: String = behind.chars().take(12).collect();
    let firm = FIRM.iter().any(|it| near.contains(it))
        || behind.trim_start_matches('年').starts_with('《')
        || foreign(text, year, plan).is_some();
    !firm
        && (plan.old - OLD..=plan.old + NEAR).contains(&year.year)
        && [
            Why::Past,
            Why::Before,
            Why::Last,
            Why::Other,
            Why::Range,
            Why::Listed,
            Why::Compared,
        ]
        .contains(&why)
}

/// Whether two years of a sentence, or of a paragraph where one comes to meet the other, are
/// not so far from each other any more.
fn parts(text: &str, moved: &Year, left: &Year, fate: Fate, by: i32) -> bool {
    let (a, b) = (moved.at.start.min(left.at.start), moved.at.start.max(left.at.start));
    let between = &text[a..b];
    // What has happened in the plan's own year lies before all that is planned.
    let dated = left.day.is_some();
    let other = fate != Fate::Stays(Why::Past)
        || if dated { left.year < moved.year } else { left.year != moved.year };
    let meets = left.year > moved.year && left.year <= moved.year + by;
    let ends: &[char] = if meets { &['\n'] } else { &PART };
    other && !between.contains(ends)
}
