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
mod sample;
mod soft;
mod view;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

pub use adjustment::{Adjustment, Kept, Limits};
pub use builtin::{FILES, KINDS};
pub use columns::Shape;
pub use fill::{Faces, Filled, calibration, fill};
pub use sample::{SampleView, sample};

use crate::diag::{Error, reason};
use crate::notice::Format;

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
}

impl Templates {
    /// Files in `folder` go before the built-in ones of the same name.
    ///
    /// # Errors
    /// There is no such folder; one of its templates cannot be read.
    pub fn open(folder: Option<&Path>) -> Result<Self, Error> {
        let templates = Self { folder: folder.map(Path::to_owned) };
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            let message = format!("模板文件夹“{}”不存在", folder.display());
            return Err(Error::command(message).hint("不指定模板时用内置的模板"));
        }
        let own = FILES.iter().filter_map(|(name, _)| templates.place(name));
        for path in own.filter(|path| path.exists()) {
            std::fs::read_to_string(&path).map_err(|error| {
                let (path, why) = (path.display(), reason(&error));
                Error::command(format!("模板“{path}”读不了：{why}"))
                    .hint("模板是 UTF-8 的文本；删去它，就用内置的模板")
            })?;
        }
        Ok(templates)
    }

    /// The user's folder.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// A template or library file by its name, such as `gongwen/lib.typ`.
    pub fn text(&self, name: &str) -> Option<Cow<'static, str>> {
        self.own(name).map(Cow::Owned).or_else(|| builtin::text(name).map(Cow::Borrowed))
    }

    fn own(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.place(name)?).ok()
    }

    /// Where the user's own file of a name would be.
    fn place(&self, name: &str) -> Option<PathBuf> {
        let plain = Path::new(name)
            .components()
            .all(|c| matches!(c, std::path::Component::Normal(_)));
        let folder = self.folder.as_ref().filter(|_| plain)?;
        Some(folder.join(name))
    }
}
