//! .xlsx: one sheet with a head; every cell is a text or a whole number, never a formula.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Writes a sheet. Columns named in `numbers` hold numbers where they can.
///
/// # Errors
/// More rows than a sheet has, in the library's words.
pub fn xlsx(
    name: &str,
    head: &[&str],
    rows: impl Iterator<Item: IntoIterator<Item: AsRef<str>>>,
    numbers: &[&str],
) -> Result<Vec<u8>, String> {
    write(name, head, rows, numbers).map_err(|error| error.to_string())
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
