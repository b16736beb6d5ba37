//! `hongtou renew`: next year's drafts from this year's notices.

mod drafts;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use self::drafts::{Drafts, TABLES};
use super::input::params;
use crate::args;
use crate::batch::{Choice, Job, find, is_candidate, looks_like_notice};
use crate::diag::{Diagnostic, Error};
use crate::notice::source::Source;
use crate::notice::variables::Params;
use crate::paths::ends_in;
use crate::pipeline::read_input;
use crate::renew::{self, Item, Renewed, What, YEAR};
use crate::terminal;

/// So many names are told in one line.
const FEW: usize = 5;

/// Writes the drafts, with the files they use, and lists what was done.
///
/// # Errors
/// No notice; one that cannot be renewed; a draft that is there already.
pub fn renew(args: &args::Renew) -> Result<(), Error> {
    let set = params(&args.set)?;
    let year = year(&set)?;
    let choice = Choice::new(&args.include, &args.exclude)?;
    let (root, jobs, unreadable) = jobs(args, &choice)?;
    terminal::show(&unreadable);
    let mut drafts = Drafts::new(args.output.as_deref(), &root, args.dry_run)?;
    let mut unused: BTreeSet<&str> = set.keys().map(String::as_str).collect();
    unused.retain(|name| !YEAR.contains(name));
    let (mut written, mut failed, mut skipped) = (0, unreadable.len(), 0);
    let (mut listed, mut ahead) = (Listed::default(), Ahead::default());
    for job in &jobs {
        let file = root.join(&job.path);
        match one(&mut drafts, &root, job, year, &set) {
            Ok(Some((new, unwritten))) => {
                unused.retain(|name| !new.params.iter().any(|it| it == name));
                if unwritten.is_none() || args.dry_run {
                    listed.list(&file, year, &new);
                }
                match unwritten {
                    None => written += 1,
                    Some(error) => {
                        failed += 1;
                        terminal::fail(&error);
                    }
                }
            }
            Ok(None) => {
                terminal::say(&format!("{}: 不是通知，跳过", file.display()));
                skipped += 1;
            }
            Err(finding) => {
                if let Ok(input) = read_input(&file) {
                    drafts.leave(&input);
                }
                // What an earlier run wrote may lie below the folder.
                if finding.code == "N104" && !job.named {
                    ahead.push(&job.path, finding);
                } else {
                    failed += 1;
                    terminal::show(&[finding]);
                }
            }
        }
    }
    if written + failed == 0 {
        failed += ahead.findings.len();
        terminal::show(&ahead.findings);
    } else {
        ahead.tell(year);
    }
    if args.path.is_dir() && args.output.is_some() {
        tell_unused(&root, &choice, args.output.as_deref(), &drafts);
    }
    if written == 0 && failed == 0 {
        return Err(Error::command("文件夹里没有通知")
            .hint("通知以 .yaml 或 .yml 结尾；检查文件夹、--include 和 --exclude"));
    }
    for name in unused {
        terminal::note(&format!("没有一份通知有参数“{name}”"));
    }
    listed.sum_up(args.dry_run, written, failed, skipped);
    if failed > 0 { Err(Error::document()) } else { Ok(()) }
}

/// Notices of the new year or a later one that lie among those of this year.
#[derive(Default)]
struct Ahead {
    names: Vec<String>,
    findings: Vec<Diagnostic>,
}

impl Ahead {
    fn push(&mut self, path: &Path, finding: Diagnostic) {
        self.names.push(path.display().to_string());
        self.findings.push(finding);
    }

    /// All of them in one line.
    fn tell(&self, year: i32) {
        let count = self.names.len();
        if count > 0 {
            let names = few(&self.names);
            terminal::say(&format!("{count} 份已经是 {year} 年或以后的，略去：{names}"));
        }
    }
}

/// The first of some names.
fn few(names: &[String]) -> String {
    let first = names.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join("、");
    if names.len() > FEW { format!("{first} 等") } else { first }
}

/// Tells of tables in the folder that no notice uses, such as rosters for `merge`: they stay
/// behind.
fn tell_unused(root: &Path, choice: &Choice, output: Option<&Path>, drafts: &Drafts) {
    let without = output.and_then(|it| it.canonicalize().ok());
    let found = find(0, root, choice, without.as_deref(), |it| ends_in(it, &TABLES));
    let unused = found.jobs.iter().filter(|it| !drafts.uses(&root.join(&it.path)));
    let names: Vec<String> = unused.map(|it| it.path.display().to_string()).collect();
    if !names.is_empty() {
        terminal::say(&format!(
            "没有一份通知用到、没有抄去（名册这样的，要用就自己复制）：{}",
            few(&names)
        ));
    }
}

/// The new year, by whichever of its names; in full-width digits or with 年 as well.
fn year(set: &Params) -> Result<i32, Error> {
    let given = YEAR.iter().filter_map(|name| set.get(*name));
    let mut years: Vec<Option<i32>> = given.map(|it| renew::year_of(it)).collect();
    years.dedup();
    match years.as_slice() {
        [Some(year)] if (1950..2190).contains(year) => Ok(*year),
        [_, _, ..] => Err(Error::command("--set 里新的一年写了几个，不一样")
            .hint("只写一个，例如 --set 年度=2027")),
        _ => Err(Error::command("要写明新的一年").hint("例如 --set 年度=2027，四位数字")),
    }
}

/// The folder, the notices in it and what cannot be read; or a notice and its folder.
fn jobs(
    args: &args::Renew,
    choice: &Choice,
) -> Result<(PathBuf, Vec<Job>, Vec<Diagnostic>), Error> {
    let path = &args.path;
    if path.is_dir() {
        let without = args.output.as_ref().and_then(|it| it.canonicalize().ok());
        let found = find(0, path, choice, without.as_deref(), is_candidate);
        let unreadable = found.findings().collect();
        return Ok((path.clone(), found.jobs, unreadable));
    }
    if !path.is_file() {
        return Err(Error::command(format!("没有“{}”", path.display())).hint("检查路径"));
    }
    let name = Path::new(path.file_name().unwrap_or_default());
    let root = path.parent().unwrap_or(Path::new("")).to_owned();
    Ok((root, vec![Job { root: 0, path: name.into(), named: true }], Vec::new()))
}

/// One draft, and why it is not written; `None` for what is no notice.
fn one(
    drafts: &mut Drafts,
    root: &Path,
    job: &Job,
    year: i32,
    set: &Params,
) -> Result<Option<(Renewed, Option<Error>)>, Diagnostic> {
    let input = read_input(&root.join(&job.path))?;
    if !job.named && !looks_like_notice(&input.bytes) {
        return Ok(None);
    }
    let source = Source::decode(&input.name, &input.bytes)?;
    let new = renew::renew(&source, year, set)?;
    let unwritten = drafts.write(&input, &job.path, &new.text).err();
    Ok(Some((new, unwritten)))
}

/// How many places were listed.
#[derive(Default)]
struct Listed {
    moved: usize,
    kept: usize,
    review: usize,
    /// Notices of more than a year before.
    far: usize,
}

impl Listed {
    /// How many drafts there are, and how many places in them.
    fn sum_up(&self, dry_run: bool, written: usize, failed: usize, skipped: usize) {
        let done = if dry_run { "要写出" } else { "已写出" };
        let more = [
            (failed, "份没有写出"),
            (skipped, "个文件不是通知，跳过"),
            (self.far, "份是更早的，一次移了两年以上"),
        ];
        let more = more.iter().filter(|it| it.0 > 0);
        let more: String =
            more.map(|(count, what)| format!("，{count} {what}")).collect();
        let Self { moved, kept, review, .. } = self;
        terminal::note(&format!(
            "{done} {written} 份草稿{more}：改了 {moved} 处，没有改 {kept} 处，请看 {review} 处；请逐份核对没有改的年份和要看的日期"
        ));
    }

    /// Every place with its line.
    fn list(&mut self, file: &Path, year: i32, new: &Renewed) {
        let file = file.display();
        let by = year - new.of;
        let far = if by > 1 { format!("，移了 {by} 年") } else { String::new() };
        terminal::say(&format!("{file}: 是 {} 年的，改成 {year} 年{far}", new.of));
        self.far += usize::from(by > 1);
        for Item { line, what, around } in &new.items {
            let (count, said) = match what {
                What::Replaced(old, new) => (&mut self.moved, format!("{old} → {new}")),
                What::Kept(year, why) => {
                    (&mut self.kept, format!("没有改 {year}（{why}）"))
                }
                What::Review(what, why) => {
                    (&mut self.review, format!("请看 {what}：{why}"))
                }
            };
            *count += 1;
            // A value may go over several lines; its place is one.
            let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
            terminal::say(&format!("{file}:{line}: {said}　〔{around}〕"));
        }
    }
}
