//! Writing a move of goods: the one way by which what is on the shelf and what it cost ever change. Knows no form.

use chrono::NaiveDate;
use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::consumables::records as items;
use crate::subjects::consumables::rules::{self, Kind, Moved, NoMove, Stock};
use crate::subjects::{keep, org_name};
use crate::values::money::Fen;

use super::records;

/// A move to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct New {
    /// The goods.
    pub item: i64,
    /// What happens to them.
    pub kind: Kind,
    /// How many; above zero whichever way they go.
    pub units: i64,
    /// Its day.
    pub on: NaiveDate,
    /// Fen a unit of what comes in.
    pub price: Option<i64>,
    /// Fen in all of what comes in, where that was told instead.
    pub paid: Option<i64>,
    /// The association that uses them; empty for nobody's.
    pub org: String,
    /// Who takes or brings them.
    pub taker: String,
    /// What is to be remembered.
    pub note: String,
    /// The purchase they came by.
    pub purchase: Option<i64>,
}

impl New {
    /// Without anything else said.
    pub(crate) fn of(item: i64, kind: Kind, units: i64, on: NaiveDate) -> Self {
        Self {
            item,
            kind,
            units,
            on,
            price: None,
            paid: None,
            org: String::new(),
            taker: String::new(),
            note: String::new(),
            purchase: None,
        }
    }

    /// What the goods cost in all, where that was told.
    fn cost(&self, usual: Option<i64>) -> Option<i64> {
        let each = |price: i64| Fen(price).0.checked_mul(self.units);
        let usual = usual.filter(|_| self.kind == Kind::Surplus);
        self.paid.or_else(|| self.price.or(usual).and_then(each))
    }
}

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Number in the file.
    pub id: i64,
    /// `CR-061`.
    pub no: String,
    /// What it did.
    pub moved: Moved,
    /// What is on the shelf after it.
    pub shelf: Stock,
}

/// What a move would do, without writing it.
///
/// # Errors
/// Names the field at fault, and what there is.
pub(crate) fn plan(cx: &Cx<'_>, new: &New) -> Result<(Moved, Stock), Refusal> {
    let item = items::must_find(cx.db, new.item)?;
    if item.closed {
        return Err(Refusal::rule("consumables-closed").field("item").with("name", item.name));
    }
    if new.on > cx.now.date() {
        return Err(Refusal::rule("moves-future").field("moved_on"));
    }
    let drawn = match new.kind.charges() {
        true => records::drawn(cx.db, new.item, &new.org)?,
        false => Stock::default(),
    };
    let moved = rules::moved(item.shelf, new.kind, new.units, new.cost(item.usual_price), drawn)
        .map_err(|why| refused(cx, why, &item, &new.org))?;
    Ok((moved, item.shelf.with(moved)))
}

fn refused(cx: &Cx<'_>, why: NoMove, item: &items::Item, org: &str) -> Refusal {
    let units = |n: i64| format!("{n} {}", item.unit);
    let refusal = match why {
        NoMove::Nothing => Refusal::rule("moves-nothing").field("quantity"),
        NoMove::Short(left) => Refusal::rule("moves-short").field("quantity").with("left", units(left)),
        NoMove::NotDrawn(drawn) => {
            let refusal = Refusal::rule("moves-not-drawn").field("quantity").with("drawn", units(drawn));
            refusal.with("org", org_name(cx, org))
        }
        NoMove::NoPrice => Refusal::rule("required").field("price"),
        NoMove::Spent => Refusal::rule("moves-spent"),
    };
    refusal.with("name", &item.name)
}

/// Writes a move.
///
/// # Errors
/// As [`plan`].
pub(crate) fn write(cx: &Cx<'_>, tx: &Tx<'_>, new: &New) -> Result<Written, Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let (moved, shelf) = plan(&cx, new)?;
    let charged = new.kind.charges();
    let columns = vec![
        ("price", if new.kind.comes() { new.price.map_or(Value::Null, Value::Integer) } else { Value::Null }),
        ("org", if charged { keep::text(&new.org) } else { Value::Null }),
        ("taker", keep::text(&new.taker)),
        ("note", keep::text(&new.note)),
        ("purchase", new.purchase.map_or(Value::Null, Value::Integer)),
    ];
    insert(tx, new.item, new.on, new.kind, (moved, shelf), columns)
}

/// Reverses a move by another one.
///
/// # Errors
/// When it is a reversal itself or was reversed, or what it moved is no longer there.
pub(crate) fn reverse(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, reason: &str) -> Result<Written, Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let done = records::must_find(cx.db, id)?;
    refuse_reversal(&cx, &done)?;
    let item = items::must_find(cx.db, done.item)?;
    let drawn = records::drawn(cx.db, done.item, &done.org)?;
    let moved = rules::reversed(item.shelf, done.kind(), done.moved, drawn)
        .map_err(|why| refused(&cx, why, &item, &done.org))?;
    let columns = vec![
        ("org", keep::text(&done.org)),
        ("taker", keep::text(&done.taker)),
        ("note", keep::text(reason)),
        ("reverses", id.into()),
    ];
    insert(tx, done.item, cx.now.date(), done.kind(), (moved, item.shelf.with(moved)), columns)
}

/// Whether a move may be reversed at all.
///
/// # Errors
/// When it is a reversal itself, or was reversed.
pub(crate) fn refuse_reversal(cx: &Cx<'_>, done: &records::Move) -> Result<(), Refusal> {
    if done.reverses.is_some() {
        return Err(Refusal::rule("moves-is-reversal").with("no", &done.no));
    }
    match records::reversal(cx.db, done.id)? {
        Some(by) => Err(Refusal::rule("moves-reversed").with("no", &done.no).with("by", by)),
        None => Ok(()),
    }
}

fn insert(
    tx: &Tx<'_>,
    item: i64,
    on: NaiveDate,
    kind: Kind,
    (moved, shelf): (Moved, Stock),
    mut columns: Vec<(&'static str, Value)>,
) -> Result<Written, Refusal> {
    let no = format!("CR-{:03}", tx.next_number("CR", 0)?);
    columns.extend([
        ("no", keep::text(&no)),
        ("item", item.into()),
        ("moved_on", keep::day(on)),
        ("kind", keep::text(kind.word())),
        ("quantity", moved.quantity.into()),
        ("amount", moved.amount.into()),
        ("stock", shelf.quantity.into()),
        ("worth", shelf.worth.into()),
    ]);
    let id = tx.insert("consumable_move", &columns)?;
    Ok(Written { id, no, moved, shelf })
}
