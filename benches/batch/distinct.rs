//! Many notices of one kind, none like another.

/// The notice with its number in each of its sentences, where two hanzi stood: four half-width
/// digits are as wide, so that the lines and pages stay those of the reference.
pub fn distinct(text: &str, number: usize) -> String {
    let (stop, hanzi) = ('。', '\u{4e00}'..='\u{9fff}');
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        let end = out.len().saturating_sub(2);
        if c == stop && out.len() >= 2 && out[end..].iter().all(|it| hanzi.contains(it)) {
            out.truncate(end);
            out.extend(format!("{number:04}").chars());
        }
        out.push(c);
    }
    out.into_iter().collect()
}
