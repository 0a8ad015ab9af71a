//! The desk's own commands as one static table. Key help, the `:` prompt, the words of the lines face, the manual's
//! key table and `lianban keys` are all read from it; subjects add their actions through `action::Action`.

use super::intent::{Intent, Move, Turn};

/// Where a command makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// On every page.
    Anywhere,
    /// Where a list has the finger.
    List,
    /// On a calendar, shown as a grid or as its list twin.
    Calendar,
    /// Where a grid of lanes and columns has the finger.
    Grid,
    /// On the page of one record.
    Record,
    /// Where a form has the finger.
    Form,
    /// Where a question waits.
    Question,
}

/// What a command needs before it is an intent.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    /// Nothing: it is this intent.
    Nothing(fn() -> Intent),
    /// A line of text, growing as it is typed or whole at its end.
    Line(fn(String) -> Intent),
    /// The face itself carries it out.
    Face,
}

/// One command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Stable name; its label and its help are the messages `command-NAME` and `command-NAME.help`.
    pub name: &'static str,
    /// Where it makes sense.
    pub context: Context,
    /// What it needs.
    pub needs: Needs,
}

const fn plain(name: &'static str, context: Context, intent: fn() -> Intent) -> Command {
    Command { name, context, needs: Needs::Nothing(intent) }
}

const fn line(name: &'static str, context: Context, intent: fn(String) -> Intent) -> Command {
    Command { name, context, needs: Needs::Line(intent) }
}

const fn face(name: &'static str, context: Context) -> Command {
    Command { name, context, needs: Needs::Face }
}

use Context::{Anywhere, Calendar, Form, Grid, List, Question};

/// Every command of the desk, in the order help shows them.
pub const COMMANDS: &[Command] = &[
    plain("next", List, || Intent::Move(Move::Next)),
    plain("previous", List, || Intent::Move(Move::Previous)),
    plain("page-down", List, || Intent::Move(Move::PageDown)),
    plain("page-up", List, || Intent::Move(Move::PageUp)),
    plain("first", List, || Intent::Move(Move::First)),
    plain("last", List, || Intent::Move(Move::Last)),
    plain("next-view", Anywhere, || Intent::NextView),
    plain("open", List, || Intent::Open),
    plain("mark", List, || Intent::Mark),
    plain("mark-all", List, || Intent::MarkAll),
    line("filter", List, Intent::Filter),
    plain("cell-down", Grid, || Intent::Move(Move::Down)),
    plain("cell-up", Grid, || Intent::Move(Move::Up)),
    plain("cell-left", Grid, || Intent::Move(Move::Left)),
    plain("cell-right", Grid, || Intent::Move(Move::Right)),
    plain("twin", Calendar, || Intent::Turn(Turn::Twin)),
    plain("step-back", Calendar, || Intent::Turn(Turn::Back)),
    plain("step-on", Calendar, || Intent::Turn(Turn::On)),
    plain("this-day", Calendar, || Intent::Turn(Turn::Now)),
    line("to-date", Calendar, |text| Intent::Turn(Turn::To(text))),
    plain("grid-day", Calendar, || Intent::Turn(Turn::Other("day".into()))),
    plain("grid-week", Calendar, || Intent::Turn(Turn::Other("week".into()))),
    plain("grid-month", Calendar, || Intent::Turn(Turn::Other("month".into()))),
    plain("back", Anywhere, || Intent::Back),
    plain("today", Anywhere, || Intent::GoTo("today".into())),
    plain("search", Anywhere, || Intent::Search(String::new())),
    line("jump", Anywhere, Intent::Jump),
    plain("quick", Anywhere, || Intent::Quick(String::new())),
    line("command", Anywhere, Intent::Command),
    plain("accept", Form, || Intent::Accept),
    plain("submit", Form, || Intent::Submit),
    plain("submit-new", Form, || Intent::SubmitAndNew),
    plain("next-field", Form, || Intent::NextField),
    plain("previous-field", Form, || Intent::PreviousField),
    line("field", Form, Intent::Field),
    plain("complete-next", Form, || Intent::Complete(true)),
    plain("complete-previous", Form, || Intent::Complete(false)),
    plain("copy-above", Form, || Intent::CopyAbove),
    plain("cancel", Form, || Intent::Cancel),
    plain("discard", Form, || Intent::Discard),
    plain("yes", Question, || Intent::Answer(true)),
    plain("no", Question, || Intent::Answer(false)),
    plain("undo", Anywhere, || Intent::Undo),
    plain("redo", Anywhere, || Intent::Redo),
    plain("where", Anywhere, || Intent::WhereAmI),
    plain("last-message", Anywhere, || Intent::LastMessage),
    plain("help", Anywhere, || Intent::Help(String::new())),
    face("keys", Anywhere),
    face("again", Anywhere),
    face("switch-face", Anywhere),
    plain("lock", Anywhere, || Intent::Lock),
    plain("quit", Anywhere, || Intent::Quit),
];

/// The command of this name.
#[must_use]
pub fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|c| c.name == name)
}
