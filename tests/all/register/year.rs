//! The manual's year of use: its ten commands, as they are printed, one behind the other.

use super::{Desk, notice};

/// The commands of the manual's chapter.
fn commands() -> Vec<String> {
    let manual =
        std::fs::read_to_string(crate::support::root().join("README.zh.md")).unwrap();
    let chapter =
        manual.split("\n## ").find(|it| it.starts_with("发文编号与登记簿")).unwrap();
    let year = chapter.split("### ").find(|it| it.starts_with("一年的用法")).unwrap();
    let lines = year.lines().filter(|line| line.starts_with("hongtou "));
    lines.map(|line| line.split("  #").next().unwrap().trim().to_owned()).collect()
}

#[test]
fn a_year_of_use_in_ten_commands() {
    let desk = Desk::new();
    std::fs::remove_file(desk.path().join("hongtou.yaml")).unwrap();
    desk.write(
        "2025年登记簿.csv",
        "发文字号,标题,成文日期\n云工发〔2025〕1号,关于旧事的通知,2025-12-30\n",
    );
    let dated = |title: &str| notice(title) + "成文日期: 2026-03-05\n";
    desk.write("培训通知.yaml", dated("开展职工技能培训"));
    let commands = commands();
    assert_eq!(commands.len(), 10, "{commands:#?}");
    for command in &commands {
        let args: Vec<&str> = command.split_whitespace().skip(1).collect();
        if args.contains(&"--reissue") {
            desk.write(
                "培训通知.yaml",
                desk.read("培训通知.yaml").replace("请落实", "请认真落实"),
            );
        }
        desk.good(&args);
    }
    desk.run(&["number", "gaps"]).code(0);
    desk.run(&["number", "doctor"]).code(0).says("登记簿完好");
}
