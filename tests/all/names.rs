//! Names of bodies and persons where they close the text: what is broken, and what stands level.

use hongtou::measure::lines::{Line, lines};
use hongtou::measure::{Pitches, measure};
use hongtou::typeset::facts::Image;

use crate::support::{Laid, lay_out_text};

/// A character's cell.
const CHAR: f64 = 156.0 / 28.0;

const HEAD: &str =
    "标题: 关于做好检查工作的通知\n正文: 请于6月底前完成。\n成文日期: 2026-12-28\n";

fn texts(laid: &Laid) -> Vec<Line> {
    lines(&laid.facts)
}

fn line(laid: &Laid, part: &str) -> Line {
    let all = texts(laid);
    all.iter()
        .rev()
        .find_map(|line| line.part(part))
        .unwrap_or_else(|| panic!("no {part}"))
}

fn middle(image: &Image) -> f64 {
    image.at.1 + image.size.1 / 2.0
}

/// A notice of bodies, each with its seal, of these diameters one after the other.
fn joint(names: &[&str], diameters: &[u32], more: &str) -> Laid {
    let seal = |i: usize| {
        format!("{{图片: 样章.svg, 直径: {}}}", diameters[i % diameters.len()])
    };
    let seals: Vec<String> = (0..names.len()).map(seal).collect();
    let text = format!(
        "发文机关: [{}]\n印章: [{}]\n{HEAD}{more}\n",
        names.join(", "),
        seals.join(", ")
    );
    let laid = lay_out_text(&text, true);
    let rows = measure(&laid.notice, &laid.facts, Pitches::default());
    let bad: Vec<_> = rows.iter().filter(|it| !it.ok && it.what != "首页正文").collect();
    assert!(bad.is_empty(), "{names:?}: {bad:#?}");
    laid
}

fn seals(laid: &Laid) -> Vec<Image> {
    laid.facts.pages.iter().flat_map(|page| page.images.clone()).collect()
}

#[test]
fn long_sealed_names_are_broken_where_those_without_a_seal_are() {
    for name in [
        "云岭市人民政府推进政府职能转变和“放管服”改革协调小组办公室（代章）",
        "云岭市打击治理电信网络新型违法犯罪工作联席会议办公室（云岭市公安局代章）",
    ] {
        let broken = |seal: &str| {
            let text = format!("发文机关: 云岭市人民政府\n署名: {name}\n{HEAD}{seal}");
            let lines = texts(&lay_out_text(&text, true));
            let from = lines.iter().position(|it| it.text.starts_with("请于")).unwrap();
            let to = lines.iter().position(|it| it.text == "2026年12月28日").unwrap();
            let own = lines[from + 1..to].iter().map(|line| line.text.clone());
            own.collect::<Vec<_>>()
        };
        let sealed = broken("印章: 样章.svg\n");
        assert_eq!(sealed, broken(""));
        assert_eq!(sealed.concat(), name);
        assert!(sealed.iter().all(|it| !it.starts_with('）')), "{sealed:?}");
        assert!(sealed.last().unwrap().ends_with("代章）") && sealed.len() == 2);
        assert_eq!(sealed.concat().matches('（').count(), 1);
    }
}

#[test]
fn names_of_a_row_are_broken_between_words_and_centred_in_their_seals() {
    let names = [
        "中共云岭市委组织部",
        "中共云岭市委机构编制委员会办公室",
        "云岭市发展和改革委员会",
        "云岭市人力资源和社会保障局",
        "云岭市财政局",
        "云岭市民政局",
        "云岭市教育局",
    ];
    for last in ["云岭市公安局", "云岭市教育和体育考试管理中心"] {
        let mut names = names.to_vec();
        names.push(last);
        let laid = joint(&names, &[42], "");
        assert_eq!(line(&laid, "机构编制").text, "机构编制");
        // One line beside two, above the last row.
        let seal = seals(&laid)[4];
        let name = line(&laid, "云岭市财政局");
        assert!((name.middle() - middle(&seal)).abs() < 0.1, "{name:?} {seal:?}");
    }
    let laid = joint(
        &[
            "云岭市推进新型城镇化和城乡融合发展领导小组秘书处",
            "甲局",
            "云岭市财政局",
            "云岭市民政局",
        ],
        &[42],
        "",
    );
    let name = line(&laid, "甲局");
    let seal = seals(&laid)[1];
    assert!((name.middle() - middle(&seal)).abs() < 1.5, "{name:?} {seal:?}");
}

#[test]
fn the_seals_of_a_row_are_level_whatever_note_is_under_them() {
    let names = ["云岭市人力资源和社会保障局", "云岭市财政局"];
    for note in ["", "附注: 此件公开发布"] {
        for diameters in [vec![42], vec![38, 45], vec![45, 38]] {
            let laid = joint(&names, &diameters, note);
            let heights: Vec<f64> = seals(&laid).iter().map(middle).collect();
            assert_eq!(heights.len(), 2);
            assert!((heights[0] - heights[1]).abs() < 0.01, "{heights:?} {note}");
        }
    }
}

#[test]
fn lists_of_who_was_there_break_between_names_and_are_not_pulled_wide() {
    let present = "['市委办公室：李样', '市政府办公室：王样', '市发展改革委：乔样', '市财政局：赵样', '市住房城乡建设局：张样', '市水务局：何苗样']";
    let guests = "['阿不都热合曼·买买提', '古丽娜尔·艾尔肯', '买买提江·吾甫尔', '吐尔逊·阿不都拉', '迪丽拜尔·司马义', '艾力·肉孜']";
    let text = format!(
        "格式: 纪要\n发文机关: 甲\n标题: 会议纪要\n正文: 会议议定以下事项。\n出席: {present}\n列席: {guests}\n成文日期: 2026-03-10\n"
    );
    let laid = lay_out_text(&text, true);
    let all = texts(&laid);
    let named = all.iter().filter(|it| it.text.ends_with(['、', '样', '孜']));
    let mut count = 0;
    for line in named {
        count += 1;
        let (_, names) = line.cut(if line.text.contains("席：") { 3 } else { 0 });
        assert!(!names.text.starts_with(['：', '、', '·']), "{names:?}");
        let widest = names.glyphs.windows(2).map(|it| it[1].x - it[0].x);
        assert!(widest.fold(0.0, f64::max) < 1.11 * CHAR, "{names:?}");
    }
    assert_eq!(count, 6);
    for name in
        laid.notice.attendance.present.iter().chain(&laid.notice.attendance.attending)
    {
        assert!(all.iter().any(|line| line.text.contains(name)), "{name} is broken");
    }
}

#[test]
fn signing_names_keep_their_width_and_posts_end_level() {
    let text = |stamps: &str| {
        format!(
            "格式: 命令\n发文机关: 云岭市人民政府\n发文字号: 第3号\n{HEAD}签名章: [{stamps}]\n"
        )
    };
    let named = |post: &str, name: &str| format!("{{职务: {post}, 姓名: {name}}}");
    let drawn = |post: &str| format!("{{职务: {post}, 图片: 样章.svg}}");
    let laid = lay_out_text(
        &text(
            &[
                named("市长", "程样"),
                named("司令员", "欧阳若水"),
                named("政治委员", "阿不都热合曼·买买提"),
            ]
            .join(", "),
        ),
        true,
    );
    assert!((line(&laid, "程样").width() - 3.0 * CHAR).abs() < 0.3);
    assert!((line(&laid, "欧阳若水").width() - 4.0 * CHAR).abs() < 0.3);
    let laid = lay_out_text(
        &text(&[drawn("市长"), drawn("司令员"), named("政治委员", "陆溪")].join(", ")),
        true,
    );
    let ends: Vec<f64> =
        ["市长", "司令员", "政治委员"].map(|post| line(&laid, post).right()).to_vec();
    assert!(ends.iter().all(|end| (end - ends[0]).abs() < 0.01), "{ends:?}");
    let images = seals(&laid);
    let gap = images[1].at.1 - images[0].at.1 - images[0].size.1;
    assert!((5.0..5.5).contains(&gap), "{gap}");
}
