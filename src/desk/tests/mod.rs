//! The desk as both faces use it: intents in, views out, on the sample office. These tests know no subject's inside.

mod calendar;
mod called;
mod door;
mod drafts;
mod helped;
mod little;
mod money;
mod monkey;
mod register;
mod registering;
mod rooms;
mod sharing;
mod stepping;
mod typing;

use crate::office::practice;
use crate::values::lang::Lang;

use super::view::{FormField, View};
use super::{Desk, Intent, Move};

fn desk() -> Desk {
    practice(Lang::Zh).unwrap()
}

/// The last message with its hint.
fn said(desk: &Desk) -> String {
    let notice = desk.view().notice.clone();
    notice.map(|n| format!("{} {}", n.text, n.hint).trim().to_owned()).unwrap_or_default()
}

fn field(desk: &Desk) -> FormField {
    desk.view().form().and_then(super::view::Form::field).cloned().unwrap_or_default()
}

/// Types a text into the focused field and goes on.
fn answer(desk: &mut Desk, text: &str) {
    desk.handle(Intent::Edit(text.into()));
    desk.handle(Intent::Accept);
}

fn act(desk: &mut Desk, name: &str) {
    desk.handle(Intent::Act(name.into()));
}

fn jump(desk: &mut Desk, reference: &str) {
    desk.handle(Intent::Jump(reference.into()));
    assert_eq!(desk.view().title, reference, "{}", said(desk));
}

/// Everything a page says, for looking whether something is on it.
fn text(view: &View) -> String {
    format!("{:?}", view.parts)
}

fn finding(desk: &Desk, label: &str) -> String {
    let findings = desk.view().form().map(|f| f.findings.clone()).unwrap_or_default();
    findings.into_iter().find(|f| f.label == label).map(|f| f.value).unwrap_or_default()
}

fn references(desk: &Desk) -> Vec<String> {
    desk.view().list().map(|l| l.rows.iter().map(|r| r.reference.clone()).collect()).unwrap_or_default()
}

/// Puts the finger on the row of this record.
fn find(desk: &mut Desk, reference: &str) {
    let at = references(desk).iter().position(|r| r == reference);
    let at = at.unwrap_or_else(|| panic!("{reference} is not among {:?}", references(desk)));
    let first = desk.view().list().map_or(0, |l| l.first);
    desk.handle(Intent::Move(Move::To(first + at + 1)));
}
