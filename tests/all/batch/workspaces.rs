//! A workspace's file that is there and gives nothing.

use crate::support::{Run, SMALL};

#[cfg(unix)]
const BUILD: [&str; 4] = ["build", "源", "-o", "出"];
#[cfg(unix)]
const OFFICE: &str = "机关: {名称: 云岭市总工会, 抄送: [云岭市委]}\n";

#[cfg(unix)]
#[test]
fn a_workspace_s_file_that_is_a_link_to_nowhere_stops_its_notices() {
    use std::os::unix::fs::symlink;
    let run = Run::new().file("源/甲.yaml", SMALL).file("共用/hongtou.yaml", OFFICE);
    symlink("../共用/hongtou.yaml", run.path().join("源/hongtou.yaml")).unwrap();
    let mut ran = run.args(&BUILD).run().code(0);
    std::fs::rename(ran.folder().join("共用"), ran.folder().join("别处")).unwrap();
    for args in [&BUILD[..], &["build", "源/甲.yaml"], &["build", "源", "--dry-run"]] {
        ran = ran.again(args).run().code(1).says("[W101]").says("指向的文件没有了");
        ran = ran.says("办法: 把那个文件放回去");
    }
}

#[cfg(unix)]
#[test]
fn whatever_has_the_name_of_the_workspace_s_file_and_is_none_stops_its_notices() {
    use std::os::unix::fs::symlink;
    let run = Run::new().file("源/甲.yaml", SMALL).file("源/hongtou.yaml/里.txt", "");
    let ran = run.args(&BUILD).run().code(1).says("[W101]").says("是文件夹，不是文件");
    ran.says("办法: 给它改名");
    let run = Run::new().file("源/甲.yaml", SMALL);
    symlink("hongtou.yaml", run.path().join("源/hongtou.yaml")).unwrap();
    run.args(&BUILD).run().code(1).says("[W101]").says("链接绕了回来").says("办法: ");
}

#[test]
fn a_workspace_s_file_under_another_name_or_without_anything_in_it_is_told() {
    let office = "机关: {名称: 云岭市总工会}\n";
    for name in ["Hongtou.yaml", "hongtou.yml", "hongtou - 副本.yaml"] {
        let run =
            Run::new().file("年/甲.yaml", SMALL).file(&format!("年/{name}"), office);
        let ran = run.args(&["build", "年", "-o", "出"]).run().code(1).says("[W105]");
        let ran = ran.says("文件要叫 hongtou.yaml").says("生成 1 份，失败 1 份");
        assert!(!ran.err.contains("发文机关"), "{}", ran.err);
    }
    for text in ["", "# 以后再写\n", "{}\n"] {
        let run = Run::new().file("年/甲.yaml", SMALL).file("年/hongtou.yaml", text);
        run.args(&["build", "年"])
            .run()
            .code(0)
            .says("[W104]: hongtou.yaml 里什么也没有写");
    }
}
