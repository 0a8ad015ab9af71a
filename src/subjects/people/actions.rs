//! What may be done with a person's file: register, edit, consents, verify, look at it whole, join households, void.
//! The audit row and the search keys are the door's.

use rusqlite::params;

use crate::desk::action::{Action, Ask, Availability, Done, Input, Scope, Undo};
use crate::desk::field::Field;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::{DESK, KEEPERS, keep, routing_table};

use super::fields::{self as f, RECORD};
use super::{erasing, own_data, records};

/// The scope that intake and routing need.
pub(crate) const INTAKE_SCOPE: &str = "受理与转办";

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const REGISTER: &[Input] = &[
    ask(&f::CERTIFICATE),
    ask(&f::NAME),
    ask(&f::RESIDENT_ID),
    ask(&f::CATEGORY),
    keep_back(&f::LEVEL),
    ask(&f::COMPONENTS),
    keep_back(&f::AUTISM),
    keep_back(&f::SEX),
    keep_back(&f::BIRTH),
    ask(&f::PHONE),
    ask(&f::COMMUNITY),
    keep_back(&f::TOWNSHIP),
    keep_back(&f::ADDRESS),
    keep_back(&f::DIVISION),
    keep_back(&f::GUARDIAN_NAME),
    keep_back(&f::GUARDIAN_RELATION),
    keep_back(&f::GUARDIAN_PHONE),
    keep_back(&f::CERT_STATUS),
    keep_back(&f::CERT_ISSUED),
    keep_back(&f::CERT_EXPIRY),
    keep_back(&f::COMMUNICATION),
    keep_back(&f::HARDSHIP),
    keep_back(&f::WISHES),
    keep_back(&f::VERIFIED),
    keep_back(&f::LEGAL_BASIS),
    keep_back(&f::CONSENT),
    keep_back(&f::NOTE),
    keep_back(&f::CODE),
];

const EDIT: &[Input] = &[
    keep_back(&f::NAME),
    keep_back(&f::CERTIFICATE),
    keep_back(&f::RESIDENT_ID),
    keep_back(&f::SEX),
    keep_back(&f::BIRTH),
    keep_back(&f::CATEGORY),
    keep_back(&f::LEVEL),
    keep_back(&f::COMPONENTS),
    keep_back(&f::AUTISM),
    keep_back(&f::PHONE),
    keep_back(&f::TOWNSHIP),
    keep_back(&f::COMMUNITY),
    keep_back(&f::ADDRESS),
    keep_back(&f::DIVISION),
    keep_back(&f::GUARDIAN_NAME),
    keep_back(&f::GUARDIAN_RELATION),
    keep_back(&f::GUARDIAN_PHONE),
    keep_back(&f::CERT_STATUS),
    keep_back(&f::CERT_ISSUED),
    keep_back(&f::CERT_EXPIRY),
    keep_back(&f::COMMUNICATION),
    keep_back(&f::HARDSHIP),
    keep_back(&f::WISHES),
    keep_back(&f::LEGAL_BASIS),
    keep_back(&f::NOTE),
];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: DESK, inputs, confirm: false, main: false, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { main: true, ..action("register", Scope::Subject, REGISTER) },
    Action { posts: KEEPERS, ..action("import", Scope::Subject, REGISTER) },
    Action { main: true, ..action("edit", Scope::Record, EDIT) },
    Action {
        main: true,
        ..action(
            "consent",
            Scope::Record,
            &[
                keep_back(&f::SCOPE),
                ask(&f::METHOD),
                keep_back(&f::GIVEN_BY),
                keep_back(&f::GIVEN_ON),
                keep_back(&f::PURPOSE),
            ],
        )
    },
    action("withdraw-consent", Scope::Record, &[ask(&f::SCOPE), keep_back(&f::GIVEN_ON)]),
    Action { main: true, ..action("verify", Scope::Many, &[]) },
    Action { posts: &[], ..action("reveal", Scope::Record, &[ask(&f::REASON)]) },
    action("link-household", Scope::Record, &[ask(&f::MEMBER)]),
    Action { posts: KEEPERS, ..action("void", Scope::Record, &[ask(&f::REASON)]) },
    Action {
        posts: own_data::HANDERS,
        ..action("own-data", Scope::Record, &[ask(&f::REASON), keep_back(&own_data::FORMAT)])
    },
    Action { posts: KEEPERS, ..action("ask-erase", Scope::Many, &[ask(&f::REASON)]) },
    Action { posts: erasing::ERASERS, confirm: true, ..action("erase", Scope::Many, &[]) },
    Action { posts: KEEPERS, ..action("keep-on", Scope::Many, &[ask(&f::REASON)]) },
];

/// What may also be done to a file that is void.
const AT_THE_END: &[&str] = &["own-data", "ask-erase", "erase", "keep-on"];

/// Whether an action applies to this file now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    let who = records::must_find(cx.db, id)?;
    if AT_THE_END.contains(&action.name) {
        return erasing::available(cx, action.name, &who);
    }
    if who.voided {
        return Err(Refusal::rule("people-voided").with("ref", who.code));
    }
    match action.name {
        "withdraw-consent" if !records::consents(cx.db, id)?.iter().any(|c| c.withdrawn_on.is_empty()) => {
            Err(Refusal::rule("people-no-consent").with("ref", who.code))
        }
        "void" => match records::open_cases(cx.db, id, 100)?.len() {
            0 => Ok(()),
            n => Err(Refusal::rule("people-open-cases").with("ref", who.code).with("n", n.to_string())),
        },
        _ => Ok(()),
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(
    cx: &Cx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &mut FormState,
) -> Result<(), Refusal> {
    match (action.name, id) {
        ("register" | "import", _) => super::intake::start(cx, form),
        ("edit", Some(id)) => keep::present(cx, &RECORD, id, form)?,
        ("consent", Some(id)) => {
            let who = records::must_find(cx.db, id)?;
            let minor = who.birth.is_some_and(|birth| super::rules::minor(birth, cx.now.date()));
            form.propose("scope", INTAKE_SCOPE);
            form.propose("method", if minor { "监护人签字" } else { "口头" });
            form.propose("given_by", if minor { &who.guardian } else { &who.name });
            form.propose("given_on", cx.now.date().to_string());
            form.ask("method", Ask::Always);
        }
        ("withdraw-consent", Some(id)) => {
            let held = records::consents(cx.db, id)?.into_iter().find(|c| c.withdrawn_on.is_empty());
            form.propose("scope", held.map(|c| c.scope).unwrap_or_default());
            form.ask("scope", Ask::Always);
            form.propose("given_on", cx.now.date().to_string());
        }
        ("own-data", _) => form.propose("format", "txt"),
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
    let Some(id) = id else { return register(cx, tx, form) };
    let who = records::must_find(cx.db, id)?;
    let mut undo = Undo::Fields;
    let mut args = Vec::new();
    let today = cx.now.date();
    match action.name {
        "edit" => keep::update(tx, &RECORD, id, form.version, &keep::columns(&RECORD, form))?,
        "consent" => {
            let on = keep::day_in(form, "given_on").unwrap_or(today);
            let word = |name| keep::plain(&form.value(name));
            let (scope, method) = (word("scope"), word("method"));
            records::give(tx, id, &scope, form.text("purpose"), form.text("given_by"), on, &method)?;
            args.push(("scope", super::said(cx, &f::SCOPE, &scope)));
            undo = Undo::No("people-consent");
        }
        "withdraw-consent" => {
            let scope = keep::plain(&form.value("scope"));
            let on = keep::day_in(form, "given_on").unwrap_or(today);
            let sql = "UPDATE consent SET withdrawn_on = max(?3, given_on), version = version + 1, updated_at = ?4, \
                       updated_by = ?5 WHERE client_id = ?1 AND scope = ?2 AND withdrawn_on IS NULL";
            let stamp = tx.stamp();
            let n = tx.conn().execute(sql, params![id, scope, on.to_string(), stamp.at, stamp.operator])?;
            if n == 0 {
                return Err(Refusal::rule("people-no-consent").field("scope").with("ref", who.code));
            }
            args.push(("scope", super::said(cx, &f::SCOPE, &scope)));
            undo = Undo::No("people-consent");
        }
        "verify" => keep::update(tx, &RECORD, id, 0, &[("last_verified_on", keep::day(today))])?,
        "reveal" => {
            let reason = form.text("reason");
            for field in
                ["name", "resident_id", "certificate", "phone", "guardian_name", "guardian_phone", "address"]
            {
                tx.log_access("people", id, field, reason)?;
            }
            args = revealed(cx, id, &who)?;
            undo = Undo::No("people-seen");
        }
        "own-data" => {
            args = own_data::hand_out(cx, tx, id, form)?;
            undo = Undo::No("people-seen");
        }
        "ask-erase" => erasing::ask(cx, tx, id, form.text("reason"))?,
        "keep-on" => erasing::keep_on(tx, id)?,
        "erase" => {
            let count = erasing::erase(cx, tx, &who)?;
            args = erasing::told(cx, count);
            undo = Undo::No("people-erased");
        }
        "link-household" => link(cx, tx, &who, form)?,
        "void" => {
            let columns = [("voided_on", keep::day(today)), ("void_reason", keep::text(form.text("reason")))];
            keep::update(tx, &RECORD, id, form.version, &columns)?;
        }
        _ => {}
    }
    records::derive(tx, &routing_table(cx.catalog), id)?;
    if matches!(action.name, "consent" | "withdraw-consent") {
        erasing::follow_consent(cx, tx, id)?;
    }
    Ok(Done { id, reference: who.code, args, undo, open: false })
}

fn register(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let today = cx.now.date();
    let brought = form.text("code").trim().to_uppercase();
    let code = if brought.is_empty() { next_code(tx)? } else { brought };
    let mut columns = keep::columns(&RECORD, form);
    columns.push(("code", keep::text(&code)));
    let id = tx.insert("client", &columns)?;
    let method = keep::plain(&form.value("consent"));
    if !method.is_empty() && method != f::NO_CONSENT {
        let who = records::must_find(tx.conn(), id)?;
        let by =
            if method == "监护人签字" && !who.guardian.is_empty() { &who.guardian } else { &who.name };
        records::give(tx, id, INTAKE_SCOPE, "", by, today, &method)?;
    }
    records::derive(tx, &routing_table(cx.catalog), id)?;
    Ok(Done { id, reference: code, args: Vec::new(), undo: Undo::Withdraw, open: true })
}

/// The next free reference: numbers brought from elsewhere are stepped over.
fn next_code(tx: &Tx<'_>) -> Result<String, Refusal> {
    loop {
        let code = format!("C{:03}", tx.next_number("C", 0)?);
        let sql = "SELECT count(*) FROM client WHERE code = ?1";
        let taken: i64 = tx.conn().prepare_cached(sql)?.query_row([&code], |row| row.get(0))?;
        if taken == 0 {
            return Ok(code);
        }
    }
}

/// The two are of one household from now on; households that meet become one.
fn link(cx: &Cx<'_>, tx: &Tx<'_>, who: &records::Client, form: &FormState) -> Result<(), Refusal> {
    let other = form.number("member").unwrap_or(0);
    if other == who.id {
        return Err(Refusal::rule("people-same-person").field("member"));
    }
    let other = records::must_find(cx.db, other)?;
    let home = [&other.household, &who.household]
        .into_iter()
        .find(|code| !code.is_empty())
        .unwrap_or(&other.code)
        .clone();
    let mut joining = vec![who.id, other.id];
    joining.extend(records::household(cx.db, &who.household)?.into_iter().map(|c| c.id));
    joining.sort_unstable();
    joining.dedup();
    for id in joining {
        let present = records::must_find(tx.conn(), id)?.household;
        if present != home {
            keep::update(tx, &RECORD, id, 0, &[("household", keep::text(&home))])?;
        }
    }
    Ok(())
}

/// The protected values whole, for the one sentence that says them.
fn revealed(cx: &Cx<'_>, id: i64, who: &records::Client) -> Result<crate::desk::locale::Args, Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    let or_none = |text: &str| if text.is_empty() { cx.t.say("people-none") } else { text.to_owned() };
    let field = |name: &str| or_none(&keep::plain(keep::value(&RECORD, &kept, name)));
    Ok(vec![
        ("name", who.name.clone()),
        ("id", or_none(&who.resident_id)),
        ("cert", or_none(&who.certificate)),
        ("phone", or_none(&who.phone)),
        ("guardian", or_none(&who.guardian)),
        ("guardian_phone", field("guardian_phone")),
        ("address", field("address")),
    ])
}
