//! From a save to the last byte of the page on the terminal, against the warm rebuild of the
//! same notice; the first page of a cold start against `build`; memory over 500 edits.
//!
//! `cargo bench --bench preview`, `-- 50` for as many edits; the window is 120 × 50 cells of 10 × 20 pixels.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement fails by panicking and prints what it found"
)]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use hongtou::pipeline::{Input, Options, Workshop};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const STARTS: usize = 15;
const FRAME: &[u8] = b"\x1b[?2026l";

fn notice(paragraphs: usize, edit: usize) -> String {
    let body: String = (1..=paragraphs)
        .map(|at| format!("  第{at}段。{}\n", "请各单位结合实际认真抓好落实。".repeat(6)))
        .collect();
    format!(
        "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕18号\n标题: 关于开展职工技能培训的通知\n主送: 各县（区）总工会\n正文: |\n  第{edit}次修改的一段话。\n{body}成文日期: 2026-03-05\n"
    )
}

/// The middle one.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

/// One paragraph edited, then the PDF again, in a workshop that stays open.
fn warm(paragraphs: usize) -> f64 {
    let workshop = Workshop::open(&Options::default()).expect("fonts in the checkout");
    let rebuild = |edit: usize| {
        let bytes = notice(paragraphs, edit).into_bytes();
        let input = Input { name: "试.yaml".into(), bytes, folder: ".".into() };
        let clock = Instant::now();
        assert!(workshop.build(&input, &Default::default()).pdf.is_some());
        hongtou::typeset::fade();
        clock.elapsed()
    };
    (0..5).for_each(|edit| assert!(rebuild(edit) > Duration::ZERO));
    median((5..105).map(rebuild).collect())
}

struct Terminal {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    /// When each frame was complete.
    frames: Receiver<Instant>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

fn start(folder: &Path) -> Terminal {
    let size = PtySize { rows: 50, cols: 120, pixel_width: 1200, pixel_height: 1000 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hongtou"));
    command.args(["preview", "通知.yaml"]);
    command.cwd(folder);
    command.env("TERM", "xterm-kitty");
    let child = pair.slave.spawn_command(command).unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    let (sender, frames) = channel();
    std::thread::spawn(move || {
        let mut part = vec![0; 1 << 16];
        let (mut asked, mut tail) = (false, Vec::new());
        while let Ok(count @ 1..) = reader.read(&mut part) {
            tail.extend_from_slice(&part[..count]);
            if !asked && tail.windows(3).any(|it| it == b"\x1b[c") {
                asked = true;
                writer.write_all(b"\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;c").unwrap();
            }
            if tail.ends_with(FRAME) && sender.send(Instant::now()).is_err() {
                return;
            }
            tail.drain(..tail.len().saturating_sub(16));
        }
    });
    Terminal { child, frames, _master: pair.master }
}

fn memory(id: u32) -> u64 {
    let status =
        std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

fn edits(folder: &Path, paragraphs: usize, edits: usize) -> (f64, Vec<u64>) {
    let mut terminal = start(folder);
    terminal.frames.recv_timeout(Duration::from_secs(60)).expect("a first page");
    let mut times = Vec::new();
    let mut sizes = Vec::new();
    for edit in 0..edits {
        // Edits come apart from each other, so that none falls into the last one's debounce.
        std::thread::sleep(Duration::from_millis(70));
        terminal.frames.try_iter().for_each(drop);
        let clock = Instant::now();
        std::fs::write(folder.join("通知.yaml"), notice(paragraphs, edit)).unwrap();
        let shown =
            terminal.frames.recv_timeout(Duration::from_secs(60)).expect("a page");
        times.push(shown - clock);
        if edit % 100 == 99 || edit == 19 || edit + 1 == edits {
            sizes.push(memory(terminal.child.process_id().unwrap()));
        }
    }
    terminal.child.kill().unwrap();
    (median(times), sizes)
}

fn cold(folder: &Path) -> (f64, f64) {
    let (mut built, mut shown) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let clock = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_hongtou"))
            .args(["build", "通知.yaml"])
            .current_dir(folder)
            .stderr(Stdio::null())
            .status();
        assert!(status.unwrap().success());
        built.push(clock.elapsed());
        let clock = Instant::now();
        let mut terminal = start(folder);
        shown
            .push(terminal.frames.recv_timeout(Duration::from_secs(60)).unwrap() - clock);
        terminal.child.kill().unwrap();
    }
    (median(built), median(shown))
}

fn main() {
    let edits_asked = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(500);
    for paragraphs in [3, 15, 300] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("通知.yaml"), notice(paragraphs, 0)).unwrap();
        let warm = warm(paragraphs);
        let (shown, sizes) = edits(folder.path(), paragraphs, edits_asked);
        let (build, first) = cold(folder.path());
        let quiet = hongtou::preview::watch::QUIET.as_secs_f64() * 1000.0;
        println!("{paragraphs} paragraphs");
        println!(
            "  warm rebuild {warm:.1} ms; save to screen {shown:.1} ms, of which {quiet:.0} ms debounce; ratio {:.2}",
            (shown - quiet) / warm
        );
        println!(
            "  build {build:.1} ms; first page {first:.1} ms; ratio {:.2}",
            first / build
        );
        println!("  memory after 20, 100, 200, … {edits_asked} edits: {sizes:?} MB");
    }
}
