//! What is done with a stocktake, step by step (SM-11): the book written down, the counting ended, the second look, the ledger
//! brought up to date, the associations told and heard.

use chrono::{Datelike, Days, NaiveDate};
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::store::search::KeySource;
use crate::subjects::assets::records as assets;
use crate::subjects::keep;
use crate::subjects::tallies::records::{self as tallies, Tally};
use crate::subjects::zones::records as zones;

use super::fields::RECORD;
use super::posting;
use super::records::{self, Stocktake};
use super::rules::{self, Scope, Status, Step};

/// The step an action takes; none for one that leaves it where it is.
fn step(action: &str) -> Option<Step> {
    Some(match action {
        "start" => Step::Start,
        "finish" => Step::Finish,
        "resume" => Step::Resume,
        "review" => Step::Review,
        "post" => Step::Post,
        "publish" => Step::Publish,
        "archive" => Step::Archive,
        "cancel" => Step::Cancel,
        _ => return None,
    })
}

fn small_office(cx: &Cx<'_>) -> bool {
    cx.catalog.rule("small_office").value == 1
}

/// The part of the year a day lies in, with its last day.
pub(crate) fn period(cx: &Cx<'_>, day: NaiveDate) -> (String, NaiveDate) {
    let times = u32::try_from(cx.catalog.rule("stocktakes_per_year").value).unwrap_or(2);
    rules::period(day, times)
}

/// Whether an action applies to this stocktake now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else {
        return match assets::live(cx.db)? {
            0 => Err(Refusal::rule("stocktakes-no-assets")),
            _ => Ok(()),
        };
    };
    let of = records::must_find(cx.db, id)?;
    let Some(step) = step(action.name) else {
        let open = records::objections(cx.db, id)?.iter().any(|o| o.reply.is_empty());
        return match (of.status, action.name) {
            (Status::Published, "reply") if !open => {
                Err(Refusal::rule("stocktakes-no-objection").with("no", of.no))
            }
            (Status::Published, "object") => {
                let over = of.notice_until.parse::<NaiveDate>().is_ok_and(|until| until < cx.now.date());
                let refusal = Refusal::rule("stocktakes-notice-over").with("until", of.notice_until);
                if over { Err(refusal) } else { Ok(()) }
            }
            (Status::Published, _) => Ok(()),
            _ => Err(records::stands(cx, &of)),
        };
    };
    if of.status.after(step).is_none() {
        return Err(records::stands(cx, &of));
    }
    let numbers = tallies::numbers(cx.db, id)?;
    let no =
        |code: &'static str, n: i64| Err(Refusal::rule(code).with("no", &of.no).with("n", n.to_string()));
    match step {
        Step::Review if numbers.unchecked > 0 && !small_office(cx) => {
            no("stocktakes-unchecked", numbers.unchecked)
        }
        Step::Post | Step::Publish if numbers.undecided > 0 => no("stocktakes-undecided", numbers.undecided),
        Step::Archive => archived(cx, &of),
        _ => Ok(()),
    }
}

/// A published stocktake rests until the notice is over and every objection is answered.
fn archived(cx: &Cx<'_>, of: &Stocktake) -> Availability {
    let until = &of.notice_until;
    if until.parse::<NaiveDate>().is_ok_and(|until| until >= cx.now.date()) {
        return Err(Refusal::rule("stocktakes-notice").with("until", until));
    }
    let open = records::objections(cx.db, of.id)?.into_iter().filter(|o| o.reply.is_empty()).count();
    if open > 0 {
        return Err(Refusal::rule("stocktakes-unanswered").with("n", open.to_string()));
    }
    Ok(())
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &str, id: Option<i64>, form: &mut FormState) -> Result<(), Refusal> {
    match (action, id) {
        ("plan", _) => {
            form.propose("scope", "全部");
            form.propose("blind", "0");
            form.propose("planned_on", cx.now.date().to_string());
        }
        ("finish", Some(id)) => {
            let left = tallies::numbers(cx.db, id)?.left;
            form.show("rest", left > 0);
            form.require("rest", left > 0);
        }
        ("publish", _) => {
            let days = cx.catalog.rule("stocktake_notice").value.unsigned_abs();
            form.propose("notice_until", (cx.now.date() + Days::new(days)).to_string());
        }
        ("object", _) => {
            if let [own] = cx.who.associations().as_slice() {
                form.propose("org", *own);
            }
        }
        ("reply", Some(id)) => {
            let open = records::objections(cx.db, id)?.into_iter().find(|o| o.reply.is_empty());
            form.propose("org", open.map(|o| o.org).unwrap_or_default());
        }
        _ => {}
    }
    Ok(())
}

/// Answers to an edit.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    match (form.action, form.target) {
        ("plan", _) => {
            let scope = keep::plain(&form.value("scope"));
            for (name, kind) in [("owner", "权属"), ("zone", "场地"), ("category", "类别")] {
                form.show(name, scope == kind);
                form.require(name, scope == kind);
            }
        }
        ("finish", Some(id)) => {
            let left = tallies::numbers(cx.db, id)?.left;
            if left > 0 {
                form.find(cx.t.say("stocktakes-left"), left.to_string());
            }
            if form.number("rest") == Some(0) {
                form.fail("rest", Refusal::rule("stocktakes-left").field("rest").with("n", left.to_string()));
            }
        }
        ("object", _) => {
            let org = keep::plain(&form.value("org"));
            let mine = cx.who.associations();
            if !mine.is_empty() && !org.is_empty() && !mine.contains(&org.as_str()) {
                form.fail("org", Refusal::rule("stocktakes-not-yours").field("org"));
            }
        }
        ("reply", Some(id)) => {
            let org = keep::plain(&form.value("org"));
            let said = records::objections(cx.db, id)?;
            for objection in said.iter().filter(|o| o.org == org && o.reply.is_empty()) {
                form.find(cx.t.say("stocktakes-objection"), objection.text.clone());
            }
        }
        _ => {}
    }
    Ok(())
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else { return plan(cx, tx, form) };
    let cx = &Cx { db: tx.conn(), ..*cx };
    let of = records::must_find(cx.db, id)?;
    let done = |undo: Undo| -> Result<Done, Refusal> {
        let numbers = tallies::numbers(cx.db, id)?;
        let args = vec![
            ("expected", numbers.expected.to_string()),
            ("differences", numbers.differences.to_string()),
            ("until", records::must_find(cx.db, id)?.notice_until),
        ];
        Ok(Done { id, reference: of.no.clone(), args, undo, open: false })
    };
    let Some(step) = step(action.name) else {
        return said(cx, tx, &of, action, form).and_then(|()| done(Undo::No("stocktakes")));
    };
    let next = of.status.after(step).ok_or_else(|| records::stands(cx, &of))?;
    let mut columns: Vec<(&'static str, Value)> = vec![("status", keep::text(next.word()))];
    let today = keep::day(cx.now.date());
    let mut undo = Undo::No("stocktakes");
    match step {
        Step::Start => {
            records::freeze(tx.conn(), &of, tx.stamp())?;
            file(tx, &of)?;
            columns.push(("frozen_at", keep::moment(cx.now)));
            columns.push(("period", keep::text(&period(cx, cx.now.date()).0)));
            if tallies::numbers(cx.db, id)?.expected == 0 {
                return Err(Refusal::rule("stocktakes-empty").with("no", of.no));
            }
        }
        Step::Finish => {
            if tallies::numbers(cx.db, id)?.left > 0 {
                if form.number("rest") != Some(1) {
                    return Err(Refusal::rule("required").field("rest"));
                }
                records::rest_is_missing(tx.conn(), id, tx.stamp())?;
            }
            columns.push(("finished_at", keep::moment(cx.now)));
        }
        Step::Review => {
            columns.push(("checker", keep::text(&cx.who.name)));
            undo = Undo::Fields;
        }
        Step::Post => {
            posting::post(cx, tx, &of)?;
            columns.push(("approver", keep::text(&cx.who.name)));
            columns.push(("posted_on", today));
        }
        Step::Publish => {
            let until = keep::day_in(form, "notice_until").unwrap_or(cx.now.date());
            if until < cx.now.date() {
                return Err(Refusal::rule("stocktakes-until").field("notice_until"));
            }
            columns.push(("published_on", today));
            columns.push(("notice_until", keep::day(until)));
            undo = Undo::Fields;
        }
        Step::Resume | Step::Archive | Step::Cancel => undo = Undo::Fields,
    }
    keep::update(tx, &RECORD, id, form.version, &columns)?;
    done(undo)
}

/// An objection, or the answer to one.
fn said(cx: &Cx<'_>, tx: &Tx<'_>, of: &Stocktake, action: &Action, form: &FormState) -> Result<(), Refusal> {
    let org = keep::plain(&form.value("org"));
    if action.name == "object" {
        return records::object(tx.conn(), of.id, &org, form.text("objection").trim(), tx.stamp());
    }
    match records::reply(tx.conn(), of.id, &org, form.text("reply").trim(), tx.stamp())? {
        0 => {
            let org = crate::subjects::org_name(cx, &org);
            Err(Refusal::rule("stocktakes-no-objection-of").field("org").with("org", org))
        }
        _ => Ok(()),
    }
}

/// The lines are found by their tag and name, as any record is.
fn file(tx: &Tx<'_>, of: &Stocktake) -> Result<(), Refusal> {
    let mut index = tx.bulk_index("tallies")?;
    for line in tallies::every(tx.conn(), of.id)? {
        let Tally { id, no, tag, name, .. } = line;
        index.add(id, &[KeySource::Code(&no), KeySource::Code(&tag), KeySource::Name(&name)])?;
    }
    Ok(index.finish()?)
}

fn plan(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let scope = match keep::plain(&form.value("scope")).as_str() {
        "权属" => Scope::Owner(keep::plain(&form.value("owner"))),
        "类别" => Scope::Category(keep::plain(&form.value("category"))),
        "场地" => {
            let zone = form.number("zone").ok_or_else(|| Refusal::rule("required").field("zone"))?;
            Scope::Zone(zones::must_find(cx.db, zone)?.code)
        }
        _ => Scope::All,
    };
    let on = keep::day_in(form, "planned_on").unwrap_or(cx.now.date());
    let (period, _) = period(cx, on);
    let year = format!("{}", on.year());
    let half = period.strip_prefix(&year).unwrap_or_default().trim_start_matches('-');
    let number = records::count_in(tx.conn(), &period)? + 1;
    let no = format!("PD-{year}-{half}-{number:02}").replace("--", "-");
    let (kind, which) = scope.words();
    let id = tx.insert(
        RECORD.table,
        &[
            ("no", keep::text(&no)),
            ("period", keep::text(&period)),
            ("scope", keep::text(kind)),
            ("which", keep::text(which)),
            ("planned_on", keep::day(on)),
            ("blind", i64::from(form.number("blind") == Some(1)).into()),
            ("counters", keep::text(form.text("counters"))),
            ("note", keep::text(form.text("note"))),
            ("status", keep::text(Status::Planned.word())),
        ],
    )?;
    let args = vec![("expected", "0".to_owned()), ("differences", "0".to_owned()), ("until", String::new())];
    Ok(Done { id, reference: no, args, undo: Undo::Withdraw, open: true })
}
