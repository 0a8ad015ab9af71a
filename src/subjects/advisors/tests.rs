//! Advisors engaged, asked, answered; fields without anybody are said and pressed on nobody.

use crate::desk::office::Clock;
use crate::desk::subject::{Press, Subject};
use crate::subjects::bank::tests::{act, page};
use crate::subjects::consultations::{Consultations, records as consultations};
use crate::subjects::demo::tests::{office, operator};

use super::{Advisors, reports};

#[test]
fn an_advisor_is_engaged_asked_and_answers() {
    let mut office = office("沈示安");
    assert_eq!(Advisors.today(&office.cx(), 9).unwrap(), [], "an office may have none");
    let day = |text: &str| text.parse().unwrap();
    let table = |office: &crate::desk::office::Office| {
        (reports::REPORTS[0].make)(&office.cx(), day("2026-01-01"), day("2026-12-31")).unwrap()
    };
    assert_eq!(table(&office).rows.len(), 5);
    let engage =
        [("person", "P15"), ("field", "助残服务"), ("letter_no", "联秘聘1号"), ("to_on", "2026-05-01")];
    act(&office, &Advisors, "engage", &[], &engage).unwrap();
    let twice = act(&office, &Advisors, "engage", &[], &engage).unwrap_err();
    assert_eq!(twice.code, "advisors-twice");
    let said: Vec<(Press, String)> =
        Advisors.today(&office.cx(), 9).unwrap().into_iter().map(|d| (d.press, d.what)).collect();
    assert_eq!(
        said,
        [
            (Press::Open, "顾问聘期将满 覃样明 助残服务".into()),
            (Press::Open, "还没有顾问的领域：法律、财务、项目管理、标准化建设".into()),
        ]
    );
    let ask = [
        ("advisor", "GW-2026-01"),
        ("question", "走失怎么预防"),
        ("due", "2026-03-06"),
        ("linked", "SL-2026-0014"),
    ];
    act(&office, &Consultations, "ask", &[], &ask).unwrap();
    let wrong = [("advisor", "GW-2026-01"), ("question", "问"), ("linked", "SL-2026-9999")];
    assert_eq!(act(&office, &Consultations, "ask", &[], &wrong).unwrap_err().field, Some("linked"));
    let waiting = Consultations.today(&office.cx(), 9).unwrap();
    assert_eq!((waiting[0].press, waiting[0].what.as_str()), (Press::Week, "咨询待答复 覃样明 走失怎么预防"));
    let early = act(&office, &Consultations, "adopt", &[1], &[("adopted", "采纳")]).unwrap_err();
    assert_eq!(early.code, "consultations-status");
    act(&office, &Consultations, "answer", &[1], &[("advice", "佩戴定位手环")]).unwrap();
    assert_eq!(Consultations.today(&office.cx(), 9).unwrap()[0].what, "意见待采纳 覃样明 走失怎么预防");
    act(&office, &Consultations, "adopt", &[1], &[("adopted", "部分采纳"), ("result", "先配 10 只")])
        .unwrap();
    let kept = consultations::must_find(office.store.conn(), 1).unwrap();
    assert_eq!((kept.status.as_str(), kept.linked.as_str()), ("已处理", "SL-2026-0014"));
    let rows = table(&office).rows;
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().any(|row| row[1] == "覃样明" && row[9] == "部分采纳"), "{rows:?}");
    assert!(page(&office, &Advisors, 1).contains("走失怎么预防"));
    // Whoever is not engaged any more is not asked.
    office.clock = Clock::Fixed("2026-05-02T09:00:00".parse().unwrap());
    let late = act(&office, &Consultations, "ask", &[], &ask[..2]).unwrap_err();
    assert_eq!(late.code, "advisors-ended");
    // An association sees what it asked itself.
    office.who = operator(&office, "吕拟光");
    assert_eq!(Consultations.scope(&office.cx()).values.len(), 1);
}
