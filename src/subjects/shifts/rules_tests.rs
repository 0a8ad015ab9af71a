//! The rules of who does what: the order of proposals, and that whoever would be refused is never proposed.

use proptest::prelude::*;

use crate::subjects::staff::rules::Comes;

use super::change::worked;
use super::rules::{Candidate, Event, Refused, Status, Warning, Wish, next, rank, refused, warnings};

fn wish(skills: &[&str]) -> Wish {
    Wish { skills: skills.iter().map(|s| (*s).to_owned()).collect(), minutes: 120, most: 2400 }
}

fn who(id: i64) -> Candidate {
    Candidate {
        id,
        here: true,
        busy: false,
        away: None,
        comes: Comes::Usually,
        skills: vec!["手语翻译".into()],
        expired: Vec::new(),
        trained: true,
        week: 0,
        load: 0,
        known: 0,
        given: 0,
    }
}

fn order(all: Vec<Candidate>, skills: &[&str]) -> Vec<i64> {
    rank(all, &wish(skills)).iter().map(|p| p.who.id).collect()
}

#[test]
fn who_has_less_to_do_comes_first_then_who_knows_the_association_then_whose_home_lent_less() {
    let busy = Candidate { load: 600, ..who(1) };
    let known = Candidate { known: 3, ..who(2) };
    let lender = Candidate { given: 900, ..who(3) };
    let asked = Candidate { comes: Comes::IfAsked, ..who(5) };
    assert_eq!(order(vec![asked, busy, lender, who(4), known], &["手语"]), [2, 4, 3, 1, 5]);
}

#[test]
fn what_is_unusual_comes_last_and_is_said() {
    let cannot = Candidate { skills: vec!["盲文".into()], ..who(1) };
    let away = Candidate { away: Some("年假".into()), comes: Comes::Not, ..who(2) };
    let full = Candidate { week: 2300, ..who(3) };
    assert_eq!(warnings(&cannot, &wish(&["手语"])), [Warning::Lacks { skills: vec!["手语".into()] }]);
    assert_eq!(warnings(&away, &wish(&["手语"])), [Warning::Away { why: "年假".into() }]);
    assert_eq!(warnings(&full, &wish(&[])), [Warning::OverWeek { minutes: 2420 }]);
    let late = Candidate { comes: Comes::Not, trained: false, expired: vec!["手语".into()], ..who(4) };
    let words: Vec<&str> = warnings(&late, &wish(&["手语"])).iter().map(Warning::word).collect();
    assert_eq!(words, ["hours", "expired", "untrained"]);
    assert_eq!(order(vec![cannot, who(9)], &["手语"]), [9, 1]);
}

#[test]
fn who_is_elsewhere_or_gone_is_refused() {
    assert_eq!(refused(&Candidate { busy: true, ..who(1) }), Some(Refused::Busy));
    assert_eq!(refused(&Candidate { here: false, busy: true, ..who(1) }), Some(Refused::Gone));
    assert_eq!(refused(&who(1)), None);
}

#[test]
fn a_shift_goes_its_way() {
    assert_eq!(next(Status::Planned, Event::Finish), Some(Status::Finished));
    assert_eq!(next(Status::Finished, Event::NoShow), Some(Status::Absent));
    assert_eq!(next(Status::Absent, Event::Finish), Some(Status::Finished));
    for event in [Event::Finish, Event::NoShow, Event::Cancel, Event::Change] {
        assert_eq!(next(Status::Cancelled, event), None);
    }
    assert_eq!(next(Status::Finished, Event::Cancel), None);
}

#[test]
fn hours_are_read_as_people_write_them() {
    for (typed, minutes) in
        [("2", 120), ("1.5", 90), ("90m", 90), ("2h", 120), ("1.5小时", 90), ("０.25", 15)]
    {
        assert_eq!(worked(typed), Some(minutes), "{typed}");
    }
    for wrong in ["", "两天", "25", "-1", "h"] {
        assert_eq!(worked(wrong), None, "{wrong}");
    }
}

fn candidate() -> impl Strategy<Value = Candidate> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let numbers = (0..3000i64, 0..9000i64, 0..20i64, 0..9000i64);
    let comes = prop_oneof![Just(Comes::Usually), Just(Comes::IfAsked), Just(Comes::Not)];
    let skills = proptest::collection::vec(prop_oneof!["手语翻译", "手语", "盲文", "驾驶"], 0..3);
    (0..50i64, flags, numbers, comes, skills).prop_map(
        |(id, (here, busy, away, trained), n, comes, skills)| Candidate {
            id,
            here,
            busy,
            away: away.then(|| "年假".to_owned()),
            comes,
            expired: Vec::new(),
            skills,
            trained,
            week: n.0,
            load: n.1,
            known: n.2,
            given: n.3,
        },
    )
}

proptest! {
    #[test]
    fn whoever_would_be_refused_is_never_proposed(all in proptest::collection::vec(candidate(), 0..30)) {
        let wish = wish(&["手语"]);
        let able = all.iter().filter(|who| refused(who).is_none()).count();
        let proposals = rank(all, &wish);
        prop_assert_eq!(proposals.len(), able);
        for proposal in &proposals {
            prop_assert_eq!(refused(&proposal.who), None);
            prop_assert_eq!(&warnings(&proposal.who, &wish), &proposal.warnings);
        }
        let counts: Vec<usize> = proposals.iter().map(|p| p.warnings.len()).collect();
        prop_assert!(counts.is_sorted());
    }
}
