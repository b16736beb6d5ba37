//! Values that are a year by their key: 参数 and 发文字号.

use std::ops::Range;

use super::digits::like;
use super::plan::year_of;
use super::work::Work;
use super::years::years;
use super::{What, YEAR};
use crate::notice::Node;

/// Brackets around the year of a 文号, the wrong ones among them.
const OPENERS: [char; 6] = ['〔', '[', '［', '（', '(', '【'];
const CLOSERS: [char; 6] = ['〕', ']', '］', '）', ')', '】'];

impl Work<'_> {
    /// A parameter: what the command line gives, the new year under each of its names, and
    /// years beside it (上年度、学年).
    pub fn param(&mut self, name: &str, node: &Node) {
        let Some(old) = node.value.as_text() else { return self.node(node, name) };
        if self.is_number(name) && !self.set.contains_key(name) {
            return self.number(node);
        }
        if self.is_serial(name) {
            let why = "原来的序号，草稿的发文字号不再用它".to_owned();
            self.note(self.range(node).start, What::Review(old.to_owned(), why), name);
        }
        let year = year_of(old);
        let moved = |to: i32| {
            let digits = old.trim().trim_end_matches(['年', '度']);
            old.replacen(digits, &like(digits, to), 1)
        };
        let new = match (self.set.get(name), year) {
            _ if YEAR.contains(&name) && year.is_some() => moved(self.plan.new_year()),
            (Some(new), _) => new.clone(),
            (None, Some(year))
                if (name.contains('年') && (year - self.plan.old).abs() <= 1)
                    || self.names_class(name, year) =>
            {
                moved(year + self.plan.by)
            }
            (None, _) => match self.school_year(name, old) {
                Some(new) => new,
                None => {
                    self.years.extend(year.map(|it| (name.to_owned(), it)));
                    return self.node(node, name);
                }
            },
        };
        self.years.extend(year_of(&new).map(|it| (name.to_owned(), it)));
        self.params.push(name.to_owned());
        let range = self.range(node);
        let written = &self.source.text()[range.clone()];
        // What an alias stands for is changed where it is written.
        if old == new || written.starts_with('*') {
            return;
        }
        if node.block && new.contains('\n') {
            let what = What::Review(new, "几行的值，请自己填".into());
            return self.note(range.start, what, name);
        }
        let quoted = match written.chars().next() {
            // Under a bar all is text.
            _ if node.block => new.clone(),
            Some('"') => serde_json::to_string(&new).unwrap_or_default(),
            Some('\'') => format!("'{}'", new.replace('\'', "''")),
            _ if is_plain(&new) => new.clone(),
            _ => serde_json::to_string(&new).unwrap_or_default(),
        };
        self.note(range.start, What::Replaced(old.to_owned(), new), name);
        self.edits.push((range, quoted));
    }

    /// Whether a parameter is the year of a class: `{{ 届别 }}届`.
    fn names_class(&self, name: &str, year: i32) -> bool {
        let text = self.source.text();
        let class = text.match_indices("}}").any(|(at, end)| {
            let used = text[..at].rfind("{{").map(|open| &text[open + end.len()..at]);
            used.is_some_and(|it| it.trim() == name)
                && text[at + end.len()..].starts_with(['届', '级'])
        });
        class && (self.plan.old - 6..=self.plan.old + 1).contains(&year)
    }

    /// Whether 发文字号 is a parameter and nothing else.
    fn is_number(&self, name: &str) -> bool {
        let inside = self.number_text.trim_matches(['"', '\'']).trim().strip_prefix("{{");
        let inside = inside.and_then(|it| it.strip_suffix("}}"));
        inside.is_some_and(|it| it.trim() == name)
    }

    /// Whether the serial of 发文字号 is by a parameter.
    fn is_serial(&self, name: &str) -> bool {
        serial(&self.number_text).is_some_and(|at| uses(&self.number_text[at], name))
    }

    /// `学年: 2026—2027`, both ends moved on.
    fn school_year(&self, name: &str, old: &str) -> Option<String> {
        let named = format!("{}学年", old.trim_end().trim_end_matches("学年"));
        let found = years(&named);
        let [first, last] = found.as_slice() else { return None };
        let own = (first.year - self.plan.old).abs() <= 1 && last.year == first.year + 1;
        let mut new = old.to_owned();
        for year in [last, first] {
            new.replace_range(
                year.at.clone(),
                &like(&year.written, year.year + self.plan.by),
            );
        }
        (name.contains("学年") && own).then_some(new)
    }

    /// 发文字号: the new year, and no serial number.
    pub fn number(&mut self, node: &Node) {
        let range = self.range(node);
        let old = self.source.text()[range.clone()].to_owned();
        let mut new = old.clone();
        if let Some(digits) = serial(&old) {
            new.replace_range(digits, "");
        }
        for year in years(&old) {
            let open = old[..year.at.start].ends_with(OPENERS);
            if open && old[year.at.end..].starts_with(CLOSERS) {
                let to = like(&year.written, year.year + self.plan.by);
                new.replace_range(year.at, &to);
            }
        }
        if new != old {
            self.note(range.start, What::Replaced(old, new.clone()), "发文字号");
            self.edits.push((range, new));
        }
    }
}

/// Where the serial of a 文号 stands: digits or variables behind the year or behind 第.
fn serial(number: &str) -> Option<Range<usize>> {
    let end = number.rfind('号')?;
    let head = number[..end].trim_end();
    let mut rest = head;
    loop {
        let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let variable = digits.strip_suffix("}}").and_then(|it| it.rfind("{{"));
        let shorter = variable.map_or(digits, |open| &digits[..open]).trim_end();
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    let behind = rest.ends_with(CLOSERS) || rest.ends_with('第');
    (behind && rest.len() < head.len()).then_some(rest.len()..end)
}

/// Whether an expression has a variable in it.
fn uses(expression: &str, name: &str) -> bool {
    expression.split(|c: char| !c.is_alphanumeric() && c != '_').any(|it| it == name)
}

/// Whether a text can stand in YAML without quotes and mean itself.
fn is_plain(text: &str) -> bool {
    let word = ["null", "true", "false"].iter().any(|it| text.eq_ignore_ascii_case(it));
    let safe = |c: char| c.is_alphanumeric() || "-—–年月日".contains(c);
    !text.is_empty() && !word && text.chars().all(safe) && !text.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_digits_or_variables_behind_the_year() {
        for (number, asked) in [
            ("云工发〔2026〕18号", Some("18")),
            ("云工发〔{{ 年度 }}〕{{ 序号 }}号", Some("{{ 序号 }}")),
            (
                "云工发〔2026〕{{ '%02d'|format(序号|int) }} 号",
                Some("{{ '%02d'|format(序号|int) }} "),
            ),
            ("云工发〔2026〕1{{ 序号 }}号", Some("1{{ 序号 }}")),
            ("\"第{{ 序号 }}号\"", Some("{{ 序号 }}")),
            ("第6号", Some("6")),
            ("云工发〔2026〕\u{3000}号", None),
            ("云工发〔2026〕号", None),
            ("{{ 代字 }}号", None),
            ("{{ 文号 }}", None),
        ] {
            let found = serial(number).map(|at| &number[at]);
            assert_eq!(found, asked, "{number}");
        }
    }
}
