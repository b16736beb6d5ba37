//! 续年: next year's draft from this year's notice. The text is edited in place, so that
//! comments, order and quoting stay.

mod ahead;
mod apart;
mod bare;
mod before;
mod clause;
mod columns;
mod counted;
mod dates;
mod days;
mod digits;
mod elsewhere;
mod festival;
mod fields;
mod kept;
mod law;
mod mates;
mod others;
mod own;
mod past;
mod plan;
mod reported;
mod rolling;
mod row;
mod season;
mod span;
mod told;
mod why;
mod work;
mod years;

pub use plan::year_of;

use crate::diag::Diagnostic;
use crate::notice::edit;
use crate::notice::source::Source;
use crate::notice::variables::Params;
use crate::notice::{Node, Value, read_tree};

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
    /// The year that the notice was taken to be of.
    pub of: i32,
    /// What happened, by line.
    pub items: Vec<Item>,
    /// The parameters of the command line that were found in it.
    pub params: Vec<String>,
}

/// Names of the parameter that has the year.
pub const YEAR: [&str; 4] = ["年度", "年份", "年", "year"];

/// Moves a notice on to `year` and sets its parameters.
///
/// # Errors
/// Its YAML cannot be read; its own year is not known, or the new one already; the edit would
/// harm it.
pub fn renew(source: &Source, year: i32, set: &Params) -> Result<Renewed, Diagnostic> {
    let tree = read_tree(source)?;
    let Some(Node { value: Value::Map(entries), .. }) = &tree else {
        return Err(Diagnostic::error("N101", "不是通知").at(source.line_place(1)));
    };
    let plan = plan::plan(entries, year).ok_or_else(|| {
        Diagnostic::error("N102", "看不出这是哪一年的计划")
            .at(source.line_place(1))
            .hint("在“参数”里写上“年度: 2026”，或写上成文日期")
    })?;
    if plan.by <= 0 {
        let message = format!("这已经是 {} 年的通知，没有写 {year} 年的草稿", plan.old);
        return Err(Diagnostic::error("N104", message)
            .at(source.line_place(1))
            .hint("--set 年度= 后面写下一年；已经是新一年的，用 --exclude 略去"));
    }
    let of = plan.old;
    let (text, items, params) = work::done(source, entries, plan, set);
    let read = read_tree(&Source::new("", &text));
    if !read.is_ok_and(|new| shape(new.as_ref()) == shape(tree.as_ref())) {
        return Err(Diagnostic::error("N103", "改了以后就不是原来的样子了，没有动它")
            .at(source.line_place(1))
            .hint("请自己改这一份"));
    }
    Ok(Renewed { text, of, items, params })
}

/// The value of the entry with one of some names.
fn value<'a>(entries: &'a [(Node, Node)], names: &[&str]) -> Option<&'a Node> {
    edit::entry(entries, names).map(|(_, value)| value)
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
        assert_eq!(kept, [1, 6, 6, 10]);
        let review = |item: &&Item| matches!(&item.what, What::Review(..));
        assert_eq!(new.items.iter().filter(review).count(), 2, "{:#?}", new.items);
    }

    #[test]
    fn a_draft_is_of_a_later_year() {
        for year in [2026, 2025] {
            let told = renew(&Source::new("甲", NOTICE), year, &Params::new());
            assert_eq!(told.map_err(|it| it.code), Err("N104"));
        }
    }
}
