//! Folders of notices.

use super::{notice, pdfs, report, year};
use crate::support::{Run, SMALL};

#[test]
fn the_invented_year_is_built_into_a_mirrored_tree_without_a_word() {
    let ran =
        year().args(&["build", "年", "-o", "出", "--report", "报.json"]).run().code(0);
    let report = report(&ran, "报.json");
    assert_eq!(
        (&report["built"], &report["failed"]),
        (&17.into(), &0.into()),
        "{}",
        ran.err
    );
    for file in report["files"].as_array().unwrap() {
        assert!(file["diagnostics"].as_array().unwrap().is_empty(), "{file}");
        assert!(
            file["pages"].as_u64() > Some(0) && file["ms"].as_f64() > Some(0.0),
            "{file}"
        );
        let pdf = ran.read(file["pdf"].as_str().unwrap()).unwrap();
        assert_eq!(file["bytes"].as_u64(), Some(pdf.len() as u64));
    }
    assert!(
        ran.read("出/月度/01月.pdf").is_some()
            && ran.read("出/季度/第一季度.pdf").is_some()
    );
    assert!(
        ran.says("共：生成 17 份，失败 0 份").err.contains("已生成 出/月度/12月.pdf（")
    );
}

#[test]
fn any_number_of_threads_and_any_order_give_the_same_bytes() {
    let built = |args: &[&str]| {
        let ran = year().args(&["build"]).args(args).run().code(0);
        pdfs(&ran.folder().join("出"))
    };
    let one = built(&["年", "-o", "出", "-j", "1", "-q"]);
    assert_eq!(one.len(), 17);
    assert!(one == built(&["年", "-o", "出", "-j", "2", "-q"]));
    assert!(one == built(&["年", "-o", "出", "-j", "4", "-q"]));
    let files: Vec<String> =
        (1..=12).rev().map(|m| format!("年/月度/{m:02}月.yaml")).collect();
    let mut args: Vec<&str> = files.iter().map(String::as_str).collect();
    args.extend(["-o", "出", "-j", "3", "-q"]);
    let months = built(&args);
    assert_eq!(months.len(), 12);
    for (name, bytes) in &months {
        assert!(
            one[&std::path::Path::new("月度").join(name)] == *bytes,
            "{}",
            name.display()
        );
    }
}

#[test]
fn the_shards_are_exactly_the_whole() {
    let whole = year().args(&["build", "年", "-o", "出", "-q"]).run().code(0);
    let mut ran = year()
        .args(&["build", "年", "-o", "出", "-q", "--shard", "1/3", "--report", "1.json"])
        .run()
        .code(0);
    for shard in ["2/3", "3/3"] {
        let report = format!("{}.json", &shard[..1]);
        let args =
            ["build", "年", "-o", "出", "-q", "--shard", shard, "--report", &report];
        ran = ran.again(&args).run().code(0);
    }
    let parts: u64 = ["1.json", "2.json", "3.json"]
        .iter()
        .map(|name| report(&ran, name)["built"].as_u64().unwrap())
        .sum();
    assert_eq!(parts, 17);
    assert!(pdfs(&whole.folder().join("出")) == pdfs(&ran.folder().join("出")));
    let ran = ran.again(&["report", "1.json", "3.json"]).run().code(1);
    let ran = ran.says("还缺 1 份报告（--shard 2/3）");
    let ran = ran.again(&["report", "1.json", "3.json", "-o", "两.json"]).run().code(1);
    let ran = ran.again(&["report", "两.json", "2.json", "-o", "全.json"]).run().code(0);
    assert!(ran.out().contains("共 17 份：生成 17 份"), "{}", ran.out());
    assert_eq!(report(&ran, "全.json")["files"].as_array().unwrap().len(), 17);
    let ran = ran.again(&["build", "年", "-o", "出"]).run().code(0);
    ran.says("没有变化 17 份");
}

#[test]
fn a_shard_that_is_none_is_refused() {
    for shard in ["0/3", "4/3", "1", "a/b", "1/0"] {
        year().args(&["build", "年", "--shard", shard]).run().code(2).says("第几/共几");
    }
}

#[test]
fn only_notices_are_built() {
    let ran = Run::new()
        .file("年/甲.yaml", SMALL)
        .file("年/乙.yml", SMALL)
        .file("年/流程.yaml", "on: push\n")
        .file("年/hongtou.yaml", "调整: {行距: 3, 字距: 3}\n")
        .file("年/.藏/丙.yaml", SMALL)
        .file("年/出/丁.yaml", "on: push\n")
        .file("年/旧稿/戊.yaml", SMALL)
        .file("年/己.txt", SMALL)
        .args(&["build", "年", "-o", "年/出", "--exclude", "旧稿"])
        .run()
        .code(0)
        .says("跳过 年/流程.yaml：不是通知（没有“发文机关”“标题”这样的键）");
    let names: Vec<_> = pdfs(&ran.folder().join("年")).into_keys().collect();
    assert_eq!(
        names,
        [std::path::Path::new("出/乙.pdf"), std::path::Path::new("出/甲.pdf")]
    );
    let ran =
        ran.again(&["build", "年", "--include", "旧*/*", "--dry-run"]).run().code(0);
    ran.lists("要生成 年/旧稿/戊.pdf：没有生成过").says("共：要生成 1 份");
}

#[test]
fn without_an_output_folder_pdfs_lie_beside_their_notices() {
    let ran =
        Run::new().file("年/里/甲.yaml", SMALL).args(&["build", "年"]).run().code(0);
    assert!(ran.read("年/里/甲.pdf").is_some());
    ran.again(&["build", "年"]).run().code(0).says("没有变化 1 份");
}

#[test]
fn quiet_is_quiet() {
    let ran =
        Run::new().file("年/甲.yaml", SMALL).args(&["build", "年", "-q"]).run().code(0);
    assert_eq!((ran.err.as_str(), ran.out()), ("", ""));
    let ran =
        Run::new().file("甲.yaml", SMALL).args(&["build", "甲.yaml", "-q"]).run().code(0);
    assert_eq!((ran.err.as_str(), ran.out()), ("", ""));
}

#[test]
fn two_notices_with_one_output_are_told_before_anything_is_written() {
    let ran = Run::new()
        .file("年/甲.yaml", SMALL)
        .file("年/甲.yml", SMALL)
        .file("年/乙.yaml", SMALL)
        .args(&["build", "年", "-o", "出"])
        .run()
        .code(2)
        .says("“年/甲.yaml”和“年/甲.yml”都要写到“出/甲.pdf”");
    assert_eq!(ran.left(), ["年"]);
}

#[test]
fn a_check_compares_and_writes_nothing() {
    let ran = Run::new()
        .file("年/甲.yaml", notice("甲"))
        .file("年/乙.yaml", notice("乙"))
        .file("年/丙.yaml", notice("丙"))
        .args(&["build", "年", "-o", "出", "-q"])
        .run()
        .code(0);
    let ran = ran
        .again(&["build", "年", "-o", "出", "--check"])
        .run()
        .code(0)
        .says("相同 3 份");
    let ran = ran.again(&["build", "年", "-o", "出", "--check"]).file("出/甲.pdf", "旧");
    std::fs::remove_file(ran.path().join("出/乙.pdf")).unwrap();
    let ran = ran.run().code(1).says("相同 1 份，不同 1 份，没有 PDF 的 1 份");
    assert_eq!(
        ran.out(),
        "没有 出/乙.pdf：没有这份 PDF\n不同 出/甲.pdf：同现在排出的不一样\n"
    );
    assert_eq!(ran.read("出/甲.pdf").unwrap(), "旧".as_bytes());
    assert!(ran.read("出/乙.pdf").is_none());
}

#[test]
fn an_empty_folder_and_options_for_one_notice_are_refused() {
    let run = || Run::new().file("年/甲.txt", "");
    run().args(&["build", "年"]).run().code(2).says("没有通知");
    for option in ["--open", "-o-"] {
        run().args(&["build", "年", option]).run().code(2).says("成批生成时不能用");
    }
    run().args(&["build", "年", "--exclude", ""]).run().code(2).says("--exclude");
}

#[test]
fn a_notice_that_is_named_twice_is_built_once() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("年/乙.yaml", SMALL);
    let ran = run.args(&["build", "年", "年/甲.yaml", "./年", "-o", "出"]).run().code(0);
    ran.says("生成 2 份");
}

#[test]
fn a_batch_is_not_watched() {
    for args in [
        &["build", "年", "--watch"] as &[&str],
        &["build", "年/甲.yaml", "--watch", "--dry-run"],
        &["build", "年/甲.yaml", "--watch", "--report", "报告.json"],
    ] {
        let ran = Run::new().file("年/甲.yaml", SMALL).args(args).run().code(2);
        assert!(pdfs(ran.folder()).is_empty(), "{args:?}");
    }
}

#[test]
fn what_patterns_do_not_choose_is_told_as_that() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("年/季[1]/乙.yaml", SMALL);
    let ran = run.args(&["build", "年", "--include", "/"]).run().code(2);
    let ran = ran.says("--include 后面的“/”写得不对");
    let ran = ran.again(&["build", "年", "--include", "季/甲.yaml"]).run().code(2);
    let ran = ran.says("--include、--exclude 一份通知也没有选中");
    // A folder's name, brackets and all, is all that lies in it.
    let ran = ran.again(&["build", "年", "--include", "季[1]"]).run().code(0);
    let ran = ran.says("生成 1 份").again(&["build", "年", "--exclude", "季[1]"]).run();
    ran.code(0).says("共：生成 1 份");
}

#[test]
fn an_empty_folder_among_others_is_told() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("空/甲.txt", "");
    let ran = run.args(&["build", "年", "空", "-o", "出"]).run().code(0);
    ran.says("“空”里没有要排的通知").says("生成 1 份");
}

#[cfg(unix)]
#[test]
fn names_are_shown_without_what_a_terminal_obeys_and_links_stay() {
    let run = Run::new().file("年/甲\u{1b}]0;x\u{7}.yaml", SMALL).file("实.json", "");
    std::os::unix::fs::symlink("实.json", run.path().join("报告.json")).unwrap();
    let ran = run.args(&["build", "年", "--report", "报告.json"]).run().code(0);
    let ran = ran.says("甲\u{241b}]0;x\u{2407}.pdf");
    assert!(ran.read("实.json").unwrap().starts_with(b"{"));
    assert!(ran.folder().join("报告.json").is_symlink());
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_has_a_pdf_of_its_own() {
    let run = Run::new().file("根/甲/一.yaml", SMALL).file("另/三.yaml", SMALL);
    std::fs::create_dir(run.path().join("根/乙")).unwrap();
    std::os::unix::fs::symlink("../甲/一.yaml", run.path().join("根/乙/二.yaml"))
        .unwrap();
    let ran = run.args(&["build", "根", "另", "根/甲/一.yaml", "-o", "出"]).run().code(0);
    let ran = ran.says("生成 3 份");
    for pdf in ["出/甲/一.pdf", "出/乙/二.pdf", "出/三.pdf"] {
        assert!(ran.read(pdf).is_some(), "{pdf}: {:?}", ran.left());
    }
}

#[test]
fn an_office_s_templates_are_no_notices() {
    let run =
        Run::new().file("年/甲.yaml", SMALL).file("年/模板/kinds.yaml", "标题: 甲\n");
    let run = run.file("年/模板/notice.typ.jinja", "");
    run.args(&["build", "年", "-o", "出"]).run().code(0).says("生成 1 份，失败 0 份");
}

#[test]
fn a_pattern_without_a_slash_names_files_and_folders_at_any_depth() {
    let run = Run::new().file("年/甲/旧稿/一.yaml", SMALL).file("年/旧稿/二.yaml", SMALL);
    let run = run.file("年/甲/03月.yaml", SMALL).file("年/甲/04月.yaml", SMALL);
    let ran = run.args(&["build", "年", "-o", "出", "--exclude", "旧稿"]).run().code(0);
    let ran = ran.says("生成 2 份").again(&[
        "build",
        "年",
        "-o",
        "又",
        "--include",
        "03月.yaml",
    ]);
    ran.run().code(0).says("生成 1 份");
}

#[test]
fn a_path_that_is_mistyped_is_told() {
    let ran = Run::new().args(&["build", "年度计画", "-o", "出"]).run().code(2);
    ran.says("没有“年度计画”这个文件或者文件夹");
}

#[test]
fn patterns_may_be_paths_as_a_shell_completes_them_and_hold_for_named_files() {
    let run = Run::new().file("公文/年/旧/一.yaml", notice("一"));
    let run = run.file("公文/年/新/二.yaml", notice("二"));
    let whole = run.path().canonicalize().unwrap().join("公文/年/旧/");
    let mut ran = run.args(&["build", "公文/年", "--exclude", "公文/年/旧/"]).run();
    ran = ran.code(0).says("共：生成 1 份");
    let (whole, named) = (whole.to_str().unwrap(), "公文/年/旧/一.yaml");
    for args in [
        &["build", "公文/年", "--exclude", whole][..],
        &["build", named, "公文/年/新/二.yaml", "--exclude", "一.yaml"],
        &["build", "公文/年", named, "--include", "公文/年/新"],
    ] {
        ran = ran.again(args).run().code(0).says("1 份，失败 0 份");
        assert!(!ran.err.contains("没有对上"), "{}", ran.err);
    }
    let args = ["build", "公文/年", "--exclude", "旧", "--exclude", "旧稿"];
    let ran =
        ran.again(&args).run().code(0).says("--exclude 后面的“旧稿”没有对上任何文件");
    assert_eq!(ran.err.matches("没有对上").count(), 1, "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_told_as_one() {
    let run = Run::new().file("年/甲.yaml", SMALL);
    std::os::unix::fs::symlink("无.yaml", run.path().join("年/乙.yaml")).unwrap();
    let ran = run.args(&["build", "年"]).run().code(1);
    ran.says("“年/乙.yaml”读不了").says("它指向的文件或文件夹没有了");
    let run = Run::new().file("年/甲.yaml", SMALL);
    std::os::unix::fs::symlink("圈.yaml", run.path().join("年/圈.yaml")).unwrap();
    let ran = run.args(&["build", "年"]).run().code(1);
    let ran = ran.says("“年/圈.yaml”读不了：链接绕了回来");
    ran.again(&["build", "年/圈.yaml"]).run().code(1).says("链接绕了回来");
}

#[test]
fn a_folder_of_notices_is_no_output() {
    let run = Run::new().file("源/01月/甲.yaml", notice("甲"));
    let run = run.file("源/乙.yaml", notice("乙").replace("18号", "19号"));
    let build = ["build", "源", "-o", "源/01月"];
    let ran = run.args(&build).run().code(2).says("那里有 1 份通知（“源/01月/甲.yaml”）");
    let ran = ran.says("--exclude 01月");
    assert_eq!(pdfs(ran.folder()).len(), 0);
    let ran = ran.again(&build).args(&["--exclude", "01月"]).run().code(0);
    let ran = ran.says("生成 1 份");
    // What is no notice may lie there, and so may notices where the PDFs go beside them.
    let build = ["build", "源", "-o", "源/出"];
    let ran = ran.again(&build).file("源/出/流程.yaml", "on: push\n").run().code(0);
    ran.again(&["build", "源", "-o", "源"]).run().code(0).says("生成 2 份");
}

#[test]
fn several_notices_make_a_folder_of_what_is_no_file() {
    let files = || {
        let run = Run::new().file("甲.yaml", notice("甲")).file("文件", "旧");
        run.file("乙.yaml", notice("乙").replace("18号", "19号"))
    };
    let run = files().args(&["build", "甲.yaml", "乙.yaml", "-o", "输出"]);
    let ran = run.run().code(0);
    assert_eq!(pdfs(&ran.folder().join("输出")).len(), 2);
    for output in ["合.pdf", "文件"] {
        let ran = files().args(&["build", "甲.yaml", "乙.yaml", "-o", output]).run();
        ran.code(2).says(output).says("办法: ");
    }
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named_and_not_the_pdfs_below() {
    let run = Run::new().file("源/02月/甲.yaml", SMALL);
    let ran = run.args(&["build", "源", "-o", "出"]).run().code(0);
    std::fs::remove_dir_all(ran.folder().join("出/02月")).unwrap();
    let mut run =
        ran.again(&["build", "源", "-o", "出", "--dry-run"]).file("出/02月", "旧");
    for args in [["build", "源", "-o", "出"], ["build", "源", "-o", "出"]] {
        run = run.run().code(1).says("“出/02月”是文件，不是文件夹").again(&args);
    }
}
