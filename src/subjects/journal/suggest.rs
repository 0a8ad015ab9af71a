//! What a typed line or summary is completed from: the last line like it, the account its words name, the fund of an
//! association. Proposes, never decides: what a person typed is not overwritten.

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::desk::view::Choice;
use crate::subjects::books::records as books;
use crate::subjects::funds::records as funds;
use crate::subjects::keep;

use super::building::{pool, side};
use super::fields as f;
use super::records::{self, Entry};
use super::rules::Side;
use super::typed::{self, Known};

/// Lines of the past that are looked over for one like the new one.
const PAST: i64 = 3000;

/// What a typed line says goes into the fields; what it no longer says leaves them.
pub(crate) fn read_line(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let known = crate::subjects::org_names(cx.catalog);
    let all = funds::open(cx.db)?;
    let named: Vec<typed::Named> = all.iter().map(|fund| (fund.code.clone(), fund.name.clone())).collect();
    let line = typed::read(form.text("line"), &known, &named);
    form.fill("amount", line.amount.clone());
    form.fill("date", line.date.clone());
    form.fill("attachments", line.attachments.clone());
    for name in ["summary", "account", "fund", "book", "shared", "counterparty"] {
        form.fill(name, "");
    }
    let like = like(cx, side(cx, form), &line.words, &line.org)?;
    if let Some(like) = &like {
        take_over(cx, form, like, line.words.iter().any(|word| !word.is_ascii()))?;
    }
    let spelled = line.words.iter().filter(|word| !word.is_ascii()).cloned().collect::<Vec<_>>().join("");
    if !spelled.is_empty() {
        form.fill("summary", spelled);
    }
    if like.is_none()
        && let Some(account) = account_for(cx, form.action, &line.words)
    {
        form.fill("account", account);
    }
    if !line.fund.is_empty() {
        form.fill("fund", line.fund.clone());
    } else if !line.org.is_empty() && like.is_none() {
        // One fund of theirs is meant; of several, the one a person then names.
        let mut theirs = all.iter().filter(|fund| fund.owner == line.org);
        if let (Some(only), None) = (theirs.next(), theirs.next()) {
            form.fill("fund", only.code.clone());
        }
    }
    if line.shared {
        form.fill("shared", "1");
        if form.text("fund").is_empty()
            && let Some(pool) = pool(cx)?
        {
            form.fill("fund", pool.code);
        }
    }
    if let Some(cash) = line.cash
        && let Some(book) = books::usual(cx.db, cash)?
    {
        form.fill("book", book.code);
    }
    let lost: Vec<&String> = line.words.iter().filter(|word| word.is_ascii() && like.is_none()).collect();
    let unknown = !lost.is_empty() && form.text("account").is_empty();
    if unknown {
        let words = lost.into_iter().cloned().collect::<Vec<_>>().join(" ");
        form.find(cx.t.say("journal-finding-unread"), words);
    }
    Ok(())
}

/// The last line that a new one of these words is like.
pub(crate) fn like(cx: &Cx<'_>, side: Side, words: &[String], org: &str) -> Result<Option<Entry>, Refusal> {
    if words.iter().all(|word| word.chars().count() < 2) {
        return Ok(None);
    }
    let owners = funds::open(cx.db)?;
    let theirs = |entry: &Entry| {
        org.is_empty()
            || entry.fund.is_some_and(|id| owners.iter().any(|fund| fund.id == id && fund.owner == org))
    };
    let past = records::templates(cx.db, side, PAST)?;
    let known: Vec<Known<Entry>> = past
        .into_iter()
        .filter(theirs)
        .map(|entry| {
            let text = entry.summary.clone();
            Known::new(entry, &text)
        })
        .collect();
    if let Some(found) = typed::first_with(&known, words) {
        return Ok(Some(found.what.clone()));
    }
    // The words may name the account instead (水电 for 付水电费 and everything else under it).
    let account = account_for(cx, if side == Side::In { "receive" } else { "pay" }, words);
    Ok(account.and_then(|code| known.into_iter().map(|k| k.what).find(|entry| entry.account == code)))
}

/// The account that words name: by its name, another word for it, or the initials of either.
fn account_for(cx: &Cx<'_>, action: &str, words: &[String]) -> Option<String> {
    let incoming = action == "receive";
    for word in words.iter().filter(|word| word.chars().count() > 1) {
        for account in cx.catalog.accounts().iter().filter(|a| f::income(cx.catalog, &a.code) == incoming) {
            let names = std::iter::once(&account.zh).chain(&account.also);
            let mut known = names.map(|name| Known::new((), name));
            let says = |name: &str| !word.is_ascii() && word.contains(name);
            if known.any(|known| known.begins(word)) || account.also.iter().any(|name| says(name)) {
                return Some(account.code.clone());
            }
        }
    }
    None
}

/// Fills what a past line knows: everything but its amount, day and papers.
pub(crate) fn take_over(
    cx: &Cx<'_>,
    form: &mut FormState,
    like: &Entry,
    spelled: bool,
) -> Result<(), Refusal> {
    if !spelled {
        form.fill("summary", like.summary.clone());
    }
    form.fill("account", like.account.clone());
    // Another thing under the same account is paid from anywhere, to anyone.
    if spelled && !form.text("line").split_whitespace().any(|word| like.summary.contains(word)) {
        return Ok(());
    }
    if let Some(fund) = like.fund {
        form.fill("fund", funds::must_find(cx.db, fund)?.code);
    }
    if let Some(book) = like.book {
        form.fill("book", books::must_find(cx.db, book)?.code);
    }
    form.fill("counterparty", like.counterparty.clone());
    if like.rule.is_some() {
        form.fill("shared", "1");
    }
    let args = [
        ("day", keep::short_day(like.date)),
        ("summary", like.summary.clone()),
        ("amount", like.figure().to_string()),
    ];
    form.find(cx.t.say("journal-finding-like"), cx.t.with("journal-finding-like-value", &args));
    Ok(())
}

/// Past summaries that fit what is typed.
pub(crate) fn complete(cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
    let typed = form.slot(field).map_or("", |slot| slot.text.trim());
    if field != "summary" || typed.is_empty() || !matches!(form.action, "pay" | "receive" | "amend") {
        return Vec::new();
    }
    let past = records::templates(cx.db, side(cx, form), PAST).unwrap_or_default();
    let fits = past.into_iter().filter(|entry| Known::new((), &entry.summary).has(typed));
    fits.map(|entry| Choice {
        key: String::new(),
        value: entry.summary.clone(),
        label: format!("{} {}", entry.summary, entry.figure()),
    })
    .collect()
}
