//! Where drafts go: they, and the files they use, are written beside nothing that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::super::input::read_file;
use super::super::output::unwritable;
use crate::diag::Error;
use crate::digest::Digest;
use crate::files;
use crate::notice::files::{LIMIT, Used};
use crate::notice::source::{Source, in_place_of};
use crate::paths::{ends_in, plain, read_start, relative};
use crate::pipeline::{self, Input};
use crate::terminal;
use crate::workspace::{self, NAME, Workspace, edit};

/// Endings of files that have years and dates of the notice in them.
pub const TABLES: [&str; 4] = ["csv", "xlsx", "xls", "ods"];

/// The output folder, or none, and what was dealt with.
pub struct Drafts<'a> {
    output: Option<&'a Path>,
    root: PathBuf,
    dry_run: bool,
    /// Folders and workspace files that were dealt with.
    seen: BTreeSet<PathBuf>,
    /// What went along with drafts, by where it went.
    brought: BTreeMap<PathBuf, Option<Digest>>,
    /// Files that notices use.
    used: BTreeSet<PathBuf>,
    /// Workspace files that could not be written.
    stuck: BTreeSet<PathBuf>,
    workspaces: BTreeMap<PathBuf, Option<Rc<Workspace>>>,
}

impl<'a> Drafts<'a> {
    /// Drafts of the notices below `root`; in a dry run nothing is written.
    ///
    /// # Errors
    /// The output folder is a file, or the one with the notices.
    pub fn new(
        output: Option<&'a Path>,
        root: &Path,
        dry_run: bool,
    ) -> Result<Self, Error> {
        let root = if root == Path::new("") { Path::new(".") } else { root };
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        if let Some(folder) = output {
            if folder.canonicalize().is_ok_and(|it| it == root) {
                return Err(Error::command("草稿不能写回原来的文件夹")
                    .hint("-o 后面写另一个文件夹"));
            }
            if folder.is_file() {
                let message = format!("“{}”是文件，不是文件夹", folder.display());
                return Err(Error::command(message).hint("-o 后面写文件夹"));
            }
        }
        Ok(Self {
            output,
            root,
            dry_run,
            seen: BTreeSet::new(),
            brought: BTreeMap::new(),
            used: BTreeSet::new(),
            stuck: BTreeSet::new(),
            workspaces: BTreeMap::new(),
        })
    }

    /// A draft, the files that its notice uses, and its workspace file.
    ///
    /// # Errors
    /// The draft is there already; a file that it uses would be another one's; something cannot
    /// be read or written.
    pub fn write(&mut self, input: &Input, path: &Path, text: &str) -> Result<(), Error> {
        let Some(output) = self.output else {
            self.tell_tables(input);
            return Ok(());
        };
        let target = output.join(path);
        if target.exists() {
            self.leave(input);
            return Err(Error::command(format!(
                "“{}”已经存在，没有动它",
                target.display()
            ))
            .hint("先移走它，或用 -o 写到别的文件夹"));
        }
        let folder = target.parent().unwrap_or(output).to_owned();
        let found = workspace::find(&input.folder);
        let set = found.as_deref().and_then(|it| self.workspace(it));
        let used = pipeline::check(input, set.as_deref()).folders.take_used();
        let outside = found.filter(|home| !leads_to(&folder, home));
        let home = outside.map(|from| (self.new_home(&from, output, &folder), from));
        let beside =
            |used: &Used| input.folder.join(used.path.replace('\\', "/")).is_file();
        let mut along = Vec::new();
        for used in &used {
            if beside(used) || used.digest.is_none() {
                along.push((input.folder.as_path(), folder.as_path(), used));
            } else if let Some((to, from)) = &home {
                along.push((from, to, used));
            }
        }
        self.used.extend(along.iter().map(|(from, _, used)| place(from, used)));
        for (from, to, used) in &along {
            self.unlike(from, to, used, &target)?;
        }
        if let Some((to, from)) = &home {
            self.home(from, to, set.as_deref(), &target)?;
        }
        for (from, to, used) in along {
            self.bring(from, to, used)?;
        }
        // Last, so that the next run is not stopped by a draft that lacks its files.
        self.put(&target, &in_place_of(&input.bytes, text))?;
        self.hold_registers(&folder, set.as_deref());
        Ok(())
    }

    /// Tells of the tables that a draft would take along, where it is not said to where.
    fn tell_tables(&mut self, input: &Input) {
        for used in pipeline::check(input, None).folders.take_used() {
            let file = place(&input.folder, &used);
            let table = ends_in(&file, &TABLES) && file.is_file();
            if self.used.insert(file.clone()) && table {
                tell_copied(&file);
            }
        }
    }

    /// Files that a notice uses of which no draft is written.
    pub fn leave(&mut self, input: &Input) {
        let used = pipeline::check(input, None).folders.take_used();
        self.used.extend(used.iter().map(|used| place(&input.folder, used)));
    }

    /// Whether some notice uses a file.
    pub fn uses(&self, file: &Path) -> bool {
        self.used.contains(&plain(file))
    }

    /// Where the copy of a workspace file goes: where it was among the notices, or above all
    /// drafts if it was above all notices.
    fn new_home(&self, from: &Path, output: &Path, folder: &Path) -> PathBuf {
        match from.strip_prefix(&self.root) {
            Ok(place) => output.join(place),
            Err(_) if self.root.starts_with(from) => output.to_owned(),
            // A link led there.
            Err(_) => folder.to_owned(),
        }
    }

    /// Tells where drafts would be numbered by another register than their notices, which gives
    /// the same numbers again.
    fn hold_registers(&mut self, folder: &Path, set: Option<&Workspace>) {
        let found = workspace::find(folder).filter(|_| !self.dry_run);
        let Some((home, set)) =
            found.zip(set).filter(|it| self.seen.insert(it.0.clone()))
        else {
            return;
        };
        let new = self.workspace(&home);
        if new.is_none_or(|it| plain(&it.register) != plain(&set.register)) {
            terminal::note(&format!(
                "“{}”用的不是原来的登记簿“{}”；在那里编号，同一个号会编两次，请先改好它",
                home.join(NAME).display(),
                set.register.display()
            ));
        }
    }

    fn put(&self, target: &Path, bytes: &[u8]) -> Result<(), Error> {
        if self.dry_run {
            return Ok(());
        }
        let told = |error| unwritable(target, &error);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder).map_err(told)?;
        }
        files::write(target, bytes).map_err(told)
    }

    /// What a folder's workspace file says, read once; `None` if it is at fault.
    fn workspace(&mut self, home: &Path) -> Option<Rc<Workspace>> {
        let read = || workspace::read(home).ok().map(Rc::new);
        self.workspaces.entry(home.to_owned()).or_insert_with(read).clone()
    }

    /// Refuses a file where another of its name is, of a draft before or of a run before: what is
    /// there would stand in the draft.
    fn unlike(
        &self,
        from: &Path,
        to: &Path,
        used: &Used,
        draft: &Path,
    ) -> Result<(), Error> {
        let Some(digest) = used.digest else { return Ok(()) };
        let (from, to) = (place(from, used), place(to, used));
        let there = match self.brought.get(&to) {
            Some(brought) => *brought,
            // Longer than what notices name, it is another file anyway.
            None => read_start(&to, LIMIT + 1).ok().map(|bytes| Digest::of(&bytes)),
        };
        if there.is_none_or(|it| it == digest) {
            return Ok(());
        }
        Err(Error::command(format!(
            "“{}”没有写：它要用“{}”，而“{}”是另一个文件，同名，内容不一样",
            draft.display(),
            from.display(),
            to.display()
        ))
        .hint("用 -o 写到另一个文件夹；或把文件改个名称，通知里一起改；上次抄去又改过的，先移开它"))
    }

    /// Copies a file from folder to folder, once.
    fn bring(&mut self, from: &Path, to: &Path, used: &Used) -> Result<(), Error> {
        let (from, to) = (place(from, used), place(to, used));
        if self.brought.contains_key(&to) {
            return Ok(());
        }
        self.brought.insert(to.clone(), used.digest);
        let shown = to.display();
        if used.digest.is_none() {
            if !to.is_file() {
                terminal::say(&format!("{shown}: 没有抄来，“{}”读不了", from.display()));
            }
            return Ok(());
        }
        let bytes = read_file(&from, LIMIT)?;
        if !to.exists() {
            self.put(&to, &bytes)?;
            if ends_in(&to, &TABLES) {
                tell_copied(&to);
            }
        }
        Ok(())
    }

    /// The workspace file goes along, and what it names; fonts, templates and the register
    /// stay where they are, so that no number is given twice.
    fn home(
        &mut self,
        from: &Path,
        to: &Path,
        set: Option<&Workspace>,
        draft: &Path,
    ) -> Result<(), Error> {
        let target = to.join(NAME);
        for used in set.iter().flat_map(|set| &set.used) {
            self.unlike(from, to, used, draft)?;
        }
        if !self.seen.insert(target.clone()) {
            // Told once.
            let stuck = self.stuck.contains(&target);
            return if stuck { Err(Error::document()) } else { Ok(()) };
        }
        let shown = target.display();
        if target.exists() {
            terminal::say(&format!("{shown}: 已经有了，没有动它"));
            return Ok(());
        }
        let bytes = read_file(&from.join(NAME), LIMIT)?;
        let there = real(to);
        let source = Source::decode(NAME, &bytes).ok();
        let moved = there.as_deref().zip(source);
        let moved = moved.and_then(|(to, source)| edit::moved(&source, from, to));
        let Some(text) = moved else {
            let error = unmoved(from, to, there.as_deref().zip(set));
            self.stuck.insert(target);
            return Err(error);
        };
        self.put(&target, &in_place_of(&bytes, &text))?;
        terminal::say(&format!(
            "{shown}: 抄来了，登记簿、字体、模板的路径改成仍用原来的"
        ));
        for used in set.iter().flat_map(|set| &set.used) {
            self.bring(from, to, used)?;
        }
        Ok(())
    }
}

/// Tells that a table goes along as it is.
fn tell_copied(table: &Path) {
    terminal::say(&format!("{}: 照抄，里面的年份和日期请自己核对", table.display()));
}

/// Where a file that is named in a folder lies.
fn place(folder: &Path, used: &Used) -> PathBuf {
    plain(&folder.join(used.path.replace('\\', "/")))
}

/// A copy that says nothing of the old register would begin one of its own, and give its
/// numbers again.
fn unmoved(from: &Path, to: &Path, known: Option<(&Path, &Workspace)>) -> Error {
    let (file, to): (PathBuf, PathBuf) = (from.join(NAME), to.components().collect());
    let (file, to) = (file.display(), to.display());
    let Some((there, set)) = known else {
        return Error::command(format!("“{file}”有错，没有复制到“{to}”，草稿也没有写"))
            .hint("先改好它，再运行一次");
    };
    let places = [
        ("登记簿", Some(&set.register)),
        ("字体", set.fonts.as_ref()),
        ("模板", set.templates.as_ref()),
    ];
    let line = |(key, path): (&str, &PathBuf)| {
        let path = relative(there, path).to_string_lossy().replace('\\', "/");
        format!("“{key}: {path}”")
    };
    let places = places.into_iter().filter_map(|(key, path)| Some((key, path?)));
    let lines: String = places.map(line).collect();
    Error::command(format!(
        "“{file}”的写法比较特别，程序不敢改动它：没有复制到“{to}”，草稿也没有写"
    ))
    .hint(format!(
        "自己把它复制到“{to}”，写上{lines}，再运行一次；不写原来的登记簿，号会编重"
    ))
}

/// The real path of a folder that need not be there yet.
fn real(folder: &Path) -> Option<PathBuf> {
    let there = folder.ancestors().find(|it| it.is_dir() || it.as_os_str().is_empty())?;
    let rest = folder.strip_prefix(there).ok()?;
    let there = if there == Path::new("") { Path::new(".") } else { there };
    Some(plain(&there.canonicalize().ok()?.join(rest)))
}

/// Whether notices in a folder, which need not be there yet, are in this workspace.
fn leads_to(folder: &Path, home: &Path) -> bool {
    let there = folder
        .ancestors()
        .map(|it| if it == Path::new("") { Path::new(".") } else { it });
    let there = there.into_iter().find(|it| it.is_dir());
    there.and_then(workspace::find).is_some_and(|it| it == home)
}
