//! Whatever is asked for, lent, taken back, given up, reported broken, mended, transferred, counted, drawn, bought and undone in
//! whatever order: one pair of hands has a thing at a time, it belongs to whom it belonged until a transfer says otherwise, a
//! stocktake counts it once, no goods are below nothing, and what is reckoned up is what happened.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::desk::door;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::keep;
use crate::subjects::loans::Loans;
use crate::subjects::moves::Moves;
use crate::subjects::stocktakes::Stocktakes;
use crate::subjects::tallies::{Tallies, tests::answer};
use crate::subjects::tickets::Tickets;
use crate::subjects::transfers::Transfers;

use super::{Assets, lists};

/// One thing somebody tries.
#[derive(Debug, Clone)]
enum Step {
    Lend { asset: usize, org: usize, from: u8, days: u8 },
    Loan { which: usize, action: usize, days: u8 },
    Stand { asset: usize, status: usize },
    Transfer { asset: usize, to: usize, agreed: u8 },
    Break { asset: usize },
    Mend { which: usize, action: usize },
    Return { which: usize, state: usize },
    Plan { what: usize },
    Count { what: usize, tag: u8, other: bool },
    Settle { update: bool },
    Goods { item: usize, what: usize, org: usize, units: u8, fen: u16 },
    Undo,
}

/// Two of general affairs, one of whom looks at what the other counted, and the secretary.
const PEOPLE: [&str; 3] = ["单样乐", "曾示平", "沈示安"];
const PLANS: [(&str, &str, &str); 3] =
    [("权属", "owner", "PD"), ("场地", "zone", "Z04"), ("权属", "owner", "BL")];
const ITEMS: [&str; 3] = ["HC-01", "HC-02", "HC-03"];
const GOODS: [&str; 6] = ["issue", "receive", "bring-back", "spoil", "count", "reverse"];
const ASSETS: [&str; 4] = ["ZC-PD-024", "ZC-PD-025", "ZC-PD-026", "ZC-BL-009"];
const ORGS: [&str; 3] = ["BL", "DF", "PD"];
const REPAIRS: [&str; 8] =
    ["accept", "accept", "dispatch", "finish", "verify", "rework", "beyond", "withdraw"];
const STATES: [&str; 3] = ["损坏", "缺件", "丢失"];
const ACTIONS: [&str; 5] = ["return", "cancel", "out", "extend", "close"];
const STATUSES: [&str; 5] = ["在用", "闲置", "维修", "待报废", "盘亏"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..4usize, 0..3usize, 0..12u8, 0..9u8)
            .prop_map(|(asset, org, from, days)| Step::Lend { asset, org, from, days }),
        4 => (0..9usize, 0..5usize, 1..20u8).prop_map(|(which, action, days)| Step::Loan { which, action, days }),
        2 => (0..4usize, 0..5usize).prop_map(|(asset, status)| Step::Stand { asset, status }),
        2 => (0..4usize).prop_map(|asset| Step::Break { asset }),
        6 => (0..4usize, 0..8usize).prop_map(|(which, action)| Step::Mend { which, action }),
        1 => (0..4usize, 0..3usize).prop_map(|(which, state)| Step::Return { which, state }),
        2 => (0..3usize).prop_map(|what| Step::Plan { what }),
        8 => (0..9usize, 1..61u8, any::<bool>()).prop_map(|(what, tag, other)| Step::Count { what, tag, other }),
        1 => any::<bool>().prop_map(|update| Step::Settle { update }),
        8 => (0..3usize, 0..6usize, 0..3usize, 0..30u8, 0..900u16)
            .prop_map(|(item, what, org, units, fen)| Step::Goods { item, what, org, units, fen }),
        3 => Just(Step::Undo),
        1 => (0..4usize, 0..3usize, 0..3u8).prop_map(|(asset, to, agreed)| Step::Transfer { asset, to, agreed }),
    ]
}

fn act(
    office: &Office,
    subject: &'static dyn Subject,
    name: &str,
    id: Option<i64>,
    texts: &[(&str, String)],
    undo: &mut Option<door::Step>,
) -> Result<i64, Refusal> {
    let cx = office.cx();
    let action = door::action(subject, name).unwrap();
    door::check(&cx, subject, action, id)?;
    let form = keep::filled(&cx, subject, action, id, texts)?;
    let (done, step) = door::perform(office, subject, action, &form)?;
    *undo = Some(step);
    Ok(done[0].id)
}

/// The ids a question answers with.
fn ids(office: &Office, sql: &str) -> Vec<i64> {
    let mut read = office.store.conn().prepare(sql).unwrap();
    read.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn id_of(office: &Office, no: &str) -> i64 {
    Assets.called(&office.cx(), no).unwrap().unwrap()
}

/// Tries a step; what is refused changes nothing, which is what the invariants show. Answers with a transfer that was carried
/// through: asset, new owner.
fn tried(office: &mut Office, step: &Step, undo: &mut Option<door::Step>) -> Option<(String, String)> {
    let text = |text: &str| text.to_owned();
    match step {
        Step::Lend { asset, org, from, days } => {
            let line = format!("{} {} +{from} +{}", ASSETS[*asset], ORGS[*org], from + days);
            let texts = [("line", line), ("override_reason", text("试"))];
            drop(act(office, &Loans, "lend", None, &texts, undo));
            None
        }
        Step::Loan { which, action, days } => {
            let id =
                ids(office, "SELECT id FROM asset_loan ORDER BY id DESC LIMIT 9").get(*which).copied()?;
            let texts = match ACTIONS[*action] {
                "extend" => vec![("due_on", format!("+{days}")), ("override_reason", text("试"))],
                "close" => vec![("settlement", text("了"))],
                _ => Vec::new(),
            };
            drop(act(office, &Loans, ACTIONS[*action], Some(id), &texts, undo));
            None
        }
        Step::Stand { asset, status } => {
            let texts = [("status", text(STATUSES[*status])), ("reason", text("试"))];
            drop(act(office, &Assets, "state", Some(id_of(office, ASSETS[*asset])), &texts, undo));
            None
        }
        Step::Break { asset } => {
            let texts = [("fault", text("坏"))];
            drop(act(office, &Assets, "report", Some(id_of(office, ASSETS[*asset])), &texts, undo));
            None
        }
        Step::Mend { which, action } => {
            let sql =
                "SELECT id FROM work_ticket WHERE asset IS NOT NULL AND open = 1 ORDER BY id DESC LIMIT 4";
            let id = ids(office, sql).get(*which).copied()?;
            let texts = [("vendor", text("修")), ("result", text("好")), ("reason", text("试"))];
            drop(act(office, &Tickets, REPAIRS[*action], Some(id), &texts, undo));
            None
        }
        Step::Return { which, state } => {
            let id =
                ids(office, "SELECT id FROM asset_loan WHERE status = '使用中' ORDER BY id DESC LIMIT 4");
            let id = id.get(*which).copied()?;
            let texts = [("returned_state", text(STATES[*state])), ("return_note", text("试"))];
            drop(act(office, &Loans, "return", Some(id), &texts, undo));
            None
        }
        Step::Plan { what } => {
            let (scope, name, which) = PLANS[*what];
            let texts = [("scope", text(scope)), (name, text(which))];
            let id = act(office, &Stocktakes, "plan", None, &texts, undo).ok()?;
            drop(act(office, &Stocktakes, "start", Some(id), &[], undo));
            None
        }
        Step::Count { .. } if ids(office, "SELECT id FROM stocktake WHERE status = '盘点中'").is_empty() => {
            None
        }
        Step::Count { what, tag, other } => {
            office.who = operator(office, PEOPLE[usize::from(*other)]);
            let scanned = format!("{tag:03}");
            let typed = ["", "1", "2", "3", "4", "5", "3@Z03-R3", scanned.as_str(), scanned.as_str()][*what];
            if let Ok((_, step)) = answer(office, typed) {
                *undo = Some(step);
            }
            office.who = operator(office, PEOPLE[0]);
            None
        }
        Step::Settle { update } => {
            settle(office, *update);
            *undo = None;
            None
        }
        Step::Goods { item, what, org, units, fen } => {
            let moves = "SELECT id FROM consumable_move ORDER BY id DESC LIMIT 9";
            let (n, action) = (units.to_string(), GOODS[*what]);
            let (target, mut texts) = match action {
                "reverse" => (ids(office, moves).get(usize::from(units % 9)).copied(), Vec::new()),
                "count" => (None, vec![("item", text(ITEMS[*item])), ("counted", n)]),
                _ => (None, vec![("item", text(ITEMS[*item])), ("quantity", n)]),
            };
            match action {
                "issue" | "bring-back" => texts.push(("org", text(ORGS[*org]))),
                "receive" => texts.push(("price", format!("{}.{:02}", fen / 100, fen % 100))),
                _ => texts.push(("reason", text("试"))),
            }
            drop(act(office, &Moves, action, target, &texts, &mut None));
            None
        }
        Step::Undo => {
            if let Some(step) = undo.take().filter(|step| step.subject != Transfers.name()) {
                *undo = door::revert(office, &step).ok();
            }
            None
        }
        Step::Transfer { asset, to, agreed } => {
            let texts =
                [("asset", text(ASSETS[*asset])), ("to_org", text(ORGS[*to])), ("reason", text("试"))];
            let id = act(office, &Transfers, "propose", None, &texts, undo).ok()?;
            for _ in 0..*agreed {
                act(office, &Transfers, "agree", Some(id), &[("signed_by", text("某"))], undo).unwrap();
            }
            match act(office, &Transfers, "register", Some(id), &[], undo) {
                Ok(_) => Some((text(ASSETS[*asset]), text(ORGS[*to]))),
                Err(_) => {
                    act(office, &Transfers, "withdraw", Some(id), &[("refused_reason", text("算了"))], undo)
                        .unwrap();
                    None
                }
            }
        }
    }
}

/// Ends the stocktakes that are being counted as they stand: what is left is missing, somebody else looks, every difference is
/// decided, the ledger is brought up to date. What the ledger does not take is left as it is.
fn settle(office: &mut Office, update: bool) {
    for id in ids(office, "SELECT id FROM stocktake WHERE status = '盘点中'") {
        drop(act(office, &Stocktakes, "finish", Some(id), &[("rest", "1".to_owned())], &mut None));
        let differences = format!("SELECT id FROM stocktake_line WHERE stocktake = {id} AND differs = 1");
        for who in &PEOPLE[..2] {
            office.who = operator(office, who);
            for line in ids(office, &differences) {
                drop(act(office, &Tallies, "check", Some(line), &[], &mut None));
            }
        }
        act(office, &Stocktakes, "review", Some(id), &[], &mut None).unwrap();
        office.who = operator(office, PEOPLE[2]);
        let mut posted = Err(Refusal::rule("not-found"));
        for decision in ["更新台账", "不改"] {
            if posted.is_err() && (update || decision == "不改") {
                for line in ids(office, &differences) {
                    let texts = [("decision", decision.to_owned()), ("reason", "试".to_owned())];
                    let card = [("card_owner", "BL".to_owned()), ("card_category", "其他".to_owned())];
                    let texts = [&texts[..], &card[..]].concat();
                    // What is somewhere is written into no ledger.
                    if act(office, &Tallies, "decide", Some(line), &texts, &mut None).is_err() {
                        let texts = [("decision", "不改".to_owned()), ("reason", "试".to_owned())];
                        act(office, &Tallies, "decide", Some(line), &texts, &mut None).unwrap();
                    }
                }
                posted = act(office, &Stocktakes, "post", Some(id), &[], &mut None);
            }
        }
        posted.unwrap();
        office.who = operator(office, PEOPLE[0]);
    }
}

fn number(office: &Office, sql: &str) -> i64 {
    office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn sound(office: &Office, owners: &BTreeMap<String, String>) {
    let zero = |sql: &str| assert_eq!(number(office, sql), 0, "{sql}");
    // One pair of hands at a time, and the card says so exactly then.
    zero(
        "SELECT count(*) FROM (SELECT asset FROM asset_loan WHERE status = '使用中' GROUP BY asset HAVING count(*) > 1)",
    );
    zero(
        "SELECT count(*) FROM asset AS a WHERE (a.status = '借出') <>
         EXISTS (SELECT 1 FROM asset_loan AS l WHERE l.asset = a.id AND l.status = '使用中')",
    );
    // Promised once for every day.
    zero(
        "SELECT count(*) FROM asset_loan AS a JOIN asset_loan AS b ON a.asset = b.asset AND a.id < b.id
         WHERE a.holds = 1 AND b.holds = 1 AND a.from_on <= b.due_on AND a.due_on >= b.from_on",
    );
    // What is being mended is in nobody's use, and what is whole again is not in repair because of a ticket that is over.
    zero(
        "SELECT count(*) FROM work_ticket AS t JOIN asset AS a ON a.id = t.asset
         WHERE t.status IN ('受理', '处理中', '待验收') AND a.status IN ('在用', '闲置')",
    );
    for (no, owner) in owners {
        let sql = "SELECT owner FROM asset WHERE no = ?1";
        let now: String = office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap();
        assert_eq!(&now, owner, "{no}");
    }
    // What is kept as a sum is the sum of what happened.
    zero(
        "SELECT count(*) FROM (SELECT substr(from_on, 1, 7) AS m, owner AS o, org AS b, sum(days) AS n FROM asset_loan
           WHERE days > 0 GROUP BY m, o, b
         EXCEPT SELECT month, owner, org, days FROM asset_use)",
    );
    zero("SELECT abs((SELECT sum(days) FROM asset_loan) - (SELECT sum(days) FROM asset_use))");
    // A stocktake has a thing once.
    zero(
        "SELECT count(*) FROM (SELECT 1 FROM stocktake_line WHERE void = 0 AND asset IS NOT NULL
           GROUP BY stocktake, asset HAVING count(*) > 1)",
    );
    // Goods and their cost are what came less what went, on the shelf and with every association, and never below nothing.
    zero(
        "SELECT count(*) FROM consumable AS c WHERE quantity < 0 OR worth < 0
           OR quantity <> (SELECT coalesce(sum(m.quantity), 0) FROM consumable_move AS m WHERE m.item = c.id)
           OR worth <> (SELECT coalesce(sum(m.amount), 0) FROM consumable_move AS m WHERE m.item = c.id)",
    );
    zero(
        "SELECT count(*) FROM (SELECT 1 FROM consumable_move WHERE kind IN ('领用', '退库')
           GROUP BY item, org HAVING sum(quantity) > 0 OR sum(amount) > 0)",
    );
    // The cards say what the last thing that happened to them says.
    for field in ["status", "owner", "place", "condition", "status_reason"] {
        zero(&format!(
            "SELECT count(*) FROM asset AS a JOIN (
               SELECT x.record_id AS id, c.new AS said, max(x.seq) FROM audit AS x JOIN audit_change AS c ON c.audit_seq = x.seq
               WHERE x.subject = 'assets' AND c.field = '{field}' GROUP BY x.record_id) AS last ON last.id = a.id
             WHERE CAST(a.{field} AS TEXT) IS NOT last.said"
        ));
    }
    for list in lists::LISTS {
        let cx = office.cx();
        if let Some(kept) = lists::kept_total(&cx, list.name).unwrap() {
            let filter = (list.filter)(&cx);
            let sql = format!("SELECT count(*) FROM asset WHERE {}", filter.sql);
            assert_eq!(kept, number(office, &sql), "{}", list.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn one_holder_at_a_time_and_all_sums_are_of_what_happened(steps in proptest::collection::vec(step(), 1..60)) {
        let mut office = office(PEOPLE[0]);
        let mut owners: BTreeMap<String, String> =
            ASSETS.iter().map(|no| ((*no).to_owned(), if no.contains("BL") { "BL" } else { "PD" }.to_owned())).collect();
        let mut undo = None;
        for step in &steps {
            if let Some((asset, to)) = tried(&mut office, step, &mut undo) {
                owners.insert(asset, to);
            }
            sound(&office, &owners);
        }
        crate::store::audit::verify(office.store.conn()).unwrap();
    }
}
