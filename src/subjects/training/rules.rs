//! What is true of a training session (G-6.3.3): its states, lengths as hands type them, which formats of material people need,
//! who may have a certificate. Pure: no SQL, no clock, no sentence.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::values::text;

use super::frequency::Quota;

/// The longest session, in minutes: a week of days and nights is a slip of the finger.
const LONGEST: i64 = 10_080;

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// In the plan of its year; its hours are not fixed.
    Planned,
    /// Its hours are fixed.
    Scheduled,
    /// It took place.
    Held,
    /// It did not.
    Cancelled,
}

/// What happens to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Its hours are fixed, or changed.
    Schedule,
    /// It took place.
    Hold,
    /// It will not.
    Cancel,
}

/// Every status with the word it is kept as.
const STATUSES: [(Status, &str); 4] = [
    (Status::Planned, "计划"),
    (Status::Scheduled, "已排期"),
    (Status::Held, "已举办"),
    (Status::Cancelled, "已取消"),
];

impl Status {
    /// The word it is kept as.
    pub(crate) fn word(self) -> &'static str {
        STATUSES.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }

    /// Reads the word; none for any other.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        STATUSES.iter().find(|(_, kept)| *kept == word).map(|(status, _)| *status)
    }

    /// Still to come.
    pub(crate) fn ahead(self) -> bool {
        matches!(self, Self::Planned | Self::Scheduled)
    }
}

/// Where a session stands after something happened; none where that cannot happen.
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    match (status, event) {
        (Status::Planned | Status::Scheduled, Event::Schedule) => Some(Status::Scheduled),
        (Status::Planned | Status::Scheduled | Status::Held, Event::Hold) => Some(Status::Held),
        (Status::Planned | Status::Scheduled, Event::Cancel) => Some(Status::Cancelled),
        _ => None,
    }
}

/// The kinds that a quota counts (N-3.3, M-3.1); the others are meetings of work.
pub(crate) const COUNTED: [&str; 2] = ["业务培训", "专题学习"];
/// Whom M-3.1 wants trained: their sessions are those held for them.
const FIELD_WORKERS: [&str; 3] = ["社工", "助残社工", "网格员"];

/// Whether a session of this kind and audience counts under a quota. What is held for everybody is no training of social and
/// grid workers (M-3.1); what does not say for whom it is was held for those who were there.
pub(crate) fn counts(quota: Quota, kind: &str, audience: &[String]) -> bool {
    let for_them =
        || audience.is_empty() || audience.iter().any(|word| FIELD_WORKERS.contains(&word.as_str()));
    COUNTED.contains(&kind) && (quota == Quota::FiveYears || for_them())
}

/// A length in minutes as a hand types it: `2`, `2h`, `1.5小时` are hours, `90m`, `90分钟` minutes, `半天` and `一天` what they are
/// in an office. None for what is none, or longer than a week.
pub(crate) fn minutes(typed: &str) -> Option<i64> {
    let plain = text::half_width(typed).to_lowercase();
    let plain = plain.trim();
    let whole = match plain {
        "半天" => Some(210),
        "一天" | "全天" => Some(420),
        _ => None,
    };
    let in_minutes = ["分钟", "分", "min", "m"].iter().find_map(|unit| plain.strip_suffix(unit));
    let in_hours = ["个小时", "小时", "学时", "h"].iter().find_map(|unit| plain.strip_suffix(unit));
    let (number, each) = match in_minutes {
        Some(number) => (number, 1),
        None => (in_hours.unwrap_or(plain), 60),
    };
    let counted = whole.or_else(|| {
        let number: Decimal = number.trim().parse().ok()?;
        let minutes = number.checked_mul(Decimal::from(each))?;
        if minutes.fract().is_zero() { minutes.to_i64() } else { None }
    });
    counted.filter(|n| (1..=LONGEST).contains(n))
}

/// Minutes as hours: `2`, `1.5`, `1.67`.
pub(crate) fn hours(minutes: i64) -> String {
    let hours = Decimal::from(minutes) / Decimal::from(60);
    hours.round_dp(2).normalize().to_string()
}

/// The formats of material of which one at least serves somebody with this kind of disability; none where ordinary ones do.
pub(crate) fn formats_for(category: &str) -> &'static [&'static str] {
    match category {
        "视力" => &["盲文", "电子文本", "音频", "大字"],
        "听力" | "言语" => &["字幕", "手语"],
        "智力" | "精神" => &["易读"],
        _ => &[],
    }
}

/// Who of these people the formats do not serve: kind of disability and how many, in the order they come first.
pub(crate) fn unserved<'a>(people: &[&'a str], formats: &[String]) -> Vec<(&'a str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for category in people {
        let serving = formats_for(category);
        if serving.is_empty() || serving.iter().any(|format| formats.iter().any(|f| f == format)) {
            continue;
        }
        match found.iter_mut().find(|(known, _)| known == category) {
            Some((_, n)) => *n += 1,
            None => found.push((category, 1)),
        }
    }
    found
}

/// Why somebody has no certificate of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Uncertified {
    /// They were not there.
    NotThere,
    /// They did not pass.
    NotPassed,
    /// They have one.
    HasOne,
}

/// Whether somebody may have a certificate.
///
/// # Errors
/// [`Uncertified`].
pub(crate) fn certifiable(status: &str, assessment: &str, certificate: &str) -> Result<(), Uncertified> {
    match () {
        () if !certificate.is_empty() => Err(Uncertified::HasOne),
        () if status != "已到" => Err(Uncertified::NotThere),
        () if assessment == "不合格" => Err(Uncertified::NotPassed),
        () => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_are_read_as_hands_type_them() {
        for (typed, meant) in [
            ("2", 120),
            ("2h", 120),
            ("１.５小时", 90),
            ("90m", 90),
            ("45分钟", 45),
            ("半天", 210),
            ("4学时", 240),
        ] {
            assert_eq!(minutes(typed), Some(meant), "{typed}");
        }
        for wrong in ["", "0", "-2", "h", "2hh", "0.001", "200", "两"] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
        assert_eq!((hours(120), hours(90), hours(100)), ("2".into(), "1.5".into(), "1.67".into()));
    }

    #[test]
    fn what_did_not_take_place_stays_so() {
        for event in [Event::Schedule, Event::Hold, Event::Cancel] {
            assert_eq!(next(Status::Cancelled, event), None);
        }
        assert_eq!(next(Status::Held, Event::Cancel), None);
        assert_eq!(next(Status::Held, Event::Hold), Some(Status::Held), "late comers");
        for (status, word) in STATUSES {
            assert_eq!((Status::parse(word), status.word()), (Some(status), word));
        }
    }

    #[test]
    fn what_is_held_for_everybody_is_no_training_of_field_workers() {
        let all = ["全体".to_owned()];
        let theirs = ["社工".to_owned(), "网格员".to_owned()];
        assert!(counts(Quota::FiveYears, "业务培训", &all) && !counts(Quota::EachYear, "业务培训", &all));
        assert!(counts(Quota::EachYear, "专题学习", &theirs) && counts(Quota::EachYear, "业务培训", &[]));
        assert!(!counts(Quota::FiveYears, "工作交流", &[]) && !counts(Quota::EachYear, "工作交流", &theirs));
    }

    #[test]
    fn material_serves_who_comes() {
        let people = ["视力", "视力", "听力", "肢体", "智力"];
        assert_eq!(unserved(&people, &[]), [("视力", 2), ("听力", 1), ("智力", 1)]);
        assert_eq!(unserved(&people, &["电子文本".into(), "字幕".into()]), [("智力", 1)]);
    }

    #[test]
    fn a_certificate_wants_presence() {
        assert_eq!(certifiable("已到", "", ""), Ok(()));
        assert_eq!(certifiable("缺席", "", ""), Err(Uncertified::NotThere));
        assert_eq!(certifiable("已到", "不合格", ""), Err(Uncertified::NotPassed));
        assert_eq!(certifiable("已到", "合格", "PXZ-2026-001"), Err(Uncertified::HasOne));
    }

    proptest! {
        #[test]
        fn hours_said_are_hours_read(quarters in 1_i64..600) {
            let length = quarters * 15;
            prop_assert_eq!(minutes(&hours(length)), Some(length));
            prop_assert_eq!(minutes(&format!("{length}m")), Some(length));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC{0,20}") {
            prop_assert!(minutes(&typed).is_none_or(|n| n > 0));
        }
    }
}
