//! 调整: line and character pitch within limits, where signature and text would part (7.3.5.5).

use std::fmt;

use serde::Serialize;

/// How far line and character pitch depart from the standard's, as factors (7.3.5.5).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Adjustment {
    /// 行距.
    pub line: f64,
    /// 字距.
    pub char: f64,
    /// The end of the body that goes to the signature's page in one piece.
    pub kept: Option<Kept>,
    /// Whether all that closes the text goes with its last line, however long it is.
    pub tied: bool,
    /// Whether the list of attachments goes to the next page with the signature, away from
    /// the text.
    pub loose: bool,
}

/// The last lines of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Kept {
    /// The last one, of so many characters, white space not counted.
    One(usize),
    /// The last two.
    Two(usize),
}

impl Kept {
    /// How many characters, white space not counted.
    pub fn characters(self) -> usize {
        let (Self::One(characters) | Self::Two(characters)) = self;
        characters
    }
}

impl Adjustment {
    /// None at all.
    pub const NONE: Self =
        Self { line: 1.0, char: 1.0, kept: None, tied: false, loose: false };
}

/// What was adjusted, in words; empty for none.
impl fmt::Display for Adjustment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pitch = |(name, factor): (&str, f64)| {
            let percent = (factor - 1.0) * 100.0;
            let sign = if percent < 0.0 { "−" } else { "+" };
            (percent.abs() > 1e-9).then(|| format!("{name} {sign}{:.1}%", percent.abs()))
        };
        let pitches =
            [("行距", self.line), ("字距", self.char)].into_iter().filter_map(pitch);
        let kept = self.kept.map(|kept| match kept {
            Kept::One(_) => "末一行移到署名一页".to_owned(),
            Kept::Two(_) => "末两行移到署名一页".to_owned(),
        });
        let tied = self.tied.then(|| "附件说明和署名移到一页".to_owned());
        let loose = self.loose.then(|| "附件说明随署名移到次页".to_owned());
        f.write_str(
            &pitches.chain(kept).chain(tied).chain(loose).collect::<Vec<_>>().join("，"),
        )
    }
}

/// How far the pitches may be adjusted, in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// 行距.
    pub line: f64,
    /// 字距.
    pub char: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { line: 3.0, char: 3.0 }
    }
}

impl Limits {
    /// What is tried, one after the other, until a layout is good: at most three. A wider line
    /// pitch gives each page a line less, a narrower character pitch draws short last lines
    /// in, a narrower line pitch may give a page a line more.
    pub fn tries(self) -> Vec<Adjustment> {
        let none = Adjustment::NONE;
        let mut tries = Vec::new();
        if self.line > 0.0 {
            tries.push(Adjustment { line: 1.0 + self.line / 100.0, ..none });
        }
        if self.char > 0.0 {
            tries.push(Adjustment { char: 1.0 - self.char / 100.0, ..none });
        }
        if self.line > 0.0 {
            tries.push(Adjustment { line: 1.0 - self.line / 100.0, ..none });
        }
        tries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adjustment_says_what_it_is() {
        assert_eq!(Adjustment::NONE.to_string(), "");
        assert_eq!(
            Adjustment { line: 0.982, ..Adjustment::NONE }.to_string(),
            "行距 −1.8%"
        );
        assert_eq!(
            Adjustment {
                line: 1.03,
                char: 0.97,
                kept: Some(Kept::Two(30)),
                ..Adjustment::NONE
            }
            .to_string(),
            "行距 +3.0%，字距 −3.0%，末两行移到署名一页"
        );
    }

    #[test]
    fn limits_of_zero_leave_the_pitches_alone() {
        let none = Limits { line: 0.0, char: 0.0 };
        assert!(none.tries().is_empty());
        assert_eq!(Limits::default().tries().len(), 3);
    }
}
