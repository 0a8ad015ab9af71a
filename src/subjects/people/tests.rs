//! People's files at the desk, on the sample office in memory.

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::desk::view::Part;
use crate::store::audit;
use crate::subjects::demo::tests::office;
use crate::subjects::people::People;
use crate::subjects::{REGISTRY, keep};

fn act(
    office: &Office,
    action: &str,
    id: Option<i64>,
    texts: &[(&str, &str)],
) -> Result<(String, door::Step), Refusal> {
    let action = door::action(&People, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, &People, action, id, Vec::new())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap_or_else(|| panic!("no {name}"));
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    let (done, step) = door::perform(office, filling.subject, filling.action, &filling.form)?;
    let mut args = done[0].args.clone();
    args.push(("ref", done[0].reference.clone()));
    Ok((office.locale.with(&format!("people-do-{}.done", action.name), &args), step))
}

fn column(office: &Office, code: &str, name: &str) -> String {
    let sql = format!("SELECT {name} FROM client WHERE code = ?1");
    keep::plain(&office.store.conn().query_row(&sql, [code], |row| row.get(0)).unwrap())
}

fn id(office: &Office, code: &str) -> Option<i64> {
    column(office, code, "id").parse().ok()
}

fn page(office: &Office, code: &str) -> String {
    let parts = People.page(&office.cx(), id(office, code).unwrap()).unwrap();
    let facts =
        parts.iter().filter_map(|part| if let Part::Facts(facts) = part { Some(facts) } else { None });
    facts.flat_map(|f| &f.items).map(|f| format!("{}:{}\n", f.label, f.value)).collect()
}

#[test]
fn a_certificate_fills_the_file_and_knows_the_person() {
    let office = office("单样乐");
    act(&office, "register", None, &[("certificate", "33052119850612981611"), ("name", "沈示航")]).unwrap();
    assert_eq!(column(&office, "C037", "birth"), "1985-06-12");
    assert_eq!((column(&office, "C037", "sex"), column(&office, "C037", "org")), ("男".into(), "BL".into()));
    assert_eq!(column(&office, "C037", "consented"), "1");
    let twice =
        act(&office, "register", None, &[("certificate", "33052119850612981611B1"), ("name", "沈示航")]);
    let twice = twice.unwrap_err();
    assert_eq!((twice.code, twice.args[0].1.as_str()), ("people-known", "C037"));
    let office_page = page(&office, "C037");
    assert!(
        office_page.contains("姓名:沈*航") && office_page.contains("身份证号:330521********9816"),
        "{office_page}"
    );
    assert!(!office_page.contains("33052119850612"), "{office_page}");
}

#[test]
fn a_child_needs_a_guardian_and_a_certificate_is_never_needed() {
    let office = office("单样乐");
    let child = act(&office, "register", None, &[("name", "任示苗"), ("birth", "2016-05-01")]).unwrap_err();
    assert_eq!((child.code, child.field), ("required", Some("guardian_name")));
    act(&office, "register", None, &[("name", "任示苗"), ("category", "听力")]).unwrap();
    assert_eq!(
        (column(&office, "C037", "cert_status"), column(&office, "C037", "org")),
        ("未持证".into(), "DF".into())
    );
}

#[test]
fn consent_is_given_and_taken_back() {
    let office = office("单样乐");
    let c1 = id(&office, "C001");
    assert_eq!(act(&office, "withdraw-consent", c1, &[]).unwrap_err().code, "people-no-consent");
    act(&office, "consent", c1, &[("method", "签字")]).unwrap();
    assert_eq!(column(&office, "C001", "consented"), "1");
    act(&office, "withdraw-consent", c1, &[]).unwrap();
    assert_eq!(column(&office, "C001", "consented"), "0");
    assert!(page(&office, "C001").contains("撤回"));
}

#[test]
fn the_whole_value_is_shown_for_a_reason_and_logged() {
    let office = office("单样乐");
    let c1 = id(&office, "C001");
    assert_eq!(act(&office, "reveal", c1, &[]).unwrap_err().field, Some("reason"));
    let (said, _) = act(&office, "reveal", c1, &[("reason", "核对证件")]).unwrap();
    assert!(said.contains("沈示安") && said.contains("33052119460317960613"), "{said}");
    assert!(said.contains("身份证 330521194603179606 "), "{said}");
    let seen: i64 = office
        .store
        .conn()
        .query_row(
            "SELECT count(*) FROM access_log WHERE purpose = '核对证件' AND field = 'certificate'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert_eq!(seen, 1);
}

#[test]
fn a_home_of_two_derives_its_hardship_and_an_edit_is_taken_back() {
    let office = office("单样乐");
    act(&office, "link-household", id(&office, "C002"), &[("member", "C005")]).unwrap();
    assert!(page(&office, "C002").contains("一户多残(推定)"), "{}", page(&office, "C002"));
    assert!(page(&office, "C002").contains("老残一体(推定)"));
    let (_, step) = act(&office, "edit", id(&office, "C003"), &[("community", "示范村甲")]).unwrap();
    assert_eq!(column(&office, "C003", "community"), "示范村甲");
    assert_eq!(column(&office, "C003", "name"), "单样恩", "what was not shown is not lost");
    door::revert(&office, &step).unwrap();
    assert_eq!(column(&office, "C003", "community"), "样例社区三");
    let open = act(&office, "void", id(&office, "C034"), &[("reason", "重复")]).unwrap_err();
    assert_eq!(open.code, "people-open-cases");
    act(&office, "void", id(&office, "C006"), &[("reason", "重复")]).unwrap();
    assert_eq!(act(&office, "edit", id(&office, "C006"), &[]).unwrap_err().code, "people-voided");
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn a_table_gives_no_consent_by_itself() {
    let office = office("单样乐");
    let texts =
        [("code", "K7"), ("name", "任示苗"), ("category", "7"), ("components", "1|2"), ("level", "3")];
    act(&office, "import", None, &texts).unwrap();
    assert_eq!(
        (column(&office, "K7", "consented"), column(&office, "K7", "last_verified_on")),
        ("0".into(), String::new())
    );
    assert_eq!(
        (column(&office, "K7", "components"), column(&office, "K7", "level")),
        ("视力;听力".into(), "三级".into())
    );
}

#[test]
fn no_list_sorts_or_reads_the_whole_table() {
    let office = office("单样乐");
    let cx: Cx<'_> = office.cx();
    for subject in REGISTRY {
        for list in subject.lists() {
            let condition = (list.filter)(&cx);
            let filter = if condition.sql.is_empty() { "1".to_owned() } else { condition.sql };
            let way = if list.descending { "DESC" } else { "ASC" };
            let order: Vec<String> = list.order.iter().chain(&["id"]).map(|c| format!("{c} {way}")).collect();
            let table = subject.record().table;
            let sql = format!(
                "EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE {filter} ORDER BY {} LIMIT 50",
                order.join(", ")
            );
            let mut plan = cx.db.prepare(&sql).unwrap();
            let plan = plan
                .query_map(rusqlite::params_from_iter(condition.values), |row| row.get::<_, String>(3))
                .unwrap();
            let plan: Vec<String> = plan.map(Result::unwrap).collect();
            assert!(
                !plan.iter().any(|line| line.contains("TEMP B-TREE FOR ORDER")),
                "{} {plan:?}",
                list.name
            );
            if subject.name() == "people" {
                let condition = (list.filter)(&cx);
                let sql = format!("EXPLAIN QUERY PLAN SELECT count(*) FROM client WHERE {}", condition.sql);
                let mut plan = cx.db.prepare(&sql).unwrap();
                let plan = plan
                    .query_map(rusqlite::params_from_iter(condition.values), |row| row.get::<_, String>(3));
                let plan: Vec<String> = plan.unwrap().map(Result::unwrap).collect();
                // What a row's cases are asked is asked of the few rows that are left.
                let own = plan.iter().take_while(|line| !line.contains("SUBQUERY"));
                assert!(
                    own.clone().count() > 0 && own.clone().all(|line| line.contains("COVERING")),
                    "{} is counted by {plan:?}",
                    list.name
                );
            }
        }
    }
}

#[test]
fn the_kept_counts_follow_every_change_of_a_client() {
    let office = office("单样乐");
    let db = office.cx().db;
    let agrees = |after: &str| {
        let total = super::records::count_to(db, i64::MAX, "voided_on IS NULL", []).unwrap();
        let certified =
            super::records::count_to(db, i64::MAX, "voided_on IS NULL AND cert_status = '持证'", []).unwrap();
        assert_eq!(super::records::kept_counts(db).unwrap(), (total, certified), "{after}");
    };
    agrees("the sample");
    for change in [
        "UPDATE client SET cert_status = '过期' WHERE cert_status = '持证' AND id < 9",
        "UPDATE client SET voided_on = '2026-03-04', void_reason = '重复' WHERE id IN (1, 12, 13)",
        "UPDATE client SET cert_status = '持证' WHERE id IN (1, 2, 3)",
        "UPDATE client SET voided_on = NULL, void_reason = NULL, cert_status = '注销' WHERE id = 12",
        "UPDATE client SET voided_on = NULL, void_reason = NULL WHERE id IN (1, 13)",
    ] {
        assert!(db.execute(change, []).unwrap() > 0, "{change}");
        agrees(change);
    }
}
