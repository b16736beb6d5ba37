//! Which year a notice is of.

use chrono::{Datelike, NaiveDate};

use super::clause::{SENTENCE, up_to};
use super::others::{foreign, quoted};
use super::own::{Own, titles, without_names};
use super::years::{Year, years};
use super::{YEAR, value};
use crate::notice::date::Date;
use crate::notice::{Node, Value};

/// What a notice's years mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The year it is of.
    pub old: i32,
    /// By how many years it moves.
    pub by: i32,
    /// 成文日期.
    pub dated: Option<NaiveDate>,
    /// The day before which all is over: 成文日期, or the day on which a 纪要 says that it was
    /// met.
    pub since: Option<NaiveDate>,
    /// The year before, where it is about that as well (表彰、考核、总结) or was written in it.
    pub about: Option<i32>,
    /// First and last year of a plan for several years.
    pub several: Option<(i32, i32)>,
    /// Titles of its own: what 《》 with its year may name.
    pub own: Own,
    /// 转发: what it passes on is somebody else's.
    pub forwards: bool,
    /// 纪要: what has happened is what it is of.
    pub minutes: bool,
}

impl Plan {
    /// The year its draft is of.
    pub fn new_year(&self) -> i32 {
        self.old + self.by
    }

    /// Whether a year is the notice's, the one after it, or the one it is about.
    pub fn names(&self, year: i32) -> bool {
        [Some(self.old), Some(self.old + 1), self.about].contains(&Some(year))
    }

    /// Whether a year is one that moves on: one of the notice's, and days from 成文日期 on.
    pub fn means(&self, year: &Year) -> bool {
        let ahead = self.dated.zip(year.day.as_ref()).is_some_and(|(dated, it)| {
            let day = it.days.last().map_or(31, |it| it.0);
            year.year == dated.year() && (it.month, day) >= (dated.month(), dated.day())
        });
        // The classes of a school are a year on with each year.
        let class = year.class && (self.old - 6..=self.old + 1).contains(&year.year);
        ahead || class || self.names(year.year)
    }

    /// Whether a year is one of several that a plan is made for, and no day in it.
    pub fn spans(&self, year: &Year) -> bool {
        !year.on_a_day()
            && self.several.is_some_and(|it| (it.0..=it.1).contains(&year.year))
    }
}

/// The year of a notice: 参数's 年度; else that of 成文日期 (without one, of 发文字号), or the
/// year ahead if the title names that alone, whichever is the one before `year`; else the
/// title's.
pub fn plan(entries: &[(Node, Node)], year: i32) -> Option<Plan> {
    let text =
        |names: &[&str]| value(entries, names).and_then(|node| node.value.as_text());
    let params = match value(entries, &["参数", "params"]).map(|node| &node.value) {
        Some(Value::Map(params)) => params.as_slice(),
        _ => &[],
    };
    let param = value(params, &YEAR).and_then(|node| year_of(node.value.as_text()?));
    let title = text(&["标题", "title"]).unwrap_or_default();
    let dated = text(&["成文日期", "date"]);
    let dated = dated.and_then(|it| with_params(it, params).parse::<Date>().ok());
    let dated =
        dated.map(Date::parts).and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
    let number = text(&["发文字号", "number"]).unwrap_or_default();
    let number = years(number).first().map(|it| it.year);
    let forwards = ["转发", "批转"].iter().any(|it| title.contains(it));
    let mut own = Own::new(entries, title, forwards);
    for part in own.parts.iter_mut().chain(&mut own.passed_on) {
        *part = with_params(part, params);
    }
    let enclosed = titles(entries, &["印发件", "enclosure"]);
    let several = several(title).or_else(|| enclosed.iter().find_map(|it| several(it)));
    let minutes = title.ends_with("纪要");
    let since = if minutes { meeting(entries) } else { dated };
    let (old, by, about) = (0, 0, None);
    let mut plan = Plan { old, by, dated, since, about, several, own, forwards, minutes };
    let named = named(title, &plan);
    let base = dated.map(|it| it.year()).or(number);
    // 关于2025年统计年报和2026年定期报表的通知, of December 2025, is of 2026; so is the
    // first term of 2025—2026学年, which moves with the second.
    let late = dated.is_some_and(|it| it.month() >= 11);
    let school = title.contains("学年");
    let ahead = |base: i32| {
        let both = (late || school) && year - base == 2;
        named.contains(&(base + 1)) && (both || !named.contains(&base))
    };
    plan.old = match (param, base) {
        (Some(param), _) => param,
        (None, Some(base)) if !ahead(base) || year - base == 1 => base,
        (None, Some(base)) => {
            let late = dated.is_none() || late;
            base + i32::from(late || year - base == 2)
        }
        (None, None) => named.iter().copied().max()?,
    };
    // A title that names a single year beside them is of that one.
    plan.several = plan.several.filter(|_| named.is_empty());
    let before = plan.old - 1;
    let about = named.contains(&before) || dated.is_some_and(|it| it.year() == before);
    plan.about = about.then_some(before);
    plan.by = year - plan.old;
    // The rest of the title may name what the notice is for: 签订2026年责任书.
    plan.own.title = (!forwards).then(|| without_names(&with_params(title, params)));
    Some(plan)
}

/// A text with the values of parameters where it names them alone: `{{ 年度 }}-03-01`.
fn with_params(text: &str, params: &[(Node, Node)]) -> String {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once("{{") {
        let Some((name, tail)) = behind.split_once("}}") else { break };
        let value = value(params, &[name.trim()]).and_then(|it| it.value.as_text());
        filled.push_str(before);
        filled.push_str(value.unwrap_or_default());
        rest = tail;
    }
    filled + rest
}

/// The first day of which the text of a 纪要 says that the meeting was on it.
fn meeting(entries: &[(Node, Node)]) -> Option<NaiveDate> {
    let body = value(entries, &["正文", "body"])?;
    let texts = match &body.value {
        Value::List(items) => items.iter().filter_map(|it| it.value.as_text()).collect(),
        value => vec![value.as_text()?],
    };
    texts.into_iter().find_map(|text| {
        years(text).into_iter().find_map(|year| {
            let day = year.day.as_ref().filter(|_| year.on_a_day())?;
            let met = ["召开", "举行", "主持"];
            let sentence = up_to(&text[year.end..], &SENTENCE);
            let on = NaiveDate::from_ymd_opt(year.year, day.month, day.days[0].0);
            on.filter(|_| met.iter().any(|it| sentence.contains(it)))
        })
    })
}

/// A year as a parameter has it: `2026`, `2026年`.
pub fn year_of(text: &str) -> Option<i32> {
    let text = text.trim();
    let [year] = years(text).try_into().ok()?;
    let rest = text.strip_prefix(&year.written)?;
    ["", "年", "年度"].contains(&rest).then_some(year.year)
}

/// The years that a title names as its own: none of a plan for several years, of a law, of a
/// number, of somebody else's document.
fn named(title: &str, plan: &Plan) -> Vec<i32> {
    let own = |year: &&Year| {
        let (before, after) = (&title[..year.at.start], &title[year.at.end..]);
        let short = year.mate.is_none_or(|it| (it.year - year.year).abs() <= 1);
        let since = ["年以", "年前", "年之", "年远景", "级", "届"];
        year.firm
            && short
            && !since.iter().any(|it| after.starts_with(it))
            && quoted(before, after).is_none()
            && foreign(title, year, plan).is_none()
    };
    years(title).iter().filter(own).map(|year| year.year).collect()
}

/// The years of a plan for several of them: `（2026—2028年）`.
fn several(title: &str) -> Option<(i32, i32)> {
    let spans = years(title).into_iter().filter_map(|year| {
        year.mate.filter(|it| it.range && !it.dated)?;
        let (first, last) = year.span();
        (last - first >= 2).then_some((first, last))
    });
    spans.into_iter().next()
}
