//! What closes the text (7.3.4–7.3.6, 10.3).

use serde::Serialize;

use super::super::glue::glued_name;
use super::super::soft::{MARK, soften};
use super::{day, file};
use crate::notice::picture::{Image, Seal};
use crate::notice::{Format, Notice, Stamp};
use crate::title::{inside_names, words};

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
        names: notice.signature.iter().map(|name| halved(name)).collect(),
        date: day(notice.date, notice),
        seals: notice.seals.iter().map(|it| seal(it, images)).collect(),
        stamps: notice.stamps.iter().map(|it| stamp(it, images)).collect(),
        note: notice.note.as_ref().map(|note| soften(&format!("（{note}）"))),
    })
}

/// Names of this many characters or fewer are never parted by words.
const SHORT: usize = 7;

/// A name with one place to break, between whole words nearest to its middle.
fn halved(name: &str) -> String {
    let (count, softened) = (name.chars().count(), soften(name));
    if count <= SHORT || softened.contains(MARK) {
        return softened;
    }
    let mut ends = Vec::new();
    words(name).iter().fold((0, 0), |(at, taken), word| {
        let (at, taken) = (at + word.len(), taken + word.chars().count());
        ends.push((at, (2 * taken).abs_diff(count)));
        (at, taken)
    });
    // No line begins with the end of a quotation or ends with its beginning.
    let quoted = |at: usize| {
        name[at..].starts_with(['”', '’', '》', '）', '】', '、'])
            || name[..at].ends_with(['“', '‘', '《', '（', '【'])
    };
    let whole = inside_names(name);
    let inner = ends
        .into_iter()
        .filter(|(at, _)| *at < name.len() && !quoted(*at) && !whole.contains(at));
    match inner.min_by_key(|(_, uneven)| *uneven) {
        Some((at, uneven)) if uneven * 3 <= count => {
            format!("{}{MARK}{}", &name[..at], &name[at..])
        }
        _ => softened,
    }
}

/// 10.3: the lists that are there, in the order of the standard.
fn attendance(notice: &Notice) -> Vec<List> {
    let lists = &notice.attendance;
    let all =
        [("出席", &lists.present), ("请假", &lists.absent), ("列席", &lists.attending)];
    all.into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(label, names)| List { label, names: listed(names) })
        .collect()
}

/// Names one behind the other, no person's parted.
fn listed(names: &[String]) -> String {
    let glued = |name: &String| glued_name(&soften(name));
    names.iter().map(glued).collect::<Vec<_>>().join("、")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_parted_between_words() {
        for (name, parted) in [
            ("枫泾市国有资产监督管理委员会", "枫泾市国有资产|监督管理委员会"),
            ("共青团枫泾市委员会", "共青团|枫泾市委员会"),
            ("枫泾市总工会", "枫泾市总工会"),
            (
                "中国共产主义青年团枫泾市委员会青年志愿者行动指导中心",
                "中国共产主义青年团枫泾市委员会|青年志愿者行动指导中心",
            ),
            (
                "枫泾市推进政府职能转变和“放管服”改革协调小组办公室",
                "枫泾市推进政府职能转变和|“放管服”改革协调小组办公室",
            ),
        ] {
            assert_eq!(halved(name).replace(MARK, "|"), parted);
        }
    }
}
