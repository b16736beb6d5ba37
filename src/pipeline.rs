//! The stages in their order: read → check → fill → typeset → export.

mod built;
mod calibration;
mod draft;
mod input;
mod order;

pub use built::{Built, Numbered, UNREAD, of_number};
pub use draft::Draft;
pub use input::{Input, read_input};

pub use order::{LAST_COPY, copy_number};

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{self, Diagnostic, Error};
use crate::export::{self, Format, Standard};
use crate::fonts;
use crate::measure::{self, Measurement, Pitches};
use crate::notice::files::Folders;
use crate::notice::source::Source;
use crate::notice::variables::Params;
use crate::notice::{self, Notice, Places};
use crate::rules;
use crate::rules::page::ending::{self, Fault};
use crate::template::expression::Expressions;
use crate::template::{self, Adjustment, Faces, Filled, Limits, Templates};
use crate::typeset::facts::{self, Facts};
use crate::typeset::{self, Failure, FontSet, FontSets, Library, Pages};
use crate::workspace::{self, Workspace};

/// Where a workshop gets its tools from.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The font folder, if not the usual one.
    pub fonts: Option<PathBuf>,
    /// Whether installed fonts are used too.
    pub system_fonts: bool,
    /// The folder whose templates go before the built-in ones.
    pub templates: Option<PathBuf>,
    /// Fonts that are loaded already: workshops opened with clones of these options share them.
    pub loaded: Arc<FontSets>,
}

/// What one document is built with.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Parameters of the command line.
    pub params: Params,
    /// The text across every page.
    pub watermark: Option<String>,
    /// The standard the PDF keeps.
    pub standard: Standard,
    /// What is written.
    pub format: Format,
    /// The only page wanted, from 1; all for none. Images alone are written page by page.
    pub page: Option<NonZeroUsize>,
    /// 套打: all red is on the paper already.
    pub preprinted: bool,
    /// 份号 of the copies, one behind the other; none for the notice as it is.
    pub copies: Vec<u32>,
    /// What tells the document from others of the same notice; empty for nothing.
    pub name: String,
}

/// Laid-out pages and what is known of them.
pub struct Layout {
    /// The pages.
    pub pages: Pages,
    /// What landed where on them.
    pub facts: Facts,
    /// How far line and character pitch depart from the standard's.
    pub adjustment: Adjustment,
}

/// Pages that are ready for export.
pub struct Laid {
    /// The pages.
    pub pages: Pages,
    /// What makes the document the same one for ever.
    pub ident: String,
    /// 双面.
    pub duplex: bool,
}

impl Laid {
    /// Documents of one notice, one behind the other; `None` if there is none.
    pub fn joined(all: Vec<Self>) -> Option<Self> {
        let duplex = all.iter().any(|it| it.duplex);
        let idents: Vec<&str> = all.iter().map(|it| it.ident.as_str()).collect();
        let ident = idents.join("\n");
        let pages = all.into_iter().map(|it| it.pages).collect();
        Some(Self { pages: typeset::joined(pages, duplex)?, ident, duplex })
    }

    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.pages.count()
    }
}

/// What a notice's pages measure.
#[derive(Debug, Default)]
pub struct Measured {
    /// One row for each measure; `None` if a finding stopped the notice.
    pub rows: Option<Vec<Measurement>>,
    /// How many pages it has.
    pub pages: usize,
    /// What was adjusted, in words; empty for nothing.
    pub adjustment: String,
    /// All findings, sorted by place.
    pub findings: Vec<Diagnostic>,
}

/// A notice that was read and checked.
pub struct Checked {
    /// The notice, unless its file is no YAML mapping.
    pub notice: Option<Notice>,
    /// Where its fields are.
    pub places: Places,
    /// The folders its files may be in.
    pub folders: Folders,
    /// What was found so far.
    pub findings: Vec<Diagnostic>,
}

/// Fonts, templates and workspace: what many documents share.
pub struct Workshop {
    templates: Templates,
    library: Library,
    fonts: Arc<FontSet>,
    faces: Faces,
    /// That some of them are not what the standard asks for.
    lacking: Option<Diagnostic>,
    workspace: Option<Workspace>,
}

impl Workshop {
    /// A workshop without a workspace.
    ///
    /// # Errors
    /// No fonts, or no such folder.
    pub fn open(options: &Options) -> Result<Self, Error> {
        Self::in_workspace(options, None)
    }

    /// A workshop with the workspace's fonts and templates where the options name none.
    ///
    /// # Errors
    /// No fonts, or no such folder.
    pub fn in_workspace(
        options: &Options,
        workspace: Option<Workspace>,
    ) -> Result<Self, Error> {
        let set = workspace.as_ref();
        let templates =
            options.templates.as_deref().or(set.and_then(|it| it.templates.as_deref()));
        let templates = Templates::open(templates)?;
        let folder = fonts::folder(
            options.fonts.as_deref(),
            set.and_then(|it| it.fonts.as_deref()),
        )?;
        // Both take a few milliseconds of a cold start, and neither needs the other.
        let (library, fonts) = std::thread::scope(|scope| {
            let library = scope.spawn(|| Library::new(&templates));
            let installed = options.system_fonts;
            let fonts = options.loaded.of(&folder, installed, fonts::SELDOM);
            (library.join().unwrap_or_else(|_| Library::new(&templates)), fonts)
        });
        let (faces, services) = fonts::resolve(&fonts.families());
        if services.iter().any(|(_, service)| *service == fonts::Service::Missing) {
            return Err(Error::command(format!(
                "文件夹“{}”里没有可用的字体",
                folder.display()
            ))
            .hint("用 `hongtou fonts` 查看各种字体由哪个文件提供")
            .hint("随程序发放的 fonts 文件夹里有全部所需的字体"));
        }
        let first = |role: &&str| faces.get(*role)?.first().map(String::as_str);
        fonts.read_ahead(&fonts::IN_USE.iter().filter_map(first).collect::<Vec<_>>());
        let lacking = fonts::lacking(&services);
        Ok(Self { library, templates, fonts, faces, lacking, workspace })
    }

    /// Reads a notice and holds it against the rules.
    pub fn check(&self, input: &Input, params: &Params) -> Checked {
        read_notice(input, params, self.workspace.as_ref(), None)
    }

    /// Fills the template of a notice.
    ///
    /// # Errors
    /// A user's template that cannot be filled.
    pub fn fill(
        &self,
        notice: &Notice,
        watermark: Option<&str>,
        adjustment: Adjustment,
    ) -> Result<Filled, Error> {
        template::fill(notice, &self.templates, &self.faces, watermark, adjustment)
    }

    /// Lays out a checked notice; `None`, with the reason among its findings, where that
    /// cannot be done. Where signature and text part in a way that must not be, line or
    /// character pitch are adjusted within the workspace's limits (7.3.5.5); if nothing
    /// helps, they stay as the standard has them.
    pub fn lay_out(
        &self,
        checked: &mut Checked,
        watermark: Option<&str>,
    ) -> Option<Layout> {
        if checked.findings.iter().any(Diagnostic::is_error) {
            return None;
        }
        let notice = checked.notice.as_ref()?;
        let layout = match self.settle(checked, notice, watermark) {
            Ok(layout) => layout,
            Err(findings) => {
                checked.findings.extend(findings);
                return None;
            }
        };
        let odd = layout
            .pages
            .warnings
            .iter()
            .map(|text| Diagnostic::warning("T103", format!("排版时的提醒：{text}")));
        checked.findings.extend(odd);
        checked.findings.extend(self.lacking.clone());
        checked.findings.extend(rules::check_pages(
            notice,
            &checked.places,
            &layout.facts,
        ));
        Some(layout)
    }

    /// The first layout without faults: as the standard has it, with adjusted pitches, with
    /// the body's last lines kept with the signature. If none is, the first of those whose
    /// faults are the least.
    fn settle(
        &self,
        checked: &Checked,
        notice: &Notice,
        watermark: Option<&str>,
    ) -> Result<Layout, Vec<Diagnostic>> {
        let limits = self.workspace.as_ref().map_or(Limits::default(), |it| it.limits);
        let attempt = |adjustment| {
            let pages = self.try_pages(checked, notice, watermark, adjustment)?;
            let facts = facts::facts(&pages, false);
            Ok::<_, Vec<Diagnostic>>(Layout { pages, facts, adjustment })
        };
        let worst = |layout: &Layout| ending::worst(&layout.facts);
        let better = |one: Layout, other: Layout| {
            if worst(&other) < worst(&one) { other } else { one }
        };
        let mut best = attempt(Adjustment::NONE)?;
        if worst(&best).is_none() {
            return Ok(best);
        }
        let others = if ending::has(&best.facts, Fault::ListAlone) {
            let tied = attempt(Adjustment { tied: true, ..Adjustment::NONE })?;
            let others = others(notice, &tied, limits);
            best = better(best, tied);
            others
        } else {
            others(notice, &best, limits)
        };
        for adjustment in others {
            if worst(&best).is_none() {
                break;
            }
            best = better(best, attempt(adjustment)?);
        }
        Ok(best)
    }

    /// One layout, or what stands in its way.
    fn try_pages(
        &self,
        checked: &Checked,
        notice: &Notice,
        watermark: Option<&str>,
        adjustment: Adjustment,
    ) -> Result<Pages, Vec<Diagnostic>> {
        let filled = self.fill(notice, watermark, adjustment).map_err(|error| {
            let finding = Diagnostic::error("T101", error.message);
            vec![Diagnostic { hints: error.hints, ..finding }]
        })?;
        typeset::compile(&filled, &self.library, &self.fonts, &checked.folders)
            .map_err(|failure| refused(&failure, &filled, &checked.places))
    }

    /// Builds a notice's PDF.
    pub fn build(&self, input: &Input, order: &Order) -> Built {
        let (mut built, laid) = self.lay_out_input(input, order);
        if let Some(laid) = laid {
            self.export(&laid, order, &mut built);
        }
        built
    }

    /// Lays out a notice, for an export that is still to come; without pages where a finding
    /// stops it.
    pub fn lay_out_input(&self, input: &Input, order: &Order) -> (Built, Option<Laid>) {
        let mut checked = check_order(input, order, self.workspace.as_ref());
        let laid = self.lay_out_order(&mut checked, order);
        let copies = order.copies.len();
        let used = checked.folders.take_used();
        let files = checked.folders.places(&used);
        let number_at = checked.places.of("发文字号");
        let findings = checked.findings;
        let mut built =
            Built { copies, used, files, number_at, findings, ..Built::default() };
        diag::sort(&mut built.findings);
        let mut ready = None;
        if let (Some((pages, adjustment)), Some(notice)) = (laid, &checked.notice) {
            built.pages = pages.count();
            built.draft = notice.is_draft();
            built.adjustment = adjustment.to_string();
            let good = !built.findings.iter().any(Diagnostic::is_error);
            let laid = Laid { pages, ident: ident(notice, order), duplex: notice.duplex };
            ready = good.then_some(laid);
        }
        built.notice = checked.notice;
        (built, ready)
    }

    /// Exports what was laid out as it was ordered; what stands in the way is added to the
    /// findings.
    pub fn export(&self, laid: &Laid, order: &Order, built: &mut Built) {
        write(built, &laid.pages, order, &laid.ident);
        diag::sort(&mut built.findings);
    }

    /// The workspace it works in.
    pub fn workspace(&self) -> Option<&Workspace> {
        self.workspace.as_ref()
    }

    /// Lays out a notice and measures its pages.
    pub fn measure(&self, input: &Input, params: &Params) -> Measured {
        let mut checked = self.check(input, params);
        let layout = self.lay_out(&mut checked, None);
        let mut measured = Measured { findings: checked.findings, ..Measured::default() };
        if let (Some(layout), Some(notice)) = (layout, &checked.notice) {
            let facts = facts::facts(&layout.pages, true);
            let Adjustment { line, char, .. } = layout.adjustment;
            measured.pages = facts.pages.len();
            measured.adjustment = layout.adjustment.to_string();
            measured.rows =
                Some(measure::measure(notice, &facts, Pitches { line, char }));
        }
        diag::sort(&mut measured.findings);
        measured
    }

    /// Builds the notice in a file.
    pub fn build_file(&self, path: &Path, order: &Order) -> Built {
        match read_input(path) {
            Ok(input) => self.build(&input, order),
            Err(finding) => Built { findings: vec![finding], ..Built::default() },
        }
    }
}

/// What else is tried where a layout is not good: other pitches, then the body's last lines or
/// 附件说明 on the signature's page.
fn others(notice: &Notice, layout: &Layout, limits: Limits) -> Vec<Adjustment> {
    let (facts, base) = (&layout.facts, layout.adjustment);
    let kept = ending::last_lines(facts);
    let loose = kept.is_none()
        && !notice.attachments.is_empty()
        && ending::text_off_the_first_page(facts);
    let alone = ending::has(facts, Fault::SignatureAlone);
    let tied = !loose && (base.tied || alone);
    let last = Adjustment { kept, tied, loose, ..Adjustment::NONE };
    let pitches =
        limits.tries().into_iter().map(|it| Adjustment { tied: base.tied, ..it });
    pitches.chain(Some(last).filter(|it| *it != base)).collect()
}

/// Reads a notice and holds it against the rules; the 份号 of one copy goes before its own.
fn read_notice(
    input: &Input,
    params: &Params,
    workspace: Option<&Workspace>,
    copy: Option<&u32>,
) -> Checked {
    let roots = [Some(input.folder.as_path()), workspace.map(|it| it.folder.as_path())];
    let folders = Folders::new(roots.into_iter().flatten());
    let setting = notice::Setting {
        folders: &folders,
        params,
        offices: workspace.map_or(&[], |it| it.offices.as_slice()),
        expressions: &Expressions::new(),
    };
    let source = match Source::decode(&input.name, &input.bytes) {
        Ok(source) => source,
        Err(finding) => {
            let places = Places::new(Source::new(&input.name, ""));
            return Checked { notice: None, places, folders, findings: vec![finding] };
        }
    };
    if let Some(finding) = workspace::misnamed(&source) {
        let (places, findings) = (Places::new(source), vec![finding]);
        return Checked { notice: None, places, folders, findings };
    }
    let mut reading = notice::read(&source, &setting);
    if let (Some(notice), Some(copy)) = (&mut reading.notice, copy) {
        notice.copy_number = Some(copy_number(*copy));
    }
    let mut findings = reading.findings;
    findings.extend(workspace.into_iter().flat_map(|it| it.findings.clone()));
    if let Some(notice) = &reading.notice {
        findings.extend(rules::check(notice, &reading.places));
    }
    Checked { notice: reading.notice, places: reading.places, folders, findings }
}

/// Reads a notice without anything to lay it out with.
pub fn check(input: &Input, workspace: Option<&Workspace>) -> Checked {
    read_notice(input, &Params::new(), workspace, None)
}

/// Reads a notice as it was ordered, without anything to lay it out with.
pub fn check_order(
    input: &Input,
    order: &Order,
    workspace: Option<&Workspace>,
) -> Checked {
    let mut checked = read_notice(input, &order.params, workspace, order.copies.first());
    if order.standard.needs_date() {
        checked.findings.extend(undated(&checked));
    }
    checked
}

/// The workspace that a folder lies in.
///
/// # Errors
/// All problems of its file.
pub fn workspace_of(folder: &Path) -> Result<Option<Workspace>, Vec<Diagnostic>> {
    workspace::find(folder).map(|folder| workspace::read(&folder)).transpose()
}

/// What makes a document the same one for ever.
fn ident(notice: &Notice, order: &Order) -> String {
    let number = notice.number.as_ref().map(ToString::to_string).unwrap_or_default();
    let copies = order.copies.iter().map(|copy| format!("\n{}", copy_number(*copy)));
    let name = Some(&order.name).filter(|name| !name.is_empty());
    let name = name.map(|name| format!("\n{name}")).unwrap_or_default();
    format!("hongtou\n{number}\n{}{}{name}", notice.title, copies.collect::<String>())
}

/// Writes laid-out pages as they were ordered.
fn write(built: &mut Built, pages: &Pages, order: &Order, ident: &str) {
    if order.format == Format::Pdf {
        match export::pdf(pages, order.standard, ident) {
            Ok(pdf) => built.pdf = Some(pdf),
            Err(errors) => built.findings.extend(not_exported(&errors, order.standard)),
        }
        return;
    }
    let wanted = order.page.map_or(1..=built.pages, |page| page.get()..=page.get());
    for page in wanted {
        match export::image(pages, page - 1, order.format) {
            Some(image) => built.images.push((page, image)),
            None => built.findings.push(no_page(page, built.pages)),
        }
    }
}

/// A page that was asked for and is not there.
pub fn no_page(page: usize, pages: usize) -> Diagnostic {
    Diagnostic::error("T106", format!("没有第 {page} 页，一共 {pages} 页"))
        .hint(format!("页码从 1 到 {pages}"))
}

fn undated(checked: &Checked) -> Option<Diagnostic> {
    let notice = checked.notice.as_ref().filter(|notice| notice.date.is_none())?;
    Some(
        Diagnostic::error("T104", "存档用的 PDF 要有日期，通知里没有“成文日期”")
            .at(checked.places.of("标题").filter(|_| !notice.title.is_empty()))
            .hint("写上“成文日期: 2026-03-05”"),
    )
}

fn refused(failure: &Failure, filled: &Filled, places: &Places) -> Vec<Diagnostic> {
    match failure {
        Failure::Images(at) => at
            .iter()
            .filter_map(|at| filled.images.get(*at))
            .map(|(_, image)| {
                Diagnostic::error("Y238", "图片已损坏，或不是它看上去的格式")
                    .at(places.of(&image.field))
                    .hint("用看图软件打开后另存为 png，再试一次")
            })
            .collect(),
        Failure::Source(errors) => errors
            .iter()
            .map(|error| {
                Diagnostic::error("T102", format!("模板排不出来：{error}"))
                    .hint("内置模板不会出这种错：检查 --templates 或工作目录里的模板")
            })
            .collect(),
    }
}

fn not_exported(errors: &[String], standard: Standard) -> Vec<Diagnostic> {
    let name = standard.name();
    let finding = |error: &String| {
        let message = format!("按 {name} 的标准写不出 PDF：{error}");
        let finding = Diagnostic::error("T105", message);
        let finding = standard.weaker().into_iter().fold(finding, |finding, weaker| {
            let weaker = weaker.name();
            finding.hint(format!("改用要求低一些的 --pdf-standard {weaker}"))
        });
        finding.hint("不必合乎某个标准的，去掉 --pdf-standard")
    };
    errors.iter().map(finding).collect()
}
