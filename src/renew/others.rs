//! Years that are somebody else's: of numbers, laws, files, other documents.

use super::clause::{CLAUSE, PART, from_last, up_to};
use super::kept::Fate;
use super::law::{ends_in_code, of_law};
use super::past::tells;
use super::plan::Plan;
use super::why::Why;
use super::years::Year;

/// What stands before what a text follows.
pub const RELIED: [&str; 5] = ["根据", "按照", "依据", "贯彻", "落实"];

/// A year of somebody else's: of a law, of another document's title, of what is passed on.
pub fn foreign(text: &str, year: &Year, plan: &Plan) -> Option<Why> {
    let (before, after) = (&text[..year.at.start], &text[year.at.end..]);
    if of_law(text, year, plan) || numbered(after) {
        return Some(Why::Law);
    }
    if speaks(after) {
        return Some(Why::Paper);
    }
    let clause = from_last(before, &CLAUSE);
    if plan.forwards && ["转发", "批转"].iter().any(|it| clause.contains(it)) {
        return Some(Why::Forwarded);
    }
    let title = inside_title(before, after, &year.written)?;
    (!owns(before, after, &title, plan)).then_some(Why::Title)
}

/// Whether a name without 《》 that a year stands in has a number behind it: 关于做好2026年防汛
/// 工作的通知（云水发〔2026〕20号）.
fn numbered(after: &str) -> bool {
    let name = up_to(after, &['，', '。', '；', '、', '\n', '《', '》', '（', '(']);
    let bracket = after[name.len()..].strip_prefix(['（', '(']);
    let inside = bracket.map_or("", |it| up_to(it, &['）', ')']));
    let parted = RELIED.iter().chain(&["按", "依"]).any(|it| name.contains(it));
    is_number(inside) && !parted
}

/// Whether a year begins the name of a meeting or report that says something: 2026年全国水利工作
/// 会议指出.
fn speaks(after: &str) -> bool {
    let clause = up_to(after, &['，', '。', '；', '：', '\n', '《']);
    let said = ["明确提出", "明确要求", "指出", "提出", "强调", "明确", "要求", "部署"];
    let name = said.iter().find_map(|it| clause.strip_suffix(it));
    let of = ["会议", "全会", "报告", "讲话", "一号文件", "1号文件"];
    name.is_some_and(|name| of.iter().any(|it| name.ends_with(it)))
}

/// Whether a text has a 文号 in it.
fn is_number(text: &str) -> bool {
    text.contains('号') && text.contains(['〔', '[', '［', '【'])
}

/// How a title between 《》 around a year is one of this year's papers that are to be filled
/// in, signed, made or handed in, 填写《2026年度目标责任书》: beyond doubt with the verb before it.
/// What has a number, or is followed, is somebody else's.
pub fn handed_in(before: &str, after: &str) -> Option<Fate> {
    let (inside, behind) = after.split_once('》')?;
    let head = before.rfind('《').map_or("", |open| from_last(&before[..open], &CLAUSE));
    let clause = up_to(behind, &CLAUSE);
    let made = [
        "填写", "填报", "签订", "制定", "编制", "报送", "上报", "提交", "审议", "起草",
        "签署", "申报", "编写",
    ];
    let handed_in = ["报送", "上报", "提交", "填写", "填报"];
    let form = [
        "申报书",
        "申报表",
        "登记表",
        "汇总表",
        "责任书",
        "承诺书",
        "申请表",
        "申请书",
        "报名表",
        "审批表",
        "统计表",
        "推荐表",
        "备案表",
        "分解表",
        "审核表",
    ];
    let name = inside.split(['（', '(']).next().unwrap_or_default();
    let follows = RELIED.iter().chain(&["转发", "印发", "执行", "参照", "参考"]);
    let follows = follows.into_iter().any(|it| head.contains(it)) || tells(head);
    let numbered = behind.trim_start().starts_with(['（', '(']) && is_number(clause);
    let rules = ["通知", "意见", "决定", "办法", "规定", "条例", "公告", "批复", "函"];
    let sure = made.iter().any(|it| head.ends_with(it));
    let handed = made.iter().any(|it| head.contains(it))
        || handed_in.iter().any(|it| clause.contains(it))
        || form.iter().any(|it| name.ends_with(it));
    let others = follows || numbered || rules.iter().any(|it| name.ends_with(it));
    match (others, sure, handed) {
        (false, true, _) => Some(Fate::Moves),
        (false, false, true) => Some(Fate::Doubted(Why::Form)),
        _ => None,
    }
}

/// Whether a title between 《》 is the notice's own: one with a number behind it is not, one that
/// is made public with it is.
pub fn owns(before: &str, after: &str, title: &str, plan: &Plan) -> bool {
    let behind = after.split_once('》').map_or("", |it| it.1.trim_start());
    let bracket = behind.strip_prefix(['（', '(']).map(|it| up_to(it, &['）', ')']));
    let numbered = bracket.is_some_and(is_number);
    let head = before.rfind('《').map_or("", |open| from_last(&before[..open], &CLAUSE));
    let relied = RELIED.iter().any(|it| head.contains(it));
    let issued = ["现予公布", "现予发布", "现予印发"];
    let issued = issued.iter().any(|it| up_to(behind, &PART).contains(it));
    !numbered && (issued || plan.own.has(title, relied))
}

/// A year of a 文号: in brackets, before 第3号 or 3号文件.
pub fn quoted(before: &str, after: &str) -> Option<Why> {
    let closed = after.trim_start_matches(' ').starts_with(['〕', ']', '］', '】']);
    let bracketed = (before.trim_end().ends_with(['〔', '[', '［', '【']) && closed)
        || (before.ends_with(['（', '('])
            && after.starts_with(['）', ')'])
            && after.contains('号'));
    let behind = after.trim_start_matches(' ');
    let behind = behind.strip_prefix('年').unwrap_or(behind).trim_start_matches(' ');
    let serial = behind.strip_prefix('第').and_then(behind_serial);
    let paper = |unit: &str| {
        let named = [
            "通报", "简报", "通讯", "专报", "公报", "快报", "文章", "刊发", "刊载",
            "刊登", "登载", "发表",
        ];
        let head = before.trim_end();
        unit.strip_prefix('期').is_some_and(|it| {
            ["》", "》杂志"].iter().any(|of| head.ends_with(of))
                || named.iter().any(|of| it.starts_with(of))
        })
    };
    let numbered = match serial {
        Some(unit) => unit.starts_with('号') || paper(unit),
        None => behind_serial(behind).is_some_and(|it| {
            ["号文", "号令", "号公告", "号通告", "号通报", "号简报", "号明电", "号传真"]
                .iter()
                .any(|end| it.starts_with(end))
        }),
    };
    // 2026年中央一号文件.
    let first = ["一号文件", "1号文件"];
    let first = first.iter().find_map(|it| Some(behind.split_once(it)?.0));
    let first = first.is_some_and(|whose| {
        whose.chars().count() <= 6 && !whose.contains(CLAUSE) && !whose.contains('的')
    });
    let clause = from_last(before, &CLAUSE);
    let relied = RELIED.iter().any(|it| clause.contains(it));
    let relied = relied || clause.ends_with('经');
    let meeting = relied && serial.is_some_and(|it| it.starts_with('次'));
    if ends_in_code(before) {
        return Some(Why::Standard);
    }
    if bracketed || numbered {
        return Some(Why::Quoted);
    }
    (first || meeting).then_some(Why::Paper)
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
