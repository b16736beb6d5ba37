//! Numbered copies: each is the notice with its own 份号, and a document of its own.

use hongtou::export::Standard;
use hongtou::pipeline::{Input, Order};
use hongtou::typeset::facts::{Facts, Page, facts};
use lopdf::{Document, Object};

use crate::support::{Run, SMALL, WORKSHOP, extracted, root};

fn input(text: &str) -> Input {
    let (name, bytes) = ("试.yaml".into(), text.as_bytes().to_vec());
    Input { name, bytes, folder: root().join("examples") }
}

fn laid(text: &str, copies: &[u32]) -> Facts {
    let mut checked = WORKSHOP.check(&input(text), &Default::default());
    let order = Order { copies: copies.to_vec(), ..Order::default() };
    facts(&WORKSHOP.lay_out_order(&mut checked, &order).unwrap().0, false)
}

fn glyphs(page: &Page) -> Vec<(&str, f64, f64)> {
    page.texts
        .iter()
        .flat_map(|text| text.glyphs.iter().map(|it| (&*it.text, it.x, text.baseline)))
        .collect()
}

fn example(name: &str) -> String {
    std::fs::read_to_string(root().join("examples").join(name)).unwrap()
}

#[test]
fn each_copy_is_the_notice_with_its_number() {
    let notice = example("涉密通知.yaml");
    let own = notice.lines().find(|line| line.starts_with("份号:")).unwrap();
    let copies = laid(&notice, &[7, 1, 120_000]);
    let length = copies.pages.len() / 3;
    for (nth, number) in ["000007", "000001", "120000"].iter().enumerate() {
        let alone = laid(&notice.replace(own, &format!("份号: \"{number}\"")), &[]);
        assert_eq!(alone.pages.len(), length);
        for (page, alone) in copies.pages[nth * length..].iter().zip(&alone.pages) {
            assert_eq!(glyphs(page), glyphs(alone));
            assert_eq!(page.rules, alone.rules);
        }
        let first = &copies.pages[nth * length].texts;
        assert!(first.iter().any(|text| text.text == *number), "{number}");
    }
}

#[test]
fn on_both_sides_each_copy_begins_on_a_sheet_of_its_own() {
    let empty = |facts: &Facts| -> Vec<bool> {
        facts.pages.iter().map(|page| page.texts.is_empty()).collect()
    };
    let both = laid(SMALL, &[1, 2, 3]);
    assert_eq!(empty(&both), [false, true, false, true, false]);
    let one = laid(&format!("{SMALL}双面: false\n"), &[1, 2, 3]);
    assert_eq!(empty(&one), [false, false, false]);
    for page in both.pages.iter().filter(|page| !page.texts.is_empty()) {
        let folio = page.texts.iter().filter(|text| text.baseline > 266.0);
        assert_eq!(folio.map(|text| &*text.text).collect::<String>(), "— 1 —");
    }
    for page in &both.pages {
        assert!((page.width - 210.0).abs() < 0.01 && (page.height - 297.0).abs() < 0.01);
    }
}

fn pdf(text: &str, order: &Order) -> Document {
    let built = WORKSHOP.build(&input(text), order);
    let pdf = built.pdf.unwrap_or_else(|| panic!("{:#?}", built.findings));
    Document::load_mem(&pdf).unwrap()
}

fn tags(document: &Document) -> usize {
    let objects = document.objects.values().filter_map(|it| it.as_dict().ok());
    objects.filter(|it| it.get(b"S").is_ok() && it.get(b"P").is_ok()).count()
}

#[test]
fn bookmarks_and_tags_of_each_copy_are_its_own() {
    let notice = example("年度培训计划.yaml");
    for standard in [Standard::Pdf17, Standard::Ua1] {
        let order = |copies| Order { copies, standard, ..Order::default() };
        let (one, three) =
            (pdf(&notice, &order(vec![1])), pdf(&notice, &order(vec![1, 2, 3])));
        let length = one.get_pages().len();
        assert_eq!(three.get_pages().len(), 3 * length);
        let toc = |document: &Document| -> Vec<(String, usize)> {
            let entries = document.get_toc().unwrap().toc.into_iter();
            entries.map(|it| (it.title, it.page)).collect()
        };
        let copy = |nth: usize| {
            let entry = |(title, page): (String, usize)| (title, page + nth * length);
            toc(&one).into_iter().map(entry).collect::<Vec<_>>()
        };
        assert_eq!(toc(&three), [copy(0), copy(1), copy(2)].concat());
        // All but the one that stands for the document.
        assert_eq!(tags(&three) - 1, 3 * (tags(&one) - 1));
    }
}

#[test]
fn copies_go_with_watermark_preprint_and_archives() {
    let order = Order {
        copies: vec![1, 2],
        watermark: Some("草稿".into()),
        preprinted: true,
        standard: Standard::A2a,
        ..Order::default()
    };
    let document = pdf(SMALL, &order);
    for (page, number) in [(1, "草稿000001云工发"), (3, "草稿000002云工发")] {
        let text = extracted(&document, page);
        assert!(text.starts_with(number) && !text.contains("总工会文件"), "{text}");
    }
    assert_eq!(extracted(&document, 2), "");
}

#[test]
fn different_copies_are_different_documents_and_the_same_are_the_same() {
    let id = |copies: &[u32]| {
        let order = Order { copies: copies.to_vec(), ..Order::default() };
        let id = pdf(SMALL, &order).trailer.get(b"ID").cloned().unwrap();
        id.as_array().map(|it| it[0].clone()).unwrap()
    };
    let (one, two): (Object, Object) = (id(&[1]), id(&[2]));
    assert!(one != two && one == id(&[1]));
}

#[test]
fn one_file_holds_all_copies_unless_they_are_separate() {
    let run = || Run::new().file("甲.yaml", SMALL).args(&["build", "甲.yaml"]);
    let ran = run().args(&["--copies", "1-2,8"]).run().code(0);
    assert_eq!(ran.err.trim(), "已生成 甲.pdf（3 份，共 5 页）");
    assert_eq!(ran.left(), ["甲.pdf", "甲.yaml"]);
    let ran = run().args(&["--copies", "1-2,8", "--separate"]).run().code(0);
    assert_eq!(
        ran.left(),
        ["甲-000001.pdf", "甲-000002.pdf", "甲-000008.pdf", "甲.yaml"]
    );
    let last = Document::load_mem(&ran.read("甲-000008.pdf").unwrap()).unwrap();
    assert!(extracted(&last, 1).contains("000008"));
    assert_eq!(last.get_pages().len(), 1);
    let ran = run().args(&["--copies", "2", "--separate", "-o", "出/"]).run().code(0);
    assert!(ran.read("出/甲-000002.pdf").is_some());
    let ran = run().args(&["--copies", "2", "-o", "-"]).run().code(0);
    assert!(ran.out.starts_with(b"%PDF"));
}

#[test]
fn nothing_is_written_unless_every_copy_can_be() {
    let run = Run::new().file("甲.yaml", SMALL).file("甲-000001.pdf", "%PDF旧");
    for name in ["甲-000002.pdf", "甲-000004.pdf"] {
        std::fs::create_dir(run.path().join(name)).unwrap();
    }
    let args = ["build", "甲.yaml", "--copies", "1-5", "--separate"];
    let ran =
        run.args(&args).run().code(2).says("写不了“甲-000002.pdf”、“甲-000004.pdf”");
    assert_eq!(ran.read("甲-000001.pdf").unwrap(), "%PDF旧".as_bytes());
    assert_eq!(ran.left().len(), 4);
    let ran = Run::new().file("甲.yaml", "标提: 乙\n").args(&args).run().code(1);
    assert_eq!(ran.left(), ["甲.yaml"]);
}

#[test]
fn wrong_copies_are_told_with_a_way_out() {
    let cases: [(&[&str], &str); 6] = [
        (&["--copies", "30-1"], "1-30 或 1-3,8"),
        (&["--copies", "0"], "“0”不是份号"),
        (&["--copies", "1-3,2"], "份号 2 写了两次"),
        (&["--copies", "1-10000"], "一次最多排 9999 份"),
        (&["--separate"], "--copies"),
        (&["--copies", "1-2", "--separate", "-o", "-"], "去掉 --separate"),
    ];
    for (args, says) in cases {
        let run = Run::new().file("甲.yaml", SMALL);
        let ran = run.args(&["build", "甲.yaml"]).args(args).run().code(2).says(says);
        assert_eq!(ran.left(), ["甲.yaml"]);
    }
}
