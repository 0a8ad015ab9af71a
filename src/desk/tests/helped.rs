//! Help stands everywhere: a page of the manual for every subject, a sentence for every action and every field of every form,
//! in both languages. That both faces say what a form's fields hold is the parity test's matter.

use crate::office::practice;
use crate::subjects::REGISTRY;
use crate::values::lang::Lang;

use super::super::Intent;
use super::super::subject::Subject;

#[test]
fn every_subject_has_its_page_of_the_manual_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = practice(lang).unwrap();
        for name in REGISTRY.iter().map(|subject: &&dyn Subject| subject.name()) {
            desk.handle(Intent::GoTo("today".into()));
            desk.handle(Intent::Help(name.to_owned()));
            assert_eq!(desk.view().page, "help", "data/help/{}/{name}.md is missing", lang.tag());
            assert!(desk.view().list().is_some_and(|list| list.total > 1), "{name} says nothing");
            let topic = desk.locale().find(&format!("topic-{name}"), &[]);
            assert!(topic.is_some(), "{}: topic-{name} is missing", lang.tag());
        }
    }
}

#[test]
fn every_field_that_is_asked_for_says_what_belongs_there() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = practice(lang).unwrap();
        let mut forms = 0;
        for action in desk.action_names() {
            desk.handle(Intent::GoTo("today".into()));
            desk.handle(Intent::Act(action.clone()));
            let Some(form) = desk.view().form().filter(|_| desk.view().page.ends_with(".form")).cloned()
            else {
                continue;
            };
            forms += 1;
            for field in &form.fields {
                assert!(!field.help.is_empty(), "{}: {action} {}", lang.tag(), field.name);
                assert!(!field.help.contains("field-help-"), "{}: {}", lang.tag(), field.help);
            }
        }
        assert!(forms > 10, "{forms}");
    }
}

/// Those on a record too, of which a page shows only what applies.
#[test]
fn every_action_and_every_field_it_asks_for_is_explained_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let desk = practice(lang).unwrap();
        let says = |id: &str| desk.locale().find(id, &[]).is_some_and(|text| !text.is_empty());
        let mut missing = Vec::new();
        for subject in REGISTRY {
            for action in subject.actions() {
                let id = format!("{}-do-{}", subject.name(), action.name);
                missing.extend([id.clone(), format!("{id}.help")].into_iter().filter(|id| !says(id)));
                for input in action.inputs {
                    let own = format!("{}-{}.help", subject.name(), input.field.name);
                    let kind = format!("field-help-{}", input.field.kind.name());
                    missing.extend((!says(&own) && !says(&kind)).then_some(own));
                }
            }
        }
        assert!(missing.is_empty(), "{}: {missing:?}", lang.tag());
    }
}
