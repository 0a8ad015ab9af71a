//! Any sequence of payments, receipts, moves, shared costs, reviews, postings, reversals, voids and closings leaves the invariants whole:
//! the purses agree with the books, every balance follows from the one before, no number is missing, nothing posted changes.

use proptest::prelude::*;

use crate::desk::office::Office;
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::periods::Periods;
use crate::subjects::sharing::Sharing;

use super::super::totals;
use super::{ACCOUNTANT, CASHIER, DEPUTY, act, act_of, ask};

/// One thing somebody tries; what the office refuses is as good as what it does.
#[derive(Debug, Clone)]
enum Step {
    Pay(i64, usize, bool),
    Receive(i64, usize),
    Move(i64),
    Transfer(i64, usize, usize),
    Review(usize),
    Return(usize),
    Post(usize),
    Void(usize),
    Reverse(usize),
    Adjust(usize, i64),
    Share(i64),
    Close,
}

const FUNDS: [&str; 5] = ["F-BL-00", "F-BL-01", "F-DF-00", "F-JS-01", "F-PD-02"];
const PAID: [&str; 4] = ["5201.01", "5101.02", "5101.01", "5201.02"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1i64..300_000, 0usize..5, any::<bool>()).prop_map(|(a, f, s)| Step::Pay(a, f, s)),
        2 => (1i64..3_000_000, 0usize..5).prop_map(|(a, f)| Step::Receive(a, f)),
        1 => (1i64..500_000).prop_map(Step::Move),
        1 => (1i64..500_000, 0usize..5, 0usize..5).prop_map(|(a, f, t)| Step::Transfer(a, f, t)),
        4 => (0usize..40).prop_map(Step::Review),
        1 => (0usize..40).prop_map(Step::Return),
        4 => (0usize..40).prop_map(Step::Post),
        1 => (0usize..40).prop_map(Step::Void),
        2 => (0usize..400).prop_map(Step::Reverse),
        1 => (0usize..400, -50_000i64..50_000).prop_map(|(n, d)| Step::Adjust(n, d)),
        1 => (1i64..2_000_000).prop_map(Step::Share),
        1 => Just(Step::Close),
    ]
}

fn nth(office: &Office, sql: &str, n: usize) -> Option<i64> {
    let mut ids = office.store.conn().prepare(sql).unwrap();
    let ids: Vec<i64> = ids.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    if ids.is_empty() { None } else { ids.get(n % ids.len()).copied() }
}

fn yuan(fen: i64) -> String {
    crate::values::money::Fen(fen).plain()
}

fn carry_out(office: &mut Office, step: &Step) {
    let open = "SELECT id FROM journal_entry WHERE status IN ('草稿', '待审核', '已审核') AND leg = 1";
    let posted = "SELECT id FROM journal_entry WHERE status = '已过账' AND leg = 1";
    let who = match step {
        Step::Review(_) | Step::Return(_) => DEPUTY,
        Step::Post(_)
        | Step::Reverse(_)
        | Step::Adjust(..)
        | Step::Void(_)
        | Step::Share(_)
        | Step::Close => ACCOUNTANT,
        _ => CASHIER,
    };
    office.who = operator(office, who);
    let fund = |n: &usize| FUNDS.get(*n).copied().unwrap_or_default();
    let on = |sql, n: usize| nth(office, sql, n);
    drop(match step {
        Step::Pay(amount, n, shared) => act(
            office,
            "pay",
            None,
            &[
                ("amount", &yuan(*amount)),
                ("summary", "试"),
                ("account", PAID.get(n % PAID.len()).copied().unwrap_or_default()),
                ("fund", fund(n)),
                ("shared", if *shared { "1" } else { "0" }),
            ],
        ),
        Step::Receive(amount, n) => act(
            office,
            "receive",
            None,
            &[("amount", &yuan(*amount)), ("summary", "试"), ("account", "4401"), ("fund", fund(n))],
        ),
        Step::Move(amount) => act(office, "move", None, &[("amount", &yuan(*amount))]),
        Step::Transfer(amount, from, to) => act(
            office,
            "transfer",
            None,
            &[("amount", &yuan(*amount)), ("fund", fund(from)), ("to_fund", fund(to)), ("summary", "划")],
        ),
        Step::Review(n) => act(office, "review", on(open, *n), &[]),
        Step::Return(n) => act(office, "return", on(open, *n), &[("reason", "再看")]),
        Step::Post(n) => act(office, "post", on(open, *n), &[]),
        Step::Void(n) => act(office, "void", on(open, *n), &[("reason", "不要")]),
        Step::Reverse(n) => act(office, "reverse", on(posted, *n), &[("reason", "错")]),
        Step::Adjust(n, by) => {
            act(office, "adjust", on(posted, *n), &[("difference", &yuan(*by)), ("reason", "差")])
        }
        Step::Share(amount) => {
            let texts = [("from", "2026-01-01"), ("to", "2026-02-28"), ("total", &*yuan(*amount))];
            act_of(office, &Sharing, "run", Some(1), &texts)
        }
        Step::Close => {
            let month = ask::<i64>(office, "SELECT id FROM journal_period WHERE period = '2026-02'");
            act_of(office, &Periods, "close", Some(month), &[("reason", "银行未达两笔，已写说明")])
        }
    });
}

fn whole(office: &Office, before: &[(i64, String)]) {
    let conn = office.store.conn();
    for posted in [true, false] {
        assert_eq!(totals::held(conn, posted).unwrap(), totals::funds(conn, posted).unwrap());
    }
    let broken = [
        // Each balance follows from the one before it.
        "SELECT count(*) FROM journal_entry e WHERE seq IS NOT NULL AND balance <> amount + coalesce((SELECT balance FROM \
         journal_entry b WHERE b.book = e.book AND b.seq = e.seq - 1), (SELECT opening FROM book WHERE id = e.book))",
        // No number is missing, none is there twice.
        "SELECT count(*) FROM (SELECT max(number) AS last, count(DISTINCT number) AS n FROM journal_entry \
         GROUP BY kind, period) WHERE last <> n",
        // Every line's splits sum to it.
        "SELECT count(*) FROM journal_entry e WHERE (SELECT sum(amount) FROM journal_split WHERE entry = e.id) <> \
         iif(side = '转', 0, e.amount)",
        // The kept totals are the sum of what is posted.
        "SELECT count(*) FROM (SELECT fund, sum(amount) AS kept FROM posted_total GROUP BY fund) t WHERE kept <> \
         (SELECT sum(s.amount) FROM journal_split s JOIN journal_entry e ON e.id = s.entry WHERE s.fund = t.fund \
         AND e.status = '已过账')",
        // Nobody reviewed their own.
        "SELECT count(*) FROM journal_entry WHERE reviewer = preparer",
        // Nothing is reversed twice.
        "SELECT count(*) FROM (SELECT reversal_of FROM journal_entry WHERE reversal_of IS NOT NULL GROUP BY reversal_of \
         HAVING count(*) > 1)",
    ];
    for sql in broken {
        assert_eq!(ask::<i64>(office, sql), 0, "{sql}");
    }
    for (id, was) in before {
        assert_eq!(&posted_line(office, *id), was);
    }
}

fn posted_line(office: &Office, id: i64) -> String {
    let sql = "SELECT no || date || summary || amount || balance || seq || reviewer FROM journal_entry WHERE id = ?1";
    office
        .store
        .conn()
        .query_row(sql, [id], |row| row.get::<_, Option<String>>(0))
        .unwrap()
        .unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens_the_purses_agree(steps in proptest::collection::vec(step(), 1..40)) {
        let mut office = office(CASHIER);
        let mut before: Vec<(i64, String)> = Vec::new();
        for step in &steps {
            carry_out(&mut office, step);
            let posted = "SELECT id FROM journal_entry WHERE seq IS NOT NULL ORDER BY id DESC LIMIT 3";
            for n in 0..3 {
                if let Some(id) = nth(&office, posted, n) {
                    before.push((id, posted_line(&office, id)));
                }
            }
        }
        whole(&office, &before);
    }
}
