//! What numbers cost: `cargo bench --bench register`.
//!
//! Reserving is measured three ways, since a durable commit waits for the disk: each call
//! on the disk, each call in memory (the register's own work), and all calls in one
//! transaction on the disk. Then a list of 100,000 rows and a cold `number next`, each the
//! median over whole processes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool of the bench"
)]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use hongtou::ledger::{Fault, Import, Imported, Ledger, Record, Sent, Series, State};

const CALLS: u32 = 10_000;
const ROWS: u32 = 100_000;

fn series() -> Series {
    Series { code: "云工发".into(), year: 2026 }
}

fn main() {
    let disk = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    println!("{CALLS} reserve calls, a second:");
    if Path::new("/dev/shm").is_dir() {
        let memory = tempfile::tempdir_in("/dev/shm").unwrap();
        println!("  each durable, in memory  {:8.0}", single(memory.path(), CALLS));
    }
    println!("  each durable, on disk    {:8.0}", single(disk.path(), CALLS / 20));
    println!("  one transaction, on disk {:8.0}", together(disk.path()));
    std::fs::write(disk.path().join("hongtou.yaml"), "机关: {名称: 甲, 代字: 云工发}\n")
        .unwrap();
    fill(&disk.path().join("登记簿.db"));
    for args in [
        &["number", "list"][..],
        &["number", "list", "--format", "csv"],
        &["number", "next", "云工发"],
    ] {
        println!("hongtou {}: {:.1} ms", args.join(" "), cold(disk.path(), args));
    }
}

/// Calls a second, each a change of its own.
fn single(folder: &Path, calls: u32) -> f64 {
    let mut ledger = Ledger::open(&folder.join("一.db")).unwrap();
    let start = Instant::now();
    for _ in 0..calls {
        let done: Result<_, Fault> =
            ledger.change(|change| change.reserve(&series(), 1, "用途"));
        assert_eq!(done.unwrap().len(), 1);
    }
    f64::from(calls) / start.elapsed().as_secs_f64()
}

/// Calls a second, all in one change.
fn together(folder: &Path) -> f64 {
    let mut ledger = Ledger::open(&folder.join("二.db")).unwrap();
    let start = Instant::now();
    let done: Result<(), Fault> = ledger.change(|change| {
        for _ in 0..CALLS {
            change.reserve(&series(), 1, "用途")?;
        }
        Ok(())
    });
    done.unwrap();
    f64::from(CALLS) / start.elapsed().as_secs_f64()
}

/// A register of many issued numbers.
fn fill(path: &Path) {
    let mut ledger = Ledger::open(path).unwrap();
    let done: Result<(), Fault> = ledger.change(|change| {
        for serial in 1..=ROWS {
            let record = Record {
                issuer: "云岭市总工会".into(),
                title: format!("关于开展第{serial}项职工技能培训工作的通知"),
                date: "2026-03-05".parse().ok(),
                signers: "程禾样".into(),
                count: "60".into(),
                recipients: "各县（区）总工会，市直各基层工会".into(),
                copies: "市委办公室，市政府办公室".into(),
                ..Record::default()
            };
            let one = Imported {
                number: series().number(serial),
                state: State::Issued,
                remark: String::new(),
                record,
                sent: Sent::default(),
            };
            assert_eq!(change.import(&one, "量")?, Import::New);
        }
        Ok(())
    });
    done.unwrap();
}

/// Milliseconds of a whole process.
fn cold(folder: &Path, args: &[&str]) -> f64 {
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_hongtou"));
            command.args(args).current_dir(folder);
            let start = Instant::now();
            let output = command.output().unwrap();
            assert!(output.status.success(), "{output:?}");
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
