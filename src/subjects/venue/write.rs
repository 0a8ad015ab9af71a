//! Making bookings: one, a series, the one that another is moved or copied to. What was seen in the form is judged again
//! inside the change: somebody may have been quicker.

use chrono::{Datelike, NaiveDate};
use rusqlite::types::Value;

use crate::desk::action::{Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::booking;
use super::fields::{self as f, RECORD};
use super::plan::{self, Plan};
use super::records::{self, Booking};
use super::rules::Status;
use super::{Venue, series};

/// Makes what a form of `book` or `import` asks for.
pub(crate) fn book(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let Some(plan) = plan::of(cx, form, None)? else {
        return Err(Refusal::rule("required").field("day"));
    };
    plan::refuse(&plan)?;
    if !form.text("repeat").trim().is_empty() {
        return book_series(cx, tx, form, &plan);
    }
    let uid = form.text("uid").trim();
    if !uid.is_empty()
        && let Some(known) = records::by_uid(tx.conn(), uid)?
    {
        return Err(Refusal::rule("venue-known").field("uid").with("ref", known.no));
    }
    let wanted = wanted(cx, form, &plan, None)?;
    let id = insert(cx, tx, form, &plan, &wanted)?;
    let booking = records::must_find(tx.conn(), id)?;
    Ok(Done { args: args(cx, &plan, &booking), id, reference: booking.no, undo: Undo::Withdraw, open: false })
}

/// What a booking will be, judged now.
struct Wanted {
    status: Status,
    warnings: String,
}

/// Judges a plan once more; `except` is the booking that gives way to it.
fn wanted(cx: &Cx<'_>, form: &FormState, plan: &Plan, except: Option<i64>) -> Result<Wanted, Refusal> {
    let judged = plan::judge(cx, plan, except)?;
    let waits = form.number("wait") == Some(1);
    if !judged.rivals.is_empty() && !waits {
        return Err(plan::taken(cx, plan, &judged.rivals)?);
    }
    let reason = form.text("override_reason").trim();
    if let Some(first) = judged.warnings.first().filter(|_| reason.is_empty()) {
        return Err(Refusal::rule("venue-reason")
            .field("override_reason")
            .with("what", plan::say(cx, plan, first)));
    }
    let words: Vec<&str> = judged.warnings.iter().map(super::rules::Warning::word).collect();
    let decides = cx.who.holds(super::WARDENS);
    let status = match () {
        () if !judged.rivals.is_empty() => Status::Waiting,
        () if plan.zone.approval && !decides => Status::Pending,
        () => Status::Confirmed,
    };
    Ok(Wanted { status, warnings: words.join(";") })
}

fn insert(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState, plan: &Plan, wanted: &Wanted) -> Result<i64, Refusal> {
    let number = tx.next_number("YY", cx.now.year())?;
    let mut columns = keep::columns(&RECORD, form);
    let own = ["no", "starts_at", "ends_at", "setup", "cleanup", "override_reason"];
    columns.retain(|(name, _)| !own.contains(name));
    columns.extend(times(plan));
    columns.push(("no", keep::text(&format!("YY-{}-{number:03}", cx.now.year()))));
    if !columns.iter().any(|(name, value)| *name == "kind" && !matches!(value, Value::Null)) {
        columns.retain(|(name, _)| *name != "kind");
        columns.push(("kind", keep::text(super::typed::usual_kind(form.text("purpose")))));
    }
    let approver =
        if wanted.status == Status::Confirmed && plan.zone.approval { cx.who.name.as_str() } else { "" };
    columns.extend([
        ("status", keep::text(wanted.status.word())),
        ("applicant", keep::text(&cx.who.name)),
        ("approver", keep::text(approver)),
        ("warnings", keep::text(&wanted.warnings)),
        (
            "override_reason",
            if wanted.warnings.is_empty() { Value::Null } else { keep::text(form.text("override_reason")) },
        ),
        ("series", form.number("series").map_or(Value::Null, Value::Integer)),
    ]);
    tx.insert("booking", &columns).map_err(|error| overlapped(error.into(), plan))
}

fn times(plan: &Plan) -> [(&'static str, Value); 4] {
    let (from, to) = plan.moments();
    [
        ("starts_at", keep::moment(from)),
        ("ends_at", keep::moment(to)),
        ("setup", Value::Integer(plan.around.0)),
        ("cleanup", Value::Integer(plan.around.1)),
    ]
}

/// The file's own guard said no: the same in the words of the rule.
pub(crate) fn overlapped(refusal: Refusal, plan: &Plan) -> Refusal {
    let guarded = refusal.args.iter().any(|(_, detail)| detail.contains("venue-overlap"));
    if guarded { Refusal::rule("venue-taken").field("hours").with("zone", &plan.zone.name) } else { refusal }
}

/// The days of a series, each with its own audit row.
fn book_series(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState, plan: &Plan) -> Result<Done, Refusal> {
    let text = form.text("repeat").to_owned();
    let wanted = booking::series_of(cx, form, plan.day);
    let wanted = wanted.ok_or_else(|| Refusal::rule("venue-repeat").field("repeat").with("text", text))?;
    let sorted = booking::sorted(cx, plan, wanted, form.number("skip") == Some(1))?;
    if let Some((on, rivals)) = &sorted.clash {
        return Err(plan::taken(cx, on, rivals)?);
    }
    let Some(first) = sorted.days.first() else {
        return Err(Refusal::rule("venue-series-empty").field("repeat"));
    };
    let number = tx.next_number("XL", cx.now.year())?;
    let skipped: Vec<String> = sorted.left.iter().map(|(day, _)| day.to_string()).collect();
    let id = tx.insert_plain(
        "booking_series",
        &[
            ("no", keep::text(&format!("XL-{}-{number:03}", cx.now.year()))),
            ("rule", keep::text(&series::rrule(wanted))),
            ("first_on", keep::day(*first)),
            ("times", Value::Integer(i64::try_from(sorted.days.len()).unwrap_or(1))),
            ("skipped", keep::text(&skipped.join(";"))),
            ("created_at", keep::text(&tx.stamp().at)),
            ("created_by", keep::text(&tx.stamp().operator)),
        ],
    )?;
    let mut made = Vec::new();
    for (at, day) in sorted.days.iter().enumerate() {
        let one = occurrence(cx, form, *day, id);
        if at == 0 {
            // The first is the one this action is about: the door notes it.
            let wanted = self::wanted(cx, &one, &plan.on(*day), None)?;
            made.push(insert(cx, tx, &one, &plan.on(*day), &wanted)?);
            continue;
        }
        let action =
            door::action(&Venue, "book").ok_or_else(|| Refusal::usage("no-action").with("text", "book"))?;
        made.push(door::within(cx, tx, &Venue, action, None, &one)?.0.id);
    }
    let id = made.first().copied().unwrap_or_default();
    let booking = records::must_find(tx.conn(), id)?;
    let mut args = args(cx, plan, &booking);
    let last = made.last().map(|id| records::must_find(tx.conn(), *id)).transpose()?;
    args.push(("count", made.len().to_string()));
    let what = cx.t.with(
        "venue-series-said",
        &[
            ("n", made.len().to_string()),
            ("first", keep::short_day(booking.day())),
            ("last", keep::short_day(last.map_or(booking.day(), |b| b.day()))),
            ("left", sorted.left.len().to_string()),
        ],
    );
    for (name, value) in &mut args {
        if *name == "what" {
            value.push(' ');
            value.push_str(&what);
        }
    }
    Ok(Done { args, id, reference: booking.no, undo: Undo::Withdraw, open: false })
}

/// The form of one day of a series.
fn occurrence(cx: &Cx<'_>, form: &FormState, day: NaiveDate, series: i64) -> FormState {
    let mut one = form.clone();
    one.draft = 0;
    for (name, text) in [("day", day.to_string()), ("repeat", String::new()), ("series", series.to_string())]
    {
        one.show(name, true);
        if let Some(slot) = one.slot_mut(name) {
            slot.text = text;
            slot.default.clear();
        }
    }
    booking::reread(cx, &mut one);
    one
}

/// What the done sentence says of a booking.
pub(crate) fn args(cx: &Cx<'_>, plan: &Plan, booking: &Booking) -> Vec<(&'static str, String)> {
    let day = dates::short_day(booking.day(), cx.now.date(), cx.t.lang());
    let org = org_name(cx, &booking.org);
    let status = cx.catalog.show_word("booking_statuses", booking.status.word(), cx.t.lang());
    let what = format!("{day} {} {} {org} {}", booking.hours().text(), plan.zone.name, booking.purpose);
    vec![("what", what), ("status", status)]
}

/// Moves or copies a booking: a new one, linked; a moved one gives its time free first (SM-06).
pub(crate) fn again(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    old: &Booking,
    form: &FormState,
    moved: bool,
) -> Result<Done, Refusal> {
    let Some(plan) = plan::of(cx, form, Some(old))? else {
        return Err(Refusal::rule("required").field("day"));
    };
    plan::refuse(&plan)?;
    if moved && plan.zone.id == old.zone && plan.day == old.day() && plan.hours == old.hours() {
        return Err(Refusal::rule("venue-same").field("line"));
    }
    if moved {
        keep::update(tx, &RECORD, old.id, form.version, &[("status", keep::text(Status::Moved.word()))])?;
    }
    let texts = texts(cx, old, form, &plan)?;
    let action =
        door::action(&Venue, "book").ok_or_else(|| Refusal::usage("no-action").with("text", "book"))?;
    let mut new = keep::filled(cx, &Venue, action, None, &texts)?;
    if let Some(series) = old.series.filter(|_| moved) {
        new.show("series", true);
        if let Some(slot) = new.slot_mut("series") {
            slot.text = series.to_string();
        }
        booking::reread(cx, &mut new);
    }
    let (done, _) = door::within(cx, tx, &Venue, action, None, &new)?;
    if moved {
        keep::update(tx, &RECORD, old.id, 0, &[("moved_to", Value::Integer(done.id))])?;
    }
    let made = records::must_find(tx.conn(), done.id)?;
    let mut args = args(cx, &plan, &made);
    args.push(("new", done.reference));
    Ok(Done { id: old.id, reference: old.no.clone(), args, undo: Undo::No("venue-again"), open: false })
}

/// What an old booking and the form say of the new one, as texts of its form.
fn texts(
    cx: &Cx<'_>,
    old: &Booking,
    form: &FormState,
    plan: &Plan,
) -> Result<Vec<(&'static str, String)>, Refusal> {
    let kept = keep::load(cx, &RECORD, old.id)?;
    let typed = |field: &'static crate::desk::field::Field| {
        crate::desk::reading::typed(field, keep::value(&RECORD, &kept, field.name), cx)
    };
    let mut texts = vec![
        ("day", plan.day.to_string()),
        ("hours", plan.hours.text()),
        ("zone", plan.zone.code.clone()),
        ("org", old.org.clone()),
        ("purpose", old.purpose.clone()),
        ("kind", typed(&f::KIND)),
        ("needs", typed(&f::NEEDS)),
        ("equipment", typed(&f::EQUIPMENT)),
        ("setup", old.setup.to_string()),
        ("cleanup", old.cleanup.to_string()),
        ("people", plan.people.map(|n| n.to_string()).unwrap_or_default()),
        ("override_reason", form.text("override_reason").to_owned()),
        ("wait", if form.number("wait") == Some(1) { "1" } else { "" }.to_owned()),
    ];
    texts.retain(|(_, text)| !text.is_empty());
    Ok(texts)
}
