//! Bookings at the desk, on the sample office in memory: a line to a booking, a series with its conflicts, what overlaps is
//! refused with another time, the waiting list, and what the file itself refuses.

use proptest::prelude::*;

use crate::desk::door;
use crate::desk::filling::{Accepted, Filling};
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::subjects::demo::tests::{office, operator};

use super::rules::Status;
use super::{Venue, lists, records};

/// General affairs, and the liaison of the blind association.
const WARDEN: &str = "曾示平";
const LIAISON: &str = "吕拟光";

fn open(office: &Office, action: &str, id: Option<i64>) -> Result<Filling, Refusal> {
    let action = door::action(&Venue, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    Filling::open(office, session, &Venue, action, id, Vec::new())
}

fn typed(office: &Office, action: &str, id: Option<i64>, texts: &[(&str, &str)]) -> Result<Filling, Refusal> {
    let mut filling = open(office, action, id)?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap_or_else(|| panic!("{action}: no {name}"));
        filling.edit(office, text).unwrap();
    }
    Ok(filling)
}

fn act(office: &Office, action: &str, id: Option<i64>, texts: &[(&str, &str)]) -> Result<i64, Refusal> {
    let mut filling = typed(office, action, id, texts)?;
    filling.check_all(office)?;
    let (done, _) = door::perform(office, &Venue, filling.action, &filling.form)?;
    Ok(done[0].id)
}

fn as_(mut office: Office, name: &str) -> Office {
    office.who = operator(&office, name);
    office
}

fn ask<T: rusqlite::types::FromSql>(office: &Office, sql: &str) -> T {
    office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn status(office: &Office, id: i64) -> Status {
    records::must_find(office.store.conn(), id).unwrap().status
}

fn found(filling: &Filling, label: &str) -> String {
    let all = filling.form.findings.iter().filter(|fact| fact.label == label);
    all.map(|fact| fact.value.clone()).collect::<Vec<_>>().join(" / ")
}

fn booking(office: &Office, no: &str) -> i64 {
    ask(office, &format!("SELECT id FROM booking WHERE no = '{no}'"))
}

#[test]
fn a_line_and_two_enters_make_a_booking() {
    let office = office(WARDEN);
    let mut filling = typed(&office, "book", None, &[("line", "n3 15-17 d b 盲文班")]).unwrap();
    assert_eq!(filling.form.slot("line").unwrap().echo, "3-11 周三 15:00-17:00 多功能活动区 盲协 盲文班");
    assert_eq!(filling.accept(&office).unwrap(), Accepted::Stay);
    assert_eq!(filling.form.slots[filling.form.focus].field.name, "people");
    assert_eq!(filling.accept(&office).unwrap(), Accepted::Save);
    let (done, _) = door::perform(&office, &Venue, filling.action, &filling.form).unwrap();
    let made = records::must_find(office.store.conn(), done[0].id).unwrap();
    assert_eq!(
        (made.no.as_str(), made.kind.as_str(), made.status),
        ("YY-2026-047", "培训", Status::Confirmed)
    );
    // It ends where the other began, and the other lies in the same area: half-open, they do not meet.
    assert_eq!(made.starts.to_string(), "2026-03-11 15:00:00");
}

#[test]
fn a_taken_time_is_refused_with_who_when_and_where_else() {
    let office = office(WARDEN);
    let filling = typed(&office, "book", None, &[("line", "n3 14-16 d b 盲文班")]).unwrap();
    let error = filling.form.slot("hours").unwrap().error.clone().unwrap();
    assert_eq!(error.code, "venue-overlap");
    let said = error.notice(&office.locale);
    assert!(said.text.contains("肢协 手语培训 13:30-15:00 康复训练室 YY-2026-030"), "{}", said.text);
    assert!(said.hint.contains("3-11 周三 15:00-17:00"), "{}", said.hint);
    // A child is refused while its parent is taken, and the other way round.
    act(&office, "book", None, &[("line", "n3 15-17 d b 盲文班")]).unwrap();
    let taken = act(&office, "book", None, &[("line", "n3 16-17 xhd d 例会")]);
    assert_eq!(taken.unwrap_err().code, "venue-overlap");
    act(&office, "book", None, &[("line", "n3 16-17 z01 d 例会")]).unwrap();
}

#[test]
fn a_series_shows_every_day_and_leaves_out_what_is_taken() {
    let office = office(WARDEN);
    act(&office, "book", None, &[("line", "2026-04-08 16-17 dhd i 手工")]).unwrap();
    let filling = typed(&office, "book", None, &[("line", "n3 15-17 d b 盲文班 *8")]).unwrap();
    assert_eq!(found(&filling, "订 7 次"), "3-11 3-18 3-25 4-01 4-15 4-22 4-29");
    assert!(found(&filling, "跳过").starts_with("4-08 智协 手工"), "{:?}", filling.form.findings);
    let id = act(&office, "book", None, &[("line", "n3 15-17 d b 盲文班 *8")]).unwrap();
    let series = records::must_find(office.store.conn(), id).unwrap().series.unwrap();
    let all = records::of_series(office.store.conn(), series).unwrap();
    assert_eq!(all.len(), 7);
    let (_, rule, skipped) = records::series(office.store.conn(), series).unwrap();
    assert_eq!((rule.as_str(), skipped.as_str()), ("FREQ=WEEKLY;BYDAY=WE;COUNT=8", "2026-04-08"));
    // Every one of them has an audit row of its own.
    let audited: i64 = ask(&office, "SELECT count(*) FROM audit WHERE subject = 'venue' AND action = 'book'");
    assert_eq!(audited, 8);
    // Without skipping it is refused whole.
    let whole = act(&office, "book", None, &[("line", "n3 13-14 dhd b 课 *8"), ("skip", "1")]);
    assert!(whole.is_ok(), "{whole:?}");
    let whole = act(&office, "book", None, &[("line", "n3 15-16 dhd b 课 *8"), ("skip", "0")]);
    assert_eq!(whole.unwrap_err().code, "venue-overlap");
}

#[test]
fn of_a_series_one_or_all_following_are_cancelled() {
    let office = office(WARDEN);
    let first = act(&office, "book", None, &[("line", "n3 15-17 z01 b 盲文班 *5")]).unwrap();
    let series = records::must_find(office.store.conn(), first).unwrap().series.unwrap();
    let ids: Vec<i64> =
        records::of_series(office.store.conn(), series).unwrap().iter().map(|b| b.id).collect();
    act(&office, "cancel", Some(ids[1]), &[("reach", "一次")]).unwrap();
    act(&office, "cancel", Some(ids[2]), &[("reach", "以后"), ("reason", "老师出差")]).unwrap();
    let now: Vec<Status> = ids.iter().map(|id| status(&office, *id)).collect();
    use Status::{Cancelled, Confirmed};
    assert_eq!(now, [Confirmed, Cancelled, Cancelled, Cancelled, Cancelled]);
}

#[test]
fn a_moved_booking_leaves_a_trace_and_frees_its_time() {
    let office = office(WARDEN);
    let old = booking(&office, "YY-2026-030");
    act(&office, "move", Some(old), &[("line", "14-15:30")]).unwrap();
    let was = records::must_find(office.store.conn(), old).unwrap();
    let new = records::must_find(office.store.conn(), was.moved_to.unwrap()).unwrap();
    assert_eq!((was.status, new.status), (Status::Moved, Status::Confirmed));
    assert_eq!((new.hours().text().as_str(), new.purpose.as_str()), ("14:00-15:30", "手语培训"));
    assert_eq!(act(&office, "move", Some(old), &[("line", "w5")]).unwrap_err().code, "venue-status");
}

#[test]
fn what_is_unusual_wants_a_reason() {
    let office = office(WARDEN);
    let line = ("line", "n4 16-17 gtaj b 小组 9人");
    let filling = typed(&office, "book", None, &[line]).unwrap();
    let said = found(&filling, "提醒");
    assert!(said.contains("感统安静室容纳 6 人") && said.contains("专属孤协、精协"), "{said}");
    assert!(act(&office, "book", None, &[line]).is_err());
    let id = act(&office, "book", None, &[line, ("override_reason", "精协、孤协都同意")]).unwrap();
    let kept: String = ask(&office, &format!("SELECT warnings FROM booking WHERE id = {id}"));
    assert_eq!(kept, "capacity;dedicated");
}

#[test]
fn the_waiting_list_is_offered_what_is_freed() {
    let office = office(WARDEN);
    let line = [("line", "n3 14-15 kf p 练习"), ("wait", "1")];
    let mut filling = typed(&office, "book", None, &line[..1]).unwrap();
    filling.form.focus = filling.place("wait").unwrap();
    let id = act(&office, "book", None, &line).unwrap();
    assert_eq!(status(&office, id), Status::Waiting);
    let no = records::must_find(office.store.conn(), id).unwrap().no;
    let offered =
        |office: &Office| Venue.today(&office.cx(), 100).unwrap().iter().any(|duty| duty.reference == no);
    assert!(!offered(&office));
    assert_eq!(act(&office, "claim", Some(id), &[]).unwrap_err().code, "venue-overlap");
    act(&office, "cancel", Some(booking(&office, "YY-2026-030")), &[]).unwrap();
    assert!(offered(&office));
    act(&office, "claim", Some(id), &[]).unwrap();
    assert_eq!(status(&office, id), Status::Confirmed);
}

#[test]
fn an_association_books_for_itself_and_waits_where_a_yes_is_wanted() {
    let office = office(LIAISON);
    office.store.conn().execute("UPDATE zone SET approval = 1 WHERE code = 'Z03-R1'", []).unwrap();
    assert_eq!(
        act(&office, "book", None, &[("line", "n3 9-10 dhd d 例会")]).unwrap_err().code,
        "venue-not-yours"
    );
    let id = act(&office, "book", None, &[("line", "n3 15-16 dhd 例会")]).unwrap();
    assert_eq!(status(&office, id), Status::Pending);
    assert_eq!(act(&office, "approve", Some(id), &[]).unwrap_err().code, "permission");
    let others = booking(&office, "YY-2026-030");
    assert_eq!(act(&office, "cancel", Some(others), &[]).unwrap_err().code, "venue-not-yours");
    let office = as_(office, WARDEN);
    act(&office, "approve", Some(id), &[]).unwrap();
    assert_eq!(status(&office, id), Status::Confirmed);
}

#[test]
fn what_is_free_is_answered_and_nothing_is_written() {
    let office = office(WARDEN);
    let before: i64 = ask(&office, "SELECT count(*) FROM audit");
    let filling = typed(&office, "free", None, &[("line", "w3 2h d")]).unwrap();
    let answer = Venue.answer(&office.cx(), &filling.form).unwrap().unwrap();
    // The quiet room is asked for from half past one to three.
    assert_eq!(answer.lines, ["3-4 周三 多功能活动区 09:30-13:30 15:00-17:00"]);
    let filling = typed(&office, "free", None, &[("line", "n3 2h 30人")]).unwrap();
    let answer = Venue.answer(&office.cx(), &filling.form).unwrap().unwrap();
    assert!(answer.lines.iter().any(|l| l == "3-11 周三 大活动室 08:30-17:00"), "{:?}", answer.lines);
    assert!(!answer.lines.iter().any(|l| l.contains("小活动室")), "{:?}", answer.lines);
    assert_eq!(before, ask::<i64>(&office, "SELECT count(*) FROM audit"));
}

#[test]
fn the_sample_is_noticed() {
    let office = office(WARDEN);
    let duties = Venue.today(&office.cx(), 100).unwrap();
    let has = |press: Press, no: &str| duties.iter().any(|d| d.press == press && d.reference == no);
    assert!(has(Press::Today, "YY-2026-021") && has(Press::Week, "YY-2026-024"), "{duties:#?}");
    // What is far off is one line that opens its list; what was passed over without a word is another.
    let lists = |office: &Office| {
        let duties = Venue.today(&office.cx(), 100).unwrap();
        let of = duties.into_iter().filter(|d| d.reference.is_empty());
        of.map(|d| (d.press, d.list, d.what)).collect::<Vec<_>>()
    };
    let further = (Press::Open, "venue.pending".to_owned(), "往后的预约 6 个待审核".to_owned());
    assert_eq!(lists(&office), std::slice::from_ref(&further));
    let late = "UPDATE booking SET status = '待审核' WHERE no IN ('YY-2026-010', 'YY-2026-012')";
    office.store.conn().execute(late, []).unwrap();
    let passed = (Press::Overdue, "venue.pending".to_owned(), "预约 2 个过了日子还没审核".to_owned());
    assert_eq!(lists(&office), [passed, further.clone()]);
    let open = "UPDATE booking SET status = '已确认' WHERE no IN ('YY-2026-014', 'YY-2026-018')";
    office.store.conn().execute(open, []).unwrap();
    let many = (Press::Today, "venue.unclosed".to_owned(), "预约 2 个没记到场没有".to_owned());
    assert!(lists(&office).contains(&many));
    let condition = (lists::LISTS.iter().find(|l| l.name == "unclosed").unwrap().filter)(&office.cx());
    let sql = format!("SELECT count(*) FROM booking WHERE {}", condition.sql);
    let values = rusqlite::params_from_iter(condition.values);
    let listed: i64 = office.store.conn().query_row(&sql, values, |row| row.get(0)).unwrap();
    assert_eq!(listed, 2);
    // The two that were rejected would be refused today as well, for the reasons in the sample.
    let overlaps = act(&office, "book", None, &[("line", "w5 10-11 dhd b 临时排练 20人")]);
    assert_eq!(overlaps.unwrap_err().code, "venue-overlap");
    let line = ("line", "2026-03-19 9-10:30 gtaj m 小组活动 9人");
    let filling = typed(&office, "book", None, &[line]).unwrap();
    assert!(found(&filling, "提醒").contains("容纳 6 人"));
    assert!(act(&office, "book", None, &[line]).is_err(), "without a reason");
}

#[test]
fn the_file_refuses_what_overlaps_whoever_writes_it() {
    let office = office(WARDEN);
    let sql = "INSERT INTO booking (no, zone, org, purpose, kind, starts_at, ends_at, setup, status, version, created_at,
                 created_by, updated_at, updated_by)
               SELECT ?1, id, 'BL', 'x', '活动', ?3, ?4, ?5, '已确认', 1, '', '', '', '' FROM zone WHERE code = ?2";
    let put = |no: &str, zone: &str, from: &str, to: &str, setup: i64| {
        let day = "2026-05-20";
        let values = rusqlite::params![no, zone, format!("{day}T{from}"), format!("{day}T{to}"), setup];
        office.store.conn().execute(sql, values).map_err(|error| error.to_string())
    };
    put("a", "Z03-R1", "10:00", "11:00", 0).unwrap();
    for (zone, from, to, setup) in
        [("Z03-R1", "10:59", "12:00", 0), ("Z03", "09:00", "10:01", 0), ("Z03-R1", "11:10", "12:00", 15)]
    {
        assert!(put("b", zone, from, to, setup).unwrap_err().contains("venue-overlap"), "{zone} {from}");
    }
    put("c", "Z03-R1", "11:00", "12:00", 0).unwrap();
    put("d", "Z03-R2", "10:00", "12:00", 0).unwrap();
    let late = "UPDATE booking SET ends_at = '2026-05-20T11:30' WHERE no = 'a'";
    assert!(office.store.conn().execute(late, []).unwrap_err().to_string().contains("venue-overlap"));
    assert!(office.store.conn().execute("DELETE FROM booking WHERE no = 'a'", []).is_err());
}

#[test]
fn rivals_are_looked_for_along_an_index() {
    let office = office(WARDEN);
    let sql =
        "EXPLAIN QUERY PLAN SELECT b.busy_from FROM zone_rival AS r JOIN booking AS b ON b.zone = r.rival
               WHERE r.zone = 3 AND b.holds = 1 AND b.busy_from > 1 AND b.busy_from < 9 AND b.busy_to > 2";
    let mut steps = office.store.conn().prepare(sql).unwrap();
    let steps: Vec<String> = steps.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
    let said = steps.join("\n");
    assert!(said.contains("booking_by_zone") && !said.contains("SCAN b"), "{said}");
    for list in Venue.lists() {
        let condition = (list.filter)(&office.cx());
        let order = list.order.join(", ");
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT id FROM booking WHERE {} ORDER BY {order}, id LIMIT 20",
            condition.sql
        );
        let mut steps = office.store.conn().prepare(&sql).unwrap();
        let steps = steps
            .query_map(rusqlite::params_from_iter(condition.values), |row| row.get::<_, String>(3))
            .unwrap();
        let said = steps.map(Result::unwrap).collect::<Vec<_>>().join("\n");
        assert!(said.contains("INDEX"), "{}: {said}", list.name);
    }
}

/// One step of a made-up day at the desk.
#[derive(Debug, Clone)]
enum Step {
    Book(String),
    Move(usize, String),
    Cancel(usize, bool),
    Claim(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let zones = prop::sample::select(vec!["d", "dhd", "xhd", "z03-r5", "z01", "z01-bl"]);
    let slot = (9u32..13, 9u32..12, 1u32..4, zones, any::<bool>(), any::<bool>()).prop_map(
        |(day, from, length, zone, series, wait)| {
            let repeat = if series { " *3" } else { "" };
            let line = format!("2026-03-{day:02} {from}-{} {zone} b 班{repeat}", from + length);
            if wait { format!("{line} wait") } else { line }
        },
    );
    prop_oneof![
        4 => slot.clone().prop_map(Step::Book),
        2 => (0usize..40, slot).prop_map(|(at, line)| Step::Move(at, line)),
        1 => (0usize..40, any::<bool>()).prop_map(|(at, all)| Step::Cancel(at, all)),
        1 => (0usize..40).prop_map(Step::Claim),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn no_day_at_the_desk_leaves_two_bookings_in_one_place(steps in prop::collection::vec(step(), 1..14)) {
        let office = office(WARDEN);
        let nth = |at: usize| {
            let n: i64 = ask(&office, "SELECT count(*) FROM booking");
            i64::try_from(at).unwrap() % n.max(1) + 1
        };
        for step in steps {
            // Refused or not: what matters is what stands in the file afterwards.
            drop(match step {
                Step::Book(line) => {
                    let waits = line.ends_with(" wait");
                    let line = line.trim_end_matches(" wait").to_owned();
                    let mut texts = vec![("line", line.as_str())];
                    let asks = typed(&office, "book", None, &texts).is_ok_and(|f| f.place("wait").is_some());
                    if waits && asks {
                        texts.push(("wait", "1"));
                    }
                    act(&office, "book", None, &texts)
                }
                Step::Move(at, line) => {
                    let line: Vec<&str> = line.split(' ').take(3).collect();
                    act(&office, "move", Some(nth(at)), &[("line", &line.join(" "))])
                }
                Step::Cancel(at, all) => {
                    let id = nth(at);
                    let series = records::must_find(office.store.conn(), id).unwrap().series.is_some();
                    let reach = open(&office, "cancel", Some(id)).is_ok_and(|f| series && f.place("reach").is_some());
                    let texts = [("reach", if all { "以后" } else { "一次" })];
                    act(&office, "cancel", Some(id), if reach { &texts } else { &[] })
                }
                Step::Claim(at) => act(&office, "claim", Some(nth(at)), &[]),
            });
        }
        let sql = "SELECT count(*) FROM booking AS a JOIN zone_rival AS r ON r.zone = a.zone JOIN booking AS b ON b.zone = r.rival
                   WHERE a.id < b.id AND a.holds AND b.holds AND a.busy_from < b.busy_to AND b.busy_from < a.busy_to";
        prop_assert_eq!(ask::<i64>(&office, sql), 0);
    }
}

#[test]
fn the_grid_of_a_day_shows_what_is_taken_with_an_area() {
    let mut desk = crate::office::practice(crate::values::lang::Lang::Zh).unwrap();
    let office = office(WARDEN);
    let cx = office.cx();
    let day = "2026-03-11".parse().unwrap();
    let spec = &super::grids::GRIDS[0];
    let wanted = crate::desk::grid::Wanted { day, lane: "" };
    let grid = Venue.grid(&cx, spec, wanted).unwrap();
    let lane = |code: &str| grid.lanes.iter().position(|lane| lane.key == code).unwrap();
    let told = |code: &str| {
        let of = grid.entries.iter().filter(|e| e.lanes.contains(&lane(code)));
        of.map(|e| (e.when.clone(), e.text.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told("Z03-R2"), [("09:00-10:30".to_owned(), "盲个案".to_owned())]);
    // The area is taken with its rooms, each half hour once.
    let area = told("Z03");
    assert!(
        area.iter().all(|(_, text)| text == "占") && area.iter().any(|(when, _)| when == "13:30-15:00"),
        "{area:?}"
    );
    // A free cell becomes a booking of an hour.
    let column = grid.columns.iter().position(|c| c.label == "15:30").unwrap();
    let place = crate::desk::grid::Place {
        day,
        lane: "Z03-R2".into(),
        row: lane("Z03-R2"),
        column: grid.columns[column].key.clone(),
    };
    let texts = Venue.cell_texts(&cx, spec, &place);
    assert!(
        texts.contains(&("hours", "15:30-16:30".to_owned()))
            && texts.contains(&("zone", "Z03-R2".to_owned()))
    );
    // Every grid has its page, and the tab opens on the first.
    for page in ["venue", "venue.week", "venue.month", "venue.pending", "zones", "premises"] {
        desk.handle(crate::desk::Intent::GoTo(page.into()));
        let view = desk.view();
        assert!(
            view.page.starts_with(page.split('.').next().unwrap()),
            "{page}: {} {:?}",
            view.page,
            view.notice
        );
    }
}
