//! Number and date go into a notice, and nothing else in it changes.

use hongtou::notice::edit::number_and_date;
use hongtou::notice::source::Source;
use proptest::prelude::*;

/// A value as it may be written, with `{}` for what is in it.
fn style() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("{}"), Just("\"{}\""), Just("'{}'")]
}

/// What may stand behind a value.
fn tail() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just(""), Just(" "), Just("   # 注: \"引号\" {括号}"), Just("\t# 制表")]
}

/// Lines that are nobody's business.
fn other() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("标题: \"关于甲：乙的通知\" # 题"),
        Just("正文: |\n  一、发文字号: 不是键\n  # 成文日期: 也不是\n\n  完"),
        Just("抄送: [甲, '乙', \"丙\"]  # 抄"),
        Just("# 整行的注 发文字号: 无"),
        Just(""),
        Just("印发: {机关: 甲, 份数: 07}"),
        Just("附件:\n- 名称: 表\n  横排: true\n-   表二"),
        Just("主送: >-\n  甲\n  乙"),
        Just("'附注': 'It''s'"),
    ]
}

fn key() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop_oneof![Just(("发文字号", "成文日期")), Just(("number", "date"))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn nothing_but_the_two_values_changes(
        before in prop::collection::vec(other(), 0..5),
        between in prop::collection::vec(other(), 0..4),
        after in prop::collection::vec(other(), 0..4),
        keys in key(),
        styles in (style(), style()),
        tails in (tail(), tail()),
        old in prop_oneof![
            Just("云工发〔2026〕　号"), Just("云工发〔2026〕号"), Just("云工发〔2026〕{{ 号 }}号")
        ],
        first in any::<bool>(),
        crlf in any::<bool>(),
        ended in any::<bool>(),
    ) {
        // A key may be there once.
        let mut seen = std::collections::HashSet::new();
        let mut once = |lines: Vec<&'static str>| -> Vec<&'static str> {
            lines.into_iter().filter(|it| it.is_empty() || seen.insert(*it)).collect()
        };
        let (before, between, after) = (once(before), once(between), once(after));
        let text = |number: &str, date: &str| {
            let number =
                format!("{}: {}{}", keys.0, styles.0.replace("{}", number), tails.0);
            let date = format!("{}:  {}{}", keys.1, styles.1.replace("{}", date), tails.1);
            let (one, two) = if first { (number, date) } else { (date, number) };
            let mut lines: Vec<&str> = before.clone();
            lines.push(&one);
            lines.extend(&between);
            lines.push(&two);
            lines.extend(&after);
            let mut text = lines.join("\n");
            if ended {
                text.push('\n');
            }
            if crlf { text.replace('\n', "\r\n") } else { text }
        };
        let number = "云工发〔2026〕18号".parse().unwrap();
        let date = "2026-03-05".parse().unwrap();
        let source = Source::new("试.yaml", &text(old, "2026年3月1日"));
        let made = number_and_date(&source, &number, Some(date));
        prop_assert_eq!(made, Some(text("云工发〔2026〕18号", "2026-03-05")));
    }

    #[test]
    fn what_is_added_is_all_that_is_new(
        lines in prop::collection::vec(other(), 1..8),
        crlf in any::<bool>(),
        ended in any::<bool>(),
    ) {
        let mut seen = std::collections::HashSet::new();
        let lines: Vec<_> =
            lines.into_iter().filter(|it| it.is_empty() || seen.insert(*it)).collect();
        let mut text = lines.join("\n");
        if ended {
            text.push('\n');
        }
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let number = "云工发〔2026〕18号".parse().unwrap();
        let date = "2026-03-05".parse().unwrap();
        let made = number_and_date(&Source::new("试.yaml", &text), &number, Some(date));
        let keyed = lines.iter().any(|it| !it.is_empty() && !it.starts_with('#'));
        prop_assert_eq!(made.is_some(), keyed);
        if let Some(made) = made {
            let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
            let rest = made
                .replacen(&format!("发文字号: 云工发〔2026〕18号{end}"), "", 1)
                .replacen(&format!("成文日期: 2026-03-05{end}"), "", 1);
            let old = if ended || text.is_empty() { text } else { text + end };
            prop_assert_eq!(rest.trim_end_matches(['\r', '\n']), old.trim_end_matches(['\r', '\n']));
        }
    }
}
