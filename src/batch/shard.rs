//! The share of one machine of several.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// One share of so many, from 1: `2/8`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub struct Shard {
    number: u64,
    of: u64,
}

impl Shard {
    /// How many shares there are.
    pub fn of(self) -> u64 {
        self.of
    }

    /// Whether a path belongs to it: by the path's digest, so that neither other files nor the
    /// machine matter. Both slashes separate.
    pub fn has(self, path: &str) -> bool {
        let path = path.replace('\\', "/");
        Digest::of(path.as_bytes()).number() % self.of + 1 == self.number
    }

    /// The end of the name of its record.
    pub fn suffix(self) -> String {
        format!("-{}-of-{}", self.number, self.of)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "not a shard: 2/8";
        let (number, of) = text.split_once('/').ok_or(wrong)?;
        let parse = |it: &str| it.trim().parse::<u64>().map_err(|_| wrong);
        let (number, of) = (parse(number)?, parse(of)?);
        (1..=of).contains(&number).then_some(Self { number, of }).ok_or(wrong)
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

impl TryFrom<String> for Shard {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The shares that lack for a whole, the first `most` of each count, and how many they are.
pub fn lacking(shards: &[Shard], most: usize) -> Vec<(Vec<Shard>, u64)> {
    let mut counts: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for shard in shards {
        counts.entry(shard.of).or_default().push(shard.number);
    }
    let lacking = counts.into_iter().map(|(of, mut there)| {
        there.sort_unstable();
        there.dedup();
        let gone = (1..=of).filter(|it| there.binary_search(it).is_err());
        let gone = gone.take(most).map(|number| Shard { number, of }).collect();
        (gone, of - there.len() as u64)
    });
    lacking.filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_path_is_in_one_shard(path in ".{0,40}", of in 1u64..20) {
            let having = (1..=of).filter(|number| Shard { number: *number, of }.has(&path));
            prop_assert_eq!(having.count(), 1);
        }
    }

    #[test]
    fn a_shard_is_the_same_everywhere() {
        for number in 1..=7 {
            let shard = Shard { number, of: 7 };
            assert_eq!(shard.has("一季度\\甲.yaml"), shard.has("一季度/甲.yaml"));
        }
    }

    #[test]
    fn what_a_whole_lacks_is_counted_and_the_first_are_named() {
        let of = |texts: &[&str]| texts.iter().filter_map(|it| it.parse().ok()).collect();
        let shards: Vec<Shard> = of(&["3/4", "1/4", "3/4", "1/1"]);
        assert_eq!(lacking(&shards, 9), [(of(&["2/4", "4/4"]), 2)]);
        let most = u64::MAX;
        let shards: Vec<Shard> = of(&[&format!("2/{most}")]);
        assert_eq!(lacking(&shards, 1), [(of(&[&format!("1/{most}")]), most - 1)]);
        assert_eq!(lacking(&of(&["1/2", "2/2"]), 9), []);
    }
}
