//! What closes the text (7.3.4–7.3.6, 10.3).

use serde::Serialize;

use super::super::running::attached;
use super::super::soft::{MARK, soften};
use super::{day, file, settings};
use crate::notice::picture::{Image, Seal};
use crate::notice::{Format, Notice, Stamp};
use crate::title;

/// 附件说明, lists, signature, date and note.
#[derive(Debug, Serialize)]
pub(super) struct Closing {
    attachments: Vec<String>,
    attendance: Vec<List>,
    names: Vec<Vec<Vec<String>>>,
    date: String,
    seals: Vec<SealView>,
    stamps: Vec<StampView>,
    note: Option<String>,
}

/// 出席, 请假 or 列席.
#[derive(Debug, Serialize)]
pub(super) struct List {
    label: &'static str,
    names: Vec<String>,
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
pub(super) fn closing(
    notice: &Notice,
    chars: f64,
    images: &mut Vec<Image>,
) -> Option<Closing> {
    let nothing = notice.signature.is_empty()
        && notice.stamps.is_empty()
        && notice.attachments.is_empty()
        && notice.note.is_none();
    if notice.format == Format::Bulletin && nothing {
        return None;
    }
    // Behind 附件： two characters in (7.3.4), and behind the number where there are several.
    let number = if notice.attachments.len() > 1 { 0.75 } else { 0.0 };
    let room = chars - 5.0 - number;
    Some(Closing {
        attachments: notice
            .attachments
            .iter()
            .map(|it| attached(&it.name, room))
            .collect(),
        attendance: attendance(notice),
        names: notice.signature.iter().map(|name| settings(name)).collect(),
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
        .map(|(label, names)| List { label, names: listed(names) })
        .collect()
}

/// A line of a list's names, in characters, with a mark at its end.
const NAMES: f64 = 22.5;
/// What of a name longer than a line is a person's: what stands behind the last colon, if it is
/// no more than this, else its last characters.
const PERSON: usize = 12;
const BARE: usize = 3;

/// The pieces of a list of names between which its lines end: a name with the mark behind it;
/// of one longer than a line, its words.
fn listed(names: &[String]) -> Vec<String> {
    let mut pieces = Vec::new();
    for (i, name) in names.iter().enumerate() {
        pieces.extend(name_pieces(name));
        if let Some(last) = pieces.last_mut().filter(|_| i + 1 < names.len()) {
            last.push('、');
        }
    }
    pieces
}

fn name_pieces(name: &str) -> Vec<String> {
    let softened = soften(name);
    if softened.contains(MARK) {
        return softened.split(MARK).map(str::to_owned).collect();
    }
    if title::width(name) <= NAMES {
        return vec![softened];
    }
    let behind = name.rfind(['：', ':']).map(|at| name[at..].chars().count() - 1);
    let person = behind.filter(|count| *count <= PERSON).unwrap_or(BARE);
    let mut pieces: Vec<String> =
        title::whole(name).into_iter().map(str::to_owned).collect();
    while let [.., before, last] = pieces.as_mut_slice()
        && last.chars().count() < person
    {
        before.push_str(last);
        pieces.pop();
    }
    pieces
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
    fn lists_are_parted_between_names_and_long_names_between_words() {
        let long = "云岭市推进政府职能转变和“放管服”改革协调小组办公室副主任：欧阳若样";
        for (names, pieces) in [
            (vec!["市水务局：何苗样", "白汀"], "市水务局：何苗样、|白汀"),
            (
                vec![long, "白汀"],
                "云岭市|推进|政府职能|转变|和|“放管服”|改革|协调|小组|办公室|副主任：|欧阳若样、|白汀",
            ),
        ] {
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            assert_eq!(listed(&names).join("|"), pieces);
        }
    }
}
