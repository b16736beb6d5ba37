//! What goes wrong in the middle of a run stops nothing else.

#[cfg(unix)]
use super::{as_clerk, permit};
use super::{below, notice, pdfs, report};
use crate::support::{Run, SMALL, root};

fn many(count: usize) -> Run {
    let file = |run: Run, i: usize| {
        run.file(&format!("年/{i:03}.yaml"), notice(&format!("第{i}。")))
    };
    (0..count).fold(Run::new(), file)
}

#[test]
fn a_third_of_the_notices_is_broken_and_the_rest_is_built() {
    let run = (0..30).fold(Run::new(), |run, i| {
        let text = match i % 10 {
            0 => "标题: [\n".to_owned(),
            1 => SMALL.replace("2026-03-05", "2026-02-30"),
            2 => SMALL.to_owned() + "附件: [{名称: 表, 表格: {数据: 无.csv}}]\n",
            _ => notice(&format!("第{i}。")),
        };
        run.file(&format!("年/{i:02}.yaml"), text)
    });
    let ran = run.args(&["build", "年", "-o", "出", "--report", "报.json"]).run().code(1);
    assert_eq!(pdfs(&ran.folder().join("出")).len(), 21);
    let ran = ran.says("共：生成 21 份，失败 9 份").says("错误[Y209]");
    // Each failure is told once.
    assert_eq!(ran.err.matches("年/11.yaml").count(), 1, "{}", ran.err);
    assert!(ran.err.contains(" --> 年/11.yaml:6:7\n"), "{}", ran.err);
    let report = report(&ran, "报.json");
    let failed = |it: &&serde_json::Value| it["state"] == "failed";
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.iter().filter(failed).count(), 9);
    for file in files.iter().filter(failed) {
        assert!(file["diagnostics"][0]["place"]["line"].as_u64() > Some(0), "{file}");
    }
    // Once they are right they are built, and nothing else.
    let run = ran.again(&["build", "年", "-o", "出"]).file("年/00.yaml", SMALL);
    run.run().code(1).says("生成 1 份，没有变化 21 份，失败 8 份");
}

#[test]
fn a_workspace_that_is_wrong_fails_its_own_notices_only() {
    let run =
        Run::new().file("年/坏/hongtou.yaml", "机构: 甲\n").file("年/坏/甲.yaml", SMALL);
    let ran =
        run.file("年/乙.yaml", SMALL).args(&["build", "年", "-o", "出"]).run().code(1);
    ran.says("生成 1 份，失败 1 份").says("hongtou.yaml:1:1");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends_and_a_link_to_nowhere_is_told() {
    let run = Run::new().file("年/里/甲.yaml", SMALL);
    std::os::unix::fs::symlink("..", run.path().join("年/里/圈")).unwrap();
    let ran =
        run.args(&["build", "年", "-o", "出"]).run().code(0).says("绕回了上级文件夹");
    assert_eq!(pdfs(&ran.folder().join("出")).len(), 1);
    std::os::unix::fs::symlink("无.yaml", ran.folder().join("年/乙.yaml")).unwrap();
    let ran = ran.again(&["build", "年", "-o", "出"]).run().code(1);
    ran.says("年/乙.yaml").says("没有变化 1 份，失败 1 份");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_told_and_the_rest_is_built() {
    let run = Run::new().file("年/锁/甲.yaml", SMALL).file("年/乙.yaml", SMALL);
    let locked = run.path().join("年/锁");
    permit(run.path(), 0o777);
    permit(&locked, 0o000);
    let ran = as_clerk(run.path(), &["build", "年", "-o", "出"]);
    permit(&locked, 0o755);
    let Some((code, said)) = ran else { return };
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("“年/锁”读不了：没有权限"), "{said}");
    assert!(said.contains("生成 1 份，失败 1 份"), "{said}");
}

#[test]
fn a_target_that_is_a_folder_fails_alone() {
    let run = many(3).file("出/001.pdf/占.txt", "");
    let ran = run.args(&["build", "年", "-o", "出"]).run().code(1);
    ran.says("生成 2 份，失败 1 份").says("出/001.pdf");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_half_file_and_what_fits_is_built() {
    use std::process::Command;
    let run = many(3).file("年/大.yaml", notice(&"很长的一段。".repeat(20_000)));
    let path = run.path().to_owned();
    // No file may grow over 200 KB: to the program that is a write that fails in the middle.
    let script = format!(
        "trap '' XFSZ; ulimit -f 400; exec '{}' build 年 -o 出 -j 1",
        env!("CARGO_BIN_EXE_hongtou")
    );
    let out =
        Command::new("sh").arg("-c").arg(script).current_dir(&path).output().unwrap();
    let err = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(1), "{err}");
    assert!(
        err.contains("生成 3 份，失败 1 份") && err.contains("写不了“出/大.pdf”"),
        "{err}"
    );
    let left: Vec<_> = std::fs::read_dir(path.join("出"))
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_is_gone_on_with() {
    use std::process::{Command, Stdio};
    let run = many(120);
    let path = run.path().to_owned();
    let mut child = Command::new(env!("CARGO_BIN_EXE_hongtou"))
        .args(["build", "年", "-o", "出", "-q", "-j", "1"])
        .current_dir(&path)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = std::time::Instant::now();
    let count = || std::fs::read_dir(path.join("出")).map_or(0, Iterator::count);
    while count() < 10 && started.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let early = pdfs(&path.join("出"));
    assert!(!early.is_empty() && early.len() < 120, "{}", early.len());
    for (name, bytes) in &early {
        assert!(
            bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF"),
            "{}",
            name.display()
        );
    }
    let ran = run.args(&["build", "年", "-o", "出"]).run().code(0).says("没有变化");
    let late = pdfs(&path.join("出"));
    assert_eq!(late.len(), 120);
    assert!(early.iter().all(|(name, bytes)| late[name] == *bytes));
    let hidden = std::fs::read_dir(path.join("出"))
        .unwrap()
        .filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(hidden.count(), 1, "only the record");
    drop(ran);
}

#[cfg(target_os = "linux")]
#[test]
fn a_request_to_stop_leaves_whole_files_and_says_how_to_go_on() {
    use std::process::{Command, Stdio};
    let run = many(200);
    let path = run.path().to_owned();
    let child = Command::new(env!("CARGO_BIN_EXE_hongtou"))
        .args(["build", "年", "-o", "出", "-q", "-j", "1", "--report", "报告.json"])
        .current_dir(&path)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = std::time::Instant::now();
    let count = || std::fs::read_dir(path.join("出")).map_or(0, Iterator::count);
    while count() < 5 && started.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    Command::new("sh")
        .arg("-c")
        .arg(format!("kill -INT {}", child.id()))
        .status()
        .unwrap();
    let out = child.wait_with_output().unwrap();
    let err = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2), "{err}");
    assert!(err.contains("中途停下"), "{err}");
    let told = std::fs::read(path.join("报告.json")).unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
    let files = told["files"].as_array().unwrap();
    let undone = files.iter().filter(|it| it["state"] == "undone").count();
    assert!(files.len() == 200 && undone > 0, "{undone} of {}", files.len());
    assert!(
        below(&path.join("出"))
            .iter()
            .all(|it| it.extension().is_some_and(|e| e == "pdf"))
    );
    let built = pdfs(&path.join("出")).len();
    assert!(built < 200);
    let ran = run.args(&["build", "年", "-o", "出"]).run().code(0);
    ran.says(&format!("没有变化 {built} 份"));
}

#[test]
fn a_notice_that_vanishes_meanwhile_fails_alone() {
    let run = many(40);
    let path = run.path().to_owned();
    let ran = std::thread::scope(|scope| {
        scope.spawn(|| {
            let started = std::time::Instant::now();
            while !path.join("出/000.pdf").exists() && started.elapsed().as_secs() < 60 {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            std::fs::remove_file(path.join("年/039.yaml")).unwrap();
        });
        run.args(&["build", "年", "-o", "出", "-j", "1"]).run()
    });
    ran.code(1).says("生成 39 份，失败 1 份").says("年/039.yaml");
}

/// How many file ids the engine has given out.
fn ids(probe: &str) -> u16 {
    use typst::syntax::{RootedPath, VirtualPath, VirtualRoot};
    let path = RootedPath::new(VirtualRoot::Project, VirtualPath::new(probe).unwrap());
    path.intern().into_raw().get()
}

#[test]
fn many_notices_with_files_of_their_own_take_no_more_of_the_engine_s_ids() {
    use hongtou::pipeline::{Order, read_input};
    let text = notice("")
        + "附件:\n  - {名称: 表, 表格: {数据: 表N.csv}}\n  - {名称: 图, 图片: 图N.svg}\n";
    let run = (0..100).fold(Run::new(), |run, i| {
        let size = i + 9;
        let picture = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"9\"/>"
        );
        run.file(&format!("{i}.yaml"), text.replace('N', &i.to_string()))
            .file(&format!("表{i}.csv"), format!("序号,数\n1,{i}\n"))
            .file(&format!("图{i}.svg"), picture)
    });
    let before = ids("/before");
    for i in 0..100 {
        let input = read_input(&run.path().join(format!("{i}.yaml"))).unwrap();
        let built = crate::support::WORKSHOP.build(&input, &Order::default());
        assert!(built.pdf.is_some(), "{:?}", built.findings);
        hongtou::typeset::forget();
    }
    // Tests beside this one may take some for themselves.
    let taken = ids("/after") - before;
    assert!(taken < 50, "{taken}");
}

#[test]
fn a_workspace_whose_folders_are_not_there_stops_its_own_notices_only() {
    for bad in ["字体: 没有\n", "模板: 没有\n"] {
        let run = Run::new()
            .file("年/甲.yaml", notice("甲"))
            .file("年/乙/丙.yaml", notice("丙"));
        let args = ["build", "年", "-o", "出", "--report", "报告.json"];
        let ran = run.file("年/乙/hongtou.yaml", bad).args(&args).run().code(1);
        let ran = ran.says("不存在").says("生成 1 份，失败 1 份").says("年/乙/丙.yaml：");
        assert_eq!(report(&ran, "报告.json")["failed"], 1);
        let ran = ran.again(&["build", "年", "-o", "别处", "--dry-run"]).run().code(1);
        ran.says("要生成 1 份，失败 1 份");
    }
}

#[test]
fn what_is_named_or_was_built_before_is_at_fault_if_it_is_no_notice() {
    let run = Run::new().file("错.yaml", "发文单位: 甲\n题目: 乙\n");
    run.args(&["build", "错.yaml", "--force"]).run().code(1).says("失败 1 份");
    let ran =
        Run::new().file("年/甲.yaml", notice("甲")).args(&["build", "年"]).run().code(0);
    std::fs::write(ran.folder().join("年/甲.yaml"), "").unwrap();
    ran.again(&["build", "年"]).run().code(1).says("失败 1 份");
}

#[test]
fn runs_over_the_same_notices_do_not_disturb_each_other() {
    let run = (0..12).fold(Run::new(), |run, i| {
        run.file(&format!("年/子/{i:03}.yaml"), notice(&format!("第{i}份")))
    });
    let path = run.path().to_owned();
    let whole = run.args(&["build", "年/子", "-q"]).run().code(0);
    let before = pdfs(&path.join("年/子"));
    let builds = ["年", "年/子", "年/子/../子"].map(|folder| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hongtou"));
        let command = command.args(["build", folder, "--force", "-q"]).current_dir(&path);
        command.stderr(std::process::Stdio::piped()).spawn().unwrap()
    });
    for build in builds {
        let output = build.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        // The record of one folder is one run's at a time; that is said before anything is done.
        let busy = output.status.code() == Some(2) && said.contains("另一个 hongtou");
        assert!(output.status.success() || busy, "{said}");
    }
    assert!(pdfs(&whole.folder().join("年/子")) == before);
    let left = below(&path.join("年")).len();
    assert_eq!(left, 24);
}

#[test]
fn what_is_wrong_with_a_workspace_s_folders_is_told_at_its_line() {
    let text = format!(
        "# 字体\n机关: {{名称: 云岭市总工会}}\n字体: {}\n模板: 没有\n",
        root().join("fonts").display()
    );
    let run = Run::new().file("年/甲.yaml", notice("甲")).file("年/hongtou.yaml", text);
    run.args(&["build", "年"]).run().code(1).says("hongtou.yaml:4:5");
    // Wherever on a line they stand, and whatever else is called so.
    let text = "机关: {名称: 云岭市总工会, 印发机关: 办公室}\n? 模板\n: 没有\n";
    let run = Run::new().file("年/甲.yaml", notice("甲")).file("年/hongtou.yaml", text);
    run.args(&["build", "年"]).run().code(1).says("hongtou.yaml:3:3");
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_are_names_like_others() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let run = Run::new().file("年/甲.yaml", notice("甲"));
    for (at, name) in [&b"\xb1\xea.yaml"[..], b"\xb1\xeb.yaml"].iter().enumerate() {
        let path = run.path().join("年").join(OsStr::from_bytes(name));
        std::fs::write(path, notice(&format!("第{at}"))).unwrap();
    }
    let args = ["build", "年", "-o", "出", "--report", "报.json"];
    let ran = run.args(&args).run().code(0).says("生成 3 份");
    assert_eq!(pdfs(&ran.folder().join("出")).len(), 3);
    let told = report(&ran, "报.json");
    let files = told["files"].as_array().unwrap();
    let names: Vec<_> = files.iter().filter_map(|it| it["file"].as_str()).collect();
    assert_eq!(names, ["年/\\xB1\\xEA.yaml", "年/\\xB1\\xEB.yaml", "年/甲.yaml"]);
    let ran = ran.again(&args).run().code(0).says("没有变化 3 份");
    let path = ran.folder().join("年").join(OsStr::from_bytes(b"\xb1\xea.yaml"));
    std::fs::remove_file(path).unwrap();
    ran.again(&args).run().code(0).says("出/\\xB1\\xEA.pdf 的通知已经没有了");
}
