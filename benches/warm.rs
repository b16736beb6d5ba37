//! Warm cost of a notice on one thread: read, check, fill, typeset, export.
//!
//! `cargo bench --bench warm` prints the median in ms over distinct six-page notices;
//! `-- --dump FOLDER` writes their filled sources for other compilers instead.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool of the bench"
)]

#[path = "batch/distinct.rs"]
mod distinct;

use std::fs;
use std::path::Path;
use std::time::Instant;

use distinct::distinct;

use hongtou::pipeline::{Input, Options, Order, Workshop, read_input};
use hongtou::template::{Adjustment, FILES};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many distinct notices, and the pages of each.
const NOTICES: usize = 60;
const PAGES: usize = 6;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workshop = Workshop::open(&Options::default()).unwrap();
    let notices = notices(&root.join("examples/年度培训计划.yaml"));
    let args: Vec<String> = std::env::args().collect();
    match args.iter().position(|arg| arg == "--dump") {
        Some(at) => dump(&workshop, &notices, Path::new(&args[at + 1])),
        None => println!("{:.3}", median(&workshop, &notices)),
    }
}

/// The reference notice with another number in each of its sentences.
fn notices(path: &Path) -> Vec<Input> {
    let input = read_input(path).unwrap();
    let text = String::from_utf8(input.bytes.clone()).unwrap();
    let notice =
        |i: usize| Input { bytes: distinct(&text, i).into_bytes(), ..input.clone() };
    (0..NOTICES).map(notice).collect()
}

/// Milliseconds a notice.
fn median(workshop: &Workshop, notices: &[Input]) -> f64 {
    let mut times: Vec<f64> = notices
        .iter()
        .map(|input| {
            let start = Instant::now();
            let built = workshop.build(input, &Order::default());
            assert_eq!(built.pages, PAGES, "{:?}", built.findings);
            hongtou::typeset::forget();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Everything another compiler needs, with `folder` as its root.
fn dump(workshop: &Workshop, notices: &[Input], folder: &Path) {
    for (name, text) in FILES.iter().filter(|(name, _)| name.ends_with(".typ")) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    for (i, input) in notices.iter().enumerate() {
        let notice = workshop.check(input, &Default::default()).notice.unwrap();
        let filled = workshop.fill(&notice, None, Adjustment::NONE).unwrap();
        fs::write(folder.join("faces.typ"), &filled.faces).unwrap();
        fs::write(folder.join(format!("{i:03}.typ")), &filled.main).unwrap();
        fs::write(folder.join(format!("{i:03}.yaml")), &input.bytes).unwrap();
    }
}
