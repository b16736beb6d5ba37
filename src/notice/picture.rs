//! 图片: an image file the notice names, read once.

use std::io::Cursor;
use std::sync::Arc;

use image::{ImageFormat, ImageReader};

/// The kinds of image the page can take, told by content and not by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PNG.
    Png,
    /// JPEG.
    Jpg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// SVG.
    Svg,
}

impl Kind {
    /// Recognises an image by its first bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let head = &bytes[..bytes.len().min(1024)];
        match head {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                Some(Self::Webp)
            }
            _ => {
                let text = String::from_utf8_lossy(head);
                let text = text.trim_start_matches('\u{feff}').trim_start();
                let svg = text.starts_with("<svg")
                    || text.starts_with('<') && text.contains("<svg");
                svg.then_some(Self::Svg)
            }
        }
    }

    /// Width and height in pixels, as the head says; of a drawing, those of the largest picture
    /// in it. None of a damaged file and of a drawing without pictures.
    pub fn pixels(self, bytes: &[u8]) -> Option<(u32, u32)> {
        let format = match self {
            Self::Png => ImageFormat::Png,
            Self::Jpg => ImageFormat::Jpeg,
            Self::Gif => ImageFormat::Gif,
            Self::Webp => ImageFormat::WebP,
            Self::Svg => return super::embedded::largest(bytes),
        };
        ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().ok()
    }

    /// The usual ending of such a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }
}

/// The content of an image file.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    /// Its kind.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The field that named it, for findings.
    pub field: String,
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Image({:?}, {} bytes, {})", self.kind, self.bytes.len(), self.field)
    }
}

/// 图片 in a body or attachment.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The file's content.
    pub image: Image,
    /// 说明 under it.
    pub caption: Option<String>,
    /// 宽 in characters of the type area; its own size where absent.
    pub width: Option<f64>,
}

/// 印章: an image the notice brings; the program draws none.
#[derive(Debug, Clone, PartialEq)]
pub struct Seal {
    /// The file's content.
    pub image: Image,
    /// 直径 in mm; 42 where absent.
    pub diameter: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_picture_tells_its_size() {
        let picture = image::RgbImage::new(3, 2);
        for (format, kind) in [
            (ImageFormat::Png, Kind::Png),
            (ImageFormat::Jpeg, Kind::Jpg),
            (ImageFormat::Gif, Kind::Gif),
            (ImageFormat::WebP, Kind::Webp),
        ] {
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, format).expect("a picture");
            let bytes = bytes.into_inner();
            assert_eq!(Kind::of(&bytes), Some(kind));
            assert_eq!(kind.pixels(&bytes), Some((3, 2)), "{kind:?}");
            assert_eq!(kind.pixels(&bytes[..8]), None, "{kind:?}");
        }
        assert_eq!(Kind::Svg.pixels(b"<svg width='9' height='9'/>"), None);
    }
}
