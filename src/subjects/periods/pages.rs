//! What is said about the months of the journal: their rows, the page of one with what stands against closing it, the duties
//! they make.

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::keep;
use crate::values::money::Fen;

use super::actions::refusal;
use super::fields::STATUS;
use super::records::{self, Period};
use super::rules;

/// The columns of a list of months.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("periods-period", 7, false),
        column("periods-status", 8, false),
        column("periods-held", 12, true),
        column("periods-closed_on", 10, false),
        column("periods-closed_by", 6, false),
    ]
}

fn status(cx: &Cx<'_>, period: &Period) -> String {
    if period.half_open() {
        return cx.t.say("periods-status-half-open");
    }
    reading::show(&STATUS, &keep::text(if period.closed { "结账" } else { "开放" }), cx)
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let row = |period: Period| {
        let (month, status) = (period.month.name(), status(cx, &period));
        let held = period.held.filter(|_| period.closed).map(|fen| Fen(fen).to_string());
        Row {
            reference: month.clone(),
            brief: format!("{month} {status}"),
            cells: vec![month, status, held.unwrap_or_default(), period.closed_on, period.closed_by],
            ..Row::default()
        }
    };
    Ok(records::find_all(cx.db, ids)?.into_iter().map(row).collect())
}

/// What the page of one month begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    let period = records::must_find(cx.db, id)?;
    let items = telling::facts_as(cx, &super::Periods, id, |name, _| match name {
        "status" => Told::Words(status(cx, &period)),
        _ => Told::AsKept,
    })?;
    Ok(Part::Facts(Facts { heading: String::new(), items }))
}

/// What the page of one month says: the month, and for an open one what stands against closing it.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let period = records::must_find(cx.db, id)?;
    let mut parts = vec![card(cx, id)?];
    if !period.closed {
        let look = records::look(cx.db, period.month, cx.now.date())?;
        let fact = |label: &str, value: String| Fact { label: cx.t.say(label), value };
        let mut items = vec![
            fact("periods-held", Fen(look.held).to_string()),
            fact("periods-funds", Fen(look.funds).to_string()),
        ];
        let against = rules::against(&look);
        if against.is_empty() {
            items.push(fact("periods-checks", cx.t.say("periods-ready")));
        }
        for against in against {
            let label = if against.blocks() { "periods-refused" } else { "periods-warning" };
            items.push(fact(label, refusal(period.month, &against).notice(cx.t).text));
        }
        parts.push(Part::Facts(Facts { heading: cx.t.say("periods-heading-checks"), items }));
    }
    Ok(parts)
}

/// What waits: the oldest month that is over and open, a month one of the two would open again.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.associations().is_empty() {
        return Ok(Vec::new());
    }
    let post = |id: &str| cx.catalog.post_name(id, cx.t.lang());
    let duty = |press, period: &Period, id: &str, who: String| Duty {
        press,
        day: None,
        reference: period.month.name(),
        list: String::new(),
        what: cx.t.with(id, &[("ref", period.month.name())]),
        when: String::new(),
        who,
        ..Duty::default()
    };
    let mut duties = Vec::new();
    for period in records::half_open(cx.db)? {
        let other = if period.secretary.is_empty() { "secretary" } else { "accountant" };
        duties.push(duty(Press::Today, &period, "periods-duty-reopen", post(other)));
    }
    let over = |period: &&Period| period.month.last() < cx.now.date();
    if let Some(period) = records::open(cx.db)?.iter().find(over) {
        duties.push(duty(Press::Week, period, "periods-duty-close", post("accountant")));
    }
    duties.truncate(limit);
    Ok(duties)
}
