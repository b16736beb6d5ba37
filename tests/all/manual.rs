//! The manual: whatever YAML it prints is right.

use std::path::Path;

use hongtou::commands::schema;
use hongtou::notice::source::Source;
use hongtou::pipeline::{Input, Order};
use hongtou::workspace;

use crate::support::{WORKSHOP, root};

/// The blocks of a kind in the manual, each with the line it starts on.
fn blocks(kind: &str) -> Vec<(usize, String)> {
    let manual = std::fs::read_to_string(root().join("README.zh.md")).unwrap();
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (at, line) in manual.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(name) if !inside && name == kind => {
                found.push((at + 2, String::new()));
                inside = true;
            }
            Some(_) => inside = false,
            None if inside => {
                let block = &mut found.last_mut().unwrap().1;
                *block += line;
                block.push('\n');
            }
            None => {}
        }
    }
    found
}

fn top_keys(text: &str) -> Vec<&str> {
    let top = text.lines().filter(|line| !line.starts_with([' ', '#', '-']));
    top.filter_map(|line| line.split_once(':')).map(|(key, _)| key).collect()
}

/// Blocks of `hongtou.yaml`, by their keys.
fn is_workspace(text: &str) -> bool {
    top_keys(text).iter().any(|key| ["机关", "套打", "调整"].contains(key))
}

/// A block as a notice: what it leaves out is added.
fn whole(block: &str) -> String {
    let indented =
        || -> String { block.lines().map(|it| format!("    {it}\n")).collect() };
    let part = ["表格", "图片"].iter().any(|key| top_keys(block).contains(key));
    let mut text = match part {
        true => format!("正文:\n  -{}", &indented()[3..]),
        false => block.to_owned(),
    };
    let usual = [
        "发文机关: 云岭市总工会",
        "标题: 关于开展职工技能培训的通知",
        "正文: 请结合实际抓好落实。",
        "成文日期: 2026-03-05",
    ];
    for line in usual {
        let (key, _) = line.split_once(':').unwrap();
        if !top_keys(&text).contains(&key) {
            text += line;
            text.push('\n');
        }
    }
    text
}

#[test]
fn every_notice_of_the_manual_builds_without_a_word() {
    let notices = blocks("yaml").into_iter().filter(|(_, text)| !is_workspace(text));
    let (mut built, mut layouts) = (0, 0);
    for (line, block) in notices {
        let (name, text) = (format!("README.zh.md:{line}"), whole(&block));
        let input =
            Input { name, bytes: text.clone().into(), folder: root().join("examples") };
        let done = WORKSHOP.build(&input, &Order::default());
        assert!(done.findings.is_empty(), "{}:\n{text}{:#?}", input.name, done.findings);
        assert!(done.pdf.is_some(), "{}", input.name);
        built += 1;
        layouts += usize::from(text == block);
    }
    assert!(built >= 20 && layouts >= 7, "{built}, {layouts}");
}

#[test]
fn every_notice_of_the_manual_keeps_the_schema() {
    let schema = serde_json::from_str(&schema::text()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (line, block) in blocks("yaml").iter().filter(|(_, text)| !is_workspace(text)) {
        let value: serde_json::Value = serde_yaml::from_str(&whole(block)).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "README.zh.md:{line}: {errors:#?}");
    }
}

#[test]
fn every_workspace_file_of_the_manual_can_be_read() {
    let found: Vec<_> =
        blocks("yaml").into_iter().filter(|(_, text)| is_workspace(text)).collect();
    assert!(found.len() >= 3);
    for (line, text) in found {
        let source = Source::new(&format!("README.zh.md:{line}"), &text);
        let folder = root().join("examples");
        let read = workspace::read_source(Path::new(&folder), &source);
        assert!(read.is_ok(), "README.zh.md:{line}: {:#?}", read.err());
    }
}

#[test]
fn the_manual_names_every_command_and_every_option_of_build() {
    let manual = std::fs::read_to_string(root().join("README.zh.md")).unwrap();
    let grammar = hongtou::args::grammar();
    for command in grammar.get_subcommands() {
        let name = command.get_name();
        assert!(manual.contains(&format!("`hongtou {name}")), "{name}");
    }
    let build = grammar.find_subcommand("build").unwrap();
    for option in build.get_opts() {
        let short = option.get_short().map(|name| format!("`-{name} "));
        let long = option.get_long().map(|name| format!("--{name}"));
        let named = [short, long].into_iter().flatten().any(|it| manual.contains(&it));
        assert!(named, "{option}");
    }
}

#[test]
fn the_manual_names_every_key() {
    use hongtou::notice::keys;
    let manual = std::fs::read_to_string(root().join("README.zh.md")).unwrap();
    let described = [keys::NOTICE, keys::TABLE, keys::PICTURE].into_iter().flatten();
    for key in described {
        let cell = format!("{}（{}）", key.name, key.alias);
        assert!(manual.contains(&cell), "{cell}");
    }
}
