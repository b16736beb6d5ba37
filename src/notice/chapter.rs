//! 章 and 节 of a text that is issued: a line of its own such as `第一章　总则`.

use super::body::{Block, plain};

/// The longest name of one, in characters.
const NAME: usize = 20;

/// What a line divides a text into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Chapter,
    Section,
}

/// Makes headings of the lines that begin a chapter or section. In a table of contents, where
/// more of them follow, they are text.
pub fn mark(blocks: &mut [Block]) {
    let parts: Vec<Option<Part>> = blocks.iter().map(of_block).collect();
    for (at, block) in blocks.iter_mut().enumerate() {
        if let Block::Paragraph(it) = block
            && begins(&parts[at..])
        {
            (it.level, it.heading, it.chapter) = (1, true, true);
            it.head = std::mem::take(&mut it.text);
        }
    }
}

/// Whether the first of these begins a part: behind it, and a section that a chapter begins
/// with, comes text.
fn begins(parts: &[Option<Part>]) -> bool {
    matches!(
        parts,
        [Some(_), None, ..] | [Some(Part::Chapter), Some(Part::Section), None, ..]
    )
}

fn of_block(block: &Block) -> Option<Part> {
    match block {
        Block::Paragraph(it) if it.level == 0 => of_line(&plain(&it.text)),
        _ => None,
    }
}

/// `第一章　总则`: a number, a space and a short name without a mark at its end.
fn of_line(line: &str) -> Option<Part> {
    let numeral =
        |c: char| "〇零一二三四五六七八九十百".contains(c) || c.is_ascii_digit();
    let number = line.strip_prefix('第')?;
    let rest = number.trim_start_matches(numeral);
    if rest.len() == number.len() {
        return None;
    }
    let (part, name) = match rest.chars().next()? {
        '章' => (Part::Chapter, &rest['章'.len_utf8()..]),
        '节' => (Part::Section, &rest['节'.len_utf8()..]),
        _ => return None,
    };
    let spaced = name.is_empty() || name.starts_with(char::is_whitespace);
    let short = name.chars().count() <= NAME;
    let text = name.contains(['。', '；', '，', '：', '…', '.']);
    (spaced && short && !text).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::super::body::picked;
    use super::*;

    fn marked(text: &str) -> Vec<String> {
        picked(text, mark, |it| it.chapter)
    }

    #[test]
    fn lines_that_name_a_chapter_or_a_section_begin_one() {
        let text = "第一章　总则\n第一条　为规范管理，制定本办法。\n第二章 管理\n第一节 一般规定\n第二条　甲。\n第3节  特别规定\n第三条　乙。\n第十一章\n第四条　丙。";
        let found = [
            "第一章　总则",
            "第二章 管理",
            "第一节 一般规定",
            "第3节  特别规定",
            "第十一章",
        ];
        assert_eq!(marked(text), found);
    }

    #[test]
    fn other_lines_are_text() {
        for text in [
            "第一章规定的事项\n甲。",
            "第二节课　语文，数学\n甲。",
            "第一章　总则。\n甲。",
            "第章　甲\n乙。",
            "第一条　甲\n乙。",
            "目录\n第一章　总则\n第一节　甲\n第二节　乙\n第二章　附则",
            "第一章　总则……1\n甲。",
        ] {
            assert_eq!(marked(text), Vec::<String>::new(), "{text}");
        }
    }
}
