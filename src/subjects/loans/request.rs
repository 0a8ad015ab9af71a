//! The form of a request and of the decision on one: what a typed line and the rules make of it, shown before anything is
//! written: which one goes out and why, who is in the way, what is unusual.

use chrono::NaiveDate;

use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::desk::view::Choice;
use crate::subjects::assets::records::{self as assets, Asset};
use crate::subjects::zones::fields::WARDENS;
use crate::subjects::{keep, org_name};
use crate::values::dates::{self, Bias, DateContext};

use super::item::{self, Item};
use super::plan::{self, Plan};
use super::records::{self, Loan};
use super::rules::Days;
use super::typed::{self, Line};

/// Reads a typed line.
fn line(cx: &Cx<'_>, text: &str) -> Line {
    let org = |(key, code, short): (String, String, String)| {
        let member = code != crate::catalog::SECRETARIAT;
        typed::Org { key, code, short, member }
    };
    let orgs: Vec<typed::Org> = crate::subjects::org_names(cx.catalog).into_iter().map(org).collect();
    typed::read(text, &orgs, &DateContext::new(cx.now, Bias::Planning, cx.catalog.calendar()))
}

/// Fills a form that was just opened. `about` is the request it is about.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState, about: Option<&Loan>) -> Result<(), Refusal> {
    form.show("override_reason", false);
    match about {
        None => {
            if let [own] = cx.who.associations().as_slice() {
                form.propose("org", *own);
            }
            form.show("pick", false);
            form.propose("from_on", cx.now.date().to_string());
        }
        Some(loan) => {
            form.propose("from_on", loan.days.from.max(cx.now.date()).to_string());
            form.propose("due_on", loan.days.to.to_string());
        }
    }
    Ok(())
}

/// What a form asks for, as far as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// What.
    pub item: Item,
    /// For whom.
    pub org: String,
    /// From when to when; none while that cannot be.
    pub days: Option<Days>,
}

/// Reads what a form asks for; none while something is missing.
pub(crate) fn wanted(cx: &Cx<'_>, form: &FormState, about: Option<&Loan>) -> Result<Option<Wanted>, Refusal> {
    let item = match about {
        None => item::read(cx, form.text("item"))?,
        Some(Loan { asset: Some(id), .. }) => Some(Item::One(Box::new(assets::must_find(cx.db, *id)?))),
        Some(loan) => item::read(cx, &loan.wanted)?,
    };
    let org = about.map_or_else(|| keep::plain(&form.value("org")), |loan| loan.org.clone());
    let day = |name: &str| keep::plain(&form.value(name)).parse::<NaiveDate>().ok();
    let days = day("from_on").zip(day("due_on")).map(|(from, to)| Days { from, to });
    let Some(item) = item.filter(|_| !org.is_empty()) else { return Ok(None) };
    Ok(Some(Wanted { item, org, days: days.filter(|days| days.from <= days.to) }))
}

/// The asset that is meant: named, or picked among those of a kind.
pub(crate) fn picked(cx: &Cx<'_>, form: &FormState, wanted: &Wanted) -> Result<Option<Asset>, Refusal> {
    if form.slot("pick").is_some_and(|slot| !slot.hidden) {
        return match item::read(cx, form.text("pick"))? {
            Some(Item::One(asset)) => Ok(Some(*asset)),
            _ => Ok(None),
        };
    }
    Ok(match &wanted.item {
        Item::One(asset) => Some((**asset).clone()),
        Item::Kind(_) => None,
    })
}

/// The names among which one may be picked.
fn names(item: &Item) -> Vec<String> {
    match item {
        Item::One(asset) => vec![asset.name.clone()],
        Item::Kind(names) => names.clone(),
    }
}

/// Answers to an edit: fills what follows, reads the whole back, ranks, warns.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str, about: Option<&Loan>) {
    // Nothing here may stop a form: what cannot be read now is read at saving.
    drop(answer(cx, form, changed, about));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str, about: Option<&Loan>) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error
            .take_if(|problem| problem.code.starts_with("loans-") || problem.code.starts_with("assets-"));
    }
    take_over(cx, form, changed);
    let item = form.text("item").to_owned();
    if about.is_none() && !item.is_empty() && item::read(cx, &item)?.is_none() {
        form.fail("item", Refusal::rule("loans-nothing").field("item").with("text", item));
    }
    let from = keep::day_in(form, "from_on");
    if let (Some(from), Some(due)) = (from, keep::day_in(form, "due_on"))
        && due < from
    {
        form.fail(
            "due_on",
            Refusal::rule("loans-due-before").field("due_on").with("from", keep::short_day(from)),
        );
    }
    if let Some(due) = keep::day_in(form, "due_on").filter(|due| *due < cx.now.date()) {
        form.fail("due_on", Refusal::rule("loans-past").field("due_on").with("due", keep::short_day(due)));
    }
    own_association(cx, form);
    let Some(wanted) = wanted(cx, form, about)? else { return Ok(()) };
    rank(cx, form, &wanted, about)?;
    read_back(cx, form, &wanted);
    if let Some(asset) = picked(cx, form, &wanted)? {
        judge(cx, form, &wanted, asset, about)?;
    }
    Ok(())
}

/// What the line says goes into the fields; what it no longer says leaves them.
fn take_over(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    let text = form.text("line").to_owned();
    if text.is_empty() && changed != "line" {
        return;
    }
    let said = line(cx, &text);
    if changed == "line" {
        form.fill("item", said.item.clone());
        form.fill("org", said.org.clone());
        form.fill("from_on", said.from.clone());
        form.fill("due_on", said.due.clone());
        form.fill("purpose", said.purpose.clone());
        reread(cx, form);
    }
    if !said.unread.is_empty() {
        let words = said.unread.join(" ");
        if form.slot("line").is_some_and(|slot| slot.passed) {
            form.fail("line", Refusal::rule("loans-unread").with("text", words));
        } else {
            form.find(cx.t.say("loans-finding-unread"), words);
        }
    }
}

/// Reads every field anew: what was filled in must be understood before it is judged.
fn reread(cx: &Cx<'_>, form: &mut FormState) {
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
}

/// An association asks for itself.
fn own_association(cx: &Cx<'_>, form: &mut FormState) {
    let orgs = cx.who.associations();
    let org = keep::plain(&form.value("org"));
    if !orgs.is_empty() && !org.is_empty() && !orgs.contains(&org.as_str()) {
        let said = Refusal::rule("loans-not-yours").of(Kind::Permission).field("org");
        form.fail("org", said.with("org", org_name(cx, &org)));
    }
}

/// Among several of a kind the best is proposed, with what speaks for it; whoever decides may take another.
fn rank(cx: &Cx<'_>, form: &mut FormState, wanted: &Wanted, about: Option<&Loan>) -> Result<(), Refusal> {
    let kind = matches!(wanted.item, Item::Kind(_));
    let decides = cx.who.holds(WARDENS);
    if about.is_none() {
        form.show("pick", kind && decides);
    }
    let Some(days) = wanted.days.filter(|_| decides && (kind || about.is_some())) else { return Ok(()) };
    let except = about.map(|loan| loan.id);
    let proposals = item::ranked(cx, &names(&wanted.item), &wanted.org, days, except)?;
    let named = match &wanted.item {
        Item::One(asset) => Some(asset.no.clone()),
        Item::Kind(_) => None,
    };
    match (named, proposals.first()) {
        (Some(no), _) => form.propose("pick", no),
        (None, Some(best)) => form.propose("pick", &best.asset.no),
        (None, None) => {
            form.propose("pick", "");
            let text = names(&wanted.item).join(" ");
            form.fail("item", Refusal::rule("loans-none-free").field("item").with("text", &text));
            form.fail("pick", Refusal::rule("loans-none-free").field("pick").with("text", text));
        }
    }
    reread(cx, form);
    for proposal in proposals.iter().take(5) {
        let place = crate::subjects::assets::pages::place(cx, &proposal.asset)?;
        let label = format!("{} {}", proposal.asset.name, proposal.asset.no);
        form.find(label, keep::one_line(&format!("{} {place}", proposal.why)));
    }
    form.find(cx.t.say("loans-finding-share"), item::Uses::of_year(cx, cx.now.date())?.had(cx, &wanted.org));
    Ok(())
}

/// The choices of the field that picks one of a kind.
pub(crate) fn complete(cx: &Cx<'_>, form: &FormState, about: Option<&Loan>) -> Result<Vec<Choice>, Refusal> {
    let Some(wanted) = wanted(cx, form, about)? else { return Ok(Vec::new()) };
    let Some(days) = wanted.days else { return Ok(Vec::new()) };
    let except = about.map(|loan| loan.id);
    let proposals = item::ranked(cx, &names(&wanted.item), &wanted.org, days, except)?;
    Ok(item::choices(cx, &proposals))
}

/// A typed line read back whole: nothing is written before a person has seen what was understood.
fn read_back(cx: &Cx<'_>, form: &mut FormState, wanted: &Wanted) {
    let what = match &wanted.item {
        Item::One(asset) => format!("{} {} {}", asset.name, asset.no, org_name(cx, &asset.owner)),
        Item::Kind(names) => names.join(&cx.t.say("list-separator")),
    };
    form.echo("item", &what);
    let day = |day: NaiveDate| dates::short_day(day, cx.now.date(), cx.t.lang());
    let until = wanted.days.map_or(String::new(), |days| match days.from == cx.now.date() {
        true => cx.t.with("loans-until", &[("day", day(days.to))]),
        false => format!("{} - {}", day(days.from), day(days.to)),
    });
    let org = cx.t.with("loans-for", &[("org", org_name(cx, &wanted.org))]);
    let purpose = form.text("purpose").to_owned();
    form.echo("line", keep::one_line(&format!("{what} {org} {until} {purpose}")));
}

fn judge(
    cx: &Cx<'_>,
    form: &mut FormState,
    wanted: &Wanted,
    asset: Asset,
    about: Option<&Loan>,
) -> Result<(), Refusal> {
    let at = if form.slot("pick").is_some_and(|slot| !slot.hidden) { "pick" } else { "item" };
    if at == "pick" {
        form.echo("pick", format!("{} {} {}", asset.name, asset.no, org_name(cx, &asset.owner)));
    }
    let Some(days) = wanted.days else { return Ok(()) };
    let plan = Plan { asset, org: wanted.org.clone(), days, except: about.map(|loan| loan.id) };
    if let Err(refusal) = plan::refuse(cx, &plan) {
        form.fail(at, refusal);
        return Ok(());
    }
    let warnings = plan::warnings(cx, &plan)?;
    for warning in &warnings {
        form.find(cx.t.say("loans-finding-warning"), warning.say(cx));
    }
    form.show("override_reason", !warnings.is_empty());
    form.require("override_reason", !warnings.is_empty());
    for other in plan::others(cx, &plan)? {
        form.find(cx.t.say("loans-finding-asked"), other);
    }
    if let Some(note) = cx.catalog.calendar().day_note(days.to) {
        form.find(dates::short_day(days.to, cx.now.date(), cx.t.lang()), note.to_owned());
    }
    if about.is_none() && !cx.who.holds(WARDENS) {
        form.find(cx.t.say("loans-finding-note"), cx.t.say("loans-finding-approval"));
    }
    history(cx, form)
}

/// What is known of who carries it: late ones, and what was not whole when it came back.
fn history(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let name = form.text("borrower").trim().to_owned();
    if name.is_empty() {
        return Ok(());
    }
    let said = super::pages::borrower(cx, &name)?;
    if !said.is_empty() {
        form.find(name, said);
    }
    Ok(())
}

/// The request a form is about.
pub(crate) fn about(cx: &Cx<'_>, form: &FormState) -> Option<Loan> {
    form.target.and_then(|id| records::find(cx.db, id).ok().flatten())
}
