//! The forms about someone who works here: what is proposed, what follows from what is typed, what is wrong with it. Writes
//! nothing.

use crate::desk::form::FormState;
use crate::desk::refusal::{ALREADY, Refusal};
use crate::desk::subject::Cx;
use crate::subjects::keep;
use crate::values::resident_id;

use super::fields::RECORD;
use super::{plan_of_day, records, rules, spell};

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &str, id: Option<i64>, form: &mut FormState) -> Result<(), Refusal> {
    match (action, id) {
        ("register", _) => {
            if let [own] = cx.who.associations().as_slice() {
                form.propose("org", *own);
            }
            form.propose("joined_on", cx.now.date().to_string());
        }
        ("edit", Some(id)) => keep::present(cx, &RECORD, id, form)?,
        ("hours", _) => super::certificate::start(cx, form),
        ("depart", _) => form.propose("left_on", cx.now.date().to_string()),
        ("account", Some(id)) => {
            let who = records::must_find(cx.db, id)?;
            form.propose("account", account_proposed(cx, &who)?);
        }
        _ => {}
    }
    Ok(())
}

/// The account a person has, or that of their name which is nobody's yet.
fn account_proposed(cx: &Cx<'_>, who: &records::Person) -> Result<String, Refusal> {
    if let Some((name, _)) = records::account(cx.db, &who.code)? {
        return Ok(name);
    }
    let free = records::account_of(cx.db, &who.name)?.is_some_and(|person| person.is_empty());
    Ok(if free { who.name.clone() } else { String::new() })
}

/// Answers to an edit. Nothing here may stop a form: what cannot be read now is read at saving.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    drop(answer(cx, form, changed));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("staff-") || problem.code == ALREADY);
    }
    match form.action {
        "skill" => return skill(cx, form, changed),
        "account" => return account(cx, form),
        _ => {}
    }
    from_resident_id(cx, form)?;
    let typed = form.text("availability").trim().to_owned();
    if !typed.is_empty() {
        match rules::pattern(&typed, plan_of_day(cx)) {
            Some(pattern) => form.echo("availability", spell(cx, &pattern)),
            None => {
                form.echo("availability", "");
                form.fail("availability", Refusal::rule("staff-availability").with("text", typed));
            }
        }
    }
    let kind = keep::plain(&form.value("kind"));
    if form.slot("volunteer_no").is_some() {
        let paid = matches!(kind.as_str(), "专职" | "兼职" | "助残社工" | "专业服务人员" | "专职委员");
        form.show(
            "volunteer_no",
            kind.is_empty() || kind == "志愿者" || !form.text("volunteer_no").is_empty(),
        );
        form.show("channel", kind.is_empty() || paid || !form.text("channel").is_empty());
    }
    let code = form.text("code").trim().to_uppercase();
    if !code.is_empty()
        && form.target.is_none()
        && let Some(other) = records::by_code(cx.db, &code)?
    {
        form.fail("code", known(form, "staff-code-taken", "code", other));
    }
    let (joined, left) = (keep::day_in(form, "joined_on"), keep::day_in(form, "left_on"));
    if let (Some(joined), Some(left)) = (joined, left)
        && left < joined
    {
        form.fail("left_on", Refusal::rule("staff-left-before").field("left_on"));
    }
    Ok(())
}

/// The refusal that somebody is here already; a row of a table is then passed over.
fn known(form: &FormState, code: &'static str, field: &'static str, who: records::Person) -> Refusal {
    match form.action {
        "import" => Refusal::rule(ALREADY).field(field).with("ref", who.code),
        _ => Refusal::rule(code).field(field).with("code", who.code).with("name", who.name),
    }
}

/// A resident ID says birthday and sex, and belongs to one person.
fn from_resident_id(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let number = keep::plain(&form.value("resident_id"));
    if number.is_empty() {
        return Ok(());
    }
    if let Ok(parsed) = resident_id::parse(&number, cx.now.date()) {
        form.propose("birth", parsed.birth.to_string());
        form.propose("sex", parsed.sex.name());
    }
    if let Some(other) = records::by_resident_id(cx.db, &number)?.filter(|o| Some(o.id) != form.target) {
        form.fail("resident_id", known(form, "staff-known", "resident_id", other));
    }
    Ok(())
}

/// What is known of a skill is shown when it is named.
fn skill(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    let Some(id) = form.target else { return Ok(()) };
    let named = keep::plain(&form.value("skill"));
    if changed == "skill" {
        let all = records::skills_of(cx.db, id)?;
        let known = all.into_iter().find(|s| s.skill == named).unwrap_or_default();
        let day = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        form.propose("level", known.level);
        form.propose("certificate", known.certificate);
        form.propose("issued_on", day(known.issued));
        form.propose("expires_on", day(known.expires));
    }
    let (issued, expires) = (keep::day_in(form, "issued_on"), keep::day_in(form, "expires_on"));
    if let (Some(issued), Some(expires)) = (issued, expires)
        && expires < issued
    {
        form.fail("expires_on", Refusal::rule("staff-expires-before").field("expires_on"));
    }
    Ok(())
}

/// An account belongs to one person.
fn account(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let name = form.text("account").trim().to_owned();
    let Some(id) = form.target.filter(|_| !name.is_empty()) else { return Ok(()) };
    let who = records::must_find(cx.db, id)?;
    let problem = match records::account_of(cx.db, &name)? {
        None => Refusal::rule("staff-no-account").with("name", name),
        Some(person) if !person.is_empty() && person != who.code => {
            Refusal::rule("staff-account-taken").with("name", name).with("code", person)
        }
        Some(_) => return Ok(()),
    };
    form.fail("account", problem.field("account"));
    Ok(())
}
