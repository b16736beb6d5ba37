//! Numbers as fractions: `# ?/?`, `# ?/8`.

use super::code::{Token, literals};
use super::decimal::rounded;

/// The largest denominator that is tried.
const LARGEST: u32 = 9999;

/// The tokens of a fraction.
pub struct Parts<'a> {
    before: &'a [Token],
    /// Whether the whole number stands by itself.
    whole: Whole,
    denominator: Denominator,
    after: &'a [Token],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// It is part of the fraction: 5/4.
    None,
    /// Printed unless it is zero.
    Some,
    /// Always printed.
    Always,
}

enum Denominator {
    /// Any one up to this.
    UpTo(u32),
    Fixed(u32),
}

/// The parts of a fraction; `None` if the tokens are of none.
pub fn parts(tokens: &[Token]) -> Option<Parts<'_>> {
    let is_place = |it: &Token| matches!(it, Token::Digit(_));
    let divides = |at: usize| {
        let behind = tokens.get(at + 1).is_some_and(is_digit);
        tokens[at] == Token::Literal("/".into()) && behind && is_place(&tokens[at - 1])
    };
    let slash = (1..tokens.len()).find(|at| divides(*at))?;
    let (front, back) = (&tokens[..slash], &tokens[slash + 1..]);
    let top = front.iter().rposition(|it| !is_place(it)).map_or(0, |at| at + 1);
    let first = front.iter().position(is_place)?;
    let whole = match front[first..top].contains(&Token::Digit('0')) {
        true => Whole::Always,
        false if first < top => Whole::Some,
        false => Whole::None,
    };
    let end = back.iter().position(|it| !is_digit(it)).unwrap_or(back.len());
    let (bottom, after) = back.split_at(end);
    let denominator = if bottom.iter().all(is_place) {
        let above = 10u32.saturating_pow(u32::try_from(end).ok()?);
        Denominator::UpTo((above - 1).min(LARGEST))
    } else {
        Denominator::Fixed(fixed(bottom)?)
    };
    Some(Parts { before: &front[..first], whole, denominator, after })
}

/// A place for a digit, or a digit itself.
fn is_digit(token: &Token) -> bool {
    match token {
        Token::Digit(_) => true,
        Token::Literal(text) => {
            text.len() == 1 && text.bytes().all(|it| it.is_ascii_digit())
        }
        _ => false,
    }
}

/// A denominator that is written out: 100 is a 1 and two places.
fn fixed(tokens: &[Token]) -> Option<u32> {
    let digit = |token: &Token| match token {
        Token::Literal(text) => text.clone(),
        _ => "0".to_owned(),
    };
    let number = tokens.iter().map(digit).collect::<String>().parse().ok()?;
    (1..=LARGEST).contains(&number).then_some(number)
}

/// A value above zero as a fraction; `None` where something else is asked for as well.
pub fn show(value: f64, parts: &Parts) -> Option<String> {
    let plain = |it: &Token| matches!(it, Token::Literal(_));
    if value >= 1e12 || !parts.before.iter().chain(parts.after).all(plain) {
        return None;
    }
    let whole = if parts.whole == Whole::None { 0.0 } else { value.floor() };
    let rest = value - whole;
    let (top, bottom) = match parts.denominator {
        Denominator::UpTo(largest) => nearest(rest, largest),
        Denominator::Fixed(bottom) => ((rest * f64::from(bottom)).round(), bottom),
    };
    let carried = parts.whole != Whole::None && top >= f64::from(bottom);
    let whole = rounded(if carried { whole + 1.0 } else { whole }, 0).0;
    let whole = if whole.is_empty() { "0" } else { &whole };
    let shown = if parts.whole == Whole::None {
        format!("{top}/{bottom}")
    } else if top == 0.0 || carried {
        whole.to_owned()
    } else if whole == "0" && parts.whole == Whole::Some {
        format!("{top}/{bottom}")
    } else {
        format!("{whole} {top}/{bottom}")
    };
    Some(literals(parts.before) + &shown + &literals(parts.after))
}

/// The fraction that is nearest, of those the one with the smallest denominator.
fn nearest(value: f64, largest: u32) -> (f64, u32) {
    let mut best = (value.round(), 1);
    let mut off = (value - best.0).abs();
    for bottom in 2..=largest {
        let top = (value * f64::from(bottom)).round();
        let now = (value - top / f64::from(bottom)).abs();
        // Two ways to write one number differ by what a computer cannot help.
        if now + 1e-12 < off {
            (best, off) = ((top, bottom), now);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::format::show;

    #[test]
    fn fractions_show_as_in_the_spreadsheet() {
        for (value, code, shown) in [
            (0.5, "# ?/?", "1/2"),
            (1.25, "# ?/?", "1 1/4"),
            (2.0, "# ?/?", "2"),
            (0.0, "# ?/?", "0"),
            (0.99, "# ?/?", "1"),
            (12.0625, "# ?/?", "12 1/9"),
            (0.99, "# ??/??", "98/99"),
            (0.123_456, "# ??/??", "10/81"),
            (12.0625, "# ??/??", "12 1/16"),
            (0.001, "# ??/??", "0"),
            (0.99, "# ???/???", "99/100"),
            (0.001, "# ???/???", "1/999"),
            (100.999, "# ???/???", "100 998/999"),
            (1.25, "?/?", "5/4"),
            (2.0, "?/?", "2/1"),
            (0.0, "?/?", "0/1"),
            (12.0625, "?/?", "109/9"),
            (1.25, "# ?/16", "1 4/16"),
            (0.001, "# ?/16", "0"),
            (3.3333, "# ?/100", "3 33/100"),
            (0.5, "0 ?/?", "0 1/2"),
            (3.3333, "0 ?/?", "3 1/3"),
            (3.5, "\"约\"# ?/?\"亩\"", "约3 1/2亩"),
        ] {
            let told = show(value, code, false);
            assert_eq!(told.as_deref(), Some(shown), "{value} in {code}");
        }
    }
}
