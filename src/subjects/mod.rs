//! The subjects of the office, one folder each. The desk knows them only through the trait they implement; the
//! registry is handed to it.

pub(crate) mod advisors;
pub(crate) mod appointments;
pub(crate) mod assets;
pub(crate) mod attendance;
pub(crate) mod bank;
pub(crate) mod books;
pub(crate) mod cases;
pub(crate) mod consultations;
pub(crate) mod consumables;
pub(crate) mod counts;
pub(crate) mod demo;
pub(crate) mod equipment;
pub(crate) mod funds;
pub(crate) mod ics;
pub(crate) mod inspections;
pub(crate) mod journal;
pub(crate) mod keep;
pub(crate) mod leave;
pub(crate) mod loans;
pub(crate) mod moves;
pub(crate) mod notices;
pub(crate) mod operators;
pub(crate) mod people;
pub(crate) mod periods;
pub(crate) mod premises;
pub(crate) mod profile;
pub(crate) mod purchases;
pub(crate) mod sharing;
pub(crate) mod shifts;
pub(crate) mod signs;
pub(crate) mod staff;
pub(crate) mod staffing;
pub(crate) mod stocktakes;
pub(crate) mod tallies;
pub(crate) mod tickets;
pub(crate) mod training;
pub(crate) mod training_needs;
pub(crate) mod training_plans;
pub(crate) mod transfers;
pub(crate) mod venue;
pub(crate) mod zones;

use crate::catalog::{Association, Catalog, SECRETARIAT};
use crate::desk::field::Word;
use crate::desk::subject::{Cx, Registry};

use people::rules::RoutingTable;

/// All the subjects, in the order of the tabs.
pub(crate) static REGISTRY: Registry = &[
    &cases::Cases,
    &venue::Venue,
    &zones::Zones,
    &inspections::Inspections,
    &tickets::Tickets,
    &equipment::Equipment,
    &signs::Signs,
    &premises::Premises,
    &assets::Assets,
    &loans::Loans,
    &transfers::Transfers,
    &consumables::Consumables,
    &moves::Moves,
    &purchases::Purchases,
    &stocktakes::Stocktakes,
    &tallies::Tallies,
    &staff::Staff,
    &appointments::Appointments,
    &training::Training,
    &attendance::Attendances,
    &training_needs::TrainingNeeds,
    &training_plans::TrainingPlans,
    &advisors::Advisors,
    &consultations::Consultations,
    &shifts::Shifts,
    &staffing::Staffing,
    &leave::Leave,
    &people::People,
    &journal::Journal,
    &funds::Funds,
    &books::Books,
    &sharing::Sharing,
    &notices::Notices,
    &bank::Bank,
    &counts::Counts,
    &periods::Periods,
    &profile::Profile,
    &operators::Operators,
];

/// The posts of the secretariat that meet people and register matters.
pub(crate) const DESK: &[&str] =
    &["secretary", "deputy_secretary", "general_affairs", "project_service", "publicity", "desk_clerk"];
/// The posts that decide for the secretariat: route, void, extend.
pub(crate) const KEEPERS: &[&str] = &["secretary", "deputy_secretary", "general_affairs", "project_service"];
/// The posts that do the work of a case: in the associations, and in the secretariat on their behalf.
pub(crate) const WORKERS: &[&str] = &[
    "secretary",
    "deputy_secretary",
    "general_affairs",
    "project_service",
    "desk_clerk",
    "association_head",
    "liaison",
];

/// The posts that meet people, in the secretariat and in the associations: who may take out lists with people in them.
pub(crate) const MEETING: &[&str] = &[
    "secretary",
    "deputy_secretary",
    "general_affairs",
    "project_service",
    "publicity",
    "desk_clerk",
    "association_head",
    "liaison",
];

/// A closed set of the catalogue.
pub(crate) fn set(catalog: &Catalog, name: &str) -> Vec<Word> {
    catalog.words(name).to_vec()
}

/// The routing table of the catalogue, as the rules look at it.
pub(crate) fn routing_table(catalog: &Catalog) -> RoutingTable {
    let routing = catalog.routing();
    let single = routing.categories.iter().filter(|route| route.category != routing.multiple.category);
    RoutingTable {
        of: single.map(|route| (route.category.clone(), route.org.clone())).collect(),
        autism: routing.autism.org.clone(),
        autism_in: routing.autism.categories.clone(),
        autism_ask: routing.autism.ask.clone(),
        secretariat: SECRETARIAT.to_owned(),
        order: catalog.members().map(|a| a.code.clone()).collect(),
    }
}

/// The codes of the associations in their order, the secretariat last.
pub(crate) fn orgs(catalog: &Catalog) -> Vec<String> {
    catalog.associations().iter().map(|a| a.code.clone()).collect()
}

/// The associations as a hand names them in a line: letter, code, name; once with the name in Chinese, once in English.
pub(crate) fn org_names(catalog: &Catalog) -> Vec<(String, String, String)> {
    let named = |a: &Association| {
        [a.short.clone(), a.en_short.to_lowercase()].map(|name| (a.key.clone(), a.code.clone(), name))
    };
    catalog.associations().iter().flat_map(named).collect()
}

/// The short name of an association in the session's language.
pub(crate) fn org_name(cx: &Cx<'_>, code: &str) -> String {
    cx.catalog.org_name(code, cx.t.lang())
}
