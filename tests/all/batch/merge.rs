//! One notice and a table.

use super::{pdfs, report, year};
use rust_xlsxwriter::Workbook;

use crate::support::{Ran, Run, SMALL, extracted};

const NOTICE: &str = "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕18号\n标题: 关于开展职工技能培训的通知\n主送: \"{{ 单位 }}\"\n正文: 请{{ 单位 }}的{{ 联系人 }}同志负责。\n成文日期: 2026-03-05\n";
const ROSTER: &str =
    "单位,区县,联系人\n甲中学,城关区,程样\n乙中学,望溪县,陆样\n丙小学,城关区,何样\n";

fn run() -> Run {
    Run::new().file("通知.yaml", NOTICE).file("名册.csv", ROSTER)
}

const MERGE: [&str; 4] = ["merge", "通知.yaml", "--data", "名册.csv"];

#[test]
fn sixty_units_get_a_notice_each() {
    let args = [
        "merge",
        "年/分送/选派通知.yaml",
        "--data",
        "年/名册.csv",
        "--name",
        "{{ 单位 }}.pdf",
        "-o",
        "出",
    ];
    let ran = year().args(&args).run().code(0).says("生成 60 份，失败 0 份");
    assert_eq!(pdfs(&ran.folder().join("出")).len(), 60);
    let again = year().args(&args).args(&["-j", "3"]).run().code(0);
    assert!(pdfs(&ran.folder().join("出")) == pdfs(&again.folder().join("出")));
}

#[test]
fn each_row_has_its_own_values_and_rows_are_selected() {
    let args = ["--where", "区县=城关区", "--name", "{{ 行号 }}-{{ 单位 }}", "-o", "出"];
    let ran = run().args(&MERGE).args(&args).run().code(0).says("生成 2 份");
    let pdf = ran.read("出/4-丙小学.pdf").unwrap();
    let text = extracted(&lopdf::Document::load_mem(&pdf).unwrap(), 1);
    assert!(text.contains("丙小学") && text.contains("何样"), "{text}");
    assert!(
        ran.read("出/2-甲中学.pdf").is_some() && ran.read("出/3-乙中学.pdf").is_none()
    );
    let ran = run().args(&MERGE).args(&["--where", "区划=城关区"]).run().code(2);
    ran.says("名册没有“区划”这一栏");
    run().args(&MERGE).args(&["--where", "区县=无"]).run().code(2).says("没有一行");
}

#[test]
fn names_are_checked_before_anything_is_written() {
    let rows = "单位,联系人\n甲/中学,一\n乙中学,二\n乙中学,三\nCON,四\n";
    let ran = run()
        .file("名册.csv", rows)
        .args(&MERGE)
        .args(&["--name", "{{ 单位 }}.pdf", "-o", "出"])
        .run()
        .code(2)
        .says("第 2 行的文件名“甲/中学.pdf”含有")
        .says("第 3 行和第 4 行的文件名都是“乙中学.pdf”")
        .says("第 5 行的文件名“CON.pdf”Windows 保留");
    assert_eq!(ran.left(), ["名册.csv", "通知.yaml"]);
    let ran = run().args(&MERGE).args(&["--name", "{{ 单味 }}.pdf"]).run().code(2);
    ran.says("“{{ 单味 }}”算不出来");
}

#[test]
fn a_row_without_a_value_is_told_by_its_number_and_skipped() {
    let rows = "单位,联系人,备注\n甲中学,,\n乙中学,二\n丙小学,三,可以,多\n";
    let ran = run()
        .file("名册.csv", rows)
        .args(&MERGE)
        .args(&["-o", "出", "--report", "报.json"])
        .run()
        .code(1)
        .says("名册第 2 行没有“联系人”的值，跳过")
        .says("名册第 4 行有 4 格，表头只有 3 格，跳过")
        .says("生成 1 份，跳过 2 份");
    assert_eq!(pdfs(&ran.folder().join("出")).len(), 1);
    assert!(ran.read("出/通知-3.pdf").is_some());
    assert_eq!(report(&ran, "报.json")["files"].as_array().unwrap().len(), 3);
}

#[test]
fn a_variable_that_no_column_has_is_told_once_at_its_place() {
    let ran =
        run().file("名册.csv", "单位\n甲\n乙\n").args(&MERGE).args(&["-o", "出"]).run();
    let ran = ran.code(1).says("通知.yaml:5:").says("每一行都排不出来");
    assert_eq!(ran.err.matches("Y301").count(), 1, "{}", ran.err);
    assert_eq!(ran.left(), ["名册.csv", "通知.yaml"]);
}

#[test]
fn copy_numbers_go_on_from_row_to_row() {
    let ran = run().args(&MERGE).args(&["-o", "出", "--copies-from", "7"]).run().code(0);
    for (row, number) in [(2, "000007"), (4, "000009")] {
        let pdf = ran.read(&format!("出/通知-{row}.pdf")).unwrap();
        let text = extracted(&lopdf::Document::load_mem(&pdf).unwrap(), 1);
        assert!(text.contains(number), "{row}: {text}");
    }
    let notice = NOTICE.to_owned() + "份号: \"000041\"\n";
    let ran =
        run().file("通知.yaml", notice).args(&MERGE).args(&["-o", "出"]).run().code(0);
    let pdf = ran.read("出/通知-3.pdf").unwrap();
    let text = extracted(&lopdf::Document::load_mem(&pdf).unwrap(), 1);
    assert!(text.contains("000042"), "{text}");
}

#[test]
fn all_rows_can_be_one_pdf() {
    let ran = run().args(&MERGE).args(&["--combined", "全.pdf"]).run().code(0);
    let ran = ran.says("已生成 全.pdf（3 份，共 5 页）");
    let left = [".hongtou-merge.json", "全.pdf", "名册.csv", "通知.yaml"];
    assert_eq!(ran.left(), left);
    let document = lopdf::Document::load_mem(&ran.read("全.pdf").unwrap()).unwrap();
    for (page, name) in [(1, "甲中学"), (3, "乙中学"), (5, "丙小学")] {
        assert!(extracted(&document, page).contains(name), "{page}");
    }
    let single =
        run().args(&MERGE).args(&["--combined", "全.pdf", "-j", "1"]).run().code(0);
    assert!(single.read("全.pdf") == ran.read("全.pdf"));
}

#[test]
fn values_are_never_code() {
    let rows = "单位,联系人\n#panic()\\n{ 联系人 },$x$\n";
    let ran = run().file("名册.csv", rows).args(&MERGE).args(&["-o", "出"]).run().code(0);
    let pdf = ran.read("出/通知-2.pdf").unwrap();
    let text = extracted(&lopdf::Document::load_mem(&pdf).unwrap(), 1);
    assert!(text.contains("#panic()\\n{联系人}") && text.contains("$x$"), "{text}");
}

#[test]
fn a_table_that_is_none_is_refused() {
    for (name, text) in
        [("名册.csv", ""), ("名册.csv", "单位\n"), ("名册.csv", "单位,单位\n甲,乙\n")]
    {
        let ran = run().file(name, text).args(&MERGE).run();
        assert!(ran.code != 0 && !ran.err.is_empty(), "{text}");
    }
    let ran =
        run().file("通知.yaml", SMALL).args(&["merge", "通知.yaml", "--data", "无.xlsx"]);
    ran.run().code(1).says("找不到文件“无.xlsx”");
}

#[test]
fn a_value_s_own_asterisks_and_hashes_are_printed() {
    let notice = "发文机关: 甲\n标题: 关于培训的通知\n主送: 各单位\n正文: |\n  {{ 单位 }}\n  联系人{{ 联系人 }}，电话{{ 电话 }}。\n成文日期: 2026-03-05\n";
    let rows = "单位,联系人,电话\n# 甲校,张**、李**,138****5678\n";
    let run = Run::new().file("通知.yaml", notice).file("名册.csv", rows);
    let ran = run.args(&MERGE).args(&["--name", "甲", "-o", "出"]).run().code(0);
    let pdf = lopdf::Document::load_mem(&ran.read("出/甲.pdf").unwrap()).unwrap();
    let text = extracted(&pdf, 1);
    assert!(text.contains("联系人张**、李**，电话138****5678。"), "{text}");
    assert!(text.contains("#甲校") && !text.contains("一、"), "{text}");
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let rows =
        "单位,区县,联系人\n甲,a,一\n\n,,\n乙,\"b\nb\",二\n丙,c,\n丁,d\u{2028}d,四\n";
    let ran = run().file("名册.csv", rows).args(&MERGE);
    let ran = ran.args(&["--name", "{{ 行号 }}", "-o", "出"]).run().code(1);
    let ran = ran.says("名册第 6 行没有“联系人”的值").says("生成 3 份");
    for name in ["2", "5", "7"] {
        assert!(ran.read(&format!("出/{name}.pdf")).is_some(), "{name}");
    }
}

#[test]
fn merged_cells_of_a_roster_hold_for_each_of_their_rows() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    for (at, text) in ["单位", "区县", "联系人"].iter().enumerate() {
        sheet.write(0, at as u16, *text).unwrap();
    }
    for row in 1..=4 {
        sheet.write(row, 0, format!("校{row}")).unwrap();
        sheet.write(row, 2, "程样").unwrap();
    }
    sheet.merge_range(1, 1, 3, 1, "城关区", &plain).unwrap();
    sheet.write(4, 1, "望溪县").unwrap();
    sheet.set_row_hidden(2).unwrap();
    let run = run().file("名册.xlsx", book.save_to_buffer().unwrap());
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "--where", "区县=城关区"];
    let ran = run.args(&args).args(&["--name", "{{ 行号 }}{{ 单位 }}", "-o", "出"]);
    let ran = ran.run().code(0).says("生成 2 份");
    assert!(ran.read("出/2校1.pdf").is_some() && ran.read("出/4校3.pdf").is_some());
}

#[test]
fn a_quote_that_swallows_rows_is_told() {
    for rows in [
        "单位,区县,联系人\n甲,a,\"一\n乙,b,二\n丙,c,三\n",
        "单位,区县,联系人\n甲,a,\"一\n乙,b,\"二\"\n",
    ] {
        let ran = run().file("名册.csv", rows).args(&MERGE).run().code(1);
        ran.says("双引号没有配对").says("名册.csv:2:1");
    }
}

#[test]
fn nothing_that_is_there_for_something_else_is_overwritten() {
    let wrong: [(&[&str], &str); 6] = [
        (&["--report", "通知.yaml"], "报告不能写成"),
        (&["--report", "名册.csv"], "报告不能写成"),
        (&["--combined", "通知.yaml"], "不能写成“通知.yaml”"),
        (&["--combined", "名册.csv"], "不能写成“名册.csv”"),
        (&["--combined", "没有/全部.pdf"], "没有文件夹“没有”"),
        (
            &["--combined", "出/甲中学.PDF", "--name", "{{ 单位 }}.pdf", "-o", "出"],
            "也是名册第 2 行的文件名",
        ),
    ];
    for (args, said) in wrong {
        let ran = run().file("出/旧.txt", "").args(&MERGE).args(args).run();
        let ran = ran.code(2).says(said);
        assert_eq!(ran.read("通知.yaml").unwrap(), NOTICE.as_bytes());
        assert_eq!(ran.read("名册.csv").unwrap(), ROSTER.as_bytes());
        assert!(pdfs(ran.folder()).is_empty());
    }
    let wrong = run().args(&["build", "通知.yaml", "--report", "通知.yaml"]);
    wrong.run().code(2).says("报告不能写成");
}

#[test]
fn copy_numbers_end_at_six_digits() {
    let args = ["--copies-from", "999998", "-o", "出"];
    run().args(&MERGE).args(&args).run().code(2).says("份号最多到 999999");
    let ran = run().args(&MERGE).args(&["--name", "{{ 单位"]).run().code(2);
    ran.says("花括号没有配对");
}

#[test]
fn rows_are_counted_as_the_spreadsheet_does_whatever_ends_the_lines() {
    for (end, empty) in
        [("\r\n", ""), ("\n", ""), ("\r", ""), ("\n", "\n\n"), ("\r\n", "\r\n")]
    {
        let rows = format!("单位,联系人{end}甲,程{end}{empty}乙,{end}丙,何\n");
        let blank = empty.matches('\n').count();
        let ran =
            run().file("名册.csv", rows).args(&MERGE).args(&["-o", "出"]).run().code(1);
        let ran = ran.says(&format!("名册第 {} 行没有“联系人”的值", 3 + blank));
        let last = format!("出/通知-{}.pdf", 4 + blank);
        assert!(
            ran.read(&last).is_some() && ran.read("出/通知-2.pdf").is_some(),
            "{end:?}"
        );
    }
    let ran = run().file("名册.csv", "单位,联系人\r\n甲,程\n乙,陆\r\n丙,何\r\n");
    ran.args(&MERGE).args(&["-o", "出"]).run().code(0).says("生成 3 份");
}

#[test]
fn one_column_asked_for_twice_gives_the_rows_of_either_value() {
    let both = ["--where", "区县=城关区", "--where", "区县=望溪县"];
    run().args(&MERGE).args(&both).args(&["-o", "出"]).run().code(0).says("生成 3 份");
    let one = ["--where", "区县=城关区", "--where", "联系人=何样", "-o", "出"];
    run().args(&MERGE).args(&one).run().code(0).says("生成 1 份");
}

#[test]
fn a_skipped_row_keeps_its_copy_number_and_reports_as_bad() {
    let rows = "单位,联系人\n甲,程\n乙,\n丙,何\n";
    let args = ["-o", "出", "--copies-from", "7", "--report", "报告.json"];
    let ran = run().file("名册.csv", rows).args(&MERGE).args(&args).run().code(1);
    let pdf = ran.read("出/通知-4.pdf").unwrap();
    let text = extracted(&lopdf::Document::load_mem(&pdf).unwrap(), 1);
    assert!(text.contains("000009"), "{text}");
    let files = report(&ran, "报告.json")["files"].clone();
    assert_eq!(files[1]["file"], "通知.yaml（名册.csv 第 3 行）");
    assert_eq!(files[1]["state"], "skipped");
    let ran = ran.again(&["report", "报告.json"]).run().code(1);
    assert!(ran.out().contains("通知.yaml（名册.csv 第 3 行）"), "{}", ran.out());
    let dash = run().args(&MERGE).args(&["-o", "-"]).run().code(2);
    dash.says("不能用标准输入、标准输出");
}

#[test]
fn a_roster_is_named_by_its_path_and_tabs_are_no_commas() {
    let run = run().file("册/名册.csv", "单位\t联系人\n甲\t程\n");
    let args = ["merge", "通知.yaml", "--data", "册/名册.csv", "-o", "出"];
    run.args(&args)
        .run()
        .code(1)
        .says("册/名册.csv:1:")
        .says("表头只有一栏")
        .says("CSV UTF-8");
    let ran =
        self::run().args(&["merge", "通知.yaml", "--data", "册/无.csv"]).run().code(1);
    let ran = ran.says("找不到文件“册/无.csv”");
    assert!(!ran.err.contains("名册:1"), "{}", ran.err);
    let args = ["-o", "出", "--report", "没有/报告.json"];
    self::run().args(&MERGE).args(&args).run().code(2).says("没有文件夹“没有”");
}

#[test]
fn one_pdf_of_all_rows_is_written_whole_or_not_at_all() {
    let args = ["--combined", "全.pdf", "-o", "出", "--report", "报告.json"];
    let ran = run().args(&MERGE).args(&args).run().code(0);
    let before = ran.read("全.pdf").unwrap();
    let run = ran.again(&MERGE).args(&args);
    // A character that no face has.
    let run = run.file("名册.csv", ROSTER.replace("陆样", "陆\u{10ffff}"));
    let ran = run.run().code(1).says("没有写“全.pdf”").says("生成 2 份，失败 1 份");
    assert!(ran.read("全.pdf").unwrap() == before);
    assert_eq!(report(&ran, "报告.json")["failed"], 1);
    let run = ran.again(&MERGE).args(&args).file("名册.csv", ROSTER);
    std::fs::remove_file(run.path().join("全.pdf")).unwrap();
    std::fs::create_dir(run.path().join("全.pdf")).unwrap();
    run.run().code(2).says("“全.pdf”是文件夹");
}

#[test]
fn a_roster_has_one_row_of_names_and_may_be_a_link() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    for (column, name) in [(0, "单位"), (1, "联系人")] {
        sheet.merge_range(0, column, 1, column, name, &plain).unwrap();
        sheet.write(2, column, "甲").unwrap();
    }
    let run = self::run().file("名册.xlsx", book.save_to_buffer().unwrap());
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    let ran = run.args(&args).run().code(1).says("Y248").says("取消表头的合并");
    assert!(!ran.folder().join("出").exists());
    #[cfg(unix)]
    {
        let run = self::run().file("别处/名册.csv", ROSTER);
        let link = run.path().join("链接.csv");
        std::os::unix::fs::symlink("别处/名册.csv", link).unwrap();
        let args = ["merge", "通知.yaml", "--data", "链接.csv", "-o", "出"];
        run.args(&args).run().code(0).says("生成 3 份");
    }
}

#[test]
fn names_of_columns_are_read_without_their_white_space() {
    let rows = "单位,\"联系\n人\"\n甲中学,程样\n";
    let ran = run().file("名册.csv", rows).args(&MERGE).args(&["-o", "出"]).run().code(0);
    ran.says("生成 1 份");
}

#[test]
fn what_is_no_variable_is_not_printed_into_letters() {
    let notice = NOTICE.replace("{{ 联系人 }}", "{{ 联系 人 }}");
    let ran = run().file("通知.yaml", &notice).args(&MERGE).args(&["-o", "出"]).run();
    ran.code(1).says("“{{ 联系 人 }}”不是变量").says("一份也没有写");
}

#[test]
fn a_title_over_the_names_is_told() {
    let rows = "跟岗名册,,\n单位,区县,联系人\n甲中学,城关区,程样\n";
    let ran = run().file("名册.csv", rows).args(&MERGE).run().code(1);
    ran.says("的第一行只有“跟岗名册”").says("删去表名");
}

/// What is said of a roster in a spreadsheet.
fn of_sheet(book: &mut Workbook) -> Ran {
    let bytes = book.save_to_buffer().unwrap();
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    run().file("名册.xlsx", bytes).args(&args).run()
}

#[test]
fn rows_that_are_hidden_or_empty_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, name) in
        ["单位", "甲中学", "乙中学", "丙中学", "", "丁中学"].iter().enumerate()
    {
        sheet.write(row as u32, 0, *name).unwrap();
        sheet
            .write(
                row as u32,
                1,
                if row == 0 {
                    "联系人"
                } else if row == 4 {
                    ""
                } else {
                    "程样"
                },
            )
            .unwrap();
    }
    sheet.write_row(6, 0, ["戊中学", "程样"]).unwrap();
    sheet.set_row_hidden(2).unwrap().set_row_hidden(6).unwrap();
    let ran = of_sheet(&mut book).code(0).says("生成 3 份");
    ran.says("名册第 3、7 行隐藏或筛选掉了，没有生成").says("名册第 5 行空着");
}

#[test]
fn a_number_that_lost_its_last_digits_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["单位", "联系人"]).unwrap();
    sheet
        .write(1, 0, "甲中学")
        .unwrap()
        .write(1, 1, 530_422_199_003_201_234_f64)
        .unwrap();
    let ran = of_sheet(&mut book).code(1);
    ran.says("名册第 2 行的 B2 格的数太长").says("设成文本");
}

#[test]
fn what_is_wrong_with_a_row_is_told_with_its_number_and_in_the_order_of_the_table() {
    let notice = NOTICE.replace("主送:", "印章: \"{{ 单位 }}.png\"\n主送:");
    let args = [&MERGE[..], &["-o", "出", "-j", "2"]].concat();
    let ran = run().file("通知.yaml", notice).args(&args).run().code(1);
    let said = &ran.err;
    let first = said.find("失败 通知.yaml（名册.csv 第 2 行）").unwrap();
    assert!(first < said.find("失败 通知.yaml（名册.csv 第 3 行）").unwrap());
    ran.says("名册第 2 行：找不到文件");
}

#[test]
fn a_warning_that_all_rows_have_is_told_once() {
    let notice = NOTICE.replace("成文日期:", "期号: 第1期\n成文日期:");
    let args = [&MERGE[..], &["-o", "出"]].concat();
    let ran = run().file("通知.yaml", notice).args(&args).run().code(0);
    assert_eq!(ran.err.matches("提醒[").count(), 1, "{}", ran.err);
    ran.says("别的行还有 2 处同样的");
}

#[test]
fn copy_numbers_follow_the_rows_of_the_table_whatever_is_selected() {
    let one = |county: &str| {
        let filter = format!("区县={county}");
        let args = ["-o", "出", "--copies-from", "100", "--report", "报.json", "--where"];
        let ran = run().args(&MERGE).args(&args).args(&[&filter]).run().code(0);
        let rows = report(&ran, "报.json")["files"].as_array().unwrap().clone();
        rows.iter().map(|it| it["copy"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(one("城关区"), ["000100", "000102"]);
    assert_eq!(one("望溪县"), ["000101"]);
}

#[test]
fn a_copy_number_that_a_column_has_twice_is_refused() {
    let notice = NOTICE.replace("主送:", "份号: \"{{ 份号 }}\"\n主送:");
    let rows = "单位,联系人,份号\n甲中学,王,000005\n乙中学,李,000006\n丙中学,赵,000005\n";
    let ran = run().file("通知.yaml", notice).file("名册.csv", rows);
    let ran = ran.args(&MERGE).args(&["-o", "出"]).run().code(2);
    ran.says("名册第 2 行和第 4 行的份号都是“000005”").says("一份也没有写");
}

#[test]
fn a_column_s_name_with_a_space_in_it_is_told_as_it_is_to_be_written() {
    let notice = NOTICE.replace("{{ 联系人 }}", "{{ 联 系人 }}");
    let ran = run().file("通知.yaml", notice).args(&MERGE).args(&["-o", "出"]).run();
    ran.code(1).says("“{{ 联 系人 }}”不是变量\n").says("中间不要空格，写成 {{ 联系人 }}");
}

#[test]
fn the_pdf_of_all_rows_may_lie_in_the_folder_that_is_made_for_them() {
    let args = ["-o", "出", "--combined", "出/全部.pdf"];
    let ran = run().args(&MERGE).args(&args).run().code(0);
    assert!(ran.read("出/全部.pdf").is_some());
}

#[test]
fn braces_that_are_not_closed_are_told_as_that_whatever_column_is_named_behind_them() {
    let notice = NOTICE.replace("{{ 联系人 }}同志负责。", "{{ 联系人");
    let ran = run().file("通知.yaml", notice).args(&MERGE).args(&["-o", "出"]).run();
    let ran = ran.code(1).says("花括号不成对").says("两边都是两个半角的花括号");
    assert!(!ran.err.contains("中间不要空格"), "{}", ran.err);
}

#[test]
fn what_keeps_several_pdfs_from_being_written_is_shown_once_and_all_of_them_are_named() {
    let ran = run().file("出/通知-2.pdf/甲", "").file("出/通知-4.pdf/甲", "");
    let ran = ran.args(&MERGE).args(&["-o", "出"]).run().code(1);
    assert_eq!(ran.err.matches("错误[B101]").count(), 1, "{}", ran.err);
    let ran = ran.says("别的行还有 1 处同样的错误或提醒").says("生成 1 份，失败 2 份");
    ran.says("失败 通知.yaml（名册.csv 第 2 行）")
        .says("失败 通知.yaml（名册.csv 第 4 行）");
}
