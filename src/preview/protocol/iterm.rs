//! iTerm2's inline images (<https://iterm2.com/documentation-images.html>).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::export::Picture;

/// Sends a PNG, to be shown pixel by pixel.
pub fn write(bytes: &mut Vec<u8>, picture: &Picture) {
    let png = picture.png(true);
    let head = format!(
        "\x1b]1337;File=inline=1;size={};width={}px;height={}px;preserveAspectRatio=1;doNotMoveCursor=1:",
        png.len(),
        picture.width,
        picture.height
    );
    bytes.extend_from_slice(head.as_bytes());
    bytes.extend_from_slice(STANDARD.encode(png).as_bytes());
    bytes.push(0x07);
}
