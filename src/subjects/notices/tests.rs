//! Financial notices on the sample office: who gets which figures, who may answer, when they are due.

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::{Clock, Office};
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject, Table};
use crate::desk::view::Part;
use crate::store::audit;
use crate::subjects::demo::tests::{office, operator};
use crate::values::money::Fen;

use super::{Notices, figures};

fn act(office: &Office, action: &str, no: Option<&str>, texts: &[(&str, &str)]) -> Result<String, Refusal> {
    let action = door::action(&Notices, action).unwrap();
    let id = no.map(|no| id(office, no));
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, &Notices, action, id, Vec::new())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap_or_else(|| panic!("no {name}"));
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    let (done, _) = door::perform(office, filling.subject, filling.action, &filling.form)?;
    let mut args = done[0].args.clone();
    args.push(("ref", done[0].reference.clone()));
    Ok(office.locale.with(&format!("notices-do-{}.done", action.name), &args))
}

fn id(office: &Office, no: &str) -> i64 {
    let sql = "SELECT id FROM financial_notice WHERE no = ?1";
    office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap()
}

fn page(office: &Office, no: &str) -> String {
    let parts = Notices.page(&office.cx(), id(office, no)).unwrap();
    let facts =
        parts.iter().filter_map(|part| if let Part::Facts(facts) = part { Some(facts) } else { None });
    facts.flat_map(|f| &f.items).map(|f| format!("{}: {}\n", f.label, f.value)).collect()
}

fn report(office: &Office, from: &str, to: &str) -> Table {
    (figures::REPORTS[0].make)(&office.cx(), from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

/// The sample office with this member of an association at the desk.
fn from_association(office: &mut Office, org: &str) {
    office.who.posts = vec![("association_head".into(), org.into())];
}

#[test]
fn all_are_sent_at_once_read_objected_to_and_answered() {
    let mut office = office("仇拟文");
    assert_eq!(act(&office, "issue", None, &[]).unwrap(), "已发 2025Q4 财务通报 6 份");
    let again = act(&office, "issue", None, &[]).unwrap_err();
    assert_eq!((again.code, again.field), ("notices-issued", Some("receiver")));
    let said = page(&office, "TB-2025Q4-BL");
    assert!(said.contains("盲协工作经费: 期初 "), "{said}");
    assert!(said.contains("期末 7,510.29") && said.contains("运转费分摊: 应承担 "), "{said}");
    for org in ["BL", "DF", "PD", "ID", "MD", "AS"] {
        let history = audit::history(office.store.conn(), &format!("TB-2025Q4-{org}")).unwrap();
        assert_eq!(history.len(), 1, "{org}");
    }
    from_association(&mut office, "BL");
    let duties = Notices.today(&office.cx(), 9).unwrap();
    assert_eq!(duties.iter().map(|d| d.reference.as_str()).collect::<Vec<_>>(), ["TB-2025Q4-BL"]);
    assert_eq!(act(&office, "read", Some("TB-2025Q4-DF"), &[]).unwrap_err().code, "notices-not-yours");
    act(&office, "read", Some("TB-2025Q4-BL"), &[]).unwrap();
    assert!(Notices.today(&office.cx(), 9).unwrap().is_empty());
    assert_eq!(act(&office, "read", Some("TB-2025Q4-BL"), &[]).unwrap_err().code, "notices-read");
    act(&office, "object", Some("TB-2025Q4-BL"), &[("objection", "活动费多记一笔")]).unwrap();
    assert_eq!(
        act(&office, "reply", Some("TB-2025Q4-BL"), &[("reply", "好")]).unwrap_err().code,
        "permission"
    );
    office.who = operator(&office, "仇拟文");
    let duties = Notices.today(&office.cx(), 9).unwrap();
    assert_eq!((duties.len(), duties[0].press), (1, Press::Today));
    act(&office, "reply", Some("TB-2025Q4-BL"), &[("reply", "附凭证复印件")]).unwrap();
    assert!(page(&office, "TB-2025Q4-BL").contains("状态: 已答复"));
    let none = act(&office, "reply", Some("TB-2025Q4-DF"), &[("reply", "好")]).unwrap_err();
    assert_eq!(none.code, "notices-nothing-to-answer");
    from_association(&mut office, "BL");
    act(&office, "object", Some("TB-2025Q4-BL"), &[("objection", "还差一笔")]).unwrap();
    assert!(page(&office, "TB-2025Q4-BL").contains("活动费多记一笔\n还差一笔"), "what was said before stays");
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn one_may_be_sent_for_any_period_that_is_over() {
    let office = office("仇拟文");
    let one = [("receiver", "聋协"), ("from_on", "2026-02-01"), ("to_on", "2026-02-28")];
    act(&office, "issue", None, &one).unwrap();
    assert!(page(&office, "TB-2026-02-DF").contains("协会: 聋协"), "{}", page(&office, "TB-2026-02-DF"));
    let open =
        act(&office, "issue", None, &[("from_on", "2026-03-01"), ("to_on", "2026-03-31")]).unwrap_err();
    assert_eq!((open.code, open.field), ("notices-not-over", Some("to_on")));
    let odd = act(&office, "issue", None, &[("from_on", "2026-02-28"), ("to_on", "2026-02-01")]).unwrap_err();
    assert_eq!(odd.code, "sharing-period");
    let early = act(&office, "issue", None, &[("issued_on", "2025-12-31")]).unwrap_err();
    assert_eq!(early.code, "notices-issued-on");
}

#[test]
fn the_reminder_comes_with_the_quarter_and_goes_with_the_notices() {
    let mut office = office("仇拟文");
    let press =
        |office: &Office| Notices.today(&office.cx(), 9).unwrap().first().map(|d| (d.press, d.what.clone()));
    let on = |office: &mut Office, day: &str| {
        office.clock = Clock::Fixed(format!("{day}T09:00:00").parse().unwrap());
        press(office)
    };
    let what = "2025Q4 财务通报 6 家未发".to_owned();
    assert_eq!(on(&mut office, "2026-01-01"), Some((Press::Open, what.clone())));
    assert_eq!(on(&mut office, "2026-01-10"), Some((Press::Today, what.clone())));
    assert_eq!(on(&mut office, "2026-01-11"), Some((Press::Overdue, what)));
    act(&office, "issue", None, &[("receiver", "盲协")]).unwrap();
    assert!(on(&mut office, "2026-01-11").unwrap().1.contains("5 家"));
    act(&office, "issue", None, &[]).unwrap();
    assert_eq!(on(&mut office, "2026-01-12"), None);
    assert_eq!(on(&mut office, "2025-02-01"), None, "nothing was posted in the quarter before the books");
    office.who = operator(&office, "曾示平");
    office.who.posts = vec![("general_affairs".into(), String::new())];
    assert_eq!(on(&mut office, "2026-05-11"), None, "said to who can do it");
}

#[test]
fn the_report_is_the_fund_balances_and_an_association_sees_its_own() {
    let mut office = office("仇拟文");
    let all = report(&office, "2025-01-01", "2025-12-31");
    let closing: i64 = (all.rows.iter())
        .filter(|row| !row[1].is_empty())
        .map(|row| Fen::parse(row[7].split(' ').next().unwrap()).unwrap().0)
        .sum();
    assert_eq!(Fen(closing).plain(), "240144.62");
    let sum = all.rows.iter().find(|row| row[0] == "肢协" && row[1].is_empty()).unwrap();
    assert_eq!(sum[7], "60880.82");
    let blind = all.footer.iter().find(|line| line.starts_with("盲协")).unwrap();
    assert!(blind.contains("已承担 17,440.00") && blind.contains("应退"), "{blind}");
    from_association(&mut office, "PD");
    let own = report(&office, "2025-01-01", "2025-12-31");
    assert!(own.rows.iter().all(|row| row[0] == "肢协") && own.rows.len() == 5, "{:?}", own.rows);
    assert_eq!(own.footer.len(), 2);
}
