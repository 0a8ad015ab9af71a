//! What was decided, carried into the ledger, and only then: each through the actions of the assets themselves, all of them or
//! none (G-6.2.4).

use crate::desk::action::Action;
use crate::desk::door;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::Assets;
use crate::subjects::assets::records::{self as assets, Asset};
use crate::subjects::assets::rules::{self, Status};
use crate::subjects::keep;
use crate::subjects::tallies::Tallies;
use crate::subjects::tallies::fields::RECORD as TALLY;
use crate::subjects::tallies::records::{self as tallies, Tally};
use crate::subjects::tallies::rules::{Decision, Found};
use crate::subjects::tickets::object::Object;
use crate::subjects::tickets::raise::{raise, raise_out_of_use};
use crate::subjects::tickets::records as tickets;
use crate::subjects::zones::records as zones;

use super::records::Stocktake;

/// Brings the ledger up to date.
///
/// # Errors
/// What the assets refuse, with the line it is about; nothing is then written.
pub(crate) fn post(cx: &Cx<'_>, tx: &Tx<'_>, of: &Stocktake) -> Result<(), Refusal> {
    for line in tallies::differences(tx.conn(), of.id)? {
        let done = match line.decision {
            Some(Decision::Update) => update(cx, tx, of, &line)?,
            Some(_) => continue,
            None => {
                let refusal = Refusal::rule("stocktakes-undecided").with("no", &of.no);
                return Err(refusal.with("n", "1"));
            }
        };
        keep::update(tx, &TALLY, line.id, 0, &[("done", keep::text(&done))])?;
        door::made(cx, tx, &Tallies, line.id, &line.no, "post")?;
    }
    Ok(())
}

/// One line; answers with what became of it, in the words of the ledger.
fn update(cx: &Cx<'_>, tx: &Tx<'_>, of: &Stocktake, line: &Tally) -> Result<String, Refusal> {
    let Some(asset) = line.asset else { return card(cx, tx, of, line) };
    let mut done = Vec::new();
    let now = assets::must_find(tx.conn(), asset)?;
    let to = match line.found {
        Some(Found::Missing) => Some(Status::Missing),
        Some(Found::Damaged) => return broken(cx, tx, of, line, &now),
        Some(Found::Surplus) if now.status == Status::Missing => {
            let mended = tickets::mending(tx.conn(), asset, None)?;
            Some(if mended.is_some() { Status::Repair } else { Status::Idle })
        }
        _ => None,
    };
    if let Some(to) = to.filter(|to| *to != now.status) {
        let reason = format!("{} {}", of.no, line.reason);
        let texts = [("status", to.word().to_owned()), ("reason", reason)];
        act(cx, tx, "state", asset, &texts)?;
        done.push(to.word().to_owned());
    }
    let elsewhere = matches!(line.found, Some(Found::Misplaced | Found::Surplus));
    if let Some(place) = line.found_place.filter(|place| elsewhere && Some(*place) != now.place) {
        let code = zones::must_find(tx.conn(), place)?.code;
        act(cx, tx, "move", asset, &[("place", code.clone())])?;
        done.push(code);
    }
    Ok(done.join(" "))
}

/// What was found broken is reported broken, and out of use until somebody has looked: whether it is worth mending is said on
/// the ticket.
fn broken(cx: &Cx<'_>, tx: &Tx<'_>, of: &Stocktake, line: &Tally, now: &Asset) -> Result<String, Refusal> {
    let fault = match line.note.is_empty() {
        true => cx.catalog.show_word("tally_results", Found::Damaged.word(), cx.t.lang()),
        false => line.note.clone(),
    };
    let fault = keep::one_line(&format!("{fault} {}", of.no));
    let mut done = Vec::new();
    if rules::may_become(now.status, Status::Repair) {
        let reason = format!("{} {}", of.no, line.reason);
        let texts = [
            ("status", Status::Repair.word().to_owned()),
            ("reason", reason),
            ("condition", "损坏".to_owned()),
        ];
        act(cx, tx, "state", now.id, &texts)?;
        done.push(Status::Repair.word().to_owned());
    }
    let (about, day) = (Object::of_asset(now), cx.now.date());
    let ticket = match done.is_empty() {
        true => raise(cx, tx, &about, &fault, "普通", day)?,
        false => {
            let was = matches!(now.status, Status::InUse | Status::Idle).then_some(now.status);
            raise_out_of_use(cx, tx, &about, &fault, day, was)?
        }
    };
    done.push(tickets::must_find(tx.conn(), ticket)?.no);
    Ok(done.join(" "))
}

fn action(name: &str) -> Result<&'static Action, Refusal> {
    door::action(&Assets, name).ok_or_else(|| Refusal::usage("no-action").with("text", name))
}

/// An action on an asset, as somebody would do it at its own page.
fn act(cx: &Cx<'_>, tx: &Tx<'_>, name: &str, asset: i64, texts: &[(&str, String)]) -> Result<(), Refusal> {
    let cx = &Cx { db: tx.conn(), ..*cx };
    let action = action(name)?;
    door::check(cx, &Assets, action, Some(asset))?;
    let form = keep::filled(cx, &Assets, action, Some(asset), texts)?;
    door::within(cx, tx, &Assets, action, Some(asset), &form).map(drop)
}

/// A card for a thing that nobody knew.
fn card(cx: &Cx<'_>, tx: &Tx<'_>, of: &Stocktake, line: &Tally) -> Result<String, Refusal> {
    let cx = &Cx { db: tx.conn(), ..*cx };
    let action = action("create")?;
    let kept = keep::load(cx, &TALLY, line.id)?;
    let said = |name: &str| keep::plain(keep::value(&TALLY, &kept, name));
    let place = line.found_place.map(|place| zones::must_find(cx.db, place)).transpose()?;
    let tagged = !line.tag.starts_with('+');
    let texts = [
        ("name", if line.name.is_empty() { line.tag.clone() } else { line.name.clone() }),
        ("owner", said("card_owner")),
        ("category", said("card_category")),
        ("source", "移交".to_owned()),
        ("place", place.map(|zone| zone.code).unwrap_or_default()),
        ("tag", if tagged { line.tag.clone() } else { String::new() }),
        ("document", of.no.clone()),
        ("note", line.reason.clone()),
    ];
    let form = keep::filled(cx, &Assets, action, None, &texts)?;
    Ok(door::within(cx, tx, &Assets, action, None, &form)?.0.reference)
}
