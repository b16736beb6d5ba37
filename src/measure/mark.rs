//! 发文机关标志 of one name: red 小标宋 in the middle (7.2.4, 10.1, 10.2, 10.3).

use super::lines::squeezed;
use super::record::Record;
use super::{AREA, Laid, Line};
use crate::notice::{Format, Notice};

/// Where a format's mark begins.
pub struct Asked {
    /// The clause that says so.
    pub clause: &'static str,
    /// From which edge, in Chinese, and where that is in mm.
    pub from: (&'static str, f64),
    /// How far under the edge its ink begins, in mm.
    pub down: f64,
}

/// What may stand in the mark.
pub fn texts(notice: &Notice) -> Vec<String> {
    if let Some(own) = notice.masthead.first() {
        return vec![squeezed(own)];
    }
    let name = squeezed(notice.issuers.first().map_or("", String::as_str));
    let with = |ends: &[&str]| ends.iter().map(|end| format!("{name}{end}")).collect();
    match notice.format {
        Format::Document | Format::Bulletin => with(&["文件"]),
        Format::Letter => with(&[""]),
        Format::Order => with(&["令", "命令"]),
        Format::Minutes => with(&["纪要", "会议纪要"]),
    }
}

/// Measures the mark; gives its line.
pub fn single<'a>(laid: &'a Laid, asked: &Asked, out: &mut Record) -> Option<&'a Line> {
    let texts = texts(laid.notice);
    let first = laid.lines.iter().filter(|line| line.page == 0);
    let given = |line: &&Line| texts.contains(&line.text);
    let mark = first.clone().find(|line| line.red).or_else(|| first.clone().find(given));
    out.at(asked.clause, 0).there("发文机关标志", mark.is_some());
    let mark = mark?;
    let reds = first.filter(|line| line.red).count();
    let top = mark.ink().0 - asked.from.1;
    let what = format!("标志上边缘距{}", asked.from.0);
    out.at(asked.clause, mark)
        .is("标志文字与通知一致", given(&mark))
        .near(&what, asked.down, top);
    look(mark, asked.clause, out);
    out.at(asked.clause, mark)
        .count("红色的文字行", 1.0, reds as f64, "行")
        .near("标志居中（中线距左页边）", AREA.middle(), mark.centre())
        .most("标志宽不超过版心", AREA.width(), mark.width());
    Some(mark)
}

/// Colour and face of a mark.
pub fn look(mark: &Line, clause: &'static str, out: &mut Record) {
    let colour = if mark.red { "红色" } else { "不是红色" };
    let face = mark.not_in("小标宋").unwrap_or("小标宋");
    out.at(clause, mark).same("标志颜色", "红色", colour).same(
        "标志字体",
        "小标宋",
        face,
    );
}
