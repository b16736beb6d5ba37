//! Years before the notice's: facts, and what may go on with each year.

use super::clause::{PART, from_last, up_to};
use super::columns::Column;
use super::kept::Scene;
use super::past::{is_wanted, opens};
use super::plan::Plan;
use super::span::{Kind, span};
use super::told::{Told, clause_behind, told, told_then};
use super::years::Year;

/// So many years back, what is asked for may go on with each year.
const FAR: i32 = 15;

/// Whether what is told of a year is a plain fact, so that it means that year alone: 2025年6月3日，
/// 一农户焚烧秸秆引发火灾; 2025年，全县立案查处案件23起. Papers of last year and what is asked of
/// it may mean the year before whichever year the notice is of.
pub fn is_fact(text: &str, found: &[Year], i: usize, scene: Scene) -> bool {
    let Some(span) = span(text, found, i).filter(|_| !scene.heading) else {
        return false;
    };
    let (before, tail) = (&text[..span.at.start], &text[span.at.end..]);
    let head = from_last(before, &OPENS).trim_start_matches(OPENS);
    if tail.starts_with("版") || COMPARED.iter().any(|it| head.ends_with(it)) {
        return true;
    }
    if opens(head, tail) {
        return false;
    }
    let clause = clause_behind(text, span.at.end);
    let tells = told_then(text, clause);
    let whole = span.kind == Kind::Year;
    // 评选范围为2025年1月1日至12月31日 is wanted; 按2025年12月通报 is none of what is.
    let asks = told(head) == Told::Asks || (!has_day(span.kind) && is_wanted(head));
    // 旱厕改造已于2025年完成; but: 已列入2025年度名单的，不再申报.
    let done = tells == Told::Happened
        || (told(head) == Told::Happened && !clause.said.contains('的'));
    match tells {
        _ if done => !(whole && asks),
        _ if asks => false,
        Told::Counts => !tail.starts_with('度'),
        _ if whole => scene.column == Some(Column::Happened),
        // 2025年7月发生的1例错误，要逐一整改: a thing of that day.
        Told::Asks => has_day(span.kind) && clause.said.contains('的'),
        _ => true,
    }
}

/// Whether a time is a day or a month.
fn has_day(kind: Kind) -> bool {
    matches!(kind, Kind::Day | Kind::Month)
}

/// Marks that begin what is told of a time; what stands in brackets is told by itself.
const OPENS: [char; 9] = ['，', '。', '；', '\n', '：', '！', '？', '（', '('];
/// Words between what is told of a year and the one that it is held against.
const COMPARED: [&str; 4] = ["比", "较", "高于", "低于"];

/// Whether something must have been so before or since a year of some time ago, which may go on
/// with each year: 2024年12月31日以前登记注册; 2023年以来未发生事故, in a call.
pub fn is_condition(text: &str, year: &Year, plan: &Plan) -> bool {
    let tail = text[year.end..].trim_start_matches(['底', '末']);
    let near = (plan.old - FAR..plan.old).contains(&year.year);
    let starts = |words: &[&str]| words.iter().find_map(|it| tail.strip_prefix(it));
    let bounds = starts(&["以前", "以后", "之前", "之后"]);
    let since = || starts(&["以来", "起至今", "至今"]).filter(|_| calls(plan));
    // 2019年以前，我市: an account of what was.
    let told_of = |rest: &str| rest.starts_with('，');
    near && bounds.or_else(since).is_some_and(|rest| !told_of(rest))
}

/// Whether a notice calls on others to apply.
fn calls(plan: &Plan) -> bool {
    let words = [
        "申报", "招聘", "评选", "推荐", "报名", "招生", "遴选", "认定", "评审", "选拔",
        "招募", "征集", "竞聘", "考录", "评比", "资助",
    ];
    let title = plan.own.title.as_deref().unwrap_or_default();
    words.iter().any(|it| title.contains(it))
}

/// Whether the ends of a time are in the name of a plan for several years: 《发展规划（2026—2030
/// 年）》, 攻坚三年行动（2024—2026年）.
pub fn names_plan(text: &str, year: &Year) -> bool {
    let before = from_last(&text[..year.at.start], &PART);
    let within = |open: char, close: char| {
        before.rfind(open).filter(|at| !before[*at..].contains(close))
    };
    let names = ["规划", "纲要", "方案", "计划", "行动", "意见", "工程", "》"];
    let bracket = within('（', '）').or_else(|| within('(', ')'));
    let named =
        bracket.is_some_and(|at| names.iter().any(|it| before[..at].ends_with(it)));
    let inside =
        within('《', '》').is_some() && up_to(&text[year.at.end..], &PART).contains('》');
    named || inside
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::years::years;
    use super::*;

    #[test]
    fn facts_of_last_year_mean_that_year() {
        for (text, fact) in [
            ("2025年6月3日，柳汀镇一农户焚烧秸秆引发火灾", true),
            ("2025年，全县立案查处农资案件23起", true),
            ("2025年义诊活动周我院派出专家56人次", true),
            ("《防汛应急预案》（2025年版）", true),
            ("合格率稳定在98%以上（2025年为98.7%）", true),
            ("旱厕改造已于2025年完成", true),
            ("违者按市教育局2025年12月通报处理", true),
            ("会议要求吸取2025年11月东岗乡中毒事故教训", true),
            ("已列入2025年度名单的，不再申报", false),
            ("2025年7月发生的1例错误，要逐一整改", true),
            ("报送2025年工作总结", false),
            ("2025年度考核为优秀", false),
            ("2025年经营收入不低于30万元", false),
            ("2025年12月31日以前购机", false),
            ("2025年纳税证明", false),
            ("评选范围为2025年1月1日至12月31日发表的论文", false),
        ] {
            let found = years(text);
            assert_eq!(is_fact(text, &found, 0, Scene::default()), fact, "{text}");
        }
    }

    #[test]
    fn conditions_may_go_on_with_each_year() {
        let dated = NaiveDate::from_ymd_opt(2026, 5, 12);
        let plan = Plan { old: 2026, by: 1, dated, since: dated, ..Plan::default() };
        for (text, condition) in [
            ("2024年12月31日以前登记注册", true),
            ("2023年1月1日以后取得的成果", true),
            ("2016年底以前出厂", true),
            ("2019年以前，我市没有地铁", false),
            ("1998年以前的档案", false),
            ("2019年以来未发生事故", false),
        ] {
            assert_eq!(is_condition(text, &years(text)[0], &plan), condition, "{text}");
        }
    }

    #[test]
    fn plans_for_several_years_are_named_with_them() {
        for (text, named) in [
            ("《发展规划（2026—2030年）》", true),
            ("《2024—2026年实施方案》", true),
            ("三年行动（2024—2026年）", true),
            ("数据采集时段为2024—2025年", false),
            ("连续两年（2024—2025年）合格", false),
        ] {
            let found = years(text);
            let of = |i: usize| names_plan(text, &found[i]);
            assert_eq!((of(0), of(1)), (named, named), "{text}");
        }
    }
}
