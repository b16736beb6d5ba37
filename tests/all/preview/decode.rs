//! What a terminal makes of the pictures it is sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hongtou::export::Picture;

pub fn png(bytes: &[u8]) -> Picture {
    let pixmap = tiny_skia::Pixmap::decode_png(bytes).expect("a PNG");
    let rgb = pixmap.data().chunks(4).flat_map(|it| it[..3].to_vec()).collect();
    Picture { width: pixmap.width() as usize, height: pixmap.height() as usize, rgb }
}

/// All of kitty's pictures in the order they were sent, and the ids they have.
pub fn kitty(bytes: &[u8]) -> Vec<(u32, Picture)> {
    let text = String::from_utf8_lossy(bytes);
    let mut pictures = Vec::new();
    let mut open: Option<(u32, String)> = None;
    for command in text.split("\x1b_G").skip(1) {
        let (command, _) = command.split_once("\x1b\\").expect("a whole command");
        let (keys, payload) = command.split_once(';').unwrap_or((command, ""));
        let key = |name: &str| {
            keys.split(',').find_map(|it| it.strip_prefix(name)?.strip_prefix('='))
        };
        assert!(payload.len() <= 4096, "a part is too long");
        if key("a") == Some("T") {
            assert_eq!(key("f"), Some("100"));
            open = Some((key("i").unwrap().parse().unwrap(), String::new()));
        }
        if key("a") == Some("T") || key("a").is_none() {
            let (id, mut data) = open.take().expect("a beginning");
            data += payload;
            match key("m") {
                Some("1") => open = Some((id, data)),
                _ => pictures.push((id, png(&STANDARD.decode(data).unwrap()))),
            }
        }
    }
    pictures
}

/// All of iTerm2's pictures.
pub fn iterm(bytes: &[u8]) -> Vec<Picture> {
    let text = String::from_utf8_lossy(bytes);
    let file = |command: &str| {
        let (head, rest) = command.split_once(':').unwrap();
        let (data, _) = rest.split_once('\x07').expect("a whole file");
        let data = STANDARD.decode(data).unwrap();
        assert!(
            head.contains("inline=1") && head.contains(&format!("size={}", data.len()))
        );
        let picture = png(&data);
        assert!(
            head.contains(&format!(
                "width={}px;height={}px",
                picture.width, picture.height
            ))
        );
        picture
    };
    text.split("\x1b]1337;File=").skip(1).map(file).collect()
}

/// All sixel pictures, their channels in hundredths.
pub fn sixel(bytes: &[u8]) -> Vec<Picture> {
    let text = String::from_utf8_lossy(bytes);
    text.split("\x1bP0;1;0q")
        .skip(1)
        .map(|it| sixel_picture(it.split_once("\x1b\\").expect("a whole picture").0))
        .collect()
}

fn sixel_picture(text: &str) -> Picture {
    let mut rest = text.strip_prefix("\"1;1;").unwrap();
    let number = |rest: &mut &str| {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: usize = rest[..end].parse().unwrap();
        *rest = &rest[end..];
        number
    };
    let width = number(&mut rest);
    rest = &rest[1..];
    let height = number(&mut rest);
    let mut picture = Picture::plain(width, height, [255; 3]);
    let mut palette = vec![[0_u8; 3]; 256];
    let (mut x, mut y, mut colour) = (0, 0, 0);
    while let Some(c) = rest.chars().next() {
        rest = &rest[1..];
        match c {
            '#' => {
                colour = number(&mut rest);
                if rest.starts_with(";2;") {
                    rest = &rest[2..];
                    palette[colour] = [(); 3].map(|()| {
                        rest = &rest[1..];
                        number(&mut rest) as u8
                    });
                }
            }
            '$' => x = 0,
            '-' => (x, y) = (0, y + 6),
            _ => {
                let mut count = 1;
                let mut sixel = c;
                if c == '!' {
                    count = number(&mut rest);
                    sixel = rest.chars().next().unwrap();
                    rest = &rest[1..];
                }
                let bits = sixel as u8 - 63;
                for bit in (0..6).filter(|bit| bits >> bit & 1 == 1) {
                    assert!(y + bit < height && x + count <= width, "outside");
                    for column in x..x + count {
                        let at = ((y + bit) * width + column) * 3;
                        picture.rgb[at..at + 3].copy_from_slice(&palette[colour]);
                    }
                }
                x += count;
            }
        }
    }
    picture
}
