//! The rules of appointments by example and by chance: no way into office around votes and councils, none back out of the past,
//! and a post that ended is held no longer.

use proptest::prelude::*;

use super::*;

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn orgs() -> Vec<Org> {
    let each = [("b", "BL", "盲协"), ("d", "DF", "聋协"), ("p", "PD", "肢协"), ("i", "ID", "智协")];
    each.into_iter().map(|(k, c, s)| (k.to_owned(), c.to_owned(), s.to_owned())).collect()
}

#[test]
fn votes_are_told_in_one_line() {
    let told = votes("b9-0-1 聋8-1，肢协：7 i 0-5", &orgs()).unwrap();
    let short: Vec<_> = told.iter().map(|v| (v.org.as_str(), v.yes, v.no, v.abstain)).collect();
    assert_eq!(short, [("BL", 9, 0, 1), ("DF", 8, 1, 0), ("PD", 7, 0, 0), ("ID", 0, 5, 0)]);
    assert!(carried(&told, 4) && !carried(&told, 6), "three of six are not more than half");
    assert_eq!(votes("b9 b3-4", &orgs()).unwrap()[0].yes, 3, "the later one counts");
    assert_eq!(votes("x9-0", &orgs()), Err("x9-0".into()));
    assert_eq!(votes("b", &orgs()), Err("BL".into()));
    assert_eq!(votes("b9-0-1-2", &orgs()), Err("b9-0-1-2".into()));
}

#[test]
fn resolutions_are_told_in_one_line() {
    let told = resolutions("b 盲理〔2026〕3号; 聋协 聋理 2 号；", &orgs()).unwrap();
    assert_eq!(told, [("BL".into(), "盲理〔2026〕3号".into()), ("DF".into(), "聋理 2 号".into())]);
    assert_eq!(resolutions("盲理〔2026〕3号", &orgs()), Err("盲理〔2026〕3号".into()));
}

#[test]
fn the_register_wants_one_secretary_and_someone_at_every_post() {
    let whole = ["secretary", "general_affairs", "accountant", "cashier", "project_service", "publicity"];
    assert_eq!(gaps(&whole), []);
    let mut two = whole.to_vec();
    two.extend(["secretary", "deputy_secretary", "deputy_secretary"]);
    assert_eq!(gaps(&two), [Gap::Several("secretary", 2)]);
    assert_eq!(gaps(&whole[2..]), [Gap::Vacant("secretary"), Gap::Vacant("general_affairs")]);
}

#[test]
fn a_post_that_ends_on_a_day_is_not_held_on_it() {
    let term = Term { from: d("2025-01-02"), to: Some(d("2028-01-01")), ended: None };
    assert!(term.holds_on(d("2028-01-01")) && !term.holds_on(d("2028-01-02")));
    let left = Term { ended: Some(d("2026-03-04")), ..term };
    assert!(left.holds_on(d("2026-03-03")) && !left.holds_on(d("2026-03-04")));
    let never = Term { ended: Some(d("2025-01-02")), ..term };
    assert!(!never.holds_on(d("2025-01-02")) && !never.meets(&term));
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    use Step::{Appoint, Dismiss, Elect, Expire, Fail, Resign, TakeOffice};
    let one = prop::sample::select(vec![Elect, Appoint, TakeOffice, Expire, Resign, Dismiss, Fail]);
    prop::collection::vec(one, 0..30)
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..400).prop_map(|n| d("2026-01-01") + chrono::Duration::days(n))
}

fn term() -> impl Strategy<Value = Term> {
    (day(), prop::option::of(day()), prop::option::of(day())).prop_map(|(from, to, ended)| Term {
        from,
        to,
        ended,
    })
}

proptest! {
    #[test]
    fn nobody_comes_into_office_around_the_votes(tried in steps(), elected in any::<bool>()) {
        let way = if elected { Way::Elected } else { Way::Assigned };
        let (mut stage, mut done) = (Stage::Nominated, Vec::new());
        for step in tried {
            if let Some(to) = next(stage, step, way) {
                prop_assert!(to > stage, "it never goes back");
                done.push(step);
                stage = to;
            }
        }
        if stage.held() {
            prop_assert!(done.contains(&Step::Appoint) && done.contains(&Step::TakeOffice));
            prop_assert_eq!(done.contains(&Step::Elect), elected);
        }
        let over = !stage.pending() && stage != Stage::InOffice;
        let all = [Step::Elect, Step::Appoint, Step::TakeOffice, Step::Expire, Step::Resign, Step::Dismiss, Step::Fail];
        prop_assert_eq!(over, all.into_iter().all(|step| next(stage, step, way).is_none()));
        prop_assert_eq!(Stage::parse(stage.word()), Some(stage));
    }

    #[test]
    fn terms_meet_when_some_day_is_in_both(a in term(), b in term()) {
        let days = (0..900).map(|n| d("2025-12-01") + chrono::Duration::days(n));
        let both = days.into_iter().any(|day| a.holds_on(day) && b.holds_on(day));
        prop_assert_eq!(a.meets(&b), both);
        prop_assert_eq!(a.meets(&b), b.meets(&a));
    }

    #[test]
    fn nothing_told_panics(told in "\\PC{0,40}") {
        drop(votes(&told, &orgs()));
        drop(resolutions(&told, &orgs()));
    }
}
