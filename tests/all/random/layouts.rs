//! Random notices of each layout.

use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Map, Value, json};

use super::text::{body, hanzi, lines, people, picture, plain_words, table, words};

/// A notice's fields, or some of them.
type Fields = Map<String, Value>;

fn fields(value: Value) -> Fields {
    match value {
        Value::Object(fields) => fields,
        other => panic!("no mapping: {other}"),
    }
}

/// What all parts say together.
fn together(parts: Vec<Fields>) -> Value {
    Value::Object(parts.into_iter().flatten().collect())
}

/// A field that is there or not.
fn maybe<S>(name: &'static str, value: S) -> BoxedStrategy<Fields>
where
    S: Strategy + 'static,
    S::Value: Into<Value> + Clone,
{
    let one = move |it: Option<S::Value>| {
        it.map(|it| (name.to_owned(), it.into())).into_iter().collect()
    };
    prop::option::of(value).prop_map(one).boxed()
}

fn attachment() -> BoxedStrategy<Value> {
    let name = || hanzi(4..=30);
    let lies = |(mut it, lies): (Value, bool)| {
        it["横排"] = json!(lies);
        it
    };
    let text = (name(), lines(1..12))
        .prop_map(|(name, lines)| json!({ "名称": name, "正文": lines.join("\n") }));
    let table = (name(), table())
        .prop_map(|(name, table)| json!({ "名称": name, "表格": table }));
    let picture = (name(), picture())
        .prop_map(|(name, picture)| json!({ "名称": name, "图片": picture }));
    let printed = Union::new_weighted(vec![
        (2, text.boxed()),
        (3, table.boxed()),
        (1, picture.boxed()),
    ]);
    let printed = (printed, prop::bool::weighted(0.3)).prop_map(lies);
    prop_oneof![2 => hanzi(4..=40).prop_map(Value::from), 3 => printed].boxed()
}

/// Mostly few, seldom many.
fn attachments() -> BoxedStrategy<Fields> {
    let few = prop::collection::vec(attachment(), 0..4);
    let many = prop::collection::vec(attachment(), 4..=12);
    prop_oneof![5 => few, 1 => many]
        .prop_map(|all| fields(json!({ "附件": all })))
        .boxed()
}

/// 份号, 密级 and 紧急程度.
fn corner() -> BoxedStrategy<Fields> {
    let parts = vec![
        maybe("份号", Just("000012")),
        maybe("密级", Just("机密★1年")),
        maybe("紧急程度", Just("特急")),
    ];
    parts.prop_map(|parts| parts.into_iter().flatten().collect()).boxed()
}

/// 标题, 正文, 成文日期 and 双面.
fn text() -> BoxedStrategy<Fields> {
    let all = (plain_words(3..16), body(), 1u32..29, any::<bool>());
    all.prop_map(|(title, body, day, duplex)| {
        fields(json!({
            "标题": format!("关于{title}的通知"), "正文": body,
            "成文日期": format!("2026-11-{day:02}"), "双面": duplex,
        }))
    })
    .boxed()
}

/// 发文字号, drafts among them.
fn number() -> BoxedStrategy<Fields> {
    let serial = prop::option::of(1u32..2000);
    serial
        .prop_map(|serial| {
            let serial = serial.map(|serial| serial.to_string()).unwrap_or_default();
            fields(json!({ "发文字号": format!("云工发〔2026〕{serial}号") }))
        })
        .boxed()
}

fn recipients() -> BoxedStrategy<Fields> {
    let names = prop::collection::vec(hanzi(4..=12), 0..45);
    names.prop_map(|names| fields(json!({ "主送": names }))).boxed()
}

/// 附注, 抄送 and 印发.
fn ending() -> BoxedStrategy<Fields> {
    let copies = prop::collection::vec(hanzi(4..=12), 0..20);
    let parts = (maybe("附注", plain_words(2..6)), copies, any::<bool>());
    parts
        .prop_map(|(mut all, copies, printed)| {
            all.insert("抄送".into(), json!(copies));
            if printed {
                all.insert("印发".into(), json!({ "机关": "云岭市总工会办公室" }));
            }
            all
        })
        .boxed()
}

/// 发文机关 with its 印章 or without; of several bodies all have one or none has.
fn bodies(names: impl Strategy<Value = Vec<String>> + 'static) -> BoxedStrategy<Fields> {
    let seal = prop_oneof![
        3 => Just(json!("样章.svg")),
        1 => (38u32..=45).prop_map(|it| json!({ "图片": "样章.svg", "直径": it })),
    ];
    (names, any::<bool>(), seal)
        .prop_map(|(names, sealed, seal)| {
            let seals = vec![seal; if sealed { names.len() } else { 0 }];
            fields(json!({ "发文机关": names, "印章": seals }))
        })
        .boxed()
}

fn one_body() -> BoxedStrategy<Fields> {
    bodies(hanzi(4..=20).prop_map(|name| vec![name]))
}

fn joint_bodies() -> BoxedStrategy<Fields> {
    bodies(prop::collection::vec(hanzi(4..=14), 2..=9))
}

/// 签名章, up to three.
fn stamps() -> BoxedStrategy<Fields> {
    // Nobody signs twice.
    let names = prop::sample::subsequence(vec!["程禾样", "陆溪", "欧阳柳汀"], 3);
    let ones = prop::collection::vec((hanzi(2..=16), any::<bool>()), 1..=3);
    let one = |(name, (post, drawn)): (&str, (String, bool))| match drawn {
        true => json!({ "职务": post, "图片": "样章.svg" }),
        false => json!({ "职务": post, "姓名": name }),
    };
    (names, ones)
        .prop_map(move |(names, ones)| names.into_iter().zip(ones).map(one).collect())
        .prop_map(|all: Vec<Value>| fields(json!({ "签名章": all })))
        .boxed()
}

fn signers() -> BoxedStrategy<Fields> {
    people(0..8).prop_map(|names| fields(json!({ "签发人": names }))).boxed()
}

fn all(parts: Vec<BoxedStrategy<Fields>>) -> BoxedStrategy<Value> {
    parts.prop_map(together).boxed()
}

/// 文件 of one body.
pub fn document() -> BoxedStrategy<Value> {
    let opening = vec![corner(), one_body(), number(), signers(), recipients()];
    all([opening, vec![text(), attachments(), ending()]].concat())
}

/// 文件 of several bodies (联合行文).
pub fn joint() -> BoxedStrategy<Value> {
    let opening = vec![corner(), joint_bodies(), number(), signers(), recipients()];
    all([opening, vec![text(), attachments(), ending()]].concat())
}

/// 文件 with 签名章 instead of 印章.
pub fn stamped() -> BoxedStrategy<Value> {
    let issuer = hanzi(4..=20).prop_map(|it| fields(json!({ "发文机关": it }))).boxed();
    let opening = vec![corner(), issuer, number(), recipients(), stamps()];
    all([opening, vec![text(), attachments(), ending()]].concat())
}

/// 信函, of one body or several.
pub fn letter() -> BoxedStrategy<Value> {
    let issuers = prop_oneof![3 => one_body(), 1 => joint_bodies()].boxed();
    let format = Just(fields(json!({ "格式": "信函" }))).boxed();
    let opening = vec![format, corner(), issuers, number(), recipients()];
    all([opening, vec![text(), attachments(), ending()]].concat())
}

/// 命令, which a 签名章 signs (10.2).
pub fn order() -> BoxedStrategy<Value> {
    let issuers = prop::collection::vec(hanzi(4..=14), 1..4);
    let heads = (issuers, prop::option::of(1u32..2000), prop::bool::weighted(0.3));
    let head = heads.prop_map(|(issuers, serial, addressed)| {
        let serial = serial.map(|serial| serial.to_string()).unwrap_or_default();
        let mut head = json!({
            "格式": "命令", "发文机关": issuers, "发文字号": format!("第{serial}号"),
        });
        if addressed {
            head["主送"] = json!(["各县（区）总工会"]);
        }
        fields(head)
    });
    all(vec![head.boxed(), stamps(), text(), attachments(), ending()])
}

/// 纪要 with its lists of names.
pub fn minutes() -> BoxedStrategy<Value> {
    let head = (hanzi(4..=14), any::<bool>()).prop_map(|(issuer, own)| {
        let mut head = json!({ "格式": "纪要", "发文机关": issuer });
        if own {
            head["发文机关标志"] = json!(format!("{issuer}办公会议纪要"));
        }
        fields(head)
    });
    let lists = (people(1..40), people(0..6), people(0..12))
        .prop_map(|(a, b, c)| fields(json!({ "出席": a, "请假": b, "列席": c })));
    let opening = vec![head.boxed(), corner(), number(), text()];
    all([opening, vec![lists.boxed(), attachments(), ending()]].concat())
}

/// 简报: further articles instead of attachments.
pub fn bulletin() -> BoxedStrategy<Value> {
    let head = (hanzi(4..=14), 1u32..60).prop_map(|(issuer, issue)| {
        fields(json!({ "格式": "简报", "发文机关": issuer, "期号": issue }))
    });
    let article = (plain_words(3..10), lines(1..8))
        .prop_map(|(title, lines)| json!({ "标题": title, "正文": lines.join("\n") }));
    let articles = prop::collection::vec(article, 0..4)
        .prop_map(|all| fields(json!({ "印发件": all })));
    let sent = prop::collection::vec(hanzi(4..=12), 0..10)
        .prop_map(|names| fields(json!({ "报送": names })));
    let own = vec![
        head.boxed(),
        maybe("编印", hanzi(4..=14)),
        maybe("按语", words(4..60)),
        articles.boxed(),
        sent.boxed(),
    ];
    all([own, vec![corner(), recipients(), text(), ending()]].concat())
}
