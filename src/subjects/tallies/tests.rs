//! Counting by answers: the next one in the order of the shelves, a scanned tag taken for what it is, two people at once, a blind
//! count, an answer taken back.

use crate::desk::action::Scope;
use crate::desk::door::{self, Step};
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::stocktakes::tests::begun;
use crate::subjects::tallies::records::{self, Tally};
use crate::subjects::tallies::rules::Found;
use crate::subjects::tallies::{Tallies, pages};

const WARDEN: &str = "曾示平";
const OTHER: &str = "单样乐";

/// The counting form as it opens for whoever is at the desk.
fn form(office: &Office) -> Filling {
    let action = door::action(&Tallies, "count").unwrap();
    assert_eq!(action.scope, Scope::Subject);
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    Filling::open(office, session, &Tallies, action, None, Vec::new()).unwrap()
}

/// Answers about the next thing, as a person would: empty is a bare Enter.
pub(crate) fn answer(office: &Office, typed: &str) -> Result<(String, Step), Refusal> {
    answered(office, form(office), typed)
}

fn answered(office: &Office, mut filling: Filling, typed: &str) -> Result<(String, Step), Refusal> {
    filling.form.focus = filling.place("answer").unwrap();
    if !typed.is_empty() {
        filling.edit(office, typed).unwrap();
    }
    filling.check_all(office)?;
    let (done, step) = door::perform(office, &Tallies, filling.action, &filling.form)?;
    let said = done[0].args.iter().find(|(name, _)| *name == "said").map(|(_, said)| said.clone());
    Ok((said.unwrap_or_default(), step))
}

/// A line of a stocktake by its tag.
pub(crate) fn line(office: &Office, no: &str, tag: &str) -> Tally {
    let sql = "SELECT l.id FROM stocktake_line AS l JOIN stocktake AS s ON s.id = l.stocktake WHERE s.no = ?1 AND l.tag = ?2";
    let id = office.store.conn().query_row(sql, [no, tag], |row| row.get(0)).unwrap();
    records::must_find(office.store.conn(), id).unwrap()
}

fn label(office: &Office) -> String {
    let form = form(office);
    form.form.slot("answer").unwrap().label.clone()
}

const STORE: &[(&str, &str)] = &[("scope", "场地"), ("zone", "Z04")];
const NO: &str = "PD-2026-H1-01";

#[test]
fn one_key_an_answer_in_the_order_of_the_shelves() {
    let office = office(WARDEN);
    begun(&office, STORE);
    assert!(label(&office).starts_with("1/14 ZC-BL-004 听书机"), "{}", label(&office));
    assert_eq!(answer(&office, "").unwrap().0, "");
    assert_eq!(line(&office, NO, "ZC-BL-004").found, Some(Found::Present));
    assert_eq!(answer(&office, "x").unwrap().0, "ZC-BL-005 盘亏");
    assert_eq!(answer(&office, "4").unwrap().0, "ZC-BL-006 毁损");
    // Later: it comes again when the rest of the shelf is done.
    assert_eq!(answer(&office, "s").unwrap().0, "ZC-DF-018 后数");
    assert!(label(&office).starts_with("4/14 ZC-DF-020"), "{}", label(&office));
    let mut filling = form(&office);
    filling.form.focus = filling.place("answer").unwrap();
    filling.edit(&office, "3").unwrap();
    filling.form.focus = filling.place("elsewhere").unwrap();
    filling.edit(&office, "Z03-R1").unwrap();
    filling.check_all(&office).unwrap();
    door::perform(&office, &Tallies, filling.action, &filling.form).unwrap();
    assert_eq!(line(&office, NO, "ZC-DF-020").found, Some(Found::Misplaced));
    // One key is enough where nobody knows where it is; the place may be said with it.
    let asked = |office: &Office| label(office).split(' ').nth(1).unwrap().to_owned();
    let (somewhere, there) = (asked(&office), {
        answer(&office, "3").unwrap();
        asked(&office)
    });
    answer(&office, "3@z03-r1").unwrap();
    let places =
        [&somewhere, &there].map(|tag| line(&office, NO, tag)).map(|l| (l.found, l.found_place.is_some()));
    assert_eq!(places, [(Some(Found::Misplaced), false), (Some(Found::Misplaced), true)]);
    for _ in 0..7 {
        answer(&office, "y").unwrap();
    }
    assert!(label(&office).starts_with("14/14 ZC-DF-018"), "{}", label(&office));
    // Seen after all, it is where it is seen.
    answer(&office, &somewhere).unwrap();
    assert_eq!(line(&office, NO, &somewhere).found, Some(Found::Present));
    assert_eq!(answer(&office, "3@nowhere").unwrap_err().code, "not-found");
    answer(&office, "在").unwrap();
    assert_eq!(label(&office), "都数过了 14 件");
    assert_eq!(answer(&office, "y").unwrap_err().code, "tallies-all-counted");
    assert_eq!(answer(&office, "").unwrap_err().code, "required");
}

#[test]
fn a_scanned_tag_is_what_it_is() {
    let office = office(WARDEN);
    begun(&office, STORE);
    // Another one of this shelf, one of another room, one on loan by the book, one nobody knows, the same again.
    assert_eq!(answer(&office, "zc-pd-023").unwrap().0, "");
    assert_eq!(answer(&office, "ZC-DF-012").unwrap().0, "ZC-DF-012 应在 手语专项窗口 记为 位置不符");
    assert_eq!(answer(&office, "033").unwrap().0, "ZC-PD-033 状态不符");
    assert_eq!(answer(&office, "XYZ-77").unwrap().0, "XYZ-77 不明");
    assert_eq!(answer(&office, "xyz-77").unwrap().0, "XYZ-77 曾示平 已数过 不明");
    assert_eq!(answer(&office, "023").unwrap().0, "ZC-PD-023 曾示平 已数过 相符");
    assert_eq!(answer(&office, "zz").unwrap_err().code, "tallies-unread");
    // After a scan a bare Enter counts nothing: some scanners send it twice.
    assert_eq!(answer(&office, "").unwrap_err().code, "required");
    // What was missing turns up.
    let expected = form(&office).form.slot("about").unwrap().text.parse().unwrap();
    let tag = records::must_find(office.store.conn(), expected).unwrap().tag;
    answer(&office, "x").unwrap();
    assert_eq!(line(&office, NO, &tag).found, Some(Found::Missing));
    assert_eq!(answer(&office, &tag).unwrap().0, "");
    assert_eq!(line(&office, NO, &tag).found, Some(Found::Present));
    let (said, step) = answer(&office, "+折叠椅").unwrap();
    assert_eq!(said, "折叠椅 盘盈");
    let chairs = |office: &Office| {
        let sql = "SELECT count(*) FROM stocktake_line WHERE name = '折叠椅' AND expected = 0 AND void = 0";
        office.store.conn().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(chairs(&office), 1);
    door::revert(&office, &step).unwrap();
    assert_eq!(chairs(&office), 0);
}

#[test]
fn an_answer_is_taken_back_and_asked_again() {
    let office = office(WARDEN);
    begun(&office, STORE);
    let before = label(&office);
    let (_, step) = answer(&office, "x").unwrap();
    assert_ne!(label(&office), before);
    door::revert(&office, &step).unwrap();
    assert_eq!(label(&office), before);
    assert_eq!(line(&office, NO, "ZC-BL-004").found, None);
}

#[test]
fn the_audit_says_what_an_answer_changed_and_nothing_else() {
    let office = office(WARDEN);
    begun(&office, STORE);
    let changed = |office: &Office, step: &Step| {
        let changes = crate::store::audit::changes_of(office.store.conn(), step.parts[0].seq).unwrap();
        changes.into_iter().map(|change| (change.field, change.old)).collect::<Vec<_>>()
    };
    let (_, step) = answer(&office, "x").unwrap();
    let fields: Vec<String> = changed(&office, &step).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["result", "scanned", "counted_seq", "counted_at", "counted_by"]);
    // What was missing turns up: the audit says what it had been taken for.
    let (_, step) = answer(&office, "ZC-BL-004").unwrap();
    assert!(changed(&office, &step).contains(&("result".to_owned(), Some("盘亏".to_owned()))));
    // An answer that counts nothing changes nothing; what nobody looked for is new in every field.
    let (_, step) = answer(&office, "s").unwrap();
    assert_eq!(changed(&office, &step), []);
    let (_, step) = answer(&office, "+折叠椅").unwrap();
    assert!(changed(&office, &step).contains(&("tag".to_owned(), None)));
}

#[test]
fn two_people_count_in_two_places_and_the_second_answer_about_a_thing_is_told_the_first() {
    let mut office = office(WARDEN);
    let of = begun(&office, &[("scope", "权属"), ("owner", "PD")]);
    answer(&office, "@Z04").unwrap();
    let mine = label(&office);
    office.who = operator(&office, OTHER);
    assert!(!label(&office).contains(mine.split(' ').nth(1).unwrap()), "{mine}");
    // Both were asked about the same thing; one answers first.
    answer(&office, "@Z04").unwrap();
    let asked = form(&office);
    let about: i64 = asked.form.slot("about").unwrap().text.parse().unwrap();
    office.who = operator(&office, WARDEN);
    answer(&office, "@Z04").unwrap();
    answer(&office, "x").unwrap();
    office.who = operator(&office, OTHER);
    let (said, _) = answered(&office, asked, "y").unwrap();
    assert!(said.ends_with("曾示平 已数过 盘亏"), "{said}");
    assert_eq!(records::must_find(office.store.conn(), about).unwrap().found, Some(Found::Missing));
    assert_eq!(records::counters(office.store.conn(), of).unwrap().len(), 2);
}

#[test]
fn who_counts_blind_is_told_nothing_and_says_tags() {
    let office = office(WARDEN);
    begun(&office, &[("scope", "场地"), ("zone", "Z04"), ("blind", "1")]);
    let shown = format!("{} {:?}", label(&office), pages::row_of(&office.cx(), &form(&office).form));
    assert!(!shown.contains("ZC-"), "{shown}");
    assert_eq!(answer(&office, "y").unwrap_err().code, "tallies-blind");
    assert_eq!(answer(&office, "").unwrap_err().code, "required");
    answer(&office, "ZC-PD-023").unwrap();
    assert_eq!(line(&office, NO, "ZC-PD-023").found, Some(Found::Present));
}

#[test]
fn counting_own_things_is_warned_of_once() {
    let office = office(OTHER);
    begun(&office, STORE);
    let warned = |office: &Office| form(office).form.findings.iter().any(|f| f.value.contains("自己保管"));
    assert!(warned(&office));
    answer(&office, "y").unwrap();
    assert!(!warned(&office));
}
