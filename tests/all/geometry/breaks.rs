//! Where lines of running text end, and what that does to the line.

use hongtou::characters::is_hanzi;
use hongtou::measure::lines::{Line, lines};

use super::deviations;
use crate::support::{Laid, lay_out_text};

/// A notice of one paragraph.
fn laid(text: &str) -> Laid {
    lay_out_text(
        &format!(
            "发文机关: 云岭市总工会\n标题: 关于甲的通知\n成文日期: 2026-03-05\n正文: {text}\n"
        ),
        true,
    )
}

/// The lines of its text.
fn body(laid: &Laid) -> Vec<Line> {
    let body = |line: &Line| (line.size - 16.0).abs() < 0.1 && line.text != "—1—";
    lines(&laid.facts).into_iter().filter(body).collect()
}

/// The farthest that two hanzi beside each other are from one to the next, in characters.
fn pitch(line: &Line) -> f64 {
    let hanzi = |at: usize| line.glyphs[at].text.chars().all(is_hanzi);
    let beside = (1..line.glyphs.len()).filter(|at| hanzi(at - 1) && hanzi(*at));
    let pitches = beside.map(|at| line.glyphs[at].x - line.glyphs[at - 1].x);
    pitches.fold(0.0, f64::max) / (156.0 / 28.0)
}

/// A text behind more and more hanzi, so that its parts come to a line's end.
fn moved(text: &str, check: impl Fn(usize, &[Line], &Laid)) {
    for before in 0..28 {
        let laid = laid(&format!("{}{text}", "甲".repeat(before)));
        let lines = body(&laid);
        let printed: String = lines.iter().map(|line| line.text.as_str()).collect();
        assert!(printed.contains(&text.replace(' ', "")), "{before}: {printed}");
        check(before, &lines, &laid);
        assert_eq!(deviations(&laid), Vec::<String>::new(), "{before}");
    }
}

#[test]
fn addresses_are_broken_at_their_signs_and_tear_no_line_apart() {
    for address in [
        "yunlingsw_2026@yunling.gov.cn",
        "ylczj@163.com",
        "https://www.yunling.gov.cn/zwgk/202603/t202603_1.html?id=123456",
    ] {
        moved(&format!("，请登录{address}查询。"), |before, lines, _| {
            for pair in lines.windows(2) {
                let (end, start) = (&pair[0].text, &pair[1].text);
                let inside = end.ends_with(|c: char| c.is_ascii())
                    && start.starts_with(|c: char| c.is_ascii());
                let sign =
                    end.ends_with(['/', '?', '=', '_']) || start.starts_with(['.', '@']);
                let last =
                    [".cn", ".com", ".html"].iter().any(|it| start.starts_with(it));
                assert!(!inside || sign && !last, "{before}: {end}|{start}");
                assert!(pitch(&pair[0]) < 1.3, "{before}: {end}");
            }
        });
    }
}

/// How many characters of a paragraph's first line are left for what stands behind a text.
fn left(before: usize) -> f64 {
    (28 - 2) as f64 - before as f64
}

#[test]
fn what_is_long_is_whole_unless_the_line_above_would_be_torn() {
    for (long, width) in [
        ("zhangxy_2026@qinghe.edu.cn", 12.5),
        ("office@qhwater.example.com", 12.5),
        ("91530100MA6K12345X", 9.5),
        ("GB/T 17219-1998", 8.0),
        ("GB 5749—2022", 7.0),
        ("（0871）65302212", 8.0),
    ] {
        moved(&format!("{long}等标准"), |before, lines, _| {
            let left = left(before);
            if left < 4.5 || left > width + 0.5 {
                let long = long.replace(' ', "");
                let whole = lines.iter().any(|line| line.text.contains(&long));
                assert!(whole, "{before}: {}", lines[0].text);
            }
            for line in lines {
                assert!(pitch(line) < 1.36, "{before}: {} {}", pitch(line), line.text);
            }
        });
    }
}

#[test]
fn numbers_with_hyphens_units_and_words_are_whole() {
    for text in [
        "CJJ 58-2009、SL 310-2019、HJ 2.2-2018和T/CAS 12-2020",
        "功率75kW·h，N·m，C++语言，＞3毫克，Wi-Fi，a_b",
    ] {
        moved(text, |before, lines, _| {
            for pair in lines.windows(2) {
                let (end, start) = (&pair[0].text, &pair[1].text);
                let broken = start.starts_with(['-', '+', '_', '·'])
                    || end.ends_with(['-', '_', '·', '＞']);
                assert!(!broken, "{before}: {end}|{start}");
            }
        });
    }
}

#[test]
fn lines_before_long_words_are_not_pulled_apart() {
    for text in [
        "网址http://www.qinghe.gov.cn/jyj/t20260318_1234567.html，代码91530100MA6K12345X，账号6222 0225 0200 1234 567。",
        "同意你局《关于〈青禾市“十五五”规划〉的请示》，工期365d，DN≥300mm，噪声55dB（A）。",
        "电话（0871）65302212、0871-65302211转8012、138-0013-8000、+86 871 6530 2211。",
    ] {
        moved(text, |before, lines, _| {
            for line in lines {
                assert!(pitch(line) < 1.36, "{before}: {} {}", pitch(line), line.text);
            }
        });
    }
}

#[test]
fn a_place_where_a_line_may_end_takes_no_room() {
    // Near the word's beginning is none.
    let laid = laid("甲a_a_a_a_a_a甲。");
    let lines = body(&laid);
    let line = lines.iter().find(|line| line.text.contains("a_a")).expect("a word");
    let behind = line.glyphs.windows(2).filter(|pair| pair[0].text == "_");
    let pitches: Vec<f64> = behind.map(|pair| pair[1].x - pair[0].x).collect();
    assert_eq!(pitches.len(), 5);
    assert!(pitches.iter().all(|it| (it - pitches[0]).abs() < 0.01), "{pitches:?}");
}

#[test]
fn a_line_may_end_between_a_rate_and_a_bracket() {
    moved("，同比增长18.5%（按可比价格计算）。", |before, lines, _| {
        assert!(lines.iter().all(|it| pitch(it) < 1.12), "{before}");
    });
}

#[test]
fn a_question_mark_at_the_end_of_a_line_stays_in_the_type_area() {
    for text in ["，是否已经完成？请自查。", "，**是否已经完成？！**请自查。"]
    {
        let plain = text.replace('*', "");
        for before in 0..28 {
            let laid = laid(&format!("{}{text}", "甲".repeat(before)));
            let lines = body(&laid);
            let glyphs = lines.iter().flat_map(|line| &line.glyphs);
            let ends: Vec<f64> =
                glyphs.filter_map(|it| it.ink).map(|ink| ink[2]).collect();
            assert!(ends.len() >= plain.chars().count());
            assert!(ends.iter().all(|end| *end < 184.1), "{before}: {ends:?}");
            for line in &lines {
                let parts = line.glyphs.windows(2);
                let overlap = parts.filter_map(|it| Some((it[0].ink?, it[1].ink?)));
                assert!(
                    overlap.into_iter().all(|it| it.0[2] <= it.1[0]),
                    "{}",
                    line.text
                );
            }
        }
    }
}

#[test]
fn a_wave_between_numbers_stands_at_their_middle() {
    for text in ["9:00~12:00", "（一）3～5个。其他"] {
        let laid = laid(text);
        let lines = body(&laid);
        let line = lines.iter().find(|it| it.text.contains(['~', '～'])).expect("a line");
        let ink_of = |text: &str| {
            let glyph = line.glyphs.iter().find(|it| it.text == text).expect(text);
            glyph.ink.expect("ink")
        };
        let wave = if text.contains('~') { "~" } else { "～" };
        let middle = (ink_of(wave)[1] + ink_of(wave)[3]) / 2.0;
        let digit = ink_of(if text.contains('9') { "9" } else { "5" });
        let height = digit[3] - digit[1];
        let lies = (middle - digit[1]) / height;
        assert!((0.3..0.7).contains(&lies), "{text}: {lies}");
    }
}
