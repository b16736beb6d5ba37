//! What a template is handed: the notice in the words of the layout library, all texts ready
//! to be printed.

use serde::Serialize;

use super::columns::Shape;
use super::mark;
use super::soft::{self, soften};
use crate::notice::body::{Block, Paragraph, Run, plain};
use crate::notice::date::Date;
use crate::notice::picture::{Image, Picture, Seal};
use crate::notice::table::{Align, Merge, Table};
use crate::notice::{Attachment, Enclosure, Format, Notice, Printing, Stamp};
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
#[serde(rename_all = "kebab-case")]
struct Header {
    copy_number: Option<String>,
    secrecy: Option<String>,
    urgency: Option<String>,
    mark: mark::Mark,
    number: String,
    signers: Vec<String>,
    issue: Option<String>,
    editor: Option<String>,
    date: String,
    preface: Vec<String>,
    least: usize,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Item {
    Paragraph {
        level: u8,
        head: Option<Runs>,
        text: Option<Runs>,
        kept: Option<Runs>,
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
    Pictures {
        items: Vec<PictureView>,
    },
}

#[derive(Debug, Serialize)]
struct PictureView {
    file: String,
    caption: Option<String>,
    width: Option<f64>,
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
    attendance: Vec<List>,
    names: Vec<String>,
    date: String,
    seals: Vec<SealView>,
    stamps: Vec<StampView>,
    note: Option<String>,
}

/// 出席, 请假 or 列席.
#[derive(Debug, Serialize)]
struct List {
    label: &'static str,
    names: String,
}

#[derive(Debug, Serialize)]
struct StampView {
    post: String,
    file: Option<String>,
    name: String,
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
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    landscape: bool,
}

#[derive(Debug, Serialize)]
struct Imprint {
    lists: Vec<Names>,
    printing: Option<PrintingView>,
    duplex: bool,
    ruled: bool,
    turned: bool,
}

/// Bodies under a label; `moved` ones are in the imprint only if the first page lacks room.
#[derive(Debug, Serialize)]
struct Names {
    label: &'static str,
    names: String,
    moved: bool,
}

#[derive(Debug, Serialize)]
struct PrintingView {
    office: String,
    date: String,
}

/// The view of a notice, and the images its `file` entries name in order. As many characters
/// at the end of the body as are `kept` are handed over apart.
pub fn view(
    notice: &Notice,
    watermark: Option<&str>,
    kept: Option<usize>,
) -> (View, Vec<Image>) {
    let mut images = Vec::new();
    let mut body = items(&notice.body, &mut images);
    if let (Some(kept), Some(Block::Paragraph(last))) = (kept, notice.body.last()) {
        let ending = body.len() - 1;
        body[ending] = parted(last, kept);
    }
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
        body,
        closing: closing(notice, &mut images),
        enclosures: notice
            .enclosures
            .iter()
            .map(|it| enclosure(it, &title_lines, &mut images))
            .collect(),
        attachments: attachments(notice, &title_lines, &mut images),
        imprint: imprint(notice),
    };
    (view, images)
}

/// The number line; a draft's has room where the serial number goes.
fn number(notice: &Notice) -> String {
    let blank = "\u{3000}";
    if notice.format == Format::Order {
        let serial = notice.number.as_ref().and_then(|number| number.serial);
        return format!("第{}号", serial.map_or(blank.into(), |it| it.to_string()));
    }
    match (&notice.number, notice.date) {
        (Some(number), _) => number.to_string(),
        (None, Some(date)) => format!("〔{}〕{blank}号", date.parts().0),
        (None, None) => format!("〔{blank}{blank}〕{blank}号"),
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
    Header {
        copy_number: notice.copy_number.clone(),
        secrecy: notice.secrecy.clone(),
        urgency: notice.urgency.clone(),
        mark: mark::mark(notice),
        number,
        signers: notice.signers.iter().map(|name| soften(name)).collect(),
        issue: notice.bulletin.issue.as_deref().map(issue),
        editor: notice.bulletin.editor.as_deref().map(soften),
        date: day(notice.date, notice),
        preface: notice
            .bulletin
            .preface
            .iter()
            .flat_map(|text| text.lines())
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(soften)
            .collect(),
        least: least(&notice.body),
    }
}

/// How many lines of the body cannot be parted at its start: headings of their own, at 26
/// characters a line, and a line of what follows.
fn least(body: &[Block]) -> usize {
    let heading = |block: &Block| match block {
        Block::Paragraph(it) if it.heading => {
            Some(plain(&it.head).chars().count().div_ceil(26))
        }
        _ => None,
    };
    body.iter().map_while(heading).sum::<usize>() + 1
}

/// 期号: a bare number is written out.
fn issue(text: &str) -> String {
    let bare = text.bytes().all(|b| b.is_ascii_digit());
    if bare { format!("第{text}期") } else { soften(text) }
}

fn day(date: Option<Date>, notice: &Notice) -> String {
    let blank = "\u{3000}";
    match (date, &notice.number) {
        (Some(date), _) => date.to_string(),
        (None, Some(number)) => format!("{}年{blank}月{blank}日", number.year),
        (None, None) => format!("{blank}{blank}年{blank}月{blank}日"),
    }
}

/// What closes the text; a bulletin, dated in its head, often ends with its text.
fn closing(notice: &Notice, images: &mut Vec<Image>) -> Option<Closing> {
    let nothing = notice.signature.is_empty()
        && notice.stamps.is_empty()
        && notice.attachments.is_empty()
        && notice.note.is_none();
    if notice.format == Format::Bulletin && nothing {
        return None;
    }
    Some(Closing {
        attachments: notice.attachments.iter().map(|it| soften(&it.name)).collect(),
        attendance: attendance(notice),
        names: notice.signature.iter().map(|name| soften(name)).collect(),
        date: day(notice.date, notice),
        seals: notice.seals.iter().map(|it| seal(it, images)).collect(),
        stamps: notice.stamps.iter().map(|it| stamp(it, images)).collect(),
        note: notice.note.as_ref().map(|note| soften(&format!("（{note}）"))),
    })
}

/// 10.3: the lists that are there, in the order of the standard.
fn attendance(notice: &Notice) -> Vec<List> {
    let lists = &notice.attendance;
    let all =
        [("出席", &lists.present), ("请假", &lists.absent), ("列席", &lists.attending)];
    all.into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(label, names)| List { label, names: soften(&names.join("、")) })
        .collect()
}

fn seal(it: &Seal, images: &mut Vec<Image>) -> SealView {
    SealView { file: file(&it.image, images), diameter: it.diameter }
}

fn stamp(it: &Stamp, images: &mut Vec<Image>) -> StampView {
    StampView {
        post: soften(it.post.as_deref().unwrap_or_default()),
        file: it.image.as_ref().map(|image| file(image, images)),
        name: soften(it.name.as_deref().unwrap_or_default()),
    }
}

fn enclosure(
    it: &Enclosure,
    title: &impl Fn(&str) -> Vec<String>,
    images: &mut Vec<Image>,
) -> Part {
    Part {
        label: None,
        title: title(&it.title),
        items: items(&it.body, images),
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
    title: &impl Fn(&str) -> Vec<String>,
    images: &mut Vec<Image>,
) -> Vec<Part> {
    printed(&notice.attachments)
        .map(|(i, it)| Part {
            label: Some(notice.attachment_label(i)),
            title: title(&it.name),
            items: items(&it.body, images),
            landscape: it.landscape,
        })
        .collect()
}

fn imprint(notice: &Notice) -> Imprint {
    let names = |label, names: Option<&str>, moved| {
        names.map(|names| Names { label, names: soften(&format!("{names}。")), moved })
    };
    let sent_to = notice.bulletin.sent_to.join("，");
    let bulletin = notice.format == Format::Bulletin;
    let lists = if bulletin {
        let recipients = notice.recipients.as_deref().or(notice.copies.as_deref());
        let sent_to = Some(sent_to.as_str()).filter(|names| !names.is_empty());
        [names("报送", sent_to, false), names("发送", recipients, false)]
    } else {
        [
            names("主送", notice.recipients.as_deref(), true),
            names("抄送", notice.copies.as_deref(), false),
        ]
    };
    Imprint {
        lists: lists.into_iter().flatten().collect(),
        printing: notice.printing.as_ref().map(|it| printing(it, notice)),
        duplex: notice.duplex,
        // 10.1
        ruled: notice.format != Format::Letter,
        turned: printed(&notice.attachments).last().is_some_and(|(_, it)| it.landscape),
    }
}

fn printing(it: &Printing, notice: &Notice) -> PrintingView {
    let office = it.office.as_ref().or(notice.issuers.first());
    let date = format!("{}印发", day(it.date.or(notice.date), notice));
    PrintingView {
        office: soften(office.map_or("", String::as_str)),
        // A bulletin says how many there are of it.
        date: match it.count.filter(|_| notice.format == Format::Bulletin) {
            Some(count) => format!("共印{count}份"),
            None => date,
        },
    }
}

/// Two pictures of this width or less, in characters, that follow each other share a row.
const HALF: f64 = 13.5;

fn items(blocks: &[Block], images: &mut Vec<Image>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match (block, items.last_mut()) {
            (Block::Picture(it), Some(Item::Pictures { items }))
                if items.len() == 1
                    && it.width.is_some_and(is_half)
                    && items[0].width.is_some_and(is_half) =>
            {
                items.push(picture(it, images));
            }
            (Block::Picture(it), _) => {
                items.push(Item::Pictures { items: vec![picture(it, images)] });
            }
            (Block::Paragraph(it), _) => items.push(paragraph(it)),
            (Block::Table(it), _) => items.push(table(it)),
        }
    }
    items
}

fn is_half(width: f64) -> bool {
    width <= HALF
}

fn picture(it: &Picture, images: &mut Vec<Image>) -> PictureView {
    PictureView {
        file: file(&it.image, images),
        caption: it.caption.as_ref().map(|caption| soften(caption)),
        width: it.width,
    }
}

fn paragraph(it: &Paragraph) -> Item {
    Item::Paragraph {
        level: it.level,
        head: runs(&it.head),
        text: runs(&it.text),
        kept: None,
        heading: it.heading,
    }
}

/// A paragraph whose last `kept` characters, white space not counted, are apart.
fn parted(it: &Paragraph, kept: usize) -> Item {
    let (mut front, mut back) = (it.text.clone(), Vec::new());
    let mut left = kept;
    while let Some(run) = front.pop() {
        let visible = run.text.char_indices().rev().filter(|(_, c)| !c.is_whitespace());
        match visible.skip(left.saturating_sub(1)).map(|(at, _)| at).next() {
            Some(at) if left > 0 => {
                let (text, rest) = run.text.split_at(at);
                back.insert(0, Run { text: rest.to_owned(), bold: run.bold });
                front.push(Run { text: text.to_owned(), bold: run.bold });
                break;
            }
            Some(_) => {
                front.push(run);
                break;
            }
            None => {
                left -= run.text.chars().filter(|c| !c.is_whitespace()).count();
                back.insert(0, run);
            }
        }
    }
    Item::Paragraph {
        level: it.level,
        head: runs(&it.head),
        text: runs(&front),
        kept: runs(&back),
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
