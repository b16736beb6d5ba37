//! From a notice to Typst source: a thin template a format, filled by minijinja; every value
//! is written as an inert Typst literal, so that no text of a user is ever code.

mod adjustment;
mod builtin;
mod columns;
mod escape;
pub mod expression;
mod fill;
mod filters;
mod glue;
mod kinds;
mod mark;
mod running;
mod sample;
mod soft;
mod unit;
mod view;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use adjustment::{Adjustment, Kept, Limits};
pub use builtin::{FILES, KINDS};
pub use columns::Shape;
pub use fill::{Faces, Filled, calibration, fill};
pub use sample::{SampleView, sample};

use crate::diag::{Error, reason};
use crate::notice::Format;
use crate::paths::read_start;

/// The largest template, in bytes.
pub const LIMIT: u64 = 20 * 1024 * 1024;

/// The template of a format.
pub fn name(format: Format) -> &'static str {
    match format {
        Format::Document | Format::Minutes => "notice.typ.jinja",
        Format::Letter => "letter.typ.jinja",
        Format::Order => "order.typ.jinja",
        Format::Bulletin => "bulletin.typ.jinja",
    }
}

/// Where templates come from: a folder of the user's, then what is built in.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    folder: Option<PathBuf>,
    /// The user's own text of built-in names, read once: all that is built with it is alike.
    own: BTreeMap<&'static str, String>,
}

impl Templates {
    /// Files in `folder` go before the built-in ones of the same name.
    ///
    /// # Errors
    /// There is no such folder; one of its templates cannot be read.
    pub fn open(folder: Option<&Path>) -> Result<Self, Error> {
        let Some(folder) = folder else { return Ok(Self::default()) };
        if !folder.is_dir() {
            let message = format!("模板文件夹“{}”不存在", folder.display());
            return Err(Error::command(message).hint("不指定模板时用内置的模板"));
        }
        let mut own = BTreeMap::new();
        for (name, _) in FILES {
            let path = folder.join(name);
            if path.exists() {
                own.insert(*name, read(&path)?);
            }
        }
        Ok(Self { folder: Some(folder.to_owned()), own })
    }

    /// The user's folder.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// A template or library file by its name, such as `gongwen/lib.typ`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.own.get(name).map(String::as_str).or_else(|| builtin::text(name))
    }
}

/// The text of a user's template.
fn read(path: &Path) -> Result<String, Error> {
    let bytes = read_start(path, LIMIT + 1).map_err(|error| reason(&error));
    let text = bytes.and_then(|bytes| match bytes.len() as u64 {
        0..=LIMIT => String::from_utf8(bytes).map_err(|_| "不是 UTF-8 的文本".into()),
        _ => Err("太大，超过 20 MB".into()),
    });
    text.map_err(|why| {
        Error::command(format!("模板“{}”读不了：{why}", path.display()))
            .hint("模板是 UTF-8 的文本；删去它，就用内置的模板")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_stay_as_they_were_when_they_were_opened() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("notice.typ.jinja");
        std::fs::write(&path, "甲").expect("a file");
        let templates = Templates::open(Some(folder.path())).expect("templates");
        std::fs::write(&path, "乙").expect("a file");
        std::fs::write(folder.path().join("order.typ.jinja"), "丙").expect("a file");
        assert_eq!(templates.text("notice.typ.jinja"), Some("甲"));
        assert_eq!(templates.text("order.typ.jinja"), builtin::text("order.typ.jinja"));
        std::fs::remove_file(&path).expect("a file");
        assert_eq!(templates.text("notice.typ.jinja"), Some("甲"));
    }
}
