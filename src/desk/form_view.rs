//! A form in progress as a face shows it: fields with their labels, choices, read-backs and problems in words.

use super::field::{self, Kind};
use super::filling::Filling;
use super::form::Slot;
use super::reading;
use super::subject::Cx;
use super::view::{Choice, Form, FormField};

impl Filling {
    /// The form as a face shows it.
    pub(crate) fn view(&self, cx: &Cx<'_>) -> Form {
        let id = format!("{}-do-{}", self.subject.name(), self.action.name);
        let visible = self.form.slots.iter().enumerate().filter(|(_, s)| !s.hidden);
        let focus = visible.clone().position(|(at, _)| at == self.form.focus).unwrap_or(0);
        Form {
            name: format!("{}.{}", self.subject.name(), self.action.name),
            heading: cx.t.say(&id),
            fields: visible
                .map(|(at, slot)| shown_field(cx, self.subject.name(), slot, at == self.form.focus))
                .collect(),
            focus,
            saved: self.form.saved.clone(),
            findings: self.form.findings.clone(),
            conflicts: self.form.conflicts.clone(),
            ready: self.form.ready(),
            submit: cx.t.say(&id),
            row: self.row(cx),
        }
    }
}

/// One field as a face shows it.
fn shown_field(cx: &Cx<'_>, subject: &str, slot: &Slot, focused: bool) -> FormField {
    let id = format!("{subject}-{}", slot.field.name);
    let choices = match slot.field.kind {
        Kind::Choice(set) | Kind::Choices(set) => {
            let word = |(at, w): (usize, &field::Word)| Choice {
                key: reading::key(w, at),
                value: w.kept.clone(),
                label: reading::label(w, cx.t.lang()).to_owned(),
            };
            set.words(cx.catalog).iter().enumerate().map(word).collect()
        }
        Kind::Flag => [("1", "yes"), ("2", "no")]
            .map(|(key, id)| Choice { key: key.into(), value: cx.t.say(id), label: cx.t.say(id) })
            .to_vec(),
        _ => Vec::new(),
    };
    let several = matches!(slot.field.kind, Kind::Choices(_));
    // Keys of several choices stay as typed, or the next one could not be typed behind them.
    let keys = several && !slot.text.is_empty() && slot.text.chars().all(|c| c.is_ascii_digit());
    // A word that is being typed stays as typed, or its second character would be put behind the whole word.
    let begun = focused && !slot.text.is_empty() && !choices.is_empty() && !picks(&choices, &slot.text);
    let as_typed = keys || begun && !matches!(slot.field.kind, Kind::Flag);
    let shown = |text: &str| match slot.field.kind {
        _ if as_typed => text.to_owned(),
        // A chosen word is shown as a word, whatever key picked it.
        Kind::Choice(_) | Kind::Choices(_) | Kind::Flag => {
            reading::read(slot.field, text, cx).map_or_else(|_| text.to_owned(), |read| read.text)
        }
        _ => text.to_owned(),
    };
    FormField {
        name: slot.field.name.to_owned(),
        label: slot.called(subject, cx.t),
        value: shown(&slot.text),
        default: if slot.default.is_empty() || as_typed { String::new() } else { shown(&slot.default) },
        echo: match (&slot.read, echo(slot, &shown(slot.effective()))) {
            (Some(read), said) if as_typed && said.is_empty() && read.text != slot.text => read.text.clone(),
            (_, said) => said,
        },
        required: slot.required,
        open: slot.open(),
        fixed: slot.fixed,
        secret: false,
        long: matches!(slot.field.kind, Kind::Long),
        several,
        choices,
        completions: slot.completions.clone(),
        picked: slot.picked,
        error: slot.error.as_ref().map(|e| e.notice(cx.t)),
        // A field that needs no words of its own has those of its kind.
        help: (cx.t.find(&format!("{id}.help"), &[]))
            .unwrap_or_else(|| cx.t.say(&format!("field-help-{}", slot.field.kind.name()))),
    }
}

/// Whether a text picks one of the choices by itself: by its key, or as the whole word.
fn picks(choices: &[Choice], text: &str) -> bool {
    choices.iter().any(|choice| choice.key == text || choice.value == text || choice.label == text)
}

/// What is read back beside a value: the subject's own words or the kind's, without what the value says already.
fn echo(slot: &Slot, value: &str) -> String {
    let said = match (&slot.read, slot.echo.is_empty()) {
        (Some(read), true) => &read.echo,
        _ => &slot.echo,
    };
    said.strip_prefix(value).map_or(said.as_str(), str::trim_start).to_owned()
}
