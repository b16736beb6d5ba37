//! The sample notice that `hongtou new` writes.

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::diag::Error;

/// What the sample's template uses.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names are those of the keys")]
pub struct SampleView<'a> {
    pub kind: &'a str,
    pub format: Option<&'a str>,
    pub mark: &'a str,
    pub head: Option<Vec<&'a str>>,
    pub end: Option<Vec<&'a str>>,
    pub signed: bool,
    pub title: &'a str,
    pub recipients: Option<&'a str>,
    pub body: Vec<&'a str>,
    pub signers: Option<&'a str>,
    pub note: Option<&'a str>,
    pub hint: &'a str,
    pub year: i32,
    pub date: String,
}

/// The sample as YAML.
///
/// # Errors
/// None with the built-in template.
pub fn sample(view: &SampleView) -> Result<String, Error> {
    let text = include_str!("../../notice-templates/skeleton.yaml.jinja");
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
        .render_named_str("skeleton.yaml", text, minijinja::Value::from(Serde(view)))
        .map_err(|error| Error::command(format!("样本填不出来：{error}")))
}
