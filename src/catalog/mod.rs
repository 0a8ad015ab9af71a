//! What the office takes as given: its associations, posts, closed sets, routing table and rule profile, from
//! `data/catalog`. Must not know a record, the store or a face.

mod files;
pub mod saying;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use tables::{
    Account, Association, AutismRoute, CategoryRoute, Division, Duty, Element, Force, MultipleRoute, Post,
    Routing, Rule, UncertifiedRoute, Unit, Within, Word,
};

use crate::values::calendar::WorkCalendar;
use crate::values::lang::Lang;
use tables::Due;

/// Code of the joint secretariat, which has no clients of its own (G-3.3).
pub const SECRETARIAT: &str = "JS";

/// Every table of `data/catalog`.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    associations: Vec<Association>,
    posts: Vec<Post>,
    accounts: Vec<Account>,
    duties: Vec<Duty>,
    words: BTreeMap<String, Vec<Word>>,
    routing: Routing,
    profile: String,
    due: Due,
    rules: BTreeMap<String, Rule>,
    divisions: Vec<Division>,
    calendar: WorkCalendar,
}

impl Catalog {
    /// The tables that came with the program, read once. They are tested to be readable; were they not, the catalogue
    /// would be empty rather than the program gone.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Catalog> = OnceLock::new();
        EMBEDDED.get_or_init(|| files::read().unwrap_or_default())
    }

    /// The six associations and the joint secretariat, in their fixed order, the secretariat last.
    #[must_use]
    pub fn associations(&self) -> &[Association] {
        &self.associations
    }

    /// The associations without the secretariat, in their fixed order.
    pub fn members(&self) -> impl Iterator<Item = &Association> {
        self.associations.iter().filter(|a| a.code != SECRETARIAT)
    }

    /// The association of this code.
    #[must_use]
    pub fn association(&self, code: &str) -> Option<&Association> {
        self.associations.iter().find(|a| a.code == code)
    }

    /// The short name of an association (`盲协`); the code itself when there is none of it.
    #[must_use]
    pub fn org_name(&self, code: &str, lang: Lang) -> String {
        self.association(code).map_or(code, |a| pick(lang, &a.short, &a.en_short)).to_owned()
    }

    /// Every post, in the order they are offered.
    #[must_use]
    pub fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// The post of this id.
    #[must_use]
    pub fn post(&self, id: &str) -> Option<&Post> {
        self.posts.iter().find(|p| p.id == id)
    }

    /// A post in words; the id itself when there is none of it.
    #[must_use]
    pub fn post_name(&self, id: &str, lang: Lang) -> String {
        self.post(id).map_or(id, |p| pick(lang, &p.zh, &p.en)).to_owned()
    }

    /// The chart of accounts, in its order (RULES §3.10).
    #[must_use]
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The account of this code.
    #[must_use]
    pub fn account(&self, code: &str) -> Option<&Account> {
        self.accounts.iter().find(|a| a.code == code)
    }

    /// An account as books and vouchers show it: code and name (RULES §3.10); the code itself when there is none of it.
    #[must_use]
    pub fn account_name(&self, code: &str, lang: Lang) -> String {
        self.account(code)
            .map_or_else(|| code.to_owned(), |a| format!("{} {}", code, pick(lang, &a.zh, &a.en)))
    }

    /// The first of the posts held that excludes this one (RULES §3.9).
    #[must_use]
    pub fn post_conflict<'a>(&self, held: &[&'a str], wanted: &str) -> Option<&'a str> {
        let wanted = self.post(wanted)?;
        held.iter().find(|h| wanted.excludes.iter().any(|e| e == *h)).copied()
    }

    /// What one record may not combine in one person (RULES §3.9).
    #[must_use]
    pub fn duties(&self) -> &[Duty] {
        &self.duties
    }

    /// The words of a closed set in their order: those of `cases.toml` and `journal.toml` by name, and `accounts`, `rules`, `associations` (without the
    /// secretariat), `orgs` (with it), `posts`, `divisions`. Empty for a set there is none of.
    #[must_use]
    pub fn words(&self, set: &str) -> &[Word] {
        self.words.get(set).map_or(&[], Vec::as_slice)
    }

    /// The names of all closed sets.
    pub fn sets(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The word of a set that this text says: as kept, as shown in either language, by its own key, or by another word
    /// for it. Latin letters in either case. An exact kept word comes before everything else.
    #[must_use]
    pub fn read_word(&self, set: &str, text: &str) -> Option<&Word> {
        let words = self.words(set);
        let text = text.trim();
        let same = |other: &str| !other.is_empty() && other.to_lowercase() == text.to_lowercase();
        words
            .iter()
            .find(|w| same(&w.kept))
            .or_else(|| words.iter().find(|w| same(&w.zh) || same(&w.en) || same(&w.key)))
            .or_else(|| words.iter().find(|w| w.also.iter().any(|a| same(a))))
    }

    /// The word of a set that a text in a line says: as [`Catalog::read_word`], by its initials, or by enough of its
    /// beginning where that is one word's alone.
    #[must_use]
    pub fn meant(&self, set: &str, text: &str) -> Option<&Word> {
        let words = self.words(set);
        self.read_word(set, text)
            .or_else(|| saying::exact(text, words))
            .or_else(|| saying::begun(text, words))
    }

    /// A line cut into what is said in it; what belongs together in English are days and words of these sets.
    #[must_use]
    pub fn cut(&self, line: &str, sets: &[&str]) -> Vec<String> {
        let sets: Vec<&[Word]> = sets.iter().map(|set| self.words(set)).collect();
        saying::cut(line, &sets)
    }

    /// A kept word as a reader sees it; itself when the set has none of it.
    #[must_use]
    pub fn show_word(&self, set: &str, kept: &str, lang: Lang) -> String {
        let word = self.words(set).iter().find(|w| w.kept == kept);
        word.map_or(kept, |w| pick(lang, &w.zh, &w.en)).to_owned()
    }

    /// Where cases go (RULES §2.4).
    #[must_use]
    pub fn routing(&self) -> &Routing {
        &self.routing
    }

    /// Name of the rule profile (`county_deqing`).
    #[must_use]
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// A number of the rule profile; zero days without a source when there is none of that name.
    #[must_use]
    pub fn rule(&self, name: &str) -> Rule {
        self.rules.get(name).cloned().unwrap_or_default()
    }

    /// Every rule with its name, by name.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &Rule)> {
        self.rules.iter().map(|(name, rule)| (name.as_str(), rule))
    }

    /// The same tables with the office's own numbers in place of the profile's. A name that the profile does not have is
    /// left out.
    #[must_use]
    pub fn with_own(&self, own: &[(String, i64)]) -> Self {
        let mut catalog = self.clone();
        for (name, value) in own {
            if let Some(rule) = catalog.rules.get_mut(name) {
                (rule.value, rule.own) = (*value, true);
            }
        }
        catalog
    }

    /// How long a case of this matter and urgency that came in this way may take (G-6.5.2, RULES §4.7): the urgency decides
    /// before the matter, the matter before the channel.
    #[must_use]
    pub fn due(&self, matter: &str, urgency: &str, channel: &str) -> Rule {
        let due = &self.due;
        let named = due.urgency.get(urgency).or_else(|| due.matter.get(matter));
        self.rule(named.or_else(|| due.channel.get(channel)).unwrap_or(&due.default))
    }

    /// Whether what comes in this way is a petition, with its own days for telling that it was accepted and for
    /// extensions (RULES §4.7).
    #[must_use]
    pub fn petition(&self, channel: &str) -> bool {
        self.due.channel.contains_key(channel)
    }

    /// The county and its townships (RULES §8.3).
    #[must_use]
    pub fn divisions(&self) -> &[Division] {
        &self.divisions
    }

    /// Working days, holidays and named days (RULES §6).
    #[must_use]
    pub fn calendar(&self) -> &WorkCalendar {
        &self.calendar
    }
}

/// What a reader of this language sees.
fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
