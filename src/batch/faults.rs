//! What stops a row of a roster.

use super::Roster;
use crate::notice::roster::Cell;
use crate::notice::variables::has_braces;

/// First cells of rows that add up the others.
const SUMS: [&str; 5] = ["合计", "总计", "小计", "共计", "累计"];
/// What stands before the colon in the first cell of a line below a table.
const BELOW: [&str; 12] = [
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "负责人",
    "填表日期",
    "填报日期",
    "注",
    "备注",
    "说明",
];

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
        if let Some(word) = no_unit(cells) {
            return Some((format!("是“{word}”，不是收文的单位"), "删去这一行"));
        }
        let asked = |name: &str| names.all.iter().any(|it| it == name);
        if let Some(flaw) = self.flaw(cells, &asked) {
            return Some(flaw);
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

/// The word that a row begins with if it adds up the others, or stands below the table.
fn no_unit(cells: &[Cell]) -> Option<&'static str> {
    let first = cells.iter().find(|cell| !cell.text.is_empty())?;
    let word: String = first.text.split_whitespace().collect();
    let before = word.split_once(['：', ':']).map(|(before, _)| before);
    let below = BELOW.into_iter().find(|it| Some(*it) == before);
    below.or_else(|| SUMS.into_iter().find(|it| *it == word))
}
