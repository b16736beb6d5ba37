//! `hongtou schema`: the format of a notice as JSON Schema, for editors.

use serde_json::{Map, Value, json};

use crate::diag::Error;
use crate::notice::keys::{self, Key, Shape};
use crate::terminal;

/// Prints the schema.
///
/// # Errors
/// None so far.
pub fn schema() -> Result<(), Error> {
    terminal::print(&text());
    Ok(())
}

/// The schema as text.
pub fn text() -> String {
    let mut schema = object(keys::NOTICE);
    if let Some(entries) = schema.as_object_mut() {
        entries.insert(
            "$schema".into(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        entries.insert("title".into(), json!("红头通知"));
    }
    format!("{schema:#}")
}

/// Known keys only; aliases are accepted without being suggested.
fn object(keys: &[Key]) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut property = shape(key.shape);
        if let Some(entries) = property.as_object_mut() {
            entries.insert("description".into(), json!(key.about));
        }
        properties.insert(key.name.into(), property.clone());
        if let Some(entries) = property.as_object_mut() {
            entries.insert(
                "description".into(),
                json!(format!("同“{}”：{}", key.name, key.about)),
            );
        }
        properties.insert(key.alias.into(), property);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn shape(shape: Shape) -> Value {
    let text = json!({ "type": ["string", "number", "null"] });
    let list = |item: Value| json!({ "type": "array", "items": item });
    let either = |options: &[Value]| json!({ "anyOf": options });
    match shape {
        Shape::Text => text,
        Shape::Date => {
            json!({ "type": ["string", "null"], "pattern": r"^\d{4}(-\d{1,2}-\d{1,2}|年\d{1,2}月\d{1,2}日)$|\{\{" })
        }
        Shape::Texts => either(&[text.clone(), list(text)]),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Number => json!({ "type": ["number", "string"] }),
        Shape::Shift(most) => {
            json!({ "type": "number", "minimum": -most, "maximum": most })
        }
        Shape::Numbers => list(json!({ "type": "number", "exclusiveMinimum": 0 })),
        Shape::Flag => json!({ "enum": [true, false, "是", "否", null] }),
        Shape::Rows => {
            list(json!({ "type": ["array", "string", "number", "boolean", "null"] }))
        }
        Shape::Body => {
            either(&[text.clone(), list(either(&[text, object(keys::BLOCK)]))])
        }
        Shape::Keys(keys) => either(&[object(keys), json!({ "type": "null" })]),
        Shape::TextOrKeys(keys) => either(&[text, object(keys)]),
        Shape::KeysOrList(keys) => {
            either(&[object(keys), list(object(keys)), json!({ "type": "null" })])
        }
        Shape::Mixed(keys) => {
            let one = either(&[text, object(keys)]);
            either(&[one.clone(), list(one)])
        }
        Shape::Names => {
            json!({ "type": ["object", "null"], "additionalProperties": { "type": ["string", "number", "boolean"] } })
        }
    }
}
