//! Which years of a sentence move, held against sentences as they stand in notices.

use hongtou::notice::source::Source;
use hongtou::notice::variables::Params;
use hongtou::renew::{Renewed, What, renew};

const SENTENCES: &str = include_str!("renew_sentences.txt");

/// A sentence with its marks: what it says this year and next, the years that are doubtful and
/// those that stay.
#[derive(Default)]
struct Sentence {
    old: String,
    new: String,
    doubtful: Vec<String>,
    stay: Vec<String>,
    /// Those of them that are to be listed as doubtful.
    held: Vec<String>,
    /// Those that are not.
    sure: Vec<String>,
}

impl Sentence {
    fn read(marked: &str) -> Self {
        let mut read = Self::default();
        let mut rest = marked;
        while let Some((before, behind)) = rest.split_once('«') {
            let (mark, tail) = behind.split_once('»').expect("a closing mark");
            let (old, new) = mark.split_once('|').expect("two years");
            read.doubtful.extend(new.strip_suffix('?').map(str::to_owned));
            read.both(before);
            read.held.extend(new.strip_suffix('!').map(str::to_owned));
            read.sure.extend(new.strip_suffix('.').map(str::to_owned));
            read.old.push_str(old);
            read.new.push_str(new.trim_end_matches(['?', '!', '.']));
            rest = tail;
        }
        read.both(rest);
        read
    }

    fn both(&mut self, text: &str) {
        self.old.push_str(text);
        self.new.push_str(text);
        let years = text.match_indices('年').map(|it| &text[..it.0]);
        let years = years.filter_map(|it| it.get(it.len().checked_sub(4)?..));
        let digits = |it: &&str| it.bytes().all(|b| b.is_ascii_digit());
        self.stay.extend(years.filter(digits).map(str::to_owned));
    }

    /// What is wrong with its draft.
    fn fault(&self, date: &str, title: &str) -> Option<String> {
        let date =
            if date == "-" { String::new() } else { format!("成文日期: {date}\n") };
        let text = format!(
            "发文机关: 云岭市水务局\n标题: {title}\n正文: |\n  {}\n{date}",
            self.old
        );
        let new =
            renew(&Source::new("甲", &text), 2027, &Params::new()).expect("a draft");
        let said = new.text.lines().nth(3).unwrap_or_default().trim();
        if said != self.new {
            return Some(format!("  {said}\n  {}", self.new));
        }
        let listed = doubtful(&new);
        if listed != self.doubtful {
            return Some(format!(
                "  {said}\n  请核对 {:?}，不是 {listed:?}",
                self.doubtful
            ));
        }
        let left = self.stay.iter().find(|year| !is_left(&new, year, ""));
        let left = left.or(self.held.iter().find(|it| !is_left(&new, it, "请核对")));
        let sure = |it: &&String| !is_left(&new, it, "") || is_left(&new, it, "请核对");
        let sure = || self.sure.iter().find(sure);
        let left = left.map(|year| format!("  {said}\n  没有列出 {year}"));
        left.or_else(|| sure().map(|year| format!("  {said}\n  {year} 请核对")))
    }
}

/// The years of the text that were moved and are listed as doubtful.
fn doubtful(new: &Renewed) -> Vec<String> {
    let items = new.items.iter().filter(|item| item.line == 4);
    items
        .filter_map(|item| match &item.what {
            What::Review(year, why) if why.ends_with("请核对") => Some(year.clone()),
            _ => None,
        })
        .collect()
}

/// Whether a year is listed as left alone, for a reason with such an end.
fn is_left(new: &Renewed, year: &str, end: &str) -> bool {
    let left = |what: &What| matches!(what, What::Kept(it, why) if it == year && why.ends_with(end));
    new.items.iter().any(|item| left(&item.what))
}

#[test]
fn facts_stay_and_plans_move() {
    let (mut date, mut title, mut faults) = ("", "", Vec::new());
    for line in SENTENCES.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        match line.strip_prefix("= ") {
            Some(notice) => (date, title) = notice.split_once(' ').expect("a title"),
            None => faults.extend(Sentence::read(line).fault(date, title)),
        }
    }
    assert!(faults.is_empty(), "{} sentences:\n{}", faults.len(), faults.join("\n"));
}
