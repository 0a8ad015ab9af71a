//! Loads the people, clients, consents and cases of `data/sample`. What the tables do not say is not made up, except the
//! lines of history that follow from a status.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use include_dir::{Dir, include_dir};
use rusqlite::types::Value;

use crate::desk::records as desk;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::store::Tx;
use crate::store::audit::AuditEntry;
use crate::subjects::appointments::Appointments;
use crate::subjects::assets::Assets;
use crate::subjects::attendance::Attendances;
use crate::subjects::bank::Bank;
use crate::subjects::books::Books;
use crate::subjects::cases::rules::{Part, Status};
use crate::subjects::cases::{Cases, records as cases};
use crate::subjects::consumables::Consumables;
use crate::subjects::counts::Counts;
use crate::subjects::equipment::Equipment;
use crate::subjects::funds::Funds;
use crate::subjects::inspections::Inspections;
use crate::subjects::journal::Journal;
use crate::subjects::leave::Leave;
use crate::subjects::loans::Loans;
use crate::subjects::moves::Moves;
use crate::subjects::people::rules::CATEGORIES;
use crate::subjects::people::{People, records as people};
use crate::subjects::periods::Periods;
use crate::subjects::purchases::Purchases;
use crate::subjects::shifts::Shifts;
use crate::subjects::signs::Signs;
use crate::subjects::staff::Staff;
use crate::subjects::staffing::Staffing;
use crate::subjects::stocktakes::Stocktakes;
use crate::subjects::tallies::Tallies;
use crate::subjects::tickets::Tickets;
use crate::subjects::training::Training;
use crate::subjects::venue::Venue;
use crate::subjects::zones::Zones;
use crate::subjects::{keep, routing_table};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/sample");

/// One row of a table, by header.
pub(super) type Record = HashMap<String, String>;

/// Loads the sample into an empty office.
///
/// # Errors
/// When a table cannot be read or does not fit the office: the refusal names the table and the line.
pub(crate) fn load_sample(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<(), Refusal> {
    let staff = operators(cx, tx)?;
    super::staff::load(cx, tx)?;
    super::training::load(cx, tx)?;
    clients(cx, tx)?;
    consents(cx, tx)?;
    cases_of_sample(tx, &staff)?;
    super::venue::load(cx, tx, &staff)?;
    super::staff::load_roster(tx)?;
    super::assets::load(tx, &staff)?;
    super::upkeep::load(cx, tx, &staff)?;
    super::journal::load(cx, tx, &staff)?;
    super::money_checks::load(cx, tx, &staff)?;
    super::stock::load(cx, tx, &staff)?;
    super::stocktake::load(tx, &staff)?;
    finish(cx, tx, &People, "client")?;
    finish(cx, tx, &Cases, "case_record")?;
    finish(cx, tx, &Zones, "zone")?;
    finish(cx, tx, &Venue, "booking")?;
    finish(cx, tx, &Assets, "asset")?;
    finish(cx, tx, &Loans, "asset_loan")?;
    finish(cx, tx, &Staff, "staff")?;
    finish(cx, tx, &Tickets, "work_ticket")?;
    finish(cx, tx, &Consumables, "consumable")?;
    finish(cx, tx, &Moves, "consumable_move")?;
    finish(cx, tx, &Purchases, "purchase")?;
    finish(cx, tx, &Inspections, "inspection_round")?;
    finish(cx, tx, &Stocktakes, "stocktake")?;
    finish(cx, tx, &Tallies, "stocktake_line")?;
    finish(cx, tx, &Appointments, "appointment")?;
    finish(cx, tx, &Training, "training_session")?;
    finish(cx, tx, &Attendances, "attendance")?;
    finish(cx, tx, &Signs, "sign")?;
    finish(cx, tx, &Equipment, "equipment")?;
    finish(cx, tx, &Staffing, "staff_request")?;
    finish(cx, tx, &Shifts, "shift")?;
    finish(cx, tx, &Leave, "staff_absence")?;
    finish(cx, tx, &Funds, "fund")?;
    finish(cx, tx, &Books, "book")?;
    finish(cx, tx, &Journal, "journal_entry")?;
    finish(cx, tx, &Bank, "bank_line")?;
    finish(cx, tx, &Counts, "cash_count")?;
    finish(cx, tx, &Periods, "journal_period")
}

pub(super) fn table(name: &str) -> Result<Vec<Record>, Refusal> {
    let broken = |line: String| Refusal::rule("demo-table").with("table", name).with("line", line);
    let text =
        SAMPLE.get_file(name).and_then(|file| file.contents_utf8()).ok_or_else(|| broken("0".into()))?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| broken(e.to_string()))?.clone();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| broken(e.to_string()))?;
        rows.push(headers.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect());
    }
    Ok(rows)
}

pub(super) fn get<'a>(row: &'a Record, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

pub(super) fn day(row: &Record, name: &str) -> Result<NaiveDate, Refusal> {
    let text = get(row, name);
    text.parse().map_err(|_not_a_day| Refusal::rule("E_DATE").with("text", text))
}

/// The colleagues who may sign in; answers with the names by code. What they are appointed to follows from their appointments.
fn operators(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<HashMap<String, String>, Refusal> {
    let mut names = HashMap::new();
    for row in table("people.csv")? {
        let (code, name, org) = (get(&row, "person_id"), get(&row, "name"), get(&row, "home_org"));
        names.insert(code.to_owned(), name.to_owned());
        let appointed = super::training::post(cx, &row).is_some();
        if get(&row, "kind") == "志愿者" || (!appointed && org == "JS") {
            continue;
        }
        let id = tx.insert("operator", &[("name", keep::text(name)), ("person", keep::text(code))])?;
        // Whoever works for an association without a post of its own answers for it at the desk.
        let direct = match code {
            "P03" => Some("administrator"),
            _ => (!appointed).then_some("liaison"),
        };
        if let Some(post) = direct {
            let org = if org == "JS" { Value::Null } else { keep::text(org) };
            let from = keep::text(get(&row, "joined_on"));
            tx.insert(
                "operator_post",
                &[("operator_id", id.into()), ("post", keep::text(post)), ("org", org), ("from_on", from)],
            )?;
        }
    }
    Ok(names)
}

fn level(digit: &str) -> &'static str {
    match digit {
        "1" => "一级",
        "2" => "二级",
        "3" => "三级",
        "4" => "四级",
        _ => "",
    }
}

fn clients(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<(), Refusal> {
    let visits = table("home_visits.csv")?;
    let rows = table("clients.csv")?;
    let mut homes: HashMap<String, (String, usize)> = HashMap::new();
    for row in &rows {
        let home = homes
            .entry(get(row, "address").to_owned())
            .or_insert_with(|| (get(row, "client_id").to_owned(), 0));
        home.1 += 1;
    }
    for row in &rows {
        let code = get(row, "client_id");
        let kinds =
            get(row, "component_categories").split('|').filter_map(|digit| digit.parse::<usize>().ok());
        let kinds: Vec<&str> =
            kinds.filter_map(|digit| CATEGORIES.get(digit.wrapping_sub(1)).copied()).collect();
        let seen = visits.iter().filter(|v| get(v, "client_id") == code).map(|v| get(v, "visited_on")).max();
        let township = get(row, "township");
        let division =
            cx.catalog.divisions().iter().find(|d| d.zh == township).map_or("", |d| d.code.as_str());
        let home =
            homes.get(get(row, "address")).filter(|(_, n)| *n > 1).map_or("", |(code, _)| code.as_str());
        tx.insert(
            "client",
            &[
                ("code", keep::text(code)),
                ("name", keep::text(get(row, "name"))),
                ("sex", keep::text(get(row, "sex"))),
                ("birth", keep::text(get(row, "birth"))),
                ("resident_id", keep::text(get(row, "id_number"))),
                ("certificate", keep::text(get(row, "cert_no"))),
                ("cert_status", keep::text(get(row, "cert_status"))),
                ("category", keep::text(get(row, "category"))),
                ("level", keep::text(level(get(row, "level")))),
                ("components", keep::text(&kinds.join(";"))),
                ("autism_flag", Value::Integer(i64::from(get(row, "autism_flag") == "是"))),
                ("phone", keep::text(get(row, "mobile"))),
                ("township", keep::text(township)),
                ("community", keep::text(get(row, "community"))),
                ("address", keep::text(get(row, "address"))),
                ("division_code", keep::text(division)),
                ("household", keep::text(home)),
                ("guardian_name", keep::text(get(row, "guardian"))),
                ("guardian_phone", keep::text(get(row, "guardian_mobile"))),
                ("guardian_relation", keep::text(get(row, "guardian_relation"))),
                ("hardship_tags", keep::text(get(row, "hardship_tag"))),
                ("last_verified_on", keep::text(seen.unwrap_or_default())),
            ],
        )?;
    }
    reserve(tx, "C", 0, rows.len())
}

/// The numbers up to this one are taken.
pub(super) fn reserve(tx: &Tx<'_>, name: &str, year: i32, last: usize) -> Result<(), Refusal> {
    let sql = "INSERT INTO sequence (name, year, last) VALUES (?1, ?2, ?3) \
               ON CONFLICT (name, year) DO UPDATE SET last = max(last, excluded.last)";
    let last = i64::try_from(last).unwrap_or(i64::MAX);
    if last > 0 {
        tx.conn().execute(sql, rusqlite::params![name, year, last])?;
    }
    Ok(())
}

fn client_of(tx: &Tx<'_>, code: &str) -> Result<Option<i64>, Refusal> {
    Ok(people::known(tx.conn(), people::By::Code(code))?.first().copied())
}

fn consents(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<(), Refusal> {
    for row in table("consents.csv")? {
        let Some(client) = client_of(tx, get(&row, "client_id"))? else { continue };
        let read = |set: &str, name: &str| {
            cx.catalog.read_word(set, get(&row, name)).map_or(String::new(), |word| word.kept.clone())
        };
        let scope = read("consent_scopes", "scope");
        let method = read("consent_methods", "method");
        people::give(
            tx,
            client,
            &scope,
            get(&row, "scope"),
            get(&row, "given_by"),
            day(&row, "given_on")?,
            &method,
        )?;
    }
    Ok(())
}

fn cases_of_sample(tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let mut last: HashMap<i32, usize> = HashMap::new();
    for row in table("cases.csv")? {
        let no = get(&row, "case_no");
        let status = Status::parse(get(&row, "status")).unwrap_or(Status::Unrouted);
        let received = day(&row, "received_on")?;
        let routed = status != Status::Unrouted;
        let client = client_of(tx, get(&row, "client_id"))?;
        let name = |field: &str| staff.get(get(&row, field)).cloned().unwrap_or_default();
        let came = get(&row, "channel") == "窗口";
        let id = tx.insert(
            "case_record",
            &[
                ("no", keep::text(no)),
                ("received_at", keep::text(&format!("{received}T{}", get(&row, "received_at")))),
                ("channel", keep::text(get(&row, "channel"))),
                ("client", client.map_or(Value::Null, Value::Integer)),
                ("matter", keep::text(get(&row, "matter_type"))),
                ("content", keep::text(get(&row, "content"))),
                ("urgency", keep::text(get(&row, "urgency"))),
                ("lead_org", if routed { keep::text(get(&row, "lead_org")) } else { Value::Null }),
                ("co_orgs", keep::text(get(&row, "co_orgs"))),
                ("handler", keep::text(&name("handler"))),
                ("due", keep::text(get(&row, "due_on"))),
                ("status", keep::text(status.word())),
                ("closed_on", keep::text(get(&row, "closed_on"))),
                ("satisfaction", keep::text(get(&row, "satisfaction"))),
                ("visits_count", Value::Integer(i64::from(came))),
                ("registrar", keep::text(&name("registrar"))),
            ],
        )?;
        if let Some(client) = client {
            cases::add_client(tx, id, client)?;
        }
        let co_orgs = keep::parts(get(&row, "co_orgs"));
        cases::give_parts(tx, id, &co_orgs, received)?;
        for part in cases::parts(tx.conn(), id)? {
            cases::set_part(tx, part.id, Part::Working, received + Days::new(1), "")?;
        }
        history(tx, id, &row, status, [&name("registrar"), &name("handler")])?;
        let mut parts = no.split('-').skip(1);
        if let (Some(Ok(year)), Some(Ok(number))) =
            (parts.next().map(str::parse), parts.next().map(str::parse::<usize>))
        {
            let top = last.entry(year).or_default();
            *top = number.max(*top);
        }
    }
    for (year, number) in last {
        reserve(tx, "SL", year, number)?;
    }
    Ok(())
}

/// The lines of history that a status implies: registered, classified, routed, taken, and the last one.
fn history(
    tx: &Tx<'_>,
    id: i64,
    row: &Record,
    status: Status,
    [registrar, handler]: [&str; 2],
) -> Result<(), Refusal> {
    let received = format!("{}T{}", get(row, "received_on"), get(row, "received_at"));
    let closed = format!("{}T17:00", get(row, "closed_on"));
    let routed = if get(row, "co_orgs").is_empty() { Status::Routed } else { Status::Coordinated };
    let mut way = vec![("register", Status::Registered), ("classify", Status::Classified)];
    let last: &[(&str, Status)] = match status {
        Status::Done => &[("done", Status::Done)],
        Status::CalledBack => &[("done", Status::Done), ("follow-up", Status::CalledBack)],
        Status::Archived => {
            &[("done", Status::Done), ("follow-up", Status::CalledBack), ("archive", Status::Archived)]
        }
        Status::Waiting => &[("wait", Status::Waiting)],
        Status::Referred => &[("refer", Status::Referred)],
        Status::Working => &[("note", Status::Working)],
        _ => &[],
    };
    if status != Status::Unrouted {
        way.push(("route", routed));
        if routed == Status::Routed {
            way.push(("accept", Status::Accepted));
        }
    }
    way.extend(last);
    let mut from = Value::Null;
    for (action, to) in way {
        let done = matches!(action, "done" | "follow-up" | "archive");
        let by_desk = matches!(action, "register" | "classify" | "route" | "archive") || handler.is_empty();
        tx.insert_plain(
            "case_step",
            &[
                ("case_id", id.into()),
                ("at", keep::text(if done { &closed } else { &received })),
                ("who", keep::text(if by_desk { registrar } else { handler })),
                ("action", keep::text(action)),
                ("from_status", from),
                ("to_status", keep::text(to.word())),
            ],
        )?;
        from = keep::text(to.word());
    }
    Ok(())
}

/// The columns that follow, the search keys and one audit row for a table that was loaded whole.
fn finish(cx: &Cx<'_>, tx: &Tx<'_>, subject: &dyn Subject, table: &str) -> Result<(), Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let sql = format!("SELECT id FROM {table} ORDER BY id");
    let ids: Vec<i64> =
        tx.conn().prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in &ids {
        if subject.name() == "people" {
            people::derive(tx, &routing_table(cx.catalog), *id)?;
        }
        let sources = desk::sources(&cx, subject, *id)?;
        tx.index(subject.name(), *id, &desk::keys(&sources))?;
    }
    tx.audit(&AuditEntry {
        subject: subject.name().to_owned(),
        action: "load-sample".to_owned(),
        reason: Some(ids.len().to_string()),
        ..AuditEntry::default()
    })?;
    Ok(())
}
