//! Pages that must not happen around signature and date (7.3.5.5), over bodies of many lengths.

use hongtou::measure::lines::lines;
use hongtou::notice::numeral::label;
use hongtou::rules::page::ending::{Fault, faults};
use hongtou::template::Adjustment;
use hongtou::typeset::facts::Page;

use crate::support::lay_out_text;

const SENTENCE: &str = "各单位应当结合实际认真组织，按时报送进展情况。";

fn notice(paragraphs: usize, sentences: usize, more: &str) -> String {
    let line = format!("  {}\n", SENTENCE.repeat(3));
    let last = SENTENCE.repeat(sentences);
    let body = line.repeat(paragraphs) + "  " + &last;
    format!(
        "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕18号\n标题: 关于报送进展情况的通知\n\
         成文日期: 2026-03-05\n{more}\n正文: |\n{body}\n"
    )
}

#[test]
fn no_length_of_text_leaves_the_signature_with_one_line_or_none() {
    let mut adjusted = Vec::new();
    for more in ["", "印章: 样章.svg", "附件: [甲表, 乙表, 丙表]\n附注: 此件公开发布"]
    {
        for paragraphs in 1..9 {
            for sentences in 1..7 {
                let laid = lay_out_text(&notice(paragraphs, sentences, more), false);
                let found = faults(&laid.facts);
                assert!(found.is_empty(), "{paragraphs}, {sentences}, {more}: {found:?}");
                assert!(laid.findings.is_empty(), "{:?}", laid.findings);
                adjusted
                    .extend(Some(laid.adjustment).filter(|it| *it != Adjustment::NONE));
            }
        }
    }
    // The test is worth something only if there was something to put right.
    assert!(adjusted.len() > 5, "{}", adjusted.len());
    assert!(adjusted.iter().any(|it| it.char < 1.0), "{adjusted:?}");
}

/// One paragraph and a closing that a page cannot hold: some line stays on the first page if
/// there is more than one.
#[test]
fn a_single_paragraph_never_leaves_the_signature_alone() {
    for sentences in 1..20 {
        let more = "附件: [甲表, 乙表, 丙表]\n附注: 此件公开发布";
        let laid = lay_out_text(&notice(0, sentences, more), false);
        let found = faults(&laid.facts);
        let alone = found.iter().any(|(fault, _)| *fault == Fault::SignatureAlone);
        assert!(!alone, "{sentences}: {found:?}");
        assert!(found.is_empty() || sentences < 2, "{sentences}: {found:?}");
    }
}

/// 附件说明 is no 正文: the body's last lines go along with it (7.3.5.5).
#[test]
fn a_list_that_leaves_the_text_takes_its_last_lines_along() {
    let bodies = "[云岭市总工会, 云岭市教育局, 云岭市人力资源和社会保障局, 云岭市财政局, 共青团云岭市委员会]";
    let seals = ["样章.svg"; 5].join(", ");
    let more = format!("署名: {bodies}\n印章: [{seals}]\n附件: [租赁台账, 租赁合同]");
    let mut parted = 0;
    for paragraphs in 0..5 {
        for sentences in 1..7 {
            if (paragraphs, sentences) == (0, 1) {
                continue;
            }
            let laid = lay_out_text(&notice(paragraphs, sentences, &more), false);
            let found = faults(&laid.facts);
            assert!(found.is_empty(), "{paragraphs}, {sentences}: {found:?}");
            let page = |name| laid.facts.mark(name).map(|it| it.0);
            let end = page("tail").or_else(|| page("text-end"));
            assert_eq!(end, page("signature"), "{paragraphs}, {sentences}");
            parted += usize::from(page("last") < end);
        }
    }
    assert!(parted > 3, "{parted}");
}

/// Where nothing helps, it is told.
#[test]
fn a_list_alone_with_the_signature_is_a_fault() {
    let mut laid = lay_out_text(&notice(3, 3, "附件: [甲表, 乙表]"), false);
    assert!(faults(&laid.facts).is_empty());
    laid.facts.pages.push(Page::default());
    laid.facts.pages[0].marks.push(("text-end".into(), 200.0));
    for page in &mut laid.facts.pages {
        page.marks.retain(|(name, _)| name != "tail" && name != "signature");
    }
    laid.facts.pages.last_mut().unwrap().marks.push(("signature".into(), 50.0));
    let last = laid.facts.pages.len();
    assert_eq!(faults(&laid.facts), [(Fault::ListAlone, last)]);
}

#[test]
fn the_same_text_is_adjusted_the_same_way() {
    let all = || (0..9).map(|n| lay_out_text(&notice(n, 4, ""), false).adjustment);
    assert_eq!(all().collect::<Vec<_>>(), all().collect::<Vec<_>>());
}

/// 7.3.3: a first block that the first page has no room for is noticed, whatever it is.
#[test]
fn a_first_page_without_body_is_noticed_before_tables_and_pictures() {
    // A head and a row that stay together, and are higher than the room.
    let cell = SENTENCE.repeat(15);
    let table = format!("  - 表格: {{表头: [{cell}], 行: [[{cell}]]}}");
    let picture = "  - 图片: {文件: 管网示意.svg, 宽: 28}".to_owned();
    for (block, missed) in [(table, true), (picture, false)] {
        let text = format!(
            "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕18号\n\
             标题: 关于报送进展情况的通知\n成文日期: 2026-03-05\n正文:\n{block}\n  - {SENTENCE}\n"
        );
        let laid = lay_out_text(&text, false);
        let found = faults(&laid.facts);
        assert_eq!(found.contains(&(Fault::FirstPage, 1)), missed, "{text}");
    }
}

/// Numbered lines under each other are items of a list, which any page may part.
#[test]
fn the_items_of_a_list_fill_the_first_page() {
    for level in 1..=4 {
        let items: String =
            (1..=20).map(|n| format!("  {}第{n}小学\n", label(level, n))).collect();
        let text = format!(
            "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕18号\n标题: 关于公布名单的通告\n\
             成文日期: 2026-03-05\n正文: |\n  现将名单公布如下：\n{items}  特此通告。\n"
        );
        let laid = lay_out_text(&text, false);
        let first = lines(&laid.facts).into_iter().filter(|it| it.page == 0);
        let foot = first.filter(|it| it.baseline < 266.0).map(|it| it.bottom());
        let foot = foot.fold(0.0, f64::max);
        assert!(foot > 261.0, "level {level}: the first page ends at {foot} mm");
    }
}

/// A heading of two lines is whole and over the text that it heads.
#[test]
fn a_long_heading_goes_with_its_text() {
    let heading = "（一）建立健全市、县（区）、乡镇（街道）、村（社区）四级联动工作机制，形成齐抓共管的良好局面";
    let mut turned = 0;
    for paragraphs in 0..26 {
        let body = "  各校落实。\n".repeat(paragraphs);
        let text = format!(
            "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕18号\n标题: 关于开会的通知\n\
             成文日期: 2026-03-05\n正文: |\n{body}  {heading}\n  {}\n",
            SENTENCE.repeat(2)
        );
        let laid = lay_out_text(&text, false);
        let lines = lines(&laid.facts);
        let at = lines.iter().position(|it| it.text.starts_with("（一）")).unwrap();
        let pages: Vec<usize> = lines[at..at + 3].iter().map(|it| it.page).collect();
        assert!(pages.iter().all(|page| *page == pages[0]), "{paragraphs}: {pages:?}");
        turned += usize::from(pages[0] > 0 && lines[at - 1].page == 0);
    }
    assert!(turned > 1, "{turned}");
}
