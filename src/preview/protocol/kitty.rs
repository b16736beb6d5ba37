//! kitty's graphics protocol (<https://sw.kovidgoyal.net/kitty/graphics-protocol/>).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::export::Picture;

/// The longest part that a terminal takes, in characters.
const PART: usize = 4096;

/// Sends a PNG and shows it; the terminal does not answer, the cursor stays.
pub fn write(bytes: &mut Vec<u8>, picture: &Picture, id: u32) {
    let text = STANDARD.encode(picture.png(true));
    let parts: Vec<&[u8]> = text.as_bytes().chunks(PART).collect();
    for (at, part) in parts.iter().enumerate() {
        let more = u8::from(at + 1 < parts.len());
        let head = match at {
            0 => format!("\x1b_Ga=T,f=100,i={id},q=2,C=1,m={more};"),
            _ => format!("\x1b_Gm={more},q=2;"),
        };
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(part);
        bytes.extend_from_slice(b"\x1b\\");
    }
}

/// Takes one picture away, from the screen and from memory.
pub fn forget_one(id: u32) -> String {
    format!("\x1b_Ga=d,d=I,i={id},q=2\x1b\\")
}

/// Takes all pictures away.
pub fn forget_all() -> &'static str {
    "\x1b_Ga=d,d=A,q=2\x1b\\"
}
