//! The people who work here, paid or not (G-6.3.1): who they are, what they can do, when they come. Under the same tab stand
//! what they are asked to do, their posts and their training.

pub(crate) mod certificate;
pub(crate) mod fields;
pub(crate) mod intake;
pub(crate) mod lists;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod table;
pub(crate) mod work;

#[cfg(test)]
mod tests;

use rusqlite::Connection;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Answer, Cx, Duty, ListSpec, QuickReading, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;

pub(crate) use crate::subjects::KEEPERS;

use crate::subjects::{keep, training};
use crate::values::pinyin;
use records::Person;
use rules::{DayPlan, Pattern};

/// The people who work here.
pub(crate) struct Staff;

/// So many people whose names sound alike are looked at.
const LIKE: usize = 20;

/// The hours of the office's day, and where its halves meet.
pub(crate) fn plan_of_day(cx: &Cx<'_>) -> DayPlan {
    let open = crate::subjects::venue::office_hours(cx);
    let noon = u32::try_from(cx.catalog.rule("roster_noon").value).unwrap_or(720);
    DayPlan { opens: open.from, noon: noon.clamp(open.from, open.to), closes: open.to }
}

/// A pattern as a reader of the session's language says it.
pub(crate) fn spell(cx: &Cx<'_>, pattern: &Pattern) -> String {
    let names: Vec<String> = (1..=rules::WEEK).map(|n| cx.t.say(&format!("staff-weekday-{n}"))).collect();
    pattern.spell(&names, &cx.t.say("staff-days-to"), &cx.t.say("staff-by-request"))
}

/// Whom a word means: somebody's code, a name, or the initials or the pinyin of one. Several, where it is not one alone.
pub(crate) fn called(db: &Connection, word: &str) -> Result<Vec<Person>, Refusal> {
    if let Some(who) = records::by_code(db, &word.to_uppercase())? {
        return Ok(vec![who]);
    }
    let named = records::by_name(db, word)?;
    let lower = word.to_lowercase();
    let letters = lower.chars().count() > 1 && lower.chars().all(|c| c.is_ascii_lowercase());
    if !named.is_empty() || !letters {
        return Ok(named);
    }
    let mut found = Vec::new();
    for hit in crate::store::search::search(db, Some("staff"), &lower, LIKE)?.hits {
        let Some(who) = records::find(db, hit.id)? else { continue };
        let keys = pinyin::name_keys(&who.name);
        if who.left.is_none() && keys.initials.iter().chain(&keys.full).any(|key| *key == lower) {
            found.push(who);
        }
    }
    Ok(found)
}

/// What a hand types for somebody: the name, or the code where the name is not theirs alone.
pub(crate) fn handle(db: &Connection, who: &Person) -> Result<String, Refusal> {
    let alone = records::by_name(db, &who.name)?.len() == 1;
    Ok(if alone { who.name.clone() } else { who.code.clone() })
}

impl Subject for Staff {
    fn name(&self) -> &'static str {
        "staff"
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        lists::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        table::ACTIONS
    }

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("员", "register")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["P", "员"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        pages::page(cx, id)
    }

    fn card(&self, cx: &Cx<'_>, id: i64) -> Result<Option<Part>, Refusal> {
        pages::card(cx, id).map(Some)
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        work::available(cx, action, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        match action.name {
            "train" => training::forms::start(cx, None, form),
            name => intake::start(cx, name, id, form),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        match form.action {
            "train" => training::forms::respond(cx, form, changed, None),
            _ => intake::respond(cx, form, changed),
        }
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        work::apply(cx, tx, action, id, form)
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let columns = [
            ("left_on", keep::day(cx.now.date())),
            ("joined_on", keep::day(cx.now.date())),
            ("left_reason", keep::text(&cx.t.say("staff-withdrawn"))),
            ("state", keep::text("离岗")),
        ];
        keep::update(tx, &fields::RECORD, id, 0, &columns)
    }

    fn restored(&self, _cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        records::derive(tx, id)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let who = records::must_find(cx.db, id)?;
        Ok(vec![(Findable::Text, crate::subjects::org_name(cx, &who.org))])
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        pages::standing(cx)
    }

    /// `员 张示三 志愿者 聋协 w6`: what is a kind, an association or a pattern is that, the first other word is the name.
    fn quick(&self, cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        let mut texts: Vec<(&'static str, String)> = Vec::new();
        let mut unread = Vec::new();
        for word in cx.catalog.cut(rest, &["staff_kinds", "skills"]) {
            let word = word.as_str();
            let known = |set: &str| cx.catalog.read_word(set, word).is_some();
            let free = |name: &str| texts.iter().all(|(taken, _)| *taken != name);
            let field = if free("phone") && crate::values::phone::parse(word).is_ok() {
                "phone"
            } else if free("kind") && known("staff_kinds") {
                "kind"
            } else if free("org") && known("orgs") {
                "org"
            } else if known("skills") || cx.catalog.meant("skills", word).is_some() && word.is_ascii() {
                "skills"
            } else if free("availability") && rules::pattern(word, plan_of_day(cx)).is_some() {
                "availability"
            } else if free("name") && !word.chars().any(|c| c.is_ascii_digit()) {
                "name"
            } else {
                unread.push(word.to_owned());
                continue;
            };
            match texts.iter_mut().find(|(name, _)| *name == field) {
                Some((_, said)) => *said = format!("{said};{word}"),
                None => texts.push((field, word.to_owned())),
            }
        }
        QuickReading { action, target: None, texts, unread }
    }

    fn exporters(&self) -> &'static [&'static str] {
        crate::subjects::MEETING
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }

    fn answer(&self, cx: &Cx<'_>, form: &FormState) -> Result<Option<Answer>, Refusal> {
        if form.action == "hours" { certificate::answer(cx, form).map(Some) } else { Ok(None) }
    }

    fn pieces(&self, cx: &Cx<'_>) -> Result<Vec<(i64, String)>, Refusal> {
        certificate::pieces(cx)
    }

    fn write_piece(
        &self,
        cx: &Cx<'_>,
        about: i64,
        mark: &str,
        out: &mut dyn std::io::Write,
    ) -> Result<usize, Refusal> {
        certificate::write(cx, about, mark, out)
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("import")
    }
}
