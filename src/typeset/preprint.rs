//! 套打: pages for paper on which all red is printed already. What is red, and the seals that
//! are put on by hand afterwards, is taken out of the laid-out frames, so that whatever layout
//! made them needs to know nothing of it and nothing else moves.

use typst::foundations::Content;
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::visualize::{Image, ImageElem, ImageKind, Paint, Rgb, Shape};
use typst_layout::Page;

use super::Pages;
use super::pages::rebuilt;

/// How much more red than green or blue makes a colour red, of 1: vermilion and signal red
/// are, orange and magenta are not.
const RED: f32 = 0.5;

/// Takes all red out of the pages, and the images whose files are among `seals`. The red
/// text is gone from what can be extracted, too; metadata stays.
pub fn without_red(pages: Pages, seals: &[&[u8]]) -> Pages {
    let edit = |page: &mut Page| {
        let mut gone = Vec::new();
        clear(&mut page.frame, seals, &mut gone);
    };
    rebuilt(pages, edit)
}

/// Moves everything on each page, `right` and `down` in mm; the paper stays.
pub fn moved(pages: Pages, right: f64, down: f64) -> Pages {
    let offset = Point::new(Abs::mm(right), Abs::mm(down));
    rebuilt(pages, |page| page.frame.translate_visual(offset))
}

/// `gone`: the seals whose tags have begun. A tag without its image would still read “印章”
/// to those who listen to the document.
fn clear(frame: &mut Frame, seals: &[&[u8]], gone: &mut Vec<Location>) {
    frame.retain(|item| match item {
        FrameItem::Group(group) => {
            let empty = group.frame.is_empty();
            clear(&mut group.frame, seals, gone);
            empty || !group.frame.is_empty()
        }
        FrameItem::Text(text) => !is_red(&text.fill),
        FrameItem::Shape(shape, _) => keeps_ink(shape),
        FrameItem::Image(image, ..) => {
            file_of(image).is_none_or(|file| !seals.contains(&file))
        }
        FrameItem::Tag(Tag::Start(element, _)) => match seal_tag(element, seals) {
            Some(location) => {
                gone.push(location);
                false
            }
            None => true,
        },
        FrameItem::Tag(Tag::End(location, ..)) => !gone.contains(location),
        FrameItem::Link(..) => true,
    });
}

/// Takes the red fill and stroke off a shape; whether anything of it is left.
fn keeps_ink(shape: &mut Shape) -> bool {
    let red = shape.fill.as_ref().is_some_and(is_red)
        || shape.stroke.as_ref().is_some_and(|stroke| is_red(&stroke.paint));
    shape.fill.take_if(|fill| is_red(fill));
    shape.stroke.take_if(|stroke| is_red(&stroke.paint));
    !red || shape.fill.is_some() || shape.stroke.is_some()
}

/// Whether a paint is one that the printing house's red head has.
pub(super) fn is_red(paint: &Paint) -> bool {
    rgb(paint).is_some_and(|it| it.alpha > 0.0 && it.red - it.green.max(it.blue) > RED)
}

/// How a paint of one colour looks, in whatever space the colour was written.
pub(super) fn rgb(paint: &Paint) -> Option<Rgb> {
    match paint {
        Paint::Solid(color) => Some(color.to_rgb()),
        _ => None,
    }
}

/// The file an image was made from.
fn file_of(image: &Image) -> Option<&[u8]> {
    match image.kind() {
        ImageKind::Raster(image) => Some(image.data()),
        ImageKind::Svg(image) => Some(image.data()),
        ImageKind::Pdf(_) => None,
    }
}

/// Where a seal's element is, if this is one.
fn seal_tag(element: &Content, seals: &[&[u8]]) -> Option<Location> {
    let image = element.to_packed::<ImageElem>()?;
    seals.contains(&image.source.derived.data.as_slice()).then(|| element.location())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use typst::visualize::{Cmyk, Color, Hsl, ProcessColor};

    #[test]
    fn the_reds_of_printing_houses_are_red_and_their_neighbours_are_not() {
        let red = |r, g, b| is_red(&Paint::Solid(Color::from_u8(r, g, b, 255)));
        for (r, g, b) in [(255, 0, 0), (230, 0, 18), (200, 16, 46), (255, 50, 30)] {
            assert!(red(r, g, b), "{r} {g} {b}");
        }
        for (r, g, b) in [(0, 0, 0), (255, 165, 0), (255, 0, 255), (225, 225, 225)] {
            assert!(!red(r, g, b), "{r} {g} {b}");
        }
        assert!(!is_red(&Paint::Solid(Color::from_u8(255, 0, 0, 0))));
    }

    #[test]
    fn a_colour_is_red_by_its_look_and_not_by_the_numbers_it_is_written_with() {
        let red = |color: ProcessColor| is_red(&Paint::Solid(color.into()));
        let cmyk = |c, m, y, k| red(ProcessColor::Cmyk(Cmyk { c, m, y, k }));
        let hsl = |hue| red(ProcessColor::Hsl(Hsl::new(hue, 1.0, 0.5, 1.0)));
        assert!(cmyk(0.0, 1.0, 1.0, 0.0));
        assert!(!cmyk(1.0, 0.0, 0.0, 0.0));
        assert!(hsl(0.0));
        assert!(!hsl(120.0));
    }
}
