//! What a form asks for, put beside what is already booked: who is in the way, what is unusual, what else would do. Reads
//! the file; decides nothing.

use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::zones::records::{self as zones, Zone};
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::records::{self, Booking};
use super::rules::{self, Hours, Span, Warning, Wish};

/// Days ahead that are looked over for another time.
const AHEAD: u64 = 21;

/// A time in a zone that somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Where.
    pub zone: Zone,
    /// On which day.
    pub day: NaiveDate,
    /// From when to when.
    pub hours: Hours,
    /// Minutes before and after that the zone is busy too.
    pub around: (i64, i64),
    /// Association code; empty while not said.
    pub org: String,
    /// How many come.
    pub people: Option<i64>,
    /// Accessibility wanted.
    pub needs: Vec<String>,
}

impl Plan {
    /// The same on another day.
    pub(crate) fn on(&self, day: NaiveDate) -> Self {
        Self { day, ..self.clone() }
    }

    /// What the zone would be busy.
    pub(crate) fn busy(&self) -> Span {
        let span = Span::on(self.day, self.hours);
        Span { from: span.from - self.around.0, to: span.to + self.around.1 }
    }

    /// Its beginning and its end.
    pub(crate) fn moments(&self) -> (NaiveDateTime, NaiveDateTime) {
        let span = Span::on(self.day, self.hours);
        (rules::moment_of(span.from), rules::moment_of(span.to))
    }
}

/// What a form asks for; none while day, hours or zone are not said. `about` is the booking it is about.
pub(crate) fn of(cx: &Cx<'_>, form: &FormState, about: Option<&Booking>) -> Result<Option<Plan>, Refusal> {
    let has = |name: &str| form.slot(name).is_some();
    let zone = match form.number("zone") {
        Some(id) => Some(id),
        None => about.filter(|_| !has("zone")).map(|b| b.zone),
    };
    let (day, hours) = if has("starts_at") {
        let at = |name: &str| {
            NaiveDateTime::parse_from_str(&keep::plain(&form.value(name)), "%Y-%m-%dT%H:%M").ok()
        };
        match (at("starts_at"), at("ends_at")) {
            (Some(from), Some(to)) => (Some(from.date()), Some(Hours::between(from, to))),
            _ => (None, None),
        }
    } else {
        let day = if has("day") { keep::day_in(form, "day") } else { about.map(Booking::day) };
        (day, if has("hours") { Hours::parse(form.text("hours")) } else { about.map(Booking::hours) })
    };
    let (Some(zone), Some(day), Some(hours)) = (zone, day, hours) else { return Ok(None) };
    let number = |name: &str, old: i64| if has(name) { form.number(name).unwrap_or(0) } else { old };
    let setup = number("setup", about.map_or(0, |b| b.setup));
    let cleanup = number("cleanup", about.map_or(0, |b| b.cleanup));
    let org = keep::plain(&form.value("org"));
    let org = if has("org") { org } else { about.map(|b| b.org.clone()).unwrap_or_default() };
    let people = if has("people") { form.number("people") } else { about.and_then(|b| b.people) };
    let needs = keep::parts(&keep::plain(&form.value("needs")));
    let needs = if has("needs") { needs } else { about.map(|b| b.needs.clone()).unwrap_or_default() };
    let zone = zones::must_find(cx.db, zone)?;
    Ok(Some(Plan {
        zone,
        day,
        hours,
        around: (setup.clamp(0, 720), cleanup.clamp(0, 720)),
        org,
        people,
        needs,
    }))
}

/// What the rules make of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Judged {
    /// Who has the zone then, or a part of it, or what it is a part of.
    pub rivals: Vec<Booking>,
    /// What is unusual.
    pub warnings: Vec<Warning>,
}

/// Judges a plan; `except` is the booking that would give way to it.
pub(crate) fn judge(cx: &Cx<'_>, plan: &Plan, except: Option<i64>) -> Result<Judged, Refusal> {
    let rivals = records::rivals(cx.db, plan.zone.id, plan.busy(), except)?;
    let wish = Wish {
        org: plan.org.clone(),
        hours: plan.hours,
        working_day: cx.catalog.calendar().is_working_day(plan.day),
        people: plan.people,
        needs: plan.needs.clone(),
    };
    let warnings = rules::warnings(&plan.zone.place(super::office_hours(cx)), &wish);
    Ok(Judged { rivals, warnings })
}

/// What no reason helps against: a zone that is closed, more people than the fire rules let in.
pub(crate) fn refuse(plan: &Plan) -> Result<(), Refusal> {
    if plan.zone.closed {
        return Err(Refusal::rule("venue-zone-closed").field("zone").with("zone", &plan.zone.name));
    }
    if let (Some(limit), Some(people)) = (plan.zone.fire_limit, plan.people)
        && people > limit
    {
        return Err(Refusal::rule("venue-fire-limit")
            .field("people")
            .with("zone", &plan.zone.name)
            .with("limit", limit.to_string()));
    }
    Ok(())
}

/// A warning in a sentence.
pub(crate) fn say(cx: &Cx<'_>, plan: &Plan, warning: &Warning) -> String {
    let zone = ("zone", plan.zone.name.clone());
    let lang = cx.t.lang();
    let args = match warning {
        Warning::OverCapacity { capacity } => vec![zone, ("n", capacity.to_string())],
        Warning::OutsideHours { open } => vec![zone, ("open", open.text())],
        Warning::RestDay => {
            let note = cx.catalog.calendar().day_note(plan.day).map(str::to_owned);
            let day = dates::short_day(plan.day, cx.now.date(), lang);
            vec![("day", keep::one_line(&format!("{day} {}", note.unwrap_or_default())))]
        }
        Warning::Dedicated { to } => {
            let names: Vec<String> = to.iter().map(|code| org_name(cx, code)).collect();
            vec![zone, ("orgs", keep::joined(&names, cx.t))]
        }
        Warning::Lacks { features } => {
            let names: Vec<String> =
                features.iter().map(|f| cx.catalog.show_word("features", f, lang)).collect();
            vec![zone, ("features", keep::joined(&names, cx.t))]
        }
    };
    cx.t.with(&format!("venue-warning-{}", warning.word()), &args)
}

/// A booking in a few words: whose, what, when, where it is another zone.
pub(crate) fn who(cx: &Cx<'_>, plan: &Plan, rival: &Booking) -> Result<String, Refusal> {
    let place =
        if rival.zone == plan.zone.id { String::new() } else { zones::must_find(cx.db, rival.zone)?.name };
    let day = if rival.day() == plan.day { String::new() } else { keep::short_day(rival.day()) };
    let said = format!(
        "{} {} {day} {} {place} {}",
        org_name(cx, &rival.org),
        rival.purpose,
        rival.hours().text(),
        rival.no
    );
    Ok(keep::one_line(&said))
}

/// The refusal that the zone is taken: by whom, when it is free next, what else would do.
pub(crate) fn taken(cx: &Cx<'_>, plan: &Plan, rivals: &[Booking]) -> Result<Refusal, Refusal> {
    let by = rivals.first().map(|rival| who(cx, plan, rival)).transpose()?.unwrap_or_default();
    let next = match next_free(cx, plan)? {
        Some((day, hours)) => {
            format!("{} {}", dates::short_day(day, cx.now.date(), cx.t.lang()), hours.text())
        }
        None => cx.t.say("venue-none"),
    };
    let others: Vec<String> = instead(cx, plan)?.into_iter().take(2).map(|zone| zone.name).collect();
    let others = if others.is_empty() { cx.t.say("venue-none") } else { keep::joined(&others, cx.t) };
    let field = "hours";
    Ok(Refusal::rule("venue-overlap")
        .field(field)
        .with("zone", &plan.zone.name)
        .with("by", by)
        .with("next", next)
        .with("instead", others))
}

/// The next time from the wanted one on at which the zone is free as long, within its hours on a working day.
pub(crate) fn next_free(cx: &Cx<'_>, plan: &Plan) -> Result<Option<(NaiveDate, Hours)>, Refusal> {
    let length = i64::from(plan.hours.to - plan.hours.from);
    let open = plan.zone.open(super::office_hours(cx));
    for ahead in 0..AHEAD {
        let day = plan.day + Days::new(ahead);
        if !cx.catalog.calendar().is_working_day(day) {
            continue;
        }
        let wanted = Span::on(day, plan.hours);
        let mut within = Span::on(day, open);
        if ahead == 0 {
            within.from = within.from.max(wanted.from);
        }
        within.from = within.from.max(rules::quarter_up(rules::minutes_of(cx.now)));
        let busy: Vec<Span> =
            records::taken(cx.db, plan.zone.id, Span { from: within.from - 720, to: within.to + 720 })?
                .into_iter()
                // What must lie around the booking is kept free as well.
                .map(|span| Span { from: span.from - plan.around.1, to: span.to + plan.around.0 })
                .collect();
        let gaps = rules::gaps(within, &busy, length);
        // The same hours on a later day before other hours.
        let same =
            gaps.iter().find(|gap| gap.from <= wanted.from && gap.to >= wanted.to).map(|_| wanted.from);
        if let Some(from) = same.or(gaps.first().map(|gap| gap.from)) {
            let start = rules::moment_of(from);
            return Ok(Some((day, Hours::between(start, rules::moment_of(from + length)))));
        }
    }
    Ok(None)
}

/// Zones that would do as well at that time: as large, as accessible, nobody else's, free.
pub(crate) fn instead(cx: &Cx<'_>, plan: &Plan) -> Result<Vec<Zone>, Refusal> {
    let people = plan.people.or(plan.zone.capacity.map(|n| n / 2)).unwrap_or(1);
    let open = plan.zone.open(super::office_hours(cx));
    let mut found = Vec::new();
    for zone in zones::open(cx.db)? {
        let same_kind = zone.kind == plan.zone.kind || (plan.zone.kind == "区域" && zone.kind == "活动室");
        let fits = zone.id != plan.zone.id
            && same_kind
            && zone.capacity.is_some_and(|n| n >= people)
            && (zone.dedicated.is_empty() || zone.dedicated.contains(&plan.org))
            && plan.needs.iter().all(|need| zone.features.contains(need))
            && zone.open(open).from <= plan.hours.from;
        if fits && records::rivals(cx.db, zone.id, plan.busy(), None)?.is_empty() {
            found.push(zone);
        }
    }
    found.sort_by_key(|zone| zone.capacity);
    Ok(found)
}
