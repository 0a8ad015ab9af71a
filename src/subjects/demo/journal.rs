//! Loads the books, the funds, the sharing rule and the journal of the sample year: every line written, reviewed and posted as
//! the office would have done it, so that the file's own guards have seen each of them.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::params;
use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::funds::records as funds;
use crate::subjects::journal::rules::{self, Kind, Side};
use crate::subjects::journal::{building, records, review};
use crate::subjects::keep;
use crate::values::money::Fen;

use super::sample::{Record, day, get, table};

/// Loads it all; `staff` is the names of the colleagues by code.
///
/// # Errors
/// When a table cannot be read or does not fit: the refusal names it.
pub(super) fn load(cx: &Cx<'_>, tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let journal = table("journal.csv")?;
    books(tx, &journal)?;
    funds_of_sample(&cx, tx)?;
    let rule = sharing_rule(tx)?;
    let mut splits: HashMap<String, Vec<Record>> = HashMap::new();
    for row in table("journal_splits.csv")? {
        splits.entry(get(&row, "entry_id").to_owned()).or_default().push(row);
    }
    let transfers = table("fund_transfers.csv")?;
    let mut coming = transfers.iter().peekable();
    for row in &journal {
        // Transfers between funds stand where their day puts them.
        while let Some(transfer) = coming.next_if(|t| get(t, "date") <= get(row, "date")) {
            between(&cx, tx, transfer, staff)?;
        }
        line(&cx, tx, row, splits.get(get(row, "entry_id")), rule, staff)?;
    }
    for transfer in coming {
        between(&cx, tx, transfer, staff)?;
    }
    Ok(())
}

fn fen(row: &Record, name: &str) -> Result<Option<Fen>, Refusal> {
    let text = get(row, name);
    if text.is_empty() {
        return Ok(None);
    }
    Fen::parse(text).map(Some).map_err(|e| Refusal::rule(e.code()).with("text", text))
}

/// Each book opens with what was in it before its first line.
fn books(tx: &Tx<'_>, journal: &[Record]) -> Result<(), Refusal> {
    for (code, name, kind, account) in
        [("CASH", "库存现金", "现金", "1001"), ("BANK", "银行存款", "银行", "1002")]
    {
        let Some(first) = journal.iter().find(|row| get(row, "book") == code) else { continue };
        let after = fen(first, "balance")?.unwrap_or_default();
        let came = fen(first, "receipt")?.unwrap_or_default();
        let went = fen(first, "payment")?.unwrap_or_default();
        let bank = kind == "银行";
        tx.insert(
            "book",
            &[
                ("code", keep::text(code)),
                ("name", keep::text(name)),
                ("kind", keep::text(kind)),
                ("account", keep::text(account)),
                ("opening", Value::Integer(after.0 - came.0 + went.0)),
                ("opened_on", keep::text("2025-01-01")),
                ("bank", keep::text(if bank { "样例银行德清支行" } else { "" })),
                ("signatories", keep::text(if bank { "联合秘书处财务章；六协会联络人各一" } else { "" })),
            ],
        )?;
    }
    Ok(())
}

/// The accounts a purpose names, by the words accounts are known by.
fn permitted(cx: &Cx<'_>, purpose: &str) -> String {
    let named = |a: &&crate::catalog::Account| {
        a.code.starts_with("5101.") && a.also.iter().any(|word| purpose.contains(word.as_str()))
    };
    cx.catalog.accounts().iter().filter(named).map(|a| a.code.as_str()).collect::<Vec<_>>().join(";")
}

fn funds_of_sample(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<(), Refusal> {
    let balances = table("fund_balances.csv")?;
    for row in table("funds.csv")? {
        let code = get(&row, "fund_code");
        let opening = balances.iter().find(|b| get(b, "fund_code") == code);
        let opening = opening.map(|b| fen(b, "opening_2025")).transpose()?.flatten().unwrap_or_default();
        let restricted = get(&row, "restriction") == "限定性";
        let accounts = if restricted { permitted(cx, get(&row, "purpose")) } else { String::new() };
        let owner = get(&row, "owner");
        // The purpose of a working fund says that it bears running costs; the running costs' own fund is where they go.
        let shareable =
            !restricted && (get(&row, "purpose").contains("分摊") || get(&row, "source") == "分摊经费");
        tx.insert(
            "fund",
            &[
                ("code", keep::text(code)),
                ("name", keep::text(get(&row, "name"))),
                ("owner", keep::text(owner)),
                ("source", keep::text(get(&row, "source"))),
                ("restriction", keep::text(get(&row, "restriction"))),
                ("purpose", keep::text(get(&row, "purpose"))),
                ("accounts", keep::text(&accounts)),
                ("shareable", Value::Integer(i64::from(shareable))),
                ("valid_from", keep::text(get(&row, "valid_from"))),
                ("valid_to", keep::text(get(&row, "valid_to"))),
                ("opening", Value::Integer(opening.0)),
            ],
        )?;
    }
    Ok(())
}

/// The weights of the agreement, as the table of associations has them.
fn sharing_rule(tx: &Tx<'_>) -> Result<i64, Refusal> {
    let rows = table("associations.csv")?;
    let weights: Vec<String> = rows
        .iter()
        .filter(|row| !matches!(get(row, "cost_share_weight"), "" | "0"))
        .map(|row| format!("{}:{}", get(row, "code"), get(row, "cost_share_weight")))
        .collect();
    let agreement = rows.first().map_or("", |row| get(row, "agreement_no"));
    Ok(tx.insert(
        "share_rule",
        &[
            ("no", keep::text("FT-2025-01")),
            ("name", keep::text("运转经费分摊")),
            ("method", keep::text("协议比例")),
            ("weights", keep::text(&weights.join(";"))),
            ("agreement", keep::text(agreement)),
            ("valid_from", keep::text("2025-01-01")),
        ],
    )?)
}

/// The parts of a sample's voucher number: kind and running number.
fn numbered(no: &str) -> Result<(Kind, i64), Refusal> {
    let wrong = || Refusal::rule("demo-table").with("table", "journal.csv").with("line", no);
    let mut parts = no.split('-');
    let kind = parts.next().and_then(Kind::parse).ok_or_else(wrong)?;
    let number = parts.next_back().and_then(|n| n.parse().ok()).ok_or_else(wrong)?;
    Ok((kind, number))
}

fn fund_id(cx: &Cx<'_>, code: &str) -> Result<i64, Refusal> {
    let found = funds::by_code(cx.db, code)?;
    found.map(|fund| fund.id).ok_or_else(|| Refusal::rule("not-found").with("text", code))
}

fn entry_of(cx: &Cx<'_>, no: &str) -> Result<Option<i64>, Refusal> {
    if no.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT id FROM journal_entry WHERE no = ?1";
    Ok(Some(cx.db.prepare_cached(sql)?.query_row([no], |row| row.get(0))?))
}

struct Signed<'a> {
    preparer: &'a str,
    reviewer: &'a str,
    bookkeeper: &'a str,
    cashier: &'a str,
}

fn columns<'a>(
    no: &str,
    date: NaiveDate,
    leg: i64,
    signed: &Signed<'a>,
) -> Result<Vec<(&'static str, Value)>, Refusal> {
    let (kind, number) = numbered(no)?;
    Ok(vec![
        ("no", keep::text(&if leg == 1 { no.to_owned() } else { format!("{no}/{leg}") })),
        ("leg", Value::Integer(leg)),
        ("kind", keep::text(kind.word())),
        ("period", keep::text(&rules::period(date))),
        ("number", Value::Integer(number)),
        ("date", keep::day(date)),
        ("status", keep::text("已审核")),
        ("preparer", keep::text(signed.preparer)),
        ("reviewer", keep::text(signed.reviewer)),
    ])
}

fn line(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    row: &Record,
    splits: Option<&Vec<Record>>,
    rule: i64,
    staff: &HashMap<String, String>,
) -> Result<(), Refusal> {
    let name = |field: &str| staff.get(get(row, field)).map_or("", String::as_str);
    let signed = Signed {
        preparer: name("preparer"),
        reviewer: name("reviewer"),
        bookkeeper: name("bookkeeper"),
        cashier: name("cashier"),
    };
    let no = get(row, "voucher_no");
    let date = day(row, "date")?;
    let sql = "SELECT count(*) FROM journal_entry WHERE no = ?1";
    let written: i64 = cx.db.prepare_cached(sql)?.query_row([no], |row| row.get(0))?;
    let (side, figure) = match (fen(row, "receipt")?, fen(row, "payment")?) {
        (Some(came), _) => (Side::In, came),
        (None, went) => (Side::Out, went.unwrap_or_default()),
    };
    let effect = side.effect(figure);
    let account = get(row, "counter_account");
    let fund = fund_id(cx, get(row, "fund_code"))?;
    let shared = splits.is_some_and(|splits| splits.len() > 1);
    let corrects = get(row, "summary").strip_prefix("订正").and_then(|rest| rest.split_once('日'));
    let corrects = corrects.and_then(|(_, rest)| rest.split_once("号凭证")).map_or("", |(no, _)| no);
    let mut all = columns(no, date, written + 1, &signed)?;
    let book = crate::subjects::books::records::by_code(cx.db, get(row, "book"))?.map(|book| book.id);
    all.extend([
        ("book", book.map_or(Value::Null, Value::Integer)),
        ("cash", Value::Integer(i64::from(get(row, "book") == "CASH"))),
        ("summary", keep::text(get(row, "summary"))),
        ("account", keep::text(account)),
        ("fund", Value::Integer(fund)),
        ("side", keep::text(side.word())),
        ("amount", Value::Integer(effect.0)),
        ("counterparty", keep::text(get(row, "counterparty"))),
        ("attachments", Value::Integer(get(row, "attachments").parse().unwrap_or(0))),
        ("reversal_of", entry_of(cx, get(row, "reversal_of"))?.map_or(Value::Null, Value::Integer)),
        ("corrects", entry_of(cx, corrects)?.map_or(Value::Null, Value::Integer)),
        ("rule", if shared { Value::Integer(rule) } else { Value::Null }),
        ("org", keep::text(get(row, "org"))),
    ]);
    let id = tx.insert("journal_entry", &all)?;
    match splits {
        Some(splits) => {
            for (position, split) in (1i64..).zip(splits) {
                let amount = side.effect(fen(split, "amount")?.unwrap_or_default());
                let fund = fund_id(cx, get(split, "fund_code"))?;
                put_split(tx, id, position, fund, get(split, "org"), get(split, "account"), amount)?;
            }
        }
        // Money moved between the books: the fund keeps what it has.
        None => put_split(tx, id, 1, fund, get(row, "org"), account, effect)?,
    }
    review::enter(tx, &records::must_find(cx.db, id)?, signed.bookkeeper, signed.cashier)
}

fn between(cx: &Cx<'_>, tx: &Tx<'_>, row: &Record, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let name = |code: &str| staff.get(code).map_or("", String::as_str);
    let signed = Signed {
        preparer: name("P05"),
        reviewer: name("P02"),
        bookkeeper: name("P05"),
        cashier: name("P06"),
    };
    let must =
        |code: &str| funds::by_code(cx.db, code).and_then(|f| f.ok_or_else(|| Refusal::rule("not-found")));
    let (from, to) = (must(get(row, "from_fund"))?, must(get(row, "to_fund"))?);
    let amount = fen(row, "amount")?.unwrap_or_default();
    let transfer = building::transfer_line(&[(&from, &to, amount)]);
    let mut all = columns(get(row, "voucher_no"), day(row, "date")?, 1, &signed)?;
    all.extend([
        ("summary", keep::text(get(row, "basis"))),
        ("account", keep::text("3101")),
        ("side", keep::text(Side::Between.word())),
        ("amount", Value::Integer(amount.0)),
        ("org", keep::text(&from.owner)),
    ]);
    let id = tx.insert("journal_entry", &all)?;
    for (position, split) in (1i64..).zip(&transfer.splits) {
        put_split(tx, id, position, split.fund, &split.org, &split.account, split.amount)?;
    }
    review::enter(tx, &records::must_find(cx.db, id)?, signed.bookkeeper, signed.cashier)
}

#[allow(clippy::too_many_arguments, reason = "the columns of a split")]
fn put_split(
    tx: &Tx<'_>,
    entry: i64,
    position: i64,
    fund: i64,
    org: &str,
    account: &str,
    amount: Fen,
) -> Result<(), Refusal> {
    let sql = "INSERT INTO journal_split (entry, position, fund, org, account, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.conn().prepare_cached(sql)?.execute(params![entry, position, fund, org, account, amount.0])?;
    Ok(())
}
