//! What landed where on the pages: plain numbers, in mm from the page's top left corner
//! (sizes of type in pt), read from the laid-out frames and not from the templates.

use typst::foundations::Content;
use typst::introspection::Tag;
use typst::layout::{Abs, Frame, FrameItem, Point, Ratio, Size, Transform};
use typst::text::TextItem;
use typst::visualize::{FixedStroke, Geometry, Paint, Shape};

use super::Pages;
use super::preprint::{is_red, rgb};
use crate::page::{AREA, Area, TURNED};

/// The pages of a document.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// In order.
    pub pages: Vec<Page>,
}

impl Facts {
    /// The page, from 0, and the height of a mark.
    pub fn mark(&self, name: &str) -> Option<(usize, f64)> {
        self.pages.iter().enumerate().find_map(|(page, it)| {
            let mark = it.marks.iter().find(|(mark, _)| mark == name)?;
            Some((page, mark.1))
        })
    }
}

/// One page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Width in mm.
    pub width: f64,
    /// Height in mm.
    pub height: f64,
    /// Text runs in the order they were laid out.
    pub texts: Vec<Text>,
    /// Straight lines.
    pub rules: Vec<Rule>,
    /// Images.
    pub images: Vec<Image>,
    /// Places that the layout library marks with labels that begin with `gongwen-`: the name
    /// behind that, and how far down the page.
    pub marks: Vec<(String, f64)>,
}

impl Page {
    /// Whether it is turned to lie (8).
    pub fn lies(&self) -> bool {
        self.width > self.height
    }

    /// 版心: where the standard has its type area.
    pub fn type_area(&self) -> Area {
        if self.lies() { TURNED } else { AREA }
    }
}

/// How a text stands on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// It is read with the page as it is.
    #[default]
    Upright,
    /// It was turned clockwise: the page is turned counter-clockwise to read it.
    Clockwise,
    /// It was turned counter-clockwise.
    Counter,
}

/// A run of text in one face and size. The places of a turned one are those on the page
/// turned so that the text is upright.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its characters.
    pub text: String,
    /// The family it is set in.
    pub family: String,
    /// Size in pt, after scaling.
    pub size: f64,
    /// The baseline.
    pub baseline: f64,
    /// Whether it is red.
    pub red: bool,
    /// Whether it is black.
    pub black: bool,
    /// How it stands.
    pub turn: Turn,
    /// Its glyphs.
    pub glyphs: Vec<Glyph>,
}

/// One glyph.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// The characters it stands for.
    pub text: String,
    /// Left end of its advance.
    pub x: f64,
    /// Its advance, with what justification added behind it.
    pub advance: f64,
    /// The width of a full-width character of its size, as far as it is condensed.
    pub em: f64,
    /// Whether no face has the character.
    pub missing: bool,
    /// Left, top, right and bottom of its ink, where that was asked for.
    pub ink: Option<[f64; 4]>,
}

/// A horizontal or vertical line, or a filled bar as thin as one, by its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Its start.
    pub from: (f64, f64),
    /// Its end.
    pub to: (f64, f64),
    /// Its thickness in mm.
    pub thickness: f64,
    /// Whether it is red.
    pub red: bool,
}

/// An image's box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Image {
    /// Left and top.
    pub at: (f64, f64),
    /// Width and height.
    pub size: (f64, f64),
}

/// Reads the facts of all pages; `ink` tells whether glyphs' outlines are measured too, which
/// takes longer than all the rest.
pub fn facts(pages: &Pages, ink: bool) -> Facts {
    let page = |page: &typst_layout::Page| {
        let mut facts = Page {
            width: page.frame.width().to_mm(),
            height: page.frame.height().to_mm(),
            ..Page::default()
        };
        let scope = Scope { size: page.frame.size(), ink };
        walk(&page.frame, Transform::identity(), scope, &mut facts);
        facts
    };
    Facts { pages: pages.document.pages().iter().map(page).collect() }
}

/// What holds for a whole page.
#[derive(Clone, Copy)]
struct Scope {
    size: Size,
    ink: bool,
}

fn walk(frame: &Frame, outer: Transform, scope: Scope, page: &mut Page) {
    for (position, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => {
                walk(&group.frame, here.pre_concat(group.transform), scope, page);
            }
            FrameItem::Text(item) => page.texts.push(text(item, here, scope)),
            FrameItem::Shape(shape, _) => page.rules.extend(rule(shape, here)),
            FrameItem::Image(_, size, _) => {
                let (at, end) = (at(here, Point::zero()), at(here, size.to_point()));
                page.images.push(Image { at, size: (end.0 - at.0, end.1 - at.1) });
            }
            FrameItem::Tag(Tag::Start(element, _)) => {
                page.marks.extend(mark(element, here));
            }
            FrameItem::Link(..) | FrameItem::Tag(Tag::End(..)) => {}
        }
    }
}

fn mark(element: &Content, here: Transform) -> Option<(String, f64)> {
    let label = element.label()?.resolve();
    let name = label.as_str().strip_prefix("gongwen-")?;
    Some((name.to_owned(), at(here, Point::zero()).1))
}

fn at(transform: Transform, point: Point) -> (f64, f64) {
    let point = point.transform(transform);
    (point.x.to_mm(), point.y.to_mm())
}

/// How a text stands, and the transform that turns its page upright for it.
fn turn(here: Transform, size: Size) -> (Turn, Transform) {
    let turned = |kx: f64, ky: f64, tx, ty| Transform {
        sx: Ratio::zero(),
        ky: Ratio::new(ky),
        kx: Ratio::new(kx),
        sy: Ratio::zero(),
        tx,
        ty,
    };
    if here.sx.get().abs() > 0.01 {
        (Turn::Upright, Transform::identity())
    } else if here.ky.get() > 0.0 {
        (Turn::Clockwise, turned(1.0, -1.0, Abs::zero(), size.x))
    } else {
        (Turn::Counter, turned(-1.0, 1.0, size.y, Abs::zero()))
    }
}

fn text(item: &TextItem, here: Transform, scope: Scope) -> Text {
    let (turn, upright) = turn(here, scope.size);
    let here = upright.pre_concat(here);
    let mut cursor = Abs::zero();
    let glyphs = item.glyphs.iter().map(|glyph| {
        let start = cursor;
        cursor += glyph.x_advance.at(item.size);
        let (x, _) = at(here, Point::with_x(start));
        let (end, _) = at(here, Point::with_x(cursor));
        let text = item.text.get(glyph.range()).unwrap_or_default().to_owned();
        let em = here.sx.get().hypot(here.ky.get()) * item.size.to_mm();
        let ink = if scope.ink {
            ink(item, glyph.id, start + glyph.x_offset.at(item.size), here)
        } else {
            None
        };
        Glyph { missing: glyph.id == 0, text, x, advance: end - x, em, ink }
    });
    let glyphs = glyphs.collect();
    Text {
        text: item.text.to_string(),
        family: item.font.font().info().family.clone(),
        size: item.size.to_pt() * here.sy.get().hypot(here.kx.get()),
        baseline: at(here, Point::zero()).1,
        red: is_red(&item.fill),
        black: is_black(&item.fill),
        turn,
        glyphs,
    }
}

fn ink(item: &TextItem, glyph: u16, start: Abs, here: Transform) -> Option<[f64; 4]> {
    let bounds = item.font.ttf().glyph_bounding_box(ttf_parser::GlyphId(glyph))?;
    let em = |units: i16| item.font.to_em(units).at(item.size);
    let (left, top) = at(here, Point::new(start + em(bounds.x_min), -em(bounds.y_max)));
    let (right, bottom) =
        at(here, Point::new(start + em(bounds.x_max), -em(bounds.y_min)));
    Some([left, top, right, bottom])
}

fn rule(shape: &Shape, here: Transform) -> Option<Rule> {
    match (&shape.geometry, &shape.stroke, &shape.fill) {
        (Geometry::Line(to), Some(FixedStroke { paint, thickness, .. }), _) => {
            Some(Rule {
                from: at(here, Point::zero()),
                to: at(here, *to),
                thickness: thickness.to_mm(),
                red: is_red(paint),
            })
        }
        (Geometry::Rect(size), None, Some(paint)) => bar(*size, paint, here),
        _ => None,
    }
}

/// Bars thicker than this are no rules, in mm.
const THICKEST: f64 = 3.0;

fn bar(size: Size, paint: &Paint, here: Transform) -> Option<Rule> {
    let (width, height) = (size.x.to_mm(), size.y.to_mm());
    let thickness = width.min(height);
    let (from, to) = if height <= width {
        (Point::with_y(size.y / 2.0), Point::new(size.x, size.y / 2.0))
    } else {
        (Point::with_x(size.x / 2.0), Point::new(size.x / 2.0, size.y))
    };
    let (from, to) = (at(here, from), at(here, to));
    (thickness <= THICKEST).then(|| Rule { from, to, thickness, red: is_red(paint) })
}

fn is_black(paint: &Paint) -> bool {
    rgb(paint).is_some_and(|it| it.red.max(it.green).max(it.blue) <= 0.1)
}
