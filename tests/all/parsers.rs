//! Whatever a clerk types, the small parsers read back what they print and lose nothing.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate};
use hongtou::notice::body::{self, Counters, plain, runs};
use hongtou::notice::date::{Date, DateError};
use hongtou::notice::number::Number;
use hongtou::notice::numeral;
use hongtou::notice::source::Source;
use hongtou::notice::variables::Params;
use hongtou::renew::renew;
use proptest::prelude::*;

/// Texts of the signs that decide how a line is read, and of any others.
fn text() -> impl Strategy<Value = String> {
    let signs = "云工发〔2026〕18号[]（）()【】第０１年月日-#*。、．. \u{3000}一二十百甲"
        .chars()
        .collect::<Vec<_>>();
    let sign = prop_oneof![8 => prop::sample::select(signs), 1 => any::<char>()];
    prop::collection::vec(sign, 0..24).prop_map(|signs| signs.into_iter().collect())
}

/// Texts like those that days are written in, and any others.
fn like_a_day() -> impl Strategy<Value = String> {
    let day = "([0-9]{4}|20[0-9]{2}|二[〇零○]二[〇一二]|[0-9]{1,5})[年/.-]\
               ([0-9]{1,3}|十[一二])[月/.-]([0-9]{1,3}|二十[一二])日?( 0:00)?";
    prop_oneof![text(), day]
}

/// Texts of what is said of years, days and days of the week.
fn dated() -> impl Strategy<Value = String> {
    let words = [
        "2026",
        "2027",
        "2025",
        "二〇二六",
        "二O二六",
        "２０２６",
        "年",
        "月",
        "日",
        "号",
        "3",
        "12",
        "29",
        "十二",
        "2月29日",
        "2026年2月29日",
        "2026-03-05",
        "至",
        "—",
        "、",
        "和",
        "起",
        "止",
        "前",
        "，",
        "。",
        "（",
        "）",
        "《",
        "》",
        "〔",
        "〕",
        "星期四",
        "周日",
        "次年",
        "今年",
        "学年",
        "级",
        "届",
        "已",
        "了",
        "施行",
        "春节",
        "农历",
        "{{ 年度 }}",
        "甲.docx",
        "第3号",
        "以来",
        "共5天",
        "8:00",
        " ",
    ];
    let word = prop_oneof![
        12 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from)
    ];
    prop::collection::vec(word, 0..30).prop_map(|words| words.concat())
}

fn day() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1000, 1, 1).unwrap();
    (0u64..3_000_000).prop_map(move |days| first + Days::new(days))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_draft_of_any_text_differs_in_digits_only(title in dated(), text in dated(), block in any::<bool>()) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let one_line = |text: String| text.replace(|c: char| c.is_control(), "");
        let body = if block { format!("|\n  甲 # {}\n", one_line(text)) } else { quoted(&text) + "\n" };
        let notice = format!(
            "标题: {}\n正文: {body}成文日期: 2026-03-05\n参数: {{年度: 2026}}\n",
            quoted(&title)
        );
        let source = Source::new("甲", &notice);
        let Ok(new) = renew(&source, 2027, &Params::new()) else { return Ok(()) };
        let bare = |text: &str| -> String {
            let digit = |c: &char| {
                c.is_ascii_digit() || "０１２３４５６７８９〇○零一二三四五六七八九OoＯ十".contains(*c)
            };
            text.chars().filter(|c| !digit(c)).collect()
        };
        prop_assert_eq!(bare(&new.text), bare(&notice));
    }

    #[test]
    fn every_well_formed_number_reads_back(
        code in "[甲-癸云工发函办字总局]{1,8}", year in 1000u16..9999, serial in prop::option::of(1u32..),
    ) {
        let number = Number { code, year, serial };
        prop_assert_eq!(number.to_string().parse::<Number>(), Ok(number));
    }

    #[test]
    fn what_is_read_as_a_number_has_no_digits_in_its_code_and_prints_as_typed(text in text()) {
        match text.parse::<Number>() {
            Ok(number) => {
                prop_assert!(!number.code.chars().any(char::is_numeric));
                prop_assert!(number.serial != Some(0));
                let bare = |text: &str| text.replace([' ', '\u{3000}'], "");
                prop_assert_eq!(bare(&number.to_string()), bare(&text));
            }
            // What is offered instead can be typed as it is shown.
            Err(error) => if let Some(meant) = error.meant {
                prop_assert_eq!(meant.to_string().parse::<Number>(), Ok(meant));
            }
        }
    }

    #[test]
    fn every_day_reads_in_all_its_forms_and_prints_in_one(day in day(), zeros in any::<bool>()) {
        let (year, month, date) = (day.year(), day.month(), day.day());
        prop_assume!(year <= 9999);
        let forms = if zeros {
            [format!("{year}-{month:02}-{date:02}"), format!("{year}年{month:02}月{date:02}日")]
        } else {
            [format!("{year}-{month}-{date}"), format!("{year}年{month}月{date}日")]
        };
        for form in forms {
            let read = form.parse::<Date>().unwrap();
            prop_assert_eq!(read.parts(), (year, month, date));
            prop_assert_eq!(read.to_string(), format!("{year}年{month}月{date}日"));
        }
    }

    #[test]
    fn no_day_is_read_that_no_calendar_has(year in 1000i32..9999, month in 0u32..40, date in 0u32..40) {
        let exists = NaiveDate::from_ymd_opt(year, month, date).is_some();
        let read = format!("{year}年{month}月{date}日").parse::<Date>();
        prop_assert_eq!(read.is_ok(), exists);
        prop_assert!(exists || read == Err(DateError::Missing));
    }

    #[test]
    fn what_any_text_is_read_as_prints_as_a_date_that_reads_the_same(text in like_a_day()) {
        if let Ok(read) = text.parse::<Date>() {
            prop_assert_eq!(read.to_string().parse::<Date>(), Ok(read));
        }
    }

    #[test]
    fn a_body_loses_no_character(lines in prop::collection::vec(text(), 1..6)) {
        let text = lines.join("\n");
        for paragraph in body::paragraphs(&text, &mut Counters::default()) {
            let printed = plain(&paragraph.head) + &plain(&paragraph.text);
            prop_assert!(!printed.is_empty());
            if !paragraph.marked {
                let typed = text.lines().map(str::trim).any(|line| plain(&runs(line)) == printed);
                prop_assert!(typed, "{printed:?} was not typed");
            }
        }
    }

    #[test]
    fn marked_headings_carry_their_level_and_count_up(levels in prop::collection::vec(1u8..=4, 1..20)) {
        let text: String =
            levels.iter().map(|level| format!("{} 甲\n", "#".repeat((*level).into()))).collect();
        let all = body::paragraphs(&text, &mut Counters::default());
        prop_assert_eq!(all.iter().map(|it| it.level).collect::<Vec<_>>(), levels.clone());
        let mut counts = [0usize; 5];
        for (paragraph, level) in all.iter().zip(&levels) {
            let at = usize::from(*level);
            counts[at + 1..].fill(0);
            counts[at] += 1;
            let label = numeral::label(*level, counts[at]);
            let line = plain(&paragraph.head) + &plain(&paragraph.text);
            prop_assert_eq!(line, format!("{label}甲"));
        }
    }
}

#[test]
fn numbers_in_hanzi_are_all_different_and_read_as_headings() {
    let all: HashSet<String> = (1..=99).map(numeral::hanzi).collect();
    assert_eq!(all.len(), 99);
    for (level, number) in (1..=4).flat_map(|level| (1..=99).map(move |n| (level, n))) {
        let line = format!("{}甲", numeral::label(level, number));
        assert_eq!(numeral::typed_level(&line), level, "{line}");
    }
}
