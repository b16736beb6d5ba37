//! `kill -9` at any instant: the state is that before or that after, or the doctor ends it.

use std::collections::HashMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{Desk, assert_no_gap, notice};

/// How many programs are killed before they end.
const KILLS: usize = 200;

/// A small generator: the same instants on each run, as far as the machine allows.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A part of a duration.
    fn part(&mut self, of: Duration) -> Duration {
        of.mul_f64((self.next() % 10_000) as f64 / 10_000.0)
    }
}

/// When a program is killed.
enum Moment {
    /// So long after its start.
    Start(Duration),
    /// So long after it begins to write files: its number is taken then, nothing is in place.
    Write(Duration),
}

/// Starts a program and kills it. Whether it was still running.
fn kill(desk: &Desk, args: &[&str], instant: &Moment) -> bool {
    let mut child = desk
        .command(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    match instant {
        Moment::Start(after) => std::thread::sleep(*after),
        Moment::Write(after) => {
            while drafts(desk).is_empty() && child.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
            let seen = Instant::now();
            while seen.elapsed() < *after {
                std::hint::spin_loop();
            }
        }
    }
    let _ = child.kill();
    let killed = child.wait().unwrap().code().is_none();
    drafts(desk).iter().for_each(|path| std::fs::remove_file(path).unwrap());
    killed
}

/// Files that are written and not yet in their places.
fn drafts(desk: &Desk) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(desk.path()).unwrap().filter_map(Result::ok);
    let ours = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(".hongtou~");
    entries.filter(|entry| ours(&entry.file_name())).map(|entry| entry.path()).collect()
}

fn took(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

#[test]
fn after_kills_no_number_is_lost_or_double_and_no_notice_half_written() {
    let desk = Desk::new();
    desk.write("先.yaml", notice("先发"));
    let issue = took(|| drop(desk.good(&["issue", "先.yaml", "--code", "云工发"])));
    let reserve = took(|| drop(desk.good(&["number", "reserve", "云工发"])));
    let mut dice = Dice(0x9704_2012);
    let (mut killed, mut open, mut files) = (0, 0, Vec::new());
    while killed < KILLS || open < KILLS / 20 {
        let at = files.len();
        assert!(at < 10 * KILLS, "{killed} of {at} killed, {open} amid an issue");
        let name = format!("{at}.yaml");
        desk.write(&name, notice(&format!("第{at}项工作")));
        let (args, moment) = match at % 4 {
            0 => {
                (&["number", "reserve", "云工发"][..], Moment::Start(dice.part(reserve)))
            }
            1 => (
                &["issue", &name, "--code", "云工发"][..],
                Moment::Start(dice.part(issue)),
            ),
            _ => {
                let after = dice.part(Duration::from_micros(250));
                (&["issue", &name, "--code", "云工发"][..], Moment::Write(after))
            }
        };
        killed += usize::from(kill(&desk, args, &moment));
        assert_whole(&desk, &name, at);
        open += usize::from(desk.ledger().intent(&name).unwrap().is_some());
        files.push(name);
        if at % 25 == 24 {
            desk.run(&["number", "doctor"]).code(0);
            assert!(desk.ledger().intents().unwrap().is_empty());
        }
    }
    desk.run(&["number", "doctor"]).code(0).says("登记簿完好");
    println!("{killed} killed of {}, {open} of them amid an issue", files.len());
    assert_no_gap(&desk.entries());
    let mut seen = HashMap::new();
    for name in files.iter().filter(|name| desk.read(name).contains("发文字号")) {
        let number = number_of(&desk.read(name));
        let entry = desk.ledger().find(&number.parse().unwrap()).unwrap().unwrap();
        assert_eq!(&entry.sent.file, name);
        assert_eq!(seen.insert(number, name), None);
    }
    desk.run(&["verify", "."]).code(0);
}

fn number_of(text: &str) -> String {
    let line = text.lines().find(|line| line.starts_with("发文字号: ")).unwrap();
    line["发文字号: ".len()..].to_owned()
}

/// A notice is as it was, or has number and date beside.
fn assert_whole(desk: &Desk, name: &str, at: usize) {
    let (text, before) = (desk.read(name), notice(&format!("第{at}项工作")));
    if text != before {
        let rest = |line: &&str| {
            !line.starts_with("发文字号: ") && !line.starts_with("成文日期: ")
        };
        let kept: Vec<&str> = text.lines().filter(rest).collect();
        assert_eq!(kept, before.lines().collect::<Vec<_>>());
        assert_eq!(text.lines().count(), before.lines().count() + 2);
    }
}

#[test]
fn what_a_killed_issue_left_open_is_ended_by_the_next_issue_of_the_same_notice() {
    use hongtou::ledger::{Fault, Intent, Series, digest};
    let desk = Desk::new();
    let text = notice("补发");
    desk.write("甲.yaml", &text);
    let begin = |file: &str, before: &str| {
        let series = Series { code: "云工发".into(), year: 2026 };
        let mut ledger = desk.ledger();
        let serial = ledger.next(&series).unwrap();
        let begun = Intent {
            number: series.number(serial),
            file: file.into(),
            before: before.into(),
            after: "?".into(),
            date: "2026-03-05".parse().unwrap(),
            reissue: false,
            reason: String::new(),
        };
        let done: Result<(), Fault> = ledger.change(|change| change.begin(&begun));
        done.unwrap();
    };
    // Open, untouched: the same number and date, whatever day it is.
    begin("甲.yaml", &digest(text.as_bytes()));
    desk.good(&["number", "reserve", "云工发", "--year", "2026"]);
    desk.run(&["issue", "甲.yaml"]).code(0).says("云工发〔2026〕1号");
    assert!(desk.read("甲.yaml").contains("成文日期: 2026-03-05"));
    // The date that was asked for goes before the notice's own, of another year even.
    let dated = notice("改期") + "成文日期: 2025-12-30\n";
    desk.write("丁.yaml", &dated);
    begin("丁.yaml", &digest(dated.as_bytes()));
    desk.run(&["number", "doctor"]).code(0).says("接着做完了");
    assert!(desk.read("丁.yaml").contains("成文日期: 2026-03-05"));
    // Gone, and the last number: given back.
    begin("乙.yaml", "?");
    desk.run(&["number", "doctor"]).code(0).says("号没有占用");
    // Changed since, and others came after: kept for the notice.
    desk.write("丙.yaml", notice("丙"));
    begin("丙.yaml", "?");
    desk.good(&["number", "reserve", "云工发", "--year", "2026"]);
    desk.run(&["number", "doctor"]).code(0).says("云工发〔2026〕4号 仍留给“丙.yaml”");
    desk.run(&["issue", "丙.yaml", "--code", "云工发", "--date", "2026-03-06"])
        .code(0)
        .says("云工发〔2026〕4号");
    assert_no_gap(&desk.entries());
}
