//! A page as plain lines, top to bottom, with nothing left out: what `read` shows on the screen, and what the parity
//! test compares with the other face. It knows no width and no colour.

use lianban::desk::Locale;
use lianban::desk::view::{
    Cell, Chart, Facts, Form, FormField, List, Notice, Part, Schedule, Subtotal, View,
};

/// Every value of the page, one thought a line.
pub(crate) fn page(view: &View, locale: &Locale) -> Vec<String> {
    let mut out = Vec::new();
    let mut say = |text: String| {
        if !text.trim().is_empty() {
            out.push(text);
        }
    };
    say(view.place.join(" > "));
    if view.place.last() != Some(&view.title) {
        say(view.title.clone());
    }
    say([view.banner.as_str(), &view.clock, &view.operator].join(" ").trim().to_owned());
    view.notice.iter().map(sentence).for_each(&mut say);
    view.question.iter().map(|q| q.text.clone()).for_each(&mut say);
    for part in &view.parts {
        match part {
            Part::Text(text) => {
                say(text.heading.clone());
                text.lines.iter().cloned().for_each(&mut say);
            }
            Part::Facts(facts) => of_facts(facts, &mut say),
            Part::List(list) => of_list(list, None, locale, &mut say),
            Part::Ledger(ledger) => {
                of_list(&ledger.list, ledger.carried.as_ref(), locale, &mut say);
                ledger.foot.iter().cloned().for_each(&mut say);
            }
            Part::Schedule(schedule) => of_schedule(schedule, locale, &mut say),
            Part::Form(form) => of_form(form, locale, &mut say),
            Part::Chart(chart) => of_chart(chart, &mut say),
        }
    }
    out
}

/// Everything the screen says of a page on all its panels, for the parity test.
#[cfg(test)]
pub(crate) fn visible_text(view: &View, locale: &Locale, keymap: &crate::faces::keys::Keymap) -> String {
    let contexts = super::state::contexts(view);
    let menu = super::panel::Panel::menu(view, keymap, locale, &contexts);
    let mut lines = page(view, locale);
    lines.extend(menu.entries.into_iter().map(|e| e.text));
    lines.iter().map(|l| super::text::clean(l)).collect::<Vec<_>>().join("\n")
}

/// A message with what to do instead.
pub(crate) fn sentence(notice: &Notice) -> String {
    match notice.hint.as_str() {
        "" => notice.text.clone(),
        hint if ends(&notice.text) => format!("{} {hint}", notice.text),
        hint => format!("{}{}{hint}", notice.text, stop(hint)),
    }
}

/// Whether a sentence has its end, or waits for more.
fn ends(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_punctuation() || "。；：，？！".contains(c))
}

/// What parts a sentence from the next one, as that is written.
fn stop(next: &str) -> &'static str {
    if next.starts_with(|c: char| c.is_ascii()) && next.chars().all(|c| c.is_ascii() || c == '’') {
        ". "
    } else {
        "。"
    }
}

fn of_facts(facts: &Facts, say: &mut dyn FnMut(String)) {
    say(facts.heading.clone());
    for fact in &facts.items {
        say(format!("{}  {}", fact.label, fact.value));
    }
}

/// What stands beside a list's heading: its filter, marks and length.
pub(crate) fn list_state(list: &List, locale: &Locale) -> String {
    let mut state = Vec::new();
    if !list.filter.is_empty() {
        state.push(locale.with("screen-filter", &[("text", list.filter.clone())]));
    }
    if list.marked > 0 {
        state.push(locale.with("screen-marked", &[("count", list.marked.to_string())]));
    }
    if list.total > 0 {
        state.push(locale.with("screen-total", &[("total", list.total.to_string())]));
    }
    state.join("  ")
}

fn of_list(list: &List, carried: Option<&Subtotal>, locale: &Locale, say: &mut dyn FnMut(String)) {
    say(format!("{}  {}", list.heading, list_state(list, locale)).trim().to_owned());
    let views: Vec<String> = list
        .views
        .iter()
        .map(|v| if v.current { format!("[{}]", v.label) } else { v.label.clone() })
        .collect();
    say(views.join(" "));
    if list.rows.is_empty() {
        say(list.empty.clone());
    }
    let labelled = |cells: &[String]| {
        let filled = cells.iter().enumerate().filter(|(_, value)| !value.is_empty());
        let each = filled.map(|(at, value)| match list.columns.get(at).map(|c| c.label.as_str()) {
            Some(label) if !label.is_empty() && at > 0 => format!("{label} {value}"),
            _ => value.clone(),
        });
        each.collect::<Vec<_>>()
    };
    // Its label stands in one of the columns already.
    let between = |subtotal: &Subtotal| {
        let mut cells = subtotal.cells.clone();
        cells.iter_mut().filter(|cell| **cell == subtotal.label).for_each(String::clear);
        let mut line = format!("{}  {}", subtotal.label, labelled(&cells).join("  "));
        if !subtotal.brief.split_whitespace().all(|word| line.contains(word)) {
            line = format!("{line}  {}", subtotal.brief);
        }
        line
    };
    carried.map(between).into_iter().for_each(&mut *say);
    for (index, row) in list.rows.iter().enumerate() {
        let cells = labelled(&row.cells);
        let mark = if row.marked { "* " } else { "" };
        let mut line = format!("{}. {mark}{}", list.first + index + 1, cells.join("  "));
        for more in [&row.brief, &row.reference] {
            if !more.split_whitespace().all(|word| line.contains(word)) {
                line = format!("{line}  {more}");
            }
        }
        say(line);
        row.subtotals.iter().map(between).for_each(&mut *say);
    }
}

/// A grid lane by lane, then its list twin: what stands in a cell is said whole there.
fn of_schedule(schedule: &Schedule, locale: &Locale, say: &mut dyn FnMut(String)) {
    say(format!("{}  {}", schedule.heading, schedule.axes));
    schedule.notes.iter().cloned().for_each(&mut *say);
    say(schedule.columns.join(" "));
    for lane in &schedule.lanes {
        let cells: Vec<String> = lane.cells.iter().map(cell_text).collect();
        say(format!("{}  {}", lane.label, cells.join(" ")));
    }
    of_list(&schedule.list, None, locale, say);
}

/// A cell as the grid shows it: a point where it is free, `?` where it waits for approval.
pub(crate) fn cell_text(cell: &Cell) -> String {
    match (cell.text.is_empty(), cell.pending) {
        (true, false) => ".".to_owned(),
        (_, true) => format!("{}?", cell.text),
        (false, false) => cell.text.clone(),
    }
}

fn of_form(form: &Form, locale: &Locale, say: &mut dyn FnMut(String)) {
    say(form.heading.clone());
    say(form.row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join("  "));
    for field in &form.fields {
        of_field(field, say);
    }
    for finding in &form.findings {
        say(format!("{}  {}", finding.label, finding.value));
    }
    if !form.submit.is_empty() && form.ready {
        say(locale.with("screen-ready", &[("submit", form.submit.clone())]));
    } else {
        say(form.submit.clone());
    }
    if !form.saved.is_empty() {
        say(locale.with("screen-saved", &[("time", form.saved.clone())]));
    }
}

fn of_field(field: &FormField, say: &mut dyn FnMut(String)) {
    let mark = if field.required && field.open { "*" } else { "" };
    let value = match (&field.value, field.secret) {
        (v, true) => "*".repeat(v.chars().count()),
        (v, _) => v.replace('\n', " "),
    };
    let default = if field.value.is_empty() && !field.default.is_empty() {
        format!("({})", field.default)
    } else {
        String::new()
    };
    let words = [format!("{mark}{}", field.label), value, default, field.echo.clone(), field.help.clone()];
    say(words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("  "));
    field.error.iter().map(|e| format!("! {}", sentence(e))).for_each(&mut *say);
    for choice in field.choices.iter().chain(&field.completions) {
        say(format!("{} {}", choice.key, choice.label));
    }
}

fn of_chart(chart: &Chart, say: &mut dyn FnMut(String)) {
    say(chart.heading.clone());
    for bar in &chart.bars {
        let name = format!("{} {}", bar.label, bar.series);
        say(format!("{}  {} {}", name.trim_end(), bar.shown, chart.unit));
    }
    say(chart.sentence.clone());
}
