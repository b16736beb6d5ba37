//! Tables and pictures, with the files they name.

use super::files::{FileError, Folders};
use super::keys::{self, nearest};
use super::picture::{Image, Kind, Picture, Seal};
use super::reader::{Fields, Reader};
use super::source::{Source, Span};
use super::table::{Align, Table};
use super::tree::{Node, Value};
use crate::diag::Diagnostic;

/// The largest picture, in bytes.
const PICTURE_LIMIT: u64 = 20 * 1024 * 1024;
/// The largest data file, in bytes.
const DATA_LIMIT: u64 = 10 * 1024 * 1024;

/// 表格: given in the notice, or in a file.
pub fn table(
    reader: &mut Reader,
    folders: &Folders,
    path: &str,
    node: &Node,
) -> Option<Table> {
    let fields = reader.fields(path, node, keys::TABLE)?;
    let mut head = rows(reader, &fields, "表头");
    let mut body = rows(reader, &fields, "行");
    if let Some(data) = reader.text(&fields, "数据") {
        if let (Some(node), false) = (fields.get("行"), body.is_empty()) {
            reader.error(
                "Y220",
                node.span,
                "“数据”和“行”只能写一个".into(),
                "表格的各行放在一处",
            );
        }
        let data = data_rows(reader, folders, &fields, &data)?;
        let mut data = data.into_iter();
        match head.is_empty() {
            true => head.extend(data.next()),
            // A head written in the notice stands for the file's own.
            false => drop(data.next_if_head(&head)),
        }
        body = data.collect();
    } else if fields.get("表头").is_none() && fields.get("行").is_none() {
        let hint = "写上“表头”和“行”，或“数据: 文件名.csv”";
        reader.error("Y221", node.span, "表格里没有内容".into(), hint);
        return None;
    }
    let table = Table {
        head,
        rows: body,
        widths: widths(reader, &fields),
        aligns: aligns(reader, &fields),
    };
    same_columns(reader, &fields, &table);
    Some(table)
}

/// Passing over a first row that repeats the head.
trait NextIfHead {
    fn next_if_head(&mut self, head: &[Vec<String>]) -> Option<Vec<String>>;
}

impl NextIfHead for std::vec::IntoIter<Vec<String>> {
    fn next_if_head(&mut self, head: &[Vec<String>]) -> Option<Vec<String>> {
        let same = self.as_slice().first().is_some_and(|row| Some(row) == head.last());
        if same { self.next() } else { None }
    }
}

/// Rows of cells; a list without lists in it is one row.
fn rows(reader: &mut Reader, fields: &Fields, name: &str) -> Vec<Vec<String>> {
    let Some(node) = fields.get(name) else { return Vec::new() };
    let path = fields.path(name);
    let Value::List(items) = &node.value else {
        reader.wrong_type(&path, node, "列表");
        return Vec::new();
    };
    if !items.iter().any(|item| matches!(item.value, Value::List(_))) {
        return if items.is_empty() {
            Vec::new()
        } else {
            vec![cells(reader, &path, items)]
        };
    }
    let mut rows = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let path = format!("{path}[{i}]");
        reader.places.record(&path, item.span);
        match &item.value {
            Value::List(items) => rows.push(cells(reader, &path, items)),
            _ => reader.wrong_type(&path, item, "列表"),
        }
    }
    rows
}

fn cells(reader: &mut Reader, path: &str, items: &[Node]) -> Vec<String> {
    let mut cells = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let path = format!("{path}[{i}]");
        reader.places.record(&path, item.span);
        cells.push(match &item.value {
            Value::Null => String::new(),
            Value::Bool(_, text) => text.clone(),
            _ => reader.scalar(&path, item).unwrap_or_default(),
        });
    }
    cells
}

/// Every row must have as many cells as the first; widths and alignments one for each.
fn same_columns(reader: &mut Reader, fields: &Fields, table: &Table) {
    let columns = table.head.first().or(table.rows.first()).map_or(0, Vec::len);
    let from_file = fields.get("数据").is_some();
    for (name, rows) in [("表头", &table.head), ("行", &table.rows)] {
        if from_file && name == "行" {
            continue;
        }
        for (i, row) in rows.iter().enumerate().filter(|(_, row)| row.len() != columns) {
            let span = reader
                .places
                .span(&format!("{}[{i}]", fields.path(name)))
                .unwrap_or(fields.span());
            let message =
                format!("第 {} 行有 {} 格，表格有 {columns} 栏", i + 1, row.len());
            reader.error("Y222", span, message, "补足或删去多余的格；空格子写 \"\"");
        }
    }
    let counts = [
        ("列宽", table.widths.as_ref().map(Vec::len)),
        ("对齐", table.aligns.as_ref().map(Vec::len)),
    ];
    for (name, count) in counts {
        if let (Some(count), Some(node)) =
            (count.filter(|count| *count != columns), fields.get(name))
        {
            let message = format!("“{name}”有 {count} 个，表格有 {columns} 栏");
            reader.error("Y223", node.span, message, "每栏写一个");
        }
    }
}

fn widths(reader: &mut Reader, fields: &Fields) -> Option<Vec<f64>> {
    let node = fields.get("列宽")?;
    let path = fields.path("列宽");
    let Value::List(items) = &node.value else {
        reader.wrong_type(&path, node, "数字的列表，如 [2, 6, 4]");
        return None;
    };
    items
        .iter()
        .enumerate()
        .map(|(i, item)| reader.positive(&format!("{path}[{i}]"), item))
        .collect()
}

fn aligns(reader: &mut Reader, fields: &Fields) -> Option<Vec<Align>> {
    let node = fields.get("对齐")?;
    let words = reader.scalars(&fields.path("对齐"), node);
    let mut aligns = Vec::new();
    for word in &words {
        match word.as_str() {
            "左" | "left" => aligns.push(Align::Left),
            "中" | "center" => aligns.push(Align::Center),
            "右" | "right" => aligns.push(Align::Right),
            _ => {
                let near = nearest(word, keys::ALIGNS.iter().copied());
                let hint = near.map_or("可用的有：左、中、右".into(), |near| {
                    format!("是不是想写“{near}”？")
                });
                reader.error(
                    "Y224",
                    node.span,
                    format!("“对齐”没有“{word}”这一种"),
                    &hint,
                );
                return None;
            }
        }
    }
    (!aligns.is_empty()).then_some(aligns)
}

/// 数据: the rows of a .csv file, in UTF-8 or, as spreadsheets write it, GBK.
fn data_rows(
    reader: &mut Reader,
    folders: &Folders,
    fields: &Fields,
    file: &str,
) -> Option<Vec<Vec<String>>> {
    let span = fields.get("数据").map_or(fields.span(), |node| node.span);
    if !file.to_lowercase().ends_with(".csv") && inside_extension(file) {
        let hint = "在表格软件里“另存为”CSV UTF-8（逗号分隔）";
        reader.error("Y225", span, format!("“{file}”不是 .csv 文件，还读不了"), hint);
        return None;
    }
    if let (Some(node), true) =
        (fields.get("工作表"), file.to_lowercase().ends_with(".csv"))
    {
        reader.error("Y226", node.span, ".csv 文件没有工作表".into(), "删去“工作表”");
    }
    let bytes = load(reader, folders, span, file, DATA_LIMIT)?;
    let text = decode(reader, span, file, &bytes)?;
    parse(reader, span, file, &text)
}

/// A path whose ending is that of some other data file; anything else is judged as a path.
fn inside_extension(file: &str) -> bool {
    ["xlsx", "xls", "ods", "txt", "tsv", "doc", "docx"]
        .iter()
        .any(|end| file.to_lowercase().ends_with(end))
}

fn decode(reader: &mut Reader, span: Span, file: &str, bytes: &[u8]) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.trim_start_matches('\u{feff}').to_owned());
    }
    let (text, _, bad) = encoding_rs::GB18030.decode(bytes);
    if bad || bytes.starts_with(&[0xff, 0xfe]) {
        let hint = "在表格软件里“另存为”CSV UTF-8（逗号分隔）";
        reader.error("Y227", span, format!("“{file}”的编码不是 UTF-8，也不是 GBK"), hint);
        return None;
    }
    Some(text.into_owned())
}

fn parse(
    reader: &mut Reader,
    span: Span,
    file: &str,
    text: &str,
) -> Option<Vec<Vec<String>>> {
    let text = super::signs::clean(text);
    let source = Source::new(file, &text);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut ragged = 0;
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    for record in records.records() {
        let Ok(record) = record else { continue };
        let row: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if row.iter().all(String::is_empty) {
            continue;
        }
        let columns = rows.first().map_or(row.len(), Vec::len);
        if row.len() != columns {
            ragged += 1;
            let line = record.position().map_or(1, |at| at.line() as usize);
            let message = format!("这一行有 {} 格，第一行有 {columns} 格", row.len());
            let hint = "补足或删去多余的逗号；格子里有逗号时用双引号括起来";
            // A file with the wrong separator has as many findings as rows.
            if ragged <= 20 {
                let finding =
                    Diagnostic::error("Y228", message).at(source.line_place(line));
                reader.findings.push(finding.hint(hint));
            }
        }
        rows.push(row);
    }
    if rows.is_empty() {
        reader.error(
            "Y229",
            span,
            format!("“{file}”里没有内容"),
            "第一行写表头，下面每行一条",
        );
        return None;
    }
    Some(rows)
}

/// 图片: a path, or a path with caption and width.
pub fn picture(
    reader: &mut Reader,
    folders: &Folders,
    path: &str,
    node: &Node,
) -> Option<Picture> {
    if !matches!(node.value, Value::Map(_)) {
        let image = image(reader, folders, path, node)?;
        return Some(Picture { image, caption: None, width: None });
    }
    let fields = reader.fields(path, node, keys::PICTURE)?;
    if fields.get("文件").is_none() {
        reader.error(
            "Y230",
            node.span,
            "图片缺少“文件”".into(),
            "加上一行“文件: 图片.png”",
        );
    }
    let (caption, width) =
        (reader.one_line(&fields, "说明"), reader.number(&fields, "宽"));
    Some(Picture {
        image: image_field(reader, folders, &fields, "文件")?,
        caption,
        width,
    })
}

/// 印章: a path, or a path with a diameter.
pub fn seal(
    reader: &mut Reader,
    folders: &Folders,
    path: &str,
    node: &Node,
) -> Option<Seal> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Seal { image: image(reader, folders, path, node)?, diameter: None });
    }
    let fields = reader.fields(path, node, keys::SEAL)?;
    if fields.get("图片").is_none() {
        reader.error(
            "Y231",
            node.span,
            "印章缺少“图片”".into(),
            "加上一行“图片: 印章.png”",
        );
    }
    let diameter = reader.number(&fields, "直径");
    if let (Some(_), Some(node)) =
        (diameter.filter(|mm| !(10.0..=80.0).contains(mm)), fields.get("直径"))
    {
        reader.error(
            "Y232",
            node.span,
            "印章直径应在 10 到 80 毫米之间".into(),
            "直径以毫米计，默认 42",
        );
    }
    Some(Seal { image: image_field(reader, folders, &fields, "图片")?, diameter })
}

/// The image that a field names.
pub fn image_field(
    reader: &mut Reader,
    folders: &Folders,
    fields: &Fields,
    name: &str,
) -> Option<Image> {
    let node = fields.get(name)?;
    image(reader, folders, &fields.path(name), node)
}

fn image(
    reader: &mut Reader,
    folders: &Folders,
    path: &str,
    node: &Node,
) -> Option<Image> {
    reader.places.record(path, node.span);
    let file = reader.scalar(path, node)?;
    let bytes = load(reader, folders, node.span, &file, PICTURE_LIMIT)?;
    let Some(kind) = Kind::of(&bytes) else {
        let hint = "可用 png、jpg、svg、gif、webp；别的格式请先转换";
        reader.error("Y233", node.span, format!("“{file}”不是认得的图片"), hint);
        return None;
    };
    Some(Image { kind, bytes: bytes.into(), field: path.to_owned() })
}

fn load(
    reader: &mut Reader,
    folders: &Folders,
    span: Span,
    file: &str,
    limit: u64,
) -> Option<Vec<u8>> {
    let error = match folders.read(file, limit) {
        Ok(bytes) => return Some(bytes),
        Err(error) => error,
    };
    let (code, message, hint) = match error {
        FileError::Outside => (
            "Y234",
            format!("“{file}”在通知所在的文件夹之外"),
            "把文件放到通知的文件夹（或工作目录）里，只写相对路径".to_owned(),
        ),
        FileError::Missing => (
            "Y235",
            format!("找不到文件“{file}”"),
            "检查文件名和后缀；路径从通知所在的文件夹算起".to_owned(),
        ),
        FileError::TooLarge(size) => (
            "Y236",
            format!("“{file}”有 {} MB，太大", size.div_ceil(1024 * 1024)),
            format!("缩小到 {} MB 以内", limit / 1024 / 1024),
        ),
        FileError::Unreadable(reason) => (
            "Y237",
            format!("“{file}”读不了：{reason}"),
            "检查文件的权限，或关闭正在使用它的程序".to_owned(),
        ),
    };
    reader.error(code, span, message, &hint);
    None
}
