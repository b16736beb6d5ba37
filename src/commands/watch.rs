//! `hongtou build --watch`: builds again at each save.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::{Instant, SystemTime};

use super::build::{Outcome, Target, Workshops, order, targets};
use crate::args;
use crate::diag::Error;
use crate::paths::folder_of;
use crate::pipeline::Order;
use crate::preview::watch::{Told, Watch, Watched, paths};
use crate::{terminal, typeset, workspace};

/// Builds every notice, then each again when it, or a file it is made from, was saved. Ends
/// only when it is stopped.
///
/// # Errors
/// The command line is wrong, or nothing could be built at all.
pub fn watch(args: &args::Build) -> Result<(), Error> {
    if args.files.iter().any(|file| file == Path::new("-")) {
        return Err(Error::command("标准输入不能用 --watch").hint("写出通知文件的名称"));
    }
    if let Some(folder) = args.files.iter().find(|file| file.is_dir()) {
        let message = format!("“{}”是文件夹，不能用 --watch", folder.display());
        return Err(Error::command(message).hint("写出通知文件的名称；可以写几份"));
    }
    let order = order(args)?;
    let targets = targets(args)?;
    let (sender, changes) = channel();
    let watch = Watch::begin(move |told| match told {
        // A PDF is written once the burst is over.
        Told::Begun(_) => true,
        Told::Saved { files, .. } => sender.send(files).is_ok(),
    });
    let mut workshops = Workshops::new(args, &order);
    // Files by notice: what it is made from, itself among them.
    let mut sources: Vec<BTreeSet<PathBuf>> = vec![BTreeSet::new(); targets.len()];
    let mut changed: Option<BTreeSet<PathBuf>> = None;
    loop {
        let began = SystemTime::now();
        let shared = shared(args);
        let touched = |own: &BTreeSet<PathBuf>, it: &BTreeSet<PathBuf>| {
            it.iter().any(|path| own.contains(path) || shared.concerns(path))
        };
        if changed.as_ref().is_some_and(|it| it.iter().any(|path| shared.concerns(path)))
        {
            workshops.renew();
        }
        for ((file, target), own) in targets.iter().zip(&mut sources) {
            if changed.as_ref().is_none_or(|it| touched(own, it)) {
                match build(&mut workshops, file, target, &order) {
                    // What is wrong at the start is told; what comes to be is put right again.
                    Err(error) if changed.is_some() => terminal::fail(&error),
                    done => done?,
                }
                own.extend(paths(file));
                own.extend(workshops.files());
            }
        }
        workshops.let_go();
        let mut watched = shared;
        watched.files.extend(sources.iter().flatten().cloned());
        watch.follow(watched, began);
        if changed.is_none() {
            workshops.tell_unused();
            terminal::note("保存后自动重新生成；按 Ctrl-C 结束");
        }
        match changes.recv() {
            Ok(files) => changed = Some(files),
            Err(_) => return Ok(()),
        }
    }
}

fn build(
    workshops: &mut Workshops,
    file: &Path,
    target: &Target,
    order: &Order,
) -> Result<(), Error> {
    let clock = Instant::now();
    let outcome = workshops.deliver(file, target, order)?;
    typeset::fade();
    let now = chrono::Local::now().format("%H:%M:%S");
    let (name, took) = (file.display(), clock.elapsed().as_millis());
    match outcome {
        Outcome::Written => {
            terminal::note(&format!("{now} {name}：好了，用时 {took} 毫秒"));
        }
        Outcome::Failed => terminal::note(&format!("{now} {name}：有错误，PDF 没有更新")),
        Outcome::Unwritten(error) => terminal::fail(&error),
    }
    Ok(())
}

/// What all notices depend on: workspaces with the files they name, and templates.
fn shared(args: &args::Build) -> Watched {
    let mut watched = Watched::default();
    watched
        .trees
        .extend(args.tools.templates.iter().filter_map(|it| it.canonicalize().ok()));
    for file in &args.files {
        let folder = folder_of(file).to_owned();
        let found = workspace::find(&folder);
        let set = found.as_deref().and_then(|it| workspace::read(it).ok());
        let templates = set.and_then(|it| it.templates);
        watched.trees.extend(templates.and_then(|it| it.canonicalize().ok()));
        let folder = found.unwrap_or(folder);
        let named = workspace::files(&folder);
        watched.files.extend(paths(&folder.join(workspace::NAME)));
        watched.files.extend(named.iter().flat_map(|it| paths(it)));
    }
    watched
}
