//! 份号 of a merge: one each, and never one twice.

use super::pdfs;
use crate::support::{Run, SMALL, extracted};

const ROSTER: &str = "单位,区县,号\n甲县,东,1\n乙县,西,2\n丙县,东,3\n";

fn run(copy: &str, roster: &str) -> Run {
    let notice = SMALL.replace("主送: 各县（区）总工会", "主送: \"{{ 单位 }}\"");
    let notice = format!("份号: {copy}\n{notice}");
    let run = Run::new().file("通知.yaml", notice).file("名册.csv", roster);
    run.args(&["merge", "通知.yaml", "--data", "名册.csv", "-o", "出"])
}

#[test]
fn a_number_that_cannot_be_gone_on_from_is_refused_with_a_way_out() {
    for copy in
        ["000001号", "机000001", "000001-60", "\"4294967300\"", "\"000000\"", "1000000"]
    {
        let ran = run(copy, ROSTER).run().code(1).says("通知.yaml:1:").says("B203");
        let ran = ran.says("份号: \"{{ 份号 }}\"");
        assert!(!ran.err.contains("--copies-from"), "{}", ran.err);
        assert!(pdfs(ran.folder()).is_empty(), "{copy}");
    }
    run("机000001", ROSTER).args(&["--copies-from", "9"]).run().code(0);
}

#[test]
fn full_width_digits_are_gone_on_from() {
    let ran = run("\"０００００８\"", ROSTER).run().code(0);
    let pdf = ran.read("出/通知-4.pdf").unwrap();
    let text = extracted(&lopdf::Document::load_mem(&pdf).unwrap(), 1);
    assert!(text.contains("000010"), "{text}");
}

#[test]
fn one_number_in_two_forms_is_there_twice() {
    for (rows, told) in [
        ("甲县,东,1\n乙县,西,000001\n", "的份号“1”、“000001”是同一个号"),
        ("甲县,东,１\n乙县,西,1\n", "的份号“１”、“1”是同一个号"),
        ("甲县,东,10\n乙县,西,１０\n", "的份号“10”、“１０”是同一个号"),
    ] {
        let roster = format!("单位,区县,号\n{rows}");
        let ran = run("\"{{ 号 }}\"", &roster).run().code(2).says(told);
        let ran = ran.says("份号只写数字").says("一份也没有写");
        assert!(!ran.err.contains("--name"), "{}", ran.err);
    }
}

#[test]
fn a_number_is_there_twice_though_one_of_its_rows_is_skipped_or_not_selected() {
    // The second row is skipped: its 单位 is empty.
    let skipped = "单位,区县,号\n甲县,东,5\n,西,5\n";
    let ran = run("\"{{ 号 }}\"", skipped).run().code(2);
    ran.says("名册第 2 行和第 3 行的份号都是“5”");
    let other = "单位,区县,号\n甲县,东,5\n乙县,西,5\n";
    let ran = run("\"{{ 号 }}\"", other).args(&["--where", "区县=东"]).run().code(2);
    let ran = ran.says("名册第 2 行和第 3 行的份号都是“5”");
    assert!(pdfs(ran.folder()).is_empty());
    // What a row does not have, it has not twice.
    let empty = "单位,区县,号\n甲县,东,5\n乙县,西,\n丙县,西,\n";
    run("\"{{ 号 }}\"", empty).run().code(1).says("生成 1 份，跳过 2 份");
}

#[test]
fn a_column_of_numbers_may_have_signs_in_its_name() {
    let roster = "单位,号(机要)\n甲县,7\n乙县,07\n";
    let ran = run("\"{{ 号(机要) }}\"", roster).run().code(2);
    ran.says("的份号“7”、“07”是同一个号");
}

#[test]
fn a_number_of_a_column_is_in_digits_only() {
    for cell in ["\"1,000\"", "000001号", "②", "贰", "-1", "0", "1000000", "机01"] {
        let roster = format!("单位,号\n甲县,7\n乙县,{cell}\n");
        let ran = run("\"{{ 号 }}\"", &roster).run().code(2);
        let told = format!("名册第 3 行的份号“{}”", cell.trim_matches('"'));
        let ran = ran.says(&told).says("一份也没有写");
        assert!(pdfs(ran.folder()).is_empty(), "{cell}");
        // A row that is not selected waits for its own run.
        let args = ["--where", "单位=甲县"];
        run("\"{{ 号 }}\"", &roster).args(&args).run().code(0);
    }
}

#[test]
fn numbers_have_one_source() {
    let ran = run("\"{{ 号 }}\"", ROSTER).args(&["--copies-from", "9"]).run().code(1);
    let ran = ran.says("取自名册，命令里又写了 --copies-from");
    assert!(pdfs(ran.folder()).is_empty());
}

#[test]
fn the_row_s_number_is_no_copy_number() {
    let ran = run("\"{{ 行号 }}\"", ROSTER).run().code(1);
    ran.says("行号只能写在 --name 里").says("--copies-from 1");
}

#[test]
fn numbers_of_a_column_are_printed_as_those_that_are_counted() {
    for (rows, printed) in [
        ("甲县,1\n乙县,20\n", ["000001", "000020"]),
        ("甲县,００００４１\n乙县,4\n", ["000041", "000004"]),
        ("甲县,0041\n乙县,0042\n", ["0041", "0042"]),
    ] {
        let roster = format!("单位,号\n{rows}");
        let args = ["--report", "报.json"];
        let ran = run("\"{{ 号 }}\"", &roster).args(&args).run().code(0);
        for (row, number) in [2, 3].into_iter().zip(printed) {
            let pdf = ran.read(&format!("出/通知-{row}.pdf")).unwrap();
            let text = extracted(&lopdf::Document::load_mem(&pdf).unwrap(), 1);
            assert!(text.starts_with(number), "{number}: {text}");
        }
        let report = String::from_utf8(ran.read("报.json").unwrap()).unwrap();
        assert!(
            printed.iter().all(|it| report.contains(&format!("\"{it}\""))),
            "{report}"
        );
    }
}

#[test]
fn what_is_no_number_to_begin_with_is_told_the_range() {
    for wrong in ["００１", "0", "1000000", "一"] {
        let ran = run("\"1\"", ROSTER).args(&["--copies-from", wrong]).run().code(2);
        ran.says("写 1 到 999999 之间的整数");
    }
}
