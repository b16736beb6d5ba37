//! What landed where on the pages: plain numbers, in mm from the page's top left corner
//! (sizes of type in pt), read from the laid-out frames and not from the templates.

use typst::foundations::Content;
use typst::introspection::Tag;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst::visualize::{FixedStroke, Geometry, Shape};

use super::Pages;
use super::preprint::is_red;

/// The pages of a document.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// In order.
    pub pages: Vec<Page>,
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

/// A run of text in one face and size.
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
    /// Whether it runs from left to right, as all text does but a turned sheet's number.
    pub upright: bool,
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
    /// Its advance.
    pub advance: f64,
    /// Whether no face has the character.
    pub missing: bool,
    /// Left, top, right and bottom of its ink, where that was asked for.
    pub ink: Option<[f64; 4]>,
}

/// A horizontal or vertical line by its middle.
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
        walk(&page.frame, Transform::identity(), ink, &mut facts);
        facts
    };
    Facts { pages: pages.document.pages().iter().map(page).collect() }
}

fn walk(frame: &Frame, outer: Transform, ink: bool, page: &mut Page) {
    for (position, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => {
                walk(&group.frame, here.pre_concat(group.transform), ink, page);
            }
            FrameItem::Text(item) => page.texts.push(text(item, here, ink)),
            FrameItem::Shape(shape, _) => page.rules.extend(rule(shape, here)),
            FrameItem::Image(_, size, _) => {
                let (at, end) = (at(here, Point::zero()), at(here, size.to_point()));
                page.images.push(Image { at, size: (end.0 - at.0, end.1 - at.1) });
            }
            FrameItem::Tag(Tag::Start(element, _)) => {
                page.marks.extend(mark(element, here))
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

fn text(item: &TextItem, here: Transform, with_ink: bool) -> Text {
    let mut cursor = Abs::zero();
    let glyphs = item.glyphs.iter().map(|glyph| {
        let start = cursor;
        cursor += glyph.x_advance.at(item.size);
        let (x, _) = at(here, Point::with_x(start));
        let (end, _) = at(here, Point::with_x(cursor));
        let text = item.text.get(glyph.range()).unwrap_or_default().to_owned();
        let ink = if with_ink {
            ink(item, glyph.id, start + glyph.x_offset.at(item.size), here)
        } else {
            None
        };
        Glyph { missing: glyph.id == 0, text, x, advance: end - x, ink }
    });
    let glyphs = glyphs.collect();
    Text {
        text: item.text.to_string(),
        family: item.font.font().info().family.clone(),
        size: item.size.to_pt() * here.sy.get().hypot(here.kx.get()),
        baseline: at(here, Point::zero()).1,
        red: is_red(&item.fill),
        upright: here.ky.get().abs() < 1e-6,
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
    let Geometry::Line(to) = &shape.geometry else { return None };
    let FixedStroke { paint, thickness, .. } = shape.stroke.as_ref()?;
    Some(Rule {
        from: at(here, Point::zero()),
        to: at(here, *to),
        thickness: thickness.to_mm(),
        red: is_red(paint),
    })
}
