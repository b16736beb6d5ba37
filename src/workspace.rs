//! 工作目录: `hongtou.yaml`, found upwards from a notice, with what an office's notices have
//! in common.

pub mod edit;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Place, reason};
use crate::notice::files::{Folders, Used};
use crate::notice::office::Office;
use crate::notice::source::{self, Source};
use crate::notice::{Fields, Node, Reader, Value, keys, read_tree, seal};
use crate::notice::{clean_all, refuse_heaps};
use crate::paths::{folder_of, plain, read_start, relative, seen, shown};
use crate::template::Limits;

/// The workspace file's name.
pub const NAME: &str = "hongtou.yaml";
/// What a name has in it that is meant for it, in small letters.
const STEM: &str = "hongtou";

/// What `hongtou.yaml` says; the folder it lies in.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Its folder.
    pub folder: PathBuf,
    /// 机关.
    pub offices: Vec<Office>,
    /// 模板.
    pub templates: Option<PathBuf>,
    /// 字体.
    pub fonts: Option<PathBuf>,
    /// Where its file names these two.
    pub places: FolderPlaces,
    /// 登记簿.
    pub register: PathBuf,
    /// 归档: where issued PDFs go; beside their notices where it is not set.
    pub archive: Option<PathBuf>,
    /// 备份: how many copies of the register are kept.
    pub backups: usize,
    /// 调整.
    pub limits: Limits,
    /// 套打.
    pub offset: Offset,
    /// The files that it names.
    pub used: Vec<Used>,
    /// What was found in its file and stops no notice.
    pub findings: Vec<Diagnostic>,
}

/// Where a workspace's file names its folders.
#[derive(Debug, Clone, Default)]
pub struct FolderPlaces {
    /// 模板.
    pub templates: Option<Place>,
    /// 字体.
    pub fonts: Option<Place>,
}

/// The register's name, beside the workspace file.
const REGISTER: &str = "登记簿.db";
/// How many copies of the register are kept.
const BACKUPS: usize = 10;

impl Default for Workspace {
    fn default() -> Self {
        Self::new(Path::new(""))
    }
}

impl Workspace {
    /// The workspace of a folder whose file says nothing.
    fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            offices: Vec::new(),
            templates: None,
            fonts: None,
            places: FolderPlaces::default(),
            register: folder.join(REGISTER),
            archive: None,
            backups: BACKUPS,
            limits: Limits::default(),
            offset: Offset::default(),
            used: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The folder of a register that several workspaces share, outside of this one: seen from
    /// there, no two of their files have one name.
    fn shared(&self) -> Option<PathBuf> {
        let register = plain(&self.register);
        let outside = !register.starts_with(&self.folder);
        register.parent().filter(|_| outside).map(Path::to_owned)
    }

    /// How the register names a file: from the workspace if it lies in it, from the register's
    /// folder where workspaces share it.
    pub fn name_of(&self, file: &Path) -> String {
        let real =
            |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
        // What is not there has its name from where it would be.
        let full = file.canonicalize().unwrap_or_else(|_| {
            let folder = real(folder_of(file)).unwrap_or_default();
            plain(&folder).join(file.file_name().unwrap_or_default())
        });
        let named = match self.shared() {
            Some(folder) => relative(&folder, &full),
            None => full.strip_prefix(&self.folder).unwrap_or(&full).to_owned(),
        };
        named.to_string_lossy().replace('\\', "/")
    }

    /// The file of that name.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.shared().unwrap_or_else(|| self.folder.clone()).join(name)
    }

    /// The files that its file names, there or not.
    pub fn files(&self) -> Vec<PathBuf> {
        Folders::new([self.folder.as_path()]).places(&self.used)
    }
}

/// 套打的偏移: how far a preprinted page's content is moved on its paper, in mm.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Offset {
    /// 右移; to the left below zero.
    pub right: f64,
    /// 下移; upwards below zero.
    pub down: f64,
}

/// The folder with the workspace file nearest above `start`. Whatever has its name counts: what
/// cannot be read is told by [`read`], and no notice goes out without what its office has set.
pub fn find(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    let is_there = |folder: &&Path| folder.join(NAME).symlink_metadata().is_ok();
    start.ancestors().find(is_there).map(Path::to_owned)
}

/// Reads the workspace file in `folder`.
///
/// # Errors
/// All its problems.
pub fn read(folder: &Path) -> Result<Workspace, Vec<Diagnostic>> {
    read_source(folder, &source(folder)?)
}

/// The files that the workspace file in `folder` names, there or not, whatever is wrong with
/// them or with the rest of it.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let read = source(folder).and_then(|it| read_all(folder, &it));
    read.map(|workspace| workspace.files()).unwrap_or_default()
}

fn source(folder: &Path) -> Result<Source, Vec<Diagnostic>> {
    let file = folder.join(NAME);
    let name = shown(&seen(&file));
    let unreadable = |(why, hint): (String, &str)| {
        let message = format!("工作目录文件“{name}”读不了：{why}");
        vec![Diagnostic::error("W101", message).hint(hint)]
    };
    if let Some(fault) = no_file(&file) {
        return Err(unreadable(fault));
    }
    let bytes = read_start(&file, source::LIMIT as u64 + 1)
        .map_err(|error| unreadable((reason(&error), "检查这个文件的权限")))?;
    Source::decode(&name, &bytes).map_err(|finding| vec![finding])
}

/// What is wrong with what has the name of a workspace file and is none, and the way out.
fn no_file(file: &Path) -> Option<(String, &'static str)> {
    let name = "给它改名，或移到别处；hongtou.yaml 是用记事本写的文件";
    match file.metadata() {
        Ok(meta) if meta.is_file() => None,
        Ok(meta) if meta.is_dir() => Some(("是文件夹，不是文件".into(), name)),
        Ok(_) => Some(("不是一个普通的文件".into(), name)),
        Err(error) if file.is_symlink() => {
            let why = match error.kind() {
                ErrorKind::NotFound => "它是一个链接，指向的文件没有了".into(),
                _ => reason(&error),
            };
            Some((why, "把那个文件放回去；不用它了的，删去这个链接"))
        }
        Err(error) => Some((reason(&error), "检查文件夹的权限")),
    }
}

/// What to say of a notice's file that holds the text of a workspace file under another name:
/// nothing of it is used.
pub fn misnamed(source: &Source) -> Option<Diagnostic> {
    let place = source.line_place(1);
    let name = Path::new(&*place.file).file_name()?.to_str()?;
    if name == NAME || !name.to_lowercase().contains(STEM) {
        return None;
    }
    let tree = read_tree(source).ok()??;
    let Value::Map(entries) = &tree.value else { return None };
    let known =
        |key: &str| keys::WORKSPACE.iter().any(|it| [it.name, it.alias].contains(&key));
    let all = entries.iter().all(|(key, _)| key.value.as_text().is_some_and(known));
    (all && !entries.is_empty()).then(|| {
        let message = format!("“{name}”写的是工作目录的内容，没有用上：文件要叫 {NAME}");
        Diagnostic::error("W105", message).at(place.clone()).hint(format!(
            "改名为 {NAME}，一个字母也不能差；是不用的副本，删去或移到别处"
        ))
    })
}

/// That a file sets nothing, which is allowed.
fn sets_nothing(source: &Source) -> Diagnostic {
    Diagnostic::warning("W104", format!("{NAME} 里什么也没有写，机关、印章、抄送都没有"))
        .at(source.line_place(1))
        .hint("照 hongtou init 写出的样子补齐；不用它的，删去")
}

/// Reads the text of a workspace file of `folder`.
///
/// # Errors
/// All its problems.
pub fn read_source(folder: &Path, source: &Source) -> Result<Workspace, Vec<Diagnostic>> {
    let workspace = read_all(folder, source)?;
    if workspace.findings.iter().any(Diagnostic::is_error) {
        return Err(workspace.findings);
    }
    Ok(workspace)
}

/// Reads a workspace file; its findings may be errors.
fn read_all(folder: &Path, source: &Source) -> Result<Workspace, Vec<Diagnostic>> {
    let mut reader = Reader::new(source.clone());
    let workspace = match read_tree(source).map_err(|finding| vec![finding])? {
        Some(mut node) if !is_empty(&node) => {
            clean_all(&mut reader, &mut node);
            refuse_heaps(&mut reader, &node);
            read_node(&mut reader, folder, &node)
        }
        _ => {
            reader.findings.push(sets_nothing(source));
            Workspace::new(folder)
        }
    };
    Ok(Workspace { findings: reader.findings, ..workspace })
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Map(entries) => entries.is_empty(),
        _ => false,
    }
}

fn read_node(reader: &mut Reader, folder: &Path, node: &Node) -> Workspace {
    let mut workspace = Workspace::new(folder);
    let Some(fields) = reader.fields("", node, keys::WORKSPACE) else { return workspace };
    let mut path = |name| reader.text(&fields, name).map(|text| folder.join(text));
    workspace.templates = path("模板");
    workspace.fonts = path("字体");
    workspace.register = path("登记簿").unwrap_or(workspace.register);
    workspace.archive = path("归档");
    let place = |name| reader.places.of(name);
    workspace.places =
        FolderPlaces { templates: place("模板"), fonts: place("字体") };
    workspace.backups = backups(reader, &fields);
    workspace.limits = limits(reader, &fields);
    workspace.offset = offset(reader, &fields);
    if let Some(node) = fields.get("机关") {
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let folders = Folders::new([folder]);
        for (i, item) in items.iter().enumerate() {
            let fields = reader.fields(&format!("机关[{i}]"), item, keys::BODY_OF_OFFICE);
            let office = fields.map(|fields| office(reader, &folders, item, &fields));
            workspace.offices.extend(office);
        }
        workspace.used = folders.take_used();
    }
    workspace
}

/// 备份: a whole number.
fn backups(reader: &mut Reader, fields: &Fields) -> usize {
    let Some(node) = fields.get("备份") else { return BACKUPS };
    let count = node.value.as_text().and_then(|text| text.trim().parse().ok());
    match count.filter(|count| *count <= 1000) {
        Some(count) => count,
        None => {
            let message = "“备份”应是 0 到 1000 之间的整数".into();
            let hint = "每次编号后留一份登记簿的副本，写最多留几份；默认 10，0 为不留";
            reader.error("W103", node.span, message, hint);
            BACKUPS
        }
    }
}

/// 调整: how far line and character pitch may depart from the standard's, in percent.
fn limits(reader: &mut Reader, fields: &Fields) -> Limits {
    let mut limits = Limits::default();
    let Some(node) = fields.get("调整") else { return limits };
    let Some(fields) = reader.fields("调整", node, keys::LIMITS) else { return limits };
    for (name, limit) in [("行距", &mut limits.line), ("字距", &mut limits.char)] {
        let Some(node) = fields.get(name) else { continue };
        let percent =
            node.value.as_text().and_then(|text| text.trim().parse::<f64>().ok());
        match percent.filter(|percent| (0.0..=10.0).contains(percent)) {
            Some(percent) => *limit = percent,
            None => {
                let message = format!("“{name}”应在 0 到 10 之间");
                reader.error(
                    "W103",
                    node.span,
                    message,
                    "以百分比计，默认 3；写 0 就不调整",
                );
            }
        }
    }
    limits
}

fn offset(reader: &mut Reader, fields: &Fields) -> Offset {
    let Some(node) = fields.get(edit::KEY) else { return Offset::default() };
    let Some(fields) = reader.fields(&fields.path(edit::KEY), node, keys::PREPRINT)
    else {
        return Offset::default();
    };
    let mut shift = |name| shift(reader, &fields, name).unwrap_or_default();
    Offset { right: shift("右移"), down: shift("下移") }
}

/// Millimetres to either side.
fn shift(reader: &mut Reader, fields: &Fields, name: &str) -> Option<f64> {
    let node = fields.get(name)?;
    let number = node.value.as_text().and_then(|text| text.trim().parse::<f64>().ok());
    let Some(number) = number.filter(|number| number.is_finite()) else {
        reader.wrong_type(&fields.path(name), node, "以毫米计的数字");
        return None;
    };
    if number.abs() > keys::FARTHEST {
        let message = format!("“{name}”是 {number} 毫米，最多 {} 毫米", keys::FARTHEST);
        let hint = "偏得更多时，先检查纸张大小，并在打印时选“实际大小”，不要缩放";
        reader.error("W103", node.span, message, hint);
        return None;
    }
    Some(number)
}

fn office(
    reader: &mut Reader,
    folders: &Folders,
    node: &Node,
    fields: &Fields,
) -> Office {
    let name = reader.text(fields, "名称").unwrap_or_default();
    if name.is_empty() {
        reader.error(
            "W102",
            node.span,
            "机关缺少“名称”".into(),
            "加上一行“名称: 机关全称”",
        );
    }
    let copies = reader.texts(fields, "抄送");
    Office {
        name,
        codes: reader.texts(fields, "代字"),
        printing_office: reader.text(fields, "印发机关"),
        seal: fields
            .get("印章")
            .and_then(|node| seal(reader, folders, &fields.path("印章"), node)),
        copies: (!copies.is_empty())
            .then(|| copies.join("，").trim_end_matches('。').to_owned()),
    }
}
