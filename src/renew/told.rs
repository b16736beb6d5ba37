//! What a clause tells of its time: something that has happened, numbers that were counted, or
//! something that is asked for.

use super::clause::{ENDS, up_to};

/// What a clause tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// 应、请、拟: what is to be done.
    Asks,
    /// 已、获评、发生: what has happened.
    Happened,
    /// 共、同比, 26次: what was counted, or is planned to be.
    Counts,
    /// None of these.
    Plain,
}

/// Words that ask, and those with the same hanzi in them that do not.
const ASKS: &[&str] = &[
    "应",
    "须",
    "要",
    "请",
    "拟",
    "将",
    "需",
    "凡",
    "力争",
    "争取",
    "确保",
    "务必",
    "不得",
    "不再",
    "不超过",
    "不低于",
    "不少于",
    "控制在",
    "目标",
    "计划",
    "安排",
    "定于",
    "予以",
    "禁止",
    "防止",
];
const NO_ASKS: &[&str] = &[
    "应急",
    "供应",
    "反应",
    "响应",
    "相应",
    "适应",
    "效应",
    "对应",
    "应对",
    "应用",
    "应届",
    "要点",
    "主要",
    "重要",
    "纪要",
    "摘要",
    "要素",
    "申请",
    "邀请",
    "请示",
    "聘请",
    "需求",
    "急需",
    "全年计划",
    "年度计划",
    "目标任务",
    "目标的",
    "计划的",
    "计划数",
    "模拟",
    "安排资金",
];
/// What is done before a day that is set.
const DUE: &[&str] = &[
    "前完成",
    "前报送",
    "前上报",
    "前提交",
    "前办结",
    "前建成",
    "前落实",
    "前整改",
    "前结束",
];
/// What is not said of what is planned.
const HAPPENED: &[&str] = &[
    "曾",
    "业经",
    "荣获",
    "入选",
    "考入",
    "造成",
    "损毁",
    "获评",
    "获批",
    "获得",
    "获国",
    "获省",
    "获市",
    "获全",
    "获县",
    "获授",
    "闭幕",
    "胜利",
    "圆满",
    "成功",
    "据统计",
    "死亡",
    "受伤",
    "遇难",
    "教训",
    "显示",
    "表明",
];
/// What was done to somebody: 被全国总工会确定为.
const MADE: &[&str] =
    &["评为", "评定为", "授予", "确定为", "列为", "列入", "认定为", "命名为"];
const COUNTS: &[&str] = &[
    "累计",
    "共",
    "同比",
    "环比",
    "同期",
    "比上年",
    "比去年",
    "新增",
    "未发生",
    "未出现",
];
const NO_COUNTS: &[&str] =
    &["共同", "公共", "共产", "共青", "共建", "共享", "中共", "共识", "公共资源"];

/// What a clause tells.
pub fn told(clause: &str) -> Told {
    // 2026年发生事故的，取消资格: a condition.
    let condition = clause.trim_end_matches(['）', '”']).ends_with('的');
    if condition || asks(clause) {
        Told::Asks
    } else if has_happened(clause) {
        Told::Happened
    } else if counts(clause) {
        Told::Counts
    } else {
        Told::Plain
    }
}

fn asks(clause: &str) -> bool {
    let text = without(clause, NO_ASKS);
    let target = ["左右", "以内", "%以上"].iter().any(|it| text.contains(it));
    target || ASKS.iter().chain(DUE).any(|it| text.contains(it))
}

fn has_happened(clause: &str) -> bool {
    // 已认定的单位 names who is meant, 已实行新的时间 does not.
    let done = clause.find('已').is_some_and(|at| {
        let like = ["新的", "好的", "大的", "明显的", "显著的", "一定的", "积极的"];
        !without(&clause[at..], &like).contains('的')
    });
    let made = clause.find('被').is_some_and(|at| {
        let behind = &clause[at..];
        MADE.iter().any(|it| behind.contains(it)) && !behind.contains("的")
    });
    let occurred = clause.match_indices("发生").any(|(at, word)| {
        !clause[at + word.len()..].starts_with(['的', '率'])
            && !clause[..at].ends_with(['不', '未', '如', '若', '易'])
    });
    done || made
        || occurred
        || finished(clause)
        || HAPPENED.iter().any(|it| clause.contains(it))
}

/// Whether 了 says that something is done.
pub fn finished(text: &str) -> bool {
    without(text, &["为了", "了解", "除了"]).contains('了')
}

fn counts(clause: &str) -> bool {
    let text = without(clause, NO_COUNTS);
    COUNTS.iter().any(|it| text.contains(it)) || has_count(&text)
}

/// Whether a number stands before what it counts: 26次, 20.26亿元, 6%.
fn has_count(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let behind = rest[at..].trim_start_matches(number);
        let ordinal = rest[..at].ends_with(['第', '〔', '-', '—', '－']);
        let unit = behind.trim_start().chars().next();
        let counted = unit.is_some_and(|c| {
            (c.is_alphabetic() || "%％℃‰".contains(c))
                && !"年月日号时点级届期条款第".contains(c)
        });
        if counted && !ordinal {
            return true;
        }
        rest = behind;
    }
    false
}

/// Whether a clause names a thing and says nothing of it: 工作总结.
pub fn is_name(clause: &str) -> bool {
    let ends = [
        "总结", "计划", "报表", "方案", "报告", "情况", "数据", "材料", "名单", "安排",
        "任务", "考核", "督查", "检查", "通报", "表", "工作",
    ];
    clause.starts_with('的') || ends.iter().any(|it| clause.ends_with(it))
}

/// A text without some words.
fn without(text: &str, words: &[&str]) -> String {
    words.iter().fold(text.to_owned(), |text, it| text.replace(it, ""))
}

/// A clause that tells of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause<'a> {
    /// Its words.
    pub said: &'a str,
    /// Where it ends.
    pub end: usize,
    /// The mark behind it.
    pub mark: Option<char>,
    /// Whether a comma stands between the time and it.
    pub parted: bool,
}

/// The clause that tells of a time which ends at a place.
pub fn clause_behind(text: &str, at: usize) -> Clause<'_> {
    let mut rest = &text[at..];
    let mut parted = false;
    while let Some(behind) = behind_filler(rest).or_else(|| rest.strip_prefix('，')) {
        parted |= rest.starts_with('，');
        rest = behind;
    }
    let said = up_to(rest, &ENDS);
    let mark = rest[said.len()..].chars().next();
    Clause { said, end: text.len() - rest.len() + said.len(), mark, parted }
}

/// Behind words that belong to a time: 期间, a remark in brackets.
fn behind_filler(text: &str) -> Option<&str> {
    let fillers = [
        "度", "期间", "前后", "当季", "当月", "当年", "起", "止", "以后", "之后", "”",
        "）", ")", " ",
    ];
    let remark = || {
        let inside = text.strip_prefix(['（', '('])?;
        inside.split_once(['）', ')']).map(|it| it.1)
    };
    // 春耕备耕期间, 防火期内.
    let during = || {
        let (named, rest) =
            text.split_once("期间").or_else(|| text.split_once("期内"))?;
        (named.chars().count() <= 4 && !named.contains(ENDS)).then_some(rest)
    };
    fillers.iter().find_map(|it| text.strip_prefix(it)).or_else(remark).or_else(during)
}

/// What a clause tells, or the one behind it where it only says when or by what: 的专项检查中，
/// 发现隐患126处; 按照省厅要求，开展了检查.
pub fn told_then(text: &str, clause: Clause) -> Told {
    let next = || clause_behind(text, clause.end);
    match told(clause.said) {
        _ if clause.mark != Some('，') => told(clause.said),
        _ if leads_in(clause.said) => told_then(text, next()),
        Told::Plain if clause.said.ends_with(['中', '时', '后']) => told(next().said),
        tells => tells,
    }
}

/// Whether a clause says by what or for what something is done, which the next one tells.
fn leads_in(clause: &str) -> bool {
    let words =
        ["根据", "按照", "依据", "遵照", "依照", "结合", "围绕", "针对", "为了", "经"];
    words.iter().any(|it| clause.starts_with(it))
}

/// What the first clause of a sentence that tells anything tells. What names a thing tells
/// nothing, and the clauses behind it are of that. What is counted has happened if a clause behind
/// it says so: 新聘护林员26名，均已上岗; so has what is planned, where that is told beside it: 计划投资26
/// 亿元，截至7月底已完成22亿元.
pub fn told_on(text: &str, at: usize) -> Told {
    let mut clause = clause_behind(text, at);
    loop {
        let leads_in = leads_in(clause.said);
        let tells = if leads_in { Told::Plain } else { told(clause.said) };
        if matches!(tells, Told::Counts | Told::Asks) && is_done(text, clause, tells) {
            return Told::Happened;
        }
        if tells != Told::Plain || clause.mark != Some('，') || is_name(clause.said) {
            return tells;
        }
        clause = clause_behind(text, clause.end);
        // 2025年度奖金已于2026年2月发放: the next clause is of a time of its own.
        if names_a_year(clause.said) {
            return Told::Plain;
        }
    }
}

/// Whether a clause begins with a year.
fn names_a_year(clause: &str) -> bool {
    let digits = clause.bytes().take_while(u8::is_ascii_digit).count();
    let relative = ["去年", "上年", "今年", "明年"];
    (digits == 4 && clause[digits..].starts_with('年'))
        || relative.iter().any(|it| clause.starts_with(it))
}

/// Whether the clause behind one that asks or counts says how much of it is done already.
fn is_done(text: &str, clause: Clause, tells: Told) -> bool {
    let next = clause_behind(text, clause.end).said;
    let done = next.contains('已') && told(next) == Told::Happened;
    let so_far = ["截至", "目前", "实际"].iter().any(|it| next.starts_with(it));
    let reported = matches!(told(next), Told::Happened | Told::Counts);
    clause.mark == Some('，')
        && if tells == Told::Counts { done } else { so_far && reported }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_asks_tells_or_counts() {
        for (clause, asked) in [
            ("各单位要完成整改", Told::Asks),
            ("发生事故的", Told::Asks),
            ("地区生产总值增长5%左右", Told::Asks),
            ("于6月底前完成", Told::Asks),
            ("我县被全国总工会确定为试点", Told::Happened),
            ("全市应急队伍已到位", Told::Happened),
            ("全市发生火灾26起", Told::Happened),
            ("完成全年计划的68%", Told::Counts),
            ("接待游客36万人次", Told::Counts),
            ("全市公共服务能力提升", Told::Plain),
            ("已认定的单位", Told::Plain),
            ("门诊已实行新的时间", Told::Happened),
            ("第3次会议，3月5日", Told::Plain),
            ("为了了解情况", Told::Plain),
        ] {
            assert_eq!(told(clause), asked, "{clause}");
        }
    }

    #[test]
    fn a_sentence_tells_with_its_first_clause_that_tells_anything() {
        let of = |text: &str| told_on(text, "2026年".len());
        assert_eq!(of("2026年，我局团结奋进，圆满完成了任务。"), Told::Happened);
        assert_eq!(of("2026年，我局团结奋进，要完成任务。"), Told::Asks);
        assert_eq!(of("2026年工作总结，已印发。"), Told::Plain);
        assert_eq!(of("2026年考核在年底，2025年奖金已发放。"), Told::Plain);
        assert_eq!(of("2026年，我局团结奋进。已印发"), Told::Plain);
    }

    #[test]
    fn the_clause_of_a_time_stands_behind_it_or_behind_its_comma() {
        let of = |text: &'static str| {
            let found = clause_behind(text, "2026年".len());
            (found.said, found.mark, found.parted)
        };
        assert_eq!(of("2026年，全市平稳。"), ("全市平稳", Some('。'), true));
        assert_eq!(of("2026年（全年）期间全市平稳，"), ("全市平稳", Some('，'), false));
        assert_eq!(of("2026年"), ("", None, false));
    }
}
