//! The ways to look at assets: all, by owner, by place in shelf order, by status. Every one runs along an index.

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ListSpec, Where};

use super::records::{self, LIVE};
use super::rules::Status;

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn open(_: &Cx<'_>) -> Where {
    only("live = 1")
}

fn placed(_: &Cx<'_>) -> Where {
    only("live = 1 AND place IS NOT NULL")
}

fn idle(_: &Cx<'_>) -> Where {
    only("status = '闲置'")
}

fn lent(_: &Cx<'_>) -> Where {
    only("status = '借出'")
}

fn repair(_: &Cx<'_>) -> Where {
    only("status = '维修'")
}

fn ending(_: &Cx<'_>) -> Where {
    only("status = '待报废'")
}

fn missing(_: &Cx<'_>) -> Where {
    only("status = '盘亏'")
}

fn mine(cx: &Cx<'_>) -> Where {
    let orgs = cx.who.associations();
    if orgs.is_empty() {
        let values = vec![Value::Text(cx.who.name.clone())];
        return Where { sql: "live = 1 AND custodian = ?".to_owned(), values };
    }
    let marks = vec!["?"; orgs.len()].join(", ");
    // Of several the numbers are walked along, not the associations: that would have to be sorted.
    let column = if orgs.len() > 1 { "+owner" } else { "owner" };
    let values = orgs.into_iter().map(|org| Value::Text(org.to_owned())).collect();
    Where { sql: format!("live = 1 AND {column} IN ({marks})"), values }
}

fn all(_: &Cx<'_>) -> Where {
    only("1")
}

/// How many rows a list has, where the kept counts say it: whose and how they stand, not who answers for them.
pub(crate) fn kept_total(cx: &Cx<'_>, list: &str) -> Result<Option<i64>, Refusal> {
    let of = |status: Status| records::count(cx.db, status).map(Some);
    match list {
        "open" | "owners" => records::live(cx.db).map(Some),
        "places" => records::counted(cx.db, &format!("{LIVE} AND placed = 1"), []).map(Some),
        "idle" => of(Status::Idle),
        "lent" => of(Status::Lent),
        "repair" => of(Status::Repair),
        "ending" => of(Status::ToWriteOff),
        "missing" => of(Status::Missing),
        "all" => records::counted(cx.db, "1", []).map(Some),
        "mine" => {
            let orgs = cx.who.associations();
            if orgs.is_empty() {
                return Ok(None);
            }
            let marks = vec!["?"; orgs.len()].join(", ");
            let condition = format!("{LIVE} AND owner IN ({marks})");
            records::counted(cx.db, &condition, rusqlite::params_from_iter(orgs)).map(Some)
        }
        _ => Ok(None),
    }
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["no"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("open", open),
    list("idle", idle),
    list("lent", lent),
    list("repair", repair),
    list("ending", ending),
    list("missing", missing),
    ListSpec { order: &["owner", "no"], ..list("owners", open) },
    ListSpec { order: &["place", "shelf", "shelf_order", "no"], ..list("places", placed) },
    list("mine", mine),
    list("all", all),
];
