//! Whatever is asked for, lent, taken back, given up, reported broken, mended, transferred and undone in whatever order: one pair of hands has a thing at a time,
//! it belongs to whom it belonged until a transfer says otherwise, and what is reckoned up is what happened.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::desk::door;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::subjects::assets::Assets;
use crate::subjects::demo::tests::office;
use crate::subjects::keep;
use crate::subjects::tickets::Tickets;
use crate::subjects::transfers::Transfers;

use super::Loans;

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
    Undo,
}

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
fn tried(office: &Office, step: &Step, undo: &mut Option<door::Step>) -> Option<(String, String)> {
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
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn one_holder_at_a_time_and_the_owner_stays(steps in proptest::collection::vec(step(), 1..40)) {
        let office = office("单样乐");
        let mut owners: BTreeMap<String, String> =
            ASSETS.iter().map(|no| ((*no).to_owned(), if no.contains("BL") { "BL" } else { "PD" }.to_owned())).collect();
        let mut undo = None;
        for step in &steps {
            if let Some((asset, to)) = tried(&office, step, &mut undo) {
                owners.insert(asset, to);
            }
            sound(&office, &owners);
        }
        crate::store::audit::verify(office.store.conn()).unwrap();
    }
}
