//! A terminal with a script: it answers what it is asked, keeps what it is sent, and shows it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Long, for a busy machine; nothing waits longer than it must.
const PATIENCE: Duration = Duration::from_secs(90);

/// What a terminal answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Kitty,
    Iterm,
    Sixel,
    /// Attributes, but no pictures.
    Plain,
    /// Nothing at all.
    Mute,
}

impl Kind {
    fn answers(self) -> &'static str {
        match self {
            Self::Kitty => {
                "\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.40)\x1b\\\x1b[6;20;10t\x1b[?62;c"
            }
            Self::Iterm => "\x1bP>|iTerm2 3.5.0\x1b\\\x1b[6;20;10t\x1b[?62;4c",
            Self::Sixel => "\x1b[6;18;9t\x1b[?62;4;6c",
            Self::Plain => "\x1b[?62;22c",
            Self::Mute => "",
        }
    }
}

#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    ended: bool,
}

pub struct Terminal {
    pub folder: tempfile::TempDir,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    size: (u16, u16),
}

pub struct Setup {
    kind: Kind,
    size: (u16, u16),
    files: Vec<(String, Vec<u8>)>,
    args: Vec<String>,
    variables: Vec<(String, String)>,
    program: PathBuf,
    pixels: (u16, u16),
}

impl Setup {
    pub fn new(kind: Kind, notice: &str) -> Self {
        Self {
            kind,
            size: (100, 40),
            files: vec![("通知.yaml".into(), notice.into())],
            args: vec!["preview".into(), "通知.yaml".into()],
            variables: vec![("TERM".into(), "xterm-256color".into())],
            program: env!("CARGO_BIN_EXE_hongtou").into(),
            pixels: (10, 20),
        }
    }

    /// The system does not know how large a cell is.
    pub fn without_pixels(mut self) -> Self {
        self.pixels = (0, 0);
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    pub fn file(mut self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.files.push((name.into(), content.as_ref().to_vec()));
        self
    }

    pub fn args(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(|it| (*it).to_owned()));
        self
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Another program, with these arguments alone.
    pub fn program(mut self, program: &Path, args: &[&str]) -> Self {
        self.program = program.into();
        self.args = args.iter().map(|it| (*it).to_owned()).collect();
        self
    }

    pub fn start(self) -> Terminal {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in &self.files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        let pair = native_pty_system().openpty(pty_size(self.size, self.pixels)).unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.args);
        command.cwd(folder.path());
        for name in ["HONGTOU_FONTS", "NO_COLOR", "COLORTERM"] {
            command.env_remove(name);
        }
        self.variables.iter().for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let seen: Arc<(Mutex<Seen>, Condvar)> = Arc::default();
        let reader = pair.master.try_clone_reader().unwrap();
        let (kind, to, store) = (self.kind, Arc::clone(&writer), Arc::clone(&seen));
        std::thread::spawn(move || listen(reader, kind, &to, &store));
        Terminal { folder, master: pair.master, child, writer, seen, size: self.size }
    }
}

fn pty_size((cols, rows): (u16, u16), (width, height): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: cols * width, pixel_height: rows * height }
}

fn listen(
    mut reader: Box<dyn Read + Send>,
    kind: Kind,
    writer: &Mutex<Box<dyn Write + Send>>,
    seen: &(Mutex<Seen>, Condvar),
) {
    let mut asked = false;
    let mut part = [0; 65536];
    loop {
        let count = reader.read(&mut part).unwrap_or(0);
        let mut store = seen.0.lock().unwrap();
        store.bytes.extend_from_slice(&part[..count]);
        store.ended = count == 0;
        // The last question is the one for its attributes.
        if !asked && contains(&store.bytes, b"\x1b[c") {
            asked = true;
            writer.lock().unwrap().write_all(kind.answers().as_bytes()).unwrap();
        }
        seen.1.notify_all();
        if count == 0 {
            return;
        }
    }
}

pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}

impl Terminal {
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn save(&self, content: impl AsRef<[u8]>) {
        std::fs::write(self.path("通知.yaml"), content).unwrap();
    }

    pub fn press(&self, keys: &str) {
        self.writer.lock().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.master.resize(pty_size(self.size, (10, 20))).unwrap();
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// Waits until what was sent is as it should be; all of it.
    pub fn until(&self, what: &str, fits: impl Fn(&[u8]) -> bool) -> Vec<u8> {
        let end = Instant::now() + PATIENCE;
        let mut store = self.seen.0.lock().unwrap();
        loop {
            if fits(&store.bytes) {
                return store.bytes.clone();
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !store.ended,
                "{what} did not come; the screen:\n{}",
                self.shown(&store.bytes).screen().contents()
            );
            store = self.seen.1.wait_timeout(store, left).unwrap().0;
        }
    }

    /// Waits until the last whole frame's status line holds a text; all that was sent.
    pub fn until_status(&self, text: &str) -> Vec<u8> {
        self.until(text, |bytes| {
            bytes.ends_with(b"\x1b[?2026l") && self.status(bytes).contains(text)
        })
    }

    /// Waits until a text is on the screen.
    pub fn until_shown(&self, text: &str) -> Vec<u8> {
        self.until(text, |bytes| {
            bytes.ends_with(b"\x1b[?2026l")
                && self.shown(bytes).screen().contents().contains(text)
        })
    }

    pub fn shown(&self, bytes: &[u8]) -> vt100::Parser {
        let mut parser = vt100::Parser::new(
            self.size.1.try_into().unwrap(),
            self.size.0.try_into().unwrap(),
            0,
        );
        parser.process(bytes);
        parser
    }

    pub fn status(&self, bytes: &[u8]) -> String {
        let parser = self.shown(bytes);
        let rows: Vec<String> = parser.screen().rows(0, self.size.0).collect();
        rows.last().cloned().unwrap_or_default()
    }

    /// The terminal's modes: echo, lines, signals.
    pub fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }

    pub fn kill(&self, signal: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let status = std::process::Command::new("kill").args([signal, &id]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for the program's end: its exit code and all it sent.
    pub fn end(&mut self) -> (u32, Vec<u8>) {
        let code = self.child.wait().unwrap().exit_code();
        let end = Instant::now() + PATIENCE;
        let mut store = self.seen.0.lock().unwrap();
        while !store.ended {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "the terminal is still open");
            store = self.seen.1.wait_timeout(store, left).unwrap().0;
        }
        (code, store.bytes.clone())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
