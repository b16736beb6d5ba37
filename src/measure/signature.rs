//! 署名、成文日期和印章 (7.3.5.1, 7.3.5.2), of one issuing body or several.

use super::closing::pieces;
use super::lines::squeezed;
use super::record::Record;
use super::{AREA, Laid, Line, NEAR};
use crate::typeset::facts::Image;

/// Names and date; `from` is the line behind the body, `at` that of the date.
pub fn signature(laid: &Laid, from: usize, at: usize, out: &mut Record) {
    let date = &laid.lines[at];
    let names = names(laid, from, at);
    let count = laid.notice.signature.len() as f64;
    out.at("7.3.5", date).count("署名", count, names.len() as f64, "个");
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return };
    let pitch = date.baseline - last.baseline;
    out.at("7.3.5", date).exact("成文日期在署名下一行", laid.grid.pitch, pitch);
    if laid.notice.seals.is_empty() {
        plain(laid, &names, date, out);
        under_text(laid, first, 1.0, "7.3.5.2", out);
        return;
    }
    let sealed = seals(laid, &names);
    let asked = laid.notice.seals.len() as f64;
    out.at("7.3.5.1", date).count("印章", asked, sealed.len() as f64, "枚");
    for it in &sealed {
        one(it, out);
    }
    with_date((last, date), sealed.last().filter(|it| it.name.text == last.text), out);
    if count == 1.0 {
        let four = 4.0 * laid.grid.char;
        out.at("7.3.5.1", date).least(
            "成文日期右空四字",
            four,
            AREA.right - date.right(),
        );
    }
    rows(&names, out);
    apart(&sealed, out);
    if let Some(top) = highest(&sealed) {
        below_text(laid, top, out);
    }
}

/// A name under its seal.
struct Sealed<'a> {
    name: &'a Line,
    seal: Image,
    diameter: f64,
}

impl Sealed<'_> {
    fn centre(&self) -> (f64, f64) {
        let Image { at, size } = self.seal;
        (at.0 + size.0 / 2.0, at.1 + size.1 / 2.0)
    }

    fn covers(&self, line: &Line) -> bool {
        let Image { at, size } = self.seal;
        at.1 < line.top() && at.1 + size.1 > line.bottom()
    }
}

/// Each name's place; of one that takes several lines, the last.
fn names(laid: &Laid, from: usize, at: usize) -> Vec<Line> {
    let lines = &laid.lines[from..at];
    let on = |name: &String| {
        let name = squeezed(name);
        let whole = lines.iter().rev().find_map(|line| line.part(&name));
        whole.or_else(|| wrapped(lines, &name, laid.grid.pitch))
    };
    laid.notice.signature.iter().filter_map(on).collect()
}

/// The last line of a name over several lines, one centred under the other; others may stand
/// beside it.
fn wrapped(lines: &[Line], name: &str, pitch: f64) -> Option<Line> {
    let splits = || name.char_indices().map(|(at, _)| at).skip(1);
    (1..lines.len()).rev().find_map(|at| {
        let (above, line) = (&lines[..at], &lines[at]);
        splits().find_map(|split| {
            let (front, back) = name.split_at(split);
            let mut backs = line.parts(back).peekable();
            backs.peek()?;
            let near = above.iter().rev().take_while(|over| {
                over.page == line.page && line.baseline - over.baseline < 1.2 * pitch
            });
            let mut fronts: Vec<Line> =
                near.flat_map(|over| over.parts(front).collect::<Vec<_>>()).collect();
            if fronts.is_empty() {
                fronts.extend(wrapped(above, front, pitch));
            }
            // Several names may begin or end alike.
            backs.find(|back| {
                fronts.iter().any(|front| {
                    let under = (front.centre() - back.centre()).abs() < NEAR;
                    under && front.page == back.page
                })
            })
        })
    })
}

/// 7.3.5.2: the text is one empty line above. A table or picture may stand between.
fn under_text(laid: &Laid, last: &Line, n: f64, clause: &'static str, out: &mut Record) {
    // A name of several lines begins further up.
    let names: Vec<String> =
        laid.notice.signature.iter().map(|name| squeezed(name)).collect();
    let (mut top, mut shown) = (last, squeezed(&last.text));
    while let Some(above) = laid.above(top) {
        shown.insert_str(0, &squeezed(&above.text));
        if !names.iter().any(|name| name.contains(&shown)) {
            break;
        }
        top = above;
    }
    let above = laid.above(top);
    let near = |above: &&Line| {
        top.baseline - above.baseline < (n + 1.5) * laid.grid.pitch
            && laid.nothing_between(above, top)
    };
    if let Some(above) = above.filter(near) {
        let gap = top.top() - above.bottom();
        out.at(clause, top).gap("署名与正文空一行", laid.grid, n, gap);
    }
}

/// 7.3.5.2: the name two characters from the right, the date two characters further right
/// than it; a longer date takes the two characters. Several names are below each other.
fn plain(laid: &Laid, names: &[Line], date: &Line, out: &mut Record) {
    let Some(name) = names.last() else { return };
    let two = 2.0 * laid.grid.char;
    let from_right = |line: &Line| AREA.right - line.right();
    let (what, line) = if date.width() > name.width() + 0.01 {
        ("成文日期（长于署名）右空二字", date)
    } else {
        ("署名右空二字", name)
    };
    out.at("7.3.5.2", line).near(what, two, from_right(line));
    out.at("7.3.5.2", date).near(
        "日期首字比署名首字右移二字",
        two,
        date.left() - name.left(),
    );
    for pair in names.windows(2) {
        let pitch = pair[1].baseline - pair[0].baseline;
        out.at("7.3.5.2", &pair[1]).exact("各署名依次向下一行", laid.grid.pitch, pitch);
        out.at("7.3.5.2", &pair[0]).least(
            "署名右空不少于二字",
            two,
            from_right(&pair[0]),
        );
    }
}

/// The names with an image over them.
fn seals<'a>(laid: &Laid, names: &'a [Line]) -> Vec<Sealed<'a>> {
    let given = laid.notice.seals.iter().map(|seal| seal.diameter.unwrap_or(42.0));
    let over = |(name, diameter): (&'a Line, f64)| {
        let (x, top, bottom) = (name.centre(), name.top(), name.bottom());
        let covers = |it: &&Image| {
            let (right, foot) = (it.at.0 + it.size.0, it.at.1 + it.size.1);
            it.at.0 < x && right > x && foot > top && it.at.1 < bottom
        };
        let seal = *laid.facts.pages[name.page].images.iter().rev().find(covers)?;
        Some(Sealed { name, seal, diameter })
    };
    names.iter().zip(given).filter_map(over).collect()
}

/// 7.3.5.1: a seal in its size straight over the middle of its name.
fn one(it: &Sealed, out: &mut Record) {
    out.at("7.3.5.1", it.name)
        .near("印章宽", it.diameter, it.seal.size.0)
        .near("印章高", it.diameter, it.seal.size.1)
        .near("印章在署名正中（左右偏离）", 0.0, it.centre().0 - it.name.centre())
        .is("印章压住署名", it.covers(it.name));
    inside(&it.seal, it.name, out);
}

/// 7.3.5.1: the last name is centred on the date, and its seal covers both.
fn with_date((name, date): (&Line, &Line), last: Option<&Sealed>, out: &mut Record) {
    let covered = last.is_some_and(|it| it.covers(date));
    out.at("7.3.5.1", date).is("印章压住成文日期", covered).near(
        "署名以成文日期居中（偏离）",
        0.0,
        name.centre() - date.centre(),
    );
}

fn inside(seal: &Image, name: &Line, out: &mut Record) {
    let ((left, top), (width, height)) = (seal.at, seal.size);
    out.at("7.3.5.1", name)
        .least("印章左缘在版心内（距左页边）", AREA.left, left)
        .most("印章右缘在版心内（距左页边）", AREA.right, left + width)
        .least("印章上缘在版心内（距上页边）", AREA.top, top)
        .most("印章下缘在版心内（距上页边）", AREA.bottom, top + height);
}

/// Several names: at most three a row, in their order.
fn rows(names: &[Line], out: &mut Record) {
    if names.len() < 2 {
        return;
    }
    for name in names {
        let same = |other: &&Line| {
            other.page == name.page && (other.baseline - name.baseline).abs() < NEAR
        };
        let count = names.iter().filter(same).count();
        let text = format!("{count}个");
        out.at("7.3.5.1", name).holds("每排署名", "至多三个", &text, count <= 3);
    }
    for pair in names.windows(2) {
        let below = pair[1].page > pair[0].page
            || pair[1].baseline > pair[0].baseline + NEAR
            || pair[1].left() > pair[0].right();
        out.at("7.3.5.1", &pair[1]).is("各署名按机关顺序排列", below);
    }
}

/// Seals are round: none may touch another.
fn apart(all: &[Sealed], out: &mut Record) {
    for (at, it) in all.iter().enumerate() {
        for other in all[at + 1..].iter().filter(|other| other.name.page == it.name.page)
        {
            let (a, b) = (it.centre(), other.centre());
            let between = (a.0 - b.0).hypot(a.1 - b.1);
            let gap = between - (it.seal.size.0 + other.seal.size.0) / 2.0;
            let measured = format!("相距{gap:.1}毫米");
            let ok = gap > 0.01;
            out.at("7.3.5.1", it.name).holds("印章互不相交相切", "不相接", &measured, ok);
        }
    }
}

/// Of the seals level with the first one, the highest: they may differ in size.
fn highest<'a, 'b>(all: &'b [Sealed<'a>]) -> Option<&'b Sealed<'a>> {
    let first = all.first()?;
    let level = all.iter().filter(|it| {
        let apart = it.centre().1 - first.centre().1;
        it.name.page == first.name.page && apart.abs() < NEAR
    });
    level.min_by(|a, b| a.seal.at.1.total_cmp(&b.seal.at.1))
}

/// 7.3.5.1: the first row's tops are within one line of the text, or of the table or picture
/// that it ends with.
fn below_text(laid: &Laid, it: &Sealed, out: &mut Record) {
    let names: Vec<String> =
        laid.notice.signature.iter().map(|name| squeezed(name)).collect();
    // A name over several lines has lines of its own above its last, under the seal.
    let own = |line: &&Line| line.top() > it.seal.at.1 && pieces(&line.text, &names);
    let mut above = laid.above(it.name);
    while let Some(own) = above.filter(own) {
        above = laid.above(own);
    }
    let Some(above) = above else { return };
    if it.name.baseline - above.baseline < 5.5 * laid.grid.pitch {
        let gap = it.seal.at.1 - laid.foot(above, it.seal.at.1);
        let range = (0.0, laid.grid.pitch);
        out.at("7.3.5.1", it.name).within("印章顶端距正文一行之内", range, gap);
    }
}
