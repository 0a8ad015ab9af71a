//! The walls of the house: who may import whom, what the library may not name, how long a file may be.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

fn files(under: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(under)];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "no file under {under}");
    found
}

/// The lines of a file that are code: comments and documentation may name what they like.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(str::trim_start).filter(|l| !l.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn refuse(under: &str, words: &[&str], why: &str) {
    for path in files(under) {
        let code = code(&path);
        for word in words {
            assert!(!code.contains(word), "{} names {word}: {why}", path.display());
        }
    }
}

const ROOMS: &[&str] = &["src/values", "src/catalog", "src/store", "src/desk", "src/subjects", "src/office"];

#[test]
fn the_library_cannot_see_a_terminal() {
    let terminals = ["ratatui", "crossterm", "rustyline", "signal_hook", "println!", "eprintln!", "print!("];
    for room in ROOMS {
        refuse(room, &terminals, "the office has no head");
    }
}

#[test]
fn values_know_nothing_but_themselves() {
    let above =
        ["crate::catalog", "crate::store", "crate::desk", "crate::subjects", "rusqlite", "Local::now"];
    refuse("src/values", &above, "rules are pure");
}

#[test]
fn the_catalog_knows_only_values() {
    let above = ["crate::store", "crate::desk", "crate::subjects", "rusqlite"];
    refuse("src/catalog", &above, "tables of data stand below the file");
}

#[test]
fn the_store_knows_no_desk_and_no_subject() {
    let above = ["crate::desk", "crate::subjects", "crate::catalog"];
    refuse("src/store", &above, "the file knows tables by name only");
    for path in files("src/store") {
        // The name of a file set aside carries the machine's time; nothing inside the file does.
        if path.file_name().is_some_and(|n| n != "place.rs") {
            assert!(!code(&path).contains("Local::now"), "{} asks the machine for the time", path.display());
        }
    }
}

#[test]
fn the_desk_knows_subjects_only_through_their_trait() {
    // Its tests sit above it: they drive the sample office, subjects and all.
    let tests = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "tests");
    for path in files("src/desk").into_iter().filter(|path| !tests(path)) {
        assert!(!code(&path).contains("crate::subjects"), "{}: the registry is handed to it", path.display());
    }
}

#[test]
fn only_the_offices_clock_asks_the_machine_for_the_time() {
    refuse("src/subjects", &["Local::now", "Utc::now"], "now is an argument");
    for path in files("src/desk") {
        if path.file_name().is_some_and(|n| n != "office.rs") {
            let code = code(&path);
            assert!(!code.contains("Local::now"), "{} asks the machine for the time", path.display());
        }
    }
}

#[test]
fn pure_rules_stay_pure() {
    for path in files("src/subjects") {
        if path.file_name().is_some_and(|n| n == "rules.rs" || n == "routing.rs") {
            let code = code(&path);
            for word in ["rusqlite", "crate::store", "cx.db", "Local::now"] {
                assert!(!code.contains(word), "{} names {word}: rules are pure", path.display());
            }
        }
    }
}

#[test]
fn faces_reach_the_office_only_through_the_library() {
    let below = ["rusqlite", "crate::store", "lianban::store", "lianban::subjects", "SELECT ", "INSERT "];
    refuse("src/faces", &below, "no face writes SQL or looks into a subject");
}

#[test]
fn no_file_is_longer_than_a_room_should_be() {
    let mut lengths: Vec<(usize, PathBuf)> = ["src", "tests"]
        .iter()
        .flat_map(|under| files(under))
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .collect();
    lengths.sort();
    let (longest, path) = lengths.last().unwrap();
    assert!(*longest <= 500, "{} has {longest} lines", path.display());
    let (median, _) = lengths[lengths.len() / 2];
    assert!(median <= 250, "the median file has {median} lines");
}

#[test]
fn every_file_says_what_its_room_is_for() {
    for path in files("src") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{} does not open with what it is for", path.display());
    }
}

#[test]
fn the_top_level_is_as_the_house_was_drawn() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "data",
        "keymaps",
        "tests",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "target",
    ];
    for entry in fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} has no place at the top");
    }
}
