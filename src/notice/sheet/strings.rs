//! .xls: the texts that cells share, of which some have parts that look otherwise.

use std::collections::BTreeMap;

use super::runs::Look;

/// A part of a text; one without a look of its own has the cell's.
pub type Part = (Option<Look>, String);

/// Where parts begin, and the numbers of their fonts.
type Fonts = Vec<(u16, u16)>;

/// What stands before the texts, in bytes.
const HEAD: usize = 8;

/// The parts of the texts that have one which is not plain, by the texts' numbers. `records` are
/// the content of the record with the texts and of those that go on with it.
pub fn parts(records: &[&[u8]], font: &dyn Fn(u16) -> Look) -> BTreeMap<u32, Vec<Part>> {
    let mut reader = Reader { records, at: HEAD };
    let mut found = BTreeMap::new();
    for number in 0.. {
        let Some((units, fonts)) = reader.text() else { break };
        if fonts.iter().any(|(_, id)| font(*id) != Look::default()) {
            found.insert(number, cut(&units, &fonts, font));
        }
    }
    found
}

fn cut(units: &[u16], fonts: &Fonts, font: &dyn Fn(u16) -> Look) -> Vec<Part> {
    let ends = fonts.iter().map(|(at, _)| usize::from(*at)).chain([units.len()]);
    let looks = [None].into_iter().chain(fonts.iter().map(|(_, id)| Some(font(*id))));
    let mut from = 0;
    let part = |(look, end): (Option<Look>, usize)| {
        let end = end.clamp(from, units.len());
        let text = String::from_utf16_lossy(&units[from..end]);
        from = end;
        (look, text)
    };
    looks.zip(ends).map(part).collect()
}

/// Reads on from record to record.
struct Reader<'a> {
    /// The one that is read, and those behind it.
    records: &'a [&'a [u8]],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.records.first()?.len() {
            self.next_record()?;
        }
        let byte = self.records.first()?.get(self.at)?;
        self.at += 1;
        Some(*byte)
    }

    fn next_record(&mut self) -> Option<()> {
        self.records = self.records.get(1..)?;
        self.at = 0;
        Some(())
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// A text, and the fonts of its parts.
    fn text(&mut self) -> Option<(Vec<u16>, Fonts)> {
        let (count, flags) = (self.short()?, self.byte()?);
        let parts = if flags & 8 != 0 { self.short()? } else { 0 };
        let more = if flags & 4 != 0 {
            u32::from(self.short()?) + (u32::from(self.short()?) << 16)
        } else {
            0
        };
        let units = self.units(count, flags)?;
        let fonts: Option<Fonts> =
            (0..parts).map(|_| Some((self.short()?, self.short()?))).collect();
        for _ in 0..more {
            self.byte()?;
        }
        Some((units, fonts?))
    }

    /// So many characters; a record that goes on with them says anew how wide they are.
    fn units(&mut self, count: u16, mut flags: u8) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while units.len() < usize::from(count) {
            if self.at >= self.records.first()?.len() {
                self.next_record()?;
                flags = self.byte()?;
            }
            let wide = flags & 1 != 0;
            units.push(if wide { self.short()? } else { self.byte()?.into() });
        }
        Some(units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_texts_are_found_where_a_text_goes_on_in_the_next_record() {
        let wide = |text: &str| -> Vec<u8> {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        // 甲乙 in one piece, then 丙丁戊 of which 丁戊 has the font 7, cut behind 丁.
        let mut first = vec![0u8; HEAD];
        first.extend([2, 0, 1]);
        first.extend(wide("甲乙"));
        first.extend([3, 0, 9, 1, 0]);
        first.extend(wide("丙丁"));
        let mut second = vec![1u8];
        second.extend(wide("戊"));
        second.extend([1, 0, 7, 0]);
        let struck = Look { struck: true, ..Look::default() };
        let font = |id: u16| if id == 7 { struck } else { Look::default() };
        let parts = parts(&[first.as_slice(), second.as_slice()], &font);
        let wanted = vec![(None, "丙".to_owned()), (Some(struck), "丁戊".to_owned())];
        assert_eq!(parts, BTreeMap::from([(1, wanted)]));
    }
}
