//! A record called by a short name: a bare number is looked for where one stands, and what may mean several is a question.

use super::super::{Intent, Move};
use super::{desk, references, said};

fn called(page: &str, name: &str) -> (String, Vec<String>) {
    let mut desk = desk();
    desk.handle(Intent::GoTo(page.into()));
    desk.handle(Intent::Jump(name.into()));
    (desk.view().title.clone(), if desk.view().page == "search" { references(&desk) } else { Vec::new() })
}

#[test]
fn a_number_is_of_the_page_that_is_open_else_of_its_tab() {
    for (page, title) in [
        ("assets", "ZC-PD-024"),
        ("transfers", "ZC-PD-024"),
        ("venue.all", "YY-2026-024"),
        ("loans", "ZS-2026-004"),
    ] {
        let number = if page == "loans" { "#4" } else { "#24" };
        assert_eq!(called(page, number).0, title, "{page}");
    }
    // With its noughts a number is as long as it stands: that of a case has four digits.
    assert_eq!(called("today", "#0012").0, "SL-2026-0012");
    assert!(called("today", "#012").1.contains(&"ZC-DF-012".into()));
    // A whole reference is that record wherever it is said.
    assert_eq!(called("venue.all", "zc-pd-024").0, "ZC-PD-024");
}

#[test]
fn what_may_mean_several_is_shown_to_choose_from() {
    let (_, several) = called("today", "#24");
    assert!(several.contains(&"ZC-PD-024".into()) && several.contains(&"YY-2026-024".into()), "{several:?}");
    let mut desk = desk();
    desk.handle(Intent::Jump("#24".into()));
    assert!(said(&desk).starts_with(&format!("24 有 {} 个", several.len())), "{}", said(&desk));
    let at = references(&desk).iter().position(|r| r == "ZC-PD-024").unwrap();
    desk.handle(Intent::Move(Move::To(at + 1)));
    desk.handle(Intent::Open);
    assert_eq!(desk.view().title, "ZC-PD-024");
    desk.handle(Intent::Back);
    assert_eq!(references(&desk), several, "the way back leads to the choices");
}
