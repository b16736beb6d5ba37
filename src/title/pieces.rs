//! What must stay together in a title, and how well a line may begin behind it.

use super::words::words;

/// 文种 and the forms of speech before them: kept whole, and never alone at a line's start.
const KINDS: &[&str] = &[
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示",
    "批复", "议案", "纪要", "实施方案", "工作方案", "实施意见", "指导意见", "管理办法",
    "实施办法", "实施细则", "暂行办法", "暂行规定", "年度计划", "工作要点", "工作总结", "应急预案",
];
/// Units that belong to the number before them.
const UNITS: &str = "年月日号届次个名项期批种类级第季度元万亿千百人岁周时分秒米里亩吨公斤度所家户条套件座处米％%点";
/// Marks that never begin a line.
const CLOSING: &str = "，。、；：？！”’》〉）】〕—…％%·";
/// Marks that never end a line.
const OPENING: &str = "“‘《〈（【〔";

/// A stretch of the title that is not split.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Its width in characters.
    pub width: f64,
    /// What a break behind it costs: 0 is a good place, 1 a possible one; more is worse.
    pub cost: f64,
}

/// Cuts a title into pieces: words, with 《…》, numbers with their units, the given names
/// and 文种 whole. What alone would not fit a line is cut further.
pub fn pieces(title: &str, names: &[String]) -> Vec<Piece> {
    let tokens = words(title);
    let mut ends: Vec<usize> = tokens
        .iter()
        .scan(0, |at, word| {
            *at += word.len();
            Some(*at)
        })
        .collect();
    keep(&mut ends, kept(title, names));
    let joined = |at: usize| {
        let (before, after) = (title[..at].chars().next_back(), title[at..].chars().next());
        match (before, after) {
            (Some(before), Some(after)) => holds(before, after, &title[at..]),
            _ => false,
        }
    };
    ends.retain(|at| *at == title.len() || !joined(*at));
    let mut start = 0;
    let mut pieces = Vec::new();
    for end in ends {
        pieces.extend(fitting(&title[start..end]));
        if let Some(last) = pieces.last_mut() {
            last.cost = cost(&title[..end], &title[end..]);
        }
        start = end;
    }
    pieces
}

/// Drops the ends that lie inside one of the ranges.
fn keep(ends: &mut Vec<usize>, ranges: Vec<(usize, usize)>) {
    for (start, end) in ranges {
        ends.retain(|at| *at <= start || *at >= end);
        for at in [start, end] {
            if at > 0
                && let Err(i) = ends.binary_search(&at)
            {
                ends.insert(i, at);
            }
        }
    }
}

/// The stretches that stay whole: quoted titles that fit a line, names, 文种.
fn kept(title: &str, names: &[String]) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let all = names.iter().map(String::as_str).filter(|name| !name.is_empty()).chain(KINDS.iter().copied());
    for name in all.filter(|name| super::width(name) <= super::LINE) {
        ranges.extend(title.match_indices(name).map(|(at, _)| (at, at + name.len())));
    }
    let mut open = Vec::new();
    for (at, c) in title.char_indices() {
        match c {
            '《' | '“' | '（' => open.push(at),
            '》' | '”' | '）' => {
                let end = at + c.len_utf8();
                if let Some(start) = open.pop()
                    && super::width(&title[start..end]) <= super::LINE
                {
                    ranges.push((start, end));
                }
            }
            _ => {}
        }
    }
    ranges
}

/// Whether two neighbouring characters belong together.
fn holds(before: char, after: char, rest: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '．' | '%' | '％' | '—' | '-' | '·' | '/');
    let hanzi = |c: char| "一二三四五六七八九十百千万亿〇零两".contains(c);
    CLOSING.contains(after)
        || OPENING.contains(before)
        || (before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric())
        || (number(before) && (number(after) || UNITS.contains(after)))
        || (before == '第' && (number(after) || hanzi(after)))
        || (hanzi(before) && UNITS.contains(after) && !rest.starts_with("人民"))
}

/// What a break costs between two parts of the title.
fn cost(before: &str, after: &str) -> f64 {
    let hangs = ["的", "了", "和", "与", "及", "或", "等", "之", "中", "上", "下", "内"];
    let clings = ["关于", "的", "和", "与", "及", "或", "在", "对", "为", "向", "将", "第", "各", "本"];
    let turns = ["关于", "印发", "转发", "做好", "开展", "加强", "举办", "召开", "进一步", "《"];
    if after.is_empty() {
        0.0
    } else if hangs.iter().any(|word| after.starts_with(word)) {
        6.0
    } else if clings.iter().any(|word| before.ends_with(word)) {
        4.0
    } else if before.ends_with(['》', '”', '）']) || turns.iter().any(|word| after.starts_with(word)) {
        0.0
    } else {
        1.0
    }
}

/// A piece wider than a line, cut into words, and into characters where a word is too wide.
fn fitting(text: &str) -> Vec<Piece> {
    let piece = |text: &str, cost| Piece { text: text.to_owned(), width: super::width(text), cost };
    if super::width(text) <= super::LINE {
        return vec![piece(text, 1.0)];
    }
    let tokens = words(text);
    if tokens.len() > 1 {
        return tokens.into_iter().flat_map(fitting).map(|it| Piece { cost: 3.0, ..it }).collect();
    }
    text.chars().map(|c| piece(c.encode_utf8(&mut [0; 4]), 5.0)).collect()
}
