//! From a YAML text to a [`Notice`]: every key read and modelled, every problem noted.

use super::date::{Date, DateError};
use super::files::Folders;
use super::keys::{self, FORMATS, KINDS};
use super::number::Number;
use super::office::Office;
use super::picture::Seal;
use super::reader::{Fields, Reader};
use super::source::{Source, Span};
use super::tree::{Node, Value};
use super::variables::{self, Evaluate, Params};
use super::{Attendance, Bulletin, Format, Notice, Places, Printing, Stamp};
use super::{read_body, read_files, signs, tree};
use crate::diag::Diagnostic;

/// What a file came to.
pub struct Reading {
    /// The notice, as far as it could be read; `None` where the file is no YAML mapping.
    pub notice: Option<Notice>,
    /// Where each field stands.
    pub places: Places,
    /// What was wrong, in no order.
    pub findings: Vec<Diagnostic>,
}

/// What a notice is read with.
pub struct Setting<'a> {
    /// The folders its files may come from.
    pub folders: &'a Folders,
    /// Parameters of the command line, which win over the notice's own.
    pub params: &'a Params,
    /// The bodies of the workspace.
    pub offices: &'a [Office],
    /// Evaluates variables.
    pub expressions: &'a dyn Evaluate,
}

/// Reads a notice. Never fails: what is wrong is among the findings.
pub fn read(source: &Source, setting: &Setting) -> Reading {
    let mut reader = Reader::new(source.clone());
    let notice = match tree::read(source) {
        Ok(Some(node)) if matches!(node.value, Value::Map(_)) => {
            Some(read_node(&mut reader, node, setting))
        }
        Ok(None | Some(Node { value: Value::Null, .. })) => {
            reader.findings.push(empty(source));
            None
        }
        Ok(Some(_)) => {
            reader.findings.push(super::syntax::no_keys(source));
            None
        }
        Err(finding) => {
            reader.findings.push(finding);
            None
        }
    };
    Reading { notice, places: reader.places, findings: reader.findings }
}

fn empty(source: &Source) -> Diagnostic {
    Diagnostic::error("Y111", "文件里没有内容")
        .at(source.line_place(1))
        .hint("先用 `hongtou new 通知` 生成样本，再照着填")
}

fn read_node(reader: &mut Reader, mut node: Node, setting: &Setting) -> Notice {
    signs::clean_all(reader, &mut node);
    let params =
        variables::parameters(reader, &node, setting.expressions, setting.params);
    variables::fill(reader, &mut node, setting.expressions, &params);
    signs::refuse_heaps(reader, &node);
    match reader.fields("", &node, keys::NOTICE) {
        Some(fields) => read_fields(reader, &fields, setting),
        None => Notice::default(),
    }
}

fn read_fields(reader: &mut Reader, fields: &Fields, setting: &Setting) -> Notice {
    let folders = setting.folders;
    let title = reader.title(fields, "标题");
    let kind = reader.choice(fields, "文种", KINDS).or_else(|| kind_of(&title));
    let issuers = reader.texts(fields, "发文机关");
    let office_of = |name: &String| setting.offices.iter().find(|it| it.name == *name);
    let offices: Vec<Option<&Office>> = issuers.iter().map(office_of).collect();
    let office = offices.first().copied().flatten();
    let body = match fields.get("正文") {
        Some(node) => read_body::read(reader, folders, "正文", node),
        None => Vec::new(),
    };
    let format = format(reader, fields, kind);
    let notice = Notice {
        format,
        kind,
        masthead: reader.texts(fields, "发文机关标志"),
        number: number(reader, fields, format),
        copy_number: reader.one_line(fields, "份号"),
        secrecy: reader.one_line(fields, "密级"),
        urgency: reader.one_line(fields, "紧急程度"),
        signers: reader.texts(fields, "签发人"),
        title,
        recipients: joined(reader, fields, "主送", "、")
            .map(|text| trim_end(&text, &['：', ':'])),
        body,
        enclosures: read_body::enclosures(reader, folders, fields),
        attachments: read_body::attachments(reader, folders, fields),
        signature: match reader.texts(fields, "署名") {
            names if !names.is_empty() => names,
            // 10.3: minutes are not signed; neither are bulletins.
            _ if matches!(format, Format::Minutes | Format::Bulletin) => Vec::new(),
            _ => issuers.clone(),
        },
        date: date(reader, fields, "成文日期"),
        seals: seals(reader, folders, fields, &offices),
        stamps: stamps(reader, folders, fields),
        note: reader.one_line(fields, "附注").map(|note| unbracket(&note)),
        copies: copies(reader, fields, office),
        printing: printing(reader, fields, office),
        attendance: Attendance {
            present: reader.texts(fields, "出席"),
            absent: reader.texts(fields, "请假"),
            attending: reader.texts(fields, "列席"),
        },
        bulletin: Bulletin {
            issue: reader.one_line(fields, "期号"),
            editor: reader.one_line(fields, "编印"),
            preface: reader.text(fields, "按语"),
            sent_to: reader.texts(fields, "报送"),
        },
        duplex: reader.flag(fields, "双面").unwrap_or(true),
        issuers,
    };
    required(reader, fields, &notice);
    notice
}

/// 标题, 发文机关 and 正文 must be there. A key with a value of the wrong type has been
/// reported already.
fn required(reader: &mut Reader, fields: &Fields, notice: &Notice) {
    let missing = [
        ("标题", notice.title.is_empty(), "标题: 关于……的通知"),
        ("发文机关", notice.issuers.is_empty(), "发文机关: 机关全称"),
        ("正文", notice.body.is_empty(), "正文: |（换行后缩进两格写内容）"),
    ];
    for (name, absent, example) in missing {
        if absent && fields.get(name).is_none_or(Node::is_blank) {
            let start = Span { line: 1, column: 1, end_line: 1, end_column: 1 };
            let span = if fields.has(name) { reader.places.span(name) } else { None };
            let hint = format!("加上一行“{example}”");
            reader.error("Y207", span.unwrap_or(start), format!("缺少“{name}”"), &hint);
        }
    }
}

/// A text as it is, or the items of a list joined.
fn joined(
    reader: &mut Reader,
    fields: &Fields,
    name: &str,
    mark: &str,
) -> Option<String> {
    let texts = reader.texts(fields, name);
    let text: String = texts.join(mark).lines().map(str::trim).collect();
    (!text.is_empty()).then_some(text)
}

fn trim_end(text: &str, marks: &[char]) -> String {
    text.trim_end().trim_end_matches(marks).to_owned()
}

/// 附注 may come with its brackets.
fn unbracket(note: &str) -> String {
    let inner =
        note.strip_prefix(['（', '(']).and_then(|note| note.strip_suffix(['）', ')']));
    inner
        .filter(|inner| !inner.contains(['（', '(', '）', ')']))
        .unwrap_or(note)
        .to_owned()
}

/// 文种: the kind a title ends with.
fn kind_of(title: &str) -> Option<&'static str> {
    let title: String = title.lines().collect();
    // 令 may carry its number: ××令（第3号）.
    let order = title.split_once("（第").filter(|(_, rest)| rest.ends_with("号）"));
    let order = order.is_some_and(|(name, _)| name.ends_with('令'));
    let title = title.trim_end_matches("（令）").trim_end_matches(['》', '）', ')']);
    if order || title.ends_with('令') {
        return Some("命令");
    }
    KINDS
        .iter()
        .copied()
        .filter(|kind| title.ends_with(kind))
        .max_by_key(|kind| kind.len())
}

fn format(reader: &mut Reader, fields: &Fields, kind: Option<&str>) -> Format {
    match reader.choice(fields, "格式", FORMATS) {
        Some("信函") => Format::Letter,
        Some("命令") => Format::Order,
        Some("纪要") => Format::Minutes,
        Some("简报") => Format::Bulletin,
        Some(_) => Format::Document,
        None => match kind {
            Some("命令") => Format::Order,
            Some("纪要") => Format::Minutes,
            _ => Format::Document,
        },
    }
}

fn number(reader: &mut Reader, fields: &Fields, format: Format) -> Option<Number> {
    let text = reader.one_line(fields, "发文字号")?;
    let parsed = match format {
        Format::Order => Number::of_order(&text),
        _ => text.parse::<Number>(),
    };
    match parsed {
        Ok(number) => Some(number),
        Err(error) => {
            let span = fields.get("发文字号").map_or(fields.span(), |node| node.span);
            reader.error(
                "Y208",
                span,
                format!("发文字号“{text}”不规范：{}", error.reason),
                &error.hint(),
            );
            None
        }
    }
}

fn date(reader: &mut Reader, fields: &Fields, name: &str) -> Option<Date> {
    let text = reader.text(fields, name)?;
    let error = match text.parse::<Date>() {
        Ok(date) => return Some(date),
        Err(error) => error,
    };
    let span = fields.get(name).map_or(fields.span(), |node| node.span);
    let message = match error {
        DateError::Missing => format!("日期“{text}”不存在"),
        DateError::Form => format!("日期“{text}”看不懂"),
    };
    reader.error("Y209", span, message, "写成 2026-03-05 或 2026年3月5日");
    None
}

/// 印章: one path or mapping for one body, or a list in the order of the names. A key with
/// nothing behind it means no seal, whatever the workspace says; without the key the
/// workspace's seals are used if it has one for each body.
fn seals(
    reader: &mut Reader,
    folders: &Folders,
    fields: &Fields,
    offices: &[Option<&Office>],
) -> Vec<Seal> {
    let Some(node) = fields.get("印章") else {
        if fields.has("印章") {
            return Vec::new();
        }
        let own = offices.iter().map(|office| office.and_then(|it| it.seal.clone()));
        return own.collect::<Option<Vec<Seal>>>().unwrap_or_default();
    };
    match &node.value {
        Value::List(items) => {
            let items = items.iter().enumerate();
            items
                .filter_map(|(i, item)| {
                    read_files::seal(reader, folders, &format!("印章[{i}]"), item)
                })
                .collect()
        }
        _ => read_files::seal(reader, folders, "印章", node).into_iter().collect(),
    }
}

fn stamps(reader: &mut Reader, folders: &Folders, fields: &Fields) -> Vec<Stamp> {
    let Some(node) = fields.get("签名章") else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut stamps = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let path = format!("签名章[{i}]");
        if let Some(fields) = reader.fields(&path, item, keys::STAMP) {
            stamps.push(Stamp {
                post: reader.one_line(&fields, "职务"),
                image: read_files::image_field(reader, folders, &fields, "图片"),
                name: reader.one_line(&fields, "姓名"),
            });
        }
    }
    stamps
}

fn copies(
    reader: &mut Reader,
    fields: &Fields,
    office: Option<&Office>,
) -> Option<String> {
    if !fields.has("抄送") {
        return office.and_then(|office| office.copies.clone());
    }
    let text = sentences(&reader.texts(fields, "抄送").join("，"));
    Some(trim_end(&text, &['。', '.'])).filter(|text| !text.is_empty())
}

/// A text whose line ends mean nothing but behind a mark that ends a sentence.
fn sentences(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        if kept.ends_with(['。', '；']) {
            kept.push('\n');
        }
        kept.push_str(line);
    }
    kept
}

fn printing(
    reader: &mut Reader,
    fields: &Fields,
    office: Option<&Office>,
) -> Option<Printing> {
    let default = office.and_then(|office| office.printing_office.clone());
    let Some(node) = fields.get("印发") else {
        let office = default.filter(|_| !fields.has("印发"))?;
        return Some(Printing { office: Some(office), ..Printing::default() });
    };
    let fields = reader.fields("印发", node, keys::PRINTING)?;
    Some(Printing {
        office: reader.one_line(&fields, "机关").or(default),
        date: date(reader, &fields, "日期"),
        count: count(reader, &fields),
    })
}

/// 份数: a whole number.
fn count(reader: &mut Reader, fields: &Fields) -> Option<u32> {
    let node = fields.get("份数")?;
    let count = node
        .value
        .as_text()
        .and_then(|text| text.trim().parse().ok())
        .filter(|count| *count > 0);
    if count.is_none() {
        reader.wrong_type("印发.份数", node, "大于零的整数");
    }
    count
}
