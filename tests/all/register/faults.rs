//! Disks that are full, folders that are closed, registers that are damaged.

use hongtou::ledger::State;

use super::{Desk, Did, assert_no_gap, notice};

/// Issues with files limited to so many blocks of 512 bytes: writing beyond fails as it does
/// on a full disk.
#[cfg(unix)]
fn issue_with_little_room(desk: &Desk, name: &str, blocks: u32) -> Did {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_hongtou"), "issue", name]);
    command.args(["--code", "云工发"]).current_dir(desk.path());
    Did::of(command.output().unwrap())
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_everything_as_it_was() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发", "--count", "40"]);
    let (mut failed, mut text) = (0, notice("腾出磁盘空间"));
    desk.write("甲.yaml", &text);
    for blocks in [0, 1, 8, 16, 32, 48, 64, 80, 96, 112, 128, 160, 200] {
        let did = issue_with_little_room(&desk, "甲.yaml", blocks);
        let open = !desk.ledger().intents().unwrap().is_empty();
        if did.code == Some(0) {
            text = desk.read("甲.yaml");
            assert!(text.contains("发文字号") && !open, "{blocks}");
            break;
        }
        failed += 1;
        assert_eq!(did.code, Some(2), "{blocks}: {}", did.err);
        assert!(did.err.contains("办法"), "{blocks}: {}", did.err);
        assert_eq!(desk.read("甲.yaml"), text, "{blocks}");
    }
    assert!(failed >= 4, "{failed}");
    desk.run(&["number", "doctor"]).code(0);
    desk.run(&["issue", "甲.yaml", "--code", "云工发"]).code(0);
    let entries = desk.entries();
    assert_no_gap(&entries);
    assert_eq!(entries.len(), 41);
    desk.run(&["verify", "."]).code(0).says("相符");
}

/// Permissions do not bind root, so that another user is taken then.
#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let desk = Desk::new();
    desk.write("甲.yaml", notice("甲"));
    desk.good(&["number", "reserve", "云工发"]);
    let mode = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(desk.path(), permissions).unwrap();
    };
    mode(0o555);
    let root = std::fs::metadata(desk.path()).unwrap().uid() == 0;
    for args in
        [&["number", "reserve", "云工发"][..], &["issue", "甲.yaml", "--code", "云工发"]]
    {
        let mut command = desk.command(args);
        if root {
            command.uid(65534).gid(65534);
        }
        match command.output() {
            Ok(output) => drop(Did::of(output).code(2).says("不能写")),
            Err(error) => {
                println!("not run: the binary is out of reach for others: {error}");
            }
        }
    }
    mode(0o755);
    assert_eq!(desk.read("甲.yaml"), notice("甲"));
    assert_eq!(desk.entries().len(), 1);
}

#[test]
fn a_pdf_that_cannot_be_written_costs_no_number() {
    let desk = Desk::new();
    desk.write("甲.yaml", notice("甲"));
    desk.write("甲.pdf/占着.txt", "");
    desk.run(&["issue", "甲.yaml", "--code", "云工发"]).code(2).says("没有占用");
    assert_eq!(desk.read("甲.yaml"), notice("甲"));
    assert!(desk.entries().is_empty());
}

#[test]
fn a_register_of_a_newer_version_is_left_alone() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发"]);
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let before = std::fs::read(desk.register()).unwrap();
    for args in [
        &["number", "next", "云工发"][..],
        &["number", "reserve", "云工发"],
        &["number", "list"],
        &["number", "doctor"],
    ] {
        desk.run(args).code(2).says("换用新的 hongtou");
    }
    assert_eq!(std::fs::read(desk.register()).unwrap(), before);
}

#[test]
fn another_programs_database_is_left_alone() {
    let desk = Desk::new();
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    db.execute_batch("CREATE TABLE t (a)").unwrap();
    drop(db);
    desk.run(&["number", "reserve", "云工发"]).code(2).says("不是发文登记簿");
    desk.run(&["number", "doctor"]).code(2).says("不是发文登记簿");
}

/// Damages a register in each of several ways and lets the doctor recover it.
#[test]
fn a_damaged_register_is_recovered_and_no_number_given_again() {
    type Damage = fn(&mut Vec<u8>);
    let damages: [(&str, Damage); 5] = [
        ("head", |bytes| bytes[..100].fill(0x5a)),
        ("middle", |bytes| {
            let half = bytes.len() / 2;
            bytes[4096..half].fill(0x5a);
        }),
        ("cut", |bytes| bytes.truncate(5000)),
        ("empty", Vec::clear),
        ("text", |bytes| *bytes = "不是登记簿".repeat(3000).into_bytes()),
    ];
    for (what, damage) in damages {
        let desk = Desk::new();
        desk.write("甲.yaml", notice("甲"));
        desk.good(&["issue", "甲.yaml", "--code", "云工发"]);
        desk.good(&["number", "reserve", "云工发", "--count", "30"]);
        let before = desk.entries();
        let mut bytes = std::fs::read(desk.register()).unwrap();
        damage(&mut bytes);
        std::fs::write(desk.register(), bytes).unwrap();
        let did = desk.run(&["number", "reserve", "云工发"]);
        assert_eq!(did.code, Some(2), "{what}: {}{}", did.out, did.err);
        assert!(did.err.contains("doctor"), "{what}: {}", did.err);
        desk.run(&["number", "doctor"]).code(0).says("恢复").says("登记簿完好");
        assert_eq!(desk.entries(), before, "{what}");
        assert!(
            desk.good(&["number", "reserve", "云工发"]).ends_with("〕32号"),
            "{what}"
        );
        desk.run(&["verify", "甲.yaml"]).code(0);
    }
}

#[test]
fn a_register_that_is_gone_is_not_begun_anew_beside_its_copies() {
    let desk = Desk::new();
    let number = desk.good(&["number", "reserve", "云工发"]);
    desk.good(&["number", "reserve", "云工发", "--count", "2"]);
    let dated = notice("甲") + "成文日期: 2026-03-05\n";
    desk.write("甲.yaml", format!("发文字号: {number}\n{dated}"));
    let empty = || std::fs::write(desk.register(), "").unwrap();
    for lose in [&|| std::fs::remove_file(desk.register()).unwrap(), &empty as &dyn Fn()]
    {
        lose();
        for args in [
            &["number", "next", "云工发"][..],
            &["number", "list"],
            &["number", "gaps"],
            &["number", "history", &number],
            &["verify", "."],
            &["number", "reserve", "云工发"],
        ] {
            desk.run(args).code(2).says("重号").says("hongtou number doctor");
        }
        desk.run(&["build", "甲.yaml"]).code(0).says("R103").says("不见了");
    }
    desk.run(&["number", "doctor"]).code(0).says("恢复");
    assert!(desk.good(&["number", "next", "云工发"]).ends_with("〕4号"));
}

#[test]
fn what_a_copy_lacks_is_regained_from_the_damaged_register_or_told() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发", "--count", "2"]);
    let copies = desk.path().join("登记簿备份");
    let kept = std::fs::read_dir(&copies).unwrap().next().unwrap().unwrap().path();
    desk.good(&["number", "reserve", "云工发", "--for", "后来的"]);
    for entry in std::fs::read_dir(&copies).unwrap() {
        let path = entry.unwrap().path();
        if path != kept {
            std::fs::remove_file(path).unwrap();
        }
    }
    // A damaged index: the rows themselves can still be read.
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = 'number_reserved'";
    let page: u32 = db.query_row(page, [], |row| row.get(0)).unwrap();
    let page = page as usize;
    drop(db);
    let mut bytes = std::fs::read(desk.register()).unwrap();
    bytes[(page - 1) * 4096..page * 4096].fill(0x5a);
    std::fs::write(desk.register(), bytes).unwrap();
    desk.run(&["number", "doctor"]).code(0).says("已从损坏的登记簿里取回");
    let entries = desk.entries();
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[2].remark, "后来的");
    assert_eq!(entries[2].state, State::Reserved);
}

#[test]
fn copies_are_kept_as_deep_as_asked() {
    let desk = Desk::new();
    desk.write("hongtou.yaml", format!("{}备份: 3\n", super::WORKSPACE));
    for _ in 0..6 {
        desk.good(&["number", "reserve", "云工发"]);
    }
    let names: Vec<String> = {
        let entries = std::fs::read_dir(desk.path().join("登记簿备份")).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names, ["000000004.db", "000000005.db", "000000006.db"]);
}

#[test]
fn history_is_never_rewritten() {
    let desk = Desk::new();
    let number = desk.good(&["number", "reserve", "云工发"]);
    desk.good(&["number", "void", &number, "--why", "不办了"]);
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    for wrong in [
        "UPDATE event SET user = '别人'",
        "DELETE FROM event",
        "UPDATE number SET serial = serial + 1",
        "DELETE FROM number",
        "INSERT INTO number (code, year, serial, state) SELECT code, year, serial, 'void' \
         FROM number",
    ] {
        assert!(db.execute(wrong, []).is_err(), "{wrong}");
    }
}

#[test]
fn what_killed_programs_left_unfinished_is_swept_away_when_it_is_old() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发"]);
    let record = "稿/.hongtou-record.jsonl";
    for (name, hours) in
        [(".hongtou~旧", 2), ("稿/.hongtou~旧", 2), (".hongtou~w新", 0), (record, 2)]
    {
        desk.write(name, "半");
        let file = std::fs::File::options().write(true).open(desk.path().join(name));
        let age = std::time::Duration::from_secs(hours * 3600);
        file.unwrap().set_modified(std::time::SystemTime::now() - age).unwrap();
    }
    // Files that are being written are locked; without the lock nobody is at work on them.
    for name in [".hongtou~~弃", ".hongtou~~写"] {
        desk.write(name, "半");
    }
    let writing = std::fs::File::open(desk.path().join(".hongtou~~写")).unwrap();
    writing.lock().unwrap();
    desk.run(&["number", "doctor"]).code(0).says("清除了 3 个");
    assert!(desk.path().join(".hongtou~~写").exists());
    assert!(desk.path().join(".hongtou~w新").exists());
    assert!(desk.path().join(record).exists());
}

#[test]
fn behind_a_recovery_a_whole_copy_is_left_again() {
    let desk = Desk::new();
    for _ in 0..3 {
        desk.good(&["number", "reserve", "云工发"]);
    }
    // The next change is the fourth; what lies under its name is no copy.
    desk.write("登记簿备份/000000004.db", "坏的");
    desk.good(&["number", "reserve", "云工发"]);
    let copy = desk.path().join("登记簿备份/000000004.db");
    let copied = hongtou::ledger::health(&copy);
    assert!(matches!(copied, hongtou::ledger::Health::Good(4, 4)), "{copied:?}");
}

#[test]
fn an_issue_that_another_program_undid_is_not_told_as_issued() {
    let desk = Desk::new();
    desk.good(&["number", "reserve", "云工发", "--for", "甲.yaml"]);
    desk.write("甲.yaml", notice("甲"));
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    let undo = "CREATE TRIGGER undo AFTER INSERT ON intent \
                BEGIN DELETE FROM intent WHERE number = new.number; END";
    db.execute_batch(undo).unwrap();
    let did = desk.run(&["issue", "甲.yaml", "--code", "云工发"]).code(2);
    did.says("没有登记").says("number doctor");
    assert_eq!(desk.entries()[0].state, State::Reserved);
    db.execute_batch("DROP TRIGGER undo").unwrap();
    drop(db);
    desk.run(&["issue", "甲.yaml"]).code(0).says("已发");
    // Had the other program ended it, just this would be in the register.
    let (ledger, entry) = (desk.ledger(), desk.entries().remove(0));
    assert_eq!(ledger.has_sent(&entry.number, &entry.sent).ok(), Some(true));
    let other = hongtou::ledger::Sent { pdf: "另一份".into(), ..entry.sent };
    assert_eq!(ledger.has_sent(&entry.number, &other).ok(), Some(false));
}
