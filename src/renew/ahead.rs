//! Times to come that are not for the notice to set: what is forecast, what the next year is to
//! reach, where a time ends that began before the notice.

use chrono::Datelike;

use super::clause::{CLAUSE, ENDS, PART, from_last, up_to};
use super::past::is_wanted;
use super::plan::Plan;
use super::span::{Kind, span};
use super::told::{Told, clause_behind, told};
use super::years::Year;

/// What is done to say what will be.
const FORECASTS: &[&str] = &["预测", "预报", "预计", "研判"];
/// How the weather and pests are told of.
const WEATHER: &[&str] = &[
    "较常年",
    "比常年",
    "偏多",
    "偏少",
    "偏高",
    "偏低",
    "偏强",
    "偏弱",
    "偏重",
    "多发",
    "频发",
];
/// Papers on the year ahead.
const PAPERS: &[&str] =
    &["计划", "预算", "要点", "思路", "打算", "工作", "项目", "采购", "征订"];
/// In these months the next year is planned.
const AUTUMN: u32 = 10;
/// The first month that no school year of the notice's reaches.
const BEYOND: u32 = 9;

/// Whether a time is one of which something is forecast: 据县气象局预测，2026年6月上旬降水偏多;
/// 受厄尔尼诺影响，2026年极端天气多发.
pub fn is_forecast(text: &str, found: &[Year], i: usize) -> bool {
    let Some(span) = span(text, found, i) else { return false };
    let head = from_last(&text[..span.at.start], &PART);
    let said = clause_behind(text, span.at.end).said;
    let weather = WEATHER.iter().any(|it| said.contains(it));
    let asked = told(from_last(head, &CLAUSE)) == Told::Asks;
    let influence = head.contains('受') && head.contains("影响，");
    // 根据工作安排，预计2026年6月完成: that is planned.
    let source = head.match_indices('据').map(|(at, _)| head.split_at(at));
    let forecast = source.into_iter().any(|(before, behind)| {
        let relied = before.ends_with(['根', '依', '数', '证']);
        let told = FORECASTS.iter().any(|it| behind.contains(it));
        told && (weather || (!relied && !asked))
    });
    forecast || (influence && weather && told(said) != Told::Asks)
}

/// Whether a year is the one after the notice's and not of its own calendar: 到2027年底完成改造,
/// 2027年前消除黑臭水体, 2027年12月竣工; in autumn the next year is planned.
pub fn is_of_the_next(text: &str, found: &[Year], i: usize, plan: &Plan) -> bool {
    let year = &found[i];
    let titled = || {
        let title = plan.own.title.as_deref().unwrap_or_default();
        title.contains(&year.written) || plan.several.is_some()
    };
    let Some(span) = span(text, found, i) else { return false };
    if year.year != plan.old + 1 || span.kind == Kind::Range || year.class || titled() {
        return false;
    }
    let head = from_last(&text[..year.at.start], &ENDS).trim_start_matches(ENDS);
    let tail = &text[year.end..];
    let ends: &[char] =
        if span.kind == Kind::Year { &['前', '以', '之'] } else { &['底', '末'] };
    let ends = tail.starts_with(ends);
    let reaches = span.kind == Kind::Year && head.ends_with(['到', '至']);
    match (&year.day, span.kind) {
        (Some(day), _) => day.month >= BEYOND,
        (None, Kind::Year | Kind::Part) if ends || reaches => true,
        (None, Kind::Year) => {
            let early = plan.dated.is_some_and(|it| it.month() < AUTUMN);
            let clause = up_to(tail, &ENDS);
            let paper =
                tail.starts_with('度') || PAPERS.iter().any(|it| clause.contains(it));
            early && !is_wanted(head) && !paper
        }
        _ => false,
    }
}

/// Whether a time is that of a contract or post, or began before the notice and ends after its
/// year: 自2026年2月起执行，采购周期至2028年12月31日.
pub fn is_under_way(text: &str, found: &[Year], i: usize, plan: &Plan) -> bool {
    let Some((span, since)) = span(text, found, i).zip(plan.since) else { return false };
    let dated = found[i].mate.is_some_and(|it| it.range && it.dated);
    let head = from_last(&text[..span.at.start], &PART);
    let term =
        ["任期", "合同", "协议", "合作期", "挂职"].iter().any(|it| head.contains(it));
    dated && (term || (span.first < since && span.last.year() > plan.old))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::years::years;
    use super::*;

    fn plan() -> Plan {
        let dated = NaiveDate::from_ymd_opt(2026, 5, 12);
        Plan { old: 2026, by: 1, dated, since: dated, ..Plan::default() }
    }

    #[test]
    fn what_is_forecast_is_no_plan() {
        for (text, forecast) in [
            ("据气象部门预计，2026年夏季全市平均气温偏高", true),
            ("据省气象台预测，2026年汛期我省降水较常年偏多两成", true),
            ("据市疾控中心监测，我市预计于2026年12月进入流感高发期", true),
            ("受厄尔尼诺影响，2026年极端天气多发", true),
            ("受2026年台风影响的企业，可以申请缓缴", false),
            ("根据工作安排，预计2026年6月完成", false),
            ("据此，各单位应于2026年6月前完成", false),
            ("预计2026年全市用电最高负荷将达120万千瓦", false),
        ] {
            assert_eq!(is_forecast(text, &years(text), 0), forecast, "{text}");
        }
    }

    #[test]
    fn aims_of_the_next_year_are_not_the_plan_s_calendar() {
        for (text, next) in [
            ("到2027年底完成全部改造任务", true),
            ("2027年前消除城市黑臭水体", true),
            ("确保到2027年如期实现省定目标", true),
            ("我市将承办2027年全国农产品交易会", true),
            ("2027年12月底前建成", true),
            ("2027年1月10日前报送总结", false),
            ("2027年春季学期开学", false),
            ("编制2027年部门预算", false),
            ("2026年底前完成", false),
        ] {
            assert_eq!(is_of_the_next(text, &years(text), 0, &plan()), next, "{text}");
        }
    }

    #[test]
    fn what_began_before_the_notice_may_end_on_its_own_day() {
        for (text, under_way) in [
            ("自2026年2月起在我省执行，采购周期至2028年12月31日", true),
            ("任期自2026年3月至2027年2月", true),
            ("自2026年6月1日至2028年5月31日", false),
            ("合同有效期自2026年1月1日至2026年12月31日", true),
            ("考核期为2026年1月1日至2026年12月31日", false),
        ] {
            let found = years(text);
            let of = |i| is_under_way(text, &found, i, &plan());
            assert_eq!((of(0), of(1)), (under_way, under_way), "{text}");
        }
    }
}
