//! How lines of the journal are kept: reading them with their splits, in the order of the book. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::values::money::Fen;

use super::rules::{Kind, Side, Split, Status};

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Number in the file.
    pub id: i64,
    /// Voucher number; the second line's has `/2` behind it.
    pub no: String,
    /// 1, or 2 for the other book's line of moved money.
    pub leg: i64,
    /// Voucher kind.
    pub kind: Kind,
    /// The book; none for a transfer between funds.
    pub book: Option<i64>,
    /// Its day.
    pub date: NaiveDate,
    /// What it is for.
    pub summary: String,
    /// Counter account; empty when there are several.
    pub account: String,
    /// Fund; none when there are several.
    pub fund: Option<i64>,
    /// The column it stands in.
    pub side: Side,
    /// What it does to the book; for a transfer what moves.
    pub amount: Fen,
    /// What was in the book after it; none before it is posted.
    pub balance: Option<Fen>,
    /// Its place in the book; none before it is posted.
    pub seq: Option<i64>,
    /// Who paid or was paid.
    pub counterparty: String,
    /// Papers behind it.
    pub attachments: i64,
    /// Where it stands.
    pub status: Status,
    /// Who wrote it.
    pub preparer: String,
    /// The voucher it cancels.
    pub reversal_of: Option<i64>,
    /// The voucher it puts right.
    pub corrects: Option<i64>,
    /// The rule its cost was shared by.
    pub rule: Option<i64>,
    /// Association it is done for; empty for several.
    pub org: String,
    /// The fund rule it breaks; empty in ordinary life.
    pub block: String,
    /// Why that should be let.
    pub override_reason: String,
    /// Who of the two has let it.
    pub override_secretary: String,
    /// See above.
    pub override_accountant: String,
    /// Changes so far.
    pub version: i64,
}

impl Entry {
    /// The figure in its column: negative is red.
    pub(crate) fn figure(&self) -> Fen {
        self.side.effect(self.amount)
    }

    /// The voucher's number, whichever of its lines this is.
    pub(crate) fn voucher(&self) -> &str {
        self.no.split('/').next().unwrap_or(&self.no)
    }
}

const COLUMNS: &str = "id, no, leg, kind, book, date, summary, account, fund, side, amount, balance, seq, counterparty, \
     attachments, status, preparer, reversal_of, corrects, rule, org, block, override_reason, override_secretary, \
     override_accountant, version";

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let fen = |at: usize| row.get::<_, Option<i64>>(at).map(|fen| fen.map(Fen));
    Ok(Entry {
        id: row.get(0)?,
        no: row.get(1)?,
        leg: row.get(2)?,
        // The file's own checks let in no other words.
        kind: Kind::parse(&text(3)?).unwrap_or(Kind::Transfer),
        book: row.get(4)?,
        date: text(5)?.parse().unwrap_or_default(),
        summary: text(6)?,
        account: text(7)?,
        fund: row.get(8)?,
        side: Side::parse(&text(9)?),
        amount: Fen(row.get(10)?),
        balance: fen(11)?,
        seq: row.get(12)?,
        counterparty: text(13)?,
        attachments: row.get(14)?,
        status: Status::parse(&text(15)?).unwrap_or(Status::Draft),
        preparer: text(16)?,
        reversal_of: row.get(17)?,
        corrects: row.get(18)?,
        rule: row.get(19)?,
        org: text(20)?,
        block: text(21)?,
        override_reason: text(22)?,
        override_secretary: text(23)?,
        override_accountant: text(24)?,
        version: row.get(25)?,
    })
}

fn select(conn: &Connection, rest: &str, values: impl rusqlite::Params) -> Result<Vec<Entry>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM journal_entry {rest}");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(values, entry)?.collect::<Result<_, _>>()?)
}

/// The line of this number in the file, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Entry, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM journal_entry WHERE id = ?1");
    let found = conn.prepare_cached(&sql)?.query_row([id], entry).optional()?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// All lines of the voucher a line belongs to, its first line first.
pub(crate) fn voucher(conn: &Connection, of: &Entry) -> Result<Vec<Entry>, Refusal> {
    select(conn, "WHERE no IN (?1, ?1 || '/2') ORDER BY leg", [of.voucher()])
}

/// What a line does to the funds.
pub(crate) fn splits(conn: &Connection, id: i64) -> Result<Vec<Split>, Refusal> {
    let sql = "SELECT fund, org, account, amount FROM journal_split WHERE entry = ?1 ORDER BY position";
    let mut statement = conn.prepare_cached(sql)?;
    let split = |row: &Row<'_>| {
        Ok(Split { fund: row.get(0)?, org: row.get(1)?, account: row.get(2)?, amount: Fen(row.get(3)?) })
    };
    Ok(statement.query_map([id], split)?.collect::<Result<_, _>>()?)
}

/// The lines of a book that are not posted, in the order they would be.
pub(crate) fn unposted(conn: &Connection, book: i64) -> Result<Vec<Entry>, Refusal> {
    select(
        conn,
        "INDEXED BY entry_by_status \
               WHERE status <> '已过账' AND status <> '已作废' AND book = ?1 ORDER BY date, id",
        [book],
    )
}

/// The first line of a book that must be posted before this one.
pub(crate) fn waits_for(conn: &Connection, book: i64, line: &Entry) -> Result<Option<Entry>, Refusal> {
    let found = select(
        conn,
        "INDEXED BY entry_by_status \
               WHERE status <> '已过账' AND status <> '已作废' AND book = ?1 AND (date, id) < (?2, ?3) ORDER BY date, id LIMIT 1",
        params![book, line.date.to_string(), line.id],
    )?;
    Ok(found.into_iter().next())
}

/// The reversal of a voucher, if there is one that was not voided.
pub(crate) fn reversal(conn: &Connection, id: i64) -> Result<Option<Entry>, Refusal> {
    Ok(select(conn, "WHERE reversal_of = ?1", [id])?.into_iter().next())
}

/// What corrects a voucher.
pub(crate) fn corrections(conn: &Connection, id: i64) -> Result<Vec<Entry>, Refusal> {
    select(conn, "WHERE corrects = ?1 AND leg = 1 ORDER BY id", [id])
}

/// The newest lines that touch a fund.
pub(crate) fn of_fund(conn: &Connection, fund: i64, most: i64) -> Result<Vec<(Entry, Fen)>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS}, (SELECT sum(amount) FROM journal_split WHERE entry = journal_entry.id AND fund = ?1) \
         FROM journal_entry WHERE id IN (SELECT entry FROM journal_split WHERE fund = ?1 ORDER BY entry DESC LIMIT ?2) \
         AND status <> '已作废' ORDER BY id DESC"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let both = |row: &Row<'_>| Ok((entry(row)?, Fen(row.get(26)?)));
    Ok(statement.query_map(params![fund, most], both)?.collect::<Result<_, _>>()?)
}

/// Newest lines that a new one may be like, one for each summary.
pub(crate) fn templates(conn: &Connection, side: Side, among: i64) -> Result<Vec<Entry>, Refusal> {
    select(
        conn,
        "WHERE id IN (SELECT max(id) FROM (SELECT id, summary FROM journal_entry WHERE side = ?1 AND leg = 1 \
         AND book IS NOT NULL AND reversal_of IS NULL AND corrects IS NULL AND status <> '已作废' \
         AND account NOT IN ('1001', '1002') ORDER BY id DESC LIMIT ?2) GROUP BY summary) ORDER BY id DESC",
        params![side.word(), among],
    )
}

/// How many lines stand so.
pub(crate) fn count(conn: &Connection, status: Status) -> Result<i64, Refusal> {
    let sql = "SELECT count(*) FROM journal_entry WHERE status = ?1 AND status <> '已过账' AND leg = 1";
    Ok(conn.prepare_cached(sql)?.query_row([status.word()], |row| row.get(0))?)
}

/// The names of those who hold a post today.
pub(crate) fn holders(conn: &Connection, post: &str, today: NaiveDate) -> Result<Vec<String>, Refusal> {
    let sql = "SELECT o.name FROM operator o JOIN operator_post p ON p.operator_id = o.id \
               WHERE p.post = ?1 AND p.from_on <= ?2 AND (p.to_on IS NULL OR p.to_on >= ?2) AND o.active = 1 ORDER BY o.id";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map(params![post, today.to_string()], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// A sharing rule: its number in the file, and each association's weight in their order.
pub(crate) type Sharing = (i64, Vec<(String, u64)>);

/// The sharing rule in force on a day.
pub(crate) fn sharing(
    conn: &Connection,
    day: NaiveDate,
    order: &[String],
) -> Result<Option<Sharing>, Refusal> {
    let sql = "SELECT id, weights FROM share_rule WHERE valid_from <= ?1 AND (valid_to IS NULL OR valid_to >= ?1) \
               ORDER BY valid_from DESC, id DESC LIMIT 1";
    let found: Option<(i64, String)> = conn
        .prepare_cached(sql)?
        .query_row([day.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map(|(id, weights)| (id, weights_in(&weights, order))))
}

/// Weights as kept (`BL:20;DF:18`), in the associations' order; one that is not named has none.
pub(crate) fn weights_in(kept: &str, order: &[String]) -> Vec<(String, u64)> {
    let each: Vec<(&str, u64)> = kept
        .split(';')
        .filter_map(|part| part.split_once(':'))
        .filter_map(|(org, weight)| Some((org, weight.parse().ok()?)))
        .collect();
    let weight = |org: &String| each.iter().find(|(code, _)| code == org).map_or(0, |(_, weight)| *weight);
    order.iter().map(|org| (org.clone(), weight(org))).collect()
}
