//! The files of a merge: old ones that are not made again, and what must not be written over.

use crate::support::{Run, SMALL};

const ROSTER: &str = "单位,区县\n甲县,东\n乙县,西\n丙县,东\n";

fn notice() -> String {
    SMALL.replace("主送: 各县（区）总工会", "主送: \"{{ 单位 }}\"")
}

#[test]
fn the_pdf_of_all_has_no_title_that_is_one_row_s() {
    let title = |notice: &str| {
        let run = Run::new().file("通知.yaml", notice).file("名册.csv", ROSTER);
        let args = ["merge", "通知.yaml", "--data", "名册.csv", "--combined", "全.pdf"];
        let ran = run.args(&args).run().code(0);
        let pdf = lopdf::Document::load_mem(&ran.read("全.pdf").unwrap()).unwrap();
        let info = pdf.trailer.get(b"Info").and_then(|it| it.as_reference()).unwrap();
        pdf.get_dictionary(info).unwrap().get(b"Title").is_ok()
    };
    assert!(title(&notice()));
    assert!(!title(&notice().replace("开展", "{{ 单位 }}开展")));
}
