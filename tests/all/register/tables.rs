//! The register as a table, and tables as a register.

use hongtou::ledger::State;
use hongtou::notice::sheet;

use super::{Desk, Did, notice};

/// A register of four numbers, one of them with a title that looks like a formula.
fn filled() -> Desk {
    let desk = Desk::new();
    for (name, title) in [("甲.yaml", "甲"), ("乙.yaml", "乙")] {
        desk.write(name, notice(title) + "抄送: 市委办公室\n印发: {份数: 60}\n");
        desk.good(&["issue", name, "--code", "云工发", "--date", "2026-03-05"]);
    }
    let evil = "=HYPERLINK(\"http://a\")";
    desk.good(&["number", "reserve", "云工发", "--year", "2026", "--for", evil]);
    desk.good(&[
        "number",
        "reserve",
        "云工函",
        "--year",
        "2026",
        "--for",
        "\u{1b}[31m红",
    ]);
    desk.good(&["number", "void", "云工发〔2026〕2号", "--why=-印错"]);
    desk
}

#[test]
fn the_list_is_what_offices_print() {
    let desk = filled();
    let list = desk.good(&["number", "list"]);
    insta::assert_snapshot!(list);
    assert!(!list.contains('\u{1b}'));
    let count = |args: &[&str]| {
        let args: Vec<&str> = ["number", "list"].iter().chain(args).copied().collect();
        desk.good(&args).lines().count() - 1
    };
    assert_eq!(count(&["--year", "2026"]), 4);
    assert_eq!(count(&["--state", "作废"]), 1);
    assert_eq!(count(&["--code", "云工函"]), 1);
    assert_eq!(count(&["--body", "总工会"]), 2);
    assert_eq!(count(&["--text", "关于甲"]), 1);
    assert_eq!(desk.good(&["number", "list", "--year", "2025"]), "没有这样的号");
}

#[cfg(unix)]
#[test]
fn a_reader_of_a_long_list_may_go_away() {
    let desk = Desk::new();
    for _ in 0..3 {
        desk.good(&["number", "reserve", "云工发", "--count", "1000"]);
    }
    for format in ["table", "csv", "json"] {
        let mut command = desk.command(&["number", "list", "--format", format]);
        let piped = std::process::Stdio::piped;
        let mut child = command.stdout(piped()).stderr(piped()).spawn().unwrap();
        drop(child.stdout.take());
        Did::of(child.wait_with_output().unwrap()).code(0);
    }
}

#[test]
fn no_cell_of_an_exported_register_is_a_formula() {
    let desk = filled();
    let csv = desk.good(&["number", "list", "--format", "csv"]);
    let head =
        "\u{feff}序号,发文字号,标题,密级,签发人,成文日期,印数,主送,抄送,状态,备注\r\n";
    assert!(csv.starts_with(head), "{csv}");
    assert!(csv.contains(",\"'=HYPERLINK(\"\"http://a\"\")\""), "{csv}");
    assert!(csv.contains(",作废,'-印错"), "{csv}");
    desk.good(&["number", "list", "-o", "簿.xlsx"]);
    let bytes = std::fs::read(desk.path().join("簿.xlsx")).unwrap();
    let grid = sheet::read(&bytes, None, sheet::COLUMNS).unwrap();
    assert_eq!(grid.rows[0][1], "发文字号");
    assert!(grid.rows.iter().any(|row| row[10] == "=HYPERLINK(\"http://a\")"));
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(
        &mut parts.by_name("xl/worksheets/sheet1.xml").unwrap(),
        &mut xml,
    )
    .unwrap();
    assert!(!xml.contains("<f>") && !xml.contains("<f "), "{xml}");
    let json = desk.good(&["number", "list", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[1]["number"], "云工发〔2026〕1号");
    assert_eq!(json.as_array().unwrap().len(), 4);
    desk.run(&["number", "list", "--format", "xlsx"]).code(2).says("-o");
    desk.run(&["number", "list", "-o", "甲.yaml"]).code(2).says("不会盖掉");
    desk.run(&["number", "list", "-o", "乙.YML"]).code(2).says("不会盖掉");
    desk.run(&["number", "list", "-o", "登记簿.DB"]).code(2).says("不会盖掉");
}

#[test]
fn an_exported_register_is_imported_as_it_was() {
    for name in ["簿.csv", "簿.xlsx"] {
        let (old, new) = (filled(), Desk::new());
        old.good(&["number", "list", "-o", name]);
        std::fs::copy(old.path().join(name), new.path().join(name)).unwrap();
        new.run(&["number", "import", name]).code(0).says("导入 4 个号");
        let rows = |desk: &Desk| desk.good(&["number", "list", "--format", "csv"]);
        assert_eq!(rows(&new), rows(&old));
        new.run(&["number", "import", name]).code(0).says("导入 0 个号，4 个登记过了");
        assert!(
            new.good(&["number", "next", "云工发", "--year", "2026"]).ends_with("4号")
        );
    }
}

#[test]
fn one_wrong_row_imports_nothing_and_all_are_told() {
    let desk = Desk::new();
    let table = "文号,标题,日期,状态\n云工发〔2025〕1号,甲,2025/1/6,已发\n云工发[2025]2号,乙,2025-1-7,\n云工发〔2025〕3号,丙,2025-02-30,\n云工发〔2025〕4号,丁,,丢了\n云工发〔2025〕1号,戊,,\n";
    desk.write("旧.csv", table);
    desk.run(&["number", "import", "旧.csv"])
        .code(1)
        .says("应写作“云工发〔2025〕2号”")
        .says("没有“2025-02-30”这个日期")
        .says("没有“丢了”这种状态")
        .says("重号")
        .says("一条也没有导入");
    assert!(desk.entries().is_empty());
    desk.write("旧.csv", "云工发〔2025〕1号,甲\n");
    desk.run(&["number", "import", "旧.csv"]).code(1).says("R401");
    desk.good(&["number", "reserve", "云工发", "--year", "2025", "--for", "别的"]);
    desk.write("旧.csv", "发文字号,标题\n云工发〔2025〕2号,乙\n云工发〔2025〕1号,甲\n");
    desk.run(&["number", "import", "旧.csv"]).code(1).says("R404").says("别的");
    assert_eq!(desk.entries().len(), 1);
}

#[test]
fn a_folder_of_notices_is_imported_with_its_digests() {
    let desk = Desk::new();
    let dated = |number: &str, title: &str| {
        format!("发文字号: {number}\n成文日期: 2025-03-05\n{}", notice(title))
    };
    desk.write("旧/甲.yaml", dated("云工发〔2025〕1号", "甲"));
    desk.write("旧/里/乙.yaml", dated("云工发〔2025〕3号", "乙"));
    desk.write("旧/稿.yaml", notice("稿"));
    desk.write("旧/.删去/丁.yaml", dated("云工发〔2025〕1号", "丁"));
    desk.write("旧/docker.yaml", "services: {}\n");
    desk.good(&["build", "旧/甲.yaml"]);
    desk.run(&["number", "import", "旧"]).code(0).says("导入 2 个号，1 份没有编号");
    let entries = desk.entries();
    assert_eq!(entries[0].state, State::Issued);
    assert_eq!(entries[0].sent.pdf_file, "旧/甲.pdf");
    desk.run(&["verify", "旧"]).code(0).says("3 份相符").says("1 份还没有编号");
    desk.run(&["number", "gaps"]).code(1).says("缺号  云工发〔2025〕2号");
    desk.good(&["number", "void", "云工发〔2025〕2号", "--why", "当年跳号"]);
    desk.run(&["number", "gaps"]).code(0).says("作废  云工发〔2025〕2号  当年跳号");
    desk.run(&["number", "void", "云工发〔2025〕4号", "--why", "无"])
        .code(2)
        .says("还没有编出");
    desk.write("旧/丙.yaml", dated("云工发〔2025〕3号", "丙"));
    desk.run(&["number", "import", "旧"]).code(1).says("重号");
}
