//! A journal page as the bound book has it (RULES §3.1, §3.4): what is brought forward, the lines, the totals of day, month
//! and year, what is carried over at the foot of each page. Pure: no SQL, no clock, no words.

use chrono::{Datelike, NaiveDate};

use crate::values::money::Fen;

/// Lines on a page, the carried ones included.
pub(crate) const PAGE: usize = 30;

/// A posted line of one book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its day.
    pub date: NaiveDate,
    /// Voucher number.
    pub no: String,
    /// What it was for.
    pub summary: String,
    /// Counter accounts, as said.
    pub counter: String,
    /// It stands in the column of receipts; else of payments.
    pub receipt: bool,
    /// What it does to the book.
    pub amount: Fen,
    /// What is in the book after it.
    pub balance: Fen,
}

/// Receipts and payments, each as its column shows it: a reversal stands in red in the column of what it reverses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Both {
    /// In.
    pub received: i64,
    /// Out.
    pub paid: i64,
}

impl Both {
    /// With one more line.
    #[must_use]
    pub(crate) fn and(self, entry: &Entry) -> Self {
        if entry.receipt {
            Self { received: self.received + entry.amount.0, ..self }
        } else {
            Self { paid: self.paid - entry.amount.0, ..self }
        }
    }
}

/// What a row of the paper is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 上年结转.
    FromLastYear,
    /// What the book was opened with.
    Opening,
    /// 承前页, with the page it stands on.
    BroughtOver(usize),
    /// 过次页, with the page it ends.
    CarriedOver(usize),
    /// A line.
    Entry(Entry),
    /// 本日合计.
    Day,
    /// 本月合计.
    Month,
    /// 本年累计.
    Year,
    /// 结转下年.
    ToNextYear,
}

/// A row of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// What it is.
    pub kind: Kind,
    /// Its day.
    pub date: NaiveDate,
    /// What stands in the two columns; none where they stay empty.
    pub both: Option<Both>,
    /// What is in the book after it.
    pub balance: Fen,
}

/// Where the paper begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Start {
    /// First day.
    pub on: NaiveDate,
    /// That day opens the book.
    pub opens: bool,
    /// What was in the book before it.
    pub balance: Fen,
    /// The year's totals before it.
    pub year: Both,
    /// The month's totals before it.
    pub month: Both,
}

struct Paper {
    rows: Vec<Row>,
    on_page: usize,
    page: usize,
    lines: usize,
    year: Both,
    balance: Fen,
}

impl Paper {
    fn put(&mut self, kind: Kind, date: NaiveDate, both: Option<Both>) {
        self.turn(date);
        self.row(kind, date, both);
    }

    /// Turns the page when it is full but for its last line: that one is for what goes over, and is written when something
    /// more is to come.
    fn turn(&mut self, date: NaiveDate) {
        if self.on_page + 1 < self.lines {
            return;
        }
        self.row(Kind::CarriedOver(self.page), date, Some(self.year));
        self.page += 1;
        self.on_page = 0;
        self.row(Kind::BroughtOver(self.page), date, Some(self.year));
    }

    fn row(&mut self, kind: Kind, date: NaiveDate, both: Option<Both>) {
        self.rows.push(Row { kind, date, both, balance: self.balance });
        self.on_page += 1;
    }
}

/// The paper of one book: its rows in order, `lines` to a page (at least 4). The year is carried forward when it is over by
/// `today` and the period reaches its last day.
pub(crate) fn lay_out(
    start: &Start,
    entries: Vec<Entry>,
    to: NaiveDate,
    today: NaiveDate,
    lines: usize,
) -> Vec<Row> {
    let mut paper = Paper {
        rows: Vec::new(),
        on_page: 0,
        page: 1,
        lines: lines.max(4),
        year: start.year,
        balance: start.balance,
    };
    match (start.on.month(), start.on.day()) {
        (1, 1) => paper.put(Kind::FromLastYear, start.on, None),
        _ if start.opens => paper.put(Kind::Opening, start.on, None),
        _ => paper.put(Kind::BroughtOver(1), start.on, Some(start.year)),
    }
    let mut month = start.month;
    let (mut day, mut of_day) = (Both::default(), 0);
    let mut last = start.on;
    let mut entries = entries.into_iter().peekable();
    while let Some(entry) = entries.next() {
        let on = entry.date;
        if on.year() != last.year() {
            forward(&mut paper, last.year(), on.year());
            month = Both::default();
        } else if on.month() != last.month() {
            month = Both::default();
        }
        if on != last {
            (day, of_day) = (Both::default(), 0);
        }
        last = on;
        (day, month, of_day) = (day.and(&entry), month.and(&entry), of_day + 1);
        paper.balance = entry.balance;
        let in_columns = Both::default().and(&entry);
        let next = entries.peek().map(|next| next.date);
        // The year's total goes over at a page's foot, so it must not count this line before it is written.
        let year = paper.year.and(&entry);
        put_entry(&mut paper, entry, in_columns);
        paper.year = year;
        if next != Some(on) && of_day > 1 {
            paper.put(Kind::Day, on, Some(day));
        }
        if next.is_none_or(|next| (next.year(), next.month()) != (on.year(), on.month())) {
            paper.put(Kind::Month, on, Some(month));
            paper.put(Kind::Year, on, Some(paper.year));
        }
    }
    let end = last_day(last.year());
    if to >= end && today > end {
        paper.put(Kind::ToNextYear, end, None);
    }
    paper.rows
}

/// A page's foot carries the balance before the line that did not fit.
fn put_entry(paper: &mut Paper, entry: Entry, both: Both) {
    let after = paper.balance;
    paper.balance = Fen(after.0 - entry.amount.0);
    let date = entry.date;
    paper.turn(date);
    paper.balance = after;
    paper.row(Kind::Entry(entry), date, Some(both));
}

fn forward(paper: &mut Paper, old: i32, new: i32) {
    paper.put(Kind::ToNextYear, last_day(old), None);
    paper.year = Both::default();
    paper.put(Kind::FromLastYear, NaiveDate::from_ymd_opt(new, 1, 1).unwrap_or_default(), None);
}

fn last_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn start(on: &str) -> Start {
        Start {
            on: on.parse().unwrap(),
            opens: false,
            balance: Fen(10_000),
            year: Both::default(),
            month: Both::default(),
        }
    }

    fn entry(date: &str, amount: i64, receipt: bool, balance: i64) -> Entry {
        Entry {
            date: date.parse().unwrap(),
            no: "现付-1".into(),
            summary: "纸".into(),
            counter: String::new(),
            receipt,
            amount: Fen(amount),
            balance: Fen(balance),
        }
    }

    fn said(rows: &[Row]) -> Vec<String> {
        let one = |row: &Row| {
            let both = row.both.unwrap_or_default();
            let kind = format!("{:?}", row.kind);
            let kind = kind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
            format!("{} {kind} {} {} {}", row.date, both.received, both.paid, row.balance.0)
        };
        rows.iter().map(one).collect()
    }

    #[test]
    fn a_year_is_brought_in_totalled_and_carried_out() {
        let entries = vec![
            entry("2025-12-30", -100, false, 9_900),
            entry("2025-12-30", 30, false, 9_930),
            entry("2025-12-31", 70, true, 10_000),
            entry("2026-01-02", -1, false, 9_999),
        ];
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rows = lay_out(&start("2025-01-01"), entries, day("2026-12-31"), day("2026-03-04"), 30);
        assert_eq!(
            said(&rows),
            [
                "2025-01-01 FromLastYear 0 0 10000",
                "2025-12-30 Entry 0 100 9900",
                "2025-12-30 Entry 0 -30 9930",
                "2025-12-30 Day 0 70 9930",
                "2025-12-31 Entry 70 0 10000",
                "2025-12-31 Month 70 70 10000",
                "2025-12-31 Year 70 70 10000",
                "2025-12-31 ToNextYear 0 0 10000",
                "2026-01-01 FromLastYear 0 0 10000",
                "2026-01-02 Entry 0 1 9999",
                "2026-01-02 Month 0 1 9999",
                "2026-01-02 Year 0 1 9999",
            ],
            "this year is not over, and is not carried forward"
        );
    }

    #[test]
    fn a_page_ends_with_what_the_next_begins_with() {
        let entries = (1..=5).map(|n| entry(&format!("2026-02-0{n}"), -n, false, 10_000 - n * (n + 1) / 2));
        let mut from = start("2026-02-01");
        (from.year, from.month) = (Both { received: 9, paid: 7 }, Both::default());
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rows = lay_out(&from, entries.collect(), day("2026-02-28"), day("2026-03-04"), 5);
        assert_eq!(
            said(&rows),
            [
                "2026-02-01 BroughtOver 9 7 10000",
                "2026-02-01 Entry 0 1 9999",
                "2026-02-02 Entry 0 2 9997",
                "2026-02-03 Entry 0 3 9994",
                "2026-02-04 CarriedOver 9 13 9994",
                "2026-02-04 BroughtOver 9 13 9994",
                "2026-02-04 Entry 0 4 9990",
                "2026-02-05 Entry 0 5 9985",
                "2026-02-05 Month 0 15 9985",
                "2026-02-05 CarriedOver 9 22 9985",
                "2026-02-05 BroughtOver 9 22 9985",
                "2026-02-05 Year 9 22 9985",
            ]
        );
    }

    proptest! {
        #[test]
        fn every_page_is_full_and_nothing_is_lost(
            steps in prop::collection::vec((0_u64..40, -500_i64..500, any::<bool>()), 0..60),
            lines in 4_usize..12,
        ) {
            let mut date = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
            let (mut balance, mut entries) = (10_000, Vec::new());
            for (days, amount, receipt) in steps {
                date = date + chrono::Days::new(days);
                balance += amount;
                entries.push(Entry { date, ..entry("2024-01-01", amount, receipt, balance) });
            }
            let count = entries.len();
            let rows = lay_out(&start("2024-01-01"), entries, date, date, lines);
            let mut on_page = 0;
            let mut written = 0;
            let mut over: Option<Row> = None;
            for row in rows {
                if let Kind::BroughtOver(page) = row.kind {
                    let last = over.take().unwrap();
                    prop_assert_eq!(last.kind, Kind::CarriedOver(page - 1));
                    prop_assert_eq!((last.both, last.balance), (row.both, row.balance));
                    prop_assert_eq!(on_page, lines);
                    on_page = 0;
                }
                on_page += 1;
                prop_assert!(on_page <= lines);
                written += usize::from(matches!(row.kind, Kind::Entry(_)));
                over = matches!(row.kind, Kind::CarriedOver(_)).then_some(row);
            }
            prop_assert_eq!(written, count);
        }
    }
}
