//! Pages as text.

use super::long;
use crate::support::{Run, SMALL, root};

fn text(args: &[&str]) -> String {
    let file = root().join(args[0]);
    let ran =
        Run::new().args(&["preview", file.to_str().unwrap()]).args(&args[1..]).run();
    ran.code(0).out().to_owned()
}

#[test]
fn layouts_as_text() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    let _kept = settings.bind_to_scope();
    insta::glob!(
        "../../../examples",
        "{一页通知,三人签发请示,商请函,校长办公会议纪要,横排附件,施工计划,联合行文盖章,培训工作简报}.yaml",
        |path| {
            let ran = Run::new().args(&["preview", path.to_str().unwrap()]).run().code(0);
            insta::assert_snapshot!(ran.out());
        }
    );
}

#[test]
fn red_is_red_only_where_it_is_asked_for() {
    let plain = text(&["examples/一页通知.yaml"]);
    assert!(!plain.contains('\x1b'));
    let red = text(&["examples/一页通知.yaml", "--color", "always"]);
    assert_eq!(red.replace("\x1b[31m", "").replace("\x1b[0m", ""), plain);
    // `less -R` begins each line without colour.
    for line in red.lines().filter(|line| line.contains('\x1b')) {
        assert!(line.ends_with("\x1b[0m") && line.contains("\x1b[31m"), "{line:?}");
    }
    let head = red.lines().find(|line| line.contains("文  件") || line.contains("文件"));
    assert!(head.is_some_and(|line| line.contains("\x1b[31m")), "{red}");
}

#[test]
fn single_pages_are_taken_out() {
    let run = |args: &[&str]| {
        Run::new()
            .file("通知.yaml", long(30))
            .args(&["preview", "通知.yaml"])
            .args(args)
            .run()
    };
    let heads = |args: &[&str]| -> Vec<String> {
        let ran = run(args).code(0);
        let lines = ran.out().lines().filter(|line| line.starts_with('┄'));
        lines.map(|line| line.trim_matches(['┄', ' ']).to_owned()).collect()
    };
    assert_eq!(heads(&[]).len(), 8);
    assert_eq!(heads(&["--page", "2"]), ["第 2 页，共 8 页"]);
    assert_eq!(
        heads(&["--pages", "1，3-4"]),
        ["第 1 页，共 8 页", "第 3 页，共 8 页", "第 4 页，共 8 页"]
    );
    run(&["--page", "9"]).code(1).says("没有第 9 页，一共 8 页");
    run(&["--pages", "3-2"]).code(2).says("--pages 后面的“3-2”不是页码");
}

#[test]
fn body_lines_are_twenty_eight_hanzi_wide_on_twenty_two_lines() {
    let ran = Run::new()
        .file("通知.yaml", long(30))
        .args(&["preview", "通知.yaml", "--page", "3"])
        .run()
        .code(0);
    let lines: Vec<&str> = ran.out().lines().skip(1).collect();
    assert_eq!(lines.iter().take(22).filter(|line| !line.is_empty()).count(), 22);
    assert!(lines[1].chars().count() == 28, "{}", lines[1]);
    assert!(ran.out().contains("— 3 —"));
}

#[test]
fn a_notice_from_a_pipe_and_one_with_errors() {
    let ran = Run::new().args(&["preview", "-"]).input(SMALL).run().code(0);
    assert!(ran.out().contains("请结合实际抓好落实。"));
    let ran = Run::new().args(&["preview", "-"]).input("标题: 无\n").run().code(1);
    assert!(ran.out.is_empty());
    ran.says("标准输入");
}

#[cfg(unix)]
#[test]
fn a_narrow_window_breaks_lines_and_not_hanzi() {
    use super::pty::{Kind, Setup};
    let setup = Setup::new(Kind::Mute, &long(3)).size(40, 30).args(&["--text"]);
    let mut terminal = setup.start();
    let (code, bytes) = terminal.end();
    assert_eq!(code, 0);
    let text = String::from_utf8(bytes).unwrap();
    let plain = text.replace("\x1b[31m", "").replace("\x1b[0m", "");
    assert!(text.contains("\x1b[31m"), "a terminal has colours");
    for line in plain.lines() {
        let wide: usize = line.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum();
        assert!(wide <= 40, "{wide} {line}");
    }
    let joined: String = plain.split_whitespace().collect();
    assert!(
        joined.contains(
            "第1段。请各单位结合实际认真抓好落实。请各单位结合实际认真抓好落实。"
        )
    );
}
