//! The files of a merge: old ones that are not made again, and what must not be written over.

use crate::support::{Run, SMALL};

const ROSTER: &str = "单位,区县\n甲县,东\n乙县,西\n丙县,东\n";

fn notice() -> String {
    SMALL.replace("主送: 各县（区）总工会", "主送: \"{{ 单位 }}\"")
}

#[test]
fn a_pattern_that_names_no_row_by_itself_is_told_once() {
    for (pattern, told) in [
        ("固定.pdf", "里没有变量，各份会是同一个名称"),
        ("{单位}.pdf", "里没有变量，各份会是同一个名称"),
        ("{{ 区县 }}/{{ 单位 }}.pdf", "含有文件名不能用的“/”"),
        ("", "名称是空的"),
        ("{{ 单味 }}.pdf", "“{{ 单味 }}”算不出来"),
    ] {
        let run = Run::new().file("通知.yaml", notice()).file("名册.csv", ROSTER);
        let args = ["merge", "通知.yaml", "--data", "名册.csv", "--name", pattern];
        let ran = run.args(&args).run().code(2).says(told);
        assert!(!ran.err.contains("名册第"), "{}", ran.err);
        assert_eq!(ran.left(), ["名册.csv", "通知.yaml"]);
    }
}

#[test]
fn a_name_may_have_parameters_and_the_copy_number_in_it() {
    let own =
        "参数: {简称: \"{{ 单位 }}工会\"}\n份号: \"000007\"\n".to_owned() + &notice();
    let run = Run::new().file("通知.yaml", own).file("名册.csv", ROSTER);
    let name = "{{ 份号 }}-{{ 简称 }}.pdf";
    let args = ["merge", "通知.yaml", "--data", "名册.csv", "--name", name, "-o", "出"];
    let ran = run.args(&args).run().code(0);
    assert!(ran.read("出/000008-乙县工会.pdf").is_some());
    let args =
        ["merge", "通知.yaml", "--data", "名册.csv", "--name", "{{ 无 }}{{ 单位 }}"];
    ran.again(&args).run().code(2).says("可用的有：单位、区县、简称、行号、份号");
}

#[test]
fn the_pdf_of_all_has_no_title_that_is_one_row_s() {
    let title = |notice: &str| {
        let run = Run::new().file("通知.yaml", notice).file("名册.csv", ROSTER);
        let args = ["merge", "通知.yaml", "--data", "名册.csv", "--combined", "全.pdf"];
        let ran = run.args(&args).run().code(0);
        let pdf = lopdf::Document::load_mem(&ran.read("全.pdf").unwrap()).unwrap();
        let info = pdf.trailer.get(b"Info").and_then(|it| it.as_reference()).unwrap();
        pdf.get_dictionary(info).unwrap().get(b"Title").is_ok()
    };
    assert!(title(&notice()));
    assert!(!title(&notice().replace("开展", "{{ 单位 }}开展")));
}
