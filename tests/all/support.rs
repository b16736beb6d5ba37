//! A workshop that all tests share, and a small builder to run the binary.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use hongtou::diag::Diagnostic;
use hongtou::notice::Notice;
use hongtou::pipeline::{Input, Options, Workshop, read_input};
use hongtou::template::Adjustment;
use hongtou::typeset::facts::{Facts, facts};

pub static WORKSHOP: LazyLock<Workshop> =
    LazyLock::new(|| Workshop::open(&Options::default()).expect("fonts in the checkout"));

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files of a folder by their ending, sorted.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).expect(folder);
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == ending))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no .{ending} in {folder}");
    files
}

/// A laid-out notice.
pub struct Laid {
    pub notice: Notice,
    pub facts: Facts,
    pub findings: Vec<Diagnostic>,
    pub adjustment: Adjustment,
}

/// Lays out a notice's text; `ink` tells whether glyph outlines are measured.
pub fn lay_out(input: &Input, ink: bool) -> Laid {
    let mut checked = WORKSHOP.check(input, &Default::default());
    let layout = WORKSHOP.lay_out(&mut checked, None);
    let layout =
        layout.unwrap_or_else(|| panic!("{}: {:#?}", input.name, checked.findings));
    let laid = Laid {
        notice: checked.notice.expect("a notice"),
        facts: facts(&layout.pages, ink),
        findings: checked.findings,
        adjustment: layout.adjustment,
    };
    hongtou::typeset::forget();
    laid
}

/// Lays out a notice given as text; its files are those of `examples/`.
pub fn lay_out_text(text: &str, ink: bool) -> Laid {
    let bytes = text.as_bytes().to_vec();
    lay_out(
        &Input { name: "试.yaml".into(), bytes, folder: root().join("examples") },
        ink,
    )
}

pub fn lay_out_file(path: &Path) -> Laid {
    lay_out(&read_input(path).expect("a readable notice"), true)
}

/// Runs the binary in a folder of its own.
pub struct Run {
    folder: tempfile::TempDir,
    args: Vec<String>,
    input: Option<Vec<u8>>,
    variables: Vec<(String, String)>,
    inside: String,
}

/// What the binary did.
pub struct Ran {
    pub code: i32,
    pub out: Vec<u8>,
    pub err: String,
    folder: tempfile::TempDir,
}

impl Run {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (args, variables) = (Vec::new(), Vec::new());
        Self { folder, args, input: None, variables, inside: String::new() }
    }

    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
        self
    }

    pub fn args(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(|arg| (*arg).to_owned()));
        self
    }

    pub fn input(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = Some(input.as_ref().to_vec());
        self
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs in a folder below its own.
    pub fn inside(mut self, folder: &str) -> Self {
        self.inside = folder.to_owned();
        self
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the binary; the folder goes with what it returns.
    pub fn run(self) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hongtou"));
        command
            .args(&self.args)
            .current_dir(self.folder.path().join(&self.inside))
            .env_remove("HONGTOU_FONTS");
        command
            .envs(self.variables)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary");
        if let Some(input) = &self.input {
            use std::io::Write;
            child.stdin.take().expect("stdin").write_all(input).expect("to be read");
        }
        drop(child.stdin.take());
        let output = child.wait_with_output().expect("an end");
        Ran {
            code: output.status.code().expect("an exit code"),
            out: output.stdout,
            err: String::from_utf8(output.stderr).expect("UTF-8"),
            folder: self.folder,
        }
    }
}

impl Ran {
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Another run in the same folder.
    pub fn again(self, args: &[&str]) -> Run {
        Run { folder: self.folder, ..Run::new() }.args(args)
    }

    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.err);
        self
    }

    pub fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "“{text}” is not in:\n{}", self.err);
        self
    }

    /// As [`Ran::says`], of standard output.
    pub fn lists(self, text: &str) -> Self {
        assert!(self.out().contains(text), "“{text}” is not in:\n{}", self.out());
        self
    }

    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.out).expect("UTF-8")
    }

    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.path().join(name)).ok()
    }

    #[cfg(unix)]
    pub fn mode(&self, name: &str) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        let meta = std::fs::metadata(self.folder.path().join(name)).expect("a file");
        meta.permissions().mode() & 0o777
    }

    pub fn is_link(&self, name: &str) -> bool {
        self.folder.path().join(name).is_symlink()
    }

    /// Everything in the folder, by name.
    pub fn left(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into())
            .collect();
        names.sort();
        names
    }
}

/// The text that can be taken out of a page of a PDF, without white space.
pub fn extracted(document: &lopdf::Document, page: u32) -> String {
    document.extract_text(&[page]).expect("text").split_whitespace().collect()
}

/// The smallest notice.
pub const SMALL: &str = "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕18号\n标题: 关于开展职工技能培训的通知\n主送: 各县（区）总工会\n正文: 请结合实际抓好落实。\n成文日期: 2026-03-05\n";
