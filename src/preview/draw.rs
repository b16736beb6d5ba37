//! A frame: what the terminal is sent so that it shows a view.

use std::rc::Rc;

use super::overlay::Sheet;
use super::places::Spot;
use super::protocol::{Protocol, SAMPLES, at, forget_one};
use super::view::{Fit, KEYS, Room, SCALES, View};
use super::{Screen, cells, pane};
use crate::diag::Diagnostic;
use crate::export::{self, Picture};
use crate::pipeline::Layout;
use crate::report;
use crate::typeset::facts::Page;

/// The gap between two pages, in pixels, and what is in it.
const GAP: usize = 8;
const DESK: [u8; 3] = [96, 96, 96];
/// A millimetre's pixels at one pixel an inch.
const INCH: f64 = 25.4;

/// As many pages are kept as pictures.
const MOST: usize = 3;

/// What is to be shown.
pub struct Scene<'a> {
    /// What the user looks at.
    pub view: &'a View,
    /// The last pages that could be laid out.
    pub layout: Option<&'a Layout>,
    /// What was found in the notice as it is now.
    pub findings: &'a [Diagnostic],
    /// Where on the pages.
    pub spots: &'a [Option<Spot>],
    /// The last line.
    pub status: &'a str,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Area {
    x: u16,
    y: u16,
    columns: u16,
    rows: u16,
}

/// What of the last frame is still on the screen, and pages that were drawn already.
#[derive(Default)]
pub struct Canvas {
    /// Where everything was.
    shape: Option<(Area, Area, Area, bool)>,
    /// The picture that is shown.
    shown: Option<Rc<Picture>>,
    /// Its name among the terminal's pictures.
    id: u32,
    drawn: Vec<(usize, u32, Rc<Picture>)>,
}

impl Canvas {
    /// Forgets the pages' pictures, as the pages are others now.
    pub fn renew(&mut self) {
        self.drawn.clear();
    }

    /// Forgets what is on the screen, so that all of it is sent again.
    pub fn clear(&mut self) {
        self.shape = None;
    }

    /// The bytes of a frame, and the room it has.
    pub fn frame(&mut self, scene: &Scene, screen: &Screen) -> (Vec<u8>, Room) {
        let stopped = scene.findings.iter().any(Diagnostic::is_error);
        let help = scene.view.help;
        let listed = scene.view.pane.filter(|_| !help);
        let problems = if stopped && listed.is_none() && !help {
            problems(scene, screen)
        } else {
            Vec::new()
        };
        let (pages, list, below) = areas(listed.is_some(), screen, problems.len() as u16);
        let (room, picture) = match scene.layout.filter(|_| !help) {
            Some(layout) => self.pages(scene, layout, pages, screen),
            None => (room(scene), None),
        };
        let picture = picture.map(|picture| {
            let x = pages.x + centred(&picture, pages, screen.cell());
            (picture, Area { x, ..pages })
        });
        let mut out = b"\x1b[?2026h".to_vec();
        let place = picture.as_ref().map_or(pages, |it| Area {
            columns: (it.0.width / screen.cell().0) as u16,
            rows: it.0.height.div_ceil(screen.cell().1) as u16,
            ..it.1
        });
        let shape = Some((place, list, below, help));
        let anew = self.shape != shape;
        if anew {
            out.extend_from_slice(b"\x1b[0m\x1b[2J");
            self.shape = shape;
        }
        self.put(&mut out, picture, anew, screen.protocol);
        if let Some(chosen) = listed {
            let size = (usize::from(list.columns), usize::from(list.rows));
            let lines = pane::lines(scene.findings, scene.spots, chosen, size);
            put_lines(&mut out, &lines, list);
        }
        put_lines(&mut out, &problems, below);
        if help {
            put_lines(&mut out, &keys(), Area { x: 2, ..pages });
        }
        let status = cells::padded(scene.status, usize::from(screen.columns));
        let line = at(0, screen.rows.saturating_sub(1));
        out.extend_from_slice(
            format!("{line}\x1b[7m{status}\x1b[0m\x1b[?2026l").as_bytes(),
        );
        (out, room)
    }

    /// Sends a picture unless it is shown already.
    fn put(
        &mut self,
        out: &mut Vec<u8>,
        picture: Option<(Rc<Picture>, Area)>,
        anew: bool,
        protocol: Protocol,
    ) {
        let last = self.id;
        let gone = match &picture {
            Some((picture, place)) => {
                if !anew && self.shown.as_ref() == Some(picture) {
                    return;
                }
                self.id = 1 + last % 2;
                out.extend(protocol.show(picture, (place.x, place.y), self.id));
                last > 0
            }
            None => self.shown.is_some(),
        };
        if gone && protocol == Protocol::Kitty {
            out.extend_from_slice(forget_one(last).as_bytes());
        }
        self.shown = picture.map(|it| it.0);
    }

    /// The part of the pages that the window shows, with what is drawn over them.
    fn pages(
        &mut self,
        scene: &Scene,
        layout: &Layout,
        area: Area,
        screen: &Screen,
    ) -> (Room, Option<Rc<Picture>>) {
        let cell = screen.cell();
        let window =
            (usize::from(area.columns) * cell.0, usize::from(area.rows) * cell.1);
        let all = &layout.facts.pages;
        let first = scene.view.page.min(all.len().saturating_sub(1));
        let shown = first..(first + scene.view.stride()).min(all.len());
        let ppi = ppi(&all[shown.clone()], scene.view.fit, window);
        let mut sheets = Vec::new();
        for page in shown {
            let Some(mut picture) = self.page(layout, page, ppi) else { continue };
            decorate(&mut picture, scene, page, &all[page], ppi);
            sheets.push(picture);
        }
        let sheet = side_by_side(sheets);
        let size = sheet.as_ref().map_or((0, 0), |it| (it.width, it.height));
        let room = Room { ppi, sheet: size, window, ..room(scene) };
        (room, sheet.map(|sheet| cut(sheet, scene.view.corner, window)))
    }

    fn page(&mut self, layout: &Layout, page: usize, ppi: u32) -> Option<Rc<Picture>> {
        if let Some(known) = self.drawn.iter().find(|it| (it.0, it.1) == (page, ppi)) {
            return Some(known.2.clone());
        }
        let picture = Rc::new(export::picture(&layout.pages, page, f64::from(ppi))?);
        if self.drawn.len() >= MOST {
            self.drawn.remove(0);
        }
        self.drawn.push((page, ppi, picture.clone()));
        Some(picture)
    }
}

fn room(scene: &Scene) -> Room {
    Room {
        pages: scene.layout.map_or(0, |layout| layout.facts.pages.len()),
        spots: scene.spots.iter().map(|it| it.as_ref().map(|spot| spot.page)).collect(),
        ppi: 72,
        ..Room::default()
    }
}

/// Where pages, list and problems go; the last row is the status line's.
fn areas(listed: bool, screen: &Screen, problems: u16) -> (Area, Area, Area) {
    let rows = screen.rows.saturating_sub(1);
    let all = Area { x: 0, y: 0, columns: screen.columns, rows };
    if listed {
        let (pages, list) = if all.columns >= 80 {
            let wide = (all.columns / 3).clamp(30, 60);
            let left = all.columns - wide - 1;
            (Area { columns: left, ..all }, Area { x: left + 1, columns: wide, ..all })
        } else {
            let high = rows / 2;
            let top = rows - high;
            (Area { rows: top, ..all }, Area { y: top, rows: high, ..all })
        };
        return (pages, list, Area::default());
    }
    let top = rows - problems.min(rows);
    let below = Area { y: top, rows: problems.min(rows), ..all };
    (Area { rows: top, ..all }, Area::default(), below)
}

/// The first problems that stop the notice, in as many lines as a third of the screen; with
/// no page to show, in all of it.
fn problems(scene: &Scene, screen: &Screen) -> Vec<String> {
    let stopping = scene.findings.iter().filter(|it| it.is_error());
    let text = report::findings(&stopping.cloned().collect::<Vec<_>>(), false);
    let mut lines = cells::wrap(&text, usize::from(screen.columns));
    let rows = usize::from(screen.rows.saturating_sub(1));
    let most = if scene.layout.is_some() { (rows / 3).max(5).min(rows) } else { rows };
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = "……".into();
        }
    }
    lines
}

/// How many columns to the right a picture is in the middle.
fn centred(picture: &Picture, area: Area, cell: (usize, usize)) -> u16 {
    let window = usize::from(area.columns) * cell.0;
    (window.saturating_sub(picture.width) / 2 / cell.0) as u16
}

/// Whole pixels an inch, so that a page is the same picture as in a file.
fn ppi(pages: &[Page], fit: Fit, window: (usize, usize)) -> u32 {
    let gap = GAP * (pages.len().max(1) - 1);
    let width: f64 = pages.iter().map(|page| page.width).sum();
    let height = pages.iter().map(|page| page.height).fold(1.0, f64::max);
    let across = window.0.saturating_sub(gap) as f64 * INCH / width.max(1.0);
    let down = window.1 as f64 * INCH / height;
    let ppi = match fit {
        Fit::Page => across.min(down).floor() as u32,
        Fit::Width => across.floor() as u32,
        Fit::Ppi(ppi) => ppi,
    };
    ppi.clamp(SCALES.0, SCALES.1)
}

fn decorate(
    picture: &mut Rc<Picture>,
    scene: &Scene,
    number: usize,
    page: &Page,
    ppi: u32,
) {
    let chosen = scene.view.pane.and_then(|at| scene.spots.get(at)?.as_ref());
    let chosen = chosen.filter(|spot| spot.page == number);
    if !scene.view.grid && chosen.is_none() {
        return;
    }
    let picture = Rc::make_mut(picture);
    let mut sheet = Sheet { picture, scale: f64::from(ppi) / INCH };
    if scene.view.grid {
        sheet.grid(page);
    }
    for part in chosen.iter().flat_map(|it| &it.boxes) {
        sheet.mark(*part);
    }
}

fn side_by_side(mut sheets: Vec<Rc<Picture>>) -> Option<Rc<Picture>> {
    if sheets.len() < 2 {
        return sheets.pop();
    }
    let width = sheets.iter().map(|it| it.width + GAP).sum::<usize>() - GAP;
    let height = sheets.iter().map(|it| it.height).max()?;
    let mut desk = Picture::plain(width, height, DESK);
    let mut x = 0;
    for sheet in &sheets {
        desk.draw(sheet, x, 0);
        x += (sheet.width + GAP) as isize;
    }
    Some(Rc::new(desk))
}

/// The part of a picture that a window shows.
fn cut(
    sheet: Rc<Picture>,
    corner: (usize, usize),
    window: (usize, usize),
) -> Rc<Picture> {
    let size = (sheet.width.min(window.0), sheet.height.min(window.1));
    if size == (sheet.width, sheet.height) {
        return sheet;
    }
    let x = corner.0.min(sheet.width - size.0) as isize;
    let y = corner.1.min(sheet.height - size.1) as isize;
    let mut part = Picture::plain(size.0, size.1, DESK);
    part.draw(&sheet, -x, -y);
    Rc::new(part)
}

fn keys() -> Vec<String> {
    let head = ["按键".to_owned(), String::new()].into_iter();
    let keys = KEYS.iter().map(|(key, does)| format!("{}{does}", cells::padded(key, 16)));
    let end = [String::new(), "按任意键返回".to_owned()].into_iter();
    head.chain(keys).chain(end).collect()
}

fn put_lines(out: &mut Vec<u8>, lines: &[String], area: Area) {
    let room = usize::from(area.columns.saturating_sub(if area.x == 2 { 2 } else { 0 }));
    for (row, line) in (0..area.rows).zip(lines) {
        let text = cells::padded(line, room);
        out.extend_from_slice(at(area.x, area.y + row).as_bytes());
        out.extend_from_slice(text.as_bytes());
    }
}

impl Screen {
    /// The pixels of a cell: half blocks stand for areas of the picture.
    fn cell(&self) -> (usize, usize) {
        match self.protocol {
            Protocol::Blocks(_) => (SAMPLES, 2 * SAMPLES),
            _ => (usize::from(self.pixels.0.max(1)), usize::from(self.pixels.1.max(1))),
        }
    }
}
