//! Where a person is named outside their own file and cases: in whatever somebody wrote anywhere, the purpose of a booking,
//! the note of a loan. What is found is told to the person, shown to those who decide about an erasure, and erased where
//! neither the law that keeps accounts nor another person of the same name stands against it (RULES §3.13, §5.2).

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use crate::desk::door;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Section, Subject};
use crate::desk::view::Fact;
use crate::store::Tx;
use crate::store::redact::MARK;
use crate::store::texts::{self, Found};
use crate::subjects::keep;

use super::records::{self, Client};
use super::rules;

/// Tables that are no subject's own words, or where a name is who acted or signed.
const ASIDE: &[&str] = &[
    "access_log",
    "audit",
    "consent",
    "draft",
    "office",
    "operator",
    "operator_post",
    "search_subject",
    "session",
    "setting",
];

/// What others' files say of this person in words of the office; the names in them are theirs.
const OF_A_FILE: &[&str] = &["wishes", "note", "void_reason"];

/// Characters shown around what was found.
const AROUND: usize = 20;

/// What becomes of a text when the person's file is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// A mark takes the place of what names the person.
    Goes,
    /// It stays: the law keeps it.
    Stays,
    /// Somebody else has this name or number: people decide.
    Doubtful,
}

/// One text in which the person is named.
pub(crate) struct Mention {
    found: Found,
    place: Option<(&'static dyn Subject, i64)>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What names somebody: words that are nobody else's, and words that others share.
struct Words {
    own: Vec<String>,
    shared: Vec<String>,
}

/// How many texts there were of each fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Count {
    pub gone: usize,
    pub stay: usize,
    pub doubtful: usize,
}

impl Words {
    fn of(db: &Connection, who: &Client) -> Result<Self, Refusal> {
        let mut all = vec![who.name.clone(), who.resident_id.clone(), who.certificate.clone()];
        all.extend(keep::parts(&who.phone));
        let mut words = Self { own: Vec::new(), shared: Vec::new() };
        for word in all.into_iter().filter(|word| word.chars().count() > 1 && word != MARK) {
            match records::is_others(db, who.id, &word)? {
                true => words.shared.push(word),
                false => words.own.push(word),
            }
        }
        Ok(words)
    }

    fn own_in(&self, text: &str) -> bool {
        self.own.iter().any(|word| text.contains(word.as_str()))
    }
}

/// Every text that names the person outside their own file and cases.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn of(cx: &Cx<'_>, who: &Client) -> Result<Vec<Mention>, Refusal> {
    let words = Words::of(cx.db, who)?;
    find(cx, who, &words)
}

fn find(cx: &Cx<'_>, who: &Client, words: &Words) -> Result<Vec<Mention>, Refusal> {
    let all = [words.own.as_slice(), &words.shared].concat();
    let looked_at = |table: &str, column: &str| {
        !ASIDE.contains(&table) && (table != "client" || OF_A_FILE.contains(&column))
    };
    let subject_of = |table: &str| cx.registry.iter().find(|s| s.record().table == table).copied();
    let cases: BTreeSet<i64> = records::all_cases(cx.db, who.id)?.into_iter().collect();
    let mut mentions = Vec::new();
    for found in texts::containing(cx.db, &all, looked_at)? {
        let owner = texts::owner(cx.db, &found, |table| subject_of(table).is_some())?;
        let place = owner.and_then(|(table, id)| Some((subject_of(&table)?, id)));
        let own = place.is_some_and(|(subject, id)| match subject.name() {
            "people" => id == who.id,
            "cases" => cases.contains(&id),
            _ => false,
        });
        if own {
            continue;
        }
        let fate = match (words.own_in(&found.text), place) {
            (false, _) => Fate::Doubtful,
            (true, Some((subject, _))) if subject.archived() => Fate::Stays,
            _ => Fate::Goes,
        };
        mentions.push(Mention { found, place, fate });
    }
    Ok(mentions)
}

impl Mention {
    /// Which record, and which field of it.
    pub(crate) fn place(&self, cx: &Cx<'_>) -> String {
        let Some((subject, id)) = self.place else { return self.found.table.clone() };
        let label = cx.t.say(&format!("subject-{}", subject.name()));
        let reference = keep::reference(cx, subject.record(), id).unwrap_or_default();
        let own = self.found.table == subject.record().table;
        let field = subject.record().field(&self.found.column).filter(|_| own);
        let field = field.map(|f| cx.t.say(&format!("{}-{}", subject.name(), f.name))).unwrap_or_default();
        keep::one_line(&format!("{label} {reference} {field}"))
    }

    /// What becomes of it, in words.
    pub(crate) fn fate_in_words(&self, cx: &Cx<'_>) -> String {
        cx.t.say(match self.fate {
            Fate::Goes => "people-mention-goes",
            Fate::Stays => "people-mention-stays",
            Fate::Doubtful => "people-mention-doubtful",
        })
    }

    /// The words around the name; none of what stands in another person's file, or is perhaps somebody else's.
    fn words(&self, cx: &Cx<'_>, who: &Client) -> String {
        let others = self.place.is_some_and(|(subject, _)| matches!(subject.name(), "people" | "cases"));
        if others || self.fate == Fate::Doubtful {
            return cx.t.say("people-mention-unsaid");
        }
        let text = &self.found.text;
        let at = [&who.name, &who.resident_id, &who.phone].iter().find_map(|word| {
            let before = text.split_once(word.as_str()).filter(|_| !word.is_empty())?.0;
            Some(before.chars().count())
        });
        let from = at.unwrap_or(0).saturating_sub(AROUND);
        text.chars().skip(from).take(AROUND * 3).collect()
    }
}

/// What is told to the person of it.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn section(cx: &Cx<'_>, who: &Client) -> Result<Section, Refusal> {
    let fact = |label: &str, value| Fact { label: cx.t.say(label), value };
    let record = |mention: &Mention| {
        vec![
            fact("people-mention-place", mention.place(cx)),
            fact("people-mention-text", mention.words(cx, who)),
        ]
    };
    let records = of(cx, who)?.iter().map(record).collect();
    Ok(Section { heading: cx.t.say("people-heading-mentions"), records })
}

/// Puts a mark in the place of what names the person, in the texts that do not have to stay and in what the audit and the
/// log of who looked say of them. Asked when the file itself is erased already; `who` is as it was before.
///
/// # Errors
/// When the file cannot be read or written.
pub(crate) fn erase(cx: &Cx<'_>, tx: &Tx<'_>, who: &Client) -> Result<Count, Refusal> {
    let words = Words::of(cx.db, who)?;
    let hide = |text: &str| rules::without(text, &words.own, MARK);
    let mut count = Count::default();
    let mut changed: BTreeSet<(&'static str, i64)> = BTreeSet::new();
    for mention in find(cx, who, &words)? {
        match mention.fate {
            Fate::Goes if tx.put_text(&mention.found, &hide(&mention.found.text))? => {
                count.gone += 1;
                changed.extend(mention.place.map(|(subject, id)| (subject.name(), id)));
            }
            Fate::Goes | Fate::Stays => count.stay += 1,
            Fate::Doubtful => count.doubtful += 1,
        }
    }
    for (name, id) in changed {
        if let Some(subject) = cx.registry.iter().find(|s| s.name() == name) {
            door::index(cx, tx, *subject, id)?;
        }
    }
    forget_in_the_audit(cx, tx, &words, &hide)?;
    for word in &words.own {
        // A form somebody has not finished, and what was said when somebody looked.
        let sql = "UPDATE draft_field SET text = replace(text, ?1, ?2) WHERE instr(text, ?1)";
        tx.conn().prepare_cached(sql)?.execute(params![word, MARK])?;
        let sql = "UPDATE access_log SET purpose = replace(purpose, ?1, ?2) WHERE instr(purpose, ?1)";
        tx.conn().prepare_cached(sql)?.execute(params![word, MARK])?;
    }
    Ok(count)
}

/// What was written and then changed is still in the audit; so is why something was done.
fn forget_in_the_audit(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    words: &Words,
    hide: &dyn Fn(&str) -> String,
) -> Result<(), Refusal> {
    let sql = "SELECT DISTINCT a.subject, a.record_id, coalesce(a.ref, '') FROM audit a LEFT JOIN audit_change c \
               ON c.audit_seq = a.seq WHERE instr(coalesce(c.old, '') || ' ' || coalesce(c.new, '') || ' ' || \
               coalesce(a.reason, ''), ?1)";
    let mut about: BTreeSet<(String, i64, String)> = BTreeSet::new();
    for word in &words.own {
        let mut read = tx.conn().prepare_cached(sql)?;
        let rows =
            read.query_map([word], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?, row.get(2)?)))?;
        for row in rows {
            let (subject, id, reference) = row?;
            about.extend(id.map(|id| (subject, id, reference)));
        }
    }
    for (subject, id, reference) in about {
        if cx.registry.iter().any(|s| s.name() == subject && s.archived()) {
            continue;
        }
        tx.redact((&subject, id, &reference), |_, text| hide(text))?;
    }
    Ok(())
}
