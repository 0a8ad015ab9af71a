//! Transfers through the desk's door: no consent, no new owner.

use crate::desk::door;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::subjects::assets::records as assets;
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::keep;

use super::Transfers;

fn act(office: &Office, name: &str, texts: &[(&str, &str)]) -> Result<(), Refusal> {
    let cx = office.cx();
    let action = door::action(&Transfers, name).unwrap();
    let newest = "SELECT max(id) FROM asset_transfer";
    let id = if name == "propose" { None } else { cx.db.query_row(newest, [], |row| row.get(0)).unwrap() };
    door::check(&cx, &Transfers, action, id)?;
    let texts: Vec<(&str, String)> = texts.iter().map(|(n, t)| (*n, (*t).to_owned())).collect();
    let form = keep::filled(&cx, &Transfers, action, id, &texts)?;
    door::perform(office, &Transfers, action, &form).map(drop)
}

fn owner(office: &Office) -> String {
    assets::by_tag(office.store.conn(), "ZC-PD-026").unwrap().unwrap().owner
}

const PROPOSAL: &[(&str, &str)] = &[("asset", "26"), ("to_org", "聋协"), ("reason", "聋协康复用得多")];

#[test]
fn it_takes_both_consents_and_the_register() {
    let mut office = office("单样乐");
    act(&office, "propose", PROPOSAL).unwrap();
    assert_eq!(act(&office, "propose", PROPOSAL).unwrap_err().code, "transfers-open");
    assert_eq!(act(&office, "register", &[]).unwrap_err().code, "transfers-status");
    // The new owner cannot agree in the old one's place.
    office.who = operator(&office, "员样静");
    assert_eq!(act(&office, "agree", &[]).unwrap_err().code, "transfers-not-yours");
    office.who = operator(&office, "逄示远");
    assert_eq!(Transfers.today(&office.cx(), 9).unwrap().len(), 1);
    act(&office, "agree", &[]).unwrap();
    assert_eq!(owner(&office), "PD");
    office.who = operator(&office, "单样乐");
    // On paper: whose name stands under it is written down.
    assert_eq!(act(&office, "agree", &[]).unwrap_err().code, "required");
    act(&office, "agree", &[("signed_by", "员样静"), ("document", "QS纸1")]).unwrap();
    assert_eq!(owner(&office), "PD");
    act(&office, "register", &[]).unwrap();
    assert_eq!(owner(&office), "DF");
    assert_eq!(act(&office, "withdraw", &[("refused_reason", "不")]).unwrap_err().code, "transfers-status");
    let said = format!("{:?}", super::of_asset(&office.cx(), 26).unwrap());
    assert!(said.contains("肢协 > 聋协 生效"), "{said}");
    crate::store::audit::verify(office.store.conn()).unwrap();
}

#[test]
fn who_refuses_ends_it_and_it_can_be_proposed_anew() {
    let mut office = office("单样乐");
    let same = [("asset", "26"), ("to_org", "肢协"), ("reason", "x")];
    assert_eq!(act(&office, "propose", &same).unwrap_err().code, "transfers-same");
    act(&office, "propose", PROPOSAL).unwrap();
    office.who = operator(&office, "逄示远");
    act(&office, "refuse", &[("refused_reason", "自己要用")]).unwrap();
    assert_eq!(owner(&office), "PD");
    act(&office, "propose", PROPOSAL).unwrap();
    office.who = operator(&office, "员样静");
    assert_eq!(
        act(&office, "propose", &[("asset", "27"), ("to_org", "聋协"), ("reason", "x")]).unwrap_err().code,
        "transfers-not-yours"
    );
}
