//! Signs at the desk: one hung, one found broken, one looked at again.

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::subjects::demo::tests::office;

use super::Signs;

fn act(office: &Office, action: &str, id: Option<i64>, texts: &[(&str, &str)]) -> Result<i64, Refusal> {
    let action = door::action(&Signs, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, &Signs, action, id, Vec::new())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap();
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    let (done, _) = door::perform(office, &Signs, action, &filling.form)?;
    Ok(done[0].id)
}

fn ask<T: rusqlite::types::FromSql>(office: &Office, sql: &str) -> T {
    office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_broken_sign_becomes_a_ticket_and_is_in_order_again_when_looked_at() {
    let office = office("曾示平");
    let id =
        act(&office, "create", None, &[("zone", "Z03-R1"), ("text", "大活动室"), ("forms", "13")]).unwrap();
    let forms: String = ask(&office, &format!("SELECT forms FROM sign WHERE id = {id}"));
    assert_eq!(forms, "盲文;凸字");
    act(&office, "report", Some(id), &[("fault", "盲文被磨平")]).unwrap();
    let object: String = ask(&office, "SELECT object FROM work_ticket ORDER BY id DESC LIMIT 1");
    assert_eq!(object, "标牌 大活动室");
    // The sample has one that is cracked.
    assert_eq!(Signs.today(&office.cx(), 9).unwrap()[0].what, "标牌破损缺失 2 块");
    act(&office, "check", Some(id), &[]).unwrap();
    let state: String = ask(&office, &format!("SELECT state FROM sign WHERE id = {id}"));
    assert_eq!(state, "完好");
    act(&office, "remove", Some(id), &[]).unwrap();
    assert_eq!(act(&office, "check", Some(id), &[]).unwrap_err().code, "signs-removed");
    assert!(office.store.conn().execute("DELETE FROM sign", []).is_err());
}
