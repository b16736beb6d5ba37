//! What a notice's file asks for: its variables, its own parameters, its 份号.

use crate::notice::source::{Source, Span};
use crate::notice::variables::{self, Params};
use crate::notice::{Node, Reader, Value, edit, read_tree};
use crate::template::expression::Expressions;

/// Names of the key that has the parameters.
const PARAMETERS: [&str; 2] = ["参数", "params"];
/// Keys with several lines, or with such keys in them; anywhere else lines are joined.
const KEEP_LINES: [&str; 10] = [
    "标题",
    "title",
    "正文",
    "body",
    "印发件",
    "enclosure",
    "附件",
    "attachments",
    "按语",
    "preface",
];
const COPY_NUMBER: [&str; 2] = ["份号", "copy_number"];
const NUMBER: [&str; 2] = ["发文字号", "number"];
const RECIPIENTS: [&str; 2] = ["主送", "recipients"];

/// The texts of a notice's file, as they are written.
pub struct Asked {
    root: Node,
    expressions: Expressions,
}

impl Asked {
    /// Of a file's text; there is nothing in one that is no mapping.
    pub fn of(source: &Source) -> Self {
        let nothing = Node { span: Span::default(), block: false, value: Value::Null };
        let root = read_tree(source).ok().flatten().unwrap_or(nothing);
        Self { root, expressions: Expressions::new() }
    }

    fn entries(&self) -> &[(Node, Node)] {
        match &self.root.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Whether there is nothing to be seen in the file.
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// The variables that its texts ask for; `is_given` are those that have values beside its
    /// own parameters.
    pub fn variables(&self, is_given: &dyn Fn(&str) -> bool) -> Vec<String> {
        self.variables_behind(&|_| true, is_given)
    }

    /// Those that are asked for where line ends are taken out.
    pub fn one_line_variables(&self, is_given: &dyn Fn(&str) -> bool) -> Vec<String> {
        self.variables_behind(&|key| !KEEP_LINES.contains(&key), is_given)
    }

    fn variables_behind(
        &self,
        is_wanted: &dyn Fn(&str) -> bool,
        is_given: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let mut names = Vec::new();
        let wanted = |key: &Node| {
            let key = key.value.as_text();
            key.is_some_and(|it| !PARAMETERS.contains(&it) && is_wanted(it))
        };
        for (_, value) in self.entries().iter().filter(|(key, _)| wanted(key)) {
            each_text(value, &mut |text| names.extend(self.variables_of(text, is_given)));
        }
        names.sort();
        names.dedup();
        names
    }

    /// The variables that one text asks for, and those that its parameters ask for in turn.
    pub fn variables_of(
        &self,
        text: &str,
        is_given: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let is_known =
            |name: &str| is_given(name) || self.parameters().any(|(own, _)| own == name);
        let mut names = self.expressions.names(text, &is_known);
        let mut seen = 0;
        while let Some(name) = names.get(seen) {
            seen += 1;
            let own = self.parameters().find(|(own, _)| !is_given(name) && own == name);
            let text = own.and_then(|(_, node)| node.value.as_text()).unwrap_or_default();
            let more = self.expressions.names(text, &is_known);
            names.extend(
                more.into_iter().filter(|it| !names.contains(it)).collect::<Vec<_>>(),
            );
        }
        names
    }

    /// The parameters that it gives values to.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &Node)> {
        let own = edit::entry(self.entries(), &PARAMETERS).map(|(_, node)| &node.value);
        let own = match own {
            Some(Value::Map(entries)) => entries.as_slice(),
            _ => &[],
        };
        own.iter().filter_map(|(key, value)| Some((key.value.as_text()?, value)))
    }

    /// The values of its parameters under those that are given.
    pub fn values(&self, given: &Params) -> Params {
        // What is wrong with them is found where the notice is read.
        let mut reader = Reader::new(Source::new("", ""));
        variables::parameters(&mut reader, &self.root, &self.expressions, given)
    }

    /// 份号 as it has it.
    pub fn copy_number(&self) -> Option<&str> {
        edit::entry(self.entries(), &COPY_NUMBER)?.1.value.as_text()
    }

    /// 发文字号 as it has it.
    pub fn number(&self) -> Option<&str> {
        edit::entry(self.entries(), &NUMBER)?.1.value.as_text()
    }

    /// 主送 as it has it, those of a list joined.
    pub fn recipients(&self) -> Option<String> {
        let (_, node) = edit::entry(self.entries(), &RECIPIENTS)?;
        let mut texts = Vec::new();
        each_text(node, &mut |text| texts.push(text.to_owned()));
        Some(texts.join("、"))
    }
}

/// Every text below a value.
fn each_text(node: &Node, see: &mut dyn FnMut(&str)) {
    match &node.value {
        Value::Text(text) => see(text),
        Value::List(items) => items.iter().for_each(|it| each_text(it, see)),
        Value::Map(entries) => entries.iter().for_each(|(_, it)| each_text(it, see)),
        Value::Null | Value::Bool(..) | Value::Number(_) => {}
    }
}
