//! The files of a merge: old ones that are not made again, and what must not be written over.

use super::{pdfs, report};
use crate::support::{Run, SMALL, root};

const ROSTER: &str = "单位,区县\n甲县,东\n乙县,西\n丙县,东\n";

fn notice() -> String {
    SMALL.replace("主送: 各县（区）总工会", "主送: \"{{ 单位 }}\"")
}

const MERGE: [&str; 8] =
    ["merge", "通知.yaml", "--data", "名册.csv", "--name", "{{ 单位 }}.pdf", "-o", "出"];

fn run(roster: &str) -> Run {
    Run::new().file("通知.yaml", notice()).file("名册.csv", roster).args(&MERGE)
}

#[test]
fn pdfs_of_rows_that_are_gone_or_skipped_are_told() {
    let ran = run(ROSTER).run().code(0);
    assert!(!ran.err.contains("以前"), "{}", ran.err);
    // Rows that are not selected keep theirs.
    let ran = ran.again(&MERGE).args(&["--where", "区县=东"]).run().code(0);
    assert!(!ran.err.contains("以前"), "{}", ran.err);
    let fewer = ROSTER.replace("乙县,西\n", "");
    let ran = ran.again(&MERGE).file("名册.csv", &fewer).run().code(0);
    let told = "出/乙县.pdf 是以前按名册“名册.csv”生成的，这次没有再生成";
    let ran = ran.says(told);
    assert!(!ran.err.contains("出/甲县.pdf 是以前"), "{}", ran.err);
    // A row that fails has its old PDF only.
    let bad = "印章: \"{{ 章 }}\"\n".to_owned() + &notice();
    let roster = "单位,章\n甲县,无.png\n";
    let run = ran.again(&MERGE).file("通知.yaml", &bad).file("名册.csv", roster);
    let ran = run.run().code(1);
    let ran = ran.says("出/甲县.pdf 是以前").says(told);
    std::fs::remove_file(ran.folder().join("出/乙县.pdf")).unwrap();
    let run = ran.again(&MERGE).file("通知.yaml", notice()).file("名册.csv", &fewer);
    let ran = run.run().code(0);
    assert!(!ran.err.contains("以前"), "{}", ran.err);
}

#[test]
fn pdfs_beside_the_notice_are_known_however_the_folder_is_named() {
    let merge = ["merge", "通知.yaml", "--data", "名册.csv", "--name", "{{ 单位 }}.pdf"];
    let run = Run::new().file("通知.yaml", notice()).file("名册.csv", ROSTER);
    let ran = run.args(&merge).run().code(0);
    let run = ran.again(&merge).args(&["-o", "."]);
    let ran = run.file("名册.csv", "单位,区县\n甲县,东\n").run().code(0);
    ran.says("乙县.pdf 是以前按名册“名册.csv”生成的").says("丙县.pdf 是以前");
}

#[test]
fn a_pdf_is_its_last_notice_s_and_a_record_that_is_damaged_tells_nothing() {
    let ran = run(ROSTER).run().code(0);
    let other = ["merge", "另.yaml", "--data", "名册.csv", "--name", "{{ 单位 }}.pdf"];
    let only = ["--where", "单位=乙县", "-o", "出"];
    std::fs::remove_file(ran.folder().join("出/乙县.pdf")).unwrap();
    let run = ran.again(&other).args(&only).file("另.yaml", notice());
    let ran = run.run().code(0);
    let first = "单位,区县\n甲县,东\n";
    let ran =
        ran.again(&MERGE).file("名册.csv", first).run().code(0).says("丙县.pdf 是以前");
    assert!(!ran.err.contains("乙县.pdf 是以前"), "{}", ran.err);
    let ran = ran.again(&MERGE).file("出/.hongtou-merge.json", "{").run().code(0);
    assert!(!ran.err.contains("以前"), "{}", ran.err);
    assert_eq!(ran.err.matches("“出”里的记录坏了").count(), 1, "{}", ran.err);
    assert!(!ran.again(&MERGE).run().code(0).err.contains("记录坏了"));
}

#[test]
fn a_number_of_several_rows_is_told_where_rows_have_numbers_of_their_own() {
    let merge = ["merge", "函.yaml", "--data", "册.csv", "-o", "出"];
    let told = |number: &str, more: &[&str]| {
        let text = SMALL.replace("各县（区）总工会", "\"{{ 单位 }}\"");
        let text = text.replace("云工发〔2026〕18号", &format!("\"{number}\""));
        let run = Run::new().file("函.yaml", text);
        let run = run.file("册.csv", "单位,号\n甲县,7\n乙县,7\n丙县,8\n");
        run.args(&merge).args(more).run().code(0)
    };
    let ran = told("云工发〔2026〕{{ 号 }}号", &["--report", "报.json"]);
    let rows = "云工发〔2026〕7号 用在 2 份通知上：函.yaml（册.csv 第 2 行）、函.yaml（册.csv 第 3 行）";
    let ran = ran.says(rows);
    assert_eq!(
        super::report(&ran, "报.json")["files"][1]["diagnostics"][0]["code"],
        "B106"
    );
    for (number, more) in [
        ("云工发〔2026〕18号", &[][..]),
        ("云工发〔{{ 年度 }}〕18号", &["--set", "年度=2026"][..]),
    ] {
        let ran = told(number, more);
        assert!(!ran.err.contains("B106"), "{}", ran.err);
    }
}

#[test]
fn a_parameter_that_nothing_asks_for_is_told() {
    let told = |set: &str| run(ROSTER).args(&["--set", set]).run().code(0);
    told("电活=1").says("--set 的“电活”没有一份通知用到");
    told("区县=南").says("--set 的“区县”名册里也有这一栏，用的是名册的");
    let merge = ["merge", "通知.yaml", "--data", "名册.csv", "-o", "出"];
    let run = Run::new().file("通知.yaml", notice()).file("名册.csv", ROSTER);
    let run =
        run.args(&merge).args(&["--name", "{{ 局 }}{{ 单位 }}.pdf", "--set", "局=一"]);
    let ran = run.run().code(0);
    assert!(!ran.err.contains("用到"), "{}", ran.err);
}

#[test]
fn rows_of_two_rosters_are_two_in_a_report() {
    let args = ["--report", "一.json", "--combined", "一.pdf"];
    let merge = |data| ["merge", "通知.yaml", "--data", data];
    let run = Run::new().file("通知.yaml", notice()).file("甲.csv", ROSTER);
    let ran = run.file("乙.csv", ROSTER).args(&merge("甲.csv")).args(&args).run().code(0);
    let ran = ran.again(&merge("乙.csv"));
    let args = ["--report", "二.json", "--combined", "二.pdf"];
    let ran = ran.args(&args).run().code(0);
    let ran = ran.again(&["report", "一.json", "二.json", "-o", "全.json"]).run().code(0);
    assert_eq!(report(&ran, "全.json")["files"].as_array().unwrap().len(), 6);
}

#[test]
fn a_pattern_that_names_no_row_by_itself_is_told_once() {
    for (pattern, told) in [
        ("固定.pdf", "里没有变量，各份会是同一个名称"),
        ("{单位}.pdf", "里没有变量，各份会是同一个名称"),
        ("{{ 区县 }}/{{ 单位 }}.pdf", "含有文件名不能用的“/”"),
        ("", "名称是空的"),
        ("{{ 单位 }}.docx", "像是别的文件的名称，各份都是 PDF"),
        ("{{ 份号 }}.pdf", "各份没有份号；要编的，写 --copies-from 1"),
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
fn what_is_no_pdf_and_no_folder_is_left_as_it_is() {
    let ran = run(ROSTER).file("出/乙县.pdf", "账").run().code(2);
    let ran = ran.says("“出/乙县.pdf”不是 PDF，不会盖掉它");
    assert_eq!(ran.read("出/乙县.pdf").unwrap(), "账".as_bytes());
    assert!(ran.read("出/甲县.pdf").is_none());
    let to = |output: &str, told: &str| {
        let run = Run::new().file("通知.yaml", notice()).file("名册.csv", ROSTER);
        let args = ["merge", "通知.yaml", "--data", "名册.csv", "-o", output];
        let ran = run.args(&args).run().code(2).says(told);
        assert_eq!(ran.left(), ["名册.csv", "通知.yaml"]);
    };
    to("全部.pdf", "--combined 全部.pdf");
    to("名册.csv", "“名册.csv”是文件，不是文件夹");
}

#[test]
fn what_a_killed_run_left_beside_the_pdf_of_all_goes() {
    let args = ["--combined", "总/全部.pdf"];
    let run = run(ROSTER).file("总/.hongtou~~x1", "半").args(&args);
    let ran = run.run().code(0);
    assert!(ran.read("总/.hongtou~~x1").is_none());
}

#[test]
fn a_mistake_of_the_notice_is_told_once_and_without_a_row() {
    let text = notice() + "印章: 无.png\n";
    let run = Run::new().file("通知.yaml", text).file("名册.csv", ROSTER);
    let ran = run.args(&MERGE).args(&["-j", "1"]).run().code(1);
    let ran = ran.says("错误[Y235]: 找不到文件").says("一份也没有写");
    assert_eq!(ran.err.matches("Y235").count(), 1, "{}", ran.err);
    assert_eq!(ran.left(), ["名册.csv", "通知.yaml"]);
}

#[test]
fn the_pdf_of_all_has_no_title_that_is_one_row_s() {
    let title = |notice: &str| {
        let run = Run::new().file("通知.yaml", notice).file("名册.csv", ROSTER);
        let args = ["merge", "通知.yaml", "--data", "名册.csv", "--combined", "全.pdf"];
        let ran = run.args(&args).run().code(0);
        let pdf = lopdf::Document::load_mem(&ran.read("全.pdf").unwrap()).unwrap();
        let info =
            pdf.trailer.get(b"Info").and_then(lopdf::Object::as_reference).unwrap();
        pdf.get_dictionary(info).unwrap().get(b"Title").is_ok()
    };
    assert!(title(&notice()));
    assert!(!title(&notice().replace("开展", "{{ 单位 }}开展")));
}

#[test]
fn an_option_of_another_command_is_told_as_that() {
    let ran = run(ROSTER).args(&["--preprinted"]).run().code(2);
    let ran = ran.says("不认识的参数“--preprinted”").says("它是 build");
    assert!(!ran.err.contains("是不是想写"), "{}", ran.err);
    run(ROSTER).args(&["--reprot", "一.json"]).run().code(2).says("是不是想写“--report”");
}

#[test]
fn a_pdf_of_another_notice_is_not_written_over_while_that_one_is_there() {
    let mut ran = run(ROSTER).file("另.yaml", notice()).run().code(0);
    let old = ran.read("出/甲县.pdf").unwrap();
    let other = ["merge", "另.yaml", "--data", "名册.csv", "-o", "出"];
    let by_name = [&other[..], &["--name", "{{ 单位 }}.pdf"]].concat();
    let combined =
        ["merge", "另.yaml", "--data", "名册.csv", "--combined", "出/甲县.pdf"];
    for args in [&by_name[..], &combined] {
        ran = ran.again(args).run().code(1).says("B104").says("另一份通知“通知.yaml”");
        assert!(ran.read("出/甲县.pdf").unwrap() == old);
    }
    let ran = ran.says("给 --combined 换一个名称").again(&by_name).run().code(1);
    let ran = ran.says("“出/甲县.pdf”等 3 份 PDF 是").says("一份也没有写");
    // The ways out: other names, or the other notice goes.
    let ran = ran.again(&other).run().code(0);
    std::fs::remove_file(ran.folder().join("通知.yaml")).unwrap();
    ran.again(&by_name).run().code(0);
}

#[test]
fn one_pdf_of_all_rows_is_its_notice_s() {
    let all = |notice| ["merge", notice, "--data", "名册.csv", "--combined", "全.pdf"];
    let run = Run::new().file("通知.yaml", notice()).file("名册.csv", ROSTER);
    let ran = run.file("另.yaml", notice()).args(&all("通知.yaml")).run().code(0);
    let ran = ran.again(&all("另.yaml")).run().code(1).says("“全.pdf”是另一份通知");
    ran.again(&all("通知.yaml")).run().code(0);
}

#[test]
fn a_pdf_that_was_built_of_another_notice_is_not_written_over() {
    let other = notice().replace("{{ 单位 }}", "甲县");
    let run = Run::new().file("年/季/甲县.yaml", other).file("通知.yaml", notice());
    let run = run.file("名册.csv", ROSTER).args(&["build", "年", "-o", "出"]);
    let ran = run.run().code(0);
    let merge = ["merge", "通知.yaml", "--data", "名册.csv", "--name", "{{ 单位 }}.pdf"];
    let to = ["-o", "出/季"];
    let ran = ran.again(&merge).args(&to).run().code(1).says("B104");
    let ran = ran.says("“出/季/甲县.pdf”是另一份通知“年/季/甲县.yaml”的");
    assert!(ran.read("出/季/乙县.pdf").is_none());
    std::fs::remove_file(ran.folder().join("出/季/甲县.pdf")).unwrap();
    let ran = ran.again(&merge).args(&to).run().code(0);
    ran.again(&merge).args(&to).run().code(0);
}

#[test]
fn a_pdf_beside_its_own_notice_is_not_written_over() {
    let other = notice().replace("{{ 单位 }}", "甲县");
    let run = Run::new().file("甲县.yaml", other).file("通知.yaml", notice());
    let run = run.file("名册.csv", ROSTER).args(&["build", "甲县.yaml"]);
    let merge = ["merge", "通知.yaml", "--data", "名册.csv", "--name", "{{ 单位 }}.pdf"];
    let ran = run.run().code(0).again(&merge).run().code(1).says("B104");
    let ran = ran.says("“甲县.pdf”是另一份通知“甲县.yaml”的");
    std::fs::remove_file(ran.folder().join("甲县.pdf")).unwrap();
    let ran = ran.again(&merge).run().code(0);
    ran.again(&merge).run().code(0);
}

#[test]
fn names_by_row_numbers_are_of_one_roster() {
    let of = |data| ["merge", "通知.yaml", "--data", data, "-o", "出"];
    let run = Run::new().file("通知.yaml", notice()).file("甲.csv", ROSTER);
    let ran = run.file("乙.csv", ROSTER).args(&of("甲.csv")).run().code(0);
    let ran = ran.again(&of("./甲.csv")).run().code(0);
    let ran = ran.again(&of("乙.csv")).run().code(1).says("B104");
    let ran = ran.says("“出/通知-2.pdf”等 3 份 PDF 是按另一张名册“甲.csv”生成的");
    let ran = ran.again(&of("乙.csv")).args(&["--name", "{{ 单位 }}"]).run().code(0);
    // Names that tell the unit may come from a newer roster.
    let ran = ran.again(&of("甲.csv")).args(&["--name", "{{ 单位 }}"]).run().code(0);
    // A roster that is not there any more was renamed.
    std::fs::remove_file(ran.folder().join("甲.csv")).unwrap();
    ran.again(&of("乙.csv")).run().code(0);
}

#[test]
fn one_run_at_a_time_writes_into_a_folder() {
    let ran = Run::new()
        .file("通知.yaml", notice())
        .file("名册.csv", "单位\n甲县\n")
        .file("出/.hongtou-merge.json", "{}")
        .file("出/.hongtou-record.jsonl", "");
    let held =
        std::fs::File::create(ran.path().join("出/.hongtou-record.jsonl")).unwrap();
    held.lock().unwrap();
    let merge = ["merge", "通知.yaml", "--data", "名册.csv"];
    let ran = ran.args(&merge).args(&["-o", "出"]).run().code(2);
    let ran = ran.says("另一个 hongtou 正在往“出”里写").says("等它结束");
    assert!(pdfs(ran.folder()).is_empty());
    let ran = ran.again(&merge).args(&["--combined", "出/全.pdf"]).run().code(2);
    assert!(pdfs(ran.folder()).is_empty());
    // A single build goes on without the record, and says so.
    let build = ["build", "通知.yaml", "--set", "单位=甲县", "-o", "出/甲.pdf"];
    let ran = ran.again(&build).run().code(0);
    let ran = ran.says("写不了：另一个 hongtou 正在用它");
    drop(held);
    let ran = ran.again(&merge).args(&["-o", "出"]).run().code(0);
    assert!(ran.read("出/.hongtou-record.jsonl").is_none());
}

#[test]
fn nothing_is_written_where_nobody_could_tell_afterwards_whose_it_is() {
    let ran = Run::new()
        .file("通知.yaml", notice())
        .file("名册.csv", "单位\n甲县\n")
        .file("出/.hongtou-merge.json/甲", "");
    let args = ["merge", "通知.yaml", "--data", "名册.csv", "-o", "出"];
    let ran =
        ran.args(&args).run().code(2).says("错误: 记录“出/.hongtou-merge.json”写不了");
    let ran = ran.says("办法: ");
    assert!(pdfs(ran.folder()).is_empty());
}

#[test]
fn pdfs_of_many_other_notices_are_told_in_short() {
    let mut run = Run::new().file("合并/通知.yaml", notice());
    let mut roster = "单位\n".to_owned();
    for at in 10..40 {
        roster += &format!("{at}县\n");
        run = run
            .file(&format!("出/{at}县.yaml"), SMALL)
            .file(&format!("出/{at}县.pdf"), "%PDF");
    }
    let args = ["merge", "合并/通知.yaml", "--data", "名册.csv", "-o", "出"];
    let ran =
        run.file("名册.csv", roster).args(&args).args(&["--name", "{{ 单位 }}"]).run();
    let ran = ran.code(1).says("另有 10 份通知的 PDF 也是这样");
    assert_eq!(ran.err.matches("B104").count(), 1, "{}", ran.err);
    assert!(ran.err.lines().count() < 30, "{}", ran.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_request_to_stop_behind_the_last_row_is_too_late() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    // Many characters make a PDF larger than what a pipe holds.
    let manual = std::fs::read_to_string(root().join("README.zh.md")).unwrap();
    let han = |c: &char| ('\u{4e00}'..='\u{9fa5}').contains(c);
    let letters: std::collections::BTreeSet<char> = manual.chars().filter(han).collect();
    let text = notice().replace("抓好落实", &String::from_iter(letters));
    let run = run("单位\n甲县\n").file("通知.yaml", text).file("出/注.txt", "");
    let pdf = run.path().join("出/甲县.pdf");
    assert!(Command::new("mkfifo").arg(&pdf).status().unwrap().success());
    let child = Command::new(env!("CARGO_BIN_EXE_hongtou"))
        .args(MERGE)
        .current_dir(run.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Opened when the row is being written, which then waits until it is read.
    let mut pipe = std::fs::File::open(&pdf).unwrap();
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    std::thread::sleep(std::time::Duration::from_millis(200));
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes).unwrap();
    assert!(bytes.len() > 1 << 16, "{}", bytes.len());
    let out = child.wait_with_output().unwrap();
    let err = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(0), "{err}");
    assert!(err.contains("生成 1 份，失败 0 份"), "{err}");
}
