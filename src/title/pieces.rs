//! What must stay together in a title, and how well a line may begin behind it.

use super::bodies::listed;
use super::places;
use super::terms::inside;
use super::words::{is_word, known_words, words};
use crate::characters::{closes, combines, is_hanzi, is_wide, opens};

/// 文种 and the forms of speech before them: kept whole, and never alone at a line's start.
const KINDS: &[&str] = &[
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "纪要",
    "实施方案",
    "工作方案",
    "实施意见",
    "指导意见",
    "管理办法",
    "实施办法",
    "实施细则",
    "暂行办法",
    "暂行规定",
    "年度计划",
    "工作要点",
    "工作总结",
    "应急预案",
];
/// Units that belong to the number before them.
const UNITS: &str = "年月日号届次个名项期批种类级第季度元万亿千百人岁周时分秒米里亩吨公斤度所家户条套件座处米％%点";
/// Signs that never begin a line, beside marks that close.
const HELD: &str = "—…％%·";

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
    keep(&mut ends, bodies(title, &tokens));
    keep(&mut ends, dotted(&tokens));
    // What is known goes before what is likely.
    keep(&mut ends, kept(title, names));
    let listed = listed(title, &ends);
    keep(&mut ends, listed);
    let joined = |at: usize| {
        let (before, after) =
            (title[..at].chars().next_back(), title[at..].chars().next());
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
    wary(title, &mut pieces);
    behind_names(title, names, &mut pieces);
    whole_places(title, &mut pieces);
    whole_terms(title, &mut pieces);
    whole_quotes(title, &mut pieces);
    with_names(&tokens, &mut pieces);
    pieces
}

/// What an area is called, behind its name: 东城片区, 柳汀街道.
const AREAS: [&str; 12] = [
    "片区", "街道", "城区", "园区", "库区", "灌区", "校区", "院区", "小区", "社区", "乡",
    "镇",
];
/// What a break costs between a name and the word that says of what.
const OF_NAME: f64 = 8.0;
/// The same before a word such as 一体化.
const OF_THING: f64 = 3.0;

/// An area's name is not parted from it, nor 一体化 from what it is said of.
fn with_names(tokens: &[&str], pieces: &mut [Piece]) {
    let mut bound = Vec::new();
    let mut start = 0;
    for (i, word) in tokens.iter().enumerate().skip(1) {
        let before = tokens[i - 1];
        start += before.len();
        let named = all_hanzi(before) && !APART.contains(&before);
        if named && AREAS.iter().any(|area| word.starts_with(area)) {
            bound.push((start, OF_NAME));
        } else if named && word.ends_with('化') && !of_several(tokens, i) {
            bound.push((start, OF_THING));
        }
    }
    let mut end = 0;
    for piece in pieces {
        end += piece.text.len();
        let found = bound.iter().find(|it| it.0 == end);
        piece.cost += found.map_or(0.0, |it| it.1);
    }
}

/// Whether a word such as 规范化 stands beside another: 制度化规范化.
fn of_several(tokens: &[&str], at: usize) -> bool {
    let beside = [tokens.get(at - 1), tokens.get(at + 1)];
    beside.into_iter().flatten().any(|it| it.ends_with('化'))
}

fn all_hanzi(word: &str) -> bool {
    word.chars().all(is_hanzi)
}

fn whole_places(title: &str, pieces: &mut [Piece]) {
    let inside = places::inside(title);
    let mut end = 0;
    for piece in pieces {
        end += piece.text.len();
        if inside.contains(&end) {
            piece.cost += PARTED;
        }
    }
}

/// What a break inside a term costs: less than a shape that is not allowed.
const IN_TERM: f64 = 30.0;

fn whole_terms(title: &str, pieces: &mut [Piece]) {
    let inside = inside(title);
    let mut end = 0;
    for piece in pieces {
        end += piece.text.len();
        if inside.contains(&end) {
            piece.cost += IN_TERM;
        }
    }
}

/// What a break inside 《…》 that would fit a line costs: less than a stub behind it, or a shape
/// that is not allowed.
const IN_QUOTES: f64 = 26.0;

fn whole_quotes(title: &str, pieces: &mut [Piece]) {
    let mut quoted = Vec::new();
    let mut open = Vec::new();
    for (at, c) in title.char_indices() {
        match c {
            '《' => open.push(at),
            '》' => quoted.extend(open.pop().map(|start| start..at)),
            _ => {}
        }
    }
    quoted.retain(|it| super::line_width(&title[it.clone()]) < super::LINE - 0.5);
    let mut end = 0;
    for piece in pieces {
        end += piece.text.len();
        if quoted.iter().any(|it| it.start < end && end < it.end) {
            piece.cost += IN_QUOTES;
        }
    }
}

/// A line may well end with a body's whole name, whatever word its last character looks like a
/// part of.
fn behind_names(title: &str, names: &[String], pieces: &mut [Piece]) {
    let mut end = 0;
    for piece in pieces {
        end += piece.text.len();
        let named = |name: &String| !name.is_empty() && title[..end].ends_with(&**name);
        if names.iter().any(named) {
            piece.cost = piece.cost.min(cost(&title[..end], &title[end..]));
        }
    }
}

/// A single character beside a break is often half of a word that the dictionary lacks, such
/// as 主 of 主汛期.
fn wary(title: &str, pieces: &mut [Piece]) {
    let mut singles = Vec::new();
    let mut start = 0;
    for word in known_words(title) {
        let end = start + word.len();
        if word.chars().count() == 1 && word != "、" {
            singles.extend([start, end]);
        }
        start = end;
    }
    let mut end = 0;
    for piece in pieces {
        end += piece.text.len();
        if singles.contains(&end) {
            piece.cost += if parts_a_word(title, end) { PARTED } else { 2.5 };
        }
    }
}

/// What a break costs that may go through a word: more than any shape.
const PARTED: f64 = 100.0;

/// Whether the characters on both sides of a place are a word together, as 管 and 网 of 供水管网
/// are.
fn parts_a_word(title: &str, at: usize) -> bool {
    let before = title[..at].chars().next_back().map_or(0, char::len_utf8);
    let after = title[at..].chars().next().map_or(0, char::len_utf8);
    before > 0 && after > 0 && is_word(&title[at - before..at + after])
}

/// Names in parts: 阿依古丽·买买提, from the word before the first point to that behind the last.
fn dotted(tokens: &[&str]) -> Vec<(usize, usize)> {
    let mut at = 0;
    let mut starts = Vec::with_capacity(tokens.len() + 1);
    for token in tokens {
        starts.push(at);
        at += token.len();
    }
    starts.push(at);
    let points = tokens.iter().enumerate().filter(|(_, it)| ["·", "・"].contains(it));
    let parts = points.filter(|(i, _)| *i > 0 && i + 1 < tokens.len());
    parts.map(|(i, _)| (starts[i - 1], starts[i + 2])).collect()
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

/// The stretches that stay whole: what is in quotes or brackets and fits a line, names, 文种; the
/// shorter ones first.
fn kept(title: &str, names: &[String]) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let all = names
        .iter()
        .flat_map(|name| in_lines(name))
        .filter(|name| !name.is_empty())
        .chain(KINDS.iter().copied());
    for name in all.filter(|name| super::width(name) <= super::LINE) {
        ranges.extend(title.match_indices(name).map(|(at, _)| (at, at + name.len())));
    }
    let mut open = Vec::new();
    for (at, c) in title.char_indices() {
        match c {
            '“' | '（' => open.push(at),
            '”' | '）' => {
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
    ranges.sort_by_key(|(start, end)| end - start);
    ranges
}

/// A name, or where it is too long for a line what it is before a bracket, and that.
fn in_lines(name: &str) -> [&str; 2] {
    let bracket =
        if super::line_width(name) > super::LINE { name.find('（') } else { None };
    let (name, bracket) = name.split_at(bracket.unwrap_or(name.len()));
    [name, bracket]
}

/// What names of bodies end with.
pub const BODIES: &[&str] = &[
    "局",
    "委员会",
    "办公室",
    "厅",
    "中心",
    "公司",
    "总工会",
    "工会",
    "协会",
    "学会",
    "政府",
    "法院",
    "检察院",
    "医院",
    "学院",
    "大学",
    "学校",
    "集团",
    "党委",
    "党组",
    "支队",
    "大队",
    "管理局",
    "事务所",
    "厂",
];
/// Words that are no part of a body's name.
pub const APART: &[&str] = &[
    "关于",
    "的",
    "和",
    "与",
    "及",
    "印发",
    "转发",
    "批转",
    "做好",
    "开展",
    "加强",
    "同意",
    "设立",
    "成立",
    "撤销",
    "调整",
    "进一步",
    "推进",
    "对",
    "在",
    "为",
    "向",
    "由",
    "各",
    "撤并",
    "组建",
    "召开",
    "请求",
    "拨付",
];

/// The likely names of bodies: a word that ends one, with up to two words before it.
fn bodies(title: &str, tokens: &[&str]) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut end = 0;
    for (i, token) in tokens.iter().enumerate() {
        end += token.len();
        if !BODIES.iter().any(|body| token.ends_with(body)) {
            continue;
        }
        let before = tokens[..i]
            .iter()
            .rev()
            .take(2)
            .take_while(|word| all_hanzi(word) && !APART.contains(*word));
        let start = end - token.len() - before.map(|word| word.len()).sum::<usize>();
        if super::width(&title[start..end]) <= 12.0 {
            ranges.push((start, end));
        }
    }
    ranges
}

/// Whether two neighbouring characters belong together.
fn holds(before: char, after: char, rest: &str) -> bool {
    let number = |c: char| {
        c.is_ascii_digit() || matches!(c, '.' | '．' | '%' | '％' | '—' | '-' | '·' | '/')
    };
    let hanzi = |c: char| "一二三四五六七八九十百千万亿〇零两".contains(c);
    let in_word = |c: char| {
        c.is_ascii_graphic() || combines(c) || (c.is_alphanumeric() && !is_wide(c))
    };
    closes(after)
        || HELD.contains(after)
        || opens(before)
        || (in_word(before) && in_word(after))
        || (number(before) && (number(after) || UNITS.contains(after)))
        || (before == '第' && (number(after) || hanzi(after)))
        || (hanzi(before) && UNITS.contains(after) && !rest.starts_with("人民"))
}

/// What a break costs between two parts of the title.
fn cost(before: &str, after: &str) -> f64 {
    let hangs = ["的", "了", "和", "与", "及", "或", "等", "之", "中", "上", "下", "内"];
    let clings = ["在", "对", "为", "向", "将", "第", "各", "本"];
    let turns =
        ["关于", "印发", "转发", "做好", "开展", "加强", "举办", "召开", "进一步", "《"];
    let spaces = [' ', '\u{3000}'];
    if after.is_empty() || before.ends_with(spaces) || after.starts_with(spaces) {
        0.0
    } else if before.ends_with("关于") {
        ABOUT
    } else if before.ends_with(['年', '月', '个'])
        || hangs.iter().any(|word| after.starts_with(word))
    {
        6.0
    } else if clings.iter().any(|word| before.ends_with(word)) {
        4.0
    } else if before.ends_with(['》', '”', '）'])
        || turns.iter().any(|word| after.starts_with(word))
    {
        0.0
    } else if before.ends_with('、') || LINKS.iter().any(|word| before.ends_with(word)) {
        2.0
    } else {
        4.0
    }
}

/// What it costs to end a line with 关于: more than a line more.
const ABOUT: f64 = 20.0;

/// Words behind which a reader expects something to follow.
const LINKS: [&str; 4] = ["的", "和", "与", "及"];

/// A piece wider than a line, cut into words, and into characters where a word is too wide.
fn fitting(text: &str) -> Vec<Piece> {
    let piece = |text: &str, cost| Piece {
        text: text.to_owned(),
        width: super::width(text),
        cost,
    };
    if super::width(text) <= super::LINE {
        return vec![piece(text, 1.0)];
    }
    let tokens = words(text);
    if tokens.len() > 1 {
        return tokens
            .into_iter()
            .flat_map(fitting)
            .map(|it| Piece { cost: 3.0, ..it })
            .collect();
    }
    text.chars().map(|c| piece(c.encode_utf8(&mut [0; 4]), 5.0)).collect()
}
