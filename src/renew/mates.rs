//! Years that belong together: the ends of a time, those of a list, those of one sentence.

use chrono::Datelike;

use super::before::names_plan;
use super::clause::{CLAUSE, PART, SENTENCE, from_last, up_to};
use super::kept::Fate;
use super::plan::Plan;
use super::season::season_name;
use super::told::{Told, told};
use super::why::Why;
use super::years::{Mate, Year};

/// Years that stay with others of their sentence.
pub fn beside(text: &str, found: &[Year], plan: &Plan, fates: &mut [Fate]) {
    let stay = fates.to_vec();
    let stay: Vec<Stays> = found
        .iter()
        .zip(&stay)
        .filter_map(|(it, fate)| Some((it, fate.stays()?)))
        .collect();
    for (year, fate) in found.iter().zip(fates.iter_mut()) {
        if fate.stays().is_none()
            && let Some(beside) = with_those_that_stay(text, year, &stay, plan)
        {
            *fate = beside;
        }
    }
    for i in 1..found.len() {
        if fates[i] == Fate::Moves
            && fates[i - 1] == Fate::Stays(Why::Before)
            && is_done_in(text, &found[i - 1], &found[i])
        {
            fates[i - 1] = Fate::Doubted(Why::Done);
        }
        if fates[i - 1].stays().is_none()
            && fates[i] == Fate::Stays(Why::Past)
            && was_done_on(text, &found[i - 1], &found[i])
        {
            fates[i - 1] = Fate::Stays(Why::Past);
        }
        if fates[i].stays().is_none()
            && ends_what_began(text, &found[i - 1], &found[i])
            && let Some(why @ (Why::Past | Why::Law)) = fates[i - 1].stays()
        {
            fates[i] = Fate::Stays(why);
        }
    }
    // No half of 2025—2026学年 moves.
    for i in 1..found.len() {
        let mate = found[i].mate.filter(|it| it.range && it.end == found[i].end);
        let one = [i - 1, i].into_iter().find_map(|i| fates[i].stays());
        if let (Some(mate), Some(why)) = (mate, one)
            && (why == Why::Past || !mate.dated)
        {
            let whole = [i - 1, i].into_iter().all(|i| fates[i].stays().is_some());
            let why = if whole { fates[i - 1].stays().unwrap_or(why) } else { why };
            (fates[i - 1], fates[i]) = (Fate::Stays(why), Fate::Stays(why));
        }
    }
    // 2024年、2025年、2026年: a list stays whole.
    let listed = |i: usize| {
        found[i].mate.is_some_and(|it| !it.range && it.year == found[i - 1].year)
    };
    let pairs: Vec<_> =
        (1..found.len()).filter(|i| listed(*i)).map(|i| (i - 1, i)).collect();
    let back = pairs.iter().rev().map(|it| (it.1, it.0));
    for (from, to) in pairs.iter().copied().chain(back) {
        if fates[from] == Fate::Stays(Why::Listed) && fates[to].stays().is_none() {
            fates[to] = Fate::Stays(Why::Listed);
        }
    }
}

/// A year that stays, and why.
type Stays<'a> = (&'a Year, Why);

/// What becomes of a year that would move by itself beside those of its sentence that stay.
fn with_those_that_stay(
    text: &str,
    year: &Year,
    stay: &[Stays],
    plan: &Plan,
) -> Option<Fate> {
    let together = |it: &Year, ends: &[char]| {
        let (a, b) = (it.at.start.min(year.at.start), it.at.start.max(year.at.start));
        !text[a..b].contains(ends)
    };
    let before = |it: &Year, ends| it.at.start < year.at.start && together(it, ends);
    let told = |(it, why): &Stays| {
        *why == Why::Past
            && it.day.is_some()
            && it.year == year.year
            && before(it, &PART)
            && of_what_was_done(&text[it.end..year.at.start])
    };
    // 2024年至2026年为一个周期，2026年终期考核.
    let within = |(it, why): &Stays| {
        let (first, last) = it.span();
        let inside = first < plan.old && (first..=last).contains(&year.year);
        [Why::Range, Why::Several].contains(why)
            && it.mate.is_some_and(|it| it.range)
            && year.mate.is_none_or(|it| !it.range)
            && inside
            && before(it, &SENTENCE)
    };
    // 2026年试点，2027年推广，2028年巩固: none of them moves onto the next.
    let onto = |(it, why): &Stays| {
        [Why::Other, Why::Range].contains(why)
            && it.span().0 > plan.old.max(year.year)
            && it.year - year.year <= 2
            && together(it, &SENTENCE)
    };
    let compared = stay.iter().find(|(it, _)| is_compared(text, year, it));
    let moves = moves_with_mate(text, year, plan) || year.on_a_day();
    if year.day.is_none() && stay.iter().any(told) {
        Some(Fate::Stays(Why::Past))
    } else if (year.day.is_none() && stay.iter().any(within))
        || (!moves && stay.iter().any(onto))
    {
        Some(Fate::Stays(Why::Several))
    } else if let Some((other, _)) = compared.filter(|_| year.day.is_none()) {
        let planned = is_planned(text, year, other, plan);
        Some(if planned {
            Fate::Doubted(Why::Compared)
        } else {
            Fate::Stays(Why::Compared)
        })
    } else {
        None
    }
}

/// Whether what is held against the year before is planned: 2026年招生800人，比2025年增加50人; 从
/// 2025年的81%提高到2026年的88%, while the year is not at its end.
fn is_planned(text: &str, year: &Year, other: &Year, plan: &Plan) -> bool {
    if has_figure(text, year) && has_figure(text, other) {
        return false;
    }
    if other.at.start < year.at.start {
        return plan.since.is_some_and(|it| it.year() <= year.year && it.month() < 10);
    }
    let said = &text[year.end..other.at.start];
    let head = from_last(&text[..year.at.start], &CLAUSE);
    let asks = [head, said].into_iter().any(|it| told(it) == Told::Asks);
    asks || ["招收", "招生"].iter().any(|it| said.contains(it))
}

/// Whether what is told of a year is held against the year before: 2026年报名1.2万人，比2025年增加
/// 600人; 由2025年的26万吨提高到2026年的36万吨.
fn is_compared(text: &str, year: &Year, other: &Year) -> bool {
    let ends =
        |words: &[&str]| words.iter().any(|it| text[..other.at.start].ends_with(it));
    if other.year != year.year - 1 {
        false
    } else if has_figure(text, year) && has_figure(text, other) {
        // 完成率：2026年62%，2025年58%.
        true
    } else if year.at.start < other.at.start {
        let with = ["比", "较", "同", "与", "高于", "低于"];
        !text[year.at.start..other.at.start].contains(PART) && ends(&with)
    } else {
        let changed =
            ["提高", "提升", "增加", "增长", "上升", "下降", "降低", "减少", "压减"];
        let between = &text[other.end..year.at.start];
        ends(&["由", "从"])
            && !between.contains(CLAUSE)
            && changed.iter().any(|it| between.contains(it))
    }
}

/// Whether nothing but a figure is told of a year: 2026年62%, （2026年）326户.
fn has_figure(text: &str, year: &Year) -> bool {
    let marks = |c: char| "：:（）()度为达有 ".contains(c);
    let said = text[year.end..].trim_start_matches(marks);
    let behind = said.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    year.day.is_none()
        && behind.len() < said.len()
        && !behind.starts_with(['年', '月', '日', '-', '—', '至'])
}

/// Whether the words from a day that is over to a year say what was done on that day with what
/// the year names: 2026年3月9日，召开了2026年第4次会议; but: 会议研究，2026年经费由市财政承担.
fn of_what_was_done(between: &str) -> bool {
    let clause = from_last(between, &CLAUSE);
    let done = [
        "召开", "主持", "举办", "举行", "印发", "下发", "出台", "部署", "通报", "启动",
        "发布", "公布", "签订", "听取",
    ];
    let to_do = ["现", "拟", "定于", "决定", "将", "请", "应", "年"];
    done.iter().any(|it| clause.contains(it))
        && !to_do.iter().any(|it| clause.contains(it))
}

/// Whether a year ends what began on the day before it in its sentence: 2026年6月18日签订合同，
/// 合同期至2026年12月31日.
fn ends_what_began(text: &str, began: &Year, year: &Year) -> bool {
    let between = &text[began.end..year.at.start];
    began.day.is_some()
        && !between.contains(PART)
        && ["期至", "期限至", "期到", "有效至", "执行至", "延续至"]
            .iter()
            .any(|it| between.ends_with(it))
}

/// Whether something of a year is done in a month of the next: 2025年决算于2026年9月公开.
fn is_done_in(text: &str, of: &Year, year: &Year) -> bool {
    let between = &text[of.end..year.at.start];
    of.day.is_none()
        && year.day.is_some()
        && of.year + 1 == year.year
        && between.ends_with(['于', '在'])
        && !between.contains(CLAUSE)
        // 2025年发生的事故.
        && !between.trim_start_matches('的').contains('的')
        && told(between) == Told::Plain
}

/// Whether something of a year was done on a day of it: 2026年工作会议于2026年1月20日召开.
fn was_done_on(text: &str, of: &Year, year: &Year) -> bool {
    let between = &text[of.end..year.at.start];
    of.day.is_none()
        && year.day.is_some()
        && of.year == year.year
        && between.ends_with(['于', '在', '（', '('])
        && !between.contains(CLAUSE)
}

fn moves_with_mate(text: &str, year: &Year, plan: &Plan) -> bool {
    let moves = |mate| matches!(together(text, year, mate, plan), Together::Move);
    year.mate.is_some_and(moves)
}

/// What becomes of two years that stand together.
pub enum Together {
    /// Both move.
    Move,
    /// Both stay, for this reason.
    Stay(Why),
    /// Each by itself.
    Alone,
}

/// Two years that stand together move together: a school year, a winter, a term that begins
/// in the plan's year; a plan for several years stays.
pub fn together(text: &str, year: &Year, mate: Mate, plan: &Plan) -> Together {
    let (first, last) = year.span();
    let own = |year: i32| year == plan.old || year == plan.old + 1;
    if first == last {
        // Both ends of a time within a year.
        return if mate.range && mate.dated && plan.names(first) {
            Together::Move
        } else {
            Together::Alone
        };
    }
    if !mate.range {
        return if plan.names(first) && plan.names(last) {
            Together::Alone
        } else {
            Together::Stay(Why::Listed)
        };
    }
    let behind = text[mate.end..].trim_start_matches("年");
    // 2026—2028年三年滚动规划 goes on by a year each year.
    let head: String = up_to(behind, &CLAUSE).chars().take(6).collect();
    if own(first) && (head.contains("滚动") || head.contains("中期财政")) {
        return Together::Move;
    }
    let named = || !mate.dated && last - first >= 2 && names_plan(text, year);
    // In force since an earlier year, and for a while yet.
    let runs = mate.dated && first < plan.old && last > plan.old + 1;
    if plan.several == Some((first, last)) || named() || runs {
        return Together::Stay(Why::Several);
    }
    let behind = behind.trim_start_matches(' ');
    let season = ["学年", "年度", "度", "采暖", "供暖", "供热", "冬春"]
        .iter()
        .any(|it| behind.starts_with(it) || text[..mate.end].ends_with(it));
    let season = season || season_name(behind).is_some();
    let across = (first, last) == (plan.old - 1, plan.old);
    let moves = if mate.dated {
        own(first) || (across && plan.dated.is_none_or(|it| it.year() <= last))
    } else {
        (own(first) && last == first + 1 && own(last)) || (across && season)
    };
    if moves { Together::Move } else { Together::Stay(Why::Range) }
}
