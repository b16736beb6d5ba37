//! H102: what a layout has no place for is named, with a way out.

use hongtou::rules;

use crate::support::{Run, WORKSHOP};

fn warned(more: &str) -> Vec<String> {
    let text = format!(
        "发文机关: 云岭市总工会\n标题: 培训工作情况\n成文日期: 2026-03-05\n正文: 甲。\n{more}\n"
    );
    let input = hongtou::pipeline::Input {
        name: "试.yaml".into(),
        bytes: text.into_bytes(),
        folder: crate::support::root().join("examples"),
    };
    let findings = WORKSHOP.check(&input, &Default::default()).findings;
    let mine = findings.into_iter().filter(|it| it.code == "H102");
    mine.map(|it| it.message).collect()
}

#[test]
fn a_key_that_its_layout_does_not_print_is_named() {
    let cases = [
        ("格式: 简报\n发文字号: 云工发〔2026〕1号", "“简报”格式不印“发文字号”"),
        ("格式: 信函\n签发人: 程禾样", "“信函”格式不印“签发人”"),
        ("格式: 纪要\n印章: 样章.svg", "“纪要”格式不印“印章”"),
        ("按语: 供参考", "“文件”格式不印“按语”"),
    ];
    for (more, message) in cases {
        assert_eq!(warned(more), [message], "{more}");
    }
    for more in ["格式: 简报\n期号: 3\n按语: 供参考", "签发人: 程禾样", "印章: 样章.svg"]
    {
        assert!(warned(more).is_empty(), "{more}");
    }
}

#[test]
fn every_rule_has_a_code_of_its_own() {
    let mut codes: Vec<_> = rules::RULES.iter().map(|rule| rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), rules::RULES.len());
}

#[test]
fn help_has_no_english_word_in_its_usage() {
    let help = Run::new().args(&["build", "--help"]).run().code(0);
    let help = String::from_utf8(help.out).unwrap();
    assert!(help.contains("[选项]") && !help.contains("OPTIONS"), "{help}");
}
