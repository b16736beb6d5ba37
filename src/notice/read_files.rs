//! Pictures and seals, with the files they name.

use super::files::{FileError, Folders, LIMIT};
use super::keys;
use super::picture::{Image, Kind, Picture, Seal};
use super::reader::{Fields, Reader};
use super::source::Span;
use super::tree::{Node, Value};

/// The most pixels of a picture, whatever its bytes: A4 at 600 dpi has 35 million, the largest
/// of phones take 108 million, and each takes some 8 bytes of memory.
const PIXELS: u64 = 120_000_000;

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
    let bytes = load(reader, folders, node.span, &file, LIMIT)?;
    let Some(kind) = Kind::of(&bytes) else {
        let hint = "可用 png、jpg、svg、gif、webp；别的格式请先转换";
        reader.error("Y233", node.span, format!("“{file}”不是认得的图片"), hint);
        return None;
    };
    let large =
        |(width, height): &(u32, u32)| u64::from(*width) * u64::from(*height) > PIXELS;
    if let Some((width, height)) = kind.pixels(&bytes).filter(large) {
        let part = if kind == Kind::Svg { "里的图片" } else { "" };
        let message = format!("“{file}”{part}有 {width}×{height} 个像素，太大");
        let hint = "缩小到 1.2 亿像素以内；A4 纸按 300 dpi 扫描就够清楚";
        reader.error("Y236", node.span, message, hint);
        return None;
    }
    Some(Image { kind, bytes: bytes.into(), field: path.to_owned() })
}

/// The bytes of a file, `limit` at most; why not is noted at `span`.
pub fn load(
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
