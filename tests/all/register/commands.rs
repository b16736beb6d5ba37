//! The commands as a clerk runs them.

use super::{Desk, Did, WORKSPACE, notice};

#[test]
fn a_notice_is_issued_and_nothing_else_in_it_changes() {
    let desk = Desk::new();
    let text = "\u{feff}# 注\r\n发文机关: 云岭市总工会\r\n发文字号: \"云工发〔2025〕　号\" # 待编\r\n标题: '关于甲的通知'\r\n正文: 请落实。\r\n";
    desk.write("甲.yaml", text);
    let did = desk.run(&["issue", "甲.yaml", "--date", "2026-03-05"]).code(0);
    assert_eq!(did.err.trim(), "已发 云工发〔2026〕1号：甲.pdf（1 页）");
    let wanted = text.replace("云工发〔2025〕　号", "云工发〔2026〕1号")
        + "成文日期: 2026-03-05\r\n";
    assert_eq!(desk.read("甲.yaml"), wanted);
    let pdf = lopdf::Document::load(desk.path().join("甲.pdf")).unwrap();
    assert!(crate::support::extracted(&pdf, 1).contains("云工发〔2026〕1号"));
    desk.run(&["verify", "甲.yaml", "甲.pdf"]).code(0).says("核对 2 份：2 份相符");
}

#[test]
fn a_second_issue_of_the_same_text_changes_nothing() {
    let desk = Desk::new();
    desk.write("甲.yaml", notice("甲"));
    desk.run(&["issue", "甲.yaml", "--code", "云工发"]).code(0);
    let (text, entries, events) =
        (desk.read("甲.yaml"), desk.entries(), desk.ledger().events().unwrap());
    desk.run(&["issue", "甲.yaml"]).code(0).says("已经发出，没有改动");
    assert_eq!((desk.read("甲.yaml"), desk.entries()), (text, entries));
    assert_eq!(desk.ledger().events().unwrap(), events);
}

#[test]
fn a_changed_text_is_refused_unless_it_is_issued_again_for_a_reason() {
    let desk = Desk::new();
    desk.write("表.csv", "项目,数\n甲,1\n");
    desk.write("甲.yaml", notice("甲") + "附件: [{名称: 表, 表格: {数据: 表.csv}}]\n");
    desk.run(&["issue", "甲.yaml", "--code", "云工发", "--date", "2026-03-05"]).code(0);
    desk.write("表.csv", "项目,数\n甲,2\n");
    desk.run(&["verify", "甲.yaml"]).code(1).says("R302");
    desk.run(&["issue", "甲.yaml"]).code(1).says("R201").says("--reissue --why");
    let text = desk.read("甲.yaml").replace("请落实", "请认真落实");
    desk.write("甲.yaml", &text);
    desk.run(&["verify", "."]).code(1).says("R301");
    desk.run(&["issue", "甲.yaml", "--reissue"]).code(2);
    let did = desk.run(&["issue", "甲.yaml", "--reissue", "--why", "附表有误"]).code(0);
    assert!(did.err.contains("重新发文 云工发〔2026〕1号"), "{}", did.err);
    assert_eq!(desk.read("甲.yaml"), text);
    desk.run(&["verify", "."]).code(0);
    let history = desk.good(&["number", "history", "云工发〔2026〕1号"]);
    assert!(history.contains("重新发文") && history.contains("附表有误"), "{history}");
    desk.write("甲.pdf", "别的");
    desk.run(&["verify", "."]).code(1).says("R303");
    std::fs::remove_file(desk.path().join("甲.pdf")).unwrap();
    desk.run(&["verify", "."]).code(1).says("R304");
}

#[test]
fn a_reserved_number_waits_for_its_notice() {
    let desk = Desk::new();
    let reserved = |purpose: &str| {
        desk.good(&["number", "reserve", "云工函", "--year", "2026", "--for", purpose])
    };
    let (first, second, third) =
        (reserved("急件"), reserved("甲.yaml"), reserved("关于乙的通知"));
    let issue = |name: &str| {
        let args = ["issue", name, "--code", "云工函", "--date", "2026-03-05"];
        desk.run(&args).code(0)
    };
    desk.write("甲.yaml", notice("甲"));
    assert!(issue("甲.yaml").err.contains(&second));
    desk.write("乙.yaml", notice("乙"));
    assert!(issue("乙.yaml").err.contains(&third));
    desk.write("丙.yaml", format!("发文字号: {first}\n{}", notice("丙")));
    desk.run(&["issue", "丙.yaml", "--date", "2026-04-01"]).code(0).says(&first);
    desk.write("丁.yaml", notice("丁"));
    assert!(issue("丁.yaml").err.contains("云工函〔2026〕4号"));
}

#[test]
fn the_year_turns_over_with_the_date_of_the_notice() {
    let desk = Desk::new();
    for (name, date, number) in [
        ("甲.yaml", "2026-12-31", "云工发〔2026〕1号"),
        ("乙.yaml", "2027-01-04", "云工发〔2027〕1号"),
        ("丙.yaml", "2026年12月31日", "云工发〔2026〕2号"),
    ] {
        desk.write(name, notice(name));
        desk.run(&["issue", name, "--code", "云工发", "--date", date])
            .code(0)
            .says(number);
    }
    desk.write("丁.yaml", "发文字号: 云工发〔2027〕2号\n".to_owned() + &notice("丁"));
    desk.run(&["issue", "丁.yaml", "--date", "2026-12-31"]).code(1).says("R205");
}

#[test]
fn a_notice_that_may_not_have_a_number_is_told_why() {
    let desk = Desk::new();
    desk.write("甲.yaml", notice("甲"));
    desk.run(&["issue", "甲.yaml"]).code(1).says("R206").says("--code 云工发");
    desk.run(&["issue", "甲.yaml", "--code", "云工发", "--date", "2026-02-30"]).code(2);
    desk.run(&["issue", "甲.yaml", "--code", "云公发"]).code(2).says("是不是想写");
    desk.run(&["issue", "甲.yaml", "--code", "云工发", "--date", "2026-03-05"]).code(0);
    desk.write("乙.yaml", desk.read("甲.yaml").replace("甲", "乙"));
    desk.run(&["issue", "乙.yaml"]).code(1).says("R202").says("甲.yaml");
    desk.run(&["verify", "乙.yaml"]).code(1).says("R307");
    desk.write("丙.yaml", "发文字号: 云工发〔2026〕9号\n".to_owned() + &notice("丙"));
    desk.run(&["issue", "丙.yaml"]).code(1).says("R204").says("云工发〔2026〕2号");
    desk.run(&["verify", "丙.yaml"]).code(1).says("R305");
    desk.write("甲.yaml", notice("甲"));
    desk.run(&["issue", "甲.yaml", "--code", "云工发"]).code(1).says("R208");
    desk.run(&["number", "void", "云工发〔2026〕1号", "--why", "印错"]).code(0);
    desk.run(&["issue", "乙.yaml"]).code(1).says("R203");
    desk.run(&["verify", "乙.yaml"]).code(1).says("R306");
    desk.write("简报.yaml", notice("丁") + "格式: 简报\n");
    desk.run(&["issue", "简报.yaml", "--code", "云工发"]).code(1).says("R207");
    desk.write("错.yaml", "标提: 乙\n");
    desk.run(&["issue", "错.yaml", "--code", "云工发"]).code(1).says("Y202");
    assert_eq!(desk.entries().len(), 1);
}

#[test]
fn issued_pdfs_go_where_the_workspace_says() {
    let desk = Desk::new();
    desk.write("hongtou.yaml", format!("{}归档: 发文\n", super::WORKSPACE));
    desk.write("稿/甲.yaml", notice("甲"));
    desk.run(&["issue", "稿/甲.yaml", "--code", "云工发", "--date", "2026-03-05"])
        .code(0);
    assert!(desk.path().join("发文/云工发〔2026〕1号.pdf").is_file());
    assert!(!desk.path().join("稿/甲.pdf").exists());
    desk.run(&["verify", "."]).code(0).says("核对 2 份：2 份相符");
}

#[test]
fn an_order_has_a_number_of_its_own_kind() {
    let desk = Desk::new();
    let text =
        "发文机关: 云岭市公园管理中心\n标题: 云岭市公园管理中心令\n正文: 现予公布。\n";
    desk.write("令.yaml", text);
    desk.run(&["issue", "令.yaml", "--date", "2026-03-05"]).code(0).says("已发 第1号");
    assert_eq!(desk.good(&["number", "next", "令"]), "第2号");
    desk.good(&["number", "void", "第1号", "--why", "印错"]);
}

#[test]
fn a_malformed_number_is_refused_with_the_right_form() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发", "--year", "2022", "--count", "142"]);
    for wrong in [
        "云工发[2022]142号",
        "云工发(2022)142号",
        "云工发（2022）142号",
        "云工发〔22〕142号",
        "云工发〔2022〕第142号",
        "云工发〔2022〕0142号",
        "云工2发〔2022〕142号",
        "云工发〔２０２２〕142号",
        "云工发〔2022〕１４２号",
    ] {
        for command in
            [&["number", "history", wrong][..], &["number", "void", wrong, "--why", "错"]]
        {
            desk.run(command).code(2).says("应写作“云工发〔2022〕142号”");
        }
        desk.write("甲.yaml", format!("发文字号: {wrong}\n{}", notice("甲")));
        desk.run(&["issue", "甲.yaml"]).code(1).says("应写作“云工发〔2022〕142号”");
    }
    for code in ["云工2发", "云工１发", "云工发〔", "云 工发", "", "../发", "云工/发"]
    {
        desk.run(&["number", "reserve", code]).code(2).says("不能作机关代字");
    }
    assert_eq!(desk.entries().len(), 142);
}

#[test]
fn build_warns_of_a_number_that_is_not_registered_or_void() {
    let desk = Desk::new();
    let text =
        "发文字号: 云工发〔2026〕2号\n成文日期: 2026-03-05\n".to_owned() + &notice("甲");
    desk.write("甲.yaml", &text);
    let quiet = |desk: &Desk, name: &str| {
        let did = desk.run(&["build", name]).code(0);
        assert!(!did.err.contains("R10"), "{}", did.err);
    };
    quiet(&desk, "甲.yaml");
    assert!(!desk.register().exists());
    desk.good(&["number", "reserve", "云工发", "--year", "2026"]);
    desk.run(&["build", "甲.yaml"]).code(0).says("R101").says("甲.yaml:1:7");
    desk.write("稿.yaml", notice("稿"));
    quiet(&desk, "稿.yaml");
    desk.good(&["number", "reserve", "云工发", "--year", "2026"]);
    quiet(&desk, "甲.yaml");
    desk.good(&["number", "void", "云工发〔2026〕2号", "--why", "印错"]);
    desk.run(&["build", "甲.yaml"]).code(0).says("R102").says("印错");
    desk.write("登记簿.db", "坏了".repeat(999));
    desk.run(&["build", "甲.yaml"]).code(0).says("R103");
    assert!(desk.path().join("甲.pdf").is_file());
}

#[test]
fn build_warns_of_a_number_that_another_notice_went_out_under() {
    let desk = Desk::new();
    desk.write("年/甲.yaml", notice("甲"));
    desk.good(&["issue", "年/甲.yaml", "--code", "云工发"]);
    let text = desk.read("年/甲.yaml");
    desk.write("年/乙.yaml", text.replace("甲", "乙"));
    desk.write("年/副本.yaml", &text);
    let another = "已经发给另一个文件“年/甲.yaml”";
    desk.run(&["build", "年/乙.yaml"]).code(0).says("R104").says(another);
    for (file, more) in
        [("年/甲.yaml", ""), ("年/甲.yaml", "# 改\n"), ("年/副本.yaml", "")]
    {
        desk.write(file, text.clone() + more);
        let did = desk.run(&["build", file]).code(0);
        assert!(!did.err.contains("R104"), "{file}: {}", did.err);
    }
    // Whether it is built now or was before.
    desk.write("年/甲.yaml", &text);
    std::fs::remove_file(desk.path().join("年/副本.yaml")).unwrap();
    for done in ["生成 2 份", "没有变化 2 份"] {
        let did = desk.run(&["build", "年", "-o", "出"]).code(0).says(done).says(another);
        assert_eq!(did.err.matches("R104").count(), 1, "{}", did.err);
    }
    // Once that notice is gone, this is where it went.
    std::fs::remove_file(desk.path().join("年/甲.yaml")).unwrap();
    let did = desk.run(&["build", "年/乙.yaml"]).code(0);
    assert!(!did.err.contains("R104"), "{}", did.err);
}

#[test]
fn a_merge_warns_of_its_number_once() {
    let desk = Desk::new();
    let head = "发文字号: 云工发〔2026〕2号\n成文日期: 2026-03-05\n";
    let text = notice("甲").replace("主送: 各县（区）总工会", "主送: \"{{ 单位 }}\"");
    desk.write("甲.yaml", head.to_owned() + &text);
    desk.write("册.csv", "单位\n甲县\n乙县\n");
    desk.good(&["number", "reserve", "云工发", "--year", "2026"]);
    let args = ["merge", "甲.yaml", "--data", "册.csv", "-o", "出"];
    let did = desk.run(&args).code(0).says("甲.yaml:1:7");
    assert_eq!(did.err.matches("R101").count(), 1, "{}", did.err);
    assert!(!did.err.contains("名册第"), "{}", did.err);
}

#[test]
fn a_folder_that_is_built_warns_of_each_number() {
    let desk = Desk::new();
    let numbered = |serial, title: &str| {
        format!("发文字号: 云工发〔2026〕{serial}号\n成文日期: 2026-03-05\n")
            + &notice(title)
    };
    desk.good(&["number", "reserve", "云工发", "--year", "2026", "--count", "2"]);
    desk.good(&["number", "void", "云工发〔2026〕2号", "--why", "印错"]);
    desk.write("年/甲.yaml", numbered(1, "甲"));
    desk.write("年/乙.yaml", numbered(2, "乙"));
    desk.write("年/丙.yaml", numbered(3, "丙"));
    desk.write("年/稿.yaml", notice("稿"));
    desk.write(
        "年/令.yaml",
        "格式: 命令\n发文机关: 云岭市总工会\n发文字号: 第9号\n标题: 关于丁的令\n\
         正文: 现予公布。\n签名章: [{职务: 主席, 姓名: 程禾样}]\n成文日期: 2026-03-05\n",
    );
    let did = desk.run(&["build", "年", "-o", "出", "-j", "2"]).code(0);
    let told = |code| did.err.matches(code).count();
    assert_eq!((told("R101"), told("R102")), (2, 1), "{}", did.err);
    did.says("登记簿里没有 云工发〔2026〕3号").says("云工发〔2026〕2号 已经作废：印错");
    // What did not change is not built again; the register may have changed.
    desk.good(&["number", "void", "云工发〔2026〕1号", "--why", "重发"]);
    let did = desk.run(&["build", "年", "-o", "出"]).code(0).says("没有变化 5 份");
    assert_eq!(
        (did.err.matches("R101").count(), did.err.matches("R102").count()),
        (2, 2)
    );
    did.says("年/甲.yaml:1:7");
    desk.write("登记簿.db", "坏了".repeat(999));
    let did = desk.run(&["build", "年", "-o", "出", "--force"]).code(0);
    let did = did.says("同样的提醒[R103] 还有 3 份");
    assert_eq!(did.err.matches("没有核对发文字号").count(), 1, "{}", did.err);
}

#[test]
fn verify_takes_the_notices_of_a_folder_and_nothing_else() {
    let desk = Desk::new();
    desk.write("文/甲.YAML", notice("甲"));
    desk.write("文/乙.yaml", notice("乙"));
    for name in ["文/甲.YAML", "文/乙.yaml"] {
        desk.good(&["issue", name, "--code", "云工发"]);
    }
    desk.write("文/.旧/乙.yaml", desk.read("文/乙.yaml").replace("请落实", "请抓落实"));
    desk.write("文/docker.yaml", "services: {}\n");
    desk.run(&["verify", "文"]).code(0).says("核对 4 份：4 份相符");
    desk.write("文/甲.YAML", "# 清空了\n");
    desk.run(&["verify", "文"]).code(1).says("R301");
}

#[test]
fn verify_misses_a_notice_that_is_gone_and_not_one_that_moved() {
    let desk = Desk::new();
    for name in ["文/甲.yaml", "文/乙.yaml", "别处/丙.yaml"] {
        desk.write(name, notice(name));
        desk.good(&["issue", name, "--code", "云工发"]);
    }
    let at = |name: &str| desk.path().join(name);
    std::fs::create_dir(at("文/归档")).unwrap();
    std::fs::rename(at("文/甲.yaml"), at("文/归档/甲.yaml")).unwrap();
    desk.run(&["verify", "文"]).code(0);
    std::fs::remove_file(at("文/归档/甲.yaml")).unwrap();
    std::fs::remove_file(at("别处/丙.yaml")).unwrap();
    let did = desk.run(&["verify", "文"]).code(1).says("R309").says("“文/甲.yaml”不见了");
    assert!(!did.err.contains("丙"), "{}", did.err);
    desk.run(&["verify", "."]).code(1).says("“文/甲.yaml”").says("“别处/丙.yaml”");
}

#[test]
fn without_a_workspace_the_way_to_one_is_told() {
    let desk = Desk::new();
    std::fs::remove_file(desk.path().join("hongtou.yaml")).unwrap();
    desk.write("甲.yaml", notice("甲"));
    for args in
        [&["number", "next", "云工发"][..], &["issue", "甲.yaml"], &["verify", "."]]
    {
        desk.run(args).code(2).says("hongtou init");
    }
    desk.run(&["init", "云岭市总工会", "--code", "云工发"]).code(0);
    desk.run(&["issue", "甲.yaml"]).code(0).says("1号");
    let written = desk.read("hongtou.yaml");
    desk.run(&["init"]).code(2).says("已经存在");
    assert_eq!(desk.read("hongtou.yaml"), written);
}

#[test]
fn looking_makes_no_register() {
    let desk = Desk::new();
    assert_eq!(
        desk.good(&["number", "next", "云工发", "--year", "2026"]),
        "云工发〔2026〕1号"
    );
    desk.good(&["number", "list"]);
    desk.good(&["number", "gaps"]);
    desk.good(&["number", "doctor"]);
    desk.run(&["verify", "."]).code(2).says("还没有登记簿");
    assert!(!desk.register().exists());
}

#[test]
fn next_year_s_drafts_go_on_in_the_same_register() {
    let desk = Desk::new();
    desk.write("年/hongtou.yaml", desk.read("hongtou.yaml"));
    desk.write("年/甲.yaml", notice("2026年要点") + "成文日期: 2026-03-05\n");
    desk.good(&["issue", "年/甲.yaml", "--code", "云工发"]);
    desk.good(&["renew", "年", "--set", "年度=2027", "-o", "明年"]);
    desk.good(&["issue", "明年/甲.yaml", "--code", "云工发"]);
    assert!(desk.read("明年/甲.yaml").contains("云工发〔2027〕1号"));
    assert!(!desk.path().join("明年/登记簿.db").exists());
    desk.run(&["verify", "年"]).code(0).says("2 份相符");
    desk.run(&["verify", "明年"]).code(0).says("2 份相符");
    std::fs::remove_file(desk.path().join("明年/甲.yaml")).unwrap();
    desk.run(&["verify", "年"]).code(0).says("2 份相符");
    desk.run(&["verify", "明年"]).code(1).says("R309");
}

#[test]
fn no_number_s_pdf_gives_way_to_another_s() {
    let desk = Desk::new();
    for name in ["通知.yaml", "通知.yml"] {
        desk.write(name, notice(name));
    }
    desk.good(&["issue", "通知.yaml", "--code", "云工发"]);
    let did = desk.run(&["issue", "通知.yml", "--code", "云工发"]).code(1);
    did.says("R209").says("〕1号 的 PDF").says("换个文件名");
    assert_eq!(desk.entries().len(), 1);
    desk.run(&["verify", "."]).code(0).says("2 份相符，1 份还没有编号");
}

#[test]
fn folders_with_a_register_of_their_own_are_left_to_it() {
    let desk = Desk::new();
    desk.write("甲.yaml", notice("甲"));
    desk.write("下/hongtou.yaml", "机关: {名称: 云岭市财政局, 代字: 云财发}\n");
    desk.write("下/财.yaml", notice("财").replace("总工会\n标", "财政局\n标"));
    desk.good(&["issue", "甲.yaml", "--code", "云工发"]);
    let mut command = desk.command(&["issue", "财.yaml"]);
    command.current_dir(desk.path().join("下"));
    Did::of(command.output().unwrap()).code(0);
    let did = desk.run(&["verify", "."]).code(0).says("核对 2 份：2 份相符");
    did.says("有自己的登记簿，里面的文件没有核对");
    desk.run(&["number", "import", "."]).code(0).says("没有导入");
    assert_eq!(desk.entries().len(), 1);
    // One that shares the register is the same office's.
    desk.write("同/hongtou.yaml", format!("{WORKSPACE}登记簿: ../登记簿.db\n"));
    desk.write("同/乙.yaml", notice("乙"));
    let mut command = desk.command(&["issue", "乙.yaml", "--code", "云工发"]);
    command.current_dir(desk.path().join("同"));
    Did::of(command.output().unwrap()).code(0);
    desk.run(&["verify", "."]).code(0).says("核对 4 份：4 份相符");
}

#[test]
fn a_changed_pdf_is_told_once() {
    let desk = Desk::new();
    desk.write("甲.yaml", notice("甲"));
    desk.good(&["issue", "甲.yaml", "--code", "云工发"]);
    desk.write("甲.pdf", "别的");
    let did = desk.run(&["verify", "."]).code(1).says("核对 1 份：1 份不符");
    assert_eq!(did.err.matches("R303").count(), 1, "{}", did.err);
    desk.run(&["verify", "甲.pdf"]).code(1).says("R303");
}

#[test]
fn no_output_takes_the_place_of_the_register() {
    let desk = Desk::new();
    desk.write("hongtou.yaml", format!("{WORKSPACE}登记簿: 簿.txt\n"));
    desk.write("甲.yaml", notice("甲"));
    desk.good(&["number", "reserve", "云工发"]);
    for args in [
        &["number", "list", "-o", "簿.txt"][..],
        &["build", "甲.yaml", "-o", "簿.txt"],
        &["calibrate", "-o", "簿.txt"],
    ] {
        desk.run(args).code(2).says("不会盖掉它");
    }
    desk.run(&["number", "list"]).code(0).says("已留号");
}

#[test]
fn no_number_leads_out_of_the_archive() {
    let desk = Desk::new();
    desk.write("hongtou.yaml", format!("{WORKSPACE}归档: 发文\n"));
    let text = notice("甲") + "成文日期: 2026-03-05\n";
    desk.write("甲.yaml", format!("发文字号: ../../逃〔2026〕5号\n{text}"));
    desk.run(&["number", "import", "."]).code(1).says("Y208").says("甲.yaml:1:7");
    for args in
        [&["issue", "甲.yaml"][..], &["issue", "甲.yaml", "--reissue", "--why", "错"]]
    {
        desk.run(args).code(1).says("甲.yaml:1:7").says("应写作“逃〔2026〕5号”");
    }
    assert!(desk.entries().is_empty());
}

#[test]
fn a_pdf_that_is_not_there_yet_has_its_name_from_its_folder() {
    let desk = Desk::new();
    for name in ["通知.yaml", "2026/通知.yaml"] {
        desk.write(name, notice(name));
        let path = desk.path().join(name);
        let mut issue = desk.command(&["issue", "通知.yaml", "--code", "云工发"]);
        issue.current_dir(path.parent().unwrap());
        Did::of(issue.output().unwrap()).code(0);
    }
    // One that is gone is found by the same name.
    std::fs::remove_file(desk.path().join("2026/通知.pdf")).unwrap();
    let mut verify = desk.command(&["verify", "通知.pdf"]);
    let did = Did::of(verify.current_dir(desk.path().join("2026")).output().unwrap());
    did.code(1).says("〕2号 的 PDF“2026/通知.pdf”不见了");
}

#[cfg(unix)]
#[test]
fn an_endless_file_is_no_older_register() {
    let did = Desk::new().run(&["number", "import", "/dev/zero"]).code(2);
    did.says("“/dev/zero”超过 64 MB，太大");
}

#[test]
fn an_issue_replaces_no_pdf_of_another_notice_and_nothing_that_is_none() {
    let desk = Desk::new();
    desk.write("甲.yaml", notice("甲"));
    desk.write("甲.pdf", "别的");
    let issue = |name: &str| desk.run(&["issue", name, "--code", "云工发"]);
    issue("甲.yaml").code(1).says("B105").says("“甲.pdf”不是 PDF");
    assert_eq!(
        (desk.read("甲.pdf"), desk.read("甲.yaml")),
        ("别的".into(), notice("甲"))
    );
    assert!(desk.entries().is_empty());
    std::fs::remove_file(desk.path().join("甲.pdf")).unwrap();
    issue("甲.yaml").code(0);
    // Its own PDF is its own, even where somebody has damaged it.
    desk.write("甲.pdf", "别的");
    desk.run(&["issue", "甲.yaml", "--reissue", "--why", "坏了"]).code(0);
    desk.run(&["verify", "."]).code(0);
    // One that was built from a notice of the same name.
    desk.write("乙.yaml", notice("乙"));
    desk.write("乙.yml", notice("丙"));
    desk.run(&["build", "乙.yaml"]).code(0);
    issue("乙.yml").code(1).says("B104").says("“乙.yaml”").says("把那份 PDF 移到别处");
    assert_eq!(desk.entries().len(), 1);
    std::fs::remove_file(desk.path().join("乙.yml")).unwrap();
    issue("乙.yaml").code(0);
}

#[test]
fn notices_of_a_batch_are_issued_built_and_issued_again() {
    let desk = Desk::new();
    desk.write("年/甲.yaml", notice("甲"));
    desk.run(&["build", "年"]).code(0);
    desk.run(&["issue", "年/甲.yaml", "--code", "云工发"]).code(0);
    desk.run(&["build", "年"]).code(0).says("生成 1 份");
    let text = desk.read("年/甲.yaml").replace("请落实", "请认真落实");
    desk.write("年/甲.yaml", text);
    desk.run(&["issue", "年/甲.yaml", "--reissue", "--why", "改"]).code(0);
    desk.run(&["verify", "."]).code(0);
    // Renamed, it is another name's; what lies under the old one is nobody's any more.
    std::fs::rename(desk.path().join("年/甲.yaml"), desk.path().join("年/乙.yaml"))
        .unwrap();
    desk.write("年/乙.yaml", desk.read("年/乙.yaml").replace("请认真", "请"));
    desk.run(&["issue", "年/乙.yaml", "--reissue", "--why", "改名"]).code(0);
    desk.write("年/甲.yaml", notice("丙"));
    desk.run(&["issue", "年/甲.yaml", "--code", "云工发"]).code(0);
    desk.run(&["build", "年"]).code(0);
    desk.run(&["verify", "."]).code(0);
}
