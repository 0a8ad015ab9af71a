//! The posted journal as a journal file of hledger and ledger: money by account and fund on one side, what it was for by
//! account and fund on the other, so that every fund's part of the file balances by itself. Reads posted lines only.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use rusqlite::{Connection, Row, params};

use crate::catalog::Element;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::values::money::Fen;

use super::sums::{self, Book, Fund};

/// The unit of every amount; a name that every program's commodity table takes.
const UNIT: &str = "CNY";

/// One voucher on its way into the file.
struct Voucher {
    id: i64,
    no: String,
    date: String,
    summary: String,
    book: Option<i64>,
    key: (String, String, i64),
    tags: [(&'static str, String); 3],
    splits: Vec<Split>,
}

struct Split {
    book: Option<i64>,
    fund: i64,
    org: String,
    account: String,
    amount: i64,
}

/// Names of accounts as the file has them.
struct Names<'a> {
    cx: &'a Cx<'a>,
    books: Vec<Book>,
    funds: BTreeMap<i64, Fund>,
}

/// Writes the whole posted journal, headed by this remark; answers with how many vouchers it is.
///
/// # Errors
/// When the person may not, the file cannot be read, or what is written to cannot take it (`export-failed` with the detail).
pub(crate) fn write(cx: &Cx<'_>, mark: &str, out: &mut dyn Write) -> Result<usize, Refusal> {
    cx.who.must_hold(super::READERS, cx.catalog, cx.t)?;
    let funds = sums::funds(cx.db)?.into_iter().map(|fund| (fund.id, fund)).collect();
    let names = Names { cx, books: sums::books(cx.db)?, funds };
    head(&names, mark, out).map_err(|e| failed(&e))?;
    declare(&names, &used(cx.db)?, out).map_err(|e| failed(&e))?;
    open(&names, out)?;
    let mut count = 0;
    each_voucher(cx.db, &names, &mut |voucher| {
        count += 1;
        transaction(&names, voucher, out).map_err(|e| failed(&e))
    })?;
    Ok(count)
}

fn failed(error: &io::Error) -> Refusal {
    Refusal::rule("export-failed").of(Kind::File).with("path", "").with("detail", error.to_string())
}

impl Names<'_> {
    fn element(&self, element: Element) -> String {
        let id = match element {
            Element::Asset => "ledger-file-assets",
            Element::Liability => "ledger-file-liabilities",
            Element::NetAssets => "ledger-file-net-assets",
            Element::Income => "ledger-file-income",
            Element::Expense => "ledger-file-expenses",
        };
        self.cx.t.say(id)
    }

    fn fund(&self, id: i64) -> String {
        self.funds.get(&id).map_or_else(|| id.to_string(), |fund| segment(&fund.code))
    }

    /// `费用:5201 管理费用:5201.02 水电费:F-JS-01`
    fn account(&self, code: &str, fund: i64) -> String {
        let lang = self.cx.t.lang();
        let element = self.cx.catalog.account(code).map_or(Element::Asset, |account| account.element);
        let mut path = vec![self.element(element)];
        if let Some((parent, _)) = code.split_once('.') {
            path.push(segment(&self.cx.catalog.account_name(parent, lang)));
        }
        path.push(segment(&self.cx.catalog.account_name(code, lang)));
        path.push(self.fund(fund));
        path.join(":")
    }

    /// `资产:1002 银行存款:F-BL-00`; with the book's own name where several share the account.
    fn held(&self, book: &Book, fund: i64) -> String {
        let shared = self.books.iter().filter(|other| other.account == book.account).count() > 1;
        let account = self.cx.catalog.account_name(&book.account, self.cx.t.lang());
        let mut path = vec![self.element(Element::Asset), segment(&account)];
        if shared {
            path.push(segment(&format!("{} {}", book.code, book.name)));
        }
        path.push(self.fund(fund));
        path.join(":")
    }

    fn net_assets(&self, fund: i64) -> String {
        let restricted = self.funds.get(&fund).is_some_and(|fund| fund.restricted);
        self.account(if restricted { "3102" } else { "3101" }, fund)
    }

    fn book(&self, id: i64) -> Option<&Book> {
        self.books.iter().find(|book| book.id == id)
    }

    fn own(&self, account: &str) -> bool {
        self.books.iter().any(|book| book.account == account)
    }

    /// The book that fund transfers and openings are told of: the bank, where there is one. The money does not say in which
    /// book which fund's part lies.
    fn main_book(&self) -> Option<&Book> {
        self.books.last()
    }
}

/// One step of an account's name: a colon would end it, two spaces would end the account.
fn segment(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if [':', ';', '(', '['].contains(&c) { '-' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in one line without what means something to the program that reads it.
fn line(text: &str) -> String {
    let wide = |c| match c {
        ';' => '；',
        '|' => '｜',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(wide).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of a tag: it ends at a comma.
fn tag(text: &str) -> String {
    line(text).replace(',', "，")
}

fn head(names: &Names<'_>, mark: &str, out: &mut dyn Write) -> io::Result<()> {
    let t = names.cx.t;
    let made = [("who", names.cx.who.name.clone()), ("on", names.cx.now.date().to_string())];
    writeln!(out, "; {}", line(&t.say("ledger-file-title")))?;
    writeln!(out, "; {}", line(&t.with("report-made", &made)))?;
    writeln!(out, "; {}", line(mark))?;
    writeln!(out, "; {}", line(&t.say("report-posted-only")))?;
    writeln!(out, "; {}\n", line(&t.say("ledger-file-note")))?;
    writeln!(out, "commodity {UNIT}\n  format 1000.00 {UNIT}\n")?;
    for (element, kind) in [
        (Element::Asset, "A"),
        (Element::Liability, "L"),
        (Element::NetAssets, "E"),
        (Element::Income, "R"),
        (Element::Expense, "X"),
    ] {
        writeln!(out, "account {}  ; type:{kind}", names.element(element))?;
    }
    Ok(())
}

/// Which account meets which fund in which book; book 0 for a transfer.
fn used(db: &Connection) -> Result<Vec<(i64, i64, String)>, Refusal> {
    let sql = "SELECT DISTINCT book, fund, account FROM posted_total";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every account of the file, so that a slip of the pen in it is found by `check --strict`.
fn declare(names: &Names<'_>, used: &[(i64, i64, String)], out: &mut dyn Write) -> io::Result<()> {
    let mut all = BTreeSet::new();
    for fund in names.funds.values() {
        all.insert(names.net_assets(fund.id));
        all.extend(names.main_book().map(|book| names.held(book, fund.id)));
    }
    if let Some(pool) = pool(names) {
        all.extend(names.books.iter().map(|book| names.held(book, pool)));
    }
    for (book, fund, account) in used {
        all.extend(names.book(*book).map(|book| names.held(book, *fund)));
        if *book != 0 && !names.own(account) {
            all.insert(names.account(account, *fund));
        }
    }
    for account in all {
        writeln!(out, "account {account}")?;
    }
    writeln!(out)
}

/// The fund that stands for the money in the other books when they are opened.
fn pool(names: &Names<'_>) -> Option<i64> {
    let pool = super::pool(names.cx.db).ok().flatten().map(|fund| fund.id);
    pool.or_else(|| names.funds.keys().next().copied())
}

/// The opening: every fund in the main book against its net assets, and what lay in the other books moved there.
fn open(names: &Names<'_>, out: &mut dyn Write) -> Result<(), Refusal> {
    let (Some(main), Some(pool)) = (names.main_book(), pool(names)) else { return Ok(()) };
    let on = names.books.iter().map(|book| book.opened_on).min().unwrap_or_default();
    let mut postings = Vec::new();
    for fund in names.funds.values().filter(|fund| fund.opening != Fen::ZERO) {
        postings.push((names.held(main, fund.id), fund.opening.0, String::new()));
        postings.push((names.net_assets(fund.id), -fund.opening.0, String::new()));
    }
    for book in names.books.iter().filter(|book| book.id != main.id && book.opening != Fen::ZERO) {
        postings.push((names.held(book, pool), book.opening.0, String::new()));
        postings.push((names.held(main, pool), -book.opening.0, String::new()));
    }
    if postings.is_empty() {
        return Ok(());
    }
    let title = line(&names.cx.t.say("report-opening"));
    post(out, &format!("{on} * {title}"), &postings).map_err(|e| failed(&e))
}

fn post(out: &mut dyn Write, head: &str, postings: &[(String, i64, String)]) -> io::Result<()> {
    writeln!(out, "{head}")?;
    for (account, amount, org) in postings {
        let mark = if org.is_empty() { String::new() } else { format!("  ; org:{}", tag(org)) };
        writeln!(out, "    {account}  {} {UNIT}{mark}", Fen(*amount).plain())?;
    }
    writeln!(out)
}

const LINES: &str = "SELECT e.id, e.no, e.date, e.summary, e.book, e.kind, e.period, e.number, coalesce(e.org, ''), \
     coalesce(e.counterparty, ''), e.attachments, s.fund, s.org, s.account, s.amount \
     FROM journal_entry e JOIN journal_split s ON s.entry = e.id WHERE e.status = '已过账' ";

/// Gives every posted voucher once, in order of date; its second leg with it.
fn each_voucher(
    db: &Connection,
    names: &Names<'_>,
    give: &mut dyn FnMut(&Voucher) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut statement = db.prepare(&format!("{LINES} AND e.leg = 1 ORDER BY e.date, e.id, s.position"))?;
    let mut rows = statement.query([])?;
    let mut open: Option<Voucher> = None;
    let mut finish = |voucher: Option<Voucher>| -> Result<(), Refusal> {
        let Some(mut voucher) = voucher else { return Ok(()) };
        if voucher.splits.iter().any(|split| names.own(&split.account)) {
            second_leg(db, &mut voucher)?;
        }
        give(&voucher)
    };
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let split = split(row)?;
        match open.as_mut().filter(|voucher| voucher.id == id) {
            Some(voucher) => voucher.splits.push(split),
            None => {
                let mut next = voucher(row)?;
                next.splits.push(split);
                finish(open.replace(next))?;
            }
        }
    }
    finish(open)
}

fn voucher(row: &Row<'_>) -> rusqlite::Result<Voucher> {
    Ok(Voucher {
        id: row.get(0)?,
        no: row.get(1)?,
        date: row.get(2)?,
        summary: row.get(3)?,
        book: row.get(4)?,
        key: (row.get(5)?, row.get(6)?, row.get(7)?),
        tags: [
            ("org", row.get(8)?),
            ("counterparty", row.get(9)?),
            ("attachments", row.get::<_, i64>(10)?.to_string()),
        ],
        splits: Vec::new(),
    })
}

fn split(row: &Row<'_>) -> rusqlite::Result<Split> {
    Ok(Split {
        book: row.get(4)?,
        fund: row.get(11)?,
        org: row.get(12)?,
        account: row.get(13)?,
        amount: row.get(14)?,
    })
}

fn second_leg(db: &Connection, voucher: &mut Voucher) -> Result<(), Refusal> {
    let sql = format!(
        "{LINES} AND e.kind = ?1 AND e.period = ?2 AND e.number = ?3 AND e.leg = 2 ORDER BY s.position"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let (kind, period, number) = &voucher.key;
    let rows = statement.query_map(params![kind, period, number], split)?;
    for row in rows {
        voucher.splits.push(row?);
    }
    Ok(())
}

fn transaction(names: &Names<'_>, voucher: &Voucher, out: &mut dyn Write) -> io::Result<()> {
    let tags: Vec<String> = (voucher.tags.iter())
        .filter(|(_, value)| !value.is_empty() && value != "0")
        .map(|(name, value)| format!("{name}:{}", tag(value)))
        .collect();
    let tags = if tags.is_empty() { String::new() } else { format!("  ; {}", tags.join(", ")) };
    let head = format!("{} * ({}) {}{tags}", voucher.date, voucher.no, line(&voucher.summary));
    let mut postings: Vec<(String, i64, String)> = Vec::new();
    let mut held: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    let pair = voucher.splits.iter().any(|split| split.book != voucher.book);
    for split in &voucher.splits {
        match split.book {
            Some(book) => *held.entry((book, split.fund)).or_default() += split.amount,
            None => {
                // A transfer: the fund's part of the money, and its net assets with it.
                let main = names.main_book();
                postings.extend(main.map(|b| (names.held(b, split.fund), split.amount, split.org.clone())));
                postings.push((names.net_assets(split.fund), -split.amount, String::new()));
                continue;
            }
        }
        // The two legs are each other's counter account.
        if !(pair && names.own(&split.account)) {
            postings.push((names.account(&split.account, split.fund), -split.amount, split.org.clone()));
        }
    }
    let held = held.into_iter().filter_map(|((book, fund), amount)| {
        names.book(book).map(|book| (names.held(book, fund), amount, String::new()))
    });
    let postings: Vec<_> = held.chain(postings).collect();
    post(out, &head, &postings)
}
