//! The tables of `data/catalog` as they lie in the program, read into one [`Catalog`]. Knows how a table is a file;
//! what the tables mean is the callers' matter.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::values::calendar::{CalendarError, WorkCalendar};

use super::Catalog;
use super::tables::{Account, Association, Division, Due, Duty, Post, Routing, Rule, Word};

/// A table that cannot be read.
#[derive(Debug, Error)]
pub(super) enum TableError {
    /// Not TOML, or not of the table's shape.
    #[error("{table}: {source}")]
    Shape { table: &'static str, source: toml::de::Error },
    /// The calendar's own rules.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Associations {
    association: Vec<Association>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Posts {
    post: Vec<Post>,
    duty: Vec<Duty>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sets {
    set: Vec<Set>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Journal {
    account: Vec<Account>,
    set: Vec<Set>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    name: String,
    words: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    profile: String,
    due: Due,
    rules: BTreeMap<String, Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Divisions {
    division: Vec<Division>,
}

/// Reads every table of the program.
pub(super) fn read() -> Result<Catalog, TableError> {
    let associations: Associations =
        table("associations.toml", include_str!("../../data/catalog/associations.toml"))?;
    let posts: Posts = table("posts.toml", include_str!("../../data/catalog/posts.toml"))?;
    let sets: Sets = table("cases.toml", include_str!("../../data/catalog/cases.toml"))?;
    let journal: Journal = table("journal.toml", include_str!("../../data/catalog/journal.toml"))?;
    let venue: Sets = table("venue.toml", include_str!("../../data/catalog/venue.toml"))?;
    let assets: Sets = table("assets.toml", include_str!("../../data/catalog/assets.toml"))?;
    let staff: Sets = table("staff.toml", include_str!("../../data/catalog/staff.toml"))?;
    let upkeep: Sets = table("upkeep.toml", include_str!("../../data/catalog/upkeep.toml"))?;
    let stock: Sets = table("stock.toml", include_str!("../../data/catalog/stock.toml"))?;
    let training: Sets = table("training.toml", include_str!("../../data/catalog/training.toml"))?;
    let profile: Profile = table("rules.toml", include_str!("../../data/catalog/rules.toml"))?;
    let divisions: Divisions = table("divisions.toml", include_str!("../../data/catalog/divisions.toml"))?;
    let routing: Routing = table("routing.toml", include_str!("../../data/catalog/routing.toml"))?;

    let calendar = WorkCalendar::from_toml(include_str!("../../data/catalog/calendar.toml"))?;

    let mut words: BTreeMap<String, Vec<Word>> =
        [sets.set, journal.set, venue.set, assets.set, staff.set, upkeep.set, stock.set, training.set]
            .into_iter()
            .flatten()
            .map(|s| (s.name, s.words))
            .collect();
    let orgs: Vec<Word> = associations.association.iter().map(association_word).collect();
    words.insert(
        "associations".into(),
        orgs.iter().filter(|w| w.kept != super::SECRETARIAT).cloned().collect(),
    );
    words.insert("orgs".into(), orgs);
    words.insert("accounts".into(), journal.account.iter().map(account_word).collect());
    words.insert("posts".into(), posts.post.iter().map(post_word).collect());
    words.insert("divisions".into(), divisions.division.iter().map(division_word).collect());
    words.insert("rules".into(), profile.rules.iter().map(rule_word).collect());
    Ok(Catalog {
        associations: associations.association,
        posts: posts.post,
        accounts: journal.account,
        duties: posts.duty,
        words,
        routing,
        profile: profile.profile,
        due: profile.due,
        rules: profile.rules,
        divisions: divisions.division,
        calendar,
    })
}

/// One table of one file.
pub(super) fn table<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, TableError> {
    toml::from_str(text).map_err(|source| TableError::Shape { table, source })
}

/// An association is chosen by its code's letter, and known by its short and its full name.
fn association_word(a: &Association) -> Word {
    Word {
        kept: a.code.clone(),
        zh: a.short.clone(),
        en: a.en_short.clone(),
        key: a.key.clone(),
        also: vec![a.name.clone(), a.en.clone()],
    }
}

/// An account is chosen by its code, its name or the initials of either.
fn account_word(a: &Account) -> Word {
    Word {
        kept: a.code.clone(),
        zh: format!("{} {}", a.code, a.zh),
        en: format!("{} {}", a.code, a.en),
        key: a.code.clone(),
        also: [vec![a.zh.clone(), a.en.clone()], a.also.clone()].concat(),
    }
}

/// A rule is chosen by what it is called.
fn rule_word((name, rule): (&String, &Rule)) -> Word {
    let or_name = |text: &String| if text.is_empty() { name.clone() } else { text.clone() };
    Word { kept: name.clone(), zh: or_name(&rule.zh), en: or_name(&rule.en), ..Word::default() }
}

fn post_word(p: &Post) -> Word {
    Word { kept: p.id.clone(), zh: p.zh.clone(), en: p.en.clone(), key: String::new(), also: p.also.clone() }
}

fn division_word(d: &Division) -> Word {
    Word { kept: d.code.clone(), zh: d.zh.clone(), en: d.en.clone(), key: String::new(), also: Vec::new() }
}
