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

#[test]
fn braces_are_never_printed_into_letters() {
    let rows = "单位,称呼\n甲县,{{ 单位 }}全体同志\n乙县,乙县同志\n丙县,｛｛单位｝｝\n";
    let ran = run(&asking("称呼"), rows).run().code(1);
    let ran = ran.says("名册第 2 行的“称呼”里有花括号").says("生成 1 份，跳过 2 份");
    assert!(text(&ran.read("出/通知-3.pdf").unwrap()).contains("【乙县同志】"));
    let roster = "单位\n甲县\n";
    for wrong in ["{{ 单位 }", "{ 单位 }}", "｛｛ 单位 ｝｝"] {
        let notice = asking("单位").replace("{{ 单位 }}】", &format!("{wrong}】"));
        let ran = run(&notice, roster).run().code(1);
        let ran = ran.says("花括号不成对").says("通知.yaml:5:").says(wrong);
        assert!(pdfs(ran.folder()).is_empty(), "{wrong}");
    }
    let ran = run(&asking("称呼"), roster).args(&["--set", "称呼={{ 单位 }}"]).run();
    ran.code(2).says("--set 的“称呼”里有花括号");
}

#[test]
fn parameters_of_the_notice_ask_for_columns() {
    let own = "参数: {称呼: \"{{ 单位 }}全体同志\", 问候: \"{{ 称呼 }}：\"}\n";
    let notice = own.to_owned() + &asking("问候");
    let rows = "单位,称呼\n甲县,\n乙县,\n";
    let ran = run(&notice, "单位\n甲县\n").run().code(0);
    assert!(text(&ran.read("出/通知-2.pdf").unwrap()).contains("【甲县全体同志：】"));
    // A column of the name of a parameter goes before it, and must have a value.
    let ran = run(&notice, rows).run().code(1);
    ran.says("没有“称呼”的值").says("跳过 2 份");
    // So must the column that a parameter asks for.
    let own = "参数: {称呼: \"{{ 局 }}全体同志\"}\n";
    let notice = own.to_owned() + &asking("称呼");
    let ran = run(&notice, "单位,局\n甲县,\n乙县,乙局\n").run().code(1);
    ran.says("没有“局”的值").says("生成 1 份，跳过 1 份");
}
