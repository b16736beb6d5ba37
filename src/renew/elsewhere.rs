//! Days that are not for the notice to set: of terms and contracts, of a census, of what the
//! state puts in force.

use super::clause::{CLAUSE, from_last, up_to};
use super::why::Why;
use super::years::Year;

/// Why a day may be set elsewhere.
pub fn set_elsewhere(text: &str, year: &Year) -> Option<Why> {
    year.day.as_ref()?;
    let head = from_last(&text[..year.at.start], &CLAUSE).trim_start_matches(CLAUSE);
    let tail = up_to(&text[year.end..], &CLAUSE);
    let behind = tail.trim_start_matches(['前', '起']);
    let begins = |words: &[&str]| words.iter().any(|it| behind.starts_with(it));
    let ends = |words: &[&str]| words.iter().any(|it| head.ends_with(it));
    if begins(&["到期", "届满", "期满"]) || ends(&["任期至", "任期到", "合同期至"])
    {
        Some(Why::Term)
    } else if head.contains("标准时点") {
        Some(Why::Census)
    } else if is_of_the_state(head) && begins(&["施行", "实施", "执行", "实行", "启用"])
    {
        Some(Why::Above)
    } else {
        None
    }
}

/// Whether a clause tells what the state or the province does.
fn is_of_the_state(head: &str) -> bool {
    let who = ["国家", "全国", "国务院", "中央", "全省", "省", "教育部", "财政部"];
    who.iter().any(|it| head.trim_start().starts_with(it))
        && head.ends_with(['自', '于', '从', '将'])
}

#[cfg(test)]
mod tests {
    use super::super::years::years;
    use super::*;

    #[test]
    fn days_of_terms_censuses_and_the_state_are_set_elsewhere() {
        for (text, why) in [
            ("本届任期至2026年11月届满", Some(Why::Term)),
            ("合同2026年6月30日到期", Some(Why::Term)),
            ("普查标准时点为2026年12月31日24时", Some(Why::Census)),
            ("国家将于2026年9月1日起实施新课标", Some(Why::Above)),
            ("我市将于2026年9月1日起实施新办法", None),
            ("2026年到期的合同", None),
        ] {
            assert_eq!(set_elsewhere(text, &years(text)[0]), why, "{text}");
        }
    }
}
