//! What a person's form makes of what is typed into it: a certificate says the ID, the birthday, the sex, the category
//! and the level, and finds the person if the office knows them. Writes nothing.

use chrono::NaiveDate;

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::keep;
use crate::values::certificate::{self, ParsedCertificate};
use crate::values::resident_id::{self, ParsedId};

use super::fields::NO_CONSENT;
use super::records::{self, By};
use super::rules;

/// Proposes what a new file usually has.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState) {
    form.propose("legal_basis", "同意");
    form.propose("cert_status", "未持证");
    if form.action == "import" {
        // Nobody is here to be asked: a table neither gives consent nor has been checked with the person.
        form.propose("consent", NO_CONSENT);
    } else {
        form.propose("last_verified_on", cx.now.date().to_string());
        form.propose("consent", "口头");
        form.show("code", false);
    }
    arrange(cx, form);
}

/// Answers to a change.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    let today = cx.now.date();
    let typed = form.text("certificate").to_owned();
    let card = certificate::parse(&typed, today).ok();
    if let Some(card) = &card {
        if changed == "certificate" {
            fill_from_certificate(form, card);
        }
        let said = describe(cx, &card.id, Some(card));
        form.echo("certificate", said);
    }
    let id = resident_id::parse(form.text("resident_id"), today).ok();
    if let Some(id) = &id {
        if changed == "resident_id" {
            form.fill("birth", id.birth.to_string());
            form.fill("sex", id.sex.name());
        }
        let said = describe(cx, id, None);
        form.echo("resident_id", said);
    }
    if let (Some(card), Some(id)) = (&card, &id)
        && card.id.normalised() != id.normalised()
    {
        // The ID may have been changed since the certificate was issued: worth saying, not worth refusing.
        form.find(cx.t.say("people-finding-check"), cx.t.say("people-finding-id-differs"));
    }
    let printed = keep::day_in(form, "cert_expiry");
    let years = u32::try_from(cx.catalog.rule("certificate_validity").value).unwrap_or(10);
    if let Some(end) = rules::expires(printed, keep::day_in(form, "cert_issued"), years) {
        form.propose("cert_expiry", end.to_string());
    }
    known_already(cx, form, card.as_ref(), id.as_ref());
    arrange(cx, form);
}

fn fill_from_certificate(form: &mut FormState, card: &ParsedCertificate) {
    form.fill("resident_id", card.id.normalised());
    form.fill("birth", card.id.birth.to_string());
    form.fill("sex", card.id.sex.name());
    form.fill("category", card.category.name());
    form.fill("level", card.level.name());
    form.fill("cert_status", "持证");
}

/// What a card says, in a few words: sex, age, category and level.
pub(crate) fn describe(cx: &Cx<'_>, id: &ParsedId, card: Option<&ParsedCertificate>) -> String {
    let age = rules::age(id.birth, cx.now.date()).to_string();
    let sex = super::said(cx, &super::fields::SEX, id.sex.name());
    let kind = card.map(|card| {
        let category = super::said(cx, &super::fields::CATEGORY, card.category.name());
        let level = super::said(cx, &super::fields::LEVEL, card.level.name());
        cx.t.with("people-kind", &[("category", category), ("level", level)])
    });
    let args = [("sex", sex), ("age", age), ("kind", kind.unwrap_or_default())];
    cx.t.with("people-card", &args).trim().to_owned()
}

/// One file a person: whoever has this number already is named, and the form does not go on.
fn known_already(cx: &Cx<'_>, form: &mut FormState, card: Option<&ParsedCertificate>, id: Option<&ParsedId>) {
    let mut found = Vec::new();
    if let Some(card) = card {
        found.push(("certificate", By::Certificate(card.number.as_str())));
        found.push(("certificate", By::ResidentId(card.id.normalised())));
    }
    if let Some(id) = id {
        found.push(("resident_id", By::ResidentId(id.normalised())));
    }
    for (field, by) in found {
        let ids = records::known(cx.db, by).unwrap_or_default();
        let other = ids.into_iter().find(|id| Some(*id) != form.target);
        let Some(Ok(Some(other))) = other.map(|id| records::find(cx.db, id)) else { continue };
        form.find(cx.t.say("people-finding-known"), super::pages::brief(cx, &other));
        if form.slot(field).is_some_and(|slot| slot.passed) {
            form.fail(field, Refusal::rule("people-known").field(field).with("ref", other.code));
        }
        return;
    }
}

/// Which fields matter for this person.
fn arrange(cx: &Cx<'_>, form: &mut FormState) {
    let category = keep::plain(&form.value("category"));
    form.show("components", category == rules::MULTIPLE);
    form.show("autism_flag", category == "精神" || category == "智力" || category.is_empty());
    let birth: Option<NaiveDate> = keep::day_in(form, "birth").or_else(|| kept_birth(cx, form));
    let minor = birth.is_some_and(|birth| rules::minor(birth, cx.now.date()));
    let has_guardian = form
        .target
        .and_then(|id| records::find(cx.db, id).ok().flatten())
        .is_some_and(|who| !who.guardian.is_empty());
    form.require("guardian_name", minor && !has_guardian);
    form.require("guardian_phone", minor && !has_guardian);
    form.require("guardian_relation", minor);
    if minor && form.action == "register" {
        form.propose("consent", "监护人签字");
    }
}

fn kept_birth(cx: &Cx<'_>, form: &FormState) -> Option<NaiveDate> {
    form.target.and_then(|id| records::find(cx.db, id).ok().flatten()).and_then(|who| who.birth)
}
