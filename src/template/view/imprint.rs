//! 版记 (7.4).

use serde::Serialize;

use super::super::soft::soften;
use super::{day, printed, settings};
use crate::notice::{Format, Notice, Printing};

/// What the imprint holds.
#[derive(Debug, Serialize)]
pub(super) struct Imprint {
    lists: Vec<Names>,
    printing: Option<PrintingView>,
    duplex: bool,
    ruled: bool,
    turned: bool,
}

/// Bodies under a label; `moved` ones are in the imprint only if the first page lacks room.
#[derive(Debug, Serialize)]
pub(super) struct Names {
    label: &'static str,
    names: String,
    moved: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct PrintingView {
    office: Vec<Vec<String>>,
    date: String,
}

pub(super) fn imprint(notice: &Notice) -> Imprint {
    let names = |label, names: Option<&str>, moved| {
        names.map(|names| Names { label, names: soften(&format!("{names}。")), moved })
    };
    let sent_to = notice.bulletin.sent_to.join("，");
    let bulletin = notice.format == Format::Bulletin;
    let (recipients, copies) = (notice.recipients.as_deref(), notice.copies.as_deref());
    let lists = if bulletin {
        let sent_to = Some(sent_to.as_str()).filter(|names| !names.is_empty());
        vec![names("报送", sent_to, false), names("发送", recipients, false)]
    } else {
        vec![names("主送", recipients, true)]
    };
    let copies = names("抄送", copies, false);
    Imprint {
        lists: lists.into_iter().chain([copies]).flatten().collect(),
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
        office: settings(office.map_or("", String::as_str)),
        // A bulletin says how many there are of it.
        date: match it.count.filter(|_| notice.format == Format::Bulletin) {
            Some(count) => format!("共印{count}份"),
            None => date,
        },
    }
}
