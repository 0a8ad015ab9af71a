//! The built-in keymaps hold together, and a broken file is an error that names its place.

use std::fs;

use lianban::desk::{COMMANDS, Context, Locale};
use lianban::values::lang::Lang;

use super::check::Problem;
use super::file::KeymapError;
use super::names::Section;
use super::{Found, Key, Keymap, all, check, table};

fn known() -> Vec<String> {
    lianban::office::action_names()
}

fn load(text: &str) -> Result<Keymap, KeymapError> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("keymap.toml"), text).unwrap();
    Keymap::load("", Some(dir.path()))
}

fn keys(text: &str) -> Vec<Key> {
    Key::sequence(text).unwrap()
}

#[test]
fn every_built_in_keymap_is_whole() {
    assert_eq!(Keymap::built_in(), ["default", "emacs", "greenscreen", "one-hand", "vim"]);
    for name in Keymap::built_in() {
        let keymap = Keymap::load(&name, None).unwrap();
        assert_eq!(check(&keymap, &known()), [], "{name}");
        let lines = table(&keymap);
        for command in COMMANDS {
            assert!(lines.iter().any(|l| l.action == command.name), "{name}: {}", command.name);
        }
    }
}

#[test]
fn every_name_has_a_label_and_a_help_sentence() {
    for lang in [Lang::Zh, Lang::En] {
        let locale = Locale::new(lang);
        for (name, _) in all() {
            for id in [format!("command-{name}"), format!("command-{name}.help")] {
                assert!(locale.find(&id, &[]).is_some(), "{lang:?} {id}");
            }
        }
    }
}

#[test]
fn a_sequence_waits_for_its_end() {
    let keymap = Keymap::load("", None).unwrap();
    let contexts = [Context::List, Context::Anywhere];
    let find = |typed: &[Key]| match keymap.find(&contexts, "cases.list", &|_| Some(0), typed) {
        Found::Action(name) => name.to_owned(),
        Found::Prefix(next) => format!("{} more", next.len()),
        Found::Nothing => "nothing".to_owned(),
    };
    assert_eq!(find(&keys("g")), "1 more");
    assert_eq!(find(&keys("g g")), "first");
    assert_eq!(find(&keys("g x")), "nothing");
    assert_eq!(find(&keys("n")), "cases.register");
    assert_eq!(find(&keys("Ctrl-z")), "undo");
}

#[test]
fn an_action_that_is_not_offered_does_not_take_the_key() {
    let keymap = load("[other]\nthing = [\"n\"]\n").unwrap();
    let contexts = [Context::List, Context::Anywhere];
    let of = |page: &str, offered: &dyn Fn(&str) -> Option<usize>| match keymap.find(
        &contexts,
        page,
        offered,
        &keys("n"),
    ) {
        Found::Action(name) => name.to_owned(),
        _ => String::new(),
    };
    assert_eq!(of("other.list", &|_| Some(0)), "other.thing");
    assert_eq!(of("cases.list", &|_| Some(0)), "cases.register");
    assert_eq!(of("cases.list", &|a| (a == "other.thing").then_some(0)), "other.thing");
    // Where neither is at home, the one that is offered first has the key, whatever it is called.
    let first = |name: &'static str| move |a: &str| Some(usize::from(a != name));
    assert_eq!(of("today", &first("cases.register")), "cases.register");
    assert_eq!(of("today", &first("other.thing")), "other.thing");
    assert_eq!(of("cases.list", &|_| None), "");
}

#[test]
fn a_file_of_ones_own_lies_on_top() {
    let keymap = load("extends = \"vim\"\n[list]\nmark = [\"j\"]\n[anywhere]\nlock = [\"F9\"]\n").unwrap();
    assert_eq!(keymap.name, "vim");
    assert_eq!(keymap.keys_of("mark"), ["j"]);
    assert_eq!(keymap.keys_of("next"), ["Down", "Ctrl-N"]);
    assert_eq!(keymap.keys_of("lock"), ["F9"]);
}

#[test]
fn what_is_wrong_names_its_line() {
    let place = |text: &str| load(text).unwrap_err();
    let line = |e: &KeymapError| e.message().1.iter().find(|(n, _)| *n == "line").map(|(_, v)| v.clone());
    for (text, id, at) in [
        ("[list]\nnext = [\"j\"\n", "keymap-syntax", "2"),
        ("[list]\n\nnxt = [\"j\"]\n", "keymap-action", "3"),
        ("[list]\nnext = [\"j\",\n \"Strg-n\"]\n", "keymap-key", "3"),
        ("[list]\nnext = [\"Ctrl-i\"]\n", "keymap-same", "2"),
        ("[list]\nnext = \"j\"\n", "keymap-shape", "2"),
        ("[form]\nsubmit = [\"s\"]\n", "keymap-text", "2"),
        ("[list]\nnext = [\"j\"]\nopen = [\"j\"]\n", "keymap-duplicate", "3"),
        ("[list]\nnext = [\"j\"]\nopen = [\"j j\"]\n", "keymap-duplicate", "3"),
        ("nonsense = 3\n", "keymap-shape", "1"),
    ] {
        let error = place(text);
        assert_eq!(error.message().0, id, "{text}: {error}");
        assert_eq!(line(&error).as_deref(), Some(at), "{text}: {error}");
        assert!(error.to_string().contains("keymap.toml"), "{error}");
        assert_ne!(Locale::new(Lang::Zh).with(id, &error.message().1), id);
    }
    assert!(matches!(Keymap::load("nosuch", None), Err(KeymapError::NoSuchKeymap(_))));
    assert!(matches!(Keymap::load("../default", None), Err(KeymapError::NoSuchKeymap(_))));
}

#[test]
fn the_check_finds_what_hides_and_what_is_lost() {
    let keymap =
        load("[anywhere]\nlock = []\nmenu = [\"W\"]\n[cases]\nregister = [\"j\"]\nfoo = [\"F20\"]\n")
            .unwrap();
    let problems = check(&keymap, &known());
    assert!(problems.iter().any(|p| matches!(p, Problem::Unreachable { action } if action == "lock")));
    assert!(
        problems
            .iter()
            .any(|p| matches!(p, Problem::Hidden { key, other, .. } if key == "j" && other == "next"))
    );
    assert!(
        problems
            .iter()
            .any(|p| matches!(p, Problem::Unknown { action, at } if action == "cases.foo" && at.line == 6))
    );
    assert!(problems.contains(&Problem::MenuNeedsPlainKey));
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert_eq!(Section::named("list"), Section::Base(Context::List));
}
