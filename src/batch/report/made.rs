//! What the PDFs of a run were made with: shares that are made differently are no whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// What a run made its PDFs with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The program's version.
    version: String,
    /// The system it runs on: there is another file of it for each.
    system: String,
    /// The program's file.
    program: Digest,
    /// Options that change PDFs.
    options: Digest,
    /// By workspace, its folder as seen from the run's.
    workspaces: BTreeMap<String, Shared>,
}

/// What the notices of one workspace have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// `hongtou.yaml` and what it names.
    pub workspace: Digest,
    /// The folder of templates.
    pub templates: Digest,
    /// The font files.
    pub fonts: Digest,
}

impl Made {
    /// By this program.
    pub fn new(
        program: Digest,
        options: Digest,
        workspaces: BTreeMap<String, Shared>,
    ) -> Self {
        let system = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { version, system, program, options, workspaces }
    }

    /// What another run made its PDFs differently with, in words. A workspace that only one of
    /// them had a notice of tells nothing.
    pub fn difference(&self, other: &Self) -> Option<&'static str> {
        let program = self.version != other.version
            || self.system == other.system && self.program != other.program;
        let common = self.workspaces.iter();
        let common =
            common.filter_map(|(name, it)| Some((it, other.workspaces.get(name)?)));
        let differ =
            |of: fn(&Shared) -> Digest| common.clone().any(|(a, b)| of(a) != of(b));
        let all = [
            (program, "程序"),
            (self.options != other.options, "选项（如 --set、--watermark）"),
            (differ(|it| it.workspace), "hongtou.yaml 或它用到的文件"),
            (differ(|it| it.templates), "模板"),
            (differ(|it| it.fonts), "字体"),
        ];
        all.into_iter().find(|(differs, _)| *differs).map(|(_, what)| what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_runs_have_in_common_is_compared() {
        let of = |text: &str| Digest::of(text.as_bytes());
        let shared = |fonts| Shared {
            workspace: of("目录"),
            templates: of("模板"),
            fonts: of(fonts),
        };
        let made = |options, name: &str, fonts| {
            let workspaces = BTreeMap::from([(name.to_owned(), shared(fonts))]);
            Made::new(of("程序"), of(options), workspaces)
        };
        let one = made("甲", "./年", "字");
        assert_eq!(one.difference(&one), None);
        assert_eq!(one.difference(&made("甲", "./季", "另")), None);
        assert_eq!(one.difference(&made("甲", "./年", "另")), Some("字体"));
        let options = one.difference(&made("乙", "./年", "字"));
        assert_eq!(options, Some("选项（如 --set、--watermark）"));
        // The program has another file on each system, and is the same.
        let windows =
            Made { system: "windows".into(), program: of("另"), ..one.clone() };
        assert_eq!(one.difference(&windows), None);
        let older = Made { version: "0.0.1".into(), ..windows };
        assert_eq!(one.difference(&older), Some("程序"));
    }
}
