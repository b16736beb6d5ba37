//! 正文: paragraphs on four levels, tables and pictures (GB/T 9704-2012, 7.3.3).

use super::numeral;
use super::picture::Picture;
use super::table::Table;

/// A piece of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// 段.
    Paragraph(Paragraph),
    /// 表格.
    Table(Table),
    /// 图片.
    Picture(Picture),
}

/// A stretch of text of one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What is printed, exactly.
    pub text: String,
    /// 加粗.
    pub bold: bool,
}

/// 段: a heading, a text, or a heading with its text run on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// 层次: 1 to 4, 0 for plain text.
    pub level: u8,
    /// What is set in the level's face: up to the first 。, or all of it; a heading of its own.
    pub head: Vec<Run>,
    /// What follows in the body's face.
    pub text: Vec<Run>,
    /// A heading of its own, which must not end a page.
    pub heading: bool,
    /// Numbered by `#` rather than by hand.
    pub marked: bool,
    /// 章 or 节 of a text that is issued, in the middle of its line.
    pub chapter: bool,
}

/// The running numbers of headings written with `#`.
#[derive(Debug, Clone, Default)]
pub struct Counters([usize; 4]);

impl Counters {
    /// The next number on a level; the levels below start again.
    fn next(&mut self, level: u8) -> usize {
        let at = usize::from(level.clamp(1, 4)) - 1;
        self.0[at + 1..].fill(0);
        self.0[at] += 1;
        self.0[at]
    }
}

/// Characters that mark something, and what stands for them where they are a value's own; no
/// text has those, they are no characters.
const LITERAL: [(char, char); 2] = [('*', '\u{fdd0}'), ('#', '\u{fdd1}')];

/// A value of a variable, in which nothing marks anything.
pub fn literal(value: &str) -> String {
    let stand = |c| LITERAL.iter().find(|(mark, _)| *mark == c).map_or(c, |it| it.1);
    value.chars().map(stand).collect()
}

/// A text with its values as they are.
fn restored(text: &str) -> String {
    let back = |c| LITERAL.iter().find(|(_, stand)| *stand == c).map_or(c, |it| it.0);
    text.chars().map(back).collect()
}

/// The paragraphs of a text: every line that is not empty is one.
pub fn paragraphs(text: &str, counters: &mut Counters) -> Vec<Paragraph> {
    let lines = text.lines().map(trim).filter(|line| !line.is_empty());
    lines.map(|line| paragraph(line, counters)).collect()
}

fn trim(line: &str) -> &str {
    line.trim()
}

fn paragraph(line: &str, counters: &mut Counters) -> Paragraph {
    let (level, text, marked) = match marked_level(line) {
        Some((level, rest)) => {
            let number = counters.next(level);
            (level, format!("{}{rest}", numeral::label(level, number)), true)
        }
        None => (numeral::typed_level(line), line.to_owned(), false),
    };
    let runs = runs(&text);
    let (head, text) = match level {
        0 => (Vec::new(), runs),
        1 | 2 => split(runs),
        _ => (Vec::new(), runs),
    };
    Paragraph { level, head, text, marked, ..Paragraph::default() }
}

/// `# ` to `#### `: the level and the rest of the line.
fn marked_level(line: &str) -> Option<(u8, &str)> {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    let rest = &line[hashes..];
    let spaced = rest.starts_with([' ', '\u{3000}', '\t']) && !rest.trim().is_empty();
    ((1..=4).contains(&hashes) && spaced)
        .then(|| (u8::try_from(hashes).unwrap_or(4), rest.trim()))
}

/// The text without its weights.
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Parts a heading from the text run on behind its first 。.
fn split(runs: Vec<Run>) -> (Vec<Run>, Vec<Run>) {
    let (mut head, mut text) = (Vec::new(), Vec::new());
    for run in runs {
        if !text.is_empty()
            || head.last().is_some_and(|run: &Run| run.text.ends_with('。'))
        {
            text.push(run);
            continue;
        }
        match run.text.split_once('。') {
            Some((front, back)) => {
                head.push(Run { text: format!("{front}。"), bold: run.bold });
                if !back.is_empty() {
                    text.push(Run { text: back.to_owned(), bold: run.bold });
                }
            }
            None => head.push(run),
        }
    }
    (head, text)
}

/// `**加粗**` becomes bold; asterisks without a partner are text.
pub fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut push = |text: &str, bold| {
        if !text.is_empty() {
            runs.push(Run { text: restored(text), bold });
        }
    };
    let mut rest = text;
    while let Some(start) = rest.find("**") {
        let inner = &rest[start + 2..];
        let Some(end) = inner.find("**").filter(|end| !inner[..*end].trim().is_empty())
        else {
            break;
        };
        push(&rest[..start], false);
        push(&inner[..end], true);
        rest = &inner[end + 2..];
    }
    push(rest, false);
    runs
}

/// The plain text of those paragraphs of a text that are picked, behind what `mark` does to them.
#[cfg(test)]
pub fn picked(
    text: &str,
    mark: fn(&mut [Block]),
    pick: fn(&Paragraph) -> bool,
) -> Vec<String> {
    let all = paragraphs(text, &mut Counters::default());
    let mut blocks: Vec<Block> = all.into_iter().map(Block::Paragraph).collect();
    mark(&mut blocks);
    let picked = blocks.into_iter().filter_map(|block| match block {
        Block::Paragraph(it) if pick(&it) => Some(plain(&it.head)),
        _ => None,
    });
    picked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Paragraph {
        paragraphs(line, &mut Counters::default()).remove(0)
    }

    #[test]
    fn a_heading_ends_at_its_first_full_stop() {
        let paragraph = one("（一）县（区）总工会。负责组织。每季度末报送。");
        assert_eq!(plain(&paragraph.head), "（一）县（区）总工会。");
        assert_eq!(plain(&paragraph.text), "负责组织。每季度末报送。");
        assert_eq!(plain(&one("一、分级负责").head), "一、分级负责");
    }

    #[test]
    fn hash_marks_number_themselves_and_start_again_below() {
        let text = "# 甲\n## 乙\n## 丙\n# 丁\n## 戊\n### 己\n#### 庚";
        let all = paragraphs(text, &mut Counters::default());
        let line = |p: &Paragraph| plain(&p.head) + &plain(&p.text);
        let heads: Vec<_> = all.iter().map(line).collect();
        assert_eq!(
            heads,
            ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "1.己", "（1）庚"]
        );
    }

    #[test]
    fn only_paired_asterisks_are_bold() {
        assert_eq!(
            runs("甲**乙**丙").iter().map(|r| r.bold).collect::<Vec<_>>(),
            [false, true, false]
        );
        for text in ["2**10", "****", "** **", "*甲*", "**"] {
            assert_eq!(plain(&runs(text)), text);
        }
    }

    #[test]
    fn a_value_s_own_signs_mark_nothing() {
        let line = format!("联系人**{}、{}**", literal("张**"), literal("# 李**"));
        let paragraph = one(&line);
        assert_eq!(plain(&paragraph.text), "联系人张**、# 李**");
        assert_eq!(
            paragraph.text.iter().map(|run| run.bold).collect::<Vec<_>>(),
            [false, true]
        );
        let heading = one(&literal("# 标题"));
        assert_eq!((heading.level, plain(&heading.text)), (0, "# 标题".into()));
    }

    #[test]
    fn signs_that_are_no_heading_stay_text() {
        for text in ["#import \"x\"", "#甲", "##### 甲", "= 甲", "- 甲"] {
            assert_eq!(one(text), Paragraph { text: runs(text), ..Paragraph::default() });
        }
    }
}
