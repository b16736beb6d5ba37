//! What is told of a notice and its roster before anything is laid out.

use crate::batch::{self, Asked, Mail, ROW, Roster, Skipped, Unused};
use crate::diag::{Diagnostic, Error, ErrorKind, LISTED, Severity, Variable};
use crate::notice::variables::Params;
use crate::terminal;

/// Tells why rows are skipped, those with the same fault together.
pub fn tell_skipped(skipped: &Skipped) {
    let mut faults: Vec<(&Diagnostic, Vec<usize>)> = Vec::new();
    for (row, finding) in skipped {
        match faults.iter_mut().find(|(fault, _)| *fault == finding) {
            Some((_, rows)) => rows.push(*row),
            None => faults.push((finding, vec![*row])),
        }
    }
    let told = |(fault, rows): &(&Diagnostic, Vec<usize>)| {
        let rows = batch::in_short(rows);
        let message = format!("名册第 {rows} 行{}", fault.message);
        Diagnostic { message, ..(*fault).clone() }
    };
    let shown: Vec<Diagnostic> = faults.iter().take(LISTED).map(told).collect();
    terminal::show(&shown);
    let more: usize = faults.iter().skip(LISTED).map(|(_, rows)| rows.len()).sum();
    if more > 0 {
        terminal::note(&format!("另有 {more} 行也跳过，见 --report"));
    }
}

/// Tells which rows have the same in all that is asked for.
pub fn tell_alike(alike: &[Vec<usize>]) {
    let told = |rows: &Vec<usize>| {
        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        let rows = rows.join("、");
        format!("名册第 {rows} 行里通知用到的各栏完全一样，照样各生成一份；重复的请删去")
    };
    let told: Vec<String> = alike.iter().map(told).collect();
    terminal::note_first(&told, |more| format!("另有 {more} 处也是这样"));
}

/// Tells which sheet was read where others would do as well.
pub fn tell_sheet(asked: &Asked, roster: &Roster) {
    let names = asked.variables(&|name| roster.has(name));
    if let Some((sheet, others)) = roster.also_in(&names) {
        let others = others.join("”“");
        terminal::note(&format!(
            "读的是工作表“{sheet}”；“{others}”里也有这些栏，要用的，写 --sheet"
        ));
    }
}

/// Tells what `--where` asks for and no row has.
pub fn tell_unmatched(roster: &Roster, filter: &[(String, String)]) {
    for (name, value, near) in &roster.unmatched(filter) {
        let near = near.as_ref().map(|it| format!("，是不是想写“{it}”？"));
        let near = near.unwrap_or_else(|| format!("；{}", roster.some_values(name)));
        terminal::note(&format!("--where 的“{name}={value}”没有一行符合{near}"));
    }
}

/// Tells which merged cells stand for several letters: a sum that all of them share is none that
/// each of them has.
pub fn tell_merged(asked: &Asked, roster: &Roster, mails: &[Mail]) {
    let names = asked.variables(&|name| roster.has(name));
    let rows: Vec<usize> = mails.iter().map(|mail| mail.row).collect();
    for (rows, name, text) in roster.merged_down(&names, &rows) {
        let rows = batch::in_short(&rows);
        terminal::note(&format!(
            "名册第 {rows} 行的“{name}”是合并的格子，每一份都写“{text}”；\
             几行合用一个数的，取消合并，各填各的"
        ));
    }
}

/// Whether each name that is asked for is one column's; others are told.
///
/// # Errors
/// A name that is asked for is of several columns.
pub fn names(roster: &Roster, is_asked: impl Fn(&str) -> bool) -> Result<(), Error> {
    let repeated = roster.repeated_names();
    if let Some(name) = repeated.iter().find(|it| is_asked(it)) {
        let message = format!("名册“{}”的表头有两个“{name}”", roster.name());
        let error = Error { kind: ErrorKind::Document, ..Error::command(message) };
        return Err(error.hint("各栏的名称就是变量名，通知用到的不能相同"));
    }
    for name in repeated {
        terminal::note(&format!("名册的表头有两个“{name}”，通知没有用到，不管"));
    }
    Ok(())
}

/// Tells of parameters of the command line that nothing asks for, or that a column stands for.
pub fn unasked(given: &Params, asked: &Asked, roster: &Roster, pattern: &str) {
    let unused = Unused::new(given);
    unused.take(asked);
    unused.drop_all(&asked.variables_of(pattern, &|name| given.contains_key(name)));
    unused.told().iter().for_each(|line| terminal::note(line));
    for name in given.keys().filter(|name| roster.has(name)) {
        terminal::note(&format!("--set 的“{name}”名册里也有这一栏，用的是名册的"));
    }
}

/// Whether the notice itself can be laid out; what stands in the way is told.
///
/// # Errors
/// It cannot, in any row.
pub fn notice(
    mails: &[Mail],
    roster: &Roster,
    check: impl Fn(&Mail) -> Vec<Diagnostic>,
) -> Result<(), Error> {
    if let Some(first) = mails.first() {
        unknown(check(first), roster)?;
    }
    in_each(mails, roster, &check)
}

/// A variable that the table does not have is missing in each row: told once.
fn unknown(mut findings: Vec<Diagnostic>, roster: &Roster) -> Result<(), Error> {
    // In letters to many nobody reads what would be printed as it stands.
    findings.retain(|finding| ["Y301", "Y303"].contains(&finding.code));
    if findings.is_empty() {
        return Ok(());
    }
    for finding in &mut findings {
        let hint = match &finding.variable {
            Some(Variable::Unknown(name, _)) if name == ROW => Some(
                "行号只能写在 --name 里；份号要一行一个的，写 --copies-from 1".into(),
            ),
            Some(Variable::Unknown(name, None)) => Some(roster.elsewhere(name)),
            Some(Variable::Literal(inner)) => roster
                .without_space(inner)
                .map(|name| format!("中间不要空格，写成 {{{{ {name} }}}}")),
            _ => None,
        };
        if let Some(hint) = hint {
            finding.hints = vec![hint];
        }
        if finding.code == "Y303" {
            finding.severity = Severity::Error;
            finding.message = finding.message.replace("，照原样印出", "");
        }
    }
    terminal::show(&findings);
    terminal::note("名册里没有这些变量，每一行都排不出来；一份也没有写");
    Err(Error::document())
}

/// Whether an expression came to nothing for what a cell has: other rows may have something
/// else, and it is the roster that is to be mended.
fn is_of_cell(finding: &Diagnostic, roster: &Roster) -> bool {
    match &finding.variable {
        Some(Variable::Failed(names)) => names.iter().any(|name| roster.has(name)),
        _ => false,
    }
}

/// Errors that each row has are the notice's own: told once, before anything is laid out.
fn in_each(
    mails: &[Mail],
    roster: &Roster,
    check: &dyn Fn(&Mail) -> Vec<Diagnostic>,
) -> Result<(), Error> {
    let [first, others @ ..] = mails else { return Ok(()) };
    let mut common = check(first);
    common.retain(|finding| finding.is_error() && !is_of_cell(finding, roster));
    for mail in others {
        if common.is_empty() {
            return Ok(());
        }
        let own = check(mail);
        common.retain(|finding| own.contains(finding));
    }
    if common.is_empty() || others.is_empty() {
        return Ok(());
    }
    terminal::show(&common);
    terminal::note("通知有错，每一行都排不出来；一份也没有写");
    Err(Error::document())
}
