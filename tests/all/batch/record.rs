//! What is built again, and why.

use super::{notice, report};
use crate::support::{Ran, Run, SMALL};

const RECORD: &str = "出/.hongtou-record.jsonl";

/// A notice with a table, a picture and a seal of the workspace, beside one without.
fn built() -> Ran {
    let with = notice("甲")
        + "附件:\n  - {名称: 表, 表格: {数据: 表.csv}}\n  - {名称: 图, 图片: 图.svg}\n";
    let seal = crate::support::root().join("examples/样章.svg");
    let picture = crate::support::root().join("examples/培训人次.svg");
    Run::new()
        .file("年/hongtou.yaml", "机关: {名称: 云岭市总工会, 印章: 章.svg}\n")
        .file("年/章.svg", std::fs::read(seal).unwrap())
        .file("年/甲/甲.yaml", with)
        .file("年/甲/表.csv", "序号,事项\n1,甲\n")
        .file("年/甲/图.svg", std::fs::read(picture).unwrap())
        .file("年/乙.yaml", notice("乙").replace("18号", "19号"))
        .args(&["build", "年", "-o", "出"])
        .run()
        .code(0)
        .says("生成 2 份")
}

fn dry(ran: Ran, change: impl FnOnce(Run) -> Run) -> Ran {
    change(ran.again(&["build", "年", "-o", "出", "--dry-run"])).run().code(0)
}

#[test]
fn what_did_not_change_is_not_built() {
    let ran = built().again(&["build", "年", "-o", "出"]).run().code(0);
    assert_eq!(ran.err.trim(), "共：没有变化 2 份，失败 0 份");
    let ran = ran.again(&["build", "年", "-o", "出", "--force"]).run().code(0);
    ran.says("生成 2 份");
}

#[test]
fn the_same_content_with_a_new_date_is_no_change() {
    let ran = built();
    let csv = ran.read("年/甲/表.csv").unwrap();
    dry(ran, |run| run.file("年/甲/表.csv", csv)).says("没有变化 2 份");
}

#[test]
fn each_thing_a_pdf_depends_on_is_told_as_the_reason() {
    let ran = dry(built(), |run| run.file("年/甲/表.csv", "序号,事项\n1,乙\n"));
    ran.lists("要生成 出/甲/甲.pdf：用到的“表.csv”变了").says("没有变化 1 份");
    let ran = dry(built(), |run| run.file("年/乙.yaml", notice("丙")));
    ran.lists("要生成 出/乙.pdf：通知改了").says("没有变化 1 份");
    let text = "机关: {名称: 云岭市总工会, 印章: 章.svg} # 注\n";
    dry(built(), |run| run.file("年/hongtou.yaml", text))
        .says("要生成 2 份")
        .lists("hongtou.yaml");
    let seal = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    dry(built(), |run| run.file("年/章.svg", seal))
        .says("要生成 2 份")
        .lists("hongtou.yaml");
    // A file in the notice's own folder goes before the workspace's of the same name.
    let ran = built().again(&["build", "年", "-o", "出", "-q"]).run().code(0);
    dry(ran, |run| run.file("年/甲/图.svg", seal)).lists("用到的“图.svg”变了");
    let ran =
        built().again(&["build", "年", "-o", "出", "--dry-run", "--watermark"]).run();
    ran.code(0).lists("选项不同").says("要生成 2 份");
    let ran = dry(built(), |run| run.file("出/甲/甲.pdf", "%PDF 旧"));
    ran.lists("要生成 出/甲/甲.pdf：PDF 被改动过");
    let ran = built();
    std::fs::remove_file(ran.folder().join("出/乙.pdf")).unwrap();
    dry(ran, |run| run).lists("要生成 出/乙.pdf：PDF 不在了");
    dry(built(), |run| run).says("没有变化 2 份");
}

#[test]
fn templates_and_fonts_are_part_of_it() {
    let own = "#import \"/gongwen/lib.typ\": *\n#show: notice.with(meta: {{ meta }})\n#body({{ body }})\n";
    let args = ["build", "年", "-o", "出", "--templates", "模"];
    let run = Run::new().file("年/甲.yaml", notice("")).file("模/notice.typ.jinja", own);
    let ran = run.args(&args).run().code(0);
    let ran =
        ran.again(&args).file("模/notice.typ.jinja", own.to_owned() + "\n").run().code(0);
    ran.says("生成 1 份");
    let run = Run::new().file("年/甲.yaml", notice(""));
    let fonts = run.path().join("字");
    std::fs::create_dir(&fonts).unwrap();
    let font = |name: &str| {
        std::fs::copy(crate::support::root().join("fonts").join(name), fonts.join(name))
            .unwrap();
    };
    font("GWSongTi-Regular.ttf");
    let args = ["build", "年", "-o", "出", "--fonts", "字"];
    let ran = run.args(&args).run();
    let built = ran.err.clone();
    assert!(ran.read("出/甲.pdf").is_some(), "{built}");
    font("GWHeiTi-Regular.ttf");
    let ran = ran.again(&args).args(&["--dry-run"]).run().code(0);
    ran.lists("字体变了");
}

#[test]
fn without_a_record_or_with_a_damaged_one_all_is_built() {
    let ran = built();
    std::fs::remove_file(ran.folder().join(RECORD)).unwrap();
    let ran = ran.again(&["build", "年", "-o", "出"]).run().code(0).says("生成 2 份");
    for damaged in ["", "{}", "垃圾\n垃圾", "\0\u{1}"] {
        let run = built().again(&["build", "年", "-o", "出"]).file(RECORD, damaged);
        run.run().code(0).says("生成 2 份");
    }
    // One letter is another: that line does not count.
    let mut record = ran.read(RECORD).unwrap();
    let end = record[..record.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    record[end - 40] ^= 1;
    let ran = ran.again(&["build", "年", "-o", "出"]).file(RECORD, record).run().code(0);
    ran.says("生成 1 份").says("没有变化 1 份");
}

#[test]
fn the_record_does_not_grow_with_every_run() {
    let mut ran = built();
    for _ in 0..45 {
        ran = ran.again(&["build", "年", "-o", "出", "-q", "--force"]).run().code(0);
    }
    let lines = String::from_utf8(ran.read(RECORD).unwrap()).unwrap().lines().count();
    assert!(lines < 80, "{lines}");
    ran.again(&["build", "年", "-o", "出"]).run().code(0).says("没有变化 2 份");
}

#[test]
fn what_was_found_is_told_again_while_nothing_changes() {
    let text = SMALL.to_owned() + "格式: 信函\n签发人: 程禾样\n";
    let args = ["build", "年", "-o", "出", "--report", "报告.json"];
    let ran = Run::new().file("年/甲.yaml", text).args(&args).run().code(0);
    let first = report(&ran, "报告.json")["files"][0]["diagnostics"].clone();
    assert_eq!(first[0]["severity"], "warning", "{first}");
    let ran = ran.again(&args).run().code(0).says("提醒 年/甲.yaml:");
    let second = &report(&ran, "报告.json")["files"][0];
    assert_eq!((&second["state"], &second["diagnostics"]), (&"unchanged".into(), &first));
    std::fs::rename(ran.folder().join("年"), ran.folder().join("新年")).unwrap();
    let ran = ran.again(&["build", "新年", "-o", "出"]).run().code(0);
    ran.says("提醒 新年/甲.yaml:");
}

#[test]
fn the_only_notice_goes_to_the_pdf_that_is_named() {
    let run = Run::new().file("甲.yaml", notice("甲")).file("乙.yaml", notice("乙"));
    let ran = run.args(&["build", "甲.yaml", "-o", "发文.pdf", "--force"]).run().code(0);
    assert!(ran.folder().join("发文.pdf").is_file());
    let ran = ran.again(&["build", "甲.yaml", "-o", "发文.pdf", "--report", "报告.json"]);
    let ran = ran.run().code(0);
    assert_eq!(report(&ran, "报告.json")["unchanged"], 1);
    let both = ["build", "甲.yaml", "乙.yaml", "-o", "发.pdf", "--force"];
    ran.again(&both).run().code(2).says("不能都写到一个文件");
}

#[test]
fn folders_beside_each_other_have_names_of_their_own_in_the_record() {
    let run = Run::new()
        .file("1/2/甲.yaml", notice("甲"))
        .file("2/甲.yaml", notice("乙"))
        .file("1/丙.yaml", notice("丙"));
    let ran = run.args(&["build", "1", "2"]).run().code(0).says("生成 3 份");
    let ran = ran.again(&["build", "1", "2"]).run().code(0);
    ran.says("共：没有变化 3 份，失败 0 份");
}

#[test]
fn a_record_that_has_grown_is_written_anew_and_still_known() {
    let ran = built();
    let whole = ran.read(RECORD).unwrap();
    let run = ran.again(&["build", "年", "-o", "出"]);
    // Lines that later ones have superseded.
    let run = run.file(RECORD, whole.repeat(80));
    let ran = run.run().code(0).says("没有变化 2 份");
    assert!(ran.read(RECORD).unwrap().len() < 4 * whole.len());
    ran.again(&["build", "年", "-o", "出"]).run().code(0).says("没有变化 2 份");
}

#[test]
fn a_pdf_whose_notice_is_gone_is_named_until_it_is_gone_too() {
    let run =
        Run::new().file("年/甲.yaml", notice("甲")).file("年/乙.YAML", notice("乙"));
    let build = ["build", "年", "-o", "出"];
    let ran = run.args(&build).run().code(0);
    assert!(!ran.err.contains("已经没有了"), "{}", ran.err);
    // With another ending it is the same notice, though it is not of this run.
    let at = |name: &str| ran.folder().join(name);
    std::fs::rename(at("年/甲.yaml"), at("年/甲.yml")).unwrap();
    let ran = ran.again(&build).args(&["--exclude", "甲.yml"]).run().code(0);
    assert!(!ran.err.contains("已经没有了"), "{}", ran.err);
    std::fs::remove_file(ran.folder().join("年/甲.yml")).unwrap();
    let ran = ran.again(&build).run().code(0).says("出/甲.pdf 的通知已经没有了");
    std::fs::remove_file(ran.folder().join("出/甲.pdf")).unwrap();
    let ran = ran.again(&build).run().code(0);
    assert!(!ran.err.contains("已经没有了"), "{}", ran.err);
}

/// Two folders with a notice each, built into one.
fn two_in_one() -> Ran {
    let run = Run::new().file("A/甲.yaml", notice("甲")).file("B/乙.yaml", notice("乙"));
    let run = run.file("A/季/丙.yaml", notice("丙"));
    run.args(&["build", "A", "B", "-o", "合"]).run().code(0).says("生成 3 份")
}

#[test]
fn a_pdf_of_another_folder_or_of_more_than_is_built_now_is_not_left_over() {
    let mut ran = two_in_one();
    let others: [&[&str]; 4] = [
        &["build", "A", "-o", "合"],
        &["build", "B", "-o", "合"],
        &["build", "A/季/../季", "-o", "合/季"],
        &["build", "A", "--exclude", "季", "-o", "合", "--shard", "1/9"],
    ];
    for args in others {
        ran = ran.again(args).run().code(0);
        assert!(!ran.err.contains("没有了"), "{args:?}: {}", ran.err);
    }
    // A subfolder by itself, and then all.
    ran = ran.again(&["build", "A/季", "-o", "合"]).run().code(0);
    assert!(!ran.err.contains("没有了"), "{}", ran.err);
    std::fs::remove_file(ran.folder().join("B/乙.yaml")).unwrap();
    ran = ran.again(&["build", "A", "-o", "合"]).run().code(0);
    let ran = ran.says("合/乙.pdf 的通知已经没有了");
    assert_eq!(ran.err.matches("没有了").count(), 1, "{}", ran.err);
}

#[test]
fn a_pdf_is_left_over_where_its_whole_folder_is_gone_and_not_where_a_disk_may_be() {
    let ran = two_in_one();
    std::fs::rename(ran.folder().join("A/季"), ran.folder().join("季")).unwrap();
    std::fs::rename(ran.folder().join("B"), ran.folder().join("乙处")).unwrap();
    let ran = ran.again(&["build", "A", "-o", "合"]).run().code(0);
    let ran = ran.says("合/季/丙.pdf 的通知已经没有了");
    assert!(!ran.err.contains("乙.pdf"), "{}", ran.err);
    // What somebody else has put there is none of this program's business.
    let run = ran.again(&["build", "A", "-o", "合"]).file("合/季/丙.pdf", "%PDF 别的");
    let ran = run.run().code(0);
    assert!(!ran.err.contains("没有了"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_pdf_whose_notice_cannot_be_looked_at_is_not_left_over() {
    use super::{as_clerk, permit};
    let ran = two_in_one();
    for (folder, open) in [("A/季", 0o755), ("", 0o777), ("合", 0o777), ("合/季", 0o777)]
    {
        permit(&ran.folder().join(folder), open);
    }
    permit(&ran.folder().join("合/.hongtou-record.jsonl"), 0o666);
    permit(&ran.folder().join("A/季"), 0o000);
    let said = as_clerk(ran.folder(), &["build", "A", "-o", "合"]);
    permit(&ran.folder().join("A/季"), 0o755);
    let Some((code, said)) = said else { return };
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("“A/季”读不了") && !said.contains("没有了"), "{said}");
}

#[test]
fn a_pdf_of_another_notice_is_not_replaced_while_that_one_is_there() {
    let run =
        Run::new().file("A/通知.yaml", notice("甲")).file("B/通知.yaml", notice("乙"));
    let run = run.file("B/另.yaml", notice("丙"));
    let ran = run.args(&["build", "A", "-o", "合"]).run().code(0);
    let old = ran.read("合/通知.pdf").unwrap();
    let mut ran = ran;
    for more in [&["--dry-run"][..], &["--check"], &["--force"], &[]] {
        let args = [&["build", "B", "-o", "合"], more].concat();
        ran = ran.again(&args).run().code(1).says("B104").says("“A/通知.yaml”");
        assert!(ran.read("合/通知.pdf").unwrap() == old);
    }
    assert!(ran.read("合/另.pdf").is_some());
    // The ways out: the PDF goes, or the other notice.
    std::fs::remove_file(ran.folder().join("合/通知.pdf")).unwrap();
    let ran = ran.again(&["build", "B", "-o", "合"]).run().code(0).says("生成 1 份");
    let ran = ran.again(&["build", "A", "-o", "合"]).run().code(1).says("“B/通知.yaml”");
    std::fs::remove_file(ran.folder().join("B/通知.yaml")).unwrap();
    let ran = ran.again(&["build", "A", "-o", "合"]).run().code(0).says("生成 1 份");
    assert!(ran.read("合/通知.pdf").unwrap() == old);
}

#[test]
fn a_folder_that_was_moved_is_built_no_second_time() {
    let run = Run::new().file("年/甲.yaml", notice("甲"));
    let ran = run.args(&["build", "年", "-o", "出"]).run().code(0);
    std::fs::rename(ran.folder().join("年"), ran.folder().join("旧年")).unwrap();
    let ran = ran.again(&["build", "旧年", "-o", "出"]).run().code(0);
    let ran = ran.says("没有变化 1 份");
    // The record follows: what comes to the old place is another notice.
    let run = ran.again(&["build", "年", "-o", "出"]).file("年/甲.yaml", notice("乙"));
    let ran = run.run().code(1).says("“旧年/甲.yaml”");
    std::fs::remove_file(ran.folder().join("旧年/甲.yaml")).unwrap();
    ran.again(&["build", "旧年", "年", "-o", "出"]).run().code(0).says("生成 1 份");
}

#[test]
fn a_share_that_is_built_again_knows_what_it_did_last() {
    let run = Run::new().file("年/甲.yaml", notice("甲"));
    let ran = run.args(&["build", "年", "-o", "出"]).run().code(0);
    let shard = ["build", "年", "-o", "出", "--shard", "1/1"];
    let ran = ran.again(&shard).file("年/甲.yaml", notice("乙")).run().code(0);
    let ran = ran.says("生成 1 份").again(&shard).run().code(0).says("没有变化 1 份");
    ran.again(&["build", "年", "-o", "出"]).run().code(0);
}
