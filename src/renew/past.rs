//! What has happened already.

use chrono::{Datelike, NaiveDate};

use super::kept::Scene;
use super::plan::Plan;
use super::years::Year;

/// Whether a year is of what has happened: a day before the notice's own that no time begins
/// with, or a clause that tells of it.
pub fn past(before: &str, year: &Year, behind: &str, plan: &Plan, scene: Scene) -> bool {
    let clause = ['，', '。', '；', '\n', '：', '！', '？'];
    let head = &before[before.rfind(clause).unwrap_or(0)..];
    let tail = up_to(behind, &clause);
    let done = tells(head) || tells(tail);
    let begins = head.ends_with(['自', '从'])
        || ["起", "以后", "之后", "至", "到", "—", "-", "～", "~"]
            .iter()
            .any(|it| behind.starts_with(it))
        || (["前", "底前", "之前", "以前"].iter().any(|it| behind.starts_with(it))
            && !done);
    let made = [
        "印发的",
        "下发的",
        "出台的",
        "制定的",
        "召开的",
        "签订的",
        "发布的",
        "公布的",
        "举办的",
    ];
    let made = made.iter().any(|it| behind.starts_with(it));
    let Some(day) = &year.day else {
        return year.year <= plan.old && (head.contains('已') || tail.contains('已'));
    };
    let Some(dated) = plan.dated else { return tells(tail) };
    match day.days.last() {
        Some((on, _)) => {
            let on = NaiveDate::from_ymd_opt(year.year, day.month, *on);
            let over = on.is_some_and(|it| it < dated);
            over && !begins && (!scene.table || done)
        }
        None => {
            // What was done then is told behind the comma: 2026年2月，我局印发了…….
            let sentence = up_to(behind, &['。', '；', '\n', '！', '？']);
            let over = (year.year, day.month) < (dated.year(), dated.month());
            over && !begins && (made || tells(head) || tells(sentence))
        }
    }
}

/// A text up to the first of some marks.
pub fn up_to<'a>(text: &'a str, ends: &[char]) -> &'a str {
    &text[..text.find(ends).unwrap_or(text.len())]
}

/// Whether words tell of something done.
fn tells(text: &str) -> bool {
    let done = ["已", "曾", "业经", "通过", "获得", "荣获"];
    // 了 is a part of these.
    let finished = ["为了", "了解", "除了"]
        .iter()
        .fold(text.to_owned(), |text, it| text.replace(it, ""));
    done.iter().any(|it| text.contains(it)) || finished.contains('了')
}
