//! Zones at the desk: one more room, and one that is still booked.

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::subjects::demo::tests::office;

use super::{Zones, records};

fn act(office: &Office, action: &str, id: Option<i64>, texts: &[(&str, &str)]) -> Result<i64, Refusal> {
    let action = door::action(&Zones, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, &Zones, action, id, Vec::new())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap();
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    let (done, _) = door::perform(office, &Zones, action, &filling.form)?;
    Ok(done[0].id)
}

fn zone(office: &Office, code: &str) -> i64 {
    records::by_code(office.store.conn(), code).unwrap().unwrap().id
}

#[test]
fn a_new_room_lies_in_its_area() {
    let office = office("曾示平");
    let texts =
        [("code", "z03-r6"), ("name", "录音室"), ("kind", "活动室"), ("parent", "Z03"), ("opens", "9")];
    let id = act(&office, "create", None, &texts).unwrap();
    let made = records::must_find(office.store.conn(), id).unwrap();
    assert_eq!((made.code.as_str(), made.parent), ("Z03-R6", Some(zone(&office, "Z03"))));
    assert!(records::lies_in(office.store.conn(), id, zone(&office, "Z03")).unwrap());
    assert_eq!(act(&office, "create", None, &texts).unwrap_err().code, "zones-code-taken");
}

#[test]
fn a_zone_with_bookings_stays_open_and_where_it_is() {
    let office = office("曾示平");
    let room = zone(&office, "Z03-R2");
    assert_eq!(act(&office, "close", Some(room), &[]).unwrap_err().code, "zones-booked");
    assert_eq!(act(&office, "amend", Some(room), &[("parent", "Z02")]).unwrap_err().code, "zones-moves");
    let moved = office.store.conn().execute("UPDATE zone SET parent = NULL WHERE id = ?1", [room]);
    assert!(moved.unwrap_err().to_string().contains("zone-booked"));
    assert_eq!(
        act(&office, "amend", Some(zone(&office, "Z03")), &[("parent", "Z03-R5")]).unwrap_err().code,
        "zones-circle"
    );
}

#[test]
fn a_subtree_moves_whole() {
    let office = office("曾示平");
    let db = office.store.conn();
    let (desk, hall) = (zone(&office, "Z01"), zone(&office, "Z04"));
    db.execute("UPDATE zone SET parent = ?2 WHERE id = ?1", [desk, hall]).unwrap();
    assert!(records::lies_in(db, zone(&office, "Z01-BL"), hall).unwrap());
    assert!(records::lies_in(db, zone(&office, "Z01-BL"), desk).unwrap());
    db.execute("UPDATE zone SET parent = NULL WHERE id = ?1", [desk]).unwrap();
    assert!(!records::lies_in(db, zone(&office, "Z01-BL"), hall).unwrap());
    assert!(records::lies_in(db, zone(&office, "Z01-BL"), desk).unwrap());
}
