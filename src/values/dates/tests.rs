//! Every row of the shared vectors, the rules behind them, and what must hold for any text.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::values::lang::Lang;

static CALENDAR: std::sync::LazyLock<WorkCalendar> = std::sync::LazyLock::new(|| {
    WorkCalendar::from_toml(include_str!("../../../data/catalog/calendar.toml")).unwrap()
});

fn now() -> NaiveDateTime {
    "2026-03-04T09:30:00".parse().unwrap()
}

fn read_at(text: &str, now: NaiveDateTime, bias: Bias) -> Result<Reading, DateError> {
    parse(text, &DateContext::new(now, bias, &CALENDAR))
}

/// `kind start end`, or the fault.
fn told(read: Result<Reading, DateError>) -> String {
    match read {
        Ok(r) => format!("{} {} {}", r.kind_name(), r.start_text(), r.end_text()).trim().to_owned(),
        Err(fault) => fault.detail().to_owned(),
    }
}

fn plan(text: &str) -> String {
    told(read_at(text, now(), Bias::Planning))
}

fn record(text: &str) -> String {
    told(read_at(text, now(), Bias::Record))
}

fn check(read: impl Fn(&str) -> String, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn every_row_of_the_vectors() {
    check_rows(plan, include_str!("../../../tests/vectors/date_phrases.tsv"));
    check_rows(plan, include_str!("../../../tests/vectors/more_date_phrases.tsv"));
    check_rows(record, include_str!("../../../tests/vectors/more_date_phrases_record.tsv"));
}

fn check_rows(read: impl Fn(&str) -> String, table: &str) {
    let mut wrong = Vec::new();
    for row in table.lines().skip(1) {
        let [input, start, end, kind, ..] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let expected = if kind == "error" { start.to_owned() } else { format!("{kind} {start} {end}") };
        if read(input) != expected.trim() {
            wrong.push(format!("{input}: {} not {expected}", read(input)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn first_occurrences() {
    let first = |text: &str| {
        let reading = read_at(text, now(), Bias::Planning).unwrap();
        reading.occurrences().take(2).map(|(at, _)| at.format("%m-%d %H:%M").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(first("每周三下午2点"), ["03-04 14:00", "03-11 14:00"]);
    assert_eq!(first("每周三9点"), ["03-11 09:00", "03-18 09:00"]);
    assert_eq!(first("隔周五"), ["03-06 00:00", "03-20 00:00"]);
    assert_eq!(first("每月最后一个周五"), ["03-27 00:00", "04-24 00:00"]);
    assert_eq!(first("每月31号 9-11"), ["03-31 09:00", "05-31 09:00"]);
    assert_eq!(first("下周三起 每周三 14:00-16:00"), ["03-11 14:00", "03-18 14:00"]);
}

#[test]
fn recurrences() {
    check(
        plan,
        &[
            ("每天 9:00", "recurrence RRULE:FREQ=DAILY @09:00"),
            ("每隔周三", "recurrence RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
            ("隔周周五下午", "recurrence RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR @13:30-17:00"),
            ("每月5号上午10点", "recurrence RRULE:FREQ=MONTHLY;BYMONTHDAY=5 @10:00"),
            ("每星期天14:00-16:00", "recurrence RRULE:FREQ=WEEKLY;BYDAY=SU @14:00-16:00"),
            ("每月第二个周三", "recurrence RRULE:FREQ=MONTHLY;BYDAY=2WE"),
            ("每月底", "recurrence RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("每天24:00", "E_TIME"),
            ("每月32号", "E_DATE"),
            ("每周", "E_DATE"),
            ("每周三25点", "E_TIME"),
        ],
    );
}

#[test]
fn days_as_they_are_named_in_english() {
    check(
        plan,
        &[
            ("wed", "date 2026-03-04"),
            ("Tuesday", "date 2026-03-10"),
            ("weds 14-16", "slot 2026-03-04T14:00 2026-03-04T16:00"),
            ("next wed", "date 2026-03-11"),
            ("Next Friday", "date 2026-03-13"),
            ("nextfri", "date 2026-03-13"),
            ("this mon", "date 2026-03-02"),
            ("last fri", "date 2026-02-27"),
            ("thu-fri", "date-range 2026-03-05 2026-03-06"),
            ("4 mar", "date 2026-03-04"),
            ("17 May", "date 2026-05-17"),
            ("may17", "date 2026-05-17"),
            ("March 11", "date 2026-03-11"),
            ("every wed", "recurrence RRULE:FREQ=WEEKLY;BYDAY=WE"),
            ("every second friday", "recurrence RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
            ("tomorrow", "date 2026-03-05"),
            ("wedge", "E_DATE"),
            ("next", "E_DATE"),
            ("31 feb", "E_DATE"),
            ("mar", "E_DATE"),
            ("sunny", "E_DATE"),
        ],
    );
    check(record, &[("fri", "date 2026-02-27"), ("wed", "date 2026-03-04"), ("28 feb", "date 2026-02-28")]);
    for (typed, day) in [
        ("wed", true),
        ("next  wed", true),
        ("４ mar", true),
        ("every fri", true),
        ("next", false),
        ("wedge", false),
        ("4", false),
    ] {
        assert_eq!(names_a_day(typed), day, "{typed}");
    }
}

#[test]
fn shorthands_of_the_plain_keyboard() {
    check(
        plan,
        &[
            ("t", "date 2026-03-04"),
            ("w3", "date 2026-03-04"),
            ("W2", "date 2026-03-10"),
            ("n3", "date 2026-03-11"),
            ("nn3", "date 2026-03-18"),
            ("l5", "date 2026-02-27"),
            ("+3", "date 2026-03-07"),
            ("-2", "date 2026-03-02"),
            ("+2w", "date 2026-03-18"),
            ("+1m", "date 2026-04-04"),
            ("0517", "date 2026-05-17"),
            ("w3 14-16", "slot 2026-03-04T14:00 2026-03-04T16:00"),
            ("n3 2-4", "slot 2026-03-11T14:00 2026-03-11T16:00"),
            ("+3 0900-1130", "slot 2026-03-07T09:00 2026-03-07T11:30"),
            ("0517-0520", "date-range 2026-05-17 2026-05-20"),
            ("0900-1130", "slot 2026-03-05T09:00 2026-03-05T11:30"),
            ("w4-n2", "date-range 2026-03-05 2026-03-10"),
            ("x", "never"),
            ("w8", "E_DATE"),
            ("w33", "E_DATE"),
            ("n", "E_DATE"),
            ("xx", "E_DATE"),
            ("+", "E_DATE"),
            ("0230", "E_DATE"),
            ("2026", "E_DATE"),
        ],
    );
}

#[test]
fn days_by_many_names() {
    check(
        plan,
        &[
            ("大后天", "date 2026-03-07"),
            ("下个星期天", "date 2026-03-15"),
            ("上上周一", "date 2026-02-16"),
            ("本周二", "date 2026-03-03"),
            ("二〇二六年三月五日", "date 2026-03-05"),
            ("明年3月5日", "date 2027-03-05"),
            ("2026.3.5", "date 2026-03-05"),
            ("2026-03-11 周三", "date 2026-03-11"),
            ("3月11日(星期三)", "date 2026-03-11"),
            ("3月11日周四", "E_DATE"),
            ("12月31日", "date 2026-12-31"),
            ("1月3日", "date 2026-01-03"),
            ("1月2日", "date 2027-01-02"),
            ("二十八号", "date 2026-03-28"),
            ("上月底", "date 2026-02-28"),
            ("月初", "date 2026-03-01"),
            ("年初", "date 2026-01-01"),
            ("上个月31号", "E_DATE"),
            ("2月30日", "E_DATE"),
            ("2月29日", "E_DATE"),
            ("13月1日", "E_DATE"),
            ("2025年2月29日", "E_DATE"),
            ("助残日", "date 2026-05-17"),
            ("2027年全国助残日", "date 2027-05-16"),
            ("春节后第三个工作日", "date 2026-02-26"),
            ("2027年春节", "E_DATE"),
            ("两周后", "date 2026-03-18"),
            ("3天前", "date 2026-03-01"),
            ("十个工作日后", "date 2026-03-18"),
            ("三天后下午3点", "instant 2026-03-07T15:00"),
            ("9999天后", "date 2053-07-19"),
        ],
    );
}

#[test]
fn times_of_day() {
    check(
        plan,
        &[
            ("9点", "instant 2026-03-05T09:00"),
            ("9:30", "instant 2026-03-04T09:30"),
            ("明天的下午三点一刻", "instant 2026-03-05T15:15"),
            ("今晚8点", "instant 2026-03-04T20:00"),
            ("明天02:30", "instant 2026-03-05T02:30"),
            ("明天凌晨2点", "instant 2026-03-05T02:00"),
            ("明天14时30分", "instant 2026-03-05T14:30"),
            ("明天下午2-4点", "slot 2026-03-05T14:00 2026-03-05T16:00"),
            ("明天上午9点到2点", "slot 2026-03-05T09:00 2026-03-05T14:00"),
            ("周五 8-5", "slot 2026-03-06T08:00 2026-03-06T17:00"),
            ("上午", "slot 2026-03-04T08:30 2026-03-04T12:00"),
            ("周一上午到周三下午", "slot 2026-03-09T08:30 2026-03-11T17:00"),
            ("3月5日14:00-3月6日16:00", "slot 2026-03-05T14:00 2026-03-06T16:00"),
            ("2026-03-05T09:05", "instant 2026-03-05T09:05"),
            ("2026-03-05 0905", "instant 2026-03-05T09:05"),
            ("1400", "instant 2026-03-04T14:00"),
            ("一刻钟后", "instant 2026-03-04T09:45"),
            ("一个半小时后", "instant 2026-03-04T11:00"),
            ("2小时后", "instant 2026-03-04T11:30"),
            ("9点到8点", "E_ORDER"),
            ("14:00-14:00", "E_ORDER"),
            ("明天9点60分", "E_TIME"),
            ("14:60", "E_TIME"),
            ("明天凌晨9点", "E_TIME"),
            ("周五9", "E_DATE"),
            ("14:5", "E_DATE"),
        ],
    );
}

#[test]
fn spans_and_periods() {
    check(
        plan,
        &[
            ("3月5日-8日", "date-range 2026-03-05 2026-03-08"),
            ("3月30日到2号", "date-range 2026-03-30 2026-04-02"),
            ("12月30日至1月2日", "date-range 2026-12-30 2027-01-02"),
            ("今天到月底", "date-range 2026-03-04 2026-03-31"),
            ("周五到周一", "date-range 2026-03-06 2026-03-09"),
            ("3月5日——3月8日", "date-range 2026-03-05 2026-03-08"),
            ("3月5日〜8日", "date-range 2026-03-05 2026-03-08"),
            ("上周一到周五", "date-range 2026-02-23 2026-02-27"),
            ("从明天到后天", "date-range 2026-03-05 2026-03-06"),
            ("明天到明天", "date-range 2026-03-05 2026-03-05"),
            ("后天到明天", "E_ORDER"),
            ("明天到14:00", "E_DATE"),
            ("下周", "date-range 2026-03-09 2026-03-15"),
            ("下周末", "date-range 2026-03-14 2026-03-15"),
            ("上个月", "date-range 2026-02-01 2026-02-28"),
            ("去年第四季度", "date-range 2025-10-01 2025-12-31"),
            ("下半年", "date-range 2026-07-01 2026-12-31"),
            ("上季度", "date-range 2025-10-01 2025-12-31"),
            ("2025年2月", "date-range 2025-02-01 2025-02-28"),
            ("一季度到二季度", "date-range 2026-01-01 2026-06-30"),
            ("五季度", "E_DATE"),
            ("本周内", "deadline 2026-03-08"),
            ("2小时内", "deadline 2026-03-04T11:30"),
            ("最迟周五", "deadline 2026-03-06"),
        ],
    );
}

#[test]
fn records_look_back() {
    check(
        record,
        &[
            ("2号", "date 2026-03-02"),
            ("5号", "date 2026-02-05"),
            ("31号", "date 2026-01-31"),
            ("周五", "date 2026-02-27"),
            ("周三", "date 2026-03-04"),
            ("10点", "instant 2026-03-03T10:00"),
            ("9点", "instant 2026-03-04T09:00"),
            ("下午", "slot 2026-03-03T13:30 2026-03-03T17:00"),
            ("2月28日", "date 2026-02-28"),
            ("明天", "date 2026-03-05"),
        ],
    );
}

#[test]
fn what_is_not_understood_to_the_end_is_refused() {
    for text in [
        "",
        " ",
        "好",
        "周三吧",
        "明天x",
        "3-5-8",
        "3月",
        "星期八",
        "下下下周一",
        "3天",
        "内",
        "到",
        "明天到",
        "99999999999",
    ] {
        assert_eq!(plan(text), "E_DATE", "{text}");
    }
}

#[test]
fn months_are_clipped_and_said_to_be() {
    let end = "2026-01-31T10:00:00".parse().unwrap();
    let reading = read_at("一个月后", end, Bias::Planning).unwrap();
    assert_eq!((reading.start_text().as_str(), reading.hints), ("2026-02-28", vec![Hint::Clipped]));
}

#[test]
fn the_reader_is_told_how_a_phrase_was_taken() {
    let hints = |text: &str| read_at(text, now(), Bias::Planning).unwrap().hints;
    assert_eq!(hints("周二"), [Hint::NextOne]);
    assert_eq!(hints("后天2点"), [Hint::Afternoon]);
    assert_eq!(hints("2月28日"), [Hint::Past]);
    assert_eq!(hints("周三9点"), [Hint::Past]);
    assert_eq!(hints("明天下午2点"), []);
    assert_eq!(hints("400个工作日后"), [Hint::YearUnknown(2027)]);
}

#[test]
fn one_day_and_one_minute() {
    let read = |text: &str| read_at(text, now(), Bias::Planning).unwrap();
    assert_eq!(read("3天内").day(), NaiveDate::from_ymd_opt(2026, 3, 7));
    assert_eq!(read("周末").day(), None);
    assert_eq!(read("现在").moment(), Some(now()));
    assert_eq!((read("今天").moment(), read("今天").day()), (None, Some(now().date())));
    assert_eq!(read("明天下午").moment(), None);
}

#[test]
fn half_days_are_a_setting() {
    let time = |h| chrono::NaiveTime::from_hms_opt(h, 0, 0).unwrap();
    let cx = DateContext::new(now(), Bias::Planning, &CALENDAR)
        .with_half_days((time(9), time(11)), (time(14), time(18)));
    assert_eq!(told(parse("明天下午", &cx)), "slot 2026-03-05T14:00 2026-03-05T18:00");
}

#[test]
fn read_backs() {
    let both = |text: &str| {
        let reading = read_at(text, now(), Bias::Planning).unwrap();
        (spell(&reading, Lang::Zh), spell(&reading, Lang::En))
    };
    let cases = [
        ("下周三14-16", "2026年3月11日 星期三 14:00-16:00", "Wednesday 11 March 2026, 14:00-16:00"),
        ("3天内", "不晚于2026年3月7日 星期六", "by the end of Saturday 7 March 2026"),
        (
            "隔周五9点",
            "2026年3月6日 星期五起 隔周五 09:00",
            "every second Friday, 09:00, from Friday 6 March 2026",
        ),
    ];
    for (text, zh, en) in cases {
        assert_eq!(both(text), (zh.to_owned(), en.to_owned()));
    }
    let day = now().date();
    assert_eq!(spell_day(day, Lang::Zh), "2026-03-04 周三");
    assert_eq!(short_day(day, day, Lang::Zh), "3-4 周三");
    assert_eq!(short_day(day, day.with_year(2027).unwrap(), Lang::Zh), "2026-3-4 周三");
    assert_eq!(short_day(day, day, Lang::En), "Wed 4 Mar");
}

/// Pieces of the grammar in any order, so that many of the phrases mean something.
fn phrase() -> impl Strategy<Value = String> {
    let words = "今天 明 早 晚 上午 下午 凌晨 中午 上 下 本 个 周 星期 三 日 月 年 号 底 初 末 3 5 14 0517 2026 20260305 点 半 : 00 \
                 30 - 到 至 天 工作日 后 内 前 每 隔 第 最后一个 季度 国庆节 后第 w n +3 t x ( ) 分 一刻 十 二 起 不晚于 去年 小时";
    let words: Vec<&'static str> = words.split_whitespace().chain([" ", "的"]).collect();
    prop::collection::vec(prop::sample::select(words), 0..9).prop_map(|w| w.concat())
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = read_at(&text, now(), Bias::Planning);
    }

    #[test]
    fn what_is_read_is_in_order_and_reads_the_same_from_its_read_back(text in phrase(), record in any::<bool>()) {
        let bias = if record { Bias::Record } else { Bias::Planning };
        if let Ok(reading) = read_at(&text, now(), bias) {
            prop_assert!(reading.end.is_none_or(|end| end >= reading.start));
            let said = spell(&reading, Lang::Zh);
            let again = read_at(&said, now(), bias);
            prop_assert!(again.is_ok(), "{} said as {}", text, said);
            let again = again.unwrap();
            prop_assert_eq!((again.kind, again.start, again.end), (reading.kind, reading.start, reading.end), "{}", said);
        }
    }

    #[test]
    fn any_day_reads_as_itself(n in 0i64..2557) {
        let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + chrono::Duration::days(n);
        let text = format!("{}年{}月{}日", day.year(), day.month(), day.day());
        prop_assert_eq!(plan(&text), format!("date {day}"));
        prop_assert_eq!(plan(&spell_day(day, Lang::Zh)), format!("date {day}"));
        prop_assert_eq!(plan(&day.format("%Y%m%d").to_string()), format!("date {day}"));
    }
}
