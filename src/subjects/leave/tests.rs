//! Leave at the desk: a line records it, what was planned then asks for somebody else, only those may who should.

use crate::desk::subject::Subject;
use crate::subjects::demo::tests::office;
use crate::subjects::shifts::tests::{act, fill};

use super::{Leave, records};

#[test]
fn a_line_records_when_somebody_is_away() {
    let office = office("曾示平");
    let form = fill(&office, &Leave, "record", None, &[("line", "yns 0312 全天 病假")]);
    assert!(form.is_ok());
    let id = act(&office, &Leave, "record", None, &[("line", "P10 明天 pm 病假")]).unwrap();
    let absence = records::must_find(office.store.conn(), id).unwrap();
    assert_eq!((absence.no.as_str(), absence.kind.as_str()), ("QJ-2026-005", "病假"));
    assert_eq!(super::when(&office.cx(), &absence), "3-5 周四 12:00-17:00");
    let twice = act(&office, &Leave, "record", None, &[("line", "P10 0305 14-15 事假")]);
    assert_eq!(twice.unwrap_err().code, "leave-twice");
    act(&office, &Leave, "cancel", Some(id), &[]).unwrap();
    act(&office, &Leave, "record", None, &[("line", "P10 0305 14-15 事假")]).unwrap();
}

#[test]
fn what_was_planned_then_is_told() {
    let office = office("曾示平");
    let form = fill(&office, &Leave, "record", None, &[("line", "任示秋 0306 病假")]).unwrap();
    let said: Vec<&str> = form.form.findings.iter().map(|f| f.value.as_str()).collect();
    assert!(said.iter().any(|s| s.contains("全国爱耳日义诊")), "{said:?}");
}

#[test]
fn one_records_ones_own_and_an_association_its_own() {
    let office = office("吕拟光");
    act(&office, &Leave, "record", None, &[("line", "明天 事假")]).unwrap();
    let other = act(&office, &Leave, "record", None, &[("line", "任示秋 明天 事假")]);
    assert_eq!(other.unwrap_err().code, "leave-not-yours");
    assert!(Leave.rows(&office.cx(), &[1]).unwrap()[0].brief.contains("任示秋"));
}
