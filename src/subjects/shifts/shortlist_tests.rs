//! The shortlist against the rules: in whatever office, it names whom the rules would put first if they looked closely at
//! everybody, and nobody whom the rules would refuse. What is kept for it is what it would come to if it were added up.

use std::collections::HashMap;

use proptest::prelude::*;
use rusqlite::Connection;

use crate::desk::office::Office;
use crate::subjects::attendance::records as attendance;
use crate::subjects::demo::tests::office;
use crate::subjects::staff::rules::says;

use super::plan::{self, Plan};
use super::{records, rules};

const SKILLS: [&str; 4] = ["手语", "手语翻译", "盲文", "驾驶"];
const ORGS: [&str; 4] = ["BL", "DF", "PD", "JS"];
const DAYS: [&str; 4] = ["周一至周五 08:30-17:00", "周三 13:30-17:00", "可预约", ""];

/// Somebody new: what they can do, whose, when they come, whether a certificate is over, when they were trained or not.
#[derive(Debug, Clone)]
struct New {
    skills: Vec<usize>,
    org: usize,
    days: usize,
    over: bool,
    trained: Option<u32>,
    /// Day in February or March, hour, for whom, of each shift.
    shifts: Vec<(u32, u32, usize)>,
    away: bool,
}

fn new() -> impl Strategy<Value = New> {
    let shifts = proptest::collection::vec((0..40u32, 8..17u32, 0..4usize), 0..12);
    (
        proptest::collection::vec(0..4usize, 0..3),
        0..4usize,
        0..4usize,
        any::<bool>(),
        proptest::option::of(1..20u32),
        shifts,
        proptest::bool::weighted(0.2),
    )
        .prop_map(|(skills, org, days, over, trained, shifts, away)| New {
            skills,
            org,
            days,
            over,
            trained,
            shifts,
            away,
        })
}

const STAMP: &str = "1, '2026-03-04T09:30:00', '试', '2026-03-04T09:30:00', '试'";
const STAMPED: &str = "version, created_at, created_by, updated_at, updated_by";

/// Puts them into the file, with its guards on.
fn put(db: &Connection, people: &[New]) {
    for (n, who) in people.iter().enumerate() {
        let skills: Vec<&str> = who.skills.iter().map(|at| SKILLS[*at]).collect();
        let sql = format!(
            "INSERT INTO staff (code, name, kind, org, skills, availability, {STAMPED})
             VALUES (?1, ?1, '志愿者', ?2, ?3, ?4, {STAMP}) RETURNING id"
        );
        let values = (format!("V{n:03}"), ORGS[who.org], skills.join(";"), DAYS[who.days]);
        let id: i64 = db.query_row(&sql, values, |row| row.get(0)).unwrap();
        for skill in skills {
            let over = if who.over { Some("2026-01-31") } else { None };
            let sql = "INSERT OR IGNORE INTO staff_skill (staff, skill, expires_on) VALUES (?1, ?2, ?3)";
            db.execute(sql, (id, skill, over)).unwrap();
        }
        for (k, (day, hour, org)) in who.shifts.iter().enumerate() {
            // What meets another is refused by the file, and is then not there.
            let sql = format!(
                "INSERT OR IGNORE INTO shift (no, staff, org, task, kind, starts_at, ends_at, status, {STAMPED})
                 VALUES (?1, ?2, ?3, '试', '服务', strftime('%Y-%m-%dT%H:%M', '2026-02-01', ?4, ?5),
                   strftime('%Y-%m-%dT%H:%M', '2026-02-01', ?4, ?5, '+2 hours'), '已排', {STAMP})"
            );
            let at = (format!("V-{n}-{k}"), id, ORGS[*org], format!("+{day} days"), format!("+{hour} hours"));
            drop(db.execute(&sql, at));
        }
        if who.away {
            let sql = format!(
                "INSERT INTO staff_absence (no, staff, kind, starts_at, ends_at, {STAMPED})
                 VALUES (?1, ?2, '年假', '2026-03-11T08:00', '2026-03-12T18:00', {STAMP})"
            );
            db.execute(&sql, (format!("VQ-{n}"), id)).unwrap();
        }
        if let Some(day) = who.trained {
            let sql = format!(
                "INSERT INTO training_session (no, title, kind, host, held_on, minutes, status, {STAMPED})
                 VALUES (?1, '试', '业务培训', 'JS', ?2, 60, '已举办', {STAMP}) RETURNING id"
            );
            let held = (format!("VX-{n}"), format!("2026-03-{day:02}"));
            let session: i64 = db.query_row(&sql, held, |row| row.get(0)).unwrap();
            let sql = format!(
                "INSERT INTO attendance (no, session, person, status, minutes, {STAMPED})
                 VALUES (?1, ?2, ?3, '已到', 60, {STAMP})"
            );
            db.execute(&sql, (format!("VX-{n}-V"), session, id)).unwrap();
        }
    }
}

fn everybody(office: &Office) -> Vec<i64> {
    let mut all = office.store.conn().prepare("SELECT id FROM staff WHERE state = '在岗'").unwrap();
    all.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// Whom the rules put first when they look closely at everybody.
fn by_the_rules(office: &Office, plan: &Plan) -> Vec<rules::Proposal> {
    let cx = office.cx();
    let able = |who: &rules::Candidate| {
        plan.skills.is_empty() || who.skills.iter().any(|s| plan.skills.iter().any(|w| says(s, w)))
    };
    let all = plan::candidates(&cx, plan, &everybody(office)).unwrap();
    rules::rank(all.into_iter().filter(able).collect(), &plan.wish(&cx))
}

fn wanted() -> impl Strategy<Value = Plan> {
    (0..8u64, 8..17u32, 0..5usize, proptest::collection::vec(0..4usize, 0..3)).prop_map(
        |(day, from, org, skills)| {
            let mut skills: Vec<String> = skills.iter().map(|at| SKILLS[*at].to_owned()).collect();
            skills.dedup();
            Plan {
                day: "2026-03-06".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(day),
                hours: (from * 60, from * 60 + 90),
                org: ORGS.get(org).copied().unwrap_or_default().to_owned(),
                skills,
                number: 1,
                except: Vec::new(),
            }
        },
    )
}

/// What is kept is what it would come to.
fn kept_right(office: &Office) {
    let db = office.store.conn();
    let (from, to) = ("2026-01-01".parse().unwrap(), "2026-04-30".parse().unwrap());
    let mut lent: HashMap<String, i64> = HashMap::new();
    let mut had: HashMap<String, i64> = HashMap::new();
    for one in records::loads(db, plan::days(from, to)).unwrap().into_iter().filter(|l| l.home != l.org) {
        *lent.entry(one.home).or_default() += one.minutes;
        *had.entry(one.org).or_default() += one.minutes;
    }
    let mut kept = records::lent(db, from, to).unwrap();
    kept.retain(|_, minutes| *minutes > 0);
    assert_eq!(kept, lent);
    for org in ORGS {
        assert_eq!(records::had(db, org, from, to).unwrap(), had.get(org).copied().unwrap_or(0), "{org}");
    }
    let (week, load) = (plan::days(to - chrono::Days::new(60), to), plan::days(from, to));
    let all = records::all_minutes(db, week, load).unwrap();
    for id in everybody(office) {
        assert_eq!(all.get(&id).copied().unwrap_or_default(), records::minutes(db, id, week, load).unwrap());
        let first: Option<String> =
            db.query_row("SELECT trained_on FROM staff WHERE id = ?1", [id], |row| row.get(0)).unwrap();
        if let Some(first) = first {
            let first: chrono::NaiveDate = first.parse().unwrap();
            assert!(attendance::trained(db, id, first).unwrap());
            assert!(!attendance::trained(db, id, first.pred_opt().unwrap()).unwrap());
        } else {
            assert!(!attendance::trained(db, id, to).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn the_first_few_are_those_whom_the_rules_put_first(
        people in proptest::collection::vec(new(), 0..25),
        plans in proptest::collection::vec((wanted(), 1..9usize), 1..8),
    ) {
        let office = office("曾示平");
        put(office.store.conn(), &people);
        let cx = office.cx();
        for (plan, most) in &plans {
            let right = by_the_rules(&office, plan);
            let usual: Vec<i64> =
                right.iter().filter(|p| p.warnings.is_empty()).map(|p| p.who.id).collect();
            prop_assert_eq!(plan::usual(&cx, plan).unwrap(), usual);
            let found = plan::proposals(&cx, plan, *most).unwrap();
            if !right.is_empty() {
                let right: Vec<rules::Proposal> = right.into_iter().take(*most).collect();
                prop_assert_eq!(&found, &right);
            }
            for proposal in &found {
                prop_assert!(plan::refuse(&cx, plan, &proposal.who).is_ok());
            }
        }
        kept_right(&office);
    }
}

#[test]
fn what_is_kept_follows_whatever_changes() {
    let office = office("曾示平");
    kept_right(&office);
    let db = office.store.conn();
    let changes = [
        "UPDATE shift SET status = '已取消', ended_reason = '试' WHERE id % 3 = 0 AND status = '已排'",
        "UPDATE shift SET org = 'PD' WHERE id % 3 = 1",
        "UPDATE staff SET org = 'BL' WHERE org = 'DF'",
        "UPDATE shift SET starts_at = strftime('%Y-%m-%dT%H:%M', starts_at, '+70 days'), \
         ends_at = strftime('%Y-%m-%dT%H:%M', ends_at, '+70 days') WHERE id % 5 = 0",
        "UPDATE staff SET org = 'PD' WHERE org IN ('BL', 'JS')",
        "UPDATE attendance SET status = '缺席', minutes = NULL, assessment = NULL \
         WHERE id % 2 = 0 AND status = '已到' AND certificate_no IS NULL",
        "UPDATE training_session SET held_on = date(held_on, '-3 days')",
    ];
    for sql in changes {
        db.execute(sql, []).unwrap_or_else(|e| panic!("{sql}: {e}"));
        kept_right(&office);
    }
}
