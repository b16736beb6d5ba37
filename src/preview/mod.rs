//! 预览: a notice's pages in the terminal, again at each save.
//!
//! ```text
//! keys, size ─┐
//! saved files ┼─▶ Message ─▶ View, Draft ─▶ draw::frame ─▶ terminal
//! signals ────┘
//! ```

mod ask;
mod cells;
mod draw;
mod events;
mod overlay;
mod pane;
mod places;
pub mod protocol;
mod rows;
mod seat;
pub mod text;
mod view;
mod viewer;
pub mod watch;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use crate::diag::{Error, reason};
use crate::pipeline::Draft;
use crate::terminal;
use events::{Message, Teller, keys, signals};
use protocol::{Depth, Protocol};
use viewer::Viewer;
use watch::{Watch, Watched};

pub use seat::Seat;

/// How long the terminal may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where a preview's pages come from, and what can be done with them.
pub trait Source {
    /// The notice as it is now; `changed` are the files that were saved since.
    ///
    /// # Errors
    /// What ends the preview.
    fn draft(&mut self, changed: &BTreeSet<PathBuf>) -> Result<Draft, Error>;
    /// What to watch besides the files of a draft.
    fn watched(&self) -> Watched;
    /// Writes the PDF and opens it; what was done, in words.
    fn open(&mut self) -> String;
}

/// What the user asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// How pages are shown; what the terminal answers where none is given.
    pub protocol: Option<Protocol>,
    /// Its colours.
    pub depth: Depth,
    /// The page to begin with, from 0.
    pub page: usize,
}

/// The terminal's size and what it can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Cells in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
    /// Width and height of a cell.
    pub pixels: (u16, u16),
    /// How it shows pictures.
    pub protocol: Protocol,
}

/// Shows a notice until the user has seen enough.
///
/// # Errors
/// No terminal, or what the source ends with.
pub fn show(source: &mut dyn Source, wish: Wish) -> Result<(), Error> {
    let ended = {
        let seat = Seat::take().map_err(|error| lost(&error))?;
        let asked = Instant::now();
        if !dumb_question(wish) {
            terminal::write(ask::QUESTIONS.as_bytes()).map_err(|error| lost(&error))?;
        }
        let (sender, messages) = channel();
        signals(&sender);
        let saved = Teller(sender.clone());
        let watch = Watch::begin(move |told| saved.0.send(Message::Files(told)).is_ok());
        let mut viewer = Viewer::new(source, wish, watch);
        viewer.build(&BTreeSet::new())?;
        let patience = PATIENCE.saturating_sub(asked.elapsed());
        let answers = if dumb_question(wish) {
            ask::Answers::default()
        } else {
            ask::answers(patience)
        };
        viewer.screen.protocol =
            wish.protocol.unwrap_or_else(|| answers.protocol(wish.depth));
        viewer.asked = answers.cell;
        if viewer.screen.protocol == Protocol::Kitty {
            seat.holds_pictures();
        }
        keys(Teller(sender));
        viewer.run(&messages)?
    };
    end(ended);
    Ok(())
}

/// Half blocks that were asked for need no answer.
fn dumb_question(wish: Wish) -> bool {
    matches!(wish.protocol, Some(Protocol::Blocks(_)))
}

fn lost(error: &std::io::Error) -> Error {
    Error::command(format!("终端用不了：{}", reason(error)))
        .hint("加上 --text，直接输出文字版面")
}

/// Ends as a signal that came would have ended the program.
fn end(signal: Option<i32>) {
    #[cfg(unix)]
    if let Some(signal) = signal {
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
    #[cfg(not(unix))]
    let _ = signal;
}
