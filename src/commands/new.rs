//! `hongtou new`: a commented notice to fill in, for each 文种 and for 简报.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Local};
use serde::Deserialize;

use super::output::unwritable;
use super::schema;
use crate::args;
use crate::diag::Error;
use crate::files;
use crate::notice::{keys, source};
use crate::{template, terminal, workspace};

/// The schema's file beside a new notice, which its first line names.
const SCHEMA: &str = "hongtou.schema.json";

/// What is particular to a 文种.
#[derive(Debug, Deserialize)]
struct Sample {
    #[serde(rename = "标题")]
    title: String,
    #[serde(rename = "主送")]
    recipients: Option<String>,
    #[serde(rename = "正文")]
    body: String,
    #[serde(rename = "签发人")]
    signers: Option<String>,
    #[serde(rename = "附注")]
    note: Option<String>,
    #[serde(rename = "提示")]
    hint: String,
    /// Where the 文种 does not give it.
    #[serde(rename = "格式")]
    format: Option<String>,
    /// What 发文机关标志 is unless one is written.
    #[serde(rename = "标志", default = "document_mark")]
    mark: String,
    /// Lines in place of 发文字号.
    #[serde(rename = "版头")]
    head: Option<String>,
    /// Lines behind the text.
    #[serde(rename = "文后")]
    end: Option<String>,
    #[serde(rename = "不盖章", default)]
    unsigned: bool,
}

fn document_mark() -> String {
    "发文机关+“文件”".into()
}

/// Writes the sample, and the schema beside it unless it is there.
///
/// # Errors
/// No such 文种; the file exists or cannot be written.
pub fn new(args: &args::New) -> Result<(), Error> {
    let kind = match args.kind.trim_end_matches("（令）") {
        "令" => "命令",
        kind => kind,
    };
    let text = sample(kind)?;
    let path =
        args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{kind}.yaml")));
    if path == Path::new("-") {
        terminal::print(text.trim_end());
        return Ok(());
    }
    let name = path.file_name().unwrap_or_default();
    if name == workspace::NAME || !source::is_yaml(&path) {
        return Err(Error::command(format!("“{}”不能作通知的名称", path.display()))
            .hint("通知是以 .yaml 结尾的文件：hongtou new 文种 -o 新名称.yaml"));
    }
    if path.exists() {
        return Err(Error::command(format!("“{}”已经存在，没有动它", path.display()))
            .hint("换个名称：hongtou new 文种 -o 新名称.yaml"));
    }
    write(&path, &text)?;
    let schema = path.with_file_name(SCHEMA);
    if !schema.exists() {
        write(&schema, &(schema::text() + "\n"))?;
    }
    terminal::note(&format!(
        "已写出 {}；填好后：hongtou build {}",
        path.display(),
        path.display()
    ));
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    files::write(path, text.as_bytes()).map_err(|error| unwritable(path, &error))
}

/// The sample of a 文种, dated today.
fn sample(kind: &str) -> Result<String, Error> {
    let broken =
        |error: &dyn std::fmt::Display| Error::command(format!("样本填不出来：{error}"));
    let samples: BTreeMap<String, Sample> =
        serde_yaml::from_str(template::KINDS).map_err(|error| broken(&error))?;
    let Some(sample) = samples.get(kind) else {
        let near = keys::nearest(kind, samples.keys().map(String::as_str));
        let error = Error::command(format!("没有“{kind}”的样本"));
        let error = near
            .map_or(error.clone(), |near| error.hint(format!("是不是想写“{near}”？")));
        return Err(error
            .hint(format!("文种有：{}；另有简报", keys::KINDS.join("、")))
            .hint("方案、计划、总结等不是文种，由通知印发：写进通知的“印发件”"));
    };
    let today = Local::now().date_naive();
    template::sample(&template::SampleView {
        kind,
        format: sample.format.as_deref(),
        mark: &sample.mark,
        head: sample.head.as_deref().map(|text| text.lines().collect()),
        end: sample.end.as_deref().map(|text| text.lines().collect()),
        signed: !sample.unsigned,
        title: &sample.title,
        recipients: sample.recipients.as_deref(),
        body: sample.body.lines().collect(),
        signers: sample.signers.as_deref(),
        note: sample.note.as_deref(),
        hint: &sample.hint,
        year: today.year(),
        date: today.to_string(),
    })
}
