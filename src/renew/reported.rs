//! Days without a year on which something happened that is told of: 5月6日，柳汀小学发生踩踏.

use chrono::NaiveDate;

use super::bare::year_by_date;
use super::clause::{ENDS, SENTENCE, from_last, up_to};
use super::dates::{MonthDay, behind_remark};
use super::digits::TO;
use super::kept::{Fate, Scene};
use super::past::{is_counted_on, opens};
use super::plan::Plan;
use super::span::{Kind, span};
use super::told::{Told, clause_behind, told, told_on};
use super::why::Why;
use super::years::Year;

/// A day of a text that lies before the notice, and where it begins.
pub type Reported = (usize, NaiveDate);

/// Those of the days without a year that lie before the notice and are told of.
pub fn reported(
    text: &str,
    bare: &[(usize, MonthDay)],
    plan: &Plan,
    scene: Scene,
) -> Vec<Reported> {
    if scene.heading || scene.forwarded {
        return Vec::new();
    }
    let of = |(at, on): &(usize, MonthDay)| {
        let last = on.days.last()?.0;
        let year = year_by_date(plan, on) - plan.by;
        let day = NaiveDate::from_ymd_opt(year, on.month, last)?;
        let told = told_of(text, *at, on.end, scene);
        // Without a date only what has happened is over.
        let over = plan.since.map_or(told == Told::Happened, |it| day < it);
        (over && matches!(told, Told::Happened | Told::Counts)).then_some((*at, day))
    };
    bare.iter().filter_map(of).collect()
}

/// What is told of a day: 3月5日召开了会议; 3月5日，检查组暗访某校.
fn told_of(text: &str, at: usize, end: usize, scene: Scene) -> Told {
    let head = from_last(&text[..at], &ENDS).trim_start_matches(ENDS).trim();
    let head = before_range(head.trim_end_matches("截至"));
    let end = behind_remark(text, end);
    let tail = up_to(&text[end..], &ENDS);
    let each = ["每年", "每", "逢", "次年", "明年"].iter().any(|it| head.ends_with(it));
    let range = head.ends_with(TO) || head.ends_with(['起', '前']);
    let asks = told(head) == Told::Asks;
    if each || range || asks || opens(head, tail) || is_counted_on(head) {
        return Told::Asks;
    }
    let clause = clause_behind(text, end);
    let first = head.is_empty() && clause.parted && clause.said.chars().count() > 5;
    match told_on(text, end) {
        Told::Counts if scene.column.is_some() => Told::Plain,
        Told::Plain if first && scene.column.is_none() => Told::Counts,
        tells => tells,
    }
}

/// What stands before the first day of a range, 3月1日至, that a text ends with.
fn before_range(head: &str) -> &str {
    let first = head.strip_suffix(TO).filter(|it| it.ends_with(['日', '号']));
    let day = |c: char| c.is_ascii_digit() || "年月日号".contains(c);
    first.map_or(head, |it| it.trim_end_matches(day))
}

/// Keeps the time that such a day lies in, and doubts the years told of beside it: 3月31日，检查组
/// 2026年首次暗访望溪中学.
pub fn beside(text: &str, found: &[Year], reported: &[Reported], fates: &mut [Fate]) {
    for (at, day) in reported {
        for (i, year) in found.iter().enumerate() {
            let (a, b) = ((*at).min(year.at.start), (*at).max(year.at.start));
            let Some(span) = span(text, found, i) else { continue };
            if fates[i] != Fate::Moves || text[a..b].contains(SENTENCE) {
                continue;
            }
            let within = (span.first..=span.last).contains(day);
            fates[i] = match span.kind {
                Kind::Year if year.at.start < *at || asked(text, year) => continue,
                Kind::Year => Fate::Doubted(Why::Reported),
                _ if within && year.at.start < *at => Fate::Stays(Why::Past),
                _ => continue,
            };
        }
    }
}

/// Whether a clause with a year in it asks for something.
fn asked(text: &str, year: &Year) -> bool {
    let head = from_last(&text[..year.at.start], &ENDS);
    told(head) == Told::Asks || told(clause_behind(text, year.end).said) == Told::Asks
}
