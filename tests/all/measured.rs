//! `hongtou measure` as a clerk runs it.

use serde_json::{Value, json};

use crate::support::{Run, SMALL, root};

/// The built-in layout library with one length changed, as templates of one's own.
fn tampered(run: Run, from: &str, to: &str) -> Run {
    let name = "gongwen/src/measures.typ";
    let text =
        std::fs::read_to_string(root().join("notice-templates").join(name)).unwrap();
    assert!(text.contains(from), "{from}");
    run.file(&format!("模/{name}"), text.replace(from, to))
}

fn run() -> Run {
    Run::new().file("甲.yaml", SMALL)
}

#[test]
fn the_table_names_every_clause_and_lines_up() {
    let ran = run().args(&["measure", "甲.yaml"]).run().code(0);
    assert!(!ran.out().contains('\u{1b}'));
    insta::assert_snapshot!(ran.out());
}

#[test]
fn a_template_that_departs_is_found_out_clause_by_clause() {
    let cases = [
        ("top: 37mm", "top: 40mm", "5.2.3", "3号字行偏离行格"),
        ("mark-top: 35mm", "mark-top: 30mm", "7.2.4", "标志上边缘距版心上边缘"),
        ("rule-gap: 4mm", "rule-gap: 4.2mm", "7.2.7", "分隔线在发文字号之下"),
        ("size-1: 22pt", "size-1: 20pt", "7.3.1", "标题字号"),
        ("name-right: 2", "name-right: 3", "7.3.5.2", "署名右空二字"),
        ("folio-gap: 7mm", "folio-gap: 8mm", "7.5", "一字线上缘距版心下边缘"),
    ];
    for (from, to, clause, what) in cases {
        let args = ["measure", "甲.yaml", "--templates", "模"];
        let ran = tampered(run(), from, to).args(&args).run().code(1);
        let bad =
            |line: &&str| line.starts_with(&format!("{clause} ")) && line.contains(what);
        let line = ran.out().lines().find(bad).unwrap_or_else(|| panic!("{}", ran.out()));
        assert!(line.ends_with("不合格"), "{line}");
        assert!(ran.out().contains("项不合格") && ran.out().contains("在第 1 页"));
    }
}

#[test]
fn json_holds_the_same_rows() {
    let args = ["measure", "甲.yaml", "--format", "json", "--templates", "模"];
    let ran = tampered(run(), "name-right: 2", "name-right: 3").args(&args).run().code(1);
    let all: Value = serde_json::from_str(ran.out()).unwrap();
    let number = json!({ "type": "number" });
    let value = json!({ "anyOf": [
        number, { "type": "string" },
        { "type": "array", "items": number, "minItems": 2, "maxItems": 2 },
    ] });
    let row = json!({
        "type": "object", "additionalProperties": false,
        "required": ["clause", "what", "asked", "measured", "tolerance", "unit", "ok", "count", "page", "text"],
        "properties": {
            "clause": { "pattern": r"^\d+(\.\d+)*$" }, "what": { "type": "string", "minLength": 1 },
            "asked": value, "measured": value,
            "tolerance": { "type": ["number", "null"] }, "unit": { "enum": ["毫米", "磅", "字", "行", "条", "个", "枚", ""] },
            "ok": { "type": "boolean" }, "count": { "type": "integer", "minimum": 1 },
            "page": { "type": "integer", "minimum": 1 }, "text": { "type": "string" },
        },
    });
    let schema = json!({
        "type": "object", "additionalProperties": false,
        "required": ["file", "pages", "ok", "measurements"],
        "properties": {
            "file": { "const": "甲.yaml" }, "pages": { "const": 1 }, "ok": { "const": false },
            "measurements": { "type": "array", "minItems": 40, "items": row },
        },
    });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&all).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let rows = all["measurements"].as_array().unwrap();
    let bad: Vec<&Value> = rows.iter().filter(|row| row["ok"] == false).collect();
    assert!(bad.iter().any(|row| row["clause"] == "7.3.5.2"), "{bad:#?}");
    let mut seen: Vec<String> =
        rows.iter().map(|row| format!("{} {}", row["clause"], row["what"])).collect();
    seen.sort();
    let count = seen.len();
    seen.dedup();
    assert_eq!(seen.len(), count, "a clause and description is told twice");
}

#[test]
fn what_cannot_be_measured_is_told() {
    let bad = Run::new().file("甲.yaml", "标提: 乙\n").args(&["measure", "甲.yaml"]);
    let bad = bad.run().code(1).says("标提");
    assert!(bad.out().is_empty());
    Run::new().args(&["measure", "无.yaml"]).run().code(1).says("没有这个文件");
    run().args(&["measure", "甲.yaml", "--fonts", "无"]).run().code(2).says("不存在");
    run().args(&["measure", "甲.yaml", "--format", "csv"]).run().code(2).says("json");
    run().args(&["measure", "甲.yaml", "--set", "年度"]).run().code(2).says("键=值");
    let ran = Run::new().input(SMALL).args(&["measure", "-"]).run().code(0);
    assert!(ran.out().contains("全部合格"));
}
