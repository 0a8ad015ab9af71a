//! The one door to the data: an action is checked, permitted and applied in one transaction together with its audit row
//! and its search keys. It knows no action by name; what an action does is its subject's.

use rusqlite::types::Value;

use crate::store::audit::{self, AuditEntry, Change};
use crate::store::redact::MARK;
use crate::store::search::BulkIndex;
use crate::store::{StoreError, Tx};

use super::action::{Action, Availability, Done, Made, Scope, Undo};
use super::field::{Kind, Record};
use super::form::FormState;
use super::office::Office;
use super::records;
use super::refusal::Refusal;
use super::subject::{Cx, Subject};

/// One step of a person's work, as undo knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The subject's name.
    pub subject: &'static str,
    /// The action's label, for saying what was taken back.
    pub label: String,
    /// What was done to each record: record, its reference, number of its audit row, how it is taken back.
    pub parts: Vec<StepPart>,
}

/// What a step did to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepPart {
    /// The subject of the record, which may be another than the step's.
    pub subject: &'static str,
    /// The record.
    pub id: i64,
    /// Its reference.
    pub reference: String,
    /// Number of the audit row.
    pub seq: i64,
    /// How it is taken back.
    pub undo: Undo,
}

/// The action of this name.
pub(crate) fn action(subject: &dyn Subject, name: &str) -> Option<&'static Action> {
    subject.actions().iter().find(|a| a.name == name)
}

/// Whether a person may do an action to a record now.
///
/// # Errors
/// Says who could, or why not and what to do instead.
pub(crate) fn check(cx: &Cx<'_>, subject: &dyn Subject, action: &Action, id: Option<i64>) -> Availability {
    if cx.who.id == 0 {
        return Err(Refusal::rule("sign-in-first").of(super::refusal::Kind::Permission));
    }
    cx.who.must_hold(action.posts, cx.catalog, cx.t)?;
    match (action.scope, id) {
        (Scope::Subject, _) => subject.available(cx, action, None),
        (_, None) => Err(Refusal::rule("no-record")),
        (_, Some(_)) => subject.available(cx, action, id),
    }
}

/// The same of many actions on one record, one answer each.
pub(crate) fn check_each(
    cx: &Cx<'_>,
    subject: &dyn Subject,
    actions: &[&Action],
    id: i64,
) -> Vec<Availability> {
    let permitted = |action: &&Action| match cx.who.id {
        0 => Err(Refusal::rule("sign-in-first").of(super::refusal::Kind::Permission)),
        _ => cx.who.must_hold(action.posts, cx.catalog, cx.t),
    };
    let applies = subject.available_each(cx, actions, id);
    actions.iter().zip(applies).map(|(action, applies)| permitted(action).and(applies)).collect()
}

/// Carries an action out inside an open transaction: what a subject uses to change another subject's records.
///
/// # Errors
/// What the action refuses; the caller's transaction must then end without commit.
pub(crate) fn within(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    subject: &dyn Subject,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<(Done, i64), Refusal> {
    let about = match id {
        Some(id) => Some(id),
        None => subject.found_target(cx, action, form)?,
    };
    let before = about.map(|id| records::load(cx, subject.record(), id)).transpose()?.flatten();
    let done = subject.apply(cx, tx, action, id, form)?;
    let reason = form.text("reason");
    let seq = note(cx, tx, subject, done.id, &done.reference, action.name, before.as_ref(), reason)?;
    Ok((done, seq))
}

/// The same for one of very many new records: its search keys are filed with the others' at the end.
///
/// # Errors
/// As [`within`].
pub(crate) fn within_bulk(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    subject: &dyn Subject,
    action: &Action,
    form: &FormState,
    bulk: &mut BulkIndex<'_>,
) -> Result<Done, Refusal> {
    let done = subject.apply(cx, tx, action, None, form)?;
    write_audit(cx, tx, subject, done.id, &done.reference, action.name, None, form.text("reason"))?;
    let sources = records::sources(cx, subject, done.id)?;
    bulk.add(done.id, &records::keys(&sources))?;
    Ok(done)
}

/// Writes the audit row of a change that has just been made, and the record's search keys.
#[allow(clippy::too_many_arguments, reason = "the columns of an audit row")]
fn note(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    subject: &dyn Subject,
    id: i64,
    reference: &str,
    action: &str,
    before: Option<&records::Kept>,
    reason: &str,
) -> Result<i64, Refusal> {
    let seq = write_audit(cx, tx, subject, id, reference, action, before, reason)?;
    let sources = records::sources(cx, subject, id)?;
    tx.index(subject.name(), id, &records::keys(&sources))?;
    Ok(seq)
}

#[allow(clippy::too_many_arguments, reason = "the columns of an audit row")]
fn write_audit(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    subject: &dyn Subject,
    id: i64,
    reference: &str,
    action: &str,
    before: Option<&records::Kept>,
    reason: &str,
) -> Result<i64, Refusal> {
    let record = subject.record();
    let after = records::load(cx, record, id)?;
    let changes = records::differences(record, before, after.as_ref());
    let erases = subject.erases(action);
    let to_change = |(field, old, new): (&str, Option<String>, _)| {
        let old = if erases { old.map(|_| MARK.to_owned()) } else { old };
        Change { field: field.to_owned(), old, new }
    };
    let entry = AuditEntry {
        subject: subject.name().to_owned(),
        record_id: Some(id),
        reference: Some(reference.to_owned()),
        action: action.to_owned(),
        reason: Some(reason.to_owned()).filter(|r| !r.is_empty()),
        changes: changes.into_iter().map(to_change).collect(),
    };
    Ok(tx.audit(&entry)?)
}

/// Writes the audit row and the search keys of a record that another subject's action has just made here.
///
/// # Errors
/// When the file cannot be read or written.
pub(crate) fn made(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    subject: &dyn Subject,
    id: i64,
    reference: &str,
    action: &str,
) -> Result<(), Refusal> {
    note(cx, tx, subject, id, reference, action, None, "").map(drop)
}

/// Files a record anew under what it is found by, after a change that is no step of its own.
///
/// # Errors
/// When the file cannot be read or written.
pub(crate) fn index(cx: &Cx<'_>, tx: &Tx<'_>, subject: &dyn Subject, id: i64) -> Result<(), Refusal> {
    let sources = records::sources(cx, subject, id)?;
    Ok(tx.index(subject.name(), id, &records::keys(&sources))?)
}

/// Changes a record of another subject as part of an action, with an audit row and search keys of its own: `what` is its id
/// and reference, `action` names what happened to it.
///
/// # Errors
/// What `change` refuses; or when the file cannot be read or written.
pub(crate) fn alongside(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    subject: &dyn Subject,
    what: (i64, &str),
    action: &str,
    change: impl FnOnce() -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let before = records::load(cx, subject.record(), what.0)?;
    change()?;
    note(cx, tx, subject, what.0, what.1, action, before.as_ref(), "").map(drop)
}

/// Carries an action out, once for each target of the form, all or nothing.
///
/// # Errors
/// What was refused; then nothing was written and the draft is still there.
pub(crate) fn perform(
    office: &Office,
    subject: &'static dyn Subject,
    action: &'static Action,
    form: &FormState,
) -> Result<(Vec<Done>, Step), Refusal> {
    let mut targets: Vec<Option<i64>> = vec![form.target];
    targets.extend(form.others.iter().copied().filter(|id| Some(*id) != form.target).map(Some));
    office.store.write(&office.stamp(), |tx| {
        // What the person may do is what the file says now, whenever they signed in.
        let who = super::signing::present(&Cx { db: tx.conn(), ..office.cx() })?;
        let cx = Cx { db: tx.conn(), who: &who, ..office.cx() };
        let mut all = Vec::new();
        let mut parts = Vec::new();
        for target in &targets {
            check(&cx, subject, action, *target)?;
            let (done, seq) = within(&cx, tx, subject, action, *target, form)?;
            parts.push(part(subject.name(), &done, seq));
            all.push(done);
        }
        if form.draft != 0 {
            tx.delete_draft(form.draft)?;
        }
        let label = office.locale.say(&format!("{}-do-{}", subject.name(), action.name));
        Ok((all, Step { subject: subject.name(), label, parts }))
    })
}

/// What is taken back of what was done: the change of the record, or the record of another subject that it made.
fn part(subject: &'static str, done: &Done, seq: i64) -> StepPart {
    match &done.undo {
        Undo::Made(Made { subject, id, reference, seq }) => {
            StepPart { subject, id: *id, reference: reference.clone(), seq: *seq, undo: Undo::Withdraw }
        }
        undo => StepPart { subject, id: done.id, reference: done.reference.clone(), seq, undo: undo.clone() },
    }
}

/// Takes a step back; the answer is the step that does it again.
///
/// # Errors
/// When it cannot be taken back, or someone has changed the record since.
pub(crate) fn revert(office: &Office, step: &Step) -> Result<Step, Refusal> {
    office.store.write(&office.stamp(), |tx| {
        let who = super::signing::present(&Cx { db: tx.conn(), ..office.cx() })?;
        let cx = Cx { db: tx.conn(), who: &who, ..office.cx() };
        let mut parts = Vec::new();
        for part in step.parts.iter().rev() {
            let subject = office.subject(part.subject);
            let subject = subject.ok_or_else(|| Refusal::rule("not-found").with("text", part.subject))?;
            let before = records::load(&cx, subject.record(), part.id)?;
            match &part.undo {
                Undo::No(reason) => {
                    let why = office.locale.say(&format!("undo-{reason}"));
                    return Err(Refusal::rule("undo").with("what", &step.label).with("why", why));
                }
                Undo::Withdraw | Undo::Made(_) => subject.withdraw(&cx, tx, part.id)?,
                Undo::Fields => put_back(&cx, tx, subject, part, before.as_ref())?,
            }
            let seq = note(&cx, tx, subject, part.id, &part.reference, "undo", before.as_ref(), &step.label)?;
            parts.push(StepPart { seq, undo: Undo::Fields, ..part.clone() });
        }
        Ok(Step { parts, ..step.clone() })
    })
}

/// Puts the changed fields of a record back, unless someone has changed one of them since.
fn put_back(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    subject: &dyn Subject,
    part: &StepPart,
    now: Option<&records::Kept>,
) -> Result<(), Refusal> {
    let record = subject.record();
    let Some(kept) = now else {
        return Err(Refusal::rule("not-found").with("text", &part.reference));
    };
    let mut columns = Vec::new();
    for change in audit::changes_of(cx.db, part.seq)? {
        let Some((at, field)) = record.fields.iter().enumerate().find(|(_, f)| f.name == change.field) else {
            continue;
        };
        let present = kept.values.get(at).cloned().unwrap_or(Value::Null);
        if present != value_of(field.kind, change.new.as_deref()) {
            return Err(Refusal::rule("undo-changed").with("ref", &part.reference));
        }
        columns.push((field.name, value_of(field.kind, change.old.as_deref())));
    }
    tx.update_versioned(record.table, part.id, kept.version, &columns).map_err(|error| match error {
        // The file's guards say no to what they had let pass before: something it depends on is otherwise now.
        StoreError::Constraint { .. } => Refusal::rule("undo-changed").with("ref", &part.reference),
        other => other.into(),
    })?;
    subject.restored(cx, tx, part.id)
}

/// A value of the audit row as the table keeps it.
pub(crate) fn value_of(kind: Kind, text: Option<&str>) -> Value {
    let Some(text) = text else { return Value::Null };
    match kind {
        Kind::Integer | Kind::Money | Kind::Flag | Kind::Ref(_) => {
            text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Integer)
        }
        _ => Value::Text(text.to_owned()),
    }
}

/// Which fields of a record someone else changed while it lay in a form, with both texts: shown, never overwritten
/// unseen.
pub(crate) fn conflicts(
    cx: &Cx<'_>,
    record: &Record,
    form: &FormState,
    opened: &records::Kept,
) -> Vec<String> {
    let Some(id) = form.target else { return Vec::new() };
    let Ok(Some(now)) = records::load(cx, record, id) else { return Vec::new() };
    let mut said = Vec::new();
    for ((field, old), new) in record.fields.iter().zip(&opened.values).zip(&now.values) {
        if old != new {
            let label = cx.t.say(&format!("{}-{}", form.subject, field.name));
            // What is masked on every page is masked here too; what was typed here is the typist's own.
            let theirs = super::reading::show_masked(field, new, cx);
            let ours = form.text(field.name);
            let args = [("field", label), ("theirs", theirs), ("ours", ours.to_owned())];
            said.push(cx.t.with("conflict-field", &args));
        }
    }
    said
}
