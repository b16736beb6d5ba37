//! What is said of a run: each thing once, and with a way out that fits.

use super::{notice, report};
use crate::support::{Run, SMALL, root};

/// A notice that uses a parameter.
const WITH: &str = "发文机关: 甲\n标题: \"关于{{ 年度 }}年培训的通知\"\n正文: 乙\n参数: {年度: 2026}\n成文日期: 2026-03-05\n";

#[test]
fn a_parameter_that_is_not_used_is_told_only_as_far_as_that_is_known() {
    let run = || Run::new().file("年/用.yaml", WITH).file("年/不.yaml", notice("不"));
    let told = |more: &[&str], bad: &str| {
        let args = [&["build", "年", "-o", "出", "--set", "年度=2027"], more].concat();
        run().file("年/用.yaml", bad).args(&args).run().err
    };
    assert!(!told(&[], WITH).contains("年度”"));
    assert!(
        told(&["--include", "不.yaml"], WITH)
            .contains("--set 的“年度”选中的通知都没有用到")
    );
    assert!(told(&[], SMALL).contains("--set 的“年度”没有一份通知用到"));
    // A notice that is broken may use it.
    assert!(!told(&[], &WITH.replace("乙", "[乙")).contains("年度”"));
    let shards = [1, 2, 3, 4].map(|at| told(&["--shard", &format!("{at}/4")], WITH));
    assert!(shards.iter().all(|it| !it.contains("没有一份通知")), "{shards:?}");
    assert!(shards.iter().any(|it| it.contains("分给这一台的通知都没有用到")));
    let run = run().args(&["build", "年", "-o", "出", "--set", "年度=2027"]).run();
    let ran = run.again(&["build", "年", "-o", "出", "--set", "年度=2027"]).run().code(0);
    assert!(!ran.says("没有变化 2 份").err.contains("年度”"));
}

#[test]
fn a_number_that_several_notices_have_is_told() {
    let numbered = |serial, title: &str| {
        notice(title).replace("〔2026〕18号", &format!("〔2026〕{serial}号"))
    };
    let run = Run::new().file("年/甲.yaml", numbered("5", "甲"));
    let run = run.file("年/乙.yaml", numbered("5", "乙"));
    let run = run.file("年/丙.yaml", numbered("6", "丙"));
    let run =
        run.file("年/稿.yaml", numbered("", "稿")).file("年/又.yaml", numbered("", "又"));
    let build = ["build", "年", "-o", "出", "--report", "报.json"];
    let mut ran = run.args(&build).run();
    for _ in 0..2 {
        ran =
            ran.code(0).says("云工发〔2026〕5号 用在 2 份通知上：年/乙.yaml、年/甲.yaml");
        assert_eq!(ran.err.matches("B106").count(), 1, "{}", ran.err);
        let files = report(&ran, "报.json")["files"].as_array().unwrap().clone();
        let shared = files.iter().filter(|it| it["diagnostics"][0]["code"] == "B106");
        let names: Vec<_> = shared.map(|it| it["file"].clone()).collect();
        assert_eq!(names, ["年/乙.yaml", "年/甲.yaml"]);
        ran = ran.again(&build).run();
    }
}

#[test]
fn a_dry_run_tells_what_would_fail() {
    let table = notice("甲") + "附件: [{名称: 表, 表格: {数据: 表.csv}}]\n";
    let run = Run::new().file("年/甲.yaml", table).file("年/表.csv", "序号,事项\n1,甲\n");
    let run = run.file("年/乙.yaml", notice("乙")).file("年/丙.yaml", notice("丙"));
    let run = run.file("年/丁.yaml", notice("丁"));
    let ran = run.args(&["build", "年", "-o", "出", "-q"]).run().code(0);
    std::fs::remove_file(ran.folder().join("年/表.csv")).unwrap();
    std::fs::remove_file(ran.folder().join("出/丁.pdf")).unwrap();
    std::fs::create_dir(ran.folder().join("出/丁.pdf")).unwrap();
    let dry = ["build", "年", "-o", "出", "--dry-run"];
    let run = ran.again(&dry).file("年/乙.yaml", "").file("年/丙.yaml", notice("又"));
    let ran = run.run().code(1).says("找不到").says("年/乙.yaml").says("是文件夹");
    let ran = ran.says("共：要生成 1 份，失败 3 份");
    assert_eq!(ran.out(), "要生成 出/丙.pdf：通知改了\n");
    // A picture that may lack is told as the reason.
    let dry = [&dry[..], &["--pdf-standard", "a-2b"]].concat();
    let run = ran.again(&dry).file("年/丙.yaml", SMALL.replace("成文日期", "#"));
    run.run().code(1).says("T104");
}

#[test]
fn a_file_that_is_gone_is_told_as_gone() {
    let text = notice("甲") + "附件: [{名称: 图, 图片: 图.svg}]\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    let run = Run::new().file("年/甲.yaml", text).file("年/图.svg", svg);
    let ran = run.args(&["build", "年", "-q"]).run().code(0);
    std::fs::remove_file(ran.folder().join("年/图.svg")).unwrap();
    // The workspace's folder may have another of the name.
    let ran = ran.again(&["build", "年", "--report", "报.json"]).run().code(1);
    assert_eq!(report(&ran, "报.json")["files"][0]["why"], "用到的“图.svg”不在了");
}

#[cfg(unix)]
#[test]
fn a_pdf_that_cannot_be_read_is_told_as_that_and_left_alone() {
    use super::{as_clerk, permit};
    let run =
        Run::new().file("年/甲.yaml", notice("甲")).file("年/乙.yaml", notice("乙"));
    permit(run.path(), 0o777);
    let build = ["build", "年", "-o", "出"];
    let Some((0, _)) = as_clerk(run.path(), &build) else { return };
    let pdf = run.path().join("出/甲.pdf");
    let old = std::fs::metadata(&pdf).unwrap().modified().unwrap();
    permit(&pdf, 0o000);
    for more in ["", "--dry-run", "--check"] {
        let args: Vec<&str> =
            build.into_iter().chain([more]).filter(|it| !it.is_empty()).collect();
        let (code, said) = as_clerk(run.path(), &args).unwrap();
        assert_eq!(code, 1, "{said}");
        assert!(
            said.contains("不知道“出/甲.pdf”是不是最新的：它读不了，没有权限"),
            "{said}"
        );
        assert!(said.contains("失败 1 份") && !said.contains("不同"), "{said}");
    }
    assert_eq!(std::fs::metadata(&pdf).unwrap().modified().unwrap(), old);
}

#[cfg(unix)]
#[test]
fn a_pdf_that_is_read_only_is_kept() {
    use super::permit;
    let run = Run::new().file("年/甲.yaml", notice("甲"));
    let ran = run.args(&["build", "年", "-o", "出"]).run().code(0);
    let old = ran.read("出/甲.pdf").unwrap();
    permit(&ran.folder().join("出/甲.pdf"), 0o444);
    let ran = ran.again(&["build", "年", "-o", "出"]).run().code(0).says("没有变化 1 份");
    let run = ran.again(&["build", "年", "-o", "出"]).file("年/甲.yaml", notice("乙"));
    let ran = run.run().code(1).says("写不了“出/甲.pdf”：这个文件设成了只读");
    let ran = ran.says("先取消“只读”").again(&["build", "年/甲.yaml", "-o", "出/"]);
    let ran = ran.run().code(2).says("这个文件设成了只读");
    assert!(ran.read("出/甲.pdf").unwrap() == old);
}

#[test]
fn what_was_adjusted_is_told_and_reported() {
    let sentence = "各单位应当结合实际认真组织，按时报送进展情况。";
    let body = format!("|\n  {}\n  {}", sentence.repeat(3), sentence.repeat(4));
    let text = SMALL.replace("请结合实际抓好落实。", &body);
    let run = Run::new().file("年/甲.yaml", text.replace("主送: 各县（区）总工会\n", ""));
    let args = ["build", "年", "-o", "出", "--report", "报.json"];
    let adjusted = "末两行移到署名一页";
    let mut ran = run.args(&args).run().code(0);
    ran = ran.says(&format!("已生成 出/甲.pdf（2 页；调整：{adjusted}）"));
    for state in ["built", "unchanged"] {
        let told = &report(&ran, "报.json")["files"][0];
        assert_eq!(
            (&told["state"], &told["adjusted"]),
            (&state.into(), &adjusted.into())
        );
        ran = ran.again(&args).run().code(0);
    }
}

#[test]
fn what_is_wrong_with_all_notices_is_told_once() {
    let run = (0..30).fold(Run::new(), |run, at| {
        run.file(&format!("年/{at:02}.yaml"), notice(&format!("第{at}")))
    });
    let run = run.file("模/notice.typ.jinja", "#panic(1)");
    let build = ["build", "年", "-o", "出", "--templates", "模"];
    let ran = run.args(&build).run().code(1).says("失败 年/00.yaml：");
    let ran = ran.says("失败 年/01.yaml：同上").says("失败 年/29.yaml：同上");
    let ran = ran.says("失败 30 份");
    assert!(!ran.err.contains("还有 29 份"), "{}", ran.err);
    assert_eq!(ran.err.matches("模板排不出来").count(), 1, "{}", ran.err);
    // A damaged register is one fault, not thirty.
    let workspace = "机关: {名称: 云岭市总工会, 代字: 云工发}\n";
    let run = ran.again(&["build", "年", "-o", "出"]).file("年/hongtou.yaml", workspace);
    let run = run.file("年/登记簿.db", "坏".repeat(999));
    let mut ran = run.run().code(0).says("同样的提醒[R103] 还有 29 份");
    assert_eq!(ran.err.matches("[R103]").count(), 2, "{}", ran.err);
    ran = ran.again(&["build", "年", "-o", "出"]).run().code(0).says("没有变化 30 份");
    assert_eq!(ran.err.matches("没有核对发文字号").count(), 1, "{}", ran.err);
}

#[test]
fn a_number_that_is_not_registered_takes_a_line_where_nothing_changed() {
    let workspace = "机关: {名称: 云岭市总工会, 代字: 云工发}\n";
    let run = Run::new().file("年/甲.yaml", SMALL).file("年/hongtou.yaml", workspace);
    let ran =
        run.args(&["number", "reserve", "云工发", "--year", "2026"]).inside("年").run();
    let ran =
        ran.code(0).again(&["build", "年", "-o", "出"]).run().code(0).says("提醒[R101]");
    let ran =
        ran.again(&["build", "年", "-o", "出", "--report", "报.json"]).run().code(0);
    let ran = ran.says("提醒 年/甲.yaml:2:7: R101 登记簿里没有");
    assert!(!ran.err.contains("[R101]"), "{}", ran.err);
    assert_eq!(report(&ran, "报.json")["files"][0]["diagnostics"][0]["code"], "R101");
}

#[test]
fn many_failures_are_shown_in_full_as_far_as_anybody_reads() {
    let run = (0..25).fold(Run::new(), |run, at| {
        run.file(&format!("年/{at:02}.yaml"), SMALL.replace("2026-03-05", "2026-02-30"))
    });
    let ran = run.args(&["build", "年", "-o", "出"]).run().code(1);
    assert_eq!(ran.err.matches("错误[Y209]").count(), 20, "{}", ran.err);
    for at in 0..25 {
        assert_eq!(ran.err.matches(&format!("年/{at:02}.yaml:6:7")).count(), 1, "{at}");
    }
    ran.says("失败 年/24.yaml:6:7: Y209");
}

#[cfg(unix)]
#[test]
fn an_output_that_can_be_none_is_refused_with_a_way_out() {
    let run = || {
        let run = Run::new().file("年/甲.yaml", notice("甲")).file("文件", "旧");
        std::os::unix::fs::symlink("没有", run.path().join("断")).unwrap();
        std::os::unix::fs::symlink("没有.yaml", run.path().join("断.yaml")).unwrap();
        run
    };
    for (args, code, says) in [
        (["build", "年", "-o", "文件"].as_slice(), 2, "“文件”是文件，不是文件夹"),
        (&["build", "年", "-o", "/dev/null"], 2, "“/dev/null”是设备，不是文件夹"),
        (&["build", "年", "-o", "断"], 2, "“断”是一个链接，它指向的地方没有了"),
        (&["build", "断.yaml"], 1, "它是一个链接，指向的文件没有了"),
        (&["build", "年", "-j", "0"], 2, "写 1 到 256 之间的整数"),
        (&["build", "年", "-j", "1000"], 2, "写 1 到 256 之间的整数"),
        (&["build", "年", "-j", "abc"], 2, "写 1 到 256 之间的整数"),
        (&["build", "年", "-j", "1.5"], 2, "写 1 到 256 之间的整数"),
        (&["build", "年", "-j", ""], 2, "写 1 到 256 之间的整数"),
        (&["build", "年", "-j", "-1"], 2, "写 1 到 256 之间的整数"),
        (
            &["build", "年", "--copies", "1-2", "--separate"],
            2,
            "成批生成时不能用 --separate",
        ),
        (&["build", "年", "--force", "--dry-run"], 2, "”不能同“--"),
        (&["build", "年", "--check", "--check"], 2, "“--check”只能写一次"),
    ] {
        let ran = run().args(args).run().code(code).says(says).says("办法");
        assert!(!ran.err.contains("磁盘空间"), "{}", ran.err);
    }
    let ran = run().args(&["build", "年", "-o", "夹.pdf/"]).run().code(0);
    assert!(ran.read("夹.pdf/甲.pdf").is_some());
}

#[cfg(unix)]
#[test]
fn a_notice_that_may_not_be_read_is_told_as_that() {
    use super::{as_clerk, permit};
    let run = Run::new().file("年/甲.yaml", SMALL);
    permit(run.path(), 0o777);
    permit(&run.path().join("年/甲.yaml"), 0o000);
    let Some((code, said)) = as_clerk(run.path(), &["build", "年", "-o", "出"]) else {
        return;
    };
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("“年/甲.yaml”读不了：没有权限"), "{said}");
    assert!(said.contains("可以读这个文件") && !said.contains("检查文件名"), "{said}");
}

#[test]
fn the_only_notice_of_a_folder_goes_to_the_pdf_that_is_named() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("年/流程.yaml", "on: push\n");
    let ran = run.args(&["build", "年", "-o", "发文.pdf"]).run().code(0);
    let ran = ran.says("已生成 发文.pdf");
    let run = ran.again(&["build", "年", "-o", "发文.pdf"]).file("年/乙.yaml", SMALL);
    let ran = run.run().code(2).says("不能都写到一个文件");
    let run = ran.again(&["build", "年", "-o", "表.pdf", "--include", "甲.yaml"]);
    run.file("表.pdf", "不是 PDF").run().code(2).says("不会盖掉它");
}

#[test]
fn a_file_that_is_named_twice_is_built_once() {
    let run = Run::new().file("甲.yaml", SMALL).file("乙.yaml", SMALL);
    let ran = run.args(&["build", "甲.yaml", "./甲.yaml", "甲.yaml"]).run().code(0);
    assert_eq!(ran.err.matches("已生成").count(), 1, "{}", ran.err);
    let ran = ran.again(&["build", "甲.yaml", "甲.yaml", "-o", "发.pdf"]).run().code(0);
    assert!(ran.read("发.pdf").is_some());
    let ran = ran.again(&["build", "甲.yaml", "甲.yaml", "--force"]).run().code(0);
    ran.says("共：生成 1 份");
}

#[test]
fn places_in_a_workspace_s_file_are_named_as_those_of_notices() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("年/hongtou.yaml", "机构: 甲\n");
    let ran = run.args(&["build", "年", "-o", "出"]).run().code(1);
    let ran = ran.says(" --> 年/hongtou.yaml:1:1\n");
    let ran = ran.again(&["build", "年/甲.yaml"]).run().code(1);
    ran.says(" --> 年/hongtou.yaml:1:1\n");
}

#[test]
fn what_a_standard_of_pdf_forbids_is_told_in_chinese_with_another_standard() {
    let run = Run::new()
        .file("甲.yaml", std::fs::read(root().join("examples/横排附件.yaml")).unwrap());
    let ran = run.args(&["build", "甲.yaml", "--pdf-standard", "ua-1"]).run().code(1);
    let ran = ran.says("[T105]").says("--pdf-standard a-2a");
    assert!(!ran.err.contains("structure"), "{}", ran.err);
    ran.again(&["build", "甲.yaml", "--pdf-standard", "a-2a"]).run().code(0);
}
