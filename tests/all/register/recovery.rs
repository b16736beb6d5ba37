//! A damaged register is recovered while others want to write to it.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::Duration;

use hongtou::ledger::{Fault, Series};

use super::{Desk, Did, WORKSPACE, assert_no_gap, notice};

/// Damages the register so that numbers can still be written to it.
fn damage(desk: &Desk) {
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    db.pragma_update(None, "ignore_check_constraints", true).unwrap();
    db.execute("UPDATE number SET state = '?' WHERE serial = 1", []).unwrap();
}

/// A doctor that has seen the damage and is about to recover the register.
fn doctor(desk: &Desk) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut command = desk.command(&["number", "doctor"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.contains("已损坏"), "{line}");
    (child, out)
}

#[test]
fn no_number_is_given_twice_while_doctors_recover_a_register() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发", "--year", "2026", "--count", "3"]);
    damage(&desk);
    let mut ledger = desk.ledger();
    let mut doctors = [doctor(&desk), doctor(&desk)];
    std::thread::sleep(Duration::from_millis(300));
    for (doctor, _) in &mut doctors {
        assert_eq!(doctor.try_wait().unwrap(), None, "it did not wait for a clerk");
    }
    let series = Series { code: "云工发".into(), year: 2026 };
    let given: Result<_, Fault> =
        ledger.change(|change| change.reserve(&series, 1, "急件"));
    assert_eq!(given.unwrap(), [series.number(4)]);
    drop(ledger);
    let said: String = doctors
        .map(|(doctor, out)| {
            let lines: Vec<String> = out.lines().map(Result::unwrap).collect();
            Did::of(doctor.wait_with_output().unwrap()).code(0);
            lines.join("\n")
        })
        .join("\n");
    assert_eq!(said.matches("已从备份").count(), 1, "{said}");
    assert_eq!(said.matches("别人刚刚恢复了它").count(), 1, "{said}");
    assert!(!desk.path().join("登记簿.db.损坏2").exists());
    assert_no_gap(&desk.entries());
    assert_eq!(desk.entries()[3].remark, "急件");
    assert!(
        desk.good(&["number", "next", "云工发", "--year", "2026"]).ends_with("〕5号")
    );
}

#[test]
fn who_wants_a_number_waits_for_the_doctor() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发"]);
    let lock = std::fs::File::open(desk.path().join(".登记簿.db.锁")).unwrap();
    lock.lock().unwrap();
    let mut clerk = desk.command(&["number", "reserve", "云工发"]);
    let mut clerk = clerk.stdout(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(clerk.try_wait().unwrap(), None);
    drop(lock);
    let did = Did::of(clerk.wait_with_output().unwrap()).code(0);
    assert!(did.out.trim().ends_with("〕2号"), "{}", did.out);
}

#[test]
fn a_number_that_was_given_back_stays_so_behind_a_recovery() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发", "--year", "2026"]);
    // No copy is left of what comes to nothing.
    desk.write("甲.yaml", notice("甲"));
    desk.write("甲.pdf/占着.txt", "");
    let issue = ["issue", "甲.yaml", "--code", "云工发", "--date", "2026-03-05"];
    desk.run(&issue).code(2).says("没有占用");
    let next = || desk.good(&["number", "next", "云工发", "--year", "2026"]);
    assert_eq!(next(), "云工发〔2026〕2号");
    damage(&desk);
    desk.run(&["number", "doctor"]).code(0).says("2 条记录，已从损坏的登记簿里取回");
    assert_eq!(next(), "云工发〔2026〕2号");
    assert_eq!(desk.entries().len(), 1);
    desk.run(&["number", "history", "云工发〔2026〕2号"]).code(0).says("退号");
}

#[test]
fn a_recovery_that_fails_leaves_everything_as_it_was() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发"]);
    damage(&desk);
    // A change that cannot be done again.
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    db.execute(
        "INSERT INTO event (at, kind, code, year, serial, user, host, reason, entry) \
         SELECT at, kind, code, year, 2, user, host, reason, '{半' FROM event",
        [],
    )
    .unwrap();
    drop(db);
    let files = || -> BTreeSet<_> {
        let entries = std::fs::read_dir(desk.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name());
        names.filter(|name| name != "登记簿.db-journal").collect()
    };
    let (before, register) = (files(), std::fs::read(desk.register()).unwrap());
    desk.run(&["number", "doctor"]).code(2);
    assert_eq!(files(), before);
    assert_eq!(std::fs::read(desk.register()).unwrap(), register);
}

#[test]
fn the_doctor_sweeps_where_the_register_and_the_pdfs_of_a_workspace_lie() {
    let desk = Desk::new();
    let home = format!("{WORKSPACE}登记簿: ../簿/登记簿.db\n归档: ../发文\n");
    desk.write("室/hongtou.yaml", home);
    let left = [
        "室/稿/.hongtou~~弃",
        "簿/.hongtou~~弃",
        "簿/登记簿备份/.hongtou~~弃",
        "发文/.hongtou~~弃",
    ];
    left.iter().for_each(|name| desk.write(name, "半"));
    desk.write("旁/.hongtou~~弃", "半");
    for args in [&["number", "reserve", "云工发"][..], &["number", "doctor"]] {
        let mut command = desk.command(args);
        let did = Did::of(command.current_dir(desk.path().join("室")).output().unwrap());
        did.code(0);
    }
    for name in left {
        assert!(!desk.path().join(name).exists(), "{name}");
    }
    assert!(desk.path().join("旁/.hongtou~~弃").exists());
}
