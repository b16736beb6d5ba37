//! Pictures within a drawing: an SVG may hold them as `data:` addresses.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use roxmltree::{Document, ParsingOptions};

use super::picture::Kind;

/// Padding is left out at times.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Width and height in pixels of the largest picture in an SVG; `None` where there is none.
pub fn largest(svg: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(svg).ok()?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let tree = Document::parse_with_options(text, options).ok()?;
    let attributes = tree.descendants().flat_map(|node| node.attributes());
    let pictures = attributes.filter_map(|it| content(it.value()));
    pictures
        .filter_map(|bytes| Kind::of(&bytes)?.pixels(&bytes))
        .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

/// What a `data:` address holds.
fn content(address: &str) -> Option<Vec<u8>> {
    let (head, data) = address.trim().split_once(',')?;
    let head = head.to_ascii_lowercase();
    if !head.starts_with("data:") {
        return None;
    }
    let mut data = unescaped(data.as_bytes());
    if !head.trim_end().ends_with("base64") {
        return Some(data);
    }
    data.retain(|byte| !byte.is_ascii_whitespace());
    BASE64.decode(data).ok()
}

/// Bytes with each %XX taken for the byte it stands for.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GrayImage, ImageFormat};

    fn svg(address: &str) -> String {
        format!("<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}'/></svg>")
    }

    #[test]
    fn a_picture_in_a_drawing_is_found_however_it_is_written() {
        let mut png = std::io::Cursor::new(Vec::new());
        GrayImage::new(3, 2).write_to(&mut png, ImageFormat::Png).expect("a picture");
        let png = png.into_inner();
        let text = BASE64.encode(&png);
        let escaped: String = png.iter().map(|byte| format!("%{byte:02x}")).collect();
        for address in [
            format!("data:image/png;base64,{text}"),
            format!("&#x64;ata:;base64, {}", text.replace('A', "\nA")),
            format!("data:image/png;base64,{}", text.trim_end_matches('=')),
            format!("data:image/png,{escaped}"),
            format!(
                "data:image/svg+xml;base64,{}",
                BASE64.encode(svg(&format!("data:image/png;base64,{text}")))
            ),
        ] {
            assert_eq!(largest(svg(&address).as_bytes()), Some((3, 2)), "{address}");
        }
        for address in ["data:image/png;base64,!", "图.png", "data:,甲%"] {
            assert_eq!(largest(svg(address).as_bytes()), None, "{address}");
        }
    }
}
