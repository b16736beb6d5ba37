//! What stands between `{{` and `}}` in a notice's text.

use std::fmt::{self, Write};

use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use super::filters::LONGEST;
use super::kinds;
use crate::notice::variables::{Evaluate, Outcome, Params};

/// Evaluates expressions over the parameters of a notice.
pub struct Expressions {
    environment: Environment<'static>,
}

impl Expressions {
    /// Filters of texts and numbers are available; functions, templates, files, and filters
    /// that make much of little are not.
    pub fn new() -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        super::filters::add_plain(&mut environment);
        super::filters::add(&mut environment);
        Self { environment }
    }
}

impl Expressions {
    /// The names that the expressions of a text ask for. What is known by a name is asked for
    /// by it, whatever signs are in it.
    pub fn names(&self, text: &str, is_known: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut names = Vec::new();
        for inner in inner_parts(text) {
            let inner = inner.trim();
            match self.environment.compile_expression(inner) {
                Ok(expression) if !is_known(inner) => {
                    names.extend(expression.undeclared_variables(false));
                }
                // A column may have any name, 电话（办） or 名额/人 as well.
                _ => names.push(inner.to_owned()),
            }
        }
        names
    }

    /// A text with its expressions evaluated.
    ///
    /// # Errors
    /// The first expression that cannot be, as it is written.
    pub fn fill(&self, text: &str, params: &Params) -> Result<String, String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((inner, behind)) = after.split_once("}}") else { break };
            filled.push_str(before);
            match self.evaluate(inner, params) {
                Outcome::Text(value) => filled.push_str(&value),
                _ => return Err(format!("{{{{{inner}}}}}")),
            }
            rest = behind;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

/// What stands between each pair of braces.
fn inner_parts(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|it| it.split_once("}}").map(|(inner, _)| inner))
}

impl Default for Expressions {
    fn default() -> Self {
        Self::new()
    }
}

impl Evaluate for Expressions {
    fn evaluate(&self, inner: &str, params: &Params) -> Outcome {
        let inner = inner.trim();
        if let Some(text) = params.get(inner) {
            return Outcome::Text(text.clone());
        }
        let Ok(expression) = self.environment.compile_expression(inner) else {
            return Outcome::NotOurs;
        };
        let names = expression.undeclared_variables(false);
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort();
        let missing = names.iter().find(|name| !params.contains_key(*name));
        match missing {
            Some(name) if names.len() > 1 || leads(inner, name) => {
                let name = if is_whole(inner, params) { inner } else { name };
                return Outcome::Undefined(name.to_owned());
            }
            Some(_) => return Outcome::NotOurs,
            None if names.is_empty() => return Outcome::NotOurs,
            None => {}
        }
        if let Some(why) = kinds::fault(inner) {
            return Outcome::Failed(why.into(), Vec::new());
        }
        match expression.eval(Value::from(Serde(params))) {
            Ok(value) => printed(&value),
            Err(error) if error.kind() == ErrorKind::InvalidOperation => {
                Outcome::Failed(explain(&error) + &values(&names, params), names)
            }
            Err(error) => Outcome::Failed(explain(&error), Vec::new()),
        }
    }
}

/// The text of a value, unless it is longer than any notice has use for.
fn printed(value: &Value) -> Outcome {
    let mut text = Short(String::new());
    match write!(text, "{value}") {
        Ok(()) => Outcome::Text(text.0),
        Err(_) => Outcome::Failed("结果太长".into(), Vec::new()),
    }
}

/// A text that takes no more than [`LONGEST`].
struct Short(String);

impl fmt::Write for Short {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        if self.0.len() + more.len() > LONGEST {
            return Err(fmt::Error);
        }
        self.0.push_str(more);
        Ok(())
    }
}

/// Whether an expression is a name with signs in it, such as 名额/人: texts are neither called
/// nor divided, and names are written without spaces.
fn is_whole(inner: &str, params: &Params) -> bool {
    let computes = |c: char| c.is_whitespace() || "|~'\"".contains(c);
    let bare: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
    !inner.contains(computes) || params.contains_key(&bare)
}

/// Whether the expression is the name alone, or the name passed to filters or computed with.
fn leads(inner: &str, name: &str) -> bool {
    let rest = inner.strip_prefix(name).map(str::trim_start);
    rest.is_some_and(|rest| !rest.starts_with(['.', '(', '[']))
}

/// What an expression was computed with, in words.
fn values(names: &[String], params: &Params) -> String {
    let value = |name: &String| Some(format!("“{name}”是“{}”", params.get(name)?));
    let values: Vec<String> = names.iter().filter_map(value).collect();
    format!("（{}）", values.join("，"))
}

fn explain(error: &minijinja::Error) -> String {
    match error.kind() {
        ErrorKind::UnknownFilter => "没有这个过滤器".into(),
        // Filters of our own say what is wrong in words that go on like this.
        ErrorKind::InvalidOperation => match error.detail() {
            Some(detail) if detail.starts_with('“') => detail.to_owned(),
            _ => "这两个值不能这样运算".into(),
        },
        ErrorKind::MissingArgument => "过滤器后面的括号里少写了值".into(),
        ErrorKind::TooManyArguments => "过滤器后面的括号里多写了值".into(),
        _ => "这样写算不出来".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_asked_for_as_it_stands_whatever_signs_are_in_it() {
        let expressions = Expressions::new();
        let columns = ["金额(万元)", "名额/人", "联系人-电话", "2026", "1、金额", "甲"];
        let known = |name: &str| columns.contains(&name);
        for name in columns {
            let params = Params::from([(name.to_owned(), "值".to_owned())]);
            let text = format!("前{{{{ {name} }}}}后");
            assert_eq!(expressions.names(&text, &known), [name]);
            assert_eq!(expressions.fill(&text, &params).as_deref(), Ok("前值后"));
        }
        let mut names = expressions.names("{{ 甲|int + 乙 }}{{ 丙/丁 }}", &known);
        names.sort();
        assert_eq!(names, ["丁", "丙", "乙", "甲"]);
    }

    #[test]
    fn a_name_that_is_not_there_is_told_whole() {
        let params =
            Params::from([("名额/人".into(), "3".into()), ("甲".into(), "".into())]);
        for (inner, told) in [
            ("金额(万元)", "金额(万元)"),
            ("甲/人", "甲/人"),
            ("联系人-8801", "联系人-8801"),
            ("名额 / 人", "名额 / 人"),
            ("年度|int+1", "年度"),
            ("甲 ~ 乙", "乙"),
        ] {
            let outcome = Expressions::new().evaluate(inner, &params);
            assert_eq!(outcome, Outcome::Undefined(told.to_owned()), "{inner}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_filter_is_told_in_chinese() {
        let params = Params::from([("甲".into(), "1".into())]);
        for (inner, told) in [
            ("甲|replace('1')", "过滤器后面的括号里少写了值"),
            ("甲|replace('1', '2', '3')", "过滤器后面的括号里多写了值"),
            ("甲|没有", "没有这个过滤器"),
            ("甲|trim(甲=甲)", "花括号里不能比较、判断，只写名称"),
        ] {
            let outcome = Expressions::new().evaluate(inner, &params);
            let Outcome::Failed(why, _) = outcome else { panic!("{inner}: {outcome:?}") };
            assert_eq!(why, told, "{inner}");
        }
    }

    #[test]
    fn filters_of_texts_and_numbers_are_there_and_others_are_not() {
        let params = Params::from([("年度".into(), "2026".into())]);
        let fill = |text: &str| Expressions::new().fill(text, &params);
        for (text, wanted) in [
            ("{{ 年度|int + 1 }}年", "2027年"),
            ("{{ '%06d'|format(年度|int) }}", "002026"),
            ("{{ 年度|replace('20', '二〇') }}", "二〇26"),
            ("{{ 年度|default('') }}", "2026"),
        ] {
            assert_eq!(fill(text).as_deref(), Ok(wanted));
        }
        for text in [
            "{{ '%0100000d'|format(年度|int) }}",
            "{{ 年度|indent(100000000000) }}",
            "{{ 年度 * 2 }}",
            "{{ 年度 > 2 }}",
            "{{ 年度[0] }}",
            "{{ 年度.长 }}",
            "{{ 年度|list }}",
        ] {
            assert_eq!(fill(text), Err(text.to_owned()));
        }
    }
}
