//! What is too much for a notice is told soon, and takes neither time nor memory.

use base64::Engine;

use crate::support::{Run, SMALL, extracted};

#[test]
fn of_many_findings_the_first_are_shown_and_the_others_counted() {
    let keys: Vec<String> = (0..20_000).map(|at| format!("k{at}x: 1")).collect();
    let ran = Run::new()
        .file("甲.yaml", format!("{{{}}}", keys.join(", ")))
        .args(&["build", "甲.yaml"])
        .run()
        .code(1)
        .says("另有 19803 处没有列出");
    assert_eq!(ran.err.matches("错误[").count(), 200, "{}", ran.err);
    assert!(ran.err.len() < 150_000, "{} bytes", ran.err.len());
}

#[test]
fn many_variables_on_a_line_have_each_its_own_place() {
    let notice = SMALL.replace("结合", &"{{ 甲 }}".repeat(20_000));
    let ran = Run::new()
        .file("甲.yaml", notice)
        .args(&["build", "甲.yaml"])
        .run()
        .code(1)
        .says("另有 19800 处没有列出");
    for nth in [0, 1, 199] {
        let place = format!("甲.yaml:5:{}\n", 6 + 7 * nth);
        assert!(ran.err.contains(&place), "{place} is not in:\n{}", ran.err);
    }
}

#[test]
fn a_report_tells_as_many_findings_and_how_many_more() {
    let notice = SMALL.replace("结合", &"{{ 甲 }}".repeat(300));
    let ran = Run::new()
        .file("甲.yaml", notice)
        .file("乙.yaml", SMALL.replace("18号", "19号"))
        .args(&["build", ".", "-o", "出", "--report", "报告.json"])
        .run()
        .code(1)
        .says("另有 100 处没有列出");
    let report = ran.read("报告.json").expect("a report");
    let report: serde_json::Value = serde_json::from_slice(&report).expect("JSON");
    let counts = |file: &serde_json::Value| {
        (file["diagnostics"].as_array().map(Vec::len), file["more"].as_u64())
    };
    let files = report["files"].as_array().expect("files");
    let counts: Vec<_> = files.iter().map(counts).collect();
    assert_eq!(counts, [(Some(0), None), (Some(200), Some(100))]);
}

/// A notice with a table from a file.
fn with_table(file: &str) -> String {
    SMALL.replace("正文: 请", &format!("正文: [{{表格: {{数据: {file}}}}}]\n附注: 请"))
}

#[test]
fn heaps_of_marks_are_refused_whichever_way_they_come() {
    let heap = format!("甲{}", "\u{301}".repeat(20_000));
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "栏").expect("a cell");
    sheet.write(2, 1, &heap).expect("a cell");
    let book = book.save_to_buffer().expect("a file");
    let variable = SMALL.replace("结合", "{{ 乙 }}");
    let joined = SMALL.replace("结合", &"{{ 乙 }}".repeat(20));
    let lines =
        SMALL.replace("主送: ", &format!("密级: |-\n{}主送: ", "  \u{301}\n".repeat(9)));
    let build = |name: &str, text: &str, set: &str| {
        let set = format!("乙={set}");
        Run::new()
            .file("册.csv", format!("栏,目\n\n1,{heap}\n"))
            .file("册.xlsx", &book)
            .file(name, text)
            .args(&["build", name, "--set", &set])
            .run()
            .code(1)
            .says("错误[Y402]")
    };
    build("甲.yaml", &with_table("册.csv"), "1").says("册.csv:3:1").says("20000 个");
    build("甲.yaml", &with_table("册.xlsx"), "1").says("甲.yaml:5:16").says("B3 格");
    build("甲.yaml", &variable, &heap).says("甲.yaml:5:5").says("20000 个");
    build("甲.yaml", &joined, "\u{301}").says("甲.yaml:5:5").says("20 个");
    build("甲.yaml", &lines, "1").says("甲.yaml:5:3").says("9 个");
}

#[test]
fn a_table_has_the_same_limits_wherever_its_rows_are() {
    let row = |cells: usize| vec!["a"; cells].join(",");
    let inline = |rows: &str| {
        SMALL.replace("请结合", &format!("[{{表格: {{行: {rows}}}}}]\n附注: 结合"))
    };
    let build = |text: &str, table: &str| {
        Run::new()
            .file("甲.yaml", text)
            .file("册.csv", table)
            .args(&["build", "甲.yaml"])
            .run()
    };
    let (high, wide) = (format!("{}\n", row(1)).repeat(20_001), row(51) + "\n");
    let full = format!("{}\n", row(13)).repeat(19_231);
    // Only some of a roster's columns are printed.
    let many = row(1001) + "\n";
    for (table, roster) in [(&high, &high), (&wide, &many), (&full, &full)] {
        build(&with_table("册.csv"), table)
            .code(1)
            .says("错误[Y244]")
            .says("甲.yaml:5:16");
        Run::new()
            .file("甲.yaml", SMALL)
            .file("册.csv", roster)
            .args(&["merge", "甲.yaml", "--data", "册.csv", "-o", "出"])
            .run()
            .code(1)
            .says("错误[Y244]");
        let rows: Vec<String> = table.lines().map(|row| format!("[{row}]")).collect();
        let rows = format!("[{}]", rows.join(","));
        build(&inline(&rows), "").code(1).says("错误[Y244]").says("甲.yaml:5:15");
    }
    build(&inline(&format!("[{}]", row(51))), "").code(1).says("错误[Y244]");
    let fits = build(&with_table("册.csv"), &(row(50) + "\n"));
    assert!(!fits.err.contains("Y244"), "{}", fits.err);
}

#[test]
fn texts_of_the_workspace_are_cleaned_like_those_of_a_notice() {
    let build = |copies: &str| {
        let workspace =
            format!("机关:\n  - 名称: 云岭市总工会\n    抄送: \"{copies}\"\n");
        Run::new()
            .file("hongtou.yaml", workspace)
            .file("年/甲.yaml", SMALL)
            .args(&["build", "年/甲.yaml"])
            .run()
    };
    let ran = build("市委\\e[31m办公室").code(0).says("提醒[Y401]").says("U+001B");
    assert!(ran.err.contains("hongtou.yaml:3:9\n"), "{}", ran.err);
    let pdf = ran.read("年/甲.pdf").expect("a PDF");
    let pdf = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let pages = pdf.get_pages().into_keys();
    let text: String = pages.map(|page| extracted(&pdf, page)).collect();
    assert!(text.contains("抄送：市委[31m办公室。"), "{text}");
    let ran = build("市委\u{202e}办公室").code(0).says("U+202E");
    assert!(ran.err.contains("hongtou.yaml:3:12\n"), "{}", ran.err);
    build(&format!("甲{}", "\u{301}".repeat(9))).code(1).says("错误[Y402]");
}

/// A PNG of one grey, which is small however many pixels it has.
fn grey(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let data = vec![0; (width as usize).div_ceil(8) * height as usize];
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&data).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

#[test]
fn a_picture_of_few_bytes_and_many_pixels_is_refused() {
    let check = |width, height| {
        let text = SMALL.replace("正文: 请", "正文: [图片: 图.png]\n附注: 请");
        Run::new()
            .file("甲.yaml", text)
            .file("图.png", grey(width, height))
            .args(&["build", "甲.yaml"])
            .run()
    };
    let ran = check(20_000, 20_000).code(1).says("错误[Y236]").says("甲.yaml:5:10");
    assert!(ran.err.contains("20000×20000 个像素"), "{}", ran.err);
    let text = SMALL.replace("正文: 请", "正文: [图片: 图.svg]\n附注: 请");
    let picture = base64::engine::general_purpose::STANDARD.encode(grey(20_000, 20_000));
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image";
    let address = format!("href='data:image/png;base64,{picture}'/></svg>");
    Run::new()
        .file("甲.yaml", text)
        .file("图.svg", format!("{drawing} {address}"))
        .args(&["build", "甲.yaml"])
        .run()
        .code(1)
        .says("“图.svg”里的图片有 20000×20000 个像素");
    // A4 at 600 dpi.
    assert!(!check(4961, 7016).err.contains("Y236"));
}

#[cfg(unix)]
#[test]
fn a_device_without_an_end_is_no_notice() {
    let args = ["build", "/dev/zero", "-o", "甲.pdf"];
    Run::new().args(&args).run().code(1).says("错误[Y001]").says("/dev/zero:1:1");
}

#[test]
fn a_workspace_file_is_no_larger_than_a_notice() {
    Run::new()
        .file("hongtou.yaml", "# 空行\n".repeat(1024 * 1024))
        .file("甲.yaml", SMALL)
        .args(&["build", "甲.yaml"])
        .run()
        .code(1)
        .says("错误[Y001]")
        .says("hongtou.yaml:1:1");
}
