//! What stands in the cells of a table, and which of its rows share a page.

use std::fmt::Write;

use hongtou::measure::lines::lines;
use hongtou::typeset::facts::{Glyph, Page};

use crate::support::{Laid, lay_out_text};

const NOTICE: &str =
    "发文机关: 云岭市总工会\n标题: 关于甲的通知\n正文: 请落实。\n成文日期: 2026-03-05\n";

fn attached(table: &str) -> Laid {
    lay_out_text(&format!("{NOTICE}附件:\n  - 名称: 计划表\n    表格: {table}\n"), false)
}

/// The glyphs of a table's type, with their baselines.
fn glyphs(page: &Page) -> Vec<(f64, &Glyph)> {
    let texts = page.texts.iter().filter(|it| it.size < 15.0);
    texts.flat_map(|it| it.glyphs.iter().map(|glyph| (it.baseline, glyph))).collect()
}

#[test]
fn a_full_width_space_of_a_cell_is_a_character_and_parts_no_name() {
    for space in ["　", "  "] {
        let row = |name: &str| {
            format!(
                "[1, \"{name}\", '530102196001011234', 云岭市人力资源和社会保障局, 主{space}任, '13912345678', 自备车]"
            )
        };
        let name = format!("王{space}芳");
        let laid = attached(&format!(
            "{{表头: [序号, 姓名, 身份证号, 单位, 职务, 联系电话, 备注], 行: [{}, {}]}}",
            row(&name),
            row("王小芳"),
        ));
        let all = glyphs(&laid.facts.pages[1]);
        let of = |text: &str| -> Vec<(f64, f64)> {
            let found = all.iter().filter(|it| it.1.text == text);
            found.map(|(baseline, it)| (*baseline, it.x)).collect()
        };
        let (first, last) = (of("王"), of("芳"));
        assert_eq!(first[0].0, last[0].0, "{space}");
        if space == "　" {
            // As far apart as those of the name of three characters.
            let apart = |at: usize| last[at].1 - first[at].1;
            assert!((apart(0) - apart(1)).abs() < 0.05, "{} {}", apart(0), apart(1));
        }
        assert_eq!(of("主")[0].0, of("任")[0].0, "{space}");
    }
}

#[test]
fn no_row_of_a_table_is_alone_on_a_page() {
    for turned in [false, true] {
        for count in 2..40 {
            let mut rows = String::new();
            for at in 1..=count {
                write!(rows, "[行{at}, 乙], ").unwrap();
            }
            let table = format!("{{表头: [甲, 乙], 行: [{rows}]}}\n    横排: {turned}");
            let laid = attached(&table);
            let of = |page: usize| {
                let rows =
                    lines(&laid.facts).into_iter().filter(move |it| it.page == page);
                rows.filter(|it| it.text.contains('行')).count()
            };
            let pages: Vec<usize> = (1..laid.facts.pages.len()).map(of).collect();
            assert_eq!(pages.iter().sum::<usize>(), count, "{turned}: {pages:?}");
            assert!(!pages.contains(&1), "{turned} {count}: {pages:?}");
        }
    }
}

#[test]
fn a_table_in_the_text_begins_and_ends_with_two_rows_on_a_page() {
    for lines_before in 1..22 {
        let before = "请各单位落实。\n\n    ".repeat(lines_before);
        let rows = "[行, 乙], ".repeat(20);
        for more in ["", "印章: 样章.svg\n"] {
            let text = format!(
                "{more}发文机关: 云岭市总工会\n标题: 关于甲的通知\n成文日期: 2026-03-05\n正文:\n  - |\n    {before}任务分解见下表：\n  - 表格: {{表头: [甲, 乙], 行: [{rows}]}}\n"
            );
            let laid = lay_out_text(&text, false);
            assert!(laid.findings.is_empty(), "{:?}", laid.findings);
            let all = lines(&laid.facts);
            let mut pages = vec![0; laid.facts.pages.len()];
            all.iter()
                .filter(|it| it.text.contains('行'))
                .for_each(|it| pages[it.page] += 1);
            assert!(!pages.contains(&1), "{lines_before}: {pages:?}");
            // What announces the table is on the page of its first rows.
            let page = |text: &str| {
                all.iter().find(|it| it.text.contains(text)).map(|it| it.page)
            };
            assert_eq!(page("见下表"), page("行"), "{lines_before}: {pages:?}");
        }
    }
}

#[test]
fn a_picture_goes_with_what_announces_it() {
    for lines_before in 2..16 {
        let before = "请各单位落实。\n\n    ".repeat(lines_before);
        let text = format!(
            "{NOTICE}附件:\n  - 名称: 细则\n    正文:\n      - |\n    {before}流程图如下：\n      - 图片: {{文件: 年度培训计划.png, 宽: 20}}\n"
        )
        .replace("\n    请", "\n        请")
        .replace("\n    流", "\n        流");
        let laid = lay_out_text(&text, false);
        let page = lines(&laid.facts)
            .iter()
            .find(|it| it.text.contains("如下"))
            .map(|it| it.page);
        let shown = laid.facts.pages.iter().position(|it| !it.images.is_empty());
        assert_eq!(page, shown, "{lines_before}");
    }
}

#[test]
fn the_title_of_a_turned_sheet_takes_its_whole_width() {
    let text = format!(
        "{NOTICE}附件:\n  - 名称: 云岭市2026年一般公共预算支出表（单位：万元）\n    横排: true\n    表格: {{表头: [甲, 乙], 行: [[1, 2]]}}\n"
    );
    let laid = lay_out_text(&text, true);
    let title = lines(&laid.facts)
        .into_iter()
        .find(|it| it.page == 1 && it.text.contains("支出"));
    assert!(
        title.is_some_and(|it| it.text.contains("云岭市") && it.text.contains("万元"))
    );
    assert_eq!(super::deviations(&laid), Vec::<String>::new());
}

#[test]
fn dates_of_a_cell_are_broken_between_their_parts() {
    let laid = attached(
        "{表头: [序号, 任务, 时间, 地点, 人数, 责任单位, 备注], 行: [[1, 公文写作培训, 2026年3月12日（星期四）上午9:00, 市政府第三会议室, 约120人, 市政府办公室, 请提前15分钟入场]]}",
    );
    let texts = lines(&laid.facts);
    for whole in ["2026年3月12日", "（星期四）", "上午9:00"] {
        assert!(texts.iter().any(|it| it.text.contains(whole)), "{whole}");
    }
}
