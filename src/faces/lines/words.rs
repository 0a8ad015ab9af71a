//! The words a person may type on a page, and which one was meant: actions, commands and pages by Chinese word, by
//! pinyin initials, by English name. The synonyms are data (`lines-word-…` in the locales); this room only compares.

use lianban::desk::command::{COMMANDS, Context, Needs};
use lianban::desk::{Intent, Locale, View};
use lianban::values::pinyin;

use super::text::key;

/// What a word stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// An action of the page, by name.
    Act(String),
    /// A page, by name.
    Go(String),
    /// A command of the desk.
    Do(Intent),
    /// Something the face does itself.
    Face(&'static str),
}

/// One entry of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// What it stands for.
    pub target: Target,
    /// What a person reads.
    pub label: String,
    /// What the locale says may be typed for it, and the label of an action of the page.
    own: Vec<String>,
    /// Its label and its English name.
    names: Vec<String>,
    /// Pinyin initials and spellings, which count only when no name fits.
    initials: Vec<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// This one.
    One(Word),
    /// These fit equally well.
    Several(Vec<Word>),
    /// None; the labels of those most alike.
    None(Vec<String>),
}

/// The desk's own pages that lie under no tab of their own.
const PAGES: [&str; 5] = ["settings", "drafts", "who", "history", "topics"];

/// What the face does itself, on every page.
const FACE: [&str; 9] = ["read", "more", "again", "all", "list", "act", "pages", "manual", "switch-face"];

/// Everything that may be typed on this page.
pub(super) fn vocabulary(view: &View, locale: &Locale) -> Vec<Word> {
    let mut all = Vec::new();
    for offer in &view.actions {
        let own = said(&offer.name, locale);
        all.push(word(Target::Act(offer.name.clone()), &offer.label, &offer.name, &own));
    }
    let here = |context| match context {
        Context::Anywhere => true,
        Context::List => view.list().is_some(),
        Context::Form => view.form().is_some(),
        Context::Calendar => view.page.ends_with(".calendar"),
        // Whoever reads the twin has no grid to go up and down in.
        Context::Grid | Context::Record | Context::Question => false,
    };
    for command in COMMANDS.iter().filter(|c| here(c.context)) {
        let offered = view.actions.iter().any(|o| o.name == command.name);
        if let (Needs::Nothing(intent), false) = (command.needs, offered) {
            let own = said(command.name, locale);
            all.push(word(Target::Do(intent()), &label(command.name, &own, locale), command.name, &own));
        }
    }
    for name in FACE {
        let own = said(name, locale);
        all.push(word(Target::Face(name), &label(name, &own, locale), name, &own));
    }
    for name in PAGES.iter().filter(|name| view.actions.iter().all(|o| o.name != **name)) {
        let own = said(name, locale);
        all.push(word(Target::Go((*name).to_owned()), &label(name, &own, locale), name, &own));
    }
    let views = view.list().into_iter().flat_map(|l| &l.views);
    for tab in view.tabs.iter().chain(views).chain(&view.pages) {
        all.push(word(Target::Go(tab.name.clone()), &tab.label, &tab.name, ""));
    }
    all
}

/// Which entry was meant: a word of the locale beats a name, a whole name beats initials, and those the beginning of
/// a name.
pub(super) fn find(typed: &str, all: &[Word]) -> Found {
    let typed = key(typed);
    // One Latin letter is the beginning of too much.
    let long = typed.chars().count() > 1 || !typed.is_ascii();
    let fits: [&dyn Fn(&Word) -> bool; 4] = [
        &|w| w.own.contains(&typed),
        &|w| w.names.contains(&typed),
        &|w| w.initials.contains(&typed),
        &|w| long && w.all().any(|n| n.starts_with(&typed)),
    ];
    for fit in fits {
        let mut hits: Vec<Word> = Vec::new();
        for word in all.iter().filter(|w| fit(w)) {
            if !hits.iter().any(|h| h.target == word.target || h.label == word.label) {
                hits.push(word.clone());
            }
        }
        match hits.len() {
            0 => {}
            1 => return Found::One(hits.remove(0)),
            _ => return Found::Several(hits),
        }
    }
    Found::None(alike(&typed, all))
}

/// Whether the line is, whole and letter by letter, one of the names; initials and beginnings do not count. For
/// fields, where almost everything typed is meant as it stands.
pub(super) fn exact(typed: &str, all: &[Word]) -> Option<Word> {
    let typed = key(typed);
    let long = typed.chars().count() > 1;
    let fits =
        |own: bool| all.iter().find(|w| if own { w.own.contains(&typed) } else { w.names.contains(&typed) });
    if long { fits(true).or_else(|| fits(false)).cloned() } else { None }
}

/// Whether a line that is still being typed may become one of the names.
pub(super) fn begins(typed: &str, all: &[Word]) -> bool {
    let typed = key(typed);
    all.iter().any(|w| w.own.iter().chain(&w.names).any(|n| n.starts_with(&typed)))
}

fn alike(typed: &str, all: &[Word]) -> Vec<String> {
    let mut scored: Vec<(usize, &Word)> = all
        .iter()
        .map(|w| (w.own.iter().chain(&w.names).map(|n| shared(n, typed)).max().unwrap_or(0), w))
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut labels: Vec<String> = Vec::new();
    for (_, word) in scored {
        if !labels.contains(&word.label) {
            labels.push(word.label.clone());
        }
    }
    labels.truncate(3);
    labels
}

/// How much two words have in common: shared Chinese characters, or a beginning of two letters and more.
fn shared(name: &str, typed: &str) -> usize {
    let hanzi = typed.chars().filter(|c| !c.is_ascii() && name.contains(*c)).count();
    let begins = name.chars().zip(typed.chars()).take_while(|(a, b)| a == b).count();
    hanzi + if begins > 1 { begins } else { 0 }
}

fn said(name: &str, locale: &Locale) -> String {
    locale.find(&format!("lines-word-{}", name.replace('.', "-")), &[]).unwrap_or_default()
}

fn label(name: &str, own: &str, locale: &Locale) -> String {
    let first = || own.split_whitespace().next().unwrap_or(name).to_owned();
    locale.find(&format!("command-{name}"), &[]).unwrap_or_else(first)
}

fn word(target: Target, label: &str, name: &str, own: &str) -> Word {
    let mut own: Vec<String> = own.split_whitespace().map(key).collect();
    // A whole stable name with a point in it is nothing else's.
    own.extend(Some(key(name)).filter(|_| name.contains('.')));
    if matches!(target, Target::Act(_)) {
        own.push(key(label));
    }
    let mut names = vec![key(label), key(name)];
    names.extend(name.rsplit_once('.').map(|(_, last)| key(last)));
    let mut letters = initials(label);
    // A view of a subject under another says whose it is first (`排班-窗口值班`); what it is itself is enough.
    if let (Target::Go(_), Some((_, last))) = (&target, label.rsplit_once('-')) {
        names.push(key(last));
        letters.extend(initials(last));
    }
    Word { target, label: label.to_owned(), own, names, initials: letters }
}

impl Word {
    fn all(&self) -> impl Iterator<Item = &String> {
        self.own.iter().chain(&self.names).chain(&self.initials)
    }
}

/// Pinyin initials and spellings of a label, in all readings.
pub(super) fn initials(label: &str) -> Vec<String> {
    pinyin::text_keys(label)
}

#[cfg(test)]
mod tests {
    use super::{Found, Target, find, word};

    #[test]
    fn a_whole_word_beats_initials_and_those_the_beginning_of_a_word() {
        let act = |name: &str, label: &str| word(Target::Act(name.into()), label, name, "");
        let all =
            [act("cases.route", "转办"), act("cases.transfer", "转介"), act("cases.register", "新案件")];
        let one = |typed: &str| match find(typed, &all) {
            Found::One(word) => word.label,
            other => format!("{other:?}"),
        };
        assert_eq!(one("zb"), "转办");
        assert_eq!(one("ＺＪ"), "转介");
        assert_eq!(one("xinanjian"), "新案件");
        assert_eq!(one("新"), "新案件");
        assert_eq!(one("route"), "转办");
        assert_eq!(one("trans"), "转介");
        assert!(matches!(find("转", &all), Found::Several(two) if two.len() == 2));
        let view = [word(Target::Go("shifts.windows".into()), "排班-窗口值班", "shifts.windows", "")];
        for typed in ["窗口值班", "排班-窗口值班", "windows", "ckzb"] {
            assert!(matches!(find(typed, &view), Found::One(_)), "{typed}");
        }
        assert_eq!(find("渠道", &all), Found::None(Vec::new()));
        assert_eq!(find("案子", &all), Found::None(vec!["新案件".into()]));
    }
}
