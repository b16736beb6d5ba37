//! 套打: all red and every seal is gone, and nothing else has moved.

use hongtou::export::Standard;
use hongtou::pipeline::{Options, Order, Workshop, read_input};
use hongtou::typeset::facts::{Facts, Page, facts};
use hongtou::workspace::{Offset, Workspace};
use lopdf::{Document, Object};

use crate::support::{Run, SMALL, WORKSHOP, extracted, files, root};

fn laid(workshop: &Workshop, name: &str, preprinted: bool) -> Facts {
    let path = root().join("examples").join(name);
    let mut checked = workshop.check(&read_input(&path).unwrap(), &Default::default());
    let order = Order { preprinted, ..Order::default() };
    facts(&workshop.lay_out_order(&mut checked, &order).unwrap().0, false)
}

/// Every glyph that is not red: its characters, left end and baseline.
fn black(page: &Page) -> Vec<(&str, f64, f64)> {
    let texts = page.texts.iter().filter(|text| !text.red);
    texts
        .flat_map(|text| {
            text.glyphs.iter().map(|it| (it.text.as_str(), it.x, text.baseline))
        })
        .collect()
}

#[test]
fn no_black_glyph_moves_and_no_red_is_left() {
    for path in files("examples", "yaml") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let (full, print) = (laid(&WORKSHOP, name, false), laid(&WORKSHOP, name, true));
        assert_eq!(full.pages.len(), print.pages.len());
        let (mut red, mut seals) = (0, 0);
        for (full, print) in full.pages.iter().zip(&print.pages) {
            assert_eq!(black(full), black(print), "{name}");
            assert!(!print.texts.iter().any(|text| text.red), "{name}");
            let rules: Vec<_> = full.rules.iter().filter(|rule| !rule.red).collect();
            assert_eq!(rules, print.rules.iter().collect::<Vec<_>>(), "{name}");
            red += full.texts.iter().filter(|text| text.red).count();
            seals += full.images.len() - print.images.len();
        }
        assert!(red > 0, "{name} has a red mark");
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let asked: usize = lines.map(|line| line.matches("样章.svg").count()).sum();
        assert_eq!(seals, asked, "{name}");
    }
}

#[test]
fn a_picture_that_is_no_seal_stays() {
    let count = |preprinted| -> usize {
        let facts = laid(&WORKSHOP, "水价公告.yaml", preprinted);
        facts.pages.iter().map(|page| page.images.len()).sum()
    };
    assert!(count(false) > 0);
    assert_eq!(count(true), count(false));
}

fn pdf(name: &str, preprinted: bool, standard: Standard) -> Document {
    let order = Order { preprinted, standard, ..Order::default() };
    let built = WORKSHOP.build_file(&root().join("examples").join(name), &order);
    Document::load_mem(&built.pdf.unwrap_or_else(|| panic!("{:#?}", built.findings)))
        .unwrap()
}

/// The alternative texts of all figures in the tree of tags.
fn figures(document: &Document) -> Vec<String> {
    let objects = document.objects.values().filter_map(|it| it.as_dict().ok());
    let figures = objects
        .filter(|it| it.get(b"S").is_ok_and(|kind| *kind == Object::from("Figure")));
    figures
        .filter_map(|it| it.get(b"Alt").ok())
        .map(|it| lopdf::decode_text_string(it).unwrap())
        .collect()
}

#[test]
fn the_red_text_cannot_be_extracted_and_the_seal_is_not_read_out() {
    for standard in [Standard::Pdf17, Standard::Ua1] {
        let (full, print) =
            (pdf("盖章通报.yaml", false, standard), pdf("盖章通报.yaml", true, standard));
        let mark = "云岭市公园管理中心文件";
        assert!(extracted(&full, 1).contains(mark));
        let text = extracted(&print, 1);
        assert!(!text.contains(mark) && text.contains("云园发〔2026〕11号"), "{text}");
        assert_eq!(figures(&full), ["印章"]);
        assert!(figures(&print).is_empty());
        let title = |document: &Document| {
            let info = document.trailer.get(b"Info").and_then(Object::as_reference);
            document.get_dictionary(info.unwrap()).unwrap().get(b"Title").unwrap().clone()
        };
        assert_eq!(title(&full), title(&print));
    }
}

#[test]
fn preprinted_pages_are_moved_by_the_workspace_s_offsets_and_others_are_not() {
    let offset = Offset { right: 1.5, down: -0.8 };
    let workspace = Workspace { offset, ..Workspace::default() };
    let moved = Workshop::in_workspace(&Options::default(), Some(workspace)).unwrap();
    let name = "年度培训计划.yaml";
    let (still, shifted) = (laid(&WORKSHOP, name, true), laid(&moved, name, true));
    for (still, shifted) in still.pages.iter().zip(&shifted.pages) {
        assert_eq!((still.width, still.height), (shifted.width, shifted.height));
        assert_eq!(black(still).len(), black(shifted).len());
        for (a, b) in black(still).iter().zip(black(shifted)) {
            let off = (b.1 - a.1 - 1.5).abs().max((b.2 - a.2 + 0.8).abs());
            assert!(a.0 == b.0 && off < 1e-6, "{a:?} {b:?}");
        }
        for (a, b) in still.rules.iter().zip(&shifted.rules) {
            assert!((b.from.0 - a.from.0 - 1.5).abs() < 1e-6, "{a:?} {b:?}");
            assert!((b.to.1 - a.to.1 + 0.8).abs() < 1e-6, "{a:?} {b:?}");
        }
    }
    let (plain, same) = (laid(&WORKSHOP, name, false), laid(&moved, name, false));
    for (plain, same) in plain.pages.iter().zip(&same.pages) {
        assert_eq!(black(plain), black(same));
    }
}

#[test]
fn a_template_of_the_office_gets_it_for_free() {
    let own = "#set page(width: 210mm, height: 297mm)\n#text(fill: rgb(200, 16, 46))[丁戊]\n#rect(width: 20mm, height: 9mm, fill: red, stroke: 1pt + black)[庚]\n{{ title }}\n";
    let build = |args: &[&str]| {
        let run = Run::new().file("甲.yaml", SMALL).file("模/notice.typ.jinja", own);
        let ran = run
            .args(&["build", "甲.yaml", "--templates", "模", "-o", "-"])
            .args(args)
            .run()
            .code(0);
        extracted(&Document::load_mem(&ran.out).unwrap(), 1)
    };
    assert!(build(&[]).contains("丁戊"));
    let text = build(&["--preprinted"]);
    assert!(!text.contains("丁戊") && text.contains('庚'), "{text}");
}

#[test]
fn wrong_offsets_are_told_with_place_and_way_out() {
    let cases = [
        ("套打: {右移: 21}\n", "hongtou.yaml:1:10", "最多 20 毫米"),
        ("套打:\n  下移: -20.5\n", "hongtou.yaml:2:7", "实际大小"),
        ("套打: {右移: 多}\n", "hongtou.yaml:1:10", "以毫米计的数字"),
        ("套打: {右移: .nan}\n", "hongtou.yaml:1:10", "以毫米计的数字"),
        ("套打: {右: 1}\n", "hongtou.yaml:1:6", "是不是想写“右移”"),
        ("套打: 1.5\n", "hongtou.yaml:1:5", "一组“键: 值”"),
    ];
    for (text, place, says) in cases {
        let run = Run::new().file("hongtou.yaml", text).file("甲.yaml", SMALL);
        let ran =
            run.args(&["build", "甲.yaml", "--preprinted"]).run().code(1).says(place);
        assert!(ran.err.contains(says), "{}", ran.err);
        assert!(ran.read("甲.pdf").is_none());
    }
}
