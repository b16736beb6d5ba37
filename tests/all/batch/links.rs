//! What is reached through links, and what fell out because it is not there any more.

#![cfg(unix)]

use std::os::unix::fs::symlink;

use super::notice;
use crate::support::{Ran, Run, SMALL};

const BUILD: [&str; 4] = ["build", "源", "-o", "出"];

fn link(run: &Run, target: &str, name: &str) {
    symlink(target, run.path().join(name)).unwrap();
}

fn away(ran: &Ran, name: &str) {
    let [from, to] =
        [name.to_owned(), format!("{name}x")].map(|it| ran.folder().join(it));
    std::fs::rename(from, to).unwrap();
}

/// A notice, and another in a folder that a link leads to.
fn linked_folder(link_name: &str) -> Ran {
    let run = Run::new().file("源/甲.yaml", notice("甲"));
    let run = run.file("外/戊.yaml", notice("戊").replace("18号", "19号"));
    link(&run, "../外", &format!("源/{link_name}"));
    run.args(&BUILD).run().code(0).says("生成 2 份")
}

#[test]
fn notices_of_a_linked_folder_do_not_fall_out_when_it_is_gone() {
    // One has an ending as files have: the record knows what was in it.
    for name in ["外", "外.d"] {
        let mut ran = linked_folder(name);
        away(&ran, "外");
        for more in [&[][..], &["--check"], &["--dry-run"]] {
            ran = ran.again(&[&BUILD[..], more].concat()).run().code(1);
            ran = ran.says(&format!("“源/{name}”读不了")).says("[B103]");
            ran = ran.says("指向的文件或文件夹没有了");
            assert!(!ran.err.contains("通知已经没有了"), "{}", ran.err);
        }
        std::fs::remove_file(ran.folder().join("源").join(name)).unwrap();
        let ran = ran.again(&BUILD).run().code(0);
        ran.says(&format!("出/{name}/戊.pdf 的通知已经没有了"));
    }
}

#[test]
fn links_to_nowhere_that_never_led_to_notices_are_nobody_s_business() {
    let run = Run::new().file("源/甲.yaml", SMALL);
    for name in [".#乙.yaml", "最新.pdf", "图.png", "旧稿"] {
        link(&run, "没有", &format!("源/{name}"));
    }
    let ran = run.args(&BUILD).args(&["--exclude", "旧稿"]).run().code(0);
    assert!(!ran.err.contains("B103"), "{}", ran.err);
}

#[test]
fn two_notices_do_not_go_into_one_file_by_way_of_a_link() {
    let run = Run::new().file("源/01月.yaml", notice("一"));
    let ran = run.args(&BUILD).run().code(0);
    symlink("01月.pdf", ran.folder().join("出/最新.pdf")).unwrap();
    let old = ran.read("出/01月.pdf").unwrap();
    let files = ["build", "源/01月.yaml", "源/最新.yaml", "-o", "出"];
    let mut run = ran.again(&BUILD).file("源/最新.yaml", notice("新"));
    for args in [&BUILD[..], &files] {
        let ran = run.run().code(2).says("它们是同一个文件");
        assert!(ran.read("出/01月.pdf").unwrap() == old);
        run = ran.again(args);
    }
    let run = Run::new().file("源/实/甲.yaml", notice("一"));
    let run = run.file("源/虚/甲.yaml", notice("二")).file("出/实/注", "");
    link(&run, "实", "出/虚");
    run.args(&BUILD).run().code(2).says("“出/实/甲.pdf”").says("“出/虚/甲.pdf”");
    // What is written for a link to nowhere takes the link's place.
    let run = Run::new().file("源/断.yaml", notice("一")).file("出/注", "");
    let run = run.file("源/没有.yaml", notice("二").replace("18号", "19号"));
    link(&run, "没有.pdf", "出/断.pdf");
    run.args(&BUILD).run().code(0).says("生成 2 份");
}

#[test]
fn links_where_a_merge_is_run_say_nothing_of_its_names() {
    let run = Run::new().file("通知.yaml", SMALL.replace("请结合", "请{{ 姓名 }}结合"));
    let run = run.file("名册.csv", "姓名\n张三\n李四\n").file("张三.pdf", "");
    link(&run, "张三.pdf", "李四.pdf");
    let args = ["merge", "通知.yaml", "--data", "名册.csv", "-o", "出"];
    let run = run.args(&args).args(&["--name", "{{ 姓名 }}.pdf"]);
    let ran = run.run().code(0);
    assert!(
        ["张三", "李四"].iter().all(|it| ran.read(&format!("出/{it}.pdf")).is_some())
    );
}
