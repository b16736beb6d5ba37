//! How a table's width is shared among its columns, and what that makes of its rows.

mod choice;
mod fold;
mod lines;
mod need;
mod series;
mod share;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::notice::table::{Merge, Table};
use crate::page::{self, PT};
use choice::chosen;
pub use fold::Folds;
pub use lines::Rise;
use lines::{Lines, TOGETHER, ends, together};
use need::{Need, Needs, SEVERAL, needs};
pub use need::{wide, wide_in_head};
use share::{TIDY, fitted, share, spread, starts, tidy};

/// The type area (5.2.1) of a sheet.
#[derive(Clone, Copy)]
struct Sheet {
    /// Its width, in pt.
    width: f64,
    /// A row of more lines of the grid may not fit under a title and a head.
    tall: f64,
}

const UPRIGHT: Sheet = Sheet { width: page::AREA.width() / PT, tall: 15.0 };
/// A sheet turned to the left.
const TURNED: Sheet = Sheet { width: page::TURNED.width() / PT, tall: 9.0 };

/// A type, and what a cell needs beside its text, in pt.
#[derive(Clone, Copy)]
struct Type {
    size: f64,
    padding: f64,
    /// How high a line is, in lines of the grid: at least a quarter more than its type.
    line: f64,
}

impl Type {
    const fn of(size: f64, padding: f64, line: f64) -> Self {
        Self { size, padding, line }
    }

    /// What a column of this width holds, in em.
    fn room(self, width: f64) -> f64 {
        (width - self.padding) / self.size + 1e-6
    }

    /// The room at each side of a cell's text; the rule takes the rest.
    fn inset(self) -> f64 {
        (self.padding - 0.5) / 2.0
    }
}

/// 4号, 小四, 五号, 小五, and that in close cells.
const TYPES: [Type; 6] = [
    Type::of(14.0, 6.5, 0.62),
    Type::of(12.0, 6.5, 0.55),
    Type::of(10.5, 6.5, 0.45),
    Type::of(9.0, 6.5, 0.45),
    Type::of(9.0, 3.5, 0.45),
    Type::of(9.0, 2.0, 0.45),
];
/// What names and dates that are whole may make of the height of rows.
const HIGHER: f64 = 1.25;

/// A file's widths are not taken where they make the rows so much higher than they need be.
const FILE: f64 = 1.2;

/// What a table asks of its columns and pages.
#[derive(Debug)]
pub struct Shape {
    /// The size of its type, in pt.
    pub size: f64,
    /// The room at both sides of a cell's text, in pt.
    pub inset: f64,
    /// How high a line of a cell is, in lines of the grid.
    pub line: f64,
    /// The widths of the columns, as given or by what stands in them; relative.
    pub widths: Vec<f64>,
    /// Whether each column has cells of several lines, which are read from the left.
    pub prose: Vec<bool>,
    /// For each column the longest word that it is too narrow for.
    pub broken: Vec<Option<String>>,
    /// Whether each column has room for a single character where a text has several.
    pub slim: Vec<bool>,
    /// What is known of the heights of the head's rows.
    pub head: Vec<Rise>,
    /// The same of the other rows.
    pub rows: Vec<Rise>,
    /// Whether the head leaves room for rows on every page.
    pub repeats: bool,
    /// For each of the merges of the rows, whether its rows stay on one page.
    pub whole: Vec<bool>,
    /// Whether the first two rows stay on one page, and the last two.
    pub ends: (bool, bool),
}

impl Shape {
    /// The shape of a table, on an upright sheet or a turned one.
    pub fn of(table: &Table, turned: bool) -> Self {
        let needs = needs(table);
        let sheet = if turned { TURNED } else { UPRIGHT };
        let (shared, rows) = chosen(table, &needs, sheet);
        let head = Lines::of(&table.head, &table.head_merges, true, &shared);
        let columns = || needs.columns.iter().zip(&shared.widths);
        let broken: Vec<_> = columns()
            .map(|(need, width)| {
                let fits = need.word * shared.of.size + shared.of.padding <= width + 0.01;
                (!fits && !need.longest.is_empty()).then(|| need.longest.clone())
            })
            .collect();
        let slim = |(need, width): (&Need, &f64)| {
            let room = (width - shared.of.padding) / shared.of.size;
            room < 2.0 && need.line() >= SEVERAL
        };
        let whole = together(&table.merges, &rows.rows);
        let read = |(need, width): (&Need, &f64)| need.is_read(shared.of.room(*width));
        Self {
            slim: columns().map(slim).collect(),
            size: shared.of.size,
            inset: shared.of.inset(),
            line: shared.of.line,
            head: head.rises(sheet),
            rows: rows.rises(sheet),
            repeats: head.all() <= TOGETHER,
            ends: ends(&table.merges, &whole, &rows.rows),
            whole,
            prose: columns().map(read).collect(),
            widths: shared.widths,
            broken,
        }
    }

    /// The room for the text of a cell over these columns, in em.
    pub fn room(&self, columns: Range<usize>) -> f64 {
        (self.widths[columns].iter().sum::<f64>() - 2.0 * self.inset) / self.size
    }
}

/// What is asked of a column, in em.
type Ask = fn(&Need) -> f64;

/// The type, and the columns' widths in pt.
struct Shared {
    of: Type,
    widths: Vec<f64>,
}

impl Shared {
    fn at(table: &Table, needs: &Needs, sheet: Sheet, of: Type) -> Self {
        let width = sheet.width;
        if let Some(given) = &table.widths {
            return Self { of, widths: share(given, width) };
        }
        let own = Self::own(table, needs, sheet, of);
        let Some(file) = &table.file_widths else { return own };
        let whole = TIDY.into_iter().filter_map(|it| tidy(needs, of, width, it));
        let least = whole.chain([needs.least(of, Need::in_file)]);
        let Some(widths) = least.filter_map(|it| fitted(file, &it, width)).next() else {
            return own;
        };
        let file = Self { of, widths };
        let lines = |it: &Self| Lines::of(&table.rows, &table.merges, false, it).all();
        if lines(&file) > lines(&own) * FILE { own } else { file }
    }

    /// By what stands in the columns: the tidiest widths that do not make rows higher which
    /// take more than a page, unless it is long texts that give way.
    fn own(table: &Table, needs: &Needs, sheet: Sheet, of: Type) -> Self {
        let mut all = Vec::new();
        let series = series::all(&table.head);
        for start in starts(needs, of, sheet.width) {
            let mut own = Self { of, widths: spread(needs, of, sheet.width, start) };
            series.iter().for_each(|it| needs.even(it.clone(), &mut own.widths, of));
            if needs.columns.iter().any(Need::is_prose) || needs.single(&own.widths, of) {
                return own;
            }
            let lines = Lines::of(&table.rows, &table.merges, false, &own).all();
            if lines <= sheet.tall {
                return own;
            }
            all.push((own, lines));
        }
        let least = all.iter().map(|it| it.1).fold(f64::INFINITY, f64::min);
        all.retain(|it| it.1 <= least * HIGHER);
        all.swap_remove(0).0
    }
}

/// The cells of merges: none asks anything of its row or column by itself.
fn covered(merges: &[Merge]) -> BTreeSet<(usize, usize)> {
    let cells = |it: &Merge| {
        let (rows, columns) =
            (it.row..it.row + it.rows, it.column..it.column + it.columns);
        rows.flat_map(move |row| columns.clone().map(move |column| (row, column)))
    };
    merges.iter().flat_map(cells).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(rows: &[&[&str]], widths: Option<Vec<f64>>) -> Table {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect();
        Table { rows, widths, ..Table::default() }
    }

    fn shape(rows: &[&[&str]], widths: Option<Vec<f64>>) -> Shape {
        Shape::of(&table(rows, widths), false)
    }

    #[test]
    fn a_column_is_as_wide_as_its_text_up_to_a_point() {
        let long = "长".repeat(60);
        let shape = shape(&[&["1", "云岭市职工服务中心", &long]], None);
        assert_eq!(shape.size, 14.0);
        let em: Vec<f64> =
            shape.widths.iter().map(|it| (it - 6.5) / shape.size).collect();
        assert!(em[0] < 2.0 && em[1] >= 9.0 && em[2] >= 14.0, "{em:?}");
    }

    #[test]
    fn widths_of_a_file_give_way_to_short_texts() {
        let file = |widths: &[f64]| {
            let rows = table(&[&["序号", "云岭市职工服务中心", "备注"]], None);
            Shape::of(&Table { file_widths: Some(widths.to_vec()), ..rows }, false).widths
        };
        let fills =
            |widths: &[f64]| (widths.iter().sum::<f64>() - UPRIGHT.width).abs() < 0.01;
        let kept = file(&[2.0, 4.0, 2.0]);
        assert!((kept[1] / kept[0] - 2.0).abs() < 0.01 && fills(&kept));
        let raised = file(&[0.1, 6.0, 3.0]);
        assert!((raised[0] - 2.0 * 14.0 - 6.5).abs() < 0.01 && fills(&raised));
        assert!((raised[1] / raised[2] - 2.0).abs() < 0.01);
        // Widths of another table are none.
        let own = shape(&[&["序号", "云岭市职工服务中心", "备注"]], None).widths;
        assert_eq!(file(&[1.0, 2.0]), own);
        assert_ne!(kept, own);
    }

    #[test]
    fn widths_of_the_notice_stay_as_given() {
        let rows: &[&[&str]] = &[&["1234567.89", "甲"]];
        let shape = self::shape(rows, Some(vec![1.0, 4.0]));
        assert!((shape.widths[1] / shape.widths[0] - 4.0).abs() < 0.01);
        assert_eq!((shape.size, shape.broken), (14.0, vec![None, None]));
        let shape = self::shape(rows, Some(vec![1.0, 19.0]));
        assert_eq!((shape.size, shape.broken[0].as_deref()), (9.0, Some("1234567.89")));
    }

    #[test]
    fn a_head_over_several_columns_is_shared_by_them() {
        let head = |over: &str| {
            let rows = table(
                &[&[
                    "1",
                    "青禾区栖霞街道老旧小区改造项目",
                    "1,234.50",
                    "800.00",
                    "300.00",
                ]],
                None,
            );
            let line = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
            let first = line(["序号", "项目名称", over, over, over]);
            let head = vec![first, line(["", "", "合计", "中央", "省级"])];
            let head_merges = crate::notice::table::nested(&head);
            Shape::of(&Table { head, head_merges, ..rows }, false)
        };
        let (short, long) = (head("投资"), head("投资（万元）"));
        assert_eq!((long.size, &long.widths), (14.0, &short.widths));
        // What the columns lack together is shared evenly.
        let wide = head("中央预算内投资和地方资金");
        let together = wide.widths[2..].iter().sum::<f64>();
        assert!((together - (12.0 * wide.size + 6.5)).abs() < 20.0, "{:?}", wide.widths);
        assert_eq!(wide.head[0], Rise::One);
    }

    #[test]
    fn figures_and_short_texts_stay_whole_beside_long_texts() {
        let long = "覆盖率达到100%，学生及家长满意度不低于95%，食品安全事故零发生";
        let name = "农村义务教育学生营养改善计划补助资金";
        let cells = ["1", "样县", name, "1,234,567.56", long, "城区", "12.84%"];
        let shape = shape(&[&cells], None);
        for (cell, width) in cells.iter().zip(&shape.widths).filter(|it| it.0.len() < 13)
        {
            assert!(
                wide(cell) * shape.size + 2.0 * shape.inset <= width + 0.01,
                "{cell} {width}"
            );
        }
        assert!(shape.size >= 10.5);
    }

    /// The room of each column's text, in em, and the size of the type.
    fn rooms(head: &[&str], rows: &[&[&str]]) -> (Vec<f64>, f64) {
        let head = vec![head.iter().map(|it| (*it).to_owned()).collect()];
        let shape = Shape::of(&Table { head, ..table(rows, None) }, false);
        ((0..shape.widths.len()).map(|at| shape.room(at..at + 1)).collect(), shape.size)
    }

    #[test]
    fn dates_and_numbers_of_documents_are_whole_before_others_have_one_line() {
        let head = ["序号", "任务", "时间", "地点", "人数", "责任单位", "备注"];
        let time = "2026年3月12日（星期四）上午9:00";
        let row = ["1", "公文写作培训", time, "市政府第三会议室", "约120人"];
        let row = [&row[..], &["市政府办公室", "请提前15分钟入场"]].concat();
        let (room, _) = rooms(&head, &[&row]);
        assert!(room[2] >= wide("2026年3月12日"), "{room:?}");
        let number = "云政办发〔2025〕108号";
        let long = "明确年度计划的编制、下达、检查和考核办法，落实责任单位。";
        let cells = ["1", "《关于加强计划管理的意见》", number, "2025年12月30日", long];
        let (room, _) =
            rooms(&["序号", "文件名称", "文号", "印发日期", "内容"], &[&cells]);
        assert!(
            room[2] >= wide("〔2025〕108号") && room[3] >= wide(cells[3]),
            "{room:?}"
        );
    }

    #[test]
    fn heads_are_folded_and_the_type_is_smaller_before_short_cells_turn() {
        let head =
            ["日期", "带班领导", "值班人员", "值班司机", "值班电话", "手机", "备注"];
        let row = ["1月10日", "赵建国", "王　芳", "李大明", "0871-65123456"];
        let row = [&row[..], &["13912345678", "节假日双人值守"]].concat();
        let (room, size) = rooms(&head, &[&row]);
        let whole = |(cell, room): (&&str, &f64)| wide(cell) <= *room + 0.01;
        assert!(row.iter().zip(&room).all(whole), "{room:?}");
        assert!(size >= 10.5);
        let (room, _) = rooms(&["项目", "经费（万元）"], &[&["甲", "9.92"]]);
        assert!(room[1] >= wide_in_head("经费（万元）"), "{room:?}");
    }

    #[test]
    fn widths_of_a_file_give_way_to_dates_and_names_where_others_have_room() {
        let row =
            ["老旧小区改造（三期）东片区配套基础设施建设工程", "2026年3月5日", "甲"];
        let of = Table { file_widths: Some(vec![2.0, 1.0, 2.0]), ..table(&[&row], None) };
        let shape = Shape::of(&of, false);
        assert!(shape.room(1..2) >= wide(row[1]), "{:?}", shape.widths);
    }

    #[test]
    fn columns_of_a_series_are_of_one_width() {
        let months: Vec<String> = (1..=12).map(|it| format!("{it}月")).collect();
        let head: Vec<&str> =
            std::iter::once("项目").chain(months.iter().map(String::as_str)).collect();
        let row = [&["满意度调查"][..], &["√"; 12]].concat();
        let (room, _) = rooms(&head, &[&row]);
        assert!(room[1..].iter().all(|it| (it - room[1]).abs() < 0.001), "{room:?}");
        // One of them needs more than the others can give.
        let row = [&["满意度调查"][..], &["√"; 11], &["123,456,789.12"]].concat();
        let (room, _) = rooms(&head, &[&row]);
        assert!(room[12] >= wide(row[12]), "{room:?}");
    }

    #[test]
    fn lists_of_an_author_are_read_from_the_left_and_short_lines_are_not() {
        let prose = |cell: &str| shape(&[&["1", cell]], None).prose[1];
        assert!(prose("1.检查。\n2.通报。\n3.整改。"));
        assert!(prose(&format!("{}\n通报。\n整改。", "长".repeat(40))));
        assert!(!prose("云岭市\n望溪路\n8号"));
        assert!(!prose("（盖章）\n　　年　　月　　日"));
    }

    proptest! {
        #[test]
        fn a_line_is_filled_and_no_word_is_broken_that_has_room(
            rows in prop::collection::vec(prop::collection::vec("[甲乙丙0-9a-z,.% ]{0,24}", 1..12), 1..6),
            turned in any::<bool>(),
        ) {
            let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
            let full = rows.into_iter().map(|mut row| {
                row.resize(columns, String::new());
                row
            });
            let table = Table { rows: full.collect(), ..Table::default() };
            let shape = Shape::of(&table, turned);
            let sheet = if turned { TURNED } else { UPRIGHT };
            prop_assert!((shape.widths.iter().sum::<f64>() - sheet.width).abs() < 0.01);
            let close = TYPES[TYPES.len() - 1];
            let least: f64 = needs(&table).least(close, |it| it.word).iter().sum();
            let broken = shape.broken.iter().any(Option::is_some);
            prop_assert!(!broken || least > sheet.width);
        }
    }

    #[test]
    fn rows_under_one_cell_stay_together_while_they_are_few() {
        let merge = |row, rows, column| Merge { row, column, rows, columns: 1 };
        let lines = [1.0; 40];
        assert_eq!(together(&[merge(0, 4, 0), merge(4, 20, 0)], &lines), [true, false]);
        // Each reaches into the next: none could be kept whole alone.
        let chain: Vec<Merge> = (0..12).map(|i| merge(i, 2, i % 2)).collect();
        assert_eq!(together(&chain, &lines), [false; 12]);
        assert_eq!(together(&[merge(0, 2, 0)], &[6.0, 6.0]), [false]);
    }
}
