//! What can go wrong, in two kinds: a [`Diagnostic`] lies in the user's file and is collected
//! with all others; an [`Error`] ends the run.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// So many items of a list are told: a broken folder or table has as many faults as lines.
pub const LISTED: usize = 20;

/// A place in a text file, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters the place covers on its line; 0 marks a gap.
    pub length: usize,
    /// The source line itself, without its line end.
    pub text: Arc<str>,
}

/// Whether a finding stops the document.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No document is written.
    Error,
    /// The document is written all the same.
    Warning,
}

/// One finding in the user's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, such as `Y203`.
    pub code: &'static str,
    /// Whether it stops the document.
    pub severity: Severity,
    /// Where it is, if it is anywhere.
    pub place: Option<Place>,
    /// The laid-out page it is on, from 1, where it was found there.
    pub page: Option<usize>,
    /// What is wrong, in Chinese.
    pub message: String,
    /// The ways out, in Chinese.
    pub hints: Vec<String>,
    /// The variable it is about, if it is about any.
    pub variable: Option<Variable>,
}

/// What is wrong with a variable, for those who know more of where its values come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variable {
    /// There is none of this name; the other is the one that may be meant.
    Unknown(String, Option<String>),
    /// Nothing can be made of the values that these have.
    Failed(Vec<String>),
    /// This stands between braces and is no variable.
    Literal(String),
}

impl Diagnostic {
    /// A finding that stops the document.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into())
    }

    /// A finding the document can live with.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into())
    }

    fn new(code: &'static str, severity: Severity, message: String) -> Self {
        let hints = Vec::new();
        Self { code, severity, place: None, page: None, message, hints, variable: None }
    }

    /// Says where it is.
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Says which laid-out page it is on, from 1.
    pub fn on_page(mut self, page: usize) -> Self {
        self.page = Some(page);
        self
    }

    /// Adds a way out.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Says which variable it is about.
    pub fn of(mut self, variable: Variable) -> Self {
        self.variable = Some(variable);
        self
    }

    /// Whether it stops the document.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts findings by place, those without a place first, and drops repeats.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    // The line's text follows from file and line; it may be long.
    fn place(it: &Diagnostic) -> Option<(&str, usize, usize, usize)> {
        it.place.as_ref().map(|it| (&*it.file, it.line, it.column, it.length))
    }
    findings.sort_by(|a, b| {
        (place(a), a.code, &a.message).cmp(&(place(b), b.code, &b.message))
    });
    findings.dedup_by(|a, b| {
        let same = (a.code, a.severity, a.page) == (b.code, b.severity, b.page);
        same && place(a) == place(b) && (&a.message, &a.hints) == (&b.message, &b.hints)
    });
}

/// The most findings of a document that are shown.
pub const SHOWN: usize = 200;

/// The findings that are shown, [`SHOWN`] at most and errors rather than warnings, in their
/// order; and how many more there are.
pub fn shown(findings: &[Diagnostic]) -> (Vec<&Diagnostic>, usize) {
    let errors = findings.iter().filter(|it| it.is_error()).count().min(SHOWN);
    let mut room = [errors, SHOWN - errors];
    let mut fits = |it: &&Diagnostic| {
        let room = &mut room[usize::from(!it.is_error())];
        let fits = *room > 0;
        *room = room.saturating_sub(1);
        fits
    };
    let shown: Vec<_> = findings.iter().filter(&mut fits).collect();
    let more = findings.len() - shown.len();
    (shown, more)
}

/// What ended the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A document failed; its findings have been shown.
    Document,
    /// The command itself could not run.
    Command,
}

/// The end of the run: what happened and the ways out, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Decides the exit code.
    pub kind: ErrorKind,
    /// What happened; empty where the findings say it already.
    pub message: String,
    /// The ways out.
    pub hints: Vec<String>,
}

impl Error {
    /// The command could not run.
    pub fn command(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Command, message: message.into(), hints: Vec::new() }
    }

    /// At least one document failed, as its findings have told.
    pub fn document() -> Self {
        Self { kind: ErrorKind::Document, message: String::new(), hints: Vec::new() }
    }

    /// Adds a way out.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// 1: a document failed; 2: the command could not run.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ErrorKind::Document => 1,
            ErrorKind::Command => 2,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// The reason an operating system gives, in Chinese where it is a common one.
pub fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "没有这个文件或文件夹".into(),
        Kind::PermissionDenied => "没有权限".into(),
        Kind::AlreadyExists => "已经存在".into(),
        Kind::IsADirectory => "是文件夹，不是文件".into(),
        Kind::NotADirectory => "路径中有一段不是文件夹".into(),
        Kind::StorageFull => "磁盘已满".into(),
        Kind::ReadOnlyFilesystem => "所在磁盘只读".into(),
        Kind::FileTooLarge => "文件太大，这个磁盘或账户放不下".into(),
        Kind::QuotaExceeded => "磁盘配额已满".into(),
        Kind::WouldBlock => "另一个 hongtou 正在用它".into(),
        Kind::InvalidFilename => "文件名不合法或太长".into(),
        _ if is_kept(error) => "这个文件设成了只读".into(),
        _ if is_loop(error) => "链接绕了回来，没有尽头".into(),
        _ => error.to_string(),
    }
}

/// A file that somebody has set read-only: it is kept.
#[derive(Debug)]
pub struct Kept;

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("read-only")
    }
}

impl std::error::Error for Kept {}

fn is_kept(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Kept>)
}

/// Whether links lead in a circle (ELOOP), which has no kind of its own yet.
fn is_loop(error: &std::io::Error) -> bool {
    let number = if cfg!(target_os = "linux") { 40 } else { 62 };
    cfg!(unix) && error.raw_os_error() == Some(number)
}

/// The way out where a file cannot be written.
pub fn way_out(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::IsADirectory => "移走这个文件夹，或给它改名；或写到别处",
        Kind::NotADirectory | Kind::AlreadyExists => {
            "路径里有一段是文件，不是文件夹：换一个路径"
        }
        Kind::NotFound => "检查路径；写到的文件夹要先建好",
        Kind::PermissionDenied => "检查文件夹的权限；文件若正打开着，先关上",
        Kind::StorageFull => "清理磁盘，或写到别的磁盘",
        Kind::ReadOnlyFilesystem => "写到别的磁盘",
        Kind::InvalidFilename => "换一个短些的名称",
        _ if is_kept(error) => "要换成新的，先取消“只读”，或移走这个文件",
        _ => "检查文件夹的权限和磁盘空间；文件若正打开着，先关上",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_findings_are_cut_and_no_error_goes_for_a_warning() {
        let finding = |at: usize| match at % 10 {
            9 => Diagnostic::error("Y001", at.to_string()),
            _ => Diagnostic::warning("Y002", at.to_string()),
        };
        let all: Vec<_> = (0..1000).map(finding).collect();
        let (few, more) = shown(&all);
        assert_eq!((few.len(), more), (SHOWN, 800));
        assert_eq!(few.iter().filter(|it| it.is_error()).count(), 100);
        assert!(few.is_sorted_by_key(|it| it.message.parse::<usize>().ok()));
        assert_eq!(shown(&all[..SHOWN]), (all[..SHOWN].iter().collect(), 0));
    }
}
