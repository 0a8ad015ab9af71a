//! Where a case goes and by when: the proposal with its reason (G-6.5.2, RULES §2.4), the due day by matter and
//! urgency, and what looks like the same matter twice (G-0.1). Pure: the tables come from the catalogue.

use chrono::{Days, NaiveDate};

use crate::subjects::people::rules::{self, MULTIPLE, Need, RoutingTable, Why};

/// Where a case should go, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// The association that leads; the secretariat when it coordinates or nobody else can say.
    pub lead: String,
    /// The associations with a part each; empty unless coordinated.
    pub co_orgs: Vec<String>,
    /// The message `cases-why-REASON`.
    pub reason: &'static str,
    /// The category or categories it follows from.
    pub basis: String,
    /// Whether someone must say if it is autism before the proposal is worth anything.
    pub ask_autism: bool,
    /// Whether the kinds that 多重 is made of must be said.
    pub ask_components: bool,
}

impl Proposal {
    /// The associations as a person would type them.
    pub(crate) fn orgs(&self) -> Vec<String> {
        if self.co_orgs.is_empty() { vec![self.lead.clone()] } else { self.co_orgs.clone() }
    }
}

/// Proposes. `people` is everyone the case is about; `services` are the associations whose special services are asked
/// for besides.
pub(crate) fn propose(people: &[Need], services: &[String], table: &RoutingTable) -> Proposal {
    let mut orgs: Vec<String> = services.to_vec();
    let mut whys = Vec::new();
    for need in people {
        let (theirs, why) = rules::associations(need, table);
        orgs.extend(theirs);
        whys.push(why);
    }
    let orgs = table.sorted(&orgs);
    let undecided = |need: &Need| need.autism.is_none() && table.autism_ask.contains(&need.category);
    let bare = |need: &Need| need.category == MULTIPLE && need.components.is_empty();
    let basis = match people {
        [one] if one.category == MULTIPLE => one.components.join("、"),
        _ => {
            let mut seen: Vec<&str> = Vec::new();
            for need in people.iter().filter(|n| !n.category.is_empty()) {
                if !seen.contains(&need.category.as_str()) {
                    seen.push(&need.category);
                }
            }
            seen.join("、")
        }
    };
    let (lead, co_orgs) = match orgs.as_slice() {
        [] => (table.secretariat.clone(), Vec::new()),
        [one] => (one.clone(), Vec::new()),
        several => (table.secretariat.clone(), several.to_vec()),
    };
    Proposal {
        reason: reason(&whys, co_orgs.len(), services),
        lead,
        co_orgs,
        basis,
        ask_autism: people.iter().any(undecided),
        ask_components: people.iter().any(bare),
    }
}

fn reason(whys: &[Why], parts: usize, services: &[String]) -> &'static str {
    match (whys, parts) {
        ([], 0) if services.is_empty() => "anonymous",
        ([], 0) => "service",
        ([one], _) if services.is_empty() => match one {
            Why::Category => "category",
            Why::Autism => "autism",
            Why::Components => "components",
            Why::NoComponents => "no-components",
            Why::Unknown => "unknown",
        },
        (_, 0 | 1) => "same",
        (_, _) if services.is_empty() => "several-people",
        _ => "several-services",
    }
}

/// How long a kind of case may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Days after the day it came in, which is not counted.
    pub days: u32,
    /// Only working days count.
    pub working: bool,
}

/// The due day. One that falls on a rest day moves to the next working day (RULES §6.1); a calendar that never has a
/// working day gives the plain day after a year of looking.
pub(crate) fn due_on(received: NaiveDate, limit: Limit, works: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut day = received;
    let mut left = limit.days;
    let mut looked = 0;
    while left > 0 && looked < 366 {
        day = day + Days::new(1);
        looked += 1;
        if !limit.working || works(day) {
            left -= 1;
        }
    }
    let plain = day;
    for _ in 0..366 {
        if works(day) {
            return day;
        }
        day = day + Days::new(1);
    }
    plain
}

/// Whether an earlier case of the same person and matter is near enough to be the same one (G-0.1): at most so many
/// days before or after.
pub(crate) fn same_again(earlier: NaiveDate, now: NaiveDate, within: i64) -> bool {
    (now - earlier).num_days().abs() <= within
}

/// The proposed associations that a chosen route leaves out: dropping one wants a reason.
pub(crate) fn dropped(proposed: &Proposal, chosen: &[String]) -> Vec<String> {
    proposed.orgs().into_iter().filter(|org| !chosen.contains(org)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate, Weekday};
    use proptest::prelude::*;

    use super::{Limit, dropped, due_on, propose, same_again};
    use crate::subjects::people::rules::{CATEGORIES, Need, RoutingTable};

    fn table() -> RoutingTable {
        let pairs =
            [("视力", "BL"), ("听力", "DF"), ("言语", "DF"), ("肢体", "PD"), ("智力", "ID"), ("精神", "MD")];
        RoutingTable {
            of: pairs.iter().map(|(c, o)| ((*c).to_owned(), (*o).to_owned())).collect(),
            autism: "AS".into(),
            autism_in: vec!["智力".into(), "精神".into()],
            autism_ask: vec!["精神".into()],
            secretariat: "JS".into(),
            order: ["BL", "DF", "PD", "ID", "MD", "AS"].map(String::from).to_vec(),
        }
    }

    fn need(category: &str, components: &str, autism: Option<bool>) -> Need {
        let components = components.split_whitespace().map(str::to_owned).collect();
        Need { category: category.into(), components, autism }
    }

    #[test]
    fn proposals_with_their_reasons() {
        let one = |n: Need| {
            let p = propose(&[n], &[], &table());
            (p.lead.clone(), p.co_orgs.join(";"), p.reason, p.ask_autism, p.ask_components)
        };
        let is = |lead: &str, co: &str, reason, autism, components| {
            (lead.to_owned(), co.to_owned(), reason, autism, components)
        };
        assert_eq!(one(need("视力", "", None)), is("BL", "", "category", false, false));
        assert_eq!(one(need("精神", "", None)), is("MD", "", "category", true, false));
        assert_eq!(one(need("精神", "", Some(true))), is("AS", "", "autism", false, false));
        assert_eq!(one(need("智力", "", Some(true))), is("AS", "", "autism", false, false));
        assert_eq!(one(need("多重", "视力 听力", None)), is("JS", "BL;DF", "components", false, false));
        assert_eq!(one(need("多重", "", None)), is("JS", "", "no-components", false, true));
        assert_eq!(one(need("", "", None)), is("JS", "", "unknown", false, false));
        let none = propose(&[], &[], &table());
        assert_eq!((none.lead.as_str(), none.reason), ("JS", "anonymous"));
        let two = propose(&[need("视力", "", None), need("肢体", "", None)], &[], &table());
        assert_eq!(
            (two.lead.as_str(), two.co_orgs.join(";"), two.reason),
            ("JS", "BL;PD".into(), "several-people")
        );
        let same = propose(&[need("听力", "", None), need("言语", "", None)], &[], &table());
        assert_eq!((same.lead.as_str(), same.reason), ("DF", "same"));
        let services = propose(&[need("视力", "", None)], &["DF".into()], &table());
        assert_eq!((services.co_orgs.join(";"), services.reason), ("BL;DF".into(), "several-services"));
    }

    #[test]
    fn leaving_out_a_proposed_association_is_noticed() {
        let p = propose(&[need("视力", "", None)], &[], &table());
        assert_eq!(dropped(&p, &["BL".into(), "PD".into()]), Vec::<String>::new());
        assert_eq!(dropped(&p, &["PD".into()]), ["BL"]);
    }

    #[test]
    fn due_days_skip_rest_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let week = |d: NaiveDate| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
        let on = |from, days, working| due_on(day(from), Limit { days, working }, week);
        assert_eq!(on("2026-03-04", 15, false), day("2026-03-19"));
        assert_eq!(on("2026-03-04", 5, true), day("2026-03-11"));
        assert_eq!(on("2026-03-04", 3, false), day("2026-03-09"));
        assert_eq!(due_on(day("2026-03-04"), Limit { days: 3, working: true }, |_| false), day("2027-03-05"));
        assert!(same_again(day("2026-02-02"), day("2026-03-04"), 30));
        assert!(!same_again(day("2026-02-01"), day("2026-03-04"), 30));
    }

    proptest! {
        #[test]
        fn nobody_is_left_without_a_place(
            people in prop::collection::vec((0usize..8, prop::collection::vec(0usize..6, 0..3), prop::option::of(any::<bool>())), 0..4)
        ) {
            let needs: Vec<Need> = people.iter().map(|(at, parts, autism)| Need {
                category: CATEGORIES.get(*at).copied().unwrap_or_default().to_owned(),
                components: parts.iter().map(|p| CATEGORIES[*p].to_owned()).collect(),
                autism: *autism,
            }).collect();
            let p = propose(&needs, &[], &table());
            prop_assert!(!p.lead.is_empty());
            prop_assert!(p.co_orgs.len() != 1);
            prop_assert_eq!(p.co_orgs.is_empty(), p.orgs() == [p.lead.clone()]);
            prop_assert!(p.co_orgs.windows(2).all(|w| w[0] != w[1]));
        }
    }
}
