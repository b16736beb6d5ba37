//! Many programs at one register.

use std::collections::HashSet;

use hongtou::ledger::State;

use super::{Desk, assert_no_gap, notice};

const PROCESSES: usize = 16;
const CALLS: usize = 50;

#[test]
fn sixteen_times_fifty_programs_get_eight_hundred_numbers() {
    let desk = Desk::new();
    let issues = |call: usize| call.is_multiple_of(10);
    let told: Vec<String> = std::thread::scope(|scope| {
        let worker = |at: usize| {
            let desk = &desk;
            move || {
                let mut told = Vec::new();
                for call in 0..CALLS {
                    if issues(call) {
                        let name = format!("{at}之{call}.yaml");
                        desk.write(&name, notice(&format!("第{at}组第{call}项工作")));
                        let did = desk.run(&["issue", &name, "--code", "云工发"]).code(0);
                        assert!(!did.err.contains("locked"), "{}", did.err);
                    } else {
                        told.push(desk.good(&["number", "reserve", "云工发"]));
                    }
                }
                told
            }
        };
        let workers: Vec<_> = (0..PROCESSES).map(|at| scope.spawn(worker(at))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let entries = desk.entries();
    assert_eq!(entries.len(), PROCESSES * CALLS);
    assert_no_gap(&entries);
    let issued = entries.iter().filter(|entry| entry.state == State::Issued).count();
    assert_eq!(issued, PROCESSES * CALLS / 10);
    assert_eq!(told.iter().collect::<HashSet<_>>().len(), told.len());
    assert_eq!(told.len() + issued, entries.len());
    assert!(desk.ledger().intents().unwrap().is_empty());
    desk.run(&["verify", "."]).code(0).says("相符");
}

#[test]
fn who_waits_too_long_is_told_so() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发"]);
    let other = rusqlite::Connection::open(desk.register()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let did = desk.run(&["number", "reserve", "云工发"]).code(2).says("等了 10 秒");
    assert!(!did.err.contains("locked"), "{}", did.err);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.entries().len(), 1);
}
