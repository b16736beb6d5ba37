//! What a reader sees at once and no clause measures by itself.

use std::collections::BTreeMap;

use hongtou::diag::Diagnostic;
use hongtou::measure::lines::{Line, lines};
use hongtou::typeset::facts::Glyph;

use super::deviations;
use crate::support::{Laid, lay_out_text};

fn laid(keys: &str, body: &str) -> Laid {
    let body: String = body.lines().map(|line| format!("  {line}\n")).collect();
    lay_out_text(&format!("发文机关: 云岭市总工会\n{keys}正文: |\n{body}"), true)
}

fn line<'a>(all: &'a [Line], part: &str) -> &'a Line {
    all.iter().find(|line| line.text.contains(part)).expect(part)
}

#[test]
fn no_line_begins_with_a_mark_that_joins_and_no_grouped_number_is_parted() {
    let words = "开放时间为17:30—18:30，共3～5个，艾力·买买提到场，公历/农历，面积347 533.5公顷。";
    for before in 0..30 {
        let text = format!("{}{words}", "甲".repeat(before));
        let laid = laid("标题: 关于甲的通知\n", &text);
        let all = lines(&laid.facts);
        for line in all.iter().filter(|line| line.text != "—1—") {
            let wrong = line.text.starts_with(['—', '～', '·', '/']);
            assert!(!wrong && !line.text.ends_with('/'), "{before}: {}", line.text);
        }
        line(&all, "347533.5");
        let printed: String = all.iter().map(|line| line.text.as_str()).collect();
        assert!(printed.contains(&text.replace(' ', "")), "{before}: {printed}");
        assert_eq!(deviations(&laid), Vec::<String>::new(), "{before}");
    }
}

#[test]
fn a_note_is_not_under_the_seal() {
    let keys = "标题: 关于甲的请示\n成文日期: 2026-03-05\n印章: 样章.svg\n";
    for (note, raised) in
        [("此件公开发布", false), ("联系人：程禾样，联系电话：0000-1234567", true)]
    {
        let laid = laid(&format!("{keys}附注: {note}\n"), "现将有关情况请示如下。");
        let all = lines(&laid.facts);
        let seal = laid.facts.pages[0].images[0];
        let note = line(&all, "（");
        let beside = note.right() < seal.at.0;
        assert_eq!(beside, !raised);
        assert!(beside || seal.at.1 + seal.size.1 < note.top() + 0.05, "{}", note.text);
        assert_eq!(deviations(&laid), Vec::<String>::new());
    }
}

#[test]
fn letters_of_other_tongues_keep_their_marks() {
    let laid =
        laid("标题: 关于甲的通知\n", "外宾Dvořák、Škoda、Łódź、Čapek、Erdoğan、nǚ到访。");
    let all = lines(&laid.facts);
    let text = line(&all, "Dvořák");
    assert!(text.text.contains("Škoda、Łódź、Čapek、Erdoğan、nǚ"), "{}", text.text);
    for (glyph, family) in text.glyphs.iter().zip(&text.families) {
        if glyph.text.chars().any(|c| ('\u{c0}'..'\u{250}').contains(&c)) {
            assert_eq!(glyph.text.chars().count(), 1, "{}", glyph.text);
            assert_eq!(family, "Liberation Serif", "{}", glyph.text);
        }
    }
}

#[test]
fn signers_beside_a_long_number_are_one_character_from_the_right() {
    let keys = "发文字号: 云工组建企改发〔2026〕1024号\n签发人: [欧阳文博, 上官婉清]\n标题: 关于甲的请示\n";
    let laid = laid(keys, "现将有关情况请示如下。");
    let all = lines(&laid.facts);
    let second = all.iter().find(|line| line.text.ends_with("上官婉清")).expect("a name");
    assert!((184.0 - second.right() - 156.0 / 28.0).abs() < 0.3, "{}", second.right());
    assert_eq!(deviations(&laid), Vec::<String>::new());
}

#[test]
fn long_names_of_signers_stand_beside_the_number_while_they_clear_it() {
    for (signers, rows) in [
        ("努尔兰·阿不都满金·哈萨克拜", 1),
        ("[阿依古丽·买买提, 娜仁其木格·巴特尔, 程样]", 2),
        ("[阿依古丽·买买提, 娜仁其木格·巴特尔]", 2),
        ("[阿依古丽·买买提江, 娜仁其木格·巴特尔, 程样]", 3),
    ] {
        let keys =
            format!("发文字号: 云财〔2026〕1号\n签发人: {signers}\n标题: 关于甲的请示\n");
        let laid = laid(&keys, "现将有关情况请示如下。");
        let all = lines(&laid.facts);
        let (label, number) = (line(&all, "签发人："), line(&all, "云财〔2026〕1号"));
        let pitch = (225.0 - 156.0 / 28.0) / 21.0;
        let apart = (number.baseline - label.baseline) / pitch;
        assert_eq!(apart.round() as usize + 1, rows, "{signers}");
        assert_eq!(deviations(&laid), Vec::<String>::new(), "{signers}");
    }
}

#[test]
fn what_is_copied_on_a_line_of_its_own_stays_there() {
    let keys = "标题: 关于甲的通知\n印发: {机关: 甲}\n成文日期: 2026-03-05\n";
    for (copies, second) in [
        (
            "\"省财政厅，省审计厅。\\n市委办公室，市政府办公室。\"",
            "市委办公室，市政府办公室。",
        ),
        // A line end inside a sentence means nothing.
        ("\"省财政厅，\\n省审计厅。市委办公室\"", ""),
    ] {
        let laid = laid(&format!("{keys}抄送: {copies}\n"), "请落实。");
        let all = lines(&laid.facts);
        let first = line(&all, "抄送：");
        let below = all.iter().filter(|it| it.baseline > first.baseline + 1.0);
        let below: Vec<&Line> = below.filter(|it| it.page == first.page).collect();
        let printed = below.iter().find(|it| it.text == second);
        assert_eq!(printed.is_some(), !second.is_empty(), "{}", first.text);
        if let Some(line) = printed {
            assert!((line.left() - first.glyphs[3].x).abs() < 0.1);
        }
        assert_eq!(deviations(&laid), Vec::<String>::new(), "{copies}");
    }
}

#[test]
fn chapters_of_what_is_issued_stand_in_the_middle() {
    let issued = "第一章　总则\n第一条　为规范管理，制定本办法。\n第二章　管理\n第一节　一般规定\n第二条　各部门各负其责。";
    let issued = issued.replace('\n', "\n    ");
    for (keys, title) in [
        (format!("印发件:\n  标题: 甲办法\n  正文: |\n    {issued}\n"), "甲办法"),
        (format!("附件:\n- 名称: 乙办法\n  正文: |\n    {issued}\n"), "乙办法"),
    ] {
        let laid = laid(&format!("标题: 关于甲的通知\n{keys}"), "第一章　总则\n请落实。");
        let all = lines(&laid.facts);
        let of_body = line(&all, "第一章总则");
        assert!((of_body.left() - 28.0 - 2.0 * 156.0 / 28.0).abs() < 0.3);
        let from = all.iter().rposition(|it| it.text == title).expect(title);
        for chapter in ["第一章　总则", "第二章　管理", "第一节　一般规定"]
        {
            let line = line(&all[from..], &chapter.replace('　', ""));
            assert!((line.centre() - 106.0).abs() < 0.3, "{chapter}: {}", line.centre());
            assert_eq!(line.not_in("黑体"), None);
        }
        assert_eq!(deviations(&laid), Vec::<String>::new(), "{title}");
    }
}

#[test]
fn posts_of_several_signers_stand_one_above_the_other() {
    let keys = "格式: 命令\n发文字号: 第5号\n标题: 关于甲的令\n成文日期: 2026-03-05\n签名章: [{职务: 主席, 姓名: 程某某}, {职务: 局长, 姓名: 王某}]\n";
    let laid = laid(keys, "现予公布。");
    let all = lines(&laid.facts);
    let start = |post: &str| {
        let line = line(&all, post);
        line.glyphs.iter().find(|it| post.starts_with(&it.text)).expect(post).x
    };
    assert!((start("主席") - start("局长")).abs() < 0.1);
}

#[test]
fn a_space_between_two_bodies_is_none_at_the_end_of_a_title_s_line() {
    let title = "云岭市住房和城乡建设局　云岭市财政局　云岭市自然资源和规划局关于进一步加强老旧小区改造专项资金管理工作的通知";
    for title in [title.to_owned(), title.replace('　', " ")] {
        let laid = laid(&format!("标题: {title}\n"), "请结合实际落实。");
        assert_eq!(deviations(&laid), Vec::<String>::new(), "{title}");
    }
}

#[test]
fn names_that_begin_alike_are_all_found_under_their_seals() {
    let names = [
        "教育厅",
        "公安厅",
        "民政厅",
        "司法厅",
        "财政厅",
        "人力资源和社会保障厅",
        "卫生健康委员会",
        "市场监督管理局",
        "残疾人联合会",
    ];
    let names = names.map(|name| format!("沧溪省{name}")).join(", ");
    let text = format!(
        "发文机关: [{names}]\n标题: 关于甲的通知\n正文: |\n  一。\n  二。\n成文日期: 2026-03-05\n印章: [{}]\n",
        ["样章.svg"; 9].join(", ")
    );
    let laid = lay_out_text(&text, true);
    assert_eq!(deviations(&laid), Vec::<String>::new());
}

#[test]
fn minutes_may_have_a_title_that_reads_like_their_mark() {
    let text = "格式: 纪要\n发文机关: 云岭县人民政府\n发文机关标志: 县长办公会议纪要\n标题: 县长办公会议纪要\n正文: 会议同意。\n出席: 程禾样\n成文日期: 2026-06-02\n";
    assert_eq!(deviations(&lay_out_text(text, true)), Vec::<String>::new());
}

#[test]
fn a_table_of_long_codes_and_long_texts_is_built_and_what_is_broken_is_told() {
    let (id, card) = ("11010119900307001X", "6222021234567890123");
    let long =
        "进一步完善工作机制，明确责任分工，加强督促检查，确保各项任务按期完成并取得实效"
            .repeat(2);
    let head =
        "[序号, 姓名, 身份证号, 联系电话, 银行账号, 补贴金额（元）, 家庭住址, 主要事迹]";
    for columns in ["", ", 列宽: [1, 2, 3, 2, 3, 2, 3, 3]"] {
        let row = format!(
            "[1, 程某某, {id}, '13800138000', '{card}', '12,000.00', 云岭市望溪县某某社区3组2单元501室, {long}]"
        );
        let text = format!(
            "发文机关: 云岭市总工会\n标题: 关于甲的通知\n正文: 请落实。\n附件:\n  - 名称: 表\n    表格: {{表头: {head}, 行: [{row}, {row}]{columns}}}\n"
        );
        let laid = lay_out_text(&text, false);
        let all = lines(&laid.facts);
        for figure in [id, card, "13800138000", "12,000.00"] {
            let whole = all.iter().any(|line| line.text.contains(figure));
            let told = |it: &Diagnostic| it.code == "P305" && it.message.contains(figure);
            assert_ne!(whole, laid.findings.iter().any(told), "{figure}{columns}");
        }
        assert!(laid.findings.iter().all(|it| it.code == "P305"), "{:?}", laid.findings);
    }
}

#[test]
fn figures_and_units_of_a_cell_are_broken_only_where_they_do_not_fit() {
    let row = "行: [[甲, 上午8:30—12:00，下午14:30—18:00, '5'], [乙, 项目编号2026-0301-15-08, '6']]";
    let text = format!(
        "发文机关: 云岭市总工会\n标题: 关于甲的通知\n正文: 请落实。\n附件:\n  - 名称: 表\n    表格: {{列宽: [1, 1, 1], 表头: [执行预算金额总数（万元）, 时间, COD（mg/L）], {row}}}\n"
    );
    let laid = lay_out_text(&text, false);
    let mut lines = BTreeMap::<(i64, i64), String>::new();
    let texts = laid.facts.pages.iter().skip(1).flat_map(|page| &page.texts);
    for text in texts.filter(|it| it.size == 14.0) {
        for glyph in &text.glyphs {
            let column = ((glyph.x - 28.0) / 52.0) as i64;
            let line = (column, (text.baseline * 10.0) as i64);
            lines.entry(line).or_default().push_str(&glyph.text);
        }
    }
    for whole in ["（万元）", "8:30—12:00", "14:30—18:00", "2026-0301-15-08"] {
        assert!(lines.values().any(|it| it.contains(whole)), "{whole}: {lines:?}");
    }
}

#[test]
fn no_figure_of_a_narrow_column_goes_over_its_edge() {
    let text = "发文机关: 云岭市总工会\n标题: 关于甲的通知\n正文: 请落实。\n附件:\n  - 名称: 表\n    表格: {列宽: [1, 20], 表头: [['20260508', 事项], ['', 说明]], 行: [['20260509', 甲]]}\n";
    let laid = lay_out_text(text, false);
    let edge = 28.0 + 156.0 / 21.0;
    let digits = |it: &&Glyph| it.text.starts_with(|c: char| c.is_ascii_digit());
    let table = laid.facts.pages.iter().skip(1).flat_map(|page| &page.texts);
    let table = table.filter(|text| text.size == 9.0).flat_map(|text| &text.glyphs);
    let ends: Vec<f64> = table.filter(digits).map(|it| it.x + it.advance).collect();
    // A head over two rows and a row, eight digits each.
    assert_eq!(ends.len(), 16);
    assert!(ends.iter().all(|end| *end < edge), "{ends:?}");
}
