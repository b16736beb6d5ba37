//! Numbers in the digits of a number format.

use super::code::{Token, literals};

/// More digits of a number than these behind its first one are none of its own.
const KEPT: usize = 14;

/// No spreadsheet shows more decimals.
const DECIMALS: usize = 30;

/// The digits of a value above zero, rounded as a spreadsheet does: on the 15 decimal digits
/// that it keeps, halves up. Integer part without leading zeros, and `decimals` digits.
pub fn rounded(value: f64, decimals: usize) -> (String, String) {
    let text = format!("{value:.14e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    // Where the point stands among the digits; one zero in front may become a one.
    let mut point = exponent + 1;
    if point < 0 {
        let zeros = usize::try_from(-point).unwrap_or(0).min(400);
        digits.splice(0..0, std::iter::repeat_n(b'0', zeros));
        point = 0;
    }
    digits.insert(0, b'0');
    let point = usize::try_from(point).unwrap_or(0) + 1;
    let end = point + decimals;
    let up = digits.get(end).is_some_and(|it| *it >= b'5');
    digits.resize(end, b'0');
    if up {
        for digit in digits.iter_mut().rev() {
            *digit = if *digit == b'9' { b'0' } else { *digit + 1 };
            if *digit != b'0' {
                break;
            }
        }
    }
    let text =
        |digits: &[u8]| digits.iter().map(|it| char::from(*it)).collect::<String>();
    let (whole, part) = digits.split_at(point);
    (text(whole).trim_start_matches('0').to_owned(), text(part))
}

/// 常规: a whole number in full, any other in as many digits as a cell of the usual width.
pub fn general(value: f64) -> String {
    let size = value.abs();
    let sign = if value < 0.0 { "-" } else { "" };
    if size == 0.0 {
        return "0".into();
    }
    let long = format!("{size:.0}").len();
    let (whole, part) = rounded(size, 10usize.saturating_sub(long));
    let part = part.trim_end_matches('0');
    if size >= 1e15 || (whole.is_empty() && part.is_empty()) {
        let text = format!("{size:.5e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        let plus = if exponent.starts_with('-') { "" } else { "+" };
        return format!("{sign}{mantissa}E{plus}{exponent}");
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

/// A value above zero in the digits of a format.
pub fn number(value: f64, tokens: &[Token]) -> String {
    if let Some(at) = tokens.iter().position(|it| matches!(it, Token::Exponent(_))) {
        return scientific(value, &tokens[..at], &tokens[at..]);
    }
    let is_digit = |it: &Token| matches!(it, Token::Digit(_));
    if !tokens.iter().any(is_digit) {
        return literals(tokens);
    }
    let point = tokens.iter().position(|it| *it == Token::Point).unwrap_or(tokens.len());
    let (front, back) = tokens.split_at(point);
    let last = front.iter().rposition(is_digit).unwrap_or(0);
    let back_last = back.iter().rposition(is_digit).unwrap_or(0);
    // Commas behind the last digit take three places each away.
    let behind = front.iter().skip(last).chain(back.iter().skip(back_last));
    let thousands = behind.filter(|it| **it == Token::Comma).count();
    let grouped = front[..last].contains(&Token::Comma);
    let percents = tokens.iter().filter(|it| **it == Token::Percent).count();
    let scale = |times: usize| i32::try_from(times).unwrap_or(0);
    let value = value * 100f64.powi(scale(percents)) / 1000f64.powi(scale(thousands));
    let decimals = back.iter().filter(|it| is_digit(it)).count().min(DECIMALS);
    let (whole, part) = rounded(value, decimals);
    whole_part(&whole, front, grouped) + &fraction(&part, back)
}

/// The digits before the point, put into their places from the right.
fn whole_part(digits: &str, tokens: &[Token], grouped: bool) -> String {
    let mut left: Vec<char> = digits.chars().collect();
    let first = tokens.iter().position(|it| matches!(it, Token::Digit(_)));
    let mut pieces: Vec<String> = Vec::new();
    let mut count = 0;
    for (at, token) in tokens.iter().enumerate().rev() {
        let Token::Digit(kind) = token else {
            pieces.push(literals(std::slice::from_ref(token)));
            continue;
        };
        let fill = |kind: char| (kind == '0').then_some('0');
        let mut next = left.pop().or(fill(*kind));
        while let Some(digit) = next {
            if grouped && count > 0 && count % 3 == 0 {
                pieces.push(",".into());
            }
            pieces.push(digit.to_string());
            count += 1;
            // The first place takes all that is left.
            next = if Some(at) == first { left.pop() } else { None };
        }
    }
    if first.is_none() {
        pieces.push(digits.to_owned());
    }
    pieces.into_iter().rev().collect()
}

/// The point and the digits behind it; zeros at the end only where 0 asks for them.
fn fraction(digits: &str, tokens: &[Token]) -> String {
    let kept = digits.trim_end_matches('0').len();
    let places = tokens.iter().filter_map(|it| match it {
        Token::Digit(kind) => Some(*kind),
        _ => None,
    });
    let asked = places.enumerate().filter(|(_, kind)| *kind == '0').map(|(at, _)| at + 1);
    let mut digits = digits[..kept.max(asked.max().unwrap_or(0))].chars();
    let piece = |token: &Token| match token {
        Token::Point => ".".to_owned(),
        Token::Digit(_) => digits.next().map(String::from).unwrap_or_default(),
        other => literals(std::slice::from_ref(other)),
    };
    tokens.iter().map(piece).collect()
}

/// A value and its power of ten, a multiple of as many places as stand before the point.
fn scientific(value: f64, front: &[Token], back: &[Token]) -> String {
    let is_digit = |it: &&Token| matches!(it, Token::Digit(_));
    let point = front.iter().position(|it| *it == Token::Point).unwrap_or(front.len());
    let decimals = front[point..].iter().filter(is_digit).count().min(DECIMALS);
    let step = front[..point].iter().filter(is_digit).count().clamp(1, DECIMALS);
    let power = |digits: usize| {
        let text = format!("{value:.digits$e}");
        text.split_once('e').and_then(|(_, power)| power.parse::<i32>().ok()).unwrap_or(0)
    };
    let step = i32::try_from(step).unwrap_or(1);
    // The digits that are shown tell whether rounding makes it the next power.
    let first = power(KEPT).rem_euclid(step);
    let exponent = power(decimals + usize::try_from(first).unwrap_or(0));
    let exponent = exponent.div_euclid(step) * step;
    let (whole, part) = rounded(value / 10f64.powi(exponent), decimals);
    let whole = if whole.is_empty() { "0" } else { &whole };
    let point = if decimals > 0 { "." } else { "" };
    let plus = if back.first() == Some(&Token::Exponent(true)) { "+" } else { "" };
    let sign = if exponent < 0 { "-" } else { plus };
    let places = back.iter().filter(is_digit).count().min(DECIMALS);
    let exponent = exponent.unsigned_abs();
    format!("{whole}{point}{part}E{sign}{exponent:0>places$}")
}
