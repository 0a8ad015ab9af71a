//! The sample as a whole: what is planted in it is noticed, and made-up people are valid.

use crate::desk::Locale;
use crate::desk::office::{Clock, Office};
use crate::desk::own::Tables;
use crate::desk::session::Operator;
use crate::desk::subject::{Press, Subject};
use crate::store::{OfficeMeta, Stamp, Store, audit};
use crate::subjects::REGISTRY;
use crate::subjects::cases::Cases;
use crate::subjects::people::People;
use crate::values::lang::Lang;
use crate::values::{certificate, resident_id};

use super::names::made;

/// The sample office in memory, on its day, with this person at the desk.
pub(crate) fn office(name: &str) -> Office {
    let meta = OfficeMeta { name: "样例".into(), created_at: "2026-03-04T09:30:00".into(), demo: None };
    let store = Store::in_memory(&meta).unwrap();
    let mut office = Office {
        store,
        clock: Clock::Fixed("2026-03-04T09:30:00".parse().unwrap()),
        locale: Locale::new(Lang::Zh),
        catalog: Tables::default(),
        registry: REGISTRY,
        who: Operator {
            id: 1, name: "演示".into(), posts: vec![("general_affairs".into(), String::new())]
        },
        terminal: "test".into(),
        demo: true,
    };
    let stamp =
        Stamp { at: "2026-03-04T09:30:00".into(), operator: "演示".into(), terminal: "test".into() };
    office
        .store
        .write(&stamp, |tx| {
            let cx = crate::desk::subject::Cx { db: tx.conn(), ..office.cx() };
            super::load_sample(&cx, tx)
        })
        .unwrap();
    office.who = operator(&office, name);
    office
}

pub(crate) fn operator(office: &Office, name: &str) -> Operator {
    let db = office.store.conn();
    let id: i64 = db.query_row("SELECT id FROM operator WHERE name = ?1", [name], |row| row.get(0)).unwrap();
    let sql = "SELECT post, coalesce(org, '') FROM operator_post WHERE operator_id = ?1";
    let mut posts = db.prepare(sql).unwrap();
    let posts = posts.query_map([id], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    Operator { id, name: name.into(), posts: posts.map(Result::unwrap).collect() }
}

#[test]
fn what_is_planted_is_noticed() {
    let office = office("曾示平");
    let cx = office.cx();
    let duties = Cases.today(&cx, 100).unwrap();
    let has = |press: Press, no: &str| duties.iter().any(|d| d.press == press && d.reference == no);
    assert!(has(Press::Overdue, "SL-2026-0014"), "{duties:#?}");
    assert!(has(Press::Overdue, "SL-2026-0015"));
    assert!(has(Press::Overdue, "SL-2026-0012"));
    assert!(has(Press::Today, "SL-2026-0011"));
    assert!(has(Press::Today, "SL-2026-0020"));
    assert!(has(Press::Week, "SL-2026-0017"));
    assert!(has(Press::Open, "SL-2026-0016"));
    let late = duties.iter().find(|d| d.reference == "SL-2026-0014").unwrap();
    assert_eq!((late.when.as_str(), late.who.as_str()), ("6 天", "盲协、聋协"));
    assert!(late.what.starts_with("案件0014 联秘 "), "{}", late.what);
    let people = People.today(&cx, 10).unwrap();
    let said: Vec<&str> = people.iter().map(|d| d.what.as_str()).collect();
    assert!(said.contains(&"同意待补签 4 人"), "{said:?}");
    assert_eq!(Cases.standing(&cx).unwrap()[0].1, "在办 10 逾期 3 待分流 1");
    assert_eq!(People.standing(&cx).unwrap()[0].1, "36 人 持证 32");
    audit::verify(cx.db).unwrap();
}

#[test]
fn an_association_sees_its_own_people_and_cases() {
    let office = office("吕拟光");
    let cx = office.cx();
    let see = |subject: &dyn Subject| {
        let scope = subject.scope(&cx);
        let record = subject.record();
        let sql =
            format!("SELECT {} FROM {} WHERE {} ORDER BY id", record.reference, record.table, scope.sql);
        let mut found = cx.db.prepare(&sql).unwrap();
        let rows = found.query_map(rusqlite::params_from_iter(scope.values), |row| row.get(0)).unwrap();
        rows.collect::<Result<Vec<String>, _>>().unwrap()
    };
    assert_eq!(see(&People), ["C001", "C002", "C003", "C004", "C005", "C006", "C034"]);
    assert!(see(&Cases).contains(&"SL-2026-0014".to_owned()));
    assert!(!see(&Cases).contains(&"SL-2026-0015".to_owned()));
}

#[test]
fn every_page_row_and_label_has_its_words() {
    let office = office("沈示安");
    for lang in [Lang::Zh, Lang::En] {
        let t = Locale::new(lang);
        let cx = crate::desk::subject::Cx { t: &t, ..office.cx() };
        for subject in REGISTRY {
            let name = subject.name();
            let say = |id: String| assert!(t.find(&id, &[]).is_some(), "{id}");
            say(format!("subject-{name}"));
            for list in subject.lists() {
                say(format!("{name}-list-{}", list.name));
                say(format!("{name}-list-{}.empty", list.name));
            }
            for action in subject.actions() {
                for part in ["", ".help", ".done"] {
                    say(format!("{name}-do-{}{part}", action.name));
                }
                for input in action.inputs {
                    say(format!("{name}-{}", input.field.name));
                }
                let no = subject.available(&cx, action, Some(1)).err();
                say(no.map_or_else(|| "yes".to_owned(), |no| format!("refusal-{}", no.code)));
            }
            for field in subject.record().fields {
                say(format!("{name}-{}", field.name));
            }
            for report in subject.reports() {
                say(format!("report-{}", report.name));
                let table =
                    (report.make)(&cx, "2025-01-01".parse().unwrap(), "2026-12-31".parse().unwrap()).unwrap();
                assert!(
                    !table.rows.is_empty() && table.rows.iter().all(|row| row.len() == table.columns.len()),
                    "{}",
                    report.name
                );
                assert!(
                    table.columns.iter().all(|column| !column.starts_with("report-")),
                    "{:?}",
                    table.columns
                );
                if let Some(chart) = report.chart {
                    let chart =
                        chart(&cx, "2025-01-01".parse().unwrap(), "2026-12-31".parse().unwrap()).unwrap();
                    assert!(!chart.bars.is_empty() && !chart.sentence.is_empty());
                }
            }
            let sql = format!("SELECT id FROM {} ORDER BY id LIMIT 20", subject.record().table);
            let mut few = cx.db.prepare(&sql).unwrap();
            let ids: Vec<i64> = few.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            for row in subject.rows(&cx, &ids).unwrap() {
                assert_eq!(row.cells.len(), subject.columns(&cx).len());
                assert!(
                    lang == Lang::En
                        || row.brief.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>() <= 21,
                    "{}",
                    row.brief
                );
            }
            for id in ids {
                assert!(!subject.page(&cx, id).unwrap().is_empty());
            }
        }
    }
}

#[test]
fn made_up_people_are_valid_and_different() {
    let today = "2026-03-04".parse().unwrap();
    let mut seen = std::collections::HashSet::new();
    for n in 0..40_000 {
        let who = made(n);
        let card = certificate::parse(&who.certificate(), today).unwrap();
        assert_eq!((card.id.birth, card.id.sex.name()), (who.birth, who.sex));
        assert_eq!(card.category.name(), who.category());
        assert!(seen.insert(who.resident_id.clone()));
        assert!(who.name.contains(['示', '拟', '样']));
        assert!(resident_id::parse(&who.resident_id, today).is_ok());
    }
}

#[test]
fn many_are_made_at_once_and_found() {
    let office = office("曾示平");
    let indexes = |office: &Office| {
        let sql = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE type = 'index' ORDER BY name)";
        office.store.conn().query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    let before = indexes(&office);
    let mut told = Vec::new();
    let stamp = office.stamp();
    office
        .store
        .write(&stamp, |tx| {
            let cx = crate::desk::subject::Cx { db: tx.conn(), ..office.cx() };
            super::generate(&cx, tx, 300, &mut |n| told.push(n))
        })
        .unwrap();
    assert_eq!(told.last(), Some(&600));
    let db = office.store.conn();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM client"), 336);
    assert_eq!(count("SELECT count(*) FROM case_record"), 340);
    let (id, number): (i64, String) = db
        .query_row("SELECT id, resident_id FROM client WHERE id = 200", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let found = crate::store::search::search(db, Some("people"), &number, 5).unwrap();
    assert_eq!(found.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [id]);
    assert_eq!(indexes(&office), before, "every index is back");
    // The next one registered by hand goes on from there.
    let next: i64 = db.query_row("SELECT last FROM sequence WHERE name = 'C'", [], |row| row.get(0)).unwrap();
    assert_eq!(next, 336);
}
