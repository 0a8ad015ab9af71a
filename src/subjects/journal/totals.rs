//! What books and funds hold: what is posted from the kept totals, what is written but not posted from the few lines there
//! are. SQL and nothing else.

use rusqlite::{Connection, params};

use crate::desk::refusal::Refusal;
use crate::values::money::Fen;

fn ask(conn: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<Fen, Refusal> {
    Ok(Fen(conn.prepare_cached(sql)?.query_row(values, |row| row.get::<_, i64>(0))?))
}

/// What is in a book: posted only, or with everything written and not void.
pub(crate) fn book_balance(conn: &Connection, book: i64, posted: bool) -> Result<Fen, Refusal> {
    let last = "SELECT coalesce((SELECT balance FROM journal_entry WHERE book = ?1 AND seq IS NOT NULL \
                ORDER BY seq DESC LIMIT 1), (SELECT opening FROM book WHERE id = ?1), 0)";
    let held = ask(conn, last, [book])?;
    let open = if posted { Fen::ZERO } else { unposted(conn, book)? };
    Ok(Fen(held.0 + open.0))
}

/// What the lines of a book that are written but not posted do to it.
pub(crate) fn unposted(conn: &Connection, book: i64) -> Result<Fen, Refusal> {
    let sql = "SELECT coalesce(sum(amount), 0) FROM journal_entry INDEXED BY entry_by_status \
               WHERE status <> '已过账' AND status <> '已作废' AND book = ?1";
    ask(conn, sql, [book])
}

/// What a fund has: posted only, or with everything written and not void.
pub(crate) fn fund_balance(conn: &Connection, fund: i64, posted: bool) -> Result<Fen, Refusal> {
    let held = "SELECT (SELECT opening FROM fund WHERE id = ?1) + \
                coalesce((SELECT sum(amount) FROM posted_total WHERE fund = ?1), 0)";
    let held = ask(conn, held, [fund])?;
    let open = "SELECT coalesce(sum(s.amount), 0) FROM journal_entry e INDEXED BY entry_by_status \
                CROSS JOIN journal_split s ON s.entry = e.id \
                WHERE e.status <> '已过账' AND e.status <> '已作废' AND s.fund = ?1";
    let open = if posted { Fen::ZERO } else { ask(conn, open, [fund])? };
    Ok(Fen(held.0 + open.0))
}

/// What a fund has without one line that is being written anew.
pub(crate) fn fund_without(conn: &Connection, fund: i64, no: &str) -> Result<Fen, Refusal> {
    let own = "SELECT coalesce(sum(s.amount), 0) FROM journal_entry e JOIN journal_split s ON s.entry = e.id \
               WHERE e.no IN (?2, ?2 || '/2') AND e.status IN ('草稿', '待审核', '已审核') AND s.fund = ?1";
    let own = ask(conn, own, params![fund, no])?;
    Ok(Fen(fund_balance(conn, fund, false)?.0 - own.0))
}

/// What is in all books of a kind together.
pub(crate) fn held_as(conn: &Connection, cash: bool, posted: bool) -> Result<Fen, Refusal> {
    let mut sum = 0;
    for book in crate::subjects::books::records::all(conn)?.into_iter().filter(|book| book.cash == cash) {
        sum += book_balance(conn, book.id, posted)?.0;
    }
    Ok(Fen(sum))
}

/// What is in all books together.
pub(crate) fn held(conn: &Connection, posted: bool) -> Result<Fen, Refusal> {
    Ok(Fen(held_as(conn, true, posted)?.0 + held_as(conn, false, posted)?.0))
}

/// What all funds have together.
pub(crate) fn funds(conn: &Connection, posted: bool) -> Result<Fen, Refusal> {
    let held = "SELECT coalesce((SELECT sum(opening) FROM fund), 0) + \
                coalesce((SELECT sum(amount) FROM posted_total), 0)";
    let held = ask(conn, held, [])?;
    let open = "SELECT coalesce(sum(s.amount), 0) FROM journal_entry e INDEXED BY entry_by_status \
                CROSS JOIN journal_split s ON s.entry = e.id \
                WHERE e.status <> '已过账' AND e.status <> '已作废'";
    let open = if posted { Fen::ZERO } else { ask(conn, open, [])? };
    Ok(Fen(held.0 + open.0))
}
