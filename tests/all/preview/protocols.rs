//! The picture in the terminal is the picture in the file.

use hongtou::export::Picture;

use super::pty::{Kind, Setup, Terminal, contains};
use super::{decode, long};
use crate::support::{Run, SMALL, root};

/// A page as `build -f png` writes it.
fn file(notice: &str, page: usize, ppi: u32) -> Picture {
    let (page, ppi) = (page.to_string(), ppi.to_string());
    let seal = std::fs::read(root().join("examples/样章.svg")).unwrap();
    let ran = Run::new()
        .file("通知.yaml", notice)
        .file("样章.svg", seal)
        .args(&["build", "通知.yaml", "-f", "png", "--page", &page, "--ppi", &ppi])
        .run()
        .code(0);
    decode::png(&ran.read(&format!("通知-{page}.png")).expect("the page"))
}

/// The scale of a whole page of so many pixels from top to bottom.
fn ppi(height: usize) -> u32 {
    (6..400)
        .find(|ppi| (f64::from(*ppi) * 297.0 / 25.4).round() as usize == height)
        .expect("a whole scale")
}

fn same(shown: &Picture, notice: &str, page: usize) {
    let file = file(notice, page, ppi(shown.height));
    assert_eq!((shown.width, shown.height), (file.width, file.height));
    assert!(*shown == file, "other pixels");
}

fn started(kind: Kind, notice: &str) -> Terminal {
    let seal = std::fs::read(root().join("examples/样章.svg")).unwrap();
    Setup::new(kind, notice).file("样章.svg", seal).start()
}

#[test]
fn kitty_is_sent_the_page_as_it_is_in_the_file() {
    let notice = long(12);
    let terminal = started(Kind::Kitty, &notice);
    let bytes = terminal.until_status("第 1/");
    let (id, first) = decode::kitty(&bytes).pop().expect("a picture");
    // 39 rows of 20 pixels hold the page at 66 pixels an inch.
    assert_eq!(ppi(first.height), 66);
    same(&first, &notice, 1);
    terminal.press("n");
    let bytes = terminal.until_status("第 2/");
    let (other, second) = decode::kitty(&bytes).pop().expect("a picture");
    same(&second, &notice, 2);
    assert_ne!(id, other);
    assert!(
        contains(&bytes, format!("\x1b_Ga=d,d=I,i={id},").as_bytes()),
        "the old one goes"
    );
}

#[test]
fn iterm_is_sent_the_page_as_it_is_in_the_file() {
    let notice = SMALL.to_owned() + "印章: 样章.svg\n";
    let terminal = started(Kind::Iterm, &notice);
    let bytes = terminal.until_status("第 1/");
    same(&decode::iterm(&bytes).pop().expect("a picture"), &notice, 1);
}

/// A page through sixels, and the same page of the file in hundredths.
fn in_hundredths(notice: &str) -> (Picture, Vec<u8>) {
    let seal = std::fs::read(root().join("examples/样章.svg")).unwrap();
    let setup = Setup::new(Kind::Sixel, notice).file("样章.svg", seal);
    let terminal = setup.without_pixels().start();
    let bytes = terminal.until_status("第 1/");
    let shown = decode::sixel(&bytes).pop().expect("a picture");
    let file = file(notice, 1, ppi(shown.height));
    let percent = |it: &u8| (f64::from(*it) / 2.55).round() as u8;
    let expected = file.rgb.iter().map(percent).collect();
    (shown, expected)
}

#[test]
fn sixels_are_the_page_in_hundredths() {
    let (shown, expected) = in_hundredths(SMALL);
    // The terminal answers that a cell is 18 pixels high: 39 rows hold 60 pixels an inch.
    assert_eq!(ppi(shown.height), 60);
    assert!(shown.rgb == expected, "other pixels");
    assert!(expected.chunks(3).any(|it| it[0] > it[1] + 50), "there is red");
}

#[test]
fn sixels_of_a_page_with_too_many_colours_are_near_it() {
    let (shown, expected) = in_hundredths(&(SMALL.to_owned() + "印章: 样章.svg\n"));
    let apart = shown.rgb.iter().zip(&expected).map(|(a, b)| a.abs_diff(*b));
    assert!(apart.max().unwrap() <= 4, "{:?}", shown.rgb.len());
}

/// The colours of the half blocks on the screen, pixel by pixel, from a column and row on.
fn halves(terminal: &Terminal, bytes: &[u8]) -> (usize, Vec<Vec<vt100::Color>>) {
    let parser = terminal.shown(bytes);
    let screen = parser.screen();
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let first = (0..columns)
        .find(|at| screen.cell(0, *at).is_some_and(|it| it.contents() == "▀"))
        .expect("half blocks");
    let mut pixels = Vec::new();
    for row in 0..rows - 1 {
        let cells = (first..columns)
            .map_while(|at| screen.cell(row, at).filter(|it| it.contents() == "▀"));
        let cells: Vec<_> = cells.collect();
        pixels.push(cells.iter().map(|it| it.fgcolor()).collect());
        pixels.push(cells.iter().map(|it| it.bgcolor()).collect());
    }
    pixels.retain(|row: &Vec<_>| row.iter().any(|it| *it != vt100::Color::Default));
    (usize::from(first), pixels)
}

/// The page in areas of four by four pixels, each its mean: the reference.
fn reference(page: &Picture) -> Vec<Vec<[u8; 3]>> {
    let mean = |x: usize, y: usize, channel: usize| {
        let mut sum = 0.0;
        for row in y * 4..y * 4 + 4 {
            for column in x * 4..x * 4 + 4 {
                sum += f64::from(page.rgb[(row * page.width + column) * 3 + channel]);
            }
        }
        (sum / 16.0 + 0.5).floor() as u8
    };
    let pixel = |x, y| [mean(x, y, 0), mean(x, y, 1), mean(x, y, 2)];
    (0..page.height / 4)
        .map(|y| (0..page.width / 4).map(|x| pixel(x, y)).collect())
        .collect()
}

#[test]
fn half_blocks_are_the_means_of_the_page() {
    let setup =
        Setup::new(Kind::Plain, SMALL).size(120, 61).variable("COLORTERM", "truecolor");
    let terminal = setup.start();
    let bytes = terminal.until_status("第 1/");
    let (_, shown) = halves(&terminal, &bytes);
    // 120 half rows of four pixels each hold 297 mm at 41 pixels an inch.
    let expected = reference(&file(SMALL, 1, 41));
    let rgb = |it: &[u8; 3]| vt100::Color::Rgb(it[0], it[1], it[2]);
    let expected: Vec<Vec<_>> =
        expected.iter().map(|row| row.iter().map(rgb).collect()).collect();
    assert_eq!(shown.len(), expected.len());
    for (at, (shown, expected)) in shown.iter().zip(&expected).enumerate() {
        assert_eq!(shown, expected, "half row {at}");
    }
}

#[test]
fn with_256_colours_each_half_block_is_near_its_mean() {
    let terminal = Setup::new(Kind::Plain, SMALL).size(120, 61).start();
    let bytes = terminal.until_status("第 1/");
    let (_, shown) = halves(&terminal, &bytes);
    let expected = reference(&file(SMALL, 1, 41));
    assert_eq!(shown.len(), expected.len());
    for (shown, mean) in shown.iter().flatten().zip(expected.iter().flatten()) {
        let vt100::Color::Idx(index) = shown else { panic!("{shown:?}") };
        let far = |index: u8| -> i32 {
            let colour = xterm(index);
            (0..3).map(|at| (i32::from(colour[at]) - i32::from(mean[at])).pow(2)).sum()
        };
        let best = (16..=255).map(far).min().unwrap();
        assert!(far(*index) <= best + 100, "{index} for {mean:?}");
    }
}

fn xterm(index: u8) -> [u8; 3] {
    let level = |it: u8| [0, 95, 135, 175, 215, 255][usize::from(it)];
    match index {
        232.. => [8 + 10 * (index - 232); 3],
        _ => {
            let it = index - 16;
            [level(it / 36), level(it / 6 % 6), level(it % 6)]
        }
    }
}

#[test]
fn without_colours_there_is_ink_and_paper() {
    for kind in [Kind::Plain, Kind::Mute] {
        let terminal = Setup::new(kind, SMALL).variable("NO_COLOR", "1").start();
        let bytes = terminal.until_status("第 1/");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("██████"), "paper");
        for colour in ["\x1b[38;2;", "\x1b[38;5;", ";48;2;", ";48;5;"] {
            assert!(!text.contains(colour), "{colour:?}");
        }
    }
}

#[test]
fn a_protocol_that_is_asked_for_is_used() {
    let setup = Setup::new(Kind::Kitty, SMALL).args(&["--protocol", "sixel"]);
    let terminal = setup.start();
    let bytes = terminal.until_status("第 1/");
    assert_eq!(decode::sixel(&bytes).len(), 1);
    assert!(!contains(&bytes, b"\x1b_Ga=T"));
    let setup = Setup::new(Kind::Kitty, SMALL).args(&["--protocol", "blocks"]);
    let bytes = setup.start().until_status("第 1/");
    assert!(String::from_utf8_lossy(&bytes).contains('▀'));
}
