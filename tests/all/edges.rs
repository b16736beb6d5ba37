//! What stands where pages, rows and lines end.

use std::collections::BTreeSet;

use hongtou::measure::lines::{Line, lines};
use hongtou::measure::{Measurement, Pitches, measure};
use hongtou::typeset::facts::{Image, Page};

use crate::support::{Laid, lay_out_text};

const HEAD: &str = "发文机关: 云岭市水务局\n发文字号: 云水发〔2026〕18号\n标题: 关于开展检查的通知\n成文日期: 2026-03-05\n";
const SENTENCE: &str = "各单位应当结合实际认真组织，按时报送进展情况。";

/// Lowest and rightmost that text and pictures may reach on a page, in mm.
fn area(page: &Page) -> (f64, f64) {
    if page.width > page.height { (184.0, 262.0) } else { (262.0, 184.0) }
}

/// What lies outside the type area, but for page numbers.
fn outside(laid: &Laid) -> Vec<String> {
    let mut out = Vec::new();
    for (number, page) in (1..).zip(&laid.facts.pages) {
        let (bottom, right) = area(page);
        let low = |image: &&Image| image.at.1 + image.size.1 > bottom + 0.3;
        out.extend(page.images.iter().filter(low).map(|it| format!("{number}: {it:?}")));
        let texts = page.texts.iter().filter(|it| !it.text.contains('—'));
        let last = |it: &&hongtou::typeset::facts::Text| {
            let end = it.glyphs.last().map_or(0.0, |it| it.x + it.em.min(it.advance));
            it.baseline > bottom || end > right + 0.3
        };
        out.extend(texts.filter(last).map(|it| format!("{number}: {}", it.text)));
    }
    out
}

fn all(laid: &Laid) -> Vec<Line> {
    lines(&laid.facts)
}

#[test]
fn a_row_that_ends_on_a_turned_sheet_makes_no_empty_one() {
    for sentences in 14..26 {
        let cell = SENTENCE.repeat(sentences);
        let laid = lay_out_text(
            &format!(
                "{HEAD}正文: 请落实。\n附件:\n  - 名称: 分工表\n    横排: true\n    表格:\n      表头: [序号, 责任单位, 主要内容和要求, 完成时间]\n      行:\n        - [1, 云岭市水务局, {cell}, 2026年9月16日]\n        - [2, 云岭市教育局, {SENTENCE}, 2026年11月14日]\n"
            ),
            false,
        );
        assert!(laid.findings.is_empty(), "{sentences}: {:?}", laid.findings);
        let text = |page: &Page| page.texts.iter().any(|it| it.text.contains("云岭"));
        let sheets = &laid.facts.pages[1..];
        let empty = sheets.iter().filter(|page| !text(page)).count();
        assert_eq!(empty, 0, "{sentences}: {} pages", laid.facts.pages.len());
    }
}

#[test]
fn a_picture_before_the_signature_leaves_room_for_it() {
    let closings = [
        "",
        "印章: 样章.svg\n",
        "附件: [名单]\n附注: 此件公开发布\n",
        "附件: [甲, 乙, 丙, 丁, 戊, 己, 庚, 辛, 壬, 癸]\n印章: 样章.svg\n",
    ];
    for closing in closings {
        for (before, caption) in [(1, ""), (9, ", 说明: 剖面"), (12, "")] {
            let text = "  - 请落实。\n".repeat(before);
            let laid = lay_out_text(
                &format!(
                    "{HEAD}{closing}正文:\n{text}  - 图片: {{文件: 年度培训计划.png{caption}}}\n"
                ),
                false,
            );
            assert_eq!(outside(&laid), Vec::<String>::new(), "{closing} {before}");
            assert!(laid.findings.is_empty(), "{closing} {before}: {:?}", laid.findings);
        }
    }
}

#[test]
fn a_picture_behind_text_keeps_to_a_turned_sheet() {
    for caption in ["", ", 说明: 剖面"] {
        let laid = lay_out_text(
            &format!(
                "{HEAD}正文: 请落实。\n附件:\n  - 名称: 图\n    横排: true\n    正文:\n      - 说明如下。\n      - 图片: {{文件: 年度培训计划.png{caption}}}\n"
            ),
            false,
        );
        assert_eq!(laid.facts.pages.iter().map(|it| it.images.len()).sum::<usize>(), 1);
        assert_eq!(outside(&laid), Vec::<String>::new());
    }
}

/// 7.2.1–7.2.3 hold for a 命令 as well.
#[test]
fn an_order_shows_what_makes_it_secret() {
    for urgency in ["", "紧急程度: 特急\n"] {
        let laid = lay_out_text(
            &format!(
                "发文机关: 云岭市人民政府\n发文字号: 第3号\n标题: 云岭市人民政府令\n份号: '000123'\n密级: 机密★5年\n{urgency}正文: 《云岭市供水管理办法》现予公布。\n签名章: {{职务: 市长, 姓名: 程禾样}}\n成文日期: 2026-03-05\n"
            ),
            false,
        );
        let page = &laid.facts.pages[0];
        let mark = page.texts.iter().find(|it| it.red).expect("a mark");
        let mark_left = mark.glyphs[0].x;
        let rows = [("000123", 1.0), ("机密★5年", 2.0), ("特急", 3.0)];
        for (text, row) in
            rows.into_iter().filter(|it| it.0 != "特急" || !urgency.is_empty())
        {
            let found = all(&laid).into_iter().find(|line| line.text == text);
            let line = found.unwrap_or_else(|| panic!("{text}"));
            let pitch = (225.0 - 156.0 / 28.0) / 21.0;
            let baseline = 37.0 - pitch + 0.88 * 156.0 / 28.0 + row * pitch;
            assert!((line.baseline - baseline).abs() < 0.3, "{text} {}", line.baseline);
            assert!(
                row < 3.0 || line.right() < mark_left,
                "{} {mark_left}",
                line.right()
            );
        }
    }
}

/// 7.3.5.5, with the lists of 10.3 as text.
#[test]
fn the_date_of_minutes_never_stands_alone_and_no_name_is_parted() {
    let offices = ["市财政局", "市城市管理局", "市教育局", "市卫生健康委员会"];
    let persons = ["程禾样", "陆溪样", "何苗样", "孟岚样", "乔样", "阿依古丽"];
    for count in 4..40 {
        let names: Vec<String> =
            (0..count).map(|i| format!("{}{}", offices[i % 4], persons[i % 6])).collect();
        let laid = lay_out_text(
            &format!(
                "发文机关: 云岭市水务局\n标题: 云岭市水务局2026年第2次局长办公会议纪要\n发文字号: 云水纪〔2026〕2号\n正文: |\n  会议同意施工方案。\n出席: [程禾样, 陆溪样]\n列席: [{}]\n成文日期: 2026-03-05\n",
                names.join(", ")
            ),
            false,
        );
        let lines = all(&laid);
        let pages = |part: &str| -> BTreeSet<usize> {
            lines.iter().filter(|it| it.text.contains(part)).map(|it| it.page).collect()
        };
        let date = pages("2026年3月5日");
        let with = |it: &&Line| date.contains(&it.page) && it.text.contains('样');
        let names_there = lines.iter().filter(with).count();
        assert!(names_there > 0, "{count}: the date alone on {date:?}");
        for person in persons.iter().take(count.min(6)) {
            let ends = |it: &Line| {
                let part = person.chars().next().expect("a name");
                it.text.ends_with(part) && !it.text.ends_with(person)
            };
            assert!(!lines.iter().any(ends), "{count}: {person}");
        }
    }
}

/// 7.2.6 asks for one row; a number as long as a line has one of its own.
#[test]
fn signers_and_a_number_as_long_as_a_line_do_not_meet() {
    for code in ["云工发", "云推进新型城镇化和城乡融合发展办发"] {
        let laid = lay_out_text(
            &format!(
                "发文机关: 云岭市水务局\n发文字号: {code}〔2026〕118号\n签发人: [程禾样, 陆溪样]\n标题: 关于申请资金的请示\n主送: 市人民政府\n正文: 请予支持。\n成文日期: 2026-03-05\n附注: 联系人：乔样，电话：61230088\n"
            ),
            false,
        );
        let lines = all(&laid);
        let row =
            |part: &str| lines.iter().find(|it| it.text.contains(part)).expect(part);
        let (number, label, second) = (row("〔2026〕"), row("签发人："), row("陆溪样"));
        let apart = (number.baseline - label.baseline).abs() > 1.0;
        assert_eq!(apart, code.chars().count() > 12, "{code}");
        assert!(
            (184.0 - second.right() - 156.0 / 28.0).abs() < 0.3,
            "{}",
            second.right()
        );
        assert!(second.text.ends_with("程禾样陆溪样") || !apart, "{}", second.text);
        assert!(laid.findings.is_empty(), "{:?}", laid.findings);
    }
}

/// 7.4: an imprint of two pages ends on an even one, as one of a single page does.
#[test]
fn a_long_imprint_ends_on_an_even_page() {
    for (lines, names) in [(1, 120), (20, 120), (1, 260), (20, 260)] {
        let body = format!("  {SENTENCE}\n").repeat(lines);
        let names: Vec<String> = (0..names).map(|i| format!("第{i}街道办事处")).collect();
        let laid = lay_out_text(
            &format!(
                "{HEAD}正文: |\n{body}抄送: [{}]\n印发: {{机关: 云岭市水务局办公室}}\n",
                names.join(", ")
            ),
            false,
        );
        assert_eq!(laid.facts.pages.len() % 2, 0, "{lines} {}", names.len());
        let last = laid.facts.pages.last().expect("a page");
        assert!(last.texts.iter().any(|it| it.text.contains("印发")), "{lines}");
    }
}

#[test]
fn a_line_that_is_mostly_an_address_has_no_hole() {
    for before in 0..28 {
        let laid = lay_out_text(
            &format!(
                "{HEAD}正文: {}（https://sbpt.yunling.example.cn/apply/2026?step=1&lang=zh-CN）填报，签字：____________________________。\n",
                "请".repeat(before)
            ),
            false,
        );
        let page = &laid.facts.pages[0];
        for text in page.texts.iter().filter(|it| it.size == 16.0 && !it.red) {
            let wide = text.glyphs.iter().find(|it| it.advance > 1.7 * it.em);
            assert!(wide.is_none(), "{before}: {} {wide:?}", text.text);
        }
    }
}

/// 7.3.5.1: names and seals of each row keep to the type area.
#[test]
fn sealed_names_of_eight_bodies_with_long_names_keep_to_the_area() {
    let names: Vec<String> =
        ["人民政府", "总工会", "卫生健康委员会", "人力资源和社会保障局"]
            .iter()
            .flat_map(|name| {
                ["综合处", "督查室"].map(|it| format!("云岭市{name}办公室{it}"))
            })
            .collect();
    for count in 2..=names.len() {
        let laid = lay_out_text(
            &format!(
                "发文机关: [{}]\n发文字号: 云政发〔2026〕8号\n标题: 关于开展检查的通知\n正文: 请落实。\n成文日期: 2026-03-05\n印章: [{}]\n",
                names[..count].join(", "),
                vec!["样章.svg"; count].join(", ")
            ),
            false,
        );
        assert_eq!(outside(&laid), Vec::<String>::new(), "{count}");
    }
}

/// What is not as the standard asks.
fn bad(laid: &Laid) -> Vec<Measurement> {
    let rows = measure(&laid.notice, &laid.facts, Pitches::default());
    rows.into_iter().filter(|it| !it.ok).collect()
}

/// 7.3.5.1: the last of several seals presses the date, whatever their sizes and over a note.
#[test]
fn seals_of_several_sizes_press_their_names_and_the_date() {
    let note = "附注: 此件公开发布，联系人：周样，电话：0871-65123456，地址：云岭市\n";
    for sizes in [vec![58, 42], vec![58, 38], vec![60, 58, 38], vec![50, 50, 50, 38]] {
        let seal = |size: &i32| format!("{{图片: 样章.svg, 直径: {size}}}");
        let seals: Vec<String> = sizes.iter().map(seal).collect();
        let names = ["县教育局", "县公安局", "县民政局", "县财政局"];
        let laid = lay_out_text(
            &format!(
                "发文机关: [{}]\n发文字号: 望教〔2026〕33号\n标题: 关于做好工作的通知\n正文: [请落实。, 请落实。, 请落实。, 请落实。]\n成文日期: 2026-12-18\n印章: [{}]\n{note}",
                names[..sizes.len()].join(", "),
                seals.join(", ")
            ),
            true,
        );
        assert_eq!(bad(&laid), [], "{sizes:?}");
    }
}

/// 7.2.6: two names a row, the number beside the last one.
#[test]
fn two_signers_stand_in_a_row_wherever_the_last_has_room_for_the_number() {
    for names in ["程禾样, 买买提·艾力, 欧阳明德, 宋玉", "程禾样, 阿不都热西提, 陆溪样"]
    {
        let laid = lay_out_text(
            &format!(
                "发文机关: 云岭市水务局\n发文字号: 云发改报〔2026〕107号\n签发人: [{names}]\n标题: 关于报送材料的报告\n主送: 市人民政府\n正文: 现报告如下。\n成文日期: 2026-08-18\n"
            ),
            true,
        );
        let lines = all(&laid);
        let label = lines.iter().find(|it| it.text.contains("签发人")).expect("it");
        let number = lines.iter().find(|it| it.text.contains("107")).expect("it");
        assert!((number.baseline - label.baseline).abs() < 11.0, "{names}");
        assert_eq!(bad(&laid), [], "{names}");
    }
}

/// 7.3.4: where all of a body's only line and its list do not stand beside the signature.
#[test]
fn a_short_list_of_attachments_goes_to_the_signature_whole() {
    let list: Vec<String> = (1..=4).map(|i| format!("材料之{i}")).collect();
    let laid = lay_out_text(
        &format!(
            "{HEAD}主送: 各学校\n正文: 请遵照执行。\n附件: [{}]\n印章: 样章.svg\n",
            list.join(", ")
        ),
        true,
    );
    let lines = all(&laid);
    let pages: BTreeSet<usize> =
        lines.iter().filter(|it| it.text.contains("材料之")).map(|it| it.page).collect();
    assert_eq!((laid.facts.pages.len(), pages.len()), (2, 1));
    assert_eq!(bad(&laid), []);
}

#[test]
fn every_table_that_is_too_narrow_is_told_at_its_own_place() {
    let table = "\n    表格: {列宽: [1, 20], 表头: [单位, 一], 行: [[\"1,234,567,890.56\", 数据]]}\n";
    let laid = lay_out_text(
        &format!("{HEAD}正文: 见附件。\n附件:\n  - 名称: 甲{table}  - 名称: 乙{table}"),
        false,
    );
    let told = laid.findings.iter().filter(|it| it.code == "P305");
    let lines: Vec<usize> = told.filter_map(|it| Some(it.place.as_ref()?.line)).collect();
    assert_eq!(lines, [8, 10]);
}

#[test]
fn words_that_a_tab_parts_are_not_printed_as_one() {
    let laid = lay_out_text(
        &format!(
            "{HEAD}主送: \"甲县\\t乙县\"\n正文: |\n  差旅费\t3\t4万元，请落实。\n附件: [\"表\\t一\"]\n"
        ),
        false,
    );
    let texts = laid.facts.pages.iter().flat_map(|page| &page.texts);
    let texts: Vec<&str> = texts.map(|it| it.text.as_str()).collect();
    let all = texts.concat();
    for parted in ["甲县 乙县", "差旅费 3 4万元", "表 一"] {
        assert!(all.contains(parted), "{parted}: {all}");
    }
}
