//! Random notices keep every measure.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::geometry::deviations;
use crate::support::lay_out_text;

const WORDS: &[&str] = &[
    "职工",
    "技能",
    "培训",
    "工作",
    "年度",
    "计划",
    "安排",
    "组织",
    "落实",
    "单位",
    "负责",
    "经费",
    "管理",
    "加强",
    "做好",
    "结合",
    "实际",
    "各县（区）",
    "2026年",
    "3月5日",
    "1200人次",
    "，",
    "。",
    "；",
    "“十五五”",
    "《办法》",
    "95%",
    "进一步",
    "规范",
    "服务",
    "——",
    "……",
    "A4纸",
    "、",
];

fn words(range: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), range).prop_map(|words| {
        let mut text = words.concat();
        // Ellipses and dashes of any length are one piece; nobody writes two in a row.
        for (twice, once) in
            [("…………", "……"), ("————", "——"), ("……——", "……"), ("——……", "——")]
        {
            while text.contains(twice) {
                text = text.replace(twice, once);
            }
        }
        text.trim_start_matches(['，', '。', '；', '、', '—', '…']).to_owned()
            + "抓好落实"
    })
}

fn hanzi(range: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(
            "云岭市青禾区望溪县总工会办公室教育局水务中心".chars().collect::<Vec<_>>(),
        ),
        range,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => words(8..120).prop_map(|text| text + "。"),
        1 => words(2..6).prop_map(|text| format!("一、{}", text.replace('。', ""))),
        2 => words(2..30).prop_map(|text| format!("（一）加强领导。{text}。")),
        1 => words(5..40).prop_map(|text| format!("1.{text}。")),
        1 => prop::collection::vec(prop::sample::select("汉字网格排版检查测量".chars().collect::<Vec<_>>()), 60..200)
            .prop_map(|chars| chars.into_iter().collect()),
    ]
}

fn table() -> impl Strategy<Value = Value> {
    (2usize..7, 1usize..40).prop_flat_map(|(columns, rows)| {
        let row = prop::collection::vec(words(1..4), columns);
        (prop::collection::vec(hanzi(2..=4), columns), prop::collection::vec(row, rows))
            .prop_map(|(head, rows)| json!({ "表头": head, "行": rows }))
    })
}

fn body() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => prop::collection::vec(line(), 1..30).prop_map(|lines| json!(lines.join("\n"))),
        1 => (prop::collection::vec(line(), 1..6), table(), prop::collection::vec(line(), 0..6)).prop_map(
            |(before, table, after)| {
                let mut items: Vec<Value> = before.into_iter().map(Value::from).collect();
                items.push(json!({ "表格": table }));
                items.extend(after.into_iter().map(Value::from));
                json!(items)
            },
        ),
    ]
}

fn attachment() -> impl Strategy<Value = Value> {
    prop_oneof![
        hanzi(4..=40).prop_map(Value::from),
        (hanzi(4..=30), prop::collection::vec(line(), 1..12))
            .prop_map(|(name, lines)| json!({ "名称": name, "正文": lines.join("\n") })),
        (hanzi(4..=20), table())
            .prop_map(|(name, table)| json!({ "名称": name, "表格": table })),
    ]
}

fn notice() -> impl Strategy<Value = Value> {
    let header = (
        hanzi(4..=20),
        prop::option::of(1u32..2000),
        prop::option::of(Just("000012")),
        prop::option::of(Just("机密★1年")),
        prop::option::of(Just("特急")),
        prop::collection::vec(
            prop::sample::select(vec!["程禾样", "陆溪", "孟岚样"]),
            0..5,
        ),
    );
    let opening = (words(3..16), prop::collection::vec(hanzi(4..=12), 0..45), body());
    let closing = (
        prop::collection::vec(attachment(), 0..4),
        any::<bool>(),
        prop::option::of(words(2..6)),
        prop::collection::vec(hanzi(4..=12), 0..20),
        any::<bool>(),
        any::<bool>(),
        1u32..29,
    );
    (header, opening, closing).prop_map(|(header, opening, closing)| {
        let (issuer, serial, copy, secrecy, urgency, signers) = header;
        let (title, recipients, body) = opening;
        let (attachments, sealed, note, copies, printed, duplex, day) = closing;
        let serial = serial.map(|serial| serial.to_string()).unwrap_or_default();
        let title = title.replace(['。', '；', '，', '—', '…'], "");
        let mut notice = json!({
            "发文机关": issuer, "发文字号": format!("云工发〔2026〕{serial}号"),
            "标题": format!("关于{title}的通知"), "正文": body,
            "成文日期": format!("2026-11-{day:02}"), "双面": duplex,
        });
        let mut set = |key: &str, value: Value| notice[key] = value;
        copy.into_iter().for_each(|it| set("份号", json!(it)));
        secrecy.into_iter().for_each(|it| set("密级", json!(it)));
        urgency.into_iter().for_each(|it| set("紧急程度", json!(it)));
        set("签发人", json!(signers));
        set("主送", json!(recipients));
        set("附件", json!(attachments));
        set("抄送", json!(copies));
        note.into_iter()
            .for_each(|it| set("附注", json!(it.replace(['。', '（', '）'], ""))));
        if sealed {
            set("印章", json!("样章.svg"));
        }
        if printed {
            set("印发", json!({ "机关": "云岭市总工会办公室" }));
        }
        notice
    })
}

#[test]
fn two_hundred_random_notices_keep_every_measure() {
    let config = Config {
        cases: 200,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Config::default()
    };
    // The same notices on every run: a failure can be looked into.
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let result = runner.run(&notice(), |notice| {
        let laid = lay_out_text(&serde_yaml::to_string(&notice).unwrap(), true);
        let found = deviations(&laid);
        prop_assert!(found.is_empty(), "{}", found.join("\n"));
        prop_assert!(laid.findings.is_empty(), "{:#?}", laid.findings);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
