//! Runs of a cell's text that are raised, lowered or struck out.

use crate::notice::flaw::Flaw;

/// How a run looks beside the plain text around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Raised or lowered.
    pub shift: Shift,
    /// Whether a line goes through it.
    pub struck: bool,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shift {
    /// On the line.
    #[default]
    None,
    /// 上标.
    Up,
    /// 下标.
    Down,
}

/// A part of a cell's text.
pub type Run = (Look, String);

/// Digits that are raised and lowered; of zero and of signs the faces have none that is raised.
const UP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const DOWN: &str = "₀₁₂₃₄₅₆₇₈₉";

/// The text of runs as it is printed: digits that are raised or lowered are characters of their
/// own.
///
/// # Errors
/// A run would be printed as something else than it shows.
pub fn joined(runs: &[Run]) -> Result<String, Flaw> {
    let mut whole = String::new();
    for (look, text) in runs {
        let (shown, shift) = (text.trim(), look.shift);
        if shown.is_empty() {
            whole += text;
        } else if look.struck {
            return Err(Flaw::Struck(shown.to_owned()));
        } else {
            let shifted = text.chars().map(|c| shifted(c, shift));
            let set: Option<String> = shifted.collect();
            whole += &set.ok_or_else(|| Flaw::Shifted(shown.to_owned()))?;
        }
    }
    Ok(whole)
}

fn shifted(c: char, shift: Shift) -> Option<char> {
    let digits = match shift {
        Shift::None => return Some(c),
        Shift::Up if c == '0' => return None,
        Shift::Up => UP,
        Shift::Down => DOWN,
    };
    let digit = c.to_digit(10)?;
    digits.chars().nth(digit as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(parts: &[(Shift, bool, &str)]) -> Result<String, Flaw> {
        let run = |(shift, struck, text): &(Shift, bool, &str)| {
            (Look { shift: *shift, struck: *struck }, (*text).to_owned())
        };
        joined(&parts.iter().map(run).collect::<Vec<_>>())
    }

    #[test]
    fn digits_that_are_raised_or_lowered_are_printed_so() {
        use Shift::{Down, None, Up};
        let tonnes = [(None, false, "12"), (Up, false, "6"), (None, false, "吨")];
        assert_eq!(set(&tonnes), Ok("12⁶吨".into()));
        let water = [(None, false, "H"), (Down, false, "20"), (None, false, "O")];
        assert_eq!(set(&water), Ok("H₂₀O".into()));
        assert_eq!(set(&[(Up, false, " "), (Up, true, " ")]), Ok("  ".into()));
    }

    #[test]
    fn what_cannot_be_raised_or_is_struck_out_is_none() {
        for (shift, struck, text) in [
            (Shift::Up, false, "10"),
            (Shift::Up, false, "-3"),
            (Shift::Down, false, "注"),
            (Shift::Up, false, "２"),
        ] {
            let set = set(&[(Shift::None, false, "甲"), (shift, struck, text)]);
            assert_eq!(set, Err(Flaw::Shifted(text.into())));
        }
        for shift in [Shift::None, Shift::Up] {
            assert_eq!(set(&[(shift, true, "乙 ")]), Err(Flaw::Struck("乙".into())));
        }
    }
}
