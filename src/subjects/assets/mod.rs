//! Assets: what the associations brought together, each with a card that says whose it is, where it is and how it stands
//! (G-6.2.1). Owned apart, used together; who has one now is the loans' to say.

pub(crate) mod broken;
pub(crate) mod fields;
pub(crate) mod foreign;
pub(crate) mod intake;
pub(crate) mod lent;
pub(crate) mod lists;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod state;
pub(crate) mod table;

#[cfg(test)]
mod sequences;
#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;

/// The assets.
pub(crate) struct Assets;

impl Subject for Assets {
    fn name(&self) -> &'static str {
        "assets"
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

    fn letters(&self) -> &'static [&'static str] {
        &["ZC", "资产"]
    }

    fn called(&self, cx: &Cx<'_>, text: &str) -> Result<Option<i64>, Refusal> {
        let tag = intake::capitals(text);
        if let Some(asset) = records::by_tag(cx.db, &tag)? {
            return Ok(Some(asset.id));
        }
        let digits = self.letters().iter().find_map(|letter| tag.strip_prefix(letter)).unwrap_or(&tag);
        let running = digits.trim_start_matches('-').parse::<i64>();
        match running.ok().map(|n| records::by_running(cx.db, n)).transpose()?.as_deref() {
            Some([one]) => Ok(Some(one.id)),
            _ => Ok(None),
        }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        pages::brief(cx, id)
    }

    fn kept_total(&self, cx: &Cx<'_>, list: &'static ListSpec) -> Result<Option<i64>, Refusal> {
        lists::kept_total(cx, list.name)
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
        id.map_or(Ok(()), |id| state::applies(cx, action, &records::must_find(cx.db, id)?))
    }

    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        match records::must_find(cx.db, id) {
            Ok(asset) => actions.iter().map(|action| state::applies(cx, action, &asset)).collect(),
            Err(refusal) => actions.iter().map(|_| Err(refusal.clone())).collect(),
        }
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        match (action.name, id) {
            ("create" | "import", _) => intake::start(cx, form, None),
            ("amend", about) => intake::start(cx, form, about),
            ("return" | "extend", Some(id)) => lent::start(cx, id, form),
            ("report", _) => {
                broken::start(form);
                Ok(())
            }
            (name, Some(id)) => state::start(cx, name, &records::must_find(cx.db, id)?, form),
            (_, None) => Ok(()),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        match (form.action, form.target) {
            ("create" | "import" | "amend", _) => intake::respond(cx, form),
            ("return" | "extend", Some(id)) => lent::respond(cx, id, form),
            // What cannot be read now is read at saving.
            ("report", Some(id)) => drop(broken::respond(cx, id, form)),
            (_, Some(id)) => {
                if let Ok(Some(asset)) = records::find(cx.db, id) {
                    state::respond(cx, form, &asset);
                }
            }
            _ => {}
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
        match (action.name, id) {
            ("amend", Some(id)) => intake::amend(tx, id, form),
            ("return" | "extend", Some(id)) => lent::apply(cx, tx, action, id, form),
            ("report", Some(id)) => broken::apply(cx, tx, id, form),
            (_, Some(id)) => state::apply(cx, tx, action, id, form),
            (_, None) => intake::create(cx, tx, form),
        }
    }

    fn withdraw(&self, _cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        intake::withdraw(tx, id)
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        pages::standing(cx)
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("import")
    }
}
