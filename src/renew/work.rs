//! Goes through a notice, changes its years and lists what it did.

use std::collections::BTreeMap;
use std::ops::Range;

use super::apart::moves_along;
use super::bare::Said;
use super::clause::up_to;
use super::counted::by_the_year;
use super::dates::{MonthDay, bare_days};
use super::days::{self, Day};
use super::digits::{like, like_28};
use super::kept::{Fate, Scene, fates};
use super::own::title_of;
use super::plan::Plan;
use super::reported::reported;
use super::row::Cell;
use super::why::Why;
use super::years::{Year, years};
use super::{Item, What, value};
use crate::notice::edit::{self, Edit};
use crate::notice::source::Source;
use crate::notice::variables::Params;
use crate::notice::{Node, Value};

/// Keys whose values name files, and sheets in them.
const FILES: [&str; 10] =
    ["数据", "data", "文件", "file", "图片", "image", "印章", "seal", "工作表", "sheet"];
/// So far from the plan's year a number without 年 is not taken for one.
const FAR: i32 = 10;

/// A notice that is gone through.
pub struct Work<'a> {
    /// Its text.
    pub source: &'a Source,
    /// What its years mean.
    pub plan: Plan,
    /// What the command line gives.
    pub set: &'a Params,
    /// Where the text stands that is gone through.
    pub scene: Scene,
    /// 发文字号, as it is written.
    pub number_text: String,
    /// Years that parameters come to have.
    pub years: BTreeMap<String, i32>,
    /// What is put in place of what.
    pub edits: Vec<Edit>,
    /// With the places in the text that they are of.
    items: Vec<(usize, Item)>,
    /// The parameters that were set.
    pub params: Vec<String>,
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
        number_text: String::new(),
        years: BTreeMap::new(),
        edits: Vec::new(),
        items: Vec::new(),
        params: Vec::new(),
    };
    if let Some(node) = value(entries, &["发文字号", "number"]) {
        work.number_text = source.text()[work.range(node)].to_owned();
    }
    // The texts that use them may stand before them.
    let params = |(key, _): &&(Node, Node)| {
        key.value.as_text().is_some_and(|name| ["参数", "params"].contains(&name))
    };
    let first =
        entries.iter().filter(params).chain(entries.iter().filter(|it| !params(it)));
    for (key, node) in first {
        work.entry("", key, node);
    }
    work.comments(entries);
    work.items.sort_by_key(|(at, _)| *at);
    let text = work.applied();
    (text, work.items.into_iter().map(|(_, item)| item).collect(), work.params)
}

impl Work<'_> {
    fn entry(&mut self, above: &str, key: &Node, node: &Node) {
        let name = key.value.as_text().unwrap_or_default();
        match (above, name) {
            ("参数" | "params", _) => self.param(name, node),
            ("", "发文字号" | "number") => self.number(node),
            ("", "期号" | "issue") => {
                let text = node.value.as_text().unwrap_or_default().to_owned();
                let what = What::Review(text, "新一年的期号".into());
                self.note(self.range(node).start, what, "期号");
            }
            (_, name) if FILES.contains(&name) && node.value.as_text().is_some() => {
                self.file(node);
            }
            ("", "成文日期" | "date") | ("印发" | "printing", "日期" | "date") => {
                self.date(node);
            }
            _ => self.node(node, name),
        }
    }

    /// A value and what is in it; `name`: the key that it stands under.
    pub fn node(&mut self, node: &Node, name: &str) {
        let scene = self.scene;
        self.scene.heading |= ["标题", "title", "名称", "name"].contains(&name);
        let passed_on =
            || title_of(node).is_some_and(|it| self.plan.own.passed_on.contains(&it));
        self.scene.forwarded |= match name {
            "印发件" | "enclosure" => self.plan.forwards,
            "附件" | "attachments" => passed_on(),
            _ => false,
        };
        match &node.value {
            Value::Map(entries) => {
                let table = ["表格", "table"].contains(&name);
                let cells = ["表头", "head", "行", "rows"];
                let cells = |key: &Node| {
                    table && key.value.as_text().is_some_and(|it| cells.contains(&it))
                };
                let rest = entries.iter().filter(|(key, _)| !cells(key));
                rest.for_each(|(key, node)| self.entry(name, key, node));
                if table {
                    self.table(entries);
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.node(item, name)),
            Value::Text(_) | Value::Number(_) => self.text(node),
            Value::Null | Value::Bool(..) => {}
        }
        self.scene = scene;
    }

    /// The cells of a row, each in its column and beside the others.
    pub fn cells(&mut self, cells: Vec<Cell>) {
        let scene = self.scene;
        for (row, cell) in self.row(&cells).into_iter().zip(cells) {
            self.scene = Scene { column: cell.column, row, ..scene };
            self.node(cell.node, "");
        }
        self.scene = scene;
    }

    /// Names of files are not changed: the files keep theirs.
    fn file(&mut self, node: &Node) {
        let range = self.range(node);
        let written = self.source.text()[range.clone()].to_owned();
        for year in years(&written) {
            let what = What::Kept(year.written, "文件里的名称");
            self.note(range.start + year.at.start, what, &written);
        }
    }

    /// A date of the notice itself moves, whichever year it is in.
    fn date(&mut self, node: &Node) {
        let range = self.range(node);
        let written = self.source.text()[range.clone()].to_owned();
        let mut days = Vec::new();
        for year in years(&written) {
            days.extend(self.moved(range.start, &written, &year));
        }
        self.variables(&written, &mut days);
        self.review(range.start, &written, days);
    }

    fn text(&mut self, node: &Node) {
        let range = self.range(node);
        let (start, written) = (range.start, self.source.text()[range].to_owned());
        let found = self.scene.row.years(&written);
        let fates = fates(&written, &found, &self.plan, self.scene);
        let mut days = Vec::new();
        for (year, fate) in found.iter().zip(&fates) {
            let at = year.at.start;
            match *fate {
                Fate::Moves => days.extend(self.moved(start, &written, year)),
                Fate::Doubted(why) => {
                    days.extend(self.moved(start, &written, year));
                    let new = like(&year.written, year.year + self.plan.by);
                    self.noted(
                        start,
                        &written,
                        at,
                        What::Review(new, why.wording().into()),
                    );
                }
                Fate::Stays(Why::Unsure) if (year.year - self.plan.old).abs() > FAR => {}
                Fate::Stays(why) => {
                    let what = What::Kept(year.written.clone(), why.wording());
                    self.noted(start, &written, at, what);
                }
            }
        }
        self.facts_with_parameters(start, &written);
        self.escaped(node, start, &written, found.len());
        for (at, what, why) in days::doubtful(&written, self.plan.old) {
            // 2026年第4次会议, which stays.
            if found.iter().zip(&fates).any(|it| it.0.end == at && it.1.stays().is_some())
            {
                continue;
            }
            self.noted(start, &written, at, What::Kept(what, why));
        }
        if self.scene.forwarded {
            return;
        }
        let variables = self.variables(&written, &mut days);
        let bare = bare_days(&written);
        let said = Said { found: &found, fates: &fates, variables: &variables };
        let told = reported(&written, &bare, &self.plan, self.scene);
        let mut last = None;
        for (at, day) in &bare {
            if told.iter().any(|it| it.0 == *at) {
                self.past_day(start, &written, (*at, day), &said);
                continue;
            }
            let year = said.year_of(&self.plan, &written, (*at, day), last);
            days.extend(year.iter().flat_map(|year| Day::all(*at, *year, false, day)));
            last = year.map(|year| (*at, day.month, year));
        }
        days.sort_by_key(|it| it.at.start);
        days.extend(days::alone(&written, &days));
        if !days.is_empty() {
            for (at, word) in days::lunar(&written) {
                let why = "农历每年不同，请按新的一年核对".to_owned();
                self.noted(start, &written, at, What::Review(word.into(), why));
            }
            for (at, what, why) in by_the_year(&written, &days) {
                self.noted(start, &written, at, What::Kept(what, why));
            }
        }
        self.review(start, &written, days);
        let dated = found.iter().any(|it| it.day.is_some()) || !bare.is_empty();
        if !dated && !written.contains("}}") {
            for (at, what) in days::lonely_weekdays(&written) {
                let why = "旁边没有日期，请按新的日期核对".to_owned();
                self.noted(start, &written, at, What::Review(what, why));
            }
        }
    }

    /// Lists a day without a year on which something happened: nothing says of which year it is
    /// but the notice, whose year moves.
    fn past_day(
        &mut self,
        start: usize,
        written: &str,
        day: (usize, &MonthDay),
        said: &Said,
    ) {
        let (at, on) = day;
        if !said.is_of_the_past(written, at) {
            let why = "看来是已经过去的事，没有写年份，请核对".to_owned();
            let what = What::Review(written[at..on.end].to_owned(), why);
            self.noted(start, written, at, what);
        }
    }

    /// Lists years that are written with escapes, which are not gone through.
    fn escaped(&mut self, node: &Node, start: usize, written: &str, found: usize) {
        let Some(text) = node.value.as_text().filter(|_| written.contains("\\x")) else {
            return;
        };
        for year in years(text).into_iter().skip(found) {
            let what = What::Kept(year.written, "写成了代码，没有动，请核对");
            self.noted(start, written, 0, what);
        }
    }

    /// Lists parameters that stand in facts, which the new year makes untrue: 根据市教
    /// 〔{{ 年度 }}〕3号, {{ 年度 }}年1月15日 of what is over.
    fn facts_with_parameters(&mut self, start: usize, written: &str) {
        let (text, places) = days::filled(written, &self.years, self.plan.by);
        if places.is_empty() {
            return;
        }
        let found = years(&text);
        let fates = fates(&text, &found, &self.plan, self.scene);
        for (year, fate) in found.iter().zip(fates) {
            let place = places.iter().find(|it| it.0 == year.at.start);
            if let (Some((_, at)), Fate::Stays(why) | Fate::Doubted(why)) = (place, fate)
                && why != Why::Unsure
                && !(found.len() == places.len() && moves_along(why))
            {
                let new = (year.year + self.plan.by).to_string();
                let what = What::Review(
                    new,
                    format!(
                        "随参数改成了新的一年：{}，请核对",
                        why.wording().trim_end_matches("，请核对")
                    ),
                );
                self.noted(start, written, *at, what);
            }
        }
    }

    /// Lists the years of comments, which are left as they are.
    fn comments(&mut self, entries: &[(Node, Node)]) {
        let mut values = Vec::new();
        entries.iter().for_each(|(_, node)| self.values(node, &mut values));
        let (text, mut done) = (self.source.text(), 0);
        for (at, _) in text.match_indices('#') {
            let begins = text[..at].ends_with([' ', '\t', '\n']) || at == 0;
            if at < done || !begins || values.iter().any(|it| it.contains(&at)) {
                continue;
            }
            let comment = up_to(&text[at..], &['\n']).to_owned();
            done = at + comment.len();
            let mut said = years(&comment);
            said.retain(|it| it.firm || self.plan.names(it.year));
            for year in said {
                self.noted(at, &comment, year.at.start, What::Kept(year.written, "注释"));
            }
        }
    }

    /// Where the values are, with what stands in lists and mappings.
    fn values(&self, node: &Node, found: &mut Vec<Range<usize>>) {
        match &node.value {
            Value::Map(entries) => {
                entries.iter().for_each(|(_, node)| self.values(node, found));
            }
            Value::List(items) => items.iter().for_each(|it| self.values(it, found)),
            Value::Null => {}
            _ => found.push(self.range(node)),
        }
    }

    /// Years behind parameters, and their days.
    fn variables(&self, written: &str, days: &mut Vec<Day>) -> Vec<(usize, i32)> {
        let found = days::behind_variable(written, &self.years);
        for (at, year, day) in &found {
            days.extend(day.iter().flat_map(|day| Day::all(*at, *year, true, day)));
        }
        found.into_iter().map(|(at, year, _)| (at, year)).collect()
    }

    /// Moves a year on; the days behind it.
    fn moved(&mut self, start: usize, written: &str, year: &Year) -> Vec<Day> {
        let to = year.year + self.plan.by;
        let new = like(&year.written, to);
        let what = What::Replaced(year.written.clone(), new.clone());
        self.noted(start, written, year.at.start, what);
        self.edits.push((start + year.at.start..start + year.at.end, new));
        let days = year.day.iter();
        days.flat_map(|day| Day::all(year.at.start, to, true, day)).collect()
    }

    /// Lists what is to be looked at of the days of a text; one that is none becomes the 28th.
    fn review(&mut self, start: usize, written: &str, mut days: Vec<Day>) {
        days.sort_by_key(|it| it.at.start);
        days.dedup_by(|next, day| next.at.start < day.at.end);
        for (at, what) in days::look(written, &days) {
            self.noted(start, written, at, what);
        }
        for day in days.iter().filter(|it| it.leaps()) {
            let new = like_28(&written[day.at.clone()]);
            self.edits.push((start + day.at.start..start + day.at.end, new.into()));
        }
    }

    fn noted(&mut self, start: usize, written: &str, at: usize, what: What) {
        self.note(start + at, what, &around(written, at));
    }

    /// Lists what happened at a place of the text, in bytes.
    pub fn note(&mut self, at: usize, what: What, around: &str) {
        let line = self.line(at);
        self.items.push((at, Item { line, what, around: around.to_owned() }));
    }

    /// Where a scalar stands in the text, in bytes.
    pub fn range(&self, node: &Node) -> Range<usize> {
        let span = node.span;
        let start = self.source.offset(span.line, span.column);
        let end = self.source.offset(span.end_line, span.end_column).max(start);
        let text = &self.source.text()[start..end];
        let own = if node.block { 0..text.trim_end().len() } else { own(text) };
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

/// The part of a scalar's stretch that is the scalar: the parser's reaches up to the next
/// token, over comments behind a closing quote; it begins with the names of anchors and tags.
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
        _ => 0..text.find(" #").unwrap_or(end).min(end),
    }
}

/// Some words around a place, on one line.
fn around(text: &str, at: usize) -> String {
    let ends = |c: char| ['\r', '\n'].contains(&c);
    let start =
        text[..at].char_indices().rev().take_while(|(_, c)| !ends(*c)).take(8).last();
    let start = start.map_or(at, |(at, _)| at);
    text[start..].chars().take_while(|c| !ends(*c)).take(24).collect()
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
        ];
        for (text, value) in cases {
            assert_eq!(&text[own(text)], value, "{text}");
        }
    }
}
