//! Lines of a roster that are no unit's: sums, and what stands below a table.

use crate::notice::roster::Cell;

/// Words of rows that add up the others; each may have something before it.
const SUMS: [&str; 6] = ["合计", "总计", "小计", "共计", "累计", "总数"];
/// What may stand before such a word in any cell, and behind it.
const OF_SUMS: [&str; 3] = ["本页", "以上", "本表"];
const BEHIND_SUMS: [&str; 2] = ["人数", "数"];
/// The same of other languages, and words of averages.
const ENGLISH: [&str; 6] = ["total", "grandtotal", "subtotal", "sum", "average", "mean"];
const AVERAGES: [&str; 4] = ["平均", "平均值", "平均数", "均值"];
/// What is counted in a line such as 共3家.
const COUNTED: [&str; 12] =
    ["家", "个", "人", "名", "户", "份", "条", "项", "所", "行", "个单位", "家单位"];
/// Lines that say that nothing follows.
const ENDS: [&str; 5] = ["此页无正文", "以下空白", "以下无正文", "以下无", "续表"];
/// What stands before the colon in a line below a table: all of it, how it begins, how it ends.
const BELOW: [&str; 14] = [
    "注",
    "附",
    "附注",
    "备注",
    "说明",
    "日期",
    "时间",
    "联系人",
    "联系电话",
    "电话",
    "数据来源",
    "资料来源",
    "截止日期",
    "截至日期",
];
const BELOW_FROM: [&str; 5] = ["填表", "填报", "制表", "审核", "复核"];
const BELOW_TO: [&str; 6] = ["负责人", "经办人", "领导", "签字", "签名", "盖章"];
/// Labels without a colon: how they begin and go on, and those that are whole. Units are called
/// 审核中心 and 县领导, but not so.
const ON: [&str; 8] = ["", "人", "员", "人签字", "日期", "时间", "单位", "部门"];
const LABELS: [&str; 9] = [
    "负责人",
    "单位负责人",
    "主要负责人",
    "部门负责人",
    "填报单位负责人",
    "经办人",
    "分管领导",
    "主管领导",
    "单位领导",
];
/// How a remark begins that stands below a table.
const REMARKS: [&str; 6] = ["以上", "上述", "本表", "此表", "本名册", "注意"];

/// The word that makes a row nobody's; `counts` are the cells beside the first in which one that
/// adds up others does.
pub fn word(cells: &[Cell], counts: &dyn Fn(usize) -> bool) -> Option<String> {
    let at = cells.iter().position(|it| !it.text.is_empty());
    let counted = |it: &usize| Some(*it) == at || counts(*it);
    let mut counted = (0..cells.len()).filter(counted);
    if let Some(sum) = counted.find_map(|it| sum(&cells[it].text)) {
        return Some(sum.to_owned());
    }
    let first = at.map(|it| &cells[it]);
    let joined = cells.iter().filter(|it| it.across.is_some());
    let below = first.into_iter().chain(joined).find_map(|it| below(&it.text));
    below.or_else(|| first.and_then(|it| alone(&it.text)))
}

/// The first cell with a word that adds up others, and the word.
pub fn sum_among(cells: &[Cell]) -> Option<(usize, &'static str)> {
    cells.iter().enumerate().find_map(|(at, it)| Some((at, sum(&it.text)?)))
}

/// The label of a row's first cell.
pub fn label(cells: &[Cell]) -> Option<String> {
    let first = cells.iter().find(|it| !it.text.is_empty())?;
    let text = plain(&first.text);
    let begins = REMARKS.iter().any(|it| text.starts_with(it));
    (is_label(&text) || begins).then_some(text)
}

/// The first label of a row whose cells are labels and values by turns: 制表人, 张三, 审核人,
/// 李四.
pub fn pairs(cells: &[Cell]) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut joined = None;
    for cell in cells.iter().filter(|it| !it.text.is_empty()) {
        if cell.across.is_none() || cell.across != joined {
            texts.push(plain(&cell.text));
        }
        joined = cell.across;
    }
    let labels = texts.iter().step_by(2).all(|it| is_label(it));
    texts.into_iter().next().filter(|_| labels)
}

fn is_label(text: &str) -> bool {
    let begins = |it: &str| text.strip_prefix(it).is_some_and(|rest| ON.contains(&rest));
    BELOW.contains(&text)
        || LABELS.contains(&text)
        || BELOW_FROM.iter().any(|it| begins(it))
}

/// A text without white space, and without what stands around all of it.
fn plain(text: &str) -> String {
    let bare: String = text.split_whitespace().collect();
    bare.trim_matches(|c: char| "（）()【】[]：:。".contains(c)).to_owned()
}

/// A text before its colon, and whether it has one; without brackets at its end.
fn before_colon(text: &str) -> (String, bool) {
    let text: String = text.split_whitespace().collect();
    let before = text.split_once(['：', ':']).map(|(before, _)| before);
    let label = before.unwrap_or(&text);
    let label = match label.strip_suffix(['）', ')']) {
        Some(inner) => inner.split(['（', '(']).next().unwrap_or_default(),
        None => label,
    };
    (label.to_owned(), before.is_some())
}

/// The word of a cell that adds up others: 合计, 本页小计：, 总计（人）, 合计人数, 合计12人.
fn sum(text: &str) -> Option<&'static str> {
    let (label, _) = before_colon(text);
    let label = label.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let word = OF_SUMS.iter().find_map(|it| label.strip_prefix(it)).unwrap_or(label);
    let bare = BEHIND_SUMS.iter().find_map(|it| word.strip_suffix(it)).unwrap_or(word);
    SUMS.into_iter().find(|it| [word, bare].contains(it))
}

/// A row's first text if no unit is called so: 全县合计, （合计）, Total, 平均, 共 3 家,
/// （此页无正文）, 第1页 共2页.
fn alone(text: &str) -> Option<String> {
    let text = plain(text);
    let lower = text.to_lowercase();
    let sum = SUMS[..4].iter().any(|it| text.ends_with(it));
    let known = ENGLISH.contains(&lower.as_str())
        || AVERAGES.contains(&text.as_str())
        || ENDS.contains(&text.as_str());
    (sum || known || is_count(&text) || is_page(&text)).then_some(text)
}

/// Whether a text counts what stands above it: 共3家, 共计 12 个单位.
fn is_count(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('共') else { return false };
    let rest = rest.strip_prefix(['计', '有', '：', ':']).unwrap_or(rest);
    let what = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    what.len() < rest.len() && COUNTED.contains(&what)
}

/// Whether a text is a page's number: 第1页, 第 1 页 共 2 页, 第1页/共2页.
fn is_page(text: &str) -> bool {
    let signs =
        |c: char| c.is_ascii_digit() || "共，,、/一二三四五六七八九十".contains(c);
    let inner = text.strip_prefix('第').and_then(|it| it.strip_suffix('页'));
    inner.is_some_and(|it| it.replace("页", "").chars().all(signs))
}

/// What stands before the colon in a line below a table, without a number or a sign: 注1：,
/// ※备注：.
fn below(text: &str) -> Option<String> {
    let (label, colon) = before_colon(text);
    let label = label.trim_matches(|c: char| !c.is_alphabetic());
    let is = BELOW.contains(&label)
        || BELOW_FROM.iter().any(|it| label.starts_with(it))
        || BELOW_TO.iter().any(|it| label.ends_with(it));
    (colon && is).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        let cell = |text: &&str| Cell { text: (*text).to_owned(), ..Cell::default() };
        texts.iter().map(cell).collect()
    }

    fn of(cells: &[Cell]) -> Option<String> {
        word(cells, &|_| true)
    }

    #[test]
    fn rows_that_add_up_others_are_known_by_a_word_in_any_cell() {
        for text in [
            "合计",
            "合 计",
            "小计：",
            "总计（人）",
            "本页小计",
            "以上合计",
            "合计人数",
            "合计数",
            "合计：12 人",
            "总计3人",
            "总数",
        ] {
            assert!(of(&cells(&["3", text])).is_some(), "{text}");
        }
        for text in ["合计划", "", "县合计", "数", "小计量单位", "合计镇人民政府"]
        {
            assert_eq!(of(&cells(&["3", text])), None, "{text}");
        }
        // In a column that tells nothing of the unit it does so in front only.
        for (texts, found) in
            [(&["合计", "3"][..], true), (&["", "合计"], true), (&["甲", "合计"], false)]
        {
            assert_eq!(word(&cells(texts), &|_| false).is_some(), found, "{texts:?}");
            assert!(sum_among(&cells(texts)).is_some());
        }
    }

    #[test]
    fn what_no_unit_is_called_makes_a_row_nobody_s() {
        for text in [
            "全县合计",
            "人数合计",
            "（合计）",
            "Total",
            "平均",
            "共 3 家",
            "共计12个单位",
            "（此页无正文）",
            "（以下空白）",
            "第1页 共2页",
            "第一页",
        ] {
            assert!(of(&cells(&["", text, "1"])).is_some(), "{text}");
        }
        for text in [
            "共青团甲县委",
            "合计镇人民政府",
            "第一中学",
            "平均路小学",
            "共和镇",
            "第一批",
        ] {
            assert_eq!(of(&cells(&["", text, "1"])), None, "{text}");
        }
    }

    #[test]
    fn lines_below_a_table_have_a_colon_behind_who_made_it() {
        for text in [
            "填表人：张三",
            "填报单位负责人（签字）：",
            "单位负责人: 李四 经办人：王五",
            "制表单位：某局",
            "审核：",
            "备注：含借调",
            "经办人：",
            "注1：含借调",
            "※备注：",
            "联系人：张三",
            "主管领导（签字）：",
            "主要负责人签字：",
            "数据来源：统计局",
            "附：",
        ] {
            assert!(of(&cells(&[text])).is_some(), "{text}");
        }
        for text in ["制表厂", "甲县：含乙乡", "审核中心", "联系单位：甲县", "注册处：一"]
        {
            assert_eq!(of(&cells(&[text])), None, "{text}");
        }
    }

    #[test]
    fn labels_and_values_by_turns_are_a_footer() {
        for texts in [
            &["制表人", "张三", "审核人", "李四"][..],
            &["", "填表日期", "2026.3.5"],
            &["单位负责人", "王五", "", "制表人："],
        ] {
            assert!(pairs(&cells(texts)).is_some(), "{texts:?}");
        }
        for texts in [
            &["审核人", "张三", "甲局"][..],
            &["审核中心", "3"],
            &["县领导", "3"],
            &["甲局", "审核人"],
        ] {
            assert_eq!(pairs(&cells(texts)), None, "{texts:?}");
        }
        for text in ["以上名单如有变动，另行通知", "说明", "填报单位"]
        {
            assert!(label(&cells(&["", text])).is_some(), "{text}");
        }
        assert_eq!(label(&cells(&["上海办事处"])), None);
    }
}
