//! What stops a row of a roster.

use super::Roster;
use crate::notice::roster::Cell;
use crate::notice::variables::has_braces;

/// Words of rows that add up the others.
const SUMS: [&str; 6] = ["合计", "总计", "小计", "共计", "累计", "总数"];
/// What may stand before such a word, and behind it.
const OF_SUMS: [&str; 3] = ["本页", "以上", "本表"];
const BEHIND_SUMS: [&str; 2] = ["人数", "数"];
/// What stands before the colon in a line below a table: all of it, how it begins, how it ends.
const BELOW: [&str; 7] = ["注", "备注", "说明", "日期", "联系人", "联系电话", "电话"];
const BELOW_FROM: [&str; 5] = ["填表", "填报", "制表", "审核", "复核"];
const BELOW_TO: [&str; 3] = ["负责人", "经办人", "领导"];

/// The variables that a row must have.
#[derive(Debug, Default)]
pub struct Names {
    /// All of them.
    pub all: Vec<String>,
    /// Those of texts in which line ends are taken out.
    pub one_line: Vec<String>,
}

impl Roster {
    /// What stops a row, a variable without a value or more cells than there are names, and
    /// the way out.
    pub fn fault(&self, row: usize, names: &Names) -> Option<(String, &'static str)> {
        let cells = self.cells(row)?;
        let (all, head) = (cells.len(), self.columns().len());
        if all > head {
            let hint = "格子里有逗号的，用双引号括起来；多余的逗号删去";
            return Some((format!("有 {all} 格，表头只有 {head} 格"), hint));
        }
        let asked = |name: &str| names.all.iter().any(|it| it == name);
        if let Some(flaw) = self.flaw(cells, &asked) {
            return Some(flaw);
        }
        if let Some(text) = self.joined(cells, &asked) {
            let hint = "是单位的，取消合并，每栏各填各的；不是单位的，删去这一行";
            return Some((format!("的“{text}”横着合并了通知用到的几栏"), hint));
        }
        let empty = |name: &&String| {
            let at = self.columns().iter().position(|column| column == *name);
            let text = |at: usize| cells.get(at).map_or("", |cell| cell.text.trim());
            at.is_some_and(|at| text(at).is_empty())
        };
        let empty: Vec<String> =
            names.all.iter().filter(empty).map(|name| format!("“{name}”")).collect();
        if !empty.is_empty() {
            let what = format!("没有{}的值", empty.join("、"));
            return Some((what, "补上这一格，再生成一次"));
        }
        let braces = |(name, cell): &(&String, &Cell)| {
            asked(name.as_str()) && has_braces(&cell.text)
        };
        let pairs = || self.columns().iter().zip(cells);
        if let Some((name, _)) = pairs().find(braces) {
            let what =
                format!("的“{name}”里有花括号，名册里的内容不再代换，会照原样印出");
            return Some((what, "改成要印的文字；要由几栏合成的，写成通知的“参数”"));
        }
        let lines = |(name, cell): &(&String, &Cell)| {
            names.one_line.contains(*name) && cell.text.contains('\n')
        };
        let (name, _) = pairs().find(lines)?;
        let what = format!("的“{name}”里有换行，印在一行里会连成一串");
        Some((what, "把格子里的换行改成“、”，或者删去"))
    }

    /// What a row is if it is nobody's: one that adds up the others, that stands below the
    /// table, or has the names once more.
    pub fn no_unit(&self, row: usize) -> Option<String> {
        let cells = self.cells(row)?;
        if cells.iter().map(|it| bare(&it.text)).eq(self.columns().iter().cloned()) {
            return Some("又是表头".into());
        }
        let sum = cells.iter().find_map(|it| sum(&it.text)).map(str::to_owned);
        let first = cells.iter().find(|it| !it.text.is_empty());
        let joined = cells.iter().filter(|it| it.across.is_some());
        let below = || first.into_iter().chain(joined).find_map(|it| below(&it.text));
        sum.or_else(below).map(|word| format!("是“{word}”，不是收文的单位"))
    }

    /// The text of a merged cell that stands for several of these columns.
    fn joined<'a>(
        &self,
        cells: &'a [Cell],
        asked: &dyn Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let pairs = self.columns().iter().zip(cells).filter(|(name, _)| asked(name));
        let mut seen = Vec::new();
        for (cell, first) in pairs.filter_map(|(_, it)| Some((it, it.across?))) {
            if seen.contains(&first) && !cell.text.is_empty() {
                return Some(&cell.text);
            }
            seen.push(first);
        }
        None
    }

    /// What is wrong with a cell of these columns, and the way out.
    pub(super) fn flaw(
        &self,
        cells: &[Cell],
        asked: &dyn Fn(&str) -> bool,
    ) -> Option<(String, &'static str)> {
        let pairs = self.columns().iter().zip(cells).filter(|(name, _)| asked(name));
        let (at, flaw) = pairs.filter_map(|(_, cell)| cell.flaw.as_ref()).next()?;
        Some((format!("的 {at} 格{}", flaw.told()), flaw.hint()))
    }
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A text before its colon, and whether it has one; without brackets at its end.
fn label(text: &str) -> (String, bool) {
    let text = bare(text);
    let before = text.split_once(['：', ':']).map(|(before, _)| before);
    let label = before.unwrap_or(&text);
    let label = match label.strip_suffix(['）', ')']) {
        Some(inner) => inner.split(['（', '(']).next().unwrap_or_default(),
        None => label,
    };
    (label.to_owned(), before.is_some())
}

/// The word of a cell that adds up others: 合计, 本页小计：, 总计（人）, 合计人数, 合计12人.
fn sum(text: &str) -> Option<&'static str> {
    let (label, _) = label(text);
    let label = label.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let word = OF_SUMS.iter().find_map(|it| label.strip_prefix(it)).unwrap_or(label);
    let bare = BEHIND_SUMS.iter().find_map(|it| word.strip_suffix(it)).unwrap_or(word);
    SUMS.into_iter().find(|it| [word, bare].contains(it))
}

/// What stands before the colon in a line below a table, without a number or a sign: 注1：,
/// ※备注：.
fn below(text: &str) -> Option<String> {
    let (label, colon) = label(text);
    let label = label.trim_matches(|c: char| !c.is_alphabetic());
    let is = BELOW.contains(&label)
        || BELOW_FROM.iter().any(|it| label.starts_with(it))
        || BELOW_TO.iter().any(|it| label.ends_with(it));
    (colon && is).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_add_up_others_are_known_by_a_word() {
        for text in [
            "合计",
            "合 计",
            "小计：",
            "总计（人）",
            "本页小计",
            "以上合计",
            "合计人数",
            "合计数",
            "合计：12 人",
            "总计3人",
            "总数",
        ] {
            assert!(sum(text).is_some(), "{text}");
        }
        for text in ["合计划", "", "县合计", "数", "小计量单位", "（合计）"]
        {
            assert_eq!(sum(text), None, "{text}");
        }
    }

    #[test]
    fn lines_below_a_table_have_a_colon_behind_who_made_it() {
        for text in [
            "填表人：张三",
            "填报单位负责人（签字）：",
            "单位负责人: 李四 经办人：王五",
            "制表单位：某局",
            "审核：",
            "备注：含借调",
            "经办人：",
            "注1：含借调",
            "※备注：",
            "联系人：张三",
            "主管领导（签字）：",
        ] {
            assert!(below(text).is_some(), "{text}");
        }
        for text in ["制表厂", "甲县：含乙乡", "审核中心", "联系单位：甲县", "注册处：一"]
        {
            assert_eq!(below(text), None, "{text}");
        }
    }
}
