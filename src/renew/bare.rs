//! Days without a year, and the one they are of.

use chrono::Datelike;

use super::clause::PART;
use super::dates::MonthDay;
use super::kept::Fate;
use super::plan::Plan;
use super::years::Year;

/// What a text says of years.
pub struct Said<'a> {
    /// Those that are written.
    pub found: &'a [Year],
    /// What becomes of each of them.
    pub fates: &'a [Fate],
    /// Where parameters stand, and the years that they come to have.
    pub variables: &'a [(usize, i32)],
}

impl Said<'_> {
    /// Whether a year that stays says of which one a day is.
    pub fn is_of_the_past(&self, text: &str, at: usize) -> bool {
        let sentence = text[..at].rfind(PART).unwrap_or(0);
        let before = |start: usize| (sentence..at).contains(&start);
        let mut years = self.found.iter().zip(self.fates);
        let year = years.rfind(|(it, _)| it.firm && before(it.at.start));
        let variable = self.variables.iter().any(|it| before(it.0));
        !variable && year.is_some_and(|(_, fate)| fate.stays().is_some())
    }

    /// The new year of a day that is written without one, by the day or the year before it in
    /// its sentence; `last`: place, month and new year of the day before it that has none either.
    /// `None` for a day of the past, which stays.
    pub fn year_of(
        &self,
        plan: &Plan,
        text: &str,
        (at, day): (usize, &MonthDay),
        last: Option<(usize, u32, i32)>,
    ) -> Option<i32> {
        let Self { found, fates, variables } = self;
        let base = plan.dated.map_or(plan.old, |it| it.year());
        let head = text[..at].trim_end();
        let sentence = head.rfind(PART).unwrap_or(0);
        let before = |start: usize| (sentence..at).contains(&start);
        // 2026年12月25日前报送，1月8日前检查: the turn of the year.
        let turned = |month: u32| i32::from(month >= day.month + 6);
        let year = found.iter().zip(*fates);
        let mut year = year.map(|(it, fate)| (it, fate.stays()));
        let year = year.rfind(|(it, _)| it.firm && before(it.at.start));
        let behind = year.map_or(0, |(it, _)| it.at.start);
        let variable = variables.iter().rfind(|it| before(it.0) && it.0 >= behind);
        let behind = variable.map_or(behind, |it| it.0);
        let last = last.filter(|it| before(it.0) && it.0 >= behind);
        let said = match (last, variable, year) {
            (Some((_, month, year)), _, _) => Some(year + turned(month)),
            (None, Some((_, year)), _) => Some(*year),
            (None, None, Some((year, why))) => {
                let clause = text[year.at.start..at].contains('，');
                match why {
                    Some(_) if !clause => return None,
                    Some(_) => None,
                    None if clause && year.day.is_none() && year.year < base => None,
                    None => {
                        let turn = year.day.as_ref().map_or(0, |it| turned(it.month));
                        Some(year.year + plan.by + turn)
                    }
                }
            }
            (None, None, None) => None,
        };
        let says = |words: &[&str]| words.iter().any(|it| head.ends_with(it));
        let this = base + plan.by;
        if says(&["去年", "上年"]) {
            None
        } else if says(&["今年", "本年"]) {
            Some(this)
        } else if says(&["明年", "来年"]) {
            Some(this + 1)
        } else if says(&["次年", "翌年"]) {
            let start = last.map(|it| it.2).or_else(|| {
                let (year, _) = year.filter(|(_, why)| why.is_none())?;
                Some(year.year + plan.by)
            });
            Some(start.unwrap_or(this) + 1)
        } else {
            Some(said.unwrap_or_else(|| year_by_date(plan, day)))
        }
    }
}

/// The new year of a day of which nothing says any: that of 成文日期, or the one after for
/// the first months in a notice of the last ones, and for all that lies before 成文日期 in
/// a notice on the year ahead.
pub fn year_by_date(plan: &Plan, day: &MonthDay) -> i32 {
    let Some(dated) = plan.dated else { return plan.new_year() };
    let first = day.days.first().map_or(1, |it| it.0);
    let over = if dated.year() < plan.old {
        (day.month, first) < (dated.month(), dated.day())
    } else {
        dated.month() >= 10 && day.month <= 3
    };
    dated.year() + plan.by + i32::from(over)
}
