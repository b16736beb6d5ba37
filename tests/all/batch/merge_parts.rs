//! Rosters that are merged in parts, or changed between two runs: nobody's letter is lost, and
//! no number is given twice.

use super::{pdfs, report};
use crate::support::{Run, SMALL, extracted};

fn notice() -> String {
    let notice = SMALL.replace("主送: 各县（区）总工会", "主送: \"{{ 姓名 }}同志\"");
    notice.replace("请结合", "缴费【{{ 金额 }}】元，请结合")
}

const MERGE: [&str; 6] = ["merge", "通知.yaml", "--data", "名册.csv", "-o", "出"];
const BY_NAME: [&str; 2] = ["--name", "{{ 姓名 }}.pdf"];
const NAMESAKES: &str = "姓名,区,金额\n张三,甲,1\n李四,甲,2\n张三,乙,3\n王五,乙,4\n";
const ROSTER: &str = "姓名,区,金额\n张三,甲,1\n李四,甲,2\n王五,乙,3\n";
/// The same when it was sorted the other way.
const SORTED: &str = "姓名,区,金额\n王五,乙,3\n李四,甲,2\n张三,甲,1\n";

fn run(roster: &str) -> Run {
    Run::new().file("通知.yaml", notice()).file("名册.csv", roster)
}

/// The text of a PDF's first page.
fn text(pdf: &[u8]) -> String {
    extracted(&lopdf::Document::load_mem(pdf).unwrap(), 1)
}

#[test]
fn names_are_looked_for_twice_over_the_whole_roster() {
    let run = run(NAMESAKES).args(&MERGE).args(&BY_NAME).args(&["--where", "区=甲"]);
    let ran = run.run().code(2).says("名册第 2 行和第 4 行的文件名都是“张三.pdf”");
    assert!(!ran.folder().join("出").exists());
    // Rows of which none is made now wait for their own run.
    let ran = ran.again(&MERGE).args(&BY_NAME).args(&["--where", "姓名=王五"]);
    let ran = ran.run().code(0);
    // One name that is chosen for one row is no other row's.
    let one = ["--name", "固定.pdf", "--where", "姓名=李四"];
    ran.again(&MERGE).args(&one).run().code(0);
}

#[test]
fn a_letter_of_another_roster_is_not_replaced_by_a_namesake_s() {
    let ran = run(ROSTER).args(&MERGE).args(&BY_NAME).run().code(0);
    let old = ran.read("出/张三.pdf").unwrap();
    let other = ["merge", "通知.yaml", "--data", "乙.csv", "-o", "出"];
    let run = ran.again(&other).args(&BY_NAME);
    let ran = run.file("乙.csv", "姓名,区,金额\n张三,乙,9\n").run().code(1).says("B104");
    let ran = ran.says("“出/张三.pdf”是按另一张名册“名册.csv”第 2 行（张三同志）生成的");
    assert!(ran.read("出/张三.pdf").unwrap() == old);
    // The same letter is nobody else's.
    let run = ran.again(&other).args(&BY_NAME).file("乙.csv", ROSTER);
    run.run().code(0);
}

#[test]
fn a_part_of_a_sorted_roster_replaces_no_other_recipient_s_letter() {
    let part = ["--where", "姓名=张三"];
    let ran = run(ROSTER).args(&MERGE).run().code(0);
    let old = ran.read("出/通知-4.pdf").unwrap();
    let run = ran.again(&MERGE).args(&part).file("名册.csv", SORTED);
    let ran = run.run().code(1).says("B104");
    let ran = ran.says("“出/通知-4.pdf”是名册原来第 4 行（王五同志）的");
    let ran = ran.says("整张再生成一次");
    assert!(ran.read("出/通知-4.pdf").unwrap() == old);
    // The way out tells what it does.
    let ran = ran.again(&MERGE).run().code(0).says("原来第 2 行（张三同志）的");
    assert!(text(&ran.read("出/通知-4.pdf").unwrap()).contains("张三同志"));
    ran.again(&MERGE).args(&part).run().code(0);
}

#[test]
fn a_letter_is_not_made_twice_where_its_row_was_moved() {
    let ran = run("姓名,区,金额\n张三,甲,1\n李四,甲,2\n").args(&MERGE).run().code(0);
    std::fs::remove_file(ran.folder().join("出/通知-3.pdf")).unwrap();
    let roster = "姓名,区,金额\n王五,甲,3\n张三,甲,1\n";
    let run = ran.again(&MERGE).args(&["--where", "姓名=张三"]).file("名册.csv", roster);
    let ran = run.run().code(1).says("名册第 3 行（张三同志）的一份已经有了");
    assert_eq!(pdfs(&ran.folder().join("出")).len(), 1);
}

#[test]
fn a_value_that_was_corrected_is_no_other_recipient() {
    for pattern in [&BY_NAME[..], &[]] {
        let ran = run(ROSTER).args(&MERGE).args(pattern).run().code(0);
        let run = ran.again(&MERGE).args(pattern).args(&["--where", "姓名=李四"]);
        let ran = run.file("名册.csv", ROSTER.replace("甲,2", "甲,5")).run().code(0);
        assert!(!ran.err.contains("原来"), "{}", ran.err);
    }
}

#[test]
fn a_filtered_roster_is_a_part_of_one() {
    let book = |hidden: u32, rows: [(&str, u32); 2]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["姓名", "金额"]).unwrap();
        for (row, (name, sum)) in (1..).zip(rows) {
            sheet.write(row, 0, name).unwrap().write(row, 1, sum).unwrap();
        }
        sheet.set_row_hidden(hidden).unwrap();
        book.save_to_buffer().unwrap()
    };
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    let run = Run::new().file("通知.yaml", notice());
    let run = run.file("名册.xlsx", book(2, [("张三", 1), ("李四", 2)]));
    let ran = run.args(&args).args(&["--report", "报.json"]).run().code(0);
    let report = report(&ran, "报.json");
    assert_eq!((&report["built"], &report["skipped"]), (&1.into(), &1.into()));
    // The letter of a row that is hidden now is none that is left over.
    let run = ran.again(&args).file("名册.xlsx", book(1, [("张三", 1), ("李四", 2)]));
    let ran = run.run().code(0);
    assert!(!ran.err.contains("请自己删去"), "{}", ran.err);
    let run = ran.again(&args).file("名册.xlsx", book(2, [("李四", 2), ("张三", 1)]));
    let ran = run.run().code(1).says("B104").says("（张三同志）");
    std::fs::remove_file(ran.folder().join("出/通知-3.pdf")).unwrap();
    let run = ran.again(&args).file("名册.xlsx", book(1, [("李四", 2), ("张三", 1)]));
    run.run().code(1).says("名册第 3 行（张三同志）的一份已经有了，是“出/通知-2.pdf”");
}

#[test]
fn a_record_without_rows_is_read_as_well() {
    let old = "{\"../通知.yaml\":{\"通知-2.pdf\":\"../名册.csv\"}}";
    let run = run(ROSTER).file("出/.hongtou-merge.json", old);
    let run = run.file("出/通知-2.pdf", "%PDF-1.7");
    run.args(&MERGE).args(&["--where", "区=甲"]).run().code(0);
}

#[test]
fn a_copy_number_stays_with_the_letter_that_has_it() {
    let from = |first| [&MERGE[..], &BY_NAME, &["--copies-from", first]].concat();
    let ran = run(ROSTER).args(&from("1")).run().code(0);
    let part = ["--where", "姓名=王五"];
    let run = ran.again(&from("1")).args(&part).file("名册.csv", SORTED);
    let ran = run.run().code(1).says("B203");
    let ran = ran.says("名册第 2 行（王五同志）的份号以前是 000003，现在会是 000001");
    std::fs::remove_file(ran.folder().join("出/王五.pdf")).unwrap();
    let ran = ran.again(&from("1")).args(&part).run().code(1).says("B203");
    let told = "名册第 2 行的份号 000001 已经给了“出/张三.pdf”（张三同志）";
    let ran = ran.says(told).says("--copies-from 3");
    assert!(ran.read("出/王五.pdf").is_none());
    // All of them anew is what the whole roster asks for.
    let ran = ran.again(&from("1")).run().code(0);
    let ran = ran.says("（张三同志）的份号以前是 000001，现在会是 000003");
    // Another roster goes on behind the first.
    let to = ["merge", "通知.yaml", "--data", "乙.csv", "-o", "出"];
    let to = [&to[..], &BY_NAME].concat();
    let run = ran.again(&to).args(&["--copies-from", "1"]);
    let run = run.file("乙.csv", "姓名,区,金额\n赵六,乙,9\n");
    let ran = run.run().code(1).says("B203");
    let ran = ran.again(&to).args(&["--copies-from", "4"]).run().code(0);
    assert!(ran.read("出/赵六.pdf").is_some());
}

#[test]
fn a_number_of_a_column_is_told_wherever_it_is_given_twice() {
    let text = notice().replace("云工发〔2026〕18号", "云录〔2026〕{{ 号 }}号");
    let rows = "姓名,号,金额\n张三,1,1\n李四,1,2\n王五,2,3\n";
    for part in [&[][..], &["--where", "姓名=张三"], &["--where", "姓名=王五"]] {
        let run = Run::new().file("通知.yaml", &*text).file("名册.csv", rows);
        let ran = run.args(&MERGE).args(part).run().code(0).says("B106");
        let ran = ran.says("云录〔2026〕1号 用在 2 份通知上").says("改名册的“号”一栏");
        assert!(!ran.err.contains("hongtou issue"), "{}", ran.err);
    }
    // One number for all, on purpose.
    let ran = run(ROSTER).args(&MERGE).run().code(0);
    assert!(!ran.err.contains("B106"), "{}", ran.err);
}

#[test]
fn the_pdf_of_all_replaces_no_row_s_own_and_nothing_else() {
    let ran = run(ROSTER).args(&MERGE).args(&BY_NAME).run().code(0);
    let old = ran.read("出/李四.pdf").unwrap();
    let all = ["merge", "通知.yaml", "--data", "名册.csv", "--combined"];
    let ran = ran.again(&all).args(&["出/李四.pdf"]).run().code(1).says("B104");
    let ran = ran.says("“出/李四.pdf”是名册第 3 行（李四同志）自己的一份");
    assert!(ran.read("出/李四.pdf").unwrap() == old);
    let run = ran.again(&all).args(&["账.pdf"]).file("账.pdf", "账");
    let ran = run.run().code(2).says("“账.pdf”不是 PDF，不会盖掉它");
    assert_eq!(ran.read("账.pdf").unwrap(), "账".as_bytes());
    let ran = ran.again(&all).args(&["全.pdf"]).run().code(0);
    ran.again(&all).args(&["全.pdf"]).run().code(0);
}

#[test]
fn a_pdf_of_all_that_is_not_written_is_no_letter_made() {
    let args = ["merge", "通知.yaml", "--data", "名册.csv", "--combined", "全.pdf"];
    let args = [&args[..], &["--report", "报.json"]].concat();
    let ran = run(ROSTER).args(&args).run().code(0);
    // A character that no face has.
    let run = ran.again(&args).file("名册.csv", ROSTER.replace("王五", "王\u{10ffff}"));
    let ran = run.run().code(1).says("没有写“全.pdf”").says("那里的还是以前的");
    let ran = ran.says("没有排 2 份，失败 1 份");
    assert_eq!(report(&ran, "报.json")["built"], 0);
    let run = ran.again(&args).file("名册.csv", "姓名,区,金额\n张三,甲,\n");
    run.run().code(1).says("没有写“全.pdf”：没有一行可以排");
}

#[test]
fn a_row_that_failed_takes_no_older_letter_for_its_own() {
    let other = ["merge", "通知.yaml", "--data", "乙.csv", "-o", "出"];
    let ran = run(ROSTER).args(&MERGE).args(&BY_NAME).run().code(0);
    let one = ["--name", "张三.pdf"];
    std::fs::remove_file(ran.folder().join("名册.csv")).unwrap();
    let rows = "姓名,区,金额\n张\u{10ffff},乙,9\n";
    let ran = ran.again(&other).args(&one).file("乙.csv", rows).run().code(1);
    let record = String::from_utf8(ran.read("出/.hongtou-merge.json").unwrap()).unwrap();
    assert!(record.contains("名册.csv") && !record.contains("乙.csv"), "{record}");
}
