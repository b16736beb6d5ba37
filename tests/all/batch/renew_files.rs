//! Which drafts are written, and what goes along with them: workspaces, registers, tables, seals.

use super::renew::RENEW;
use super::{below, year};
use crate::support::{Run, SMALL};

#[test]
fn drafts_share_the_fonts_and_the_register_of_their_workspace() {
    let notice =
        "发文机关: 甲\n标题: 2026年要点\n正文:\n  - 图片: 图.svg\n成文日期: 2026-01-05\n";
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    let home = "字体: 字 # 注\n机关: [{名称: 甲, 代字: 甲发}]\n";
    let run = Run::new()
        .file("年/hongtou.yaml", home)
        .file("年/图.svg", picture)
        .file("年/局/甲.yaml", notice);
    let run = run.args(&RENEW).run().code(0);
    assert!(run.out().contains("仍用原来的"), "{}", run.out());
    let copy = String::from_utf8(run.read("明年/hongtou.yaml").unwrap()).unwrap();
    let asked = "字体: \"../年/字\" # 注\n机关: [{名称: 甲, 代字: 甲发}]\n登记簿: \"../年/登记簿.db\"\n";
    assert_eq!(copy, asked);
    assert!(run.read("明年/图.svg").is_some());
    // Inside the workspace there is nothing to copy.
    let inside = run.again(&["renew", "年/局", "--set", "年度=2027", "-o", "年/明年"]);
    let inside = inside.run().code(0);
    assert!(inside.read("年/明年/hongtou.yaml").is_none());
}

#[test]
fn drafts_of_a_folder_in_a_workspace_go_on_with_its_register() {
    let notice = |title: &str, date: &str| {
        format!(
            "发文机关: 甲\n发文字号: 甲发〔{}〕号\n标题: 关于{title}的通知\n正文: 落实。\n成文日期: {date}\n",
            &date[..4]
        )
    };
    let home = "机关: [{名称: 甲, 代字: 甲发, 印章: {图片: 章.svg, 直径: 40}}]\n";
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    let run = Run::new()
        .file("单位/hongtou.yaml", home)
        .file("单位/章.svg", picture)
        .file("单位/计划/甲.yaml", notice("2026年工作", "2026-01-05"))
        .file("单位/计划/季度/乙.yaml", notice("2026年检查", "2026-01-06"))
        .file("单位/丙.yaml", notice("2027年会议", "2027-01-04"));
    let ran = run.args(&["issue", "单位/丙.yaml"]).run().code(0);
    let args = ["renew", "单位/计划", "--set", "年度=2027", "-o", "外/明年"];
    let mut ran = ran.again(&args).run().code(0);
    let copy = String::from_utf8(ran.read("外/明年/hongtou.yaml").unwrap()).unwrap();
    assert_eq!(copy, format!("{home}登记簿: \"../../单位/登记簿.db\"\n"));
    assert!(ran.read("外/明年/章.svg").is_some(), "{}", ran.out());
    assert!(ran.read("外/明年/季度/hongtou.yaml").is_none(), "{}", ran.out());
    // 1号 of 2027 was given in the old folder.
    for (file, number) in [("甲.yaml", 2), ("季度/乙.yaml", 3)] {
        ran = ran.again(&["issue", &format!("外/明年/{file}")]).run().code(0);
        assert!(ran.err.contains(&format!("甲发〔2027〕{number}号")), "{}", ran.err);
        assert!(ran.read("外/明年/登记簿.db").is_none());
    }
    let list = ran.again(&["number", "list"]).inside("单位").run().code(0);
    for number in 1..=3 {
        assert!(
            list.out().contains(&format!("甲发〔2027〕{number}号")),
            "{}",
            list.out()
        );
    }
}

#[test]
fn a_workspace_file_with_another_register_is_told() {
    let home = "机关: [{名称: 甲, 代字: 甲发}]\n";
    let notice = "发文机关: 甲\n标题: 2026年要点\n正文: 乙\n成文日期: 2026-01-05\n";
    for (place, args) in [("明年", "年"), ("外", "年/局")] {
        let run = Run::new()
            .file("年/hongtou.yaml", home)
            .file("年/局/甲.yaml", notice)
            .file(&format!("{place}/hongtou.yaml"), home);
        let args = ["renew", args, "--set", "年度=2027", "-o", place];
        run.args(&args).run().code(0).says("同一个号会编两次");
    }
    let right = "登记簿: ../年/登记簿.db\n";
    let run = Run::new()
        .file("年/hongtou.yaml", home)
        .file("年/甲.yaml", notice)
        .file("明年/hongtou.yaml", right);
    let ran = run.args(&RENEW).run().code(0);
    assert!(!ran.err.contains("编两次"), "{}", ran.err);
}

#[test]
fn tables_are_told_to_be_looked_at_and_files_that_are_not_there_to_lack() {
    let text = SMALL.replace(
        "正文: ",
        "正文:\n  - 图片: 图.svg\n  - 图片: 无.svg\n  - 表格: {数据: 表.csv}\n  - ",
    );
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    let run = Run::new().file("年/甲.yaml", text).file("年/图.svg", picture);
    let ran = run.file("年/表.csv", "甲\n1\n").args(&RENEW).run().code(0);
    assert!(ran.read("明年/图.svg").is_some());
    let of = |name: &str| ran.out().lines().filter(|it| it.starts_with(name)).count();
    assert_eq!((of("明年/图.svg"), of("明年/表.csv")), (0, 1), "{}", ran.out());
    let lacks = "明年/无.svg: 没有抄来，“";
    assert!(ran.out().contains(lacks), "{}", ran.out());
    // Where it is not said where they go to they are told as well.
    let ran =
        ran.again(&["renew", "年", "--set", "年度=2027", "--dry-run"]).run().code(0);
    assert_eq!(ran.out().matches("表.csv: 照抄").count(), 1, "{}", ran.out());
}

#[test]
fn no_draft_gets_a_register_of_its_own() {
    let notice = "发文机关: 甲\n标题: 2026年要点\n正文: 乙\n成文日期: 2026-01-05\n";
    let home = "{机关: [{名称: 甲, 代字: 甲发}], 字体: 字}\n";
    let run = Run::new()
        .file("年/hongtou.yaml", home)
        .file("年/甲.yaml", notice)
        .file("年/乙.yaml", notice);
    let mut ran =
        run.args(&RENEW).args(&["--dry-run"]).run().code(1).says("没有复制到“明年”");
    for _ in 0..2 {
        ran = ran.again(&RENEW).run().code(1).says("写法比较特别");
        assert_eq!(ran.err.matches("写法比较特别").count(), 1, "{}", ran.err);
        ran = ran.says("“登记簿: ../年/登记簿.db”“字体: ../年/字”").says("2 份没有写出");
        assert!(!ran.folder().join("明年").exists(), "{}", ran.out());
    }
    let copy =
        "{机关: [{名称: 甲, 代字: 甲发}], 登记簿: ../年/登记簿.db, 字体: ../年/字}\n";
    let run = ran.again(&RENEW).file("明年/hongtou.yaml", copy).run().code(0);
    assert!(run.read("明年/甲.yaml").is_some() && run.read("明年/乙.yaml").is_some());
    // What is at fault is told to be.
    let run =
        Run::new().file("年/hongtou.yaml", "机关机: [\n").file("年/甲.yaml", notice);
    let run = run.args(&RENEW).run().code(1).says("有错");
    assert!(run.read("明年/hongtou.yaml").is_none());
}

#[test]
fn drafts_that_are_there_stay_and_the_source_is_never_written() {
    let run = year().file("明年/月度/01月.yaml", "我的");
    let before = below(&run.path().join("年")).len();
    let ran = run.args(&RENEW).run().code(1).says("已经存在，没有动它");
    assert_eq!(ran.read("明年/月度/01月.yaml").unwrap(), "我的".as_bytes());
    assert_eq!(below(&ran.folder().join("年")).len(), before);
    let ran = ran.again(&["renew", "年", "--set", "年度=2027", "-o", "年"]).run().code(2);
    ran.says("不能写回");
    year()
        .args(&["renew", "年", "--set", "期数=5", "-o", "明年"])
        .run()
        .code(2)
        .says("年度=2027");
}

#[test]
fn a_dry_run_lists_drafts_that_are_there_already_and_what_is_left_out_is_counted() {
    let text =
        "发文机关: 甲\n标题: 关于2026年工作的通知\n正文: 无\n成文日期: 2026-03-05\n";
    let run = Run::new().file("年/甲.yaml", text).file("年/乙.yaml", "名: 1\n");
    let ran =
        run.args(&RENEW).run().code(0).says("已写出 1 份草稿，1 个文件不是通知，跳过");
    let ran = ran.again(&RENEW).args(&["--dry-run"]).run().code(1);
    assert!(ran.out().contains("2026 → 2027"), "{}", ran.out());
    ran.says("已经存在").says("要写出 0 份草稿，1 份没有写出，1 个文件不是通知，跳过");
}

#[test]
fn a_draft_whose_files_cannot_be_brought_is_not_written() {
    let text = SMALL.to_owned() + "附件: {名称: 表, 表格: {数据: 附/表.csv}}\n";
    let run = Run::new().file("年/甲.yaml", text).file("年/附/表.csv", "甲\n1\n");
    let args = ["renew", "年", "--set", "年度=2027", "-o", "明年"];
    let ran = run.file("明年/附", "占着").args(&args).run().code(1).says("1 份没有写出");
    std::fs::remove_file(ran.folder().join("明年/附")).unwrap();
    ran.again(&args).run().code(0).says("已写出 1 份草稿");
}

#[test]
fn a_draft_that_would_take_another_s_files_is_not_written() {
    let text = SMALL.to_owned() + "附件: {名称: 表, 表格: {数据: 表.csv}}\n";
    let run = Run::new()
        .file("年/甲/通知.yaml", text.as_str())
        .file("年/甲/表.csv", "甲\n1\n")
        .file("年/乙/通知.yaml", text.as_str())
        .file("年/乙/表.csv", "乙\n2\n")
        .file("年/丙/通知.yaml", text.as_str())
        .file("年/丙/表.csv", "甲\n1\n");
    let to = |folder: &'static str, name: &'static str| {
        ["renew", folder, "--set", "年度=2027", "-o", "明年", "--include", name]
    };
    let ran = run.args(&to("年/甲", "通知.yaml")).run().code(0);
    std::fs::remove_file(ran.folder().join("明年/通知.yaml")).unwrap();
    let ran = ran.again(&to("年/乙", "通知.yaml")).run().code(1);
    let ran = ran.says("“明年/通知.yaml”没有写").says("内容不一样").says("1 份没有写出");
    assert!(ran.read("明年/通知.yaml").is_none());
    assert_eq!(ran.read("明年/表.csv").unwrap(), "甲\n1\n".as_bytes());
    // The same file of another folder is no other.
    ran.again(&to("年/丙", "通知.yaml")).run().code(0);
}

#[test]
fn a_draft_does_not_take_the_seal_of_another_workspace() {
    let home = "机关: [{名称: 甲, 代字: 甲发, 印章: {图片: 章.svg, 直径: 40}}]\n";
    let seal = |size: u32| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='{size}' height='9'/>")
    };
    let notice = "发文机关: 甲\n标题: 2026年要点\n正文: 乙\n成文日期: 2026-01-05\n";
    let mut run = Run::new();
    for (place, size) in [("一", 8), ("二", 9)] {
        run = run
            .file(&format!("{place}/hongtou.yaml"), home)
            .file(&format!("{place}/章.svg"), seal(size))
            .file(&format!("{place}/通知{place}.yaml"), notice);
    }
    let to = |folder| ["renew", folder, "--set", "年度=2027", "-o", "明年"];
    let ran = run.args(&to("一")).run().code(0);
    let ran = ran.again(&to("二")).run().code(1).says("章.svg”是另一个文件");
    assert!(ran.read("明年/通知一.yaml").is_some());
    assert!(ran.read("明年/通知二.yaml").is_none());
}

#[test]
fn drafts_of_an_earlier_run_below_the_folder_are_left_out_in_one_line() {
    let text = |year: u32| {
        format!("标题: {year}年要点\n发文机关: 甲\n正文: 无\n成文日期: {year}-01-12\n")
    };
    let run = Run::new()
        .file("年/甲.yaml", text(2026))
        .file("年/2027/甲.yaml", text(2027))
        .file("年/2027/乙.yaml", text(2027));
    let ran =
        run.args(&["renew", "年", "--set", "年度=2027", "-o", "年/再"]).run().code(0);
    let told = "2 份已经是 2027 年或以后的，略去：2027/乙.yaml、2027/甲.yaml";
    assert!(ran.out().contains(told), "{}", ran.out());
    assert!(ran.read("年/再/甲.yaml").is_some() && ran.read("年/再/2027").is_none());
    assert!(!ran.err.contains("没有写 2027 年的草稿"), "{}", ran.err);
}

#[test]
fn tables_that_no_notice_uses_are_told_to_stay_behind() {
    let text = SMALL.to_owned() + "附件: {名称: 表, 表格: {数据: 表.csv}}\n";
    let run = Run::new()
        .file("年/甲.yaml", text)
        .file("年/表.csv", "甲\n1\n")
        .file("年/名册.csv", "姓名\n甲\n");
    let ran = run.args(&RENEW).run().code(0);
    let told = "没有抄去（名册这样的，要用就自己复制）：名册.csv";
    assert!(ran.out().contains(told), "{}", ran.out());
    assert!(ran.read("明年/名册.csv").is_none());
}
