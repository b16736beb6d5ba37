//! Typed access to a file's values. Every problem is noted at its place and reading goes on,
//! so that all of them are reported at once.

use super::keys::{Key, nearest};
use super::places::Places;
use super::said::meant;
use super::source::{Source, Span};
use super::tree::{Node, Value};
use crate::diag::Diagnostic;

/// The findings so far and where each field stands.
pub struct Reader {
    /// Field path → place.
    pub places: Places,
    /// What was wrong.
    pub findings: Vec<Diagnostic>,
}

/// The keys of one mapping that are known, each at most once.
pub struct Fields<'a> {
    path: String,
    span: Span,
    entries: Vec<(&'static str, &'a Node)>,
}

impl<'a> Fields<'a> {
    /// The value behind a key; `None` when the key is absent or has nothing behind it.
    pub fn get(&self, name: &str) -> Option<&'a Node> {
        let (_, node) = self.entries.iter().find(|(key, _)| *key == name)?;
        (!matches!(node.value, Value::Null)).then_some(node)
    }

    /// Whether the key is written, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, _)| *key == name)
    }

    /// The path of a key below this mapping.
    pub fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// Where the mapping itself stands.
    pub fn span(&self) -> Span {
        self.span
    }
}

impl Reader {
    /// A reader over one file.
    pub fn new(source: Source) -> Self {
        Self { places: Places::new(source), findings: Vec::new() }
    }

    /// Notes an error at a span.
    pub fn error(&mut self, code: &'static str, span: Span, message: String, hint: &str) {
        let place = self.places.source().place(span);
        self.findings.push(Diagnostic::error(code, message).at(place).hint(hint));
    }

    /// The known keys of a mapping; unknown, repeated and doubly named ones are noted.
    pub fn fields<'a>(
        &mut self,
        path: &str,
        node: &'a Node,
        keys: &'static [Key],
    ) -> Option<Fields<'a>> {
        self.places.record(path, node.span);
        let Value::Map(entries) = &node.value else {
            self.wrong_type(path, node, "一组“键: 值”");
            return None;
        };
        let mut fields =
            Fields { path: path.to_owned(), span: node.span, entries: Vec::new() };
        let mut written: Vec<(&'static str, &str)> = Vec::new();
        for (name, value) in entries {
            let Some(text) = name.value.as_text() else {
                let message = format!("键应是文字，这里是{}", name.value.what());
                self.error("Y201", name.span, message, "键写在冒号前面，例如“标题: …”");
                continue;
            };
            let Some(key) = keys.iter().find(|key| key.name == text || key.alias == text)
            else {
                self.unknown(name.span, text, keys);
                continue;
            };
            if let Some((_, earlier)) = written.iter().find(|(name, _)| *name == key.name)
            {
                self.repeated(name.span, text, earlier);
                continue;
            }
            written.push((key.name, text));
            self.places.record(&fields.path(key.name), value.span);
            fields.entries.push((key.name, value));
        }
        Some(fields)
    }

    fn unknown(&mut self, span: Span, text: &str, keys: &'static [Key]) {
        let hint = match meant(text, keys) {
            Some(name) => format!("是不是想写“{name}”？"),
            None => {
                let names: Vec<_> = keys.iter().map(|key| key.name).collect();
                format!("这里可用的键：{}", names.join("、"))
            }
        };
        self.error("Y202", span, format!("不认识的键“{text}”"), &hint);
    }

    fn repeated(&mut self, span: Span, text: &str, earlier: &str) {
        if text == earlier {
            let message = format!("键“{text}”写了两次");
            self.error("Y203", span, message, "只留一个；要写几项，用列表");
        } else {
            let message = format!("“{text}”和“{earlier}”是同一个键，写了两次");
            self.error("Y204", span, message, "中文键和英文别名只写一个");
        }
    }

    /// Notes that something else was expected.
    pub fn wrong_type(&mut self, path: &str, node: &Node, expected: &str) {
        let name = path.rsplit('.').next().unwrap_or(path);
        let subject =
            if name.is_empty() { "这里".into() } else { format!("“{name}”") };
        let message = format!("{subject}应是{expected}，这里写的是{}", node.value.what());
        let hint = match (&node.value, super::keys::about(name)) {
            (Value::Map(_), _) if self.is_bare_variable(node) => {
                "以 {{ 开头的值要整个加上双引号".to_owned()
            }
            (Value::Map(_), _) => "含有“: ”的文字要整个加上双引号".to_owned(),
            (Value::List(_), _) => "去掉行首的“- ”或方括号，写成一个值".to_owned(),
            (Value::Null, _) => "在冒号后写上内容，或删去这个键".to_owned(),
            (_, Some(about)) => format!("{name}：{about}"),
            (_, None) => "对照 `hongtou new` 生成的样本改写".to_owned(),
        };
        self.error("Y205", node.span, message, &hint);
    }

    /// Whether a value is a variable without quotes, which YAML takes for keys.
    fn is_bare_variable(&self, node: &Node) -> bool {
        let line = self.places.source().line(node.span.line);
        let before = node.span.column.saturating_sub(1);
        line.chars().skip(before).take(2).eq("{{".chars())
    }

    /// A text; numbers are taken as written.
    pub fn text(&mut self, fields: &Fields, name: &str) -> Option<String> {
        let node = fields.get(name)?;
        self.scalar(&fields.path(name), node)
    }

    /// A scalar's text, trimmed; `None` for an empty one.
    pub fn scalar(&mut self, path: &str, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) | Value::Number(text) => {
                let text =
                    text.trim_matches(|c: char| c.is_whitespace() && c != '\u{3000}');
                (!text.trim().is_empty()).then(|| text.to_owned())
            }
            _ => {
                self.wrong_type(path, node, "文字");
                None
            }
        }
    }

    /// A title: it keeps its author's line breaks.
    pub fn title(&mut self, fields: &Fields, name: &str) -> String {
        let text = self.text(fields, name).unwrap_or_default();
        let lines: Vec<_> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }

    /// A text in which line ends mean nothing.
    pub fn one_line(&mut self, fields: &Fields, name: &str) -> Option<String> {
        self.text(fields, name).map(|text| text.lines().map(str::trim).collect())
    }

    /// A text or a list of texts, empty ones left out.
    pub fn texts(&mut self, fields: &Fields, name: &str) -> Vec<String> {
        let Some(node) = fields.get(name) else { return Vec::new() };
        self.scalars(&fields.path(name), node)
    }

    /// One scalar or a list of scalars.
    pub fn scalars(&mut self, path: &str, node: &Node) -> Vec<String> {
        let Value::List(items) = &node.value else {
            return self.scalar(path, node).into_iter().collect();
        };
        let mut texts = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let path = format!("{path}[{i}]");
            self.places.record(&path, item.span);
            if !matches!(item.value, Value::Null) {
                texts.extend(self.scalar(&path, item));
            }
        }
        texts
    }

    /// true or false; also 是 and 否.
    pub fn flag(&mut self, fields: &Fields, name: &str) -> Option<bool> {
        let node = fields.get(name)?;
        match &node.value {
            Value::Bool(value, _) => Some(*value),
            Value::Text(text) if text == "是" => Some(true),
            Value::Text(text) if text == "否" => Some(false),
            _ => {
                self.wrong_type(&fields.path(name), node, " true 或 false");
                None
            }
        }
    }

    /// A number above zero.
    pub fn number(&mut self, fields: &Fields, name: &str) -> Option<f64> {
        let node = fields.get(name)?;
        self.positive(&fields.path(name), node)
    }

    /// A scalar as a number above zero.
    pub fn positive(&mut self, path: &str, node: &Node) -> Option<f64> {
        let number =
            node.value.as_text().and_then(|text| text.trim().parse::<f64>().ok());
        match number {
            // Of more than that, two have no sum.
            Some(number) if number > 0.0 && number < 1e9 => Some(number),
            Some(number) if number > 0.0 => {
                self.wrong_type(path, node, "小于 10 亿的数字");
                None
            }
            _ => {
                self.wrong_type(path, node, "大于零的数字");
                None
            }
        }
    }

    /// One of a few words.
    pub fn choice(
        &mut self,
        fields: &Fields,
        name: &str,
        words: &[&'static str],
    ) -> Option<&'static str> {
        let text = self.text(fields, name)?;
        let plain = text.trim_end_matches("（令）");
        if let Some(word) = words.iter().find(|word| **word == plain) {
            return Some(word);
        }
        let hint = match nearest(&text, words.iter().copied()) {
            Some(word) => format!("是不是想写“{word}”？可用的有：{}", words.join("、")),
            None => format!("可用的有：{}", words.join("、")),
        };
        let span = fields.get(name).map_or(fields.span(), |node| node.span);
        self.error("Y206", span, format!("“{name}”没有“{text}”这一种"), &hint);
        None
    }
}
