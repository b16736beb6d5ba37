//! 套打 calibration: crosses where their labels say, and offsets kept in the workspace.

use hongtou::pipeline::{Options, Workshop};
use hongtou::typeset::facts::{Page, facts};
use hongtou::workspace::{Offset, Workspace};
use lopdf::Document;

use crate::support::{Run, WORKSHOP, extracted};

fn page(workshop: &Workshop) -> Page {
    let mut pages = facts(&workshop.lay_out_calibration().unwrap(), false).pages;
    assert_eq!(pages.len(), 1);
    pages.remove(0)
}

/// Whether a cross stands at a place: two lines of the same length through it.
fn has_cross(page: &Page, x: f64, y: f64) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
    let through = |across: bool| {
        page.rules.iter().any(|rule| {
            let middle =
                ((rule.from.0 + rule.to.0) / 2.0, (rule.from.1 + rule.to.1) / 2.0);
            let flat = near(rule.from.1, rule.to.1);
            flat == across && near(middle.0, x) && near(middle.1, y)
        })
    };
    through(true) && through(false)
}

/// Every place that a label names, in mm.
fn labels(page: &Page) -> Vec<(f64, f64)> {
    let mut lines: Vec<(f64, f64, String)> = Vec::new();
    for text in page.texts.iter().filter(|text| (text.size - 8.0).abs() < 0.01) {
        let (first, last) = (&text.glyphs[0], &text.glyphs[text.glyphs.len() - 1]);
        let end = last.x + last.advance;
        match lines.last_mut() {
            Some((to, baseline, line))
                if *baseline == text.baseline && (first.x - *to).abs() < 3.0 =>
            {
                *line += &text.text;
                *to = end;
            }
            _ => lines.push((end, text.baseline, text.text.clone())),
        }
    }
    let place = |(.., line): &(f64, f64, String)| {
        let (x, y) = line.split_once('，')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    lines.iter().filter_map(place).collect()
}

fn off(right: f64, down: f64) -> Workshop {
    let offset = Offset { right, down };
    let workspace = Workspace { offset, ..Workspace::default() };
    Workshop::in_workspace(&Options::default(), Some(workspace)).unwrap()
}

#[test]
fn every_cross_stands_where_its_label_says() {
    let page = page(&WORKSHOP);
    assert_eq!((page.width.round(), page.height.round()), (210.0, 297.0));
    let grid = [50, 100, 150, 200, 250].map(f64::from);
    let mut places: Vec<(f64, f64)> =
        grid.iter().flat_map(|y| grid[..4].iter().map(|x| (*x, *y))).collect();
    places.extend([(28.0, 37.0), (184.0, 37.0), (28.0, 262.0), (184.0, 262.0)]);
    for (x, y) in &places {
        assert!(has_cross(&page, *x, *y), "{x} {y}");
        assert!(labels(&page).contains(&(*x, *y)), "{x} {y} in {:?}", labels(&page));
    }
    assert_eq!(labels(&page).len(), places.len());
}

#[test]
fn both_rulers_have_a_tick_each_millimetre() {
    let page = page(&WORKSHOP);
    for across in [true, false] {
        let mut ticks: Vec<f64> = Vec::new();
        let place = |at: (f64, f64)| if across { at } else { (at.1, at.0) };
        let along = page.rules.iter().find(|rule| {
            let (from, to) = (place(rule.from), place(rule.to));
            (to.0 - from.0 - 20.0).abs() < 1e-6 && (to.1 - from.1).abs() < 1e-6
        });
        let start = place(along.unwrap().from);
        for rule in &page.rules {
            let (from, to) = (place(rule.from), place(rule.to));
            if (from.1 - start.1).abs() < 1e-6 && (from.0 - to.0).abs() < 1e-6 {
                ticks.push(from.0 - start.0);
            }
        }
        ticks.sort_by(f64::total_cmp);
        assert_eq!(ticks.len(), 21);
        for (nth, at) in ticks.iter().enumerate() {
            assert!((at - nth as f64).abs() < 1e-6, "{nth}: {at}");
        }
    }
}

#[test]
fn known_offsets_move_the_page_and_stand_on_it() {
    let page = page(&off(1.5, -0.8));
    assert!(has_cross(&page, 51.5, 49.2) && has_cross(&page, 185.5, 261.2));
    let text: String = page.texts.iter().map(|text| &*text.text).collect();
    let text = text.replace(' ', "");
    assert!(text.contains("右移1.5毫米，下移-0.8毫米"), "{text}");
}

#[test]
fn the_page_is_a_pdf_that_says_what_to_do() {
    let ran = Run::new().args(&["calibrate"]).run().code(0).says("套打校准.pdf");
    let document = Document::load_mem(&ran.read("套打校准.pdf").unwrap()).unwrap();
    let text = extracted(&document, 1);
    for words in ["实际大小", "--right1.5--down-0.8", "套打:", "--preprinted"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let ran = Run::new().args(&["calibrate", "-o", "-"]).run().code(0);
    assert!(ran.out.starts_with(b"%PDF") && ran.left().is_empty());
    Run::new().args(&["calibrate", "-o", "甲.yaml"]).run().code(2).says(".pdf");
    let wrong = Run::new().file("hongtou.yaml", "套打: 多\n").args(&["calibrate"]);
    assert_eq!(wrong.run().code(1).left(), ["hongtou.yaml"]);
}

#[test]
fn what_is_still_missing_is_added_and_all_else_stays() {
    let text = "\u{feff}# 本单位\r\n机关: {名称: \"甲\"}\r\n套打: {右移: 1.5} # 一楼的打印机\r\n字体: '字'\r\n";
    let run = Run::new().file("hongtou.yaml", text);
    let args = ["calibrate", "--right", "-0.25", "--down", "0.1"];
    let ran = run.args(&args).run().code(0).says("套打: {右移: 1.25, 下移: 0.1}");
    let written = String::from_utf8(ran.read("hongtou.yaml").unwrap()).unwrap();
    assert_eq!(written, text.replace("{右移: 1.5}", "{下移: 0.1, 右移: 1.25}"));
    assert_eq!(ran.left(), ["hongtou.yaml"]);
}

#[test]
fn offsets_find_their_workspace_upwards() {
    let run = Run::new().file("hongtou.yaml", "").file("里/甲.yaml", "");
    let ran = run.inside("里").args(&["calibrate", "--down=-3"]).run().code(0);
    assert_eq!(
        ran.read("hongtou.yaml").unwrap(),
        "套打: {右移: 0, 下移: -3}\n".as_bytes()
    );
}

#[test]
fn offsets_without_a_workspace_or_out_of_reach_are_refused() {
    let ran = Run::new().args(&["calibrate", "--right", "1"]).run().code(2).says("新建");
    assert!(ran.left().is_empty());
    let text = "套打: {右移: 19}\n";
    let cases: [(&str, &[&str], &str); 4] = [
        (text, &["--right", "1.01"], "右移合计 20.01 毫米"),
        (text, &["--down", "nan"], "下移合计"),
        (text, &["--down", "多"], "“--down <毫米>”不能是“多”"),
        ("{字体: 字}\n", &["--down", "1"], "请自己写上：套打: {右移: 0, 下移: 1}"),
    ];
    for (text, args, says) in cases {
        let run = Run::new().file("hongtou.yaml", text).args(&["calibrate"]);
        let ran = run.args(args).run().code(2).says(says);
        assert_eq!(ran.read("hongtou.yaml").unwrap(), text.as_bytes());
    }
}

#[test]
#[cfg(unix)]
fn a_linked_workspace_file_stays_a_link_and_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let run = Run::new().file("真.yaml", "");
    let (real, link) = (run.path().join("真.yaml"), run.path().join("hongtou.yaml"));
    std::fs::set_permissions(&real, PermissionsExt::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("真.yaml", &link).unwrap();
    let run = run.args(&["calibrate", "--right", "1"]);
    let ran = run.run().code(0);
    assert_eq!(ran.read("真.yaml").unwrap(), "套打: {右移: 1, 下移: 0}\n".as_bytes());
    assert_eq!(ran.mode("真.yaml"), 0o640);
    assert!(ran.is_link("hongtou.yaml"));
}
