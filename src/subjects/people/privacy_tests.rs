//! A person's own data, and the end of a file: what is told, what is taken away, and what stays whole.

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::{Clock, Office};
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::store::audit;
use crate::subjects::cases::Cases;
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::keep;
use crate::subjects::people::People;

fn act(
    office: &Office,
    subject: &'static dyn Subject,
    action: &str,
    id: i64,
    texts: &[(&str, &str)],
) -> Result<door::Step, Refusal> {
    let action = door::action(subject, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, subject, action, Some(id), Vec::new())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap_or_else(|| panic!("no {name}"));
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    door::perform(office, filling.subject, filling.action, &filling.form).map(|(_, step)| step)
}

fn id(office: &Office, code: &str) -> i64 {
    office.store.conn().query_row("SELECT id FROM client WHERE code = ?1", [code], |row| row.get(0)).unwrap()
}

/// The whole file as text, but for the hashes.
fn everything(office: &Office) -> String {
    let db = office.store.conn();
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut all = String::new();
    for table in tables.map(Result::unwrap) {
        let mut read = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = read.column_count();
        let mut rows = read.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for at in 0..columns {
                let value: rusqlite::types::Value = row.get(at).unwrap();
                all.push_str(&format!("{table} {}\n", keep::plain(&value)));
            }
        }
    }
    all
}

#[test]
fn all_that_is_kept_about_a_person_is_told_to_them_and_that_it_was() {
    let office = office("单样乐");
    let c1 = id(&office, "C001");
    act(&office, &People, "reveal", c1, &[("reason", "核对证件")]).unwrap();
    act(&office, &People, "edit", c1, &[("community", "样例社区二")]).unwrap();
    let taken = office
        .store
        .write(&office.stamp(), |tx| super::own_data::take_out(&office.cx(), tx, c1, "本人申请"))
        .unwrap();
    let text = taken.as_text();
    for told in ["沈示安", "33052119460317960613", "核对证件", "本人申请", "样例社区二"] {
        assert!(text.contains(told), "{told} in\n{text}");
    }
    let with_case = id(&office, "C034");
    let cases = format!("{:?}", Cases.about_person(&office.cx(), with_case).unwrap());
    assert!(cases.contains("SL-2026-0014") && cases.contains("两项补贴"), "{cases}");
    let json = taken.as_json().to_string();
    assert!(json.contains("33052119460317960613") && json.contains("核对证件"), "{json}");
    let table = taken.as_table(&office.cx());
    assert!(table.rows.iter().any(|row| row[3] == "沈示安"));
    // Nobody else's papers are in it.
    let others: i64 = office
        .store
        .conn()
        .query_row(
            "SELECT count(*) FROM client WHERE id <> ?1 AND resident_id IS NOT NULL AND instr(?2, resident_id) > 0",
            (c1, &text),
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(others, 0);
    let refused = act(&office, &People, "own-data", c1, &[("reason", "x")]).unwrap_err();
    assert_eq!(refused.code, "people-no-folder", "an office in memory has nowhere to write");
}

#[test]
fn only_some_posts_take_it_out_and_only_with_a_reason() {
    let mut office = office("单样乐");
    let c1 = id(&office, "C001");
    assert_eq!(act(&office, &People, "own-data", c1, &[]).unwrap_err().field, Some("reason"));
    office.hold(&[("desk_clerk".into(), String::new())]);
    assert_eq!(act(&office, &People, "own-data", c1, &[("reason", "x")]).unwrap_err().code, "permission");
}

/// Everybody whose cases are closed is past their time in twelve years.
fn later(office: &mut Office) {
    office.clock = Clock::Fixed("2038-03-04T09:30:00".parse().unwrap());
}

fn at_rest(office: &Office) -> Vec<i64> {
    let condition = super::erasing::at_rest(&office.cx());
    let sql = format!("SELECT id FROM client WHERE {} ORDER BY id", condition.sql);
    let mut read = office.store.conn().prepare(&sql).unwrap();
    let rows = read.query_map(rusqlite::params_from_iter(condition.values), |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_file_is_listed_when_it_has_rested_long_enough() {
    let mut office = office("单样乐");
    assert!(at_rest(&office).is_empty());
    let c1 = id(&office, "C001");
    let early = act(&office, &People, "ask-erase", c1, &[("reason", "x")]).unwrap_err();
    assert!(["people-erase-early", "people-open-cases"].contains(&early.code), "{early:?}");
    later(&mut office);
    let listed = at_rest(&office);
    let open = "SELECT count(*) FROM case_client l JOIN case_record c ON c.id = l.case_id WHERE l.client_id = ?1 AND c.open = 1";
    let with_open =
        |id: i64| office.store.conn().query_row(open, [id], |row| row.get::<_, i64>(0)).unwrap() > 0;
    assert!(!listed.is_empty() && listed.iter().all(|id| !with_open(*id)));
    let report =
        super::retention::table(&office.cx(), office.cx().now.date(), office.cx().now.date()).unwrap();
    assert_eq!(report.rows[0][3], listed.len().to_string(), "{report:?}");
}

#[test]
fn two_people_erase_a_file_and_nothing_that_names_it_is_left() {
    let mut office = office("单样乐");
    later(&mut office);
    // Somebody with a closed case whose text names them.
    let sql = "SELECT l.client_id, l.case_id FROM case_client l JOIN case_record c ON c.id = l.case_id JOIN client p \
               ON p.id = l.client_id WHERE c.open = 0 AND p.phone IS NOT NULL AND p.name NOT IN (SELECT name \
               FROM staff) AND (SELECT count(*) FROM client q WHERE q.name = p.name) = 1 AND NOT EXISTS (SELECT 1 FROM case_client m \
               JOIN case_record o ON o.id = m.case_id WHERE m.client_id = l.client_id AND o.open = 1) LIMIT 1";
    let (who, case): (i64, i64) =
        office.store.conn().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let column = |office: &Office, name: &str| -> String {
        let sql = format!("SELECT {name} FROM client WHERE id = ?1");
        keep::plain(&office.store.conn().query_row(&sql, [who], |row| row.get(0)).unwrap())
    };
    let (name, paper, phone) =
        (column(&office, "name"), column(&office, "resident_id"), column(&office, "phone"));
    let note = format!("{name}（{phone}）来过");
    drop(act(&office, &Cases, "note", case, &[("note", &note)]));
    let sql = "UPDATE case_record SET content = ?2, reporter = '近亲某' WHERE id = ?1";
    office.store.conn().execute(sql, (case, &format!("{name}的轮椅"))).unwrap();
    act(&office, &People, "edit", who, &[("phone", "13000007777")]).unwrap();
    let before = super::records::kept_counts(office.store.conn()).unwrap();
    let (sex, category, closed) = (column(&office, "sex"), column(&office, "category"), {
        let sql = "SELECT count(*) FROM case_record WHERE open = 0";
        office.store.conn().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    });
    assert_eq!(act(&office, &People, "erase", who, &[]).unwrap_err().code, "permission");
    office.hold(&[("secretary".into(), String::new())]);
    assert_eq!(act(&office, &People, "erase", who, &[]).unwrap_err().code, "people-erase-not-asked");
    act(&office, &People, "ask-erase", who, &[("reason", "过了保管期")]).unwrap();
    assert_eq!(act(&office, &People, "erase", who, &[]).unwrap_err().code, "people-erase-same");
    assert!(everything(&office).contains(&name));
    office.who = operator(&office, "曾示平");
    office.hold(&[("deputy_secretary".into(), String::new())]);
    act(&office, &People, "erase", who, &[]).unwrap();
    let left = everything(&office);
    for word in [&name, &paper, &phone, "13000007777", "近亲某"] {
        let at: Vec<&str> = left.lines().filter(|line| line.contains(word)).collect();
        assert!(at.is_empty(), "{word} in {at:?}");
    }
    audit::verify(office.store.conn()).unwrap();
    // What is counted is still counted.
    let now = (column(&office, "sex"), column(&office, "category"));
    assert_eq!(now, (sex, category));
    let sql = "SELECT count(*) FROM case_record WHERE open = 0";
    assert_eq!(office.store.conn().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), closed);
    assert_eq!(super::records::kept_counts(office.store.conn()).unwrap().0, before.0 - 1);
    // Nothing of it is found, and nothing comes back.
    for typed in [&name, &paper, &phone] {
        let found = crate::store::search::search(office.store.conn(), None, typed, 9).unwrap();
        assert!(found.hits.iter().all(|hit| hit.subject != "people" || hit.id != who), "{typed}");
    }
    for action in ["edit", "own-data", "ask-erase", "erase", "consent"] {
        assert!(act(&office, &People, action, who, &[]).is_err(), "{action}");
    }
    let back = "UPDATE client SET name = '某', phone = '13000007777' WHERE id = ?1";
    assert!(office.store.conn().execute(back, [who]).is_err());
}

#[test]
fn the_marks_are_sealed_and_any_other_change_of_the_audit_shows() {
    let mut office = office("单样乐");
    later(&mut office);
    let who = *at_rest(&office).first().unwrap();
    act(&office, &People, "edit", who, &[("community", "样例社区九")]).unwrap();
    act(&office, &People, "ask-erase", who, &[("reason", "过了保管期")]).unwrap();
    office.who = operator(&office, "曾示平");
    office.hold(&[("secretary".into(), String::new())]);
    act(&office, &People, "erase", who, &[]).unwrap();
    let db = office.store.conn();
    audit::verify(db).unwrap();
    let sealed = "SELECT audit_seq FROM audit_change WHERE new = '***' LIMIT 1";
    let seq: i64 = db.query_row(sealed, [], |row| row.get(0)).unwrap();
    // Not even a mark may be changed into another one.
    assert!(db.execute("UPDATE audit_change SET new = '别的' WHERE audit_seq = ?1", [seq]).is_err());
    db.execute("UPDATE audit_change SET new = '***x' WHERE audit_seq = ?1 AND new = '***'", [seq]).unwrap();
    assert!(audit::verify(db).is_err(), "the seal does not fit it");
}

#[test]
fn who_takes_consent_back_has_asked_for_the_end_and_who_gives_it_again_has_not() {
    let office = office("单样乐");
    let free = "SELECT id FROM client WHERE voided_on IS NULL AND legal_basis = '同意' AND id NOT IN (SELECT client_id FROM \
                case_client l JOIN case_record c ON c.id = l.case_id WHERE c.open = 1) LIMIT 1";
    let who: i64 = office.store.conn().query_row(free, [], |row| row.get(0)).unwrap();
    let asked = |office: &Office| -> Option<String> {
        let sql = "SELECT erase_reason FROM client WHERE id = ?1";
        office.store.conn().query_row(sql, [who], |row| row.get(0)).unwrap()
    };
    act(&office, &People, "consent", who, &[("method", "签字")]).unwrap();
    assert_eq!(asked(&office), None);
    while act(&office, &People, "withdraw-consent", who, &[]).is_ok() {}
    assert_eq!(asked(&office).as_deref(), Some("同意已撤回"));
    act(&office, &People, "consent", who, &[("method", "签字")]).unwrap();
    assert_eq!(asked(&office), None);
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn a_consent_that_was_taken_back_is_used_nowhere() {
    let mut office = office("曾示平");
    // Somebody with one open case at an association.
    let sql = "SELECT l.client_id, l.case_id, c.lead_org FROM case_client l JOIN case_record c ON c.id = l.case_id JOIN client p \
               ON p.id = l.client_id WHERE c.open = 1 AND c.status = '办理中' AND p.consented = 1 AND p.legal_basis = '同意' \
               AND p.org = c.lead_org AND p.org <> 'JS' LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (who, case, org): (i64, i64, String) = office.store.conn().query_row(sql, [], row).unwrap();
    let client = super::records::must_find(office.store.conn(), who).unwrap();
    act(&office, &People, "consent", who, &[("scope", "转介"), ("method", "签字")]).unwrap();
    let listed = |office: &Office, list: &str| -> bool {
        let spec = People.lists().iter().find(|spec| spec.name == list).unwrap();
        let condition = (spec.filter)(&office.cx());
        let sql = format!("SELECT count(*) FROM client WHERE id = {who} AND {}", condition.sql);
        let values = rusqlite::params_from_iter(condition.values);
        office.store.conn().query_row(&sql, values, |row| row.get::<_, i64>(0)).unwrap() > 0
    };
    let visible =
        |office: &Office| crate::desk::records::visible(&office.cx(), &People, Some(who)).unwrap().is_some();
    let masked = crate::values::mask::name(&client.name);
    let told = |office: &Office| format!("{:?}", Cases.page(&office.cx(), case).unwrap());
    let at_association = |office: &mut Office| office.hold(&[("liaison".into(), org.clone())]);
    at_association(&mut office);
    assert!(visible(&office) && told(&office).contains(&masked));
    office.hold(&[("secretary".into(), String::new())]);
    act(&office, &People, "withdraw-consent", who, &[("scope", "受理与转办")]).unwrap();
    // Nobody chases the signature, the end of the file is asked for, and the page says why.
    assert!(!listed(&office, "consent") && listed(&office, "erasing"));
    assert!(format!("{:?}", People.page(&office.cx(), who).unwrap()).contains("同意已撤回"));
    // The case goes to nobody else, not even with the other consent.
    assert!(act(&office, &Cases, "route", case, &[]).is_err());
    let refused = act(&office, &Cases, "refer", case, &[("unit", "教育局"), ("reason", "入学")]).unwrap_err();
    assert_eq!(refused.code, "cases-withdrawn");
    // A new matter is not taken for a new consent, and stays in the house.
    let register = door::action(&Cases, "register").unwrap();
    let typed = |consent: &str, orgs: &str| {
        let texts = [
            ("client", client.code.clone()),
            ("content", "轮椅坏了".into()),
            ("consent", consent.into()),
            ("orgs", orgs.into()),
            ("reason", "本人要求".into()),
        ];
        let form = keep::filled(&office.cx(), &Cases, register, None, &texts)?;
        door::perform(&office, &Cases, register, &form)
    };
    let form = keep::filled(&office.cx(), &Cases, register, None, &[("client", client.code.clone())]);
    let proposed = form.map(|form| keep::plain(&form.value("consent"))).unwrap_or_default();
    assert!(proposed.is_empty() || proposed == super::fields::NO_CONSENT, "{proposed}");
    assert_eq!(typed("暂缺", &org).unwrap_err().code, "cases-withdrawn");
    typed("暂缺", "JS").unwrap();
    // The association neither finds the person nor reads a name.
    at_association(&mut office);
    assert!(!visible(&office) && !told(&office).contains(&masked), "{}", told(&office));
    let row = Cases.rows(&office.cx(), &[case]).unwrap();
    assert!(!format!("{row:?}").contains(&masked));
    // Given anew, everything is as before.
    office.hold(&[("secretary".into(), String::new())]);
    act(&office, &People, "consent", who, &[("method", "签字")]).unwrap();
    assert!(!listed(&office, "erasing"));
    at_association(&mut office);
    assert!(visible(&office) && told(&office).contains(&masked));
}

/// Somebody without open cases whose name nobody else has, and who is not employed here.
fn somebody(office: &Office) -> (i64, String) {
    let sql = "SELECT p.id, p.name FROM client p WHERE p.voided_on IS NULL AND p.phone IS NOT NULL AND length(p.name) > 2 AND NOT EXISTS \
               (SELECT 1 FROM case_client l JOIN case_record c ON c.id = l.case_id WHERE l.client_id = p.id AND c.open = 1) \
               AND NOT EXISTS (SELECT 1 FROM client q WHERE q.id <> p.id AND (instr(q.name, p.name) OR q.phone = p.phone)) \
               AND NOT EXISTS (SELECT 1 FROM staff s WHERE instr(s.name, p.name)) LIMIT 1";
    office.store.conn().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

#[test]
fn wherever_somebody_is_named_is_told_to_them_shown_before_the_erasure_and_erased_with_them() {
    let mut office = office("单样乐");
    later(&mut office);
    let (who, name) = somebody(&office);
    let db = office.store.conn();
    let one = |sql: &str| -> i64 { db.query_row(sql, [], |row| row.get(0)).unwrap() };
    let booking = one("SELECT max(id) FROM booking");
    db.execute("UPDATE booking SET purpose = '给' || ?2 || '开的会' WHERE id = ?1", (booking, &name))
        .unwrap();
    let loan = one("SELECT max(id) FROM asset_loan");
    db.execute("UPDATE asset_loan SET purpose = ?2 || '借轮椅' WHERE id = ?1", (loan, &name)).unwrap();
    let count = one("SELECT max(id) FROM cash_count");
    db.execute("UPDATE cash_count SET reason = ?2 || '少找了钱' WHERE id = ?1", (count, &name)).unwrap();
    // A case of somebody else, and what was said when somebody looked there.
    let sql = "SELECT max(c.id) FROM case_record c WHERE c.open = 1 AND NOT EXISTS \
               (SELECT 1 FROM case_client l WHERE l.case_id = c.id AND l.client_id = ?1)";
    let case: i64 = db.query_row(sql, [who], |row| row.get(0)).unwrap();
    act(&office, &Cases, "note", case, &[("note", &format!("和{name}住一起"))]).unwrap();
    let other: i64 =
        db.query_row("SELECT min(id) FROM client WHERE id <> ?1", [who], |row| row.get(0)).unwrap();
    act(&office, &People, "reveal", other, &[("reason", &format!("{name}代办"))]).unwrap();
    let client = super::records::must_find(db, who).unwrap();
    let told = office
        .store
        .write(&office.stamp(), |tx| super::own_data::take_out(&office.cx(), tx, who, "本人申请"))
        .unwrap()
        .as_text();
    assert!(told.contains(&format!("给{name}开的会")) && told.contains(&format!("{name}借轮椅")), "{told}");
    assert!(!told.contains("住一起"), "another's file stays another's: {told}");
    act(&office, &People, "ask-erase", who, &[("reason", "过了保管期")]).unwrap();
    let page = format!("{:?}", People.page(&office.cx(), who).unwrap());
    assert!(page.contains("会一起删") && page.contains("依法保留"), "{page}");
    office.who = operator(&office, "曾示平");
    office.hold(&[("secretary".into(), String::new())]);
    act(&office, &People, "erase", who, &[]).unwrap();
    let left = everything(&office);
    let at: Vec<&str> = left.lines().filter(|line| line.contains(&name)).collect();
    assert!(at.iter().all(|line| line.starts_with("cash_count ")) && at.len() == 1, "{at:?}");
    assert!(left.contains("给***开的会") && left.contains("和***住一起") && left.contains("***代办"));
    assert!(client.name == name && audit::verify(office.store.conn()).is_ok());
    let found = crate::store::search::search(office.store.conn(), None, &name, 9).unwrap();
    assert!(found.hits.iter().all(|hit| hit.subject == "counts"), "{:?}", found.hits);
}

#[test]
fn what_may_be_of_somebody_of_the_same_name_is_shown_and_left() {
    let mut office = office("单样乐");
    later(&mut office);
    let (who, name) = somebody(&office);
    let db = office.store.conn();
    let other = "UPDATE client SET name = ?2 WHERE id = (SELECT min(id) FROM client WHERE id <> ?1)";
    db.execute(other, (who, &name)).unwrap();
    db.execute("UPDATE booking SET purpose = ?1 || '的会' WHERE id = (SELECT max(id) FROM booking)", [&name])
        .unwrap();
    let client = super::records::must_find(db, who).unwrap();
    let fates: Vec<_> =
        super::mentions::of(&office.cx(), &client).unwrap().iter().map(|mention| mention.fate).collect();
    assert_eq!(fates, [super::mentions::Fate::Doubtful]);
    act(&office, &People, "ask-erase", who, &[("reason", "过了保管期")]).unwrap();
    office.who = operator(&office, "曾示平");
    office.hold(&[("secretary".into(), String::new())]);
    act(&office, &People, "erase", who, &[]).unwrap();
    assert!(everything(&office).contains(&format!("{name}的会")));
}

#[test]
fn after_some_days_of_grace_the_backups_are_erased_too_and_every_one_holds() {
    use crate::store::{Store, automatic, backup};
    let mut office = office("单样乐");
    later(&mut office);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("office.db");
    // The sample lives in memory, where nothing says whose file it is.
    let db = office.store.conn();
    db.pragma_update(None, "application_id", 0x4C42_414E).unwrap();
    office.store.backup(&path).unwrap();
    office.store = Store::open(&path).unwrap();
    let now: chrono::NaiveDateTime = "2038-03-04T09:30:00".parse().unwrap();
    let (who, name) = somebody(&office);
    for hours in [50, 26, 2] {
        automatic::make(&path, now - chrono::Duration::hours(hours)).unwrap().unwrap();
    }
    act(&office, &People, "ask-erase", who, &[("reason", "过了保管期")]).unwrap();
    office.who = operator(&office, "曾示平");
    office.hold(&[("secretary".into(), String::new())]);
    act(&office, &People, "erase", who, &[]).unwrap();
    let has = |name: &str| {
        let files = automatic::list(&path).into_iter().map(|(_, file)| std::fs::read(file).unwrap());
        files.filter(|bytes| bytes.windows(name.len()).any(|part| part == name.as_bytes())).count()
    };
    let cleanse = |days: i64| {
        crate::desk::cleansing::cleanse(&path, office.registry, now + chrono::Duration::days(days)).unwrap()
    };
    assert_eq!((has(&name), cleanse(29), has(&name)), (3, 0, 3), "the days of grace");
    assert_eq!((cleanse(30), has(&name)), (3, 0));
    assert_eq!(cleanse(31), 0, "done once");
    for (_, made) in automatic::list(&path) {
        let back = dir.path().join("back.db");
        backup::restore(&made, &back).unwrap();
        let store = Store::open(&back).unwrap();
        assert!(backup::check(store.conn()).unwrap().is_whole());
        let sql = "SELECT count(*) FROM client WHERE id = ?1 AND name = '***' AND erased_on IS NOT NULL";
        assert_eq!(store.conn().query_row(sql, [who], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }
}
