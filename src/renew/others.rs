//! Years that are somebody else's: of numbers, laws, files, other documents.

use chrono::Datelike;

use super::clause::{CLAUSE, from_last, up_to};
use super::plan::Plan;
use super::years::Year;

/// What stands before what a text follows.
pub const RELIED: [&str; 5] = ["根据", "按照", "依据", "贯彻", "落实"];
const QUOTED: &str = "引用的文号";
const LAW: &str = "法规、文件的年份";
const TITLE: &str = "别的文件的名称";
/// Passed on.
pub const FORWARDED: &str = "转发的文件";
/// A part of a file's name.
pub const FILE: &str = "文件名";

/// A year of somebody else's: of a law, of another document's title, of what is passed on.
pub fn foreign(text: &str, year: &Year, plan: &Plan) -> Option<&'static str> {
    let (before, after) = (&text[..year.at.start], &text[year.at.end..]);
    if of_law(before, &text[year.end..])
        || in_force(before, year, &text[year.end..], plan)
    {
        return Some(LAW);
    }
    let clause = from_last(before, &CLAUSE);
    if plan.forwards && ["转发", "批转"].iter().any(|it| clause.contains(it)) {
        return Some(FORWARDED);
    }
    let title = inside_title(before, after, &year.written)?;
    (!owns(before, after, &title, plan)).then_some(TITLE)
}

/// Whether a title between 《》 is the notice's own: one with a number behind it is not.
pub fn owns(before: &str, after: &str, title: &str, plan: &Plan) -> bool {
    let behind = after.split_once('》').map_or("", |it| it.1.trim_start());
    let bracket = behind.strip_prefix(['（', '(']).map(|it| up_to(it, &['）', ')']));
    let numbered = bracket
        .is_some_and(|it| it.contains('号') && it.contains(['〔', '[', '［', '【']));
    let head = before.rfind('《').map_or("", |open| from_last(&before[..open], &CLAUSE));
    let relied = RELIED.iter().any(|it| head.contains(it));
    !numbered && plan.own.has(title, relied)
}

/// A year of a 文号: in brackets, before 第3号 or 3号文件.
pub fn quoted(before: &str, after: &str) -> Option<&'static str> {
    let closed = after.trim_start_matches(' ').starts_with(['〕', ']', '］', '】']);
    let bracketed = (before.trim_end().ends_with(['〔', '[', '［', '【']) && closed)
        || (before.ends_with(['（', '('])
            && after.starts_with(['）', ')'])
            && after.contains('号'));
    let behind = after.trim_start_matches(' ');
    let behind = behind.strip_prefix('年').unwrap_or(behind).trim_start_matches(' ');
    let serial = behind.strip_prefix('第').and_then(behind_serial);
    let numbered = match serial {
        Some(unit) => unit.starts_with('号'),
        None => behind_serial(behind).is_some_and(|it| {
            ["号文", "号令", "号公告", "号通告"].iter().any(|end| it.starts_with(end))
        }),
    };
    let clause = from_last(before, &CLAUSE);
    let relied = RELIED.iter().any(|it| clause.contains(it));
    let relied = relied || clause.ends_with('经');
    let meeting = relied && serial.is_some_and(|it| it.starts_with('次'));
    (bracketed || numbered || meeting).then_some(QUOTED)
}

/// What stands behind the number that a text begins with.
fn behind_serial(text: &str) -> Option<&str> {
    let number = |c: char| {
        c.is_ascii_digit()
            || "〇零一二三四五六七八九十百０１２３４５６７８９ ".contains(c)
    };
    let behind = text.trim_start_matches(number);
    (behind.len() < text.len()).then_some(behind)
}

/// Whether a year is a part of a file's name.
pub fn of_file(after: &str) -> bool {
    let endings = [
        "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "pdf", "ofd", "zip",
        "rar", "7z", "csv", "txt", "jpg", "png", "mp4", "yaml",
    ];
    let name =
        up_to(after, &['，', '。', '；', '、', '：', '》', '”', '"', '\n', ' ', '　']);
    // A bracket behind the year that closes behind the ending has a name of its own in it.
    let open = name.find(['（', '(']).filter(|at| {
        let end = name.rfind('.').unwrap_or(name.len());
        !name[*at..end.max(*at)].contains(['）', ')'])
    });
    let name = &name[..open.unwrap_or(name.len())];
    let parts = name.split('.').skip(1);
    let ending = |part: &str| {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
        endings.contains(&part[..end].to_lowercase().as_str())
    };
    parts.into_iter().any(ending)
}

/// Whether a year is in brackets behind a 》, or the one from which 《…》 is in force.
fn of_law(before: &str, behind: &str) -> bool {
    let open = before.rfind(['（', '(']);
    let inside = open.is_some_and(|at| {
        !before[at..].contains(['）', ')', '。'])
            && before[..at].trim_end().ends_with('》')
    });
    let behind = behind.trim_start_matches("起");
    inside || ["施行的《", "实施的《"].iter().any(|it| behind.starts_with(it))
}

/// Whether a day before the notice's own is the one from which 《…》 is in force.
fn in_force(before: &str, year: &Year, behind: &str, plan: &Plan) -> bool {
    let from = ["起施行", "起实施", "起执行", "起生效"];
    let from = from.iter().any(|it| behind.starts_with(it));
    let named = before.trim_end_matches(['自', '从', '已', '于']).ends_with('》')
        || up_to(behind, &CLAUSE).contains('《');
    let over = plan.dated.zip(year.day.as_ref()).is_some_and(|(dated, it)| {
        let day = it.days.last().map_or(1, |it| it.0);
        (year.year, it.month, day) < (dated.year(), dated.month(), dated.day())
    });
    from && named && over
}

/// The name between 《 and 》 that a year stands in, without the white space of line ends.
pub fn inside_title(before: &str, after: &str, written: &str) -> Option<String> {
    let open = before.rfind('《')?;
    let head = &before[open + '《'.len_utf8()..];
    let tail = &after[..after.find('》')?];
    let whole = !head.contains('》') && !tail.contains('《');
    whole.then(|| bare(&format!("{head}{written}{tail}")))
}

/// A text without white space.
pub fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}
