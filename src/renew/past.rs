//! What has happened already.

use chrono::Datelike;

use super::clause::{ENDS, PART, from_last, up_to};
use super::columns::Column;
use super::digits::kind;
use super::kept::Scene;
use super::others::RELIED;
use super::plan::Plan;
use super::season::named;
use super::span::{Gone, Kind, Span, span};
use super::told::{
    Clause, Told, clause_behind, finished, is_name, told, told_on, told_then,
};
use super::why::Why;
use super::years::Year;

/// What is said of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// What is to be done.
    Plan,
    /// It may have happened, for this reason.
    Unsure(Why),
    /// What has happened.
    Fact,
}

/// What was made in a month: 2026年3月印发的方案.
const MADE: &[&str] = &[
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
    "发现的",
    "形成的",
    "产生的",
    "遗留的",
    "暴露的",
    "暴露出的",
    "查处的",
    "查出的",
    "检出的",
    "督办的",
    "追加的",
    "下达的",
    "拨付的",
];
/// What is received of a time, with the verb right before it: 荣获2026年科技创新大赛一等奖.
const RECEIVED: &[&str] = &[
    "入选",
    "入围",
    "荣获",
    "获评",
    "获批",
    "获得",
    "争取到",
    "被列为",
    "被列入",
    "被确定为",
    "被评为",
    "被认定为",
    "被命名为",
];
/// Words before a time that say what is wanted of it: 报送上半年总结.
const WANTED: &[&str] = &[
    "报送", "上报", "提交", "填报", "编报", "编制", "编写", "申报", "提供", "准备",
    "汇总", "梳理", "总结", "评选", "表彰", "授予", "开展", "做好", "印发", "下达",
    "审议", "公示", "召开", "制定", "考核", "督查", "检查", "统计", "调查", "核查",
    "审计", "范围", "时段", "期为", "期限", "口径", "关于", "请", "应当", "对", "凡",
    "按",
];
/// What comes to light in the course of a year.
const FINDS: &[&str] = &["查处的", "查出的", "检出的", "发现的", "督办的", "通报的"];
/// What a time before this one is called.
const FORMER: &[&str] = &["上一", "上次", "上个", "上轮", "上期", "上届", "上季"];
/// Words that stand before a time and say nothing of it.
const LEADS: &[&str] =
    &["截至", "其中", "特别是", "尤其是", "同时", "此外", "另外", "据统计"];

/// What is said of the time of a year: what lies before the notice is no plan of it.
pub fn past(text: &str, found: &[Year], i: usize, plan: &Plan, scene: Scene) -> Past {
    let Some(span) = span(text, found, i).filter(|_| !scene.heading) else {
        return Past::Plan;
    };
    if plan.minutes && plan.since.is_none() {
        return Past::Plan;
    }
    // Without a date nothing is sure to be over, but what is told to have happened has begun.
    let gone = plan.since.map_or(Gone::Begun, |it| span.gone(it));
    let is = |fact: bool| if fact { Past::Fact } else { Past::Plan };
    let head = from_last(&text[..span.at.start], &ENDS);
    let tail = up_to(&text[span.at.end..], &ENDS);
    if let Some(column) = scene.column {
        return match told(tail) {
            Told::Happened => Past::Fact,
            _ if plan.since.is_none() && column == Column::Happened => {
                Past::Unsure(Why::Undated)
            }
            _ if gone != Gone::Over || span.kind == Kind::Year => Past::Plan,
            _ if column == Column::Happened => Past::Fact,
            _ => Past::Unsure(Why::Over),
        };
    }
    if gone == Gone::Over && head.ends_with(['自', '从']) && tail.ends_with("以来") {
        return Past::Fact;
    }
    if gone == Gone::Over && is_limit(text, &span, head) {
        return Past::Unsure(Why::Over);
    }
    if gone != Gone::Ahead && found[i].year <= plan.old && is_received(head, tail) {
        return Past::Fact;
    }
    match span.kind {
        Kind::Day | Kind::Month | Kind::Part
            if gone == Gone::Over && is_counted_on(head) =>
        {
            Past::Unsure(Why::Over)
        }
        Kind::Day if gone == Gone::Over && had_begun(text, &span, tail) => Past::Fact,
        Kind::Day if plan.since.is_none() => undated_day(head, tail),
        Kind::Day => is(past_day(head, tail, &span, gone, plan)),
        Kind::Year if is_rule_on_done(head, &text[span.at.end..]) => {
            Past::Unsure(Why::Rule)
        }
        Kind::Year
            if gone == Gone::Begun && FINDS.iter().any(|it| tail.starts_with(it)) =>
        {
            Past::Unsure(Why::Found)
        }
        Kind::Year if found[i].year <= plan.old && named_done(head, tail) => Past::Fact,
        Kind::Year if relied(head) && of_a_meeting(tail) => Past::Fact,
        Kind::Year if relied(head) && tail.contains("工作报告") => Past::Fact,
        Kind::Year if up_to(tail, &['、', '的']).contains("会议精神") => Past::Fact,
        Kind::Part if gone == Gone::Over && tail.starts_with("精神") => Past::Fact,
        Kind::Month if made_then(head, tail, gone) => Past::Fact,
        Kind::Month if opens(head, tail) => Past::Plan,
        Kind::Year if part_is_done(text, found[i].year, &span, plan) => Past::Fact,
        _ => of_a_time(text, &span, gone, plan),
    }
}

/// Whether the words around a year tell that it is done: 2026年培训已列入计划.
fn named_done(head: &str, tail: &str) -> bool {
    // 2026年已认定的 is a rule about whoever was.
    let rule = tail.find('已').is_some_and(|at| tail[at..].contains('的'));
    let made = MADE.iter().any(|it| tail.starts_with(it));
    !rule && (head.contains('已') || tail.contains('已') || made)
}

/// Whether words around a year spare those who have done something already: 已完成2026年体检的职
/// 工，不再参加.
fn is_rule_on_done(head: &str, behind: &str) -> bool {
    let spared = ["不再", "不需", "无需", "不得", "免于"];
    let sentence = up_to(behind, &PART);
    head.contains('已')
        && up_to(behind, &ENDS).contains('的')
        && spared.iter().any(|it| sentence.contains(it))
}

/// Whether a time is what was received of it: 我县获批2026年产业集群项目; 柳汀镇列入2026年国家示范
/// 乡镇名单. What is listed in a plan of one's own goes on with that.
fn is_received(head: &str, tail: &str) -> bool {
    let above =
        ["国家", "中央", "全国", "全省", "省级"].iter().any(|it| tail.contains(it));
    let listed = || head.strip_suffix("列入").filter(|_| above);
    let who = RECEIVED.iter().find_map(|it| head.strip_suffix(it)).or_else(listed);
    who.is_some_and(|who| told(who) != Told::Asks) && !tail.contains('的')
}

/// Whether a time ends at something of which nothing is told up to then: 户口迁入时间截至2026年4月
/// 30日; 截止2026年4月30日，未缴纳会费的单位请于5月底前缴纳.
fn is_limit(text: &str, span: &Span, head: &str) -> bool {
    let rest = &text[span.at.end..];
    let at = text.len() - rest.trim_start_matches(['底', '末']).len();
    let said = clause_behind(text, at).said;
    is_so_far(head) && (said.is_empty() || told(said) == Told::Asks)
}

/// Whether what stands behind is relied on.
fn relied(head: &str) -> bool {
    RELIED.iter().any(|it| head.contains(it))
}

/// 2026年全国卫生健康工作会议精神.
fn of_a_meeting(tail: &str) -> bool {
    let said = tail.find("会议").map_or("", |at| &tail[at..]);
    ["精神", "部署", "要求", "决定"].iter().any(|it| said.contains(it))
}

/// Whether something was made, said or decided in a month that is over.
fn made_then(head: &str, tail: &str, gone: Gone) -> bool {
    let relied =
        relied(head) && ["会", "精神", "部署"].iter().any(|it| tail.contains(it));
    let made = MADE.iter().any(|it| tail.contains(it));
    gone == Gone::Over && !opens(head, tail) && (made || relied)
}

/// Whether a time begins or ends with a day or a month: 自…起, …前.
pub fn opens(head: &str, tail: &str) -> bool {
    let done = tells(head) || tells(tail);
    // 到任 is no end of a time.
    let ends = tail.strip_prefix(['至', '到']).is_some_and(|behind| {
        behind.starts_with(|c| kind(c).is_some() || "今次年本下现".contains(c))
    });
    head.ends_with(['自', '从'])
        || ends
        || ["起", "以后", "之后", "—", "-", "～", "~"]
            .iter()
            .any(|it| tail.starts_with(it))
        || (["前", "底前", "之前", "以前", "后"].iter().any(|it| tail.starts_with(it))
            && !done)
}

/// Whether a day that is over begins or ends what has happened: 自2月1日起，全市已启用;
/// 起执行《收费标准》; 4月30日前形成的欠费.
fn had_begun(text: &str, span: &Span, tail: &str) -> bool {
    // 4月30日前发生的业务均须入账: what has to be done with it, from year to year.
    let made = tail
        .strip_prefix('前')
        .map(|it| MADE.iter().any(|made| it.starts_with(made)) && told(it) != Told::Asks);
    let since = || {
        let told = || told(clause_behind(text, span.at.end).said);
        tail.starts_with('起') && (tail.contains('《') || told() == Told::Happened)
    };
    made.unwrap_or_else(since)
}

/// Whether a day is one of what has happened.
fn past_day(head: &str, tail: &str, span: &Span, gone: Gone, plan: &Plan) -> bool {
    // 以2025年12月31日在编人数为准: a day that comes each year.
    let last_day = (span.last.month(), span.last.day()) == (12, 31);
    let counted = last_day && plan.about == Some(span.last.year());
    gone == Gone::Over && !opens(head, tail) && !counted
}

/// Whether something is counted as it is on the day that follows.
pub fn is_counted_on(head: &str) -> bool {
    let head = head.trim_end_matches("截至").trim_end_matches("截止");
    head.ends_with(['以', '按']) || head.ends_with("时点为")
}

/// Whether something is told up to the time that follows.
pub fn is_so_far(head: &str) -> bool {
    ["截至", "截止", "截止到", "截至到"].iter().any(|it| head.ends_with(it))
}

/// What is said of a day in a notice without a date: its words alone tell.
fn undated_day(head: &str, tail: &str) -> Past {
    let decided = ["研究", "批准", "同意", "通过", "签订", "审议", "印发"];
    let by = head.ends_with(['经', '据']) || head.ends_with("根据");
    if told(tail) == Told::Happened || tells(tail) {
        Past::Fact
    } else if opens(head, tail) || told(tail) == Told::Asks {
        Past::Plan
    } else if by || decided.iter().any(|it| tail.contains(it)) {
        Past::Unsure(Why::Undated)
    } else {
        Past::Plan
    }
}

/// Whether a clause behind a year tells how much was done in a part of it that is over:
/// 2026年预算收入38亿元，上半年完成18.6亿元.
fn part_is_done(text: &str, year: i32, span: &Span, plan: &Plan) -> bool {
    let mut clause = clause_behind(text, span.at.end);
    let first = [Told::Counts, Told::Plain].contains(&told(clause.said));
    while first && clause.mark == Some('，') {
        let start = clause.end + '，'.len_utf8();
        clause = clause_behind(text, clause.end);
        let Some((_, last, length)) = named(&text[start..], year) else { continue };
        let said = told(up_to(&text[start + length..], &ENDS));
        let over = plan.since.is_some_and(|it| last < it);
        if over && matches!(said, Told::Counts | Told::Happened) {
            return true;
        }
    }
    false
}

/// What is said of a month, a part of the year, a range or a year.
fn of_a_time(text: &str, span: &Span, gone: Gone, plan: &Plan) -> Past {
    let before = &text[..span.at.start];
    let head = from_last(before, &ENDS).trim_start_matches(ENDS);
    let clause = clause_behind(text, span.at.end);
    let over = gone == Gone::Over;
    if over && FORMER.iter().any(|it| head.contains(it))
        || over && head.ends_with('对') && opens_with_fact(clause.said)
    {
        return Past::Fact;
    }
    if gone == Gone::Ahead || is_wanted(head) || told(head) == Told::Asks {
        return Past::Plan;
    }
    let whole_year = span.kind == Kind::Year;
    let tells = if whole_year && !over {
        told_on(text, span.at.end)
    } else {
        told_then(text, clause)
    };
    // 截至6月30日，2026年任务完成52%.
    let so_far = ["截至", "目前"].iter().any(|it| from_last(before, &PART).contains(it));
    let undated = plan.since.is_none();
    let says_made = MADE.iter().any(|it| clause.said.contains(it));
    match tells {
        Told::Happened => Past::Fact,
        Told::Counts if whole_year && over && !leads(head) => Past::Plan,
        Told::Counts if gone >= Gone::Mostly || so_far => Past::Fact,
        Told::Counts if whole_year && compares(clause.said) => Past::Unsure(Why::Counted),
        Told::Counts if span.kind == Kind::Month && gone == Gone::Begun && !undated => {
            Past::Unsure(Why::Counted)
        }
        Told::Counts if undated && !whole_year => Past::Unsure(Why::Undated),
        Told::Asks | Told::Plain if undated && says_made => Past::Unsure(Why::Undated),
        Told::Asks | Told::Plain if over && says_made => Past::Fact,
        // 2026年挂牌督办的隐患: some of them are known already.
        Told::Asks | Told::Plain | Told::Counts
            if whole_year && !over && FINDS.iter().any(|it| clause.said.contains(it)) =>
        {
            Past::Unsure(Why::Found)
        }
        // 2026年2月已抽检的品种不再抽检: what was done, or a rule about it.
        Told::Asks if over && !whole_year && names_what_is_done(clause.said) => {
            Past::Unsure(Why::Over)
        }
        Told::Plain | Told::Counts if over && !whole_year => {
            told_plainly(span, head, clause, plan)
        }
        _ => Past::Plan,
    }
}

/// What is said of a time that is over, of which nothing says more than what was in it.
fn told_plainly(span: &Span, head: &str, clause: Clause, plan: &Plan) -> Past {
    if plan.since.is_some_and(|on| has_month_from(clause.said, on.month())) {
        return Past::Unsure(Why::Over);
    }
    let says = matches!(clause.mark, Some('。' | '，' | '；'))
        && !clause.said.is_empty()
        && !is_name(clause.said);
    let fact = match span.kind {
        Kind::Month => true,
        Kind::Range => {
            head.ends_with(['于', '在']) || (leads(head) && clause.parted && says)
        }
        _ => leads(head) && says,
    };
    if fact { Past::Fact } else { Past::Unsure(Why::Over) }
}

/// Whether a clause has a month from one on in it: 考核结果5月底公布.
fn has_month_from(clause: &str, month: u32) -> bool {
    clause.match_indices('月').any(|(at, _)| {
        let head = clause[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let number = clause[head.len()..at].parse::<u32>();
        number.is_ok_and(|it| (month..=12).contains(&it))
    })
}

/// Whether a clause holds what it counts against another year.
fn compares(clause: &str) -> bool {
    let with = ["同比", "环比", "比上年", "比去年", "较上年", "较去年"];
    with.iter().any(|it| clause.contains(it))
}

/// Whether words before a time say what is wanted of it.
pub fn is_wanted(head: &str) -> bool {
    WANTED.iter().any(|it| head.contains(it))
}

/// Whether a clause begins with what happened: 对2026年上半年发生事故的企业.
fn opens_with_fact(clause: &str) -> bool {
    ["发生", "发现", "查出", "查处", "形成"].iter().any(|it| clause.starts_with(it))
}

/// Whether a clause names what is done already: 已抽检的品种.
fn names_what_is_done(clause: &str) -> bool {
    clause.split_once('已').is_some_and(|(_, done)| done.contains('的'))
}

/// Whether nothing but the number of a paragraph or a word of no weight stands before a time.
fn leads(head: &str) -> bool {
    let number = |c: char| {
        c.is_ascii_digit() || " \u{3000}\"'#一二三四五六七八九十、（）().．".contains(c)
    };
    let head = head.trim_start_matches(number).trim_end_matches(['自', '从']);
    head.is_empty() || LEADS.iter().any(|it| head.ends_with(it))
}

/// Whether words tell of something done.
pub fn tells(text: &str) -> bool {
    let done =
        ["已", "曾", "被确定", "被评", "被列", "业经", "通过", "获得", "荣获", "闭幕"];
    done.iter().any(|it| text.contains(it)) || finished(text)
}
