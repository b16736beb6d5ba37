//! The commands as a clerk runs them.

use crate::support::{Run, SMALL, root};

#[test]
fn help_is_chinese_and_has_an_example() {
    let commands = [
        vec![],
        vec!["build"],
        vec!["calibrate"],
        vec!["preview"],
        vec!["init"],
        vec!["issue"],
        vec!["number"],
        vec!["number", "next"],
        vec!["number", "reserve"],
        vec!["number", "void"],
        vec!["number", "list"],
        vec!["number", "gaps"],
        vec!["number", "import"],
        vec!["number", "history"],
        vec!["number", "doctor"],
        vec!["verify"],
        vec!["measure"],
        vec!["merge"],
        vec!["renew"],
        vec!["report"],
        vec!["new"],
        vec!["fonts"],
        vec!["schema"],
        vec!["completions"],
    ];
    let mut all = String::new();
    for command in commands {
        let args: Vec<&str> = command.iter().copied().chain(["--help"]).collect();
        let ran = Run::new().args(&args).run().code(0);
        assert!(ran.out().contains("例："), "{}", ran.out());
        all += &format!("$ hongtou {}\n{}\n", args.join(" "), ran.out());
    }
    for english in
        ["Usage", "Options", "Arguments", "Commands", "Print", "default", "possible"]
    {
        assert!(!all.contains(english), "{english} in\n{all}");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_wrong_command_line_is_explained_in_chinese() {
    let cases: [(&[&str], &str); 8] = [
        (&["biuld"], "是不是想写“build”"),
        (&["build"], "缺少"),
        (&["build", "--watermrk", "甲.yaml"], "--watermark"),
        (&["build", "甲.yaml", "--pdf-standard", "a-9"], "a-2b"),
        (&["build", "甲.yaml", "--set", "年度"], "键=值"),
        (&["completions", "dos"], "bash"),
        (&["build", "甲.yaml", "--ppi", "9"], "写 20 到 600 之间的数"),
        (
            &["merge", "甲.yaml", "--data", "甲.csv", "--copies-from", "0"],
            "写 1 到 999999 之间的整数",
        ),
    ];
    for (args, says) in cases {
        let ran = Run::new().file("甲.yaml", SMALL).args(args).run().code(2).says(says);
        assert!(!ran.err.contains("error:"), "{}", ran.err);
    }
}

#[test]
fn the_pdf_appears_beside_the_notice() {
    let ran =
        Run::new().file("里/甲.yaml", SMALL).args(&["build", "里/甲.yaml"]).run().code(0);
    assert!(ran.read("里/甲.pdf").unwrap().starts_with(b"%PDF"));
    assert_eq!(ran.err.trim(), "已生成 里/甲.pdf（1 页）");
}

#[test]
fn a_name_with_dots_keeps_them() {
    let ran = Run::new()
        .file("甲.第1稿.yaml", SMALL)
        .args(&["build", "甲.第1稿.yaml"])
        .run()
        .code(0);
    assert!(ran.read("甲.第1稿.pdf").is_some());
}

#[test]
fn several_notices_go_to_a_folder_and_a_bad_one_stops_none() {
    let ran = Run::new()
        .file("甲.yaml", SMALL)
        .file("乙.yaml", "标题: [\n")
        .file("丙.yaml", SMALL)
        .args(&["build", "甲.yaml", "乙.yaml", "丙.yaml", "-o", "出/"])
        .run()
        .code(1);
    assert!(ran.read("出/甲.pdf").is_some() && ran.read("出/丙.pdf").is_some());
    assert!(ran.read("出/乙.pdf").is_none());
}

#[test]
fn two_notices_never_share_one_output() {
    let run = || Run::new().file("一/甲.yaml", SMALL).file("二/甲.yaml", SMALL);
    let ran = run()
        .args(&["build", "一/甲.yaml", "二/甲.yaml", "-o", "出/"])
        .run()
        .code(2)
        .says("都要写到");
    assert!(ran.read("出/甲.pdf").is_none());
    run()
        .args(&["build", "一/甲.yaml", "二/甲.yaml", "-o", "乙.pdf"])
        .run()
        .code(2)
        .says("-o 后面写文件夹");
}

#[test]
fn standard_input_and_output_are_a_dash() {
    let ran = Run::new().input(SMALL).args(&["build", "-", "-o", "-"]).run().code(0);
    assert!(ran.out.starts_with(b"%PDF"));
    assert!(ran.left().is_empty());
}

#[test]
fn a_notice_is_never_overwritten_by_its_pdf() {
    let ran = Run::new()
        .file("甲.yaml", SMALL)
        .args(&["build", "甲.yaml", "-o", "甲.yaml"])
        .run()
        .code(2);
    assert_eq!(ran.read("甲.yaml").unwrap(), SMALL.as_bytes());
}

#[test]
fn a_failure_leaves_the_old_pdf_whole() {
    let ran = Run::new()
        .file("甲.yaml", "标提: 乙\n")
        .file("甲.pdf", "旧")
        .args(&["build", "甲.yaml"])
        .run()
        .code(1);
    assert_eq!(ran.read("甲.pdf").unwrap(), "旧".as_bytes());
    assert_eq!(ran.left(), ["甲.pdf", "甲.yaml"]);
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let run = Run::new().file("甲.yaml", SMALL);
    std::fs::create_dir(run.path().join("甲.pdf")).unwrap();
    let ran =
        run.args(&["build", "甲.yaml"]).run().code(2).says("写不了“甲.pdf”：是文件夹");
    assert_eq!(ran.left(), ["甲.pdf", "甲.yaml"]);
    let ran = Run::new()
        .file("甲.yaml", SMALL)
        .args(&["build", "甲.yaml", "-o", "无/乙.pdf"])
        .run()
        .code(2);
    assert!(ran.err.contains("没有这个文件或文件夹"), "{}", ran.err);
}

#[test]
fn a_missing_notice_is_told() {
    Run::new()
        .args(&["build", "无.yaml"])
        .run()
        .code(1)
        .says("“无.yaml”读不了：没有这个文件或文件夹");
}

#[test]
fn parameters_of_the_command_line_win() {
    let notice = SMALL
        .replace("标题: 关于", "参数: {年度: 2026}\n标题: \"关于{{ 年度 }}年")
        .replace("的通知", "的通知\"");
    let run = || Run::new().file("甲.yaml", &notice);
    let plain = run().args(&["build", "甲.yaml"]).run().code(0).read("甲.pdf").unwrap();
    let set = run()
        .args(&["build", "甲.yaml", "--set", "年度=2027"])
        .run()
        .code(0)
        .read("甲.pdf")
        .unwrap();
    assert!(plain != set);
    let hostile = "年度=\"]; {{ 年度 }} #panic()";
    run().args(&["build", "甲.yaml", "--set", hostile]).run().code(0);
}

#[test]
fn a_watermark_changes_the_pages() {
    let run = || Run::new().file("甲.yaml", SMALL);
    let plain = run().args(&["build", "甲.yaml"]).run().code(0).read("甲.pdf").unwrap();
    let draft = run()
        .args(&["build", "甲.yaml", "--watermark"])
        .run()
        .code(0)
        .read("甲.pdf")
        .unwrap();
    let other = run()
        .args(&["build", "甲.yaml", "--watermark=征求意见稿"])
        .run()
        .code(0)
        .read("甲.pdf")
        .unwrap();
    assert!(plain != draft && draft != other);
}

#[test]
fn fonts_are_looked_for_in_their_order() {
    let fonts = root().join("fonts");
    let fonts = fonts.to_str().unwrap();
    let run = || Run::new().file("甲.yaml", SMALL);
    run()
        .args(&["build", "甲.yaml", "--fonts", "无"])
        .run()
        .code(2)
        .says("--fonts 指定的字体文件夹“无”不存在");
    run()
        .variable("HONGTOU_FONTS", "无")
        .args(&["build", "甲.yaml"])
        .run()
        .code(2)
        .says("HONGTOU_FONTS");
    run()
        .variable("HONGTOU_FONTS", "无")
        .args(&["build", "甲.yaml", "--fonts", fonts])
        .run()
        .code(0);
    let run = run();
    std::fs::create_dir(run.path().join("空")).unwrap();
    run.args(&["build", "甲.yaml", "--fonts", "空"]).run().code(2).says("没有可用的字体");
}

#[test]
fn a_notice_in_borrowed_faces_says_so() {
    let run = Run::new().file("甲.yaml", SMALL);
    let fonts = run.path().join("字");
    std::fs::create_dir(&fonts).unwrap();
    for name in ["GWBiaoSong", "GWHeiTi", "GWKaiTi", "GWSongTi", "LiberationSerif"] {
        let file = format!("{name}-Regular.ttf");
        std::fs::copy(root().join("fonts").join(&file), fonts.join(&file)).unwrap();
    }
    let args = ["build", "甲.yaml", "--fonts", "字"];
    let ran = run.args(&args).run().code(0).says("提醒[P306]");
    let ran = ran.says("没有仿宋字体，用“GW SongTi”代替");
    std::fs::copy(
        root().join("fonts/GWFangSong-Regular.ttf"),
        fonts.join("GWFangSong-Regular.ttf"),
    )
    .unwrap();
    let ran = ran.again(&args).run().code(0);
    assert!(!ran.err.contains("P306"), "{}", ran.err);
}

#[test]
fn a_substituted_role_is_reported() {
    let ran = Run::new().args(&["fonts"]).run().code(0);
    assert!(ran.out().contains("小标宋：GW BiaoSong（代用）"), "{}", ran.out());
    let run = Run::new();
    let fonts = run.path().join("字");
    std::fs::create_dir(&fonts).unwrap();
    std::fs::copy(root().join("fonts/GWSongTi-Regular.ttf"), fonts.join("a.ttf"))
        .unwrap();
    let ran = run.args(&["fonts", "--fonts", "字"]).run().code(0);
    assert!(ran.out().contains("楷体：没有，借用 GW SongTi"), "{}", ran.out());
}

#[test]
fn the_workspace_gives_an_office_s_defaults() {
    let workspace = "机关:\n  名称: 云岭市总工会\n  印发机关: 云岭市总工会办公室\n  抄送: [市委办公室]\n";
    let run = || Run::new().file("hongtou.yaml", workspace);
    let with = run()
        .file("里/甲.yaml", SMALL)
        .args(&["build", "里/甲.yaml"])
        .run()
        .code(0)
        .read("里/甲.pdf")
        .unwrap();
    let without = Run::new()
        .file("里/甲.yaml", SMALL)
        .args(&["build", "里/甲.yaml"])
        .run()
        .code(0)
        .read("里/甲.pdf")
        .unwrap();
    let none = format!("{SMALL}抄送:\n印发:\n");
    let refused = run()
        .file("里/甲.yaml", none)
        .args(&["build", "里/甲.yaml"])
        .run()
        .code(0)
        .read("里/甲.pdf")
        .unwrap();
    assert!(with != without);
    assert!(refused == without);
    Run::new()
        .file("hongtou.yaml", "机构: 甲\n")
        .file("甲.yaml", SMALL)
        .args(&["build", "甲.yaml"])
        .run()
        .code(1)
        .says("hongtou.yaml:1:1");
}

#[test]
fn a_folder_of_templates_goes_before_the_built_in_ones() {
    let run = || Run::new().file("甲.yaml", SMALL);
    let own = "#import \"/gongwen/lib.typ\": *\n#show: notice.with(meta: {{ meta }})\n#body({{ body }})\n";
    let ran = run()
        .file("模/notice.typ.jinja", own)
        .args(&["build", "甲.yaml", "--templates", "模"])
        .run()
        .code(0);
    assert!(ran.err.contains("1 页"), "{}", ran.err);
    for (name, text) in [
        ("语法", "{{ title"),
        ("名称", "{{ titel }}"),
        ("代码", "#panic(1)"),
        ("包", "#import \"@preview/a:1.0.0\": *"),
        ("外", "#read(\"/../甲.yaml\")"),
    ] {
        let ran = run()
            .file("模/notice.typ.jinja", text)
            .args(&["build", "甲.yaml", "--templates", "模"])
            .run()
            .code(1);
        assert!(ran.err.contains("模板"), "{name}: {}", ran.err);
    }
}

#[test]
fn completions_exist_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = Run::new().args(&["completions", shell]).run().code(0);
        assert!(ran.out().contains("hongtou"), "{shell}");
    }
}

#[test]
fn a_template_that_cannot_be_read_is_told() {
    let run = Run::new().file("甲.yaml", SMALL).file("模/notice.typ.jinja", b"\xff\xfe");
    let ran = run.args(&["build", "甲.yaml", "--templates", "模"]).run().code(2);
    ran.says("notice.typ.jinja”读不了").says("UTF-8");
}

#[test]
fn a_sample_is_no_workspace_and_ends_as_notices_do() {
    for name in ["hongtou.yaml", "下/hongtou.yaml", "通知.pdf", "通知"] {
        let ran = Run::new().args(&["new", "通知", "-o", name]).run().code(2);
        ran.says("不能作通知的名称");
    }
}

#[test]
fn a_pdf_has_a_name_of_its_own() {
    for name in ["乙.yaml", "出", "表.csv"] {
        let run = Run::new().file("甲.yaml", SMALL).file("表.csv", "甲\n");
        let ran = run.args(&["build", "甲.yaml", "-o", name]).run().code(2);
        ran.says(".pdf 结尾");
    }
}

#[test]
fn white_space_of_any_kind_is_no_notice() {
    for text in ["\u{3000}\n", "\u{a0}", "\u{3000}\u{2003}\n\n\u{3000}"] {
        let ran = Run::new().file("甲.yaml", text).args(&["build", "甲.yaml"]).run();
        ran.code(1).says("甲.yaml:1:").says("键: 值");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_full_disk_does_not_take_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = "机关: {名称: 云岭市总工会, 代字: 云工发}\n";
    std::fs::write(folder.path().join("hongtou.yaml"), workspace).unwrap();
    std::fs::write(folder.path().join("甲.yaml"), SMALL).unwrap();
    for args in [
        &["schema"][..],
        &["completions", "bash"],
        &["new", "通知", "-o", "-"],
        &["measure", "甲.yaml", "--format", "json"],
        &["number", "next", "云工发"],
        &["--help"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hongtou"));
        command.args(args).current_dir(folder.path()).env_remove("HONGTOU_FONTS");
        let ran = command.stdout(full).output().unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{args:?}: {err}");
        assert!(err.contains("写不了“标准输出”：磁盘已满"), "{args:?}: {err}");
    }
}

#[test]
fn fonts_of_a_workspace_that_cannot_be_read_are_not_guessed() {
    let ran = Run::new().file("hongtou.yaml", "字体: [\n").args(&["fonts"]).run().code(1);
    assert!(ran.says("hongtou.yaml:").out().is_empty());
}
