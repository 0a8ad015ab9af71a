//! The tables that came with the program hold together.

use std::collections::BTreeSet;

use super::{Catalog, SECRETARIAT, Unit, files};
use crate::values::lang::Lang;

fn catalog() -> Catalog {
    files::read().unwrap_or_else(|e| panic!("{e}"))
}

/// Fails naming the first text that comes twice.
fn all_different<'a>(what: &str, texts: impl IntoIterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for text in texts {
        assert!(seen.insert(text), "{what}: {text} twice");
    }
}

#[test]
fn the_tables_of_the_program_can_be_read() {
    let read = catalog();
    assert_eq!(read.associations(), Catalog::embedded().associations());
    assert_eq!(read.profile(), "county_deqing");
}

#[test]
fn a_slip_of_the_pen_names_the_table() {
    let wrong = files::table::<super::Routing>("routing.toml", "categry = []").map(|_| ());
    let said = wrong.unwrap_err().to_string();
    assert!(said.starts_with("routing.toml: ") && said.contains("categry"), "{said}");
}

#[test]
fn associations_stand_in_their_order() {
    let c = catalog();
    let codes: Vec<&str> = c.associations().iter().map(|a| a.code.as_str()).collect();
    assert_eq!(codes, ["BL", "DF", "PD", "ID", "MD", "AS", "JS"]);
    assert_eq!(c.members().count(), 6);
    assert_eq!(c.members().map(|a| a.weight).sum::<u32>(), 100);
    all_different("key", c.associations().iter().map(|a| a.key.as_str()));
    assert_eq!(c.org_name("BL", Lang::Zh), "盲协");
    assert_eq!(c.org_name("BL", Lang::En), "Blind");
    assert_eq!(c.org_name("XX", Lang::Zh), "XX");
}

#[test]
fn weights_are_those_of_the_sample_office() {
    let c = catalog();
    let mut rows = csv::Reader::from_reader(include_str!("../../data/sample/associations.csv").as_bytes());
    for row in rows.records().map(Result::unwrap) {
        let ours = c.association(&row[0]).unwrap();
        assert_eq!((ours.short.as_str(), ours.weight.to_string().as_str()), (&row[2], &row[7]));
        assert!(row[1].ends_with(&ours.name), "{}", &row[1]);
    }
}

#[test]
fn every_category_goes_somewhere() {
    let c = catalog();
    let routing = c.routing();
    let categories: Vec<(String, String)> =
        c.words("categories").iter().map(|w| (w.key.clone(), w.kept.clone())).collect();
    let routes: Vec<(String, String)> =
        routing.categories.iter().map(|r| (r.code.to_string(), r.category.clone())).collect();
    assert_eq!(routes.len(), 7);
    assert_eq!(routes, categories);
    for route in &routing.categories {
        let org = c.association(&route.org).unwrap_or_else(|| panic!("{}", route.category));
        let serves = org.categories.contains(&route.category);
        assert!(serves || (org.code == SECRETARIAT && route.category == routing.multiple.category));
        assert!(!route.reason.is_empty());
    }
    for org in [&routing.autism.org, &routing.multiple.coordinator, &routing.uncertified.org] {
        assert!(c.association(org).is_some(), "{org}");
    }
    for category in routing.autism.categories.iter().chain(&routing.autism.ask) {
        assert!(c.read_word("categories", category).is_some(), "{category}");
    }
}

#[test]
fn exclusions_are_said_on_both_sides() {
    let c = catalog();
    all_different("post", c.posts().iter().map(|p| p.id.as_str()));
    for post in c.posts() {
        for other in &post.excludes {
            let other = c.post(other).unwrap_or_else(|| panic!("{} excludes {other}", post.id));
            assert!(other.excludes.contains(&post.id), "{} and {}", post.id, other.id);
        }
    }
    all_different("duty", c.duties().iter().map(|d| d.id.as_str()));
    for duty in c.duties() {
        for other in &duty.excludes {
            let other = c.duties().iter().find(|d| d.id == *other).unwrap();
            assert!(other.excludes.contains(&duty.id), "{} and {}", duty.id, other.id);
        }
    }
    assert_eq!(c.post_conflict(&["publicity", "cashier"], "accountant"), Some("cashier"));
    assert_eq!(c.post_conflict(&["publicity"], "accountant"), None);
    assert_eq!(c.post_name("cashier", Lang::Zh), "出纳");
    assert_eq!(c.post_name("cashier", Lang::En), "cashier");
}

#[test]
fn closed_sets_are_complete_and_unambiguous() {
    let c = catalog();
    for set in c.sets() {
        let words = c.words(set);
        assert!(!words.is_empty(), "{set}");
        for w in words {
            assert!(![&w.kept, &w.zh, &w.en].iter().any(|t| t.trim().is_empty()), "{set}: {w:?}");
            for said in [&w.kept, &w.zh, &w.en].into_iter().chain(&w.also) {
                assert_eq!(c.read_word(set, said), Some(w), "{set}: {said}");
            }
        }
        all_different(set, words.iter().map(|w| w.key.as_str()).filter(|k| !k.is_empty()));
    }
}

#[test]
fn the_sets_forms_choose_from_are_there() {
    let c = catalog();
    let codes = |set| c.words(set).iter().map(|w| w.kept.as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!(codes("associations"), "BL DF PD ID MD AS");
    assert_eq!(codes("orgs"), "BL DF PD ID MD AS JS");
    assert_eq!(codes("urgencies"), "普通 急 特急");
    assert_eq!(codes("function_tags"), "代表 服务 维权 监督");
    assert_eq!(codes("communication_modes"), "手语 盲文 大字 语音 文字");
    assert_eq!(codes("legal_bases"), "同意 法定职责 紧急 合同");
    assert_eq!(c.words("posts").len(), c.posts().len());
    assert_eq!(c.words("no such set"), []);
    assert_eq!(c.read_word("orgs", "B").map(|w| w.kept.as_str()), Some("BL"));
    assert_eq!(c.read_word("channels", "12385").map(|w| w.kept.as_str()), Some("12385转办"));
    assert_eq!(c.show_word("channels", "12345转办", Lang::Zh), "转办");
    assert_eq!(c.show_word("channels", "鸽子", Lang::Zh), "鸽子");
}

#[test]
fn the_words_of_the_sample_office_are_known() {
    let c = catalog();
    let columns = [
        (include_str!("../../data/sample/cases.csv"), "channel", "channels"),
        (include_str!("../../data/sample/cases.csv"), "matter_type", "matters"),
        (include_str!("../../data/sample/cases.csv"), "urgency", "urgencies"),
        (include_str!("../../data/sample/cases.csv"), "status", "case_statuses"),
        (include_str!("../../data/sample/cases.csv"), "satisfaction", "satisfactions"),
        (include_str!("../../data/sample/cases.csv"), "lead_org", "orgs"),
        (include_str!("../../data/sample/clients.csv"), "sex", "sexes"),
        (include_str!("../../data/sample/clients.csv"), "cert_status", "cert_statuses"),
        (include_str!("../../data/sample/clients.csv"), "category", "categories"),
        (include_str!("../../data/sample/clients.csv"), "level", "levels"),
        (include_str!("../../data/sample/clients.csv"), "guardian_relation", "guardian_relations"),
        (include_str!("../../data/sample/clients.csv"), "hardship_tag", "hardship_tags"),
        (include_str!("../../data/sample/clients.csv"), "township", "divisions"),
        (include_str!("../../data/sample/consents.csv"), "scope", "consent_scopes"),
        (include_str!("../../data/sample/consents.csv"), "method", "consent_methods"),
    ];
    for (file, column, set) in columns {
        let mut rows = csv::Reader::from_reader(file.as_bytes());
        let at = rows.headers().unwrap().iter().position(|h| h == column).unwrap();
        for row in rows.records().map(Result::unwrap) {
            let said = &row[at];
            assert!(said.is_empty() || c.read_word(set, said).is_some(), "{set}: {said}");
        }
    }
}

#[test]
fn the_urgency_decides_before_the_matter() {
    let c = catalog();
    let due = |matter, urgency| {
        let rule = c.due(matter, urgency, "窗口");
        (rule.value, rule.unit)
    };
    assert_eq!(due("政策咨询", "急"), (3, Unit::Day));
    assert_eq!(due("政策咨询", "普通"), (5, Unit::WorkingDay));
    assert_eq!(due("诉求", "普通"), (15, Unit::WorkingDay));
    let petition = |urgency| c.due("诉求", urgency, "12385转办").value;
    assert_eq!((petition("普通"), petition("急")), (60, 3));
    assert!(c.petition("12385转办") && !c.petition("来信"));
    let (matters, urgencies) = (c.words("matters"), c.words("urgencies"));
    assert!(c.due.channel.keys().all(|k| c.words("channels").iter().any(|w| w.kept == *k)));
    for (name, set) in
        c.due.matter.keys().map(|k| (k, matters)).chain(c.due.urgency.keys().map(|k| (k, urgencies)))
    {
        assert!(set.iter().any(|w| w.kept == *name), "{name}");
    }
    for rule in c
        .due
        .urgency
        .values()
        .chain(c.due.matter.values())
        .chain(c.due.channel.values())
        .chain([&c.due.default])
    {
        assert!(c.rules.contains_key(rule), "{rule}");
    }
}

#[test]
fn every_rule_counts_something_and_says_where_it_is_from() {
    let c = catalog();
    assert!(c.rules().count() > 20);
    for (name, rule) in c.rules() {
        assert!((rule.value > 0 || rule.unit == Unit::Switch) && !rule.source.is_empty(), "{name}");
    }
    assert_eq!((c.rule("duplicate_window").value, c.rule("duplicate_window").unit), (30, Unit::Day));
}

#[test]
fn an_office_puts_its_own_number_in_place_of_a_rules() {
    let own = catalog().with_own(&[("case_due_urgent".into(), 2), ("no_such_rule".into(), 9)]);
    assert_eq!((own.due("诉求", "急", "窗口").value, own.rule("case_due_urgent").own), (2, true));
    assert_eq!((own.due("诉求", "特急", "窗口").value, own.rule("case_due_most_urgent").own), (1, false));
    assert_eq!(own.rules().count(), catalog().rules().count());
}

#[test]
fn divisions_lie_in_their_county() {
    let c = catalog();
    all_different("division", c.divisions().iter().map(|d| d.code.as_str()));
    for d in c.divisions() {
        assert!(d.code.chars().all(|ch| ch.is_ascii_digit()), "{}", d.code);
        assert_eq!(d.code.len(), if d.parent.is_empty() { 6 } else { 9 });
        assert!(
            d.code.starts_with(&d.parent)
                && (d.parent.is_empty() || c.divisions().iter().any(|p| p.code == d.parent))
        );
    }
}
