//! Random texts, tables and pictures.

use std::ops::{Range, RangeInclusive};

use proptest::prelude::*;
use serde_json::{Value, json};

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

pub fn words(range: Range<usize>) -> impl Strategy<Value = String> {
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

/// Words without the marks that no title has.
pub fn plain_words(range: Range<usize>) -> impl Strategy<Value = String> {
    words(range)
        .prop_map(|text| text.replace(['。', '；', '，', '—', '…', '（', '）'], ""))
}

pub fn hanzi(range: RangeInclusive<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(
            "云岭市青禾区望溪县总工会办公室教育局水务中心".chars().collect::<Vec<_>>(),
        ),
        range,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

/// Names of persons, all invented.
pub fn people(range: Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let names = vec!["程禾样", "陆溪", "孟岚样", "欧阳柳汀", "何苗样", "白汀"];
    prop::collection::vec(prop::sample::select(names).prop_map(str::to_owned), range)
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

pub fn lines(range: Range<usize>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(line(), range)
}

/// A table; one in three has a head of two rows, the upper one over several columns.
pub fn table() -> impl Strategy<Value = Value> {
    (2usize..7, 1usize..40).prop_flat_map(|(columns, rows)| {
        let row = prop::collection::vec(words(1..4), columns);
        let head = prop::collection::vec(hanzi(2..=4), columns);
        let rows = prop::collection::vec(row, rows);
        (head, rows, prop::option::weighted(0.33, 2..=columns)).prop_map(
            |(head, rows, over)| match over {
                Some(over) => json!({ "表头": nested(&head, over), "行": rows }),
                None => json!({ "表头": head, "行": rows }),
            },
        )
    })
}

/// A head whose first `over` columns stand under a common one; the others are as high as both.
fn nested(head: &[String], over: usize) -> Value {
    let common =
        |i: usize| if i < over { "合计情况".into() } else { head[i].clone() };
    let upper: Vec<String> = (0..head.len()).map(common).collect();
    json!([upper, head])
}

/// A picture, with or without its caption and width in characters.
pub fn picture() -> impl Strategy<Value = Value> {
    let file = prop::sample::select(vec!["管网示意.svg", "培训人次.svg"]);
    let caption = prop::option::of(hanzi(4..=20));
    (file, caption, prop::option::of(6u32..28)).prop_map(|(file, caption, width)| {
        let mut picture = json!({ "文件": file });
        caption.into_iter().for_each(|it| picture["说明"] = json!(it));
        width.into_iter().for_each(|it| picture["宽"] = json!(it));
        picture
    })
}

/// A body from a line to 30 pages: paragraphs, or a table or pictures between them.
pub fn body() -> impl Strategy<Value = Value> {
    let table = table().prop_map(|it| vec![json!({ "表格": it })]);
    let pictures = prop::collection::vec(picture(), 1..4);
    let pictures = pictures
        .prop_map(|all| all.into_iter().map(|it| json!({ "图片": it })).collect());
    let amid = prop_oneof![table, pictures];
    prop_oneof![
        12 => lines(1..3).prop_map(|lines| json!(lines.join("\n"))),
        28 => lines(1..30).prop_map(|lines| json!(lines.join("\n"))),
        10 => (lines(1..6), amid, lines(0..6)).prop_map(
            |(before, amid, after): (_, Vec<Value>, _)| {
                let mut items: Vec<Value> = before.into_iter().map(Value::from).collect();
                items.extend(amid);
                items.extend(after.into_iter().map(Value::from));
                json!(items)
            },
        ),
        1 => lines(40..150).prop_map(|lines| json!(lines.join("\n"))),
    ]
}
