//! Which files are attempts at a notice, and which are none.

use super::{notice, report};
use crate::support::{Run, SMALL};

#[test]
fn what_was_meant_for_a_notice_fails_and_is_not_skipped() {
    let tabbed: String = SMALL.lines().map(|line| format!("\t{line}\n")).collect();
    let wide: String = SMALL.lines().map(|line| format!("\u{3000}{line}\n")).collect();
    for text in [
        tabbed.as_bytes(),
        wide.as_bytes(),
        &[0; 400],
        "发文单位: 甲\n题目: 乙\n内容: 丙\n".as_bytes(),
        "关于开展培训的通知\n各单位：\n现通知如下。\n".as_bytes(),
        "各县（区）总工会：请参加\n- 时间：3月5日\n".as_bytes(),
        &[0xb1, 0xea, 0xcc, 0xe2],
    ] {
        let run = Run::new().file("年/甲.yaml", notice("甲")).file("年/坏.yaml", text);
        let ran = run.args(&["build", "年", "-o", "出"]).run().code(1);
        ran.says("年/坏.yaml").says("共：生成 1 份，失败 1 份");
    }
}

#[test]
fn what_is_skipped_is_told_with_its_reason_and_not_a_thousand_times() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("年/空.yaml", "");
    let run = run.file("年/注.yaml", "# 标题: 甲\n");
    let run = (0..30).fold(run, |run, at| {
        run.file(&format!("年/流程/{at:02}.yaml"), "on: push\njobs: {}\n")
    });
    let ran = run.args(&["build", "年", "-o", "出", "--report", "报.json"]).run().code(0);
    let ran = ran.says("跳过 年/流程/00.yaml：不是通知（没有“发文机关”“标题”这样的键）");
    let ran = ran.says("还跳过了 12 个文件，都不是通知").says("跳过 32 份");
    assert_eq!(ran.err.matches("跳过 年/").count(), 20, "{}", ran.err);
    let report = report(&ran, "报.json");
    let ran = ran.again(&["build", "年", "-o", "出", "-q"]).run().code(0);
    assert_eq!(ran.err.trim(), "共：没有变化 1 份，跳过 32 份，失败 0 份");
    let files = report["files"].as_array().unwrap();
    let why =
        |name: &str| files.iter().find(|it| it["file"] == name).unwrap()["why"].clone();
    assert_eq!(why("年/空.yaml"), "不是通知（是空的）");
    assert_eq!(why("年/注.yaml"), "不是通知（只有注释）");
    assert_eq!(report["skipped"], 32);
}
