//! Changes to the text of a workspace file, 套打 and where its folders are: a person wrote the
//! rest, so every other byte of it stays.

use std::path::{Path, PathBuf};

use super::{Offset, read_source};
use crate::notice::edit::{Edit, append, apply, entry, fill, line_end, others, range};
use crate::notice::source::Source;
use crate::notice::{Node, Value, read_tree};
use crate::paths::{plain, relative};

/// The key of the offsets.
pub const KEY: &str = "套打";

/// Both names of the key, and of those below it.
const NAMES: [&str; 2] = [KEY, "preprint"];
const RIGHT: [&str; 2] = ["右移", "right"];
const DOWN: [&str; 2] = ["下移", "down"];
const FONTS: [&str; 2] = ["字体", "fonts"];
const TEMPLATES: [&str; 2] = ["模板", "templates"];
const REGISTER: [&str; 2] = ["登记簿", "register"];

/// The text with its offsets set: the numbers that are there are replaced, what is not there
/// is added. `None` where the text is written in a way that this would harm.
pub fn set_offset(source: &Source, offset: Offset) -> Option<String> {
    let tree = read_tree(source).ok()?;
    let line = line(offset);
    let edits = match tree.as_ref().map(|node| &node.value) {
        None | Some(Value::Null) => vec![append(source, 1, &line)],
        Some(Value::Map(entries)) => match entry(entries, &NAMES) {
            Some((key, value)) => update(source, key, value, offset)?,
            None => vec![append(source, entries.first()?.0.span.column, &line)],
        },
        Some(_) => return None,
    };
    let text = apply(source.text(), edits);
    let new = Source::new("", &text);
    let rest =
        |tree: Option<&Node>| tree.map(|node| others(node, &[NAMES])).unwrap_or_default();
    let kept = rest(tree.as_ref()) == rest(read_tree(&new).ok()?.as_ref());
    let read = read_source(Path::new(""), &new).ok()?;
    (kept && read.offset == offset).then_some(text)
}

/// The entry, as it stands on a line of its own.
pub fn line(offset: Offset) -> String {
    format!("{KEY}: {}", flow(offset))
}

fn flow(Offset { right, down }: Offset) -> String {
    format!("{{右移: {right}, 下移: {down}}}")
}

/// The text for a copy in another folder: 字体, 模板 and 登记簿 are where they were, and those
/// that are written from the root stay as they are. Both folders are canonical. `None` where
/// the text is written in a way that this would harm.
pub fn moved(source: &Source, from: &Path, to: &Path) -> Option<String> {
    let tree = read_tree(source).ok()?;
    let old = read_source(from, source).ok()?;
    let written = |path: &Path| {
        let path = relative(to, path).to_string_lossy().replace('\\', "/");
        serde_json::to_string(&path).ok()
    };
    let register = written(&old.register)?;
    let mut edits = Vec::new();
    match tree.as_ref().map(|node| &node.value) {
        None | Some(Value::Null) => {
            edits.push(append(source, 1, &format!("{}: {register}", REGISTER[0])));
        }
        Some(Value::Map(entries)) => {
            let paths = [(FONTS, &old.fonts), (TEMPLATES, &old.templates)];
            for (names, path) in paths {
                if let (Some((key, value)), Some(path)) = (entry(entries, &names), path)
                    && !from_root(value)
                {
                    edits.push(fill(source, key, value, written(path)?));
                }
            }
            match entry(entries, &REGISTER) {
                Some((_, value)) if from_root(value) => {}
                Some((key, value)) => edits.push(fill(source, key, value, register)),
                None => edits.push(append(
                    source,
                    entries.first()?.0.span.column,
                    &format!("{}: {register}", REGISTER[0]),
                )),
            }
        }
        Some(_) => return None,
    }
    let text = apply(source.text(), edits);
    // Read where it was: the seals that it names need not be in the new folder yet.
    let new = read_source(from, &Source::new("", &text)).ok()?;
    let stays = |names: &[&str]| {
        let Some(Value::Map(entries)) = tree.as_ref().map(|node| &node.value) else {
            return false;
        };
        entry(entries, names).is_some_and(|(_, value)| from_root(value))
    };
    let same = |new: &Path, old: &Path, names: &[&str]| {
        let asked =
            if stays(names) { old.to_owned() } else { from.join(relative(to, old)) };
        plain(new) == plain(&asked)
    };
    let all = |a: &Option<PathBuf>, b: &Option<PathBuf>, names: &[&str]| match (a, b) {
        (Some(a), Some(b)) => same(a, b, names),
        (None, None) => true,
        _ => false,
    };
    let kept = same(&new.register, &old.register, &REGISTER)
        && all(&new.fonts, &old.fonts, &FONTS)
        && all(&new.templates, &old.templates, &TEMPLATES);
    kept.then_some(text)
}

/// Whether a path is written from the root: wherever the copy goes, it leads there.
fn from_root(path: &Node) -> bool {
    path.value.as_text().is_some_and(|it| Path::new(it).is_absolute())
}

fn update(
    source: &Source,
    key: &Node,
    value: &Node,
    offset: Offset,
) -> Option<Vec<Edit>> {
    let start = range(source, value.span).start;
    if source.text()[start..].starts_with(['*', '&']) {
        return None;
    }
    let Value::Map(entries) = &value.value else {
        let empty = matches!(value.value, Value::Null);
        return empty.then(|| vec![fill(source, key, value, flow(offset))]);
    };
    let mut edits = Vec::new();
    let mut missing = Vec::new();
    for (names, number) in [(RIGHT, offset.right), (DOWN, offset.down)] {
        match entry(entries, &names) {
            Some((key, value)) => {
                edits.push(fill(source, key, value, number.to_string()));
            }
            None if number != 0.0 => missing.push(format!("{}: {number}", names[0])),
            None => {}
        }
    }
    if !missing.is_empty() {
        edits.push(insert(source, value, entries, &missing)?);
    }
    Some(edits)
}

/// New entries before the first one: in braces, or on lines of their own.
fn insert(
    source: &Source,
    value: &Node,
    entries: &[(Node, Node)],
    new: &[String],
) -> Option<Edit> {
    let start = range(source, value.span).start;
    if source.text()[start..].starts_with('{') {
        let rest = if entries.is_empty() { "" } else { ", " };
        return Some((start + 1..start + 1, format!("{}{rest}", new.join(", "))));
    }
    let first = entries.first()?.0.span;
    let at = source.offset(first.line, first.column);
    let indent: String = source.line(first.line).chars().take(first.column - 1).collect();
    let end = line_end(source);
    let lines = new.iter().map(|line| format!("{line}{end}{indent}"));
    Some((at..at, lines.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, right: f64, down: f64) -> Option<String> {
        set_offset(&Source::new("", text), Offset { right, down })
    }

    #[test]
    fn only_the_numbers_change() {
        let cases = [
            ("", "套打: {右移: 1.5, 下移: -0.8}\n"),
            ("# 空的\n", "# 空的\n套打: {右移: 1.5, 下移: -0.8}\n"),
            ("字体: \"a\" # 注", "字体: \"a\" # 注\n套打: {右移: 1.5, 下移: -0.8}\n"),
            ("字体: a\r\n", "字体: a\r\n套打: {右移: 1.5, 下移: -0.8}\r\n"),
            ("  字体: a\n", "  字体: a\n  套打: {右移: 1.5, 下移: -0.8}\n"),
            ("字体: |\n  a\n\n", "字体: |\n  a\n\n套打: {右移: 1.5, 下移: -0.8}\n"),
            (
                "套打: {下移: 3 , 右移: \"9\"} # 注\n字体: a\n",
                "套打: {下移: -0.8 , 右移: 1.5} # 注\n字体: a\n",
            ),
            (
                "套打:\r\n  # 一\r\n  右移: 3 # 二\r\n  下移: 4\r\n",
                "套打:\r\n  # 一\r\n  右移: 1.5 # 二\r\n  下移: -0.8\r\n",
            ),
            ("套打: {}\n", "套打: {右移: 1.5, 下移: -0.8}\n"),
            ("套打: {右移: 7}\n", "套打: {下移: -0.8, 右移: 1.5}\n"),
            ("preprint:\n  down: 7\n", "preprint:\n  右移: 1.5\n  down: -0.8\n"),
            (
                "套打: # 待填\n字体: a\n",
                "套打: {右移: 1.5, 下移: -0.8} # 待填\n字体: a\n",
            ),
            ("套打: ~\n", "套打: {右移: 1.5, 下移: -0.8}\n"),
            ("套打: {右移: , 下移: 0}\n", "套打: {右移: 1.5 , 下移: -0.8}\n"),
        ];
        for (old, new) in cases {
            assert_eq!(set(old, 1.5, -0.8).as_deref(), Some(new), "{old}");
        }
    }

    #[test]
    fn what_would_be_harmed_is_left_alone() {
        for text in [
            "{字体: a}\n",
            "- a\n",
            "字体: &a {}\n套打: *a\n",
            "字体: &a {右移: 1, 下移: 2}\n套打: *a\n",
            "字体: a\n...\n",
            "a: [\n",
        ] {
            assert_eq!(set(text, 1.5, -0.8), None, "{text}");
        }
    }

    #[test]
    fn a_copy_s_folders_and_register_are_where_they_were() {
        let moved = |text: &str, to: &str| {
            super::moved(&Source::new("", text), Path::new("/甲/年"), Path::new(to))
        };
        let cases = [
            ("机关: []\n", "机关: []\n登记簿: \"../年/登记簿.db\"\n"),
            (
                "字体: fonts # 注\n登记簿: '../簿.db'\n",
                "字体: \"../年/fonts\" # 注\n登记簿: \"../簿.db\"\n",
            ),
            ("模板: /乙/模板\n", "模板: /乙/模板\n登记簿: \"../年/登记簿.db\"\n"),
            ("登记簿: /甲/簿.db\n", "登记簿: /甲/簿.db\n"),
        ];
        for (old, new) in cases {
            assert_eq!(moved(old, "/甲/明年").as_deref(), Some(new), "{old}");
        }
        let far = moved("", "/乙/明年");
        assert_eq!(far.as_deref(), Some("登记簿: \"/甲/年/登记簿.db\"\n"));
        assert_eq!(moved("{机关: []}\n", "/甲/明年"), None);
    }

    #[test]
    fn what_is_set_twice_is_there_once() {
        let once = set("字体: a\n", 1.0, 0.0).expect("a text");
        assert_eq!(
            set(&once, 0.25, -20.0).as_deref(),
            Some("字体: a\n套打: {右移: 0.25, 下移: -20}\n")
        );
    }
}
