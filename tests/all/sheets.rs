//! Spreadsheets: what is on the sheet is what is read; damaged files are refused.

use hongtou::notice::flaw::Flaw;
use hongtou::notice::sheet::{self, COLUMNS, Grid, Refusal};
use hongtou::notice::table::Merge;
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatScript, Formula, Workbook, Worksheet,
};

use crate::support::root;

fn merge(row: usize, column: usize, rows: usize, columns: usize) -> Merge {
    Merge { row, column, rows, columns }
}

fn data(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/cases/good").join(name)).unwrap()
}

/// A sheet of a width that is printed.
fn read(bytes: &[u8], name: Option<&str>) -> Result<Grid, Refusal> {
    sheet::read(bytes, name, COLUMNS)
}

/// What is wrong with the cells of a sheet, by their addresses.
fn flaws(bytes: &[u8]) -> Vec<(String, Flaw)> {
    let grid = read(bytes, None).expect("a grid");
    grid.flaws.into_values().map(|it| (it.cell, it.flaw)).collect()
}

/// A file with the sheet that `fill` fills.
fn xlsx(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("上半年").unwrap());
    book.save_to_buffer().unwrap()
}

fn format(code: &str) -> Format {
    Format::new().set_num_format(code)
}

/// The schedule that tests/cases/good holds as .xls and .ods, too.
fn schedule(sheet: &mut Worksheet) {
    let plain = Format::new();
    for (first, last, text) in [
        ((0, 0), (1, 0), "序号"),
        ((0, 1), (0, 2), "工期"),
        ((0, 3), (1, 3), "投资"),
        ((0, 4), (1, 4), "完成"),
        ((6, 0), (6, 2), "合计"),
    ] {
        sheet.merge_range(first.0, first.1, last.0, last.1, text, &plain).unwrap();
    }
    sheet.write(1, 1, "开工").unwrap().write(1, 2, "完工").unwrap();
    sheet.write(0, 5, "审核").unwrap().write(1, 5, "内部").unwrap();
    sheet.set_column_hidden(5).unwrap();
    let day = |month, day| ExcelDateTime::from_ymd(2026, month, day).unwrap();
    for i in 0..4u8 {
        let row = 2 + u32::from(i);
        let value = f64::from(i);
        let put = |sheet: &mut Worksheet, column, value: f64, code: &str| {
            sheet.write_with_format(row, column, value, &format(code)).unwrap();
        };
        put(sheet, 0, value + 1.0, "General");
        put(sheet, 3, 1234.5 + value, "#,##0.00");
        put(sheet, 4, 0.125 * (value + 1.0), "0.0%");
        let (start, end) = (format("yyyy\"年\"m\"月\"d\"日\""), format("yyyy-mm-dd"));
        sheet.write_with_format(row, 1, day(3, 5 + i), &start).unwrap();
        sheet.write_with_format(row, 2, day(9, 5 + i), &end).unwrap();
        sheet.write(row, 5, "密").unwrap();
    }
    let sum = Formula::new("=SUM(D3:D6)").set_result("4944");
    sheet.write_formula_with_format(6, 3, sum, &format("#,##0.00")).unwrap();
    sheet.write(6, 4, true).unwrap();
    for (column, width) in [(0, 6), (1, 18), (2, 12), (3, 12), (4, 12)] {
        sheet.set_column_width(column, width).unwrap();
    }
}

fn is_the_schedule(grid: &Grid) {
    let rows: Vec<Vec<&str>> =
        grid.rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    assert_eq!(
        rows,
        [
            ["序号", "工期", "", "投资", "完成"],
            ["", "开工", "完工", "", ""],
            ["1", "2026年3月5日", "2026-09-05", "1,234.50", "12.5%"],
            ["2", "2026年3月6日", "2026-09-06", "1,235.50", "25.0%"],
            ["3", "2026年3月7日", "2026-09-07", "1,236.50", "37.5%"],
            ["4", "2026年3月8日", "2026-09-08", "1,237.50", "50.0%"],
            ["合计", "", "", "4,944.00", "是"],
        ]
    );
    let merges = [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1), (0, 4, 2, 1), (6, 0, 1, 3)];
    assert_eq!(
        grid.merges,
        merges.map(|(y, x, rows, columns)| merge(y, x, rows, columns))
    );
    let widths = grid.widths.as_ref().expect("widths");
    let wide = |column: usize| widths[column] / widths[0];
    assert!((wide(1) - 3.0).abs() < 0.25 && (wide(2) - 2.0).abs() < 0.15, "{widths:?}");
}

#[test]
fn every_kind_of_file_shows_the_same_schedule() {
    is_the_schedule(&read(&xlsx(schedule), None).unwrap());
    for file in ["schedule.xls", "schedule.ods"] {
        is_the_schedule(&read(&data(file), Some("上半年")).unwrap());
        let first = read(&data(file), None).unwrap();
        assert_eq!(first.rows, [["请看下一张表"]], "{file}");
    }
}

#[test]
fn a_sheet_that_is_not_there_is_answered_with_those_that_are() {
    for file in ["schedule.xls", "schedule.ods"] {
        let refusal = read(&data(file), Some("下半年")).unwrap_err();
        let names = vec!["说明".to_owned(), "上半年".to_owned()];
        assert_eq!(refusal, Refusal::NoSheet { asked: "下半年".into(), names }, "{file}");
    }
}

#[test]
fn built_in_formats_are_those_of_a_chinese_spreadsheet() {
    // 14 is the short date, 58 has no code in the file: m月d日.
    let bytes = xlsx(|sheet| {
        let day = ExcelDateTime::from_ymd(2026, 3, 5).unwrap();
        for (column, id) in [(0, 14), (1, 31), (2, 58), (3, 20)] {
            let format = Format::new().set_num_format_index(id);
            sheet.write_with_format(0, column, &day, &format).unwrap();
        }
        sheet.write(0, 4, 1.200_000_000_000_000_2).unwrap();
        sheet.write(0, 5, false).unwrap();
    });
    let grid = read(&bytes, None).unwrap();
    assert_eq!(grid.rows, [["2026/3/5", "2026年3月5日", "3月5日", "0:00", "1.2", "否"]]);
    assert_eq!(grid.widths, None);
}

#[test]
fn only_the_used_and_shown_part_is_read() {
    let bytes = xlsx(|sheet| {
        sheet.write(2, 1, "甲").unwrap().write(5, 3, "乙").unwrap();
        sheet.write(3, 1, "藏").unwrap();
        sheet.set_row_hidden(3).unwrap();
        sheet.write_blank(90, 9, &Format::new().set_bold()).unwrap();
        sheet.write(70, 0, "   ").unwrap();
    });
    let grid = read(&bytes, None).unwrap();
    assert_eq!(grid.rows, [["甲", "", ""], ["", "", ""], ["", "", "乙"]]);
}

#[test]
fn cells_without_a_value_are_named_by_their_addresses() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 0, "甲").unwrap();
        sheet.write_formula(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        // Written by a program that computes nothing.
        sheet.write_formula(2, 27, "=1+1").unwrap();
        sheet.write_formula(3, 0, Formula::new("=1+2").set_result("3")).unwrap();
    });
    let flaws = flaws(&bytes);
    let error = Flaw::Error("#DIV/0!".to_owned());
    assert_eq!(flaws, [("B2".to_owned(), error), ("AB3".to_owned(), Flaw::Unknown)]);
}

#[test]
fn what_is_too_large_costs_no_memory() {
    let far = xlsx(|sheet| {
        sheet.write(0, 0, "甲").unwrap().write(1_048_575, 16_383, "乙").unwrap();
    });
    assert_eq!(read(&far, None), Err(Refusal::Large));
    let wide = xlsx(|sheet| {
        sheet.write(0, 0, "甲").unwrap().write(0, 60, "乙").unwrap();
    });
    assert_eq!(read(&wide, None), Err(Refusal::Large));
    let empty = xlsx(|_| {});
    assert_eq!(read(&empty, None), Err(Refusal::Empty("上半年".into())));
}

#[test]
fn other_files_are_no_spreadsheets() {
    for bytes in
        [&b""[..], b"PK", b"<html><table>", b"\xd0\xcf\x11\xe0", b"PK\x03\x04rest"]
    {
        let refusal = read(bytes, None).unwrap_err();
        assert!(matches!(refusal, Refusal::Foreign | Refusal::Damaged), "{refusal:?}");
    }
}

/// A small generator: the same damage on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn no_damage_makes_the_reader_panic_or_wait() {
    let mut dice = Dice(2026);
    for whole in [xlsx(schedule), data("schedule.xls"), data("schedule.ods")] {
        let (mut whole_ones, mut refused) = (0, 0);
        let mut try_it = |bytes: &[u8]| match read(bytes, Some("上半年")) {
            Ok(grid) => {
                let columns = grid.rows[0].len();
                assert!(grid.rows.iter().all(|row| row.len() == columns));
                whole_ones += 1;
            }
            Err(_) => refused += 1,
        };
        for _ in 0..150 {
            try_it(&whole[..dice.below(whole.len())]);
        }
        for _ in 0..1500 {
            let mut bytes = whole.clone();
            for _ in 0..=dice.below(3) {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            try_it(&bytes);
        }
        // Both happen, so the damage is neither too small nor too large to tell.
        assert!(whole_ones > 0 && refused > 150, "{whole_ones}, {refused} refused");
    }
}

/// An .ods file with one sheet of these rows.
fn ods(rows: &str) -> Vec<u8> {
    ods_with("", rows)
}

/// The same with automatic styles.
fn ods_with(styles: &str, rows: &str) -> Vec<u8> {
    let names = "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:calcext=\"c\" xmlns:style=\"s\"";
    let content = format!(
        "<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"甲\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text) in [("mimetype", kind), ("content.xml", &content)] {
        file.start_file(name, plain).unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    }
    file.finish().unwrap().into_inner()
}

#[test]
fn what_a_few_bytes_of_an_open_document_repeat_costs_no_memory() {
    for cell in [
        "<table:table-cell calcext:value-type=\"error\" table:number-columns-repeated=\"16384\"/>",
        "<table:table-cell table:formula=\"甲\" table:number-columns-repeated=\"16384\"/>",
        "<table:table-cell table:number-columns-spanned=\"2\"/>",
    ] {
        let row = format!(
            "<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>"
        );
        assert!(matches!(read(&ods(&row), None), Err(Refusal::Large)), "{cell}");
    }
}

#[test]
fn long_numbers_that_lost_digits_are_refused_in_every_kind_of_file() {
    let number = 530_422_199_003_201_234_f64;
    let written = |code: &'static str| {
        xlsx(move |sheet| {
            sheet.write_with_format(0, 0, number, &format(code)).unwrap();
        })
    };
    let shown = |text: &str| {
        ods(&format!(
            "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
        ))
    };
    for bytes in [
        written("General"),
        written("0"),
        written("0000 0000 0000 0000"),
        written("\"账号\"0\"号\""),
        written("0.00E+00"),
        shown("5304 2219 9003 2010 00"),
        shown("5.30422199003201E+17"),
        shown("530422199003201000"),
    ] {
        let flaws = flaws(&bytes);
        assert!(matches!(&flaws[..], [(at, Flaw::Lost(_))] if at == "A1"), "{flaws:?}");
    }
    for bytes in
        [written("#,##0"), written("0.0,,\"百万\""), shown("530,422,199,003,201,000")]
    {
        assert!(flaws(&bytes).is_empty());
    }
}

#[test]
fn texts_and_numbers_show_in_the_formats_of_their_cells() {
    let day = ExcelDateTime::from_ymd(2026, 3, 9).unwrap();
    let bytes = xlsx(|sheet| {
        let put = |sheet: &mut Worksheet, column, code: &str| {
            sheet.write_with_format(0, column, &day, &format(code)).unwrap();
        };
        put(sheet, 0, "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"");
        put(sheet, 1, "[$-804]dddd");
        put(sheet, 2, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy");
        let sum = format("[DBNum2][$-804]General");
        sheet.write_with_format(0, 3, 10_020_300.45, &sum).unwrap();
        sheet.write_with_format(0, 4, "四", &format("\"第\"@\"组\"")).unwrap();
        sheet.write_with_format(0, 5, 10.0 / 3.0, &format("# ?/?")).unwrap();
    });
    let grid = read(&bytes, None).unwrap();
    let shown = [
        "二〇二六年三月九日",
        "星期一",
        "2026年3月9日",
        "壹仟零贰万零叁佰点肆伍",
        "第四组",
        "3 1/3",
    ];
    assert_eq!(grid.rows, [shown]);
    let code = "[$-411]ggge\"年\"";
    let bytes = xlsx(|sheet| {
        sheet.write_with_format(1, 1, &day, &format(code)).unwrap();
    });
    assert_eq!(flaws(&bytes), [("B2".to_owned(), Flaw::Format(code.to_owned()))]);
}

#[test]
fn rows_that_are_hidden_are_known_wherever_they_are() {
    let bytes = xlsx(|sheet| {
        for (row, text) in ["表头", "甲", "乙", "丙", "丁"].into_iter().enumerate()
        {
            sheet.write(row as u32, 0, text).unwrap();
            sheet.write(row as u32, 1, "藏").unwrap();
        }
        sheet.set_row_hidden(2).unwrap().set_row_hidden(4).unwrap();
        sheet.set_column_hidden(1).unwrap();
    });
    let grid = read(&bytes, None).unwrap();
    assert_eq!(grid.rows, [["表头"], ["甲"], ["丙"]]);
    assert_eq!((grid.hidden_rows, grid.hidden_names), (vec![3, 5], vec!["藏".into()]));
    let row = |more: &str, text: &str| {
        format!(
            "<table:table-row {more}><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
        )
    };
    let hidden = row("table:visibility=\"filter\"", "乙");
    let bytes = ods(&(row("", "表头") + &row("", "甲") + &hidden));
    let grid = read(&bytes, None).unwrap();
    assert_eq!((grid.rows.len(), grid.hidden_rows), (2, vec![3]));
}

#[test]
fn digits_that_are_raised_or_lowered_stay_so_and_what_is_struck_out_is_none() {
    let (up, down) = (Format::new().set_font_script(FormatScript::Superscript), {
        Format::new().set_font_script(FormatScript::Subscript)
    });
    let (struck, plain) = (Format::new().set_font_strikethrough(), Format::new());
    let bytes = xlsx(|sheet| {
        let rich = |sheet: &mut Worksheet, row, parts: &[(&Format, &str)]| {
            sheet.write_rich_string(row, 0, parts).unwrap();
        };
        rich(sheet, 0, &[(&plain, "16"), (&up, "6"), (&plain, "吨")]);
        rich(sheet, 1, &[(&plain, "CO"), (&down, "2")]);
        rich(sheet, 2, &[(&plain, "10"), (&up, "-3"), (&plain, "克")]);
        rich(sheet, 3, &[(&struck, "张三"), (&plain, "李四")]);
        let parts = [(&plain, "16"), (&up, "6")];
        let code = format("\"约\"@\"吨\"");
        sheet.write_rich_string_with_format(4, 0, &parts, &code).unwrap();
        sheet.write_with_format(5, 0, "乙县", &struck).unwrap();
        sheet.write_with_format(6, 0, 5, &struck).unwrap();
        sheet.write_with_format(7, 0, 12, &up).unwrap();
        sheet.write(8, 0, "16吨").unwrap();
    });
    let grid = read(&bytes, None).unwrap();
    let texts: Vec<&str> = grid.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(texts, ["16⁶吨", "CO₂", "", "", "约16⁶吨", "", "", "¹²", "16吨"]);
    let struck = |cell: &str, text: &str| (cell.to_owned(), Flaw::Struck(text.into()));
    let shifted = ("A3".to_owned(), Flaw::Shifted("-3".into()));
    let expected =
        [shifted, struck("A4", "张三"), struck("A6", "乙县"), struck("A7", "5")];
    assert_eq!(flaws(&bytes), expected);
}

#[test]
fn rows_and_columns_of_no_size_are_hidden() {
    let bytes = xlsx(|sheet| {
        for row in 0..3 {
            sheet.write(row, 0, format!("甲{row}")).unwrap();
            sheet.write(row, 1, "乙").unwrap();
        }
        sheet.set_row_height(1, 0).unwrap().set_column_width(1, 0).unwrap();
    });
    let grid = read(&bytes, None).unwrap();
    assert_eq!(
        (grid.rows, grid.hidden_rows),
        (vec![vec!["甲0".into()], vec!["甲2".into()]], vec![2])
    );
}

/// The text of the only cell of a sheet, or what is wrong with it.
fn only(styles: &str, cell: &str) -> Result<String, Flaw> {
    let row = format!("<table:table-row>{cell}</table:table-row>");
    let grid = read(&ods_with(styles, &row), None).unwrap();
    let flaw = grid.flaws.into_values().next();
    flaw.map_or_else(|| Ok(grid.rows[0][0].clone()), |it| Err(it.flaw))
}

#[test]
fn open_documents_show_what_is_raised_and_what_is_struck_out() {
    let style = |name: &str, properties: &str| {
        format!(
            "<style:style style:name=\"{name}\"><style:text-properties {properties}/></style:style>"
        )
    };
    let styles = style("up", "style:text-position=\"super 58%\"")
        + &style("down", "style:text-position=\"-33% 58%\"")
        + &style("line", "style:text-position=\"0% 100%\"")
        + &style("struck", "style:text-line-through-style=\"solid\"");
    let cell = |style: &str, text: &str| {
        format!(
            "<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let span = |style: &str, text: &str| {
        format!("<text:span text:style-name=\"{style}\">{text}</text:span>")
    };
    for (shown, wanted) in [
        (cell("", &format!("16{}吨", span("up", "6"))), Ok("16⁶吨")),
        (cell("", &format!("H{}O", span("down", "2"))), Ok("H₂O")),
        (cell("up", &format!("{}2", span("line", "m"))), Ok("m²")),
        (cell("", &span("up", "-3")), Err(Flaw::Shifted("-3".into()))),
        (
            cell("", &format!("{}李四", span("struck", "张三"))),
            Err(Flaw::Struck("张三".into())),
        ),
        (cell("struck", "甲县"), Err(Flaw::Struck("甲县".into()))),
        (cell("other", "甲县"), Ok("甲县")),
    ] {
        assert_eq!(only(&styles, &shown), wanted.map(str::to_owned), "{shown}");
    }
}

#[test]
fn values_of_open_documents_without_a_format_go_before_their_texts() {
    let styles = "<style:style style:name=\"own\" style:data-style-name=\"N1\"/><style:style style:name=\"bare\"/>";
    let cell = |style: &str, value: &str, text: &str| {
        format!(
            "<table:table-cell table:style-name=\"{style}\" {value}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let day = "office:value-type=\"date\" office:date-value=\"2026-03-05T00:00:00\"";
    let hour = "office:value-type=\"date\" office:date-value=\"2026-03-05T09:30:00\"";
    let third = "office:value-type=\"float\" office:value=\"0.30000000000000004\"";
    let share = "office:value-type=\"float\" office:value=\"0.125\"";
    for (shown, wanted) in [
        (cell("bare", day, "Thu Mar  5 00:00:00 2026"), "2026/3/5"),
        (cell("", hour, "Thu Mar  5 09:30:00 2026"), "2026/3/5 9:30"),
        (cell("", day, "2026年3月5日"), "2026年3月5日"),
        (cell("own", day, "3月5日"), "3月5日"),
        (cell("named-elsewhere", day, "3月5日"), "3月5日"),
        (cell("", third, "0.30000000000000004"), "0.3"),
        (cell("own", share, "0.1250"), "0.1250"),
        (cell("", share, "12.50%"), "12.50%"),
    ] {
        assert_eq!(only(styles, &shown), Ok(wanted.to_owned()), "{shown}");
    }
}

#[test]
fn values_that_are_not_shown_make_no_table_larger() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 0, "甲").unwrap().write(1, 1, "乙").unwrap();
        for (row, column) in [(0, 1), (5, 7)] {
            sheet.write_with_format(row, column, 5, &format(";;;")).unwrap();
        }
    });
    let grid = read(&bytes, None).unwrap();
    assert_eq!(grid.rows, [["甲", ""], ["", "乙"]]);
    assert_eq!(flaws(&bytes), [("B1".into(), Flaw::Hidden(";;;".into()))]);
}

#[test]
fn zeros_of_a_sheet_that_shows_none_are_not_shown() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 0, "甲").unwrap().write(0, 1, 0).unwrap();
        sheet.write(0, 2, "0").unwrap().write(0, 3, 5).unwrap();
    });
    assert!(flaws(&bytes).is_empty());
    let view = |part: &str| part.replace("<sheetView ", "<sheetView showZeros=\"0\" ");
    let bytes = with_part(&bytes, "xl/worksheets/sheet1.xml", view);
    assert_eq!(flaws(&bytes), [("B1".into(), Flaw::Zero)]);
}

/// A zipped file with one of its parts changed.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let own = part.name().unwrap().into_owned();
        let text = if own == name { change(&text) } else { text };
        let plain = zip::write::SimpleFileOptions::default();
        new.start_file(own, plain).unwrap();
        std::io::Write::write_all(&mut new, text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn looks_and_values_of_an_older_file_are_those_it_has() {
    let flaws = flaws(&data("looks.xls"));
    let wanted =
        [("B2", Flaw::Zero), ("C2", Flaw::Unsure), ("A3", Flaw::Struck("乙县".into()))];
    assert_eq!(flaws, wanted.map(|(cell, flaw)| (cell.to_owned(), flaw)));
}

#[test]
fn an_empty_line_of_an_open_document_is_what_its_cell_shows() {
    let styles = "<style:style style:name=\"own\" style:data-style-name=\"N1\"/>";
    let cell = |attributes: &str, inner: &str| {
        let cell = format!("<table:table-cell {attributes}>{inner}</table:table-cell>");
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
        let end = "<table:table-cell><text:p>|</text:p></table:table-cell>";
        let bytes = ods_with(styles, &row(&format!("{end}{cell}{end}")));
        let grid = read(&bytes, None).unwrap();
        (grid.rows[0].concat(), grid.flaws.into_values().next().map(|it| it.flaw))
    };
    let number = "office:value-type=\"float\" office:value=\"5\"";
    let own = "table:style-name=\"own\"";
    let formula = "table:formula=\"of:=1\"";
    let one = "office:value-type=\"float\" office:value=\"1\"";
    let hidden = Some(Flaw::Hidden(String::new()));
    for (attributes, inner, wanted) in [
        (format!("{own} {number}"), "<text:p/>", ("||", hidden)),
        (format!("{own} {number}"), "", ("|5|", None)),
        (number.to_owned(), "<text:p/>", ("|5|", None)),
        (formula.to_owned(), "<text:p/>", ("||", None)),
        (formula.to_owned(), "", ("||", Some(Flaw::Unknown))),
        (format!("{formula} {one}"), "<text:p>TRUE</text:p>", ("|是|", None)),
    ] {
        let (text, flaw) = cell(&attributes, inner);
        assert_eq!((text.as_str(), flaw), wanted, "{attributes} {inner}");
    }
}
