//! What happens while pages are shown: keys, another size, saved files, signals.

use std::sync::mpsc::Sender;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::watch::Told;

/// What happens while pages are shown.
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// The terminal has another size.
    Resized,
    /// Watched files were saved, or are being saved.
    Files(Told),
    /// The program is to end.
    #[cfg(unix)]
    Signal(i32),
    /// A thread came to an end that should not.
    Lost,
}

/// How long a frame may take to be sent after a signal; a terminal that reads no more is left
/// without a farewell.
#[cfg(unix)]
const GRACE: std::time::Duration = std::time::Duration::from_secs(2);

/// Sends messages; dropped, it says that there will be none, so that no thread dies unseen.
pub struct Teller(pub Sender<Message>);

impl Drop for Teller {
    fn drop(&mut self) {
        let _ = self.0.send(Message::Lost);
    }
}

/// Passes on the signals that would end the program.
#[cfg(unix)]
pub fn signals(sender: &Sender<Message>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])
    else {
        return;
    };
    let sender = sender.clone();
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let _ = sender.send(Message::Signal(signal));
            std::thread::sleep(GRACE);
            let _ = crossterm::terminal::disable_raw_mode();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

/// There are none.
#[cfg(not(unix))]
pub fn signals(_: &Sender<Message>) {}

/// Passes keys on. An answer of the terminal that comes too late is not taken for keys.
pub fn keys(teller: Teller) {
    std::thread::spawn(move || {
        let mut answer = 0_u32;
        loop {
            let message = match crossterm::event::read() {
                Ok(Event::Key(key)) if key.kind == KeyEventKind::Release => continue,
                Ok(Event::Key(key)) => {
                    answer = within_answer(answer, key);
                    if answer > 0 {
                        continue;
                    }
                    Message::Key(key)
                }
                Ok(Event::Resize(..)) => Message::Resized,
                Ok(_) => continue,
                Err(_) => return,
            };
            if teller.0.send(message).is_err() {
                return;
            }
        }
    });
}

/// How much more of an answer, in keys, may follow: one begins with an escape character and
/// `_` or `P` and ends with one and `\`, which look like keys with Alt.
fn within_answer(left: u32, key: KeyEvent) -> u32 {
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    match key.code {
        KeyCode::Char('_' | 'P') if alt => 200,
        KeyCode::Char('\\') if alt && left > 0 => 1,
        _ => left.saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_answer_is_no_key() {
        let key = |code, modifiers| KeyEvent::new(KeyCode::Char(code), modifiers);
        let mut left = within_answer(0, key('_', KeyModifiers::ALT));
        for c in "Gi=31;OK".chars() {
            assert!(left > 0);
            left = within_answer(left, key(c, KeyModifiers::NONE));
        }
        left = within_answer(left, key('\\', KeyModifiers::ALT));
        assert!(left > 0, "the end belongs to it");
        assert_eq!(within_answer(left, key('q', KeyModifiers::NONE)), 0);
    }
}
