//! What has happened already.

use chrono::{Datelike, NaiveDate};

use super::clause::{PART, from_last, up_to};
use super::kept::Scene;
use super::others::RELIED;
use super::plan::Plan;
use super::years::Year;

/// What was made in a month: 2026年3月印发的方案.
const MADE: [&str; 10] = [
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
];

/// Whether a year is of what has happened: a day before the notice's own that no time begins
/// with, or a clause that tells of it.
pub fn past(before: &str, year: &Year, behind: &str, plan: &Plan, scene: Scene) -> bool {
    if plan.minutes {
        return false;
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
        return year.year <= plan.old && told && !rule;
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
            let sentence = up_to(behind, &PART);
            let over = (year.year, day.month) < (dated.year(), dated.month());
            let relied = RELIED.iter().any(|it| head.contains(it))
                && ["会", "精神", "部署"].iter().any(|it| tail.contains(it));
            let told = made || relied || head.contains("上次");
            over && !begins && (told || tells(head) || tells(sentence))
        }
    }
}

/// Whether words tell of something done.
pub fn tells(text: &str) -> bool {
    let done = ["已", "曾", "被确定", "被评", "被列", "业经", "通过", "获得", "荣获"];
    // 了 is a part of these.
    let finished = ["为了", "了解", "除了"]
        .iter()
        .fold(text.to_owned(), |text, it| text.replace(it, ""));
    done.iter().any(|it| text.contains(it)) || finished.contains('了')
}
