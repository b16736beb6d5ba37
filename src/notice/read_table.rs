//! 表格: given in the notice, or in a data file.

use super::files::Folders;
use super::keys::{self, nearest};
use super::read_data::{self, Data};
use super::reader::{Fields, Reader};
use super::sheet::{CELLS, COLUMNS, ROWS};
use super::table::{Align, Merge, Table, nested};
use super::tree::{Node, Value};

/// 表格: given in the notice, or in a file.
pub fn table(
    reader: &mut Reader,
    folders: &Folders,
    path: &str,
    node: &Node,
) -> Option<Table> {
    let fields = reader.fields(path, node, keys::TABLE)?;
    let head = rows(reader, &fields, "表头");
    let body = rows(reader, &fields, "行");
    let head_is_empty = head.iter().all(Vec::is_empty);
    let mut table = Table { head_merges: nested(&head), head, ..Table::default() };
    if let Some(file) = reader.text(&fields, "数据") {
        if let (Some(node), false) = (fields.get("行"), body.is_empty()) {
            reader.error(
                "Y220",
                node.span,
                "“数据”和“行”只能写一个".into(),
                "表格的各行放在一处",
            );
        }
        fill(&mut table, read_data::data(reader, folders, &fields, &file)?);
    } else if head_is_empty && body.iter().all(Vec::is_empty) {
        let hint = "写上“表头”和“行”，或“数据: 文件名.xlsx”";
        reader.error("Y221", node.span, "表格里没有内容".into(), hint);
        return None;
    } else {
        table.rows = body;
    }
    table.widths = widths(reader, &fields);
    table.aligns = aligns(reader, &fields);
    same_columns(reader, &fields, &mut table);
    Some(table)
}

/// Puts a file's rows into a table. A head written in the notice stands for the file's own.
fn fill(table: &mut Table, mut data: Data) {
    let rows = data.rows.split_off(data.head);
    let (head, body) = data.merges.into_iter().partition(|it| it.row < data.head);
    let up = |merge: Merge| Merge { row: merge.row - data.head, ..merge };
    table.file_widths = data.widths;
    table.merges = Vec::into_iter(body).map(up).collect();
    table.rows = rows;
    if table.head.is_empty() {
        (table.head, table.head_merges) = (data.rows, head);
    } else if last_shown(&data.rows, &head) != last_shown(&table.head, &table.head_merges)
    {
        // The file has no head: its first rows are rows like the others.
        let down = |merge: &mut Merge| merge.row += data.head;
        table.merges.iter_mut().for_each(down);
        table.merges.extend(head);
        table.rows.splice(0..0, data.rows);
    }
}

/// The last row with the text of merged cells in all of their cells.
fn last_shown(rows: &[Vec<String>], merges: &[Merge]) -> Option<Vec<String>> {
    let (last, row) = rows.iter().enumerate().next_back()?;
    let text = |(column, own): (usize, &String)| {
        let merge = merges.iter().find(|merge| merge.covers(last, column));
        let first = merge.and_then(|merge| rows.get(merge.row)?.get(merge.column));
        first.unwrap_or(own).clone()
    };
    Some(row.iter().enumerate().map(text).collect())
}

/// Rows of cells; a list without lists in it is one row.
fn rows(reader: &mut Reader, fields: &Fields, name: &str) -> Vec<Vec<String>> {
    let Some(node) = fields.get(name) else { return Vec::new() };
    let path = fields.path(name);
    let Value::List(items) = &node.value else {
        reader.wrong_type(&path, node, "列表");
        return Vec::new();
    };
    let flat = !items.iter().any(|item| matches!(item.value, Value::List(_)));
    let large = if flat { items.len() > COLUMNS } else { is_large(items) };
    if large {
        read_data::too_large(reader, node.span, COLUMNS, &format!("“{name}”"));
        return Vec::new();
    }
    if flat && !items.is_empty() {
        return vec![cells(reader, &path, items)];
    }
    let mut rows = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let path = format!("{path}[{i}]");
        reader.places.record(&path, item.span);
        match &item.value {
            Value::List(items) => rows.push(cells(reader, &path, items)),
            _ => reader.wrong_type(&path, item, "列表"),
        }
    }
    rows
}

/// Whether there is more than is read of a table in a file.
fn is_large(rows: &[Node]) -> bool {
    let row = |row: &Node| match &row.value {
        Value::List(cells) => {
            let written = cells.iter().filter(|it| !matches!(it.value, Value::Null));
            (cells.len(), written.count())
        }
        _ => (1, 1),
    };
    let sizes = || rows.iter().map(row);
    rows.len() > ROWS
        || sizes().any(|(columns, _)| columns > COLUMNS)
        || sizes().map(|(_, written)| written).sum::<usize>() > CELLS
}

fn cells(reader: &mut Reader, path: &str, items: &[Node]) -> Vec<String> {
    let mut cells = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let path = format!("{path}[{i}]");
        reader.places.record(&path, item.span);
        cells.push(match &item.value {
            Value::Null => String::new(),
            Value::Bool(_, text) => text.clone(),
            _ => reader.scalar(&path, item).unwrap_or_default(),
        });
    }
    cells
}

/// Every row must have as many cells as the first; widths and alignments one for each, or they
/// are left out.
fn same_columns(reader: &mut Reader, fields: &Fields, table: &mut Table) {
    let columns = table.head.first().or(table.rows.first()).map_or(0, Vec::len);
    let from_file = fields.get("数据").is_some();
    for (name, rows) in [("表头", &table.head), ("行", &table.rows)] {
        if from_file && name == "行" {
            continue;
        }
        for (i, row) in rows.iter().enumerate().filter(|(_, row)| row.len() != columns) {
            let span = reader
                .places
                .span(&format!("{}[{i}]", fields.path(name)))
                .unwrap_or(fields.span());
            let message =
                format!("第 {} 行有 {} 格，表格有 {columns} 栏", i + 1, row.len());
            reader.error("Y222", span, message, "补足或删去多余的格；空格子写 \"\"");
        }
    }
    let counts = [
        ("列宽", table.widths.as_ref().map(Vec::len)),
        ("对齐", table.aligns.as_ref().map(Vec::len)),
    ];
    for (name, count) in counts {
        if let (Some(count), Some(node)) =
            (count.filter(|count| *count != columns), fields.get(name))
        {
            let message = format!("“{name}”有 {count} 个，表格有 {columns} 栏");
            reader.error("Y223", node.span, message, "每栏写一个");
        }
    }
    table.widths.take_if(|it| it.len() != columns);
    table.aligns.take_if(|it| it.len() != columns);
}

fn widths(reader: &mut Reader, fields: &Fields) -> Option<Vec<f64>> {
    let node = fields.get("列宽")?;
    let path = fields.path("列宽");
    let Value::List(items) = &node.value else {
        reader.wrong_type(&path, node, "数字的列表，如 [2, 6, 4]");
        return None;
    };
    items
        .iter()
        .enumerate()
        .map(|(i, item)| reader.positive(&format!("{path}[{i}]"), item))
        .collect()
}

fn aligns(reader: &mut Reader, fields: &Fields) -> Option<Vec<Align>> {
    let node = fields.get("对齐")?;
    let words = reader.scalars(&fields.path("对齐"), node);
    let mut aligns = Vec::new();
    for word in &words {
        match word.as_str() {
            "左" | "left" => aligns.push(Align::Left),
            "中" | "center" => aligns.push(Align::Center),
            "右" | "right" => aligns.push(Align::Right),
            _ => {
                let near = nearest(word, keys::ALIGNS.iter().copied());
                let hint = near.map_or("可用的有：左、中、右".into(), |near| {
                    format!("是不是想写“{near}”？")
                });
                reader.error(
                    "Y224",
                    node.span,
                    format!("“对齐”没有“{word}”这一种"),
                    &hint,
                );
                return None;
            }
        }
    }
    (!aligns.is_empty()).then_some(aligns)
}
