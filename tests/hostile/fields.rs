//! Evil in fields: kept as the words they are, shown as words, written into tables as words.

use lianban::desk::view::View;
use lianban::desk::{Intent, Move};
use lianban::office::practice;
use lianban::values::lang::Lang;

use super::chance::{Chance, EVIL, for_a_while};
use super::room::Room;

#[test]
fn injections_by_name_stay_words() {
    let room = Room::new();
    for (name, evil) in EVIL.iter().filter(|(_, evil)| !evil.contains('\u{0}')) {
        let field = format!("content=有人说{evil}");
        let (said, code) = room.said(["act", "cases", "register", "client=C001", &field]);
        assert_eq!(code, Some(0), "{name}: {said}");
        let field = format!("content={evil}");
        room.run(["act", "cases", "register", "client=C001", &field]);
        room.run(["list", "cases", "--where", evil]);
        room.run(["do", evil, "--yes"]);
        room.run(["show", evil]);
    }
    let file = rusqlite::Connection::open(room.path("office.db")).unwrap();
    let operators: i64 = file.query_row("SELECT count(*) FROM operator", [], |row| row.get(0)).unwrap();
    assert!(operators > 3, "a table was dropped");
    drop(file);
    for args in [vec!["list", "cases"], vec!["list", "cases", "--csv"], vec!["list", "cases", "--json"]] {
        let (said, _) = room.said(&args);
        let command = said.chars().find(|c| c.is_control() && !"\n\r\t".contains(*c));
        assert_eq!(command, None, "{args:?} prints what commands a terminal");
        assert!(!said.contains('\u{202e}'), "{args:?} turns the reading round");
    }
    for name in ["out.csv", "out.xlsx"] {
        room.said(["export", "cases", "-o", name]);
    }
    let table = std::fs::read_to_string(room.path("out.csv")).unwrap();
    let mut rows =
        csv::ReaderBuilder::new().flexible(true).from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let formula =
        |cell: &str| cell.trim_start().starts_with(['=', '+', '@']) || cell.trim_start().starts_with("-2+");
    for row in rows.records() {
        let row = row.unwrap();
        assert!(!row.iter().any(formula), "a spreadsheet would compute {row:?}");
    }
    assert_eq!(room.said(["check"]).1, Some(0));
    println!("{} injections by name, each into four doors: all stayed words", EVIL.len());
}

#[test]
fn every_field_of_every_form_takes_anything() {
    let mut chance = Chance::new(0x1F2E_3D4C);
    let mut desk = practice(Lang::Zh).unwrap();
    let names = desk.action_names();
    let mut typed = 0;
    for_a_while(6, || {
        desk.handle(Intent::GoTo(["cases", "venue", "people", "journal", "assets"][chance.below(5)].into()));
        for _ in 0..chance.below(4) {
            desk.handle(Intent::Move(Move::Next));
        }
        desk.handle(Intent::Act(chance.one(&names).clone()));
        for _ in 0..12 {
            if desk.view().form().is_none() {
                break;
            }
            desk.handle(Intent::Edit(chance.text()));
            typed += 1;
            let next = match chance.below(6) {
                0 => Intent::Submit,
                1 => Intent::NextField,
                2 => Intent::Take(chance.below(12)),
                3 => Intent::Complete(true),
                _ => Intent::Accept,
            };
            desk.handle(next);
        }
        for doing in
            [Intent::Search(chance.text()), Intent::Quick(chance.text()), Intent::Jump(chance.text())]
        {
            desk.handle(doing);
            desk.handle(Intent::Answer(chance.below(2) == 0));
        }
        desk.handle(Intent::Command(chance.text()));
        looks_whole(desk.view());
    });
    assert!(typed > 0);
    println!("{typed} texts by chance into fields of {} actions: none ended the desk", names.len());
}

fn looks_whole(view: &View) {
    assert!(!view.title.is_empty() || !view.page.is_empty());
}
