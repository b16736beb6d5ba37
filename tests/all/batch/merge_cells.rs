//! The cells of a roster and the variables that ask for them: none is printed that is not
//! there, and none that is wrong.

use super::pdfs;
use crate::support::{Run, SMALL, extracted};

/// A notice whose text asks for a column.
fn asking(name: &str) -> String {
    let notice = SMALL.replace("主送: 各县（区）总工会", "主送: \"{{ 单位 }}\"");
    notice.replace("请结合", &format!("数额【{{{{ {name} }}}}】，请结合"))
}

fn run(notice: &str, roster: &str) -> Run {
    let run = Run::new().file("通知.yaml", notice).file("名册.csv", roster);
    run.args(&["merge", "通知.yaml", "--data", "名册.csv", "-o", "出"])
}

/// The text of a PDF's first page.
fn text(pdf: &[u8]) -> String {
    extracted(&lopdf::Document::load_mem(pdf).unwrap(), 1)
}

#[test]
fn an_empty_cell_is_told_whatever_signs_are_in_its_column_s_name() {
    for name in ["金额(万元)", "名额/人", "联系人-电话", "2026", "电话（办）", "1、款"]
    {
        let rows = format!("单位,{name}\n甲县,12.5\n乙县,\n");
        let ran = run(&asking(name), &rows).run().code(1);
        let ran = ran.says(&format!("没有“{name}”的值，跳过"));
        assert_eq!(pdfs(&ran.folder().join("出")).len(), 1, "{name}");
        assert!(text(&ran.read("出/通知-2.pdf").unwrap()).contains("【12.5】"));
    }
}

#[test]
fn a_column_that_is_not_there_is_told_by_its_whole_name() {
    for (name, near) in [("金额(万元)", "金额（万元）"), ("名额/人", "名额/个")]
    {
        let rows = format!("单位,{near}\n甲县,12.5\n");
        let ran = run(&asking(name), &rows).run().code(1);
        let ran = ran.says(&format!("变量“{name}”没有定义"));
        ran.says(&format!("是不是想写“{near}”？"));
    }
}
