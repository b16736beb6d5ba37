//! What a template is handed: the notice in the words of the layout library, all texts ready
//! to be printed.

mod body;
mod closing;
mod header;
mod imprint;

use serde::Serialize;

use super::adjustment::{Adjustment, Kept};
use super::soft::{MARK, soften};
use crate::notice::body::Block;
use crate::notice::date::Date;
use crate::notice::picture::Image;
use crate::notice::{Attachment, Enclosure, Notice};
use crate::page::CHARS;
use crate::title;
use body::{Item, items, parted};
use closing::{Closing, closing};
use header::{Header, header, number};
use imprint::{Imprint, imprint};

/// Everything a template may use.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct View {
    meta: Meta,
    watermark: Option<String>,
    header: Header,
    title: Vec<String>,
    recipients: Option<String>,
    body: Vec<Item>,
    closing: Option<Closing>,
    enclosures: Vec<Part>,
    attachments: Vec<Part>,
    imprint: Imprint,
}

/// Metadata of the PDF.
#[derive(Debug, Serialize)]
struct Meta {
    title: String,
    author: String,
    keywords: Vec<String>,
    description: String,
    date: Option<Day>,
}

#[derive(Debug, Serialize)]
struct Day {
    year: i32,
    month: u32,
    day: u32,
}

#[derive(Debug, Serialize)]
struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    title: Vec<String>,
    items: Vec<Item>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    landscape: bool,
}

/// The view of a notice as it is adjusted, and the images its `file` entries name in order. As
/// many characters at the end of the body as are kept are handed over apart.
pub fn view(
    notice: &Notice,
    watermark: Option<&str>,
    adjustment: Adjustment,
) -> (View, Vec<Image>) {
    let mut images = Vec::new();
    let chars = CHARS as f64 / adjustment.char;
    let mut body = items(&notice.body, chars, false, &mut images);
    let kept = adjustment.kept.map(Kept::characters);
    if let (Some(kept), Some(Block::Paragraph(last))) = (kept, notice.body.last()) {
        let ending = body.len() - 1;
        body[ending] = parted(last, kept, chars);
    }
    let names: Vec<String> =
        notice.issuers.iter().chain(&notice.signature).cloned().collect();
    let title_lines = |title: &str, turned: bool| -> Vec<String> {
        let line = if turned { title::TURNED_LINE } else { title::LINE };
        title::lines_within(title, &names, line).iter().map(|line| soften(line)).collect()
    };
    let number = number(notice);
    let view = View {
        meta: meta(notice, &number),
        watermark: watermark.map(str::to_owned),
        header: header(notice, number),
        title: title_lines(&notice.title, false),
        recipients: notice.recipients.as_ref().map(|names| soften(&format!("{names}："))),
        body,
        closing: closing(notice, chars, &mut images),
        enclosures: notice
            .enclosures
            .iter()
            .map(|it| enclosure(it, chars, &title_lines, &mut images))
            .collect(),
        attachments: attachments(notice, chars, &title_lines, &mut images),
        imprint: imprint(notice),
    };
    (view, images)
}

fn meta(notice: &Notice, number: &str) -> Meta {
    let draft = notice.is_draft();
    let mut keywords = vec![number.to_owned()];
    keywords.extend(draft.then(|| "草稿".to_owned()));
    Meta {
        title: notice.title.replace('\n', ""),
        author: notice.issuers.join("，"),
        keywords,
        description: if draft { format!("草稿 {number}") } else { number.to_owned() },
        date: notice.date.map(|date| {
            let (year, month, day) = date.parts();
            Day { year, month, day }
        }),
    }
}

/// The ways to set a name, each an array of lines, for the layout library to choose from.
fn settings(name: &str) -> Vec<Vec<String>> {
    let softened = soften(name);
    if softened.contains(MARK) { vec![vec![softened]] } else { title::settings(name) }
}

fn day(date: Option<Date>, notice: &Notice) -> String {
    let blank = "\u{3000}";
    match (date, &notice.number) {
        (Some(date), _) => date.to_string(),
        (None, Some(number)) => format!("{}年{blank}月{blank}日", number.year),
        (None, None) => format!("{blank}{blank}年{blank}月{blank}日"),
    }
}

fn enclosure(
    it: &Enclosure,
    chars: f64,
    title: &impl Fn(&str, bool) -> Vec<String>,
    images: &mut Vec<Image>,
) -> Part {
    Part {
        label: None,
        title: title(&it.title, false),
        items: items(&it.body, chars, false, images),
        landscape: false,
    }
}

/// 附件 that have pages here, and which of all they are.
fn printed(all: &[Attachment]) -> impl Iterator<Item = (usize, &Attachment)> {
    all.iter().enumerate().filter(|(_, it)| !it.body.is_empty())
}

/// 附件 that have pages here.
fn attachments(
    notice: &Notice,
    chars: f64,
    title: &impl Fn(&str, bool) -> Vec<String>,
    images: &mut Vec<Image>,
) -> Vec<Part> {
    printed(&notice.attachments)
        .map(|(i, it)| Part {
            label: Some(notice.attachment_label(i)),
            title: title(&it.name, it.landscape),
            items: items(&it.body, chars, it.landscape, images),
            landscape: it.landscape,
        })
        .collect()
}

/// The name under which an image is handed to the page; the same image is handed over once.
fn file(image: &Image, images: &mut Vec<Image>) -> String {
    let known = images.iter().position(|other| other.bytes == image.bytes);
    let at = known.unwrap_or_else(|| {
        images.push(image.clone());
        images.len() - 1
    });
    name(at, &images[at])
}

/// The name of the image at a position.
pub fn name(at: usize, image: &Image) -> String {
    format!("/images/{at}.{}", image.kind.extension())
}
