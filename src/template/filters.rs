//! Filters that notices and templates share.

use minijinja::{Environment, Error, ErrorKind};

/// Adds the filters.
pub fn add(environment: &mut Environment) {
    environment.add_filter("int", |text: String| int(&text));
    environment.remove_filter("safe");
}

/// A number from a text such as 2026, so that {{ 年度|int + 1 }} works.
fn int(text: &str) -> Result<i64, Error> {
    let number = text.trim().parse();
    number
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("“{text}”不是整数")))
}
