//! The terminal: colour or not, and the only place that prints.

mod progress;

pub use progress::{Progress, stopped};

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use crate::diag::{Diagnostic, Error, LISTED, reason, way_out};
use crate::measure::Measurement;
use crate::report;

/// Whether a stream may be coloured: a terminal, unless NO_COLOR or TERM=dumb says no.
fn colour(stream: &impl IsTerminal) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    stream.is_terminal() && !set("NO_COLOR") && !dumb
}

/// Whether standard output may be coloured.
pub fn has_colour() -> bool {
    colour(&io::stdout())
}

/// Whether someone sits before a terminal that can do more than print.
pub fn is_interactive() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdin().is_terminal() && io::stdout().is_terminal() && !dumb
}

/// The columns of the terminal that is printed to; none where it is a file or a pipe.
pub fn columns() -> Option<usize> {
    let there = io::stdout().is_terminal().then(crossterm::terminal::size)?;
    there.ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
}

/// Why a line that was printed did not reach standard output; [`ended`] tells.
static LOST: Mutex<Option<io::Error>> = Mutex::new(None);

/// Whether everything that was printed so far has reached standard output. A reader that went
/// away is no error.
///
/// # Errors
/// The disk behind it is full.
pub fn ended() -> Result<(), Error> {
    match LOST.lock().unwrap_or_else(PoisonError::into_inner).take() {
        None => Ok(()),
        Some(error) => {
            Err(Error::command(format!("写不了“标准输出”：{}", reason(&error)))
                .hint(way_out(&error)))
        }
    }
}

/// Lines for people to standard output; nothing in them steers the terminal.
pub fn say(text: &str) {
    print(&harmless(text));
}

/// A list that was asked for, to standard output; nothing in it steers the terminal. A reader
/// that went away is no error.
///
/// # Errors
/// The disk behind it is full.
pub fn list(lines: &[String]) -> io::Result<()> {
    stream(|out| lines.iter().try_for_each(|line| writeln!(out, "{}", harmless(line))))
}

/// Lines for people to standard error.
pub fn note(text: &str) {
    warn(&harmless(text));
}

/// The first lines of a list for people to standard error, and how many more there are.
pub fn note_first(lines: &[String], more: impl Fn(usize) -> String) {
    lines.iter().take(LISTED).for_each(|line| note(line));
    if lines.len() > LISTED {
        note(&more(lines.len() - LISTED));
    }
}

/// A text to standard output as it is: for programs, or with colours of our own.
pub fn print(text: &str) {
    if let Err(error) = stream(|out| writeln!(out, "{text}")) {
        LOST.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

fn warn(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

fn harmless(text: &str) -> String {
    text.split('\n').map(report::printable).collect::<Vec<_>>().join("\n")
}

/// Bytes to standard output.
///
/// # Errors
/// The reader went away, or the disk behind it is full.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Much to standard output, bit by bit. A reader that went away is no error.
///
/// # Errors
/// The disk behind it is full.
pub fn stream(fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match fill(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// All of standard input, `limit` bytes at most.
///
/// # Errors
/// Standard input cannot be read.
pub fn read(limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(
        &mut io::Read::take(io::stdin().lock(), limit as u64),
        &mut bytes,
    )?;
    Ok(bytes)
}

/// Shows findings on standard error.
pub fn show(findings: &[Diagnostic]) {
    if !findings.is_empty() {
        warn(&format!("{}\n", report::findings(findings, colour(&io::stderr()))));
    }
}

/// Shows measures as a table on standard output.
pub fn show_measures(rows: &[Measurement]) {
    print(&report::measures(rows, colour(&io::stdout())));
}

/// Shows what ended the run, unless the findings have said it.
pub fn fail(error: &Error) {
    if !error.message.is_empty() {
        warn(&report::error(error, colour(&io::stderr())));
    }
}
