//! What is asked for, as typed: one asset by its number, tag or running number, or a kind (轮椅), and which of a kind could go
//! out, the best first, each with its reason. Reads the file; writes nothing.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::desk::view::Choice;
use crate::subjects::assets::Assets;
use crate::subjects::assets::records::{self as assets, Asset};
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::org_name;

use super::records;
use super::rules::{self, Candidate, Days};

/// Different names looked through for a kind.
const NAMES: usize = 3000;
/// Assets of one name and standing looked at.
const EACH: usize = 40;
/// Candidates shown.
pub(crate) const SHOWN: usize = 9;

/// What a text asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// Just this one.
    One(Box<Asset>),
    /// Any of these names.
    Kind(Vec<String>),
}

/// Reads what is asked for; none where nothing of the kind is on the books.
pub(crate) fn read(cx: &Cx<'_>, text: &str) -> Result<Option<Item>, Refusal> {
    let text = text.trim().trim_start_matches('#');
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(id) = Assets.called(cx, text)? {
        return Ok(Some(Item::One(Box::new(assets::must_find(cx.db, id)?))));
    }
    let names = assets::names(cx.db, NAMES)?;
    let kind =
        |of: &str| -> Vec<String> { rules::of_kind(of, &names).into_iter().map(str::to_owned).collect() };
    let whole = kind(text);
    if !whole.is_empty() {
        return Ok(Some(Item::Kind(whole)));
    }
    // 轮椅24: the one of the kind whose number ends so.
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let running = text.strip_prefix(head).and_then(|digits| digits.parse().ok());
    let (Some(running), false) = (running, head.is_empty()) else { return Ok(None) };
    let of_kind = kind(head);
    let mut found: Vec<Asset> = assets::by_running(cx.db, running)?
        .into_iter()
        .filter(|asset| of_kind.contains(&asset.name))
        .collect();
    match (found.pop(), found.is_empty()) {
        (Some(asset), true) => Ok(Some(Item::One(Box::new(asset)))),
        _ => Ok(None),
    }
}

/// Days lent in the last year: by owner, by who had it, and all.
pub(crate) struct Uses {
    owners: BTreeMap<String, i64>,
    orgs: BTreeMap<String, i64>,
    all: i64,
    weights: u32,
}

impl Uses {
    /// Of the year before a day.
    pub(crate) fn of_year(cx: &Cx<'_>, today: NaiveDate) -> Result<Self, Refusal> {
        let since = today.checked_sub_months(Months::new(11)).unwrap_or(today).format("%Y-%m").to_string();
        let used = records::used(cx.db, &since, &today.format("%Y-%m").to_string())?;
        let (mut owners, mut orgs, mut all) = (BTreeMap::new(), BTreeMap::new(), 0);
        for (owner, org, days) in used {
            all += days;
            *owners.entry(owner).or_default() += days;
            *orgs.entry(org).or_default() += days;
        }
        Ok(Self { owners, orgs, all, weights: cx.catalog.members().map(|a| a.weight).sum() })
    }

    fn distance(&self, cx: &Cx<'_>, days: i64, org: &str) -> i64 {
        let weight = cx.catalog.members().find(|a| a.code == org).map_or(0, |a| a.weight);
        rules::distance(days, self.all, weight, self.weights)
    }

    /// How far an association has lent more (above zero) or less than its fair share, in thousandths.
    pub(crate) fn burden(&self, cx: &Cx<'_>, owner: &str) -> i64 {
        self.distance(cx, self.owners.get(owner).copied().unwrap_or(0), owner)
    }

    /// What an association has had of the others in the last year, in a sentence.
    pub(crate) fn had(&self, cx: &Cx<'_>, org: &str) -> String {
        let days = self.orgs.get(org).copied().unwrap_or(0);
        let share = (days * 100).checked_div(self.all).unwrap_or(0);
        let weight = cx.catalog.members().find(|a| a.code == org).map_or(0, |a| a.weight);
        let fair = (weight * 100).checked_div(self.weights).unwrap_or(0);
        let args = [
            ("org", org_name(cx, org)),
            ("days", days.to_string()),
            ("share", share.to_string()),
            ("fair", fair.to_string()),
        ];
        cx.t.with("loans-had", &args)
    }
}

/// An asset that could go out, with what speaks for it.
pub(crate) struct Proposal {
    /// The asset.
    pub asset: Asset,
    /// Why it stands where it stands in the order.
    pub why: String,
}

/// Whether nothing has a claim on an asset on these days.
pub(crate) fn free(cx: &Cx<'_>, asset: &Asset, days: Days, except: Option<i64>) -> Result<bool, Refusal> {
    if asset.void || !matches!(asset.status, Standing::InUse | Standing::Idle | Standing::Lent) {
        return Ok(false);
    }
    // What should be back but is not cannot be promised for today.
    let late = records::held(cx.db, asset.id)?.is_some_and(|loan| {
        Some(loan.id) != except && loan.days.to < days.from && days.from <= cx.now.date()
    });
    Ok(!late && records::holding(cx.db, asset.id, days, except)?.is_empty())
}

/// The assets of these names that could go out on these days, the best first.
pub(crate) fn ranked(
    cx: &Cx<'_>,
    names: &[String],
    org: &str,
    days: Days,
    except: Option<i64>,
) -> Result<Vec<Proposal>, Refusal> {
    let today = cx.now.date();
    let uses = Uses::of_year(cx, today)?;
    let mut found = BTreeMap::new();
    for name in names {
        for status in [Standing::Idle, Standing::InUse, Standing::Lent] {
            for asset in assets::resting(cx.db, name, status, EACH)? {
                if asset.condition != "损坏" && free(cx, &asset, days, except)? {
                    found.insert(asset.id, asset);
                }
            }
        }
    }
    let candidate = |asset: &Asset| Candidate {
        id: asset.id,
        no: asset.no.clone(),
        idle: asset.status == Standing::Idle,
        rests: asset.rests_since.map(|since| (today - since).num_days()),
        condition: asset.condition.clone(),
        own: asset.owner == org,
        burden: uses.burden(cx, &asset.owner),
    };
    let order = rules::rank(found.values().map(candidate).collect());
    let proposal = |candidate: Candidate| {
        let why = why(cx, &candidate, found.get(&candidate.id)?);
        Some(Proposal { why, asset: found.get(&candidate.id)?.clone() })
    };
    Ok(order.into_iter().filter_map(proposal).collect())
}

/// What speaks for a candidate, in words.
fn why(cx: &Cx<'_>, candidate: &Candidate, asset: &Asset) -> String {
    let mut said = Vec::new();
    let rests = candidate.rests.unwrap_or(0);
    let standing = crate::subjects::assets::state::word(cx, asset.status);
    said.push(match candidate.idle && rests > 0 {
        true => cx.t.with("loans-why-idle", &[("n", rests.to_string())]),
        false => standing,
    });
    said.push(cx.catalog.show_word("asset_conditions", &candidate.condition, cx.t.lang()));
    let org = org_name(cx, &asset.owner);
    let percent = (candidate.burden.abs() + 5) / 10;
    let id = match (candidate.own, percent, candidate.burden > 0) {
        (true, ..) => "loans-why-own",
        (_, 0, _) => "loans-why-fair",
        (_, _, true) => "loans-why-more",
        _ => "loans-why-less",
    };
    said.push(cx.t.with(id, &[("org", org), ("n", percent.to_string())]));
    said.join(" ")
}

/// Proposals as choices of a field.
pub(crate) fn choices(cx: &Cx<'_>, proposals: &[Proposal]) -> Vec<Choice> {
    let choice = |p: &Proposal| Choice {
        key: String::new(),
        value: p.asset.no.clone(),
        label: format!("{} {} {} {}", p.asset.no, p.asset.name, org_name(cx, &p.asset.owner), p.why),
    };
    proposals.iter().take(SHOWN).map(choice).collect()
}
