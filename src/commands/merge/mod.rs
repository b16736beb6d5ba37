//! `hongtou merge`: one notice and a table, a PDF for each row.

mod checks;
mod earlier;
mod kept;
mod left;
mod mailing;
mod paths;
mod reserved;
mod shared;

use std::collections::BTreeSet;

use super::desk::Registers;
use super::input::{input, params};
use crate::args;
use crate::batch::{self, Asked, Copies, Mail, Roster, Sorted, Sorting};
use crate::diag::{Diagnostic, Error};
use crate::digest::Digest;
use crate::notice::source::Source;
use crate::notice::variables::{Params, has_braces};
use crate::paths::folder_of;
use crate::pipeline::{Checked, Order, Workshop, workspace_of};
use crate::{notice, terminal};
use earlier::Earlier;
use kept::Claim;
use mailing::Mailing;
use reserved::Reserved;

/// Makes a PDF of each row of the table.
///
/// # Errors
/// A row was skipped or failed; names that cannot be; nothing could be made at all.
pub fn merge(args: &args::Merge) -> Result<(), Error> {
    paths::usable(args)?;
    let order = order(args)?;
    let filter = where_(&args.filter)?;
    let shown = |findings: Vec<Diagnostic>| {
        terminal::show(&findings);
        Error::document()
    };
    let input = input(&args.file).map_err(|finding| shown(vec![finding]))?;
    let listing =
        notice::roster::roster(&args.data, args.sheet.as_deref()).map_err(shown)?;
    let roster = batch::roster(listing)?;
    let source =
        Source::decode(&input.name, &input.bytes).map_err(|it| shown(vec![it]))?;
    let workspace = workspace_of(&input.folder).map_err(shown)?;
    let workshop = Workshop::in_workspace(&args.tools.options(), workspace)?;
    let asked = Asked::of(&source);
    let pattern = pattern(args);
    let of_rows = |name: &str| roster.has(name);
    let mut used = asked.variables(&of_rows);
    used.extend(asked.variables_of(&pattern, &of_rows));
    used.extend(filter.iter().map(|(name, _)| name.clone()));
    checks::names(&roster, |name| used.iter().any(|it| it == name))?;
    let rows = roster.select(&filter)?;
    checks::tell_unmatched(&roster, &filter);
    checks::tell_sheet(&asked, &roster);
    let copies = copies(args, &asked, &roster, || workshop.check(&input, &order.params))
        .map_err(|finding| shown(vec![finding]))?;
    let (given, pattern) = (&order.params, pattern.as_str());
    checks::unasked(given, &asked, &roster, pattern);
    let sorting =
        Sorting { roster: &roster, asked: &asked, given, pattern, copies: &copies };
    let Sorted { mails, skipped, others } = sorting.sort(&rows)?;
    let mut left_out = roster.left_out();
    left_out.extend(skipped);
    let skipped = left_out;
    checks::tell_skipped(&skipped);
    checks::tell_alike(&sorting.alike(&mails));
    checks::tell_merged(&asked, &roster, &mails);
    let check = |mail: &Mail| {
        workshop.check(&input, &roster.params(mail.row, &order.params)).findings
    };
    checks::notice(&mails, &roster, check)?;
    shared::shared(&asked, &roster, given)?;
    // Of a notice that cannot be read nobody knows what it asks for.
    let sound = |mail: &Mail| !check(mail).iter().any(Diagnostic::is_error);
    if copies == Copies::None && mails.first().is_some_and(sound) {
        shared::some_asked(&asked, &roster)?;
    }
    let by_number = !asked.variables_of(pattern, &of_rows).iter().any(|it| of_rows(it));
    let claim = Claim::new(args, Digest::of(&input.bytes), by_number);
    let folder = paths::folder(args, &mails, &claim)?;
    let _reserved = Reserved::new(args, folder.as_deref())?;
    if let Some(path) = args.combined.as_deref()
        && let Some(name) = path.file_name().map(|it| it.to_string_lossy())
    {
        Earlier::read(&claim, folder_of(path)).check_all(&name)?;
    }
    if let Some(folder) = &folder {
        let hidden: BTreeSet<usize> = roster.hidden_rows().collect();
        let is_part = !filter.is_empty() || !hidden.is_empty();
        Earlier::read(&claim, folder).check(&mails, &others, is_part, &hidden)?;
    }
    let mailing = Mailing {
        number_columns: sorting.number_columns(),
        others,
        folder: folder.as_deref(),
        combined: args.combined.is_some(),
        registers: Registers::default(),
        workshop,
        input,
        order,
        roster,
        mails,
        claim,
        args,
    };
    mailing.run(&skipped)
}

/// What all rows are built with.
fn order(args: &args::Merge) -> Result<Order, Error> {
    Ok(Order {
        params: given(args)?,
        watermark: args.watermark.clone(),
        standard: args.archive.pdf_standard.into(),
        ..Order::default()
    })
}

/// Parameters of the command line.
fn given(args: &args::Merge) -> Result<Params, Error> {
    let params = params(&args.set)?;
    match params.iter().find(|(_, value)| has_braces(value)) {
        Some((name, _)) => {
            let message = format!("--set 的“{name}”里有花括号，会照原样印出");
            Err(Error::command(message).hint("--set 后面写要印的文字"))
        }
        None => Ok(params),
    }
}

/// `--where 键=值`, in the way of `--set`; one column may be named several times.
fn where_(filter: &[String]) -> Result<Vec<(String, String)>, Error> {
    let mut pairs = Vec::new();
    for one in filter {
        let key = one.split('=').next().unwrap_or_default();
        if key.contains('＝')
            || key.ends_with(['!', '>', '<', '＞', '＜', '≠', '≥', '≤', '~'])
        {
            let message = format!("--where“{one}”里只能用半角的等号：这一栏等于这个值");
            return Err(Error::command(message)
                .hint("例如 --where 区县=城关区；要几个值的，写几次"));
        }
        let params = params(std::slice::from_ref(one)).map_err(|_| {
            Error::command("--where 后面要写“键=值”").hint("例如 --where 区县=城关区")
        })?;
        // The names of columns have no white space, whatever the head shows.
        let bare = |name: String| name.split_whitespace().collect::<String>();
        pairs.extend(params.into_iter().map(|(name, value)| (bare(name), value)));
    }
    Ok(pairs)
}

/// Where the rows' 份号 come from: the command line, the table, or the notice's own, from
/// which they go on.
fn copies(
    args: &args::Merge,
    asked: &Asked,
    roster: &Roster,
    check: impl Fn() -> Checked,
) -> Result<Copies, Diagnostic> {
    let text = asked.copy_number();
    let own = text.filter(|text| {
        let names = asked.variables_of(text, &|name| roster.has(name));
        names.iter().any(|name| roster.has(name))
    });
    match (args.copies_from, own) {
        (Some(_), Some(own)) => return Err(two_sources(own)),
        (Some(first), None) => return Ok(Copies::From(first)),
        (None, Some(own)) => return Ok(Copies::Own(own.to_owned())),
        (None, None) if text.is_none() => return Ok(Copies::None),
        (None, None) => {}
    }
    let checked = check();
    match checked.notice.and_then(|it| it.copy_number) {
        // A variable that is not there is told with all others.
        Some(own) if !own.contains("{{") => Copies::going_on_from(&own)
            .map_err(|finding| finding.at(checked.places.of("份号"))),
        _ => Ok(Copies::None),
    }
}

/// A notice that takes 份号 from the table, and a command line that counts them.
fn two_sources(own: &str) -> Diagnostic {
    let message = format!("通知的份号“{own}”取自名册，命令里又写了 --copies-from");
    Diagnostic::error("B203", message)
        .hint("用名册的号，删去 --copies-from；一行一个接着编，把通知的份号改成数字")
}

fn pattern(args: &args::Merge) -> String {
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    args.name.clone().unwrap_or_else(|| format!("{stem}-{{{{ 行号 }}}}.pdf"))
}
