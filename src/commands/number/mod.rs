//! `hongtou number`: the register, one subcommand a function.

mod doctor;
mod import;
mod list;

use chrono::{Datelike, Local};

use super::desk::{self, Desk};
use crate::args::number::{self as args, NumberCommand};
use crate::diag::Error;
use crate::ledger::{Filter, findings};
use crate::{report, terminal};

/// The most numbers that are reserved at once.
const MOST: u32 = 1000;

/// Runs a subcommand in the workspace of the current folder.
///
/// # Errors
/// What the subcommand fails with.
pub fn number(args: &args::Number) -> Result<(), Error> {
    match &args.command {
        NumberCommand::Import(args) => import::import(args),
        NumberCommand::Doctor(args) => doctor::doctor(args),
        NumberCommand::Next(args) => next(args),
        NumberCommand::Reserve(args) => reserve(args),
        NumberCommand::Void(args) => void(args),
        NumberCommand::List(args) => list::list(args),
        NumberCommand::Gaps(args) => gaps(args),
        NumberCommand::History(args) => history(args),
    }
}

fn here() -> Result<Desk, Error> {
    Desk::at(".".as_ref())
}

fn this_year() -> u16 {
    u16::try_from(Local::now().year()).unwrap_or_default()
}

fn next(args: &args::Next) -> Result<(), Error> {
    let desk = here()?;
    let series = desk.series(&args.code, args.year.unwrap_or_else(this_year))?;
    let serial = match desk.look()? {
        Some(ledger) => ledger.next(&series).map_err(|fault| desk.told(fault))?,
        None => 1,
    };
    terminal::say(&series.number(serial).to_string());
    Ok(())
}

fn reserve(args: &args::Reserve) -> Result<(), Error> {
    if !(1..=MOST).contains(&args.count) {
        return Err(Error::command(format!("一次可以留 1 到 {MOST} 个号"))
            .hint("要更多，分几次留"));
    }
    let desk = here()?;
    let series = desk.series(&args.code, args.year.unwrap_or_else(this_year))?;
    let purpose = crate::notice::clean(args.purpose.trim());
    let numbers = desk.change(|change| change.reserve(&series, args.count, &purpose))?;
    for number in numbers {
        terminal::say(&number.to_string());
    }
    Ok(())
}

fn void(args: &args::Void) -> Result<(), Error> {
    let number = desk::number(&args.number)?;
    let why = crate::notice::clean(args.why.trim());
    if why.is_empty() {
        return Err(Error::command("作废要写原因").hint("加上 --why 原因"));
    }
    here()?.change(|change| change.void(&number, &why))?;
    terminal::note(&format!("已作废 {number}：{why}"));
    Ok(())
}

fn gaps(args: &args::Gaps) -> Result<(), Error> {
    let filter = Filter { year: args.year, code: args.code.clone(), ..Filter::default() };
    let found = findings(&list::entries(&here()?, &filter)?);
    if found.is_empty() {
        terminal::say("没有缺号、作废、重复和日期倒置");
        return Ok(());
    }
    terminal::say(&report::register::gaps(&found));
    let bad = found.iter().any(crate::ledger::Finding::is_fault);
    if !bad {
        return Ok(());
    }
    Err(Error::document())
}

fn history(args: &args::History) -> Result<(), Error> {
    let number = desk::number(&args.number)?;
    let desk = here()?;
    let events = match desk.look()? {
        Some(ledger) => ledger.history(&number).map_err(|fault| desk.told(fault))?,
        None => Vec::new(),
    };
    if events.is_empty() {
        return Err(Error::command(format!("登记簿里没有 {number}"))
            .hint("用 `hongtou number list` 看有哪些号"));
    }
    terminal::say(&report::register::history(&events));
    Ok(())
}
