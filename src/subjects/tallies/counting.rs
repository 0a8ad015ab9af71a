//! Counting, one thing after another: the form reads out the next thing expected in the order of the shelves, one key answers,
//! and a scanned tag is taken for what it is. Everything is kept at each answer, so that a dropped line loses nothing and
//! several people can count at once.

use rusqlite::types::Value;

use crate::desk::action::{Done, Undo};
use crate::desk::form::FormState;
use crate::desk::records as desk;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::{Assets, records as assets};
use crate::subjects::keep;
use crate::subjects::stocktakes::records::{self as stocktakes, Stocktake};
use crate::subjects::zones::records::{self as zones, Zone};

use super::fields::RECORD;
use super::records::{self, Tally};
use super::rules::{self, Book, Found, Said};

/// Fills a form that was just opened: which stocktake, which thing next.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    form.show("about", false);
    form.show("elsewhere", false);
    if let [only] = stocktakes::counting(cx.db)?.as_slice() {
        form.fill("stocktake", &only.no);
    }
    Ok(())
}

/// Answers to an edit: what is expected next, and what is known of it.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("tallies-"));
    }
    let Some(id) = form.number("stocktake") else { return Ok(()) };
    let of = stocktakes::must_find(cx.db, id)?;
    // What is asked about stays what it is while it is answered, whoever counts it meanwhile.
    if about(form).is_none() || changed == "stocktake" {
        let next = records::next(cx.db, id, &cx.who.name)?;
        put_about(form, next.as_ref());
    }
    let line = about(form).map(|id| records::must_find(cx.db, id)).transpose()?;
    form.call("answer", label(cx, &of, line.as_ref())?);
    let scans = records::last_by(cx.db, id, &cx.who.name)?.is_some_and(|last| last.scanned);
    // Some scanners end a tag twice: where tags are scanned, Enter alone counts nothing.
    let proposed = line.is_some() && !of.blind && !scans;
    form.propose("answer", if proposed { cx.t.say("tallies-here") } else { String::new() });
    form.require("answer", true);
    let said = rules::read(form.text("answer"));
    form.show(
        "elsewhere",
        matches!(&said, Some(Said::Elsewhere(place)) if place.is_empty()) && line.is_some(),
    );
    read_back(cx, form, &of, said.as_ref(), line.as_ref())?;
    findings(cx, form, &of, line.as_ref())
}

/// The line the form asks about.
fn about(form: &FormState) -> Option<i64> {
    form.slot("about").and_then(|slot| slot.text.parse().ok())
}

fn put_about(form: &mut FormState, line: Option<&Tally>) {
    if let Some(slot) = form.slot_mut("about") {
        slot.text = line.map(|line| line.id.to_string()).unwrap_or_default();
    }
}

/// `3/18 ZC-PD-004 腋拐 柜A`; of a blind count only where one stands.
fn label(cx: &Cx<'_>, of: &Stocktake, line: Option<&Tally>) -> Result<String, Refusal> {
    let (counted, left) = records::progress(cx.db, of.id)?;
    let at = format!("{}/{}", counted + 1, counted + left);
    let Some(line) = line else {
        return Ok(cx.t.with("tallies-label-done", &[("n", counted.to_string())]));
    };
    if of.blind {
        let place = place_name(cx, line.book.place)?;
        return Ok(format!("{counted} {place}"));
    }
    let said = format!("{at} {} {} {}", line.tag, keep::clip_cells(&line.name, 14), line.shelf);
    Ok(keep::clip_cells(said.trim_end(), 32))
}

/// The name of a place; `?` for none.
pub(crate) fn place_name(cx: &Cx<'_>, place: Option<i64>) -> Result<String, Refusal> {
    let Some(id) = place else { return Ok(cx.t.say("tallies-no-place")) };
    Ok(zones::must_find(cx.db, id)?.name)
}

/// What an answer is taken for, read back before it is kept.
fn read_back(
    cx: &Cx<'_>,
    form: &mut FormState,
    of: &Stocktake,
    said: Option<&Said>,
    line: Option<&Tally>,
) -> Result<(), Refusal> {
    let Some(said) = said else { return Ok(()) };
    let touched = form.slot("answer").is_some_and(|slot| slot.touched);
    if !touched {
        return Ok(());
    }
    match plan(cx, of, said, line, None) {
        Ok(planned) => form.echo("answer", planned.said(cx)?),
        Err(problem) if form.slot("answer").is_some_and(|slot| slot.passed) => form.fail("answer", problem),
        Err(_) => {}
    }
    Ok(())
}

/// What is worth knowing of the thing asked about: a place just come to, a thing out on loan, one's own things.
fn findings(cx: &Cx<'_>, form: &mut FormState, of: &Stocktake, line: Option<&Tally>) -> Result<(), Refusal> {
    let Some(line) = line else { return Ok(()) };
    let stands = records::counter(cx.db, of.id, &cx.who.name)?;
    if stands.is_none_or(|(place, _)| place != line.book.place) {
        let left = records::left_in(cx.db, of.id, line.book.place)?;
        let args = [("place", place_name(cx, line.book.place)?), ("n", left.to_string())];
        form.find(cx.t.say("tallies-finding-go"), cx.t.with("tallies-finding-go-value", &args));
    }
    if stands.is_none() && line.custodian == cx.who.name {
        form.find(cx.t.say("tallies-finding-note"), cx.t.say("tallies-finding-own"));
    }
    if !of.blind && matches!(line.book.status.as_str(), "借出" | "维修") {
        let status = cx.catalog.show_word("asset_statuses", &line.book.status, cx.t.lang());
        form.find(cx.t.say("tallies-status"), status);
    }
    Ok(())
}

/// What an answer comes to.
enum Planned {
    /// A line is counted.
    Count { line: Tally, found: Found, place: Option<i64>, scanned: bool },
    /// A line that was not looked for is added.
    Add { asset: Option<assets::Asset>, tag: String, name: String, found: Found, place: Option<i64> },
    /// It was counted before.
    Again(Tally),
    /// It comes later.
    Later(Tally),
    /// To another place.
    Go { place: i64, name: String, line: Tally },
}

impl Planned {
    /// In a few words, where it is more than a key says by itself.
    fn said(&self, cx: &Cx<'_>) -> Result<String, Refusal> {
        let word = |found: Found| cx.catalog.show_word("tally_results", found.word(), cx.t.lang());
        Ok(match self {
            Self::Count { found: Found::Present, .. } => String::new(),
            Self::Count { line, found: Found::Misplaced, .. } => {
                let args = [("tag", line.tag.clone()), ("place", place_name(cx, line.book.place)?)];
                cx.t.with("tallies-said-misplaced", &args)
            }
            Self::Count { line, found, .. } => {
                cx.t.with("tallies-said", &[("tag", line.tag.clone()), ("found", word(*found))])
            }
            Self::Add { asset: Some(asset), found: Found::Misplaced, .. } => {
                let args = [("tag", asset.no.clone()), ("place", place_name(cx, asset.place)?)];
                cx.t.with("tallies-said-misplaced", &args)
            }
            Self::Add { tag, name, found, .. } => {
                let tag = if name.is_empty() { tag } else { name };
                cx.t.with("tallies-said", &[("tag", tag.clone()), ("found", word(*found))])
            }
            Self::Again(line) => {
                let found = line.found.map(word).unwrap_or_default();
                let args = [("tag", line.tag.clone()), ("who", line.counted_by.clone()), ("found", found)];
                cx.t.with("tallies-said-again", &args)
            }
            Self::Later(line) => cx.t.with("tallies-said-later", &[("tag", line.tag.clone())]),
            Self::Go { name, line, .. } => {
                let left = records::left_in(cx.db, line.stocktake, line.book.place)?;
                let args = [("place", name.clone()), ("n", left.to_string())];
                cx.t.with("tallies-finding-go-value", &args)
            }
        })
    }
}

/// What an answer comes to. `elsewhere` is the place told for a thing that is not where it should be.
fn plan(
    cx: &Cx<'_>,
    of: &Stocktake,
    said: &Said,
    line: Option<&Tally>,
    elsewhere: Option<i64>,
) -> Result<Planned, Refusal> {
    let stands = records::counter(cx.db, of.id, &cx.who.name)?;
    let here = line.map(|line| line.book.place).or(stands.map(|(place, _)| place)).flatten();
    let key = !matches!(said, Said::Go(_) | Said::Thing(_) | Said::Tag(_));
    if key && of.blind {
        return Err(Refusal::rule("tallies-blind").field("answer"));
    }
    let expected = || line.cloned().ok_or_else(|| Refusal::rule("tallies-all-counted").field("answer"));
    let count = |found: Found, place: Option<i64>| {
        let line = expected()?;
        // Somebody else was there first.
        Ok(match line.found {
            Some(_) => Planned::Again(line),
            None => Planned::Count { place, found, line, scanned: false },
        })
    };
    match said {
        Said::Present => count(Found::Present, here),
        Said::Damaged => count(Found::Damaged, here),
        Said::Missing => count(Found::Missing, None),
        Said::Elsewhere(told) => {
            let told = if told.is_empty() { None } else { Some(zone(cx, told)?.id) };
            let place = told.or(elsewhere);
            let found = if place.is_some() && place == here { Found::Present } else { Found::Misplaced };
            count(found, place)
        }
        Said::Later => Ok(Planned::Later(expected()?)),
        Said::Go(text) => go(cx, of, text),
        Said::Thing(name) => {
            let (_, position) = records::behind(cx.db, of.id)?;
            let tag = format!("+{position}");
            Ok(Planned::Add { asset: None, tag, name: name.clone(), found: Found::Surplus, place: here })
        }
        Said::Tag(text) => scanned(cx, of, text, here),
    }
}

/// A tag that was scanned or typed: an asset of this count, another asset, a place, or something nobody knows.
fn scanned(cx: &Cx<'_>, of: &Stocktake, text: &str, here: Option<i64>) -> Result<Planned, Refusal> {
    let tag = crate::subjects::assets::intake::capitals(text);
    let Some(id) = desk::by_reference(cx, &Assets, text)? else {
        if zones::by_code(cx.db, &tag)?.is_some() {
            return go(cx, of, &tag);
        }
        if let Some(known) = records::of_tag(cx.db, of.id, &tag)? {
            return Ok(Planned::Again(known));
        }
        // A slip of the finger is no find: whatever is stuck on a thing has a digit in it, or is a word.
        if !tag.chars().any(|c| c.is_ascii_digit()) && tag.chars().count() < 4 {
            return Err(Refusal::rule("tallies-unread").field("answer").with("text", text));
        }
        return Ok(Planned::Add {
            asset: None,
            tag,
            name: String::new(),
            found: Found::Unknown,
            place: here,
        });
    };
    let Some(line) = records::of_asset(cx.db, of.id, id)? else {
        let asset = assets::must_find(cx.db, id)?;
        let book = Book { place: asset.place, status: asset.status.word().to_owned() };
        let found = rules::seen(&book, here, false);
        return Ok(Planned::Add {
            tag: asset.no.clone(),
            name: asset.name.clone(),
            asset: Some(asset),
            found,
            place: here,
        });
    };
    let nowhere = line.found == Some(Found::Misplaced) && line.found_place.is_none();
    match line.found {
        // What was missing has turned up, or what was somewhere else; everything else was counted already.
        Some(found) if found != Found::Missing && !nowhere => Ok(Planned::Again(line)),
        _ => {
            let found = rules::seen(&line.book, here, line.expected);
            Ok(Planned::Count { found, place: here, line, scanned: true })
        }
    }
}

/// A place by its code, its letter or its name.
fn zone(cx: &Cx<'_>, text: &str) -> Result<Zone, Refusal> {
    let code = zones::by_code(cx.db, &text.to_uppercase())?;
    let key = zones::by_key(cx.db, &text.to_lowercase())?;
    let begins = |zone: &Zone| {
        zone.name.starts_with(text)
            || crate::values::pinyin::text_keys(&zone.name)
                .iter()
                .any(|k| k.starts_with(&text.to_lowercase()))
    };
    let zone = match code.or(key) {
        Some(zone) => Some(zone),
        None => zones::open(cx.db)?.into_iter().find(begins),
    };
    zone.ok_or_else(|| Refusal::rule("not-found").field("answer").with("text", text))
}

/// To another place.
fn go(cx: &Cx<'_>, of: &Stocktake, text: &str) -> Result<Planned, Refusal> {
    let zone = zone(cx, text)?;
    match records::first_in(cx.db, of.id, zone.id)? {
        Some(line) => Ok(Planned::Go { place: zone.id, name: zone.name, line }),
        None => Err(Refusal::rule("tallies-nothing-there").field("answer").with("place", zone.name)),
    }
}

/// What the answer in a form comes to, and on which stocktake.
fn planned(cx: &Cx<'_>, form: &FormState) -> Result<(Stocktake, Planned), Refusal> {
    let id = form.number("stocktake").ok_or_else(|| Refusal::rule("required").field("stocktake"))?;
    let of = stocktakes::must_find(cx.db, id)?;
    stocktakes::must_count(cx, &of)?;
    let said = rules::read(form.text("answer")).ok_or_else(|| Refusal::rule("required").field("answer"))?;
    let line = about(form).map(|id| records::must_find(cx.db, id)).transpose()?;
    let planned = plan(cx, &of, &said, line.as_ref(), form.number("elsewhere"))?;
    Ok((of, planned))
}

/// The line that an answer is about; none where it adds one.
pub(crate) fn target(cx: &Cx<'_>, form: &FormState) -> Result<Option<i64>, Refusal> {
    Ok(match planned(cx, form)?.1 {
        Planned::Add { .. } => None,
        Planned::Count { line, .. }
        | Planned::Again(line)
        | Planned::Later(line)
        | Planned::Go { line, .. } => Some(line.id),
    })
}

/// Keeps an answer.
pub(crate) fn apply(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let cx = &Cx { db: tx.conn(), ..*cx };
    let (of, planned) = planned(cx, form)?;
    let at = cx.now.format("%Y-%m-%dT%H:%M").to_string();
    let stands = |place: Option<i64>, position: i64| {
        records::stand(cx.db, of.id, &cx.who.name, (place, position), &at)
    };
    let told = planned.said(cx)?;
    let note = form.text("note").trim();
    // Where nothing was written there is nothing to take back.
    let mut undo = Undo::No("tallies");
    let done = match planned {
        Planned::Count { line, found, place, scanned } => {
            undo = Undo::Withdraw;
            write(cx, tx, &line, found, (place, scanned), note)?;
            // A thing from elsewhere does not make one walk there.
            if !scanned || place == line.book.place {
                stands(line.book.place, line.position)?;
            }
            line.id
        }
        Planned::Add { asset, tag, name, found, place } => {
            undo = Undo::Withdraw;
            add(cx, tx, &of, &Extra { asset: asset.as_ref(), tag: &tag, name: &name, found, place, note })?
        }
        Planned::Again(line) => line.id,
        Planned::Later(line) => {
            stands(line.book.place, line.position)?;
            line.id
        }
        Planned::Go { place, line, .. } => {
            stands(Some(place), 0)?;
            line.id
        }
    };
    let kept = records::must_find(cx.db, done)?;
    Ok(Done { id: done, reference: kept.no, args: vec![("said", told)], undo, open: false })
}

/// Writes what was found of a line.
fn write(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    line: &Tally,
    found: Found,
    (place, scanned): (Option<i64>, bool),
    note: &str,
) -> Result<(), Refusal> {
    let (seq, _) = records::behind(tx.conn(), line.stocktake)?;
    let columns = [
        ("result", keep::text(found.word())),
        ("found_place", place.map_or(Value::Null, Value::Integer)),
        ("note", keep::text(note)),
        ("scanned", i64::from(scanned).into()),
        ("counted_seq", seq.into()),
        ("counted_at", keep::moment(cx.now)),
        ("counted_by", keep::text(&cx.who.name)),
        ("checked_by", Value::Null),
    ];
    keep::update(tx, &RECORD, line.id, 0, &columns)
}

/// Something nobody looked for.
struct Extra<'a> {
    asset: Option<&'a assets::Asset>,
    tag: &'a str,
    name: &'a str,
    found: Found,
    place: Option<i64>,
    note: &'a str,
}

fn add(cx: &Cx<'_>, tx: &Tx<'_>, of: &Stocktake, extra: &Extra<'_>) -> Result<i64, Refusal> {
    let (seq, position) = records::behind(tx.conn(), of.id)?;
    let place = |place: Option<i64>| place.map_or(Value::Null, Value::Integer);
    let asset = extra.asset;
    let of_asset = |text: fn(&assets::Asset) -> &str| asset.map_or(Value::Null, |a| keep::text(text(a)));
    Ok(tx.insert(
        RECORD.table,
        &[
            ("no", keep::text(&format!("{}-{position:03}", of.no))),
            ("stocktake", of.id.into()),
            ("position", position.into()),
            ("expected", 0.into()),
            ("asset", asset.map_or(Value::Null, |a| a.id.into())),
            ("tag", keep::text(extra.tag)),
            ("name", Value::Text(extra.name.to_owned())),
            ("owner", of_asset(|a| &a.owner)),
            ("custodian", of_asset(|a| &a.custodian)),
            ("place", place(asset.and_then(|a| a.place))),
            ("shelf", of_asset(|a| &a.shelf)),
            ("status", of_asset(|a| a.status.word())),
            ("result", keep::text(extra.found.word())),
            ("found_place", place(extra.place)),
            ("note", keep::text(extra.note)),
            ("scanned", i64::from(!extra.tag.starts_with('+')).into()),
            ("counted_seq", seq.into()),
            ("counted_at", keep::moment(cx.now)),
            ("counted_by", keep::text(&cx.who.name)),
        ],
    )?)
}

/// Takes back that a line was counted; what nobody looked for is then no line any more.
pub(crate) fn take_back(tx: &Tx<'_>, line: &Tally) -> Result<(), Refusal> {
    if !line.expected {
        return keep::update(tx, &RECORD, line.id, 0, &[("void", 1.into())]);
    }
    let nothing =
        ["result", "found_place", "note", "scanned", "counted_seq", "counted_at", "counted_by", "checked_by"];
    let columns: Vec<(&'static str, Value)> = nothing.map(|name| (name, Value::Null)).to_vec();
    keep::update(tx, &RECORD, line.id, 0, &columns)
}
