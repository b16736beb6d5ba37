//! `hongtou build`: notices to PDFs.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::batch::numbers::Numbers;
use super::desk::Registers;
use super::input::{input, params};
use super::output::{self, unwritable};
use super::owned::{Owned, Word};
use super::{batch, copies, images, watch};
use crate::args;
use crate::batch::{ELSEWHERE, Setups, Unused, clashes, number_in, same_file};
use crate::diag::{Diagnostic, Error, reason};
use crate::files;
use crate::paths::{ends_in, shown};
use crate::pipeline::{Built, Input, Options, Order, Workshop};
use crate::workspace::{self, Workspace};
use crate::{terminal, typeset};

/// Builds every notice; a bad one does not stop the others.
///
/// # Errors
/// A document failed, or nothing could be built at all.
pub fn build(args: &args::Build) -> Result<(), Error> {
    batch::begin(args)?;
    images_alone(args)?;
    if args.images.watch {
        return watch::watch(args);
    }
    let order = order(args)?;
    if batch::is_wanted(args) {
        if args.images.format != args::Kind::Pdf {
            return Err(Error::command("文件夹成批生成只出 PDF").hint(
                "要图片，把通知一份份写出来：hongtou build 甲.yaml 乙.yaml -f png",
            ));
        }
        return batch::build(args, &order);
    }
    let targets = targets(args)?;
    let mut workshops = Workshops::new(args, &order);
    let mut failed = false;
    let mut unwritten = None;
    for (at, (file, target)) in targets.iter().enumerate() {
        if at > 0 {
            // Between notices the engine's memory gains nothing and grows without end.
            typeset::forget();
        }
        match workshops.deliver(file, target, &order)? {
            Outcome::Written => {}
            Outcome::Failed => failed = true,
            Outcome::Unwritten(error) => {
                terminal::fail(&error);
                unwritten = Some(Error { message: String::new(), ..error });
            }
        }
    }
    workshops.tell_unused();
    workshops.numbers.tell();
    match unwritten {
        Some(error) => Err(error),
        None if failed => Err(Error::document()),
        None => Ok(()),
    }
}

/// What each notice is built with.
pub(super) fn order(args: &args::Build) -> Result<Order, Error> {
    Ok(Order {
        params: params(&args.setting.set)?,
        watermark: args.watermark.clone(),
        standard: args.archive.pdf_standard.into(),
        preprinted: args.preprinted,
        copies: copies::numbers(args.copies.as_deref().unwrap_or_default())?,
        format: args.images.format(),
        page: args.images.page,
        ..Order::default()
    })
}

/// Refuses what images alone take, or do not take.
fn images_alone(args: &args::Build) -> Result<(), Error> {
    let given = |name, given: bool| given.then_some(name);
    let wrong = match args.images.format {
        args::Kind::Pdf => given("--ppi", args.images.ppi.is_some())
            .or(given("--page", args.images.page.is_some()))
            .map(|name| format!("{name} 要同 -f png 一起用")),
        args::Kind::Png => None,
        args::Kind::Svg => given("--ppi", args.images.ppi.is_some())
            .map(|name| format!("{name} 要同 -f png 一起用")),
    };
    let wrong = wrong.or(given(
        "图片不能用 --separate",
        args.separate && args.images.format != args::Kind::Pdf,
    )
    .map(Into::into));
    match wrong {
        Some(wrong) => {
            Err(Error::command(wrong).hint("用 `hongtou build --help` 查看写法"))
        }
        None => Ok(()),
    }
}

/// What became of one notice.
pub(super) enum Outcome {
    Written,
    /// Its findings have been shown.
    Failed,
    Unwritten(Error),
}

/// Where a PDF goes.
pub(super) enum Target {
    File(PathBuf),
    StandardOutput,
}

impl Target {
    /// The file that is to be a PDF.
    fn pdf(&self, args: &args::Build) -> Option<&Path> {
        match self {
            Self::File(path) if args.images.format == args::Kind::Pdf => Some(path),
            _ => None,
        }
    }
}

/// Workshops by workspace folder: files of one folder share fonts and templates.
pub(super) struct Workshops<'a> {
    args: &'a args::Build,
    open: HashMap<Option<PathBuf>, Workshop>,
    registers: Registers,
    options: Options,
    /// Parameters of the command line that no notice had so far.
    unused: Unused,
    /// The files the last notice was made from.
    files: Vec<PathBuf>,
    /// Numbers of the notices so far.
    numbers: Numbers,
    /// Whose the PDFs are.
    owned: Owned,
    /// For the record; opened when there is something for it.
    setups: OnceCell<Setups>,
}

impl<'a> Workshops<'a> {
    pub fn new(args: &'a args::Build, order: &Order) -> Self {
        let (open, registers) = (HashMap::new(), Registers::default());
        let (options, unused) = (args.tools.options(), Unused::new(&order.params));
        let (owned, setups, files) = (Owned::default(), OnceCell::new(), Vec::new());
        let numbers = Numbers::default();
        Self { args, open, registers, options, unused, files, numbers, owned, setups }
    }

    /// Opens every workshop anew, with its fonts.
    pub fn renew(&mut self) {
        self.open.clear();
        self.options = self.args.tools.options();
        self.setups = OnceCell::new();
    }

    /// Tells the parameters that no notice had.
    pub fn tell_unused(&self) {
        self.unused.told().iter().for_each(|line| terminal::note(line));
    }

    /// Closes the registers: numbers are given and voided until the next build, and nobody who
    /// recovers one has to wait so long. What others write down of PDFs is read again as well.
    pub fn let_go(&mut self) {
        self.registers = Registers::default();
        self.owned = Owned::default();
    }

    /// The files the last notice was made from, missing ones among them.
    pub fn files(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.files)
    }

    pub fn deliver(
        &mut self,
        file: &Path,
        target: &Target,
        order: &Order,
    ) -> Result<Outcome, Error> {
        let input = match input(file) {
            Ok(input) => input,
            Err(finding) => {
                terminal::show(&[finding]);
                return Ok(Outcome::Failed);
            }
        };
        if let Some(number) = number_in(&input) {
            self.numbers.add(number, &input.name);
        }
        if let (true, Target::File(path)) = (self.args.separate, target) {
            return self.separate(file, &input, path, order);
        }
        let pdf = target.pdf(self.args);
        if let Some(pdf) = pdf
            && let Some(finding) = self.owned.refusal(file, &input, pdf, ELSEWHERE)
        {
            terminal::show(&[finding]);
            return Ok(Outcome::Failed);
        }
        let built = self.build(file, &input, order)?;
        self.files.clone_from(&built.files);
        terminal::show(&built.findings);
        if !built.images.is_empty() && !built.findings.iter().any(Diagnostic::is_error) {
            let path = match target {
                Target::File(path) => Some(path.as_path()),
                Target::StandardOutput => None,
            };
            return Ok(images::deliver(self.args, path, &built));
        }
        let Some(bytes) = &built.pdf else { return Ok(Outcome::Failed) };
        if let Err(error) = deliver(self.args, target, bytes, &built) {
            return Ok(Outcome::Unwritten(error));
        }
        let word = pdf.and_then(|pdf| self.word(file, &input, pdf, &built, order));
        self.owned.keep(word.as_slice());
        Ok(Outcome::Written)
    }

    /// A file for each copy.
    fn separate(
        &mut self,
        file: &Path,
        input: &Input,
        path: &Path,
        order: &Order,
    ) -> Result<Outcome, Error> {
        let names = copies::names(path, order);
        let refused = |name: &PathBuf| self.owned.refusal(file, input, name, ELSEWHERE);
        let refused: Vec<Diagnostic> = names.iter().filter_map(refused).collect();
        if !refused.is_empty() {
            terminal::show(&refused);
            return Ok(Outcome::Failed);
        }
        let mut words = Vec::new();
        let (args, mut files) = (self.args, Vec::new());
        let outcome = copies::separate(args, &names, order, |name, one| {
            let built = self.build(file, input, one)?;
            files.clone_from(&built.files);
            words.extend(self.word(file, input, name, &built, order));
            Ok(built)
        })?;
        self.files = files;
        if matches!(outcome, Outcome::Written) {
            self.owned.keep(&words);
        }
        Ok(outcome)
    }

    /// What a record is to say of a PDF.
    fn word(
        &mut self,
        file: &Path,
        input: &Input,
        pdf: &Path,
        built: &Built,
        order: &Order,
    ) -> Option<Word> {
        // What comes from standard input has no name to be known by.
        if !file.is_file() {
            return None;
        }
        self.owned.word(file, input, pdf, built, || {
            let open = || Setups::new(self.options.clone(), order);
            self.setups.get_or_init(open).of(&input.folder)
        })
    }

    fn build(
        &mut self,
        file: &Path,
        input: &Input,
        order: &Order,
    ) -> Result<Built, Error> {
        let folder = workspace::find(&input.folder);
        if !self.open.contains_key(&folder) {
            let workspace = match folder.as_deref().map(workspace::read).transpose() {
                Ok(workspace) => workspace,
                Err(findings) => return Ok(Built { findings, ..Built::default() }),
            };
            let workshop = Workshop::in_workspace(&self.options, workspace)?;
            self.open.insert(folder.clone(), workshop);
        }
        match self.open.get(&folder) {
            Some(workshop) => {
                self.unused.see(&input.name, &input.bytes);
                let mut built = workshop.build(input, order);
                let named = workshop.workspace().map(Workspace::files);
                built.files.extend(named.unwrap_or_default());
                self.registers.check(workshop.workspace(), file, input, &mut built);
                Ok(built)
            }
            None => Ok(Built::default()),
        }
    }
}

/// Every notice and where its PDF goes, before anything is built. One that is named twice is
/// built once.
pub(super) fn targets(args: &args::Build) -> Result<Vec<(&Path, Target)>, Error> {
    // A mistyped folder, and not the output, is what is wrong.
    if let ([file], Some(output)) = (args.files.as_slice(), &args.output)
        && !ends_in(output, &["pdf"])
        && file != Path::new("-")
        && !file.exists()
        && !files::is_device(file)
    {
        let message = format!("没有“{}”这个文件或者文件夹", shown(file));
        return Err(Error::command(message).hint("检查名称和路径"));
    }
    let targets = files(args).map(|file| Ok((file, target(args, file)?)));
    let targets: Vec<(&Path, Target)> = targets.collect::<Result<_, Error>>()?;
    let mut pdfs = Vec::new();
    for (file, target) in &targets {
        if let Target::File(path) = target {
            pdfs.push((*file, path.as_path()));
        }
    }
    let clash = clashes(pdfs.iter().map(|(_, pdf)| pdf)).first().copied();
    if let Some((a, b)) = clash {
        let told = same_file(pdfs[a], pdfs[b]);
        return Err(Error::command(told).hint("改名，或分开生成"));
    }
    Ok(targets)
}

/// The files that are named, each once.
fn files(args: &args::Build) -> impl Iterator<Item = &Path> {
    let mut seen = HashSet::new();
    let file =
        |file: &PathBuf| std::path::absolute(file).unwrap_or_else(|_| file.clone());
    args.files.iter().filter(move |it| seen.insert(file(it))).map(PathBuf::as_path)
}

fn target(args: &args::Build, file: &Path) -> Result<Target, Error> {
    let standard = file == Path::new("-");
    let name = if standard { "通知.pdf".into() } else { file.with_extension("pdf") };
    let name = PathBuf::from(name.file_name().unwrap_or_default());
    let Some(output) = &args.output else {
        return Ok(Target::File(if standard { name } else { file.with_file_name(name) }));
    };
    if output == Path::new("-") {
        return match files(args).count() {
            _ if args.separate => Err(Error::command("标准输出只放得下一份 PDF")
                .hint("去掉 --separate，各份排在一份 PDF 里；或用 -o 文件夹/")),
            1 => Ok(Target::StandardOutput),
            _ => Err(Error::command("几份通知不能都写到标准输出").hint("用 -o 文件夹/")),
        };
    }
    let several = files(args).nth(1).is_some();
    // What has no other name is meant for a folder.
    let folder = several && !ends_in(output, &["pdf", "png", "svg"]) && !output.is_file();
    if folder || output::names_folder(output) {
        output::takes_folder(output)?;
        std::fs::create_dir_all(output).map_err(|error| unwritable(output, &error))?;
        return Ok(Target::File(output.join(name)));
    }
    if several {
        return Err(output::one_file(output));
    }
    if args.images.format == args::Kind::Pdf {
        output::takes_pdf(output)?;
    }
    Ok(Target::File(output.clone()))
}

fn deliver(
    args: &args::Build,
    target: &Target,
    pdf: &[u8],
    built: &Built,
) -> Result<(), Error> {
    let path = match target {
        Target::StandardOutput => {
            let told = |error| unwritable(Path::new("标准输出"), &error);
            return terminal::write(pdf).map_err(told);
        }
        Target::File(path) => path,
    };
    files::write(path, pdf).map_err(|error| unwritable(path, &error))?;
    if !args.batch.quiet {
        terminal::note(&format!("已生成 {}（{}）", shown(path), built.extent()));
    }
    if args.open { show(path) } else { Ok(()) }
}

/// Opens a PDF.
pub(super) fn show(path: &Path) -> Result<(), Error> {
    open::that_detached(path).map_err(|error| {
        Error::command(format!("打不开“{}”：{}", path.display(), reason(&error)))
            .hint("PDF 已经写好，请自己打开")
    })
}
