//! Years that go on with a notice though they are none of its own: of ages, of the last few
//! years, of papers of the year before, of events.

use chrono::Datelike;

use super::clause::{CLAUSE, PART, from_last, up_to};
use super::digits::small;
use super::plan::Plan;
use super::span::{Kind, Span, span};
use super::told::{Told, clause_behind, told};
use super::why::Why;
use super::years::Year;
use crate::characters::is_hanzi;

/// What is handed in.
const HANDED: &[&str] =
    &["提供", "提交", "报送", "准备", "出具", "携带", "附上", "填报", "上报"];
/// Papers that are of a whole year.
const PAPERS: &[&str] = &[
    "审计报告",
    "财务报表",
    "财务报告",
    "会计报表",
    "会计凭证",
    "资产负债表",
    "年度报告",
    "年报",
    "决算",
    "纳税",
    "完税",
    "工作总结",
    "收支台账",
];
/// What follows a number where that counts things.
const UNITS: &str =
    "名人个位家户件项次元万亿亩吨台套辆座株棵年级届号期条份平公千米头只组批本册";

/// Why a year goes on with the notice, each year by as much.
pub fn rolls(text: &str, found: &[Year], i: usize, plan: &Plan) -> Option<Why> {
    let year = &found[i];
    let span = span(text, found, i)?;
    if span.last.year() < plan.old && of_birth(text, &span) {
        Some(Why::Age)
    } else if of_the_last(text, found, year, plan) {
        Some(Why::Recent)
    } else if !plan.means(year) && year.year == plan.old - 1 && asked_for(text, &span) {
        Some(Why::Asked)
    } else {
        None
    }
}

/// Whether a time is that in which who is meant was born: of one year's children, or of an age
/// that is told: 35周岁以下（1990年4月10日以后出生）.
fn of_birth(text: &str, span: &Span) -> bool {
    let tail = text[span.at.end..].trim_start_matches("（含）").trim_start_matches('及');
    let begins = |words: &[&str]| {
        let behind = words.iter().find_map(|it| tail.strip_prefix(it));
        behind.is_some_and(|it| it.starts_with("出生"))
    };
    let sentence = from_last(&text[..span.at.start], &PART);
    let aged = sentence.contains('岁') || up_to(tail, &PART).contains('岁');
    match span.kind {
        Kind::Day => aged && begins(&["以后", "之后", "后", "以前", "之前", "前"]),
        Kind::Range => {
            let days = (span.last - span.first).num_days();
            (aged || (364..=365).contains(&days)) && begins(&["", "期间", "之间"])
        }
        _ => false,
    }
}

/// Whether a year is one of as many as are told to be the last ones, of which nothing is counted:
/// 近三年（2023年度、2024年度、2025年度）考核合格.
fn of_the_last(text: &str, found: &[Year], year: &Year, plan: &Plan) -> bool {
    let Some(open) = text[..year.at.start].rfind(['（', '(']) else { return false };
    let Some(length) = text[open..].find(['）', ')']) else { return false };
    let inside = open..open + length;
    let head = text[..open].trim_end_matches("度").trim_end_matches('年');
    let head = head.trim_end_matches(['个', '会', '计', '自', '然']);
    let count = head.rfind('近').map(|at| at + '近'.len_utf8());
    let count = count.and_then(|at| small(text, at).filter(|it| it.1.end == head.len()));
    let of = |it: &&Year| inside.contains(&it.at.start);
    let years: Vec<i32> = found.iter().filter(of).map(|it| it.year).collect();
    let (Some((count, _)), Some(first), Some(last)) =
        (count, years.first(), years.last())
    else {
        return false;
    };
    let whole = i32::try_from(count).is_ok_and(|it| last - first + 1 == it);
    let recent =
        inside.contains(&year.at.start) && (plan.old - 1..=plan.old).contains(last);
    let said = told(clause_behind(text, inside.end).said);
    whole && recent && matches!(said, Told::Plain | Told::Asks)
}

/// Whether a paper of a year is asked for: 提供2025年度财务审计报告.
fn asked_for(text: &str, span: &Span) -> bool {
    let head = from_last(&text[..span.at.start], &CLAUSE);
    let tail = up_to(&text[span.at.end..], &['，', '。', '；', '\n', '、']);
    let near: String = tail.chars().take(12).collect();
    // 总结2025年工作，部署2026年任务.
    let summed = head.ends_with("总结") && tail.starts_with("工作");
    let handed = HANDED.iter().any(|it| head.contains(it))
        && PAPERS.iter().any(|it| near.contains(it));
    span.kind == Kind::Year && (summed || handed)
}

/// Whether digits are the year in the name of an event that the notice's title has as well:
/// 2026云岭马拉松赛, “净网2026”.
pub fn names_event(text: &str, year: &Year, plan: &Plan) -> bool {
    let Some(title) = plan.own.title.as_deref() else { return false };
    let (before, after) = (&text[..year.at.start], &text[year.at.end..]);
    let next: String = after.chars().take(2).collect();
    let begins = next.chars().count() == 2
        && next.chars().all(is_hanzi)
        && !next.starts_with(|c| UNITS.contains(c));
    let last: Vec<char> = before.chars().rev().take(2).collect();
    let last: String = last.into_iter().rev().collect();
    let ends = after.starts_with(['”', '’'])
        && last.chars().filter(|c| is_hanzi(*c)).count() == 2;
    let mark = after.chars().next().unwrap_or_default();
    year.year == plan.old
        && ((begins && title.contains(&format!("{}{next}", year.written)))
            || (ends && title.contains(&format!("{last}{}{mark}", year.written))))
}
