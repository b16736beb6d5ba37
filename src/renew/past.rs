//! What has happened already.

use chrono::{Datelike, NaiveDate};

use super::clause::{PART, from_last, up_to};
use super::dates::{MonthDay, month_day};
use super::digits::{TO, small};
use super::kept::Scene;
use super::others::RELIED;
use super::plan::Plan;
use super::years::Year;

/// What was made in a month: 2026年3月印发的方案.
const MADE: [&str; 11] = [
    "印发的",
    "下发的",
    "出台的",
    "制定的",
    "召开的",
    "签订的",
    "发布的",
    "公布的",
    "举办的",
    "确定的",
    "发生的",
];
/// What a text says of numbers that are counted already.
const COUNTED: [&str; 8] =
    ["据统计", "同比", "环比", "新增", "共受理", "共报告", "共发生", "发生一"];

/// Whether a year is of what has happened: a day before the notice's own that no time begins
/// with, or a clause that tells of it.
pub fn past(before: &str, year: &Year, behind: &str, plan: &Plan, scene: Scene) -> bool {
    if plan.minutes {
        return false;
    }
    let sentence = up_to(behind, &PART);
    let own = plan.dated.filter(|it| it.year() == year.year);
    let over = own.is_some_and(|it| until(year, behind).is_some_and(|end| end < it));
    let counted = || COUNTED.iter().any(|it| sentence.contains(it));
    if over && !scene.table && (sentence.contains('已') || counted()) {
        return true;
    }
    let ends = ['，', '。', '；', '\n', '：', '！', '？'];
    let (head, tail) = (from_last(before, &ends), up_to(behind, &ends));
    let done = tells(head) || tells(tail);
    let begins = head.ends_with(['自', '从'])
        || ["起", "以后", "之后", "至", "到", "—", "-", "～", "~"]
            .iter()
            .any(|it| behind.starts_with(it))
        || (["前", "底前", "之前", "以前", "后"].iter().any(|it| behind.starts_with(it))
            && !done);
    let made = MADE.iter().any(|it| behind.starts_with(it));
    let Some(day) = &year.day else {
        // 2026年已认定的 is a rule about whoever was.
        let rule = tail.find('已').is_some_and(|at| tail[at..].contains('的'));
        let told = head.contains('已') || tail.contains('已');
        return year.year <= plan.old && !rule && (told || made);
    };
    let Some(dated) = plan.dated else { return tells(tail) };
    match day.days.last() {
        Some((on, _)) => {
            let on = NaiveDate::from_ymd_opt(year.year, day.month, *on);
            let over = on.is_some_and(|it| it < dated);
            // 以2025年12月31日在编人数为准: a day that comes each year.
            let last_day = on.is_some_and(|it| (it.month(), it.day()) == (12, 31));
            let counted = head.ends_with(['以', '按'])
                || head.ends_with("时点为")
                || (last_day && plan.about == Some(year.year));
            over && !begins && !counted && (!scene.table || done)
        }
        None => {
            // What was done then is told behind the comma: 2026年2月，我局印发了…….
            let over = (year.year, day.month) < (dated.year(), dated.month());
            let relied = RELIED.iter().any(|it| head.contains(it))
                && ["会", "精神", "部署"].iter().any(|it| tail.contains(it));
            let told = made || relied || head.contains("上次");
            let told = told || tells(head) || tells(sentence);
            // A month of the year itself that is over is not what is planned.
            over && !begins && (told || (own.is_some() && !scene.table))
        }
    }
}

/// The last day of the time that a year and what is behind it name, as far as it is one.
fn until(year: &Year, behind: &str) -> Option<NaiveDate> {
    let last = |month: u32| {
        let next = if month == 12 { (year.year + 1, 1) } else { (year.year, month + 1) };
        NaiveDate::from_ymd_opt(next.0, next.1, 1)?.pred_opt()
    };
    let day_of = |it: &MonthDay| match it.days.last() {
        Some((day, _)) => NaiveDate::from_ymd_opt(year.year, it.month, *day),
        None => last(it.month),
    };
    if let Some(own) = &year.day {
        let end = behind.strip_prefix(TO).and_then(|rest| month_day(rest, 0));
        return day_of(end.as_ref().unwrap_or(own));
    }
    let periods = [
        ("上半年", 6),
        ("一季度", 3),
        ("第一季度", 3),
        ("二季度", 6),
        ("第二季度", 6),
        ("三季度", 9),
        ("第三季度", 9),
        ("前三季度", 9),
    ];
    let period = periods.iter().find(|it| behind.starts_with(it.0));
    // 1—2月.
    let months = || {
        let (_, first) = small(behind, 0)?;
        let rest = behind[first.end..].strip_prefix(TO)?;
        Some(month_day(rest, 0)?.month)
    };
    // What is said since the beginning of the year is said up to the day of the notice.
    let since = behind.starts_with("以来").then_some(NaiveDate::MIN);
    period.map(|it| it.1).or_else(months).and_then(last).or(since)
}

/// Whether words tell of something done.
pub fn tells(text: &str) -> bool {
    let done =
        ["已", "曾", "被确定", "被评", "被列", "业经", "通过", "获得", "荣获", "闭幕"];
    // 了 is a part of these.
    let finished = ["为了", "了解", "除了"]
        .iter()
        .fold(text.to_owned(), |text, it| text.replace(it, ""));
    done.iter().any(|it| text.contains(it)) || finished.contains('了')
}
