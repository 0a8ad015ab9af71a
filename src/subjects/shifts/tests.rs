//! Shifts at the desk: a line sends the right one, nobody is in two places, swaps want a yes, a week is copied, and no
//! sequence of steps leaves somebody in two places.

use proptest::prelude::*;

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::grid::Wanted;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::subjects::demo::tests::office;
use crate::subjects::leave::Leave;
use crate::subjects::staffing::Staffing;

use super::{Shifts, records};

/// Fills a form as a person would: field by field.
pub(crate) fn fill(
    office: &Office,
    subject: &'static dyn Subject,
    action: &str,
    id: Option<i64>,
    texts: &[(&str, &str)],
) -> Result<Filling, Refusal> {
    let action = door::action(subject, action).unwrap();
    door::check(&office.cx(), subject, action, id)?;
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, subject, action, id, Vec::new())?;
    for (name, text) in texts {
        let place = filling.place(name).ok_or_else(|| Refusal::usage("no-field").with("text", *name))?;
        filling.form.focus = place;
        filling.edit(office, text).unwrap();
        filling.respond(&office.cx(), name);
    }
    Ok(filling)
}

/// The same, saved.
pub(crate) fn act(
    office: &Office,
    subject: &'static dyn Subject,
    action: &str,
    id: Option<i64>,
    texts: &[(&str, &str)],
) -> Result<i64, Refusal> {
    let mut filling = fill(office, subject, action, id, texts)?;
    filling.check_all(office)?;
    let (done, _) = door::perform(office, subject, filling.action, &filling.form)?;
    Ok(done[0].id)
}

fn shift(office: &Office, no: &str) -> i64 {
    let sql = "SELECT id FROM shift WHERE no = ?1";
    office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap()
}

fn told(office: &Office, id: i64) -> String {
    let cells = Shifts.rows(&office.cx(), &[id]).unwrap()[0].cells.clone();
    cells.join(" ")
}

fn findings(filling: &Filling) -> String {
    filling.form.findings.iter().map(|f| format!("{}: {}\n", f.label, f.value)).collect()
}

/// A shift of this person on this day.
fn of(office: &Office, code: &str, day: &str) -> i64 {
    let sql = "SELECT s.id FROM shift AS s JOIN staff AS p ON p.id = s.staff WHERE p.code = ?1 AND s.starts_at LIKE ?2 || '%'";
    office.store.conn().query_row(sql, [code, day], |row| row.get(0)).unwrap()
}

#[test]
fn a_line_proposes_who_signs_and_is_free() {
    let office = office("曾示平");
    let filling = fill(&office, &Shifts, "assign", None, &[("line", "w3 14-16 sy d")]).unwrap();
    assert_eq!(filling.form.text("people"), "华样清");
    let said = findings(&filling);
    assert!(said.contains("华样清: 手语翻译，有空，近30天 4 小时，去过聋协 2 次"), "{said}");
    assert!(said.contains("翟拟春 那时平时不来"), "{said}");
    let made = act(&office, &Shifts, "assign", None, &[("line", "w3 14-16 sy d")]).unwrap();
    assert_eq!(told(&office, made), "3-4 周三 14:00-16:00 华样清 聋协 手语  已排");
}

#[test]
fn a_line_in_english_means_the_same() {
    let office = office("曾示平");
    let said = |line: &str| {
        let filling = fill(&office, &Shifts, "assign", None, &[("line", line)]).unwrap();
        ["day", "hours", "org", "skills", "number", "people", "task"]
            .map(|name| filling.form.text(name).to_owned())
    };
    assert_eq!(said("wed 14-16 sign deaf"), said("w3 14-16 sy d"));
    assert_eq!(said("next wed 2-4pm first aid Deaf 2"), said("n3 14-16 急救 d 2"));
    assert_eq!(said("4 mar 2pm-4pm sign language DF"), said("w3 14-16 sy d"));
    let asked = fill(&office, &Shifts, "free", None, &[("line", "fri 9-10 sign braille drive")]).unwrap();
    assert_eq!(asked.form.text("skills"), "手语;盲文;驾驶");
    let away = fill(&office, &Leave, "record", None, &[("line", "华样清 thu-fri sick")]).unwrap();
    let said = ["staff", "kind", "starts_at", "ends_at"].map(|name| away.form.text(name).to_owned());
    assert_eq!(said[1..], ["病假", "2026-03-05T08:30", "2026-03-06T17:00"]);
    let mut wrong = fill(&office, &Shifts, "assign", None, &[("line", "wed 14-16 sing")]).unwrap();
    assert!(findings(&wrong).contains("sing"), "{}", findings(&wrong));
    let refusal = wrong.check_all(&office).unwrap_err();
    assert_eq!(refusal.code, "shifts-unread");
    assert!(refusal.notice(office.cx().t).hint.contains("技能"), "what is understood is said");
}

#[test]
fn several_are_sent_in_one_step_and_taken_back_together() {
    let office = office("曾示平");
    let made = act(&office, &Shifts, "assign", None, &[("line", "0310 9-11 i 3 搬家具")]).unwrap();
    let all =
        records::made_with(office.store.conn(), &records::must_find(office.store.conn(), made).unwrap());
    assert_eq!(all.unwrap().len(), 3);
    let done = door::perform(
        &office,
        &Shifts,
        door::action(&Shifts, "assign").unwrap(),
        &fill(&office, &Shifts, "assign", None, &[("line", "0311 9-11 i 2 搬家具")]).unwrap().form,
    );
    door::revert(&office, &done.unwrap().1).unwrap();
    let sql = "SELECT count(*) FROM shift WHERE starts_at LIKE '2026-03-11T09:00%' AND task = '搬家具' AND holds = 1";
    assert_eq!(office.store.conn().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[test]
fn nobody_is_sent_to_two_places() {
    let office = office("曾示平");
    let texts = [("line", "w3 9-10 值班 曾示平 Z02-W2")];
    let refusal = act(&office, &Shifts, "assign", None, &texts).unwrap_err();
    assert_eq!(refusal.code, "shifts-taken");
    let said = refusal.notice(office.cx().t);
    assert!(said.text.contains("08:30-12:00 联秘 值班"), "{said:?}");
    assert!(said.hint.contains("可派"), "{said:?}");
    // The file itself says no as well.
    let db = office.store.conn();
    let moved = db.execute(
        "UPDATE shift SET staff = (SELECT staff FROM shift WHERE id = ?1) WHERE id = ?2",
        [of(&office, "P04", "2026-03-04"), of(&office, "P16", "2026-03-04")],
    );
    assert!(moved.unwrap_err().to_string().contains("staff-overlap"));
    // Half-open: one ends when the other begins.
    act(&office, &Shifts, "assign", None, &[("line", "w3 12-13 b 盲文资料 曾示平")]).unwrap();
}

#[test]
fn a_volunteer_nobody_has_trained_is_sent_only_with_a_reason() {
    let office = office("曾示平");
    let texts = [("line", "w6 9-11 a 陪伴 朴示晨"), ("override_reason", "家长在场")];
    let made = act(&office, &Shifts, "assign", None, &texts).unwrap();
    let sql = "SELECT warnings FROM shift WHERE id = ?1";
    let warned = |id: i64| office.store.conn().query_row(sql, [id], |row| row.get::<_, Option<String>>(0));
    assert_eq!(warned(made).unwrap().as_deref(), Some("untrained"));
    // Others of the sample were at a session the day before.
    let made = act(&office, &Shifts, "assign", None, &[("line", "w6 9-11 a 搬家具 种样夏")]).unwrap();
    assert_eq!(warned(made).unwrap(), None);
}

#[test]
fn what_is_unusual_wants_a_reason() {
    let office = office("曾示平");
    let texts = [("line", "w6 9-12 d 签到 华样清")];
    assert_eq!(act(&office, &Shifts, "assign", None, &texts).unwrap_err().code, "required");
    let made = act(&office, &Shifts, "assign", None, &[texts[0], ("override_reason", "本人愿意")]).unwrap();
    let kept: String = office
        .store
        .conn()
        .query_row("SELECT warnings || ' ' || override_reason FROM shift WHERE id = ?1", [made], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(kept, "hours 本人愿意");
    let away = [("line", "w4 14-15 d 手语翻译 华样清"), ("override_reason", "x")];
    let made = act(&office, &Shifts, "assign", None, &away).unwrap();
    let page = format!("{:?}", Shifts.page(&office.cx(), made).unwrap());
    assert!(page.contains("请假"), "{page}");
}

#[test]
fn a_swap_wants_a_yes_and_may_exchange_two_at_the_same_time() {
    let office = office("曾示平");
    let planted = of(&office, "P04", "2026-03-05");
    act(&office, &Shifts, "agree", Some(planted), &[]).unwrap();
    assert!(told(&office, planted).contains("单样乐"));
    // Two at the same hours change hands.
    let (braille, signer) = (of(&office, "P16", "2026-03-06"), of(&office, "P14", "2026-03-06"));
    let no = records::must_find(office.store.conn(), signer).unwrap().no;
    act(&office, &Shifts, "swap", Some(braille), &[("to", &no), ("swap_reason", "路近")]).unwrap();
    assert!(told(&office, braille).contains("缪示恩"), "nothing is changed before the yes");
    let duties = Shifts.today(&office.cx(), 100).unwrap();
    assert!(duties.iter().any(|d| d.what.contains("缪示恩 要换班") && d.press == Press::Week), "{duties:#?}");
    act(&office, &Shifts, "agree", Some(braille), &[]).unwrap();
    assert!(told(&office, braille).contains("翟拟春"), "{}", told(&office, braille));
    assert!(told(&office, signer).contains("缪示恩"), "{}", told(&office, signer));
    let busy = act(
        &office,
        &Shifts,
        "swap",
        Some(of(&office, "P03", "2026-03-06")),
        &[("to", "任示秋"), ("swap_reason", "x")],
    );
    assert!(busy.is_ok(), "a morning and an afternoon do not meet: {busy:?}");
}

#[test]
fn a_week_is_copied_but_for_what_cannot_be() {
    let office = office("曾示平");
    let texts = [("from_week", "2026-03-04"), ("week", "2026-03-11")];
    let filling = fill(&office, &Shifts, "copy-week", None, &texts).unwrap();
    let said = findings(&filling);
    assert!(said.contains("照排: "), "{said}");
    let before: i64 =
        office.store.conn().query_row("SELECT count(*) FROM shift", [], |row| row.get(0)).unwrap();
    act(&office, &Shifts, "copy-week", None, &texts).unwrap();
    let sql = "SELECT count(*) FROM shift WHERE starts_at >= '2026-03-09' AND starts_at < '2026-03-14' AND kind = '值班'";
    let made: i64 = office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(made, 13, "the duty of the week is there again");
    let after: i64 =
        office.store.conn().query_row("SELECT count(*) FROM shift", [], |row| row.get(0)).unwrap();
    assert!(after > before + 10);
    // Once more: everybody is busy now, nothing is made twice.
    let again = act(&office, &Shifts, "copy-week", None, &texts).unwrap_err();
    assert_eq!(again.code, "shifts-nothing-to-copy");
}

#[test]
fn who_can_and_is_free_is_answered_in_one_line() {
    let office = office("曾示平");
    let ask = |line: &str| {
        let filling = fill(&office, &Shifts, "free", None, &[("line", line)]).unwrap();
        Shifts.answer(&office.cx(), &filling.form).unwrap().unwrap()
    };
    let answer = ask("w4 9-10 mw");
    assert_eq!(answer.title, "3-5 周四 09:00-10:00 盲文 有空的 0 人", "{:#?}", answer.lines);
    let answer = ask("w5 14-16 sy");
    assert!(answer.lines[0].starts_with("华样清 联秘"), "{:#?}", answer.lines);
    let answer = ask("w3 14-16 sy mw");
    assert_eq!(answer.lines, ["没有合适又有空的人"]);
}

#[test]
fn whether_a_week_is_covered_is_one_page() {
    let office = office("曾示平");
    let filling = fill(&office, &Shifts, "cover", None, &[("week", "2026-03-11")]).unwrap();
    let answer = Shifts.answer(&office.cx(), &filling.form).unwrap().unwrap();
    let said = answer.lines.join("\n");
    assert_eq!(answer.title, "3-09 至 3-15 缺 3 处", "{said}");
    assert!(said.contains("没人值班 3-9 周一 09:00-10:30 小活动室 盲协 值班"), "{said}");
    assert!(said.contains("缺 1 人 3-12 周四 14:00-15:30 精协 家属互助小组"), "{said}");
    assert!(said.contains("不在 解样和 年假 3-9 周一 - 3-11 周三"), "{said}");
    assert!(said.contains("整周不请假 24 人"), "{said}");
    let everybody = answer.lines.iter().filter(|line| line.starts_with("联秘 ")).count();
    assert!(everybody > 0 && said.contains("华样清"), "{said}");
}

#[test]
fn a_grid_shows_who_is_there_who_is_away_and_what_they_do() {
    let office = office("曾示平");
    let day = "2026-03-04".parse().unwrap();
    for spec in Shifts.grids() {
        let grid = Shifts.grid(&office.cx(), spec, Wanted { day, lane: "" }).unwrap();
        assert!(!grid.lanes.is_empty() && !grid.entries.is_empty(), "{}", spec.name);
        for entry in &grid.entries {
            assert!(
                entry.lanes.end <= grid.lanes.len() && entry.columns.end <= grid.columns.len(),
                "{entry:?}"
            );
            assert!(!entry.lanes.is_empty() && !entry.columns.is_empty(), "{entry:?}");
        }
    }
    let week = Shifts.grid(&office.cx(), &Shifts.grids()[0], Wanted { day, lane: "" }).unwrap();
    let lane = week.lanes.iter().position(|lane| lane.label == "华样清").unwrap();
    let said: Vec<&str> =
        week.entries.iter().filter(|e| e.lanes.start == lane).map(|e| e.brief.as_str()).collect();
    let away = said.contains(&"3-05 华样清 事假");
    assert!(away && said.iter().any(|brief| brief.contains("聋协 手语翻译")), "{said:#?}");
    assert!(said.iter().any(|brief| brief.ends_with("平时不来")), "{said:#?}");
}

#[test]
fn what_waits_stands_on_the_first_page() {
    let office = office("曾示平");
    let duties = Shifts.today(&office.cx(), 100).unwrap();
    let said: Vec<&str> = duties.iter().map(|d| d.what.as_str()).collect();
    for what in [
        "曾示平 要换班 值班 换给 单样乐",
        "华样清 事假 要人顶 手语翻译",
        "查拟书 轮椅维修 没记工时",
        "小活动室 盲协 值班没人",
    ] {
        assert!(said.contains(&what), "{what} in {said:#?}");
    }
    let open = shift(&office, "PB-2026-001");
    assert!(act(&office, &Shifts, "cancel", Some(open), &[("reason", "x")]).is_err(), "what is done stays");
}

#[test]
fn hours_are_written_down_afterwards_for_many_at_once() {
    let office = office("曾示平");
    let unclosed = of(&office, "P08", "2026-03-02");
    act(&office, &Shifts, "finish", Some(unclosed), &[("worked", "2.5"), ("rating", "5")]).unwrap();
    let shift = records::must_find(office.store.conn(), unclosed).unwrap();
    assert_eq!((shift.minutes, shift.rating), (Some(150), Some(5)));
    let later = of(&office, "P07", "2026-03-05");
    assert_eq!(act(&office, &Shifts, "finish", Some(later), &[]).unwrap_err().code, "shifts-early");
}

/// A step of somebody's day.
#[derive(Debug, Clone)]
enum Step {
    Send(usize, u32, u32, usize),
    Ask(u32, u32, usize),
    Allot(usize),
    Swap(usize, usize),
    Exchange(usize, usize),
    Agree(usize),
    Move(usize, u32),
    Cancel(usize),
    Away(usize, u32),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..25usize, 5..9u32, 8..16u32, 1..4usize)
            .prop_map(|(who, day, from, n)| Step::Send(who, day, from, n)),
        (5..9u32, 8..16u32, 1..4usize).prop_map(|(day, from, n)| Step::Ask(day, from, n)),
        (0..9usize).prop_map(Step::Allot),
        (0..40usize, 0..25usize).prop_map(|(shift, who)| Step::Swap(shift, who)),
        (0..40usize, 0..40usize).prop_map(|(shift, other)| Step::Exchange(shift, other)),
        (0..40usize).prop_map(Step::Agree),
        (0..40usize, 8..16u32).prop_map(|(shift, from)| Step::Move(shift, from)),
        (0..40usize).prop_map(Step::Cancel),
        (0..25usize, 5..9u32).prop_map(|(who, day)| Step::Away(who, day)),
    ]
}

fn ids(office: &Office, sql: &str) -> Vec<i64> {
    let mut statement = office.store.conn().prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn take(office: &Office, step: &Step) {
    let shifts =
        ids(office, "SELECT id FROM shift WHERE starts_at > '2026-03-04T12' ORDER BY id DESC LIMIT 40");
    let at = |n: usize| shifts.get(n % shifts.len()).copied();
    let code = |n: usize| format!("P{:02}", n % 25 + 1);
    let reason = ("override_reason", "试");
    let with = |subject: &'static dyn Subject, action: &str, id: Option<i64>, texts: &[(&str, &str)]| {
        // With a reason where one is wanted, without where the field is not there.
        let both: Vec<(&str, &str)> = texts.iter().copied().chain([reason]).collect();
        drop(act(office, subject, action, id, &both).or_else(|_| act(office, subject, action, id, texts)));
    };
    match step {
        Step::Send(who, day, from, n) => {
            let line = format!("03{day:02} {from}-{} d {} 试 {}", from + 2, n, code(*who));
            with(&Shifts, "assign", None, &[("line", &line)]);
        }
        Step::Ask(day, from, n) => {
            let line = format!("03{day:02} {from}-{} i {n} 试", from + 3);
            drop(act(office, &Staffing, "request", None, &[("line", &line)]));
        }
        Step::Allot(n) => {
            let open = ids(office, "SELECT id FROM staff_request ORDER BY id DESC");
            with(&Staffing, "allot", open.get(n % open.len()).copied(), &[]);
        }
        Step::Swap(shift, who) => {
            let to = code(*who);
            drop(act(office, &Shifts, "swap", at(*shift), &[("to", &to), ("swap_reason", "试")]));
        }
        Step::Exchange(shift, other) => {
            let no = at(*other).map(|id| records::must_find(office.store.conn(), id).unwrap().no).unwrap();
            drop(act(office, &Shifts, "swap", at(*shift), &[("to", &no), ("swap_reason", "试")]));
        }
        Step::Agree(shift) => with(&Shifts, "agree", at(*shift), &[]),
        Step::Move(shift, from) => {
            let line = format!("{from}-{}", from + 2);
            with(&Shifts, "move", at(*shift), &[("line", &line)]);
        }
        Step::Cancel(shift) => drop(act(office, &Shifts, "cancel", at(*shift), &[("reason", "试")])),
        Step::Away(who, day) => {
            let line = format!("{} 03{day:02} 事假", code(*who));
            drop(act(office, &Leave, "record", None, &[("line", &line)]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_steps_leaves_somebody_in_two_places(steps in proptest::collection::vec(step(), 1..14)) {
        let office = office("曾示平");
        for one in &steps {
            take(&office, one);
        }
        let sql = "SELECT count(*) FROM shift AS a JOIN shift AS b ON a.staff = b.staff AND a.id < b.id
                   WHERE a.status IN ('已排', '已完成') AND b.status IN ('已排', '已完成')
                     AND unixepoch(a.starts_at) < unixepoch(b.ends_at) AND unixepoch(b.starts_at) < unixepoch(a.ends_at)";
        let twice: i64 = office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap();
        prop_assert_eq!(twice, 0);
        let sql = "SELECT count(*) FROM staff_request AS r WHERE filled <>
                     (SELECT count(*) FROM shift WHERE request = r.id AND status IN ('已排', '已完成'))
                   OR filled > number";
        let wrong: i64 = office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap();
        prop_assert_eq!(wrong, 0);
    }
}
