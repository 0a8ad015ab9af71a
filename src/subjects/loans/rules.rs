//! What is true of a loan: the states of SM-08 in one `match`, days of which both ends count, and which of several idle
//! things should go out (G-6.2.2). Pure: no SQL, no clock, no sentence.

use chrono::NaiveDate;

/// Where a request for an asset stands (SPEC App. A, SM-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Status {
    Pending,
    Approved,
    Out,
    Returned,
    Closed,
    Rejected,
    Withdrawn,
}

/// Every status with the word it is kept as.
pub(crate) const STATUSES: &[(Status, &str)] = &[
    (Status::Pending, "待审核"),
    (Status::Approved, "已批准"),
    (Status::Out, "使用中"),
    (Status::Returned, "已归还"),
    (Status::Closed, "关闭"),
    (Status::Rejected, "已拒绝"),
    (Status::Withdrawn, "已撤回"),
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
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Approve,
    Reject,
    /// Given up by whoever asked.
    Cancel,
    HandOut,
    Return,
    Extend,
    Close,
    Amend,
}

/// Where a request stands after something happened; none where that cannot happen.
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    use Status::{Approved, Closed, Out, Pending, Rejected, Returned, Withdrawn};
    Some(match (status, event) {
        (Pending, Event::Approve) => Approved,
        (Pending, Event::Reject) => Rejected,
        (Pending | Approved, Event::Cancel) => Withdrawn,
        (Approved, Event::HandOut) => Out,
        (Out, Event::Return) => Returned,
        (Approved | Out, Event::Extend) => status,
        (Returned, Event::Close) => Closed,
        (Pending | Approved | Out, Event::Amend) => status,
        _ => return None,
    })
}

/// From a day to a day, both counted: who brings it back on Friday has it on Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Days {
    /// How many days.
    pub(crate) fn count(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }
}

/// An asset that could go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Its number in the file.
    pub id: i64,
    /// `ZC-PD-023`; of equals the lower number goes first.
    pub no: String,
    /// It lies idle; otherwise it is used where it stands.
    pub idle: bool,
    /// Days nobody had it; none where nothing is known.
    pub rests: Option<i64>,
    /// 良好, 一般 or 损坏.
    pub condition: String,
    /// Its owner is who asks.
    pub own: bool,
    /// How far its owner has lent more (above zero) or less than its fair share, in thousandths of all days lent.
    pub burden: i64,
}

/// Points of a candidate: idleness up to 50 (all of them after half a year), shape up to 30, fairness up to 20 (all of them
/// where its owner has lent a fifth less than its share), 10 for one's own. What is in use where it stands has none for
/// idleness. The weights are ours: G-6.2.2 asks for idleness and state without numbers.
pub(crate) fn points(candidate: &Candidate) -> i64 {
    let idle = if candidate.idle { 10 + candidate.rests.unwrap_or(0).clamp(0, 180) * 40 / 180 } else { 0 };
    let shape = match candidate.condition.as_str() {
        "良好" => 30,
        "一般" => 15,
        _ => 0,
    };
    let fair = ((200 - candidate.burden) / 20).clamp(0, 20);
    idle + shape + fair + if candidate.own { 10 } else { 0 }
}

/// The best first.
pub(crate) fn rank(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| points(b).cmp(&points(a)).then_with(|| a.no.cmp(&b.no)));
    candidates
}

/// How far somebody has more (above zero) or less than its fair share of all days, in thousandths; 0 while there is nothing
/// to compare.
pub(crate) fn distance(days: i64, all_days: i64, weight: u32, all_weights: u32) -> i64 {
    if all_days <= 0 || all_weights == 0 {
        return 0;
    }
    days * 1000 / all_days - i64::from(weight) * 1000 / i64::from(all_weights)
}

/// The names that a kind means: those that are it, else those that end with it (普通轮椅 is a 轮椅, 轮椅篮球 is not), else
/// those that contain it.
pub(crate) fn of_kind<'a>(kind: &str, names: &'a [String]) -> Vec<&'a str> {
    let plain = kind.trim().to_lowercase();
    if plain.is_empty() {
        return Vec::new();
    }
    let said = |name: &str| -> Vec<String> {
        if plain.is_ascii() && !name.is_ascii() {
            crate::values::pinyin::text_keys(name)
        } else {
            vec![name.to_lowercase()]
        }
    };
    let tests: [fn(&str, &str) -> bool; 3] =
        [|name, kind| name == kind, |name, kind| name.ends_with(kind), |name, kind| name.contains(kind)];
    for test in tests {
        let found: Vec<&str> = names
            .iter()
            .filter(|name| said(name).iter().any(|s| test(s, &plain)))
            .map(String::as_str)
            .collect();
        // A letter or two are in the pinyin of everything.
        if !found.is_empty() || plain.chars().count() < 2 {
            return found;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(no: &str) -> Candidate {
        Candidate {
            id: 1,
            no: no.into(),
            idle: true,
            rests: Some(90),
            condition: "良好".into(),
            own: false,
            burden: 0,
        }
    }

    #[test]
    fn a_request_goes_its_way_and_no_other() {
        use Status::{Approved, Closed, Out, Pending, Rejected, Returned, Withdrawn};
        let way = [Event::Approve, Event::HandOut, Event::Return, Event::Close];
        let mut status = Pending;
        for event in way {
            status = next(status, event).unwrap();
        }
        assert_eq!(status, Closed);
        for end in [Closed, Rejected, Withdrawn] {
            for event in [Event::Approve, Event::HandOut, Event::Return, Event::Extend, Event::Cancel] {
                assert_eq!(next(end, event), None, "{end:?} {event:?}");
            }
        }
        assert_eq!(next(Out, Event::Cancel), None);
        assert_eq!(next(Pending, Event::HandOut), None);
        assert_eq!(next(Returned, Event::Extend), None);
        assert_eq!(next(Approved, Event::Cancel), Some(Withdrawn));
        for (status, word) in STATUSES {
            assert_eq!(Status::parse(word), Some(*status));
        }
    }

    #[test]
    fn idle_before_used_whole_before_worn_fair_before_not() {
        let used = Candidate { idle: false, ..candidate("ZC-A-1") };
        let worn = Candidate { condition: "一般".into(), ..candidate("ZC-A-2") };
        let long = Candidate { rests: Some(400), ..candidate("ZC-A-3") };
        let gave_much = Candidate { burden: 150, ..candidate("ZC-A-4") };
        let plain = candidate("ZC-A-5");
        let order: Vec<String> =
            rank(vec![used, worn, long, gave_much, plain]).into_iter().map(|c| c.no).collect();
        assert_eq!(order, ["ZC-A-3", "ZC-A-5", "ZC-A-4", "ZC-A-2", "ZC-A-1"]);
        let own = Candidate { own: true, ..candidate("ZC-A-9") };
        assert!(points(&own) > points(&candidate("ZC-A-1")));
    }

    #[test]
    fn a_fair_share_is_a_share_of_the_weights() {
        assert_eq!(distance(20, 100, 20, 100), 0);
        assert_eq!(distance(0, 100, 20, 100), -200);
        assert_eq!(distance(50, 100, 20, 100), 300);
        assert_eq!(distance(0, 0, 20, 100), 0);
    }

    #[test]
    fn a_kind_stands_at_the_end_of_a_name() {
        let names: Vec<String> =
            ["普通轮椅", "电动轮椅", "轮椅充气泵", "轮椅篮球", "投影仪"].map(str::to_owned).to_vec();
        assert_eq!(of_kind("轮椅", &names), ["普通轮椅", "电动轮椅"]);
        assert_eq!(of_kind("轮椅篮球", &names), ["轮椅篮球"]);
        assert_eq!(of_kind("ly", &names), ["普通轮椅", "电动轮椅"]);
        assert_eq!(of_kind("充气", &names), ["轮椅充气泵"]);
        assert!(of_kind("助听器", &names).is_empty() && of_kind("", &names).is_empty());
    }
}
