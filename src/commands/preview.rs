//! `hongtou preview`: pages in the terminal, or as text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::build::show;
use super::input::{input, params, ranges};
use super::output;
use super::owned::Owned;
use crate::args::{self, Color};
use crate::batch::{ELSEWHERE, Setups};
use crate::diag::{Diagnostic, Error, reason};
use crate::files;
use crate::notice::variables::Params;
use crate::paths::folder_of;
use crate::pipeline::{Draft, Input, Order, Workshop, no_page, read_input, workspace_of};
use crate::preview::protocol::{Depth, Protocol};
use crate::preview::text::{self, Style};
use crate::preview::watch::{Watched, paths};
use crate::preview::{self, Source, Wish};
use crate::{terminal, workspace};

/// Shows the pages where there is a terminal, else prints them as text.
///
/// # Errors
/// No pages, or nothing could be done at all.
pub fn preview(args: &args::Preview) -> Result<(), Error> {
    let params = params(&args.setting.set)?;
    let wanted = args.pages.as_deref().map(pages).transpose()?;
    let input = input(&args.file).map_err(|finding| {
        terminal::show(&[finding]);
        Error::document()
    })?;
    let shown = terminal::is_interactive() && args.file != Path::new("-");
    if args.text || wanted.is_some() || !shown {
        return print(args, &input, &params, wanted);
    }
    let mut notice = Saved {
        args,
        params,
        workshop: None,
        file: args.file.clone(),
        own: BTreeSet::new(),
    };
    let page = args.page.map_or(0, |page| page.get() - 1);
    preview::show(&mut notice, Wish { protocol: protocol(args), depth: depth(), page })
}

fn protocol(args: &args::Preview) -> Option<Protocol> {
    match args.protocol {
        args::Protocol::Auto => None,
        args::Protocol::Kitty => Some(Protocol::Kitty),
        args::Protocol::Iterm => Some(Protocol::Iterm),
        args::Protocol::Sixel => Some(Protocol::Sixel),
        args::Protocol::Blocks => Some(Protocol::Blocks(depth())),
    }
}

fn depth() -> Depth {
    let full =
        std::env::var("COLORTERM").is_ok_and(|it| it == "truecolor" || it == "24bit");
    match terminal::has_colour() {
        false => Depth::None,
        true if full => Depth::True,
        true => Depth::Indexed,
    }
}

fn print(
    args: &args::Preview,
    input: &Input,
    params: &Params,
    wanted: Option<Vec<(usize, usize)>>,
) -> Result<(), Error> {
    let mut draft = match workspace_of(&input.folder) {
        Ok(workspace) => {
            Workshop::in_workspace(&args.tools.options(), workspace)?.draft(input, params)
        }
        Err(findings) => Draft { findings, ..Draft::default() },
    };
    let pages = draft.layout.as_ref().map_or(0, |layout| layout.facts.pages.len());
    let one = args.page.map(|page| (page.get(), page.get()));
    let wanted = wanted.or(one.map(|it| vec![it])).unwrap_or(vec![(1, pages)]);
    if draft.layout.is_some() {
        let last = wanted.iter().map(|it| it.1).find(|last| *last > pages);
        draft.findings.extend(last.map(|last| no_page(last, pages)));
    }
    if let Some(layout) = &draft.layout {
        let wanted: Vec<usize> =
            wanted.into_iter().flat_map(|(from, to)| from - 1..to.min(pages)).collect();
        let style = Style {
            colour: match args.color {
                Color::Auto => terminal::has_colour(),
                Color::Always => true,
                Color::Never => false,
            },
            columns: terminal::columns(),
        };
        let text = text::pages(&layout.facts, &wanted, style);
        let told = |error| output::unwritable(Path::new("标准输出"), &error);
        match terminal::write(text.as_bytes()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
            result => result.map_err(told)?,
        }
    }
    terminal::show(&draft.findings);
    let failed =
        draft.layout.is_none() || draft.findings.iter().any(Diagnostic::is_error);
    if failed { Err(Error::document()) } else { Ok(()) }
}

/// `2-3` or `1,4-6`: first and last page of each part.
fn pages(text: &str) -> Result<Vec<(usize, usize)>, Error> {
    let wide = |(from, to)| (from as usize, to as usize);
    let pages = ranges(text, u32::MAX).map(|all| all.into_iter().map(wide).collect());
    pages.map_err(|part| {
        Error::command(format!("--pages 后面的“{part}”不是页码"))
            .hint("写成 2、2-3 或 1,4-6：小的在前，逗号隔开")
    })
}

/// The notice as it is saved.
struct Saved<'a> {
    args: &'a args::Preview,
    params: Params,
    workshop: Option<Workshop>,
    file: PathBuf,
    /// The notice's paths; they stay known while its folder is gone.
    own: BTreeSet<PathBuf>,
}

impl Saved<'_> {
    fn folder(&self) -> PathBuf {
        folder_of(&self.file).to_owned()
    }

    /// The workspace's file and those that it names, there or not.
    fn setup(&self) -> BTreeSet<PathBuf> {
        let folder = self.folder();
        let found = workspace::find(&folder).unwrap_or(folder);
        let named = workspace::files(&found);
        let named = named.iter().flat_map(|it| paths(it));
        paths(&found.join(workspace::NAME)).into_iter().chain(named).collect()
    }

    fn templates(&self) -> BTreeSet<PathBuf> {
        let own = self.args.tools.templates.clone();
        let folder =
            || workspace::read(&workspace::find(&self.folder())?).ok()?.templates;
        own.or_else(folder).and_then(|it| it.canonicalize().ok()).into_iter().collect()
    }

    /// Opens the workshop anew where fonts, templates or workspace may be others.
    fn open_workshop(
        &mut self,
        changed: &BTreeSet<PathBuf>,
    ) -> Result<(), Vec<Diagnostic>> {
        let setup = self.setup();
        let trees = self.templates();
        let ours = |path: &PathBuf| {
            setup.contains(path) || trees.iter().any(|tree| path.starts_with(tree))
        };
        if self.workshop.is_some() && !changed.iter().any(ours) {
            return Ok(());
        }
        let workspace = workspace_of(&self.folder())?;
        match Workshop::in_workspace(&self.args.tools.options(), workspace) {
            Ok(workshop) => self.workshop = Some(workshop),
            Err(error) => {
                let finding = Diagnostic::error("T101", error.message);
                return Err(vec![Diagnostic { hints: error.hints, ..finding }]);
            }
        }
        Ok(())
    }

    fn pdf(&mut self) -> Result<PathBuf, String> {
        let input = read_input(&self.file).map_err(|finding| finding.message)?;
        let workshop = self.workshop.as_ref().ok_or("排不出来")?;
        let path = self.file.with_extension("pdf");
        let mut owned = Owned::silent();
        if let Some(finding) = owned.refusal(&self.file, &input, &path, ELSEWHERE) {
            return Err(finding.message);
        }
        let order = Order { params: self.params.clone(), ..Order::default() };
        let built = workshop.build(&input, &order);
        let pdf = built.pdf.as_deref().ok_or("有错误，没有生成 PDF")?;
        let told = |error| format!("写不了“{}”：{}", path.display(), reason(&error));
        files::write(&path, pdf).map_err(told)?;
        let setup = || Setups::new(self.args.tools.options(), &order).of(&input.folder);
        let word = owned.word(&self.file, &input, &path, &built, setup);
        owned.keep(word.as_slice());
        Ok(path)
    }
}

impl Source for Saved<'_> {
    fn draft(&mut self, changed: &BTreeSet<PathBuf>) -> Result<Draft, Error> {
        self.own.extend(paths(&self.file));
        let failed = |findings| Draft { findings, ..Draft::default() };
        if let Err(findings) = self.open_workshop(changed) {
            return Ok(failed(findings));
        }
        let Some(workshop) = &self.workshop else { return Ok(Draft::default()) };
        Ok(match read_input(&self.file) {
            Ok(input) => workshop.draft(&input, &self.params),
            Err(finding) => failed(vec![finding]),
        })
    }

    fn watched(&self) -> Watched {
        let mut files = self.setup();
        files.extend(self.own.iter().cloned());
        Watched { files, trees: self.templates() }
    }

    fn open(&mut self) -> String {
        match self.pdf() {
            Ok(path) => match show(&path) {
                Ok(()) => format!("已生成并打开 {}", path.display()),
                Err(_) => format!("已生成 {}，打不开，请自己打开", path.display()),
            },
            Err(problem) => problem,
        }
    }
}
