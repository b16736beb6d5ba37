//! `hongtou number doctor`: what is open is ended or undone; what is damaged is recovered.

use walkdir::{DirEntry, WalkDir};

use super::super::desk::Desk;
use super::super::issue::{Request, issue_file};
use super::here;
use crate::args::number::Doctor;
use crate::diag::Error;
use crate::files;
use crate::ledger::{
    Fault, Health, Intent, Ledger, Recovered, backup_folder, copies, digest_of_file,
    health, recover,
};
use crate::paths::folder_of;
use crate::pipeline::Options;
use crate::terminal;
use crate::workspace::Workspace;

/// Examines the register.
pub(super) fn doctor(args: &Doctor) -> Result<(), Error> {
    let desk = here()?;
    let path = &desk.workspace.register;
    let left = copies(&backup_folder(path));
    match health(path) {
        Health::Missing if left.is_empty() => {
            terminal::say("还没有登记簿，第一次编号时自动建立");
            return Ok(());
        }
        Health::Missing => restore(&desk, "不见了，或是空的")?,
        Health::Damaged(why) => restore(&desk, &format!("已损坏（{why}）"))?,
        Health::Closed(fault) => return Err(desk.told(fault)),
        Health::Good(..) => {}
    }
    let mut ledger = desk.open()?;
    let open = settle(&desk, &mut ledger, &args.tools.options())?;
    desk.back_up(&ledger);
    sweep(&desk.workspace);
    if let Health::Good(numbers, events) = health(path) {
        let left = copies(&backup_folder(path)).len();
        terminal::say(&format!(
            "登记簿完好：{numbers} 个号，{events} 条记录；备份 {left} 份"
        ));
    }
    if open == 0 { Ok(()) } else { Err(Error::document()) }
}

/// Removes what killed programs left unfinished beside the files they were writing: in the
/// workspace, and where its register, the copies of it and issued PDFs lie.
fn sweep(workspace: &Workspace) {
    let below = WalkDir::new(&workspace.folder).into_iter().filter_map(Result::ok);
    let below = below.filter(|entry| entry.file_type().is_dir()).map(DirEntry::into_path);
    let register = &workspace.register;
    let elsewhere = [folder_of(register).to_owned(), backup_folder(register)];
    let folders = below.chain(elsewhere).chain(workspace.archive.clone());
    let removed: usize = folders.map(|folder| files::sweep(&folder)).sum();
    if removed > 0 {
        terminal::say(&format!("清除了 {removed} 个中断时留下的临时文件"));
    }
}

/// Puts a copy in the register's place.
fn restore(desk: &Desk, why: &str) -> Result<(), Error> {
    let path = &desk.workspace.register;
    let name = path.display();
    terminal::say(&format!("登记簿“{name}”{why}"));
    let done = match recover(path).map_err(|fault| desk.told(fault))? {
        Recovered::From(done) => done,
        Recovered::Whole => {
            terminal::say("别人刚刚恢复了它");
            return Ok(());
        }
        Recovered::NoCopy => {
            return Err(Error::command("没有完好的备份，恢复不了").hint(format!(
                "把“{name}”改名，用 `hongtou number import` 从通知重新登记"
            )));
        }
    };
    terminal::say(&format!(
        "已从备份“{}”恢复（{} 条记录）",
        done.copy.display(),
        done.kept
    ));
    if done.regained > 0 {
        let count = done.regained;
        terminal::say(&format!("备份以后的 {count} 条记录，已从损坏的登记簿里取回"));
    }
    if !done.complete {
        terminal::say(
            "损坏的登记簿读不到末尾：备份以后若还编过号，恢复的登记簿里没有。\n请运行 \
             `hongtou verify .` 核对；缺的用 `hongtou number import` 补上",
        );
    }
    if done.aside.exists() {
        terminal::say(&format!("损坏的登记簿改名为“{}”", done.aside.display()));
    }
    Ok(())
}

/// Ends or undoes what is open; how many could be neither.
fn settle(desk: &Desk, ledger: &mut Ledger, options: &Options) -> Result<usize, Error> {
    let mut left = 0;
    for begun in ledger.intents().map_err(|fault| desk.told(fault))? {
        terminal::say(&format!("{} 发给“{}”，没有做完", begun.number, begun.file));
        let file = desk.workspace.path_of(&begun.file);
        let now = digest_of_file(&file).ok();
        let known =
            now.as_ref() == Some(&begun.before) || now.as_ref() == Some(&begun.after);
        if known {
            match issue_file(desk, &file, &Request::default(), options) {
                Ok(()) => terminal::say("　　接着做完了"),
                Err(error) => {
                    terminal::fail(&error);
                    terminal::say("　　还不能做完，改好后再运行一次");
                    left += 1;
                }
            }
            continue;
        }
        let why =
            if now.is_some() { "中断以后通知改过" } else { "通知不见了" };
        terminal::say(&undo(desk, ledger, &begun, why)?);
    }
    Ok(left)
}

fn undo(
    desk: &Desk,
    ledger: &mut Ledger,
    begun: &Intent,
    why: &str,
) -> Result<String, Error> {
    let given_back: Result<bool, Fault> = ledger.change(|change| change.undo(begun, why));
    let given_back = given_back.map_err(|fault| desk.told(fault))?;
    let number = &begun.number;
    Ok(match (given_back, begun.reissue) {
        (true, _) => format!("　　{why}，已撤销，号没有占用"),
        (false, true) => format!("　　{why}，已撤销，登记的还是原来发的"),
        (false, false) => {
            format!(
                "　　{why}，已撤销；后面的号已经用了，{number} 仍留给“{}”",
                begun.file
            )
        }
    })
}
