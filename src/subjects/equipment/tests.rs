//! What runs out at the desk: told in time, renewed one or many, reported when it is broken.

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::subjects::demo::tests::office;

use super::Equipment;

fn act(office: &Office, action: &str, ids: &[i64], texts: &[(&str, &str)]) -> Result<i64, Refusal> {
    let action = door::action(&Equipment, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, &Equipment, action, ids.first().copied(), ids.to_vec())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap();
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    let (done, _) = door::perform(office, &Equipment, action, &filling.form)?;
    Ok(done[0].id)
}

fn told(office: &Office) -> Vec<(Press, String)> {
    Equipment.today(&office.cx(), 9).unwrap().into_iter().map(|duty| (duty.press, duty.when)).collect()
}

#[test]
fn what_runs_out_is_told_in_time_and_renewed_together() {
    let office = office("曾示平");
    office.store.conn().execute("UPDATE equipment SET retired_on = '2026-03-01'", []).unwrap();
    let make = |day: &str| {
        act(&office, "create", &[], &[("kind", "1"), ("zone", "Z03"), ("spec", "4kg"), ("expires_on", day)])
            .unwrap()
    };
    let (late, soon, far) = (make("2026-03-01"), make("2026-03-20"), make("2027-03-04"));
    assert_eq!(told(&office), [(Press::Overdue, "3-01".to_owned()), (Press::Open, "3-20".to_owned())]);
    assert_eq!(
        act(&office, "renew", &[late], &[("expires_on", "2026-03-04")]).unwrap_err().code,
        "equipment-past"
    );
    act(&office, "renew", &[late, soon], &[("expires_on", "2027-03-01")]).unwrap();
    assert!(told(&office).is_empty());
    act(&office, "report", &[far], &[("fault", "压力不足")]).unwrap();
    let made: String = office
        .store
        .conn()
        .query_row("SELECT object || ' ' || priority FROM work_ticket ORDER BY id DESC LIMIT 1", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!(made.starts_with("灭火器 XF-") && made.ends_with("紧急"), "{made}");
    // Many are one line that opens their list.
    for _ in 0..5 {
        make("2026-03-05");
    }
    let duties = Equipment.today(&office.cx(), 9).unwrap();
    assert_eq!((duties.len(), duties[0].list.as_str()), (1, "equipment.expiring"));
}
