//! The `hongtou` program: parse, dispatch, print the error and its hints, exit.

use std::process::ExitCode;

use hongtou::args::{self, Command};
use hongtou::diag::Error;
use hongtou::{commands, terminal};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Deeply nested layouts need more stack than a main thread has everywhere.
    let run = std::thread::Builder::new().stack_size(64 * 1024 * 1024).spawn(run);
    match run.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        _ => ExitCode::from(2),
    }
}

fn run() -> ExitCode {
    let done = args::parse(std::env::args_os()).and_then(|args| dispatch(args.command));
    let failed = [done, terminal::ended()].into_iter().filter_map(Result::err);
    let codes = failed.map(|error| {
        terminal::fail(&error);
        error.exit_code()
    });
    ExitCode::from(codes.max().unwrap_or_default())
}

fn dispatch(command: Option<Command>) -> Result<(), Error> {
    match command {
        Some(Command::Build(args)) => commands::build::build(&args),
        Some(Command::Calibrate(args)) => commands::calibrate::calibrate(&args),
        Some(Command::Init(args)) => commands::init::init(&args),
        Some(Command::Issue(args)) => commands::issue::issue(&args),
        Some(Command::Number(args)) => commands::number::number(&args),
        Some(Command::Verify(args)) => commands::verify::verify(&args),
        Some(Command::Preview(args)) => commands::preview::preview(&args),
        Some(Command::Measure(args)) => commands::measure::measure(&args),
        Some(Command::Merge(args)) => commands::merge::merge(&args),
        Some(Command::Renew(args)) => commands::renew::renew(&args),
        Some(Command::Report(args)) => commands::report::report(&args),
        Some(Command::New(args)) => commands::new::new(&args),
        Some(Command::Fonts(args)) => commands::fonts::fonts(&args),
        Some(Command::Schema(_)) => commands::schema::schema(),
        Some(Command::Completions(args)) => commands::completions::completions(&args),
        None => Ok(()),
    }
}
