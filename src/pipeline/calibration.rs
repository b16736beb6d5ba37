//! The page that shows how far a printer is off.

use super::Workshop;
use crate::diag::Error;
use crate::export::{self, Standard};
use crate::notice::files::Folders;
use crate::template;
use crate::typeset::{self, Failure, Pages, preprint};

impl Workshop {
    /// The page that shows how far a printer is off, moved by what is known already.
    ///
    /// # Errors
    /// A template of the user's that cannot be set.
    pub fn lay_out_calibration(&self) -> Result<Pages, Error> {
        let offset = self.offset();
        let known = self.workspace.is_some().then_some((offset.right, offset.down));
        let filled = template::calibration(&self.templates, &self.faces, known)?;
        let folders = Folders::default();
        let pages = typeset::compile(&filled, &self.library, &self.fonts, &folders)
            .map_err(|failure| match failure {
                Failure::Source(errors) => no_calibration(&errors),
                Failure::Images(_) => no_calibration(&["图片已损坏".into()]),
            })?;
        Ok(preprint::moved(pages, offset.right, offset.down))
    }

    /// The PDF of that page.
    ///
    /// # Errors
    /// A template of the user's that cannot be set.
    pub fn calibration(&self) -> Result<Vec<u8>, Error> {
        let pages = self.lay_out_calibration()?;
        export::pdf(&pages, Standard::default(), "hongtou\n套打校准页")
            .map_err(|errors| no_calibration(&errors))
    }
}

fn no_calibration(errors: &[String]) -> Error {
    Error::command(format!("校准页排不出来：{}", errors.join("；")))
        .hint("内置模板不会出这种错：检查 --templates 或工作目录里的模板")
}
