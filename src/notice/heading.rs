//! Which numbered lines are headings of a text (层次标题), and which are items of a list
//! (GB/T 9704-2012, 7.3.3).

use super::body::{Block, Paragraph, plain};

/// The longest heading, in characters: three lines.
const LONGEST: usize = 84;
/// The longest on the levels that are set like the text, where a line without a mark at its end
/// may as well be a sentence.
const SHORT: usize = 40;

/// Makes headings of the lines that read as one and have something under them: text, a table, a
/// picture or a level below. A line that another of its level follows is an item of a list.
pub fn mark(blocks: &mut [Block]) {
    let ahead: Vec<bool> = (1..=blocks.len())
        .map(|next| heads(&blocks[next - 1], blocks.get(next)))
        .collect();
    for (block, heading) in blocks.iter_mut().zip(ahead) {
        let Block::Paragraph(it) = block else { continue };
        it.heading = heading;
        if heading && it.level > 2 {
            it.head = std::mem::take(&mut it.text);
        }
    }
}

/// Whether a block is a heading of what follows it.
fn heads(block: &Block, next: Option<&Block>) -> bool {
    let Block::Paragraph(it) = block else { return false };
    reads_as_one(it)
        && match next {
            None => false,
            Some(Block::Paragraph(next)) => next.level == 0 || next.level > it.level,
            Some(Block::Table(_) | Block::Picture(_)) => true,
        }
}

/// A numbered line without a mark at its end.
fn reads_as_one(it: &Paragraph) -> bool {
    let (line, longest) = match it.level {
        0 => return false,
        1 | 2 if it.text.is_empty() => (plain(&it.head), LONGEST),
        1 | 2 => return false,
        _ => (plain(&it.text), SHORT),
    };
    line.chars().count() <= longest
        && !line.ends_with(['。', '；', '，', '、', '：', '！', '？', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::super::body::picked;
    use super::*;

    fn marked(text: &str) -> Vec<String> {
        picked(text, mark, |it| it.heading)
    }

    #[test]
    fn a_line_over_text_or_a_level_below_is_a_heading() {
        let text = "一、要求\n（一）期限\n1.方案\n各校报送方案。\n（二）纪律\n不得迟到。";
        assert_eq!(marked(text), ["一、要求", "（一）期限", "1.方案", "（二）纪律"]);
        let long = format!("（一）{}", "建立健全联动工作机制".repeat(5));
        assert_eq!(marked(&format!("{long}\n各校落实。")), [long]);
    }

    #[test]
    fn a_line_before_another_of_its_level_is_an_item() {
        let text =
            "一、时间：3月20日\n二、地点：五楼会议室\n三、议程\n1.传达精神\n2.通报情况";
        assert_eq!(marked(text), ["三、议程"]);
        assert!(marked("1.第一中学\n2.第二中学\n3.第三中学").is_empty());
    }

    #[test]
    fn a_line_with_a_mark_at_its_end_or_a_sentence_is_none() {
        for text in ["一、职责。\n甲。", "（一）甲；\n乙。", "1.报送下列材料：\n甲。"]
        {
            assert!(marked(text).is_empty(), "{text}");
        }
        assert!(marked(&format!("1.{}\n甲。", "检查".repeat(30))).is_empty());
    }
}
