//! The terminal while a preview has it, and as it was before.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::protocol::forget_all;
use crate::terminal;

/// Whether a preview has the terminal.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether it holds kitty's pictures; other terminals might print the order to forget them.
static PICTURES: AtomicBool = AtomicBool::new(false);

/// The other screen, without a cursor; lines that are too long are cut.
const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J";
/// An unfinished picture or frame ends; colours, cursor, lines and screen as they were.
const LEAVE: &str = "\x1b\\\x1b[?2026l\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";

/// Holds the terminal; dropped, it gives it back.
pub struct Seat(());

impl Seat {
    /// Takes the terminal: keys come at once and unseen, and the screen is another one. A panic
    /// gives it back, too.
    ///
    /// # Errors
    /// Standard input or output is no terminal.
    pub fn take() -> io::Result<Self> {
        static HOOK: std::sync::Once = std::sync::Once::new();
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                before(panic);
            }));
        });
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let seat = Self(());
        terminal::write(ENTER.as_bytes())?;
        Ok(seat)
    }

    /// Says that the terminal holds kitty's pictures.
    pub fn holds_pictures(&self) {
        PICTURES.store(true, Ordering::SeqCst);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        give_back();
    }
}

fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let pictures = PICTURES.swap(false, Ordering::SeqCst);
        let forget = if pictures { forget_all() } else { "" };
        let _ = terminal::write(format!("\x1b\\{forget}{LEAVE}").as_bytes());
        let _ = disable_raw_mode();
    }
}
