//! What a ticket is about, in one place: a zone, a card of the asset register, and a few words. Whatever else can break becomes
//! one more column of `work_ticket`, one more field in `fields`, one more member here, and is said, found and looked for again
//! by what stands here. The words stay whatever is pointed at: a ticket can be read when the thing is long gone.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::assets::records::{self as assets, Asset};
use crate::subjects::keep;
use crate::subjects::zones::records as zones;

/// What is broken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Object {
    /// The zone it is in; none for nowhere in particular.
    pub zone: Option<i64>,
    /// The card of the asset register, where it has one.
    pub asset: Option<i64>,
    /// What it is in words (`投影仪`); the zone's name where that is all that was said, an asset's name and number.
    pub words: String,
}

impl Object {
    /// An asset, in the place where it belongs.
    pub(crate) fn of_asset(asset: &Asset) -> Self {
        Self { zone: asset.place, asset: Some(asset.id), words: format!("{} {}", asset.name, asset.no) }
    }
}

/// What a form says is broken; none while nothing is.
pub(crate) fn of(cx: &Cx<'_>, form: &FormState) -> Result<Option<Object>, Refusal> {
    let zone = form.number("zone");
    let words = form.text("object").trim();
    if let Some(id) = form.number("asset") {
        let card = assets::must_find(cx.db, id)?;
        let mut about = Object::of_asset(&card);
        about.zone = zone.or(about.zone);
        // What was typed besides says which part of it.
        about.words = match words.contains(&card.no) {
            true => words.to_owned(),
            false => keep::one_line(&format!("{} {words}", about.words)),
        };
        return Ok(Some(about));
    }
    if !words.is_empty() {
        return Ok(Some(Object { zone, asset: None, words: words.to_owned() }));
    }
    let Some(zone) = zone else { return Ok(None) };
    Ok(Some(Object { words: zones::must_find(cx.db, zone)?.name, zone: Some(zone), asset: None }))
}

/// The columns it is kept in.
pub(crate) fn columns(object: &Object) -> [(&'static str, Value); 3] {
    [
        ("asset", object.asset.map_or(Value::Null, Into::into)),
        ("zone", object.zone.map_or(Value::Null, Into::into)),
        ("object", keep::text(&object.words)),
    ]
}

/// The object in words, its place first (`大活动室 投影仪`); an asset by its name and number.
pub(crate) fn say(cx: &Cx<'_>, object: &Object) -> Result<String, Refusal> {
    if object.asset.is_some() {
        return Ok(object.words.clone());
    }
    let place = match object.zone {
        Some(zone) => zones::find(cx.db, zone)?.map(|zone| zone.name).unwrap_or_default(),
        None => String::new(),
    };
    Ok(if place == object.words { place } else { format!("{place} {}", object.words).trim().to_owned() })
}

/// The open ticket about the same thing, if there is one.
pub(crate) fn open_alike(conn: &Connection, object: &Object) -> Result<Option<(i64, String)>, Refusal> {
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    if let Some(asset) = object.asset {
        let sql = "SELECT id, no FROM work_ticket WHERE asset = ?1 AND open = 1 ORDER BY id LIMIT 1";
        return Ok(conn.prepare_cached(sql)?.query_row([asset], row).optional()?);
    }
    let sql =
        "SELECT id, no FROM work_ticket WHERE zone IS ?1 AND object = ?2 AND open = 1 ORDER BY id LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row(params![object.zone, object.words], row).optional()?)
}

/// The last repair of the same thing that is still under warranty on a day: its number, until when, who made it.
pub(crate) fn warranted(
    conn: &Connection,
    object: &Object,
    day: chrono::NaiveDate,
) -> Result<Option<(String, String, String)>, Refusal> {
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    if let Some(asset) = object.asset {
        let sql = "SELECT no, warranty_until, vendor FROM work_ticket WHERE asset = ?1 AND status = '已完成'
                   AND warranty_until >= ?2 ORDER BY warranty_until DESC LIMIT 1";
        return Ok(conn.prepare_cached(sql)?.query_row(params![asset, day.to_string()], row).optional()?);
    }
    let sql = "SELECT no, warranty_until, vendor FROM work_ticket WHERE zone IS ?1 AND object = ?2 AND status = '已完成'
               AND warranty_until >= ?3 ORDER BY warranty_until DESC LIMIT 1";
    let values = params![object.zone, object.words, day.to_string()];
    Ok(conn.prepare_cached(sql)?.query_row(values, row).optional()?)
}
