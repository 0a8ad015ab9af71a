//! Cases that are petitions (RULES §4.7): by when the person must be told that it was accepted, how far the due day may be
//! put off, and whom it waits for meanwhile. Which cases they are the catalogue says, by their channel.

use chrono::{Days, NaiveDate};
use rusqlite::types::Value;

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press, Where};
use crate::subjects::keep;
use crate::values::dates;

use super::lists;
use super::records::{self, Case};

fn after(cx: &Cx<'_>, received: NaiveDate, rules: &[&str]) -> NaiveDate {
    let days: i64 = rules.iter().map(|rule| cx.catalog.rule(rule).value).sum();
    received + Days::new(days.unsigned_abs())
}

/// The day by which the person must have been told that it was accepted.
pub(crate) fn accept_by(cx: &Cx<'_>, received: NaiveDate) -> NaiveDate {
    after(cx, received, &["petition_accept"])
}

/// Says in the form of intake what a petition asks of the office.
pub(crate) fn find(cx: &Cx<'_>, form: &mut FormState) {
    if cx.catalog.petition(&keep::plain(&form.value("channel"))) {
        let day = dates::short_day(accept_by(cx, cx.now.date()), cx.now.date(), cx.t.lang());
        form.find(cx.t.say("cases-finding-petition"), cx.t.with("cases-petition-accept", &[("day", day)]));
    }
}

/// Refuses a due day beyond the longest extension.
pub(crate) fn extendable(cx: &Cx<'_>, case: &Case, due: Option<NaiveDate>) -> Result<(), Refusal> {
    let (Some(received), true) = (case.received_on(), cx.catalog.petition(&case.channel)) else {
        return Ok(());
    };
    let latest = after(cx, received, &["petition_finish", "petition_extension"]);
    match due.filter(|due| *due > latest) {
        None => Ok(()),
        Some(_) => {
            let day = dates::spell_day(latest, cx.t.lang());
            Err(Refusal::rule("cases-petition-extend").field("due").with("ref", &case.no).with("day", day))
        }
    }
}

/// Petitions that nobody has accepted yet and that soon must be.
pub(crate) fn duties(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let soon = today + Days::new(cx.catalog.rule("case_due_soon").value.unsigned_abs());
    let channels = cx.catalog.words("channels").iter().filter(|word| cx.catalog.petition(&word.kept));
    let channels: Vec<Value> = channels.map(|word| Value::Text(word.kept.clone())).collect();
    let marks = vec!["?"; channels.len()].join(", ");
    let mut waiting = Where {
        // Petitions are few: they are looked for by their channel among what is open, not among all that waits.
        sql: format!(
            "open = 1 AND channel IN ({marks}) AND +status IN ('已登记', '已分类', '待分流', '已分流')"
        ),
        values: channels,
    };
    let scope = lists::scope(cx);
    if !scope.sql.is_empty() {
        waiting.sql = format!("{} AND ({})", waiting.sql, scope.sql);
        waiting.values.extend(scope.values);
    }
    let values = rusqlite::params_from_iter(waiting.values);
    let mut duties = Vec::new();
    for case in records::select(cx.db, &waiting.sql, "+due, id", limit, values)? {
        let Some(by) = case.received_on().map(|received| accept_by(cx, received)) else { continue };
        let press = match by {
            by if by < today => Press::Overdue,
            by if by == today => Press::Today,
            by if by <= soon => Press::Week,
            _ => continue,
        };
        duties.push(duty(cx, press, by, &case)?);
    }
    Ok(duties)
}

fn duty(cx: &Cx<'_>, press: Press, by: NaiveDate, case: &Case) -> Result<Duty, Refusal> {
    let usual = super::pages::duty(cx, press, case)?;
    let when = cx.t.with("cases-petition-by", &[("day", keep::short_day(by))]);
    Ok(Duty { day: Some(by), when, ..usual })
}
