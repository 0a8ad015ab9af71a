//! Other people's lists of assets: an association named in full, a place by its name or one we do not have, a category or a
//! status in the words of another program. What has no field here is kept in the note, so that nothing is lost.

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::zones::records as zones;
use crate::values::text;

use super::intake;

/// Statuses as Snipe-IT exports them, by how they begin.
const STATUSES: &[(&str, &str)] = &[
    ("deployed", "在用"),
    ("ready to deploy", "闲置"),
    ("deployable", "闲置"),
    ("pending", "闲置"),
    ("requestable", "闲置"),
    ("out for repair", "维修"),
    ("out for diagnostics", "维修"),
    ("broken", "待报废"),
    ("undeployable", "维修"),
    ("lost", "盘亏"),
    ("stolen", "盘亏"),
    ("archived", "待报废"),
];

/// Puts what a row says into our words.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn understand(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let mut aside = Vec::new();
    for name in ["owner", "user"] {
        if let Some(code) = unread(form, name).and_then(|said| association(cx, &said)) {
            put(form, name, code);
        }
    }
    if let Some(said) = unread(form, "place") {
        match zones::by_name(cx.db, said.trim())? {
            Some(zone) => put(form, "place", zone.code),
            None => {
                aside.push((cx.t.say("assets-place"), said));
                put(form, "place", String::new());
            }
        }
    }
    if let Some(said) = unread(form, "status") {
        let plain = said.to_lowercase();
        if let Some((_, ours)) = STATUSES.iter().find(|(theirs, _)| plain.starts_with(theirs)) {
            put(form, "status", (*ours).to_owned());
        }
    }
    if let Some(said) = unread(form, "category") {
        aside.push((cx.t.say("assets-category"), said));
        put(form, "category", "其他".to_owned());
    }
    // Some programs leave the name empty where the model says it.
    if form.text("name").trim().is_empty() && !form.text("model").trim().is_empty() {
        let model = form.text("model").to_owned();
        put(form, "name", model);
    }
    for (label, said) in aside {
        let line = format!("{label}: {said}");
        let note = form.text("note").to_owned();
        if !note.contains(&line) {
            put(form, "note", if note.is_empty() { line } else { format!("{note}\n{line}") });
        }
    }
    intake::reread(cx, form);
    Ok(())
}

/// The text of a field that is written but not understood.
fn unread(form: &FormState, name: &str) -> Option<String> {
    let slot = form.slot(name)?;
    (slot.read.is_none() && !slot.text.trim().is_empty()).then(|| slot.text.clone())
}

fn put(form: &mut FormState, name: &str, text: String) {
    if let Some(slot) = form.slot_mut(name) {
        slot.text = text;
        slot.error = None;
    }
}

/// The association that a text names somewhere in it (`德清县肢残人协会`); none where it names none or several.
fn association(cx: &Cx<'_>, said: &str) -> Option<String> {
    let plain = text::half_width(said).to_lowercase();
    let named = |word: &str| !word.is_empty() && plain.contains(&word.to_lowercase());
    let all = cx.catalog.associations();
    let mut found = all.iter().filter(|a| named(&a.name) || named(&a.short) || named(&a.en));
    match (found.next(), found.next()) {
        (Some(one), None) => Some(one.code.clone()),
        _ => None,
    }
}
