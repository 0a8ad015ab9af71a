//! A view as lines: what one hears on arriving, on reading a row, a record, a form, the actions. Everything a view
//! holds can be had from here, one thought a line. It decides nothing and asks nothing.

use lianban::desk::view::{
    Chart, Choice, Fact, Form, FormField, List, Notice, Offer, Part, Row, Subtotal, Tab,
};
use lianban::desk::{Locale, View};

use super::text::{columns, cut};

/// Columns of a line that a braille display shows at once.
pub(super) const LINE: usize = 40;

/// `label：value`, or whichever of the two there is.
pub(super) fn labelled(label: &str, value: &str, t: &Locale) -> String {
    match (label.trim(), value.trim()) {
        ("", value) => value.to_owned(),
        (label, "") => label.to_owned(),
        (label, value) => {
            t.with("lines-labelled", &[("label", label.to_owned()), ("value", value.to_owned())])
        }
    }
}

/// A message and what to do next, on one line.
pub(super) fn notice(notice: &Notice) -> String {
    format!("{} {}", notice.text.trim(), notice.hint.trim()).trim().to_owned()
}

/// The line or two one gets on arriving: what is here and how much of it. `named` says that the prompt already names
/// the page in full.
pub(super) fn arrival(view: &View, named: bool, t: &Locale) -> Vec<String> {
    let mut out = Vec::new();
    let lists: Vec<&List> = view.parts.iter().filter_map(Part::list).collect();
    if !lists.is_empty() {
        let counts: Vec<String> = lists.iter().map(|l| told(view, l, t)).collect();
        out.push(counts.join("  "));
        out.extend(view.schedule().map(|grid| grid.notes.clone()).unwrap_or_default());
        let empty = lists.first().filter(|l| l.total == 0 && !l.empty.is_empty());
        out.extend(empty.map(|l| l.empty.clone()));
        out.extend(foot(view));
        return out;
    }
    if !named {
        out.push(view.title.clone());
    }
    let facts = view.parts.iter().find_map(|p| match p {
        Part::Facts(facts) => Some(facts),
        _ => None,
    });
    if let Some(facts) = facts {
        let mut line = String::new();
        for fact in facts.items.iter().filter(|f| !f.value.trim().is_empty()) {
            if format!("{} {}", view.title, view.brief).contains(fact.value.trim()) {
                continue;
            }
            if columns(&line) + columns(&fact.value) + 1 > LINE {
                break;
            }
            line.push_str(fact.value.trim());
            line.push(' ');
        }
        out.extend(Some(line.trim().to_owned()).filter(|l| !l.is_empty()));
    }
    out
}

/// The sentences under a book.
pub(super) fn foot(view: &View) -> Vec<String> {
    view.ledger().map(|ledger| ledger.foot.clone()).unwrap_or_default()
}

/// What stands between the rows of a book, in a few words.
pub(super) fn subtotal(list: &List, subtotal: &Subtotal, t: &Locale) -> String {
    if subtotal.brief.is_empty() { whole_subtotal(list, subtotal, t) } else { subtotal.brief.clone() }
}

/// The same with every value under its label.
fn whole_subtotal(list: &List, subtotal: &Subtotal, t: &Locale) -> String {
    let label = |at: usize| list.columns.get(at).map_or("", |c| c.label.as_str());
    let filled = subtotal.cells.iter().enumerate().filter(|(_, c)| !c.is_empty() && **c != subtotal.label);
    let values: Vec<String> = filled.map(|(at, cell)| format!("{} {cell}", label(at))).collect();
    labelled(&subtotal.label, &values.join(" "), t)
}

/// A calendar's day and how much of it is taken and free; any other list's count.
pub(super) fn told(view: &View, list: &List, t: &Locale) -> String {
    let Some(grid) = view.schedule() else { return count(list, &view.title, t) };
    let n = list.total.saturating_sub(grid.free).to_string();
    t.with("lines-calendar", &[("what", grid.heading.clone()), ("n", n), ("free", grid.free.to_string())])
}

/// How many rows a list has, of what, and by which filter.
pub(super) fn count(list: &List, otherwise: &str, t: &Locale) -> String {
    let heading = if list.heading.is_empty() { otherwise } else { &list.heading };
    let mut line = t.with("lines-count", &[("what", heading.to_owned()), ("n", list.total.to_string())]);
    if !list.filter.is_empty() {
        line = format!("{line} /{}", list.filter);
    }
    if list.marked > 0 {
        line = format!("{line} {}", t.with("lines-marked", &[("n", list.marked.to_string())]));
    }
    line
}

/// A row in one line, as a list shows it; what does not fit a display is read with the row.
pub(super) fn row(rank: usize, row: &Row) -> String {
    let mark = if row.marked { "* " } else { "" };
    let whole = format!("{rank} {mark}{}", brief(row));
    let shown = cut(&whole, LINE);
    if shown == whole { shown } else { format!("{}~", cut(&whole, LINE - 1)) }
}

/// The row in a few words.
pub(super) fn brief(row: &Row) -> String {
    if row.brief.is_empty() { row.cells.join(" ") } else { row.brief.clone() }
}

/// The whole row, one value a line.
pub(super) fn whole_row(list: &List, row: &Row, t: &Locale) -> Vec<String> {
    let label = |i: usize| list.columns.get(i).map_or("", |c| c.label.as_str());
    let mut out: Vec<String> = Vec::new();
    if !row.reference.is_empty() && !row.cells.contains(&row.reference) {
        out.push(format!("#{}", row.reference));
    }
    let filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    out.extend(filled.map(|(i, cell)| labelled(label(i), cell, t)));
    if row.marked {
        out.push(t.say("lines-is-marked"));
    }
    out.extend(row.subtotals.iter().map(|s| whole_subtotal(list, s, t)));
    out
}

/// Texts, facts, charts and the counts of the lists: all of a page but the rows and the form.
pub(super) fn page(view: &View, t: &Locale) -> Vec<String> {
    let mut out = Vec::new();
    let mut push = |line: &str| {
        if !line.trim().is_empty() {
            out.push(line.to_owned());
        }
    };
    for part in &view.parts {
        match part {
            Part::Text(text) => {
                push(&text.heading);
                text.lines.iter().for_each(|l| push(l));
            }
            Part::Facts(facts) => {
                push(&facts.heading);
                facts.items.iter().for_each(|f| push(&fact(f, t)));
            }
            Part::Chart(chart) => compared(chart, t).iter().for_each(|l| push(l)),
            Part::List(_) | Part::Ledger(_) | Part::Schedule(_) => {
                let Some(list) = part.list() else { continue };
                if let Part::Schedule(schedule) = part {
                    schedule.notes.iter().for_each(|l| push(l));
                }
                push(&told(view, list, t));
                if let Part::Schedule(_) = part {
                    push(&count(list, &view.title, t));
                    view.schedule().iter().for_each(|grid| push(&grid.axes));
                }
                if list.total == 0 {
                    push(&list.empty);
                }
                if view.list().is_none() {
                    last_rows(list, t).iter().for_each(|l| push(l));
                }
                if let Part::Ledger(ledger) = part {
                    ledger.carried.iter().for_each(|c| push(&whole_subtotal(list, c, t)));
                    ledger.foot.iter().for_each(|l| push(l));
                }
            }
            Part::Form(form) => push(&form.heading),
        }
    }
    out
}

/// The rows over a form that is their next one, the newest first, each whole on one line.
fn last_rows(list: &List, t: &Locale) -> Vec<String> {
    let mut out = Vec::new();
    for row in list.rows.iter().rev() {
        let filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let words = filled.map(|(at, cell)| match list.columns.get(at).filter(|c| c.number) {
            Some(column) => format!("{} {cell}", column.label),
            None => cell.clone(),
        });
        let whole = words.collect::<Vec<_>>().join(" ");
        let told = row.brief.split_whitespace().chain([row.reference.as_str()]);
        let rest: Vec<&str> = told.filter(|word| !whole.contains(word)).collect();
        out.push(format!("{whole} {}", rest.join(" ")).trim_end().to_owned());
        out.extend(row.subtotals.iter().map(|s| whole_subtotal(list, s, t)));
    }
    out
}

/// One labelled value; an empty one says so.
pub(super) fn fact(fact: &Fact, t: &Locale) -> String {
    if fact.value.trim().is_empty() {
        return labelled(&fact.label, &t.say("lines-nothing"), t);
    }
    labelled(&fact.label, &fact.value, t)
}

/// A chart in words: its own sentence, and its bars one after another where the sentence leaves a value out.
fn compared(chart: &Chart, t: &Locale) -> Vec<String> {
    if chart.bars.iter().any(|b| !b.series.is_empty()) {
        return side_by_side(chart, t);
    }
    let bars: Vec<String> =
        chart.bars.iter().map(|b| format!("{} {}{}", b.label, b.shown, chart.unit)).collect();
    let told = chart.bars.iter().all(|b| chart.sentence.contains(b.shown.as_str()));
    let said = match (chart.sentence.as_str(), told) {
        ("", _) => bars.join(" "),
        (sentence, true) => sentence.to_owned(),
        (sentence, false) => format!("{sentence} {}", bars.join(" ")),
    };
    vec![labelled(&chart.heading, &said, t)]
}

/// Several things compared: the sentence, then a line for each place with what every one of them comes to there.
fn side_by_side(chart: &Chart, t: &Locale) -> Vec<String> {
    let mut out = vec![labelled(&chart.heading, &chart.sentence, t)];
    let mut label = None;
    for bar in &chart.bars {
        let said = format!("{} {}{}", bar.series, bar.shown, chart.unit);
        match out.last_mut().filter(|_| label == Some(&bar.label)) {
            Some(line) => *line = format!("{line} {said}"),
            None => out.push(format!("{} {said}", bar.label)),
        }
        label = Some(&bar.label);
    }
    out
}

/// Every field with what it holds.
pub(super) fn fields(form: &Form, t: &Locale) -> Vec<String> {
    let row: Vec<&str> = form.row.iter().filter(|c| !c.is_empty()).map(String::as_str).collect();
    let mut out: Vec<String> = Some(row.join(" ")).filter(|l| !l.is_empty()).into_iter().collect();
    out.extend(form.fields.iter().map(|f| field(f, t)));
    out.extend(form.findings.iter().chain(&form.conflicts).map(|f| fact(f, t)));
    if !form.saved.is_empty() {
        out.push(t.with("lines-kept-at", &[("time", form.saved.clone())]));
    }
    out
}

fn field(field: &FormField, t: &Locale) -> String {
    let value = if field.secret && !field.value.is_empty() {
        "*".to_owned()
    } else if !field.value.is_empty() {
        shown(field)
    } else if !field.default.is_empty() {
        format!("[{}]", field.default)
    } else if field.required {
        t.say("lines-needed")
    } else {
        t.say("lines-nothing")
    };
    let mut line = labelled(&field.label, &value, t);
    if !field.echo.is_empty() && !field.secret && field.echo != field.value {
        line = format!("{line} {}", field.echo);
    }
    if let Some(error) = &field.error {
        line = format!("{line} {}", notice(error));
    }
    line
}

/// The value as a person reads it: the label of the choice rather than its code.
pub(super) fn shown(field: &FormField) -> String {
    let choice = field.choices.iter().find(|c| c.value == field.value);
    choice.map_or_else(|| field.value.clone(), |c| c.label.clone())
}

/// What belongs into a field, and what it may be picked from.
pub(super) fn about(field: &FormField, t: &Locale) -> Vec<String> {
    let mut out = Vec::new();
    if !field.help.is_empty() {
        out.push(labelled(&field.label, &field.help, t));
    }
    if !field.value.is_empty() && !field.secret {
        out.push(t.with("lines-holds", &[("value", shown(field))]));
    }
    out.extend(choices(&field.choices));
    out.extend(choices(&field.completions));
    out
}

/// Numbered choices, one a line. Where they carry no key of their own, they are counted.
pub(super) fn choices(choices: &[Choice]) -> Vec<String> {
    let numbered = choices.iter().enumerate();
    numbered
        .map(|(i, c)| match (c.key.is_empty(), c.label.is_empty()) {
            (true, true) => format!("{} {}", i + 1, c.value),
            (true, false) => format!("{} {}", i + 1, c.label),
            (false, true) => format!("{} {}", c.key, c.value),
            (false, false) if c.label.starts_with(&c.key) => c.label.clone(),
            (false, false) => format!("{} {}", c.key, c.label),
        })
        .collect()
}

/// The actions that can be done now, numbered.
pub(super) fn actions(offers: &[Offer]) -> Vec<String> {
    possible(offers).enumerate().map(|(i, offer)| format!("{} {}", i + 1, offer.label)).collect()
}

/// The actions that can be done now, in the order of their numbers.
pub(super) fn possible(offers: &[Offer]) -> impl Iterator<Item = &Offer> {
    offers.iter().filter(|o| o.refused.is_none())
}

/// The actions that cannot be done now: each reason once, before what it holds up.
pub(super) fn impossible(offers: &[Offer], title: &str, t: &Locale) -> Vec<String> {
    let mut reasons: Vec<(&Notice, Vec<&str>)> = Vec::new();
    for offer in offers {
        let Some(why) = &offer.refused else { continue };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, labels)) => labels.push(&offer.label),
            None => reasons.push((why, vec![&offer.label])),
        }
    }
    reasons.iter().map(|(why, labels)| labelled(without(&why.text, title), &labels.join(" "), t)).collect()
}

/// Why an action cannot be done, and what can be done instead.
pub(super) fn refused(offer: &Offer, title: &str, t: &Locale) -> String {
    let why = offer.refused.as_ref().map(notice).unwrap_or_default();
    t.with("lines-refused", &[("label", offer.label.clone()), ("why", without(&why, title).to_owned())])
}

/// A sentence without the name of the page in front: the prompt says it.
fn without<'s>(text: &'s str, title: &str) -> &'s str {
    text.strip_prefix(title).map_or(text, str::trim_start)
}

/// The pages one can go to.
pub(super) fn pages(view: &View, t: &Locale) -> Vec<String> {
    let here = |tab: &Tab| {
        if tab.current { t.with("lines-here", &[("page", tab.label.clone())]) } else { tab.label.clone() }
    };
    let views = view.list().into_iter().flat_map(|l| &l.views);
    let known: Vec<&Tab> = view.tabs.iter().chain(views).collect();
    // A page that is also a view of this list is said once.
    let others = view.pages.iter().filter(|page| known.iter().all(|p| p.label != page.label));
    known.iter().copied().chain(others).map(here).collect()
}

/// Who, when, and in which office; said at the beginning and by `where`.
pub(super) fn circumstances(view: &View) -> Option<String> {
    let clock = if view.operator.is_empty() { "" } else { view.clock.as_str() };
    let said = [view.banner.as_str(), clock, view.operator.as_str()];
    let said: Vec<&str> = said.into_iter().filter(|s| !s.is_empty()).collect();
    Some(said.join(" ")).filter(|l| !l.is_empty())
}

/// The same on coming in, without the hour, which `where` says.
pub(super) fn day(view: &View) -> String {
    let clock = if view.operator.is_empty() { "" } else { view.clock.as_str() };
    let day = clock.rsplit_once(' ').map_or(clock, |(day, _)| day);
    let said = [view.banner.as_str(), day, view.operator.as_str()];
    said.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of a prompt, cut to `room` columns, behind what must not be cut.
pub(super) fn prompt(fixed: &str, cuttable: &str, room: usize) -> String {
    let left = room.saturating_sub(columns(fixed) + 1);
    format!("{fixed}{}", cut(cuttable, left)).trim_end().to_owned()
}

/// All that can be learned of a view in this face, each piece by the word that fetches it; the parity test reads it.
#[cfg(test)]
pub(crate) fn readable_text(view: &View, t: &Locale) -> String {
    let mut out: Vec<String> = circumstances(view).into_iter().collect();
    out.push(view.place.join(" > "));
    out.extend(view.notice.as_ref().map(notice));
    out.extend(arrival(view, false, t));
    out.extend(page(view, t));
    for part in &view.parts {
        match part {
            Part::List(_) | Part::Ledger(_) | Part::Schedule(_) => {
                let Some(list) = view.list().and(part.list()) else { continue };
                for (i, each) in list.rows.iter().enumerate() {
                    out.push(row(list.first + i + 1, each));
                    out.extend(whole_row(list, each, t));
                    out.extend(each.subtotals.iter().map(|s| subtotal(list, s, t)));
                }
                if let Part::Ledger(ledger) = part {
                    out.extend(ledger.carried.iter().map(|c| subtotal(list, c, t)));
                }
            }
            Part::Form(form) => {
                out.extend(fields(form, t));
                form.fields.iter().for_each(|f| out.extend(about(f, t)));
                out.push(form.submit.clone());
            }
            _ => {}
        }
    }
    out.extend(view.question.as_ref().map(|q| q.text.clone()));
    out.extend(actions(&view.actions));
    out.extend(impossible(&view.actions, &view.title, t));
    out.extend(view.actions.iter().filter(|o| o.refused.is_some()).map(|o| refused(o, "", t)));
    out.extend(pages(view, t));
    out.iter().map(|l| super::text::clean(l)).collect::<Vec<_>>().join("\n")
}
