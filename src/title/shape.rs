//! The shape of a title: which of all ways to set the breaks reads and looks best.

use super::line_width;
use super::pieces::Piece;

/// The shapes of 7.3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Single,
    /// 梯形: lines grow, or lines shrink.
    Trapezium,
    /// 菱形: lines grow, then shrink.
    Diamond,
    /// 长方形: lines of the same length. Not allowed.
    Rectangle,
    /// 沙漏形: lines shrink, then grow. Not allowed.
    Hourglass,
}

/// Lines whose widths differ by less than this look equal, in characters.
const EQUAL: f64 = 0.75;
/// Breaks are chosen for a clearer difference: widths are estimated here, without the face.
const CLEAR: f64 = 1.0;
/// A last line shorter than this is a remnant.
const REMNANT: usize = 3;
/// 的通知 on a line of its own, in characters.
const STUB: usize = 3;
/// More ways than this are not looked through.
const WAYS: usize = 200_000;

/// The shape that widths make from top to bottom.
pub fn shape_of(widths: &[f64]) -> Shape {
    shape_at(widths, EQUAL)
}

fn shape_at(widths: &[f64], equal: f64) -> Shape {
    let steps: Vec<i8> = widths
        .windows(2)
        .map(|pair| {
            if (pair[1] - pair[0]).abs() < equal {
                0
            } else if pair[1] > pair[0] {
                1
            } else {
                -1
            }
        })
        .collect();
    let turning: Vec<i8> = steps.iter().copied().filter(|step| *step != 0).collect();
    let first_down = turning.iter().position(|step| *step < 0).unwrap_or(turning.len());
    let rises_again = turning[first_down..].contains(&1);
    match () {
        () if widths.len() < 2 => Shape::Single,
        () if turning.is_empty() => Shape::Rectangle,
        () if rises_again => Shape::Hourglass,
        () if first_down > 0 && first_down < turning.len() => Shape::Diamond,
        () => Shape::Trapezium,
    }
}

/// The lines of the best way to break between pieces; always one where each line fits, if
/// the pieces do.
pub fn best(pieces: &[Piece], line: f64) -> Vec<String> {
    let total: f64 = pieces.iter().map(|piece| piece.width).sum();
    let fewest = ((total / line).ceil() as usize).max(1);
    let mut found: Option<(f64, Vec<usize>)> = None;
    for count in fewest..fewest + 3 {
        let mut search = Search {
            pieces,
            line,
            count,
            breaks: Vec::new(),
            best: found.take(),
            ways: 0,
        };
        search.go(0, (count - fewest) as f64 * 9.0);
        found = search.best;
    }
    match found {
        Some((_, breaks)) => cut(pieces, &breaks),
        None => greedy(pieces, line),
    }
}

struct Search<'a> {
    pieces: &'a [Piece],
    line: f64,
    count: usize,
    breaks: Vec<usize>,
    best: Option<(f64, Vec<usize>)>,
    ways: usize,
}

impl Search<'_> {
    /// Tries every end of the line that starts at `start`.
    fn go(&mut self, start: usize, cost: f64) {
        self.ways += 1;
        if self.ways > WAYS || self.best.as_ref().is_some_and(|(best, _)| cost >= *best) {
            return;
        }
        let left = self.count - self.breaks.len();
        if left == 1 {
            return self.weigh(start, cost);
        }
        let mut line = 0.0;
        for end in start + 1..self.pieces.len() {
            line += self.pieces[end - 1].width;
            if line > self.line {
                break;
            }
            self.breaks.push(end);
            self.go(end, cost + self.pieces[end - 1].cost);
            self.breaks.pop();
        }
    }

    fn weigh(&mut self, start: usize, cost: f64) {
        let rest: f64 = self.pieces[start..].iter().map(|piece| piece.width).sum();
        if rest > self.line {
            return;
        }
        let cost = cost + looks(&cut(self.pieces, &self.breaks), self.line);
        if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
            self.best = Some((cost, self.breaks.clone()));
        }
    }
}

/// What the look of the lines costs: bad shapes, remnants, uneven or crowded lines.
fn looks(lines: &[String], line: f64) -> f64 {
    let widths: Vec<f64> = lines.iter().map(|line| line_width(line)).collect();
    let shape = match shape_at(&widths, CLEAR) {
        Shape::Single | Shape::Trapezium => 0.0,
        Shape::Diamond => 0.5,
        Shape::Rectangle => 60.0,
        Shape::Hourglass => 80.0,
    };
    let last = lines.last().map_or(0, |line| line.chars().count());
    let remnant = match lines.last() {
        Some(line) if last <= STUB && line.starts_with('的') => 40.0,
        _ if last < REMNANT => 100.0,
        _ => 0.0,
    };
    let equal =
        widths.windows(2).filter(|pair| (pair[1] - pair[0]).abs() < CLEAR).count() as f64;
    let mean = widths.iter().sum::<f64>() / widths.len() as f64;
    let uneven: f64 = widths.iter().map(|width| ((width - mean) / 4.0).powi(2)).sum();
    let crowded: f64 = widths.iter().map(|width| (width - (line - 1.0)).max(0.0)).sum();
    shape + remnant + equal * 5.0 + uneven + crowded
}

fn cut(pieces: &[Piece], breaks: &[usize]) -> Vec<String> {
    let bounds: Vec<usize> =
        [0].into_iter().chain(breaks.iter().copied()).chain([pieces.len()]).collect();
    let text = |pair: &[usize]| {
        // A space between two names is none at a line's end.
        let line: String =
            pieces[pair[0]..pair[1]].iter().map(|it| it.text.as_str()).collect();
        line.trim().to_owned()
    };
    bounds.windows(2).map(text).collect()
}

/// As much on each line as fits, for titles too long to weigh.
fn greedy(pieces: &[Piece], line: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut filled = 0.0;
    for piece in pieces {
        if filled + piece.width > line && filled > 0.0 {
            lines.push(String::new());
            filled = 0.0;
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(&piece.text);
        }
        filled += piece.width;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told_apart() {
        assert_eq!(shape_of(&[12.0]), Shape::Single);
        assert_eq!(shape_of(&[8.0, 12.0]), Shape::Trapezium);
        assert_eq!(shape_of(&[14.0, 12.0, 9.0]), Shape::Trapezium);
        assert_eq!(shape_of(&[8.0, 14.0, 10.0]), Shape::Diamond);
        assert_eq!(shape_of(&[12.0, 12.0]), Shape::Rectangle);
        assert_eq!(shape_of(&[14.0, 8.0, 12.0]), Shape::Hourglass);
    }
}
