//! 续年: next year's draft from this year's notice. The text is edited in place, so that
//! comments, order and quoting stay.

mod festival;
mod text;

use std::ops::Range;

use chrono::NaiveDate;

use crate::diag::Diagnostic;
use crate::notice::date::Date;
use crate::notice::edit::{self, Edit};
use crate::notice::source::{Source, Span};
use crate::notice::variables::Params;
use crate::notice::{Node, Value, read_tree};

/// What a notice's years mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The year it plans.
    pub old: i32,
    /// By how many years it moves.
    pub by: i32,
    /// 成文日期.
    pub dated: Option<NaiveDate>,
    /// Titles of its own: what 《》 with the plan's year may name.
    pub names: Vec<String>,
}

impl Plan {
    /// Whether a title between 《》 is the notice's own.
    fn owns(&self, title: &str) -> bool {
        self.names
            .iter()
            .any(|name| name.contains(title) || title.contains(name.as_str()))
    }

    fn new_year(&self) -> i32 {
        self.old + self.by
    }
}

/// What became of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its line, from 1.
    pub line: usize,
    /// What happened there.
    pub what: What,
    /// The words around it.
    pub around: String,
}

/// What happened at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The first became the second.
    Replaced(String, String),
    /// A year stayed as it is, for this reason.
    Kept(String, &'static str),
    /// A person should look at it, for this reason.
    Review(String, String),
}

/// A draft and how it came about.
#[derive(Debug, PartialEq, Eq)]
pub struct Renewed {
    /// The new text.
    pub text: String,
    /// What happened, by line.
    pub items: Vec<Item>,
    /// The parameters of the command line that were found in it.
    pub params: Vec<String>,
}

/// Names of the parameter that has the year.
pub const YEAR: [&str; 4] = ["年度", "年份", "年", "year"];

/// Keys whose values name files.
const FILES: [&str; 8] =
    ["数据", "data", "文件", "file", "图片", "image", "印章", "seal"];

/// Moves a notice on to `year` and sets its parameters.
///
/// # Errors
/// Its YAML cannot be read; its own year is not known; the edit would harm it.
pub fn renew(source: &Source, year: i32, set: &Params) -> Result<Renewed, Diagnostic> {
    let tree = read_tree(source)?;
    let Some(Node { value: Value::Map(entries), .. }) = &tree else {
        return Err(Diagnostic::error("N101", "不是通知").at(source.line_place(1)));
    };
    let plan = plan(entries, year).ok_or_else(|| {
        Diagnostic::error("N102", "看不出这是哪一年的计划")
            .at(source.line_place(1))
            .hint("在“参数”里写上“年度: 2026”，或写上成文日期")
    })?;
    let mut work = Work {
        source,
        plan,
        set,
        edits: Vec::new(),
        items: Vec::new(),
        params: Vec::new(),
    };
    work.entries(entries, "");
    let (text, mut items, params) = (work.applied(), work.items, work.params);
    let read = read_tree(&Source::new("", &text));
    if !read.is_ok_and(|new| shape(new.as_ref()) == shape(tree.as_ref())) {
        return Err(Diagnostic::error("N103", "改了以后就不是原来的样子了，没有动它")
            .at(source.line_place(1))
            .hint("请自己改这一份"));
    }
    items.sort_by_key(|item| item.line);
    Ok(Renewed { text, items, params })
}

fn value<'a>(entries: &'a [(Node, Node)], names: &[&str]) -> Option<&'a Node> {
    edit::entry(entries, names).map(|(_, value)| value)
}

/// The plan's own year: 参数's 年度, else the title's, else that of 成文日期.
fn plan(entries: &[(Node, Node)], year: i32) -> Option<Plan> {
    let text =
        |names: &[&str]| value(entries, names).and_then(|node| node.value.as_text());
    let param = match value(entries, &["参数", "params"]).map(|node| &node.value) {
        Some(Value::Map(params)) => value(params, &YEAR),
        _ => None,
    };
    let param = param.and_then(|node| node.value.as_text()?.trim().parse().ok());
    let title = text(&["标题", "title"]).unwrap_or_default();
    let dated = text(&["成文日期", "date"]).and_then(|it| it.parse::<Date>().ok());
    let dated =
        dated.map(Date::parts).and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
    let of_title = || text::years(title).iter().map(|year| year.year).max();
    let of_date = || dated.map(|it| chrono::Datelike::year(&it));
    let old = param.or_else(of_title).or_else(of_date)?;
    let mut names = own_names(entries);
    // What is passed on bears somebody else's name.
    if !["转发", "批转"].iter().any(|it| title.contains(it)) {
        names.extend(
            title
                .split('《')
                .skip(1)
                .filter_map(|it| it.split_once('》'))
                .map(|it| text::bare(it.0)),
        );
    }
    Some(Plan { old, by: year - old, dated, names })
}

/// Titles of what the notice issues or attaches.
fn own_names(entries: &[(Node, Node)]) -> Vec<String> {
    let parts = ["印发件", "enclosure", "附件", "attachments"];
    let nodes = parts.iter().filter_map(|name| value(entries, &[name]));
    let items = nodes.flat_map(|node| match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    });
    let title = |node: &Node| match &node.value {
        Value::Map(entries) => value(entries, &["标题", "title", "名称", "name"])?
            .value
            .as_text()
            .map(text::bare),
        value => value.as_text().map(text::bare),
    };
    items.filter_map(title).filter(|name| !name.is_empty()).collect()
}

struct Work<'a> {
    source: &'a Source,
    plan: Plan,
    set: &'a Params,
    edits: Vec<Edit>,
    items: Vec<Item>,
    params: Vec<String>,
}

impl Work<'_> {
    fn entries(&mut self, entries: &[(Node, Node)], above: &str) {
        for (key, node) in entries {
            let name = key.value.as_text().unwrap_or_default();
            match (above, name) {
                ("参数" | "params", _) if self.given(name).is_some() => {
                    self.param(name, node);
                }
                ("", "发文字号" | "number") => self.number(node),
                ("", "期号" | "issue") => {
                    let text = node.value.as_text().unwrap_or_default().to_owned();
                    self.note(
                        node.span.line,
                        What::Review(text, "新一年的期号".into()),
                        "期号",
                    );
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
        match &node.value {
            Value::Map(entries) => self.entries(entries, name),
            Value::List(items) => items.iter().for_each(|item| self.node(item, name)),
            Value::Text(_) | Value::Number(_) => self.text(node),
            Value::Null | Value::Bool(..) => {}
        }
    }

    /// The new value of a parameter; all names of the year are one.
    fn given(&self, name: &str) -> Option<String> {
        let own = self.set.get(name).cloned();
        own.or_else(|| YEAR.contains(&name).then(|| self.plan.new_year().to_string()))
    }

    fn param(&mut self, name: &str, node: &Node) {
        self.params.push(name.to_owned());
        let (Some(new), Some(old)) = (self.given(name), node.value.as_text()) else {
            return;
        };
        let range = self.range(node.span);
        let written = &self.source.text()[range.clone()];
        if old == new {
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
        if let (Some(open), Some(close)) = (new.find('〔'), new.find('〕')) {
            let at = open + '〔'.len_utf8();
            if new[at..close].parse::<i32>().is_ok() {
                new.replace_range(at..close, &self.plan.new_year().to_string());
            }
        }
        if new != old {
            self.note(node.span.line, What::Replaced(old, new.clone()), "发文字号");
            self.edits.push((range, new));
        }
    }

    /// Names of files are not changed: the files keep theirs.
    fn file(&mut self, node: &Node) {
        let written = self.source.text()[self.range(node.span)].to_owned();
        for year in text::years(&written) {
            self.note(node.span.line, What::Kept(year.written, "文件名"), &written);
        }
    }

    /// A date of the notice itself moves, whichever year it is in.
    fn date(&mut self, node: &Node) {
        let range = self.range(node.span);
        let written = self.source.text()[range.clone()].to_owned();
        for year in text::years(&written) {
            self.moved(range.start, &written, &year);
        }
    }

    fn text(&mut self, node: &Node) {
        let range = self.range(node.span);
        let written = self.source.text()[range.clone()].to_owned();
        for year in text::years(&written) {
            match text::kept(&written, &year, &self.plan) {
                None => self.moved(range.start, &written, &year),
                Some(why) => {
                    let line = self.line(range.start + year.at);
                    let around = around(&written, year.at);
                    self.note(line, What::Kept(year.written, why), &around);
                }
            }
        }
        for (at, month, day) in text::bare_days(&written) {
            let date = NaiveDate::from_ymd_opt(self.plan.new_year(), month, day);
            let why = match date {
                Some(date) => festival::remark(date).map(str::to_owned),
                None => Some("没有这一天".to_owned()),
            };
            if let Some(why) = why {
                let what = format!("{month}月{day}日");
                let (line, around) = (self.line(range.start + at), around(&written, at));
                self.note(line, What::Review(what, why), &around);
            }
        }
    }

    /// Moves a year on, with the day behind it to one that exists.
    fn moved(&mut self, start: usize, written: &str, year: &text::Year) {
        let (to, line) = (year.year + self.plan.by, self.line(start + year.at));
        let new = text::like(&year.written, to);
        let at = start + year.at;
        let around = around(written, year.at);
        self.note(line, What::Replaced(year.written.clone(), new.clone()), &around);
        self.edits.push((at..at + year.written.len(), new));
        let Some(day) = &year.day else { return };
        let what = format!("{to}年{}月{}日", day.month, day.day);
        match NaiveDate::from_ymd_opt(to, day.month, day.day) {
            Some(date) => {
                if let Some(remark) = festival::remark(date) {
                    self.note(line, What::Review(what, remark.into()), &around);
                }
            }
            None if day.month == 2 && day.day == 29 => {
                let range = start + day.at.start..start + day.at.end;
                self.edits.push((range, "28".into()));
                self.note(
                    line,
                    What::Review(what, "没有这一天，改成了 28 日".into()),
                    &around,
                );
            }
            None => self.note(line, What::Review(what, "没有这一天".into()), &around),
        }
        let behind = written[day.at.end..].trim_start_matches(['日', '（', '(']);
        if ["星期", "周"].iter().any(|it| behind.starts_with(it)) {
            self.note(
                line,
                What::Review("星期几".into(), "同新的日期对不上了".into()),
                &around,
            );
        }
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
/// token, over comments behind a closing quote, beside the head of a block and under it.
fn own(text: &str) -> Range<usize> {
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

/// Keys and kinds of values: what an edit must not change.
fn shape(node: Option<&Node>) -> String {
    match node.map(|node| &node.value) {
        Some(Value::Map(entries)) => {
            let entry = |(key, value): &(Node, Node)| {
                format!("{:?}{}", key.value.as_text(), shape(Some(value)))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<String>())
        }
        Some(Value::List(items)) => {
            format!("[{}]", items.iter().map(|it| shape(Some(it))).collect::<String>())
        }
        Some(_) => ".".into(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTICE: &str = "# 2026年的注释不动\n发文字号: \"云工发〔2026〕18号\" # 注\n标题: 关于印发《2026年培训计划》的通知\n参数: {年度: 2026, 期数: '4'}\n正文: |\n  根据云政发〔2026〕3号，2019年以来……\n  请于2026年2月6日前报送。\n附件:\n  - 名称: 日程\n    表格: {数据: 2026日程.csv}\n成文日期: 2024-02-29\n";

    #[test]
    fn only_the_plan_s_years_change_and_all_else_stays() {
        let set =
            Params::from([("年度".into(), "2027".into()), ("期数".into(), "5".into())]);
        let new = renew(&Source::new("甲", NOTICE), 2027, &set).expect("a draft");
        let asked = NOTICE
            .replace("云工发〔2026〕18号", "云工发〔2027〕号")
            .replace("《2026年", "《2027年")
            .replace("年度: 2026, 期数: '4'", "年度: 2027, 期数: '5'")
            .replace("于2026年", "于2027年")
            .replace("2024-02-29", "2025-02-28");
        assert_eq!(new.text, asked);
        let kept: Vec<usize> = new
            .items
            .iter()
            .filter(|item| matches!(item.what, What::Kept(..)))
            .map(|item| item.line)
            .collect();
        assert_eq!(kept, [6, 6, 10]);
        let review = |item: &&Item| matches!(&item.what, What::Review(..));
        assert_eq!(new.items.iter().filter(review).count(), 2, "{:#?}", new.items);
    }

    #[test]
    fn comments_are_no_part_of_a_value() {
        let cases = [
            ("'甲''2026' # 2026", "'甲''2026'"),
            ("\"甲\\\"2026\" # 2026", "\"甲\\\"2026\""),
            ("2026年 # 2026", "2026年"),
            ("| # 2026\n  甲\n  # 乙\n# 2026\n", "  甲\n  # 乙\n"),
            (">-\n  2026\n", "  2026"),
        ];
        for (text, value) in cases {
            assert_eq!(&text[own(text)], value, "{text}");
        }
    }

    #[test]
    fn a_draft_moved_back_is_the_notice_with_a_draft_s_number() {
        let there =
            renew(&Source::new("甲", NOTICE), 2027, &Params::new()).expect("a draft");
        let back = renew(&Source::new("甲", &there.text), 2026, &Params::new())
            .expect("a draft");
        let asked = NOTICE.replace("〕18号", "〕号").replace("02-29", "02-28");
        assert_eq!(back.text, asked);
    }
}
