//! What may be done with a month of the journal: close it, and open it again by two people, each by an act of their own
//! (SM-28). The audit row is the door's.

use crate::desk::action::{Action, Ask, Availability, Done, Input, Scope, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::{Tx, Value};
use crate::subjects::keep;
use crate::values::money::Fen;

use super::fields::{self as f, RECORD};
use super::records::{self, Period};
use super::rules::{self, Against, Month, NoConsent, Side};

const REASON: &[Input] = &[Input { field: &f::REASON, ask: Ask::IfEmpty }];

const fn action(name: &'static str, scope: Scope, posts: &'static [&'static str]) -> Action {
    Action { name, scope, posts, inputs: &[], confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { inputs: REASON, ..action("close", Scope::Record, &["accountant"]) },
    Action { inputs: REASON, ..action("reopen", Scope::Record, &["secretary", "accountant"]) },
    Action { main: false, ..action("begin", Scope::Subject, &["accountant", "cashier"]) },
];

/// What stands against closing a month, as a sentence's code and values.
pub(crate) fn refusal(month: Month, against: &Against) -> Refusal {
    let code = match against {
        Against::BeforeOpen => "periods-before-open",
        Against::NotOver => "periods-not-over",
        Against::Unposted(_) => "periods-unposted",
        Against::Differs(_) => "periods-differs",
        Against::Uncounted => "periods-uncounted",
        Against::Unreconciled(_) => "periods-unreconciled",
    };
    let refusal = Refusal::rule(code).with("ref", month.name());
    match against {
        Against::BeforeOpen => refusal.with("before", month.before().name()),
        Against::NotOver => refusal.with("on", month.last().to_string()),
        Against::Unposted(n) => refusal.with("n", n.to_string()),
        Against::Differs(fen) => refusal.with("fen", Fen(*fen).to_string()),
        Against::Uncounted => refusal,
        Against::Unreconciled(books) => refusal.with("books", books.join(" ")),
    }
}

/// Whether an action applies to this month now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return begin(cx) };
    let period = records::must_find(cx.db, id)?;
    let no = |code: &'static str| Refusal::rule(code).with("ref", period.month.name());
    match (action.name, period.closed) {
        ("close", true) => Err(no("periods-closed")),
        ("close", false) => {
            let look = records::look(cx.db, period.month, cx.now.date())?;
            let first = rules::against(&look).into_iter().find(Against::blocks);
            first.map_or(Ok(()), |against| Err(refusal(period.month, &against)))
        }
        (_, false) => Err(no("periods-open")),
        (_, true) => {
            let next = records::find(cx.db, period.month.next())?;
            if next.is_some_and(|next| next.closed) {
                return Err(no("periods-next-closed").with("next", period.month.next().name()));
            }
            side(cx, &period).map(|_| ())
        }
    }
}

fn begin(cx: &Cx<'_>) -> Availability {
    let month = Month::of(cx.now.date());
    if records::first(cx.db)?.is_none() {
        return Err(Refusal::rule("periods-no-book"));
    }
    match records::find(cx.db, month)? {
        Some(_) => Err(Refusal::rule("periods-all-there").with("ref", month.name())),
        None => Ok(()),
    }
}

/// For which of the two the person at the desk consents to opening a month.
fn side(cx: &Cx<'_>, period: &Period) -> Result<Side, Refusal> {
    let holds = |post: &str| cx.who.holds(&[post]);
    let given = [period.secretary.as_str(), period.accountant.as_str()];
    rules::consents_as(&cx.who.name, holds("secretary"), holds("accountant"), given).map_err(|why| {
        let other = if period.secretary.is_empty() { "secretary" } else { "accountant" };
        let code = match why {
            NoConsent::Already => "periods-consented",
            NoConsent::Post => "periods-other-post",
        };
        Refusal::rule(code)
            .of(Kind::Permission)
            .with("ref", period.month.name())
            .with("post", cx.catalog.post_name(other, cx.t.lang()))
    })
}

/// Fills a form that was just opened: the checks, and whether a reason is due.
pub(crate) fn start(
    cx: &Cx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &mut FormState,
) -> Result<(), Refusal> {
    let Some(id) = id else { return Ok(()) };
    let due = match action.name {
        "close" => {
            let month = records::must_find(cx.db, id)?.month;
            !rules::against(&records::look(cx.db, month, cx.now.date())?).is_empty()
        }
        _ => true,
    };
    form.require("reason", due);
    form.ask("reason", if due { Ask::IfEmpty } else { Ask::OnRequest });
    Ok(())
}

/// What stands against closing, and the sums, beside the form.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    let Some(period) = form.target.and_then(|id| records::must_find(cx.db, id).ok()) else { return };
    if form.action == "close"
        && let Ok(look) = records::look(cx.db, period.month, cx.now.date())
    {
        form.find(cx.t.say("periods-held"), Fen(look.held).to_string());
        form.find(cx.t.say("periods-funds"), Fen(look.funds).to_string());
        for against in rules::against(&look) {
            form.find(cx.t.say("periods-warning"), refusal(period.month, &against).notice(cx.t).text);
        }
    }
    if form.action == "reopen" {
        for (id, name) in
            [("periods-reopen_secretary", period.secretary), ("periods-reopen_accountant", period.accountant)]
        {
            let said = if name.is_empty() { cx.t.say("periods-waiting") } else { name };
            form.find(cx.t.say(id), said);
        }
    }
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else {
        let id =
            records::ensure(tx, Month::of(cx.now.date()))?.ok_or_else(|| Refusal::rule("periods-no-book"))?;
        let reference = keep::reference(cx, &RECORD, id)?;
        return Ok(Done { id, reference, args: Vec::new(), undo: Undo::No("periods-begin"), open: false });
    };
    let period = records::must_find(cx.db, id)?;
    let done = |undo: Undo, text: &str| Done {
        id,
        reference: period.month.name(),
        args: vec![("text", text.to_owned())],
        undo,
        open: false,
    };
    if action.name == "close" {
        let look = records::look(cx.db, period.month, cx.now.date())?;
        let against = rules::against(&look);
        if let Some(first) = against.iter().find(|against| against.blocks()) {
            return Err(refusal(period.month, first));
        }
        if let Some(first) = against.first().filter(|_| form.text("reason").trim().is_empty()) {
            return Err(refusal(period.month, first).field("reason"));
        }
        let columns = records::closed(&look, cx.now.date(), &cx.who.name, form.text("reason"));
        keep::update(tx, &RECORD, id, form.version, &columns)?;
        records::ensure(tx, Month::of(cx.now.date()))?;
        return Ok(done(Undo::No("periods-close"), &Fen(look.held).to_string()));
    }
    let side = side(cx, &period)?;
    let column = match side {
        Side::Secretary => "reopen_secretary",
        Side::Accountant => "reopen_accountant",
    };
    let mut columns = vec![(column, keep::text(&cx.who.name))];
    if !period.half_open() {
        columns.push(("reopen_reason", keep::text(form.text("reason"))));
        keep::update(tx, &RECORD, id, form.version, &columns)?;
        return Ok(done(Undo::Fields, &cx.t.say("periods-half-open")));
    }
    columns.extend([("status", keep::text("开放")), ("closed_on", Value::Null), ("closed_by", Value::Null)]);
    keep::update(tx, &RECORD, id, form.version, &columns)?;
    Ok(done(Undo::No("periods-reopen"), &cx.t.say("periods-now-open")))
}
