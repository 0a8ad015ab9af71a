//! The plan of a year: one of each, decided by the secretary, saying what it lacks.

use crate::desk::door;
use crate::desk::subject::Subject;
use crate::subjects::bank::tests::{act, page};
use crate::subjects::demo::tests::{office, operator};

use super::{TrainingPlans, reports};

#[test]
fn a_year_has_one_plan_and_the_secretary_decides_it() {
    let mut office = office("曾示平");
    let duty = |office: &crate::desk::office::Office| {
        TrainingPlans.today(&office.cx(), 9).unwrap().into_iter().map(|d| d.what).collect::<Vec<_>>()
    };
    assert_eq!(duty(&office), ["2026 年还没有培训计划"]);
    act(&office, &TrainingPlans, "draft", &[], &[("aims", "人人受训")]).unwrap();
    assert_eq!(act(&office, &TrainingPlans, "draft", &[], &[]).unwrap_err().code, "training_plans-taken");
    assert_eq!(duty(&office), ["2026 年培训计划待审定"]);
    let said = page(&office, &TrainingPlans, 1);
    for piece in ["3-03:手语入门 2 学时 已举办 PX-2026-01", "3-27:盲文与读屏协作 3 学时 计划 PX-2026-02"]
    {
        assert!(said.contains(piece), "{piece} in {said}");
    }
    let decide = door::action(&TrainingPlans, "decide").unwrap();
    let denied = door::check(&office.cx(), &TrainingPlans, decide, Some(1)).unwrap_err();
    assert_eq!(denied.code, "permission");
    office.who = operator(&office, "沈示安");
    act(&office, &TrainingPlans, "decide", &[1], &[("document_no", "纪要3号")]).unwrap();
    assert_eq!(duty(&office), Vec::<String>::new());
    let again = act(&office, &TrainingPlans, "amend", &[1], &[("aims", "改")]).unwrap_err();
    assert_eq!(again.code, "training_plans-decided");
    act(&office, &TrainingPlans, "draft", &[], &[("year", "2031")]).unwrap();
    let empty = act(&office, &TrainingPlans, "decide", &[2], &[]).unwrap_err();
    assert_eq!(empty.code, "training_plans-empty");
    let day = "2026-12-31".parse().unwrap();
    let table = (reports::REPORTS[0].make)(&office.cx(), day, day).unwrap();
    assert_eq!((table.title.as_str(), table.rows.len()), ("2026 年培训计划", 2));
}
