//! 7.3.1: titles break between words and make a trapezium or a diamond.

use hongtou::title::{LINE, Shape, line_width, lines, shape_of, width, words};

use crate::support::root;

fn titles() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("tests/titles.txt")).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// The ends of words, in bytes.
fn ends(title: &str) -> Vec<usize> {
    let mut at = 0;
    let end = |word: &str| {
        at += word.len();
        at
    };
    words(title).into_iter().map(end).collect()
}

/// Whether `at` lies inside a quoted title that would fit a line.
fn inside_quotes(title: &str, at: usize) -> bool {
    title.match_indices('《').any(|(start, _)| {
        let end =
            title[start..].find('》').map_or(start, |end| start + end + '》'.len_utf8());
        start < at && at < end && width(&title[start..end]) <= LINE
    })
}

#[test]
fn foreign_words_of_a_title_are_whole() {
    for name in ["Łódź", "Košice", "Saint-Étienne", "Nin\u{303}o", "Київ"] {
        for before in 8..18 {
            let title = format!(
                "关于与{}{name}市建立友好城市关系并开展教育文化体育领域交流合作的通知",
                "友好".repeat(before / 2) + if before % 2 == 1 { "的" } else { "" }
            );
            let lines = lines(&title, &[]);
            assert!(lines.iter().any(|line| line.contains(name)), "{lines:?}");
        }
    }
}

#[test]
fn names_in_parts_are_whole() {
    for before in 4..16 {
        let title = format!(
            "关于追授{}阿卜杜拉·买买提同志全省抗洪抢险先进个人荣誉称号的决定",
            "云岭市".repeat(before / 3) + &"县".repeat(before % 3)
        );
        let lines = lines(&title, &[]);
        assert!(lines.iter().any(|line| line.contains("拉·买")), "{lines:?}");
    }
}

#[test]
fn titles_of_all_lengths_break_well() {
    let titles = titles();
    assert!(titles.len() >= 120);
    let mut wrong = Vec::new();
    for title in &titles {
        let lines = lines(title, &[]);
        let widths: Vec<f64> = lines.iter().map(|line| line_width(line)).collect();
        println!("{:?} {widths:.1?}\n    {}", shape_of(&widths), lines.join("\n    "));
        assert_eq!(&lines.concat(), title);
        let ends = ends(title);
        let mut at = 0;
        for line in &lines[..lines.len() - 1] {
            at += line.len();
            if !ends.contains(&at) || inside_quotes(title, at) {
                wrong.push(format!("splits a word after “{line}”"));
            }
        }
        if widths.iter().any(|width| *width > LINE) {
            wrong.push(format!("too wide: {lines:?}"));
        }
        if matches!(shape_of(&widths), Shape::Rectangle | Shape::Hourglass) {
            wrong.push(format!("{:?} {widths:.1?}: {lines:?}", shape_of(&widths)));
        }
        if lines.len() > 1 && lines.last().unwrap().chars().count() < 3 {
            wrong.push(format!("a remnant: {lines:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_author_s_own_lines_win() {
    assert_eq!(
        lines("关于开展\n2026年培训的通知", &[]),
        ["关于开展", "2026年培训的通知"]
    );
}

#[test]
fn names_of_bodies_are_not_split() {
    let name = "云岭市青禾区山前街道办事处".to_owned();
    for n in 1..12 {
        let title =
            format!("{}关于加强{name}服务窗口规范化建设工作的通知", "某".repeat(n));
        let lines = lines(&title, std::slice::from_ref(&name));
        assert!(lines.iter().any(|line| line.contains(&name)), "{lines:?}");
    }
}

#[test]
fn bodies_in_a_row_are_whole() {
    let names = ["云岭市自然资源和规划局", "云岭市住房和城乡建设局", "中共云岭市委"];
    for between in [" ", "\u{3000}", "、"] {
        for (first, second) in [(0, 1), (1, 0), (2, 1), (0, 2)] {
            for about in
                ["关于加强建设工程规划核实管理的通知", "关于做好住房保障工作的意见"]
            {
                let (first, second) = (names[first], names[second]);
                let lines = lines(&format!("{first}{between}{second}{about}"), &[]);
                let whole = |name| lines.iter().any(|line| line.contains(name));
                assert!(whole(first) && whole(second), "{lines:?}");
            }
        }
    }
    for (title, names) in [
        (
            "云岭市自然资源和规划局 云岭市住房和城乡建设局联合执法检查工作责任清单",
            &names[..2],
        ),
        ("关于转发《云岭市自然资源和规划局权责清单和办事指南》的通知", &names[..1]),
    ] {
        let lines = lines(title, &[]);
        let whole = |name: &&str| lines.iter().any(|line| line.contains(name));
        assert!(names.iter().all(whole), "{lines:?}");
    }
}

#[test]
fn no_line_has_nothing_but_the_kind() {
    for (title, last) in [
        (
            "关于印发《云岭市“十五五”生态环境保护规划》的通知",
            "“十五五”生态环境保护规划》的通知",
        ),
        (
            "关于印发《云岭市突发环境事件应急预案（修订）》的通知",
            "应急预案（修订）》的通知",
        ),
        // What fits a line with the kind behind it stays whole.
        (
            "关于印发《云岭市行政规范性文件管理规定》的通知",
            "《云岭市行政规范性文件管理规定》的通知",
        ),
    ] {
        assert_eq!(lines(title, &[]).last().unwrap(), last);
    }
}

#[test]
fn the_issuer_s_own_name_is_whole_whatever_follows_it() {
    let name = "云岭市人力资源和社会保障局".to_owned();
    for rest in [
        "2026年第3次局党组会议纪要",
        "2026年度第一批见习基地名单公告",
        "机关党委关于召开党员大会的通知",
    ] {
        let title = format!("{name}{rest}");
        let lines = lines(&title, std::slice::from_ref(&name));
        assert!(lines.iter().any(|line| line.contains(&name)), "{lines:?}");
    }
}

#[test]
fn terms_of_official_writing_are_whole() {
    for (title, term) in [
        ("关于表彰2025年度全市安全生产先进集体和先进个人的通报", "安全生产"),
        ("关于做好2026届高校毕业生就业创业工作的通知", "高校毕业生"),
        ("关于公布2025年度云岭市高新技术企业认定名单的通告", "高新技术企业"),
        ("关于印发云岭市应急管理局权力清单和责任清单的通知", "权力清单"),
        ("关于核定望溪县第一自来水厂供水价格成本的请示", "自来水厂"),
        ("关于给予云岭市供销合作社联合社专项资金支持的请示", "供销合作社"),
        ("关于2026年第一批次城镇建设用地农用地转用和土地征收的请示", "建设用地"),
    ] {
        let lines = lines(title, &[]);
        assert!(lines.iter().any(|line| line.contains(term)), "{lines:?}");
    }
}

#[test]
fn titles_break_at_sense() {
    for (title, broken) in [
        (
            "青禾市卫生健康委员会青禾市医疗保障局关于推进DRG/DIP支付方式改革的意见",
            "青禾市卫生健康委员会青禾市医疗保障局|关于推进DRG/DIP支付方式|改革的意见",
        ),
        (
            "关于表彰2025年度优秀教师、优秀班主任和优秀教育工作者的决定",
            "关于表彰2025年度优秀教师、|优秀班主任和优秀教育工作者的决定",
        ),
        (
            "关于同意设立青禾市望溪区柳汀街道社区卫生服务中心的批复",
            "关于同意设立青禾市望溪区|柳汀街道社区卫生服务中心的批复",
        ),
        (
            "关于邀请参加青禾市城乡供水一体化PPP项目中期评估会的函",
            "关于邀请参加青禾市城乡供水一体化|PPP项目中期评估会的函",
        ),
        (
            "青禾市自来水有限责任公司关于东城片区DN600主干管爆管抢修停水的通告",
            "青禾市自来水有限责任公司关于东城片区|DN600主干管爆管抢修停水的通告",
        ),
        // 规范化 stands beside 制度化, not behind what it is said of.
        (
            "关于推动全县城市内涝治理制度化规范化建设的意见",
            "关于推动全县城市内涝治理|制度化规范化建设的意见",
        ),
    ] {
        assert_eq!(lines(title, &[]).join("|"), broken);
    }
    // Too long for a line, it is broken before its bracket.
    let name = "云岭大学附属第二医院（云岭市第三人民医院）".to_owned();
    let title = format!("{name}关于印发《青禾市城乡供水一体化三年行动方案》的函");
    let lines = lines(&title, &[name]);
    assert!(lines[0].starts_with("云岭大学附属第二医院"), "{lines:?}");
    let whole = |line: &String| line.contains("（云岭市第三人民医院）");
    assert!(lines.iter().any(whole), "{lines:?}");
}
