//! Which years of a text stay as they are, and why.

use super::ahead::{is_forecast, is_of_the_next, is_under_way};
use super::apart::apart;
use super::before::{is_condition, is_fact};
use super::clause::{CLAUSE, ENDS, PART, from_last, up_to};
use super::columns::Column;
use super::dates::bare_days;
use super::elsewhere::set_elsewhere;
use super::mates::{self, Together, together};
use super::others::{foreign, handed_in, inside_title, of_file, owns, quoted};
use super::past::{Past, is_so_far, is_wanted, past};
use super::plan::Plan;
use super::reported::{self, reported};
use super::rolling::{names_event, rolls};
use super::row::Row;
use super::span::{Kind, span};
use super::why::Why;
use super::years::Year;

/// Where a text stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scene {
    /// In a title, which names what it is about.
    pub heading: bool,
    /// In a column of a table.
    pub column: Option<Column>,
    /// In a row of one.
    pub row: Row,
    /// In what a 转发 passes on.
    pub forwarded: bool,
}

/// What becomes of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It moves on.
    Moves,
    /// It moves on and should be looked at, for this reason.
    Doubted(Why),
    /// It stays, for this reason.
    Stays(Why),
}

impl Fate {
    /// Why it stays.
    pub fn stays(self) -> Option<Why> {
        match self {
            Self::Stays(why) => Some(why),
            Self::Moves | Self::Doubted(_) => None,
        }
    }
}

/// What becomes of each year of a text. Years of one sentence that belong together stay
/// together.
pub fn fates(text: &str, found: &[Year], plan: &Plan, scene: Scene) -> Vec<Fate> {
    let alone = (0..found.len()).map(|i| alone(text, found, i, plan, scene));
    let mut fates: Vec<Fate> = alone.collect();
    mates::beside(text, found, plan, &mut fates);
    reported::beside(
        text,
        found,
        &reported(text, &bare_days(text), plan, scene),
        &mut fates,
    );
    let told = scene.heading || scene.column.is_some();
    for (i, fate) in fates.iter_mut().enumerate().filter(|_| !told) {
        if *fate == Fate::Moves && is_behind(text, found, i, plan) {
            *fate = Fate::Doubted(Why::Over);
        } else if *fate == Fate::Moves && is_of_old_classes(text, &found[i], plan) {
            *fate = Fate::Doubted(Why::Class);
        } else if *fate == Fate::Moves && is_under_way(text, found, i, plan) {
            *fate = Fate::Doubted(Why::Term);
        } else if *fate == Fate::Moves && is_of_the_next(text, found, i, plan) {
            *fate = Fate::Doubted(Why::Next);
        } else if *fate == Fate::Moves
            && let Some(why) = set_elsewhere(text, &found[i])
        {
            *fate = Fate::Doubted(why);
        } else if matches!(fate, Fate::Stays(Why::Past | Why::Before))
            && is_in_title(text, &found[i], plan)
        {
            *fate = Fate::Stays(Why::Titled);
        } else if matches!(fate, Fate::Stays(Why::Other | Why::Since))
            && is_condition(text, &found[i], plan)
        {
            *fate = Fate::Stays(Why::Condition);
        }
    }
    for (i, fate) in fates.iter_mut().enumerate() {
        if *fate == Fate::Stays(Why::Before) && is_fact(text, found, i, scene) {
            *fate = Fate::Stays(Why::Last);
        }
    }
    scene.row.mark(&mut fates);
    if !told {
        apart(text, found, plan, &mut fates);
    }
    fates
}

/// Whether the notice's own title names what a year and the words behind it name, and moves it.
fn is_in_title(text: &str, year: &Year, plan: &Plan) -> bool {
    let behind = &text[year.end..];
    let noun: String = behind.chars().take_while(|c| !ENDS.contains(c)).take(3).collect();
    let named = format!("{}{noun}", &text[year.at.start..year.end]);
    let title = plan.own.title.as_deref();
    noun.chars().count() == 3
        && plan.names(year.year)
        && title.is_some_and(|it| it.contains(&named))
}

/// Whether a class has left the school, begins what is a rule from then on, or is told of by
/// itself: 2022届毕业生, 从2024级学生起, 2025级及以前, 原2024级1班, 2023级按原标准发放至毕业.
fn is_of_old_classes(text: &str, year: &Year, plan: &Plan) -> bool {
    let behind = up_to(&text[year.at.end..], &CLAUSE);
    let near: String = behind.chars().take(6).collect();
    let left = if behind.starts_with('届') { plan.old - 1 } else { plan.old - 4 };
    let from = text[..year.at.start].ends_with(['自', '从']) && near.contains('起');
    let itself = text[..year.at.start].ends_with('原')
        || (year.year < plan.old
            && ["至毕业", "原标准"].iter().any(|it| behind.contains(it)));
    year.class && (year.year <= left || from || itself || near.contains("级及以"))
}

/// Whether a time that moves is over when the notice is written, or is the month of it that is
/// told of alone: 2026年7月，县医院通过评审, of 20 July. What is in force by the notice itself is
/// no such time.
fn is_behind(text: &str, found: &[Year], i: usize, plan: &Plan) -> bool {
    let Some((span, since)) = span(text, found, i).zip(plan.since) else { return false };
    let month = span.kind == Kind::Month && text[span.at.end..].starts_with('，');
    let head = from_last(&text[..span.at.start], &ENDS);
    let own = names_itself(head) && head.ends_with(['自', '从']);
    let over = span.last < since || (span.last == since && is_so_far(head));
    !is_wanted(head)
        && !own
        && span.kind != Kind::Year
        && (over || (month && span.first <= since))
}

/// What becomes of a year by itself.
fn alone(text: &str, found: &[Year], i: usize, plan: &Plan, scene: Scene) -> Fate {
    let year = &found[i];
    let told = || match past(text, found, i, plan, scene) {
        Past::Fact => Fate::Stays(Why::Past),
        Past::Unsure(why) => Fate::Doubted(why),
        Past::Plan => Fate::Moves,
    };
    let (before, after) = (&text[..year.at.start], &text[year.at.end..]);
    let moves = || match foreign(text, year, plan) {
        Some(why @ Why::Title) => handed_in(before, after).unwrap_or(Fate::Stays(why)),
        Some(why) => Fate::Stays(why),
        None => told(),
    };
    match no_year(text, year, scene) {
        Some(Why::Unsure) if names_event(text, year, plan) => {
            return Fate::Doubted(Why::Event);
        }
        Some(why) => return Fate::Stays(why),
        None => {}
    }
    match scene.column {
        Some(Column::Compared) => return Fate::Stays(Why::Figures),
        Some(Column::Series) => return Fate::Stays(Why::Series),
        Some(Column::Counted) if plan.means(year) => return Fate::Doubted(Why::Figures),
        _ => {}
    }
    if plan.means(year) && !scene.heading && is_forecast(text, found, i) {
        return Fate::Stays(Why::Forecast);
    }
    if let Some(why) = rolls(text, found, i, plan) {
        return Fate::Doubted(why);
    }
    match year.mate.map(|mate| together(text, year, mate, plan)) {
        Some(Together::Move) => return moves(),
        Some(Together::Stay(why)) => return Fate::Stays(why),
        Some(Together::Alone) | None => {}
    }
    if let Some(why) = unlike(after, year, plan) {
        return Fate::Stays(why);
    }
    if valid_until(before) && year.year > plan.old && plan.several.is_none() {
        return Fate::Moves;
    }
    if !plan.means(year) {
        return Fate::Stays(if year.year == plan.old - 1 {
            Why::Before
        } else {
            Why::Other
        });
    }
    let title = inside_title(before, after, &year.written);
    if title.is_some_and(|title| owns(before, after, &title, plan)) {
        return Fate::Moves;
    }
    moves()
}

/// Why digits are no year that could move, whichever it is.
fn no_year(text: &str, year: &Year, scene: Scene) -> Option<Why> {
    let (before, after) = (&text[..year.at.start], &text[year.at.end..]);
    if let Some(why) = quoted(before, after) {
        Some(why)
    } else if of_file(after) {
        Some(Why::File)
    } else if year.amount {
        Some(Why::Amount)
    } else if !year.firm {
        Some(Why::Unsure)
    } else if scene.forwarded {
        Some(Why::Forwarded)
    } else {
        None
    }
}

/// Why a year is told of as no other is.
fn unlike(after: &str, year: &Year, plan: &Plan) -> Option<Why> {
    let behind = after.trim_start_matches(' ').strip_prefix('年').unwrap_or(after);
    let since = ["以来", "至今", "底以来", "起至今", "末以来"];
    if year.year != plan.old && since.iter().any(|it| behind.starts_with(it)) {
        Some(Why::Since)
    } else if plan.spans(year) {
        Some(Why::Several)
    } else {
        is_like_no_other(&after[year.end - year.at.end..]).then_some(Why::Unlike)
    }
}

/// Whether a time is told to be one as no other is: 2026年是“十五五”开局之年, 2026年恰逢建校
/// 七十周年.
fn is_like_no_other(behind: &str) -> bool {
    let is = ["是", "为", "系", "恰逢", "适逢", "正值", "迎来", "喜迎", "将迎来"];
    let clause = up_to(behind, &CLAUSE);
    let of = ["开局", "五规划", "周年"];
    let zodiac = clause
        .trim_end_matches('年')
        .ends_with(|c| "鼠牛虎兔龙蛇马羊猴鸡狗猪".contains(c));
    let games = ["世界杯", "奥运会", "冬奥会", "亚运会", "全运会", "世博会"];
    let said = zodiac || of.iter().any(|it| clause.contains(it));
    (said && is.iter().any(|it| clause.starts_with(it)))
        || games.iter().any(|it| clause.contains(it))
}

/// Whether the end of what begins with the notice stands here: 自印发之日起施行，有效期至.
fn valid_until(before: &str) -> bool {
    let sentence = from_last(before, &PART);
    (sentence.contains("之日起") || names_itself(sentence))
        && ["期至", "期到", "止到", "截至", "止于", "执行至", "施行至"]
            .iter()
            .any(|it| sentence.ends_with(it))
}

/// Whether words name the notice, or what it issues: 本办法.
fn names_itself(text: &str) -> bool {
    let papers = [
        "通知", "办法", "规定", "方案", "意见", "细则", "公告", "通告", "决定", "计划",
        "制度",
    ];
    papers.iter().any(|it| text.contains(&format!("本{it}")))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::own::Own;
    use super::super::years::years;
    use super::*;

    fn plan() -> Plan {
        Plan {
            old: 2026,
            by: 1,
            dated: NaiveDate::from_ymd_opt(2026, 3, 5),
            since: NaiveDate::from_ymd_opt(2026, 3, 5),
            about: None,
            several: None,
            own: Own {
                parts: vec!["2026年职工技能培训年度计划".into()],
                ..Own::default()
            },
            forwards: false,
            minutes: false,
        }
    }

    /// The years of a text that move, and those that stay.
    fn split(text: &str, plan: &Plan) -> (Vec<i32>, Vec<i32>) {
        let found = years(text);
        let fates = fates(text, &found, plan, Scene::default());
        let numbers = |stays: bool| {
            let stays = |it: &Fate| it.stays().is_some() == stays;
            let of = found.iter().zip(&fates).filter(|(_, fate)| stays(fate));
            of.map(|(year, _)| year.year).collect()
        };
        (numbers(false), numbers(true))
    }

    #[test]
    fn the_plan_s_own_years_move() {
        for (text, years) in [
            ("2026年全年培训1200人次", vec![2026]),
            ("应当于2026年3月27日前确定一名联络员", vec![2026]),
            ("2027年1月10日前报送总结", vec![2027]),
            ("印发《2026年职工技能培训年度计划》", vec![2026]),
            ("《2026年职工技能培训年度计划》已经主席办公会议通过", vec![2026]),
            ("二〇二六年工作要点", vec![2026]),
            ("2026—2027学年", vec![2026, 2027]),
            ("2025—2026学年第二学期", vec![2025, 2026]),
            ("2025/2026学年", vec![2025, 2026]),
            ("2025年12月至2026年4月", vec![2025, 2026]),
            ("2025年7月1日至2026年6月30日为一个考核年度", vec![2025, 2026]),
            ("自2026年4月1日至2028年3月31日", vec![2026, 2028]),
            ("自2026年1月1日起施行", vec![2026]),
            ("2026年度", vec![2026]),
            ("2026年4月至2026年11月", vec![2026, 2026]),
            ("2026-04-13", vec![2026]),
            ("2026年3月，为了了解情况，开展调研", vec![2026]),
            ("请于7月10日前报送2026年上半年工作总结", vec![2026]),
            ("2026年第一季度完成摸底", vec![2026]),
            ("2026-2027采暖季", vec![2026, 2027]),
            ("2026年度要点见附表（2027年要点。）", vec![2026, 2027]),
            ("2026年1月1日—2026年2月1日、2026年3月1日至2026年12月31日", vec![2026; 4]),
            ("从2026年1月1日起到2026年2月1日止", vec![2026, 2026]),
            ("【2026年】", vec![2026]),
            ("2026届毕业生、2025级、2026级学生", vec![2026, 2025, 2026]),
            ("自2026年4月1日起施行，有效期至2028年3月31日", vec![2026, 2028]),
            ("2026年4月起，2029年4月止", vec![2026, 2029]),
            ("自2026年4月1日起施行，有效期5年，至2031年3月31日止", vec![2026, 2031]),
            ("自2026年4月1日起施行，2031年3月31日废止", vec![2026, 2031]),
            ("自印发之日起施行，有效期至2028年12月31日", vec![2028]),
            ("2026.4.1-2026.6.30", vec![2026, 2026]),
            ("2026/4/1-6/30", vec![2026]),
            ("2026财年", vec![2026]),
            ("2026年以来", vec![2026]),
            ("以2026年2月28日在岗人数为准", vec![2026]),
            ("2026年上半年已认定的，不再受理", vec![2026]),
            ("请于2026年3月1日前报送", vec![2026]),
        ] {
            assert_eq!(split(text, &plan()), (years, vec![]), "{text}");
        }
    }

    #[test]
    fn numbers_laws_and_the_past_stay() {
        for (text, years) in [
            ("根据云政发〔2026〕3号", vec![2026]),
            ("2026年2月，某校发生一起聚集性疫情", vec![2026]),
            ("2026年1月1日至2月28日，共受理投诉12件", vec![2026]),
            ("2026年1—2月新增3起", vec![2026]),
            ("《供水条例》已于2026年1月1日起施行", vec![2026]),
            ("自2026年2月1日起，全市已启用新系统", vec![2026]),
            ("省政府2026年印发的《方案》", vec![2026]),
            ("全会于2026年2月闭幕", vec![2026]),
            ("经2026年第12次党组会议研究同意", vec![2026]),
            ("2026年是“十五五”开局之年", vec![2026]),
            ("云政发[2026]3号", vec![2026]),
            ("公告2026年第3号", vec![2026]),
            ("云财综2026第17号", vec![2026]),
            ("2019年以来", vec![2019]),
            ("《云岭市职工教育条例》（2026年修订）", vec![2026]),
            ("《治安条例》（2025年修订，2026年1月1日施行）", vec![2025, 2026]),
            ("自2026年1月1日起施行的《市场条例》", vec![2026]),
            ("落实《云岭市2026年经济工作要点》", vec![2026]),
            ("已经2026年1月12日主席办公会议通过", vec![2026]),
            ("经2026年3月2日主席办公会议研究，同意", vec![2026]),
            ("贵局2026年2月3日来函收悉", vec![2026]),
            ("2026年1月8日，市政府召开会议作了部署", vec![2026]),
            ("2026年2月，我局印发了通知", vec![2026]),
            ("2026年培训已列入市政府2026年重点工作", vec![2026, 2026]),
            ("2025年培训职工900人次", vec![2025]),
            ("“十四五”规划（2021—2025年）", vec![2021, 2025]),
            ("2024—2026年三年行动", vec![2024, 2026]),
            ("2026—2030年规划", vec![2026, 2030]),
            ("2025、2026两年", vec![2025, 2026]),
            ("联系电话：0871-6313 2026", vec![2026]),
            ("2026年试点，2027年推广，2028年巩固提升", vec![2026, 2027, 2028]),
            ("2026年为启动年，2027年至2028年为推进年", vec![2026, 2027, 2028]),
            ("2026年完成30%；2027年完成50%；2028年完成70%", vec![2026, 2027, 2028]),
            ("文件：2026年计划.docx", vec![2026]),
            ("名单（2026年）.xlsx，", vec![2026]),
            ("省总工会2026年1号文件", vec![2026]),
            ("2026年3月1日前已完成自查", vec![2026]),
            ("2026年2月印发的方案继续执行", vec![2026]),
            ("按照县政府2026年2月工作例会要求，抓好落实", vec![2026]),
            ("2024年度、2025年度、2026年度连续三年优秀", vec![2024, 2025, 2026]),
            ("2025年春季和2026年春季", vec![2025, 2026]),
            ("《云岭市2026年计划》（云发〔2026〕5号）", vec![2026, 2026]),
            ("《增值税法》自2026年1月1日起施行", vec![2026]),
            ("2026年1月1日至2026年2月28日，办件30件", vec![2026, 2026]),
            ("2026年2月1日至2026年2月28日缴费期已结束", vec![2026, 2026]),
            ("根据市政府2026年第6次常务会议精神", vec![2026]),
            ("2026年2月，我县被确定为试点", vec![2026]),
            ("2024年至2026年为一个考核周期，2026年终期考核", vec![2024, 2026, 2026]),
            ("2026年3月1日，主持召开2026年第4次会议", vec![2026, 2026]),
        ] {
            assert_eq!(split(text, &plan()), (vec![], years), "{text}");
        }
    }

    #[test]
    fn what_is_to_be_done_moves_beside_what_was_done() {
        let both = "已经2026年3月2日会议通过，2026年底前完成";
        assert_eq!(split(both, &plan()), (vec![2026], vec![2026]));
        let both = "经2026年3月2日会议研究，现将2026年工作要点印发";
        assert_eq!(split(both, &plan()), (vec![2026], vec![2026]));
    }

    #[test]
    fn what_is_passed_on_stays() {
        let plan = Plan { forwards: true, own: Own::default(), ..plan() };
        let title = "关于转发省总工会做好2026年防暑降温工作的通知的通知";
        assert_eq!(split(title, &plan), (vec![], vec![2026]));
        assert_eq!(split("请于2026年6月30日前报送", &plan), (vec![2026], vec![]));
        let deadline = "现将《2026年通知》转发给你们，请于2026年6月30日前报送";
        assert_eq!(split(deadline, &plan), (vec![2026], vec![2026]));
    }

    #[test]
    fn years_of_a_plan_for_several_stay_but_for_its_days() {
        let plan = Plan { several: Some((2026, 2028)), ..plan() };
        assert_eq!(split("2026年完成试点", &plan), (vec![], vec![2026]));
        assert_eq!(split("请于2026年4月30日前报送", &plan), (vec![2026], vec![]));
        let whole = "自2026年1月1日起实施，至2028年12月31日";
        assert_eq!(split(whole, &plan), (vec![], vec![2026, 2028]));
        let far = "2026年12月底前完成，到2030年全部建成";
        assert_eq!(split(far, &self::plan()), (vec![2026], vec![2030]));
    }

    #[test]
    fn two_years_that_a_title_names_move_together() {
        let plan = Plan { about: Some(2025), ..plan() };
        let title = "关于2025年预算执行情况和2026年预算草案的报告";
        assert_eq!(split(title, &plan), (vec![2025, 2026], vec![]));
        let spell = "考核期为2025年1月1日至2025年12月31日";
        assert_eq!(split(spell, &plan), (vec![2025, 2025], vec![]));
    }
}
