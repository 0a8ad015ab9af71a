//! The forty rules of access, each with the test that holds it or the reason why there is none. This room keeps the list
//! whole; `rules.tsv` is the list.

use std::path::{Path, PathBuf};

const RULES: &str = include_str!("rules.tsv");

fn sources(under: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(under)).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(path.to_str().unwrap(), found),
            false => found.extend(Some(path).filter(|p| p.extension().is_some_and(|e| e == "rs"))),
        }
    }
}

#[test]
fn every_rule_has_its_test_or_a_reason() {
    let mut files = Vec::new();
    sources("src", &mut files);
    sources("tests", &mut files);
    let code: String = files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let mut missing = Vec::new();
    for (at, line) in RULES.lines().enumerate() {
        let [number, rule, held] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert_eq!(number, (at + 1).to_string(), "{rule}");
        match held.strip_prefix("not: ") {
            Some(why) => assert!(why.chars().count() > 20, "rule {number}: {why}"),
            None if code.contains(&format!("#[test]\nfn {held}()")) => {}
            None if code.contains(&format!("    #[test]\n    fn {held}()")) => {}
            None => missing.push(format!("rule {number} ({rule}) is said to be held by {held}")),
        }
    }
    assert_eq!(RULES.lines().count(), 40);
    assert_eq!(missing, Vec::<String>::new());
}

/// Whoever writes a standard task writes it once: it is done under the readers too.
#[test]
fn every_task_is_done_by_touch_and_by_ear_too() {
    let here = include_str!("../access.rs");
    let mut files = Vec::new();
    sources("tests/pty", &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        if text.starts_with("//! The standard tasks") {
            assert!(here.contains(&format!("pty/{name}")), "tests/access.rs does not do the tasks of {name}");
        }
    }
}

/// Braille patterns, boxes, pictures and private signs are said as noise, or not at all.
#[test]
fn no_sign_of_ours_is_of_doubtful_width() {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("data/locales")];
    open.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/help"));
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let bad = text.chars().find(|c| {
            matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{28ff}' | '\u{e000}'..='\u{f8ff}' | '\u{1f000}'..='\u{1ffff}')
        });
        assert_eq!(bad, None, "{}", path.display());
    }
}
