//! The lines face under the programs that blind people use it with: a real brltty with a display of forty cells, and
//! a real yasr whose voice is a file. Where they cannot run the reason is printed; in CI a missing package fails.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test says by panicking that it failed"
)]

#[path = "access/display.rs"]
mod display;
#[path = "pty/office.rs"]
mod office;
#[path = "access/speech.rs"]
mod speech;

use std::time::Duration;

use display::Display;
use office::Office;
use speech::Speech;

/// Characters spoken for one step through a list, the key and the signs of the prompt included.
const STEP: usize = 35;
/// Characters spoken on starting, where each sign of the prompt is a word, and the two first keys are told.
const START: usize = 80;

const CARD: &str = "33052119460317960613";

/// Whether a program is there. In CI it has to be.
fn there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    assert!(found || std::env::var_os("CI").is_none(), "{program} is missing: apt-get install {program}");
    if !found {
        println!("skipped: no {program}");
    }
    found
}

#[test]
fn forty_cells_show_where_one_is_after_every_key() {
    if !there("brltty") {
        return;
    }
    let office = Office::new();
    let mut display = match Display::start(&office) {
        Ok(display) => display,
        Err(why) => return println!("skipped: {why}"),
    };
    display.wait("1/");
    let first = display.shown().to_owned();
    // How many duties there are is every subject's affair.
    let many: String = first.chars().skip(2).take_while(char::is_ascii_digit).collect();
    assert_eq!(first, format!("1/{many} 逾期 案件0012>"));
    for rank in 2..=4 {
        display.key("n");
        display.lands("\r", &format!("{rank}/{many} "));
    }
    display.types("#0011");
    display.lands("\r", "案件0011 办理中>");
    display.types("dhdj");
    display.lands("\r", "服务对象>");
    display.types(CARD);
    display.lands("\r", "内容>");
    display.write("盲道被电动车占用");
    display.lands("\r", "分流 1-7 [1 盲协]>");
    display.lands("\r", "案件0021 ");
    let silent = display.silent(Duration::from_secs(3));
    assert!(silent.is_empty(), "an idle desk changed the display: {silent:?}");
    assert!(office.batch(&["show", "SL-2026-0021"]).contains("盲道被电动车占用"));
}

#[test]
fn little_is_spoken_for_a_step() {
    if !there("yasr") {
        return;
    }
    let office = Office::new();
    let mut speech = Speech::start(&office);
    let start = speech.until("案件0012");
    assert!(count(&start) <= START, "{} {start:?}", count(&start));
    for rank in ["2/", "3/", "4/"] {
        speech.write("n\r");
        let said = speech.until(rank);
        assert!(count(&said) <= STEP, "{} {said:?}", count(&said));
    }
    assert_eq!(speech.silent(Duration::from_secs(3)), Vec::<String>::new(), "an idle desk speaks");
}

fn count(said: &[String]) -> usize {
    said.iter().map(|line| line.trim().chars().count()).sum()
}
