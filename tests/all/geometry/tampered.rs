//! Every clause group is kept by an example, and found out once the example's pages are
//! tampered with.

use hongtou::measure::lines::{Line, lines};
use hongtou::typeset::facts::{Facts, Rule, Text};

use super::deviations;
use crate::support::{self, root};

/// The example, the clause, what is done to its pages.
type Case = (&'static str, &'static str, &'static str, fn(&mut Facts));

/// The first run with a text in it.
fn run<'a>(facts: &'a mut Facts, text: &str) -> &'a mut Text {
    let texts = facts.pages.iter_mut().flat_map(|page| &mut page.texts);
    let mut texts: Vec<&mut Text> = texts.filter(|it| it.text.contains(text)).collect();
    let whole = texts.iter().position(|it| it.text == text).unwrap_or(0);
    assert!(!texts.is_empty(), "{text}");
    texts.swap_remove(whole)
}

fn shift(text: &mut Text, x: f64, y: f64) {
    text.baseline += y;
    for glyph in &mut text.glyphs {
        glyph.x += x;
        glyph.ink = glyph.ink.map(|[a, b, c, d]| [a + x, b + y, c + x, d + y]);
    }
}

/// Moves everything on the first line with a text in it.
fn shift_line(facts: &mut Facts, text: &str, x: f64, y: f64) {
    let all = lines(facts);
    let whole = all.iter().find(|line| line.text == text);
    let line = whole.or_else(|| all.iter().find(|line| line.text.contains(text)));
    let line = line.expect(text);
    let texts = facts.pages[line.page].texts.iter_mut();
    let same = texts.filter(|it| (it.baseline - line.baseline).abs() < 0.02);
    same.for_each(|it| shift(it, x, y));
}

fn face(facts: &mut Facts, text: &str) {
    run(facts, text).family = "Comic".into();
}

fn size(facts: &mut Facts, text: &str, size: f64) {
    run(facts, text).size = size;
}

fn red(facts: &mut Facts) -> &mut Rule {
    facts.pages[0].rules.iter_mut().find(|rule| rule.red).expect("a red rule")
}

fn last_rule(facts: &mut Facts) -> &mut Rule {
    let rules = &mut facts.pages.last_mut().expect("a page").rules;
    rules.iter_mut().max_by(|a, b| a.from.1.total_cmp(&b.from.1)).expect("a rule")
}

const SECRET: &str = "涉密通知";
const SIGNED: &str = "三人签发请示";
const SEALED: &str = "盖章通报";
const THREE: &str = "三个附件";
const FORTY: &str = "四十个主送";

const CASES: &[Case] = &[
    (SECRET, "5.1", "纸宽", |it| it.pages[0].width = 216.0),
    (SECRET, "5.1", "纸长", |it| it.pages[1].height = 279.0),
    (SECRET, "5.2.1", "订口", |it| shift_line(it, "室内各组", -1.0, 0.0)),
    (SECRET, "5.2.1", "天头", |it| shift_line(it, "000012", 0.0, -1.5)),
    (SEALED, "5.2.1", "下白边", |it| last_rule(it).to.1 += 1.0),
    (SEALED, "5.2.1", "右白边", |it| it.pages[1].images[0].at.0 = 150.0),
    (SECRET, "5.2.2", "正文字号", |it| size(it, "样例，只用来", 15.0)),
    (SECRET, "5.2.3", "行格", |it| shift_line(it, "样例，只用来", 0.0, 0.2)),
    (SECRET, "5.2.3", "满行宽", |it| {
        let line = run(it, "样例，只用来");
        let last = line.glyphs.last_mut().expect("a glyph");
        last.x -= 2.0;
    }),
    (SECRET, "5.2.4", "文字颜色", |it| run(it, "样例，只用来").black = false),
    (SECRET, "7.2.1", "份号顶格", |it| shift_line(it, "000012", 0.5, 0.0)),
    (SECRET, "7.2.3", "第几行", |it| shift_line(it, "特急", 0.0, 10.449)),
    (SECRET, "7.2.2", "密级字体", |it| face(it, "机密")),
    (SECRET, "7.2.3", "紧急程度字号", |it| size(it, "特急", 14.0)),
    (SECRET, "7.2.3", "紧急程度", |it| {
        it.pages[0].texts.retain(|it| it.text != "特急");
    }),
    (SECRET, "7.2.4", "标志上边缘", |it| shift_line(it, "研究室文件", 0.0, 0.4)),
    (SECRET, "7.2.4", "标志居中", |it| shift_line(it, "研究室文件", 0.5, 0.0)),
    (SECRET, "7.2.4", "标志颜色", |it| run(it, "研究室文件").red = false),
    (SECRET, "7.2.4", "标志字体", |it| face(it, "研究室文件")),
    (SECRET, "7.2.4", "标志文字", |it| run(it, "研究室文件").glyphs.truncate(3)),
    (SECRET, "7.2.5", "发文字号居中", |it| shift_line(it, "云版发", 1.0, 0.0)),
    (SECRET, "7.2.5", "空二行", |it| shift_line(it, "云版发", 0.0, -8.0)),
    (SIGNED, "7.2.5", "左空一字", |it| {
        run(it, "青教体").glyphs.iter_mut().for_each(|glyph| glyph.x -= 1.0);
    }),
    (SIGNED, "7.2.6", "姓名字体", |it| face(it, "孟岚样")),
    (SIGNED, "7.2.6", "上下对齐", |it| shift(run(it, "孟岚样"), 2.0, 0.0)),
    (SIGNED, "7.2.6", "右空一字", |it| shift(run(it, "陆溪样"), 1.0, 0.0)),
    (SECRET, "7.2.7", "发文字号之下", |it| {
        let rule = red(it);
        rule.from.1 += 0.1;
        rule.to.1 += 0.1;
    }),
    (SECRET, "7.2.7", "版心等宽", |it| red(it).to.0 -= 1.0),
    (SECRET, "7.2.7", "红色分隔线", |it| red(it).red = false),
    (SECRET, "7.3.1", "标题居中", |it| shift_line(it, "关于核对", 1.0, 0.0)),
    (SECRET, "7.3.1", "标题字号", |it| size(it, "关于核对", 18.0)),
    (SECRET, "7.3.1", "标题字体", |it| face(it, "关于核对")),
    (SECRET, "7.3.1", "空二行", |it| {
        let rule = red(it);
        rule.from.1 -= 8.0;
        rule.to.1 -= 8.0;
    }),
    (SECRET, "7.3.1", "标题形状", |it| {
        // The shorter line ends up as long as the other.
        let width =
            |line: &Text| line.glyphs.last().expect("a glyph").x - line.glyphs[0].x;
        let lines = it.pages[0].texts.iter_mut().filter(|it| it.size == 22.0);
        let mut lines: Vec<&mut Text> = lines.collect();
        lines.sort_by(|a, b| width(a).total_cmp(&width(b)));
        let end = lines[0].glyphs[0].x + width(lines[1]);
        lines[0].glyphs.last_mut().expect("a glyph").x = end;
    }),
    (SECRET, "7.3.2", "顶格", |it| shift_line(it, "室内各组", 1.0, 0.0)),
    (SECRET, "7.3.2", "空一行", |it| shift_line(it, "室内各组", 0.0, -6.0)),
    (SECRET, "7.3.2", "主送机关", |it| {
        it.pages[0].texts.retain(|it| !it.text.contains("室内各组"));
    }),
    (SECRET, "7.3.3", "段首左空二字", |it| shift_line(it, "本件为样例", -5.0, 0.0)),
    (SECRET, "7.3.3", "第一层标题字体", |it| face(it, "核对挂钟时间")),
    (SECRET, "7.3.3", "正文各段", |it| run(it, "本件为样例").glyphs.truncate(2)),
    (THREE, "7.3.4", "左空二字", |it| {
        let run = run(it, "附件：");
        shift(run, -1.0, 0.0);
    }),
    (THREE, "7.3.4", "空一行", |it| shift_line(it, "附件：", 0.0, -6.0)),
    (THREE, "7.3.4", "齐全", |it| {
        let line = run(it, "沿线值班要求");
        line.glyphs.last_mut().expect("a glyph").text = "；".into();
    }),
    (SEALED, "7.3.5.1", "印章顶端", |it| it.pages[1].images[0].at.1 += 8.0),
    (SEALED, "7.3.5.1", "正中", |it| it.pages[1].images[0].at.0 += 1.0),
    (SEALED, "7.3.5.1", "印章宽", |it| it.pages[1].images[0].size.0 = 45.0),
    (SEALED, "7.3.5.1", "印章:", |it| it.pages[1].images.clear()),
    (SEALED, "7.3.5.1", "右空四字", |it| shift_line(it, "年2月26日", 3.0, 0.0)),
    (SIGNED, "7.3.5.2", "右移二字", |it| shift_line(it, "年5月12日", 1.0, 0.0)),
    (THREE, "7.3.4", "上下对齐", |it| {
        let all = lines(it);
        let second = |line: &&Line| line.text.starts_with("2.2026年主汛期");
        let line = all.iter().find(second).expect("the second name");
        shift_line(it, &line.text, 2.0, 0.0);
    }),
    (SEALED, "7.3.5.5", "正文", |it| {
        let all = lines(it);
        let own = all.iter().rev().find(|line| line.text == "2026年2月26日");
        let name = own.expect("the date").baseline - 12.0;
        it.pages[1].texts.retain(|it| it.baseline > name);
    }),
    (SEALED, "7.3.5.4", "写法", |it| {
        let all = lines(it);
        let date = all.iter().find(|line| line.text == "2026年2月26日");
        let y = date.expect("the date").baseline;
        let texts =
            it.pages[1].texts.iter_mut().filter(|it| (it.baseline - y).abs() < 0.02);
        let mut glyphs = texts.flat_map(|it| &mut it.glyphs).filter(|it| it.text == "6");
        glyphs.next().expect("a digit").text = "7".into();
    }),
    (SECRET, "7.2.4", "发文机关标志", |it| it.pages[0].texts.retain(|it| !it.red)),
    (SECRET, "7.3.3", "首页正文", |it| {
        let title = run(it, "关于核对").baseline;
        it.pages[0].texts.retain(|it| it.baseline < title + 1.0 || it.size > 20.0);
    }),
    (SECRET, "7.3.6", "左空二字", |it| shift_line(it, "样例，内容", 3.0, 0.0)),
    (SECRET, "7.3.6", "下一行", |it| shift_line(it, "样例，内容", 0.0, 10.449)),
    (THREE, "7.3.7", "第三行", |it| shift_line(it, "附件1", 0.0, 10.449)),
    (THREE, "7.3.7", "顶格", |it| shift_line(it, "附件1", 3.0, 0.0)),
    (THREE, "7.3.7", "附件序号字体", |it| face(it, "附件1")),
    (THREE, "7.4", "偶数面", |it| {
        let page = it.pages[0].clone();
        it.pages.insert(0, page);
    }),
    (SECRET, "7.4.1", "末条线", |it| {
        let rule = last_rule(it);
        rule.from.1 -= 0.2;
        rule.to.1 -= 0.2;
    }),
    (SECRET, "7.4.1", "粗细", |it| last_rule(it).thickness = 0.5),
    (SECRET, "7.4.1", "条", |it| {
        it.pages.last_mut().expect("a page").rules.pop();
    }),
    (SECRET, "7.4.2", "抄送", |it| shift_line(it, "抄送", 2.0, 0.0)),
    (SECRET, "7.4.2", "版记字号", |it| size(it, "抄送", 16.0)),
    (FORTY, "7.4.2", "回行", |it| {
        let all = lines(it);
        let wrapped = |line: &&Line| line.size < 14.1 && line.left() > 40.0;
        let line = all.iter().find(|line| wrapped(line) && line.baseline < 262.0);
        shift_line(it, &line.expect("a wrapped line").text, 3.0, 0.0);
    }),
    (SECRET, "7.4.3", "左空一字", |it| shift_line(it, "研究室综合组", -1.0, 0.0)),
    (SECRET, "7.4.3", "加印发", |it| {
        let run = run(it, "印发");
        run.glyphs.truncate(run.glyphs.len() - 2);
    }),
    (SECRET, "7.5", "一字线", |it| shift_line(it, "—1—", 0.0, 1.0)),
    (SECRET, "7.5", "右空一字", |it| shift_line(it, "—1—", 1.0, 0.0)),
    (SECRET, "7.5", "页码字体", |it| {
        let folio = it.pages[0].texts.iter_mut().filter(|it| it.baseline > 266.0);
        folio.for_each(|it| it.family = "Comic".into());
    }),
    (SECRET, "7.5", "页码", |it| it.pages[0].texts.retain(|it| it.baseline < 266.0)),
];

#[test]
fn what_is_tampered_with_is_found_under_its_clause() {
    let mut missed = Vec::new();
    for (name, clause, what, tamper) in CASES {
        let path = root().join(format!("examples/{name}.yaml"));
        let mut laid = support::lay_out_file(&path);
        tamper(&mut laid.facts);
        let found = deviations(&laid);
        let told = |line: &String| {
            line.starts_with(&format!("{clause} ")) && line.contains(what)
        };
        if !found.iter().any(told) {
            missed.push(format!("{name} {clause} {what}: {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn lines_off_the_grid_are_found_one_by_one_and_told_once() {
    let path = root().join("examples/涉密通知.yaml");
    let mut laid = support::lay_out_file(&path);
    for text in &mut laid.facts.pages[0].texts {
        text.baseline += 0.4;
    }
    let found = deviations(&laid);
    assert!(found.len() > 5, "{found:#?}");
    let rows = found.iter().filter(|line| line.contains("3号字行偏离行格"));
    assert_eq!(rows.count(), 1);
}

#[test]
fn no_run_of_a_page_can_be_lost_or_moved_unseen() {
    for name in [SECRET, SIGNED, SEALED, FORTY] {
        let mut laid =
            support::lay_out_file(&root().join(format!("examples/{name}.yaml")));
        let whole = laid.facts.clone();
        let mut unseen = Vec::new();
        for (page, at) in runs(&whole) {
            let lost = whole.pages[page].texts[at].text.clone();
            laid.facts = whole.clone();
            laid.facts.pages[page].texts.remove(at);
            if deviations(&laid).is_empty() {
                unseen.push(format!("{lost} lost"));
            }
            laid.facts = whole.clone();
            shift(&mut laid.facts.pages[page].texts[at], 0.0, 1.0);
            // No clause fixes how far apart the names of an imprint are.
            let named = whole.pages[page].texts[at].size < 14.1 && name == FORTY;
            if deviations(&laid).is_empty() && !named {
                unseen.push(format!("{lost} moved"));
            }
        }
        assert!(unseen.is_empty(), "{name}: {unseen:#?}");
    }
}

/// Page and place of every run that shows something.
fn runs(facts: &Facts) -> Vec<(usize, usize)> {
    let pages = facts.pages.iter().enumerate();
    let shown = |it: &Text| !it.text.trim().is_empty();
    pages
        .flat_map(|(page, it)| (0..it.texts.len()).map(move |at| (page, at)))
        .filter(|(page, at)| shown(&facts.pages[*page].texts[*at]))
        .collect()
}

#[test]
fn pages_with_nothing_on_them_are_measured_too() {
    let mut laid = support::lay_out_file(&root().join(format!("examples/{THREE}.yaml")));
    for page in &mut laid.facts.pages {
        (page.texts, page.rules) = (Vec::new(), Vec::new());
    }
    assert!(deviations(&laid).len() > 5);
    laid.facts.pages.clear();
    assert!(deviations(&laid).is_empty());
}
