//! What a template is handed: the notice in the words of the layout library, all texts ready
//! to be printed.

use serde::Serialize;

use super::columns::Shape;
use super::soft::{self, soften};
use crate::notice::body::{Block, Paragraph, Run};
use crate::notice::date::Date;
use crate::notice::picture::Image;
use crate::notice::table::{Align, Merge, Table};
use crate::notice::{Attachment, Enclosure, Notice};
use crate::title;

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
    closing: Closing,
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
#[serde(rename_all = "kebab-case")]
struct Header {
    copy_number: Option<String>,
    secrecy: Option<String>,
    urgency: Option<String>,
    mark: String,
    number: String,
    signers: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Item {
    Paragraph {
        level: u8,
        head: Option<Runs>,
        text: Option<Runs>,
        heading: bool,
    },
    Table {
        columns: usize,
        head: Vec<Vec<Cell>>,
        rows: Vec<Vec<Cell>>,
        widths: Vec<f64>,
        demand: f64,
        short: bool,
        merged: bool,
        repeats: bool,
        aligns: Option<Vec<&'static str>>,
    },
    Picture {
        file: String,
        caption: Option<String>,
        width: Option<f64>,
    },
}

/// A cell's text; merged cells have their size, and nothing where they cover others.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Cell {
    Plain(String),
    Merged { text: String, rowspan: usize, colspan: usize, whole: bool },
    Covered(()),
}

/// A text, or texts of two weights.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Runs {
    Plain(String),
    Mixed(Vec<MixedRun>),
}

#[derive(Debug, Serialize)]
struct MixedRun {
    text: String,
    bold: bool,
}

#[derive(Debug, Serialize)]
struct Closing {
    attachments: Vec<String>,
    name: String,
    date: String,
    seal: Option<SealView>,
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct SealView {
    file: String,
    diameter: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    title: Vec<String>,
    items: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Imprint {
    recipients: Option<String>,
    copies: Option<String>,
    printing: Option<PrintingView>,
    duplex: bool,
}

#[derive(Debug, Serialize)]
struct PrintingView {
    office: String,
    date: String,
}

/// The view of a notice, and the images its `file` entries name in order.
pub fn view(notice: &Notice, watermark: Option<&str>) -> (View, Vec<Image>) {
    let mut images = Vec::new();
    let names: Vec<String> =
        notice.issuers.iter().chain(&notice.signature).cloned().collect();
    let title_lines = |title: &str| -> Vec<String> {
        title::lines(title, &names).iter().map(|line| soften(line)).collect()
    };
    let number = number(notice);
    let view = View {
        meta: meta(notice, &number),
        watermark: watermark.map(str::to_owned),
        header: header(notice, number),
        title: title_lines(&notice.title),
        recipients: notice.recipients.as_ref().map(|names| soften(&format!("{names}："))),
        body: items(&notice.body, &mut images),
        closing: closing(notice, &mut images),
        enclosures: notice
            .enclosures
            .iter()
            .map(|it| enclosure(it, &title_lines, &mut images))
            .collect(),
        attachments: attachments(&notice.attachments, &title_lines, &mut images),
        imprint: imprint(notice),
    };
    (view, images)
}

/// The number line; a draft's has room where the serial number goes.
fn number(notice: &Notice) -> String {
    match (&notice.number, notice.date) {
        (Some(number), _) => number.to_string(),
        (None, Some(date)) => format!("〔{}〕\u{3000}号", date.parts().0),
        (None, None) => "〔\u{3000}\u{3000}〕\u{3000}号".into(),
    }
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

fn header(notice: &Notice, number: String) -> Header {
    let mark = match notice.masthead.first() {
        Some(mark) => mark.clone(),
        None => format!("{}文件", notice.issuers.first().map_or("", String::as_str)),
    };
    Header {
        copy_number: notice.copy_number.clone(),
        secrecy: notice.secrecy.clone(),
        urgency: notice.urgency.clone(),
        mark,
        number,
        signers: notice.signers.clone(),
    }
}

fn day(date: Option<Date>, notice: &Notice) -> String {
    let blank = "\u{3000}";
    match (date, &notice.number) {
        (Some(date), _) => date.to_string(),
        (None, Some(number)) => format!("{}年{blank}月{blank}日", number.year),
        (None, None) => format!("{blank}{blank}年{blank}月{blank}日"),
    }
}

fn closing(notice: &Notice, images: &mut Vec<Image>) -> Closing {
    Closing {
        attachments: notice.attachments.iter().map(|it| soften(&it.name)).collect(),
        name: soften(&notice.signature.join("\n")),
        date: day(notice.date, notice),
        seal: notice.seals.first().map(|seal| SealView {
            file: file(&seal.image, images),
            diameter: seal.diameter,
        }),
        note: notice.note.as_ref().map(|note| soften(&format!("（{note}）"))),
    }
}

fn enclosure(
    it: &Enclosure,
    title: &impl Fn(&str) -> Vec<String>,
    images: &mut Vec<Image>,
) -> Part {
    Part { label: None, title: title(&it.title), items: items(&it.body, images) }
}

/// 附件 that have pages here; a single one has no number (7.3.7).
fn attachments(
    all: &[Attachment],
    title: &impl Fn(&str) -> Vec<String>,
    images: &mut Vec<Image>,
) -> Vec<Part> {
    let label = |i: usize| {
        if all.len() > 1 { format!("附件{}", i + 1) } else { "附件".into() }
    };
    let printed = all.iter().enumerate().filter(|(_, it)| !it.body.is_empty());
    printed
        .map(|(i, it)| Part {
            label: Some(label(i)),
            title: title(&it.name),
            items: items(&it.body, images),
        })
        .collect()
}

fn imprint(notice: &Notice) -> Imprint {
    let stopped = |names: &String| soften(&format!("{names}。"));
    Imprint {
        recipients: notice.recipients.as_ref().map(stopped),
        copies: notice.copies.as_ref().map(stopped),
        printing: notice.printing.as_ref().map(|printing| PrintingView {
            office: soften(
                printing
                    .office
                    .as_ref()
                    .or(notice.issuers.first())
                    .map_or("", String::as_str),
            ),
            date: format!("{}印发", day(printing.date.or(notice.date), notice)),
        }),
        duplex: notice.duplex,
    }
}

fn items(blocks: &[Block], images: &mut Vec<Image>) -> Vec<Item> {
    let item = |block: &Block| match block {
        Block::Paragraph(it) => paragraph(it),
        Block::Table(it) => table(it),
        Block::Picture(it) => Item::Picture {
            file: file(&it.image, images),
            caption: it.caption.as_ref().map(|caption| soften(caption)),
            width: it.width,
        },
    };
    blocks.iter().map(item).collect()
}

fn paragraph(it: &Paragraph) -> Item {
    Item::Paragraph {
        level: it.level,
        head: runs(&it.head),
        text: runs(&it.text),
        heading: it.heading,
    }
}

fn runs(runs: &[Run]) -> Option<Runs> {
    match runs {
        [] => None,
        [Run { text, bold: false }] => Some(Runs::Plain(soften(text))),
        _ => {
            let run = |run: &Run| MixedRun { text: soften(&run.text), bold: run.bold };
            Some(Runs::Mixed(runs.iter().map(run).collect()))
        }
    }
}

fn table(it: &Table) -> Item {
    let name = |align: &Align| match align {
        Align::Left => "左",
        Align::Center => "中",
        Align::Right => "右",
    };
    let shape = Shape::of(it);
    Item::Table {
        columns: it.columns(),
        head: cells(&it.head, &it.head_merges, &vec![true; it.head_merges.len()]),
        rows: cells(&it.rows, &it.merges, &shape.whole),
        merged: !(it.head_merges.is_empty() && it.merges.is_empty()),
        widths: shape.widths,
        demand: shape.demand,
        short: shape.short,
        repeats: shape.repeats,
        aligns: it.aligns.as_ref().map(|aligns| aligns.iter().map(name).collect()),
    }
}

fn cells(rows: &[Vec<String>], merges: &[Merge], whole: &[bool]) -> Vec<Vec<Cell>> {
    let plain = |text: &String| Cell::Plain(soft::soften_cell(text));
    let mut cells: Vec<Vec<Cell>> =
        rows.iter().map(|row| row.iter().map(plain).collect()).collect();
    for (merge, whole) in merges.iter().zip(whole) {
        for row in &mut cells[merge.row..merge.row + merge.rows] {
            let covered = &mut row[merge.column..merge.column + merge.columns];
            covered.iter_mut().for_each(|cell| *cell = Cell::Covered(()));
        }
        cells[merge.row][merge.column] = Cell::Merged {
            text: soft::soften_cell(&rows[merge.row][merge.column]),
            rowspan: merge.rows,
            colspan: merge.columns,
            whole: *whole,
        };
    }
    cells.iter_mut().for_each(|row| keep_open(row));
    cells
}

/// A row to be filled in by hand is as high as any other.
fn keep_open(row: &mut [Cell]) {
    let filled = |cell: &Cell| match cell {
        Cell::Plain(text) | Cell::Merged { text, rowspan: 1, .. } => !text.is_empty(),
        _ => false,
    };
    if !row.iter().any(filled) {
        let mut empty = row.iter_mut().filter(|it| matches!(it, Cell::Plain(_)));
        empty.by_ref().take(1).for_each(|it| *it = Cell::Plain("\u{a0}".into()));
    }
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
