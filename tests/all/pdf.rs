//! The PDF file: the same bytes, the right metadata.

use hongtou::export::Standard;
use hongtou::pipeline::Order;
use lopdf::{Document, Object};

use crate::support::{WORKSHOP, files, root};

fn build(name: &str, standard: Standard) -> Vec<u8> {
    let order = Order { standard, ..Order::default() };
    let built = WORKSHOP.build_file(&root().join("examples").join(name), &order);
    built.pdf.unwrap_or_else(|| panic!("{:#?}", built.findings))
}

fn info(document: &Document, key: &str) -> String {
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
    let info = document.get_dictionary(info).unwrap();
    lopdf::decode_text_string(info.get(key.as_bytes()).unwrap()).unwrap()
}

#[test]
fn the_same_notice_gives_the_same_bytes() {
    for path in files("examples", "yaml") {
        let build = || WORKSHOP.build_file(&path, &Order::default()).pdf.unwrap();
        assert!(build() == build(), "{}", path.display());
    }
}

#[test]
fn metadata_names_title_body_and_number() {
    let document =
        Document::load_mem(&build("年度培训计划.yaml", Standard::Pdf17)).unwrap();
    assert_eq!(info(&document, "Title"), "关于印发《2026年职工技能培训年度计划》的通知");
    assert_eq!(info(&document, "Author"), "云岭市总工会");
    assert_eq!(info(&document, "Subject"), "云工发〔2026〕18号");
    assert_eq!(info(&document, "Keywords"), "云工发〔2026〕18号");
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    let marked = document.get_dict_in_dict(catalog, b"MarkInfo").unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    assert!(catalog.get(b"StructTreeRoot").is_ok());
}

#[test]
fn headings_are_bookmarks_in_their_order() {
    let document =
        Document::load_mem(&build("年度培训计划.yaml", Standard::Pdf17)).unwrap();
    let toc = document.get_toc().unwrap();
    let titles: Vec<&str> = toc.toc.iter().map(|entry| entry.title.as_str()).collect();
    let levels: Vec<usize> = toc.toc.iter().map(|entry| entry.level).collect();
    assert!(titles[0].starts_with("关于印发"), "{titles:#?}");
    assert_eq!(levels[0], 1);
    assert!(titles.iter().any(|title| title.starts_with("一、")), "{titles:#?}");
    assert!(levels.contains(&2) && levels.contains(&3), "{levels:?}");
}

#[test]
fn a_draft_is_marked_as_one() {
    let document = Document::load_mem(&build("草稿.yaml", Standard::Pdf17)).unwrap();
    assert!(info(&document, "Keywords").contains("草稿"));
    assert!(info(&document, "Subject").contains("草稿"));
}

#[test]
fn archives_get_pdf_a() {
    for path in files("examples", "yaml") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let pdf = build(name, Standard::A2b);
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("<pdfaid:part>2</pdfaid:part>"), "{name}");
        assert!(text.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{name}");
    }
}
