//! The viewer: the notice as it is now, what the user looks at, and the terminal it is shown in.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant, SystemTime};

use crossterm::terminal::window_size;

use super::draw::{Canvas, Scene};
use super::events::Message;
use super::places::{Spot, spots};
use super::protocol::Protocol;
use super::view::{Act, Room, View};
use super::watch::{Told, Watch};
use super::{Screen, Source, Wish, lost};
use crate::diag::{Diagnostic, Error};
use crate::pipeline::Layout;
use crate::{report, terminal, typeset};

/// A cell where the terminal does not tell, in pixels.
const CELL: (u16, u16) = (10, 20);

/// The state of a preview.
pub struct Viewer<'a> {
    source: &'a mut dyn Source,
    watch: Watch,
    view: View,
    /// The terminal.
    pub screen: Screen,
    /// The cell's size as the terminal told it.
    pub asked: Option<(u16, u16)>,
    canvas: Canvas,
    room: Room,
    /// The last pages that could be laid out.
    layout: Option<Layout>,
    number: String,
    findings: Vec<Diagnostic>,
    spots: Vec<Option<Spot>>,
    /// Whether they are older than the findings.
    stale: bool,
    /// How long the last build took.
    took: Duration,
    /// What was done last, until something else is.
    said: String,
    /// A frame that was made while a burst of saves may still go on.
    ahead: Option<Vec<u8>>,
}

impl<'a> Viewer<'a> {
    /// An empty one.
    pub fn new(source: &'a mut dyn Source, wish: Wish, watch: Watch) -> Self {
        let protocol = Protocol::Blocks(wish.depth);
        Self {
            source,
            watch,
            view: View { page: wish.page, ..View::default() },
            screen: Screen { columns: 80, rows: 24, pixels: CELL, protocol },
            asked: None,
            canvas: Canvas::default(),
            room: Room::default(),
            layout: None,
            number: String::new(),
            findings: Vec::new(),
            spots: Vec::new(),
            stale: false,
            took: Duration::ZERO,
            said: String::new(),
            ahead: None,
        }
    }

    /// Shows pages until the user quits, or to the signal that ends it.
    ///
    /// # Errors
    /// The terminal went away.
    pub fn run(&mut self, messages: &Receiver<Message>) -> Result<Option<i32>, Error> {
        self.measure();
        self.draw()?;
        while let Ok(message) = messages.recv() {
            self.said.clear();
            match message {
                Message::Key(key) => match self.view.press(key, &self.room) {
                    Act::Quit => return Ok(None),
                    Act::Nothing => continue,
                    Act::Draw => {}
                    Act::Reload => {
                        self.canvas.clear();
                        self.build(&self.source.watched().files)?;
                    }
                    Act::Open => self.said = self.source.open(),
                },
                Message::Resized => {
                    self.measure();
                    self.canvas.clear();
                }
                Message::Files(Told::Begun(files)) => {
                    self.build(&files)?;
                    self.ahead = Some(self.frame());
                    continue;
                }
                Message::Files(Told::Saved { again: false, .. })
                    if self.ahead.is_some() =>
                {
                    send(&self.ahead.take().unwrap_or_default())?;
                    continue;
                }
                Message::Files(Told::Saved { files, .. }) => self.build(&files)?,
                #[cfg(unix)]
                Message::Signal(signal) => return Ok(Some(signal)),
                Message::Lost => return Ok(None),
            }
            self.draw()?;
        }
        Ok(None)
    }

    /// Reads the notice and lays it out; pages that were good stay where it cannot be.
    ///
    /// # Errors
    /// What the source ends with.
    pub fn build(&mut self, changed: &BTreeSet<PathBuf>) -> Result<(), Error> {
        let (began, clock) = (SystemTime::now(), Instant::now());
        let draft = self.source.draft(changed)?;
        self.took = clock.elapsed();
        let mut watched = self.source.watched();
        watched.files.extend(draft.files);
        self.watch.follow(watched, began);
        self.findings = draft.findings;
        self.stale = draft.layout.is_none();
        if let Some(layout) = draft.layout {
            self.layout = Some(layout);
            self.number = draft.number;
            self.canvas.renew();
        }
        let facts = self.layout.as_ref().map(|layout| &layout.facts);
        self.spots = facts.map_or_else(Vec::new, |facts| spots(&self.findings, facts));
        let last = facts.map_or(0, |facts| facts.pages.len().saturating_sub(1));
        self.view.page = self.view.page.min(last);
        if let Some(chosen) = &mut self.view.pane {
            *chosen = (*chosen).min(self.findings.len().saturating_sub(1));
        }
        typeset::fade();
        Ok(())
    }

    /// The terminal's size, which may be another one now.
    fn measure(&mut self) {
        let Ok(size) = window_size() else { return };
        self.screen.columns = size.columns.max(10);
        self.screen.rows = size.rows.max(4);
        let told = (
            size.width.checked_div(size.columns).unwrap_or_default(),
            size.height.checked_div(size.rows).unwrap_or_default(),
        );
        let sane = (told.0 >= 3 && told.1 >= 3).then_some(told);
        self.screen.pixels = sane.or(self.asked).unwrap_or(CELL);
    }

    fn draw(&mut self) -> Result<(), Error> {
        // What the canvas takes for shown was never sent.
        if self.ahead.take().is_some() {
            self.canvas.clear();
        }
        let frame = self.frame();
        send(&frame)
    }

    fn frame(&mut self) -> Vec<u8> {
        let status = self.status();
        let scene = Scene {
            view: &self.view,
            layout: self.layout.as_ref(),
            findings: &self.findings,
            spots: &self.spots,
            status: &status,
        };
        let (bytes, room) = self.canvas.frame(&scene, &self.screen);
        if self.view.pane.is_none() && !self.view.help {
            let farthest = room.farthest();
            let corner = &mut self.view.corner;
            *corner = (corner.0.min(farthest.0), corner.1.min(farthest.1));
        }
        self.room = room;
        bytes
    }

    /// 第 1/6 页, 发文字号, what was found, how long the last build took.
    fn status(&self) -> String {
        let pages = self.layout.as_ref().map_or(0, |layout| layout.facts.pages.len());
        let errors = self.findings.iter().filter(|it| it.is_error()).count();
        let warnings = self.findings.len() - errors;
        let mut parts = Vec::new();
        match &*self.view.typed {
            "" => {
                parts.push(format!("第 {}/{pages} 页", (self.view.page + 1).min(pages)));
            }
            typed => parts.push(format!("到第 {typed}▏页，共 {pages} 页")),
        }
        let number = report::printable(&self.number);
        parts.push(if number.is_empty() { "未编号".into() } else { number });
        if errors > 0 {
            parts.push(format!("{errors} 处错误"));
        }
        parts.push(format!("{warnings} 处提醒"));
        parts.push(format!("用时 {} ms", self.took.as_millis()));
        if self.stale && self.layout.is_some() {
            parts.push("图是改错前的".into());
        }
        parts.push(match &*self.said {
            "" => "? 帮助".into(),
            said => report::printable(said),
        });
        format!(" {}", parts.join("  "))
    }
}

fn send(frame: &[u8]) -> Result<(), Error> {
    terminal::write(frame).map_err(|error| lost(&error))
}
