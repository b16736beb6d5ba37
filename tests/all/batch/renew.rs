//! Next year's drafts: what becomes of their years and days.

use super::year;
use crate::support::{Ran, Run, SMALL};

pub const RENEW: [&str; 6] = ["renew", "年", "--set", "年度=2027", "-o", "明年"];

#[test]
fn the_invented_year_becomes_next_year_s_drafts_that_build() {
    let ran = year().args(&RENEW).run().code(0).says("已写出 17 份草稿");
    let text = |name: &str| String::from_utf8(ran.read(name).unwrap()).unwrap();
    let january = text("明年/月度/01月.yaml");
    assert!(
        january.contains("云工发〔2027〕号") && january.contains("年度: 2027"),
        "{january}"
    );
    assert!(january.contains("成文日期: 2027-01-05"), "{january}");
    let march = text("明年/月度/03月.yaml");
    for kept in ["（2023年修订）", "〔2025〕31号"] {
        assert!(march.contains(kept), "{march}");
    }
    assert!(
        march.contains("《2027年3月工作计划》") && !march.contains("2026"),
        "{march}"
    );
    assert!(text("明年/月度/06月.yaml").contains("2019年以来"));
    assert!(text("明年/月度/12月.yaml").contains("2028年1月15日前"));
    let quarter = text("明年/季度/第一季度.yaml");
    assert!(quarter.contains("  年度: 2027   # 换年度时用 hongtou renew\n"), "{quarter}");
    assert!(
        ran.out().contains("年/月度/03月.yaml:7: 没有改 2025（引用的文号）"),
        "{}",
        ran.out()
    );
    assert!(
        ran.out().contains("成文日期") || ran.out().contains("2026 → 2027"),
        "{}",
        ran.out()
    );
    let ran = ran.again(&["build", "明年", "-o", "出"]).run().code(0);
    ran.says("生成 17 份，失败 0 份");
}

#[test]
fn a_dry_run_lists_the_same_and_writes_nothing() {
    let whole = year().args(&RENEW).run().code(0);
    let ran = year().args(&RENEW).args(&["--dry-run"]).run().code(0);
    assert_eq!(ran.left(), ["年"]);
    assert_eq!(ran.out(), whole.out());
    assert!(ran.out().lines().count() > 60, "{}", ran.out());
}

#[test]
fn comments_order_and_quoting_stay_to_the_byte() {
    let text = "# 2026年的注释\r\n标题: '关于印发\"2026年要点\"的通知'  # 2026\r\n正文: >- # 2026\r\n  2026年，\r\n  抓好落实。\r\n# 2026\r\n发文机关: 甲\r\n\r\n参数: { \"年度\" : \"2026\", 期数: 4 }\r\n";
    let ran = Run::new().file("年/甲.yaml", text).args(&RENEW).run().code(0);
    let asked = text
        .replace("\"2026年要点", "\"2027年要点")
        .replace("  2026年，", "  2027年，")
        .replace("\"2026\"", "\"2027\"");
    assert_eq!(String::from_utf8(ran.read("明年/甲.yaml").unwrap()).unwrap(), asked);
}

#[test]
fn weekends_and_the_festival_are_listed_for_review() {
    let text = "标题: 2026年春季工作的通知\n发文机关: 甲\n正文: 请于2026年2月6日、3月6日前报送。\n成文日期: 2026-01-12\n";
    let ran = Run::new().file("年/甲.yaml", text).args(&RENEW).run().code(0);
    assert!(
        ran.out().contains("甲.yaml:3: 请看 2027年2月6日：在春节期间"),
        "{}",
        ran.out()
    );
    assert!(ran.out().contains("甲.yaml:3: 请看 3月6日：是星期六"), "{}", ran.out());
}

/// One notice, its draft for 2027 and what was said.
fn renewed(text: &str) -> (String, Ran) {
    let ran = Run::new().file("年/甲.yaml", text).args(&RENEW).run().code(0);
    (String::from_utf8(ran.read("明年/甲.yaml").unwrap()).unwrap(), ran)
}

#[test]
fn the_year_is_that_of_the_date_or_the_one_ahead_that_the_title_names() {
    // Number, title, date: before and after.
    for (old, new) in [
        (
            ["18", "关于印发《职工培训规划（2026—2030年）》的通知", "2026-03-05"],
            ["", "关于印发《职工培训规划（2026—2030年）》的通知", "2027-03-05"],
        ),
        (
            ["18", "关于贯彻执行GB/T 9704—2012标准的通知", "2026-03-05"],
            ["", "关于贯彻执行GB/T 9704—2012标准的通知", "2027-03-05"],
        ),
        (
            ["18", "关于学习《职工教育条例（2023年修订）》的通知", "2026-03-05"],
            ["", "关于学习《职工教育条例（2023年修订）》的通知", "2027-03-05"],
        ),
        (
            ["18", "关于清理2019年以前存量资金的通知", "2026-03-05"],
            ["", "关于清理2019年以前存量资金的通知", "2027-03-05"],
        ),
        (
            ["18", "关于转发云政发〔2025〕31号文件的通知", "2026-03-05"],
            ["", "关于转发云政发〔2025〕31号文件的通知", "2027-03-05"],
        ),
        (
            ["18", "关于表彰2025年度先进集体的决定", "2026-02-26"],
            ["", "关于表彰2026年度先进集体的决定", "2027-02-26"],
        ),
        (
            ["18", "关于编制2027年部门预算的通知", "2026-08-05"],
            ["", "关于编制2028年部门预算的通知", "2027-08-05"],
        ),
    ] {
        let notice = |number: &str, [serial, title, date]: [&str; 3]| {
            format!(
                "发文机关: 甲\n发文字号: 云工发〔{number}〕{serial}号\n标题: {title}\n成文日期: {date}\n正文: 无\n"
            )
        };
        assert_eq!(renewed(&notice("2026", old)).0, notice("2027", new));
    }
    let ahead = "发文字号: 云工发〔2025〕98号\n标题: 关于做好2026年元旦春节工作的通知\n发文机关: 甲\n正文: 2025年12月至2026年2月，开展慰问。\n成文日期: 2025-12-10\n";
    let asked = "发文字号: 云工发〔2026〕号\n标题: 关于做好2027年元旦春节工作的通知\n发文机关: 甲\n正文: 2026年12月至2027年2月，开展慰问。\n成文日期: 2026-12-10\n";
    assert_eq!(renewed(ahead).0, asked);
}

#[test]
fn a_notice_of_the_new_year_is_told_and_not_written() {
    let text = "标题: 2027年要点\n发文机关: 甲\n参数: {年度: 2027}\n正文: 无\n";
    let ran = Run::new().file("年/甲.yaml", text).args(&RENEW).run().code(1);
    assert!(
        ran.says("这已经是 2027 年的通知，没有写 2027 年的草稿")
            .left()
            .iter()
            .all(|it| it != "明年")
    );
}

#[test]
fn dates_behind_the_parameter_and_days_of_the_week_are_looked_at() {
    let text = "标题: '{{ 年度 }}年要点'\n发文机关: 甲\n参数: {年度: &y 2026, 届: *y, 上年度: 2025}\n正文: |\n  定于{{ 年度 }}年5月15日（星期五）召开，3月4日（星期三）前报名，2026/3/12（星期四）截止。\n  培训4月13日至17日，２０２６年５月30日结束。\n成文日期: \"{{ 年度 }}-03-06\"\n";
    let (draft, ran) = renewed(text);
    let asked = text
        .replace("&y 2026", "&y 2027")
        .replace("上年度: 2025", "上年度: 2026")
        .replace("2026/3", "2027/3")
        .replace("２０２６", "２０２７");
    assert_eq!(draft, asked);
    for said in [
        "甲.yaml:5: 请看 2027年5月15日：是星期六",
        "甲.yaml:5: 请看 星期五：2027年5月15日是星期六",
        "甲.yaml:5: 请看 星期三：3月4日是星期四",
        "甲.yaml:5: 请看 星期四：2027年3月12日是星期五",
        "甲.yaml:6: 请看 4月17日：是星期六",
        "甲.yaml:6: 请看 2027年5月30日：是星期日",
        "甲.yaml:7: 请看 2027年3月6日：是星期六",
    ] {
        assert!(ran.out().contains(said), "{said}\n{}", ran.out());
    }
}

#[test]
fn a_draft_has_no_serial_however_its_number_is_written() {
    let notice = |number: &str, params: &str| {
        format!(
            "发文机关: 甲\n发文字号: {number}\n标题: 关于{{{{ 年度 }}}}年工作的通知\n正文: 落实。\n参数: {{{params}}}\n成文日期: 2026-03-05\n"
        )
    };
    let old = notice("甲发〔{{ 年度 }}〕{{ 序号 }}号", "年度: 2026, 序号: 18");
    let (new, ran) = renewed(&old);
    assert_eq!(
        new,
        notice("甲发〔{{ 年度 }}〕号", "年度: 2027, 序号: 18")
            .replace("2026-03-05", "2027-03-05")
    );
    for told in [
        "甲.yaml:2: 甲发〔{{ 年度 }}〕{{ 序号 }}号 → 甲发〔{{ 年度 }}〕号",
        "甲.yaml:5: 请看 18：原来的序号，草稿的发文字号不再用它",
    ] {
        assert!(ran.out().contains(told), "{}", ran.out());
    }
    let (new, _) = renewed(&notice("'{{ 文号 }}'", "年度: 2026, 文号: 甲发〔2026〕18号"));
    assert!(new.contains("文号: 甲发〔2027〕号"), "{new}");
}

#[test]
fn years_of_comments_are_listed_however_they_are_written() {
    let text = "标题: 要点\n发文机关: 甲\n参数:\n  年度: 2026     # 每年改这里：2026→2027\n正文: \"2014\\u5e74的办法\"\n成文日期: 2026-01-05\n";
    let (new, ran) = renewed(text);
    assert!(new.contains("年度: 2027     # 每年改这里：2026→2027"), "{new}");
    for told in [
        "甲.yaml:4: 没有改 2026（注释）",
        "甲.yaml:4: 没有改 2027（注释）",
        "甲.yaml:5: 没有改 2014（不是本计划的年份）",
    ] {
        assert!(ran.out().contains(told), "{}", ran.out());
    }
}

#[test]
fn leap_days_become_the_28th_wherever_they_are_written() {
    let text = "标题: 2028年要点\n发文机关: 甲\n正文: 2028/2/29、2028年2月1日至29日、二〇二八年二月二十九日、2月29日。\n成文日期: 2028-01-05\n";
    let ran = Run::new().file("年/甲.yaml", text);
    let ran =
        ran.args(&["renew", "年", "--set", "年度=2029年", "-o", "明年"]).run().code(0);
    let draft = String::from_utf8(ran.read("明年/甲.yaml").unwrap()).unwrap();
    let asked = "2029/2/28、2029年2月1日至28日、二〇二九年二月二十八日、2月28日。";
    assert!(draft.contains(asked), "{draft}");
}

#[test]
fn the_new_year_is_one_year() {
    for (set, said) in [
        (["年度=abc", "年=2027"], "不一样"),
        (["年度=2027", "年=2028"], "不一样"),
        (["期数=4", "届=5"], "要写明新的一年"),
    ] {
        let ran = Run::new().file("年/甲.yaml", "标题: 甲\n");
        let set = ["renew", "年", "--set", set[0], "--set", set[1], "-o", "明年"];
        ran.args(&set).run().code(2).says(said);
    }
    let run = Run::new().file("年/说明.txt", "甲").args(&RENEW);
    run.run().code(2).says("没有通知");
}

#[test]
fn text_under_a_bar_is_read_to_its_end_whatever_marks_stand_in_it() {
    let body = "正文: |\n  # 时间\n  2026年4月1日前。\n  ## 地点\n  在3 #楼，2026年5月6日。\n  #1号楼2026年6月。\n# 2026年的注释\n";
    let text =
        format!("发文机关: 甲\n标题: 关于2026年工作的通知\n{body}成文日期: 2026-03-05\n");
    let asked = text.replace("2026年", "2027年").replace("2026-", "2027-");
    assert_eq!(renewed(&text).0, asked.replace("# 2027年的注释", "# 2026年的注释"));
}

#[test]
fn sheets_and_wrongly_bracketed_numbers_are_told_of_and_school_years_move() {
    let text = "发文机关: 甲\n发文字号: 甲发[2026]1号\n标题: 关于2026年工作的通知\n正文:\n  - 表格: {数据: 甲.csv, 工作表: 2026年}\n参数: {学年: 2026—2027}\n成文日期: 2026-03-05\n";
    let (new, ran) = renewed(text);
    assert!(new.contains("甲发[2027]号") && new.contains("工作表: 2026年"), "{new}");
    assert!(new.contains("{学年: 2027—2028}"), "{new}");
    assert!(ran.out().contains("没有改 2026（文件里的名称）"), "{}", ran.out());
}

#[test]
fn days_of_the_week_are_held_against_the_year_of_their_sentence() {
    let text = "发文机关: 甲\n标题: 关于2026年培训的通知\n正文: |\n  2025年培训312人。\n  于6月12日（星期五）开班；2026年11月至2027年3月实训。11月9日（周一）动员，次年1月3日（星期日）结束。\n  2026年12月31日至2027年1月2日（星期四至星期六）放假。\n成文日期: 2026-03-05\n";
    let ran = renewed(text).1;
    for told in [
        "星期五：6月12日是星期六",
        "周一：11月9日是星期二",
        "星期日：1月3日是星期一",
        "星期四：2027年12月31日是星期五",
        "星期六：2028年1月2日是星期日",
    ] {
        assert!(ran.out().contains(told), "{told}\n{}", ran.out());
    }
}

#[test]
fn days_without_a_year_are_of_the_year_that_a_reader_takes_them_for() {
    // Title, 成文日期, text; what is said of it.
    for (title, date, text, told) in [
        (
            "关于2026年部分节假日安排的通知",
            "2025-11-10",
            "5月1日（周五）至5日（周二）放假。5月9日（周六）上班。",
            &["周五：5月1日是星期六", "周六：5月9日是星期日"] as &[&str],
        ),
        (
            "关于做好2027年元旦春节工作的通知",
            "2026-12-10",
            "2026年12月25日前报送，1月8日（星期五）前检查，1月9日汇总。",
            &["星期五：1月8日是星期六", "1月9日：是星期日"],
        ),
        (
            "关于2026年供热的通知",
            "2026-09-10",
            "11月15日至次年3月15日（星期一）供热，3月20日（星期六）前总结。",
            &["星期一：3月15日是星期三", "星期六：3月20日是星期一"],
        ),
        (
            "关于2025年统计年报和2026年定期统计报表工作的通知",
            "2025-12-05",
            "2026年1月31日前报送。",
            &["是 2026 年的", "2027年1月31日：是星期日"],
        ),
    ] {
        let notice =
            format!("发文机关: 甲\n标题: {title}\n正文: {text}\n成文日期: {date}\n");
        let ran = renewed(&notice).1;
        for told in told {
            assert!(ran.out().contains(told), "{told}\n{}", ran.out());
        }
    }
}

#[test]
fn values_that_are_set_stand_in_the_draft_as_they_were_given() {
    let set = ["--set", "单位=乙局（丙）", "--set", "备注=null", "--set", "级别=true"];
    let text = SMALL.to_owned()
        + "参数:\n  年度: 2026\n  单位: |\n    甲局\n  备注: 无\n  级别: 一\n";
    let args = ["renew", "年", "--set", "年度=2027", "-o", "明年"];
    let ran = Run::new().file("年/甲.yaml", text).args(&args).args(&set).run().code(0);
    let draft = String::from_utf8(ran.read("明年/甲.yaml").unwrap()).unwrap();
    assert!(
        draft.contains("|\n    乙局（丙）\n  备注: \"null\"\n  级别: \"true\"\n"),
        "{draft}"
    );
    ran.again(&["build", "明年"]).run().code(0);
}

#[test]
fn nothing_in_a_notice_steers_the_terminal() {
    let text = SMALL.to_owned() + "期号: \"a\\u001b[31m\"\n";
    let run = Run::new().file("年\u{1b}[31m/甲.yaml", text);
    let args = ["renew", "年\u{1b}[31m", "--set", "年度=2027", "--dry-run"];
    let ran = run.args(&args).run().code(0);
    assert!(
        !ran.out().contains('\u{1b}') && !ran.err.contains('\u{1b}'),
        "{}",
        ran.out()
    );
}

#[test]
fn what_others_issued_keeps_its_year_and_what_the_notice_issues_moves() {
    let (new, _) = renewed(
        "发文机关: 甲县教育局\n标题: 关于印发《2026年工作要点》的通知\n正文: |\n  根据《云岭省教育厅2026年工作要点》（云教发〔2026〕6号），制定《2026年工作要点》。\n印发件:\n  标题: 2026年工作要点\n  正文: 落实《县委2026年工作要点》。\n成文日期: 2026-03-05\n",
    );
    for kept in ["《云岭省教育厅2026年工作要点》", "《县委2026年工作要点》"]
    {
        assert!(new.contains(kept), "{new}");
    }
    assert_eq!(new.matches("2027年工作要点").count(), 3, "{new}");
}

#[test]
fn an_attachment_that_is_passed_on_stays_as_it_is() {
    let (new, _) = renewed(
        "发文机关: 甲县\n标题: 转发市教育局关于做好2026年中考工作的通知\n正文: |\n  现将《关于做好2026年中考工作的通知》转发给你们，请于2026年5月1日前落实。\n附件:\n  - 名称: 关于做好2026年中考工作的通知\n    正文: 2026年5月报名。\n成文日期: 2026-04-05\n",
    );
    assert_eq!(new.matches("2026").count(), 4, "{new}");
    assert!(new.contains("请于2027年5月1日前") && new.contains("2027-04-05"), "{new}");
    // One alone may stand without a list.
    let (new, _) = renewed(
        "发文机关: 甲县\n标题: 转发市教育局关于做好2026年中考工作的通知\n正文: 现转发给你们。\n附件: 2026年中考工作方案\n成文日期: 2026-04-05\n",
    );
    assert_eq!(new.matches("2026").count(), 2, "{new}");
}

#[test]
fn both_terms_of_a_school_year_move_by_one() {
    for (title, date, new) in [
        ("2025—2026学年第一学期", "2025-08-28", "2026-08-28"),
        ("2025—2026学年第二学期", "2026-02-20", "2027-02-20"),
    ] {
        let text = format!(
            "发文机关: 甲\n标题: {title}工作计划\n正文: 落实。\n成文日期: {date}\n"
        );
        let (draft, _) = renewed(&text);
        assert!(draft.contains("2026—2027学年") && draft.contains(new), "{draft}");
    }
}

#[test]
fn the_summary_counts_what_was_moved_kept_and_is_to_be_looked_at() {
    let text = "标题: 2026年计划\n发文机关: 甲\n正文: 2020年以来，请于2026年2月6日前报送。\n成文日期: 2026-01-12\n";
    let old = "标题: 2024年计划\n发文机关: 甲\n正文: 落实。\n成文日期: 2024-01-12\n";
    let ran = Run::new().file("年/甲.yaml", text).file("年/乙.yaml", old);
    let ran = ran.args(&RENEW).run().code(0);
    ran.says("已写出 2 份草稿，1 份是更早的，一次移了两年以上：改了 5 处，没有改 1 处，请看 1 处");
}

#[test]
fn a_date_with_a_parameter_in_it_says_what_is_past() {
    let text = "标题: 关于2026年工作的通知\n发文机关: 甲\n参数: {年度: 2026, 月: '07'}\n正文: |\n  2026年2月1日，召开会议。2026年6月，共培训26人。\n  {{ 年度 }}年1月5日发生事故1起。\n成文日期: \"{{ 年度 }}-{{ 月 }}-05\"\n";
    let (draft, ran) = renewed(text);
    let asked = text.replace("关于2026", "关于2027").replace("年度: 2026", "年度: 2027");
    assert_eq!(draft, asked);
    let told = "甲.yaml:6: 请看 2027：随参数改成了新的一年：已经过去的事，请核对";
    assert!(ran.out().contains(told), "{}", ran.out());
    // The notice's own titles and years move with their parameters.
    let text = "标题: 关于印发《{{ 年度 }}年计划》的通知\n发文机关: 甲\n参数: {年度: 2026, 上年度: 2025}\n正文: |\n  现将《{{ 年度 }}年计划》印发给你们，{{ 上年度 }}年的办法停用，{{ 年度 }}年6月底前完成。\n成文日期: 2026-03-05\n";
    let ran = renewed(text).1;
    assert!(!ran.out().contains("请核对"), "{}", ran.out());
}

#[test]
fn parameters_that_name_a_class_move_whatever_they_are_called() {
    let text = "标题: 关于2026年工作的通知\n发文机关: 甲\n参数: {届别: 2027, 级: '2024', 基期: 2025}\n正文: |\n  {{ 届别 }}届、{{级}}级学生参加，比{{ 基期 }}年多。\n成文日期: 2026-03-05\n";
    let (draft, _) = renewed(text);
    assert!(draft.contains("{届别: 2028, 级: '2025', 基期: 2025}"), "{draft}");
}

#[test]
fn years_that_are_written_otherwise_are_listed() {
    let text = "标题: 关于2026年工作的通知\n发文机关: 甲\n正文: [\"\\x32\\x3026年\", 贰零贰陆年, 26—27学年, 2026 - 2027 学年]\n成文日期: 2026-03-05\n";
    let (draft, ran) = renewed(text);
    assert!(draft.contains("2027 - 2028 学年"), "{draft}");
    for told in ["没有改 2026（写成了代码", "没有改 贰零贰陆年（", "没有改 26—27学年（"]
    {
        assert!(ran.out().contains(told), "{told}\n{}", ran.out());
    }
}
