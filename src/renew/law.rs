//! Years of laws and standards, and of the time that they are in force.

use super::clause::{CLAUSE, PART, from_last, up_to};
use super::others::RELIED;
use super::plan::Plan;
use super::years::Year;

/// What a law is when it is in force.
const IN_FORCE: &[&str] = &["施行", "实施", "执行", "生效", "实行", "代替", "替代"];
/// What is done to a law in a year.
const PASSED: &[&str] = &[
    "修订", "修正", "修改", "公布", "颁布", "发布", "印发", "出台", "制定", "通过",
    "批准", "审议",
];
/// What ends the time that a law is in force.
const UNTIL: &[&str] = &[
    "期至",
    "期限至",
    "期到",
    "执行至",
    "执行到",
    "施行至",
    "实施至",
    "有效至",
    "延续至",
    "适用至",
];
/// Words between a law and the day from which it is in force.
const LINKS: &[&str] = &["将", "自", "于", "从", "已", "正式", "并", "也", "均"];

/// Whether a year is one of a law or standard that is not the notice's own.
pub fn of_law(text: &str, year: &Year, plan: &Plan) -> bool {
    let (before, behind) = (&text[..year.at.start], &text[year.end..]);
    in_brackets(before)
        || before_name(behind, plan)
        || edition(before, &text[year.at.end..])
        || in_force(before, behind, plan)
        || begins_law(behind, plan)
}

/// Whether a law of others is in force from a day on: 2026年7月1日起，《条例》施行.
fn begins_law(behind: &str, plan: &Plan) -> bool {
    let clause = behind.trim_start_matches('起').strip_prefix('，').unwrap_or_default();
    let clause = up_to(clause, &CLAUSE);
    let ends = IN_FORCE.iter().any(|it| clause.ends_with(it));
    let links = |rest| links(up_to(rest, &['施', '实', '执', '生']), false);
    ends && behind_name(clause, plan).is_some_and(links)
}

/// `GB/T 9704—2012`: whether a text ends as the code of a standard does before its year.
pub fn ends_in_code(before: &str) -> bool {
    let dash = ['—', '–', '-', '－', '─', ':', '：'];
    let Some(head) = before.trim_end().strip_suffix(dash) else { return false };
    let code = head.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let letters = code.trim_end();
    code.len() < head.trim_end().len()
        && letters.ends_with(|c: char| c.is_ascii_uppercase())
        && !letters.ends_with("ZL")
}

/// Whether a year is in brackets behind a 》.
fn in_brackets(before: &str) -> bool {
    let open = before.rfind(['（', '(']);
    open.is_some_and(|at| {
        !before[at..].contains(['）', ')', '。'])
            && before[..at].trim_end().ends_with('》')
    })
}

/// Whether a year is that of a law whose name follows: 2026年修正的《水法》, 2026年5月1日起
/// 施行的《条例》.
fn before_name(behind: &str, plan: &Plan) -> bool {
    let Some((made, name)) = behind.split_once('《') else { return false };
    let Some(made) = made.strip_suffix('的') else { return false };
    let verb = |words: &[&str]| words.iter().any(|it| made.ends_with(it));
    made.chars().count() <= 14
        && !made.contains(CLAUSE)
        && (verb(PASSED) || verb(IN_FORCE))
        && !plan.own.has(up_to(name, &['》']), false)
}

/// `依据2026年版收费标准`.
fn edition(before: &str, after: &str) -> bool {
    let clause = from_last(before, &CLAUSE);
    let relied = RELIED.iter().chain(&["执行", "参照", "适用", "按"]);
    ["年版", "版"].iter().any(|it| after.starts_with(it))
        && relied.into_iter().any(|it| clause.contains(it))
}

/// Whether a day is one from which or up to which a law of others is in force.
fn in_force(before: &str, behind: &str, plan: &Plan) -> bool {
    let lead = ["零时", "起", "开始", "正式", "全面"];
    let mut verb = behind;
    while let Some(rest) = lead.iter().find_map(|it| verb.strip_prefix(it)) {
        verb = rest;
    }
    let from = IN_FORCE.iter().any(|it| verb.starts_with(it));
    let until = UNTIL.iter().any(|it| before.ends_with(it));
    let sentence = from_last(before, &PART);
    let issued = ["现予", "现将", "现公布", "现印发", "现发布", "予以公布", "予以印发"];
    let issued = issued.iter().any(|it| sentence.contains(it));
    (from || until)
        && !issued
        && behind_name(sentence, plan).is_some_and(|it| links(it, until))
}

/// What stands between a law's name, the last of a sentence, and its end. A law that is relied
/// on in a clause before says nothing of the notice's own rules, and one that is changed is the
/// notice's own.
fn behind_name<'a>(sentence: &'a str, plan: &Plan) -> Option<&'a str> {
    if let Some(close) = sentence.rfind('》') {
        let open = sentence[..close].rfind('《')?;
        let (name, rest) = (&sentence[open + '《'.len_utf8()..close], &sentence[close..]);
        let rest = rest.trim_start_matches('》');
        let head = from_last(&sentence[..open], &CLAUSE);
        let relied = RELIED.iter().any(|it| head.contains(it)) && rest.contains('，');
        let changed = ["将", "延长", "决定", "同意"].iter().any(|it| head.contains(it));
        return (!relied && !changed && !plan.own.has(name, false)).then_some(rest);
    }
    let code = sentence.char_indices().find_map(|(at, c)| {
        let digits = sentence[at..].bytes().take_while(u8::is_ascii_digit).count();
        let year = c.is_ascii_digit() && digits == 4 && ends_in_code(&sentence[..at]);
        year.then(|| &sentence[at + digits..])
    });
    code.or_else(|| {
        let new = ["新修订的", "修订后的", "新颁布的", "新公布的", "新出台的"];
        let rest = new.iter().find_map(|it| Some(sentence.split_once(it)?.1))?;
        let end = rest.find(['自', '将', '于', '已', '，'])?;
        let law = ["法", "条例", "规定", "办法", "细则", "规范", "标准", "规程"];
        law.iter().any(|it| rest[..end].ends_with(it)).then(|| &rest[end..])
    })
}

/// Whether words between a law and a day say no more than that it was passed and is in force.
fn links(between: &str, until: bool) -> bool {
    let between = without_brackets(between);
    let mut parts: Vec<&str> = between.split('，').collect();
    let last = parts.pop().unwrap_or_default();
    let said = |part: &&str| {
        let words = PASSED.iter().chain(IN_FORCE);
        part.is_empty() || words.into_iter().any(|it| part.contains(it))
    };
    let mut rest = last;
    while let Some(next) = LINKS.iter().find_map(|it| rest.strip_prefix(it)) {
        rest = next;
    }
    let ends = until && rest.chars().count() <= 8 && !rest.contains(['本', '我', '该']);
    parts.iter().all(said) && (rest.is_empty() || ends)
}

fn without_brackets(text: &str) -> String {
    let mut deep = 0_usize;
    let outside = |c: &char| {
        match c {
            '（' | '(' => deep += 1,
            '）' | ')' => deep = deep.saturating_sub(1),
            _ => return deep == 0,
        }
        false
    };
    text.chars().filter(outside).collect()
}
