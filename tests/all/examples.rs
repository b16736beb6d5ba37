//! The examples, and the samples that `hongtou new` writes.

use hongtou::commands::schema;
use hongtou::notice::keys::KINDS;

use crate::support::{Run, files};

#[test]
fn every_example_builds_without_a_word() {
    let built = tempfile::tempdir().unwrap();
    for path in files("examples", "yaml") {
        let out = built.path().join("甲.pdf");
        let args = ["build", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
        let ran = Run::new().args(&args).run().code(0);
        assert!(
            ran.err.starts_with("已生成") && ran.err.lines().count() == 1,
            "{}",
            ran.err
        );
        assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF-1.7"));
    }
}

#[test]
fn every_example_keeps_the_schema_and_a_misspelt_key_does_not() {
    let schema = serde_json::from_str(&schema::text()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good = files("examples", "yaml").into_iter().chain(
        // A merge key is read by YAML's rules, not by the schema's.
        files("tests/cases/good", "yaml")
            .into_iter()
            .filter(|it| !it.ends_with("anchors.yaml")),
    );
    for path in good {
        let text = std::fs::read_to_string(&path).unwrap();
        let value: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
    }
    for kind in samples() {
        let value: serde_json::Value = serde_yaml::from_str(&sample(kind)).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{kind}: {errors:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "标提": "甲" })));
    assert!(!validator.is_valid(&serde_json::json!({ "格式": "海报" })));
}

/// What `hongtou new` has a sample of.
fn samples() -> impl Iterator<Item = &'static str> {
    KINDS.iter().copied().chain(["简报"])
}

fn sample(kind: &str) -> String {
    Run::new().args(&["new", kind, "-o", "-"]).run().code(0).out().to_owned()
}

#[test]
fn the_sample_of_every_kind_builds_and_measures_clean() {
    for kind in samples() {
        let sample = sample(kind);
        assert!(sample.starts_with("# yaml-language-server: $schema="), "{sample}");
        let run = |command| {
            Run::new().file("甲.yaml", &sample).args(&[command, "甲.yaml"]).run().code(0)
        };
        let built = run("build");
        assert!(built.err.lines().count() == 1, "{kind}: {}", built.err);
        let measured = run("measure");
        assert!(measured.err.is_empty(), "{kind}: {}", measured.err);
    }
}

#[test]
fn a_sample_has_the_keys_of_its_layout() {
    let keys: [(&str, &[&str]); 6] = [
        ("函", &["格式: 信函"]),
        ("命令", &["发文字号: 第1号", "签名章: {职务: "]),
        ("纪要", &["出席: ", "请假: ", "列席: "]),
        ("请示", &["签发人: "]),
        ("报告", &["签发人: "]),
        ("简报", &["格式: 简报", "期号: ", "编印: ", "按语: ", "报送: ", "主送: "]),
    ];
    for (kind, keys) in keys {
        let sample = sample(kind);
        for key in keys {
            assert!(sample.lines().any(|line| line.starts_with(key)), "{kind}: {key}");
        }
    }
    assert_eq!(sample("令"), sample("命令"));
}

#[test]
fn a_new_notice_brings_its_schema_and_overwrites_nothing() {
    let ran = Run::new().args(&["new", "请示"]).run().code(0);
    assert_eq!(ran.left(), ["hongtou.schema.json", "请示.yaml"]);
    let ran = Run::new()
        .file("请示.yaml", "我的")
        .args(&["new", "请示"])
        .run()
        .code(2)
        .says("已经存在");
    assert_eq!(ran.read("请示.yaml").unwrap(), "我的".as_bytes());
    Run::new().args(&["new", "请柬"]).run().code(2).says("是不是想写“请示”");
}
