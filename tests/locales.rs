//! Both languages say everything: the same messages with the same attributes and the same values to fill in.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Message ids (with attributes) of a language, each with the variables it uses.
fn messages(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/locales").join(lang);
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut id = String::new();
        let mut at = String::new();
        for line in text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
            if let Some((name, _)) = line.split_once('=').filter(|_| !line.starts_with([' ', '\t'])) {
                id = name.trim().to_owned();
                at.clone_from(&id);
                let again = found.insert(at.clone(), BTreeSet::new());
                assert!(again.is_none(), "{lang}: {id} is said twice");
            } else if let Some((name, _)) = line.trim().strip_prefix('.').and_then(|l| l.split_once('=')) {
                at = format!("{id}.{}", name.trim());
                found.insert(at.clone(), BTreeSet::new());
            }
            for piece in line.split('$').skip(1) {
                let name: String =
                    piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '-').collect();
                found.entry(at.clone()).or_default().insert(name);
            }
        }
    }
    found
}

#[test]
fn both_languages_say_the_same_things() {
    let (zh, en) = (messages("zh-CN"), messages("en"));
    assert!(zh.len() > 100);
    for (id, values) in &zh {
        let other = en.get(id).unwrap_or_else(|| panic!("en does not say {id}"));
        assert_eq!(values, other, "{id} uses other values in English");
    }
    for id in en.keys() {
        assert!(zh.contains_key(id), "zh-CN does not say {id}");
    }
}

#[test]
fn the_manual_has_the_same_pages_in_both_languages() {
    let pages = |lang: &str| -> BTreeSet<String> {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/help").join(lang);
        fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(pages("zh-CN"), pages("en"));
}
