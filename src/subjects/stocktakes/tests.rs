//! The stocktake of the sample comes out as its table says; one from the plan to the archive touches the ledger only when
//! everything is decided; random counts by several people count nothing twice.

use proptest::prelude::*;

use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::store::audit;
use crate::subjects::assets::records as assets;
use crate::subjects::bank::tests::{act, page};
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::stocktakes::{Stocktakes, records, reports};
use crate::subjects::tallies::rules::Found;
use crate::subjects::tallies::tests::{answer, line};
use crate::subjects::tallies::{Tallies, records as tallies};

const WARDEN: &str = "曾示平";
const OTHER: &str = "单样乐";
const SECRETARY: &str = "沈示安";

fn id(office: &Office, no: &str) -> i64 {
    let sql = "SELECT id FROM stocktake WHERE no = ?1";
    office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap()
}

fn step(office: &Office, action: &str, no: &str, texts: &[(&str, &str)]) -> Result<String, Refusal> {
    act(office, &Stocktakes, action, &[id(office, no)], texts).map(|(said, _)| said)
}

/// A stocktake of one place, begun.
pub(crate) fn begun(office: &Office, texts: &[(&str, &str)]) -> i64 {
    act(office, &Stocktakes, "plan", &[], texts).unwrap();
    step(office, "start", "PD-2026-H1-01", &[]).unwrap();
    id(office, "PD-2026-H1-01")
}

#[test]
fn the_stocktake_of_the_sample_is_what_its_table_says() {
    let office = office(WARDEN);
    let of = id(&office, "PD-2025-H2");
    let mut found = tallies::by_result(office.store.conn(), of).unwrap();
    found.sort_by_key(|(found, _)| found.word());
    let word = |(found, n): &(Found, i64)| (found.word(), *n);
    let said: Vec<(&str, i64)> = found.iter().map(word).collect();
    assert_eq!(said, [("位置不符", 1), ("毁损", 1), ("盘亏", 1), ("相符", 57)]);
    let duties = Stocktakes.today(&office.cx(), 9).unwrap();
    let said: Vec<(Press, &str)> = duties.iter().map(|d| (d.press, d.what.as_str())).collect();
    assert_eq!(said, [(Press::Today, "盘点 PD-2025-H2 差异待处理 3 项"), (Press::Open, "2026H1 还没盘点")]);
    let table = (reports::REPORTS[0].make)(
        &office.cx(),
        "2025-12-01".parse().unwrap(),
        "2025-12-31".parse().unwrap(),
    );
    let table = table.unwrap();
    let tags: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(tags, ["ZC-DF-017", "ZC-AS-051", "ZC-BL-006"]);
    assert_eq!(table.rows[0][5..7], ["位置不符", "小活动室"]);
    let foot = table.footer.join("\n");
    assert!(foot.contains("尚未公示") && foot.contains("孤协 签字"), "{foot}");
    assert!(foot.contains("单样乐 数了自己保管的"), "{foot}");
}

#[test]
fn the_ledger_says_what_was_decided_only_when_everything_is() {
    let mut office = office(SECRETARY);
    let no = "PD-2025-H2";
    let asset = |office: &Office, no: &str| assets::by_tag(office.store.conn(), no).unwrap().unwrap();
    let before = asset(&office, "ZC-DF-017").place;
    assert_eq!(step(&office, "post", no, &[]).unwrap_err().code, "stocktakes-undecided");
    let forced = "UPDATE stocktake SET status = '公示中', published_on = '2026-03-04', notice_until = '2026-03-11' WHERE no = ?1";
    assert!(office.store.conn().execute(forced, [no]).is_err(), "not even past the desk");
    let decide = |office: &Office, tag: &str, texts: &[(&str, &str)]| {
        act(office, &Tallies, "decide", &[line(office, no, tag).id], texts)
    };
    let wrong = decide(&office, "ZC-AS-051", &[("decision", "放回原处"), ("reason", "无")]).unwrap_err();
    assert_eq!(wrong.code, "tallies-unfit");
    decide(&office, "ZC-DF-017", &[("decision", "更新台账"), ("reason", "手语课常用")]).unwrap();
    decide(&office, "ZC-AS-051", &[("decision", "更新台账"), ("reason", "查找无果")]).unwrap();
    assert_eq!(asset(&office, "ZC-DF-017").place, before, "not before everything is decided");
    decide(&office, "ZC-BL-006", &[("reason", "断裂")]).unwrap();
    step(&office, "post", no, &[]).unwrap();
    let moved = asset(&office, "ZC-DF-017");
    assert_ne!(moved.place, before);
    assert_eq!(asset(&office, "ZC-AS-051").status.word(), "盘亏");
    // What was found broken is reported broken; whether it is worth mending is said on the ticket.
    assert_eq!(asset(&office, "ZC-BL-006").status.word(), "维修");
    assert_eq!(line(&office, no, "ZC-BL-006").done, "维修 BX-2026-006");
    assert_eq!(line(&office, no, "ZC-DF-017").done, "Z03-R2");
    // Published, objected to, answered; put away when the notice is over.
    step(&office, "publish", no, &[]).unwrap();
    office.who = operator(&office, "盛示茜");
    assert!(Stocktakes.today(&office.cx(), 9).unwrap()[0].what.contains("可提异议"));
    let own = step(&office, "object", no, &[("org", "BL"), ("objection", "不对")]).unwrap_err();
    assert_eq!(own.code, "stocktakes-not-yours");
    step(&office, "object", no, &[("objection", "耳罩在孤协办公室")]).unwrap();
    office.who = operator(&office, SECRETARY);
    assert_eq!(step(&office, "archive", no, &[]).unwrap_err().code, "stocktakes-notice");
    step(&office, "reply", no, &[("reply", "已找到，另办盘盈")]).unwrap();
    let told = page(&office, &Stocktakes, id(&office, no));
    assert!(told.contains("答复：已找到"), "{told}");
    office.clock = crate::desk::office::Clock::Fixed("2026-03-12T09:00:00".parse().unwrap());
    step(&office, "archive", no, &[]).unwrap();
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn a_room_is_counted_checked_and_what_nobody_knew_gets_a_card() {
    let mut office = office(WARDEN);
    let of = begun(&office, &[("scope", "场地"), ("zone", "Z03-R4")]);
    assert_eq!(tallies::numbers(office.store.conn(), of).unwrap().expected, 8);
    assert_eq!(step(&office, "finish", "PD-2026-H1-01", &[]).unwrap_err().field, Some("rest"));
    for typed in ["", "", "x", "4", "ZC-PD-023", "新设备99", "+小鼓"] {
        answer(&office, typed).unwrap();
    }
    step(&office, "finish", "PD-2026-H1-01", &[("rest", "1")]).unwrap();
    let numbers = tallies::numbers(office.store.conn(), of).unwrap();
    assert_eq!((numbers.left, numbers.differences), (0, 5 + 4));
    let differences: Vec<i64> =
        tallies::differences(office.store.conn(), of).unwrap().iter().map(|line| line.id).collect();
    assert_eq!(act(&office, &Tallies, "check", &differences, &[]).unwrap_err().code, "tallies-own");
    assert_eq!(step(&office, "review", "PD-2026-H1-01", &[]).unwrap_err().code, "stocktakes-unchecked");
    office.who = operator(&office, OTHER);
    act(&office, &Tallies, "check", &differences, &[]).unwrap();
    step(&office, "review", "PD-2026-H1-01", &[]).unwrap();
    let unknown = line(&office, "PD-2026-H1-01", "新设备99").id;
    let card = [
        ("decision", "更新台账"),
        ("card_owner", "AS"),
        ("card_category", "康复辅助"),
        ("reason", "捐来未登记"),
    ];
    act(&office, &Tallies, "decide", &[unknown], &card).unwrap();
    for id in differences.into_iter().filter(|id| *id != unknown) {
        act(&office, &Tallies, "decide", &[id], &[("decision", "不改"), ("reason", "另查")]).unwrap();
    }
    office.who = operator(&office, SECRETARY);
    step(&office, "post", "PD-2026-H1-01", &[]).unwrap();
    let made = assets::by_tag(office.store.conn(), "新设备99").unwrap().unwrap();
    assert_eq!((made.owner.as_str(), made.category.as_str()), ("AS", "康复辅助"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]
    /// Whatever two people type in whatever order, a thing is counted once, and what is counted and what is left is all there is.
    #[test]
    fn several_counters_never_count_a_thing_twice(
        steps in prop::collection::vec((0_usize..2, 0_usize..9, 1_usize..61), 1..40),
    ) {
        let mut office = office(WARDEN);
        let of = begun(&office, &[("scope", "权属"), ("owner", "PD")]);
        let expected = tallies::numbers(office.store.conn(), of).unwrap().expected;
        let people = [operator(&office, WARDEN), operator(&office, OTHER)];
        for (who, what, tag) in steps {
            office.who = people[who].clone();
            let scanned = format!("{tag:03}");
            let typed = ["", "y", "x", "4", "s", "@Z04", "@Z03-R3", scanned.as_str(), scanned.as_str()][what];
            drop(answer(&office, typed));
            let numbers = tallies::numbers(office.store.conn(), of).unwrap();
            prop_assert_eq!(numbers.expected, expected);
            let sql = "SELECT count(*) FROM (SELECT asset FROM stocktake_line WHERE stocktake = ?1 AND void = 0 \
                       AND asset IS NOT NULL GROUP BY asset HAVING count(*) > 1)";
            let twice: i64 = office.store.conn().query_row(sql, [of], |row| row.get(0)).unwrap();
            prop_assert_eq!(twice, 0);
            let all = tallies::every(office.store.conn(), of).unwrap();
            prop_assert_eq!(i64::try_from(all.len()).unwrap(), numbers.counted + numbers.left);
            let mut order: Vec<&str> = all.iter().map(|line| line.tag.as_str()).collect();
            order.sort_unstable();
            order.dedup();
            prop_assert_eq!(order.len(), all.len());
        }
        prop_assert_eq!(records::counting(office.store.conn()).unwrap().len(), 1);
    }
}
