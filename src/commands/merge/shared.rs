//! 参数 of a notice that the roster has no column for: all letters have the same value.

use crate::batch::{Asked, Roster};
use crate::diag::Error;
use crate::notice::keys::nearest;
use crate::notice::variables::Params;
use crate::terminal;

/// So many characters of a value are told.
const SHOWN: usize = 20;

/// Tells which values all letters share.
///
/// # Errors
/// A column seems to be meant for one of them.
pub fn shared(asked: &Asked, roster: &Roster, given: &Params) -> Result<(), Error> {
    let is_given = |name: &str| roster.has(name) || given.contains_key(name);
    let names = asked.variables(&is_given);
    let of_rows = |name: &String| roster.has(name);
    let own = asked.parameters().filter_map(|(name, node)| {
        let text = node.value.as_text()?;
        let is_asked = !is_given(name) && names.iter().any(|it| it == name);
        let same = || !asked.variables_of(text, &is_given).iter().any(of_rows);
        (is_asked && same()).then(|| (name, in_short(text)))
    });
    let own: Vec<(&str, String)> = own.collect();
    let free: Vec<&str> = roster.columns().iter().map(String::as_str).collect();
    let free = free.into_iter().filter(|it| !names.iter().any(|name| name == it));
    let free: Vec<&str> = free.filter(|it| !it.is_empty()).collect();
    if let Some(error) = own.iter().find_map(|it| mistaken(it, &free, roster)) {
        return Err(error);
    }
    if !own.is_empty() {
        let list =
            |of: fn(&(&str, String)) -> String| own.iter().map(of).collect::<String>();
        let (names, values) =
            (list(|it| format!("“{}”", it.0)), list(|it| format!("“{}”", it.1)));
        terminal::note(&format!("{names}名册里没有，各份都用通知里的{values}"));
    }
    Ok(())
}

/// Whether a notice asks for anything of the table: letters that are all the same need none.
///
/// # Errors
/// It does not.
pub fn some_asked(asked: &Asked, roster: &Roster) -> Result<(), Error> {
    let names = asked.variables(&|name| roster.has(name));
    if names.iter().any(|name| roster.has(name)) {
        return Ok(());
    }
    let message = "名册里没有一栏是通知用到的，各份会一模一样";
    Err(Error::command(message)
        .hint("通知里写名册的栏名，如 主送: \"{{ 单位 }}\"；一份也没有写"))
}

fn in_short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(SHOWN).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

/// What to say of a value for which a column seems to be meant that is hidden, or has nearly its
/// name and no other use.
fn mistaken(
    (name, value): &(&str, String),
    free: &[&str],
    roster: &Roster,
) -> Option<Error> {
    let same = format!("各份会都用通知“参数”里的“{value}”");
    let wanted =
        format!("各份确实相同的，在命令里写 --set {name}=要印的文字；一份也没有写");
    if roster.hides(name) {
        let message = format!("名册的“{name}”这一栏隐藏着，{same}");
        return Some(Error::command(message).hint("先取消隐藏").hint(wanted));
    }
    let longer = |a: &str, b: &str| b.chars().count() > 1 && a.contains(b);
    let within = free.iter().find(|it| longer(it, name) || longer(name, it));
    let near = within.copied().or_else(|| nearest(name, free.iter().copied()))?;
    let message = format!("名册没有“{name}”这一栏，有“{near}”；{same}");
    let hint = format!("把名册的表头改成“{name}”，或在通知里改写 {{{{ {near} }}}}");
    Some(Error::command(message).hint(hint).hint(wanted))
}
