//! What the user looks at, and what each key makes of it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// How large pages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fit {
    /// The whole page.
    #[default]
    Page,
    /// As wide as the window.
    Width,
    /// This many pixels an inch.
    Ppi(u32),
}

/// The least and most pixels an inch.
pub const SCALES: (u32, u32) = (6, 400);
/// One step of zooming.
const STEP: f64 = 1.25;

/// What the user looks at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// The page, from 0; in a spread the left one.
    pub page: usize,
    /// How large.
    pub fit: Fit,
    /// 双页: two pages side by side.
    pub spread: bool,
    /// 网格: the cells and the type area over the page.
    pub grid: bool,
    /// 帮助: the keys.
    pub help: bool,
    /// 检查结果: the list, and which of it is chosen.
    pub pane: Option<usize>,
    /// How far the window is from the pages' top left corner, in pixels.
    pub corner: (usize, usize),
    /// Digits typed so far.
    pub typed: String,
}

/// What a view is looked at through, as it was last drawn.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// How many pages there are.
    pub pages: usize,
    /// The page of each finding, from 0, as far as it has one.
    pub spots: Vec<Option<usize>>,
    /// Pixels an inch.
    pub ppi: u32,
    /// Width and height of all that is shown, in pixels.
    pub sheet: (usize, usize),
    /// Width and height of the window, in pixels.
    pub window: (usize, usize),
}

impl Room {
    /// How far the window can go from the top left corner.
    pub fn farthest(&self) -> (usize, usize) {
        let (sheet, window) = (self.sheet, self.window);
        (sheet.0.saturating_sub(window.0), sheet.1.saturating_sub(window.1))
    }
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Draw what has changed.
    Draw,
    /// Read and lay out again.
    Reload,
    /// Write the PDF and open it.
    Open,
    /// The end.
    Quit,
    /// Nothing.
    Nothing,
}

/// The keys, for the help.
pub const KEYS: &[(&str, &str)] = &[
    ("n 空格 PgDn", "下一页"),
    ("p 退格 PgUp", "上一页"),
    ("g Home", "第一页"),
    ("G End", "最后一页"),
    ("数字 回车", "到这一页"),
    ("+ -", "放大、缩小"),
    ("方向键 hjkl", "移动；到头时翻页"),
    ("w", "与窗口同宽"),
    ("f", "整页"),
    ("d", "双页并排"),
    ("x", "网格和版心"),
    ("c", "检查结果；上下键选一处，看它在哪里"),
    ("o", "生成 PDF 并打开"),
    ("r", "重新排"),
    ("q Esc", "退出（先关上帮助或检查结果）"),
    ("?", "这份帮助"),
];

impl View {
    /// Changes with a key.
    pub fn press(&mut self, key: KeyEvent, room: &Room) -> Act {
        let typed = std::mem::take(&mut self.typed);
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            return match key.code {
                KeyCode::Char('c' | 'd') => Act::Quit,
                KeyCode::Char('l') => Act::Reload,
                _ => Act::Nothing,
            };
        }
        if key.modifiers.contains(KeyModifiers::ALT) {
            return Act::Nothing;
        }
        if self.help {
            self.help = false;
            return Act::Draw;
        }
        match key.code {
            KeyCode::Char('q') | KeyCode::Esc if self.pane.take().is_some() => Act::Draw,
            KeyCode::Char('q') | KeyCode::Esc => Act::Quit,
            KeyCode::Char('r') => Act::Reload,
            KeyCode::Char('o') => Act::Open,
            KeyCode::Char(digit @ '0'..='9') if typed.len() < 5 => {
                self.typed = typed + digit.encode_utf8(&mut [0; 4]);
                Act::Draw
            }
            KeyCode::Enter => {
                if let Ok(page) = typed.parse::<usize>() {
                    self.turn_to(page.saturating_sub(1), room);
                }
                Act::Draw
            }
            code => self.look(code, room),
        }
    }

    fn look(&mut self, code: KeyCode, room: &Room) -> Act {
        match code {
            KeyCode::Char('n' | ' ') | KeyCode::PageDown => {
                self.turn_to(self.page + self.stride(), room);
            }
            KeyCode::Char('p') | KeyCode::Backspace | KeyCode::PageUp => {
                self.turn_to(self.page.saturating_sub(self.stride()), room);
            }
            KeyCode::Char('g') | KeyCode::Home => self.turn_to(0, room),
            KeyCode::Char('G') | KeyCode::End => self.turn_to(usize::MAX, room),
            KeyCode::Char('+' | '=') => self.zoom(STEP, room),
            KeyCode::Char('-' | '_') => self.zoom(1.0 / STEP, room),
            KeyCode::Char('w') => self.refit(Fit::Width),
            KeyCode::Char('f') => self.refit(Fit::Page),
            KeyCode::Char('d') => {
                self.spread = !self.spread;
                self.turn_to(self.page, room);
            }
            KeyCode::Char('x') => self.grid = !self.grid,
            KeyCode::Char('?') => self.help = true,
            KeyCode::Char('c') => match self.pane.take() {
                Some(_) => {}
                None => self.choose(0, room),
            },
            KeyCode::Up | KeyCode::Char('k') => self.up(room),
            KeyCode::Down | KeyCode::Char('j') => self.down(room),
            KeyCode::Left | KeyCode::Char('h') => self.left(room),
            KeyCode::Right | KeyCode::Char('l') => self.right(room),
            _ => return Act::Nothing,
        }
        Act::Draw
    }

    /// How many pages are shown at once.
    pub fn stride(&self) -> usize {
        if self.spread { 2 } else { 1 }
    }

    fn turn_to(&mut self, page: usize, room: &Room) {
        let page = page.min(room.pages.saturating_sub(1));
        self.page = page - page % self.stride();
        self.corner = (self.corner.0, 0);
    }

    fn refit(&mut self, fit: Fit) {
        (self.fit, self.corner) = (fit, (0, 0));
    }

    /// Larger or smaller; the middle of the window stays where it is.
    fn zoom(&mut self, by: f64, room: &Room) {
        let ppi = (f64::from(room.ppi) * by).round() as u32;
        let ppi = ppi.clamp(SCALES.0, SCALES.1);
        let by = f64::from(ppi) / f64::from(room.ppi.max(1));
        let moved = |corner: usize, window: usize| {
            let middle = corner as f64 + window as f64 / 2.0;
            (middle * by - window as f64 / 2.0).max(0.0) as usize
        };
        self.corner = (
            moved(self.corner.0, room.window.0.min(room.sheet.0)),
            moved(self.corner.1, room.window.1.min(room.sheet.1)),
        );
        self.fit = Fit::Ppi(ppi);
    }

    /// Chooses a finding and shows its page.
    fn choose(&mut self, finding: usize, room: &Room) {
        let finding = finding.min(room.spots.len().saturating_sub(1));
        self.pane = Some(finding);
        if let Some(Some(page)) = room.spots.get(finding) {
            self.turn_to(*page, room);
        }
    }

    fn up(&mut self, room: &Room) {
        match self.pane {
            Some(finding) => self.choose(finding.saturating_sub(1), room),
            None if self.corner.1 > 0 => {
                self.corner.1 = self.corner.1.saturating_sub(step(room.window.1));
            }
            None if self.page > 0 => {
                self.turn_to(self.page.saturating_sub(self.stride()), room);
                self.corner.1 = room.farthest().1;
            }
            None => {}
        }
    }

    fn down(&mut self, room: &Room) {
        let farthest = room.farthest().1;
        match self.pane {
            Some(finding) => self.choose(finding + 1, room),
            None if self.corner.1 < farthest => {
                self.corner.1 = (self.corner.1 + step(room.window.1)).min(farthest);
            }
            None if self.page + self.stride() < room.pages => {
                self.turn_to(self.page + self.stride(), room);
            }
            None => {}
        }
    }

    fn left(&mut self, room: &Room) {
        if room.farthest().0 == 0 {
            self.turn_to(self.page.saturating_sub(self.stride()), room);
        } else {
            self.corner.0 = self.corner.0.saturating_sub(step(room.window.0));
        }
    }

    fn right(&mut self, room: &Room) {
        let farthest = room.farthest().0;
        if farthest == 0 {
            self.turn_to(self.page + self.stride(), room);
        } else {
            self.corner.0 = (self.corner.0 + step(room.window.0)).min(farthest);
        }
    }
}

/// One move of the window.
fn step(window: usize) -> usize {
    (window / 4).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> Room {
        Room {
            pages: 5,
            spots: vec![Some(3), None],
            ppi: 100,
            sheet: (800, 1000),
            window: (800, 400),
        }
    }

    fn pressed(keys: &str) -> View {
        let mut view = View::default();
        for key in keys.chars() {
            let code = match key {
                '\n' => KeyCode::Enter,
                '↓' => KeyCode::Down,
                '↑' => KeyCode::Up,
                '→' => KeyCode::Right,
                key => KeyCode::Char(key),
            };
            view.press(KeyEvent::new(code, KeyModifiers::NONE), &room());
        }
        view
    }

    #[test]
    fn pages_are_turned_within_the_document() {
        for (keys, page) in [
            ("n", 1),
            ("nnnnnnn", 4),
            ("p", 0),
            ("G", 4),
            ("Gg", 0),
            ("3\n", 2),
            ("99\n", 4),
        ] {
            assert_eq!(pressed(keys).page, page, "{keys}");
        }
        assert_eq!(pressed("0\n").page, 0);
        assert_eq!(
            pressed("2n\n").page,
            1,
            "a key between digits and enter forgets them"
        );
    }

    #[test]
    fn a_spread_begins_with_an_odd_page() {
        assert_eq!(pressed("4\nd").page, 2);
        assert_eq!(pressed("dnn").page, 4);
        assert_eq!(pressed("dG").page, 4);
    }

    #[test]
    fn down_reads_on_over_the_page_s_end() {
        assert_eq!(pressed("↓").corner, (0, 100));
        let view = pressed("↓↓↓↓↓↓↓");
        assert_eq!((view.page, view.corner), (1, (0, 0)));
        let back = pressed("↓↓↓↓↓↓↓↑");
        assert_eq!((back.page, back.corner), (0, (0, 600)));
        assert_eq!(pressed("→").page, 1);
    }

    #[test]
    fn zooming_keeps_the_middle_and_stops_at_the_ends() {
        assert_eq!(pressed("+").fit, Fit::Ppi(125));
        assert_eq!(pressed("+").corner, (100, 50));
        assert_eq!(pressed("+w").fit, Fit::Width);
        let mut view = View::default();
        let room = Room { ppi: SCALES.1, ..room() };
        view.press(KeyEvent::new(KeyCode::Char('+'), KeyModifiers::NONE), &room);
        assert_eq!(view.fit, Fit::Ppi(SCALES.1));
    }

    #[test]
    fn a_chosen_finding_shows_its_page() {
        let view = pressed("c");
        assert_eq!((view.pane, view.page), (Some(0), 3));
        assert_eq!(pressed("c↓").pane, Some(1));
        assert_eq!(pressed("c↓↓↓").pane, Some(1));
        assert_eq!(pressed("cc").pane, None);
    }
}
