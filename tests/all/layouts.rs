//! Names, pictures and lists that are longer or larger than usual.

use hongtou::measure::lines::lines;
use hongtou::measure::{Pitches, measure};
use hongtou::pipeline::Input;
use hongtou::template::Adjustment;
use hongtou::typeset::facts::{Page, Text};

use crate::support::{Laid, WORKSHOP, lay_out_text, root};

const SEALED: &str = "标题: 关于做好检查工作的通知\n发文机关: 甲\n正文: 请于6月底前完成。\n成文日期: 2026-06-30\n印章: 样章.svg\n";

fn texts(page: &Page) -> Vec<&Text> {
    page.texts.iter().filter(|it| !it.text.trim().is_empty()).collect()
}

fn right(text: &Text) -> f64 {
    text.glyphs.last().map_or(0.0, |it| it.x + it.advance)
}

fn left(text: &Text) -> f64 {
    text.glyphs.first().map_or(0.0, |it| it.x)
}

fn one<'a>(laid: &'a Laid, part: &str) -> &'a Text {
    let all = laid.facts.pages.iter().flat_map(texts);
    all.into_iter().find(|it| it.text.contains(part)).expect(part)
}

#[test]
fn a_long_editor_of_a_bulletin_never_reaches_the_date() {
    for editor in ["市创建办", "枫泾市创建全国文明城市工作指挥部办公室综合协调组"]
    {
        let laid = lay_out_text(
            &format!(
                "格式: 简报\n发文机关: 甲\n发文机关标志: 工作简报\n期号: 2\n编印: {editor}\n标题: 进展\n正文: 良好。\n成文日期: 2026-12-18\n"
            ),
            false,
        );
        let date = left(one(&laid, "2026"));
        let page = texts(&laid.facts.pages[0]);
        let beside = page.into_iter().filter(|it| right(it) < date);
        let beside: String = beside.map(|it| it.text.trim()).collect();
        assert!(beside.contains(editor), "{beside}");
        assert!(laid.findings.is_empty(), "{:?}", laid.findings);
    }
}

#[test]
fn a_picture_stays_on_the_page_of_its_attachment_s_title() {
    for more in ["", ", 宽: 28"] {
        for turned in [false, true] {
            let laid = lay_out_text(
                &format!(
                    "{SEALED}附件:\n  - 名称: 展厅图\n    横排: {turned}\n    图片: {{文件: 年度培训计划.png, 说明: 总图{more}}}\n"
                ),
                false,
            );
            let page = &laid.facts.pages[1];
            assert!(texts(page).iter().any(|it| it.text.contains("展厅图")));
            assert_eq!(page.images.len(), 1, "{more} {turned}");
            assert!(texts(page).iter().any(|it| it.text.contains("总图")));
            assert_eq!(laid.facts.pages.len(), 2);
        }
    }
}

/// 7.3.5.1.
#[test]
fn the_date_under_a_wrapped_sealed_name_stays_four_characters_in() {
    let name = "枫泾市推进新型城镇化和城乡融合发展的工作领导小组秘书处";
    let laid = lay_out_text(&format!("{SEALED}署名: {name}\n"), false);
    let inset = 184.0 - right(one(&laid, "日"));
    assert!((inset - 4.0 * 156.0 / 28.0).abs() < 0.3, "{inset}");
}

#[test]
fn long_names_of_a_signature_are_parted_between_words() {
    let names = "枫泾市国有资产监督管理委员会";
    let five = |it: &str| format!("[{}]", [it; 5].join(", "));
    let text = SEALED.replace("样章.svg", &five("样章.svg"));
    let laid = lay_out_text(&format!("{text}署名: {}\n", five(names)), false);
    let line = one(&laid, "监督管理");
    assert_eq!(line.text.trim(), "监督管理委员会");
}

#[test]
fn an_imprint_longer_than_a_page_is_told_and_ends_at_the_foot_of_the_last_one() {
    let names = |count| vec!["望溪县人民政府办公室秘书科"; count].join("、");
    let pages = |count, duplex| {
        let more =
            format!("双面: {duplex}\n抄送: {}\n印发: {{机关: 甲}}\n", names(count));
        let text = format!("{SEALED}{more}");
        let laid = lay_out_text(&text, true);
        let rows = measure(&laid.notice, &laid.facts, Pitches::default());
        let bad: Vec<_> = rows.iter().filter(|it| !it.ok).collect();
        assert!(bad.is_empty(), "{count} names: {bad:#?}");
        let told = laid.findings.iter().any(|it| it.code == "P304");
        let numbered = laid
            .facts
            .pages
            .iter()
            .filter(|it| texts(it).iter().any(|line| line.text.contains("— ")));
        (laid.facts.pages.len(), numbered.count(), told)
    };
    assert_eq!(pages(20, false), (2, 2, false));
    assert_eq!(pages(60, false), (3, 3, true));
    // Behind an empty page none of the imprint's pages has a number.
    assert_eq!(pages(60, true), (4, 1, true));
    assert_eq!(pages(120, true), (4, 4, true));
}

#[test]
fn a_character_that_one_face_has_is_printed_in_every_role() {
    let text = SEALED.replace("关于做好", "关于𠮷镇做好");
    let laid = lay_out_text(&format!("{text}格式: 文件\n主送: 𠮷镇\n"), false);
    let glyphs = laid.facts.pages.iter().flat_map(texts).flat_map(|it| &it.glyphs);
    assert_eq!(glyphs.clone().filter(|it| it.text == "𠮷").count(), 2);
    assert!(glyphs.into_iter().all(|it| !it.missing), "{:?}", laid.findings);
}

#[test]
fn a_signature_of_two_lines_is_measured_as_it_stands() {
    let name = "枫泾市推进新型城镇化和城乡融合发展的工作领导小组秘书处";
    let text = SEALED.replace("印章: 样章.svg\n", "");
    let laid = lay_out_text(&format!("{text}署名: {name}\n"), true);
    let rows = measure(&laid.notice, &laid.facts, Pitches::default());
    let bad: Vec<_> = rows.iter().filter(|it| !it.ok).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn letters_that_hang_below_the_last_line_are_no_fault_of_the_page() {
    let body = "关于样式的说明，见gyp/gyp。".repeat(60);
    let text = SEALED.replace("请于6月底前完成。", &body);
    let laid = lay_out_text(&text, true);
    assert!(laid.facts.pages.len() > 1);
    let Adjustment { line, char, .. } = laid.adjustment;
    let rows = measure(&laid.notice, &laid.facts, Pitches { line, char });
    let margins = rows.iter().filter(|it| it.clause == "5.2.1" && !it.ok);
    assert!(margins.clone().next().is_none(), "{:?}", margins.collect::<Vec<_>>());
}

#[test]
fn a_printing_office_of_two_lines_is_measured_as_it_stands() {
    let office = "枫泾市推进新型城镇化和城乡融合发展的工作领导小组办公室秘书处";
    let laid = lay_out_text(&format!("{SEALED}印发: {{机关: {office}}}\n"), true);
    let rows = measure(&laid.notice, &laid.facts, Pitches::default());
    let bad: Vec<_> = rows.iter().filter(|it| !it.ok).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn a_full_width_space_stays_one_character_wide() {
    let clause = "第一条　为了加强城市供水用水管理，保障生活、生产和其他用水，制定本办法，请遵照执行。";
    let laid = lay_out_text(&SEALED.replace("请于6月底前完成。", clause), true);
    let all = lines(&laid.facts);
    let clause = all.iter().find_map(|line| line.part("条为")).unwrap();
    let (before, behind) = (&clause.glyphs[0], &clause.glyphs[1]);
    let space = behind.x - before.x - before.advance;
    assert!((space - 156.0 / 28.0).abs() < 0.05, "{space}");
}

#[test]
fn a_long_watermark_is_one_line_on_the_page() {
    let bytes = SEALED.as_bytes().to_vec();
    let input = Input { name: "试.yaml".into(), bytes, folder: root().join("examples") };
    for mark in
        ["草稿", "征求意见稿", "征求意见稿第二次修改", "内部资料请勿外传请勿外传请勿外传"]
    {
        let mut checked = WORKSHOP.check(&input, &Default::default());
        let layout = WORKSHOP.lay_out(&mut checked, Some(mark)).unwrap();
        let texts: Vec<_> = layout.facts.pages[0].texts.iter().collect();
        assert!(texts.iter().any(|it| it.text == mark), "{mark} is broken");
    }
}

#[test]
fn a_mark_smaller_than_the_text_is_told() {
    let names = [
        "中共云岭市委组织部",
        "云岭市人力资源和社会保障局",
        "云岭市财政局",
        "云岭市民政局",
    ];
    let more = ["云岭市教育局", "云岭市总工会", "云岭市公安局", "云岭市司法局"];
    let title = "关于进一步加强新时代高技能人才队伍建设和职工技能培训工作完善技能人才培养评价使用激励机制的请示";
    let told = |names: &[&str]| {
        let signers = vec!["程样"; names.len()].join(", ");
        let text = format!(
            "发文机关: [{}]\n签发人: [{signers}]\n标题: {title}\n主送: 云岭市人民政府\n正文: 请审阅。\n成文日期: 2026-06-30\n",
            names.join(", ")
        );
        lay_out_text(&text, false).findings.iter().any(|it| it.code == "P307")
    };
    assert!(told(&[&names[..], &more[..]].concat()));
    assert!(!told(&names));
}
