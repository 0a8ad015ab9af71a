//! No feature in one face only: a walk over every page of the registry, in both languages, holding each value, action
//! and reason of the view against what either face says of it. It knows no page by its content.

use std::collections::BTreeSet;

use lianban::desk::view::{Fact, Form, FormField, List, Notice, Part, Schedule, Subtotal, View};
use lianban::desk::{Desk, Intent, Locale, Move};
use lianban::office::{Opening, open, practice, practice_in};
use lianban::values::lang::Lang;

use super::keys::Keymap;
use super::screen::tests::{samples, schedules};
use super::{lines, screen};

/// The text with its blanks evened out and without what may not reach a terminal: where a line breaks is a face's own
/// affair.
fn even(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything a view says; secrets are told by nobody.
fn pieces(view: &View) -> Vec<String> {
    let mut out = vec![view.title.clone(), view.banner.clone(), view.operator.clone()];
    if !view.operator.is_empty() {
        out.push(view.clock.clone());
    }
    out.extend(view.place.iter().cloned());
    out.extend(view.notice.iter().flat_map(of_notice));
    out.extend(view.question.iter().map(|q| q.text.clone()));
    out.extend(view.tabs.iter().map(|t| t.label.clone()));
    out.extend(view.pages.iter().map(|t| t.label.clone()));
    for offer in &view.actions {
        out.push(offer.label.clone());
        out.extend(offer.refused.iter().flat_map(of_notice));
    }
    for part in &view.parts {
        match part {
            Part::Text(text) => {
                out.push(text.heading.clone());
                out.extend(text.lines.iter().cloned());
            }
            Part::Facts(facts) => {
                out.push(facts.heading.clone());
                out.extend(facts.items.iter().flat_map(of_fact));
            }
            Part::List(list) => out.extend(of_list(list)),
            Part::Ledger(ledger) => {
                out.extend(of_list(&ledger.list));
                out.extend(ledger.carried.iter().flat_map(of_subtotal));
                out.extend(ledger.foot.iter().cloned());
            }
            Part::Schedule(schedule) => out.extend(of_schedule(schedule)),
            Part::Form(form) => out.extend(of_form(form)),
            Part::Chart(chart) => {
                out.push(chart.heading.clone());
                out.push(chart.sentence.clone());
                out.extend(
                    chart.bars.iter().flat_map(|b| [b.label.clone(), b.series.clone(), b.shown.clone()]),
                );
            }
        }
    }
    out.retain(|piece| !piece.trim().is_empty());
    out
}

fn of_notice(notice: &Notice) -> [String; 2] {
    [notice.text.clone(), notice.hint.clone()]
}

fn of_fact(fact: &Fact) -> [String; 2] {
    [fact.label.clone(), fact.value.clone()]
}

fn of_list(list: &List) -> Vec<String> {
    let mut out = vec![list.heading.clone(), list.filter.clone(), list.total.to_string()];
    out.extend(list.views.iter().map(|v| v.label.clone()));
    if list.rows.is_empty() {
        out.push(list.empty.clone());
    }
    for row in &list.rows {
        out.extend(row.cells.iter().cloned());
        // The few words may be said in the words of the cells.
        out.extend(row.brief.split_whitespace().map(str::to_owned));
        out.push(row.reference.clone());
        out.extend(row.subtotals.iter().flat_map(of_subtotal));
    }
    out
}

/// A grid and its list twin: every cell is a row there, and every lane is named.
fn of_schedule(schedule: &Schedule) -> Vec<String> {
    let mut out = vec![schedule.heading.clone(), schedule.axes.clone()];
    out.extend(schedule.notes.iter().cloned());
    for lane in &schedule.lanes {
        out.push(lane.label.clone());
        for cell in &lane.cells {
            assert!(!cell.rows.is_empty(), "{} has a cell that is no row: {lane:?}", schedule.name);
            out.push(cell.reference.clone());
            // The few words of a cell may be said in the words of its row.
            let told = schedule.rows(cell).flat_map(|row| row.brief.split_whitespace());
            out.extend(told.map(str::to_owned));
        }
    }
    out.extend(of_list(&schedule.list));
    out
}

fn of_subtotal(subtotal: &Subtotal) -> Vec<String> {
    // Its few words are the same once more.
    std::iter::once(subtotal.label.clone()).chain(subtotal.cells.iter().cloned()).collect()
}

fn of_form(form: &Form) -> Vec<String> {
    let mut out = vec![form.heading.clone(), form.submit.clone(), form.saved.clone()];
    out.extend(form.row.iter().cloned());
    form.fields.iter().for_each(|field| out.extend(of_field(field)));
    out.extend(form.findings.iter().chain(&form.conflicts).flat_map(of_fact));
    out
}

fn of_field(field: &FormField) -> Vec<String> {
    let mut out = vec![field.label.clone(), field.help.clone()];
    if !field.secret {
        // A chosen word is shown by its label.
        let chosen = field.choices.iter().find(|c| c.value == field.value);
        out.push(chosen.map_or_else(|| field.value.clone(), |c| c.label.clone()));
        out.push(field.echo.clone());
        if field.value.is_empty() {
            out.push(field.default.clone());
        }
    }
    out.extend(field.error.iter().flat_map(of_notice));
    for choice in field.choices.iter().chain(&field.completions) {
        out.extend([choice.key.clone(), choice.label.clone()]);
    }
    out
}

/// What begins the id of a message; a text that looks like one is a sentence that is missing.
const ROOMS: [&str; 14] = [
    "cases", "people", "refusal", "page", "subject", "report", "span", "column", "desk", "command",
    "setting", "press", "topic", "lines",
];

fn leaks(text: &str) -> Option<&str> {
    let id = |word: &&str| {
        let shaped = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c));
        shaped && word.split_once('-').is_some_and(|(room, rest)| ROOMS.contains(&room) && !rest.is_empty())
    };
    let words = text.split(|c: char| c.is_whitespace() || "：:，,；;()".contains(c));
    words
        .into_iter()
        .find(id)
        .or_else(|| text.contains("{ $").then_some("{ $").or(text.contains("{$").then_some("{$")))
}

/// The walk: the desk, and what it has seen.
struct Walk {
    desk: Desk,
    keymap: Keymap,
    seen: BTreeSet<String>,
    wrong: BTreeSet<String>,
}

impl Walk {
    fn new(desk: Desk) -> Self {
        let keymap = Keymap::load("", None).unwrap();
        Self { desk, keymap, seen: BTreeSet::new(), wrong: BTreeSet::new() }
    }

    /// Does this and looks at the page.
    fn go(&mut self, intent: Intent) {
        self.desk.handle(intent);
        self.look();
    }

    fn look(&mut self) {
        let (view, locale) = (self.desk.view(), self.desk.locale());
        self.seen.insert(view.page.clone());
        // What is offered to one field is often offered to the next too, and a page is read through for each piece.
        let pieces: BTreeSet<String> = pieces(view).iter().map(|piece| even(piece)).collect();
        for (face, said) in faces(view, locale, &self.keymap) {
            let read = even(&said);
            for piece in &pieces {
                if !read.contains(piece) {
                    self.wrong
                        .insert(format!("{face} does not say {piece:?} on {} ({})", view.page, view.title));
                }
            }
            for line in said.lines() {
                if let Some(id) = leaks(line) {
                    self.wrong.insert(format!("{face} says {id} in {line:?} on {}", view.page));
                }
            }
        }
    }

    /// Every view of a page, with the records at its top and everything that can be done with them.
    fn lists(&mut self, page: &str) {
        self.go(Intent::GoTo(page.to_owned()));
        let views: Vec<String> = self
            .desk
            .view()
            .list()
            .map(|l| l.views.iter().map(|v| v.name.clone()).collect())
            .unwrap_or_default();
        assert!(!views.is_empty(), "{page} has no views");
        let mut records = BTreeSet::new();
        for view in views {
            self.go(Intent::GoTo(view));
            let Some(list) = self.desk.view().list() else { continue };
            let first = list.rows.first().map(|row| row.reference.clone());
            // A calendar's list tells what is free as well: that is no record.
            records.extend(first.filter(|reference| !reference.is_empty()));
        }
        self.go(Intent::Mark);
        self.go(Intent::Filter("zz".into()));
        self.go(Intent::Filter(String::new()));
        for reference in records {
            self.record(&reference);
        }
    }

    fn record(&mut self, reference: &str) {
        self.go(Intent::Jump(reference.to_owned()));
        assert!(self.desk.view().page.ends_with(".record"), "{reference}: {:?}", self.desk.view().notice);
        let names: Vec<String> = self.desk.view().actions.iter().map(|o| o.name.clone()).collect();
        for name in names {
            // What was done before may have changed what applies now.
            let Some(offer) = self.desk.view().actions.iter().find(|o| o.name == name).cloned() else {
                continue;
            };
            let open = self.desk.view().page.clone();
            self.go(Intent::Act(offer.name.clone()));
            let said = self.desk.view().notice.clone();
            if offer.refused.is_some() {
                assert_eq!(said.map(|n| n.text), offer.refused.map(|n| n.text), "{} {reference}", offer.name);
            }
            if self.desk.view().page.ends_with(".form") {
                self.form();
            } else if self.desk.view().page != open {
                self.go(Intent::Back);
            }
            self.desk.handle(Intent::Jump(reference.to_owned()));
        }
    }

    /// A form as it opens, with its fields one by one, with something wrong in it, and put away.
    fn form(&mut self) {
        let fields = self.desk.view().form().map_or(0, |f| f.fields.len());
        for at in 0..fields {
            self.desk.handle(Intent::Field((at + 1).to_string()));
            if at < 3 {
                self.go(Intent::Edit("12 乱写".into()));
            } else {
                self.look();
            }
        }
        self.go(Intent::Submit);
        if self.desk.view().page.ends_with(".form") {
            self.go(Intent::Discard);
            self.go(Intent::Answer(true));
        }
    }

    /// A page of lines and whatever its rows lead to.
    fn sheet(&mut self, page: &str) {
        self.go(Intent::GoTo(page.to_owned()));
        let total = self.desk.view().list().map_or(0, |l| l.total);
        for rank in 1..=total {
            self.desk.handle(Intent::GoTo(page.to_owned()));
            self.desk.handle(Intent::Move(Move::To(rank)));
            self.go(Intent::Open);
            // A subject's other lists are walked as its own.
            let view = self.desk.view();
            let own = view.page.starts_with("report.");
            let views = view.list().filter(|_| own).map(|l| l.views.clone()).unwrap_or_default();
            for view in views {
                self.go(Intent::GoTo(view.name));
            }
        }
    }

    fn everything(&mut self) {
        self.desk.handle(Intent::Window(60));
        self.look();
        for subject in self.subjects() {
            self.lists(&subject);
        }
        for action in self.desk.action_names() {
            self.desk.handle(Intent::GoTo("today".into()));
            self.go(Intent::Act(action));
            if self.desk.view().page.ends_with(".form") {
                self.form();
            }
        }
        for text in ["", "盲", "0020", "ynq", "zzzz"] {
            self.go(Intent::Search(text.into()));
        }
        self.go(Intent::Back);
        for line in
            ["", "诉", "诉 33052119950323962712 盲道被占用 急 !w5", "人 沈示航 13000000001", "不懂 的 词"]
        {
            self.go(Intent::Quick(line.into()));
            self.go(Intent::Accept);
        }
        for page in ["more", "history", "drafts", "who", "topics"] {
            self.sheet(page);
        }
        self.go(Intent::GoTo("settings".into()));
        for page in self.subjects().into_iter().chain(["today", "more"].map(str::to_owned)) {
            self.go(Intent::GoTo(page));
            self.go(Intent::Help(String::new()));
            self.go(Intent::WhereAmI);
        }
        self.go(Intent::Lock);
        self.go(Intent::Submit);
    }

    /// Every subject there is, with or without a tab of its own.
    fn subjects(&self) -> Vec<String> {
        let tabs = self.desk.view().tabs.iter().chain(&self.desk.view().pages);
        tabs.map(|t| t.name.clone()).filter(|name| name != "today" && name != "more").collect()
    }

    fn report(self, pages: &[&str]) {
        let wrong: Vec<String> = self.wrong.into_iter().collect();
        assert!(wrong.is_empty(), "{} missing\n{}", wrong.len(), wrong.join("\n"));
        for page in pages {
            assert!(
                self.seen.iter().any(|seen| seen.starts_with(page)),
                "{page} was not visited: {:?}",
                self.seen
            );
        }
    }
}

fn faces(view: &View, locale: &Locale, keymap: &Keymap) -> [(&'static str, String); 2] {
    [
        ("the screen", screen::visible_text(view, locale, keymap)),
        ("the lines face", lines::readable_text(view, locale)),
    ]
}

const PAGES: [&str; 16] = [
    "today",
    "cases.list",
    "cases.record",
    "cases.form",
    "people.list",
    "people.record",
    "people.form",
    "search",
    "quick",
    "more",
    "report.",
    "drafts",
    "who",
    "settings",
    "help",
    "sign-in",
];

fn everything(lang: Lang) {
    let mut walk = Walk::new(practice(lang).unwrap());
    walk.everything();
    walk.report(&PAGES);
}

#[test]
fn whatever_one_face_says_in_chinese_the_other_says_too() {
    everything(Lang::Zh);
}

#[test]
fn whatever_one_face_says_in_english_the_other_says_too() {
    everything(Lang::En);
}

#[test]
fn a_book_its_next_row_and_things_compared_say_the_same_in_both_faces() {
    let keymap = Keymap::load("", None).unwrap();
    let locale = Locale::new(Lang::Zh);
    for view in
        [samples::ledger(), samples::register(1), samples::register(2), samples::months(), schedules::day()]
    {
        let wanted = pieces(&view);
        assert!(
            wanted.iter().any(|p| ["本月合计", "收入", "全国助残日前一周"].contains(&p.as_str())),
            "{wanted:?}"
        );
        for (face, said) in faces(&view, &locale, &keymap) {
            let read = even(&said);
            let missing: Vec<&String> = wanted.iter().filter(|p| !read.contains(&even(p))).collect();
            assert!(missing.is_empty(), "{face} does not say {missing:?} on {}", view.page);
        }
    }
}

#[test]
fn the_door_says_the_same_in_both_faces() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.db");
    drop(practice_in(&file, Lang::Zh).unwrap());
    let opening = Opening { file, lang: Lang::Zh, now: None, terminal: "test".into(), read_only: false };
    let mut walk = Walk::new(open(&opening).unwrap());
    walk.look();
    for intent in [Intent::Edit("没有这个人".into()), Intent::Submit, Intent::Help(String::new())] {
        walk.go(intent);
    }
    walk.report(&["sign-in"]);
}

#[test]
fn a_missing_sentence_would_be_seen() {
    assert_eq!(leaks("已做：cases-do-x SL-2026-0001"), Some("cases-do-x"));
    assert_eq!(leaks("follow-up on a case"), None);
}
