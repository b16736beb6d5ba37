//! Tables with merged cells on the line grid (5.2.3) and inside the type area (5.2.1), on
//! every page.

use std::path::Path;

use hongtou::measure::lines::{Line, lines};
use hongtou::pipeline::Input;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::made::{P, PT, W};
use crate::support::{Laid, lay_out, lay_out_text};

/// Rules and grid hold to this, in mm.
const EXACT: f64 = 0.05;

/// What deviates: clause, what, asked, measured.
#[derive(Default)]
struct Deviations(Vec<String>);

impl Deviations {
    fn within(&mut self, clause: &str, what: &str, low: f64, high: f64, measured: f64) {
        if !(low..=high).contains(&measured) {
            self.0.push(format!(
                "{clause} {what}: {low:.3} to {high:.3} asked, {measured:.3} measured"
            ));
        }
    }

    fn near(
        &mut self,
        clause: &str,
        what: &str,
        asked: f64,
        measured: f64,
        tolerance: f64,
    ) {
        self.within(clause, what, asked - tolerance, asked + tolerance, measured);
    }
}

const NOTICE: &str = "发文机关: 云岭市水务有限公司\n发文字号: 云水司发〔2026〕12号\n标题: 关于下达施工计划的通知\n主送: 各部门\n成文日期: 2026-03-20\n正文: 计划如下。\n附件:\n  - 名称: 施工计划表\n    表格: {数据: 表.xlsx}\n";

fn laid(folder: &Path, fill: impl Fn(&mut Worksheet)) -> Laid {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save(folder.join("表.xlsx")).unwrap();
    let bytes = NOTICE.as_bytes().to_vec();
    lay_out(&Input { name: "试.yaml".into(), bytes, folder: folder.to_owned() }, false)
}

fn merge(sheet: &mut Worksheet, [top, left, bottom, right]: [u32; 4], text: &str) {
    let (left, right) = (u16::try_from(left).unwrap(), u16::try_from(right).unwrap());
    sheet.merge_range(top, left, bottom, right, text, &Format::new()).unwrap();
}

/// Every rule that is not red: horizontal ones lie half a line off the grid of text lines,
/// all within the type area. Also every text but the page number.
fn on_the_grid(laid: &Laid, found: &mut Deviations) -> usize {
    let half = EXACT + 0.09; // half of a rule's thickness
    let mut rules = 0;
    for (number, page) in laid.facts.pages.iter().enumerate() {
        for rule in page.rules.iter().filter(|rule| !rule.red) {
            let ((left, top), (right, bottom)) = (rule.from, rule.to);
            let what = format!("rule on page {} at {left:.2}, {top:.2}", number + 1);
            found.within("5.2.1", &what, 28.0 - half, 184.0 + half, left.min(right));
            found.within("5.2.1", &what, 28.0 - half, 184.0 + half, left.max(right));
            found.within("5.2.1", &what, 37.0 - half, 262.0 + half, top.min(bottom));
            found.within("5.2.1", &what, 37.0 - half, 262.0 + half, top.max(bottom));
            // The imprint has rules of its own (7.4.1).
            let thin = (rule.thickness - 0.5 * PT).abs() < 0.01;
            if thin && (top - bottom).abs() < 0.01 {
                rules += 1;
                let rows = (top - (37.0 - (P - W) / 2.0)) / P - 0.5;
                found.near("5.2.3", &what, 0.0, (rows - rows.round()) * P, EXACT);
            }
        }
    }
    for line in lines(&laid.facts).iter().filter(|line| line.baseline < 266.0) {
        let what = format!("“{}” on page {}", line.text, line.page + 1);
        found.within("5.2.1", &what, 37.0 - 0.3, 262.3, line.top());
        found.within("5.2.1", &what, 37.0 - 0.3, 262.3, line.bottom());
    }
    rules
}

fn printed(laid: &Laid) -> String {
    lines(&laid.facts).iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn two_thousand_rows_with_merged_cells_keep_grid_and_type_area() {
    let folder = tempfile::tempdir().unwrap();
    let laid = laid(folder.path(), |sheet| {
        for (at, text) in [
            ([0, 0, 1, 0], "序号"),
            ([0, 1, 1, 1], "项目"),
            ([0, 2, 0, 3], "工期"),
            ([0, 4, 1, 4], "投资"),
            ([0, 5, 1, 5], "备注"),
        ] {
            merge(sheet, at, text);
        }
        sheet.write(1, 2, "开工").unwrap().write(1, 3, "完工").unwrap();
        for i in 0..2000u32 {
            let row = i + 2;
            sheet.write(row, 0, i + 1).unwrap().write(row, 2, "3月").unwrap();
            sheet.write(row, 3, "9月").unwrap().write(row, 4, 1200 + i).unwrap();
            let long = if i % 7 == 0 {
                "汛期停工，具体时间另行通知"
            } else {
                "按期完成"
            };
            sheet.write(row, 5, long).unwrap();
        }
        // Short ones, and some over more than two pages.
        let mut row = 2;
        for (i, rows) in [4u32, 2, 3, 50, 1, 7, 5, 12].iter().cycle().enumerate() {
            if row + rows > 2002 {
                break;
            }
            if *rows > 1 {
                merge(sheet, [row, 1, row + rows - 1, 1], &format!("片区{i}区"));
            }
            row += rows;
        }
    });
    let mut found = Deviations::default();
    let rules = on_the_grid(&laid, &mut found);
    assert!(found.0.is_empty(), "{} of {rules}:\n{}", found.0.len(), found.0.join("\n"));
    assert!(laid.findings.is_empty(), "{:#?}", laid.findings);
    let text = printed(&laid);
    let tables = laid.facts.pages.iter().filter(|page| page.rules.len() > 8).count();
    // 19 rows a page under a head of two.
    assert!((106..=125).contains(&tables), "{tables} pages");
    assert_eq!(text.matches("开工").count(), tables);
    assert_eq!(text.matches("工期").count(), tables);
    assert_eq!(text.matches("3月").count(), 2000 + 1, "the date has one more");
    for i in (0..150).filter(|i| i % 8 != 4) {
        assert_eq!(text.matches(&format!("片区{i}区")).count(), 1, "{i}");
    }
    for i in 0..2000 {
        assert!(text.contains(&format!("3月9月{}", 1200 + i)), "row {i}");
    }
}

#[test]
fn merged_cells_that_chain_or_hold_much_text_stay_inside_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let laid = laid(folder.path(), |sheet| {
        sheet.write_row(0, 0, ["甲", "乙", "丙", "丁"]).unwrap();
        // A staircase: each merged cell reaches into the rows of the next.
        for i in 0..30u32 {
            merge(sheet, [1 + 2 * i, 0, 2 + 2 * i, 0], &format!("左{i}格"));
            merge(sheet, [2 + 2 * i, 1, 3 + 2 * i, 1], &format!("右{i}格"));
            sheet.write(1 + 2 * i, 2, i).unwrap();
        }
        // More text than the rows beside it, and over more than a page.
        merge(sheet, [70, 0, 72, 1], &"长文逐行排下去".repeat(60));
        sheet.write(70, 2, "子").unwrap().write(71, 2, "丑").unwrap();
        merge(sheet, [74, 0, 74, 3], &"通栏说明".repeat(20));
        merge(sheet, [76, 0, 77, 3], "两行通栏");
        merge(sheet, [79, 0, 130, 3], "大格");
        sheet.write(131, 0, "末行").unwrap();
    });
    let mut found = Deviations::default();
    let rules = on_the_grid(&laid, &mut found);
    assert!(found.0.is_empty(), "{} of {rules}:\n{}", found.0.len(), found.0.join("\n"));
    let text = printed(&laid);
    for i in 0..30 {
        for side in ["左", "右"] {
            assert_eq!(text.matches(&format!("{side}{i}格")).count(), 1, "{side}{i}");
        }
    }
    for once in ["两行通栏", "大格", "末行", "子", "丑"] {
        assert_eq!(text.matches(once).count(), 1, "{once}");
    }
    // Lines of neighbouring cells may lie between: characters are counted.
    assert_eq!(text.matches('逐').count(), 60);
    assert_eq!(text.matches("通栏说明").count(), 20);
}

#[test]
fn a_nested_head_stands_over_its_columns() {
    let laid = lay_out_text(
        "发文机关: 甲\n标题: 关于乙的通知\n正文:\n  - 丙\n  - 表格:\n      表头:\n        - [序号, 工期, 工期, 备注]\n        - [\"\", 开工, 完工, 备注]\n      行:\n        - [1, 三月, 五月, 无]\n        - [\"\", \"\", \"\", \"\"]\n        - [2, 四月, 六月, 无]\n  - 丁\n",
        false,
    );
    let mut found = Deviations::default();
    on_the_grid(&laid, &mut found);
    assert!(found.0.is_empty(), "{}", found.0.join("\n"));
    let all = lines(&laid.facts);
    let at = |text: &str| {
        let glyph = |line: &Line| {
            let mut run = line.glyphs.windows(2);
            let pair = run.find(|it| format!("{}{}", it[0].text, it[1].text) == text)?;
            Some((pair[1].x, line.baseline))
        };
        all.iter().filter(|line| line.page == 0).find_map(glyph).expect(text)
    };
    let (period, top) = at("工期");
    let ((start, low), (end, _)) = (at("开工"), at("完工"));
    assert!((period - (start + end) / 2.0).abs() < 0.3, "{period} over {start}, {end}");
    assert!((low - top - P).abs() < EXACT, "one line below");
    // Merged over both rows of the head: in the middle between them, and printed once.
    let middle = f64::midpoint(top, low);
    assert!(
        (at("序号").1 - middle).abs() < EXACT && (at("备注").1 - middle).abs() < EXACT
    );
    let first = all.iter().filter(|line| line.page == 0).map(|line| line.text.as_str());
    assert_eq!(first.collect::<String>().matches("备注").count(), 1);
    // A row without text is as high as any other.
    assert!((at("四月").1 - at("三月").1 - 2.0 * P).abs() < EXACT);
}

/// A row that might fill a page goes on on the next, beside short cells too, and what follows
/// stands on the grid again.
#[test]
fn a_long_row_goes_on_on_the_next_page_and_leaves_the_grid_as_it_was() {
    let long = "对逾期未整改的依法采取措施，并通报进展情况。".repeat(26);
    for lines in 20..24 {
        let more = "通报进展情况。".repeat(lines);
        let text = format!(
            "发文机关: 甲\n标题: 关于乙的通知\n正文:\n  - 如下。\n  - 表格: {{表头: [序号, 措施], 行: [['1', {long}{more}], ['2', {long}]]}}\n  - 请落实。\n  - 请各单位认真组织实施并按期报送进展情况。\n成文日期: 2026-03-05\n"
        );
        let laid = lay_out_text(&text, true);
        assert_eq!(super::deviations(&laid), Vec::<String>::new(), "{lines}");
        assert!(laid.findings.is_empty(), "{:#?}", laid.findings);
        assert_eq!(printed(&laid).matches('逾').count(), 52);
    }
}

/// Names and dates stay whole beside a text of any length, in type that is easy to read.
#[test]
fn names_and_dates_are_whole_beside_long_texts() {
    let sentence = "各单位应当结合实际认真组织，按时报送进展情况。";
    for sentences in 1..24 {
        let cell = sentence.repeat(sentences);
        let text = format!(
            "发文机关: 云岭市水务局\n标题: 关于开展检查的通知\n正文: 请落实。\n成文日期: 2026-03-05\n附件:\n  - 名称: 分工表\n    表格:\n      表头: [序号, 责任单位, 主要内容和要求, 完成时间]\n      行:\n        - [1, 云岭市住房和城乡建设局, {cell}, 2026年9月16日]\n        - [2, 云岭市教育局, {sentence}, 2026年11月14日]\n"
        );
        let laid = lay_out_text(&text, false);
        assert!(laid.findings.is_empty(), "{sentences}: {:?}", laid.findings);
        let texts = || laid.facts.pages.iter().flat_map(|page| &page.texts);
        let lines = lines(&laid.facts);
        for whole in ["2026年9月16日", "2026年11月14日", "云岭市教育局"] {
            let found = lines.iter().any(|line| line.text.contains(whole));
            assert!(found, "{sentences}: {whole}");
        }
        assert!(texts().all(|it| it.size >= 10.5), "{sentences}");
        // A line between for each turn of sentences, no page for a sentence.
        assert!(laid.facts.pages.len() <= 3, "{sentences}: {}", laid.facts.pages.len());
    }
}
