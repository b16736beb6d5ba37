//! Layouts of their own, made by hand as the standard describes them: 联合行文 (7.2.4,
//! 7.3.5), 签名章 (7.3.5.3), 横排 (8), 信函 (10.1), 命令 (10.2), 纪要 (10.3).

use hongtou::measure::{Pitches, measure};
use hongtou::notice::body::Block;
use hongtou::notice::body::{Counters, paragraphs};
use hongtou::notice::picture::{Image as Picture, Kind, Seal};
use hongtou::notice::{Attachment, Attendance, Format, Notice, Stamp};
use hongtou::typeset::facts::{Facts, Text, Turn};

use super::made::{
    P, PT, W, facts, folio, image, line, mark, page, row, rule, text, title,
};
use super::told;

/// What is done to the pages, under which clause it must be found, and in which words.
type Case = (&'static str, &'static str, fn(&mut Facts));

fn deviations(notice: &Notice, facts: &Facts) -> Vec<String> {
    told(&measure(notice, facts, Pitches::default()))
}

/// The pages are clean, and what each case does to them is found.
fn holds(notice: &Notice, made: &Facts, cases: &[Case]) {
    let found = deviations(notice, made);
    assert!(found.is_empty(), "{found:#?}");
    let mut missed = Vec::new();
    for (clause, what, tamper) in cases {
        let mut facts = made.clone();
        tamper(&mut facts);
        let found = deviations(notice, &facts);
        let told = |line: &String| {
            line.starts_with(&format!("{clause} ")) && line.contains(what)
        };
        if !found.iter().any(told) {
            missed.push(format!("{clause} {what}: {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

fn run<'a>(facts: &'a mut Facts, text: &str) -> &'a mut Text {
    let texts = facts.pages.iter_mut().flat_map(|page| &mut page.texts);
    texts.into_iter().find(|it| it.text.contains(text)).expect(text)
}

fn shift(facts: &mut Facts, text: &str, x: f64, y: f64) {
    let run = run(facts, text);
    run.baseline += y;
    for glyph in &mut run.glyphs {
        glyph.x += x;
        glyph.ink = glyph.ink.map(|[a, b, c, d]| [a + x, b + y, c + x, d + y]);
    }
}

fn body(text: &str) -> Vec<Block> {
    let all = paragraphs(text, &mut Counters::default());
    all.into_iter().map(Block::Paragraph).collect()
}

fn seal() -> Seal {
    let bytes: &[u8] = b"<svg/>";
    let image = Picture { kind: Kind::Svg, bytes: bytes.into(), field: String::new() };
    Seal { image, diameter: None }
}

fn notice(format: Format, title: &str) -> Notice {
    Notice {
        format,
        issuers: vec!["云岭市总工会".into()],
        number: "云工发〔2026〕18号".parse().ok(),
        title: title.into(),
        body: body("请结合实际抓好落实。"),
        ..Notice::default()
    }
}

#[test]
fn a_letter_is_measured() {
    let notice = Notice {
        secrecy: Some("机密".into()),
        copies: Some("市委办公室".into()),
        ..notice(Format::Letter, "关于商请支持的函")
    };
    let mut one = page();
    let top = mark("云岭市总工会", 57.0, 30.0);
    let ink_bottom = 30.0 + 0.8 * 57.0 * PT;
    let thick = ink_bottom + 4.0 + 0.5;
    one.rules = vec![
        rule((20.0, 190.0), thick, 1.0, true),
        rule((20.0, 190.0), thick + 1.5, 0.4, true),
        rule((20.0, 190.0), 275.3, 0.4, true),
        rule((20.0, 190.0), 276.5, 1.0, true),
    ];
    let baseline = thick + 1.7 + 7.0 / 8.0 * W + 0.88 * 16.0 * PT;
    let number = "云工发〔2026〕18号";
    let width = 12.0 * W - (W - 16.0 * PT);
    let first = (baseline - row(0.0, 16.0)) / P;
    let third = (first + 3.0).ceil();
    one.texts = vec![
        top,
        text("机密", 28.0, baseline, (16.0, W), "GW HeiTi"),
        text(number, 184.0 - width, baseline, (16.0, W), "GW FangSong"),
        title("关于商请支持的函", third),
        line("请结合实际抓好落实。", third + 2.0, 2.0),
    ];
    let em = 14.0 * PT;
    one.texts.push(text(
        "抄送：市委办公室。",
        28.0 + em,
        259.0,
        (14.0, em),
        "GW FangSong",
    ));
    let cases: &[Case] = &[
        ("10.1", "标志上边缘距上页边", |it| shift(it, "总工会", 0.0, 1.0)),
        ("10.1", "相距", |it| it.pages[0].rules[0].from.1 += 1.0),
        ("10.1", "双线长", |it| it.pages[0].rules[1].to.0 = 184.0),
        ("10.1", "双线居中", |it| {
            it.pages[0].rules[2].from.0 += 2.0;
            it.pages[0].rules[2].to.0 += 2.0;
        }),
        ("10.1", "上粗下细", |it| it.pages[0].rules[0].thickness = 0.2),
        ("10.1", "上细下粗", |it| it.pages[0].rules[2].thickness = 1.5),
        ("10.1", "距下页边", |it| {
            it.pages[0].rules[2..].iter_mut().for_each(|rule| rule.from.1 -= 5.0);
        }),
        ("10.1", "两条双线", |it| {
            it.pages[0].rules.pop();
        }),
        ("10.1", "7/8", |it| shift(it, "机密", 0.0, 1.0)),
        ("10.1", "发文字号顶格居版心右", |it| shift(it, "云工发", -2.0, 0.0)),
        ("7.2.2", "顶格", |it| shift(it, "机密", 2.0, 0.0)),
        ("10.1", "空二行", |it| shift(it, "关于商请", 0.0, 10.0)),
        ("10.1", "首页页码", |it| it.pages[0].texts.push(folio(1))),
        ("10.1", "版记分隔线", |it| {
            it.pages[0].rules.push(rule((28.0, 184.0), 255.0, 0.35, false));
        }),
        ("10.1", "末行字底", |it| shift(it, "抄送", 0.0, -20.0)),
    ];
    holds(&notice, &facts(one), cases);
}

#[test]
fn an_order_is_measured() {
    let notice = Notice {
        stamps: vec![Stamp {
            post: Some("主席".into()),
            image: None,
            name: Some("程禾样".into()),
        }],
        date: "2026-03-05".parse().ok(),
        ..notice(Format::Order, "")
    };
    let mut one = page();
    let bottom = 57.0 + 0.8 * 60.0 * PT;
    let number = ((bottom + 2.0 * P - 37.0) / P).ceil();
    let text_row = number + 3.0;
    let date = "2026年3月5日";
    let right = |content: &str, at: f64, chars: f64| {
        let count = content.chars().count() as f64;
        let x = 184.0 - chars * W - (count - 1.0) * W - 16.0 * PT;
        text(content, x, row(at, 16.0), (16.0, W), "GW FangSong")
    };
    let name = right("程禾样", text_row + 3.0, 4.0);
    let post = text(
        "主席",
        name.glyphs[0].x - 2.0 * W - W - 16.0 * PT,
        row(text_row + 3.0, 16.0),
        (16.0, W),
        "GW FangSong",
    );
    let width = 3.0 * W + 16.0 * PT;
    let centred =
        text("第18号", 106.0 - width / 2.0, row(number, 16.0), (16.0, W), "GW FangSong");
    one.texts = vec![
        mark("云岭市总工会令", 60.0, 57.0),
        centred,
        line("请结合实际抓好落实。", text_row, 2.0),
        post,
        name,
        right(date, text_row + 5.0, 4.0),
        folio(1),
    ];
    let cases: &[Case] = &[
        ("10.2", "标志上边缘距版心上边缘", |it| {
            shift(it, "工会令", 0.0, 15.0);
        }),
        ("10.2", "令号居中", |it| shift(it, "第18号", 2.0, 0.0)),
        ("10.2", "标志与令号", |it| shift(it, "第18号", 0.0, -10.0)),
        ("10.2", "令号与正文", |it| shift(it, "第18号", 0.0, -10.0)),
        ("10.2", "红色分隔线", |it| {
            it.pages[0].rules.push(rule((28.0, 184.0), 120.0, 0.5, true));
        }),
        ("10.2", "令号（第N号）", |it| {
            it.pages[0].texts.retain(|it| it.text != "第18号");
        }),
        ("7.3.5.3", "签名章右空四字", |it| shift(it, "程禾样", 2.0, 0.0)),
        ("7.3.5.3", "左空二字标职务", |it| shift(it, "主席", -2.0, 0.0)),
        ("7.3.5.3", "签名章与正文空二行", |it| {
            shift(it, "程禾样", 0.0, -P);
            shift(it, "主席", 0.0, -P);
        }),
        ("7.3.5.3", "空一行", |it| shift(it, "年3月5日", 0.0, P)),
        ("7.3.5.3", "成文日期右空四字", |it| shift(it, "年3月5日", 2.0 * W, 0.0)),
    ];
    holds(&notice, &facts(one), cases);
}

#[test]
fn minutes_are_measured() {
    let list = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    let notice = Notice {
        attendance: Attendance {
            present: list(&["程禾样", "陆溪样"]),
            absent: list(&["孟岚样"]),
            attending: Vec::new(),
        },
        ..notice(Format::Minutes, "")
    };
    let notice = Notice { title: "会议纪要".into(), ..notice };
    let mut one = page();
    let label = |content: &str, at: f64| {
        text(content, 28.0 + 2.0 * W, row(at, 16.0), (16.0, W), "GW HeiTi")
    };
    one.texts = vec![
        mark("云岭市总工会纪要", 50.0, 72.0),
        title("会议纪要", 10.0),
        line("请结合实际抓好落实。", 12.0, 2.0),
        label("出席：", 14.0),
        line("程禾样、", 14.0, 5.0),
        line("陆溪样", 15.0, 5.0),
        label("请假：", 16.0),
        line("孟岚样", 16.0, 5.0),
        folio(1),
    ];
    let cases: &[Case] = &[
        ("10.3", "标志上边缘距版心上边缘", |it| {
            shift(it, "工会纪要", 0.0, 1.0);
        }),
        ("10.3", "标签字体", |it| run(it, "出席：").family = "GW FangSong".into()),
        ("10.3", "姓名字体", |it| run(it, "程禾样").family = "GW HeiTi".into()),
        ("10.3", "左空二字", |it| shift(it, "请假：", -W, 0.0)),
        ("10.3", "回行", |it| shift(it, "陆溪样", -W, 0.0)),
        ("10.3", "空一行", |it| {
            shift(it, "出席：", 0.0, -P);
            shift(it, "程禾样", 0.0, -P);
        }),
        ("10.3", "另起一行", |it| {
            shift(it, "请假：", 0.0, P);
            shift(it, "孟岚样", 0.0, P);
        }),
        ("10.3", "请假名单", |it| it.pages[0].texts.retain(|it| it.text != "请假：")),
    ];
    holds(&notice, &facts(one), cases);
}

/// A name's characters spread over 90 mm.
fn spread(name: &str, x: f64, top: f64) -> Text {
    let em = 30.0 * PT;
    let count = name.chars().count() as f64;
    let cell = (90.0 - em) / (count - 1.0);
    let it = text(name, x, top + 0.8 * em, (30.0, cell), "GW BiaoSong");
    Text { red: true, black: false, ..it }
}

fn joint_page() -> (Notice, Facts) {
    let names = ["云岭市总工会", "云岭市教育局", "云岭市信息化中心", "云岭市财政局"];
    let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
    let notice = Notice {
        issuers: names.clone(),
        signature: names.clone(),
        date: "2026-03-05".parse().ok(),
        ..notice(Format::Document, "关于培训的通知")
    };
    let mut one = page();
    let em = 30.0 * PT;
    let width = 90.0 + 2.0 + 2.0 * em;
    let x = 106.0 - width / 2.0;
    for (at, name) in names.iter().enumerate() {
        one.texts.push(spread(name, x, 72.0 + at as f64 * 12.0));
    }
    let bottom = 72.0 + 36.0 + 0.8 * em;
    let middle = f64::midpoint(72.0, bottom);
    let word = text("文件", x + 92.0, middle + 0.4 * em, (30.0, em), "GW BiaoSong");
    one.texts.push(Text { red: true, black: false, ..word });
    let number_at = ((bottom + 2.0 * P - 37.0) / P).ceil();
    let number = "云工发〔2026〕18号";
    let width = 11.0 * W + 16.0 * PT;
    one.texts.push(text(
        number,
        106.0 - width / 2.0,
        row(number_at, 16.0),
        (16.0, W),
        "GW FangSong",
    ));
    let y = row(number_at, 16.0) + 0.12 * 16.0 * PT + 4.0;
    one.rules = vec![rule((28.0, 184.0), y, 0.5, true)];
    let title_at = ((y + 2.0 * P - 37.0) / P).ceil();
    one.texts.push(title("关于培训的通知", title_at));
    one.texts.push(line("请结合实际抓好落实。", title_at + 2.0, 2.0));
    one.texts.push(folio(1));
    (notice, Facts { pages: vec![one] })
}

fn next_page(facts: &mut Facts) {
    let mut two = page();
    two.texts.push(line("请结合实际抓好落实。", 0.0, 2.0));
    two.texts.push(folio(2));
    facts.pages.push(two);
}

#[test]
fn a_joint_mark_and_names_below_each_other_are_measured() {
    let (mut notice, mut facts) = joint_page();
    notice.body = body("请结合实际抓好落实。\n请结合实际抓好落实。");
    next_page(&mut facts);
    let names = notice.signature.clone();
    for (at, name) in names.iter().enumerate() {
        let count = name.chars().count() as f64;
        let x = 184.0 - 2.0 * W - (count - 1.0) * W - 16.0 * PT;
        let x = if at == 3 { 184.0 - 6.0 * W - 8.0 * W - 16.0 * PT + 2.0 * W } else { x };
        facts.pages[1].texts.push(text(
            name,
            x,
            row(2.0 + at as f64, 16.0),
            (16.0, W),
            "GW FangSong",
        ));
    }
    let date = "2026年3月5日";
    let x = 184.0 - 2.0 * W - 8.0 * W - 16.0 * PT;
    facts.pages[1].texts.push(text(date, x, row(6.0, 16.0), (16.0, W), "GW FangSong"));
    let cases: &[Case] = &[
        ("7.2.4", "标志上边缘", |it| shift(it, "总工会", 0.0, 1.0)),
        ("7.2.4", "左端对齐", |it| run(it, "教育局").glyphs[0].x += 1.0),
        ("7.2.4", "右端对齐", |it| run(it, "教育局").glyphs[5].x -= 1.0),
        ("7.2.4", "上下居中", |it| shift(it, "文件", 0.0, 2.0)),
        ("7.2.4", "右侧", |it| shift(it, "文件", -20.0, 0.0)),
        ("7.2.4", "标志居中", |it| shift(it, "文件", 3.0, 0.0)),
        ("7.2.4", "机关名称", |it| {
            it.pages[0].texts.remove(2);
        }),
        ("7.2.4", "主办机关在前", |it| {
            let (a, b) = (run(it, "总工会").baseline, run(it, "教育局").baseline);
            run(it, "总工会").baseline = b;
            run(it, "教育局").baseline = a;
        }),
        ("7.3.5.2", "依次向下", |it| {
            let page = &mut it.pages[1];
            page.texts
                .iter_mut()
                .filter(|it| it.text == "云岭市教育局")
                .for_each(|it| it.baseline += 1.0);
        }),
        ("7.3.5.2", "右空二字", |it| shift(it, "年3月5日", 1.0, 0.0)),
    ];
    holds(&notice, &facts, cases);
}

/// Moves a text of the second page sideways and to a line.
fn move_name(facts: &mut Facts, name: &str, x: f64, to: f64) {
    let mut texts = facts.pages[1].texts.iter_mut();
    let text = texts.find(|it| it.text == name).expect(name);
    text.baseline = row(to, 16.0);
    text.glyphs.iter_mut().for_each(|glyph| glyph.x += x);
}

#[test]
fn joint_seals_are_measured() {
    let (mut notice, mut facts) = joint_page();
    notice.body = body("请结合实际抓好落实。\n请结合实际抓好落实。");
    notice.seals = (0..4).map(|_| seal()).collect();
    next_page(&mut facts);
    let names = notice.signature.clone();
    for (at, name) in names.iter().enumerate() {
        let (column, down) = ((at % 3) as f64, if at < 3 { 3.0 } else { 8.0 });
        let centre = 53.0 + column * 52.0;
        let count = name.chars().count() as f64;
        let width = (count - 1.0) * W + 16.0 * PT;
        let baseline = row(down, 16.0);
        let name = text(name, centre - width / 2.0, baseline, (16.0, W), "GW FangSong");
        facts.pages[1].texts.push(name);
        facts.pages[1].images.push(image((centre - 21.0, baseline - 23.0), 42.0));
    }
    let width = 8.0 * W + 16.0 * PT;
    facts.pages[1].texts.push(text(
        "2026年3月5日",
        53.0 - width / 2.0,
        row(9.0, 16.0),
        (16.0, W),
        "GW FangSong",
    ));
    let cases: &[Case] = &[
        ("7.3.5.1", "印章:", |it| {
            it.pages[1].images.remove(1);
        }),
        ("7.3.5.1", "正中", |it| it.pages[1].images[1].at.0 += 1.0),
        ("7.3.5.1", "相切", |it| {
            let seal = &mut it.pages[1].images[1];
            seal.at.0 -= 10.0;
        }),
        ("7.3.5.1", "右缘", |it| it.pages[1].images[2].at.0 += 10.0),
        ("7.3.5.1", "印章压住成文日期", |it| it.pages[1].images[3].at.1 -= 15.0),
        ("7.3.5.1", "一行之内", |it| it.pages[1].images[0].at.1 += 10.0),
        ("7.3.5.1", "按机关顺序", |it| {
            move_name(it, "云岭市总工会", 52.0, 3.0);
            move_name(it, "云岭市教育局", -52.0, 3.0);
        }),
        ("7.3.5.1", "每排署名", |it| {
            move_name(it, "云岭市总工会", -20.0, 3.0);
            move_name(it, "云岭市教育局", -38.0, 3.0);
            move_name(it, "云岭市信息化中心", -50.0, 3.0);
            move_name(it, "云岭市财政局", 97.0, 3.0);
            move_name(it, "2026年3月5日", 97.0, 4.0);
        }),
    ];
    holds(&notice, &facts, cases);
}

#[test]
fn a_lying_attachment_is_measured() {
    let (mut notice, mut facts) = joint_page();
    notice.signature = Vec::new();
    notice.attachments = vec![Attachment {
        name: "安排表".into(),
        body: body("抓好落实。"),
        landscape: true,
        detached: false,
    }];
    let mut note = line("附件：安排表", 0.0, 2.0);
    note.baseline = facts.pages[0]
        .texts
        .iter()
        .find(|it| it.text.starts_with("请结合"))
        .expect("the body")
        .baseline
        + 2.0 * P;
    facts.pages[0].texts.push(note);
    let mut two = page();
    (two.width, two.height) = (297.0, 210.0);
    let at = |size: f64, row: f64| 28.0 + W / 2.0 + row * P + 0.38 * size * PT;
    let em = 22.0 * PT;
    two.texts = vec![
        text("附件", 35.0, at(16.0, 0.0), (16.0, W), "GW HeiTi"),
        text("安排表", 147.5 - 1.5 * em, at(22.0, 2.0), (22.0, em), "GW BiaoSong"),
        text("抓好落实。", 35.0 + 2.0 * W, at(16.0, 4.0), (16.0, W), "GW FangSong"),
        Text { turn: Turn::Clockwise, ..folio(2) },
    ];
    facts.pages.push(two);
    notice.date = None;
    let cases: &[Case] = &[
        ("5.1", "纸长", |it| it.pages[1].width = 280.0),
        ("8", "双页码表头", |it| it.pages[1].texts[3].turn = Turn::Counter),
        ("8", "页码位置", |it| it.pages[1].texts[3].turn = Turn::Upright),
        ("8", "横排的页", |it| {
            (it.pages[1].width, it.pages[1].height) = (210.0, 297.0);
        }),
        ("7.5", "双页码左空一字", |it| shift(it, "—2—", 3.0, 0.0)),
        ("7.3.7", "顶格", |it| {
            it.pages[1].texts[0].glyphs.iter_mut().for_each(|glyph| glyph.x += 2.0);
        }),
        ("7.3.7", "第三行", |it| it.pages[1].texts[1].baseline += P),
    ];
    holds(&notice, &facts, cases);
}

#[test]
fn another_pitch_is_asked_for_where_it_was_changed() {
    let notice = Notice {
        body: body("请结合实际抓好落实。"),
        ..notice(Format::Bulletin, "")
    };
    let mut one = page();
    let (pitch, char) = (0.98 * P, 0.96 * W);
    let baseline = row(0.0, 16.0) + 5.0 * pitch;
    let x = 28.0 + 2.0 * char;
    one.texts = vec![
        text("请结合实际抓好落实。", x, baseline, (16.0, char), "GW FangSong"),
        folio(1),
    ];
    let facts = facts(one);
    let changed = Pitches { line: 0.98, char: 0.96 };
    let found = told(&measure(&notice, &facts, changed));
    // A bulletin's empty title is not there.
    assert!(found.iter().all(|line| line.contains("标题")), "{found:#?}");
    let found = deviations(&notice, &facts);
    let told = |what: &str| found.iter().any(|line| line.contains(what));
    assert!(told("3号字行偏离行格") && told("段首左空二字"), "{found:#?}");
}
