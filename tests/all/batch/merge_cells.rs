//! The cells of a roster and the variables that ask for them: none is printed that is not
//! there, and none that is wrong.

use super::pdfs;
use crate::support::{Run, SMALL, extracted};

/// A notice whose text asks for a column.
fn asking(name: &str) -> String {
    let notice = SMALL.replace("主送: 各县（区）总工会", "主送: \"{{ 单位 }}\"");
    notice.replace("请结合", &format!("数额【{{{{ {name} }}}}】，请结合"))
}

fn run(notice: &str, roster: &str) -> Run {
    let run = Run::new().file("通知.yaml", notice).file("名册.csv", roster);
    run.args(&["merge", "通知.yaml", "--data", "名册.csv", "-o", "出"])
}

/// The text of a PDF's first page.
fn text(pdf: &[u8]) -> String {
    extracted(&lopdf::Document::load_mem(pdf).unwrap(), 1)
}

#[test]
fn an_empty_cell_is_told_whatever_signs_are_in_its_column_s_name() {
    for name in ["金额(万元)", "名额/人", "联系人-电话", "2026", "电话（办）", "1、款"]
    {
        let rows = format!("单位,{name}\n甲县,12.5\n乙县,\n");
        let ran = run(&asking(name), &rows).run().code(1);
        let ran = ran.says(&format!("没有“{name}”的值，跳过"));
        assert_eq!(pdfs(&ran.folder().join("出")).len(), 1, "{name}");
        assert!(text(&ran.read("出/通知-2.pdf").unwrap()).contains("【12.5】"));
    }
}

#[test]
fn a_column_that_is_not_there_is_told_by_its_whole_name() {
    for (name, near) in [("金额(万元)", "金额（万元）"), ("名额/人", "名额/个")]
    {
        let rows = format!("单位,{near}\n甲县,12.5\n");
        let ran = run(&asking(name), &rows).run().code(1);
        let ran = ran.says(&format!("变量“{name}”没有定义"));
        ran.says(&format!("是不是想写“{near}”？"));
    }
}

#[test]
fn braces_are_never_printed_into_letters() {
    let rows = "单位,称呼\n甲县,{{ 单位 }}全体同志\n乙县,乙县同志\n丙县,｛｛单位｝｝\n";
    let ran = run(&asking("称呼"), rows).run().code(1);
    let ran = ran.says("名册第 2、4 行的“称呼”里有花括号").says("生成 1 份，跳过 2 份");
    assert!(text(&ran.read("出/通知-3.pdf").unwrap()).contains("【乙县同志】"));
    let roster = "单位\n甲县\n";
    for wrong in ["{{ 单位 }", "{ 单位 }}", "｛｛ 单位 ｝｝"] {
        let notice = asking("单位").replace("{{ 单位 }}】", &format!("{wrong}】"));
        let ran = run(&notice, roster).run().code(1);
        let ran = ran.says("花括号不成对").says("通知.yaml:5:").says(wrong);
        assert!(pdfs(ran.folder()).is_empty(), "{wrong}");
    }
    let ran = run(&asking("称呼"), roster).args(&["--set", "称呼={{ 单位 }}"]).run();
    ran.code(2).says("--set 的“称呼”里有花括号");
}

#[test]
fn parameters_of_the_notice_ask_for_columns() {
    let own = "参数: {称呼: \"{{ 单位 }}全体同志\", 问候: \"{{ 称呼 }}：\"}\n";
    let notice = own.to_owned() + &asking("问候");
    let rows = "单位,称呼\n甲县,\n乙县,\n";
    let ran = run(&notice, "单位\n甲县\n").run().code(0);
    assert!(text(&ran.read("出/通知-2.pdf").unwrap()).contains("【甲县全体同志：】"));
    // A column of the name of a parameter goes before it, and must have a value.
    let ran = run(&notice, rows).run().code(1);
    ran.says("没有“称呼”的值").says("跳过 2 份");
    // So must the column that a parameter asks for.
    let own = "参数: {称呼: \"{{ 局 }}全体同志\"}\n";
    let notice = own.to_owned() + &asking("称呼");
    let ran = run(&notice, "单位,局\n甲县,\n乙县,乙局\n").run().code(1);
    ran.says("没有“局”的值").says("生成 1 份，跳过 1 份");
}

#[test]
fn a_cell_that_cannot_be_printed_costs_its_row_where_it_is_asked_for() {
    for (cell, told) in [
        ("#N/A", "是错误值 #N/A"),
        ("#REF!", "是错误值 #REF!"),
        ("########", "只有一串 #"),
        ("5.30422E+17", "“5.30422E+17”是缩写的长号码"),
        ("1.38E+10", "“1.38E+10”是缩写的长号码"),
    ] {
        let rows = format!("单位,名额\n甲县,3\n乙县,{cell}\n");
        let ran = run(&asking("名额"), &rows).run().code(1);
        let ran = ran.says(&format!("名册第 3 行的 B3 格{told}"));
        ran.says("生成 1 份，跳过 1 份");
        run(&asking("单位"), &rows).run().code(0).says("生成 2 份");
        let ran = run(&asking("单位"), &rows).args(&["--where", "名额=3"]).run();
        ran.code(2).says("--where 判断不了");
        let head = rows.replace("名额", cell);
        run(&asking("单位"), &head).run().code(1).says("的表头 B1 格");
    }
}

#[test]
fn a_row_that_adds_up_the_others_or_stands_below_them_is_nobody_s() {
    let rows = "序号,单位\n1,甲县\n\n2,乙县\n序号,单 位\n,本页小计：\n合 计,2\n填表人：张三,审核：李四\n";
    let ran = run(&asking("单位"), rows).run().code(0);
    let ran = ran.says("名册第 5 行又是表头").says("名册第 6 行是“小计”");
    let ran = ran.says("名册第 7 行是“合计”").says("名册第 8 行是“填表人”");
    let ran = ran.says("名册第 3 行空着，没有生成").says("它后面的行照样");
    ran.says("生成 2 份，跳过 5 份");
    // Of nothing but such rows nothing is made.
    run(&asking("单位"), "序号,单位\n合计,2\n").run().code(1);
}

#[test]
fn a_cell_that_is_merged_over_columns_the_notice_asks_for_is_no_unit_s() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let (sheet, plain) = (book.add_worksheet(), rust_xlsxwriter::Format::new());
    sheet.write_row(0, 0, ["单位", "名额", "备注"]).unwrap();
    sheet.merge_range(1, 0, 1, 2, "一、省直单位", &plain).unwrap();
    sheet.write_row(2, 0, ["甲局", "3"]).unwrap();
    // What nobody asks for may be merged as it likes.
    sheet.write(3, 0, "乙局").unwrap();
    sheet.merge_range(3, 1, 3, 2, "4", &plain).unwrap();
    let below = "填报单位负责人：张三  经办人：李四";
    sheet.merge_range(4, 0, 4, 2, below, &plain).unwrap();
    let run = Run::new().file("通知.yaml", asking("名额"));
    let run = run.file("名册.xlsx", book.save_to_buffer().unwrap());
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    let ran = run.args(&args).run().code(1);
    let ran = ran.says("名册第 2 行的“一、省直单位”横着合并了通知用到的几栏");
    let ran = ran.says("名册第 5 行是“填报单位负责人”");
    ran.says("生成 2 份，跳过 2 份");
}

#[test]
fn lines_of_a_cell_are_never_joined() {
    let rows = "单位,事项\n甲县,\"一\n二\"\n\"乙县\n丙县\",三\n";
    let ran = run(&asking("事项"), rows).run().code(1);
    let ran = ran.says("名册第 3 行的“单位”里有换行").says("生成 1 份，跳过 1 份");
    assert!(ran.read("出/通知-2.pdf").is_some());
}

#[test]
fn rows_with_one_fault_are_told_together() {
    let rows = format!("单位,名额\n{}乙,7\n", "甲,\n".repeat(58));
    let ran = run(&asking("名额"), &rows).run().code(1);
    ran.says("名册第 2—59 行没有“名额”的值，跳过").says("生成 1 份，跳过 58 份");
}

#[test]
fn a_day_as_a_spreadsheet_shows_it_is_a_date() {
    let notice =
        asking("单位").replace("成文日期: 2026-03-05", "成文日期: \"{{ 日期 }}\"");
    let ran = run(&notice, "单位,日期\n甲县,2026/3/5\n").run().code(0);
    assert!(text(&ran.read("出/通知-2.pdf").unwrap()).contains("2026年3月5日"));
}

#[test]
fn zeros_that_a_system_keeps_with_a_formula_are_read() {
    let ran = run(&asking("编号"), "单位,编号\n甲县,\"=\"\"0012\"\"\"\n").run().code(0);
    assert!(text(&ran.read("出/通知-2.pdf").unwrap()).contains("【0012】"));
}

#[test]
fn a_roster_may_have_more_columns_than_a_printed_table() {
    let names: Vec<String> = (0..70).map(|at| format!("栏{at}")).collect();
    let rows = format!("单位,{}\n甲县,{}\n", names.join(","), names.join(","));
    let ran = run(&asking("栏69"), &rows).run().code(0);
    assert!(text(&ran.read("出/通知-2.pdf").unwrap()).contains("【栏69】"));
}

#[test]
fn a_column_that_is_hidden_or_on_another_sheet_is_told_with_the_way_to_it() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("甲表").unwrap();
    sheet.write_row(0, 0, ["单位", "名额"]).unwrap();
    sheet.write_row(1, 0, ["甲县", "3"]).unwrap();
    sheet.set_column_hidden(1).unwrap();
    book.add_worksheet().set_name("乙表").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    let told = |name: &str| {
        let run = Run::new().file("通知.yaml", asking(name));
        run.file("名册.xlsx", bytes.clone()).args(&args).run().code(1)
    };
    told("名额").says("“名额”这一栏隐藏着");
    told("人数").says("读的是工作表“甲表”第 1 行").says("用 --sheet 指明：乙表");
}

#[test]
fn a_variable_without_quotes_is_told_with_the_way_to_write_it() {
    for bare in ["{{ 单位 }}", "{{ 单位 }}等"] {
        let notice = SMALL.replace("主送: 各县（区）总工会", &format!("主送: {bare}"));
        let ran = run(&notice, "单位\n甲县\n").run().code(1).says("通知.yaml:4:");
        ran.says("双引号").says("{{");
    }
}

#[test]
fn a_parameter_that_a_column_seems_to_be_meant_for_is_not_printed_into_all_letters() {
    let own = |text: &str| format!("参数: {{{text}}}\n{}", asking("名额"));
    for (own, head, told) in [
        (own("单位: 某局"), "单位名称,名额", "名册没有“单位”这一栏，有“单位名称”"),
        (own("单位: 某局"), "单伟,名额", "名册没有“单位”这一栏，有“单伟”"),
        (own("名额: 2"), "单位,名额数", "有“名额数”；各份会都用通知“参数”里的“2”"),
        (own("单位: 某局, 名额: 2"), "甲,乙", "没有一栏是通知用到的"),
    ] {
        let ran = run(&own, &format!("{head}\n甲县,3\n")).run().code(2).says(told);
        let ran = ran.says("一份也没有写");
        assert!(pdfs(ran.folder()).is_empty(), "{head}");
    }
    // The way out, and what is shared by all on purpose.
    let rows = "单位,名额数\n甲县,3\n";
    run(&own("名额: 2"), rows).args(&["--set", "名额=2"]).run().code(0);
    let ran = run(&own("名额: 2"), "单位,电话\n甲县,3\n").run().code(0);
    ran.says("“名额”名册里没有，各份都用通知里的“2”");
    // A column that is asked for by its own name is meant for itself.
    run(&own("名额: 2, 单位电话: 8"), "单位,丙\n甲县,3\n").run().code(0);
}

#[test]
fn a_hidden_column_is_not_replaced_by_a_parameter() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["单位", "名额"]).unwrap();
    sheet.write_row(1, 0, ["甲县", "3"]).unwrap();
    sheet.set_column_hidden(1).unwrap();
    let run =
        Run::new().file("通知.yaml", format!("参数: {{名额: 2}}\n{}", asking("名额")));
    let run = run.file("名册.xlsx", book.save_to_buffer().unwrap());
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    let ran = run.args(&args).run().code(2).says("“名额”这一栏隐藏着");
    assert!(pdfs(ran.folder()).is_empty());
}

#[test]
fn a_text_has_no_parts_and_is_not_computed_with() {
    for inner in ["单位.名称", "单位[0]", "名额 * 2", "名额 > 2"] {
        let ran = run(&asking(inner), "单位,名额\n甲县,3\n").run().code(1);
        let ran = ran.says("Y302");
        assert!(pdfs(ran.folder()).is_empty(), "{inner}");
    }
    run(&asking("名额|int * 2"), "单位,名额\n甲县,3\n").run().code(0);
}

#[test]
fn a_value_that_cannot_be_computed_with_is_told_with_its_row() {
    let notice = asking("名额|int * 2");
    let ran = run(&notice, "单位,名额\n甲县,3名\n乙县,３\n丙县,4人\n").run().code(1);
    let ran = ran.says("名册第 2 行：“{{ 名额|int * 2 }}”算不出来：“3名”不是整数");
    let ran = ran.says("（“名额”是“3名”）").says("生成 1 份，失败 2 份");
    assert!(text(&ran.read("出/通知-3.pdf").unwrap()).contains("【6】"));
    let ran = run(&notice, "单位,名额\n甲县,3名\n乙县,3名\n").run().code(1);
    let ran = ran.says("失败 通知.yaml（名册.csv 第 2 行）");
    assert!(!ran.err.contains("通知有错"), "{}", ran.err);
}

#[test]
fn a_parameter_that_is_given_empty_is_none() {
    for own in ["", "参数: {甲: \"\"}\n"] {
        let notice = own.to_owned() + &asking("甲");
        let ran = run(&notice, "单位\n乙县\n丙县\n");
        let ran = if own.is_empty() { ran.args(&["--set", "甲="]) } else { ran };
        let ran = ran.run().code(1).says("Y205").says("变量“甲”的值是空的");
        assert!(pdfs(ran.folder()).is_empty());
    }
    let build = ["build", "通知.yaml", "--set", "单位=甲县", "--set", "甲="];
    let ran = Run::new().file("通知.yaml", asking("甲")).args(&build).run().code(1);
    ran.says("变量“甲”的值是空的").says("--set 甲=值");
}

#[test]
fn what_programs_write_for_no_value_is_none() {
    for word in ["NaN", "None", "null", "N/A", "NA"] {
        let rows = format!("单位,名额\n甲县,3\n乙县,{word}\n丙县,-\n");
        let ran = run(&asking("名额"), &rows).run().code(1);
        let told = format!("名册第 3 行的 B3 格只有“{word}”，是没有值的意思，跳过");
        ran.says(&told).says("生成 2 份，跳过 1 份");
    }
    run(&asking("单位"), "单位,NA\n甲县,NaN\n").run().code(0);
    let ran = run(&asking("名额"), "单位,名额\n甲县,3\n乙县,1900/1/0\n").run().code(1);
    ran.says("名册第 3 行的 B3 格“1900/1/0”不是日期");
}

#[test]
fn control_characters_are_refused_with_their_place() {
    let ran = run(&asking("名额"), "单位,名额\n甲县,3\n乙\0县,4\n丙县,5\x07\n").run();
    let ran = ran.code(1).says("名册第 3 行的 A3 格里有看不见的控制字符 U+0000，跳过");
    ran.says("名册第 4 行的 B4 格里有看不见的控制字符 U+0007，跳过").says("生成 1 份");
}

#[test]
fn files_in_no_encoding_or_in_two_are_refused() {
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let mixed = [gbk("单位\n甲县\n"), "乙县\n".into()].concat();
    let wide: Vec<u8> =
        "单位\n甲县\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, told) in [
        (mixed, "两种编码混在一起：第 3 行是 UTF-8，第 1 行不是"),
        (wide, "的编码是 UTF-16"),
    ] {
        let ran = run(&asking("单位"), "").file("名册.csv", bytes).run().code(1);
        ran.says(told).says("CSV UTF-8");
    }
    run(&asking("单位"), "").file("名册.csv", gbk("单位\n甲县\n")).run().code(0);
}

#[test]
fn a_line_for_spreadsheets_is_passed_over_and_a_spaced_quote_is_told() {
    let ran = run(&asking("单位"), "sep=,\r\n单位,名额\r\n甲县,1\r\n,2\r\n").run();
    let ran = ran.code(1).says("名册第 3 行没有“单位”的值");
    assert!(ran.read("出/通知-2.pdf").is_some());
    let ran = run(&asking("单位"), "单位,名额\n甲县,1\n\"乙县\"  ,2\n").run().code(1);
    ran.says("名册.csv:3").says("双引号后面有空格");
    let ran = Run::new().file("通知.yaml", SMALL).file("册.yaml", "甲: 1\n");
    ran.args(&["merge", "通知.yaml", "--data", "册.yaml"])
        .run()
        .code(1)
        .says("不是认得的表格文件");
}

#[test]
fn rows_that_are_alike_are_told_and_built() {
    let rows = "序号,单位,名额\n1,甲县,3\n2,乙县,3\n3,甲县,3\n4,甲县,4\n";
    let ran = run(&asking("名额"), rows).run().code(0);
    ran.says("名册第 2、4 行里通知用到的各栏完全一样").says("生成 4 份");
    let ran = run(&asking("序号"), rows).run().code(0);
    assert!(!ran.err.contains("一样"), "{}", ran.err);
}

#[test]
fn footers_get_no_letter_and_units_of_such_names_do() {
    let rows = "单位,名额\n合计镇人民政府,1\n审核中心,2\n全县合计,3\n共 2 家,3\n平均,1.5\n（此页无正文）,0\n第1页 共2页,0\n制表人,张三\n填表日期,2026.3.5\n以上名单如有变动另行通知,\n";
    let ran = run(&asking("名额"), rows).run().code(0);
    ran.says("生成 2 份，跳过 8 份").says("名册第 9 行是“制表人”，不是收文的单位");
    // Behind a line that can only be a footer's there are no more units of such names.
    let rows = "单位,名额\n甲县,1\n制表人：,张三\n审核人,李四\n第二批,2\n";
    run(&asking("名额"), rows).run().code(0).says("生成 2 份，跳过 2 份");
    // Among units it is one itself.
    let rows = "岗位,名额\n审核人,1\n局长,2\n";
    let notice = asking("名额").replace("{{ 单位 }}", "{{ 岗位 }}");
    run(&notice, rows).run().code(0).says("生成 2 份");
}

#[test]
fn what_is_selected_by_a_value_that_no_row_has_is_told() {
    let roster = "单位,区县\n甲局,城关区\n乙局,青禾区\n";
    let args = ["--where", "区县=城关区", "--where", "区县=青合区"];
    let ran = run(&asking("单位"), roster).args(&args).run().code(0);
    ran.says("--where 的“区县=青合区”没有一行符合，是不是想写“青禾区”？")
        .says("生成 1 份");
    for wrong in ["区县＝城关区", "名额>3", "名额>=3", "区县!=城关区", "区县≠城关区"]
    {
        let ran = run(&asking("单位"), roster).args(&["--where", wrong]).run().code(2);
        ran.says("--where");
    }
    for wrong in ["区县＝城关区", "名额>=3", "区县!=城关区"] {
        let ran = run(&asking("单位"), roster).args(&["--where", wrong]).run().code(2);
        ran.says("里只能用半角的等号");
    }
}

#[test]
fn a_head_that_is_hidden_or_longer_is_told() {
    let ran = run(&asking("名额"), "单位,\"名额\n（个）\"\n甲县,3\n").run().code(1);
    ran.says("名册有“名额（个）”一栏：把表头改成“名额”，或在通知里写 {{ 名额（个） }}");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, texts) in
        [["单位", "名额"], ["甲县", "1"], ["乙县", "2"]].iter().enumerate()
    {
        for (column, text) in texts.iter().enumerate() {
            sheet.write(row as u32, column as u16, *text).unwrap();
        }
    }
    sheet.set_row_hidden(0).unwrap();
    let ran = Run::new().file("通知.yaml", asking("名额"));
    let ran = ran.file("名册.xlsx", book.save_to_buffer().unwrap());
    let ran = ran.args(&["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"]).run();
    ran.code(1).says("第 2 行上面有隐藏的行；表头在那里的，先取消隐藏");
}

#[test]
fn the_sheet_that_is_read_is_told_where_others_would_do() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, head) in [("一", "名额"), ("二", "名额"), ("说明", "数")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "单位").unwrap().write(0, 1, head).unwrap();
        sheet.write(1, 0, name).unwrap().write(1, 1, "3").unwrap();
    }
    let ran = Run::new().file("通知.yaml", asking("名额"));
    let ran = ran.file("名册.xlsx", book.save_to_buffer().unwrap());
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    let ran = ran.args(&args).run().code(0);
    let ran = ran.says("读的是工作表“一”；“二”里也有这些栏");
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "又", "--sheet", "二"];
    let ran = ran.again(&args).run().code(0);
    assert!(!ran.err.contains("读的是"), "{}", ran.err);
}

#[test]
fn a_value_that_its_format_does_not_show_is_told_as_that() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let hiding = rust_xlsxwriter::Format::new().set_num_format(";;;");
    sheet.write(0, 0, "单位").unwrap().write(0, 1, "名额").unwrap();
    for (row, unit) in [(1, "甲县"), (2, "乙县")] {
        sheet.write(row, 0, unit).unwrap().write(row, 1, 3).unwrap();
    }
    sheet.write_with_format(2, 1, 5, &hiding).unwrap();
    sheet.write_with_format(9, 1, 5, &hiding).unwrap();
    let ran = Run::new().file("通知.yaml", asking("名额"));
    let ran = ran.file("名册.xlsx", book.save_to_buffer().unwrap());
    let ran = ran.args(&["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"]).run();
    let ran = ran.code(1).says("名册第 3 行的 B3 格有值，格式“;;;”不显示它，跳过");
    ran.says("生成 1 份，跳过 1 份");
}

#[test]
fn a_real_recipient_is_not_dropped_without_an_error() {
    let rows = "单位,名额,备注\n甲县,1,合计\n乙县,小计,无\n丙县,2,无\n合计,3,\n";
    let ran = run(&asking("名额"), rows).run().code(1);
    let ran = ran.says("名册第 2 行的“备注”写着“合计”，看不出这一行是不是收文的单位");
    let ran = ran.says("名册第 3 行的“名额”写着“小计”").says("名册第 5 行是“合计”");
    ran.says("生成 1 份，跳过 3 份");
    // What lacks a value is a sum wherever the word stands.
    let rows = "单位,名额,备注\n甲县,1,无\n,3,合计\n";
    run(&asking("名额"), rows).run().code(0).says("名册第 3 行是“合计”");
}

#[test]
fn a_column_of_another_sheet_is_told_with_the_way_to_it() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let cover = book.add_worksheet().set_name("说明").unwrap();
    cover.write(0, 0, "填表说明").unwrap().write(1, 0, "一、照实填写").unwrap();
    let sheet = book.add_worksheet().set_name("名单").unwrap();
    sheet.write_row(0, 0, ["单位", "名额"]).unwrap();
    sheet.write_row(1, 0, ["甲县", "3"]).unwrap();
    let run = Run::new().file("通知.yaml", asking("名额"));
    let run = run.file("名册.xlsx", book.save_to_buffer().unwrap());
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    let told = "读的是工作表“说明”；“名单”里有“单位”一栏，要用的，写 --sheet 名单";
    let ran = run.args(&args).args(&["--name", "{{ 单位 }}.pdf"]).run();
    let ran = ran.code(2).says(told).again(&args).run().code(1).says(told);
    ran.again(&args).args(&["--sheet", "名单"]).run().code(0);
}

#[test]
fn columns_are_selected_by_their_heads_as_they_are_shown() {
    let rows = "单位,\"区 县\",名额\n甲县,南区,1\n乙县,北区,2\n";
    let of = |filter| run(&asking("名额"), rows).args(&["--where", filter]).run();
    for filter in ["区 县=南区", "区县=南区"] {
        of(filter).code(0).says("生成 1 份");
    }
    of("区县=2026-03-01").code(2).says("“区县”一栏里有：南区、北区");
    let ran = run(&asking("名额"), rows).args(&["--where", "区县=南区"]);
    ran.args(&["--where", "名额=2"]).run().code(2).says("要同时是这些值");
}

#[test]
fn a_spreadsheet_that_is_called_csv_is_told_as_that() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "单位").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let ran = run(&asking("单位"), "").file("名册.csv", bytes).run().code(1);
    ran.says("“名册.csv”是 .xlsx 表格").says("把后缀改成 .xlsx");
}

#[test]
fn columns_of_one_name_matter_where_they_are_asked_for() {
    let rows = "单位,备注,备注\n甲县,1,2\n";
    let ran = run(&asking("单位"), rows).run().code(0);
    ran.says("名册的表头有两个“备注”，通知没有用到，不管");
    let ran = run(&asking("备注"), rows).run().code(1);
    let ran = ran.says("的表头有两个“备注”").says("不能相同");
    assert!(pdfs(ran.folder()).is_empty());
    let args = ["--where", "备注=1"];
    run(&asking("单位"), rows).args(&args).run().code(1).says("的表头有两个“备注”");
}

#[test]
fn merged_cells_that_stand_for_several_letters_are_told() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let (sheet, plain) = (book.add_worksheet(), rust_xlsxwriter::Format::new());
    sheet.write_row(0, 0, ["单位", "名额"]).unwrap();
    for (row, unit) in [(1, "甲县"), (2, "乙县"), (3, "丙县")] {
        sheet.write(row, 0, unit).unwrap().write(row, 1, 3).unwrap();
    }
    sheet.merge_range(2, 1, 3, 1, "300", &plain).unwrap();
    let run = Run::new().file("通知.yaml", asking("名额"));
    let run = run.file("名册.xlsx", book.save_to_buffer().unwrap());
    let args = ["merge", "通知.yaml", "--data", "名册.xlsx", "-o", "出"];
    let ran = run.args(&args).run().code(0);
    let told = "名册第 3—4 行的“名额”是合并的格子，每一份都写“300”";
    let ran = ran.says(told).again(&args).args(&["--where", "单位=乙县"]).run().code(0);
    assert!(!ran.err.contains("合并的格子"), "{}", ran.err);
}

#[test]
fn marks_that_turn_a_text_are_refused() {
    let rows = "单位,名额\n甲县,3\n乙\u{202e}县,4\n丙\u{200b}县,5\n";
    let ran = run(&asking("名额"), rows).run().code(1);
    ran.says("名册第 3 行的 A3 格里有看不见的控制字符 U+202E，跳过").says("生成 2 份");
}
