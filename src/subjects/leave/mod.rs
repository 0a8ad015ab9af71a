//! When somebody is away, or there at another time than usual (G-6.3.1): leave, sickness, out on duty. It stands under the
//! people; what they were asked to do then is theirs to give away.

pub(crate) mod fields;
mod pages;
pub(crate) mod records;

#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::{Cx, Duty, ListSpec, QuickReading, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::shifts::assign;
use crate::subjects::shifts::records as shifts;
use crate::subjects::staff::plan_of_day;
use crate::subjects::staff::records as staff;
use crate::subjects::venue::rules::{Hours, Span, minutes_of, moment_of};
use crate::subjects::{KEEPERS, keep};

use fields::{ACTIONS, LISTS, RECORD};
pub(crate) use pages::when;

/// The absences.
pub(crate) struct Leave;

/// The longest somebody is away, in minutes.
const LONGEST: i64 = 527_040;

/// When a form says that somebody is away; none while it does not.
fn span(form: &FormState) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let at =
        |name: &str| NaiveDateTime::parse_from_str(&keep::plain(&form.value(name)), "%Y-%m-%dT%H:%M").ok();
    Some((at("starts_at")?, at("ends_at")?))
}

/// Whether the person may say it of this one: of oneself, of one's own association, or of anybody as a keeper.
fn may(cx: &Cx<'_>, who: &staff::Person) -> Availability {
    let own = staff::of_operator(cx.db, cx.who.id)?.is_some_and(|own| own.id == who.id);
    if own || cx.who.holds(KEEPERS) || cx.who.associations().contains(&who.org.as_str()) {
        return Ok(());
    }
    Err(Refusal::rule("leave-not-yours").of(Kind::Permission).with("name", &who.name))
}

/// What a line says: who, from when to when, which kind; the rest is the reason.
fn take_over(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let mut words = Vec::new();
    let mut kind = String::new();
    for word in cx.catalog.cut(form.text("line"), &["absence_kinds"]) {
        match cx.catalog.read_word("absence_kinds", &word).filter(|_| kind.is_empty()) {
            Some(known) => kind.clone_from(&known.kept),
            None => words.push(word),
        }
    }
    let said = assign::line(cx, &words.join(" "))?;
    form.fill("staff", said.people.first().cloned().unwrap_or_default());
    form.fill("kind", cx.catalog.show_word("absence_kinds", &kind, cx.t.lang()));
    form.fill("reason", said.task.clone());
    let iso = |text: &str| text.parse::<NaiveDate>().ok();
    let days = said.days.as_ref().and_then(|(from, to)| Some((iso(from)?, iso(to)?)));
    if let Some((from, to)) = days {
        let day = plan_of_day(cx);
        let whole = Hours { from: day.opens, to: day.closes };
        let hours = Hours::parse(&said.hours).unwrap_or(whole);
        let at = |day: NaiveDate, minute: u32| {
            moment_of(Span::on(day, Hours { from: minute, to: minute }).from)
                .format("%Y-%m-%dT%H:%M")
                .to_string()
        };
        form.fill("starts_at", at(from, hours.from));
        form.fill("ends_at", at(to, hours.to));
    }
    let mut unread = said.unread.clone();
    unread.extend(said.skills.iter().cloned());
    assign::unread(cx, form, &unread);
    Ok(())
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        let ours = |code: &str| code.starts_with("leave-") || code.starts_with("shifts-");
        slot.error.take_if(|problem| ours(problem.code));
    }
    if changed == "line" {
        take_over(cx, form)?;
    }
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
    let who = form.number("staff").map(|id| staff::must_find(cx.db, id)).transpose()?;
    if let Some(who) = &who
        && let Err(refusal) = may(cx, who)
    {
        form.fail("staff", refusal.field("staff"));
    }
    let Some((from, to)) = span(form) else { return Ok(()) };
    let span = Span { from: minutes_of(from), to: minutes_of(to) };
    if span.to <= span.from || span.to - span.from > LONGEST {
        form.fail("ends_at", Refusal::rule("leave-ends").field("ends_at"));
        return Ok(());
    }
    let Some(who) = who else { return Ok(()) };
    if let Some(known) = records::of(cx.db, who.id, span)?.first() {
        let said = format!(
            "{} {}",
            cx.catalog.show_word("absence_kinds", &known.kind, cx.t.lang()),
            when(cx, known)
        );
        form.fail(
            "starts_at",
            Refusal::rule("leave-twice").field("starts_at").with("what", said).with("ref", &known.no),
        );
    }
    if keep::plain(&form.value("kind")) != records::COMES {
        for shift in shifts::rivals(cx.db, who.id, span, &[])? {
            form.find(cx.t.say("leave-finding-shift"), assign::told(cx, &shift));
        }
    }
    Ok(())
}

impl Subject for Leave {
    fn name(&self) -> &'static str {
        "leave"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
    }

    fn record(&self) -> &'static Record {
        &RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        LISTS
    }

    fn actions(&self) -> &'static [Action] {
        ACTIONS
    }

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("假", "record"), ("j", "record")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["QJ", "假"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        pages::page(cx, id)
    }

    fn available(&self, cx: &Cx<'_>, _action: &Action, id: Option<i64>) -> Availability {
        let Some(id) = id else { return Ok(()) };
        let absence = records::must_find(cx.db, id)?;
        if !absence.holds {
            return Err(Refusal::rule("leave-cancelled").with("ref", absence.no));
        }
        may(cx, &staff::must_find(cx.db, absence.staff)?)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        _id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        if action.name == "record" {
            form.propose("kind", "事假");
            if let Some(own) = staff::of_operator(cx.db, cx.who.id)?.filter(|_| !cx.who.holds(KEEPERS)) {
                form.propose("staff", own.code);
            }
        }
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        drop(answer(cx, form, changed));
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        if let (Some(id), "cancel") = (id, action.name) {
            let absence = records::must_find(cx.db, id)?;
            keep::update(tx, &RECORD, id, form.version, &[("status", keep::text("已取消"))])?;
            let args = pages::args(cx, &absence)?;
            return Ok(Done { id, reference: absence.no, args, undo: Undo::Fields, open: false });
        }
        let who = staff::must_find(cx.db, form.number("staff").unwrap_or(0))?;
        may(cx, &who)?;
        let Some((from, to)) = span(form) else { return Err(Refusal::rule("required").field("starts_at")) };
        let span = Span { from: minutes_of(from), to: minutes_of(to) };
        if let Some(known) = records::of(cx.db, who.id, span)?.first() {
            let what = when(cx, known);
            return Err(Refusal::rule("leave-twice")
                .field("starts_at")
                .with("what", what)
                .with("ref", &known.no));
        }
        let number = tx.next_number("QJ", cx.now.year())?;
        let mut columns = keep::columns(&RECORD, form);
        columns.retain(|(name, _)| !matches!(*name, "no" | "status"));
        columns.push(("no", keep::text(&format!("QJ-{}-{number:03}", cx.now.year()))));
        let id = tx.insert("staff_absence", &columns)?;
        let absence = records::must_find(tx.conn(), id)?;
        let args = pages::args(cx, &absence)?;
        Ok(Done { id, reference: absence.no, args, undo: Undo::Withdraw, open: false })
    }

    fn exporters(&self) -> &'static [&'static str] {
        crate::subjects::MEETING
    }

    fn withdraw(&self, _cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        keep::update(tx, &RECORD, id, 0, &[("status", keep::text("已取消"))])
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, _cx: &Cx<'_>, _limit: usize) -> Result<Vec<Duty>, Refusal> {
        // Whose shifts somebody else must take is the shifts' to say.
        Ok(Vec::new())
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let absence = records::must_find(cx.db, id)?;
        Ok(vec![(Findable::Other, staff::must_find(cx.db, absence.staff)?.name)])
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        pages::standing(cx)
    }

    fn quick(&self, _cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        QuickReading { action, target: None, texts: vec![("line", rest.to_owned())], unread: Vec::new() }
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("record")
    }
}
