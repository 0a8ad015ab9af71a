//! Sharing on the sample office: what it books, what it refuses, what the statement says.

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Subject, Table};
use crate::subjects::demo::tests::office;
use crate::subjects::journal::Journal;
use crate::subjects::journal::reports::sums;
use crate::values::money::Fen;

use super::{Sharing, plan, records, reports};

fn accountant() -> Office {
    office("仇拟文")
}

fn act(
    office: &Office,
    subject: &'static dyn Subject,
    action: &str,
    id: Option<i64>,
    texts: &[(&str, &str)],
) -> Result<String, Refusal> {
    let action = door::action(subject, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, subject, action, id, Vec::new())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap_or_else(|| panic!("no {name}"));
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    let (done, _) = door::perform(office, filling.subject, filling.action, &filling.form)?;
    let mut args = done[0].args.clone();
    args.push(("ref", done[0].reference.clone()));
    Ok(office.locale.with(&format!("{}-do-{}.done", subject.name(), action.name), &args))
}

fn findings(office: &Office, action: &str, texts: &[(&str, &str)]) -> Vec<String> {
    let action = door::action(&Sharing, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, &Sharing, action, Some(1), Vec::new()).unwrap();
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap();
        filling.edit(office, text).unwrap();
    }
    filling.form.findings.iter().map(|f| format!("{}: {}", f.label, f.value)).collect()
}

/// Somebody else reviews the newest voucher, the accountant posts it.
fn post(office: &mut Office) -> i64 {
    let id: i64 =
        office.store.conn().query_row("SELECT max(id) FROM journal_entry", [], |row| row.get(0)).unwrap();
    office.who = crate::subjects::demo::tests::operator(office, "姚拟宁");
    act(office, &Journal, "review", Some(id), &[]).unwrap();
    office.who = crate::subjects::demo::tests::operator(office, "仇拟文");
    act(office, &Journal, "post", Some(id), &[]).unwrap();
    id
}

fn splits(office: &Office, no: &str) -> Vec<(String, String, i64)> {
    let sql = "SELECT f.code, s.org, s.amount FROM journal_split s JOIN fund f ON f.id = s.fund \
               JOIN journal_entry e ON e.id = s.entry WHERE e.no = ?1 ORDER BY s.position";
    let mut statement = office.store.conn().prepare(sql).unwrap();
    let rows = statement.query_map([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn statement(office: &Office, from: &str, to: &str) -> Table {
    (reports::REPORTS[0].make)(&office.cx(), from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

fn row<'a>(table: &'a Table, label: &str) -> &'a Vec<String> {
    table.rows.iter().find(|row| row[0].starts_with(label)).unwrap_or_else(|| panic!("{label} in {table:?}"))
}

#[test]
fn a_sum_is_shown_shared_and_booked_without_the_bank() {
    let mut office = accountant();
    let texts = [("from", "2026-01-01"), ("to", "2026-02-28"), ("total", "100.00")];
    let shown = findings(&office, "run", &texts);
    assert!(shown.contains(&"盲协: 20.00 出自 盲协工作经费 余 19,503.51".to_owned()), "{shown:#?}");
    assert!(shown.contains(&"实际支出: 11,072.74".to_owned()), "{shown:#?}");
    let held = |office: &Office| crate::subjects::journal::totals::held(office.store.conn(), false).unwrap();
    let before = held(&office);
    let said = act(&office, &Sharing, "run", Some(1), &texts).unwrap();
    assert_eq!(said, "已记 转-202603-001 分摊 100.00，待审核");
    assert_eq!(held(&office), before);
    let all = splits(&office, "转-202603-001");
    let shares: Vec<i64> =
        all.iter().filter(|(fund, _, _)| fund != "F-JS-01").map(|(_, _, fen)| *fen).collect();
    assert_eq!(shares, [-2000, -1800, -2200, -1400, -1400, -1200]);
    assert!(all.iter().filter(|(fund, _, _)| fund == "F-JS-01").all(|(_, org, fen)| org != "JS" && *fen > 0));
    let id = post(&mut office);
    let again = findings(&office, "run", &texts);
    assert!(again.iter().any(|line| line.contains("这段时间分摊过：转-202603-001")), "{again:#?}");
    act(&office, &Journal, "reverse", Some(id), &[("reason", "重复")]).unwrap();
    post(&mut office);
    let sum = |org: &str| -> i64 {
        let sql = "SELECT sum(s.amount) FROM journal_split s JOIN journal_entry e ON e.id = s.entry WHERE e.period = '2026-03' \
                   AND e.kind = '转' AND s.org = ?1 AND s.fund = (SELECT id FROM fund WHERE code = 'F-JS-01')";
        office.store.conn().query_row(sql, [org], |row| row.get(0)).unwrap()
    };
    assert_eq!(sum("BL"), 0, "a reversal mirrors it");
    let history = crate::store::audit::history(office.store.conn(), "转-202603-001").unwrap();
    assert!(history.iter().any(|row| row.entry.action == "transfer"), "the voucher has its own audit row");
}

#[test]
fn what_the_pool_paid_is_proposed() {
    let office = accountant();
    let texts = [("from", "2025-10-01"), ("to", "2025-12-31")];
    let shown = findings(&office, "run", &texts);
    let moved =
        sums::moved(office.store.conn(), "2025-10-01".parse().unwrap(), "2025-12-31".parse().unwrap())
            .unwrap();
    let pool: i64 = office
        .store
        .conn()
        .query_row("SELECT id FROM fund WHERE code = 'F-JS-01'", [], |row| row.get(0))
        .unwrap();
    let cost = -sums::total(&moved, |m| m.fund == pool && m.account.starts_with('5')).0;
    assert!(shown.contains(&format!("实际支出: {}", Fen(cost))), "{shown:#?}");
    let said = act(&office, &Sharing, "run", Some(1), &texts).unwrap();
    assert!(said.contains(&Fen(cost).to_string()), "{said}");
}

#[test]
fn what_cannot_be_shared_is_refused_by_name() {
    let office = accountant();
    let run = |texts: &[(&str, &str)]| act(&office, &Sharing, "run", Some(1), texts).unwrap_err();
    let big = run(&[("from", "2026-01-01"), ("to", "2026-02-28"), ("total", "200000")]);
    assert_eq!((big.code, big.field), ("sharing-below-zero", Some("total")));
    let none = run(&[("from", "2026-01-01"), ("to", "2026-02-28"), ("total", "0")]);
    assert_eq!(none.code, "sharing-nothing");
    let early = run(&[("from", "2024-12-01"), ("to", "2025-02-28"), ("total", "1")]);
    assert_eq!(early.code, "sharing-not-valid");
    let tied = run(&[("from", "2026-01-01"), ("to", "2026-02-28"), ("total", "1"), ("pool", "F-BL-01")]);
    assert_eq!(tied.code, "sharing-pool");
    let db = office.store.conn();
    db.execute("UPDATE fund SET shareable = 0 WHERE code = 'F-AS-00'", []).unwrap();
    let poor = run(&[("from", "2026-01-01"), ("to", "2026-02-28"), ("total", "1")]);
    assert_eq!((poor.code, poor.args[0].1.as_str()), ("sharing-no-fund", "孤协"));
    let vouchers: i64 = db
        .query_row("SELECT count(*) FROM journal_entry WHERE period = '2026-03' AND kind = '转'", [], |r| {
            r.get(0)
        })
        .unwrap();
    assert_eq!(vouchers, 0, "what is refused is not booked");
}

#[test]
fn the_year_is_settled_to_the_fen_and_only_once() {
    let mut office = accountant();
    let before = statement(&office, "2025-01-01", "2025-12-31");
    assert_eq!(row(&before, "应承担")[1], "68818.26");
    assert_eq!(row(&before, "已承担")[1..4], ["87200.00", "17440.00", "15696.00"]);
    let due = row(&before, "应补").clone();
    assert_eq!(due[1], "-18381.74 红字");
    assert!(Sharing.today(&office.cx(), 9).unwrap().iter().any(|duty| duty.what.contains("2025 年运转费")));
    let said = act(&office, &Sharing, "true-up", Some(1), &[("year", "2025")]).unwrap();
    assert_eq!(said, "已记 转-202603-001 多退少补 18,381.74，待审核");
    let open = act(&office, &Sharing, "true-up", Some(1), &[("year", "2025")]).unwrap_err();
    assert_eq!(open.code, "sharing-unposted");
    post(&mut office);
    let after = statement(&office, "2025-01-01", "2025-12-31");
    assert_eq!(row(&after, "应补")[1..], ["0.00"; 7]);
    assert!(after.footer.iter().any(|line| line.contains("转-202603-001")), "{:?}", after.footer);
    let even = act(&office, &Sharing, "true-up", Some(1), &[("year", "2025")]).unwrap_err();
    assert_eq!(even.code, "sharing-even");
    assert!(Sharing.today(&office.cx(), 9).unwrap().is_empty());
    // The next year is not touched by the settling of the last, though it was booked in it.
    let next = statement(&office, "2026-01-01", "2026-12-31");
    assert_eq!(row(&next, "已承担")[1], "22890.00");
}

#[test]
fn the_columns_of_the_statement_sum_and_an_association_sees_its_own() {
    let mut office = accountant();
    let all = statement(&office, "2025-01-01", "2025-12-31");
    assert_eq!(all.columns.len(), 8);
    for column in 1..8 {
        let sum = |rows: &[Vec<String>]| -> i64 {
            rows.iter().map(|row| Fen::parse(&row[column]).unwrap().0).sum()
        };
        let (accounts, rest) = all.rows.split_at(all.rows.len() - 3);
        assert_eq!(Fen(sum(accounts)).plain(), rest[0][column], "{}", all.columns[column]);
    }
    office.who.posts = vec![("association_head".into(), "DF".into())];
    let own = statement(&office, "2025-01-01", "2025-12-31");
    assert_eq!(own.columns[2..], ["聋协"]);
    assert_eq!(row(&own, "已承担")[2], "15696.00");
}

#[test]
fn a_rule_that_was_used_is_not_changed_but_followed_by_another() {
    let office = accountant();
    let used = act(&office, &Sharing, "amend", Some(1), &[("name", "别的")]).unwrap_err();
    assert_eq!(used.code, "sharing-used");
    let texts = [("method", "等额"), ("weights", "盲 聋 肢 智 精"), ("valid_from", "2026-04-01")];
    let said = act(&office, &Sharing, "create", None, &texts).unwrap();
    assert_eq!(said, "已立 FT-2026-01 运转经费分摊");
    let orgs = crate::subjects::orgs(office.cx().catalog);
    let rule = |day: &str| records::on(office.store.conn(), day.parse().unwrap(), &orgs).unwrap().unwrap();
    assert_eq!(rule("2026-03-31").no, "FT-2025-01");
    let new = rule("2026-04-01");
    assert_eq!(
        (new.no.as_str(), plan::said(&office.cx(), &new.weights)),
        ("FT-2026-01", "盲1 聋1 肢1 智1 精1".into())
    );
    act(&office, &Sharing, "amend", Some(new.id), &[("weights", "盲2 聋1")]).unwrap();
    assert_eq!(super::rules::kept(&rule("2026-04-01").weights), "BL:2;DF:1");
    let odd = act(&office, &Sharing, "amend", Some(new.id), &[("weights", "盲2 残1")]).unwrap_err();
    assert_eq!((odd.code, odd.field), ("sharing-unknown", Some("weights")));
    act(&office, &Sharing, "close", Some(new.id), &[("valid_to", "2026-06-30")]).unwrap();
    assert_eq!(rule("2026-07-01").no, "FT-2025-01");
}

/// The weights by use are what each association was charged for the goods it drew.
#[test]
fn by_use_the_goods_drawn_are_the_weights() {
    let office = accountant();
    let action = door::action(&Sharing, "create").unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(&office, session, &Sharing, action, None, Vec::new()).unwrap();
    filling.form.focus = filling.place("method").unwrap();
    filling.edit(&office, "使用量").unwrap();
    let from = "2026-01-01".parse().unwrap();
    let charged =
        crate::subjects::consumables::records::charged(office.store.conn(), from, office.cx().now.date());
    let (org, fen) = &charged.unwrap()[1];
    assert_eq!(org, "BL");
    assert!(
        filling.form.text("weights").starts_with(&format!("盲{fen} ")),
        "{}",
        filling.form.text("weights")
    );
}
