//! Next year's drafts.

use super::{below, year};
use crate::support::Run;

const RENEW: [&str; 6] = ["renew", "年", "--set", "年度=2027", "-o", "明年"];

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
    let list = |out: &str| {
        out.lines().filter(|it| !it.contains("照抄")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(list(ran.out()), list(whole.out()));
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

#[test]
fn drafts_that_are_there_stay_and_the_source_is_never_written() {
    let run = year().file("明年/月度/01月.yaml", "我的");
    let before = below(&run.path().join("年")).len();
    let ran = run.args(&RENEW).run().code(1).says("已经存在，没有动它");
    assert_eq!(ran.read("明年/月度/01月.yaml").unwrap(), "我的".as_bytes());
    assert_eq!(below(&ran.folder().join("年")).len(), before);
    let ran = ran.again(&["renew", "年", "--set", "年度=2027", "-o", "年"]).run().code(2);
    ran.says("不能写回");
    year()
        .args(&["renew", "年", "--set", "期数=5", "-o", "明年"])
        .run()
        .code(2)
        .says("年度=2027");
}
