//! Texts of a user are data: whatever they hold, they are printed as written.

use hongtou::measure::lines::{Line, lines};
use hongtou::notice::body::{plain, runs};
use hongtou::notice::clean;
use hongtou::pipeline::Input;

use crate::support::{WORKSHOP, lay_out_text, root};

/// Marks around the text in each field; the fonts have them and no hostile text does.
const MARKS: [&str; 16] =
    ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩", "⑪", "⑫", "⑬", "⑭", "⑮", "⑯"];

fn strings() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("tests/hostile.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A signer's name longer than this leaves the first page, and is refused.
const SIGNER: usize = 100;

/// A notice with the text in every field that takes any text.
fn notice(text: &str) -> String {
    let field = |at: usize| format!("{}{text}{}", MARKS[at], MARKS[at]);
    let notice = serde_json::json!({
        "发文机关": "甲", "发文字号": "甲发〔2026〕1号", "成文日期": "2026-03-05",
        "发文机关标志": field(0), "份号": field(1), "密级": field(2), "紧急程度": field(3),
        "签发人": [if text.chars().count() > SIGNER { "④④".into() } else { field(4) }], "标题": field(5), "主送": field(6),
        "正文": [field(7), {"表格": {"表头": [field(8)], "行": [[field(9)]]}}, "末段"],
        "附件": [{"名称": field(10), "正文": "乙"}], "署名": field(11), "附注": field(12),
        "抄送": field(13), "印发": {"机关": field(14)},
        "印发件": {"标题": field(15), "正文": "乙"},
    });
    serde_yaml::to_string(&notice).unwrap()
}

/// The page's text in the order it was laid out, without page numbers and white space.
fn printed(laid: &crate::support::Laid) -> String {
    let texts = laid.facts.pages.iter().flat_map(|page| &page.texts);
    let texts = texts.filter(|text| text.baseline < 266.0).map(|text| text.text.as_str());
    bare(&texts.collect::<String>())
}

/// Whether all of a text's characters come one after the other, others between them or not.
fn in_order(text: &str, printed: &str) -> bool {
    let mut printed = printed.chars();
    text.chars().all(|c| printed.any(|other| other == c))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

#[test]
fn five_hundred_hostile_strings_print_as_written_in_every_field() {
    let strings = strings();
    assert_eq!(strings.len(), 500);
    let mut wrong = Vec::new();
    // One is a letter under a heap of marks, which is refused rather than printed wrongly.
    let (refused, strings): (Vec<_>, Vec<_>) = strings.iter().partition(|text| {
        let bytes = notice(text).into_bytes();
        let name = "试.yaml".into();
        let input = Input { name, bytes, folder: root().to_owned() };
        let findings = WORKSHOP.check(&input, &Default::default()).findings;
        findings.iter().any(|it| it.code == "Y402")
    });
    assert_eq!(refused.len(), 1);
    for text in strings {
        let laid = lay_out_text(&notice(text), false);
        let printed = printed(&laid);
        for (at, mark) in MARKS.iter().enumerate() {
            // In a body, two asterisks on both sides are the contract's own mark-up.
            let shown = if at == 7 { plain(&runs(&clean(text))) } else { clean(text) };
            let asked = bare(&format!("{mark}{shown}{mark}"));
            let long = text.chars().count() > SIGNER;
            if at == 4 && long {
                continue;
            }
            // An office this long runs beside the date, line by line.
            let beside = at == 14 && long;
            let all_there = match beside {
                true => in_order(&asked, &printed),
                false => printed.contains(&asked),
            };
            if !all_there {
                wrong.push(format!("{mark} {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of 8000:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_name_too_long_for_the_page_is_refused_and_not_cut_off() {
    let mut count = 0;
    for long in strings().iter().filter(|text| text.chars().count() > SIGNER) {
        let notice = serde_json::json!({
            "发文机关": "甲", "发文字号": "甲发〔2026〕1号", "签发人": [long, long],
            "标题": "关于试排的通知", "正文": "正文", "成文日期": "2026-03-05",
        });
        let bytes = serde_yaml::to_string(&notice).unwrap().into_bytes();
        let input = Input { name: "试.yaml".into(), bytes, folder: root().to_owned() };
        let built = WORKSHOP.build(&input, &Default::default());
        let refused = built.findings.iter().any(|it| it.code == "P302" && it.is_error());
        let printed = built.pdf.is_some();
        assert!(refused != printed, "{long}: {:?}", built.findings);
        count += usize::from(refused);
    }
    assert!(count > 3, "{count} refused");
}

#[test]
fn a_text_that_fits_no_line_is_broken_and_not_lost() {
    for text in [
        "x".repeat(300),
        "0123456789".repeat(30),
        "汉".repeat(300),
        format!("https://{}", "a/b".repeat(90)),
    ] {
        let laid = lay_out_text(&notice(&text), false);
        let all = lines(&laid.facts);
        let wide: Vec<&Line> = all
            .iter()
            .filter(|line| !line.red && line.size < 30.0 && line.right() > 184.5)
            .collect();
        // The header's own lines are never broken.
        let wide: Vec<_> = wide
            .iter()
            .filter(|line| line.page > 0 || line.baseline > 135.0)
            .map(|line| &line.text)
            .collect();
        assert!(wide.is_empty(), "{wide:#?}");
    }
}
