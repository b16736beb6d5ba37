//! `hongtou completions`: the shell's completion script.

use crate::args;
use crate::diag::Error;
use crate::terminal;

/// Prints the script for a shell.
///
/// # Errors
/// None so far.
pub fn completions(args: &args::Completions) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::grammar(), "hongtou", &mut script);
    terminal::print(String::from_utf8_lossy(&script).trim_end());
    Ok(())
}
