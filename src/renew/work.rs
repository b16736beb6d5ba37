//! Goes through a notice, changes its years and lists what it did.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::kept::{Scene, UNSURE, kept};
use super::plan::{Plan, year_of};
use super::years::{MonthDay, Year, bare_days, like, like_28, years};
use super::{Item, What, YEAR, days};
use crate::notice::edit::{self, Edit};
use crate::notice::source::{Source, Span};
use crate::notice::variables::Params;
use crate::notice::{Node, Value};

/// Keys whose values name files.
const FILES: [&str; 8] =
    ["数据", "data", "文件", "file", "图片", "image", "印章", "seal"];

struct Work<'a> {
    source: &'a Source,
    plan: Plan,
    set: &'a Params,
    scene: Scene,
    edits: Vec<Edit>,
    items: Vec<Item>,
    params: Vec<String>,
}

/// The new text, what was done by line, and the parameters that were set.
pub fn done(
    source: &Source,
    entries: &[(Node, Node)],
    plan: Plan,
    set: &Params,
) -> (String, Vec<Item>, Vec<String>) {
    let mut work = Work {
        source,
        plan,
        set,
        scene: Scene::default(),
        edits: Vec::new(),
        items: Vec::new(),
        params: Vec::new(),
    };
    work.entries(entries, "");
    work.items.sort_by_key(|item| item.line);
    (work.applied(), work.items, work.params)
}

impl Work<'_> {
    fn entries(&mut self, entries: &[(Node, Node)], above: &str) {
        for (key, node) in entries {
            let name = key.value.as_text().unwrap_or_default();
            match (above, name) {
                ("参数" | "params", _) => self.param(name, node),
                ("", "发文字号" | "number") => self.number(node),
                ("", "期号" | "issue") => {
                    let text = node.value.as_text().unwrap_or_default().to_owned();
                    let what = What::Review(text, "新一年的期号".into());
                    self.note(node.span.line, what, "期号");
                }
                (_, name) if FILES.contains(&name) && node.value.as_text().is_some() => {
                    self.file(node);
                }
                ("", "成文日期" | "date") | ("印发" | "printing", "日期" | "date") =>
                {
                    self.date(node);
                }
                _ => self.node(node, name),
            }
        }
    }

    fn node(&mut self, node: &Node, name: &str) {
        let scene = self.scene;
        self.scene.table |= ["表格", "table"].contains(&name);
        self.scene.forwarded |=
            self.plan.forwards && ["印发件", "enclosure"].contains(&name);
        match &node.value {
            Value::Map(entries) => self.entries(entries, name),
            Value::List(items) => items.iter().for_each(|item| self.node(item, name)),
            Value::Text(_) | Value::Number(_) => self.text(node),
            Value::Null | Value::Bool(..) => {}
        }
        self.scene = scene;
    }

    /// A parameter: what the command line gives, the new year under each of its names, and
    /// years beside it (上年度).
    fn param(&mut self, name: &str, node: &Node) {
        let Some(old) = node.value.as_text() else { return self.node(node, name) };
        let year = year_of(old);
        let moved = |to: i32| {
            let digits = old.trim().trim_end_matches(['年', '度']);
            old.replacen(digits, &like(digits, to), 1)
        };
        let new = match (self.set.get(name), year) {
            _ if YEAR.contains(&name) && year.is_some() => moved(self.plan.new_year()),
            (Some(new), _) => new.clone(),
            (None, Some(year))
                if name.contains('年') && (year - self.plan.old).abs() <= 1 =>
            {
                moved(year + self.plan.by)
            }
            (None, _) => return self.node(node, name),
        };
        self.params.push(name.to_owned());
        let range = self.range(node.span);
        let written = &self.source.text()[range.clone()];
        // What an alias stands for is changed where it is written.
        if old == new || written.starts_with('*') {
            return;
        }
        let quoted = match written.chars().next() {
            Some('"') => serde_json::to_string(&new).unwrap_or_default(),
            Some('\'') => format!("'{}'", new.replace('\'', "''")),
            _ if is_plain(&new) => new.clone(),
            _ => serde_json::to_string(&new).unwrap_or_default(),
        };
        self.note(node.span.line, What::Replaced(old.to_owned(), new), name);
        self.edits.push((range, quoted));
    }

    /// 发文字号: the new year, and no serial number.
    fn number(&mut self, node: &Node) {
        let range = self.range(node.span);
        let old = self.source.text()[range.clone()].to_owned();
        let mut new = old.clone();
        if let (Some(end), Some(open)) = (old.rfind('号'), old.find(['〕', '第'])) {
            let digits = old[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
            if digits > open {
                new.replace_range(digits..end, "");
            }
        }
        if let (Some(open), Some(close)) = (new.find('〔'), new.find('〕'))
            && let Some(year) = new.get(open + '〔'.len_utf8()..close)
            && let Some(year) = year_of(year)
        {
            let at = open + '〔'.len_utf8();
            new.replace_range(at..close, &(year + self.plan.by).to_string());
        }
        if new != old {
            self.note(node.span.line, What::Replaced(old, new.clone()), "发文字号");
            self.edits.push((range, new));
        }
    }

    /// Names of files are not changed: the files keep theirs.
    fn file(&mut self, node: &Node) {
        let written = self.source.text()[self.range(node.span)].to_owned();
        for year in years(&written) {
            self.note(node.span.line, What::Kept(year.written, "文件名"), &written);
        }
    }

    /// A date of the notice itself moves, whichever year it is in.
    fn date(&mut self, node: &Node) {
        let range = self.range(node.span);
        let written = self.source.text()[range.clone()].to_owned();
        for year in years(&written) {
            self.moved(range.start, &written, &year);
        }
        self.variables(range.start, &written);
    }

    fn text(&mut self, node: &Node) {
        let range = self.range(node.span);
        let (start, written) = (range.start, self.source.text()[range].to_owned());
        let found = years(&written);
        for year in &found {
            match kept(&written, year, &self.plan, self.scene) {
                None => self.moved(start, &written, year),
                Some(UNSURE) if !self.plan.means(year) => {}
                Some(why) => {
                    let what = What::Kept(year.written.clone(), why);
                    self.noted(start, &written, year.at.start, what);
                }
            }
        }
        for (at, what, why) in days::doubtful(&written, self.plan.old) {
            self.noted(start, &written, at, What::Kept(what, why));
        }
        if self.scene.forwarded {
            return;
        }
        let bare = bare_days(&written);
        for (at, day) in &bare {
            let year = self.year_of_bare(&written, *at, day, &found);
            self.review(start, &written, *at, (year, ""), day);
        }
        self.variables(start, &written);
        let dated = found.iter().any(|it| it.day.is_some()) || !bare.is_empty();
        if !dated && !written.contains("}}") {
            for (at, what) in days::lonely_weekdays(&written) {
                let why = "旁边没有日期，请按新的日期核对".to_owned();
                self.noted(start, &written, at, What::Review(what, why));
            }
        }
    }

    /// The new year of a day that is written without: that of the year before it in the
    /// text; the first months behind a notice of the last ones are of the year after.
    fn year_of_bare(&self, text: &str, at: usize, day: &MonthDay, found: &[Year]) -> i32 {
        let before = found.iter().rfind(|it| it.firm && it.at.start < at);
        let moves = |it: &Year| kept(text, it, &self.plan, self.scene).is_none();
        match (before, self.plan.dated) {
            (Some(year), _) => year.year + if moves(year) { self.plan.by } else { 0 },
            (None, Some(dated)) => {
                let over = dated.month() >= 10 && day.month <= 3;
                dated.year() + self.plan.by + i32::from(over)
            }
            (None, None) => self.plan.new_year(),
        }
    }

    /// Days behind the year's parameter.
    fn variables(&mut self, start: usize, written: &str) {
        let year = self.plan.new_year();
        for (at, day) in days::behind_variable(written) {
            self.review(start, written, at, (year, &format!("{year}年")), &day);
        }
    }

    /// Moves a year on, with the day behind it to one that exists.
    fn moved(&mut self, start: usize, written: &str, year: &Year) {
        let to = year.year + self.plan.by;
        let new = like(&year.written, to);
        let what = What::Replaced(year.written.clone(), new.clone());
        self.noted(start, written, year.at.start, what);
        self.edits.push((start + year.at.start..start + year.at.end, new));
        if let Some(day) = &year.day {
            self.review(start, written, year.at.start, (to, &format!("{to}年")), day);
        }
    }

    /// Lists what is to be looked at of a day; one that is none becomes the 28th.
    fn review(
        &mut self,
        start: usize,
        written: &str,
        at: usize,
        (year, shown): (i32, &str),
        on: &MonthDay,
    ) {
        for what in days::look(written, year, shown, on) {
            self.noted(start, written, at, what);
        }
        for (day, at) in [&on.day, &on.last].into_iter().flatten() {
            let leap = NaiveDate::from_ymd_opt(year, 2, 29).is_some();
            if (on.month, *day) == (2, 29) && !leap {
                let new = like_28(&written[at.clone()]);
                self.edits.push((start + at.start..start + at.end, new.into()));
            }
        }
    }

    fn noted(&mut self, start: usize, written: &str, at: usize, what: What) {
        let line = self.line(start + at);
        self.note(line, what, &around(written, at));
    }

    fn note(&mut self, line: usize, what: What, around: &str) {
        self.items.push(Item { line, what, around: around.to_owned() });
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.source.offset(span.line, span.column);
        let end = self.source.offset(span.end_line, span.end_column).max(start);
        let own = own(&self.source.text()[start..end]);
        start + own.start..start + own.end
    }

    fn line(&self, offset: usize) -> usize {
        self.source.text()[..offset].matches('\n').count() + 1
    }

    /// The new text; what an alias names again is changed once.
    fn applied(&self) -> String {
        let mut edits = self.edits.clone();
        edits.sort_by_key(|(range, _)| range.start);
        edits.dedup_by_key(|(range, _)| range.start);
        edit::apply(self.source.text(), edits)
    }
}

/// Whether a text can stand in YAML without quotes and mean itself.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || "-年月日".contains(c);
    !text.is_empty() && text.chars().all(safe) && !text.starts_with('-')
}

/// The part of a scalar's stretch that is the scalar: the parser's reaches up to the next
/// token, over comments behind a closing quote, beside the head of a block and under it; it
/// begins with the names of anchors and tags.
fn own(text: &str) -> Range<usize> {
    if text.starts_with(['&', '!'])
        && let Some(name) = text.find(char::is_whitespace)
    {
        let at = text.len() - text[name..].trim_start().len();
        let own = own(&text[at..]);
        return at + own.start..at + own.end;
    }
    let end = text.trim_end().len();
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => 0..edit::closed(text, quote).min(end),
        Some('|' | '>') => {
            let head = text.find('\n').map_or(end, |at| at + 1);
            head..head + block(&text[head..]).min(end.saturating_sub(head))
        }
        _ => 0..text.find(" #").unwrap_or(end).min(end),
    }
}

/// The length of a block without the comments under it, which stand further left.
fn block(text: &str) -> usize {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = text.lines().find(|line| !line.trim().is_empty()).map_or(0, indent);
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('#') && indent(line) < first {
            break;
        }
        length += line.len();
    }
    length
}

/// Some words around a place, on one line.
fn around(text: &str, at: usize) -> String {
    let start =
        text[..at].char_indices().rev().take_while(|(_, c)| *c != '\n').take(8).last();
    let start = start.map_or(at, |(at, _)| at);
    text[start..].chars().take_while(|c| *c != '\n').take(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_part_of_a_value() {
        let cases = [
            ("'甲''2026' # 2026", "'甲''2026'"),
            ("\"甲\\\"2026\" # 2026", "\"甲\\\"2026\""),
            ("2026年 # 2026", "2026年"),
            ("&年 !!str '2026' # 2026", "'2026'"),
            ("| # 2026\n  甲\n  # 乙\n# 2026\n", "  甲\n  # 乙\n"),
            (">-\n  2026\n", "  2026"),
        ];
        for (text, value) in cases {
            assert_eq!(&text[own(text)], value, "{text}");
        }
    }
}
