//! 发文登记簿: numbers that are given once, whatever happens meanwhile.

mod commands;
mod edit;
mod faults;
mod kills;
mod load;
mod recovery;
mod tables;
mod year;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hongtou::ledger::{Entry, Filter, Ledger};

/// A workspace in a folder of its own, in memory where that is possible: what is tested is
/// the order of writes, not the disk.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What the binary did there.
pub struct Did {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

const WORKSPACE: &str = "机关: {名称: 云岭市总工会, 代字: [云工发, 云工函]}\n";

/// A notice without a number.
pub fn notice(title: &str) -> String {
    format!(
        "发文机关: 云岭市总工会\n标题: 关于{title}的通知 # 注\n主送: 各县（区）总工会\n正文: 请落实。\n"
    )
}

impl Desk {
    pub fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.into() } else { std::env::temp_dir() };
        let folder = tempfile::tempdir_in(parent).unwrap();
        let desk = Self { folder };
        desk.write("hongtou.yaml", WORKSPACE);
        desk
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn register(&self) -> PathBuf {
        self.path().join("登记簿.db")
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hongtou"));
        command.args(args).current_dir(self.path()).env_remove("HONGTOU_FONTS");
        command
    }

    pub fn run(&self, args: &[&str]) -> Did {
        Did::of(self.command(args).output().unwrap())
    }

    /// Runs and exits cleanly; what it printed.
    pub fn good(&self, args: &[&str]) -> String {
        let did = self.run(args);
        assert_eq!(did.code, Some(0), "{args:?}\n{}{}", did.out, did.err);
        did.out.trim().to_owned()
    }

    pub fn ledger(&self) -> Ledger {
        Ledger::open(&self.register()).unwrap()
    }

    pub fn entries(&self) -> Vec<Entry> {
        self.ledger().list(&Filter::default()).unwrap()
    }
}

impl Did {
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    pub fn says(self, text: &str) -> Self {
        let all = format!("{}{}", self.out, self.err);
        assert!(all.contains(text), "“{text}” is not in:\n{all}");
        self
    }
}

/// The serials of all numbers are 1, 2, 3 … in each series.
pub fn assert_no_gap(entries: &[Entry]) {
    use std::collections::HashMap;
    let mut last: HashMap<(&str, u16), u32> = HashMap::new();
    for entry in entries {
        let last = last.entry((&entry.number.code, entry.number.year)).or_default();
        *last += 1;
        assert_eq!(entry.number.serial, Some(*last), "{}", entry.number);
    }
}
