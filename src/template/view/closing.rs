//! What closes the text (7.3.4–7.3.6, 10.3).

use serde::Serialize;

use super::super::soft::soften;
use super::{day, file};
use crate::notice::picture::{Image, Seal};
use crate::notice::{Format, Notice, Stamp};

/// 附件说明, lists, signature, date and note.
#[derive(Debug, Serialize)]
pub(super) struct Closing {
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
pub(super) struct List {
    label: &'static str,
    names: String,
}

#[derive(Debug, Serialize)]
pub(super) struct StampView {
    post: String,
    file: Option<String>,
    name: String,
}

#[derive(Debug, Serialize)]
pub(super) struct SealView {
    file: String,
    diameter: Option<f64>,
}

/// What closes the text; a bulletin, dated in its head, often ends with its text.
pub(super) fn closing(notice: &Notice, images: &mut Vec<Image>) -> Option<Closing> {
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
