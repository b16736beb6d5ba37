//! Each layout looks as it did: small reference images of one page each. `UPDATE_PAGES=1` writes
//! them anew; look at them before they are kept.

use std::path::Path;

use tiny_skia::Pixmap;
use typst_render::{RenderOptions, render};

use crate::support::{WORKSHOP, root};

/// An example and which of its pages, from 0.
const PAGES: [(&str, usize); 9] = [
    ("一页通知", 0),
    ("三人签发请示", 0),
    ("联合行文盖章", 1),
    ("联合行文不盖章", 0),
    ("商请函", 0),
    ("公布令", 0),
    ("校长办公会议纪要", 0),
    ("横排附件", 1),
    ("培训工作简报", 0),
];
/// Half a pixel a point.
const SCALE: f64 = 0.5;
/// What the mean difference of a page's channels may be, of 255: far less than a line that
/// stands elsewhere makes.
const TOLERANCE: f64 = 0.05;

fn page(name: &str, number: usize) -> Pixmap {
    let path = root().join("examples").join(name).with_extension("yaml");
    let input = hongtou::pipeline::read_input(&path).unwrap();
    let mut checked = WORKSHOP.check(&input, &Default::default());
    let layout = WORKSHOP.lay_out(&mut checked, None).unwrap();
    let options =
        RenderOptions { pixel_per_pt: SCALE.into(), ..RenderOptions::default() };
    render(&layout.pages.document.pages()[number], &options)
}

/// The mean difference of two images' bytes; none if they differ in size.
fn difference(a: &Pixmap, b: &Pixmap) -> Option<f64> {
    let same = (a.width(), a.height()) == (b.width(), b.height());
    let sum: u64 =
        a.data().iter().zip(b.data()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    same.then(|| sum as f64 / a.data().len() as f64)
}

#[test]
fn each_layout_looks_as_it_did() {
    for (name, number) in PAGES {
        let drawn = page(name, number);
        let file = root().join("tests/pages").join(name).with_extension("png");
        if std::env::var_os("UPDATE_PAGES").is_some() {
            std::fs::write(&file, drawn.encode_png().unwrap()).unwrap();
        }
        let kept = kept(&file);
        let difference = difference(&drawn, &kept);
        assert!(difference.is_some_and(|it| it < TOLERANCE), "{name}: {difference:?}");
    }
}

fn kept(file: &Path) -> Pixmap {
    let bytes = std::fs::read(file).unwrap();
    assert!(bytes.len() <= 40 * 1024, "{} is too large", file.display());
    Pixmap::decode_png(&bytes).unwrap()
}

#[test]
fn a_page_that_looks_otherwise_is_noticed() {
    let pages = [page("公布令", 0), page("商请函", 0), page("三人签发请示", 0)];
    assert!(difference(&pages[0], &pages[1]).is_some_and(|it| it > 20.0 * TOLERANCE));
    // One line of small text elsewhere is already more than is let pass.
    let mut moved = pages[2].clone();
    let (width, height) = (moved.width() as usize * 4, 10);
    let at =
        moved.data().chunks(width).position(|row| row.iter().any(|b| *b < 100)).unwrap();
    let from = at * width;
    moved.data_mut().copy_within(from..from + height * width, from + height * width);
    assert!(difference(&pages[2], &moved).is_some_and(|it| it > TOLERANCE));
}
