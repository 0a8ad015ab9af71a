//! Practice: lessons done one after another on a throw-away office, each a standard task, with the keys it took. What a
//! lesson asks is data (`data/catalog/lessons.toml`); whether it was done is read from what the desk and the audit say.
//! The faces show it like any page and tell which keys were pressed; they know no lesson.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::values::pinyin;

use super::Desk;
use super::going::column;
use super::intent::Intent;
use super::page::Page;
use super::refusal::Refusal;
use super::rows::{Lead, Rows};
use super::view::{Row, Tab, Tone};

/// One lesson.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lesson {
    name: String,
    goal: String,
    keys: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    lesson: Vec<Lesson>,
}

/// Read once; a test holds that the table in the program can be read.
static LESSONS: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/catalog/lessons.toml")).unwrap_or_default());

/// How far a person has come.
#[derive(Debug, Clone, Default)]
pub(crate) struct Course {
    /// The lesson being done.
    at: Option<usize>,
    /// The last audit row before it began.
    since: i64,
    /// Keys pressed in it.
    keys: usize,
    /// The last key was a Chinese character: the next one is taken with the same key.
    in_run: bool,
    /// Keys each lesson took, for those that were done.
    took: Vec<Option<usize>>,
}

/// What the desk looked like before an intent, as far as a lesson can end by it.
pub(crate) struct Before {
    intent: Intent,
    form: Option<String>,
}

impl Desk {
    /// Lays the lessons out: from now on this desk is for practice.
    pub(crate) fn begin_course(&mut self) -> Result<(), Refusal> {
        self.course = Some(Course { took: vec![None; LESSONS.lesson.len()], ..Course::default() });
        self.go_to("learn")?;
        let text = self.office.locale.say("learn-start");
        self.tell(Tone::Info, text, String::new());
        self.refresh(false);
        Ok(())
    }

    /// A key was pressed: a character, or none for every other key. Counted while a lesson is being done, Chinese as
    /// what its pinyin takes and one key to take the words.
    pub fn pressed(&mut self, key: Option<char>) {
        let Some(course) = self.course.as_mut().filter(|course| course.at.is_some()) else { return };
        let spelt = key.filter(|c| *c >= '\u{3400}' && c.is_alphabetic());
        course.keys += match spelt {
            Some(c) => {
                // Initials come before spellings, and the usual reading before others.
                let spellings = pinyin::text_keys(&c.to_string());
                let letters = spellings.iter().map(String::len).find(|letters| *letters > 1).unwrap_or(1);
                letters + usize::from(!course.in_run)
            }
            None => 1,
        };
        course.in_run = spelt.is_some();
    }

    /// The page of all lessons, with the finger on the next one to do.
    pub(crate) fn course_page(&mut self, lesson: &str) -> Result<(), Refusal> {
        let Some(course) = &mut self.course else {
            return Err(Refusal::usage("no-page").with("text", "learn"));
        };
        if let Some(at) = LESSONS.lesson.iter().position(|l| l.name == lesson) {
            let sql = "SELECT coalesce(max(seq), 0) FROM audit";
            let since = self.office.store.conn().query_row(sql, [], |row| row.get(0))?;
            *course =
                Course { at: Some(at), since, took: std::mem::take(&mut course.took), ..Course::default() };
            self.go_to("today")?;
            let text = self.lesson_now().unwrap_or_default();
            self.tell(Tone::Info, text, String::new());
            return Ok(());
        }
        course.at = None;
        let took = course.took.clone();
        let t = &self.office.locale;
        let mut rows = Rows {
            name: "learn".into(),
            heading: t.say("page-learn"),
            columns: vec![column(t.say("learn-column"), 12), column(t.say("learn-column-keys"), 16)],
            at: took.iter().position(Option::is_none).unwrap_or(0),
            ..Rows::default()
        };
        for (at, (lesson, took)) in LESSONS.lesson.iter().zip(&took).enumerate() {
            let par = ("par", lesson.keys.to_string());
            let title = t.say(&format!("lesson-{}", lesson.name));
            let name = t.with("learn-lesson", &[("n", (at + 1).to_string()), ("title", title)]);
            let how = match took {
                Some(keys) => t.with("learn-done", &[("keys", keys.to_string()), par]),
                None => t.with("learn-todo", &[par]),
            };
            let brief = format!("{name} {how}");
            rows.rows.push(Row { cells: vec![name, how], brief, ..Row::default() });
            rows.leads.push(Lead::Page(format!("learn.{}", lesson.name)));
        }
        let page = Page::Sheet {
            name: "learn".into(),
            title: t.say("page-learn"),
            notes: ["copy", "how", "back"].map(|note| t.say(&format!("learn-note-{note}"))).to_vec(),
            rows,
            chart: None,
            footer: Vec::new(),
        };
        self.top(page);
        Ok(())
    }

    /// What the present lesson asks for.
    pub(crate) fn lesson_now(&self) -> Option<String> {
        let at = self.course.as_ref()?.at?;
        let lesson = LESSONS.lesson.get(at)?;
        let t = &self.office.locale;
        let title = t.say(&format!("lesson-{}", lesson.name));
        let ask = t.find(&format!("lesson-{}.do", lesson.name), &[]).unwrap_or_default();
        Some(t.with("learn-now", &[("n", (at + 1).to_string()), ("title", title), ("do", ask)]))
    }

    /// Where the course stands, in place of what the banner says elsewhere.
    pub(crate) fn course_banner(&self) -> Option<String> {
        let course = self.course.as_ref()?;
        let t = &self.office.locale;
        let Some((at, lesson)) = course.at.and_then(|at| Some((at, LESSONS.lesson.get(at)?))) else {
            return Some(t.say("page-learn"));
        };
        let (n, all) = ((at + 1).to_string(), LESSONS.lesson.len().to_string());
        let title = t.say(&format!("lesson-{}", lesson.name));
        Some(t.with("banner-learn", &[("n", n), ("all", all), ("title", title)]))
    }

    /// The page of the lessons can be gone to by name from everywhere.
    pub(crate) fn course_tab(&self) -> Option<Tab> {
        let current = matches!(self.stack.last(), Some(Page::Sheet { name, .. }) if name == "learn");
        let label = self.office.locale.say("page-learn");
        self.course.as_ref().map(|_| Tab { name: "learn".into(), label, current })
    }

    /// What will tell whether a lesson ends with this intent; none where none is being done.
    pub(crate) fn before_turn(&self, intent: &Intent) -> Option<Before> {
        self.course.as_ref()?.at?;
        Some(Before { intent: intent.clone(), form: self.form_name() })
    }

    fn form_name(&self) -> Option<String> {
        match self.stack.last() {
            Some(Page::Form(filling)) => Some(format!("{}.{}", filling.subject.name(), filling.action.name)),
            _ => None,
        }
    }

    /// Ends the lesson when what it asks for was done, and goes back to the page of all of them.
    pub(crate) fn after_turn(&mut self, before: &Before) -> Result<(), Refusal> {
        let Some((at, lesson)) = self.course.as_ref().and_then(|c| Some((c.at?, LESSONS.lesson.get(c.at?)?)))
        else {
            return Ok(());
        };
        if !self.reached(&lesson.goal, before)? {
            return Ok(());
        }
        let said = self
            .notice
            .take()
            .map(|n| format!("{} {}", n.text, n.hint).trim().to_owned())
            .unwrap_or_default();
        let Some(course) = &mut self.course else { return Ok(()) };
        let keys = course.keys;
        if let Some(took) = course.took.get_mut(at) {
            *took = Some(keys);
        }
        let (all, done) = (course.took.len(), course.took.iter().flatten().sum::<usize>());
        let finished = course.took.iter().all(Option::is_some);
        self.course_page("")?;
        let par = if finished { LESSONS.lesson.iter().map(|l| l.keys).sum() } else { lesson.keys };
        let args = [
            ("said", said),
            ("n", (at + 1).to_string()),
            ("all", all.to_string()),
            ("keys", if finished { done } else { keys }.to_string()),
            ("par", par.to_string()),
        ];
        self.say(if finished { "learn-finished" } else { "learn-reached" }, &args);
        Ok(())
    }

    fn reached(&self, goal: &str, before: &Before) -> Result<bool, Refusal> {
        let refused = self.notice.as_ref().is_some_and(|notice| notice.tone == Tone::Refused);
        let Some((kind, what)) = goal.split_once(':') else {
            return Ok(matches!(self.stack.last(), Some(Page::Record { .. })));
        };
        Ok(match kind {
            "did" => {
                let (subject, action) = what.split_once('.').unwrap_or((what, ""));
                let since = self.course.as_ref().map_or(0, |course| course.since);
                let sql =
                    "SELECT EXISTS (SELECT 1 FROM audit WHERE seq > ?1 AND subject = ?2 AND action = ?3)";
                self.office.store.conn().query_row(sql, (since, subject, action), |row| row.get(0))?
            }
            "asked" => {
                let sent = matches!(before.intent, Intent::Accept | Intent::Submit);
                sent && !refused && before.form.as_deref() == Some(what) && self.form_name() != before.form
            }
            _ => !refused && said(&before.intent) == what,
        })
    }
}

/// The command that an intent carries out, as far as a lesson asks for one.
fn said(intent: &Intent) -> &'static str {
    match intent {
        Intent::WhereAmI => "where",
        Intent::Undo => "undo",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Intent, Move};
    use super::LESSONS;
    use crate::office::learn;
    use crate::values::lang::Lang;

    #[test]
    fn every_lesson_asks_for_something_that_can_be_done_and_says_it() {
        for lang in [Lang::Zh, Lang::En] {
            let desk = learn(lang).unwrap();
            let actions = desk.action_names();
            assert!(LESSONS.lesson.len() > 9);
            for lesson in &LESSONS.lesson {
                if let Some((kind, what)) = lesson.goal.split_once(':') {
                    let known = match kind {
                        "said" => super::super::command::command(what).is_some(),
                        _ => actions.iter().any(|name| name == what),
                    };
                    assert!(known, "{}: {}", lesson.name, lesson.goal);
                }
                for id in [format!("lesson-{}", lesson.name), format!("lesson-{}.do", lesson.name)] {
                    assert!(desk.locale().find(&id, &[]).is_some(), "{id}");
                }
            }
        }
    }

    #[test]
    fn a_lesson_counts_its_keys_and_leads_back_to_the_next() {
        let mut desk = learn(Lang::Zh).unwrap();
        assert_eq!(desk.view().page, "learn");
        let said = |desk: &super::Desk| desk.view().notice.clone().map(|n| n.text).unwrap_or_default();
        assert!(said(&desk).contains("临时的办公室"), "{}", said(&desk));
        desk.handle(Intent::Open);
        assert_eq!(desk.view().page, "today");
        assert!(said(&desk).contains("第1课"), "{}", said(&desk));
        assert!(desk.view().banner.contains("练习 1/"), "{}", desk.view().banner);
        for intent in [Intent::Move(Move::Next), Intent::Move(Move::Next), Intent::Open] {
            desk.pressed(None);
            desk.handle(intent);
        }
        assert_eq!(desk.view().page, "learn");
        assert!(said(&desk).contains("用了 3 键，熟手 3 键"), "{}", said(&desk));
        let list = desk.view().list().cloned().unwrap_or_default();
        assert_eq!(list.rank(), 2);
        assert!(list.rows[0].cells[1].contains("做到了"), "{:?}", list.rows[0]);
    }

    #[test]
    fn chinese_is_counted_as_a_hand_types_it_and_an_office_at_work_counts_nothing() {
        let mut desk = learn(Lang::Zh).unwrap();
        desk.handle(Intent::GoTo("learn.note".into()));
        "已致电社区 !w5".chars().for_each(|c| desk.pressed(Some(c)));
        assert_eq!(desk.course.as_ref().map(|course| course.keys), Some(14 + 1 + 4));
        let mut desk = crate::office::practice(Lang::Zh).unwrap();
        desk.pressed(Some('a'));
        assert!(desk.course.is_none());
        desk.handle(Intent::GoTo("learn".into()));
        assert_eq!(desk.view().page, "today");
    }
}
