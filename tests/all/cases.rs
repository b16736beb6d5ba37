//! A file a case: what is wrong is said as accepted, what is right builds.

use hongtou::diag::Diagnostic;
use hongtou::pipeline::Order;
use hongtou::report;

use crate::support::{Run, SMALL, WORKSHOP, files, root};

#[test]
fn every_bad_notice_is_refused_with_place_and_way_out() {
    insta::glob!("../cases/bad", "*.yaml", |path| {
        let built = WORKSHOP.build_file(path, &Order::default());
        assert!(built.pdf.is_none(), "{} was built", path.display());
        let errors: Vec<Diagnostic> =
            built.findings.into_iter().filter(Diagnostic::is_error).collect();
        assert!(!errors.is_empty());
        for error in &errors {
            assert!(error.place.is_some(), "no place: {error:?}");
            assert!(!error.hints.is_empty(), "no way out: {error:?}");
        }
        let folder = format!("{}/", path.parent().unwrap().display());
        insta::assert_snapshot!(report::findings(&errors, false).replace(&folder, ""));
    });
}

#[test]
fn every_good_notice_builds_without_a_word() {
    for path in files("tests/cases/good", "yaml") {
        let built = WORKSHOP.build_file(&path, &Order::default());
        assert!(built.findings.is_empty(), "{}: {:#?}", path.display(), built.findings);
        assert!(built.pdf.is_some());
    }
}

#[test]
fn the_binary_says_the_same_and_writes_nothing() {
    let bad =
        std::fs::read(root().join("tests/cases/bad/several-problems.yaml")).unwrap();
    let ran = Run::new().file("坏.yaml", bad).args(&["build", "坏.yaml"]).run().code(1);
    assert_eq!(ran.err.matches("错误[").count(), 5, "{}", ran.err);
    assert!(ran.err.contains(" --> 坏.yaml:6:7"), "{}", ran.err);
    assert_eq!(ran.left(), ["坏.yaml"]);
}

#[test]
fn a_caret_stands_under_its_hanzi() {
    let ran = Run::new()
        .file("甲.yaml", "文种: 方案\n")
        .args(&["build", "甲.yaml"])
        .run()
        .code(1);
    let lines: Vec<&str> = ran.err.lines().collect();
    let at =
        lines.iter().position(|line| line.contains("甲.yaml:1:5")).expect("the place");
    // 文种 takes four cells, colon and space two more.
    assert_eq!(lines[at + 2], "1 | 文种: 方案", "{}", ran.err);
    assert_eq!(lines[at + 3].trim_end(), "  |       ^^^^", "{}", ran.err);
}

#[test]
fn a_line_may_end_in_a_bare_return() {
    let ran = Run::new()
        .file("甲.yaml", (SMALL.to_owned() + "格试: 1\n").replace('\n', "\r"))
        .args(&["build", "甲.yaml"])
        .run()
        .code(1)
        .says("甲.yaml:7:1\n");
    assert!(ran.err.contains("\n7 | 格试: 1\n"), "{}", ran.err);
}

#[test]
fn fifty_megabytes_are_refused_at_once() {
    let text = "正文: 一行\n".repeat(50 * 1024 * 1024 / 14);
    let ran = Run::new().file("大.yaml", text).args(&["build", "大.yaml"]).run().code(1);
    assert!(ran.err.contains("大.yaml:1:1") && ran.err.contains("8 MB"), "{}", ran.err);
}

#[test]
fn an_oversized_picture_is_refused() {
    let text = "发文机关: 甲\n标题: 关于乙的通知\n正文:\n  - 图片: 大.png\n";
    let picture = vec![0; 21 * 1024 * 1024];
    Run::new()
        .file("甲.yaml", text)
        .file("大.png", picture)
        .args(&["build", "甲.yaml"])
        .run()
        .code(1)
        .says("甲.yaml:4:9")
        .says("太大");
}

#[test]
fn a_damaged_picture_is_named() {
    let text = "发文机关: 甲\n标题: 关于乙的通知\n正文:\n  - 丙\n  - 图片: 坏.png\n";
    let picture =
        [&[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a][..], &[7; 64]].concat();
    Run::new()
        .file("甲.yaml", text)
        .file("坏.png", picture)
        .args(&["build", "甲.yaml"])
        .run()
        .code(1)
        .says("甲.yaml:5:9")
        .says("图片已损坏");
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_out_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("密.csv"), "甲,乙\n").unwrap();
    let run = Run::new().file(
        "甲.yaml",
        "发文机关: 甲\n标题: 关于乙的通知\n正文:\n  - 表格: {数据: 链接.csv}\n",
    );
    std::os::unix::fs::symlink(
        outside.path().join("密.csv"),
        run.path().join("链接.csv"),
    )
    .unwrap();
    run.args(&["build", "甲.yaml"]).run().code(1).says("甲.yaml:4:14").says("之外");
}

#[test]
fn a_notice_named_like_a_pdf_is_left_as_it_is() {
    let ran = Run::new().file("甲.pdf", SMALL).args(&["build", "甲.pdf"]).run().code(1);
    let ran = ran.says("“甲.pdf”是 PDF，不是通知");
    assert_eq!(ran.read("甲.pdf").unwrap(), SMALL.as_bytes());
}

#[test]
fn a_parameter_that_no_notice_has_is_told() {
    let set = ["--set", "年渡=2027"];
    let said = "--set 的“年渡”没有一份通知用到";
    for rest in [&["build", "甲.yaml"][..], &["build", ".", "-o", "出"]] {
        let run = Run::new().file("甲.yaml", SMALL);
        run.args(rest).args(&set).run().code(0).says(said);
        let run = Run::new().file("甲.yaml", format!("参数: {{年渡: 2026}}\n{SMALL}"));
        let ran = run.args(rest).args(&set).run().code(0);
        assert!(!ran.err.contains("没有一份"), "{}", ran.err);
    }
}
