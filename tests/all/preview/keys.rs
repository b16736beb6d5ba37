//! Keys, and a window of another size.

use super::pty::{Kind, Setup, Terminal};
use super::{decode, long};
use crate::support::SMALL;

/// A notice with something to find: a bulletin's key in a document.
fn with_finding() -> String {
    long(30) + "期号: 7\n"
}

fn last(terminal: &Terminal, bytes: &[u8]) -> (usize, usize) {
    let _ = terminal;
    let (_, picture) = decode::kitty(bytes).pop().expect("a picture");
    (picture.width, picture.height)
}

#[test]
fn pages_are_turned_by_keys() {
    let mut terminal = Setup::new(Kind::Plain, &long(30)).start();
    terminal.until_status("第 1/8 页");
    for (keys, status) in [
        ("n", "第 2/8 页"),
        (" ", "第 3/8 页"),
        ("\x1b[6~", "第 4/8 页"),
        ("p", "第 3/8 页"),
        ("\x1b[5~", "第 2/8 页"),
        ("G", "第 8/8 页"),
        ("\x1b[H", "第 1/8 页"),
        ("\x1b[F", "第 8/8 页"),
        ("g", "第 1/8 页"),
        ("5", "到第 5▏页"),
        ("\r", "第 5/8 页"),
        ("\x1b[C", "第 6/8 页"),
        ("\x1b[D", "第 5/8 页"),
    ] {
        terminal.press(keys);
        terminal.until_status(status);
    }
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn the_status_line_tells_number_findings_and_time() {
    let terminal = Setup::new(Kind::Plain, &with_finding()).start();
    let bytes = terminal.until_status("第 1/");
    let status = terminal.status(&bytes);
    for part in ["云工发〔2026〕18号", "1 处提醒", "用时 ", " ms", "? 帮助"]
    {
        assert!(status.contains(part), "{status}");
    }
}

#[test]
fn a_page_is_zoomed_fitted_and_moved() {
    let terminal = Setup::new(Kind::Kitty, &long(12)).start();
    let bytes = terminal.until_status("第 1/");
    let (width, height) = last(&terminal, &bytes);
    assert!(height <= 39 * 20 && height > 38 * 20, "{height}");
    let mut count = decode::kitty(&bytes).len();
    let mut press = |key: &str| {
        terminal.press(key);
        let bytes = terminal.until(key, |bytes| {
            bytes.ends_with(b"\x1b[?2026l") && decode::kitty(bytes).len() > count
        });
        count = decode::kitty(&bytes).len();
        (last(&terminal, &bytes), decode::kitty(&bytes).pop().unwrap().1)
    };
    let ((wider, same), _) = press("+");
    assert!(wider > width && same == 39 * 20, "{wider} {same}");
    let ((all, same), top) = press("w");
    assert!(all > 1000 - 9 && all <= 1000 && same == 39 * 20, "{all} {same}");
    let (size, moved) = press("j");
    assert_eq!(size, (all, same));
    assert_ne!(top, moved);
    let quarter = 39 * 20 / 4;
    let from = quarter * all * 3;
    assert!(
        moved.rgb[..all * 3] == top.rgb[from..from + all * 3],
        "it moves by a quarter"
    );
    let (size, _) = press("f");
    assert_eq!(size, (width, height));
    let (size, _) = press("-");
    assert!(size.0 < width);
}

#[test]
fn two_pages_stand_side_by_side() {
    let terminal = Setup::new(Kind::Kitty, &long(30)).size(160, 40).start();
    let bytes = terminal.until_status("第 1/8 页");
    let (width, height) = last(&terminal, &bytes);
    terminal.press("2\rd");
    let bytes = terminal.until("a spread", |bytes| {
        bytes.ends_with(b"\x1b[?2026l") && last(&terminal, bytes).0 > width
    });
    assert_eq!(last(&terminal, &bytes), (2 * width + 8, height));
    let (_, spread) = decode::kitty(&bytes).pop().unwrap();
    let left: Vec<u8> = spread
        .rgb
        .chunks(spread.width * 3)
        .flat_map(|row| row[..width * 3].to_vec())
        .collect();
    let first = decode::kitty(&bytes).remove(0).1;
    assert!(left == first.rgb, "an odd page is on the left");
    terminal.press("n");
    terminal.until_status("第 3/8 页");
}

#[test]
fn the_grid_lies_over_the_page() {
    let terminal = Setup::new(Kind::Kitty, &long(12)).start();
    let bytes = terminal.until_status("第 1/");
    let plain = decode::kitty(&bytes).pop().unwrap().1;
    terminal.press("x");
    let bytes = terminal.until("a grid", |bytes| {
        bytes.ends_with(b"\x1b[?2026l") && decode::kitty(bytes).len() > 1
    });
    let grid = decode::kitty(&bytes).pop().unwrap().1;
    let scale = 66.0 / 25.4;
    let pixel = |picture: &hongtou::export::Picture, x: f64, y: f64| {
        let at = ((y * scale).round() as usize * picture.width
            + (x * scale).round() as usize)
            * 3;
        picture.rgb[at..at + 3].to_vec()
    };
    // The left edge of the type area beside an empty place, and the page's own margin.
    assert_eq!(pixel(&plain, 28.0, 200.0), [255, 255, 255]);
    assert_eq!(pixel(&grid, 28.0, 200.0), [30, 110, 220]);
    assert_eq!(pixel(&grid, 14.0, 200.0), [255, 255, 255]);
}

#[test]
fn a_chosen_finding_shows_its_page_with_the_place_marked() {
    let notice = long(12).replace("第12段。", "第12段\u{e000}。");
    let terminal = Setup::new(Kind::Kitty, &notice).start();
    let bytes = terminal.until_status("第 1/");
    let marked = |picture: &hongtou::export::Picture| {
        picture.rgb.chunks(3).filter(|it| *it == [255, 235, 90]).count()
    };
    assert_eq!(marked(&decode::kitty(&bytes).pop().unwrap().1), 0);
    terminal.press("c");
    let bytes = terminal.until_shown("▶ 错误 P301");
    assert!(terminal.status(&bytes).contains("第 4/4"), "{}", terminal.status(&bytes));
    assert!(marked(&decode::kitty(&bytes).pop().unwrap().1) > 20);
    terminal.press("q");
    terminal.until("the list is closed", |bytes| {
        bytes.ends_with(b"\x1b[?2026l")
            && !terminal.shown(bytes).screen().contents().contains("▶")
    });
}

#[test]
fn help_is_shown_and_goes_away() {
    let terminal = Setup::new(Kind::Kitty, SMALL).start();
    terminal.until_status("第 1/");
    terminal.press("?");
    let bytes = terminal.until_shown("按任意键返回");
    let text = terminal.shown(&bytes).screen().contents();
    for part in ["下一页", "网格和版心", "双页并排", "退出"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(decode::kitty(&bytes).len(), 1);
    terminal.press("q");
    terminal.until("the page again", |bytes| {
        bytes.ends_with(b"\x1b[?2026l") && decode::kitty(bytes).len() == 2
    });
}

#[test]
fn a_window_of_another_size_shows_a_page_of_another_size() {
    let mut terminal = Setup::new(Kind::Kitty, SMALL).start();
    terminal.until_status("第 1/");
    terminal.resize(60, 20);
    let bytes = terminal.until("a small page", |bytes| {
        bytes.ends_with(b"\x1b[?2026l") && last(&terminal, bytes).1 <= 19 * 20
    });
    assert!(last(&terminal, &bytes).1 > 18 * 20);
    terminal.resize(12, 5);
    terminal.until("a tiny page", |bytes| {
        bytes.ends_with(b"\x1b[?2026l") && last(&terminal, bytes).1 <= 4 * 20
    });
    terminal.resize(120, 50);
    terminal.until("a large page", |bytes| {
        bytes.ends_with(b"\x1b[?2026l") && last(&terminal, bytes).1 > 48 * 20
    });
}

#[test]
fn values_of_the_notice_cannot_steer_the_terminal() {
    let notice = "发文机关: \"甲\\e]0;乙\\a\"\n发文字号: \"云工发〔2026〕\\e[31m18号\"\n标题: \"关于\\e[2J的通知\"\n正文: 乙\n未知\u{9b}键: 1\n";
    let terminal = Setup::new(Kind::Plain, notice).start();
    let bytes = terminal.until_shown("通知.yaml:");
    let text = String::from_utf8_lossy(&bytes);
    for forbidden in ["\x1b]0;", "\x1b[31m18", "\x1b[2J的", "\u{9b}"] {
        assert!(!text.contains(forbidden), "{forbidden:?}");
    }
}

#[test]
fn the_key_for_a_pdf_replaces_its_own_and_nothing_else() {
    let terminal = Setup::new(Kind::Plain, SMALL).file("通知.pdf", "hello").start();
    terminal.until_status("第 1/");
    terminal.press("o");
    terminal.until_status("“通知.pdf”不是 PDF，没有盖掉");
    let pdf = terminal.path("通知.pdf");
    assert_eq!(std::fs::read(&pdf).unwrap(), b"hello");
    std::fs::remove_file(&pdf).unwrap();
    for old in ["", "%PDF old"] {
        std::fs::write(&pdf, old).unwrap();
        terminal.press("o");
        terminal.until("a whole PDF", |_| std::fs::read(&pdf).unwrap().len() > 1000);
    }
    terminal.until_status("已生成");
}

#[test]
fn the_key_for_a_pdf_leaves_another_notice_s() {
    let terminal = Setup::new(Kind::Plain, SMALL)
        .file("通知.yml", SMALL)
        .file("通知.pdf", "%PDF old")
        .start();
    terminal.until_status("第 1/");
    terminal.press("o");
    terminal.until_status("是另一份通知“通知.yml”的，没有盖掉");
    assert_eq!(std::fs::read(terminal.path("通知.pdf")).unwrap(), b"%PDF old");
}
