//! Tables: what a date in one means, its column says.

use chrono::NaiveDate;

use super::row::Cell;
use super::span::{Gone, Kind, span};
use super::value;
use super::work::Work;
use super::years::{Year, years};
use crate::notice::{Node, Value};

/// What the dates of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Of what has happened, where they lie before the notice.
    Happened,
    /// Of what is planned.
    Planned,
    /// The head is a year, and the figures below it are of that year beside those of others.
    Compared,
    /// The head is a year, and there are figures below it.
    Counted,
    /// One of several years that stand below each other.
    Series,
}

/// What the head of a column says where what is below it has happened.
const HAPPENED: &[&str] = &[
    "发现",
    "发生",
    "出生",
    "入职",
    "入党",
    "入会",
    "参加工作",
    "毕业",
    "签订",
    "签约",
    "成立",
    "建成",
    "投运",
    "立案",
    "受理",
    "获奖",
    "获得",
    "获评",
    "取得",
    "任现职",
    "购置",
    "登记",
    "注册",
    "上次",
    "印发",
];
/// What it says where that is planned.
const PLANNED: &[&str] = &[
    "期限", "时限", "截止", "计划", "拟", "到期", "开工", "完工", "开班", "报名", "报送",
    "考试", "安排",
];

impl Work<'_> {
    /// The heads and rows of a table, each cell by its column.
    pub fn table(&mut self, entries: &[(Node, Node)]) {
        let heads = rows(value(entries, &["表头", "head"]));
        let body = rows(value(entries, &["行", "rows"]));
        let from_file = value(entries, &["数据", "data"]).is_some();
        let compared = |column: usize| {
            let bare =
                |row: &&[Node]| row.iter().enumerate().any(|it| is_other(it, column));
            heads.iter().any(bare)
        };
        for row in &heads {
            let of = |(i, node)| {
                let figures = from_file || is_figures(&body, i);
                let of_a_year = text(node).is_some_and(is_time) && figures;
                let column = if compared(i) { Column::Compared } else { Column::Counted };
                let column = of_a_year.then_some(column);
                Cell { node, column, head: String::new() }
            };
            self.cells(row.iter().enumerate().map(of).collect());
        }
        let series: Vec<bool> =
            (0..width(&body)).map(|i| self.is_series(&body, i)).collect();
        for row in &body {
            let of = |(i, node): (usize, _)| {
                let of_a_year = series[i] && text(node).is_some_and(is_time);
                let by_head = || column(&heads, &body, i, self.plan.since);
                let column = if of_a_year { Column::Series } else { by_head() };
                Cell { node, column: Some(column), head: cells(&heads, i).collect() }
            };
            self.cells(row.iter().enumerate().map(of).collect());
        }
    }

    /// Whether years in a row, of which some would move and others stay, stand below each other;
    /// months are times of something.
    fn is_series(&self, rows: &[&[Node]], column: usize) -> bool {
        let times = cells(rows, column).filter(|it| is_time(it)).map(years);
        let one = |mut it: Vec<Year>| {
            (it.len() == 1 && it[0].day.is_none()).then(|| it.remove(0))
        };
        let Some(times) = times.map(one).collect::<Option<Vec<Year>>>() else {
            return false;
        };
        let next = |pair: &[Year]| (pair[0].year - pair[1].year).abs() == 1;
        let moves = |it: &Year| self.plan.means(it);
        times.windows(2).all(next) && times.iter().any(moves) && !times.iter().all(moves)
    }
}

/// The cells of each row; a list without lists in it is one row.
fn rows(node: Option<&Node>) -> Vec<&[Node]> {
    let Some(Node { value: Value::List(items), .. }) = node else { return Vec::new() };
    let row = |it: &'_ Node| matches!(it.value, Value::List(_));
    if !items.iter().any(row) {
        return vec![items];
    }
    items
        .iter()
        .map(|it| match &it.value {
            Value::List(cells) => cells.as_slice(),
            _ => std::slice::from_ref(it),
        })
        .collect()
}

/// What a cell says.
pub fn text(cell: &Node) -> Option<&str> {
    cell.value.as_text().map(str::trim).filter(|it| !it.is_empty())
}

/// How many cells the longest row has.
fn width(rows: &[&[Node]]) -> usize {
    rows.iter().map(|it| it.len()).max().unwrap_or(0)
}

/// The cells of a column that have a text.
fn cells<'a>(rows: &'a [&[Node]], column: usize) -> impl Iterator<Item = &'a str> {
    rows.iter().filter_map(move |row| text(row.get(column)?))
}

/// Whether a cell of another column is a time alone.
fn is_other((i, cell): (usize, &Node), column: usize) -> bool {
    i != column && text(cell).is_some_and(is_time)
}

/// Whether a text is a time alone: 2026年, 2026年1—5月, 2025年实际（万元）.
fn is_time(text: &str) -> bool {
    let found = years(text);
    let Some(span) = span(text, &found, 0).filter(|it| it.at.start == 0) else {
        return false;
    };
    let rest = text[span.at.end..].trim_start_matches('度');
    let rest = rest.split(['（', '(']).next().unwrap_or_default();
    found[0].firm
        && matches!(span.kind, Kind::Year | Kind::Part | Kind::Month | Kind::Range)
        && ["", "实际", "实绩", "完成", "完成数", "累计", "合计", "决算"].contains(&rest)
}

/// Whether half of the cells of a column are figures.
fn is_figures(rows: &[&[Node]], column: usize) -> bool {
    let figure = |text: &&str| {
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        digits.replace([',', ' '], "").parse::<f64>().is_ok()
    };
    let (figures, others): (Vec<&str>, Vec<&str>) = cells(rows, column).partition(figure);
    !figures.is_empty() && figures.len() >= others.len()
}

/// What the dates of a column are, by its heads, or by whether all of them are over.
fn column(
    heads: &[&[Node]],
    rows: &[&[Node]],
    column: usize,
    since: Option<NaiveDate>,
) -> Column {
    let head: String = cells(heads, column).collect();
    let says = |words: &[&str]| words.iter().any(|it| head.contains(it));
    let over = |cell: &str| {
        let found = years(cell);
        let span = |i| span(cell, &found, i);
        let times = (0..found.len()).filter(|i| found[*i].day.is_some()).filter_map(span);
        times
            .map(|it| since.is_some_and(|on| it.gone(on) == Gone::Over))
            .collect::<Vec<_>>()
    };
    if says(PLANNED) {
        return Column::Planned;
    }
    let all_over = || cells(rows, column).flat_map(over).all(|it| it);
    if says(HAPPENED) || all_over() { Column::Happened } else { Column::Planned }
}

#[cfg(test)]
mod tests {
    use super::super::{What, renew};
    use crate::notice::source::Source;
    use crate::notice::variables::Params;

    /// A table in a notice of 15 April 2026: its draft, and what of it is doubtful.
    fn renewed(table: &str) -> (String, Vec<String>) {
        let text =
            format!("标题: 2026年整改的通知\n成文日期: 2026-04-15\n表格: {table}\n");
        let new =
            renew(&Source::new("甲", &text), 2027, &Params::new()).expect("a draft");
        let review = |what: &What| match what {
            What::Review(year, why) if why.ends_with("请核对") => Some(year.clone()),
            _ => None,
        };
        let doubtful = new.items.iter().filter_map(|it| review(&it.what)).collect();
        let table = new.text.lines().nth(2).and_then(|it| it.strip_prefix("表格: "));
        (table.unwrap_or_default().to_owned(), doubtful)
    }

    #[test]
    fn dates_are_past_or_planned_as_their_column_says() {
        for (table, new, doubtful) in [
            (
                "{表头: [隐患, 发现日期, 整改期限], 行: [[甲, 2026年2月10日, 2026年6月30日], [乙, 2026-03-05, 2026-04-10]]}",
                "{表头: [隐患, 发现日期, 整改期限], 行: [[甲, 2026年2月10日, 2027年6月30日], [乙, 2026-03-05, 2027-04-10]]}",
                vec!["2027"],
            ),
            // A column of days that are all over; one with days that are yet to come.
            (
                "{表头: [项目, 日期, 时间], 行: [[甲, 2026年2月10日, 2026年3月], [乙, 2025年3月5日, 2026年9月]]}",
                "{表头: [项目, 日期, 时间], 行: [[甲, 2026年2月10日, 2027年3月], [乙, 2025年3月5日, 2027年9月]]}",
                vec!["2027", "2027"],
            ),
            (
                "{行: [甲, 2026年2月10日, 2026年9月]}",
                "{行: [甲, 2026年2月10日, 2027年9月]}",
                vec![],
            ),
            // What was begun ends a number of years later.
            (
                "{表头: [合同, 签订日期, 到期日期], 行: [[甲, 2026-02-10, 2027-02-09], [乙, 2024-05-06, 2026-12-31]]}",
                "{表头: [合同, 签订日期, 到期日期], 行: [[甲, 2026-02-10, 2028-02-09], [乙, 2024-05-06, 2027-12-31]]}",
                vec!["2028", "2027"],
            ),
            (
                "{表头: [器具, 上次检定, 有效期至, 本次检定], 行: [[甲, 2026-01-15, 2026-07-14, 2026-07-10]]}",
                "{表头: [器具, 上次检定, 有效期至, 本次检定], 行: [[甲, 2026-01-15, 2027-07-14, 2027-07-10]]}",
                vec!["2027", "2027"],
            ),
            (
                "{表头: [合同, 签订时间, 截止时间], 行: [[甲, 2026年3月, 2027年3月]]}",
                "{表头: [合同, 签订时间, 截止时间], 行: [[甲, 2026年3月, 2028年3月]]}",
                vec!["2028"],
            ),
            // Plans of several projects are no years one after the other.
            (
                "{表头: [项目, 计划开工时间, 计划竣工时间], 行: [[甲, 2025年9月, 2026年8月], [乙, 2026年6月, 2026年10月]]}",
                "{表头: [项目, 计划开工时间, 计划竣工时间], 行: [[甲, 2025年9月, 2027年8月], [乙, 2027年6月, 2027年10月]]}",
                vec!["2027"],
            ),
            // What is somebody's own.
            (
                "{表头: [姓名, 出生年月, 退休时间], 行: [[甲, 1966年5月, 2026年5月], [乙, 1966.11, 2026.11]]}",
                "{表头: [姓名, 出生年月, 退休时间], 行: [[甲, 1966年5月, 2026年5月], [乙, 1966.11, 2026.11]]}",
                vec![],
            ),
            (
                "{表头: [项目, 开工日期, 竣工日期], 行: [[甲, 2025.9.1, 2026.12], [乙, 2026.9.1, 2027.3]]}",
                "{表头: [项目, 开工日期, 竣工日期], 行: [[甲, 2025.9.1, 2027.12], [乙, 2027.9.1, 2028.3]]}",
                vec!["2027"],
            ),
        ] {
            let doubtful: Vec<String> = doubtful.into_iter().map(str::to_owned).collect();
            assert_eq!(renewed(table), (new.to_owned(), doubtful), "{table}");
        }
    }

    #[test]
    fn years_over_figures_stay_beside_others_and_are_doubtful_alone() {
        for (table, new, doubtful) in [
            (
                "{表头: [月份, 2025年, 2026年1—3月], 行: [[甲, 2026, 826], [乙, '1,899', 无]]}",
                "{表头: [月份, 2025年, 2026年1—3月], 行: [[甲, 2026, 826], [乙, '1,899', 无]]}",
                vec![],
            ),
            (
                "{表头: [专业, 2025年招收, 2026年计划], 行: [[甲, 22, 24]]}",
                "{表头: [专业, 2025年招收, 2027年计划], 行: [[甲, 22, 24]]}",
                vec!["2027"],
            ),
            (
                "{表头: [指标, 2026年], 行: [[甲, 24]]}",
                "{表头: [指标, 2027年], 行: [[甲, 24]]}",
                vec!["2027"],
            ),
            (
                "{表头: [单位, 2026年], 行: [[甲, 新建]]}",
                "{表头: [单位, 2027年], 行: [[甲, 新建]]}",
                vec![],
            ),
            (
                "{表头: [年度, 收入], 行: [[2024年, 100], [2025年, 110], [2026年, 26]]}",
                "{表头: [年度, 收入], 行: [[2024年, 100], [2025年, 110], [2026年, 26]]}",
                vec![],
            ),
            // Times of projects are no such years.
            (
                "{表头: [项目, 建设时间], 行: [[甲, 2025年], [乙, 2026年], [丙, 2022年1月至2025年12月]]}",
                "{表头: [项目, 建设时间], 行: [[甲, 2025年], [乙, 2027年], [丙, 2022年1月至2025年12月]]}",
                vec![],
            ),
            (
                "{表头: [年度, 安排], 行: [[2026年, 甲], [2027年, 乙]]}",
                "{表头: [年度, 安排], 行: [[2027年, 甲], [2028年, 乙]]}",
                vec![],
            ),
            (
                "{表头: [月份, 2025年, 2026年], 数据: 甲.csv}",
                "{表头: [月份, 2025年, 2026年], 数据: 甲.csv}",
                vec![],
            ),
        ] {
            let doubtful: Vec<String> = doubtful.into_iter().map(str::to_owned).collect();
            assert_eq!(renewed(table), (new.to_owned(), doubtful), "{table}");
        }
    }
}
