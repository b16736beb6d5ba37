//! Asks the terminal what it can show and how large its cells are.
//!
//! All questions are sent at once, and last the one that every terminal answers (its primary
//! attributes): terminals answer in order, so what has not been answered by then never will be.

use super::protocol::{Depth, Protocol};

/// kitty's graphics; the name and version; the size of a cell; the primary attributes, which
/// tell of sixels.
pub const QUESTIONS: &str =
    "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[>q\x1b[1337n\x1b[16t\x1b[c";

/// What a terminal answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// kitty's graphics.
    pub kitty: bool,
    /// iTerm2's inline images.
    pub iterm: bool,
    /// Sixels.
    pub sixel: bool,
    /// Width and height of a cell in pixels.
    pub cell: Option<(u16, u16)>,
    /// Whether the last question was answered.
    pub complete: bool,
}

impl Answers {
    /// Reads the answers among whatever was typed meanwhile.
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut answers = Self::default();
        for part in text.split('\x1b').skip(1) {
            answers.add(part);
        }
        answers
    }

    /// Adds one answer, without its escape character.
    fn add(&mut self, part: &str) {
        if let Some(answer) = part.strip_prefix("_Gi=31;") {
            self.kitty |= answer.starts_with("OK");
        } else if let Some(name) = part.strip_prefix("P>|") {
            let known = ["iTerm2", "WezTerm", "mintty"];
            self.iterm |= known.iter().any(|it| name.starts_with(it));
        } else if let Some(name) = part.strip_prefix('[') {
            self.iterm |= name.starts_with("ITERM2 ");
            if let Some(size) =
                name.strip_prefix("6;").and_then(|it| it.strip_suffix('t'))
            {
                self.cell = cell(size);
            }
            if let Some(attributes) =
                name.strip_prefix('?').and_then(|it| it.split_once('c'))
            {
                self.sixel |= attributes.0.split(';').skip(1).any(|it| it == "4");
                self.complete = true;
            }
        }
    }

    /// The best way to show a picture.
    pub fn protocol(&self, depth: Depth) -> Protocol {
        match self {
            Self { kitty: true, .. } => Protocol::Kitty,
            Self { iterm: true, .. } => Protocol::Iterm,
            Self { sixel: true, .. } => Protocol::Sixel,
            _ => Protocol::Blocks(depth),
        }
    }
}

/// `高;宽` in pixels, as far as a screen may have them.
fn cell(text: &str) -> Option<(u16, u16)> {
    let (height, width) = text.split_once(';')?;
    let size = (width.parse().ok()?, height.parse().ok()?);
    let sane = |side: u16| (3..=200).contains(&side);
    (sane(size.0) && sane(size.1)).then_some(size)
}

/// The answers that come before the time is up.
#[cfg(unix)]
pub fn answers(patience: std::time::Duration) -> Answers {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let input = rustix::stdio::stdin();
    let end = std::time::Instant::now() + patience;
    let mut bytes = Vec::new();
    loop {
        let left = end.saturating_duration_since(std::time::Instant::now());
        let mut waiting = [PollFd::new(&input, PollFlags::IN)];
        let timeout = Timespec::try_from(left).ok();
        let ready = matches!(poll(&mut waiting, timeout.as_ref()), Ok(1..));
        let mut part = [0; 1024];
        match ready.then(|| rustix::io::read(input, &mut part)) {
            Some(Ok(count @ 1..)) => bytes.extend_from_slice(&part[..count]),
            Some(Err(rustix::io::Errno::INTR)) => continue,
            _ => return Answers::read(&bytes),
        }
        let answers = Answers::read(&bytes);
        if answers.complete {
            return answers;
        }
    }
}

/// Elsewhere keys cannot be read with a timeout, so the terminal is not asked.
#[cfg(not(unix))]
pub fn answers(_: std::time::Duration) -> Answers {
    Answers::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_found_among_typed_keys() {
        let kitty = Answers::read(b"qq\x1b_Gi=31;OK\x1b\\x\x1b[6;20;10t\x1b[?62;4;22c");
        let all = Answers {
            kitty: true,
            iterm: false,
            sixel: true,
            cell: Some((10, 20)),
            complete: true,
        };
        assert_eq!(kitty, all);
        assert_eq!(kitty.protocol(Depth::True), Protocol::Kitty);
        let iterm = Answers::read(b"\x1bP>|iTerm2 3.5.0\x1b\\\x1b[?62;4c");
        assert_eq!(iterm.protocol(Depth::True), Protocol::Iterm);
        let old = Answers::read(b"\x1b[ITERM2 3.4.0n\x1b[?1;2c");
        assert_eq!(old.protocol(Depth::True), Protocol::Iterm);
        let sixel = Answers::read(b"\x1b[?62;4;6c");
        assert_eq!(sixel.protocol(Depth::True), Protocol::Sixel);
        let plain =
            Answers::read(b"\x1b_Gi=31;ENOTSUP:no\x1b\\\x1b[6;9999;1t\x1b[?64;14c");
        assert_eq!(plain.protocol(Depth::Indexed), Protocol::Blocks(Depth::Indexed));
        assert_eq!(plain.cell, None);
    }

    #[test]
    fn half_an_answer_is_none() {
        let whole = b"\x1b_Gi=31;OK\x1b\\\x1b[?62;4c";
        for length in 0..whole.len() - 1 {
            assert!(!Answers::read(&whole[..length]).complete, "{length}");
        }
    }
}
