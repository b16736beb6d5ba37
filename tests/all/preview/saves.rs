//! What is saved is shown.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::pty::{Kind, Setup, Terminal};
use super::{decode, long};
use crate::support::SMALL;

fn number(at: usize) -> String {
    SMALL.replace("18号", &format!("{at}号"))
}

fn shown(kind: Kind) -> Terminal {
    let terminal = Setup::new(kind, SMALL).start();
    terminal.until_status("18号");
    terminal
}

#[test]
fn a_save_is_shown() {
    let terminal = shown(Kind::Kitty);
    let before = decode::kitty(&terminal.bytes()).pop().unwrap().1;
    terminal.save(number(19));
    let bytes = terminal.until_status("19号");
    assert_ne!(decode::kitty(&bytes).pop().unwrap().1, before);
}

#[test]
fn an_error_is_shown_under_the_last_good_page_until_it_is_mended() {
    let terminal = shown(Kind::Kitty);
    let before = decode::kitty(&terminal.bytes()).pop().unwrap().1;
    terminal.save(SMALL.replace("2026-03-05", "2026-13-05"));
    let bytes = terminal.until_shown("通知.yaml:6:");
    let text = terminal.shown(&bytes).screen().contents();
    assert!(text.contains("成文日期: 2026-13-05") && text.contains("^"), "{text}");
    assert!(text.contains("办法"), "{text}");
    let status = terminal.status(&bytes);
    assert!(status.contains("1 处错误") && status.contains("18号"), "{status}");
    let pages = decode::kitty(&bytes);
    let with_error = &pages.last().unwrap().1;
    assert!(with_error.height < before.height, "the page makes room");
    let ink = with_error.rgb.iter().filter(|it| **it < 128).count();
    assert!(ink > 100, "the last good page stays");
    terminal.save(number(20));
    let bytes = terminal.until_status("20号");
    assert!(!terminal.shown(&bytes).screen().contents().contains("通知.yaml:"));
    assert_eq!(decode::kitty(&bytes).pop().unwrap().1.height, before.height);
}

#[test]
fn a_notice_that_begins_with_an_error_is_shown_once_it_is_mended() {
    let terminal = Setup::new(Kind::Kitty, "标题: [\n").start();
    terminal.until_shown("通知.yaml:");
    assert!(decode::kitty(&terminal.bytes()).is_empty());
    terminal.save(SMALL);
    let bytes = terminal.until_status("18号");
    assert_eq!(decode::kitty(&bytes).len(), 1);
}

#[test]
fn a_save_by_renaming_is_shown_again_and_again() {
    let terminal = shown(Kind::Plain);
    for at in 19..22 {
        std::fs::write(terminal.path("通知.yaml~"), number(at)).unwrap();
        std::fs::rename(terminal.path("通知.yaml~"), terminal.path("通知.yaml")).unwrap();
        terminal.until_status(&format!("{at}号"));
    }
}

#[test]
fn a_file_that_goes_away_and_comes_back_is_shown() {
    let terminal = shown(Kind::Plain);
    std::fs::remove_file(terminal.path("通知.yaml")).unwrap();
    let bytes = terminal.until_shown("没有这个文件");
    assert!(terminal.status(&bytes).contains("18号"));
    terminal.save(number(19));
    terminal.until_status("19号");
}

#[test]
fn a_folder_that_goes_away_and_comes_back_is_shown() {
    let setup = Setup::new(Kind::Plain, SMALL).file("夹/通知.yaml", SMALL);
    let program = env!("CARGO_BIN_EXE_hongtou").as_ref();
    let terminal = setup.program(program, &["preview", "夹/通知.yaml"]).start();
    terminal.until_status("18号");
    std::fs::remove_dir_all(terminal.path("夹")).unwrap();
    terminal.until_shown("没有这个文件");
    std::fs::create_dir(terminal.path("夹")).unwrap();
    std::fs::write(terminal.path("夹/通知.yaml"), number(19)).unwrap();
    terminal.until_status("19号");
}

#[test]
fn after_a_burst_of_saves_the_last_one_is_shown() {
    let terminal = shown(Kind::Plain);
    for at in 100..200 {
        terminal.save(number(at));
    }
    let bytes = terminal.until_status("199号");
    let frames = bytes.windows(8).filter(|it| *it == b"\x1b[?2026h").count();
    assert!(frames < 60, "{frames} frames for 100 saves");
}

#[test]
fn a_burst_that_ends_in_the_same_page_is_shown() {
    let terminal = shown(Kind::Kitty);
    for at in 19..29 {
        let before = decode::kitty(&terminal.bytes()).pop().unwrap().1;
        // The page is laid out after the first save already; it must be sent after the second.
        terminal.save(number(at));
        terminal.save(number(at) + "# 注\n");
        let bytes = terminal.until_status(&format!("{at}号"));
        assert_ne!(decode::kitty(&bytes).pop().unwrap().1, before, "{at}");
    }
}

#[test]
fn a_key_in_the_middle_of_a_save_draws_one_page_after_the_other() {
    let terminal = shown(Kind::Kitty);
    for at in 19..29 {
        terminal.save(number(at));
        terminal.press("g");
        let bytes = terminal.until_status(&format!("{at}号"));
        terminal.press("g");
        let grid = decode::kitty(&bytes).pop().unwrap().1;
        assert!(grid.rgb.iter().any(|it| *it < 128), "{at}");
    }
    terminal.press("?");
    terminal.until_shown("按任意键返回");
}

#[test]
fn tables_pictures_workspace_and_templates_are_watched() {
    let notice = SMALL.replace(
        "正文: 请结合实际抓好落实。\n",
        "正文:\n  - {图片: {文件: 图.svg, 宽: 5}}\n  - {表格: {数据: 数据/表.csv}}\n  - 安排如上。\n",
    );
    let svg = |colour: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'><rect width='90' height='90' fill='{colour}'/></svg>"
        )
    };
    let setup = Setup::new(Kind::Kitty, &notice)
        .file("数据/表.csv", "序号,内容\n1,甲\n")
        .file("hongtou.yaml", "模板: 模板\n")
        .file("图.svg", svg("green"))
        .file("模板/说明.txt", "空");
    let terminal = setup.start();
    terminal.until_status("第 1/");
    let mut last = decode::kitty(&terminal.bytes()).pop().unwrap().1;
    let mut changed = |what: &str, file: &str, content: &str| {
        std::fs::write(terminal.path(file), content).unwrap();
        let before = last.clone();
        let bytes = terminal.until(what, |bytes| {
            bytes.ends_with(b"\x1b[?2026l")
                && decode::kitty(bytes).pop().unwrap().1 != before
        });
        last = decode::kitty(&bytes).pop().unwrap().1;
    };
    changed("the table", "数据/表.csv", "序号,内容\n1,甲\n2,乙\n");
    changed("the picture", "图.svg", &svg("blue"));
    let measures = std::fs::read_to_string(
        crate::support::root().join("notice-templates/gongwen/src/measures.typ"),
    );
    let measures = measures.unwrap();
    std::fs::create_dir_all(terminal.path("模板/gongwen/src")).unwrap();
    let smaller = measures.replace("size-3: 16pt", "size-3: 14pt");
    assert_ne!(measures, smaller);
    changed("the template", "模板/gongwen/src/measures.typ", &smaller);
    std::fs::write(terminal.path("hongtou.yaml"), "不认识的: 1\n").unwrap();
    terminal.until_shown("hongtou.yaml:1:1");
}

#[test]
fn a_seal_that_the_workspace_names_is_watched_also_while_it_is_missing() {
    let terminal = Setup::new(Kind::Kitty, SMALL)
        .file("hongtou.yaml", "机关: {名称: 云岭市总工会, 印章: 印.svg}\n")
        .start();
    terminal.until_shown("找不到文件“印.svg”");
    let mut last = None;
    for colour in ["green", "blue"] {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='{colour}'/></svg>"
        );
        std::fs::write(terminal.path("印.svg"), svg).unwrap();
        let page = |bytes: &[u8]| decode::kitty(bytes).pop().map(|it| it.1);
        let bytes = terminal.until(colour, |bytes| {
            bytes.ends_with(b"\x1b[?2026l") && page(bytes) != last
        });
        last = page(&bytes);
    }
}

#[test]
fn build_with_watch_writes_the_pdf_at_each_save() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("通知.yaml");
    std::fs::write(&path, SMALL).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_hongtou"))
        .args(["build", "--watch", "通知.yaml"])
        .env_remove("HONGTOU_FONTS")
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines =
        BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut until = |part: &str| {
        let mut seen = String::new();
        for line in lines.by_ref() {
            seen = seen + &line + "\n";
            if line.contains(part) {
                assert!(!seen.contains('\x1b'), "plain lines: {seen}");
                return seen;
            }
        }
        panic!("“{part}” did not come:\n{seen}");
    };
    let pdf = || std::fs::read(folder.path().join("通知.pdf")).unwrap();
    until("保存后自动重新生成");
    let first = pdf();
    std::fs::write(&path, number(19)).unwrap();
    until("好了，用时");
    let second = pdf();
    assert_ne!(first, second);
    std::fs::write(&path, SMALL.replace("2026-03-05", "昨天")).unwrap();
    let told = until("PDF 没有更新");
    assert!(told.contains("通知.yaml:6:"), "{told}");
    assert_eq!(pdf(), second);
    std::fs::write(&path, SMALL).unwrap();
    until("好了，用时");
    assert_eq!(pdf(), first);
    // What is wrong for a while ends nothing.
    let workspace = folder.path().join("hongtou.yaml");
    std::fs::write(&workspace, "字体: 没有\n").unwrap();
    until("没有");
    std::fs::remove_file(&workspace).unwrap();
    std::fs::write(&path, number(20)).unwrap();
    until("好了，用时");
    // A seal that the workspace names, as it comes and as it changes.
    std::fs::write(&workspace, "机关: {名称: 云岭市总工会, 印章: 印.svg}\n").unwrap();
    until("找不到文件“印.svg”");
    let mut last = pdf();
    for colour in ["green", "blue"] {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='{colour}'/></svg>"
        );
        std::fs::write(folder.path().join("印.svg"), svg).unwrap();
        until("好了，用时");
        assert_ne!(pdf(), last, "{colour}");
        last = pdf();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_long_notice_is_shown_and_shown_again() {
    let notice = long(310);
    let terminal = Setup::new(Kind::Kitty, &notice).start();
    let bytes = terminal.until_status("第 1/");
    let status = terminal.status(&bytes);
    let pages: usize = status
        .split(['/', ' '])
        .find_map(|it| it.parse().ok().filter(|n| *n > 9))
        .unwrap();
    assert!(pages >= 60, "{status}");
    terminal.press("G");
    terminal.until_status(&format!("第 {pages}/{pages} 页"));
    terminal.save(notice.replace("18号", "19号"));
    terminal.until_status("19号");
}
