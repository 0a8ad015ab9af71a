//! The line a hand types to ask for people or to send them: `w3 14-16 sy`, `w6 9-12 d 2 qd`, `周三上午 值班 曾示平`. Day, hours,
//! association, how many, skills, place, people and what for, in any order. Pure: what there is to recognise is handed in.

use crate::catalog::saying::{self, begun, exact};
use crate::desk::field::Word;
use crate::subjects::staff::rules::{DayPlan, Half};
use crate::subjects::venue::rules::Hours;
use crate::subjects::venue::typed::{self as venue, Named, Org};
use crate::values::dates::DateContext;

/// What a line was understood as. What is not said stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// First and last day, as ISO text; the same for one day.
    pub days: Option<(String, String)>,
    /// `14:00-16:00`.
    pub hours: String,
    /// Association code.
    pub org: String,
    /// How many, as typed.
    pub number: String,
    /// Skills, as kept.
    pub skills: Vec<String>,
    /// Zone code.
    pub zone: String,
    /// Codes of people.
    pub people: Vec<String>,
    /// One of the kinds of shifts.
    pub kind: String,
    /// What for.
    pub task: String,
    /// What was not understood.
    pub unread: Vec<String>,
}

/// What there is to recognise.
pub(crate) struct Known<'a> {
    /// The associations.
    pub orgs: &'a [Org],
    /// Places.
    pub zones: &'a [Named],
    /// Skills.
    pub skills: &'a [Word],
    /// Kinds of shifts.
    pub kinds: &'a [Word],
    /// What people are often asked to do.
    pub tasks: &'a [Word],
    /// The code of the person a word names: by code, name, or initials that are one person's alone.
    pub person: &'a dyn Fn(&str) -> Option<String>,
    /// When the halves of a day are.
    pub day: DayPlan,
}

/// Reads a line.
pub(crate) fn read(line: &str, known: &Known<'_>, cx: &DateContext<'_>) -> Line {
    let mut said = Line::default();
    for word in saying::cut(line, &[known.skills, known.kinds, known.tasks]) {
        let word = word.as_str();
        if time(&mut said, word, known, cx) || named(&mut said, word, known) {
            continue;
        }
        said.unread.extend(saying::append(&mut said.task, word));
    }
    said
}

/// A day, hours, half a day, how many.
fn time(said: &mut Line, word: &str, known: &Known<'_>, cx: &DateContext<'_>) -> bool {
    if let Some(hours) = Hours::parse(word).filter(|_| said.hours.is_empty()) {
        said.hours = hours.text();
        return true;
    }
    let whole = Hours { from: known.day.opens, to: known.day.closes };
    let halves = [
        (["上午", "am"], known.day.half(Half::Morning)),
        (["下午", "pm"], known.day.half(Half::Afternoon)),
        (["全天", "fd"], whole),
    ];
    let half = halves
        .into_iter()
        .find_map(|(words, hours)| words.iter().find_map(|end| Some((word.strip_suffix(end)?, hours))));
    if let Some((day, hours)) = half.filter(|_| said.hours.is_empty()) {
        if day.is_empty() || time(said, day, known, cx) {
            said.hours = hours.text();
            return true;
        }
        return false;
    }
    if said.number.is_empty() && word.chars().all(|c| c.is_ascii_digit()) && word.chars().count() <= 2 {
        word.clone_into(&mut said.number);
        return true;
    }
    let nothing = venue::Known { orgs: &[], zones: &[], features: &[] };
    let read = venue::read(word, &nothing, cx);
    let (day, hours, people) = (read.days.is_some(), !read.hours.is_empty(), !read.people.is_empty());
    let again = day && said.days.is_some() || hours && !said.hours.is_empty();
    if again || !(day || hours || people) || !read.repeat.is_empty() {
        return false;
    }
    said.days = read.days.or(said.days.take());
    if hours {
        said.hours = read.hours;
    }
    if people {
        said.number = read.people;
    }
    true
}

/// An association, a kind, a task, a skill, a place, a person.
fn named(said: &mut Line, word: &str, known: &Known<'_>) -> bool {
    let lower = word.to_lowercase();
    let org = known.orgs.iter().find(|(key, code, short)| {
        *key == lower || code.eq_ignore_ascii_case(word) || short == word || *short == lower
    });
    if let Some((_, code, _)) = org.filter(|_| said.org.is_empty()) {
        said.org.clone_from(code);
        return true;
    }
    if let Some(kind) = exact(&lower, known.kinds).filter(|_| said.kind.is_empty()) {
        said.kind.clone_from(&kind.kept);
        return true;
    }
    if let Some(task) = exact(&lower, known.tasks).filter(|_| said.task.is_empty()) {
        said.task.clone_from(&task.kept);
        return true;
    }
    let wanted = lower.strip_prefix('+').unwrap_or(&lower);
    if let Some(skill) = exact(wanted, known.skills) {
        said.skills.push(skill.kept.clone());
        return true;
    }
    if let Some(zone) = zone(word, &lower, known.zones).filter(|_| said.zone.is_empty()) {
        said.zone = zone;
        return true;
    }
    if let Some(code) = (known.person)(word) {
        said.people.push(code);
        return true;
    }
    if let Some(skill) = begun(wanted, known.skills) {
        said.skills.push(skill.kept.clone());
        return true;
    }
    false
}

/// A place by its code, name, or a key of more than one letter; a single letter is an association.
fn zone(word: &str, lower: &str, zones: &[Named]) -> Option<String> {
    let many = lower.chars().count() > 1;
    let is = |z: &&Named| z.code.eq_ignore_ascii_case(word) || z.name == word || many && z.key == lower;
    zones.iter().find(is).map(|z| z.code.clone())
}
