//! Reports of runs on several machines, and their sum.

use super::{notice, report};
use crate::support::{Ran, Run, SMALL};

/// Runs in a folder below the run's own.
fn in_folder(ran: Ran, folder: &str, args: &[&str]) -> Ran {
    ran.again(args).inside(folder).run()
}

#[test]
fn notices_of_one_name_in_two_folders_are_both_counted() {
    let run = Run::new().file("甲机/年/甲.yaml", notice("甲"));
    let run = run.file("乙机/年/甲.yaml", "标题: [\n");
    let build = |report| ["build", "年", "-q", "--report", report];
    let ran = run.inside("甲机").args(&build("../一.json")).run().code(0);
    let ran = in_folder(ran, "乙机", &build("../二.json")).code(1);
    let ran = ran.again(&["report", "一.json", "二.json"]).run().code(1);
    let sum = "共 2 份：生成 1 份，失败 1 份";
    let ran = ran.lists("失败 年/甲.yaml:1:").lists("/乙机”：").lists(sum);
    let ran = ran.again(&["report", "二.json", "一.json", "-o", "全.json"]).run().code(1);
    let ran = ran.lists(sum).again(&["report", "全.json", "一.json"]).run().code(1);
    // What is in two reports is counted once, and that is told.
    let ran = ran.lists(sum).says("“全.json”的 1 份在“一.json”里又有");
    assert_eq!(report(&ran, "全.json")["runs"].as_array().unwrap().len(), 2);
}

#[test]
fn a_notice_that_was_put_right_counts_as_it_is_now() {
    let run = Run::new().file("年/甲.yaml", "标题: [\n").file("年/乙.yaml", notice("乙"));
    let build = |report| ["build", "年", "-q", "--report", report];
    let ran = run.args(&build("一.json")).run().code(1);
    let run = ran.again(&build("二.json")).file("年/甲.yaml", SMALL);
    let ran = run.run().code(0);
    for order in [["一.json", "二.json"], ["二.json", "一.json"]] {
        let args = ["report", order[0], order[1]];
        let told = Run::new().file("一.json", ran.read("一.json").unwrap());
        let told = told.file("二.json", ran.read("二.json").unwrap()).args(&args).run();
        let told = told.code(0).lists("共 2 份：生成 1 份，没有变化 1 份，失败 0 份");
        told.says("“一.json”的 2 份在“二.json”里又有：以后来的“二.json”为准");
    }
}

#[test]
fn a_share_that_was_done_twice_counts_as_the_later_run_has_it() {
    let run = (0..6).fold(Run::new(), |run, at| {
        run.file(&format!("年/{at}.yaml"), notice(&format!("第{at}")))
    });
    let run = run.file("年/坏.yaml", "标题: [\n");
    let shard = |shard, report| {
        ["build", "年", "-o", "出", "-q", "--shard", shard, "--report", report]
    };
    let ran = run.args(&shard("1/2", "一.json")).run();
    let ran = ran.again(&shard("2/2", "二.json")).run();
    let ran = ran.again(&["report", "一.json", "二.json"]).run().code(1);
    // A report that is named twice is one.
    let twice = ran.again(&["report", "一.json", "./一.json", "二.json"]).run().code(1);
    let ran = twice.lists("共 7 份");
    assert!(!ran.err.contains("为准"), "{}", ran.err);
    let run = ran.again(&shard("1/2", "一再.json")).file("年/坏.yaml", SMALL);
    let ran = run.run().code(0).again(&shard("2/2", "二再.json")).run().code(0);
    let all = ["report", "一再.json", "二.json", "二再.json", "一.json"];
    let ran = ran.again(&all).run().code(0);
    let ran = ran.says("都是第 1/2 份：以后来的“一再.json”为准").lists("共 7 份");
    // Shares of another count, or of other notices, make no whole with them.
    let ran = ran.again(&shard("3/3", "三.json")).run();
    let ran = ran.again(&["report", "一再.json", "三.json"]).run().code(2);
    let ran = ran.says("1/2 和 3/3 不是同一次分的");
    let run = ran.again(&shard("1/2", "新.json")).file("年/新.yaml", SMALL);
    let ran = run.run().again(&["report", "新.json", "二再.json"]).run().code(1);
    ran.says("共 8 份通知的，还缺 1 份报告（--shard 2/2）").says("分的不是同样的通知");
}

#[test]
fn what_differs_is_missing_or_planned_is_counted_by_itself() {
    let run =
        Run::new().file("年/甲.yaml", notice("甲")).file("年/乙.yaml", notice("乙"));
    let run = run.file("年/丙.yaml", notice("丙")).file("年/空.yaml", "");
    let ran = run.args(&["build", "年", "-o", "出", "-q"]).run().code(0);
    std::fs::remove_file(ran.folder().join("出/乙.pdf")).unwrap();
    std::fs::remove_file(ran.folder().join("年/丙.yaml")).unwrap();
    let check = ["build", "年", "-o", "出", "--check", "--report", "报.json"];
    let ran = ran.again(&check).file("出/甲.pdf", "%PDF 旧").run().code(1);
    let told = report(&ran, "报.json");
    let counts = ["same", "differs", "missing", "skipped", "built", "failed"];
    assert_eq!(counts.map(|it| told[it].as_u64()), [0, 1, 1, 1, 0, 0].map(Some));
    let run = &told["runs"][0];
    assert_eq!((&run["task"], &run["paths"][0]), (&"check".into(), &"年".into()));
    assert_eq!(run["left_over"][0], "出/丙.pdf");
    let dry = ["build", "年", "-o", "出", "--dry-run", "--report", "-"];
    let ran = ran.again(&dry).run().code(0).says("要生成 出/甲.pdf：PDF 被改动过");
    let told: serde_json::Value = serde_json::from_str(ran.out()).unwrap();
    assert_eq!(
        (&told["planned"], &told["runs"][0]["task"]),
        (&2.into(), &"dry-run".into())
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_or_a_list_that_is_lost_on_a_full_disk_is_told() {
    let run = Run::new().file("年/甲.yaml", SMALL);
    let ran = run.args(&["build", "年", "-q", "--report", "报.json"]).run().code(0);
    let full = |args: &[&str]| {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hongtou"));
        let out =
            command.args(args).current_dir(ran.folder()).stdout(full).output().unwrap();
        let err = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(2), "{args:?} {err}");
        assert!(err.contains("写不了“标准输出”：磁盘已满"), "{args:?} {err}");
        assert!(err.contains("清理磁盘"), "{args:?} {err}");
    };
    full(&["build", "年", "-q", "--report", "-"]);
    full(&["build", "年", "-q", "--report", "-", "--force"]);
    full(&["build", "年", "-q", "--dry-run", "-o", "出"]);
    full(&["report", "报.json", "-o", "-"]);
    full(&["report", "报.json"]);
}

#[test]
fn reports_that_cannot_be_read_or_written_are_told_with_a_way_out() {
    let run = Run::new().file("坏.json", "{").file("夹.json/甲.txt", "");
    let run = run.file("年/甲.yaml", SMALL).file("宽.json", b"\xff\xfe{\0}\0");
    let ran = run.args(&["build", "年", "-q", "--report", "报.json"]).run().code(0);
    let told = ran.read("报.json").unwrap();
    for (args, says) in [
        (
            ["report", "坏.json"].as_slice(),
            "“坏.json”不是成批生成的报告（第 1 行第 1 列）",
        ),
        (&["report", "宽.json"], "“宽.json”不是 UTF-8 编码"),
        (&["report", "报.json", "-o", "报.json"], "“报.json”是要合并的报告之一"),
        (&["report", "报.json", "-o", "./报.json"], "“./报.json”是要合并的报告之一"),
        (&["build", "年", "--report", "夹.json"], "“夹.json”是文件夹"),
        (&["build", "年", "--report", "无/报.json"], "没有文件夹“无”"),
    ] {
        let files = ["坏.json", "宽.json", "报.json"];
        let run =
            files.iter().fold(Run::new(), |run, it| run.file(it, ran.read(it).unwrap()));
        let run = run.file("年/甲.yaml", SMALL).file("夹.json/甲.txt", "");
        let refused = run.args(args).run().code(2).says(says);
        assert!(refused.read("报.json").unwrap() == told);
        assert!(!refused.err.contains("stream"), "{}", refused.err);
    }
    // An editor may have put a mark of its byte order before it.
    let marked = ["\u{feff}".as_bytes(), &told].concat();
    let run = Run::new().file("报.json", marked).args(&["report", "报.json"]);
    run.run().code(0).lists("共 1 份：生成 1 份");
}

#[test]
fn shares_of_folders_of_one_name_on_one_machine_lose_no_failure() {
    let run = Run::new().file("甲局/年/甲.yaml", "标题: [\n");
    let run = run.file("乙局/年/甲.yaml", notice("乙"));
    let build = |report| ["build", "年", "-q", "--shard", "1/1", "--report", report];
    let ran = run.inside("甲局").args(&build("../一.json")).run().code(1);
    let ran = in_folder(ran, "乙局", &build("../二.json")).code(0);
    let ran = ran.again(&["report", "一.json", "二.json"]).run().code(1);
    ran.lists("共 2 份：生成 1 份，失败 1 份").lists("失败 年/甲.yaml:1:");
}

#[test]
fn a_joined_report_takes_the_place_of_a_joined_one_alone() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("设.json", "{}");
    let build = |name| ["build", "年", "-q", "--report", name];
    let mut ran = run.args(&build("一.json")).run().code(0);
    for name in ["二.json", "三.json"] {
        ran = ran.again(&build(name)).run().code(0);
    }
    for (name, code) in [("三.json", 2), ("设.json", 2), ("全.json", 0), ("全.json", 0)]
    {
        ran = ran.again(&["report", "一.json", "二.json", "-o", name]).run().code(code);
    }
    ran.again(&["report", "一.json", "-o", "三.json"]).run().code(2).says("另一次生成");
}

#[test]
fn a_number_that_several_shares_gave_is_told_over_the_whole() {
    let run = (0..5).fold(Run::new(), |run, at| {
        run.file(&format!("年/{at}.yaml"), notice(&format!("第{at}")))
    });
    // What could not be built has taken its number all the same.
    let mut ran = run.file("年/5.yaml", SMALL.replace("2026-03-05", "2026-02-30")).run();
    for (shard, name) in [("1/2", "一.json"), ("2/2", "二.json")] {
        let args = ["build", "年", "-o", "出", "-q", "--shard", shard, "--report", name];
        ran = ran.again(&args).run();
        assert!(!ran.err.contains("用在 6 份通知上"), "{}", ran.err);
    }
    let ran = ran.again(&["report", "一.json", "二.json", "-o", "全.json"]).run().code(1);
    let ran =
        ran.says("B106").says("用在 6 份通知上：年/0.yaml、年/1.yaml、年/2.yaml 等");
    for row in report(&ran, "全.json")["files"].as_array().unwrap() {
        assert_eq!(row["number"], "云工发〔2026〕18号");
        let told = row["diagnostics"].as_array().unwrap();
        assert_eq!(told.iter().filter(|it| it["code"] == "B106").count(), 1, "{row}");
    }
    // One file by one name on two machines is one notice.
    let args = ["build", "年", "-q", "--include", "1.yaml", "--report", "三.json"];
    let ran = ran.again(&args).run().code(0);
    let mut other = report(&ran, "三.json");
    other["runs"][0]["machine"] = "另一台".into();
    let run = ran.again(&["report", "三.json", "四.json"]);
    let ran = run.file("四.json", other.to_string()).run().code(0).lists("共 2 份");
    assert!(!ran.err.contains("B106"), "{}", ran.err);
}

#[test]
fn notices_that_are_named_one_by_one_are_told_of_one_number_as_well() {
    let run = Run::new().file("甲.yaml", notice("甲")).file("乙.yaml", notice("乙"));
    let ran = run.args(&["build", "甲.yaml", "乙.yaml", "-o", "点/"]).run().code(0);
    assert_eq!(ran.err.matches("B106").count(), 1, "{}", ran.err);
    let ran = ran.says("用在 2 份通知上：乙.yaml、甲.yaml");
    let ran = ran.again(&["build", "甲.yaml", "./甲.yaml"]).run().code(0);
    assert!(!ran.err.contains("B106"), "{}", ran.err);
}

#[test]
fn shares_that_were_made_differently_are_no_whole() {
    let run = (0..6).fold(Run::new(), |run, at| {
        run.file(&format!("年/{at}.yaml"), notice(&format!("第{at}")))
    });
    let mut ran = run.run();
    for (name, shard, more) in [
        ("一.json", "1/2", &[][..]),
        ("二.json", "2/2", &[]),
        ("印.json", "2/2", &["--watermark"]),
        ("试.json", "2/2", &["--dry-run"]),
    ] {
        let args = ["build", "年", "-o", "出", "-q", "--shard", shard, "--report", name];
        ran = ran.again(&args).args(more).run().code(0);
    }
    let ran = ran.again(&["report", "一.json", "二.json"]).run().code(0);
    let ran = ran.again(&["report", "一.json", "印.json"]).run().code(1);
    let ran = ran.says("第 1/2 份和第 2/2 份用的选项（如 --set、--watermark）不一样");
    let ran = ran.again(&["report", "一.json", "试.json"]).run().code(1);
    ran.says("不是全部")
        .says("这些报告不是一种：有的是 --dry-run（没有生成）的，有的是生成的");
}

#[test]
fn a_report_takes_the_place_of_no_other_file() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("台账.json", "{\"甲\": 1}\n");
    let run = run.file("合/.hongtou-merge.json", "{}").file("空.json", "");
    let mut ran = run.run();
    for (name, code) in
        [("台账.json", 2), ("合/.hongtou-merge.json", 2), ("空.json", 0), ("空.json", 0)]
    {
        let old = ran.read(name).unwrap();
        ran = ran.again(&["build", "年", "-q", "--report", name]).run().code(code);
        if code == 2 {
            ran = ran.says("不是报告，不会盖掉它");
            assert!(ran.read(name).unwrap() == old);
        }
    }
    ran.again(&["report", "空.json", "-o", "台账.json"]).run().code(2).says("不会盖掉它");
}

#[test]
fn a_report_says_no_more_what_was_before_a_run_that_was_refused() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("文件", "旧");
    let build = ["build", "年", "-q", "--report", "报.json"];
    let ran = run.args(&build).run().code(0);
    for more in
        [["-o", "文件"], ["--shard", "3/2"], ["--set", "年度"], ["--include", "无"]]
    {
        let ran = Run::new().file("报.json", ran.read("报.json").unwrap());
        let ran =
            ran.file("年/甲.yaml", SMALL).file("文件", "旧").args(&build).args(&more);
        let ran = ran.run().code(2).again(&["report", "报.json"]).run().code(1);
        let ran = ran.says("里的一次没有做成，或没有做完").lists("共 0 份");
        let ran = ran.again(&build).run().code(0).again(&["report", "报.json"]).run();
        ran.code(0).lists("共 1 份");
    }
}
