//! 正文, 印发件 and 附件: texts, tables and pictures in the author's order.

use super::body::{Block, Counters, Paragraph, paragraphs, plain};
use super::chapter;
use super::files::Folders;
use super::heading;
use super::keys;
use super::read_files;
use super::read_table;
use super::reader::{Fields, Reader};
use super::tree::{Node, Value};
use super::{Attachment, Enclosure};

/// A body: a text, or a list of texts, tables and pictures.
pub fn read(
    reader: &mut Reader,
    folders: &Folders,
    path: &str,
    node: &Node,
) -> Vec<Block> {
    let mut blocks = blocks(reader, folders, path, node);
    heading::mark(&mut blocks);
    blocks
}

fn blocks(reader: &mut Reader, folders: &Folders, path: &str, node: &Node) -> Vec<Block> {
    let mut counters = Counters::default();
    let mut blocks = Vec::new();
    match &node.value {
        Value::List(items) => {
            for (i, item) in items.iter().enumerate() {
                item_blocks(
                    reader,
                    folders,
                    &format!("{path}[{i}]"),
                    item,
                    &mut counters,
                    &mut blocks,
                );
            }
        }
        Value::Text(_) | Value::Number(_) => {
            text_blocks(node, &mut counters, &mut blocks);
        }
        Value::Null => {}
        Value::Bool(..) | Value::Map(_) => reader.wrong_type(path, node, "文字或列表"),
    }
    one_style_a_level(reader, path, node, &blocks);
    blocks
}

fn text_blocks(node: &Node, counters: &mut Counters, blocks: &mut Vec<Block>) {
    let text = node.value.as_text().unwrap_or_default();
    blocks.extend(paragraphs(text, counters).into_iter().map(Block::Paragraph));
}

fn item_blocks(
    reader: &mut Reader,
    folders: &Folders,
    path: &str,
    item: &Node,
    counters: &mut Counters,
    blocks: &mut Vec<Block>,
) {
    match &item.value {
        Value::Text(_) | Value::Number(_) => text_blocks(item, counters, blocks),
        Value::Map(_) => {
            if let Some(fields) = reader.fields(path, item, keys::BLOCK) {
                blocks.extend(tables_and_pictures(reader, folders, &fields));
            }
        }
        Value::Null => {}
        Value::Bool(..) | Value::List(_) => {
            reader.wrong_type(path, item, "文字、“表格: …”或“图片: …”");
        }
    }
}

/// 表格 and 图片 of a mapping, in this order.
fn tables_and_pictures(
    reader: &mut Reader,
    folders: &Folders,
    fields: &Fields,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(node) = fields.get("表格") {
        blocks.extend(
            read_table::table(reader, folders, &fields.path("表格"), node)
                .map(Block::Table),
        );
    }
    if let Some(node) = fields.get("图片") {
        blocks.extend(
            read_files::picture(reader, folders, &fields.path("图片"), node)
                .map(Block::Picture),
        );
    }
    blocks
}

/// What is issued: text first, then table and picture.
fn content(reader: &mut Reader, folders: &Folders, fields: &Fields) -> Vec<Block> {
    let mut blocks = match fields.get("正文") {
        Some(node) => self::blocks(reader, folders, &fields.path("正文"), node),
        None => Vec::new(),
    };
    blocks.extend(tables_and_pictures(reader, folders, fields));
    heading::mark(&mut blocks);
    chapter::mark(&mut blocks);
    blocks
}

/// 印发件: one, or a list.
pub fn enclosures(
    reader: &mut Reader,
    folders: &Folders,
    fields: &Fields,
) -> Vec<Enclosure> {
    let Some(node) = fields.get("印发件") else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut enclosures = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let Some(fields) = reader.fields(&format!("印发件[{i}]"), item, keys::ENCLOSURE)
        else {
            continue;
        };
        let enclosure = Enclosure {
            title: reader.title(&fields, "标题"),
            body: content(reader, folders, &fields),
        };
        if enclosure.title.is_empty() && fields.get("标题").is_none_or(Node::is_blank) {
            reader.error(
                "Y210",
                item.span,
                "印发件缺少“标题”".into(),
                "加上一行“标题: ……”",
            );
        }
        enclosures.push(enclosure);
    }
    enclosures
}

/// 附件: a list of mappings or mere names; a single one may stand alone.
pub fn attachments(
    reader: &mut Reader,
    folders: &Folders,
    fields: &Fields,
) -> Vec<Attachment> {
    let Some(node) = fields.get("附件") else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        Value::Text(_) | Value::Map(_) => std::slice::from_ref(node),
        _ => {
            reader.wrong_type("附件", node, "列表，每项一个附件");
            return Vec::new();
        }
    };
    let mut attachments = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let path = format!("附件[{i}]");
        match &item.value {
            Value::Map(_) => {
                attachments.extend(
                    reader
                        .fields(&path, item, keys::ATTACHMENT)
                        .map(|fields| attachment(reader, folders, item, &fields)),
                );
            }
            Value::Null => {}
            _ => {
                let name = reader.scalar(&path, item).map(|it| named(&it));
                if name.as_deref() == Some("") {
                    nameless(reader, item);
                }
                let of = |name| Attachment { name, ..Attachment::default() };
                attachments.extend(name.map(of));
            }
        }
    }
    attachments
}

/// 7.3.4: no mark stands behind the name of an attachment.
fn named(name: &str) -> String {
    name.trim_end().trim_end_matches(['。', '；', '，', '、', ';', ',']).to_owned()
}

/// Whether a name is none, or marks alone.
fn is_nameless(node: &Node) -> bool {
    node.is_blank() || node.value.as_text().is_some_and(|it| named(it).is_empty())
}

fn nameless(reader: &mut Reader, item: &Node) {
    let hint = "加上一行“名称: ……”，名称后不加标点";
    reader.error("Y211", item.span, "附件缺少“名称”".into(), hint);
}

fn attachment(
    reader: &mut Reader,
    folders: &Folders,
    item: &Node,
    fields: &Fields,
) -> Attachment {
    let name = reader.one_line(fields, "名称").as_deref().map(named).unwrap_or_default();
    if name.is_empty() && fields.get("名称").is_none_or(is_nameless) {
        nameless(reader, item);
    }
    Attachment {
        name,
        body: content(reader, folders, fields),
        landscape: reader.flag(fields, "横排").unwrap_or(false),
        detached: reader.flag(fields, "另附").unwrap_or(false),
    }
}

/// On one level headings are either typed or marked with `#`.
fn one_style_a_level(reader: &mut Reader, path: &str, node: &Node, blocks: &[Block]) {
    for level in 1..=4 {
        let heads = blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) if paragraph.level == level => Some(paragraph),
            _ => None,
        });
        let (marked, typed): (Vec<&Paragraph>, Vec<_>) = heads.partition(|p| p.marked);
        let (Some(_), Some(first)) = (marked.first(), typed.first()) else { continue };
        let all = [&first.head[..], &first.text[..]].concat();
        let text = plain(&all);
        let start: String = text.chars().take(8).collect();
        let source = reader.places.source();
        let span = source.find(node.span, &start).unwrap_or(node.span);
        let sign = "#".repeat(usize::from(level));
        let message =
            format!("“{path}”第 {level} 层有的手写序号，有的用 {sign} 自动编号");
        reader.error("Y212", span, message, "同一层只用一种写法，否则序号会重复");
    }
}
