//! .xlsx: one sheet with a head; every cell is a text or a whole number, never a formula.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::diag::reason;

/// Writes a sheet. Columns named in `numbers` hold numbers where they can.
///
/// # Errors
/// What a sheet does not hold, in words.
pub fn xlsx(
    name: &str,
    head: &[&str],
    rows: impl Iterator<Item: IntoIterator<Item: AsRef<str>>>,
    numbers: &[&str],
) -> Result<Vec<u8>, String> {
    write(name, head, rows, numbers).map_err(|error| told(&error))
}

fn told(error: &XlsxError) -> String {
    match error {
        XlsxError::RowColumnLimitError => "行或栏太多，一张工作表放不下".into(),
        XlsxError::MaxStringLengthExceeded => "有一格的文字太长".into(),
        XlsxError::IoError(error) => reason(error),
        _ => "有的内容电子表格放不下".into(),
    }
}

fn write(
    name: &str,
    head: &[&str],
    rows: impl Iterator<Item: IntoIterator<Item: AsRef<str>>>,
    numbers: &[&str],
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(name)?;
    let bold = Format::new().set_bold();
    for (at, text) in (0..).zip(head) {
        sheet.write_string_with_format(0, at, *text, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for ((at, cell), column) in (0..).zip(row).zip(head) {
            match cell.as_ref().parse::<u32>() {
                Ok(number) if numbers.contains(column) => {
                    sheet.write_number(line, at, number)?;
                }
                _ => {
                    sheet.write_string(line, at, cell.as_ref())?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?.autofit();
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sheet_does_not_hold_is_told_in_chinese() {
        let long = "长".repeat(40_000);
        let failed = xlsx("表", &["甲"], std::iter::once([long]), &[]);
        assert_eq!(failed, Err("有一格的文字太长".to_owned()));
        let failed = xlsx("表", &["甲"; 16_385], std::iter::empty::<[&str; 0]>(), &[]);
        assert_eq!(failed, Err("行或栏太多，一张工作表放不下".to_owned()));
    }
}
