//! The terminal is left as it was found.

use super::pty::{Kind, Setup, Terminal, contains};
use crate::support::SMALL;

/// The screen is the first one again, with a cursor, and nothing was printed over it; no
/// picture stays behind.
fn as_found(terminal: &Terminal, bytes: &[u8], modes: &str, pictures: bool) {
    let parser = terminal.shown(bytes);
    let screen = parser.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor());
    assert_eq!(screen.fgcolor(), vt100::Color::Default);
    assert!(!screen.inverse());
    assert_eq!(terminal.modes(), modes);
    assert_eq!(contains(bytes, b"\x1b_Ga=d,d=A"), pictures);
    assert!(contains(bytes, b"\x1b[?7h"), "long lines go on in the next again");
}

/// The modes of a terminal before a program has changed them.
fn before() -> String {
    let setup =
        Setup::new(Kind::Mute, SMALL).program("/bin/sh".as_ref(), &["-c", "read x"]);
    let mut terminal = setup.start();
    let modes = terminal.modes();
    terminal.press("\r");
    terminal.end();
    modes
}

#[test]
fn after_q_and_ctrl_c() {
    let modes = before();
    for (key, kind) in [("q", Kind::Kitty), ("\x03", Kind::Sixel), ("\x1b", Kind::Plain)]
    {
        let mut terminal = Setup::new(kind, SMALL).start();
        terminal.until_status("第 1/");
        assert_ne!(terminal.modes(), modes);
        terminal.press(key);
        let (code, bytes) = terminal.end();
        assert_eq!(code, 0);
        as_found(&terminal, &bytes, &modes, kind == Kind::Kitty);
    }
}

#[test]
fn after_signals() {
    let modes = before();
    for signal in ["-TERM", "-HUP", "-INT"] {
        let mut terminal = Setup::new(Kind::Kitty, SMALL).start();
        terminal.until_status("第 1/");
        terminal.kill(signal);
        let (code, bytes) = terminal.end();
        assert_ne!(code, 0, "{signal}");
        as_found(&terminal, &bytes, &modes, true);
    }
}

#[test]
fn after_a_panic() {
    let modes = before();
    let name = "preview::leaving::panics_with_the_terminal_taken";
    let program = std::env::current_exe().unwrap();
    let args = [name, "--exact", "--ignored", "--nocapture"];
    let mut terminal = Setup::new(Kind::Plain, SMALL).program(&program, &args).start();
    let (code, bytes) = terminal.end();
    assert_ne!(code, 0);
    let text = String::from_utf8_lossy(&bytes);
    let (taken, message) = (text.find("\x1b[?1049h"), text.find("on purpose"));
    let left = text.find("\x1b[?1049l");
    assert!(
        taken < left && left < message,
        "the message is on the first screen: {text:?}"
    );
    as_found(&terminal, &bytes, &modes, false);
}

#[test]
#[ignore = "run in a terminal of its own by the test above"]
fn panics_with_the_terminal_taken() {
    let _seat = hongtou::preview::Seat::take().expect("a terminal");
    panic!("on purpose");
}

#[test]
fn a_notice_that_is_not_there_is_told_on_the_first_screen() {
    let setup = Setup::new(Kind::Plain, SMALL);
    let mut terminal = setup
        .program(env!("CARGO_BIN_EXE_hongtou").as_ref(), &["preview", "无.yaml"])
        .start();
    let (code, bytes) = terminal.end();
    assert_eq!(code, 1);
    assert!(!contains(&bytes, b"\x1b[?1049h"));
    assert!(String::from_utf8_lossy(&bytes).contains("没有这个文件"));
}

#[test]
fn a_dumb_terminal_is_sent_text_alone() {
    let setup = Setup::new(Kind::Mute, SMALL).variable("TERM", "dumb");
    let mut terminal = setup.start();
    let (code, bytes) = terminal.end();
    assert_eq!(code, 0);
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.contains("关于开展职工技能培训的通知") && !text.contains('\x1b'),
        "{text}"
    );
}
